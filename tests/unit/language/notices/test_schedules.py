"""D) fields: days and times in whatever order."""

import pytest
from tests.helpers.notices import instant

from bongsu.language.notices.schedules import MAX_WINDOWS, windows_of

B, C = instant("2030-03-04 01:00"), instant("2030-03-08 05:00")


def read(text, begin=B, end=C):
    problems = []
    windows = windows_of(text, begin, end, problems)
    return [(w, problems) for w in windows] if problems else list(windows), problems


def days(text, begin=B, end=C):
    windows, problems = read(text, begin, end)
    assert problems == []
    return [((a // 86_400 - B // 86_400), (a % 86_400) // 3_600, (b - a) // 3_600) for a, b in windows]


@pytest.mark.parametrize(
    "text",
    ["0100-0500", "DLY 0100-0500", "DAILY 0100/0500", "DLY FM 0100 - 0500 UTC", "04-08 0100-0500", "0100-0500 DLY"],
)
def test_every_day_has_its_window(text):
    assert days(text) == [(k, 1, 4) for k in range(5)]


def test_days_stand_before_or_behind_their_times():
    expected = [(0, 1, 2), (1, 3, 1), (1, 6, 1), (2, 3, 1), (2, 6, 1)]
    assert days("04 0100-0300\n05 06 0300-0400 0600-0700") == expected
    assert days("0100-0300 ON 04, 0300-0400 0600-0700 05 06") == expected
    assert days("0100-0300 ON MAR 04, 0300-0400,0600-0700 ON MAR 05-06") == expected


def test_months_stand_before_or_behind_their_days_and_turn():
    begin, end = instant("2030-02-28 01:00"), instant("2030-03-02 05:00")
    expected = [(-4, 1, 4), (-3, 1, 4), (-2, 1, 4)]
    for text in (
        "FEB 28 0100-0500, MAR 01 02 0100-0500",
        "0100-0500 ON 28 FEB, 0100-0500 ON 01 MAR-02 MAR",
        "28-02 0100-0500",
    ):
        assert days(text, begin, end) == expected
    assert days("FEB,28 - MAR,02 0100-0500", begin, end) == expected
    assert days("0100-0500 ON 28 FEB 2030\n0100-0500 ON 01 MAR 2030", begin, end) == expected[:2]


def test_a_night_runs_into_the_next_day_and_stays_within_the_envelope():
    begin, end = instant("2030-03-04 23:00"), instant("2030-03-06 02:00")
    assert days("2300-0200", begin, end) == [(0, 23, 3), (1, 23, 3)]
    assert days("2300-0200", begin - 82_800, end) == [(0, 0, 2), (0, 23, 3), (1, 23, 3)]


def test_whole_groups_need_no_days():
    assert days("3003040600 TO 3003041000\n 3003050600 TO 3003051000") == [(0, 6, 4), (1, 6, 4)]


def test_a_window_may_run_through_days():
    assert days("04 0600-06 0400") == [(0, 6, 46)]
    assert "ends before it begins" in read("06 0400-06 0300")[1][0]


def test_weekdays_and_exceptions():
    assert days("MON-WED 0200-0300") == [(0, 2, 1), (1, 2, 1), (2, 2, 1)]
    assert days("DLY 0200-0300 EXC 05 06") == [(0, 2, 1), (3, 2, 1), (4, 2, 1)]
    assert days("H24 ON 05") == [(1, 0, 24)]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("SR-SS", "D) not understood at 'SR-SS'"),
        ("05 2560-0100", "D) 2560-0100: there is no such time"),
        ("31 0100-0200", "D) day 31: there is none between B) and C)"),
        ("FEB 30 0100-0200", "D) day 30 of month 2: there is none between B) and C)"),
        ("3002300100 TO 3002300200", "D) 3002300100: there is no day 30 of month 02 in 2030"),
        ("0100-0100", "D) 0100-0100: has no length"),
        ("DLY", "D) gives no window: 'DLY'"),
    ],
)
def test_what_cannot_be_is_a_problem(text, problem):
    assert problem in read(text)[1]


def test_a_bad_day_spares_the_others():
    windows, problems = [], []
    windows = windows_of("05 0100-0200, 31 0100-0200", B, C, problems)
    assert len(windows) == 1
    assert len(problems) == 1


def test_windows_are_bounded():
    problems = []
    assert len(windows_of("DLY 0100-0200", B, B + 10 * 366 * 86_400, problems)) == MAX_WINDOWS
    assert problems == [f"D) gives more than {MAX_WINDOWS} windows; the first {MAX_WINDOWS} are kept"]
