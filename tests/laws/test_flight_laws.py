"""What holds for every flight: energy, time's arrow reversed, independence of rows."""

import math

import numpy as np
from hypothesis import given, settings
from hypothesis.strategies import floats, integers
from pytest import approx
from tests.helpers.falling import flights

from bongsu.constants import A_EARTH_M, GM_EARTH_M3PS2, J2_EARTH, OMEGA_EARTH_RADPS
from bongsu.kernels.earth import C_enu_from_ecef, ecef_from_geodetic
from bongsu.kernels.flight import advance, falls, path

NO_DRAG = 60.0  # ln of a beta of 1e26 kg/m^2
LATITUDES = floats(-1.57, 1.57)
AZIMUTHS = floats(0.0, 6.28)


def ten_state(h_m, speed_mps, climb_rad, lat_rad, azimuth_rad, ln_beta):
    """A ten-state without force, at longitude 2."""
    flat = math.cos(climb_rad)
    v_enu = speed_mps * np.array([flat * math.sin(azimuth_rad), flat * math.cos(azimuth_rad), math.sin(climb_rad)])
    r, v = ecef_from_geodetic(lat_rad, 2.0, h_m), C_enu_from_ecef(lat_rad, 2.0).T @ v_enu
    return np.array([*r, *v, 0.0, 0.0, 0.0, ln_beta])


def jacobi_m2ps2(state):
    """Kinetic energy in the turning frame plus the potentials of gravity with J2 and of the rotation."""
    x, y, z, u, v, w = state[:6]
    r = math.sqrt(x * x + y * y + z * z)
    flattened = 1.0 - 0.5 * J2_EARTH * (A_EARTH_M / r) ** 2 * (3.0 * (z / r) ** 2 - 1.0)
    return 0.5 * (u * u + v * v + w * w) - GM_EARTH_M3PS2 / r * flattened - 0.5 * OMEGA_EARTH_RADPS**2 * (x * x + y * y)


@settings(max_examples=30)
@given(
    h_m=floats(100e3, 1500e3),
    speed_mps=floats(500.0, 7000.0),
    climb_rad=floats(0.1, 1.4),
    lat_rad=LATITUDES,
    azimuth_rad=AZIMUTHS,
)
def test_coast_conserves_the_jacobi_integral(h_m, speed_mps, climb_rad, lat_rad, azimuth_rad):
    state = ten_state(h_m, speed_mps, climb_rad, lat_rad, azimuth_rad, NO_DRAG)
    after = np.empty(10)
    advance(state, 200.0, 2.0, after)
    assert jacobi_m2ps2(after) == approx(jacobi_m2ps2(state), rel=1e-10)


@settings(max_examples=30)
@given(
    h_m=floats(5e3, 200e3),
    speed_mps=floats(10.0, 6000.0),
    climb_rad=floats(-0.5, 1.4),
    lat_rad=LATITUDES,
    ln_beta=floats(math.log(500.0), math.log(20e3)),
)
def test_drag_never_adds_energy(h_m, speed_mps, climb_rad, lat_rad, ln_beta):
    state = ten_state(h_m, speed_mps, climb_rad, lat_rad, 1.0, ln_beta)
    before = jacobi_m2ps2(state)
    for _ in range(10):
        advance(state, 0.2, 0.05, state)
        after = jacobi_m2ps2(state)
        assert after <= before + 1e-9 * abs(before)
        before = after


@settings(max_examples=30)
@given(h_m=floats(60e3, 500e3), speed_mps=floats(100.0, 6000.0), climb_rad=floats(-0.5, 1.4), lat_rad=LATITUDES)
def test_time_turned_back_retraces_the_flight(h_m, speed_mps, climb_rad, lat_rad):
    state = ten_state(h_m, speed_mps, climb_rad, lat_rad, 4.0, math.log(3000.0))
    there, back = np.empty(10), np.empty(10)
    advance(state, 20.0, 0.5, there)
    advance(there, -20.0, 0.5, back)
    assert back[:3] == approx(state[:3], abs=1e-3)
    assert back[3:6] == approx(state[3:6], abs=1e-4)


@settings(max_examples=5)
@given(seed=integers(0, 1000), n=integers(1, 12), start=integers(0, 11))
def test_a_row_lands_where_it_lands_whatever_flies_beside_it(seed, n, start):
    states = flights(n, seed)
    together, turned = np.empty((n, 9)), np.empty((n, 9))
    falls(states, 300.0, together)
    falls(np.roll(states, start, axis=0), 300.0, turned)
    assert np.roll(turned, -start, axis=0).tobytes() == together.tobytes()


@settings(max_examples=5)
@given(seed=integers(0, 1000), delay_s=floats(1.0, 20.0))
def test_a_flight_begun_later_on_its_path_lands_at_the_same_place_and_time(seed, delay_s):
    states = flights(4, seed)
    out, later, samples = np.empty((4, 9)), np.empty((4, 9)), np.empty((2, 7))
    falls(states, 20_000.0, out)
    for state in states:
        path(state.copy(), delay_s, 2, samples)
        state[:] = samples[1]
    falls(states, 20_000.0, later)
    for first, second in zip(out, later, strict=True):
        if math.isfinite(second[3]):
            assert second[:3] == approx(first[:3], abs=0.3)
            assert second[3] + delay_s == approx(first[3], abs=1e-2)


@settings(max_examples=5)
@given(seed=integers(0, 1000))
def test_no_path_rises_above_the_apogee_its_fall_announces(seed):
    (state,) = flights(1, seed)
    out, samples = np.empty((1, 9)), np.empty((60, 7))
    falls(state[None, :], 20_000.0, out)
    path(state, float(out[0, 3]) / 50.0, 60, samples)
    heights = np.linalg.norm(samples[:, :3], axis=1)[np.isfinite(samples[:, 0])] - A_EARTH_M
    assert len(heights) in (50, 51)
    assert heights.max() <= out[0, 4] + 1.0
