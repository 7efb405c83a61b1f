"""Classify: what a track seems to be. Shape from apogee and range, class from energy, kind from how it rose.

`evidence.py` counts what was seen, `likelihood.py` turns it into probabilities; here it is decided when to say so.
"""

from dataclasses import dataclass, replace
from typing import Any

from bongsu.geo.tables import Tables
from bongsu.messages.assessment import Classification, FlightEstimate, LaunchPointEstimate
from bongsu.messages.base import Finding, Message
from bongsu.messages.tracking import BurnObserved, TrackEnded, TracksUpdated
from bongsu.models.classes import CONVENTION, ClassSettings
from bongsu.models.settings import Settings
from bongsu.stages.classify.evidence import Evidence, with_burn, with_row
from bongsu.stages.classify.likelihood import kinds, range_classes, shapes


@dataclass(frozen=True, slots=True)
class Config:
    """What is believed about classes."""

    belief: ClassSettings


@dataclass(frozen=True, slots=True)
class State:
    """The evidence on each confirmed track, in the order they were last heard."""

    tracks: tuple[Evidence, ...] = ()


def configure(settings: Settings, tables: Tables) -> Config:
    """The configuration of this stage."""
    return Config(settings.classes)


def start(cfg: Config) -> State:
    """The state before anything was heard."""
    return State()


def step(cfg: Config, state: State, message: Message | Any) -> tuple[State, list[Finding]]:
    """What the newest evidence changes."""
    if isinstance(message, TracksUpdated):
        return _hear_tracks(cfg, state, message)
    if isinstance(message, TrackEnded):
        return State(tuple(e for e in state.tracks if e.track_id != message.track_id)), []
    if not isinstance(message, FlightEstimate | BurnObserved | LaunchPointEstimate):
        return state, []
    before = next((e for e in state.tracks if e.track_id == message.track_id), None)
    if before is None:
        if not isinstance(message, BurnObserved | LaunchPointEstimate):
            return state, []
        before = Evidence(message.track_id, _time(message), _time(message))
    after, found = _judge(cfg, _with(before, message), _time(message), isinstance(message, FlightEstimate))
    return _kept(cfg, state, [after]), found


def _time(message: FlightEstimate | BurnObserved | LaunchPointEstimate) -> int:
    return message.decided_ns if isinstance(message, BurnObserved) else message.valid_ns


def _with(known: Evidence, message: FlightEstimate | BurnObserved | LaunchPointEstimate) -> Evidence:
    if isinstance(message, FlightEstimate):
        return replace(known, flight=(message,))
    if isinstance(message, LaunchPointEstimate):
        return replace(known, launch_ns=message.t0_ns)
    return with_burn(known, message)


def _hear_tracks(cfg: Config, state: State, update: TracksUpdated) -> tuple[State, list[Finding]]:
    by_id = {e.track_id: e for e in state.tracks}
    fresh: list[Evidence] = []
    found: list[Finding] = []
    for i, track_id in enumerate(update.track_id):
        if not update.is_confirmed[i]:
            continue
        before: tuple[Evidence, ...] = (by_id[track_id],) if track_id in by_id else ()
        known = with_row(cfg.belief, before, update, i)
        is_due = not before or known.t_ns - known.judged_ns >= cfg.belief.judge_every_ns
        known, said = _judge(cfg, known, known.t_ns, is_due or known.phase != before[0].phase)
        fresh.append(known)
        found.extend(said)
    return _kept(cfg, state, fresh), found


def _kept(cfg: Config, state: State, fresh: list[Evidence]) -> State:
    ids = [e.track_id for e in fresh]
    tracks = (*(e for e in state.tracks if e.track_id not in ids), *fresh)
    return State(tracks[-cfg.belief.max_tracks :])


def _judge(cfg: Config, known: Evidence, now_ns: int, is_due: bool) -> tuple[Evidence, list[Finding]]:
    """A classification, where it is due and differs enough from the last."""
    if not is_due:
        return known, []
    known = replace(known, judged_ns=now_ns)
    said = Classification(
        track_id=known.track_id,
        valid_ns=now_ns,
        shape=shapes(cfg.belief, known),
        range_class=range_classes(cfg.belief, known),
        kind=kinds(cfg.belief, known),
        convention=CONVENTION,
    )
    if not _is_news(cfg.belief, known, said):
        return known, []
    return replace(known, said=(said,)), [said]


def _is_news(belief: ClassSettings, known: Evidence, said: Classification) -> bool:
    if not known.said:
        return True
    before = known.said[0]
    pairs = [
        *zip(before.shape, said.shape, strict=True),
        *zip(before.range_class, said.range_class, strict=True),
        *zip(before.kind, said.kind, strict=True),
    ]
    change = max(abs(b[1] - a[1]) for a, b in pairs)
    is_late = said.valid_ns - before.valid_ns >= belief.every_ns
    return change > belief.change or (is_late and change > belief.small_change)
