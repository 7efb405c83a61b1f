"""Warnings as findings: proposed, updated, cancelled, ended. Approval and issue come with people and channels."""

from msgspec import UNSET, UnsetType

from bongsu.messages.base import Finding
from bongsu.messages.bulletin import Certainty, HazardOf
from bongsu.messages.units import AreaId, EventId, Nanos, WarningId


class WarningProposed(Finding, frozen=True, kw_only=True, tag="warning_proposed.v1"):
    """A warning that people should decide on: which areas, why, how certain, by when."""

    warning_id: WarningId
    event_id: EventId
    valid_ns: Nanos
    areas: tuple[AreaId, ...]
    reason: str
    certainty: Certainty
    hazard: HazardOf
    impact_ns: Nanos | UnsetType = UNSET


class WarningUpdated(Finding, frozen=True, kw_only=True, tag="warning_updated.v1"):
    """The areas, the certainty or the time of a live proposal changed enough to say so."""

    warning_id: WarningId
    event_id: EventId
    valid_ns: Nanos
    areas: tuple[AreaId, ...]
    reason: str
    certainty: Certainty
    hazard: HazardOf
    impact_ns: Nanos | UnsetType = UNSET


class WarningCancelled(Finding, frozen=True, kw_only=True, tag="warning_cancelled.v1"):
    """The forecast no longer supports the proposal, before the danger was due."""

    warning_id: WarningId
    event_id: EventId
    valid_ns: Nanos
    areas: tuple[AreaId, ...]
    reason: str


class AllClear(Finding, frozen=True, kw_only=True, tag="warning_all_clear.v1"):
    """The danger has passed or fallen; the request to shelter can end."""

    warning_id: WarningId
    event_id: EventId
    valid_ns: Nanos
    areas: tuple[AreaId, ...]
    reason: str
    followed: bool = False  # the end of every danger was seen, not only due
