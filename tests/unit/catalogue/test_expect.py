"""Announced launches: inside, early, late, elsewhere, nothing, and what no list can tell."""

import math

import pytest
from tests.helpers.notices import HYDROPAC, NOTAM, instant

from bongsu.catalogue.expect import Flown, answers, expectations_of, launcher_of
from bongsu.constants import NS_PER_S
from bongsu.messages.inputs import Notice

ALWAYS = {"jpn": (0, 2**62)}
NAMED = NOTAM.replace("ROCKET LAUNCH IS PLANNED", "JAXA PLANS A ROCKET LAUNCH")  # 4 to 8 March 2030, 01 to 05 UTC daily


def flown(when, **more):
    at = instant(when) * NS_PER_S
    return Flown(**({"launch_id": when, "launcher": "jpn", "earliest_ns": at, "latest_ns": at + 60 * NS_PER_S} | more))


def outcome(*launches, text=NAMED, covered=None):
    (answer,) = answers(
        expectations_of([Notice(text_id="n", text=text)]), launches, ALWAYS if covered is None else covered
    )
    return answer.outcome, answer.launch_id


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("2030-03-04 02:00", "inside"), ("2030-03-06 04:59", "inside"),
        ("2030-03-04 00:30", "inside"),  # what falls at one o'clock was launched before
        ("2030-03-03 22:43", "early"), ("2030-03-12 00:00", "late"),
        ("2030-04-12 00:00", "nothing"), ("2030-03-01 00:00", "nothing"),
    ],
)  # fmt: skip
def test_a_launch_is_judged_by_its_time(when, expected):
    assert outcome(flown(when))[0] == expected


def test_a_window_is_not_the_hours_between_two_windows():
    assert outcome(flown("2030-03-05 12:00"))[0] == "nothing"


def test_a_fall_far_from_the_areas_is_elsewhere():
    near = {"fall_lat_rad": math.radians(30.5), "fall_lon_rad": math.radians(131.5)}
    far = {"fall_lat_rad": math.radians(10.0), "fall_lon_rad": math.radians(131.5)}
    assert outcome(flown("2030-03-04 02:00", **near))[0] == "inside"
    assert outcome(flown("2030-03-04 02:00", **far))[0] == "elsewhere"


def test_another_nations_launch_answers_nothing():
    assert outcome(flown("2030-03-04 02:00", launcher="chn"))[0] == "nothing"


def test_a_missile_test_is_not_what_was_announced_unless_it_starts_there():
    assert outcome(flown("2030-03-04 02:00", vehicle_class="SRBM"))[0] == "nothing"
    there = {"lat_rad": math.radians(30.5), "lon_rad": math.radians(131.0)}
    assert outcome(flown("2030-03-04 02:00", vehicle_class="SRBM", **there))[0] == "inside"


def test_without_a_list_of_that_time_nothing_can_be_said():
    assert outcome(covered={})[0] == "not_known"
    assert outcome(covered={"jpn": (0, instant("2030-03-01 00:00") * NS_PER_S)})[0] == "not_known"


def test_a_replaced_or_cancelled_notice_expects_nothing():
    again = NAMED.replace("A0001/30 NOTAMN", "A0002/30 NOTAMR A0001/30").replace("3003040100", "3003050100")
    found = answers(
        expectations_of([Notice(text_id="a", text=NAMED), Notice(text_id="b", text=again)]),
        [flown("2030-03-06 02:00")],
        ALWAYS,
    )
    assert sorted(a.outcome for a in found) == ["inside", "void"]


def test_one_launch_answers_the_notice_it_is_inside_not_the_one_it_is_late_for():
    earlier = (
        NAMED.replace("A0001/30", "A0009/30").replace("3003040100", "3003010100").replace("3003080500", "3003020500")
    )
    texts = [Notice(text_id="a", text=earlier), Notice(text_id="b", text=NAMED)]
    found = {
        a.expectation.notice_id: a.outcome for a in answers(expectations_of(texts), [flown("2030-03-04 02:00")], ALWAYS)
    }
    assert found == {"A0009/30": "nothing", "A0001/30": "inside"}


def test_the_same_notice_twice_is_one_expectation_and_gunnery_is_none():
    texts = [Notice(text_id=n, text=NAMED) for n in "ab"] + [Notice(text_id="g", text=HYDROPAC)]
    assert len(expectations_of(texts)) == 1


@pytest.mark.parametrize(
    ("text", "places", "nation"),
    [
        ("FLW RECEIVED FROM JAPAN AEROSPACE EXPLORATION AGENCY", ("YMMM",), "jpn"),
        ("CHINESE AEROSPACE ACTIVITIES", ("YBBB",), "chn"),
        ("A TEMPORARY DANGER AREA", ("ZLHW",), "chn"), ("A TEMPORARY DANGER AREA", ("ZKKP",), "prk"),
        ("PSLV-C48", ("VOMF",), "ind"),
        ("A TEMPORARY DANGER AREA", ("YMMM",), ""), ("", (), ""),
    ],
)  # fmt: skip
def test_whose_launch_it_is(text, places, nation):
    assert launcher_of(text, places) == nation
