"""What each act of a person does to a warning, and the rule that forbids it. Every refusal names its rule."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from bongsu.messages.base import Finding
from bongsu.messages.bulletin import Bulletin, Family, Reference, Standing
from bongsu.messages.inputs import OperatorAct
from bongsu.messages.issued import WarningApproved, WarningDrafted
from bongsu.models.rights import Action, may
from bongsu.stages.decide.case import LOWERING, OBSERVED, UNKNOWN, Approval, Case, Config, Draft, Evidence, State
from bongsu.stages.decide.compose import statement, taken_back
from bongsu.stages.decide.send import sent

FIRST_OWN: Final = (
    900_000  # numbers of warnings that people opened, so that they never meet those the evidence proposed
)
MOVED_NS: Final = 30_000_000_000  # a time of impact that moved by this since the draft is another statement

ACTIONS: Final[dict[str, Action]] = {
    "propose": "propose", "update": "propose", "approve": "approve", "send": "send", "retract": "lower", "all_clear": "lower",
    "cancel": "drop", "reject": "drop",
}  # fmt: skip


class Refused(Exception):
    """The rule that forbids an act, and why in a sentence."""

    def __init__(self, rule: str, reason: str) -> None:
        super().__init__(reason)
        self.rule, self.reason = rule, reason


def judged(cfg: Config, state: State, act: OperatorAct) -> tuple[State, list[Finding]]:
    """The state after an act, and what came of it. Raises Refused."""
    if not may(cfg.users, act.user, ACTIONS[act.verb]):
        raise Refused("no_right", f"{act.user} has no role that may {act.verb.replace('_', '-')}.")
    if not act.session:
        raise Refused("no_session", "An act on a warning comes from a session; this one names none.")
    case = _case(cfg, state, act)
    if case.is_ended:
        raise Refused("already_ended", f"{case.warning_id} has ended; nothing of it can be sent again.")
    return HANDLERS[act.verb](cfg, state, case, act)


def _case(cfg: Config, state: State, act: OperatorAct) -> Case:
    """The warning an act is on; a holding statement opens one on a launch event."""
    found = state.case(act.target_id)
    if found is not None:
        return found
    event = next((e for e in state.events if e.event_id == act.target_id), None)
    if event is None or act.verb != "propose":
        raise Refused("unknown_warning", f"No warning {act.target_id!r} is known here.")
    if event.state not in ("suspected", "confirmed"):
        raise Refused("event_over", f"{event.event_id} is {event.state}; a statement on it would be history.")
    if act.family != "aware":
        raise Refused(
            "family_unfit", "Of an event without a proposed warning only a holding statement (aware) can be made."
        )
    areas = act.areas or tuple(a.area_id for a in cfg.areas)
    evidence = Evidence(areas, "fall", "Unknown", UNKNOWN, "")
    return Case(f"W{FIRST_OWN + state.n_own + 1:06d}", event.event_id, evidence)


def propose(cfg: Config, state: State, case: Case, act: OperatorAct) -> tuple[State, list[Finding]]:
    """An author drafts a statement: the first, or one that replaces those in force. One that lowers goes out at once."""
    if act.verb == "update" and not case.in_force:
        raise Refused("not_in_force", f"Nothing of {case.warning_id} is in force; propose drafts the first statement.")
    standing: Standing = "alert" if not case.in_force else "correction" if act.why else "update"
    family = act.family if isinstance(act.family, str) else _family(case)
    _check_family(case, standing, family)
    areas = _areas(cfg, case, act, family)
    draft = Draft(act.user, act.session, standing, family, act.why, areas, case.evidence)
    if _is_lowering(case, draft):
        return sent(cfg, state, replace(case, draft=(draft,)), (act.user,), _now(state, act))
    case = replace(case, draft=(draft,), approval=())
    text, back = _texts(cfg, state, case, draft, _now(state, act))
    said = WarningDrafted(
        warning_id=case.warning_id, event_id=case.event_id, valid_ns=_now(state, act), areas=areas, bulletin=text,
        retraction=back, by=(act.user,), rests_on=_rests_on(case),
        reason=f"Drafted by {act.user}; somebody else has to approve it.",
    )  # fmt: skip
    is_own = int(case.warning_id[1:]) > FIRST_OWN and state.case(case.warning_id) is None
    return replace(state.with_case(case), n_own=state.n_own + is_own), [said]


def approve(cfg: Config, state: State, case: Case, act: OperatorAct) -> tuple[State, list[Finding]]:
    """A second person, in a second session, approves the draft as it stands."""
    draft = _draft(case)
    if act.user == draft.author:
        raise Refused("same_person", f"{act.user} wrote it; somebody else has to approve it.")
    if act.session == draft.session:
        raise Refused("same_session", "It was written in this very session; approval comes from another one.")
    _check_unchanged(state, case, draft)
    now_ns = _now(state, act)
    case = replace(case, approval=(Approval(act.user, act.session, now_ns),))
    said = WarningApproved(
        warning_id=case.warning_id, event_id=case.event_id, valid_ns=now_ns, areas=draft.areas, by=(draft.author, act.user),
        until_ns=now_ns + cfg.belief.approval_lives_ns, rests_on=_rests_on(case),
        reason=f"Written by {draft.author}, approved by {act.user}.",
    )  # fmt: skip
    return state.with_case(case), [said]


def send(cfg: Config, state: State, case: Case, act: OperatorAct) -> tuple[State, list[Finding]]:
    """The approved draft goes out, with areas and times computed now."""
    draft = _draft(case)
    if not case.approval:
        raise Refused("not_approved", f"{case.warning_id} has no approval that still holds.")
    approval = case.approval[0]
    if _now(state, act) - approval.at_ns > cfg.belief.approval_lives_ns:
        raise Refused("approval_old", "The approval is too old; it has to be asked again.")
    _check_unchanged(state, case, draft)
    return sent(cfg, state, case, (draft.author, approval.user), _now(state, act))


def retract(cfg: Config, state: State, case: Case, act: OperatorAct) -> tuple[State, list[Finding]]:
    """One person takes back what is in force, saying why."""
    if not case.in_force:
        raise Refused("not_in_force", f"Nothing of {case.warning_id} is in force; cancel drops a draft.")
    if not act.why:
        raise Refused("no_reason", "A retraction says why; none of the known reasons is given.")
    draft = Draft(act.user, act.session, "cancel", "withdrawn", act.why, case.areas, case.evidence)
    return sent(cfg, state, replace(case, draft=(draft,)), (act.user,), _now(state, act))


def all_clear(cfg: Config, state: State, case: Case, act: OperatorAct) -> tuple[State, list[Finding]]:
    """One person says that the danger is over, where the evidence says so too."""
    if not case.in_force:
        raise Refused("not_in_force", f"Nothing of {case.warning_id} is in force.")
    check_clear(cfg, state, case, _now(state, act))
    draft = Draft(act.user, act.session, "all_clear", "all_clear", "", case.areas, case.evidence)
    return sent(cfg, state, replace(case, draft=(draft,)), (act.user,), _now(state, act))


def cancel(cfg: Config, state: State, case: Case, act: OperatorAct) -> tuple[State, list[Finding]]:
    """A draft is dropped; what is in force is not touched."""
    if not case.draft:
        rule = "in_force" if case.in_force else "nothing_drafted"
        raise Refused(rule, "There is no draft to drop; what is in force is taken back with retract.")
    return state.with_case(replace(case, draft=(), approval=())), []


HANDLERS: Final[dict[str, Callable[[Config, State, Case, OperatorAct], tuple[State, list[Finding]]]]] = {
    "propose": propose, "update": propose, "approve": approve, "send": send, "retract": retract, "all_clear": all_clear,
    "cancel": cancel, "reject": cancel,
}  # fmt: skip


def check_clear(cfg: Config, state: State, case: Case, now_ns: int) -> None:
    """Raises Refused unless nothing can come any more: what was not borne out is corrected, not cleared."""
    event = state.event(case.event_id)
    if case.evidence.ended == "cancelled" or event.state == "withdrawn":
        raise Refused("was_withdrawn", "What it rested on went away before its time: it ends as a retraction.")
    touched = [t for area, t in event.touched_ns if area in case.areas]
    stands = case.family != "aware" and case.evidence.ended == "" and event.state in ("suspected", "confirmed")
    if stands or now_ns - max(touched, default=UNKNOWN) < cfg.belief.no_clear_within_ns:
        raise Refused("forecast_stands", "A forecast still touches the area, or did so a moment ago.")


def _now(state: State, act: OperatorAct) -> int:
    return max(state.now_ns, act.valid_ns)


def _areas(cfg: Config, case: Case, act: OperatorAct, family: Family) -> tuple[str, ...]:
    """The areas to speak to: those named, else those the evidence touches now, and all that were spoken to and not released."""
    known = {a.area_id for a in cfg.areas}
    unknown = sorted(set(act.areas) - known)
    if unknown:
        raise Refused("unknown_area", f"No area {unknown[0]!r} is known here.")
    left = sorted(set(case.areas) - set(act.areas)) if act.areas else []
    if left:
        raise Refused("leaves_area", f"{left[0]} is spoken to as well and would be left without a word.")
    touched = () if family in LOWERING else case.evidence.areas
    areas = tuple(sorted(({*act.areas} or {*touched, *case.areas}) & known))
    if not areas:
        raise Refused("empty_audience", "It would speak to nobody: no area is left.")
    return areas


def _family(case: Case) -> Family:
    """What to say if the author does not: take shelter, at once where the time is known."""
    if case.evidence.ended == "cancelled":
        return "withdrawn"
    if case.evidence.ended == "cleared":
        return "all_clear"
    return "shelter_now" if case.evidence.impact_ns != UNKNOWN else "shelter"


def _check_family(case: Case, standing: Standing, family: Family) -> None:
    """Raises Refused where the evidence does not allow these words."""
    if family in ("withdrawn", "all_clear"):
        raise Refused("family_unfit", f"{family} is an act of its own: retract, or all-clear.")
    if standing == "alert" and family in LOWERING:
        raise Refused("family_unfit", "Nothing is in force that could be lowered.")
    if family in OBSERVED and not (case.evidence.ended == "cleared" and case.evidence.was_followed):
        raise Refused("not_followed", "The track was not followed to its end: that it passed or fell is not known.")
    if family in ("shelter", "shelter_now") and case.evidence.ended:
        raise Refused("no_evidence", "No forecast stands under it any more.")
    if family == "no_danger" and case.evidence.ended == "cancelled" and standing != "correction":
        raise Refused("no_reason", "What was said was not borne out: it is lifted as a correction that says why.")
    if family == "no_danger" and not case.evidence.ended and case.evidence.certainty != "Unknown":
        raise Refused("forecast_stands", "A forecast still touches the area.")


def _is_lowering(case: Case, draft: Draft) -> bool:
    return bool(case.in_force) and draft.family in LOWERING and set(draft.areas) <= set(case.areas)


def _draft(case: Case) -> Draft:
    if not case.draft:
        raise Refused("nothing_drafted", f"Nothing of {case.warning_id} is drafted.")
    return case.draft[0]


def _check_unchanged(state: State, case: Case, draft: Draft) -> None:
    """Raises Refused where the evidence says something else than when the draft was written."""
    now, then, event = case.evidence, draft.seen, state.event(case.event_id)
    if draft.family in ("aware", "shelter", "shelter_now") and event.state not in ("suspected", "confirmed"):
        raise Refused("event_over", f"{event.event_id} is {event.state}.")
    if now.ended and draft.family in ("shelter", "shelter_now"):
        raise Refused("no_evidence", "No forecast stands under it any more.")
    if now.areas != then.areas or now.ended != then.ended or abs(now.impact_ns - then.impact_ns) > MOVED_NS:
        raise Refused("changed_since", "Areas or times changed since it was written; it has to be written again.")


def _texts(cfg: Config, state: State, case: Case, draft: Draft, now_ns: int) -> tuple[Bulletin, Bulletin]:
    """The statement, and the one that would take it back."""
    event = state.event(case.event_id)
    text = statement(cfg, case, event, draft, now_ns)
    reference = Reference(bulletin_id=text.bulletin_id, sent_ns=now_ns)
    after = replace(case, in_force=(reference,), n_sent=case.n_sent + 1)
    return text, taken_back(cfg, after, event, draft, now_ns)


def _rests_on(case: Case) -> tuple[str, ...]:
    return (case.evidence.rests_on,) if case.evidence.rests_on else ()
