"""What cannot be: planted one by one, found by general rules; and sound lists, in which nothing is found."""

import dataclasses

import pytest
from tests.helpers.history import entry, site

from bongsu.catalogue.entries import Field
from bongsu.catalogue.faults import capability_m
from bongsu.catalogue.settle import settle


def rules(*entries):
    return sorted({(f.rule, f.source) for s in settle(entries) for f in s.faults})


def usual(n=40):
    """Morning launches, so that a day has habits."""
    return [
        entry("usual", f"2019-{1 + k // 28:02d}-{1 + k % 28:02d}", f"{5 + k % 6:02d}:{k % 60:02d}", row=str(k))
        for k in range(n)
    ]


def test_sound_sources_have_no_fault():
    a = entry("a", "2020-05-05", "20:34 UTC", site=site(), range_km=450, apogee_km=110, vehicle_class="SRBM")
    b = entry("b", "2020-05-06", "05:35", site=site(), range_km=(440, 460), vehicle_class="SRBM")
    assert rules(a, b, *usual()) == []


@pytest.mark.parametrize(
    ("clock", "day", "rule"),
    [("17:34", "2020-05-06", "half_day"), ("14:34", "2020-05-06", "zone_mixed"), ("05:34", "2020-05-07", "day_off"),
     ("06:04", "2020-05-06", "times_differ")],
)  # fmt: skip
def test_a_shifted_clock_is_named_for_both_sides(clock, day, rule):
    a = entry("a", "2020-05-06", "05:34", site=site(), vehicle_class="SRBM")
    found = rules(a, entry("b", day, clock, site=site(), vehicle_class="SRBM"))
    assert {(rule, "a"), (rule, "b")} <= set(found)


def test_one_wrong_clock_of_a_salvo_is_found():
    a = [entry("a", "2020-05-06", c, row=c, site=site()) for c in ("06:45", "06:50")]
    b = entry("b", "2020-05-06", "06:45 and 18:50", n_low=2, site=site())
    assert ("half_day", "b") in rules(*a, b)


def test_a_local_day_beside_a_clock_in_utc():
    a = entry("a", "2020-05-06", "20:34 UTC", site=site())
    assert rules(a, entry("b", "2020-05-06", site=site())) == [("day_local_clock_utc", "a")]
    (one,) = settle([a, entry("b", "2020-05-06", site=site())])
    assert one.latest_ns - one.earliest_ns > 86_400 * 10**9  # both days are allowed


def test_an_hour_at_which_nothing_was_launched_is_a_doubt_unless_somebody_else_says_it():
    odd = entry("a", "2020-05-06", "21:40", site=site())
    assert ("unusual_hour", "a") in rules(odd, *usual())
    assert ("unusual_hour", "a") not in rules(odd, entry("b", "2020-05-06", "21:41", site=site()), *usual())
    one = next(s for s in settle([odd, *usual()]) if s.sources == ("a",))
    assert one.latest_ns - one.earliest_ns > 12 * 3_600 * 10**9  # half a day earlier is allowed


def test_swapped_figures_are_found_beside_another_source_and_beside_the_class():
    a = entry("a", "2020-05-06", site=site(), range_km=590, apogee_km=60)
    assert rules(a, entry("b", "2020-05-06", site=site(), range_km=60, apogee_km=590)) == [
        ("swapped_figures", "a"),
        ("swapped_figures", "b"),
    ]
    assert rules(entry("c", "2020-05-06", range_km=50, apogee_km=800, vehicle_class="SRBM")) == [
        ("swapped_figures", "c")
    ]
    assert rules(entry("c", "2020-05-06", range_km=1000, apogee_km=4500, vehicle_class="ICBM")) == []


@pytest.mark.parametrize(
    "figures",
    [{"range_km": 25_000}, {"apogee_km": -5}, {"range_km": -30}, {"apogee_km": 90_000}],
)
def test_figures_no_body_on_earth_keeps(figures):
    assert rules(entry("a", "2020-05-06", **figures)) == [("impossible_figure", "a")]


def test_a_long_range_with_hardly_an_apogee_is_no_ballistic_flight():
    assert rules(entry("a", "2020-05-06", range_km=3_000, apogee_km=60)) == [("range_beyond_apogee", "a")]
    assert rules(entry("a", "2020-05-06", range_km=3_000, apogee_km=60, vehicle_class="hypersonic_glide")) == []


@pytest.mark.parametrize(("minutes", "is_fault"), [(14, False), (13, False), (29, True), (9, True)])
def test_a_flight_time_is_held_against_the_ellipse(minutes, is_fault):
    found = rules(entry("a", "2020-05-06", range_km=2700, apogee_km=550, flight_time_min=minutes))
    assert found == ([("flight_time", "a")] if is_fault else [])


def test_figures_of_another_launch_are_found_where_they_contradict_their_own():
    other = entry("list", "2019-03-04", site=site(), range_km=2690, apogee_km=545)
    failed = entry("list", "2020-05-06", site=site(), row="2", outcome="failure")
    copied = entry("page", "2020-05-06", range_km=2700, apogee_km=550)
    assert ("copied_figures", "page") in rules(other, failed, copied)
    assert rules(other, entry("list", "2020-05-06", site=site(), row="2"), copied) == []  # two launches may be alike


def test_a_page_with_the_figures_of_another_launch_alone_is_quarantined():
    other = entry("list", "2019-03-04", site=site(), range_km=2690, apogee_km=545)
    page = entry(
        "page", "2020-05-06", range_km=2700, apogee_km=550, outcome="failure", is_list=False, has_official=True
    )
    assert [s.standing for s in settle([other, page]) if s.day == "2020-05-06"] == ["quarantined"]


def test_a_text_alone_counts_only_if_somebody_who_measures_is_named():
    blog = entry("blog", "2020-05-06", is_list=False)
    assert [s.standing for s in settle([blog])] == ["quarantined"]
    assert [s.standing for s in settle([dataclasses.replace(blog, has_official=True)])] == ["counted"]
    assert [s.standing for s in settle([blog, entry("a", "2020-05-06", site=site())])] == ["counted"]


def test_the_time_of_the_announcement_is_told_from_that_of_the_launch():
    own = entry("list", "2020-05-06", "12:34", site=site())
    page = entry("page", "2020-05-06", "12:39", is_list=False, has_official=True)
    assert rules(own, page) == [("announcement_time", "page")]


@pytest.mark.parametrize(
    ("mine", "theirs", "rule"),
    [
        ({"range_km": 700}, {"range_km": 450}, "figures_differ"),
        ({"n_low": 2}, {"n_low": 3}, "counts_differ"),
        ({"outcome": "success"}, {"outcome": "failure"}, "outcomes_differ"),
        ({"zone": "inside_eez_jpn"}, {"zone": "outside_eez_jpn"}, "zones_differ"),
    ],
)
def test_contradictions_are_told_as_doubts(mine, theirs, rule):
    def with_zone(source, said):
        zone = said.pop("zone", "")
        e = entry(source, "2020-05-06", "05:34", site=site(), **said)
        return (
            dataclasses.replace(e, fields=(*e.fields, Field("zone", "zone", zone, "jpn.gov", value=zone)))
            if zone
            else e
        )

    (one,) = settle([with_zone("a", dict(mine)), with_zone("b", dict(theirs))])
    assert [(f.rule, f.is_doubt) for f in one.faults] == [(rule, True)]


def test_bounds_contradict_only_outside_themselves():
    at_least = entry("a", "2020-05-06", "05:34", site=site(), apogee_km=(2000, float("inf")))
    assert rules(at_least, entry("b", "2020-05-06", site=site(), apogee_km=2111.5)) == []
    assert rules(at_least, entry("b", "2020-05-06", site=site(), apogee_km=900)) == [("figures_differ", "a")]


def test_no_field_is_ever_changed_by_a_fault():
    a = entry("a", "2020-05-06", site=site(), range_km=590, apogee_km=60)
    b = entry("b", "2020-05-06", site=site(), range_km=60, apogee_km=590)
    before = repr((a, b))
    (one,) = settle([a, b])
    assert repr((a, b)) == before
    assert one.figures == {}  # of which is which nothing is known


@pytest.mark.parametrize(("range_km", "apogee_km"), [(500, 122), (1000, 240), (3000, 655), (5500, 1041)])
def test_a_flight_of_least_energy_can_do_just_its_range(range_km, apogee_km):
    assert capability_m(range_km, apogee_km) == pytest.approx(range_km * 1e3, rel=0.005)
