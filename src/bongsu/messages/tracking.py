"""Findings about objects in flight: states, ends, rejected plots, launches detected, burns."""

from typing import Literal

from msgspec import UNSET, UnsetType

from bongsu.messages.base import Finding
from bongsu.messages.units import (
    Count,
    DetectionId,
    LatRad,
    LonRad,
    Nanos,
    NonNegative,
    Prob,
    ScanId,
    ScanRef,
    SensorId,
    TrackId,
    Vec3,
)

Phase = Literal["undetermined", "boost", "coast", "manoeuvre", "thrust_again", "drag", "level", "entry"]


class TracksUpdated(Finding, frozen=True, kw_only=True, tag="tracks_updated.v1"):
    """The tracks that one scan changed, as columns of equal length; tracks it did not touch are not repeated.

    `ballistic` is the state of the unpowered model (ECEF position, velocity, ln of the ballistic coefficient in kg/m^2) and
    `cov_ballistic` its covariance: the 28 entries of the lower triangle, row by row. While `phase` is boost, it is where
    the unpowered model would start if the burn ended now. `r_ecef_m` and `v_ecef_mps` are the combined estimate.
    """

    sensor_id: SensorId
    scan_id: ScanId
    valid_ns: Nanos
    track_id: tuple[TrackId, ...]
    t_ns: tuple[Nanos, ...]  # the time of each state
    phase: tuple[Phase, ...]
    is_confirmed: tuple[bool, ...]
    r_ecef_m: tuple[Vec3, ...]
    v_ecef_mps: tuple[Vec3, ...]
    h_m: tuple[float, ...]
    speed_mps: tuple[NonNegative, ...]
    sigma_pos_m: tuple[NonNegative, ...]  # root of the trace of the position covariance
    force_ecef_mps2: tuple[Vec3, ...]  # specific force other than gravity and drag (thrust, lift), powered model
    p_powered: tuple[Prob, ...]
    p_coast: tuple[Prob, ...]
    p_level: tuple[Prob, ...]
    ballistic: tuple[tuple[float, float, float, float, float, float, float], ...]
    cov_ballistic: tuple[tuple[float, ...], ...]
    plot: tuple[int, ...]  # row of the scan that updated the track, -1 for a look that missed it
    n_plots: tuple[Count, ...]  # plots this track has taken so far
    nis: tuple[NonNegative, ...]  # normalised innovation squared of the plot, 0 for a miss


class HeightsUpdated(Finding, frozen=True, kw_only=True, tag="heights_updated.v1"):
    """Tracks known by height and speed alone: where they are over ground is unknown and is not said."""

    sensor_id: SensorId
    scan_id: ScanId
    valid_ns: Nanos
    track_id: tuple[TrackId, ...]
    t_ns: tuple[Nanos, ...]
    phase: tuple[Phase, ...]
    is_confirmed: tuple[bool, ...]
    h_m: tuple[float, ...]
    speed_mps: tuple[NonNegative, ...]
    force_mps2: tuple[float, ...]  # specific force along the motion, gravity apart: thrust positive, braking negative
    sigma_force_mps2: tuple[NonNegative, ...]
    is_fitted: tuple[bool, ...]  # whether a coast is fitted, so that the next two columns hold more than the last plot
    ballistic: tuple[Vec3, ...]  # height (m), vertical speed (m/s), squared horizontal speed (m^2/s^2)
    cov_ballistic: tuple[tuple[float, float, float, float, float, float], ...]  # lower triangle, row by row


class TrackEnded(Finding, frozen=True, kw_only=True, tag="track_ended.v1"):
    """A track is no longer kept, and why."""

    track_id: TrackId
    valid_ns: Nanos
    reason: Literal["lost", "landed", "never_confirmed", "merged"]
    last_plot_ns: Nanos


class PlotsRejected(Finding, frozen=True, kw_only=True, tag="plots_rejected.v1"):
    """Plots that were received and not used, counted by reason."""

    sensor_id: SensorId
    valid_ns: Nanos
    reason: str
    n: Count


class LaunchDetected(Finding, frozen=True, kw_only=True, tag="launch_detected.v1"):
    """Looks or tracks judged together to be a launch; the area holds the launch point with 90 %."""

    detection_id: DetectionId
    valid_ns: Nanos
    evidence: tuple[str, ...]  # sensors, sorted
    principle: Literal["infrared", "radar", "position", "telemetry"]
    lat_rad: LatRad
    lon_rad: LonRad
    radius_m: NonNegative
    scans: tuple[ScanRef, ...]  # the looks it rests on; the pipeline turns them into ids and joins their labels
    track_ids: tuple[TrackId, ...] = ()


class BurnObserved(Finding, frozen=True, kw_only=True, tag="burn_observed.v1"):
    """A powered stretch of flight; `end_ns` is absent while it burns."""

    track_id: TrackId
    start_ns: Nanos
    end_ns: Nanos | UnsetType = UNSET
    sigma_s: NonNegative
    decided_ns: Nanos


class SensorStatus(Finding, frozen=True, kw_only=True, tag="sensor_status.v1"):
    """Whether a sensor still speaks, and what its errors seem to be."""

    sensor_id: SensorId
    valid_ns: Nanos
    is_degraded: bool
    reason: str
    clock_offset_s: float | UnsetType = UNSET
    sigma_clock_s: NonNegative | UnsetType = UNSET
    bias_range_m: float | UnsetType = UNSET
    bias_azimuth_rad: float | UnsetType = UNSET
    bias_elevation_rad: float | UnsetType = UNSET
