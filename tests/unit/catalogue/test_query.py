"""Windows before a launch: what counts, what may, who is silent, and when words were loose."""

import pytest
from tests.helpers.history import COLUMNS, spec, take, take_text, write

from bongsu.catalogue import query
from bongsu.catalogue.past import past_launches
from bongsu.catalogue.store import Store
from bongsu.errors import BadInput
from bongsu.messages import codec

STORY = (
    "North Korea fired a ballistic missile on Friday, South Korea's military said, "
    "following missile launches in the past two weeks."
)


def catalogue(tmp_path, days, story=STORY, **more):
    store = Store()
    take(store, write(tmp_path / "a.csv", [{"day": d, "site": "Wonsan", **more} for d in days], COLUMNS))
    if story:
        take_text(store, story)
    store.settle()
    return store


def test_launches_of_the_days_before_count_and_the_launch_itself_does_not(tmp_path):
    w = query.before(catalogue(tmp_path, ["2025-10-20", "2025-10-24", "2025-11-06", "2025-11-08"]), "2025-11-07", 14)
    assert [k.day for k in w.counted] == ["2025-10-24", "2025-11-06"]
    assert [k.day for k in w.just_before] == ["2025-10-20"]
    assert w.event_id == "2025-11-07.1"


def test_words_are_borne_out_loose_or_not_to_be_checked(tmp_path):
    (borne,) = query.before(catalogue(tmp_path, ["2025-10-28", "2025-11-02", "2025-12-01"]), "2025-11-07", 14).loose
    assert (borne.printed, borne.n_days, borne.n_low, borne.is_loose) == ("past two weeks", 14, 2, False)
    assert "2 dated launches within them" in borne.says
    (loose,) = query.before(catalogue(tmp_path, ["2025-10-22", "2025-10-28", "2025-12-01"]), "2025-11-07", 14).loose
    assert loose.is_loose
    assert "2025-10-22.1 16 days before" in loose.says
    (unknown,) = query.before(catalogue(tmp_path, ["2020-01-01"]), "2025-11-07", 14).loose
    assert not unknown.is_loose
    assert "cannot be checked" in unknown.says


def test_a_mention_is_never_a_count(tmp_path):
    w = query.before(catalogue(tmp_path, ["2020-01-01"]), "2025-11-07", 14)
    assert (w.counted, w.n_spoken_of) == ((), 2)


def test_a_list_that_ends_before_the_window_is_said_to_be_silent(tmp_path):
    assert query.before(catalogue(tmp_path, ["2020-01-01"]), "2025-11-07", 14).silent == (("ours", "2020-01-01"),)
    assert query.before(catalogue(tmp_path, ["2020-01-01", "2025-12-01"]), "2025-11-07", 14).silent == ()


def test_a_launch_whose_day_is_doubted_may_count(tmp_path):
    store = Store()
    utc = spec(zone="UTC")
    take(store, write(tmp_path / "a.csv", [{"day": "2025-10-23"}, {"day": "2025-11-06"}], COLUMNS), utc)
    store.settle()
    w = query.before(store, "2025-11-07", 14)
    assert [k.day for k in w.perhaps] == ["2025-10-23", "2025-11-06"]  # in UTC they reach into the next local day
    assert w.counted == ()


def test_a_day_without_a_launch_can_be_asked_for_and_anything_else_cannot(tmp_path):
    store = catalogue(tmp_path, ["2020-01-01"], story="")
    assert query.before(store, "2020-01-05", 14).event_id == ""
    with pytest.raises(BadInput, match="--before"):
        query.before(store, "soon", 14)


def test_disagreements_of_launches_in_the_window_are_told(tmp_path):
    store = catalogue(tmp_path, ["2025-11-01"], km="450")
    take(
        store,
        write(tmp_path / "b.csv", [{"day": "2025-11-01", "site": "Wonsan", "km": "700"}], COLUMNS),
        spec("theirs"),
    )
    store.settle()
    (found,) = query.before(store, "2025-11-07", 14).disagreements
    assert found[0] == "2025-11-01.1"
    assert found[2] == "figures_differ"


def test_past_launches_come_in_order_of_publication_and_are_messages(tmp_path):
    store = catalogue(tmp_path, ["2025-10-20", "2020-01-01", "1969-05-05"], n="2")
    found = list(past_launches(store))
    assert [(p.launch_id, p.source) for p in found] == [
        ("2020-01-01.1", "ours"), ("2025-10-20.1", "ours"), ("2025-11-07.1", "report"),
    ]  # fmt: skip
    assert [p.published_ns for p in found] == sorted(p.published_ns for p in found)
    assert all(p.published_ns > p.earliest_ns for p in found)
    assert [p.is_published_assumed for p in found] == [True, True, False]
    assert (found[0].n_low, found[0].site, found[0].launcher) == (2, "Wonsan", "prk")
    for p in found:
        assert codec.decode_input(codec.encode(p)) == p


def test_a_later_revision_of_a_faulty_hour_widens_what_enters_the_fold(tmp_path):
    rows = [
        {"day": f"2019-{1 + k // 28:02d}-{1 + k % 28:02d}", "clock": f"{5 + k % 6:02d}:{k % 60:02d}"} for k in range(40)
    ]
    store = Store()
    take(store, write(tmp_path / "a.csv", [*rows, {"day": "2020-05-06", "clock": "21:40"}], COLUMNS))
    found = list(past_launches(store))[-1]
    assert found.faults == ("unusual_hour",)
    assert found.latest_ns - found.earliest_ns > 12 * 3_600 * 10**9
    assert found.published_ns > found.latest_ns
