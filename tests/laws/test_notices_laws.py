"""What holds for any text taken for a notice: no crash, bounded findings that can be recorded, evidence that is there."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.helpers.mutation import HOSTILE, mutated
from tests.helpers.notices import OWN, shared

from bongsu.adapters.ingest.reports import notice_of, report_of
from bongsu.language.notices.coordinates import places_in
from bongsu.language.notices.reading import is_notice
from bongsu.language.notices.schedules import MAX_WINDOWS
from bongsu.messages import codec
from bongsu.messages.accounts import NoticeArea, NoticeRead
from bongsu.stages.read import notices

PIECES = st.sampled_from(
    "A0001/30 NOTAMN|\n|Q) |A) |B) |C) |D) |E) |F) |G) |"
    "3002300100|3003040100|0100-0500|DLY|EXC|31|MON|FEB|N3600E13000|3100N13200E|"
    "36-30.5N |130-00E|36°30′N|-|,| TO |BACK TO START|WI |10NM|RADIUS|OF|AREA 1:|EITHER SIDE OF LINE |SECTOR BTN |SFC|UNL|FL490|"
    "NAVAREA XI 0001/30|010100Z|JUN 30|CANCEL|DEBRIS|9999999999|60000M| |.".split("|")
)


def check(text):
    """Findings of any text are within their bounds, can be recorded, and show what was printed."""
    notice = notice_of(report_of(text, "x"))
    is_notice(notice.text)
    found = notices.findings(notice)
    for finding in found:
        assert codec.decode_finding(codec.encode(finding)) == finding
        if isinstance(finding, NoticeArea):
            assert notice.text[slice(*finding.span)] == finding.evidence != ""
            assert len(finding.lat_rad) == len(finding.lon_rad) >= 3
            assert len(finding.begin_ns) == len(finding.end_ns) <= MAX_WINDOWS
            assert all(begin < end for begin, end in zip(finding.begin_ns, finding.end_ns, strict=True))
    outcomes = [finding for finding in found if isinstance(finding, NoticeRead)]
    assert sum(one.n_areas for one in outcomes) == len(found) - len(outcomes)
    assert all(one.n_areas or one.problems or one.cancels for one in outcomes)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_mixture_of_the_words_of_notices_can_be_read(text):
    check(text)


@given(st.text(max_size=300))
def test_any_text_can_be_read_as_a_notice(text):
    check(text)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_text_announces_no_area(text):
    check(text)
    assert not any(isinstance(f, NoticeArea) for f in notices.findings(notice_of(report_of(text, "x"))))


@given(
    st.integers(0, 89),
    st.integers(0, 59),
    st.integers(0, 59),
    st.integers(0, 179),
    st.integers(0, 59),
    st.integers(0, 59),
)
def test_one_place_is_the_same_in_every_notation(lat, lat_min, lat_s, lon, lon_min, lon_s):
    told = [
        f"N{lat:02d}{lat_min:02d}{lat_s:02d}E{lon:03d}{lon_min:02d}{lon_s:02d}",
        f"{lat:02d}{lat_min:02d}{lat_s:02d}N {lon:03d}{lon_min:02d}{lon_s:02d}E",
        f"{lat:02d} {lat_min:02d} {lat_s:02d}N {lon:03d} {lon_min:02d} {lon_s:02d}E",
        f"{lat:02d}-{lat_min:02d}-{lat_s:02d}N, {lon:03d}-{lon_min:02d}-{lon_s:02d}E",
        f"{lat}°{lat_min:02d}′{lat_s:02d}″N {lon}°{lon_min:02d}′{lon_s:02d}″E",
    ]
    first, *others = [places_in(text) for text in told]
    assert all(len(found) == 1 and found[0].is_usable for found in (first, *others))
    assert all((found[0].lat_rad, found[0].lon_rad) == (first[0].lat_rad, first[0].lon_rad) for found in others)


def run_mutations(n, texts):
    dice = random.Random(20_251_107)
    for _ in range(n):
        check(mutated(dice.choice(texts), texts, dice))


def test_mutated_notices_can_be_read():
    run_mutations(300, OWN)


@pytest.mark.accept
def test_a_hundred_thousand_mutated_notices_can_be_read(shared_data):
    run_mutations(100_000, [*OWN, *(text for _, text, _, _ in shared(shared_data))])
