"""What cannot be in one entry, whatever others say: figures, flight times and hours no launch keeps."""

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from bongsu.catalogue.entries import DAY_NS, LOCAL_NS, MINUTE_NS, Entry, Fault, local_words
from bongsu.catalogue.match import figures_of
from bongsu.constants import GM_EARTH_M3PS2, R_MEAN_EARTH_M
from bongsu.models.classes import RANGE_CLASSES, greatest_range_m, minimum_energy_apogee_m
from bongsu.stages.reconcile.quarantine import fall_min

MOST_RANGE_KM: Final = math.pi * R_MEAN_EARTH_M / 1e3  # half the way round
MOST_APOGEE_KM: Final = 50_000.0
MOST_AZIMUTH_DEG: Final = 360.0
_CAN_DO: Final = 1.5  # times the class's greatest range: beyond this the figures and the class cannot both be
_LONG_KM: Final = 1_500.0  # a flight this long within the air is no ballistic one
_FLAT: Final = 0.15  # of the least-energy apogee
_GLIDES: Final = frozenset(("hypersonic_glide", "cruise", "space_launch"))
_EARLY_MIN: Final = 1.0  # a flight cannot be shorter than its ellipse by more, for clocks are printed to the minute
_SLOW: Final = 1.6  # times the ellipse: powered, gliding, or another flight's figure
_HALF_DAY_MIN: Final = 720
_NEAR_MIN: Final = 90  # of an hour of the day
_MANY: Final = 30  # clocks before the habits of a day say anything
_RARE: Final = 2  # near an hour of the day, itself among them
_USUAL: Final = 4  # near the one half a day away


@dataclass(frozen=True, slots=True)
class Habits:
    """The local minutes of day at which launches were, sorted."""

    minutes: tuple[int, ...]

    def near(self, minute: int) -> int:
        """How many lie within an hour and a half of this time of day, round the clock."""
        total = 0
        for shift in (-1_440, 0, 1_440):
            low, high = minute + shift - _NEAR_MIN, minute + shift + _NEAR_MIN
            total += bisect_right(self.minutes, high) - bisect_left(self.minutes, low)
        return total


def habits_of(entries: Iterable[Entry]) -> Habits:
    """One minute for each entry with a clock."""
    return Habits(tuple(sorted(_minute(e.clocks_ns[0]) for e in entries if e.clocks_ns)))


def _minute(ns: int) -> int:
    return (ns + LOCAL_NS) % DAY_NS // MINUTE_NS


def of_entry(entry: Entry, habits: Habits) -> Iterator[Fault]:
    """The faults of one entry alone."""
    for note in entry.notes:
        rule, _, says = note.partition(": ")
        yield Fault(rule, *entry.key, says)
    figures = figures_of([entry])
    yield from _impossible(entry, figures)
    yield from _against_class(entry, figures)
    yield from _flight_time(entry, figures)
    yield from _hour(entry, habits)


def _impossible(entry: Entry, figures: dict[str, tuple[float, float]]) -> Iterator[Fault]:
    """Figures no body on Earth keeps."""
    for name, most in (("range_km", MOST_RANGE_KM), ("apogee_km", MOST_APOGEE_KM)):
        low, high = figures.get(name, (0.0, 0.0))
        if high < 0.0 or (math.isfinite(low) and low > most) or (math.isfinite(low) and low < 0.0):
            yield Fault("impossible_figure", *entry.key, f"{name.replace('_', ' ')} {low:g} to {high:g}")
    for f in entry.fields:
        if f.quantity == "azimuth_deg" and not 0.0 <= f.low <= MOST_AZIMUTH_DEG:
            yield Fault("impossible_figure", *entry.key, f"a bearing of {f.low:g} degrees")
    if "range_km" in figures and "apogee_km" in figures:
        reach, top = figures["range_km"][0], figures["apogee_km"][1]
        flat = minimum_energy_apogee_m(min(max(reach, 0.0), MOST_RANGE_KM) * 1e3) / 1e3 if math.isfinite(reach) else 0.0
        if _LONG_KM < reach <= MOST_RANGE_KM and top < _FLAT * flat and entry.vehicle_class not in _GLIDES:
            yield Fault(
                "range_beyond_apogee", *entry.key,
                f"{reach:g} km with an apogee of {top:g} km; an unpowered flight so far rises to {flat:.0f} km",
            )  # fmt: skip


def _against_class(entry: Entry, figures: dict[str, tuple[float, float]]) -> Iterator[Fault]:
    """Range and apogee that only fit the class if they change places."""
    bounds = {name: high for name, _, high in RANGE_CLASSES}
    most_m = bounds.get(entry.vehicle_class, math.inf)
    if not math.isfinite(most_m) or not {"range_km", "apogee_km"} <= set(figures):
        return
    reach, top = (0.5 * sum(figures[name]) for name in ("range_km", "apogee_km"))
    if not (math.isfinite(reach) and math.isfinite(top)) or reach <= 0.0 or top <= 0.0:
        return
    as_printed, swapped = _could_m(reach, top), _could_m(top, reach)
    if as_printed > _CAN_DO * most_m >= _CAN_DO * swapped:
        yield Fault(
            "swapped_figures", *entry.key,
            f"range {reach:g} and apogee {top:g} km are more than {entry.vehicle_class} can; the other way round they fit",
        )  # fmt: skip


def _could_m(range_km: float, apogee_km: float) -> float:
    """How far whatever flew so could go: of a flat flight just so far, for it may have glided; else by its energy."""
    if apogee_km < minimum_energy_apogee_m(range_km * 1e3) / 1e3:
        return range_km * 1e3
    return capability_m(range_km, apogee_km)


def capability_m(range_km: float, apogee_km: float) -> float:
    """How far the speed of a flight of this range and apogee carries at best, over a sphere without air.

    The ellipse through the ground at both ends: psi = d / 2R, e = (ra - R) / (ra - R cos psi), a = ra / (1 + e),
    v^2 = GM (2/R - 1/a).
    """
    psi, r_a = range_km * 1e3 / (2.0 * R_MEAN_EARTH_M), R_MEAN_EARTH_M + apogee_km * 1e3
    e = (r_a - R_MEAN_EARTH_M) / (r_a - R_MEAN_EARTH_M * math.cos(psi))
    speed2 = GM_EARTH_M3PS2 * (2.0 / R_MEAN_EARTH_M - (1.0 + e) / r_a)
    return greatest_range_m(math.sqrt(max(0.0, speed2)))


def _flight_time(entry: Entry, figures: dict[str, tuple[float, float]]) -> Iterator[Fault]:
    """A printed flight time beside that of the ellipse through range and apogee."""
    if not {"range_km", "apogee_km", "flight_time_min"} <= set(figures) or entry.vehicle_class in _GLIDES:
        return
    if any(f.quantity == "shape" and f.value in ("irregular", "glide") for f in entry.fields):
        return
    ends = [x for name in ("range_km", "apogee_km", "flight_time_min") for x in figures[name]]
    if not all(math.isfinite(x) and x > 0.0 for x in ends) or ends[1] > MOST_RANGE_KM:
        return
    shortest, longest = fall_min(ends[0], ends[2]), fall_min(ends[1], ends[3])
    if ends[5] < shortest - _EARLY_MIN or ends[4] > _SLOW * longest + 1.0:
        yield Fault(
            "flight_time", *entry.key,
            f"{ends[4]:g} min for {ends[0]:g} km and an apogee of {ends[2]:g} km; unpowered it is {shortest:.1f} min",
        )  # fmt: skip


def _hour(entry: Entry, habits: Habits) -> Iterator[Fault]:
    """A clock at which hardly anything was ever launched, while half a day away it is usual: a.m. for p.m., or a zone."""
    if not entry.clocks_ns or len(habits.minutes) < _MANY:
        return
    minute = _minute(entry.clocks_ns[0])
    if habits.near(minute) <= _RARE and habits.near((minute + _HALF_DAY_MIN) % 1_440) >= _USUAL:
        other = local_words(entry.clocks_ns[0] + DAY_NS // 2)
        yield Fault(
            "unusual_hour", *entry.key,
            f"{local_words(entry.clocks_ns[0])} UTC+9 is rare, {other} is usual: a 12-hour clock?", is_doubt=True,
        )  # fmt: skip


def is_failure(entry: Entry) -> bool:
    """Whether an entry says that the flight failed."""
    return entry.is_failed or any(f.quantity == "outcome" and re.search("fail", f.value) for f in entry.fields)
