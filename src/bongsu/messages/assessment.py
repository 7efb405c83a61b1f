"""Findings about a launch: that it happened, where from, what it is, where it comes down, whom that concerns."""

from typing import Literal

from msgspec import UNSET, UnsetType

from bongsu.messages.base import Finding
from bongsu.messages.units import (
    AreaId,
    AzimuthRad,
    Count,
    CovEN,
    DetectionId,
    EventId,
    FindingId,
    LatRad,
    LonRad,
    Nanos,
    NonNegative,
    Positive,
    Prob,
    TrackId,
    ZoneId,
)

EventState = Literal["suspected", "confirmed", "over", "withdrawn"]
Assumption = Literal["unpowered", "pull_up"]


class LaunchEvent(Finding, frozen=True, kw_only=True, tag="launch_event.v1"):
    """One launch under one id: its state, its tracks, the detections that opened it."""

    event_id: EventId
    revision: Count
    state: EventState
    valid_ns: Nanos
    track_ids: tuple[TrackId, ...]
    detection_ids: tuple[DetectionId, ...]
    principles: tuple[str, ...]  # physical principles that saw it: infrared, radar, ...
    reason: str


class Classification(Finding, frozen=True, kw_only=True, tag="classification.v1"):
    """What one track seems to be, as probabilities; each list sums to one and may say undetermined."""

    track_id: TrackId
    valid_ns: Nanos
    shape: tuple[tuple[str, Prob], ...]
    range_class: tuple[tuple[str, Prob], ...]
    kind: tuple[tuple[str, Prob], ...]
    convention: str  # of the range classes' bounds


class LaunchPointEstimate(Finding, frozen=True, kw_only=True, tag="launch_point_estimate.v1"):
    """Where and when a track left the ground."""

    track_id: TrackId
    valid_ns: Nanos
    t0_ns: Nanos
    sigma_t0_s: NonNegative
    lat_rad: LatRad
    lon_rad: LonRad
    cov_en_m2: CovEN
    azimuth_rad: AzimuthRad
    sigma_azimuth_rad: NonNegative
    n_plots: Count


class FootprintFan(Finding, frozen=True, kw_only=True, tag="footprint_fan.v1"):
    """While the engine burns: where the object could come down, not where it will.

    The outline is a closed polygon (first point not repeated) around the falls that possible burn-out times give.
    """

    track_id: TrackId
    valid_ns: Nanos
    lat_rad: tuple[LatRad, ...]
    lon_rad: tuple[LonRad, ...]
    reach_m: tuple[NonNegative, NonNegative]  # nearest and farthest fall from the present point
    zones: tuple[ZoneId, ...]  # reachable, sorted
    areas: tuple[AreaId, ...] = ()  # reachable protected areas of this node, sorted


class ImpactPrediction(Finding, frozen=True, kw_only=True, tag="impact_prediction.v1"):
    """Where and when a track comes down if it flies on as assumed; `zones` is the probability of falling inside each."""

    track_id: TrackId
    valid_ns: Nanos  # when the state it rests on was true
    impact_ns: Nanos
    sigma_impact_s: NonNegative
    lat_rad: LatRad
    lon_rad: LonRad
    cov_en_m2: CovEN
    zones: tuple[tuple[ZoneId, Prob], ...]  # sorted by id
    areas: tuple[tuple[AreaId, Prob], ...] = ()  # of falling into each protected area of this node, sorted by id
    assumption: Assumption
    method: Literal["sigma_points", "cloud"]
    n_samples: Count
    supersedes: FindingId | UnsetType = UNSET


class OverflightPrediction(Finding, frozen=True, kw_only=True, tag="overflight_prediction.v1"):
    """Which protected areas a track passes above without falling there: probability, first and last time above.

    From the paths of fixed samples after burn-out, or of the fan's flights before it; areas no sample passes are left out.
    """

    track_id: TrackId
    valid_ns: Nanos
    areas: tuple[tuple[AreaId, Prob, Nanos, Nanos], ...]  # sorted by id
    method: Literal["fan", "paths"]
    n_samples: Count


class ApogeePrediction(Finding, frozen=True, kw_only=True, tag="apogee_prediction.v1"):
    """The greatest height of a track and when; low to high is a 90 % interval."""

    track_id: TrackId
    valid_ns: Nanos
    apogee_ns: Nanos
    apogee_m: float
    low_m: float
    high_m: float
    sigma_t_s: NonNegative
    reason: str = ""  # why an earlier forecast was revised


class FlightEstimate(Finding, frozen=True, kw_only=True, tag="flight_estimate.v1"):
    """The whole flight from launch point to impact, with one standard deviation each."""

    track_id: TrackId
    valid_ns: Nanos
    range_m: NonNegative
    sigma_range_m: NonNegative
    azimuth_rad: AzimuthRad
    sigma_azimuth_rad: NonNegative
    flight_time_s: Positive
    sigma_flight_time_s: NonNegative
    apogee_m: float
    sigma_apogee_m: NonNegative


class ThreatVerdict(Finding, frozen=True, kw_only=True, tag="threat_verdict.v1"):
    """How likely an event touches one protected area, in a number and in words."""

    event_id: EventId
    valid_ns: Nanos
    area: AreaId
    hazard: Literal["fall", "overflight"]
    p: Prob
    words: Literal["inside", "likely inside", "not determined", "likely outside", "outside"]
    impact_ns: Nanos | UnsetType = UNSET  # when it falls, or passes over
    until_ns: Nanos | UnsetType = UNSET  # when the danger is over: the fall, or the end of the passage
    n_following: Count = 0  # verdicts on the same event that follow at once: a warning waits for the last of them
