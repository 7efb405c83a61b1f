"""One plot as rows for the fit: scalars with a direction, a place and a sigma (`kernels.boost` says what each kind means)."""

import math

import numpy as np
from msgspec import UNSET
from numpy.typing import NDArray

from bongsu.constants import NS_PER_S
from bongsu.kernels.earth import C_enu_from_ecef, ecef_from_geodetic, geodetic_from_ecef
from bongsu.messages.inputs import Scan
from bongsu.models.sensors import Sensor

Rows = NDArray[np.float64]
Vector = NDArray[np.float64]

N_COLUMNS = 10
ALONG, ACROSS_SIGHT, RANGE_RATE, HEIGHT, AGE = 0.0, 1.0, 2.0, 3.0, 4.0
NO_ROWS: Rows = np.zeros((0, N_COLUMNS))
SIGHT_M = 36e6  # where a model error of so many metres is seen from, by a satellite in high orbit
SIGMA_MODEL_RATE_MPS = 10.0  # what no generic flight can follow, in range rate


def rows_of(scan: Scan, i: int, sensor: Sensor, ref_ns: int, sigma_model_m: float) -> Rows:
    """The rows of plot `i`, times in seconds since `ref_ns`; none for a kind that has no place (telemetry)."""
    t_s = (scan.t_ns[i] - ref_ns) / NS_PER_S
    if scan.kind == "radar":
        return _radar(scan, i, sensor, t_s, sigma_model_m)
    if scan.kind in ("infrared", "los"):
        return _sight(scan, i, sensor, t_s, sigma_model_m)
    if scan.kind == "position":
        return _position(scan, i, sensor, t_s, sigma_model_m)
    return NO_ROWS


def sensor_r_ecef_m(scan: Scan, sensor: Sensor) -> Vector:
    """Where the sensor was at this look."""
    if scan.sensor_r_ecef_m is not UNSET:
        return np.array(scan.sensor_r_ecef_m)
    return np.array(ecef_from_geodetic(sensor.lat_rad, sensor.lon_rad, sensor.h_m))


def _sigma(column: tuple[float, ...], i: int, default: float) -> float:
    return column[i] if column else default


def _row(t_s: float, kind: float, along: Vector, at: Vector, value: float, sigma: float) -> tuple[float, ...]:
    return (t_s, kind, *along.tolist(), *at.tolist(), value, sigma)


def _radar(scan: Scan, i: int, sensor: Sensor, t_s: float, model_m: float) -> Rows:
    site = sensor_r_ecef_m(scan, sensor)
    lat_rad, lon_rad, _ = geodetic_from_ecef(site[0], site[1], site[2])
    to_enu = C_enu_from_ecef(lat_rad, lon_rad)
    range_m, az, el = scan.range_m[i], scan.azimuth_rad[i], scan.elevation_rad[i]
    sa, ca, se, ce = math.sin(az), math.cos(az), math.sin(el), math.cos(el)
    out, side, up = (np.array(v) @ to_enu for v in ((ce * sa, ce * ca, se), (ca, -sa, 0.0), (-se * sa, -se * ca, ce)))
    at = site + range_m * out
    across_m = range_m * _sigma(scan.sigma_azimuth_rad, i, sensor.sigma_azimuth_rad) * ce
    above_m = range_m * _sigma(scan.sigma_elevation_rad, i, sensor.sigma_elevation_rad)
    rows = [
        _row(t_s, ALONG, out, at, 0.0, math.hypot(_sigma(scan.sigma_range_m, i, sensor.sigma_range_m), model_m)),
        _row(t_s, ALONG, side, at, 0.0, math.hypot(across_m, model_m)),
        _row(t_s, ALONG, up, at, 0.0, math.hypot(above_m, model_m)),
    ]
    if scan.range_rate_mps:
        sigma_mps = math.hypot(_sigma(scan.sigma_range_rate_mps, i, sensor.sigma_range_rate_mps), SIGMA_MODEL_RATE_MPS)
        rows.append(_row(t_s, RANGE_RATE, out, site, scan.range_rate_mps[i], sigma_mps))
    return np.array(rows)


def _sight(scan: Scan, i: int, sensor: Sensor, t_s: float, model_m: float) -> Rows:
    los = np.array(scan.los_ecef[i])
    flat = np.array((-los[1], los[0], 0.0)) if math.hypot(los[0], los[1]) > 1e-6 else np.array((1.0, 0.0, 0.0))
    side = flat / math.hypot(flat[0], flat[1])
    other = np.cross(los, side)
    sigma_rad = math.hypot(_sigma(scan.sigma_los_rad, i, sensor.sigma_los_rad), model_m / SIGHT_M)
    site = sensor_r_ecef_m(scan, sensor)
    return np.array([_row(t_s, ACROSS_SIGHT, axis, site, 0.0, sigma_rad) for axis in (side, other)])


def _position(scan: Scan, i: int, sensor: Sensor, t_s: float, model_m: float) -> Rows:
    lat_rad, lon_rad, h_m = scan.lat_rad[i], scan.lon_rad[i], scan.h_m[i]
    at = np.array(ecef_from_geodetic(lat_rad, lon_rad, h_m))
    to_enu = C_enu_from_ecef(lat_rad, lon_rad)
    flat_m = math.hypot(_sigma(scan.sigma_horizontal_m, i, sensor.sigma_horizontal_m), model_m)
    up_m = math.hypot(_sigma(scan.sigma_h_m, i, sensor.sigma_h_m), model_m)
    return np.array([_row(t_s, ALONG, to_enu[k], at, 0.0, sigma) for k, sigma in enumerate((flat_m, flat_m, up_m))])
