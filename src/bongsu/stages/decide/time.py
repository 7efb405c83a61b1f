"""What the passing of time, and evidence that went, ask of people: approvals lapse, statements expire, decisions are due."""

from dataclasses import replace

from bongsu.messages.base import Finding
from bongsu.messages.issued import DecisionDue, WarningExpired
from bongsu.stages.decide.acts import MOVED_NS, Refused, check_clear
from bongsu.stages.decide.case import Case, Config, State


def passed(cfg: Config, state: State, found: list[Finding]) -> tuple[State, list[Finding]]:
    """The state at its present time, `found` and what is due now."""
    for case in state.cases:
        if case.approval and state.now_ns - case.approval[0].at_ns > cfg.belief.approval_lives_ns:
            case = replace(case, approval=())
        if case.in_force and state.now_ns >= case.until_ns:
            found.append(_expired(case, state.now_ns))
            case = replace(case, in_force=(), draft=(), approval=(), is_ended=True)
        wanted = _wanted(cfg, state, case)
        if wanted and wanted != case.asked:
            found.append(_due(case, state.now_ns, wanted))
        state = state.with_case(replace(case, asked=wanted))
    return state, found


def _wanted(cfg: Config, state: State, case: Case) -> str:
    """The act that what is in force waits for; none where it still says what the evidence says."""
    if not case.in_force or case.family == "no_danger":
        return ""
    event = state.event(case.event_id)
    if case.evidence.ended == "cancelled" or event.state == "withdrawn":
        return "retract"
    if case.evidence.ended == "cleared" or (case.family == "aware" and event.state == "over"):
        try:
            check_clear(cfg, state, case, state.now_ns)
        except Refused:
            return ""
        return "all_clear"
    if case.family == "aware":
        return ""
    has_moved = abs(case.evidence.impact_ns - case.impact_ns) > MOVED_NS
    return "update" if has_moved or not set(case.evidence.areas) <= set(case.areas) else ""


def _due(case: Case, now_ns: int, wanted: str) -> DecisionDue:
    reasons = {
        "retract": "The forecast under it went away before its time: take it back, saying why.",
        "all_clear": "Its time is past and no forecast touches an area: end it.",
        "update": "Areas or times are no longer those that were said: revise it.",
    }
    return DecisionDue(
        warning_id=case.warning_id, event_id=case.event_id, valid_ns=now_ns, areas=case.areas, reason=reasons[wanted],
        wanted=wanted, rests_on=(case.evidence.rests_on,) if case.evidence.rests_on else (),
    )  # fmt: skip


def _expired(case: Case, now_ns: int) -> WarningExpired:
    return WarningExpired(
        warning_id=case.warning_id, event_id=case.event_id, valid_ns=now_ns, areas=case.areas,
        reason="The time it was in force for is past, and nobody revised or ended it.",
    )  # fmt: skip
