"""A world followed by the watch, day by day, and sign models fitted to one."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from msgspec import structs
from numpy.typing import NDArray

from bongsu.evaluate.activity.rolling import outcomes
from bongsu.evaluate.watch.regress import regress
from bongsu.evaluate.watch.world import FIRST_DAY, SITE, World
from bongsu.messages.inputs import Indicator, PastLaunch, Tick
from bongsu.messages.watching import WatchLevel, WatchWord
from bongsu.models.activity import DAY_NS, HORIZON_DAYS, start_ns
from bongsu.models.settings import Settings
from bongsu.models.watch import SIGNS, SignModel, WatchSettings
from bongsu.stages import watch

Floats = NDArray[np.float64]
WARM_DAYS = 400  # history before the first level that is scored
SIGN_DAYS = 90  # signs older than this at that level have faded, and are left out


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


def follow(world: World, settings: Settings, *, with_signs: bool = True, first: int = WARM_DAYS) -> Followed:
    """The levels after each day from day `first` of a world on, whose longest window ends within it."""
    cfg = watch.configure(settings, None)
    state = watch.start(cfg)
    from_ns = start_ns(FIRST_DAY + max(0, first - SIGN_DAYS))
    signs = [sign for sign in world.signs if with_signs and sign.published_ns >= from_ns]
    told: list[PastLaunch | Indicator] = [*world.launches, *signs]
    waiting = sorted(told, key=lambda one: one.published_ns)
    daily: list[tuple[WatchLevel, ...]] = []
    begin = max(0, min(first - SIGN_DAYS, settings.activity.n_least_days))  # no forecast is made earlier
    for i in range(begin, world.n_days - HORIZON_DAYS[-1] + 1):
        midnight_ns = start_ns(FIRST_DAY + i)
        while waiting and waiting[0].published_ns <= midnight_ns:
            one = waiting.pop(0)
            if i > begin:
                state, _ = watch.step(cfg, state, Tick(valid_ns=one.published_ns))
            state, _ = watch.step(cfg, state, one)
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
    )


def settings_with(signs: Sequence[SignModel] = (), belief: WatchSettings | None = None) -> Settings:
    """A node that watches the made-up site."""
    return Settings(sites=(SITE,), signs=tuple(signs), watch=belief or WatchSettings())


def fitted(worlds: Sequence[World], half_life_days: float) -> Settings:
    """A node that watches the made-up site with sign models, and a most chance, by maximum likelihood from worlds.

    Signs are followed once with unit weights, so that each one's part is the share it keeps.
    """
    half_life_ns = round(half_life_days * DAY_NS)
    unit = [
        SignModel(kind=model.kind, present=(1.0,) * 3, absent=(-1.0,) * 3, half_life_ns=half_life_ns) for model in SIGNS
    ]
    loose = structs.replace(WatchSettings(), most_log_odds=1e9, most_p=(1.0,) * 3)
    runs = [follow(world, settings_with(unit, loose)) for world in worlds]
    x = np.vstack([features(run) for run in runs])
    found = []
    for j in range(len(HORIZON_DAYS)):
        prior, y = (np.concatenate([getattr(run, name)[:, j] for run in runs]) for name in ("p_prior", "y"))
        found.append(regress(x, y, prior))
    n, half = len(SIGNS), half_life_ns
    models = [
        SignModel(
            kind=model.kind, present=_three([fit.weights[k] for fit in found]),
            absent=_three([fit.weights[n + k] for fit in found]), half_life_ns=half, basis="fitted to made-up worlds",
        )
        for k, model in enumerate(SIGNS)
    ]  # fmt: skip
    return settings_with(models, structs.replace(WatchSettings(), most_p=_three([fit.most_p for fit in found])))


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


def _three(values: Sequence[float]) -> tuple[float, float, float]:
    a, b, c = (float(v) for v in values)
    return a, b, c
