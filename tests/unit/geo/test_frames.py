"""geo.frames: shapes kept, the antipode answered, covariances turned."""

import math

import numpy as np
from pytest import approx

from bongsu.constants import A_EARTH_M
from bongsu.geo import frames

SEOUL = (math.radians(37.5), math.radians(127.0))


def test_one_position_and_many_keep_their_shape():
    geodetic = np.array([[0.1, 0.2, 300.0], [0.4, -0.5, 6e5]])
    rows = frames.ecef_from_geodetic(geodetic)
    assert rows.shape == (2, 3)
    assert frames.ecef_from_geodetic(geodetic[1]).shape == (3,)
    assert frames.ecef_from_geodetic(geodetic[1]).tolist() == rows[1].tolist()
    assert frames.geodetic_from_ecef(rows) == approx(geodetic, rel=1e-12)
    assert frames.range_azimuth_elevation(rows, [*SEOUL, 0.0]).shape == (2, 3)
    assert frames.ecef_from_geodetic(np.empty((0, 3))).shape == (0, 3)


def test_strided_views_and_integers_are_taken_as_they_come():
    wide = np.zeros((3, 6))
    wide[:, 0] = A_EARTH_M
    assert frames.geodetic_from_ecef(wide[::2, :3])[:, 2] == approx(0.0)
    assert frames.ecef_from_geodetic([0, 0, 0]) == approx([A_EARTH_M, 0.0, 0.0])


def test_opposite_points_have_a_distance_too():
    assert frames.distance_m(0.0, 0.0, 0.0, math.pi) == approx(20003931.4586, abs=1e-3)  # over a pole: half a meridian
    found = frames.geodesic_inverse(0.3, 0.1, -0.3, 0.1 + math.pi)
    assert found[0] == approx(20003931.4586, abs=1e-3)
    assert math.sin(found[1]) == approx(0.0, abs=1e-9)


def test_distances_to_many_points_are_the_single_ones():
    points = [[0.6, 2.0], [0.7, 2.3], [-SEOUL[0], SEOUL[1] - math.pi], [*SEOUL]]
    found = frames.distances_m(*SEOUL, points)
    assert found.tolist() == [frames.distance_m(*SEOUL, *point) for point in points]
    assert found[3] == 0.0


def test_nothing_in_gives_nan_out():
    assert math.isnan(frames.distance_m(math.nan, 0.0, 1.0, 1.0))
    assert math.isnan(frames.azimuth_rad(math.nan, 0.0, 1.0, 1.0))
    assert np.all(np.isnan(frames.geodetic_from_ecef([0.0, 0.0, 0.0])))


def test_azimuths_go_round_from_north_by_east():
    east, west = (SEOUL[0], SEOUL[1] + 0.01), (SEOUL[0], SEOUL[1] - 0.01)
    assert frames.azimuth_rad(*SEOUL, SEOUL[0] + 0.01, SEOUL[1]) == 0.0
    assert frames.azimuth_rad(*SEOUL, *east) == approx(math.pi / 2, abs=0.01)
    assert frames.azimuth_rad(*SEOUL, *west) == approx(3 * math.pi / 2, abs=0.01)


def test_a_covariance_is_seen_from_the_ground_without_its_height():
    C = frames.C_enu_from_ecef(*SEOUL)
    P_enu = np.array([[9.0, 2.0, 5.0], [2.0, 4.0, -1.0], [5.0, -1.0, 100.0]])
    assert frames.cov_en_m2(C.T @ P_enu @ C, *SEOUL) == approx((9.0, 2.0, 4.0))


def test_the_long_axis_of_an_ellipse_points_where_the_spread_is():
    major_m, minor_m, azimuth_rad = frames.ellipse((400.0, 0.0, 100.0), 0.5)
    k = math.sqrt(2.0 * math.log(2.0))
    assert (major_m, minor_m) == approx((20.0 * k, 10.0 * k))
    assert azimuth_rad == approx(math.pi / 2)
    assert frames.ellipse((100.0, 99.0, 100.0), 0.9)[2] == approx(math.pi / 4)
