"""Our own figures of a launch, in the terms of claims, and the claims that cannot stand beside them."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from msgspec import UNSET

from bongsu.constants import NS_PER_S
from bongsu.geo import frames
from bongsu.messages.accounts import Claim, Discrepancy, OwnFigure
from bongsu.messages.assessment import (
    ApogeePrediction,
    Classification,
    FlightEstimate,
    ImpactPrediction,
    LaunchPointEstimate,
)
from bongsu.models import reconcile as rules
from bongsu.models.hedges import words_for
from bongsu.models.reconstruct_sites import Site
from bongsu.stages.reconcile.reasons import reasons
from bongsu.stages.reconcile.words import Own, Word, interval, is_apart, is_finer, minute

Z90 = 1.6448536269514722  # half-width of the central 90 % of a normal law, in standard deviations
EEZ = "JPN.eez"
_LOCAL_S = 9 * 3_600  # Korea and Japan are nine hours ahead of UTC
_MINUTE_S = 60.0
_RANGES = ("CRBM", "SRBM", "MRBM", "IRBM", "ICBM")
_SHAPES = {
    "quasi_ballistic": "irregular",
    "glide": "glide",
    "lofted": "lofted",
    "depressed": "depressed",
    "minimum_energy": "normal",
}
Locate = Callable[[str], Site | None]  # the place that words for a launch area mean
_IN, _OUT = ("inside", "likely inside"), ("outside", "likely outside")


@dataclass(frozen=True, slots=True)
class Track:
    """The newest estimates of one track, each none or one."""

    track_id: str
    point: tuple[LaunchPointEstimate, ...] = ()
    flight: tuple[FlightEstimate, ...] = ()
    apogee: tuple[ApogeePrediction, ...] = ()
    impact: tuple[ImpactPrediction, ...] = ()
    seems: tuple[Classification, ...] = ()


def local_time(t_ns: int) -> str:
    """An instant as claims give one: `YYYY-MM-DDTHH:MM+09:00`, its seconds cut."""
    then = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=t_ns // NS_PER_S + _LOCAL_S)
    return f"{then.strftime('%Y-%m-%dT%H:%M')}+09:00"


def figures(track: Track, day: str, verdict: tuple[str, str] = ("", "")) -> tuple[Own, ...]:
    """What our estimates of a track say of each quantity; `verdict` are words and finding id of its verdict on Japan's EEZ."""
    found: list[Own] = []
    for point in track.point:
        half_min = Z90 * point.sigma_t0_s / _MINUTE_S
        local = local_time(point.t0_ns)
        at_min = minute(local) + point.t0_ns // NS_PER_S % 60 / _MINUTE_S
        found.append(Own(point.id, "launch_time", day, at_min - half_min, at_min + half_min, local))
        spread_m = frames.ellipse(point.cov_en_m2, 0.9)[0]
        found.append(
            Own(point.id, "launch_area", day, lat_rad=point.lat_rad, lon_rad=point.lon_rad, sigma_m=spread_m / Z90)
        )
    for apogee in track.apogee:
        found.append(Own(apogee.id, "apogee_km", day, apogee.low_m / 1e3, apogee.high_m / 1e3))
    for flight in track.flight:
        found.append(_about(flight.id, "range_km", day, flight.range_m / 1e3, flight.sigma_range_m / 1e3))
        time_min, sigma_min = flight.flight_time_s / _MINUTE_S, flight.sigma_flight_time_s / _MINUTE_S
        found.append(_about(flight.id, "flight_time_min", day, time_min, sigma_min))
    for seems in track.seems:
        found += _seeming(seems, day)
    for impact in track.impact:
        words, finding_id = verdict if verdict[0] else (words_for(dict(impact.zones).get(EEZ, 0.0)), impact.id)
        found.append(Own(finding_id, "zone", day, value=words))
    return tuple(sorted(found, key=lambda own: list(rules.ORDER).index(own.quantity)))


def _about(finding_id: str, quantity: str, day: str, value: float, sigma: float) -> Own:
    return Own(finding_id, quantity, day, max(value - Z90 * sigma, 0.0), value + Z90 * sigma)


def _seeming(seems: Classification, day: str) -> list[Own]:
    """Class and shape, where they are more than likely."""
    found = []
    name, p = max(seems.range_class, key=lambda row: row[1], default=("", 0.0))
    if p >= rules.LEAST_CLASS and name in _RANGES:
        found.append(Own(seems.id, "vehicle_class", day, value=name))
    shape, p = max(seems.shape, key=lambda row: row[1], default=("", 0.0))
    if p >= rules.LEAST_SHAPE and shape in _SHAPES:
        found.append(Own(seems.id, "shape", day, value=_SHAPES[shape]))
    return found


def stated(own: Sequence[Own]) -> tuple[OwnFigure, ...]:
    """Figures as an account states them."""
    return tuple(
        OwnFigure(quantity=o.quantity, finding_id=o.id, low=o.low, high=o.high, value=o.value) for o in own
    )  # fmt: skip


def has_moved(now: OwnFigure, then: OwnFigure) -> bool:
    """Whether a figure left the interval it was stated with, became twice as sharp, or is another word."""
    if UNSET in (now.low, now.high, then.low, then.high):
        return now.value != then.value
    (low, high), (was_low, was_high) = interval(now), interval(then)
    centre = 0.5 * (low + high)
    return not was_low <= centre <= was_high or high - low < rules.HALVED * (was_high - was_low)


def differences(
    own: Sequence[Own], claims: Sequence[Claim], locate: Locate, words: Sequence[Word]
) -> list[Discrepancy]:
    """The claims of the day that cannot stand beside our figures."""
    return [
        Discrepancy(
            event_date=claim.event_date, quantity=claim.quantity, beside=mine.id, claim=claim.id,
            reasons=reasons(mine, claim, (*words, *own)), rests_on=(mine.id, claim.id),
        )
        for mine in own
        for claim in claims
        if claim.quantity == mine.quantity and _differs(mine, claim, locate)
    ]  # fmt: skip


def _differs(mine: Own, claim: Claim, locate: Locate) -> bool:
    match mine.quantity:
        case "launch_time":
            return not _is_same_minute(mine, claim)
        case "launch_area":
            return gap_m(mine, claim, locate) > 0.0
        case "zone":
            return (claim.value == "outside_eez_jpn" and mine.value in _IN) or (
                claim.value == "inside_eez_jpn" and mine.value in _OUT
            )
        case "vehicle_class":
            return claim.value in _RANGES and claim.value != mine.value and not is_finer(mine, claim)
        case _:
            return is_apart(mine, claim)


def _is_same_minute(mine: Own, claim: Claim) -> bool:
    """Whether a printed minute, cut or rounded, can be ours."""
    low, high = interval(mine)
    printed = minute(claim.value)
    return claim.value[:10] == mine.value[:10] and low <= printed + 1.0 and high >= printed - 0.5


def gap_m(mine: Own, claim: Claim, locate: Locate) -> float:
    """How much farther our launch point lies from a named launch area than both may be off; 0 where it names no listed one."""
    site = locate(claim.place or claim.value)
    if site is None:
        return 0.0
    known_m = rules.MATCH_SIGMAS * math.hypot(site.sigma_m, mine.sigma_m)
    return max(frames.distance_m(mine.lat_rad, mine.lon_rad, site.lat_rad, site.lon_rad) - known_m, 0.0)
