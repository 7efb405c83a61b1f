"""Numbers as people read them: a unit, an uncertainty, and no more digits than the uncertainty supports.

Inside, a spread is one standard deviation; printed, every plus-minus is half of a 90 % interval, so that all figures of
an account (ellipses, intervals, plus-minus) speak of the same 90 %.
"""

import math
from datetime import UTC, datetime

from bongsu.constants import NS_PER_S

Z90 = 1.6448536269514722  # half-width of the central 90 % of a normal law, in standard deviations
M_PER_KM = 1000.0
LOCAL_NS = 9 * 3_600 * NS_PER_S  # Korea and Japan are nine hours ahead of UTC
M_PER_DEG = 111_195.0  # one degree of a great circle of the mean Earth radius, for choosing digits only


def last_place(half_width: float) -> int:
    """The power of ten of the last digit worth printing: one figure of the half-width, two when it starts with a 1."""
    if not half_width > 0.0 or not math.isfinite(half_width):
        return 0
    place = math.floor(math.log10(half_width))
    return place - 1 if round(half_width / 10.0**place, 1) < 2.0 else place


def at_place(value: float, place: int) -> str:
    """`value` rounded to 10**place, without digits it does not have."""
    return f"{round(value / 10.0**place) * 10.0**place:.{max(0, -place)}f}"


def plus_minus(value: float, half_width: float, unit: str) -> str:
    """For example `690 ± 40 km`. A half-width of zero means it was not stated, and `about` is said instead."""
    if half_width <= 0.0:
        return about(value, unit)
    place = last_place(half_width)
    return f"{at_place(value, place)} ± {at_place(half_width, place)} {unit}"


def about(value: float, unit: str) -> str:
    """A figure without a stated uncertainty, to two figures: `about 690 km`."""
    place = math.floor(math.log10(abs(value))) - 1 if value else 0
    return f"about {at_place(value, place)} {unit}"


def interval(low: float, high: float, unit: str) -> str:
    """For example `42 to 49 km`, both ends to the place that half their distance supports."""
    place = last_place((high - low) / 2.0)
    first, last = at_place(low, place), at_place(high, place)
    return f"{first} to {last} {unit}" if first != last else f"{first} {unit}"


def km(value_m: float, sigma_m: float) -> str:
    """A length of known standard deviation, in kilometres with its 90 % half-width."""
    return plus_minus(value_m / M_PER_KM, Z90 * sigma_m / M_PER_KM, "km")


def degrees(value_rad: float, sigma_rad: float) -> str:
    """An angle of known standard deviation, in degrees with its 90 % half-width."""
    place = last_place(math.degrees(Z90 * sigma_rad)) if sigma_rad > 0.0 else 0
    return f"{at_place(math.degrees(value_rad), place)}° ± {at_place(math.degrees(Z90 * sigma_rad), place)}°"


def percent(p: float) -> str:
    """A probability: whole per cent, and never 0 % or 100 % of something that is only estimated."""
    if p < 0.01:
        return "under 1 %"
    if p > 0.99:
        return "over 99 %"
    return f"{round(100.0 * p)} %"


def duration(seconds: float) -> str:
    """A span of time: `38 s`, `4 min 05 s`, `1 h 04 min`."""
    whole = round(abs(seconds))
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02d} s"
    return f"{whole // 3600} h {whole % 3600 // 60:02d} min"


def duration_pm(seconds: float, half_width_s: float) -> str:
    """A span of time with its uncertainty: `5 min 40 s ± 6 s`; whole minutes once that is all it supports."""
    if half_width_s >= 60.0:
        return plus_minus(seconds / 60.0, half_width_s / 60.0, "min")
    place = max(0, last_place(half_width_s))
    rounded = round(seconds / 10.0**place) * 10.0**place
    return f"{duration(rounded)} ± {max(1, round(half_width_s))} s"


def instant(t_ns: int) -> datetime:
    """The UTC date and time of nanoseconds since 1970."""
    return datetime.fromtimestamp(t_ns // NS_PER_S, UTC)


def clock(t_ns: int, half_width_s: float = 0.0) -> str:
    """`03:35:12 UTC`, or `03:35 UTC` when seconds are not known."""
    form = "%H:%M UTC" if half_width_s >= 60.0 else "%H:%M:%S UTC"
    return instant(t_ns + NS_PER_S // 2).strftime(form)


def date(t_ns: int) -> str:
    """`7 November 2025`."""
    then = instant(t_ns)
    return f"{then.day} {then.strftime('%B %Y')}"


def minute(t_ns: int) -> str:
    """`2025-11-07 03:35 UTC`, its seconds cut."""
    return f"{instant(t_ns):%Y-%m-%d %H:%M} UTC"


def local(t_ns: int) -> str:
    """`2025-11-07 12:35` in Korea and Japan, its seconds cut."""
    return f"{instant(t_ns + LOCAL_NS):%Y-%m-%d %H:%M}"


def local_day(t_ns: int) -> str:
    """The day there: `2025-11-07`."""
    return local(t_ns)[:10]


def iso(t_ns: int) -> str:
    """ISO 8601 to the millisecond, for machines."""
    return f"{instant(t_ns).strftime('%Y-%m-%dT%H:%M:%S')}.{t_ns % NS_PER_S // 1_000_000:03d}Z"


def coordinates(lat_rad: float, lon_rad: float, half_width_m: float) -> str:
    """`40.2° N 125.2° E`, to the last digit above the uncertainty: 0.0001 to 1 degree, 0.1 where nothing is known of it."""
    place = max(-4, min(0, math.floor(math.log10(half_width_m / M_PER_DEG)))) if half_width_m > 0.0 else -1
    lat, lon = math.degrees(lat_rad), math.degrees(lon_rad)
    north, east = at_place(abs(lat), place), at_place(abs(lon), place)
    return f"{north}° {'N' if lat >= 0 else 'S'} {east}° {'E' if lon >= 0 else 'W'}"


def signed(span_ns: int) -> str:
    """A count up or down as `+2:14`, `-0:05`: minutes and seconds, as said aloud in a watch."""
    whole = round(abs(span_ns) / NS_PER_S)
    return f"{'-' if span_ns < 0 and whole else '+'}{whole // 60}:{whole % 60:02d}"
