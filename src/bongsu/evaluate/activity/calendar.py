"""Do launches come near dates of a calendar (exercises, summits, anniversaries)? A permutation test with an interval.

The launches keep their order and clusters; the calendar is turned against them by every whole number of days in turn. The share
of turned calendars that see as many launch days near them as the true one does is the p-value: no dice, and no assumption that
launches are independent. The interval of the ratio is by bootstrap of whole months.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bongsu.evaluate.activity.scores import Interval, months, resampled
from bongsu.models.activity.days import marked

NEAR_DAYS = 7  # either side of a date; chosen beforehand


@dataclass(frozen=True, slots=True)
class Nearness:
    """Launch days near the dates of one kind: how many, how many by chance, their ratio, and the share of turns as extreme."""

    kind: str
    n_dates: int
    n_days_near: int
    n_launch_days: int
    n_near: int
    expected: float
    ratio: Interval
    p_value: float  # two-sided


def nearness(
    kind: str, dates: Sequence[int], launch_days: Sequence[int], first: int, after: int, near_days: int = NEAR_DAYS
) -> Nearness:
    """Launch days within `near_days` of any of `dates`, over the days [first, after)."""
    y = marked(launch_days, first, after)
    near = np.zeros(after - first)
    inside = [date for date in dates if first <= date < after]
    for date in inside:
        near[max(0, date - near_days - first) : date + near_days + 1 - first] = 1.0
    turned = _turned(y, near)
    expected = float(turned.mean())
    apart = np.abs(turned - expected)
    return Nearness(
        kind=kind,
        n_dates=len(inside),
        n_days_near=int(near.sum()),
        n_launch_days=int(y.sum()),
        n_near=int(turned[0]),
        expected=expected,
        ratio=_ratio(y, near, first),
        p_value=float((apart >= apart[0] - 1e-9).mean()),
    )


def _turned(y: NDArray[np.float64], near: NDArray[np.float64]) -> NDArray[np.float64]:
    """Launch days near the calendar turned by 0, 1, ... n - 1 days; each count is whole."""
    return np.array([float(near[(np.flatnonzero(y) + k) % len(near)].sum()) for k in range(len(near))])


def _ratio(y: NDArray[np.float64], near: NDArray[np.float64], first: int) -> Interval:
    """Rate near the dates over the rate elsewhere; half a launch day is added to each, so that none is not never."""
    month = months(np.arange(first, first + len(y)))
    draws = resampled(np.column_stack([y * near, near, y * (1.0 - near), 1.0 - near]), month) * len(y)
    ratios = (draws[:, 0] + 0.5) / (draws[:, 1] + 1.0) / ((draws[:, 2] + 0.5) / (draws[:, 3] + 1.0))
    value = (
        (float((y * near).sum()) + 0.5)
        / (near.sum() + 1.0)
        / ((float((y * (1 - near)).sum()) + 0.5) / ((1 - near).sum() + 1.0))
    )
    low, high = (float(q) for q in np.quantile(ratios, (0.05, 0.95)))
    return Interval(float(value), low, high)
