"""What must hold of every simulated flight: conservation, repeatability, independence of its dice."""

import math
from functools import cache
from pathlib import Path

import msgspec
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest import approx

from bongsu.constants import A_EARTH_M, GM_EARTH_M3PS2, J2_EARTH, OMEGA_EARTH_RADPS
from bongsu.kernels.earth import C_enu_from_ecef, ecef_from_geodetic
from bongsu.messages.codec import encode
from bongsu.sim.motion import AIR_M, Forces, Lift, State, derivative, height_m, leg, lift_ratio
from bongsu.sim.scenario import Scenario, load
from bongsu.sim.sensors import observe
from bongsu.sim.truth import fly
from bongsu.sim.visibility import horizon_arc_m, is_above_horizon

SCENARIOS = Path(__file__).parents[2] / "scenarios"


@cache
def scenario(name: str) -> Scenario:
    return load(SCENARIOS / f"{name}.toml")


def jacobi_m2ps2(y: np.ndarray) -> float:
    """Energy in the turning frame: v^2 / 2 - GM/r (1 - J2 (a/r)^2 P2(sin lat)) - w^2 (x^2 + y^2) / 2."""
    x, y_, z, vx, vy, vz = y
    r = math.sqrt(x * x + y_ * y_ + z * z)
    p2 = 1.5 * (z / r) ** 2 - 0.5
    potential = GM_EARTH_M3PS2 / r * (1.0 - J2_EARTH * (A_EARTH_M / r) ** 2 * p2)
    return 0.5 * (vx * vx + vy * vy + vz * vz) - potential - 0.5 * OMEGA_EARTH_RADPS**2 * (x * x + y_ * y_)


def ascending(lat_rad: float, lon_rad: float, h_m: float, v_enu: tuple[float, float, float]) -> State:
    v = np.asarray(C_enu_from_ecef(lat_rad, lon_rad)).T @ np.array(v_enu)
    x, y, z = ecef_from_geodetic(lat_rad, lon_rad, h_m)
    return (float(x), float(y), float(z), *v.tolist())


latitudes = st.floats(-1.4, 1.4)
longitudes = st.floats(-3.1, 3.1)
speeds = st.floats(-3000.0, 3000.0)


@settings(max_examples=25)
@given(latitudes, longitudes, st.floats(200e3, 1500e3), speeds, speeds, st.floats(100.0, 6000.0))
def test_a_coast_above_the_air_conserves_the_jacobi_integral(
    lat_rad: float, lon_rad: float, h_m: float, east: float, north: float, up: float
) -> None:
    start = ascending(lat_rad, lon_rad, h_m, (east, north, up))
    coast = leg(Forces(5000.0), 0.0, start, 600.0, "air")
    states = coast.states(np.linspace(0.0, coast.end_s, 20)).T
    assert [jacobi_m2ps2(y) for y in states] == approx([jacobi_m2ps2(np.array(start))] * 20, rel=1e-9)


@settings(max_examples=5)
@given(st.sampled_from(["overflight-2017-08-29", "lofted-2017-07-28"]), st.integers(0, 9999))
def test_every_drawn_flight_conserves_the_jacobi_integral_while_it_coasts(name: str, seed: int) -> None:
    flight = fly(scenario(name), seed)
    times = np.arange(flight.burn_out_s, flight.end_s, 10.0)
    states = [y for y in flight.bodies[0].states(times) if height_m(y) > AIR_M]
    assert len(states) > 20
    energies = [jacobi_m2ps2(y) for y in states]
    assert energies == approx([energies[0]] * len(energies), rel=1e-8)


@settings(max_examples=3)
@given(st.sampled_from(["failed-boost", "overflight-2017-08-29", "airliners"]), st.integers(0, 2**31))
def test_the_same_seed_gives_the_same_bytes(name: str, seed: int) -> None:
    found = [
        [(known_ns, encode(scan)) for known_ns, scan in observe(scenario(name), fly(scenario(name), seed))]
        for _ in range(2)
    ]
    assert found[0] == found[1]


@settings(max_examples=3)
@given(st.integers(0, 9999))
def test_another_seed_gives_another_flight(seed: int) -> None:
    a, b = fly(scenario("failed-boost"), seed), fly(scenario("failed-boost"), seed + 1)
    assert a.launch_lat_rad != b.launch_lat_rad
    assert a.range_m != b.range_m


@settings(max_examples=3)
@given(st.integers(0, 9999))
def test_one_more_sensor_changes_no_scan_of_the_others(seed: int) -> None:
    full = scenario("failed-boost")
    fewer = msgspec.structs.replace(full, sensors=full.sensors[:-1])
    flight = fly(full, seed)
    last = full.sensors[-1].sensor_id
    assert observe(fewer, flight) == [item for item in observe(full, flight) if item[1].sensor_id != last]


@settings(max_examples=25)
@given(latitudes, longitudes, st.floats(0.0, 60e3), speeds, speeds, st.floats(-3000.0, 3000.0))
def test_air_only_ever_takes_speed_and_lift_never_gives_any(
    lat_rad: float, lon_rad: float, h_m: float, east: float, north: float, up: float
) -> None:
    y = ascending(lat_rad, lon_rad, h_m, (east, north, up))
    vacuum = np.array(derivative(Forces(1e30), 0.0, np.array(y))[3:])
    lift = Lift(3.0, 40e3, 4e3, 1e3, 80.0)
    v = np.array(y[3:])
    powers = [
        (np.array(derivative(Forces(4000.0, lift=part), 0.0, np.array(y))[3:]) - vacuum) @ v for part in (None, lift)
    ]
    assert powers[0] <= 1e-9
    assert powers[1] == approx(powers[0], rel=1e-6, abs=1e-6)


@given(st.floats(-1e3, 1e5), st.floats(-3000.0, 3000.0))
def test_lift_stays_between_none_and_its_ratio(h_m: float, climb_mps: float) -> None:
    assert 0.0 <= lift_ratio(Lift(3.0, 26e3, 4e3, 8e3, 80.0), h_m, climb_mps) <= 3.0


@given(st.floats(100.0, 1e6), st.floats(0.0, 2000.0), st.floats(0.0, 1.5))
def test_the_higher_is_never_seen_less_far(h_m: float, antenna_h_m: float, share: float) -> None:
    arc_m = share * horizon_arc_m(h_m, antenna_h_m)
    if is_above_horizon(arc_m, h_m, antenna_h_m, 0.0):
        assert is_above_horizon(arc_m, 1.01 * h_m, antenna_h_m, 0.0)
