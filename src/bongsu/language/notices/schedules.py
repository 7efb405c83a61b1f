"""The D) field of a notice: days and times of day, in whatever order, into windows within B) and C).

Days may stand before their times (`15 16 0000-0300`) or behind (`0550-0708 ON 23`); months before their days or behind; without
days it is every day. What is not understood is a problem, and then the notice holds from B) to C) throughout.
"""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from bongsu.language.notices.moments import (
    DAY_S,
    MONTH,
    clock_s,
    date_of,
    day_of,
    group_s,
    month_number,
    second_of,
)

MAX_WINDOWS: Final = 400
MAX_TOKENS: Final = 1_000

Window = tuple[int, int]  # seconds since 1970 UTC

_TO = r"(?:-|–|—|/|TO|TIL?L|UNTIL|THRU|AND)"
_TOKEN = re.compile(
    rf"(?P<full>\d{{10}})\s*(?:UTC|Z)?\s*{_TO}\s*(?P<full_end>\d{{10}})(?:UTC|Z)?"
    rf"|(?P<day1>\d\d)\s(?P<at1>\d{{4}})\s?(?:-|TO)\s?(?P<day2>\d\d)\s(?P<at2>\d{{4}})(?!\d)"
    rf"|(?P<begin>\d{{4}})\s*(?:UTC|Z)?\s*{_TO}\s*(?P<end>\d{{4}})(?!\d)\s*(?:UTC|Z)?"
    rf"|(?P<month>{MONTH})(?![A-Z])"
    r"|(?P<skip>[\s,;.:()&]+|(?:ON|0N|BTN|BETWEEN|FM|FROM|AND|UTC|OF|NEXT\s?DAY|Z)(?![A-Z]))"
    r"|(?P<daily>DLY|DAILY|EVERY\s?DAY|EACH\s?DAY)"
    r"|(?P<always>H24)"
    r"|(?P<weekday>MON|TUE|WED|THU|FRI|SAT|SUN)(?:[A-Z]*DAY)?S?(?![A-Z])"
    r"|(?P<but>EXC(?:L|EPT|LUDING)?)(?![A-Z])"
    r"|(?P<year>20\d\d)(?!\d)"
    r"|(?P<day>\d{1,2})(?:ST|ND|RD|TH)?(?!\d)"
    r"|(?P<dash>-|–|—|TO|THRU|TIL?L|UNTIL)"
)
_WEEKDAYS = ("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN")


@dataclass(slots=True)
class _Day:
    """A day as printed: of a month (0: not said), or of the week; `ends_range` joins it to the one before."""

    number: int  # of the month from 1, of the week from Monday, 0
    is_weekday: bool = False
    ends_range: bool = False
    month: int = 0
    year: int = 0


@dataclass(slots=True)
class _Group:
    """Days and the times of day that go with them; no days: every day."""

    days: list[_Day] = field(default_factory=list)
    times: list[tuple[str, str]] = field(default_factory=list)
    without: list[_Day] = field(default_factory=list)


def windows_of(text: str, begins_s: int | None, ends_s: int | None, problems: list[str]) -> tuple[Window, ...]:
    """The windows of a D) field, sorted; empty where it cannot be used, with the reason in `problems`."""
    n_before = len(problems)
    tokens = _tokens(text, problems)
    if len(problems) > n_before:
        return ()
    found = _full_groups(tokens, problems)
    groups = _grouped(tokens)
    if groups and (begins_s is None or ends_s is None):
        return tuple(sorted(set(found)))  # the reason is that of B) or C)
    if begins_s is not None and ends_s is not None:
        found.extend(_through(tokens, begins_s, ends_s, problems))
        for group in groups:
            found.extend(_expanded(group, begins_s, ends_s, problems))
    if len(found) > MAX_WINDOWS:
        problems.append(f"D) gives more than {MAX_WINDOWS} windows; the first {MAX_WINDOWS} are kept")
    if not found and len(problems) == n_before:
        problems.append(f"D) gives no window: {_short(text)}")
    return tuple(sorted(set(found))[:MAX_WINDOWS])


def _short(text: str) -> str:
    return repr(" ".join(text.split())[:60])


def _tokens(text: str, problems: list[str]) -> list[re.Match[str]]:
    """The meaningful tokens; the first thing that is none is a problem."""
    found: list[re.Match[str]] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None or len(found) > MAX_TOKENS:
            problems.append(f"D) not understood at {_short(text[at:])}")
            return []
        if match.lastgroup != "skip":
            found.append(match)
        at = match.end()
    return found


def _full_groups(tokens: list[re.Match[str]], problems: list[str]) -> list[Window]:
    """Windows printed with their dates: YYMMDDHHMM TO YYMMDDHHMM."""
    found: list[Window] = []
    for token in tokens:
        if not token["full"]:
            continue
        begin_s = group_s(token["full"], "D)", problems)
        end_s = group_s(token["full_end"], "D)", problems)
        if begin_s is not None and end_s is not None:
            if end_s > begin_s:
                found.append((begin_s, end_s))
            else:
                problems.append(f"D) {token['full']} to {token['full_end']}: ends before it begins")
    return found


def _through(tokens: list[re.Match[str]], begins_s: int, ends_s: int, problems: list[str]) -> list[Window]:
    """Windows printed from a day and time through to another: `27 0000-28 0500`."""
    found: list[Window] = []
    first, last = date_of(begins_s), date_of(ends_s)
    for token in tokens:
        if not token["day1"]:
            continue
        days = _days([_Day(int(token["day1"])), _Day(int(token["day2"]))], first, last, problems)
        times = [clock_s(token["at1"]), clock_s(token["at2"])]
        if times[0] is None or times[1] is None:
            problems.append(f"D) {_short(token.group())}: there is no such time")
        elif len(days) == 2:
            window = second_of(days[0], times[0]), second_of(days[1], times[1])
            if window[0] < window[1]:
                found.append(window)
            else:
                problems.append(f"D) {_short(token.group())}: ends before it begins")
    return found


def _grouped(tokens: list[re.Match[str]]) -> list[_Group]:
    """Days with their times, whichever come first."""
    items = _items(tokens)
    is_days_first = bool(items) and isinstance(items[0], _Day)
    groups: list[_Group] = []
    was_opening = is_without = False
    for item in items:
        if item is None:
            is_without = True
            continue
        is_opening = isinstance(item, _Day) == is_days_first and not is_without
        if not groups or (is_opening and not was_opening):
            groups.append(_Group())
        if isinstance(item, _Day):
            (groups[-1].without if is_without else groups[-1].days).append(item)
        else:
            groups[-1].times.append(item)
            is_without = False
        was_opening = is_opening
    return [group for group in groups if group.times]


def _items(tokens: list[re.Match[str]]) -> list[_Day | tuple[str, str] | None]:
    """Days with their months, times of day, and None for "except"."""
    lead = next((token["month"] for token in tokens if token["month"] or token["day"]), None)
    month, is_range = 0, False
    items: list[_Day | tuple[str, str] | None] = []
    waiting: list[_Day] = []  # for a month that stands behind
    for token in tokens:
        if token["day"]:
            waiting.append(_Day(int(token["day"]), ends_range=is_range, month=month))
            items.append(waiting[-1])
        elif token["weekday"]:
            items.append(_Day(_WEEKDAYS.index(token["weekday"]), is_weekday=True, ends_range=is_range))
        elif token["begin"] or token["always"]:
            items.append(("0000", "2400") if token["always"] else (token["begin"], token["end"]))
        elif token["but"]:
            items.append(None)
        elif token["year"]:
            for day in waiting:
                day.year = int(token["year"])
            waiting = []
        elif token["month"]:
            month = month_number(token["month"]) if lead else 0
            for day in waiting if not lead else ():
                day.month = day.month or month_number(token["month"])
        is_range = bool(token["dash"]) or (is_range and bool(token["month"]))
    return items


def _expanded(group: _Group, begins_s: int, ends_s: int, problems: list[str]) -> list[Window]:
    """The windows of one group that lie within B) and C)."""
    first, last = date_of(begins_s), date_of(ends_s)
    days = _days(group.days, first, last, problems)
    without = set(_days(group.without, first, last, problems))
    times = _clock(group.times, problems)
    if not group.days:
        n_days = min((last - first).days + 2, MAX_WINDOWS + 2)
        days = [first + timedelta(days=k - 1) for k in range(n_days)]  # a night may have begun the day before
    found = []
    for day in days:
        for begin, end in () if day in without else times:
            begin_s = second_of(day, begin)
            end_s = second_of(day, end if end > begin else end + DAY_S)
            if begin_s < ends_s and end_s > begins_s:
                found.append((max(begin_s, begins_s), min(end_s, ends_s)))
            elif group.days:
                problems.append(f"D) {day.isoformat()}: its window lies outside B) and C)")
    return found


def _clock(times: list[tuple[str, str]], problems: list[str]) -> list[tuple[int, int]]:
    """Times of day in seconds."""
    found = []
    for begin, end in times:
        begin_s, end_s = clock_s(begin), clock_s(end)
        if begin_s is None or end_s is None:
            problems.append(f"D) {begin}-{end}: there is no such time")
        elif begin_s == end_s:
            problems.append(f"D) {begin}-{end}: has no length")
        else:
            found.append((begin_s, end_s))
    return found


def _days(printed: list[_Day], first: date, last: date, problems: list[str]) -> list[date]:
    """The dates of printed days, between the first and the last day of a notice."""
    found: list[date] = []
    before: date | None = None
    for day in printed:
        if day.is_weekday:
            span = range((before.weekday() if before else 0) if day.ends_range else day.number, day.number + 1)
            found.extend(d for d in _calendar(first, last) if d.weekday() in span)
            before = next((d for d in _calendar(first, last) if d.weekday() == day.number), None)
            continue
        one = _resolved(day, before or first, first, last)
        if one is None:
            month = f" of month {day.month}" if day.month else ""
            problems.append(f"D) day {day.number}{month}: there is none between B) and C)")
        elif day.ends_range and before is not None:
            n_days = min(max(0, (one - before).days), MAX_WINDOWS)
            found.extend(before + timedelta(days=k + 1) for k in range(n_days))
        else:
            found.append(one)
        before = one or before
    return found


def _calendar(first: date, last: date) -> list[date]:
    return [first + timedelta(days=k) for k in range(min((last - first).days, MAX_WINDOWS) + 1)]


def _resolved(day: _Day, after: date, first: date, last: date) -> date | None:
    """The date of a printed day: the first that fits, not before the one printed before it; else any within the notice."""
    fits: list[date] = []
    for k in range(-1, 14):  # months from the one before the first
        month = (first.month - 1 + k) % 12 + 1
        year = first.year + (first.month - 1 + k) // 12
        found = day_of(year, month, day.number)
        if found and day.month in (0, month) and day.year in (0, year) and first <= found <= last:
            fits.append(found)
    return next((one for one in fits if one >= after), fits[0] if fits else None)
