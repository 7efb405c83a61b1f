"""Forecasts as they would have been made: history fed to the watch in order of its publication, one origin a local day.

What is fed decides what can be known. A history that is not in order of `known_ns`, was known before it was published, or
published before its launch was over is refused, for scores on it would mean nothing: event times in place of publication times.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bongsu.errors import BadInput, BongsuError
from bongsu.messages.inputs import PastLaunch, Tick
from bongsu.messages.watching import ActivityForecast
from bongsu.models.activity import COMBINED, HORIZON_DAYS, MODELS, day_of, start_ns
from bongsu.models.settings import Settings
from bongsu.stages import watch

Known = tuple[int, PastLaunch]
ROWS = (*MODELS, COMBINED)


class LookAhead(BongsuError):
    """A history that tells something before it could be known."""

    def __init__(self, launch: PastLaunch, found: str, expected: str) -> None:
        self.launch = launch
        super().__init__(
            f"{launch.source} {launch.row or launch.launch_id}: {found}; expected {expected}. Nothing is scored on a history "
            f"that looks ahead: give the times at which each launch was published, not those at which it happened."
        )


@dataclass(frozen=True, slots=True)
class Rolled:
    """Forecasts and what came: `p` (n, models, horizons), `y` (n, horizons) zeros and ones, at each of `days` (n,)."""

    days: NDArray[np.int64]
    p: NDArray[np.float64]
    y: NDArray[np.float64]
    fits: tuple[tuple[str, ...], ...]
    shares: NDArray[np.float64]  # (n, horizons, models without the combined one)
    launch_days: tuple[int, ...]


def by_publication(launches: Iterable[PastLaunch]) -> list[Known]:
    """A history as a log would hold it that heard of each launch when it was published."""
    return sorted(((launch.published_ns, launch) for launch in launches), key=lambda known: known[0])


def check(history: Sequence[Known]) -> None:
    """Raise LookAhead where a history tells something before it could be known."""
    last_ns = 0
    for known_ns, launch in history:
        if launch.published_ns <= launch.latest_ns:
            raise LookAhead(launch, "published before the launch was over", "`published_ns` after `latest_ns`")
        if known_ns < launch.published_ns:
            raise LookAhead(launch, "known before it was published", "`known_ns` no earlier than `published_ns`")
        if known_ns < last_ns:
            raise LookAhead(launch, "known before the record ahead of it", "the order of a log")
        last_ns = known_ns


def roll(history: Sequence[Known], first: int, after: int, settings: Settings | None = None) -> Rolled:
    """Forecasts at each local midnight of the days in [first, after) whose longest window ends by `after`.

    The watch is stepped from one training time before `first` on, so that its weights rest on forecasts it had made.
    Raises LookAhead, and BadInput where no origin has history enough.
    """
    check(history)
    cfg = watch.configure(settings or Settings(), None)
    state = watch.start(cfg)
    made: list[ActivityForecast] = []
    waiting = list(history)
    for day in range(first - cfg.activity.n_training_days, after - HORIZON_DAYS[-1] + 1):
        midnight_ns = start_ns(day)
        while waiting and waiting[0][0] <= midnight_ns:
            state, _ = watch.step(cfg, state, waiting.pop(0)[1])
        state, found = watch.step(cfg, state, Tick(valid_ns=midnight_ns))
        made += [f for f in found if isinstance(f, ActivityForecast) and day >= first]
    if not made:
        raise BadInput(
            "the history", f"no origin with {cfg.activity.n_least_days} days of it before", "a longer history",
            "Add a list that begins earlier, or begin the evaluation later.",
        )  # fmt: skip
    return _rolled(cfg, made, history)


def _rolled(cfg: watch.Config, made: Sequence[ActivityForecast], history: Sequence[Known]) -> Rolled:
    launches: tuple[Any, ...] = ()
    for _, one in history:
        launches = watch.known_with(launches, watch.launch_of(cfg, one))
    launched = tuple(sorted({launch.day for launch in launches}))
    days = np.array([day_of(f.valid_ns) for f in made])
    return Rolled(
        days=days,
        p=np.array([f.p for f in made]),
        y=outcomes(days, launched),
        fits=tuple(f.fits for f in made),
        shares=np.array([f.p_model for f in made]),
        launch_days=launched,
    )


def outcomes(days: NDArray[np.int64], launch_days: Sequence[int]) -> NDArray[np.float64]:
    """(n, horizons): whether a launch day fell in each window that begins on each of `days`."""
    sorted_days = np.array(sorted(launch_days), dtype=np.int64)
    before = np.searchsorted(sorted_days, days)
    return np.column_stack([np.searchsorted(sorted_days, days + h) > before for h in HORIZON_DAYS]).astype(float)
