"""The models of launch days and what they are fitted to, by maximum likelihood, from days that are past and settled."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Final

import msgspec
import numpy as np
from msgspec import Meta
from numpy.typing import NDArray

from bongsu.kernels import activity as kernels

HORIZON_DAYS: Final = (7, 14, 30)
MODELS: Final = ("climatology", "last_days", "varying", "exciting")
COMBINED: Final = "combined"
LAST_DAYS: Final = (30, 60, 90, 180, 365)  # what `last_days` may choose from
HALF_LIFE_DAYS: Final = (15.0, 30.0, 60.0, 90.0, 120.0, 180.0, 270.0, 365.0, 540.0, 730.0)  # `varying`
PULL_DAYS: Final = (15.0, 60.0, 240.0)  # `varying`: how many days of climatology it is drawn by


class ActivitySettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Settings of models/activity, chosen before anything was scored; all own choices."""

    n_training_days: Annotated[int, Meta(ge=400)] = 1_826  # five years: older rates belong to other programmes
    n_least_days: Annotated[int, Meta(ge=1)] = 365  # with less history nothing is fitted and nothing said
    n_settle_days: Annotated[int, Meta(ge=0)] = 1  # the newest days are left out of fits: a launch may yet be published
    n_score_days: Annotated[int, Meta(ge=1)] = 365  # half-life of a past score in the combination


@dataclass(frozen=True, slots=True)
class Fits:
    """What the models were fitted to on one day; rates are per day."""

    day: int
    n_days: int
    n_launch_days: int
    rate: float
    k: int
    half_life_days: float
    pull_days: float
    base: float
    branching: float
    fade_days: float  # mean age at which an excitation works


def fit(y: NDArray[np.float64], day: int) -> Fits:
    """The fits to settled days `y` (n,), n at least 2, on `day`."""
    n, events = len(y), float(y.sum())
    rate = -math.log1p(-(events + 0.5) / (n + 1.0))
    ks = [k for k in LAST_DAYS if k <= n // 2] or [n // 2]
    k = max(ks, key=lambda each: kernels.last_days_log_likelihood(y, each, ks[-1]))
    grid = [(half, pull) for half in HALF_LIFE_DAYS for pull in PULL_DAYS]
    half, pull = max(grid, key=lambda p: kernels.varying_log_likelihood(y, rate, p[1], 0.5 ** (1.0 / p[0])))
    base, branching, fade = kernels.fit_exciting(y)[:3] if events else (rate, 0.0, 1.0)
    return Fits(day, n, int(events), rate, k, half, pull, float(base), float(branching), 1.0 / float(fade))


def chances(fits: Fits, y: NDArray[np.float64]) -> tuple[tuple[float, ...], ...]:
    """P(at least one launch day within each horizon) after the days `y`: one row for each of MODELS, a column a horizon."""
    k = min(fits.k, len(y))
    recent = -math.log1p(-(float(y[len(y) - k :].sum()) + 0.5) / (k + 1.0))
    a, b = kernels.varying_weights(y, 0.5 ** (1.0 / fits.half_life_days))
    shape, days = fits.pull_days * fits.rate + a, fits.pull_days + b
    fade = 1.0 / fits.fade_days
    added = kernels.excitation(y, fade)
    none = (
        [-fits.rate * h for h in HORIZON_DAYS],
        [-recent * h for h in HORIZON_DAYS],
        [-shape * math.log1p(h / days) for h in HORIZON_DAYS],
        [kernels.exciting_none(fits.base, fits.branching, fade, added, h) for h in HORIZON_DAYS],
    )
    return tuple(tuple(-math.expm1(each) for each in row) for row in none)


def told(fits: Fits) -> tuple[str, ...]:
    """What each model was fitted to, in words, in the order of MODELS."""
    gap = 1.0 / fits.rate
    return (
        f"one launch day in {gap:.1f} days",
        f"the last {fits.k} days",
        f"half-life {fits.half_life_days:.0f} days, drawn to climatology by {fits.pull_days:.0f} days of it",
        f"branching {fits.branching:.2f}, fading in {fits.fade_days:.0f} days, else one in {1.0 / fits.base:.0f} days",
    )


def usual(gap_days: float) -> Sequence[float]:
    """Chances within each horizon of one launch day in `gap_days` on average, for want of any history."""
    return [-math.expm1(-h / gap_days) for h in HORIZON_DAYS]
