"""Launch areas in words, and how well each is known."""

import math

import pytest

from bongsu.models.reconstruct_sites import site_of
from bongsu.run.tables import load_tables

PLACES = load_tables().places


@pytest.mark.parametrize(
    ("words", "lat_deg", "lon_deg", "sigma_km"),
    [
        ("Tongchang-ri", 39.66, 124.71, 5.0),
        ("陽徳", 39.28, 126.80, 5.0),
        ("Hamju", 39.9, 127.4, 10.0),
        ("Jagang", 40.9, 126.4, 50.0),
        ("northwest region", 40.3, 125.6, 70.0),
        ("중국 국경 인근 북서부", 40.3, 125.6, 70.0),
    ],
)
def test_a_site_a_county_a_province_or_a_part_of_the_country(words, lat_deg, lon_deg, sigma_km):
    found = site_of(PLACES, words)
    assert math.degrees(found.lat_rad) == pytest.approx(lat_deg, abs=0.3)
    assert math.degrees(found.lon_rad) == pytest.approx(lon_deg, abs=0.3)
    assert found.sigma_m == sigma_km * 1e3


def test_what_is_not_listed_has_no_place():
    assert site_of(PLACES, "somewhere else") is None
    assert site_of(PLACES, "") is None
