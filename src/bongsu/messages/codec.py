"""Canonical bytes of messages: one encoding, NaN and infinity refused, everything checked on the way in."""

import math
from typing import Any

import msgspec

from bongsu.errors import BadInput, NotFinite
from bongsu.messages.accounts import (
    Account,
    Claim,
    Discrepancy,
    NoticeArea,
    NoticeRead,
    Passage,
    Reconstruction,
    ReportRead,
)
from bongsu.messages.assessment import (
    ApogeePrediction,
    Classification,
    FlightEstimate,
    FootprintFan,
    ImpactPrediction,
    LaunchEvent,
    LaunchPointEstimate,
    OverflightPrediction,
    ThreatVerdict,
)
from bongsu.messages.base import Message
from bongsu.messages.inputs import AnyInput
from bongsu.messages.issued import (
    ActRefused,
    ClearIssued,
    DecisionDue,
    WarningApproved,
    WarningCorrected,
    WarningDrafted,
    WarningExpired,
    WarningIssued,
    WarningRetracted,
    WarningRevised,
)
from bongsu.messages.tracking import (
    BurnObserved,
    HeightsUpdated,
    LaunchDetected,
    PlotsRejected,
    SensorStatus,
    TrackEnded,
    TracksUpdated,
)
from bongsu.messages.warning import AllClear, WarningCancelled, WarningProposed, WarningUpdated
from bongsu.messages.watching import ActivityForecast, WatchLevel

AnyFinding = (
    TracksUpdated
    | HeightsUpdated
    | TrackEnded
    | PlotsRejected
    | LaunchDetected
    | BurnObserved
    | SensorStatus
    | LaunchEvent
    | Classification
    | LaunchPointEstimate
    | FootprintFan
    | ImpactPrediction
    | ApogeePrediction
    | FlightEstimate
    | OverflightPrediction
    | ThreatVerdict
    | WarningProposed
    | WarningUpdated
    | WarningCancelled
    | AllClear
    | WarningDrafted
    | WarningApproved
    | WarningIssued
    | WarningRevised
    | WarningCorrected
    | WarningRetracted
    | ClearIssued
    | WarningExpired
    | DecisionDue
    | ActRefused
    | Claim
    | Passage
    | Reconstruction
    | Account
    | Discrepancy
    | ReportRead
    | NoticeRead
    | NoticeArea
    | ActivityForecast
    | WatchLevel
)

_encoder = msgspec.json.Encoder()
_inputs = msgspec.json.Decoder(AnyInput)
_findings = msgspec.json.Decoder(AnyFinding)


def encode(message: Message) -> bytes:
    """The canonical JSON of a message: fields in order of definition, shortest round-trip floats, no white space.

    Raises NotFinite where a number is NaN or infinite; msgspec itself would write null.
    """
    body = _encoder.encode(message)
    if b"null" in body:  # no message holds None, so this is a number that is none, or the word in a text
        _refuse_not_finite(message)
    return body


def decode_input(body: bytes | str) -> AnyInput:
    """The checked input in `body`. Raises BadInput for anything else, saying where."""
    message: AnyInput = _decode(_inputs, body, "input")
    return message


def decode_finding(body: bytes | str) -> AnyFinding:
    """The checked finding in `body`. Raises BadInput for anything else, saying where."""
    message: AnyFinding = _decode(_findings, body, "finding")
    return message


def _decode(decoder: msgspec.json.Decoder[Any], body: bytes | str, noun: str) -> Any:
    try:
        message = decoder.decode(body)
    except (msgspec.ValidationError, msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        start = bytes(body[:60]) if isinstance(body, bytes) else body[:60].encode(errors="replace")
        raise BadInput(
            f"{noun} starting {start!r}",
            str(error),
            f"one JSON {noun} of a known type",
            "Mend the sender, or see docs/reference for the fields and their bounds.",
        ) from error
    return message


def _refuse_not_finite(value: Any, where: str = "") -> None:
    """Walk a message and raise NotFinite at the first number that is not finite."""
    if isinstance(value, float):
        if not math.isfinite(value):
            raise NotFinite(where)
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            _refuse_not_finite(getattr(value, name), f"{where}.{name}" if where else f"{type(value).__name__}.{name}")
    elif isinstance(value, tuple | list):
        for i, item in enumerate(value):
            _refuse_not_finite(item, f"{where}[{i}]")
    elif value is None:
        raise NotFinite(where)
