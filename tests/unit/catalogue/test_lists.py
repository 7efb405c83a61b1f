"""Rows of described lists into entries; every field with its column."""

import pytest
from tests.helpers.flights import tables
from tests.helpers.history import OURS, TOLD, spec

from bongsu.catalogue import describe, lists
from bongsu.catalogue.entries import Entry, local_day, words
from bongsu.catalogue.lists import Refused
from bongsu.catalogue.rows import Row
from bongsu.errors import BadInput


def made(cells, described=None):
    return lists.entry_of(described or spec(), Row(7, cells), {}, tables().places)


def test_a_row_gives_time_site_figures_and_where_each_is_printed():
    e = made(
        {
            "day": "2020-05-06",
            "clock": "05:34",
            "site": "Wonsan",
            "km": "over 400",
            "top": "~50",
            "class": "SRBM",
            "n": "2",
        }
    )
    assert isinstance(e, Entry)
    assert (words(e.earliest_ns), e.precision, e.n_low, e.n_high, e.vehicle_class) == (
        "2020-05-05 20:34Z",
        "clock",
        2,
        2,
        "SRBM",
    )
    assert e.site is not None
    got = {f.quantity: (f.column, f.printed, f.low, f.high, f.hedge, f.speaker) for f in e.fields}
    assert got["range_km"] == ("km", "over 400", 400.0, float("inf"), "at_least", "analyst")
    assert got["apogee_km"] == ("top", "~50", 50.0, 50.0, "about", "analyst")
    assert set(got) == {"day", "clock", "site", "range_km", "apogee_km", "vehicle_class", "count"}
    assert e.row == "7"


def test_a_clock_that_says_utc_is_utc_whatever_the_list_says():
    e = made({"day": "2020-05-06", "clock": "20:34 (UTC)"})
    assert words(e.earliest_ns) == "2020-05-06 20:34Z"
    assert local_day(e.earliest_ns).isoformat() == "2020-05-07"


def test_unknown_words_are_nothing():
    e = made({"day": "2020-05-06", "clock": "?", "km": "?", "site": "?"})
    assert (e.precision, [f.quantity for f in e.fields]) == ("day", ["day"])


@pytest.mark.parametrize(
    ("cells", "says"), [({"day": "2020-02-30"}, "2020-02-30"), ({"day": ""}, "no day"), ({}, "no day")]
)
def test_a_row_without_a_day_that_exists_is_refused_with_its_reason(cells, says):
    found = made(cells)
    assert isinstance(found, Refused)
    assert says in found.reason


def test_a_clock_that_does_not_exist_is_a_fault_and_the_row_stays():
    e = made({"day": "2020-05-06", "clock": "25:10", "km": "many"})
    assert e.precision == "day"
    assert [n.split(":")[0] for n in e.notes] == ["clock_does_not_exist", "no_number"]


def test_a_text_is_read_like_any_report_and_its_fields_have_characters():
    story = "North Korea fired two short-range ballistic missiles at 5:34 a.m. and 5:50 a.m. "
    story += "They flew about 410 kilometers (310 miles)."
    e = made({"date": "2020-05-06", "story": story}, spec("told", body=TOLD))
    assert (e.n_low, e.vehicle_class, len(e.clocks_ns)) == (2, "SRBM", 2)
    for f in e.fields:
        if f.stop:
            assert (f.column, story[f.start : f.stop]) == ("story", f.printed)
    assert [n.split(":")[0] for n in e.notes] == ["units_disagree"]


def test_a_text_of_another_day_than_its_row_is_a_fault_and_both_days_are_allowed():
    e = made(
        {"date": "2020-05-06", "story": "On May 9, 2020, North Korea fired a ballistic missile."},
        spec("told", body=TOLD),
    )
    assert [n.split(":")[0] for n in e.notes] == ["days_disagree"]
    assert (local_day(e.earliest_ns).day, local_day(e.latest_ns - 1).day) == (6, 9)


def test_a_list_is_known_by_its_columns_not_by_its_name():
    specs = (spec(), spec("told", body=TOLD))
    assert describe.recognised(["story", "date", "x"], specs).name == "told"
    assert describe.recognised(["story", "day"], specs) is None
    with pytest.raises(BadInput, match="--describe"):
        describe.require(["story"], specs, "a.csv")


@pytest.mark.parametrize(
    "body",
    [
        "not toml [", "name = 'x'", OURS.replace("{zone}", "Mars"),
        OURS.replace("{zone}", "UTC").replace("range_km", "burn_out_speed"),
        OURS.replace("{zone}", "UTC") + 'bad = "("', OURS.replace("{zone}", "UTC").replace('day = "day"', "", 1),
    ],
)  # fmt: skip
def test_a_description_that_cannot_be_is_one_clear_error(body):
    with pytest.raises(BadInput):
        describe.load(body.encode(), "x.toml")


def test_what_is_shipped_are_descriptions_with_terms():
    found = describe.shipped()
    assert len({s.name for s in found}) == len(found) >= 3
    assert all(s.terms and s.recognise for s in found)
