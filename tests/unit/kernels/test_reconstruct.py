"""kernels.reconstruct: the end of a generic boost, and falls that lift carries on."""

import math
from itertools import pairwise

import numpy as np
from pytest import approx

from bongsu.kernels.earth import C_enu_from_ecef, ecef_from_geodetic, geodetic_from_ecef
from bongsu.kernels.falls import FLYING, LANDED, NO_START, falls
from bongsu.kernels.reconstruct import boost_ends, carried_falls, fill_points

SITE = np.array([0.7, 2.2, 0.0])
LAW = np.array([50.0, 5e-6, 0.35, 0.3])


def ends(flights):
    out, seconds = np.empty((len(flights), 7)), np.empty(len(flights))
    boost_ends(SITE, np.array(flights), LAW, out, seconds)
    return out, seconds


def starts(n=40, seed=1):
    dice = np.random.default_rng(seed)
    columns = [np.log(dice.uniform(1800, 3500, n)), dice.uniform(0.0, 0.5, n), dice.uniform(0, 6, n)]
    return ends(np.column_stack([*columns, 0.3 * dice.standard_normal(n), 8.5 + 0.5 * dice.standard_normal(n)]))[0]


def carried(states, lift):
    out = np.full((len(states), 9), 7.0)
    carried_falls(states, np.full(len(states), lift), 7200.0, out)
    return out


def test_a_boost_straight_up_ends_above_the_site_after_the_time_of_the_law():
    (end,), (seconds,) = ends([[math.log(3000.0), 0.5 * math.pi, 1.0, 0.0, 8.5]])
    assert seconds == approx(50.0 + 5e-6 * 3000.0**2)
    lat_rad, lon_rad, h_m = geodetic_from_ecef(*end[:3])
    assert (lat_rad, lon_rad, h_m) == (approx(SITE[0]), approx(SITE[1]), approx(0.35 * 3000.0 * seconds, rel=1e-6))
    assert C_enu_from_ecef(lat_rad, lon_rad) @ end[3:6] == approx([0.0, 0.0, 3000.0], abs=1e-6)


def test_a_boost_ends_with_the_speed_climb_and_heading_it_was_given():
    for heading_rad in (0.0, 1.0, 3.0, 5.5):
        (end,), _ = ends([[math.log(2000.0), 0.6, heading_rad, 0.1, 8.0]])
        lat_rad, lon_rad, _ = geodetic_from_ecef(*end[:3])
        e, n, up = C_enu_from_ecef(lat_rad, lon_rad) @ end[3:6]
        assert math.hypot(e, n, up) == approx(2000.0)
        assert math.asin(up / 2000.0) == approx(0.6)
        assert math.atan2(e, n) % (2.0 * math.pi) == approx(heading_rad)
        assert end[6] == 8.0


def test_without_lift_a_carried_fall_is_a_fall():
    states, plain = starts(), np.empty((40, 9))
    falls(states, 7200.0, plain)
    out = carried(states, 0.0)
    assert np.linalg.norm(out[:, :3] - plain[:, :3], axis=1).max() < 300.0
    assert out[:, 3:5] == approx(plain[:, 3:5], rel=2e-3)
    assert (out[:, 8] == LANDED).all()


def test_more_lift_carries_farther_and_longer():
    states = starts(8)
    out = [carried(states, lift) for lift in (0.0, 0.5, 1.5)]
    for less, more in pairwise(out):
        assert (more[:, 3] > less[:, 3]).all()
        assert (
            np.linalg.norm(more[:, :3] - states[:, :3], axis=1) > np.linalg.norm(less[:, :3] - states[:, :3], axis=1)
        ).all()


def test_lift_does_not_raise_the_first_apogee():
    states = starts(20)
    assert (carried(states, 0.8)[:, 4] >= carried(states, 0.0)[:, 4] - 1.0).all()
    high = states[np.array([carried(states[i : i + 1], 0.0)[0, 4] > 95e3 for i in range(20)])]
    assert carried(high, 0.8)[:, 4] == approx(carried(high, 0.0)[:, 4])


def test_what_is_under_the_ground_has_no_start_and_what_never_comes_down_is_still_flying():
    below = np.array([[*ecef_from_geodetic(0.7, 2.2, -10.0), 0.0, 0.0, 100.0, 8.5]])
    assert carried(below, 1.0)[0, 8] == NO_START
    orbit = np.array([[7.0e6, 0.0, 0.0, 0.0, 7.1e3, 0.0, 8.5]])
    assert carried(orbit, 1.0)[0, 8] == FLYING


def test_points_fill_the_cube_evenly_and_go_on_where_they_stopped():
    whole, part = np.empty((512, 6)), np.empty((256, 6))
    fill_points(0, 4, whole)
    fill_points(256, 4, part)
    assert (whole[256:] == part).all()
    assert ((whole[:, :4] > 0.0) & (whole[:, :4] < 1.0)).all()
    assert whole[:, :4].mean(axis=0) == approx(np.full(4, 0.5), abs=0.02)
    assert whole[:, 4:].std(axis=0) == approx(np.ones(2), abs=0.05)
