"""Claims, what was reconstructed of them and our own figures → one account of each launch day, and why things differ.

Silent unless there are claims. It speaks once an input, when all of it has been heard, and only of days whose account changed.
"""

from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import Any, Literal

from msgspec import structs

from bongsu.geo.tables import Tables
from bongsu.messages.accounts import Account, Claim, Discrepancy, Reconstruction
from bongsu.messages.assessment import LaunchEvent, ThreatVerdict
from bongsu.messages.base import Finding
from bongsu.messages.inputs import Report
from bongsu.models.reconstruct_sites import site_of
from bongsu.models.settings import Settings
from bongsu.stages.reconcile import memory, quarantine
from bongsu.stages.reconcile.history import has_news, revised
from bongsu.stages.reconcile.match import candidates
from bongsu.stages.reconcile.memory import Day, Estimate, State
from bongsu.stages.reconcile.own import EEZ, Locate, differences, figures, local_time, stated
from bongsu.stages.reconcile.prefer import reconcile
from bongsu.stages.reconcile.words import Own

__all__ = ["Config", "State", "close", "configure", "reconcile", "start", "step"]
MAX_NAMES = 1_000  # of launch areas whose places are kept at hand


@dataclass(frozen=True, slots=True)
class Config:
    """Places by name (each looked up once, for it is asked again in every scan), and the areas that are Japan's EEZ alone."""

    locate: Locate
    eez_areas: tuple[str, ...]


def configure(settings: Settings, tables: Tables) -> Config:
    """The configuration from a node's settings."""
    return Config(
        lru_cache(MAX_NAMES)(partial(site_of, tables.places)),
        tuple(a.area_id for a in settings.areas if a.zones == (EEZ,)),
    )


def start(cfg: Config) -> State:
    """The state before anything was heard."""
    return State()


def step(cfg: Config, state: State, message: Any) -> tuple[State, list[Finding]]:
    """Remember; what follows from it is said in `close`."""
    match message:
        case Report():
            state = replace(state, published_ns=message.published_ns if isinstance(message.published_ns, int) else 0)
        case Claim():
            state = memory.with_claim(state, message) if message.event_date else state
        case Reconstruction():
            state = memory.with_flights(state, message)
        case LaunchEvent():
            state = memory.with_event(state, message)
        case ThreatVerdict():
            is_fall = message.hazard == "fall" and message.area in cfg.eez_areas
            state = memory.with_verdict(state, message) if is_fall else state
        case _ if isinstance(message, Estimate):
            state = memory.with_estimate(state, message)
    return state, []


def close(cfg: Config, state: State) -> tuple[State, list[Finding]]:
    """All of one input was heard: the accounts of the days it changed, each followed by what differs in it."""
    if not state.touched and not (state.stirred and state.days):
        return (replace(state, stirred=()) if state.stirred else state), []
    found: list[Finding] = []
    stirred = _stirred_days(state)
    for day in state.days:
        is_touched = day.day in state.touched
        if not is_touched and day.day not in stirred:
            continue
        ours = _ours(cfg, state, day)
        if not is_touched and not has_news(day, ours.match, ours.event_id, stated(ours.figures)):
            continue
        account, differ = _account(cfg, state, day, ours)
        said = revised(day, account, differ)
        if said is not None:
            state = memory.with_day(state, replace(day, said=(said,), differ=differ))
            found += [said, *differ]
    return replace(state, touched=(), stirred=(), published_ns=0), found


def _stirred_days(state: State) -> list[str]:
    """The local days of the events that this input speaks of, or of whose tracks it does."""
    mine = [e for e in state.events if any(i in state.stirred for i in (e.event_id, *e.track_ids))]
    return [local_time(e.valid_ns)[:10] for e in mine]


@dataclass(frozen=True, slots=True)
class _Ours:
    """What we have seen of a day's launch: which event, if one, and our figures of it."""

    match: Literal["matched", "ambiguous", "none"]
    event_id: str = ""
    track_id: str = ""
    figures: tuple[Own, ...] = ()


def _ours(cfg: Config, state: State, day: Day) -> _Ours:
    near = candidates(day.day, day.claims(), state.events, state.tracks, cfg.locate)
    if len(near) != 1:
        return _Ours("ambiguous" if near else "none")
    ((event, track),) = near
    verdict = next(((words, ref) for e, words, ref in state.verdicts if e == event.event_id), ("", ""))
    return _Ours("matched", event.event_id, track.track_id, figures(track, day.day, verdict))


def _account(cfg: Config, state: State, day: Day, ours: _Ours) -> tuple[Account, tuple[Discrepancy, ...]]:
    """The account of a day as things stand."""
    mine, own = day.claims(), ours.figures
    every = tuple(c for d in state.days for c in d.claims())
    aside = _set_aside(day, every, own, is_seen=ours.match != "none")
    account, differ = reconcile(every, day.flights, day.day, own, aside)
    beside_us = differences(own, mine, cfg.locate, every)
    more = tuple(structs.replace(d, event_id=ours.event_id, track_id=ours.track_id) for d in beside_us)
    rests_on = tuple(dict.fromkeys((*account.rests_on, *(o.id for o in own))))
    account = structs.replace(
        account, match=ours.match, event_id=ours.event_id, track_id=ours.track_id, own=stated(own), rests_on=rests_on
    )
    return account, (*differ, *more)


def _set_aside(day: Day, every: tuple[Claim, ...], own: tuple[Own, ...], *, is_seen: bool) -> dict[str, str]:
    """Ids in quarantine and why; of several reasons the gravest."""
    found = {} if is_seen else quarantine.uncorroborated(every, day.day)
    found |= quarantine.set_aside(every, day.day, own)
    return found | quarantine.future(every, day.day, local_time(day.last_ns)[:10])
