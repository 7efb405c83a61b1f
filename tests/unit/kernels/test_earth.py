"""kernels.earth at the places where it could go wrong: poles, the antimeridian, the centre, equal points."""

import math

import numpy as np
import pytest
from pytest import approx

from bongsu.constants import A_EARTH_M, B_EARTH_M
from bongsu.kernels import earth

FLAT = (math.radians(38.0), math.radians(127.0))


@pytest.mark.parametrize("lat_deg", [90.0, -90.0, 0.0, 45.0, -89.9999999])
@pytest.mark.parametrize("h_m", [-10e3, 0.0, 86e3, 4e7])
def test_heights_survive_at_poles_and_equator(lat_deg, h_m):
    x, y, z = earth.ecef_from_geodetic(math.radians(lat_deg), 1.0, h_m)
    lat_rad, _, back_m = earth.geodetic_from_ecef(x, y, z)
    assert back_m == approx(h_m, abs=1e-6)
    assert lat_rad == approx(math.radians(lat_deg), abs=1e-13)


def test_the_axes_of_the_ellipsoid_are_where_they_belong():
    assert earth.ecef_from_geodetic(0.0, 0.0, 0.0) == approx((A_EARTH_M, 0.0, 0.0), abs=1e-9)
    assert earth.ecef_from_geodetic(math.pi / 2, 0.0, 0.0) == approx((0.0, 0.0, B_EARTH_M), abs=1e-8)


def test_near_the_centre_there_is_no_geodetic_position():
    assert all(math.isnan(v) for v in earth.geodetic_from_ecef(0.0, 0.0, 0.0))
    assert all(math.isnan(v) for v in earth.geodetic_from_ecef(math.nan, 0.0, 7e6))


def test_longitude_on_the_axis_is_zero():
    assert earth.geodetic_from_ecef(0.0, 0.0, 7e6)[1] == 0.0


def test_the_matrix_and_the_scalars_turn_alike():
    d = np.array([3.0, -5.0, 7.0])
    assert earth.enu_from_ecef(*d, *FLAT) == approx(tuple(earth.C_enu_from_ecef(*FLAT) @ d), abs=1e-12)


def test_east_north_and_up_are_seen_where_they_are():
    site = earth.ecef_from_geodetic(*FLAT, 0.0)
    C = earth.C_enu_from_ecef(*FLAT)
    for axis, (azimuth, elevation) in enumerate([(math.pi / 2, 0.0), (0.0, 0.0), (0.0, math.pi / 2)]):
        r = np.array(site) + 1e3 * C[axis]
        seen = earth.range_azimuth_elevation(*r, *site, *FLAT)
        assert seen[0] == approx(1e3, abs=1e-6)
        assert seen[2] == approx(elevation, abs=1e-9)
        if axis < 2:
            assert math.remainder(seen[1] - azimuth, 2 * math.pi) == approx(0.0, abs=1e-9)


def test_azimuth_stays_below_the_full_circle():
    site = earth.ecef_from_geodetic(0.0, 0.0, 0.0)
    _, azimuth_rad, _ = earth.range_azimuth_elevation(site[0], -1e-300, 1e6, *site, 0.0, 0.0)
    assert 0.0 <= azimuth_rad < 2 * math.pi


def test_a_target_on_the_site_has_no_range_and_no_direction():
    site = earth.ecef_from_geodetic(*FLAT, 100.0)
    assert earth.range_azimuth_elevation(*site, *site, *FLAT) == (0.0, 0.0, 0.0)


def test_equal_points_are_no_distance_apart():
    assert earth.geodesic_inverse(*FLAT, *FLAT) == (0.0, 0.0, 0.0)
    assert earth.geodesic_inverse(0.5, math.pi, 0.5, -math.pi) == (0.0, 0.0, 0.0)


def test_along_the_equator_the_distance_is_an_arc_of_the_circle():
    distance_m, azimuth1_rad, azimuth2_rad = earth.geodesic_inverse(0.0, 3.0, 0.0, -3.0)
    assert distance_m == approx(A_EARTH_M * (2 * math.pi - 6.0), abs=1e-6)
    assert (azimuth1_rad, azimuth2_rad) == approx((math.pi / 2, math.pi / 2))


@pytest.mark.parametrize("other", [(0.0, math.pi), (0.001, math.pi - 0.001), (math.nan, 0.0)])
def test_nearly_opposite_points_and_nothing_give_nan(other):
    assert all(math.isnan(v) for v in earth.geodesic_inverse(0.0, 0.0, *other))


def test_going_backwards_comes_back():
    lat_rad, lon_rad, azimuth_rad = earth.geodesic_direct(*FLAT, 1.0, 5e5)
    assert earth.geodesic_direct(lat_rad, lon_rad, azimuth_rad, -5e5)[:2] == approx(FLAT, abs=1e-13)


def test_rows_are_the_scalars_one_by_one():
    rng = np.random.default_rng(3)
    geodetic = np.column_stack((rng.uniform(-1.5, 1.5, 5), rng.uniform(-3, 3, 5), rng.uniform(0, 1e6, 5)))
    ecef, back, seen, ways = (np.empty((5, 3)) for _ in range(4))
    earth.ecef_from_geodetic_rows(geodetic, ecef)
    earth.geodetic_from_ecef_rows(ecef, back)
    site = np.array([*FLAT, 50.0])
    earth.range_azimuth_elevation_rows(ecef, site, seen)
    earth.geodesic_inverse_rows(*FLAT, np.ascontiguousarray(geodetic[:, :2]), ways)
    for i in range(5):
        assert tuple(ecef[i]) == earth.ecef_from_geodetic(*geodetic[i])
        assert tuple(back[i]) == earth.geodetic_from_ecef(*ecef[i])
        assert tuple(seen[i]) == earth.range_azimuth_elevation(*ecef[i], *earth.ecef_from_geodetic(*site), *FLAT)
        assert tuple(ways[i]) == earth.geodesic_inverse(*FLAT, *geodetic[i, :2])
