"""What we believe about a sensor: where it stands, how well it measures, how often it looks."""

from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, UnsetType

from bongsu.messages.inputs import SensorKind
from bongsu.messages.labels import Nation
from bongsu.messages.units import DurationNs, ElevationRad, LatRad, LonRad, NonNegative, Positive, Prob, SensorId

Octet = Annotated[int, Meta(ge=0, le=255)]


class Sensor(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One sensor. A moving one (`is_moving`) states its place in each scan; a satellite's fixed place is its mean one.

    Sigmas are one standard deviation of white noise; `sigma_clock_s` and `sigma_bias_*` are priors on constant errors.
    """

    sensor_id: SensorId
    kind: SensorKind
    nation: Nation = "kor"
    sac: Octet | UnsetType = UNSET  # what the sensor calls itself in ASTERIX
    sic: Octet | UnsetType = UNSET
    lat_rad: LatRad = 0.0
    lon_rad: LonRad = 0.0
    h_m: float = 0.0  # ellipsoidal
    is_moving: bool = False
    sigma_range_m: Positive = 50.0
    sigma_azimuth_rad: Positive = 1e-3
    sigma_elevation_rad: Positive = 1e-3
    sigma_range_rate_mps: Positive = 5.0
    sigma_los_rad: Positive = 5e-5
    sigma_horizontal_m: Positive = 50.0
    sigma_h_m: Positive = 50.0
    sigma_speed_mps: Positive = 0.5
    sigma_clock_s: NonNegative = 0.0
    sigma_bias_range_m: NonNegative = 0.0
    sigma_bias_azimuth_rad: NonNegative = 0.0
    sigma_bias_elevation_rad: NonNegative = 0.0
    p_detect: Prob = 0.95
    period_ns: DurationNs = 1_000_000_000
    max_range_m: Annotated[float, Meta(gt=0.0)] = 2.0e6
    min_elevation_rad: ElevationRad = 0.0
    silent_after_ns: DurationNs = (
        5_000_000_000  # without a scan for this long the sensor counts as silent; or 3 periods
    )


def silent_after_ns(sensor: Sensor) -> int:
    """After how long without a scan a sensor counts as silent: its own deadline or three periods, whichever is longer."""
    return max(sensor.silent_after_ns, 3 * sensor.period_ns)
