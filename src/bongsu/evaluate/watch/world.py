"""A made-up world with one site: quiet, preparing, launching; looks through cloud, remarks, false signs, staged preparations.

Its figures are own choices and describe nobody. What matters is that the truth is known: which signs came of which preparation.
"""

from dataclasses import dataclass, field
from math import radians
from typing import Final

import numpy as np

from bongsu.constants import NS_PER_S
from bongsu.messages.inputs import Indicator, PastLaunch, SignKind
from bongsu.models.activity import start_ns
from bongsu.models.watch import Site

SITE: Final = Site(site_id="made-up", name="a made-up site", lat_rad=radians(10.0), lon_rad=radians(170.0))
FIRST_DAY: Final = 10_957  # of every world: 2000-01-01, long before anything recorded here
_HOUR_NS: Final = 3_600 * NS_PER_S


@dataclass(frozen=True, slots=True)
class Habit:
    """How often, a day, a kind of sign is reported while a launch is prepared, and otherwise."""

    kind: SignKind
    p_prepared: float
    p_quiet: float


@dataclass(frozen=True, slots=True)
class WorldSettings:
    """What a world is like."""

    p_begin: float = 0.05  # a day, that a preparation begins
    shortest_days: int = 4
    longest_days: int = 14
    p_abandoned: float = 0.2
    p_cloud: float = 0.4  # of a look: no view
    p_seen: float = 0.7  # of a look with a view at a site that prepares
    p_mistaken: float = 0.05  # of one at a quiet site
    p_staged: float = 0.0  # a day, that a preparation is staged: the same signs, no launch
    is_staging_noted: bool = True  # whether its signs carry a note of deception
    habits: tuple[Habit, ...] = (
        Habit("partner_remark", 0.12, 0.004), Habit("statement", 0.10, 0.03), Habit("thermal", 0.12, 0.05),
        Habit("exercise", 0.03, 0.03),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class World:
    """What was true and what was reported: launch days, preparations (first day, day of launch or end, whether it launched)."""

    n_days: int
    launch_days: tuple[int, ...]
    preparations: tuple[tuple[int, int, bool], ...]
    launches: tuple[PastLaunch, ...]
    signs: tuple[Indicator, ...]
    settings: WorldSettings = field(default_factory=WorldSettings)


def make(seed: int, n_days: int, settings: WorldSettings | None = None) -> World:
    """A world of `n_days` from FIRST_DAY on; the same for the same seed and settings."""
    like = settings or WorldSettings()
    rng = np.random.default_rng(seed)
    preparations, staged = _courses(rng, n_days, like)
    is_on, is_staged = np.zeros(n_days, dtype=bool), np.zeros(n_days, dtype=bool)
    for first, last, _ in preparations:
        is_on[first - FIRST_DAY : last - FIRST_DAY] = True
    for first, last in staged:
        is_staged[first - FIRST_DAY : last - FIRST_DAY] = True
    signs: list[Indicator] = []
    for i in range(n_days):
        staging = like.is_staging_noted and bool(is_staged[i]) and not is_on[i]
        signs += _reports(rng, FIRST_DAY + i, bool(is_on[i] or is_staged[i]), staging, like)
    launched = tuple(last for _, last, is_launch in preparations if is_launch and last < FIRST_DAY + n_days)
    return World(n_days, launched, preparations, tuple(_launch(day) for day in launched), tuple(signs), like)


def _courses(
    rng: np.random.Generator, n_days: int, like: WorldSettings
) -> tuple[tuple[tuple[int, int, bool], ...], tuple[tuple[int, int], ...]]:
    """Preparations one after another, and staged ones between."""
    real: list[tuple[int, int, bool]] = []
    staged: list[tuple[int, int]] = []
    day = 0
    while day < n_days:
        draw = float(rng.random())
        length = int(rng.integers(like.shortest_days, like.longest_days + 1))
        is_launch = bool(rng.random() >= like.p_abandoned)
        end = min(day + length, n_days)
        if draw < like.p_begin:
            real.append((FIRST_DAY + day, FIRST_DAY + end, is_launch and day + length < n_days))
            day = end
        elif draw < like.p_begin + like.p_staged:
            staged.append((FIRST_DAY + day, FIRST_DAY + end))
            day = end
        day += 1
    return tuple(real), tuple(staged)


def _reports(rng: np.random.Generator, day: int, is_on: bool, staging: bool, like: WorldSettings) -> list[Indicator]:
    """The day's look and what else was reported; all are published by the end of the day."""
    view, look = rng.random(2)
    seen = (
        "obscured"
        if view < like.p_cloud
        else "present"
        if look < (like.p_seen if is_on else like.p_mistaken)
        else "absent"
    )
    found = [_indicator(day, "imagery", seen, staging)]
    for habit, draw in zip(like.habits, rng.random(len(like.habits)), strict=True):
        if draw < (habit.p_prepared if is_on else habit.p_quiet):
            found.append(_indicator(day, habit.kind, "present", staging))
    return found


def _indicator(day: int, kind: SignKind, seen: str, staging: bool) -> Indicator:
    noon_ns = start_ns(day) + 12 * _HOUR_NS
    return Indicator(
        indicator_id=f"{kind}-{day}",
        kind=kind,
        observed_ns=noon_ns,
        published_ns=noon_ns + 6 * _HOUR_NS,
        seen=seen,  # type: ignore[arg-type]
        site=SITE.site_id,
        source=f"made-up {kind}",
        p_reliable=1.0,
        deception="known to be staged" if staging and seen != "obscured" else "",
    )


def _launch(day: int) -> PastLaunch:
    noon_ns = start_ns(day) + 12 * _HOUR_NS
    return PastLaunch(
        launch_id=f"L{day}", earliest_ns=noon_ns, latest_ns=noon_ns + _HOUR_NS, published_ns=noon_ns + 2 * _HOUR_NS,
        source="made up", lat_rad=SITE.lat_rad, lon_rad=SITE.lon_rad,
    )  # fmt: skip
