"""Notices into areas, inside the fold."""

import math

from msgspec import UNSET
from tests.helpers.notices import HYDROPAC, NAVAREA, NOTAM, instant

from bongsu.constants import NS_PER_S
from bongsu.messages import codec
from bongsu.messages.accounts import NoticeArea, NoticeRead
from bongsu.messages.inputs import Notice
from bongsu.stages import read


def said(text, **fields):
    cfg = read.configure(None, None)
    state, found = read.step(cfg, read.start(cfg), Notice(**{"text_id": "a", "text": text} | fields))
    assert state == read.start(cfg)
    return found


def test_a_notice_gives_its_outcome_first_and_then_its_areas():
    outcome, area = said(NOTAM)
    assert isinstance(outcome, NoticeRead)
    assert isinstance(area, NoticeArea)
    assert (outcome.notice_id, outcome.n_areas, outcome.problems) == ("A0001/30", 1, ())
    assert outcome.begins_ns == area.begin_ns[0] == instant("2030-03-04 01:00") * NS_PER_S
    assert area.lat_rad[0] == math.radians(30.0)
    assert (area.radius_m, area.upper_m, area.lower_m) == (UNSET, UNSET, 0.0)


def test_what_is_unknown_is_absent():
    outcome, area = said(NOTAM.replace("B) 3003040100", "B) 3002300100"))
    assert outcome.begins_ns is UNSET
    assert outcome.ends_ns == instant("2030-03-08 05:00") * NS_PER_S
    assert area.begin_ns == area.end_ns == ()


def test_a_circle_has_centre_radius_and_ring():
    _, area = said(HYDROPAC)
    assert (area.shape, area.radius_m, len(area.lat_rad)) == ("circle", 46_300.0, 72)
    assert area.centre_lat_rad == math.radians(28.25)


def test_every_finding_survives_the_record_and_carries_the_flags_of_the_border():
    found = said(NAVAREA, flags=("cut",))
    assert found[0].flags == ("cut",)
    assert [codec.decode_finding(codec.encode(finding)) for finding in found] == found


def test_a_publication_gives_a_year():
    text = NAVAREA.replace("NAVAREA XI 0001/30\n", "")
    assert "without a year" in said(text)[0].problems[0]
    assert said(text, published_ns=instant("2030-05-29 00:00") * NS_PER_S)[1].begin_ns
