"""kernels.falls: every way a flight can end, and rows that never hear of one another."""

import math
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from pytest import approx
from tests.helpers.falling import flights

from bongsu.kernels.earth import C_enu_from_ecef, ecef_from_geodetic, geodetic_from_ecef
from bongsu.kernels.falls import FLYING, LANDED, LANES, NO_START, falls

SITE = (0.7, 2.2)


def _state(h_m, v_enu, beta=3000.0):
    r, v = ecef_from_geodetic(*SITE, h_m), C_enu_from_ecef(*SITE).T @ np.array(v_enu)
    return np.array([*r, *v, math.log(beta)])


def _fallen(states, t_max_s=9000.0):
    out = np.full((len(states), 9), 7.0)
    falls(np.array(states), t_max_s, out)
    return out


def test_an_impact_lies_on_the_ellipsoid_within_a_millimetre():
    out = _fallen(flights(8, seed=1))
    for row in out:
        assert row[8] == LANDED
        lat_rad, lon_rad, h_m = geodetic_from_ecef(*row[:3])
        assert abs(h_m) < 1e-3
        assert (lat_rad, lon_rad) == (row[6], row[7])


def test_a_body_that_sinks_has_its_apogee_behind_it():
    (row,) = _fallen([_state(80e3, (1000.0, 0.0, -2000.0))])
    assert row[4] == approx(80e3, abs=1e-3)
    assert row[5] == 0.0


def test_a_body_thrown_straight_up_in_thin_air_rises_as_the_textbook_says():
    (row,) = _fallen([_state(200e3, (0.0, 0.0, 1000.0), beta=1e9)])
    g_mps2 = 9.14  # at 227 km, rotation included
    assert row[4] == approx(200e3 + 1000.0**2 / (2 * g_mps2), rel=2e-3)
    assert row[5] == approx(1000.0 / g_mps2, rel=5e-3)


def test_a_satellite_is_still_flying_and_has_no_impact():
    (row,) = _fallen([_state(400e3, (0.0, 7800.0, 0.0))], t_max_s=600.0)
    assert row[8] == FLYING
    assert np.all(np.isnan(row[[0, 1, 2, 3, 6, 7]]))
    assert 399e3 < row[4] < 460e3
    assert 0.0 <= row[5] <= 600.0


def test_a_flight_cut_off_on_its_way_up_has_its_height_so_far():
    (row,) = _fallen([_state(200e3, (0.0, 0.0, 3000.0), beta=1e9)], t_max_s=10.0)
    assert row[8] == FLYING
    assert row[4] == approx(200e3 + 30e3 - 0.5 * 9.2 * 100.0, abs=20.0)
    assert row[5] == approx(10.0)


@pytest.mark.parametrize("spoil", ["below", "on", "nan", "far below", "speed"])
def test_what_cannot_fly_is_nan_and_its_neighbours_fly(spoil):
    good = _state(80e3, (1000.0, 0.0, 500.0))
    bad = good.copy()
    if spoil == "below":
        bad = _state(-10.0, (0.0, 0.0, 100.0))
    elif spoil == "on":
        bad[:3] = ecef_from_geodetic(0.0, 0.0, 0.0)
    elif spoil == "nan":
        bad[4] = math.nan
    elif spoil == "far below":
        bad[:3] = (1.0, 2.0, 3.0)
    else:
        bad[3] = math.inf
    with np.errstate(all="ignore"):
        out = _fallen([good, bad, good])
    assert out[1, 8] == NO_START
    assert np.all(np.isnan(out[1, :8]))
    assert out[0].tobytes() == out[2].tobytes() == _fallen([good])[0].tobytes()


@pytest.mark.parametrize("speed_mps", [1e5, 1e6, 1e7])
def test_a_state_faster_than_anything_that_flies_ends_too(speed_mps):
    (row,) = _fallen([_state(30e3, (speed_mps, 0.0, -0.1 * speed_mps))])
    assert row[8] in (LANDED, FLYING, NO_START)


def test_a_drop_from_a_hand_lands_at_once():
    (row,) = _fallen([_state(0.5, (0.0, 0.0, -1.0))])
    assert row[8] == LANDED
    assert row[3] == approx((-1.0 + math.sqrt(1.0 + 2.0 * 9.8 * 0.5)) / 9.8, rel=1e-2)


def test_a_slow_body_falls_at_its_terminal_speed():
    beta, rho0, g = 500.0, 1.225, 9.80
    near, far = (
        _fallen([_state(200.0, (0.0, 0.0, -math.sqrt(2 * beta * g / rho0)), beta)]),
        _fallen([_state(1000.0, (0.0, 0.0, -math.sqrt(2 * beta * g / rho0)), beta)]),
    )
    assert (far[0, 3] - near[0, 3]) == approx(800.0 / math.sqrt(2 * beta * g / rho0), rel=0.05)


def test_no_rows_are_no_work():
    out = np.empty((0, 9))
    falls(np.empty((0, 7)), 100.0, out)
    assert out.shape == (0, 9)


def test_rows_do_not_depend_on_order_number_or_neighbours():
    states = flights(LANES + 5, seed=3)
    together = _fallen(states)
    backwards = _fallen(states[::-1])[::-1]
    alone = np.vstack([_fallen(states[i : i + 1]) for i in range(0, len(states), 5)])
    assert together.tobytes() == np.ascontiguousarray(backwards).tobytes()
    assert together[::5].tobytes() == alone.tobytes()


def test_one_and_two_threads_give_the_same_bytes():
    states, halves = flights(24, seed=4), np.full((24, 9), np.nan)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda part: falls(states[part], 9000.0, halves[part]), (slice(0, 11), slice(11, 24))))
    assert halves.tobytes() == _fallen(states).tobytes()


@pytest.mark.parametrize("factor", [1e3, 1e5, 1e8])
def test_what_no_body_flies_is_refused_at_once_and_its_neighbours_fly(factor):
    states = flights(LANES + 3, seed=5)
    alone = _fallen(states)
    states[1, 3:6] *= factor
    states[2, :3] *= 1e3
    out = _fallen(states)
    assert out[1, 8] == NO_START
    assert out[2, 8] == NO_START
    assert out[3:].tobytes() == alone[3:].tobytes()
