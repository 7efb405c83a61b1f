"""Figures carry no more digits than their uncertainty supports, and always a unit."""

import math

import pytest
from hypothesis import given
from hypothesis.strategies import floats

from bongsu.adapters.publish import rounding as say

S = 1_000_000_000


@pytest.mark.parametrize(
    ("value", "half", "said"),
    [
        (687.3, 42.0, "690 ± 40 km"),
        (687.3, 14.8, "687 ± 15 km"),
        (687.3, 0.34, "687.3 ± 0.3 km"),
        (52.04, 1.49, "52.0 ± 1.5 km"),
        (52.04, 1.96, "52 ± 2 km"),
        (687.3, 180.0, "690 ± 180 km"),
        (687.3, 960.0, "700 ± 1000 km"),
        (-0.2, 3.0, "0 ± 3 km"),
        (687.3, 0.0, "about 690 km"),
    ],
)
def test_a_figure_ends_where_its_uncertainty_begins(value, half, said):
    assert say.plus_minus(value, half, "km") == said


@given(value=floats(-1e6, 1e6), half=floats(1e-3, 1e5))
def test_rounding_moves_a_figure_by_less_than_half_its_uncertainty(value, half):
    printed = float(say.at_place(value, say.last_place(half)))
    assert abs(printed - value) <= 0.5 * half * (1.0 + 1e-9)


@given(value=floats(-1e6, 1e6), half=floats(1e-3, 1e5))
def test_the_printed_uncertainty_is_within_a_quarter_of_the_true_one(value, half):
    printed = float(say.plus_minus(value, half, "km").split("± ")[1].removesuffix(" km"))
    assert 0.75 * half <= printed <= 1.25 * half


@given(p=floats(0.0, 1.0))
def test_no_probability_is_printed_as_certain(p):
    assert say.percent(p) not in ("0 %", "100 %")


def test_probabilities_at_the_ends_are_said_in_words():
    assert [say.percent(p) for p in (0.0, 0.0099, 0.5, 0.994, 1.0)] == [
        "under 1 %",
        "under 1 %",
        "50 %",
        "over 99 %",
        "over 99 %",
    ]


def test_lengths_are_printed_with_half_a_90_percent_interval():
    assert say.km(690_000.0, 10_000.0) == "690 ± 16 km"  # 1.645 sigma


def test_angles_are_printed_in_degrees_with_half_a_90_percent_interval():
    assert say.degrees(math.radians(85.2), math.radians(2.0)) == "85° ± 3°"


def test_an_interval_that_rounds_to_one_figure_is_printed_once():
    assert say.interval(42.1, 48.7, "km") == "42 to 49 km"
    assert say.interval(42.0, 42.0, "km") == "42 km"


@pytest.mark.parametrize(
    ("seconds", "said"), [(38.4, "38 s"), (59.6, "1 min 00 s"), (245.0, "4 min 05 s"), (3840.0, "1 h 04 min")]
)
def test_a_span_of_time_is_said_as_people_say_it(seconds, said):
    assert say.duration(seconds) == said


@pytest.mark.parametrize(
    ("half", "said"), [(6.0, "5 min 40 s ± 6 s"), (24.0, "5 min 40 s ± 24 s"), (90.0, "5.7 ± 1.5 min")]
)
def test_a_flight_time_gives_up_seconds_it_does_not_have(half, said):
    assert say.duration_pm(340.2, half) == said


def test_an_instant_gives_up_seconds_it_does_not_know():
    t_ns = 1_762_486_512 * S + 300_000_000
    assert say.clock(t_ns, 6.0) == "03:35:12 UTC"
    assert say.clock(t_ns, 75.0) == "03:35 UTC"
    assert say.date(t_ns) == "7 November 2025"
    assert say.iso(t_ns) == "2025-11-07T03:35:12.300Z"


def test_a_count_carries_its_sign():
    assert [say.signed(round(s * S)) for s in (134.2, -5.0, -0.2)] == ["+2:14", "-0:05", "+0:00"]


@pytest.mark.parametrize(
    ("half_m", "said"),
    [
        (30_000.0, "40.2° N 125.2° E"),
        (2_000.0, "40.21° N 125.20° E"),
        (300_000.0, "40° N 125° E"),
        (1.0, "40.2090° N 125.2040° E"),
    ],
)
def test_coordinates_have_the_digits_their_region_supports(half_m, said):
    assert say.coordinates(math.radians(40.209), math.radians(125.204), half_m) == said


def test_coordinates_name_their_hemispheres():
    assert say.coordinates(math.radians(-12.0), math.radians(-77.0), 300_000.0) == "12° S 77° W"


def test_an_instant_late_in_the_utc_day_is_of_the_next_local_one():
    t_ns = 1_762_530_959 * S  # 2025-11-07T15:55:59Z
    assert (say.minute(t_ns), say.local(t_ns)) == ("2025-11-07 15:55 UTC", "2025-11-08 00:55")
    assert say.local_day(t_ns) == "2025-11-08"
