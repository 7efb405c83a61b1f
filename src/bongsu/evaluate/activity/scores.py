"""Brier and log scores, skill against baselines, reliability; intervals by bootstrap of whole months: daily windows overlap."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
N_RESAMPLES, SEED = 2_000, 20_160_101  # fixed, so that a page can be made again to the digit
LOW, HIGH = 0.05, 0.95  # of an interval
EDGES = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
LEAST_P = 1e-6


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure with its 90 % interval."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:+.3f} [{self.low:+.3f}, {self.high:+.3f}]"


@dataclass(frozen=True, slots=True)
class Bin:
    """Forecasts of one decile of probability: their mean, how often it came, how many, in how many months."""

    p: float
    came: Interval
    n: int
    n_months: int


def brier(p: Floats, y: Floats) -> Floats:
    """Squared error of each forecast; 0 is perfect, always saying one half gives 0.25. Source: Brier 1950."""
    return np.asarray((p - y) ** 2)


def log_loss(p: Floats, y: Floats) -> Floats:
    """Minus ln of the probability given to what came; 0 is perfect, one half gives 0.693."""
    safe = np.clip(p, LEAST_P, 1.0 - LEAST_P)
    return np.asarray(-np.where(y > 0.5, np.log(safe), np.log1p(-safe)))


def months(days: Sequence[int] | NDArray[np.int64]) -> NDArray[np.int64]:
    """A number for each day's calendar month, from 0 without gaps."""
    found = [date.fromordinal(int(d) + date(1970, 1, 1).toordinal()) for d in days]
    _, numbers = np.unique([12 * d.year + d.month for d in found], return_inverse=True)
    return np.asarray(numbers, dtype=np.int64)


def resampled(values: Floats, month: NDArray[np.int64]) -> Floats:
    """(N_RESAMPLES, k) means of the columns of `values` (n, k) over months drawn with replacement, weighted by their days."""
    n_months = int(month.max()) + 1
    sums = np.zeros((n_months, values.shape[1]))
    np.add.at(sums, month, values)
    counts = np.bincount(month, minlength=n_months).astype(float)
    drawn = np.random.default_rng(SEED).integers(0, n_months, (N_RESAMPLES, n_months))
    return np.asarray(sums[drawn].sum(axis=1) / counts[drawn].sum(axis=1)[:, None])


def mean(losses: Floats, month: NDArray[np.int64]) -> Interval:
    """The mean of losses (n,) with its interval."""
    return _interval(float(losses.mean()), resampled(losses[:, None], month)[:, 0])


def skill(losses: Floats, baseline: Floats, month: NDArray[np.int64]) -> Interval:
    """1 - loss / loss of the baseline: above 0 is better than it, and shown only where the interval lies above 0."""
    both = resampled(np.column_stack([losses, baseline]), month)
    return _interval(1.0 - float(losses.mean()) / float(baseline.mean()), 1.0 - both[:, 0] / both[:, 1])


def reliability(p: Floats, y: Floats, month: NDArray[np.int64]) -> list[Bin]:
    """The bins that hold any forecast; the interval of a bin comes from its own months."""
    found = []
    which = np.clip(np.digitize(p, EDGES) - 1, 0, len(EDGES) - 2)
    for k in range(len(EDGES) - 1):
        mine = which == k
        if not mine.any():
            continue
        own, renumbered = np.unique(month[mine], return_inverse=True)
        came = mean(y[mine], np.asarray(renumbered, dtype=np.int64))
        found.append(Bin(float(p[mine].mean()), came, int(mine.sum()), len(own)))
    return found


def _interval(value: float, draws: Floats) -> Interval:
    low, high = (float(q) for q in np.quantile(draws, (LOW, HIGH)))
    return Interval(value, low, high)
