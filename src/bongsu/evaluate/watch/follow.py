"""A world followed by the watch, day by day, and sign models fitted to one."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from msgspec import structs
from numpy.typing import NDArray

from bongsu.evaluate.activity.rolling import outcomes
from bongsu.evaluate.watch.world import FIRST_DAY, SITE, World
from bongsu.messages.inputs import Indicator, PastLaunch, Tick
from bongsu.messages.watching import WatchLevel, WatchWord
from bongsu.models.activity import DAY_NS, HORIZON_DAYS, start_ns
from bongsu.models.settings import Settings
from bongsu.models.watch import SIGNS, SignModel, WatchSettings
from bongsu.stages import watch

Floats = NDArray[np.float64]
WARM_DAYS = 400  # history before the first level that is scored
RIDGE = 1e-3  # keeps a sign that never came from weighing anything


@dataclass(frozen=True, slots=True)
class Followed:
    """Levels of the site at each midnight of `days` (n,): columns a horizon."""

    days: NDArray[np.int64]
    p: Floats
    p_prior: Floats
    p_usual: Floats
    words: tuple[tuple[WatchWord, ...], ...]
    y: Floats
    said: tuple[tuple[WatchLevel, ...], ...]
    n_between: int  # levels said between midnights


def follow(world: World, settings: Settings, *, with_signs: bool = True, first: int = WARM_DAYS) -> Followed:
    """The levels after each day from day `first` of a world on, whose longest window ends within it."""
    cfg = watch.configure(settings, None)
    state = watch.start(cfg)
    told: list[PastLaunch | Indicator] = [*world.launches, *(world.signs if with_signs else ())]
    waiting = sorted(told, key=lambda one: one.published_ns)
    daily: list[tuple[WatchLevel, ...]] = []
    n_between = 0
    for i in range(world.n_days - HORIZON_DAYS[-1] + 1):
        midnight_ns = start_ns(FIRST_DAY + i)
        while waiting and waiting[0].published_ns <= midnight_ns:
            one = waiting.pop(0)
            state, found = watch.step(cfg, state, Tick(valid_ns=one.published_ns))
            state, more = watch.step(cfg, state, one)
            n_between += sum(isinstance(f, WatchLevel) and f.site == SITE.site_id for f in (*found, *more)) * (
                i > first
            )
        state, found = watch.step(cfg, state, Tick(valid_ns=midnight_ns))
        levels = tuple(f for f in found if isinstance(f, WatchLevel) and f.site == SITE.site_id)
        if i >= first and levels:
            daily.append(levels)
    days = np.array(
        [levels[0].valid_ns // DAY_NS + 1 for levels in daily]
    )  # local midnight is 15:00 UTC of the day before
    return Followed(
        days=days,
        p=np.array([[level.p for level in levels] for levels in daily]),
        p_prior=np.array([[level.p_prior for level in levels] for levels in daily]),
        p_usual=np.array([[level.p_usual for level in levels] for levels in daily]),
        words=tuple(tuple(level.level for level in levels) for levels in daily),
        y=outcomes(days, world.launch_days),
        said=tuple(daily),
        n_between=n_between,
    )


def settings_with(signs: Sequence[SignModel] = (), belief: WatchSettings | None = None) -> Settings:
    """A node that watches the made-up site."""
    return Settings(sites=(SITE,), signs=tuple(signs), watch=belief or WatchSettings())


def fitted(worlds: Sequence[World], half_life_days: float) -> tuple[SignModel, ...]:
    """Sign models by maximum likelihood from worlds: a logistic regression on faded signs, with the history's log-odds given.

    Signs are followed once with unit weights, so that each one's part is the share it keeps.
    """
    half_life_ns = round(half_life_days * DAY_NS)
    unit = [
        SignModel(kind=model.kind, present=(1.0,) * 3, absent=(-1.0,) * 3, half_life_ns=half_life_ns) for model in SIGNS
    ]
    loose = structs.replace(WatchSettings(), most_log_odds=1e9)
    runs = [follow(world, settings_with(unit, loose)) for world in worlds]
    x = np.vstack([features(run) for run in runs])
    weights = []
    for j in range(len(HORIZON_DAYS)):
        prior = np.concatenate([run.p_prior[:, j] for run in runs])
        weights.append(_regress(x, np.concatenate([run.y[:, j] for run in runs]), np.log(prior / (1.0 - prior))))
    n = len(SIGNS)
    return tuple(
        SignModel(
            kind=model.kind,
            present=_three([w[k] for w in weights]),
            absent=_three([w[n + k] for w in weights]),
            half_life_ns=half_life_ns,
            basis="fitted to made-up worlds",
        )
        for k, model in enumerate(SIGNS)
    )


def features(run: Followed) -> Floats:
    """(n, 2 kinds): how much of a sign seen, and of one looked for in vain, is left of each kind at each midnight."""
    kinds = [model.kind for model in SIGNS]
    x = np.zeros((len(run.said), 2 * len(kinds)))
    for i, levels in enumerate(run.said):
        level = levels[0]
        for kind, seen, part in zip(level.kinds, level.seen, level.log_odds, strict=True):
            k = kinds.index(kind)  # type: ignore[arg-type]  # a kind of sign, as a plain string
            x[i, k if seen == "present" else len(kinds) + k] += abs(part)
    return x


def _regress(x: Floats, y: Floats, offset: Floats) -> Floats:
    """Weights (k,) of a logistic regression with given offsets and a small ridge, by Newton's method."""
    w = np.zeros(x.shape[1])
    for _ in range(30):
        p = 1.0 / (1.0 + np.exp(-(offset + x @ w)))
        gradient = x.T @ (y - p) - RIDGE * len(y) * w
        curve = (x * (p * (1.0 - p))[:, None]).T @ x + RIDGE * len(y) * np.eye(len(w))
        move = np.linalg.solve(curve, gradient)
        w = w + move
        if float(np.abs(move).max()) < 1e-8:
            break
    return w


def _three(values: Sequence[float]) -> tuple[float, float, float]:
    a, b, c = (float(v) for v in values)
    return a, b, c
