"""Warn: propose, update, cancel, end. One machine for each launch event, never more than one live proposal.

    quiet --(p >= p_propose)--> live --(areas, certainty or time changed)--> live
    live --(p < p_withdraw for 10 s, or the event withdrawn)--> quiet, WarningCancelled
    live --(every danger's time and a margin past, none ahead)--> quiet, AllClear

It proposes; people decide. A proposal for a launch seen by one source says so and is never more than Possible.
"""

from dataclasses import dataclass, replace
from typing import Any

from msgspec import UNSET

from bongsu.geo.tables import Tables
from bongsu.messages.assessment import LaunchEvent, ThreatVerdict
from bongsu.messages.base import Finding, Message
from bongsu.messages.bulletin import Certainty, HazardOf
from bongsu.messages.inputs import Tick
from bongsu.messages.tracking import TrackEnded, TracksUpdated
from bongsu.messages.warning import AllClear, WarningCancelled, WarningProposed, WarningUpdated
from bongsu.models.settings import Settings
from bongsu.stages.warn.case import (
    UNKNOWN,
    Case,
    Config,
    Danger,
    Proposal,
    end_of,
    is_ahead,
    opened,
    risen,
    shown,
    standing,
    threatening,
    with_event,
    with_verdict,
)
from bongsu.stages.warn.words import was_followed, why_clear, why_warn, why_withdraw


@dataclass(frozen=True, slots=True)
class State:
    """The cases in the order of their opening, the number of warnings so far, and the latest time heard of."""

    cases: tuple[Case, ...] = ()
    n_warnings: int = 0
    now_ns: int = 0


def configure(settings: Settings, tables: Tables) -> Config:
    """The configuration of this stage."""
    return Config(tuple(a for a in settings.areas if a.is_warned), settings.warn)


def start(cfg: Config) -> State:
    """The state before anything was heard."""
    return State()


def step(cfg: Config, state: State, message: Message | Any) -> tuple[State, list[Finding]]:
    """What a verdict, an event, the end of a track or the passing of time means for the proposals."""
    if not isinstance(message, LaunchEvent | ThreatVerdict | TracksUpdated | TrackEnded | Tick):
        return state, []
    state = replace(_heard(cfg, state, message), now_ns=max(state.now_ns, message.valid_ns))
    if isinstance(message, ThreatVerdict) and message.n_following > 0:
        return state, []  # its companions are still to come
    cases: list[Case] = []
    found: list[Finding] = []
    n_warnings = state.n_warnings
    for case in state.cases:
        case, said = _judge(cfg, case, state.now_ns, n_warnings)
        n_warnings += sum(isinstance(s, WarningProposed) for s in said)
        found.extend(said)
        if not _is_done(cfg, case, state.now_ns):
            cases.append(case)
    return State(tuple(cases), n_warnings, state.now_ns), found


def _heard(cfg: Config, state: State, message: Message) -> State:
    """`state` with the message taken in, nothing decided."""
    cases = state.cases
    now_ns = state.now_ns
    if isinstance(message, LaunchEvent):
        if all(c.event_id != message.event_id for c in cases):
            cases = (*cases, opened(message))
        cases = tuple(with_event(c, message) if c.event_id == message.event_id else c for c in cases)
    elif isinstance(message, ThreatVerdict):
        now_ns = max(now_ns, message.valid_ns)
        cases = tuple(with_verdict(cfg, c, message, now_ns) if c.event_id == message.event_id else c for c in cases)
    elif isinstance(message, TracksUpdated):
        cases = tuple(_seen(c, message) for c in cases)
    elif isinstance(message, TrackEnded):
        cases = tuple(_ended(c, message) if message.track_id in c.track_ids else c for c in cases)
    return replace(state, cases=cases)


def _seen(case: Case, update: TracksUpdated) -> Case:
    times = [
        t
        for track_id, t, plot in zip(update.track_id, update.t_ns, update.plot, strict=True)
        if plot >= 0 and track_id in case.track_ids
    ]
    return replace(case, seen_ns=max([case.seen_ns, *times])) if times else case


def _ended(case: Case, ended: TrackEnded) -> Case:
    lost_ns = max(case.lost_ns, ended.last_plot_ns) if ended.reason == "lost" else case.lost_ns
    return replace(case, seen_ns=max(case.seen_ns, ended.last_plot_ns), lost_ns=lost_ns)


def _is_done(cfg: Config, case: Case, now_ns: int) -> bool:
    """Whether a case can be forgotten: nothing live, and the event closed or silent for hours."""
    is_silent = now_ns - case.heard_ns > cfg.belief.max_unheard_ns
    return not case.live and (case.state in ("over", "withdrawn") or is_silent)


def _judge(cfg: Config, case: Case, now_ns: int, n_warnings: int) -> tuple[Case, list[Finding]]:
    """The next step of one machine."""
    if not case.live:
        return _quiet(cfg, case, now_ns, n_warnings)
    if case.state == "withdrawn":
        return _cancel(cfg, case, now_ns)
    held = standing(cfg, case, now_ns)
    if held and any(is_ahead(cfg, case, d, now_ns) for d in held):
        return _update(cfg, case, held, now_ns)
    if threatening(cfg, case, now_ns):
        return case, []
    return _clear(cfg, case, now_ns) if _was_due(case, held, now_ns) else _cancel(cfg, case, now_ns)


def _was_due(case: Case, held: list[Danger], now_ns: int) -> bool:
    """Whether the danger ended by its time coming, not by the forecast going away."""
    return bool(held) or UNKNOWN < case.live[0].impact_ns <= now_ns


def _quiet(cfg: Config, case: Case, now_ns: int, n_warnings: int) -> tuple[Case, list[Finding]]:
    dangers = risen(cfg, case, now_ns)
    if not dangers or case.state not in ("suspected", "confirmed"):
        return case, []
    now = _proposal(cfg, case, f"W{n_warnings + 1:06d}", dangers, now_ns)
    said = WarningProposed(
        warning_id=now.warning_id,
        event_id=case.event_id,
        valid_ns=now_ns,
        areas=now.areas,
        reason=why_warn(cfg, case, dangers),
        certainty=now.certainty,
        hazard=now.hazard,
        impact_ns=now.impact_ns or UNSET,
    )
    return replace(case, live=(now,)), [said]


def _update(cfg: Config, case: Case, held: list[Danger], now_ns: int) -> tuple[Case, list[Finding]]:
    """An update where an area came in, or where areas left, certainty, hazard or time changed and it is not too soon.

    While all it rests on has sunk below withdrawal, it waits: they rise again, or the proposal is cancelled.
    """
    before = case.live[0]
    if all(d.low_ns != UNKNOWN for d in held) and not risen(cfg, case, now_ns):
        return case, []
    dangers = sorted([*held, *(d for d in risen(cfg, case, now_ns) if d not in held)], key=lambda d: (d.area, d.hazard))
    now = _proposal(cfg, case, before.warning_id, dangers, now_ns)
    has_new_area = any(a not in before.areas for a in now.areas)
    has_changed = (now.areas, now.hazard, now.certainty) != (before.areas, before.hazard, before.certainty)
    has_moved = abs(now.impact_ns - before.impact_ns) > cfg.belief.update_time_ns
    is_due = (has_changed or has_moved) and now_ns - before.said_ns >= cfg.belief.update_every_ns
    if not (has_new_area or is_due):
        return case, []
    said = WarningUpdated(
        warning_id=now.warning_id,
        event_id=case.event_id,
        valid_ns=now_ns,
        areas=now.areas,
        reason=why_warn(cfg, case, dangers),
        certainty=now.certainty,
        hazard=now.hazard,
        impact_ns=now.impact_ns or UNSET,
    )
    return replace(case, live=(now,)), [said]


def _cancel(cfg: Config, case: Case, now_ns: int) -> tuple[Case, list[Finding]]:
    live = case.live[0]
    said = WarningCancelled(
        warning_id=live.warning_id,
        event_id=case.event_id,
        valid_ns=now_ns,
        areas=live.areas,
        reason=why_withdraw(cfg, case, live),
    )
    return replace(case, live=()), [said]


def _clear(cfg: Config, case: Case, now_ns: int) -> tuple[Case, list[Finding]]:
    live = case.live[0]
    said = AllClear(
        warning_id=live.warning_id,
        event_id=case.event_id,
        valid_ns=now_ns,
        areas=live.areas,
        reason=why_clear(cfg, case, live, now_ns),
        followed=was_followed(case, live),
    )
    return replace(case, live=()), [said]


def _proposal(cfg: Config, case: Case, warning_id: str, dangers: list[Danger], now_ns: int) -> Proposal:
    """The proposal these dangers make; its time is the first that is known and not over."""
    times = [d.impact_ns for d in dangers if d.impact_ns != UNKNOWN and end_of(d) > now_ns]
    past = [d.impact_ns for d in dangers if d.impact_ns != UNKNOWN]
    return Proposal(
        warning_id=warning_id,
        parts=tuple((d.area, d.hazard) for d in dangers),
        hazard=_hazard(shown(dangers)),
        certainty=_certainty(cfg, case, dangers),
        impact_ns=min(times) if times else max(past, default=UNKNOWN),
        said_ns=now_ns,
    )


def _certainty(cfg: Config, case: Case, dangers: list[Danger]) -> Certainty:
    was_likely = bool(case.live) and case.live[0].certainty == "Likely"
    limit = cfg.belief.p_still_likely if was_likely else cfg.belief.p_likely
    is_likely = max(d.p for d in dangers) > limit
    return "Likely" if case.state in ("confirmed", "over") and is_likely else "Possible"


def _hazard(dangers: list[Danger]) -> HazardOf:
    has_fall = any(d.hazard == "fall" for d in dangers)
    has_passage = any(d.hazard == "overflight" for d in dangers)
    if has_fall and has_passage:
        return "fall_and_overflight"
    return "overflight" if has_passage else "fall"
