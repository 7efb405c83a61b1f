"""The book of forecasts made: what is open, how windows that closed were foreseen, and the weights that follow.

Weights come from past scores alone: a model's share is proportional to exp of its discounted sum of log scores, each divided by
the days of its window, for windows of h days that begin daily say the same thing h times.
"""

import math
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from bongsu.models.activity.fits import HORIZON_DAYS, MODELS, ActivitySettings

Rows = tuple[tuple[float, ...], ...]  # one row a model, a column a horizon
NOTHING: Final[Rows] = ((0.0,) * len(HORIZON_DAYS),) * len(MODELS)


@dataclass(frozen=True, slots=True)
class Book:
    """Open forecasts (first day of the window, chances), the day last entered, and discounted sums of log scores."""

    open: tuple[tuple[int, Rows], ...] = ()
    day: int = 0
    scores: Rows = NOTHING


def booked(book: Book, cfg: ActivitySettings, day: int, p: Rows, launch_days: Collection[int]) -> Book:
    """`book` on a later `day`: windows that closed and settled since are scored by what is known now, then `p` is entered."""
    keep = 0.5 ** ((day - book.day) / cfg.n_score_days) if book.day else 1.0
    sums = [[keep * s for s in row] for row in book.scores]
    for first, rows in book.open:
        for j, h in enumerate(HORIZON_DAYS):
            if book.day < first + h + cfg.n_settle_days <= day:
                is_launch = any(first <= d < first + h for d in launch_days)
                for i, row in enumerate(rows):
                    sums[i][j] += log_score(row[j], is_launch) / h
    last_h = HORIZON_DAYS[-1] + cfg.n_settle_days
    still = tuple((first, rows) for first, rows in book.open if first + last_h > day)
    return Book((*still, (day, p)), day, tuple(tuple(row) for row in sums))


def weights(book: Book) -> Rows:
    """One row a horizon: the share of each of MODELS; equal before anything was scored."""
    columns = list(zip(*book.scores, strict=True))
    rows = [[math.exp(s - max(column)) for s in column] for column in columns]
    return tuple(tuple(w / sum(row) for w in row) for row in rows)


def combined(p: Rows, shares: Rows) -> tuple[float, ...]:
    """The weighted mean of the models' chances at each horizon."""
    return tuple(sum(w * row[j] for w, row in zip(share, p, strict=True)) for j, share in enumerate(shares))


def log_score(p: float, is_launch: bool) -> float:
    """ln of the probability given to what came; a certainty that failed costs what one in a million would."""
    return math.log(max(p if is_launch else 1.0 - p, 1e-6))
