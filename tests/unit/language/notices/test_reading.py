"""Whole notices: fields, windows, limits, what they are about, and what is wrong with them."""

from datetime import date

import pytest
from tests.helpers.notices import HYDROPAC, NAVAREA, NOTAM, instant

from bongsu.language.notices.reading import has_heading, is_notice, read


def one(text, published=None):
    (found,) = read(text, published)
    return found


def test_a_notam_whole():
    found = one(NOTAM)
    assert (found.printed.notice_id, found.printed.medium, found.locations) == ("A0001/30", "notam", ("RJJJ",))
    assert (found.begins_s, found.ends_s) == (instant("2030-03-04 01:00"), instant("2030-03-08 05:00"))
    assert (found.problems, found.flags) == ((), ())
    (area,) = found.areas
    assert len(area.windows) == 5
    assert (area.activity.name, area.activity.words, area.hedge) == ("debris", "DEBRIS", "planned, expected")
    assert NOTAM[slice(*area.activity.span)] == "DEBRIS"
    assert NOTAM[slice(*area.span)] == area.evidence
    assert (area.limits.lower_m, area.limits.upper_m, area.limits.upper_as_printed) == (0.0, None, "UNL")


def test_a_warning_to_ships_has_its_year_from_its_number_and_its_month_from_behind():
    found = one(NAVAREA)
    assert (found.printed.notice_id, found.printed.medium, found.activity.name) == (
        "NAVAREA XI 0001/30",
        "navarea",
        "launch",
    )
    assert [area.area.label for area in found.areas] == ["A", "B"]
    assert found.areas[0].windows == ((instant("2030-05-30 21:00"), instant("2030-06-10 03:00")),)


def test_a_daily_window_and_a_circle():
    found = one(HYDROPAC)
    assert found.activity.name == "gunnery"
    (area,) = found.areas
    assert area.area.radius_m == 25 * 1852.0
    assert area.windows == tuple((instant(f"2030-11-{d} 01:00"), instant(f"2030-11-{d} 05:00")) for d in (12, 13, 14))


@pytest.mark.parametrize(
    ("printed", "begin", "end"),
    [
        ("010100Z TO 010500Z JUN 30", "2030-06-01 01:00", "2030-06-01 05:00"),
        ("302100 UTC TO 010300 UTC JUN 30", "2030-05-30 21:00", "2030-06-01 03:00"),
        ("312100Z DEC TO 010300Z JAN 31", "2030-12-31 21:00", "2031-01-01 03:00"),
        ("2300Z 30 MAY THRU 0600Z 10 JUN 30", "2030-05-30 23:00", "2030-06-10 06:00"),
        ("05 MAR 09:45 2030 UNTIL 03 APR 13:45 2030", "2030-03-05 09:45", "2030-04-03 13:45"),
        ("3003050945-3004031345", "2030-03-05 09:45", "2030-04-03 13:45"),
        ("1 JUN 0100-0500 UTC 2030", "2030-06-01 01:00", "2030-06-01 05:00"),
        ("0900 JST TO 1400 JST ON 1 JUN 30", "2030-06-01 00:00", "2030-06-01 05:00"),
    ],
)
def test_windows_in_words(printed, begin, end):
    text = f"NAVAREA XI 0001/30\nROCKETS {printed}. IN AREA 3000N13000E 3100N13000E 3100N13100E."
    assert one(text).areas[0].windows == ((instant(begin), instant(end)),)


def test_a_day_without_a_year_needs_a_publication():
    text = "DANGER AREA 3000N13000E 3100N13000E 3100N13100E 010100Z TO 010500Z JUN"
    assert "without a year" in one(text).problems[0]
    assert one(text, date(2030, 5, 1)).areas[0].windows == ((instant("2030-06-01 01:00"), instant("2030-06-01 05:00")),)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("B) 3003040100", "B) 3002300100", "B) 3002300100: there is no day 30 of month 02 in 2030"),
        ("C) 3003080500", "C) 3003082560", "C) 3003082560: there is no time 2560"),
        ("C) 3003080500", "C) 2903080500", "C) 2029-03-08 05:00Z is not after B) 2030-03-04 01:00Z"),
        ("C) 3003080500", "C) PERM", "C) PERM: not a group of ten figures"),
        ("3100N13100E", "3160N13100E", "3160N13100E: 60 minutes, 0 seconds: below 60 expected"),
    ],
)
def test_what_cannot_be_is_one_reason_and_the_rest_is_used(old, new, problem):
    found = one(NOTAM.replace(old, new))
    assert found.problems == (problem,)
    assert len(found.areas) == 1


def test_a_year_too_many_is_said_and_not_mended():
    found = one(NOTAM.replace("C) 3003080500", "C) 3503080500"))
    assert "1830 days after B)" in found.problems[0]
    assert found.ends_s == instant("2035-03-08 05:00")


def test_an_unreadable_schedule_leaves_the_envelope():
    found = one(NOTAM.replace("DLY 0100-0500", "SUNRISE TO SUNSET"))
    assert found.areas[0].windows == ((found.begins_s, found.ends_s),)
    assert "not understood" in found.problems[0]


def test_replaced_and_cancelled_notices_are_named():
    assert one(NOTAM.replace("NOTAMN", "NOTAMR A0009/29")).printed.replaces == ("A0009/29",)
    gone = one(
        "A0002/30 NOTAMC A0001/30\nQ) RJJJ/QWMXX/IV/BO/W/000/999/\nA) RJJJ B) 3003040100\nE) AEROSPACE FLT ACT CANCELLED"
    )
    assert gone.printed.cancels == ("A0001/30",)
    assert gone.areas == gone.problems == ()
    assert one("NAVAREA XI 0002/30\nCANCEL NAVAREA XI 0001/30.").printed.cancels == ("NAVAREA XI 0001/30",)


def test_several_notices_and_parts_of_one():
    both = f"{NOTAM}\n\n{NOTAM.replace('A0001', 'A0002')}\n\n{NAVAREA}"
    assert [found.printed.notice_id for found in read(both)][:2] == ["A0001/30", "A0002/30"]
    parts = NOTAM.replace("F) SFC G) UNL", "PART 1 OF 2") + "\n" + NOTAM.replace("3000N13100E TO ", "")
    assert len(one(parts).areas) == 2


@pytest.mark.parametrize(
    ("field", "low_m", "high_m"),
    [
        ("F) SFC G) 60000M AMSL", 0.0, 60_000.0),
        ("F) FL100 G) FL195", 3_048.0, 5_943.6),
        ("F) GND G) 9000FT AMSL", 0.0, 2_743.2),
        ("F) 1500FT G) UNL", 457.2, None),
        ("VERTICAL LIMITS:SFC-60,000M", 0.0, 60_000.0),
        ("VERTICAL LIMITS: BELOW 4500M.", None, 4_500.0),
    ],
)
def test_limits(field, low_m, high_m):
    limits = one(NOTAM.replace("F) SFC G) UNL", field)).areas[0].limits
    assert limits.lower_m == (None if low_m is None else pytest.approx(low_m))
    assert limits.upper_m == (None if high_m is None else pytest.approx(high_m))


@pytest.mark.parametrize(
    ("words", "activity"),
    [
        ("AEROSPACE FLIGHT ACTIVITIES WILL TAKE PLACE", "launch"),
        ("RE-ENTRY OF UPPER STAGE", "reentry"),
        ("IMPACT AREA", "debris"),
        ("MISSILE FIRING", "launch"),
        ("LIVE FIRING EXERCISE", "gunnery"),
        ("A TEMPORARY DANGER AREA ESTABLISHED", "unknown"),
    ],
)
def test_what_a_notice_is_about(words, activity):
    text = f"A0001/30 NOTAMN\nA) RJJJ B) 3003040100 C) 3003080500\nE) {words} WI 3000N13000E 3100N13000E 3100N13100E"
    assert one(text).areas[0].activity.name == activity


def test_notices_are_told_from_news():
    assert all(is_notice(text) and has_heading(text) for text in (NOTAM, NAVAREA, HYDROPAC))
    assert not is_notice("North Korea fired two missiles on Friday; they flew 450 km, the JCS said.")
    assert not is_notice("NAVAREA XI is co-ordinated by Japan.")
    assert is_notice("Areas: 30-00N 130-00E, 31-00N 130-00E, 31-00N 131-00E.")


def test_lower_case_entities_and_unseen_characters_change_nothing():
    odd = NOTAM.lower().replace("3000n", "3000\u200bn").replace("launch", "launch&nbsp;")
    found = one(odd)
    assert [area.area.ring for area in found.areas] == [area.area.ring for area in one(NOTAM).areas]
    assert found.flags == ("zero_width",)
    assert odd[slice(*found.areas[0].span)] == found.areas[0].evidence
