"""Inputs: what sensors measured, that time passed, what an operator did."""

from typing import Literal

from msgspec import UNSET, UnsetType

from bongsu.messages.base import Input
from bongsu.messages.units import (
    AzimuthRad,
    ElevationRad,
    LatRad,
    LonRad,
    Nanos,
    NonNegative,
    Positive,
    ScanId,
    SensorId,
    Vec3,
)

SensorKind = Literal["radar", "infrared", "los", "position", "telemetry"]


class Scan(Input, frozen=True, kw_only=True, tag="scan.v1"):
    """All plots of one look of one sensor, as columns of equal length; a scan without plots is a look that saw nothing.

    Which columns are filled follows from `kind`: radar range, azimuth, elevation (and range rate); infrared and los a unit
    line of sight in ECEF, pointing away from the sensor; position latitude, longitude, ellipsoidal height; telemetry height
    and speed. A sigma column overrides the sensor's own figure, and is empty where it does not.
    """

    sensor_id: SensorId
    scan_id: ScanId
    kind: SensorKind
    valid_ns: Nanos  # of the latest plot, or of the look
    t_ns: tuple[Nanos, ...] = ()  # one for each plot
    range_m: tuple[NonNegative, ...] = ()
    azimuth_rad: tuple[AzimuthRad, ...] = ()
    elevation_rad: tuple[ElevationRad, ...] = ()
    range_rate_mps: tuple[float, ...] = ()
    los_ecef: tuple[Vec3, ...] = ()
    lat_rad: tuple[LatRad, ...] = ()
    lon_rad: tuple[LonRad, ...] = ()
    h_m: tuple[float, ...] = ()
    speed_mps: tuple[NonNegative, ...] = ()
    sigma_range_m: tuple[Positive, ...] = ()
    sigma_azimuth_rad: tuple[Positive, ...] = ()
    sigma_elevation_rad: tuple[Positive, ...] = ()
    sigma_range_rate_mps: tuple[Positive, ...] = ()
    sigma_los_rad: tuple[Positive, ...] = ()
    sigma_horizontal_m: tuple[Positive, ...] = ()
    sigma_h_m: tuple[Positive, ...] = ()
    sigma_speed_mps: tuple[Positive, ...] = ()
    sensor_r_ecef_m: Vec3 | UnsetType = UNSET  # where the sensor was, if it moves


class Tick(Input, frozen=True, kw_only=True, tag="tick.v1"):
    """Time has passed: nothing was measured, but the clock reached `valid_ns`."""

    valid_ns: Nanos


class OperatorAct(Input, frozen=True, kw_only=True, tag="operator_act.v1"):
    """Something a named person did, such as acknowledging an alarm."""

    valid_ns: Nanos
    user: str
    verb: Literal["acknowledge", "approve", "reject", "all_clear", "cancel", "note"]
    target_id: str = ""  # a warning, an event or a finding
    text: str = ""


AnyInput = Scan | Tick | OperatorAct
