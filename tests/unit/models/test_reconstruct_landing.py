"""Landing words in three languages, and how well a place agrees with them."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis.strategies import floats
from pytest import approx

from bongsu.geo import frames
from bongsu.models.reconstruct_landing import WordErrors, arc_m, azimuth_rad, destinations, landing_of, log_likelihood
from bongsu.run.tables import load_tables

PLACES = load_tables().places
ERRORS = WordErrors(20e3, 0.17, 60e3, 0.002)
OKUSHIRI = (math.radians(42.15), math.radians(139.47))


@pytest.mark.parametrize(
    ("words", "low_km", "high_km", "bearing_deg"),
    [
        ("about 300 km west of Hokkaido's Okushiri island", 300.0, 300.0, 270.0),
        ("fell about 300 km west of Okushiri Island", 300.0, 300.0, 270.0),
        ("200-250 km west of Okushiri Island", 200.0, 250.0, 270.0),
        ("some 150 kilometers NNW of the Okushiri Island", 150.0, 150.0, 337.5),
        ("北海道奥尻島の西約300キロの日本海", 300.0, 300.0, 270.0),
        ("奥尻島から約300km", 300.0, 300.0, math.nan),
        ("오쿠시리섬 서쪽 약 300km 해상", 300.0, 300.0, 270.0),
    ],
)
def test_a_distance_and_a_direction_from_a_named_place(words, low_km, high_km, bearing_deg):
    (mark,) = landing_of(PLACES, words).marks
    assert (mark.low_m, mark.high_m) == (low_km * 1e3, high_km * 1e3)
    assert mark.bearing_rad == approx(math.radians(bearing_deg), nan_ok=True)
    assert tuple(mark.points_rad[0]) == approx(OKUSHIRI, abs=1e-9)


def test_two_circles_a_prefecture_and_a_sea():
    assert len(landing_of(PLACES, "about 500 km from Sado Island, about 300 km from the Oki Islands").marks) == 2
    (mark,) = landing_of(PLACES, "about 250 km west of Aomori Prefecture").marks
    assert len(mark.points_rad) > 10
    sea = landing_of(PLACES, "in the Sea of Japan")
    assert sea.water.name.startswith("Sea of Japan")
    assert not sea.marks


def test_words_that_name_nothing_known_say_nothing():
    assert landing_of(PLACES, "about 300 km west of Nowhere Rock") is None
    assert landing_of(PLACES, "into the sea") is None
    assert landing_of(PLACES, "") is None


def test_the_stated_place_is_likeliest_and_places_a_hundred_kilometres_off_are_not():
    landing = landing_of(PLACES, "about 300 km west of Okushiri Island")
    stated = frames.destination(*OKUSHIRI, 1.5 * math.pi, 300e3)
    near, off = (frames.destination(*stated, 0.3, d) for d in (5e3, 150e3))
    at = np.array([stated, near, off])
    found = log_likelihood(landing, at[:, 0], at[:, 1], ERRORS)
    assert found[0] == approx(0.0, abs=0.02)
    assert found[0] > found[1] > -0.5
    assert found[2] < -3.0


def test_outside_the_named_sea_is_unlikely_and_nowhere_is_impossible():
    sea = landing_of(PLACES, "Sea of Japan")
    lat, lon = np.radians([40.0, 40.0, math.nan]), np.radians([134.0, 150.0, 134.0])
    assert log_likelihood(sea, lat, lon, ERRORS) == approx([0.0, math.log(0.002), -math.inf])


@given(azimuth=floats(-3.1, 3.1), distance_m=floats(1e3, 5e6))
def test_going_there_and_looking_back_agree(azimuth, distance_m):
    lat, lon = destinations(0.7, 2.2, np.array([azimuth]), np.array([distance_m]))
    assert arc_m(0.7, 2.2, lat, lon)[0] == approx(distance_m, rel=1e-6)
    assert azimuth_rad(0.7, 2.2, lat, lon)[0] == approx(azimuth, abs=1e-6)
