"""Outlines hold what they say they hold."""

import itertools
import math

import pytest
from hypothesis import given
from hypothesis.strategies import floats

from bongsu.adapters.publish import shapes
from bongsu.geo import frames


@given(
    lat=floats(-1.2, 1.2), lon=floats(-3.0, 3.0), major=floats(1e3, 2e5), share=floats(0.05, 1.0), turn=floats(0.0, 3.1)
)
def test_an_ellipse_stays_between_its_axes(lat, lon, major, share, turn):
    minor = share * major
    s, c = math.sin(turn), math.cos(turn)
    cov = (major**2 * s * s + minor**2 * c * c, (major**2 - minor**2) * s * c, major**2 * c * c + minor**2 * s * s)
    ring = shapes.ellipse(lat, lon, cov, 1.0 - math.exp(-0.5))  # one standard deviation
    lengths = [frames.distance_m(lat, lon, math.radians(a), math.radians(o)) for a, o in ring]
    assert max(lengths) == pytest.approx(major, rel=1e-3)
    assert min(lengths) == pytest.approx(minor, rel=1e-2)


def test_the_90_percent_region_is_wider_than_the_50_percent_one():
    inner, outer = (shapes.ellipse(0.7, 2.3, (1e8, 0.0, 1e8), p) for p in (0.5, 0.9))
    centre = (math.degrees(0.7), math.degrees(2.3))
    ratio = shapes.distance_m(centre, outer[0]) / shapes.distance_m(centre, inner[0])
    assert ratio == pytest.approx(math.sqrt(math.log(0.1) / math.log(0.5)), rel=1e-6)


def test_a_great_circle_runs_from_end_to_end_without_detour():
    start, end = (40.2, 125.2), (40.5, 133.4)
    line = shapes.great_circle(start, end)
    steps = [shapes.distance_m(a, b) for a, b in itertools.pairwise(line)]
    assert line[0] == start and line[-1] == end
    assert sum(steps) == pytest.approx(shapes.distance_m(start, end), rel=1e-9)


def test_ecef_places_come_back_as_latitude_and_longitude():
    x, y, z = frames.ecef_from_geodetic((0.7, 2.3, 40_000.0)).tolist()
    (lat,), (lon,) = shapes.places([(x, y, z)])
    assert (lat, lon) == pytest.approx((0.7, 2.3), abs=1e-12)
