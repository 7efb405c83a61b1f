"""What holds for all positions: there and back, turned but not stretched, distances that are distances."""

import math

import numpy as np
from hypothesis import assume, given
from hypothesis.strategies import floats
from pytest import approx

from bongsu.geo import frames
from bongsu.kernels import earth

LATITUDES = floats(-math.pi / 2, math.pi / 2)
LONGITUDES = floats(-math.pi, math.pi)


@given(lat_rad=LATITUDES, lon_rad=LONGITUDES, h_m=floats(-10e3, 4e7))
def test_geodetic_to_ecef_and_back_is_the_same_point(lat_rad, lon_rad, h_m):
    r = frames.ecef_from_geodetic([lat_rad, lon_rad, h_m])
    back = frames.geodetic_from_ecef(r)
    assert back[2] == approx(h_m, abs=1e-6)
    assert frames.ecef_from_geodetic(back) == approx(r, abs=1e-6)


@given(lat_rad=LATITUDES, lon_rad=LONGITUDES)
def test_the_local_axes_are_a_rotation(lat_rad, lon_rad):
    C = frames.C_enu_from_ecef(lat_rad, lon_rad)
    squared = C @ C.T
    assert squared == approx(np.eye(3), abs=1e-14)
    assert np.linalg.det(C) == approx(1.0, abs=1e-14)


@given(
    lat_rad=LATITUDES,
    lon_rad=LONGITUDES,
    range_m=floats(1.0, 4e6),
    azimuth=floats(0.0, 6.283),
    elevation=floats(-1.5, 1.5),
)
def test_range_azimuth_and_elevation_give_the_position_back(lat_rad, lon_rad, range_m, azimuth, elevation):
    flat = math.cos(elevation)
    enu = range_m * np.array([flat * math.sin(azimuth), flat * math.cos(azimuth), math.sin(elevation)])
    site = frames.ecef_from_geodetic([lat_rad, lon_rad, 0.0])
    seen = frames.range_azimuth_elevation(
        site + frames.C_enu_from_ecef(lat_rad, lon_rad).T @ enu, [lat_rad, lon_rad, 0.0]
    )
    assert seen[0] == approx(range_m, abs=1e-8, rel=1e-12)
    assert math.remainder(seen[1] - azimuth, 2 * math.pi) * flat * range_m == approx(0.0, abs=1e-7)
    assert seen[2] * range_m == approx(elevation * range_m, abs=1e-7)


@given(lat_rad=LATITUDES, lon_rad=LONGITUDES, azimuth_rad=floats(0.0, 6.283), distance_m=floats(0.0, 1.9e7))
def test_a_destination_is_as_far_away_as_was_asked(lat_rad, lon_rad, azimuth_rad, distance_m):
    there = frames.destination(lat_rad, lon_rad, azimuth_rad, distance_m)
    assert frames.distance_m(lat_rad, lon_rad, *there) == approx(distance_m, abs=2e-4)


@given(a_lat=LATITUDES, a_lon=LONGITUDES, b_lat=LATITUDES, b_lon=LONGITUDES)
def test_distance_is_the_same_both_ways(a_lat, a_lon, b_lat, b_lon):
    there, back = earth.geodesic_inverse(a_lat, a_lon, b_lat, b_lon), earth.geodesic_inverse(b_lat, b_lon, a_lat, a_lon)
    assume(math.isfinite(there[0]) and math.isfinite(back[0]))
    assert back[0] == approx(there[0], abs=1e-6)


@given(
    a_lat=LATITUDES, a_lon=LONGITUDES, b_lat=LATITUDES, b_lon=LONGITUDES, c_lat=LATITUDES, c_lon=LONGITUDES,
)  # fmt: skip
def test_no_detour_is_shorter(a_lat, a_lon, b_lat, b_lon, c_lat, c_lon):
    direct = frames.distance_m(a_lat, a_lon, c_lat, c_lon)
    detour = frames.distance_m(a_lat, a_lon, b_lat, b_lon) + frames.distance_m(b_lat, b_lon, c_lat, c_lon)
    assert direct <= detour + 1e-3


@given(ee=floats(1.0, 1e8), nn=floats(1.0, 1e8), rho=floats(-0.99, 0.99), p=floats(0.01, 0.999))
def test_an_ellipse_has_the_area_of_its_covariance(ee, nn, rho, p):
    en = rho * math.sqrt(ee * nn)
    major_m, minor_m, azimuth_rad = frames.ellipse((ee, en, nn), p)
    k2 = -2.0 * math.log(1.0 - p)
    assert major_m >= minor_m >= 0.0
    assert 0.0 <= azimuth_rad < math.pi
    assert major_m * minor_m == approx(k2 * math.sqrt(ee * nn - en * en), rel=1e-6)
    along = np.array([math.sin(azimuth_rad), math.cos(azimuth_rad)])
    assert k2 * float(along @ np.array([[ee, en], [en, nn]]) @ along) == approx(major_m**2, rel=1e-9)
