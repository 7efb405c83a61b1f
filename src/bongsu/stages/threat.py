"""Forecasts against protected areas: how likely each open launch event touches each of them, as a number and in words.

After burn-out a region gives the probability; before it a fan gives only "not determined" with a small fixed one, for
the fan says what can be reached, not how likely. Of several tracks of one event the likeliest counts. What has begun is
not unsaid: a passage under way keeps its verdict when the track has flown on and nothing more lies ahead.
"""

from dataclasses import dataclass, replace
from typing import Any

from msgspec import UNSET, structs

from bongsu.geo.tables import Tables
from bongsu.messages.assessment import (
    FootprintFan,
    ImpactPrediction,
    LaunchEvent,
    OverflightPrediction,
    ThreatVerdict,
)
from bongsu.messages.base import Finding, Message
from bongsu.messages.inputs import Tick
from bongsu.messages.tracking import TrackEnded
from bongsu.models.areas import Area, Hazard
from bongsu.models.hedges import Words, is_calmer, is_unweighed, steady_words, words_for
from bongsu.models.policy import WarnSettings
from bongsu.models.settings import Settings

UNKNOWN = 0  # a time that is not known
MAX_TRACKS = 2_000


@dataclass(frozen=True, slots=True)
class Config:
    """Areas in the order of the settings, and the policy."""

    areas: tuple[Area, ...]
    belief: WarnSettings


@dataclass(frozen=True, slots=True)
class Prospect:
    """What one track means for one area: probability, times (0 unknown), whether only possible is known."""

    area: str
    hazard: Hazard
    p: float
    impact_ns: int
    until_ns: int
    is_open: bool


@dataclass(frozen=True, slots=True)
class Outlook:
    """All prospects of one track."""

    track_id: str
    prospects: tuple[Prospect, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """The last verdict on one area, and when a forecast last bore it out."""

    area: str
    hazard: Hazard
    p: float
    words: Words
    impact_ns: int
    borne_out_ns: int


@dataclass(frozen=True, slots=True)
class Case:
    """One open launch event: its tracks and the verdicts in force."""

    event_id: str
    track_ids: tuple[str, ...]
    said: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class State:
    """Open events and what their tracks promise, in the order they were first heard."""

    cases: tuple[Case, ...] = ()
    outlooks: tuple[Outlook, ...] = ()


def configure(settings: Settings, tables: Tables) -> Config:
    """The configuration of this stage."""
    return Config(settings.areas, settings.warn)


def start(cfg: Config) -> State:
    """The state before anything was heard."""
    return State()


def step(cfg: Config, state: State, message: Message | Any) -> tuple[State, list[Finding]]:
    """Verdicts that change when an event or a forecast of one of its tracks does."""
    if isinstance(message, LaunchEvent):
        return _hear_event(cfg, state, message)
    if isinstance(message, TrackEnded):
        return _forget_track(state, message), []
    if isinstance(message, Tick):
        return _calmed(cfg, state, message.valid_ns)
    if isinstance(message, ImpactPrediction):
        fresh = _falls(cfg, message)
    elif isinstance(message, FootprintFan):
        fresh = _reached(cfg, message)
    elif isinstance(message, OverflightPrediction):
        fresh = _passages(cfg, message)
    else:
        return state, []
    state = _with_outlook(state, message.track_id, fresh, message.valid_ns)
    return _judge(cfg, state, [c.event_id for c in state.cases if message.track_id in c.track_ids], message.valid_ns)


def _hear_event(cfg: Config, state: State, event: LaunchEvent) -> tuple[State, list[Finding]]:
    others = tuple(c for c in state.cases if c.event_id != event.event_id)
    if event.state in ("over", "withdrawn"):
        wanted = [t for c in others for t in c.track_ids]
        kept = tuple(o for o in state.outlooks if o.track_id not in event.track_ids or o.track_id in wanted)
        return State(others, kept), []
    said = next((c.said for c in state.cases if c.event_id == event.event_id), ())
    state = replace(state, cases=(*others, Case(event.event_id, event.track_ids, said)))
    return _judge(cfg, state, [event.event_id], event.valid_ns)


def _calmed(cfg: Config, state: State, now_ns: int) -> tuple[State, list[Finding]]:
    """Time alone makes a calmer forecast count that has stood for long enough: there may be no further one to do it."""
    after, found = _judge(cfg, state, [c.event_id for c in state.cases], now_ns)
    return (after, found) if found else (state, [])


def _forget_track(state: State, ended: TrackEnded) -> State:
    """A lost track still threatens while its event is open; one that was never real, or lives on under another id, does
    not.
    """
    is_wanted = any(ended.track_id in c.track_ids for c in state.cases)
    if is_wanted and ended.reason in ("lost", "landed"):
        return state
    return replace(state, outlooks=tuple(o for o in state.outlooks if o.track_id != ended.track_id))


def _with_outlook(state: State, track_id: str, fresh: list[Prospect], now_ns: int) -> State:
    """`state` with the prospects of one hazard of a track replaced; a passage that has begun keeps its beginning."""
    before = next((o.prospects for o in state.outlooks if o.track_id == track_id), ())
    begun = [b for b in before if b.hazard == "overflight" and _has_begun(b, now_ns)]
    new = [_continued(f, begun) for f in fresh]
    renewed = [(f.area, f.hazard) for f in new]
    kept = [b for b in before if (b.area, b.hazard) not in renewed and (b in begun or not _is_renewed(b, fresh))]
    others = tuple(o for o in state.outlooks if o.track_id != track_id)[-MAX_TRACKS + 1 :]
    return replace(state, outlooks=(*others, Outlook(track_id, (*kept, *new))))


def _is_renewed(before: Prospect, fresh: list[Prospect]) -> bool:
    return any(before.hazard == f.hazard for f in fresh)


def _continued(fresh: Prospect, begun: list[Prospect]) -> Prospect:
    """A passage under way: nothing more ahead leaves it as it was, more ahead moves its end alone."""
    for b in begun:
        if (b.area, b.hazard) == (fresh.area, fresh.hazard):
            return b if fresh.p == 0.0 else replace(fresh, impact_ns=b.impact_ns)
    return fresh


def _has_begun(prospect: Prospect, now_ns: int) -> bool:
    return prospect.p > 0.0 and UNKNOWN < prospect.impact_ns <= now_ns and not prospect.is_open


def _falls(cfg: Config, forecast: ImpactPrediction) -> list[Prospect]:
    """Probabilities of falling into each area."""
    inside = dict(forecast.areas)
    return [
        Prospect(a.area_id, "fall", inside.get(a.area_id, 0.0), forecast.impact_ns, forecast.impact_ns, False)
        for a in cfg.areas
        if "fall" in a.hazards
    ]


def _reached(cfg: Config, fan: FootprintFan) -> list[Prospect]:
    """The areas a fan reaches, each with the fixed small probability of what cannot be excluded."""
    return [
        Prospect(a.area_id, "fall", cfg.belief.p_reachable, UNKNOWN, UNKNOWN, True)
        for a in cfg.areas
        if "fall" in a.hazards and a.area_id in fan.areas
    ]


def _passages(cfg: Config, forecast: OverflightPrediction) -> list[Prospect]:
    """Probabilities of passing above each area; before burn-out only a large share of the fan counts as one."""
    above = {area: (p, first, last) for area, p, first, last in forecast.areas}
    found = []
    for area in (a for a in cfg.areas if "overflight" in a.hazards):
        p, first_ns, last_ns = above.get(area.area_id, (0.0, UNKNOWN, UNKNOWN))
        is_open = forecast.method == "fan" and p < cfg.belief.p_fan_trusted
        if forecast.method == "fan" and p == 0.0:
            continue
        p = min(p, cfg.belief.p_reachable) if is_open else p
        found.append(Prospect(area.area_id, "overflight", p, first_ns, last_ns, is_open))
    return found


def _judge(cfg: Config, state: State, event_ids: list[str], now_ns: int) -> tuple[State, list[Finding]]:
    """The verdicts of these events that differ enough from what was last said."""
    cases, found = [], []
    for case in state.cases:
        if case.event_id in event_ids:
            case, changed = _verdicts(cfg, state, case, now_ns)
            found.extend(changed)
        cases.append(case)
    return replace(state, cases=tuple(cases)), found


def _verdicts(cfg: Config, state: State, case: Case, now_ns: int) -> tuple[Case, list[Finding]]:
    said = {(s.area, s.hazard): s for s in case.said}
    prospects = [p for o in state.outlooks if o.track_id in case.track_ids for p in o.prospects]
    changed: list[ThreatVerdict] = []
    for area in cfg.areas:
        for hazard in area.hazards:
            mine = [p for p in prospects if p.area == area.area_id and p.hazard == hazard]
            if not mine:
                continue
            worst = max(mine, key=lambda p: (p.p, p.impact_ns))
            key = (area.area_id, hazard)
            said[key], is_new = _weighed(cfg, worst, said.get(key), now_ns)
            if is_new:
                changed.append(_verdict(case.event_id, now_ns, worst, said[key].words))
    last = len(changed) - 1
    numbered: list[Finding] = [structs.replace(v, n_following=last - i) for i, v in enumerate(changed)]
    return replace(case, said=tuple(said.values())), numbered


def _weighed(cfg: Config, prospect: Prospect, before: Said | None, now_ns: int) -> tuple[Said, bool]:
    """The verdict in force after a prospect, and whether it is worth saying."""
    words = _words(cfg, prospect, before)
    fresh = Said(prospect.area, prospect.hazard, prospect.p, words, prospect.impact_ns, now_ns)
    if before is None:
        return fresh, True
    if not _is_sure(cfg, words, before, now_ns):
        return before, False
    return (fresh, True) if _differs(cfg, prospect, words, before) else (replace(before, borne_out_ns=now_ns), False)


def _words(cfg: Config, prospect: Prospect, before: Said | None) -> Words:
    if prospect.is_open:
        return "not determined"
    return words_for(prospect.p) if before is None else steady_words(prospect.p, before.words, cfg.belief.words_margin)


def _is_sure(cfg: Config, words: Words, before: Said, now_ns: int) -> bool:
    """Quick to alarm, slow to calm: a calmer verdict counts once nothing has borne out the graver one for a while."""
    is_slow = is_calmer(words, before.words) and not is_unweighed(before.words, before.p)
    return not is_slow or now_ns - before.borne_out_ns >= cfg.belief.calm_after_ns


def _differs(cfg: Config, prospect: Prospect, words: Words, before: Said) -> bool:
    has_time_moved = prospect.p > 0.0 and abs(prospect.impact_ns - before.impact_ns) > cfg.belief.verdict_time_ns
    return words != before.words or abs(prospect.p - before.p) > cfg.belief.verdict_step or has_time_moved


def _verdict(event_id: str, now_ns: int, prospect: Prospect, words: Words) -> ThreatVerdict:
    return ThreatVerdict(
        event_id=event_id,
        valid_ns=now_ns,
        area=prospect.area,
        hazard=prospect.hazard,
        p=prospect.p,
        words=words,
        impact_ns=prospect.impact_ns or UNSET,
        until_ns=prospect.until_ns or UNSET,
    )
