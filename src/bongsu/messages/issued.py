"""The life of a warning once people act: approved, issued, revised, corrected, retracted, expired, all clear; and acts refused.

Each statement that may leave carries the `Bulletin` it makes. The proposals it rests on stand in `messages.warning`.
"""

from msgspec import UNSET, UnsetType

from bongsu.messages.base import Finding
from bongsu.messages.bulletin import Bulletin
from bongsu.messages.units import AreaId, EventId, Nanos, WarningId


class _OfWarning(Finding, frozen=True, kw_only=True):
    """What every finding of a warning's life says. `by` names the people, or the standing order, in the order they acted."""

    warning_id: WarningId
    event_id: EventId
    valid_ns: Nanos
    areas: tuple[AreaId, ...]
    reason: str
    by: tuple[str, ...] = ()


class WarningDrafted(_OfWarning, frozen=True, kw_only=True, tag="warning_drafted.v1"):
    """An author wants this said; somebody else has to approve it. The text that would take it back is ready with it."""

    bulletin: Bulletin
    retraction: Bulletin | UnsetType = UNSET


class WarningApproved(_OfWarning, frozen=True, kw_only=True, tag="warning_approved.v1"):
    """A second person approved a draft; it may be sent until `until_ns`, afterwards it is asked again."""

    until_ns: Nanos


class WarningIssued(_OfWarning, frozen=True, kw_only=True, tag="warning_issued.v1"):
    """The first public statement of a warning, with the text that would take it back."""

    bulletin: Bulletin
    retraction: Bulletin


class WarningRevised(_OfWarning, frozen=True, kw_only=True, tag="warning_revised.v1"):
    """A statement that replaces those in force: other areas, another time, less or more danger."""

    bulletin: Bulletin


class WarningCorrected(_OfWarning, frozen=True, kw_only=True, tag="warning_corrected.v1"):
    """What was said was wrong, and this is what holds instead."""

    bulletin: Bulletin


class WarningRetracted(_OfWarning, frozen=True, kw_only=True, tag="warning_retracted.v1"):
    """What was said was wrong, and nothing is said in its place. It is no all-clear."""

    bulletin: Bulletin


class ClearIssued(_OfWarning, frozen=True, kw_only=True, tag="warning_clear_issued.v1"):
    """The danger is over."""

    bulletin: Bulletin


class WarningExpired(_OfWarning, frozen=True, kw_only=True, tag="warning_expired.v1"):
    """The time until which a statement was in force is past and nothing replaced it; people are asked to end it."""


class DecisionDue(_OfWarning, frozen=True, kw_only=True, tag="warning_decision_due.v1"):
    """The evidence under what is in force changed, or is gone: people have to revise, correct or end it."""

    wanted: str  # the act that would answer it


class ActRefused(Finding, frozen=True, kw_only=True, tag="act_refused.v1"):
    """An act that a rule forbids: which rule, why, and what would be allowed. It has no other effect."""

    valid_ns: Nanos
    user: str
    verb: str
    target_id: str
    rule: str
    reason: str


Sendable = WarningIssued | WarningRevised | WarningCorrected | WarningRetracted | ClearIssued
