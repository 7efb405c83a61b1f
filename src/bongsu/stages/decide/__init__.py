"""Decide: what people do with proposals. One machine a warning; nothing goes out that a rule does not allow.

    proposed --propose--> drafted --approve (another person, another session)--> approved --send--> in force
    in force --propose, approve, send--> in force (revised, or corrected where something was wrong)
    in force --one person, or an order that may lower--> lowered | retracted | cleared
    in force --its time is past--> expired

The evidence proposes (`stages.warn`); people, or a standing order that two of them signed, decide. What one source alone saw is
sent by two people and nothing else.
"""

from dataclasses import replace
from typing import Any

from bongsu.geo.tables import Tables
from bongsu.messages.assessment import LaunchEvent, LaunchPointEstimate, ThreatVerdict
from bongsu.messages.base import Finding
from bongsu.messages.inputs import OperatorAct, StandingOrder, Tick
from bongsu.messages.issued import ActRefused
from bongsu.messages.warning import AllClear, WarningCancelled, WarningProposed, WarningUpdated
from bongsu.models.settings import Settings
from bongsu.stages.decide.acts import ACTIONS, Refused, judged
from bongsu.stages.decide.case import Config, State
from bongsu.stages.decide.evidence import with_end, with_event, with_launch, with_proposal, with_verdict
from bongsu.stages.decide.orders import ordered, with_order
from bongsu.stages.decide.time import passed

__all__ = ["Config", "State", "configure", "start", "step"]


def configure(settings: Settings, tables: Tables) -> Config:
    """The configuration of this stage."""
    return Config(tuple(a for a in settings.areas if a.is_warned), settings.users, settings.decide, settings.mode)


def start(cfg: Config) -> State:
    """The state before anything was heard."""
    return State()


def step(cfg: Config, state: State, message: Any) -> tuple[State, list[Finding]]:
    """What evidence, an act, an order or the passing of time means for the warnings."""
    if isinstance(message, OperatorAct):
        return _acted(cfg, state, message)
    if isinstance(message, StandingOrder):
        return with_order(cfg, state, message)
    if isinstance(message, Tick):
        state = replace(state, now_ns=max(state.now_ns, message.valid_ns))
        return passed(cfg, *ordered(cfg, state))
    heard = _heard(cfg, state, message)
    if heard is None:
        return state, []
    return ordered(cfg, replace(heard, now_ns=max(heard.now_ns, message.valid_ns)))


def _heard(cfg: Config, state: State, message: Any) -> State | None:
    """The state with the evidence taken in; None where the message is none."""
    if isinstance(message, LaunchEvent):
        return with_event(state, message)
    if isinstance(message, LaunchPointEstimate):
        return with_launch(state, message)
    if isinstance(message, ThreatVerdict):
        return with_verdict(cfg, state, message)
    if isinstance(message, WarningProposed | WarningUpdated):
        return with_proposal(cfg, state, message)
    if isinstance(message, WarningCancelled | AllClear):
        return with_end(state, message)
    return None


def _acted(cfg: Config, state: State, act: OperatorAct) -> tuple[State, list[Finding]]:
    """An act, or its refusal; either way it stands in the log."""
    if act.verb not in ACTIONS:
        return state, []
    try:
        return judged(cfg, replace(state, now_ns=max(state.now_ns, act.valid_ns)), act)
    except Refused as why:
        refused = ActRefused(
            valid_ns=max(state.now_ns, act.valid_ns), user=act.user, verb=act.verb, target_id=act.target_id, rule=why.rule,
            reason=why.reason,
        )  # fmt: skip
        return state, [refused]
