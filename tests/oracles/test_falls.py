"""Falls against integrators that are not ours: scipy's DOP853, heyoka's Taylor method, the inertial frame, the ellipse."""

import math

import numpy as np
import pytest
from numpy.typing import NDArray
from pytest import approx
from scipy.integrate import solve_ivp
from tests.helpers.falling import fall_by_scipy, flights

from bongsu.constants import A_EARTH_M, GM_EARTH_M3PS2, J2_EARTH, OMEGA_EARTH_RADPS
from bongsu.kernels.air import density_kgpm3
from bongsu.kernels.earth import C_enu_from_ecef, ecef_from_geodetic, geodetic_from_ecef
from bongsu.kernels.flight import advance, falls, path

NO_DRAG = 60.0  # ln of a beta of 1e26 kg/m^2


def _fallen(states: NDArray[np.float64]) -> NDArray[np.float64]:
    out = np.empty((len(states), 9))
    falls(states, 20_000.0, out)
    return out


def _errors(n: int, seed: int) -> NDArray[np.float64]:
    """(n, 4) differences from scipy: impact (m), its time (s), apogee (m), its time (s)."""
    states = flights(n, seed)
    ours, theirs = _fallen(states), np.array([fall_by_scipy(s) for s in states])
    assert np.all(ours[:, 8] == 0.0)
    return np.column_stack((np.linalg.norm(ours[:, :3] - theirs[:, :3], axis=1), np.abs(ours[:, 3:6] - theirs[:, 3:6])))


def test_impacts_agree_with_dop853_within_a_tenth_of_a_metre():
    worst = _errors(32, seed=2).max(axis=0)
    assert worst[0] < 0.1
    assert worst[1] < 2e-3
    assert worst[2] < 0.1
    assert worst[3] < 5e-3


@pytest.mark.accept
def test_a_thousand_random_impacts_agree_with_dop853_within_a_metre(record_property):
    errors = _errors(1000, seed=20_001)
    p50, p99, worst = np.quantile(errors[:, 0], (0.5, 0.99, 1.0))
    record_property("impact_error_m_p50_p99_max", (float(p50), float(p99), float(worst)))
    print(f"impact error over 1,000 random flights: p50 {p50:.4f} m, p99 {p99:.3f} m, largest {worst:.3f} m")
    print(f"largest errors: time {errors[:, 1].max():.2g} s, apogee {errors[:, 2].max():.2g} m")
    assert worst < 1.0


def test_impacts_agree_with_heyoka_whose_steps_are_capped():
    hy = pytest.importorskip("heyoka")
    from benchmarks.bench_falls import cloud, equations  # the same equations, written down in heyoka's terms

    from bongsu.kernels.air import FLIGHT_LAYERS

    motion, ground = equations(FLIGHT_LAYERS)
    landing = hy.t_event(ground, direction=hy.event_direction.negative)
    ta = hy.taylor_adaptive(motion, np.full(6, 7e6), tol=1e-15, pars=[0.0], t_events=[landing])
    for name in ("depressed", "lofted"):
        states = cloud(name, 4, seed=5)
        ours = _fallen(states)
        for state, row in zip(states, ours, strict=True):
            ta.state[:], ta.pars[0], ta.time = state[:6], math.exp(-state[6]), 0.0
            ta.reset_cooldowns()
            ta.propagate_until(5000.0, max_delta_t=0.05)  # it would leap over the air and its layers otherwise
            assert np.linalg.norm(row[:3] - ta.state[:3]) < 0.1
            assert row[3] == approx(ta.time, abs=1e-3)


def _inertial(t_s: float, s: NDArray[np.float64], inv_beta: float) -> NDArray[np.float64]:
    """Motion in axes that do not turn: gravity with J2, drag against air that turns with the Earth."""
    r, v = s[:3], s[3:]
    d = float(np.linalg.norm(r))
    q = 1.5 * J2_EARTH * (A_EARTH_M / d) ** 2
    z2 = 5.0 * (r[2] / d) ** 2
    gravity = -GM_EARTH_M3PS2 / d**3 * r * (1.0 + q * (np.array([1.0, 1.0, 3.0]) - z2))
    wind = v - np.cross([0.0, 0.0, OMEGA_EARTH_RADPS], r)
    drag = -0.5 * inv_beta * density_kgpm3(geodetic_from_ecef(*r)[2]) * np.linalg.norm(wind) * wind
    return np.concatenate((v, gravity + drag))


def _turned(angle_rad: float) -> NDArray[np.float64]:
    c, s = math.cos(angle_rad), math.sin(angle_rad)
    return np.array([[c, s, 0.0], [-s, c, 0.0], [0.0, 0.0, 1.0]])


@pytest.mark.parametrize(("ln_beta", "within_m"), [(NO_DRAG, 0.05), (math.log(2000.0), 0.1)])
def test_turning_and_inertial_frames_agree_over_1500_seconds(ln_beta, within_m):
    lat_rad, lon_rad = math.radians(40.2), math.radians(125.2)
    r = np.array(ecef_from_geodetic(lat_rad, lon_rad, 110e3))
    v = C_enu_from_ecef(lat_rad, lon_rad).T @ np.array([3000.0, 1000.0, 6000.0])
    spin = np.array([0.0, 0.0, OMEGA_EARTH_RADPS])
    start = np.concatenate((r, v + np.cross(spin, r)))
    found = solve_ivp(_inertial, (0.0, 1500.0), start, "DOP853", rtol=1e-12, atol=1e-6, args=(math.exp(-ln_beta),))
    expected_m = _turned(OMEGA_EARTH_RADPS * 1500.0) @ found.y[:3, -1]
    samples = np.empty((2, 7))
    path(np.array([*r, *v, ln_beta]), 1500.0, 2, samples)
    assert np.linalg.norm(samples[1, :3] - expected_m) < within_m
    stepped = np.array([*r, *v, 0.0, 0.0, 0.0, ln_beta])
    advance(stepped, 1500.0, 1.0, stepped)
    assert np.linalg.norm(stepped[:3] - expected_m) < within_m


# Bate, Mueller & White, Fundamentals of Astrodynamics (1971), ch. 6: least-energy flights between points of a sphere of
# 6,371 km without air: range (km), speed (m/s), climb (deg), apogee (km), time (min)
LEAST_ENERGY = [
    (1000, 3016.0, 42.75, 239.9, 7.91),
    (3000, 4865.0, 38.26, 655.0, 14.92),
    (5500, 6075.0, 32.63, 1041.0, 21.93),
    (10000, 7198.0, 22.52, 1320.0, 32.18),
]


@pytest.mark.parametrize(("range_km", "speed_mps", "climb_deg", "apogee_km", "minutes"), LEAST_ENERGY)
def test_without_air_a_least_energy_flight_is_the_textbook_ellipse(range_km, speed_mps, climb_deg, apogee_km, minutes):
    """Launched where the ellipsoid's radius is the sphere's, in inertial terms; flattening and J2 leave up to 1 %."""
    lat_rad, climb_rad = math.radians(35.2), math.radians(climb_deg)
    r = np.array(ecef_from_geodetic(lat_rad, 0.0, 1.0))
    up = r / np.linalg.norm(r)
    east = np.array([0.0, 1.0, 0.0])
    v_inertial = speed_mps * (math.cos(climb_rad) * east + math.sin(climb_rad) * up)
    v = v_inertial - np.cross([0.0, 0.0, OMEGA_EARTH_RADPS], r)
    (row,) = _fallen(np.array([[*r, *v, NO_DRAG]]))
    impact = _turned(-OMEGA_EARTH_RADPS * row[3]) @ row[:3]
    arc_rad = math.acos(float(impact @ up) / float(np.linalg.norm(impact)))
    assert arc_rad * 6371.0088 == approx(range_km, rel=0.012)
    assert row[4] / 1e3 == approx(apogee_km, rel=0.012)
    assert row[3] / 60.0 == approx(minutes, rel=0.012)


# Public flights: range and apogee as reported (km), two-body time (min) by Kepler's equation on the same sphere
REPORTED = [(998, 3724.9, 43.1), (933, 2802.0, 34.4), (787, 2111.5, 27.9), (2700, 550.0, 13.4), (3700, 800.0, 17.2)]


@pytest.mark.parametrize(("range_km", "apogee_km", "minutes"), REPORTED)
def test_a_flight_of_reported_range_and_apogee_takes_its_two_body_time(range_km, apogee_km, minutes):
    """The start that gives such an ellipse is put into our flight without air: range, apogee and time must come out."""
    radius_m = 6371008.8
    top_m, half_rad = radius_m + apogee_km * 1e3, range_km * 1e3 / radius_m / 2.0
    e = (top_m - radius_m) / (top_m - radius_m * math.cos(half_rad))
    a = top_m / (1.0 + e)
    flat_mps = math.sqrt(GM_EARTH_M3PS2 * a * (1.0 - e * e)) / radius_m
    up_mps = math.sqrt(GM_EARTH_M3PS2 * (2.0 / radius_m - 1.0 / a) - flat_mps**2)
    r = np.array(ecef_from_geodetic(math.radians(35.2), 0.0, 1.0))
    v = up_mps * r / np.linalg.norm(r) + np.array([0.0, flat_mps, 0.0]) - np.cross([0.0, 0.0, OMEGA_EARTH_RADPS], r)
    (row,) = _fallen(np.array([[*r, *v, NO_DRAG]]))
    assert row[4] / 1e3 == approx(apogee_km, rel=0.012)
    assert row[3] / 60.0 == approx(minutes, rel=0.012)
