"""What the sensors of a scenario report of a flight: scans, each with the time at which it becomes known.

Every sensor looks at its own period from a random phase, sees what its geometry and its luck allow, measures with white noise,
and is heard after a latency. A look that saw nothing is sent too: that is information. Dice are thrown for every look and
object, seen or not, so that a change of geometry never changes the noise of another look.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bongsu.kernels.earth import (
    ecef_from_geodetic,
    geodesic_direct,
    geodesic_inverse,
    geodetic_from_ecef,
    range_azimuth_elevation,
)
from bongsu.messages.inputs import Scan
from bongsu.messages.labels import Label
from bongsu.messages.units import Vec3
from bongsu.sim.bodies import Body
from bongsu.sim.draws import Rng, stream
from bongsu.sim.scenario import Scenario, SensorSpec
from bongsu.sim.truth import Flight, instant_ns
from bongsu.sim.visibility import is_above_horizon, is_clear_of_earth

Plot = dict[str, Any]  # one row of a scan, by the name of its column; empty where nothing was seen

SENSORS = 100  # purposes of dice from here on: one a sensor
BEFORE_S, AFTER_S = 10.0, 30.0  # sensors are heard from so long before T0 until so long after the last fall


@dataclass(frozen=True, slots=True)
class Site:
    """Where a sensor stands."""

    ecef_m: Vec3
    lat_rad: float
    lon_rad: float
    h_m: float


def observe(scenario: Scenario, flight: Flight, seed: int | None = None) -> list[tuple[int, Scan]]:
    """All scans of all sensors as (known_ns, scan), in the order in which they become known, then by sensor and scan."""
    number = flight.seed if seed is None else seed
    found: list[tuple[int, Scan]] = []
    for i, sensor in enumerate(scenario.sensors):
        found.extend(_scans(sensor, sensor.label or scenario.label, flight, stream(number, SENSORS + i)))
    return sorted(found, key=lambda item: (item[0], item[1].sensor_id, item[1].scan_id))


def _scans(sensor: SensorSpec, label: Label, flight: Flight, rng: Rng) -> Iterator[tuple[int, Scan]]:
    """The scans of one sensor, in order of look."""
    times = _look_times(sensor, flight.end_s, rng)
    latency_s = rng.uniform(*sensor.latency_s, size=times.size)
    sites = _sites(sensor, times)
    plots = [_plots(sensor, sites, flight.cloud_m, body, times, rng) for body in flight.bodies]
    order = rng.uniform(size=(times.size, len(plots))).argsort(
        axis=1
    )  # the row of a plot says nothing about its object
    for i, t_s in enumerate(times.tolist()):
        valid_ns = instant_ns(flight.t0_ns, t_s)
        rows = [plots[j][i] for j in order[i].tolist() if plots[j][i]]
        columns = {name: tuple(row[name] for row in rows) for name in rows[0]} if rows else {}
        columns |= {"sensor_r_ecef_m": sites[i].ecef_m} if sensor.is_moving else {}
        scan = Scan(
            origin=sensor.nation, label=label, sensor_id=sensor.sensor_id, scan_id=f"s{i:06d}", kind=sensor.kind,
            valid_ns=valid_ns, t_ns=(valid_ns,) * len(rows), **columns,
        )  # fmt: skip
        yield instant_ns(valid_ns, float(latency_s[i])), scan


def _look_times(sensor: SensorSpec, end_s: float, rng: Rng) -> NDArray[np.float64]:
    """When a sensor looks, seconds after T0: every period from a random phase, but not in its gaps."""
    times = np.arange(rng.uniform(0.0, sensor.period_s) - BEFORE_S, end_s + AFTER_S, sensor.period_s)
    for low_s, high_s in sensor.gaps_s:
        times = times[(times < low_s) | (times >= high_s)]
    return times


def _plots(
    sensor: SensorSpec, sites: list[Site], cloud_m: float, body: Body, times: NDArray[np.float64], rng: Rng
) -> list[Plot]:
    """What a sensor gets of one object at each of its looks; an empty plot where it gets nothing."""
    dice = rng.normal(size=(times.size, 4)).tolist()
    is_lucky = rng.uniform(size=times.size) < sensor.p_detect
    states = body.states(times)
    is_there = is_lucky & np.isfinite(states[:, 0])
    if sensor.kind == "infrared":
        is_there &= body.thrusting(times)
    if sensor.kind == "position":
        is_there &= body.is_reporting
    measure = {"radar": _radar, "infrared": _infrared, "position": _position}[sensor.kind]
    found: list[Plot] = [{}] * times.size
    for i in np.flatnonzero(is_there).tolist():
        found[i] = measure(sensor, sites[i], cloud_m, states[i].tolist(), dice[i])
    return found


def _sites(sensor: SensorSpec, times: NDArray[np.float64]) -> list[Site]:
    """Where the sensor is at each of its looks: a fixed place, or along a ship's course from where it was at T0."""
    if sensor.ecef_m:
        lat_rad, lon_rad, h_m = geodetic_from_ecef(*sensor.ecef_m)
        return [Site(sensor.ecef_m, float(lat_rad), float(lon_rad), float(h_m))] * times.size
    away_m = (sensor.speed_mps * times if sensor.is_moving else np.zeros(1)).tolist()
    found = []
    for distance_m in away_m:
        lat_rad, lon_rad, _ = geodesic_direct(sensor.lat_rad, sensor.lon_rad, sensor.course_rad, distance_m)
        x, y, z = ecef_from_geodetic(lat_rad, lon_rad, sensor.h_m)
        found.append(Site((float(x), float(y), float(z)), float(lat_rad), float(lon_rad), sensor.h_m))
    return found if sensor.is_moving else found * times.size


def _radar(sensor: SensorSpec, site: Site, _cloud_m: float, y: list[float], dice: list[float]) -> Plot:
    """Range, azimuth and elevation (geometric: the bend of the ray only decides what is seen), and range rate if measured."""
    range_m, azimuth_rad, elevation_rad = range_azimuth_elevation(
        y[0], y[1], y[2], *site.ecef_m, site.lat_rad, site.lon_rad
    )
    if range_m > sensor.max_range_m or not _is_over_horizon(sensor, site, y):
        return {}
    rate: Plot = {}
    if sensor.sigma_range_rate_mps:
        along = sum(v * (p - q) for v, p, q in zip(y[3:], y[:3], site.ecef_m, strict=True)) / range_m
        rate = {"range_rate_mps": along + sensor.sigma_range_rate_mps * dice[3]}
    up = elevation_rad + sensor.sigma_elevation_rad * dice[2]
    return {
        "range_m": max(range_m + sensor.sigma_range_m * dice[0], 0.0),
        "azimuth_rad": (azimuth_rad + sensor.sigma_azimuth_rad * dice[1]) % (2.0 * math.pi),
        "elevation_rad": min(max(up, -0.5 * math.pi), 0.5 * math.pi), **rate,
    }  # fmt: skip


def _is_over_horizon(sensor: SensorSpec, site: Site, y: list[float]) -> bool:
    """Whether the object stands above the radio horizon and the sensor's lowest elevation."""
    lat_rad, lon_rad, h_m = geodetic_from_ecef(y[0], y[1], y[2])
    arc_m = geodesic_inverse(site.lat_rad, site.lon_rad, lat_rad, lon_rad)[0]
    return is_above_horizon(float(arc_m), float(h_m), site.h_m, sensor.min_elevation_rad)


def _infrared(sensor: SensorSpec, site: Site, cloud_m: float, y: list[float], dice: list[float]) -> Plot:
    """The line of sight to a flame above the clouds, tilted by noise on the two axes across it."""
    here = (y[0], y[1], y[2])
    if geodetic_from_ecef(*here)[2] < cloud_m or not is_clear_of_earth(site.ecef_m, here):
        return {}
    los = np.array(here) - np.array(site.ecef_m)
    los /= math.sqrt(float(los @ los))
    across = np.cross(los, (0.0, 0.0, 1.0))  # never void: from the equatorial belt the Earth is not seen along its axis
    across /= math.sqrt(float(across @ across))
    tilted = los + sensor.sigma_los_rad * (dice[0] * across + dice[1] * np.cross(los, across))
    tilted /= math.sqrt(float(tilted @ tilted))
    return {"los_ecef": tuple(tilted.tolist())}


def _position(sensor: SensorSpec, site: Site, _cloud_m: float, y: list[float], dice: list[float]) -> Plot:
    """The place an aircraft reports of itself, where the receiver can hear it."""
    lat_rad, lon_rad, h_m = geodetic_from_ecef(y[0], y[1], y[2])
    away_m = math.dist(y[:3], site.ecef_m)
    if away_m > sensor.max_range_m or not _is_over_horizon(sensor, site, y):
        return {}
    north_m, east_m = sensor.sigma_horizontal_m * dice[0], sensor.sigma_horizontal_m * dice[1]
    moved_lat, moved_lon, _ = geodesic_direct(
        lat_rad, lon_rad, math.atan2(east_m, north_m), math.hypot(north_m, east_m)
    )
    return {"lat_rad": float(moved_lat), "lon_rad": float(moved_lon), "h_m": float(h_m) + sensor.sigma_h_m * dice[2]}
