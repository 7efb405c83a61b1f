"""From the forecast and the signs to a level for each site and window, with the part of each sign and what would change it."""

import functools
import math
from collections.abc import Callable
from dataclasses import dataclass, replace

from msgspec import UNSET, UnsetType

from bongsu.messages.watching import WatchLevel, WatchWord
from bongsu.models.activity import DAY_NS, HORIZON_DAYS
from bongsu.models.lineage import HISTORY
from bongsu.models.watch import (
    ALL,
    SIGNS,
    Weighed,
    bounded,
    is_fall,
    leaves_below,
    logit,
    probability,
    reported_log_odds,
    sign_model,
    summed,
    word,
)
from bongsu.stages.watch.config import Config, Launch, State, Stood
from bongsu.stages.watch.signs import weigh

P_ASKED = 0.8  # reliability of the report that `raised_by` supposes
MOST_LAPSE_DAYS = 60
MOST_P = 1.0 - 1e-9  # no certainty, however often there were launches
UNSTOOD = Stood("", 0, "usual", 0, math.inf)


@dataclass(frozen=True, slots=True)
class Reading:
    """What history and signs make of one site and window at an instant; `parts` are in the order of the signs."""

    p: float
    p_prior: float
    p_usual: float
    parts: tuple[float, ...]

    def above(self) -> float:
        """Log-odds above climatology."""
        return logit(self.p) - logit(self.p_usual)


def shares(cfg: Config, launches: tuple[Launch, ...]) -> tuple[float, ...]:
    """How the chance of a launch is shared among the scopes: past launches with a known place, half a one added to each."""
    scopes = cfg.scopes()
    counts = [sum(launch.scope == scope for launch in launches) + 0.5 for scope in scopes]
    return tuple(count / sum(counts) for count in counts)


@dataclass(frozen=True, slots=True)
class View:
    """All signs as they count at one instant, and how the chance is shared; readings of any site are made from it."""

    cfg: Config
    state: State
    weighed: tuple[Weighed, ...]
    shares: tuple[float, ...]

    def read(self, site: str, window: int, extra: Weighed | None = None) -> Reading:
        """The reading of a site, or of the whole area: the union of sites and elsewhere; `extra` is one more sign supposed."""
        state, parts = self.state, [0.0] * len(self.weighed)
        none = none_prior = none_usual = 1.0
        for scope, part in zip(self.cfg.scopes(), self.shares, strict=True):
            if site not in (ALL, scope):
                continue
            mine = [i for i, sign in enumerate(state.signs) if sign.scope in ("", scope)]
            counted = [self.weighed[i] for i in mine]
            total, each = summed(self.cfg.belief, [*counted, extra] if extra else counted, window)
            prior, usual = (-math.expm1(part * math.log1p(-min(p[window], MOST_P))) for p in (state.prior, state.usual))
            left = bounded(prior, total, self.cfg.belief.most_p[window]) / total if total else 1.0
            total *= left
            for i, value in zip(mine, each, strict=False):
                parts[i] = left * value
            none *= 1.0 - probability(logit(prior) + total)
            none_prior *= 1.0 - prior
            none_usual *= 1.0 - usual
        return Reading(1.0 - none, 1.0 - none_prior, 1.0 - none_usual, tuple(parts))


def view(cfg: Config, state: State, now_ns: int) -> View:
    """The view at an instant, now or later, if nothing more is heard."""
    return View(cfg, state, tuple(weigh(cfg, sign, now_ns) for sign in state.signs), shares(cfg, state.launches))


def levels(cfg: Config, state: State, *, is_daily: bool) -> tuple[State, list[WatchLevel]]:
    """The levels now: all of them daily, else those whose word changed or whose probability moved."""
    said: list[WatchLevel] = []
    stood: list[Stood] = []
    sites = (ALL, *(site.site_id for site in cfg.sites))
    before = {(s.site, s.window): s for s in state.levels}
    today = view(cfg, state, state.now_ns)
    later = functools.cache(lambda n: view(cfg, state, state.now_ns + n * DAY_NS))
    for site in sites:
        for window in range(len(HORIZON_DAYS)):
            now = today.read(site, window)
            old = before.get((site, window), UNSTOOD)
            level, borne_ns = _settled(cfg, now, old, state.now_ns)
            is_new = level != old.level or not abs(now.p - old.p_said) < cfg.belief.said_step
            if is_daily or is_new:
                lapses_ns = _lapses(later, site, window, level)
                said.append(_said(today, site, window, now, level, lapses_ns))
            p_said = now.p if is_daily or is_new else old.p_said
            stood.append(Stood(site, window, level, borne_ns, p_said))
    return replace(state, levels=tuple(stood)), said


def _settled(cfg: Config, now: Reading, old: Stood, now_ns: int) -> tuple[WatchWord, int]:
    """The level after hysteresis, and when something last bore it out: it rises at once and falls only after a calm time."""
    wanted = word(cfg.belief, now.above(), old.level)
    if is_fall(wanted, old.level) and now_ns - old.borne_ns < cfg.belief.calm_after_ns:
        return old.level, old.borne_ns
    return wanted, now_ns


def _said(
    today: View, site: str, window: int, now: Reading, level: WatchWord, lapses_ns: int | UnsetType
) -> WatchLevel:
    """The message of a reading; signs that weigh most stand first."""
    state = today.state
    mine = [i for i, sign in enumerate(state.signs) if site == ALL or sign.scope in ("", site)]
    mine.sort(key=lambda i: (-abs(now.parts[i]), state.signs[i].reference))
    signs = [state.signs[i] for i in mine]
    return WatchLevel(
        valid_ns=state.now_ns,
        site=site,
        window_s=HORIZON_DAYS[window] * 86_400.0,
        level=level,
        p=now.p,
        p_prior=now.p_prior,
        p_usual=now.p_usual,
        signs=(*(s.reference for s in signs), *((HISTORY,) if state.launches else ())),
        kinds=tuple(s.kind for s in signs),
        sources=tuple(s.source for s in signs),
        seen=tuple(s.seen for s in signs),
        log_odds=tuple(now.parts[i] for i in mine),
        log_odds_history=logit(now.p_prior) - logit(now.p_usual),
        n_obscured=sum(s.n_obscured for s in signs),
        n_deceptive=sum(s.is_deceptive for s in signs),
        lapses_ns=lapses_ns,
        raised_by=_raised_by(today, site, window, level),
    )


def _lapses(later: Callable[[int], View], site: str, window: int, level: WatchWord) -> int | UnsetType:
    """When a raised level would fall if nothing more were heard, to a day; UNSET where it would not."""
    if level not in ("raised", "high"):
        return UNSET
    for n in range(1, MOST_LAPSE_DAYS + 1):
        then = later(n)
        belief = then.cfg.belief
        if then.read(site, window).above() < leaves_below(belief, level):
            return then.state.now_ns + n * DAY_NS + belief.calm_after_ns
    return UNSET


def _raised_by(today: View, site: str, window: int, level: WatchWord) -> tuple[str, ...]:
    """Kinds of sign of which one reliable report now would raise the level."""
    found = []
    for model in SIGNS:
        ratios = sign_model(today.cfg.signs, model.kind).present
        if level == "high" or ratios[window] <= 0.0:
            continue
        a, b, c = (reported_log_odds(ratio, P_ASKED) for ratio in ratios)
        supposed = today.read(site, window, Weighed(model.kind, "\uffff", (a, b, c)))
        if is_fall(level, word(today.cfg.belief, supposed.above(), level)):
            found.append(model.kind)
    return tuple(found)
