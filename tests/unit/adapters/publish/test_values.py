"""The figures of findings in words: the digits they support, the intervals they have."""

import pytest
from msgspec import structs
from tests.helpers import synthetic as syn

from bongsu.adapters.publish import values

POINT, IMPACT, APOGEE, FLIGHT, *_ = syn.forecast(50, 100.0)


@pytest.mark.parametrize(
    ("sigma_s", "said"), [(0.1, "± 1 s"), (3.0, "± 5 s"), (30.0, "± 49 s"), (40.0, "± 1.1 min"), (200.0, "± 5 min")]
)
def test_a_moment_gives_its_spread_in_seconds_then_in_minutes(sigma_s, said):
    assert values.impact_time(structs.replace(IMPACT, sigma_impact_s=sigma_s)).endswith(said)


def test_a_lopsided_apogee_is_told_as_an_interval():
    even = structs.replace(APOGEE, apogee_m=52e3, low_m=50e3, high_m=54e3)
    assert values.apogee(even) == "52 ± 2 km"
    assert values.apogee(structs.replace(even, high_m=80e3)) == "52 km (50 to 80 km)"


def test_a_region_is_told_by_length_width_and_bearing_and_a_round_one_without():
    assert values.region((9e8, 0.0, 4e7)) == "130 by 27 km, long axis 90° from north"
    assert values.region((9e8, 0.0, 9e8)) == "130 km across"


@pytest.mark.parametrize(
    ("value", "said"), [(0.0, "0"), (0.841, "0.84"), (6.31, "6.3"), (9.99, "10"), (62.4, "62"), (144.0, "140")]
)
def test_a_size_has_two_figures(value, said):
    assert values.two_figures(value) == said


@pytest.mark.parametrize(("h_m", "said"), [(51_700.0, "52 km"), (8_340.0, "8.3 km"), (0.0, "0.0 km")])
def test_a_height_is_told_to_the_kilometre_or_to_a_tenth_when_low(h_m, said):
    assert values.height(h_m, 0.0) == said


def test_speed_is_told_in_the_unit_people_use_for_it():
    assert values.speed(2_034.0) == "2.0 km/s"
    assert values.speed(247.0) == "250 m/s"
