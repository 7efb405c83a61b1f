"""What the other stages say of a launch, as far as it bears on what may be said in public."""

from dataclasses import replace

from msgspec import UNSET

from bongsu.messages.assessment import LaunchEvent, LaunchPointEstimate, ThreatVerdict
from bongsu.messages.warning import AllClear, WarningCancelled, WarningProposed, WarningUpdated
from bongsu.stages.decide.case import UNKNOWN, Case, Config, Evidence, Seen, State

MOST_EVENTS = 50  # remembered; the oldest go first


def with_event(state: State, message: LaunchEvent) -> State:
    """The event's newest state and tracks."""
    event = replace(state.event(message.event_id), state=message.state, track_ids=message.track_ids)
    after = state.with_event(event)
    return replace(after, events=after.events[-MOST_EVENTS:])


def with_launch(state: State, message: LaunchPointEstimate) -> State:
    """When the event lifted off, by its first track."""
    mine = [e for e in state.events if message.track_id in e.track_ids[:1]]
    return state.with_event(replace(mine[0], launch_ns=message.t0_ns)) if mine else state


def with_verdict(cfg: Config, state: State, message: ThreatVerdict) -> State:
    """How likely an area is touched now, and when that was last not negligible and still to come."""
    area = next((a for a in cfg.areas if a.area_id == message.area), None)
    if area is None:
        return state
    event: Seen = state.event(message.event_id)
    p = {**dict(event.p), message.area: message.p}
    touched = dict(event.touched_ns)
    end_ns = max((t for t in (message.impact_ns, message.until_ns) if t is not UNSET), default=UNKNOWN)
    if message.p >= area.p_withdraw and (end_ns == UNKNOWN or end_ns > message.valid_ns):
        touched[message.area] = message.valid_ns
    return state.with_event(replace(event, p=tuple(sorted(p.items())), touched_ns=tuple(sorted(touched.items()))))


def with_proposal(cfg: Config, state: State, message: WarningProposed | WarningUpdated) -> State:
    """The warning with the proposal now under it; a new one where it is the first."""
    impact_ns = message.impact_ns if isinstance(message.impact_ns, int) else UNKNOWN
    evidence = Evidence(message.areas, message.hazard, message.certainty, impact_ns, message.id)
    case = state.case(message.warning_id) or Case(message.warning_id, message.event_id, evidence)
    after = state.with_case(replace(case, evidence=evidence))
    ended = [c for c in after.cases if c.is_ended]
    spare = len(after.cases) - cfg.belief.max_warnings
    gone = ended[: max(0, spare)]
    return replace(after, cases=tuple(c for c in after.cases if c not in gone))


def with_end(state: State, message: WarningCancelled | AllClear) -> State:
    """The proposal under a warning is gone: not borne out, or its time passed."""
    case = state.case(message.warning_id)
    if case is None:
        return state
    is_over = isinstance(message, AllClear)
    evidence = replace(
        case.evidence, ended="cleared" if is_over else "cancelled", rests_on=message.id,
        was_followed=isinstance(message, AllClear) and message.followed,
    )  # fmt: skip
    return state.with_case(replace(case, evidence=evidence))
