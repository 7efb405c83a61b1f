"""A draft goes out: its bulletin is written anew, its standing chooses the finding that carries it, what is in force changes."""

from dataclasses import replace
from typing import Any, Final

from bongsu.messages.base import Finding
from bongsu.messages.bulletin import Bulletin, Reference
from bongsu.messages.issued import ClearIssued, WarningCorrected, WarningIssued, WarningRetracted, WarningRevised
from bongsu.stages.decide.case import Case, Config, Draft, State
from bongsu.stages.decide.compose import statement, taken_back

ENDS: Final = ("cancel", "all_clear")
KINDS: Final = {
    "update": WarningRevised,
    "correction": WarningCorrected,
    "cancel": WarningRetracted,
    "all_clear": ClearIssued,
}


def sent(cfg: Config, state: State, case: Case, by: tuple[str, ...], now_ns: int) -> tuple[State, list[Finding]]:
    """The state with the drafted statement in force, and the finding that a channel may take."""
    draft, event = case.draft[0], state.event(case.event_id)
    text = statement(cfg, case, event, draft, now_ns)
    is_end = draft.standing in ENDS
    reference = Reference(bulletin_id=text.bulletin_id, sent_ns=now_ns)
    after = replace(
        case, draft=(), approval=(), n_sent=case.n_sent + 1, is_ended=is_end, in_force=() if is_end else (reference,),
        areas=() if is_end else draft.areas, family="" if is_end else draft.family, impact_ns=case.evidence.impact_ns,
        until_ns=text.until_ns, asked="",
    )  # fmt: skip
    back = taken_back(cfg, after, event, draft, now_ns)
    return state.with_case(after), [_finding(case, draft, text, back, by)]


def _finding(case: Case, draft: Draft, text: Bulletin, back: Bulletin, by: tuple[str, ...]) -> Finding:
    common: dict[str, Any] = {
        "warning_id": case.warning_id, "event_id": case.event_id, "valid_ns": text.sent_ns, "areas": draft.areas, "by": by,
        "rests_on": (case.evidence.rests_on,) if case.evidence.rests_on else (), "reason": _reason(draft, by),
        "bulletin": text,
    }  # fmt: skip
    if draft.standing == "alert":
        return WarningIssued(retraction=back, **common)
    return KINDS[draft.standing](**common)


def _reason(draft: Draft, by: tuple[str, ...]) -> str:
    who = " and ".join(by)
    why = f" Why: {draft.why.replace('_', ' ')}." if draft.why else ""
    return f"{draft.standing.replace('_', '-')}, {draft.family.replace('_', ' ')}; decided by {who}.{why}"
