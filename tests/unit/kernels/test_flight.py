"""kernels.flight: steps of the ten-state and sampled paths."""

import math

import numpy as np
import pytest
from pytest import approx

from bongsu.kernels.earth import C_enu_from_ecef, ecef_from_geodetic, geodetic_from_ecef
from bongsu.kernels.flight import advance, falls, path

SITE = (0.7, 2.2)


def _ten(h_m=60e3, v_enu=(800.0, 300.0, 900.0), force=(0.0, 0.0, 0.0), ln_beta=8.0):
    return np.array([*ecef_from_geodetic(*SITE, h_m), *(C_enu_from_ecef(*SITE).T @ np.array(v_enu)), *force, ln_beta])


def test_a_step_forwards_and_back_returns():
    state, there = _ten(force=(3.0, -2.0, 1.0)), np.empty(10)
    advance(state, 12.0, 0.5, there)
    back = np.empty(10)
    advance(there, -12.0, 0.5, back)
    assert back == approx(state, abs=1e-3)


def test_no_time_changes_nothing():
    state, out = _ten(), np.empty(10)
    advance(state, 0.0, 1.0, out)
    assert out.tobytes() == state.tobytes()


def test_the_output_may_be_the_input():
    state, out = _ten(), np.empty(10)
    advance(state, 5.0, 1.0, out)
    advance(state, 5.0, 1.0, state)
    assert state.tobytes() == out.tobytes()


def test_force_and_beta_stay_and_the_force_pushes():
    pushed, coasting = _ten(300e3, force=(20.0, 0.0, 0.0)), _ten(300e3)
    advance(pushed, 10.0, 1.0, pushed)
    advance(coasting, 10.0, 1.0, coasting)
    assert pushed[6:].tolist() == [20.0, 0.0, 0.0, 8.0]
    assert pushed[3] - coasting[3] == approx(200.0, rel=1e-3)
    assert pushed[0] - coasting[0] == approx(1000.0, rel=1e-3)


def test_shorter_steps_converge_with_the_fourth_power():
    found = []
    for step_s in (2.0, 1.0, 0.05):
        out = np.empty(10)
        advance(_ten(45e3, (2500.0, 0.0, -800.0)), 4.0, step_s, out)
        found.append(out[:3])
    coarse, fine = (float(np.linalg.norm(f - found[2])) for f in found[:2])
    assert 8.0 < coarse / fine < 40.0


def test_a_path_meets_the_fixed_steps_and_ends_where_the_fall_does():
    state = _ten(60e3, (1500.0, 0.0, 700.0))
    seven = np.array([*state[:6], state[9]])
    out = np.empty((1, 9))
    falls(seven[None, :], 9000.0, out)
    n = int(out[0, 3] / 10.0) + 4
    samples = np.empty((n, 7))
    path(seven, 10.0, n, samples)
    flying = int(out[0, 3] / 10.0) + 1
    assert np.all(np.isfinite(samples[:flying]))
    assert np.all(np.isnan(samples[flying:]))
    advance(state, 50.0, 0.1, state)
    assert samples[5, :3] == approx(state[:3], abs=1e-2)
    assert samples[0].tobytes() == seven.tobytes()


@pytest.mark.parametrize("h_m", [0.0, -5.0, math.nan])
def test_a_path_that_starts_below_the_ground_is_nan(h_m):
    samples = np.zeros((3, 7))
    state = _ten(1e3)
    path(np.array([*ecef_from_geodetic(0.0, 0.0, h_m), *state[3:6], 8.0]), 1.0, 3, samples)
    assert np.all(np.isnan(samples))


def test_heights_along_a_path_rise_and_fall_once():
    state = _ten(60e3, (1500.0, 0.0, 700.0))
    samples = np.empty((100, 7))
    path(np.array([*state[:6], state[9]]), 2.0, 100, samples)
    heights = [geodetic_from_ecef(*s[:3])[2] for s in samples if np.isfinite(s[0])]
    top = int(np.argmax(heights))
    assert np.all(np.diff(heights[: top + 1]) > 0.0)
    assert np.all(np.diff(heights[top:]) < 0.0)
