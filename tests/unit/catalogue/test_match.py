"""Which entries are one launch: time with its zones, place, class, count; salvos; what stays open."""

import random

import pytest
from tests.helpers.history import entry, site

from bongsu.catalogue.match import launches_of


def sources(found):
    return sorted(tuple(sorted(g.source for g in launch.groups)) for launch in found)


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        (("2020-05-06", "05:34"), ("2020-05-06", "05:36")),  # first seen, or computed
        (("2020-05-06", "05:34"), ("2020-05-06", "")),
        (("2020-05-06", "05:34"), ("2020-05-06", "17:34")),  # half a day
        (("2020-05-06", "05:34"), ("2020-05-06", "14:34")),  # local for UTC
        (("2020-05-06", "05:34"), ("2020-05-07", "05:34")),  # a day
    ],
)
def test_two_sources_of_one_launch_are_joined_though_a_clock_is_wrong(mine, theirs):
    a = entry("a", *mine, site=site(), vehicle_class="SRBM")
    b = entry("b", *theirs, site=site(lat_deg=39.25), vehicle_class="SRBM")
    assert sources(launches_of([a, b])) == [("a", "b")]


def test_a_day_in_utc_meets_the_local_day_it_is():
    a = entry("a", "2020-05-05", "20:34 UTC", site=site())
    assert sources(launches_of([a, entry("b", "2020-05-06", site=site())])) == [("a", "b")]


@pytest.mark.parametrize(
    "theirs",
    [
        {"day": "2020-05-09"}, {"day": "2020-05-06", "clock": "11:34"},
        {"day": "2020-05-06", "site": site(lat_deg=41.5, lon_deg=129.7)},
        {"day": "2020-05-06", "launcher": "jpn"},
    ],
)  # fmt: skip
def test_two_launches_stay_two(theirs):
    theirs = {"site": site()} | theirs
    day, clock = theirs.pop("day"), theirs.pop("clock", "")
    a = entry("a", "2020-05-06", "05:34", site=site())
    assert sources(launches_of([a, entry("b", day, clock, **theirs)])) == [("a",), ("b",)]


def test_rows_of_one_list_at_one_place_and_hour_are_one_salvo():
    rows = [entry("a", "2020-05-06", f"05:{m}", row=str(m), site=site()) for m in (10, 24, 51)]
    (launch,) = launches_of([*rows, entry("b", "2020-05-06", n_low=3, site=site())])
    assert sorted(g.n for g in launch.groups) == [3, 3]


def test_a_list_of_missiles_without_clocks_is_grouped_by_its_printed_day():
    rows = [entry("a", "2020-05-06", row=str(n), site=site(), zone_h=0) for n in (1, 2)]
    rows.append(entry("a", "2020-05-07", row="3", site=site(), zone_h=0))
    assert sorted(g.n for launch in launches_of(rows) for g in launch.groups) == [1, 2]


def test_a_row_that_counts_two_covers_both_launches_of_its_day():
    rows = [
        entry("a", "2020-05-06", "06:33", row="1", site=site()),
        entry("a", "2020-05-06", "19:24", row="2", site=site()),
    ]
    found = launches_of([*rows, entry("b", "2020-05-06", n_low=2, site=site())])
    assert len(found) == 2
    assert sorted((len(x.groups), [g.source for g in x.covering]) for x in found) == [(1, ["b"]), (2, [])]


def test_a_second_launch_nearly_as_likely_is_kept_not_decided():
    rows = [
        entry("a", "2020-05-06", "06:33", row="1", site=site()),
        entry("a", "2020-05-06", "19:24", row="2", site=site()),
    ]
    found = launches_of([*rows, entry("b", "2020-05-06", n_low=1, site=site())])
    assert len(found) == 2
    assert [g.source for x in found for g, _ in x.maybe] == ["b"]


def test_launches_that_only_the_place_keeps_apart_point_at_each_other():
    found = launches_of(
        [entry("a", "2020-05-06", site=site()), entry("b", "2020-05-06", site=site(lat_deg=41.5, lon_deg=129.7))]
    )
    assert len(found) == 2
    assert sum(len(x.maybe) for x in found) == 1


def test_the_order_of_entries_does_not_matter():
    entries = [
        entry(s, f"2020-05-{d:02d}", c, row=str(d), site=site())
        for d in range(1, 28)
        for s, c in (("a", "05:34"), ("b", ""))
    ]
    expected = sources(launches_of(entries))
    assert expected == [("a", "b")] * 27
    for seed in range(3):
        random.Random(seed).shuffle(entries)
        assert sources(launches_of(entries)) == expected


def test_every_entry_is_in_exactly_one_launch_as_its_own():
    rng = random.Random(1)
    entries = [
        entry(
            rng.choice("abc"),
            f"2020-05-{rng.randint(1, 9):02d}",
            rng.choice(["", "05:34", "17:00"]),
            row=str(n),
            n_low=rng.randint(1, 4),
        )
        for n in range(200)
    ]
    own = [e.row for launch in launches_of(entries) for g in launch.groups for e in g.entries]
    assert sorted(own) == sorted(e.row for e in entries)
