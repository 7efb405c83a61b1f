"""Geodesics and frames against values and libraries from outside."""

import math

import numpy as np
import pymap3d
import pytest
from pytest import approx

from bongsu.geo import frames
from bongsu.kernels import earth

# Lines 1, 3, 43, 75 and 97 of Karney's set GeodTest (doi:10.5281/zenodo.32156): latitude, longitude and azimuth (deg) at both
# ends, distance and reduced length (m)
GEODTEST = (
    (0.003311913742, 0, 90.001862369144,
     0.00176238547258582, 32.8467945812728, 90.0033583556301,
     3656488.4472191, 3458160.81835718),
    (35.602540598169, 0, 111.870427868602,
     -19.4062001720317, 78.9957996299556, 126.810557548059,
     10299779.6328425, 6352380.05598446),
    (89.998616001454, 0, 95.58050104805,
     -89.9914245406992, 93.6627003037297, 170.756783999469,
     20002971.0360136, 960.42256526175),
    (89.997429560505, 0, 178.514819864887,
     -65.276086928882, 1.48532421367208, 179.999840618069,
     17243800.0650818, 2675288.86958524),
    (89.997121349605, 0, 66.596353832361,
     -89.9897680472934, 128.36650593521, 165.037112133961,
     20002955.0741735, 976.384608993724),
)  # fmt: skip


def _check(line, within_m):
    """The inverse and the direct problem of one line of GeodTest."""
    lat1, lon1, azimuth1, lat2, lon2, azimuth2 = (math.radians(v) for v in line[:6])
    distance_m, found1, found2 = frames.geodesic_inverse(lat1, lon1, lat2, lon2)
    assert distance_m == approx(line[6], abs=within_m)
    lever_m = line[7]  # the reduced length: by how much the far end moves with the azimuth
    assert math.remainder(found1 - azimuth1, 2 * math.pi) * lever_m == approx(0.0, abs=10 * within_m)
    assert math.remainder(found2 - azimuth2, 2 * math.pi) * lever_m == approx(0.0, abs=10 * within_m)
    there_lat, there_lon, _ = earth.geodesic_direct(lat1, lon1, azimuth1, line[6])
    assert frames.distance_m(lat2, lon2, there_lat, there_lon) < within_m


@pytest.mark.parametrize("line", GEODTEST)
def test_geodesics_agree_with_lines_of_geodtest(line):
    _check(line, within_m=1e-4)


def test_geodesics_agree_with_a_hundred_lines_of_geodtest(shared_data):
    lines = np.loadtxt(shared_data / "benchmarks" / "GeodTest-100.dat", usecols=(0, 1, 2, 3, 4, 5, 6, 8))
    assert len(lines) == 100
    for line in lines:
        _check(line, within_m=1e-4)


@pytest.mark.parametrize(
    ("lat1", "lon1", "lat2", "lon2", "distance_m"),
    [
        # GeographicLib (Karney 2013), JFK to London Heathrow; Wellington to Salamanca, nearly opposite
        (40.6, -73.8, 51.6, -0.5, 5551759.400),
        (-41.32, 174.81, 40.96, -5.50, 19959679.267),
        # Geodetic Datum of Australia technical manual: Flinders Peak to Buninyong (GRS80, the same to 0.1 mm)
        (-37.95103341666667, 144.42486788888888, -37.65282113888889, 143.92649552777777, 54972.271),
    ],
)
def test_distances_between_named_places_are_the_published_ones(lat1, lon1, lat2, lon2, distance_m):
    found_m = frames.distance_m(*(math.radians(v) for v in (lat1, lon1, lat2, lon2)))
    assert found_m == approx(distance_m, abs=1e-3)


def test_from_new_york_by_51_degrees_over_5500_km_one_arrives_where_published():
    assert math.degrees(frames.azimuth_rad(*map(math.radians, (40.6, -73.8, 51.6, -0.5)))) == approx(
        51.198883, abs=1e-6
    )
    found = frames.destination(math.radians(40.6), math.radians(-73.8), math.radians(51.0), 5.5e6)
    assert tuple(map(math.degrees, found)) == approx((51.884565, -1.141173), abs=1e-6)


def test_from_a_county_on_85_degrees_450_and_700_km_end_where_published():
    start = (math.radians(40.209), math.radians(125.204))
    for distance_m, expected in ((450e3, (40.44, 130.49)), (700e3, (40.47, 133.44))):
        found = frames.destination(*start, math.radians(85.0), distance_m)
        assert tuple(map(math.degrees, found)) == approx(expected, abs=0.005)


@pytest.mark.parametrize(
    ("geodetic_deg_m", "r_ecef_m"),
    [
        ((45.0, 45.0, 1000.0), (3194919.145, 3194919.145, 4488055.516)),
        ((40.209, 125.204, 0.0), (-2811975.747, 3985638.972, 4095735.658)),
    ],
)
def test_standard_positions_are_met_within_a_millimetre(geodetic_deg_m, r_ecef_m):
    """WGS-84, NIMA TR8350.2; computed by its formula to the millimetre."""
    lat, lon, h_m = geodetic_deg_m
    geodetic = [math.radians(lat), math.radians(lon), h_m]
    assert frames.ecef_from_geodetic(geodetic) == approx(np.array(r_ecef_m), abs=1e-3)
    assert frames.geodetic_from_ecef(r_ecef_m)[2] == approx(h_m, abs=1e-3)


def test_frames_agree_with_pymap3d():
    rng = np.random.default_rng(7)
    site = (math.radians(37.5), math.radians(127.0), 250.0)
    for _ in range(200):
        lat_rad, lon_rad = math.asin(rng.uniform(-1, 1)), rng.uniform(-math.pi, math.pi)
        h_m = float(10 ** rng.uniform(0, 7.5))
        r = frames.ecef_from_geodetic([lat_rad, lon_rad, h_m])
        assert r == approx(np.array(pymap3d.geodetic2ecef(lat_rad, lon_rad, h_m, deg=False)), abs=1e-6)
        back = [float(v) for v in pymap3d.ecef2geodetic(*r, deg=False)]
        assert frames.geodetic_from_ecef(r) == approx(np.array(back), rel=1e-10, abs=1e-5)
        azimuth, elevation, slant_m = (float(v) for v in pymap3d.ecef2aer(*r, *site, deg=False))
        assert frames.range_azimuth_elevation(r, site) == approx(
            np.array([slant_m, azimuth, elevation]), rel=1e-9, abs=1e-9
        )
