"""Cells: days, clocks, numbers with bounds; what cannot be says why."""

import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bongsu.catalogue.entries import DAY_NS, LOCAL_NS, day_ns
from bongsu.catalogue.values import Number, clocks_of, day_of, instant_of, number_of, when


@pytest.mark.parametrize(
    ("cell", "low", "high"),
    [
        ("450", 450, 450), ("1,100", 1100, 1100), ("2111.5", 2111.5, 2111.5), ("~450 km", 450, 450), ("about 60", 60, 60),
        ("over 2000", 2000, math.inf), (">2500", 2500, math.inf), ("at least 1,000", 1000, math.inf), ("1000+", 1000, math.inf),
        ("up to 60", -math.inf, 60), ("<100", -math.inf, 100), ("less than 100", -math.inf, 100), ("50-60", 50, 60),
        ("430 to 690 km", 430, 690), ("690..430", 430, 690), ("2000km以上", 2000, math.inf), ("-5.5", -5.5, -5.5),
    ],
)  # fmt: skip
def test_bounds_become_intervals(cell, low, high):
    found = number_of(cell)
    assert isinstance(found, Number)
    assert (found.low, found.high) == (low, high)


@pytest.mark.parametrize("cell", ["", "unknown", "450 and 600", "nan", "inf", "--"])
def test_what_is_no_number_says_so(cell):
    assert isinstance(number_of(cell), str)


@pytest.mark.parametrize("cell", ["2017-02-29", "2017-13-01", "2017-00-10", "17-01-01", "yesterday", "", "2017-06-31"])
def test_days_that_do_not_exist_are_refused(cell):
    assert isinstance(day_of(cell), str)


def test_a_month_is_a_month():
    assert day_of("1984-09") == (date(1984, 9, 1), "month")
    found = when(date(1984, 12, 1), "month", (), LOCAL_NS)
    assert (found.earliest_ns, found.latest_ns) == (day_ns(date(1984, 12, 1)), day_ns(date(1985, 1, 1)))


@pytest.mark.parametrize(
    ("cell", "minutes", "is_utc"),
    [("12:29 (UTC)", (749,), True), ("05:34 and 05:57", (334, 357), False), ("7:00 a.m.", (420,), False),
     ("6:50 PM", (1130,), False),
     ("12:05 am", (5,), False), ("2017-01-01T03:04:05Z", (184,), True)],
)  # fmt: skip
def test_clocks(cell, minutes, is_utc):
    assert clocks_of(cell) == (minutes, is_utc)


@pytest.mark.parametrize("cell", ["25:00", "12:60", "13:00 p.m.", "0:30 pm", "noon", ""])
def test_clocks_that_do_not_exist_are_refused(cell):
    assert isinstance(clocks_of(cell), str)


def test_a_day_of_a_list_in_utc_without_a_clock_may_be_local():
    found = when(date(2019, 9, 9), "day", (), 0)
    assert found.earliest_ns == day_ns(date(2019, 9, 9), LOCAL_NS)
    assert found.latest_ns - found.earliest_ns == DAY_NS + LOCAL_NS


@given(day=st.dates(date(1950, 1, 1), date(2100, 1, 1)), minute=st.integers(0, 1439), hours=st.integers(-12, 14))
def test_a_clock_lies_in_its_own_day(day, minute, hours):
    offset_ns = hours * 3_600 * 10**9
    found = when(day, "day", (minute,), offset_ns)
    assert day_ns(day, offset_ns) <= found.earliest_ns < found.latest_ns <= day_ns(day, offset_ns) + DAY_NS


@given(st.text(max_size=60))
def test_no_cell_breaks_anything(cell):
    for read in (day_of, clocks_of, number_of):
        read(cell)


@pytest.mark.parametrize("cell", ["0001-12-31", "1600-01-01", "2262-12-31", "9999-12"])
def test_a_day_that_nanoseconds_cannot_hold_is_none(cell):
    assert "lies outside" in day_of(cell)
    assert instant_of(f"{cell[:7]}-01T00:00:00Z") is None
