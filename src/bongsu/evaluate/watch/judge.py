"""Levels of made-up years against what was true: reliability, lead time, false alarms, changes of level, beside history alone."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bongsu.evaluate.activity import scores
from bongsu.evaluate.activity.scores import Interval
from bongsu.evaluate.binomial import Fraction, fraction
from bongsu.evaluate.watch.follow import Followed
from bongsu.evaluate.watch.world import World
from bongsu.models.activity import HORIZON_DAYS

EDGES = (0.0, 0.1, 0.2, 0.35, 0.5, 0.7, 1.0)
ALARM = ("raised", "high")
MOST_MONTHS = 10_000  # of one run: months of different runs are different months
WINDOW = 0  # alarms are those of the shortest window


@dataclass(frozen=True, slots=True)
class Kept:
    """What was said in one band of probability, at windows that do not overlap, and how often it came."""

    horizon_days: int
    p: float
    came: Fraction

    def is_kept(self) -> bool:
        """Whether the count agrees with what was said (exact interval, 99.9 %)."""
        return self.came.holds(self.p)


@dataclass(frozen=True, slots=True)
class Alarms:
    """Alarms of some years: launches foreseen and how long before, episodes of alarm with no launch to come, changes of level."""

    n_years: float
    n_launches: int
    lead_days: tuple[int, ...]  # of the launches foreseen
    n_false: int
    n_days_up: int
    n_days_idle: int  # at a raised level, with no launch within the window
    n_changes: int

    def text(self) -> str:
        """In a line."""
        lead = f"{np.median(self.lead_days):.0f} days (median)" if self.lead_days else "none"
        return (
            f"{len(self.lead_days)} of {self.n_launches} launches foreseen, lead {lead}; a year "
            f"{self.n_false / self.n_years:.1f} false alarms, {self.n_days_up / self.n_years:.0f} days at a raised level "
            f"({self.n_days_idle / max(1, self.n_days_up):.0%} of them with no launch within {HORIZON_DAYS[WINDOW]} days), "
            f"{self.n_changes / self.n_years:.0f} changes of level"
        )


def kept(runs: Sequence[Followed], *, prior: bool = False) -> list[Kept]:
    """Reliability of levels (or of history alone) by band and horizon, at every h-th midnight, so that windows never overlap."""
    found = []
    for j, h in enumerate(HORIZON_DAYS):
        p = np.concatenate([(run.p_prior if prior else run.p)[::h, j] for run in runs])
        y = np.concatenate([run.y[::h, j] for run in runs])
        which = np.digitize(p, EDGES[1:-1])
        for k in range(len(EDGES) - 1):
            if (mine := which == k).any():
                found.append(Kept(h, float(p[mine].mean()), fraction(int(y[mine].sum()), int(mine.sum()))))
    return found


def brier(runs: Sequence[Followed]) -> list[tuple[float, float, float]]:
    """Mean squared error of levels, of history alone and of climatology, a row a horizon."""
    rows = []
    for j in range(len(HORIZON_DAYS)):
        y = np.concatenate([run.y[:, j] for run in runs])
        columns = [np.concatenate([getattr(run, name)[:, j] for run in runs]) for name in ("p", "p_prior", "p_usual")]
        a, b, c = (float(((p - y) ** 2).mean()) for p in columns)
        rows.append((a, b, c))
    return rows


def alarms(runs: Sequence[tuple[World, Followed]], *, prior_share: float | None = None) -> Alarms:
    """What an alarm at a raised level would have been worth. A launch is foreseen if its preparation met an alarm before it.

    With `prior_share` the alarm is history alone instead, on that share of all days, the likeliest of them.
    """
    limit = np.inf
    if prior_share is not None:
        limit = float(np.quantile(np.concatenate([run.p_prior[:, WINDOW] for _, run in runs]), 1.0 - prior_share))
    lead: list[int] = []
    n_launches = n_false = n_up = n_idle = n_changes = n_days = 0
    for world, run in runs:
        up = np.array([words[WINDOW] in ALARM for words in run.words])
        up = up if prior_share is None else run.p_prior[:, WINDOW] > limit
        n_days += len(up)
        n_up += int(up.sum())
        n_idle += int((up & (run.y[:, WINDOW] < 0.5)).sum())
        levels = [words[WINDOW] for words in run.words] if prior_share is None else up.tolist()
        n_changes += sum(a != b for a, b in itertools.pairwise(levels))
        raised = run.days[up]
        for first, last, is_launch in world.preparations:
            if is_launch and run.days[0] < first and last <= run.days[-1]:
                n_launches += 1
                before = raised[(raised > first) & (raised <= last)]
                lead += [int(last - before[0])] if len(before) else []
        n_false += sum(not _has_launch(world, a, b) for a, b in _episodes(run, up))
    return Alarms(n_days / 365.25, n_launches, tuple(lead), n_false, n_up, n_idle, n_changes)


def beside_history(runs: Sequence[tuple[World, Followed]]) -> tuple[Alarms, Alarms]:
    """Alarms at a raised level, and those of history alone on as many days."""
    by_signs = alarms(runs)
    return by_signs, alarms(runs, prior_share=by_signs.n_days_up / sum(len(run.days) for _, run in runs))


def gain(runs: Sequence[Followed], window: int) -> Interval:
    """Brier skill of levels over history alone at a window, with its 90 % interval by months of each run."""
    p, prior, y = (np.concatenate([getattr(run, name)[:, window] for run in runs]) for name in ("p", "p_prior", "y"))
    month = np.concatenate([scores.months(run.days) + MOST_MONTHS * k for k, run in enumerate(runs)])
    _, numbers = np.unique(month, return_inverse=True)
    return scores.skill(scores.brier(p, y), scores.brier(prior, y), np.asarray(numbers, dtype=np.int64))


def _episodes(run: Followed, up: "np.ndarray[tuple[int], np.dtype[np.bool_]]") -> list[tuple[int, int]]:
    """First and last day of each unbroken stretch at a raised level."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], up, [False]]).astype(int)))
    return [(int(run.days[a]), int(run.days[b - 1])) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _has_launch(world: World, first: int, last: int) -> bool:
    """Whether a launch came during an alarm or within its window after."""
    return any(first <= day < last + HORIZON_DAYS[WINDOW] for day in world.launch_days)
