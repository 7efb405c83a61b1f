"""Where lines of sight end and how near two of them come."""

import math

import numpy as np
from pytest import approx

from bongsu.kernels.earth import ecef_from_geodetic, geodetic_from_ecef
from bongsu.kernels.sight import closest_approach, point_at_height

SATELLITE_M = (42_164e3 * math.cos(1.8), 42_164e3 * math.sin(1.8), 0.0)


def toward(place: np.ndarray, start: tuple[float, float, float]) -> tuple[float, float, float]:
    away = place - np.array(start)
    x, y, z = (away / math.sqrt(float((away**2).sum()))).tolist()
    return x, y, z


def test_a_line_of_sight_is_cut_at_the_height_of_the_object_it_was_aimed_at():
    for h_m in (0.0, 10e3, 200e3):
        place = np.array(ecef_from_geodetic(0.7, 2.2, h_m))
        found = point_at_height(*SATELLITE_M, *toward(place, SATELLITE_M), h_m)
        assert geodetic_from_ecef(*found)[2] == approx(h_m, abs=11.0)
        assert math.dist(found, place) < 30.0


def test_a_line_that_passes_the_earth_by_meets_no_height():
    assert math.isnan(point_at_height(*SATELLITE_M, 0.0, 0.0, 1.0, 10e3)[0])


def test_a_line_that_points_away_from_the_earth_meets_no_height():
    x, y, z = (c / 42_164e3 for c in SATELLITE_M)
    assert math.isnan(point_at_height(*SATELLITE_M, x, y, z, 10e3)[0])


def test_two_lines_through_one_point_meet_there():
    point = np.array(ecef_from_geodetic(0.7, 2.2, 30e3))
    other = (42_164e3 * math.cos(2.9), 42_164e3 * math.sin(2.9), 0.0)
    x, y, z, gap_m = closest_approach(*SATELLITE_M, *toward(point, SATELLITE_M), *other, *toward(point, other))
    assert (x, y, z) == approx(tuple(point), abs=1e-3)
    assert gap_m < 1e-3


def test_skew_lines_are_as_far_apart_as_their_offset():
    x, y, z, gap_m = closest_approach(-10.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, -10.0, 6.0, 0.0, 1.0, 0.0)
    assert (x, y, z, gap_m) == approx((0.0, 0.0, 3.0, 6.0))


def test_parallel_lines_and_lines_that_meet_behind_a_sensor_have_no_approach():
    assert math.isnan(closest_approach(0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 1.0, 0.0, 0.0)[3])
    assert math.isnan(closest_approach(1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, -10.0, 0.0, 0.0, 1.0, 0.0)[3])
