"""What is set aside: it stays in the record with its reason and is never preferred."""

import pytest
from tests.helpers.told import DAY, T0_NS, claim, event, flight, point
from tests.unit.stages.test_reconcile_stage import account, told

from bongsu.stages.reconcile.prefer import reconcile
from bongsu.stages.reconcile.quarantine import fall_min


@pytest.mark.parametrize(
    ("reach", "top", "minutes"),
    [
        (787, 2111.5, 27.9), (933, 2802, 34.4), (998, 3724.9, 43.1), (2700, 550, 13.4), (3700, 800, 17.2), (950, 4475, 50.3),
        (450, 910, 16.1),
    ],
)  # fmt: skip
def test_the_two_body_time_is_the_textbooks(reach, top, minutes):
    """Computed elsewhere from the same published ranges and apogees, to a tenth of a minute."""
    assert fall_min(reach, top) == pytest.approx(minutes, abs=0.06)


def three(speaker, range_km, apogee_km, minutes, text_id="t", number=1):
    rows = (("range_km", range_km), ("apogee_km", apogee_km), ("flight_time_min", minutes))
    return [claim(f"{number}.{k}", quantity, speaker, said, text_id=text_id) for k, (quantity, said) in enumerate(rows)]


@pytest.mark.parametrize(
    ("figures", "is_aside"),
    [
        ((2700, 550, 29), True),  # the figures of another launch and a time that goes with neither
        ((787, 2111.5, 30), False), ((933, 2802, 39), False), ((998, 3724.9, 47.2), False), ((2700, 550, 14), False),
        ((3700, 800, 19), False), ((950, 4475, 53), False), ((450, 910, 17), False),
        ((1000, 4000, 20), True), ((1500, 60, 20), False),  # a glide may take its time
    ],
)  # fmt: skip
def test_range_apogee_and_time_that_no_fall_has_are_set_aside(figures, is_aside):
    said, _ = reconcile(three("kor.jcs", *figures), day=DAY)
    assert [why for _, why in said.quarantined] == (["impossible"] * 3 if is_aside else [])
    assert all(bool(ids) != is_aside for ids in said.preferred)


def test_figures_of_another_day_that_this_one_contradicts_are_copies():
    other = [
        claim("1.0", "range_km", "kor.jcs", 2700, day="2030-04-01", text_id="a"),
        claim("1.1", "apogee_km", "kor.jcs", 550, day="2030-04-01", text_id="a"),
    ]
    page = [claim("2.0", "range_km", "media", 2700, text_id="b"), claim("2.1", "apogee_km", "media", 550, text_id="b")]
    today = [claim("3.0", "range_km", "kor.jcs", 400, text_id="c")]
    assert reconcile([*other, *page], day=DAY)[0].quarantined == ()  # it may be such a flight again
    assert reconcile([*other, *page, *today], day=DAY)[0].quarantined == (("2.0", "copied"), ("2.1", "copied"))


def test_two_figures_that_miss_ours_by_far_are_set_aside_and_one_is_not():
    seen = (event(), point(), flight())
    wild = (claim("3.0", "range_km", "kor.jcs", 2000), claim("3.1", "flight_time_min", "kor.jcs", 25))
    assert dict(account(told(seen, wild)[0][1]).quarantined) == {
        "3.0": "measured_otherwise",
        "3.1": "measured_otherwise",
    }
    assert account(told(seen, wild[:1])[0][1]).quarantined == ()


def test_what_only_the_press_says_waits_until_somebody_else_speaks():
    page = (claim("1.0", "range_km", "media", 1100), claim("1.1", "vehicle_class", "media", "IRBM"))
    found, _ = told(page, (claim("2.0", "vehicle_class", "kor.jcs", "SRBM", text_id="u"),))
    first, second = (account(said) for said in found)
    assert first.preferred == ((), ())
    assert {why for _, why in first.quarantined} == {"uncorroborated"}
    assert second.quarantined == ()
    assert second.preferred[second.quantity.index("range_km")] == ("1.0",)


def test_our_own_event_bears_the_press_out():
    assert account(told((event(), point()), (claim("1.0", "range_km", "media", 700),))[0][1]).quarantined == ()


def test_a_launch_of_a_day_that_has_not_come_is_set_aside():
    said = account(told((claim("1.0", "range_km", "kor.jcs", 700, day="2030-05-03", known_ns=T0_NS),))[0][0])
    assert said.quarantined == (("1.0", "future"),)
    assert said.preferred == ((),)


def test_what_is_set_aside_is_still_among_the_others():
    said, _ = reconcile(three("kor.jcs", 2700, 550, 29), day=DAY)
    assert sorted(i for ids in said.others for i in ids) == ["1.0", "1.1", "1.2"]
