"""Windows printed in running text, as warnings to ships give them.

So `310100Z TO 310500Z MAY 23`, `0100Z TO 0500Z DAILY 12 THRU 16 NOV`, `2300Z 30 MAY THRU 0600Z 10 JUN`. A month
or year that is not printed with a moment is the next one printed, else the one before, else that of the notice.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bongsu.language.notices.moments import DAY_S, MONTH, clock_s, day_of, group_s, month_number, second_of, year_of
from bongsu.language.notices.schedules import MAX_WINDOWS, Window, windows_of

_Z = r"\s?(?:Z|UTC|GMT|JST|KST)?"
_TO = r"\s{0,3}(?:-|–|TO|THRU|THROUGH|TILL?|UNTIL|UP\s+TO|AND)\s{0,3}"
_MON = rf"(?:\s{{0,2}}(?P<mon{{n}}>{MONTH})(?![A-Z]))"
_YEAR = r"(?:[\s,]{0,2}(?P<year{n}>20\d\d|\d\d)(?!\d))"
_MONTH_YEAR = _MON + _YEAR + "?"


def _my(n: int, *, optional: bool = True) -> str:
    return f"(?:{_MONTH_YEAR.replace('{n}', str(n))})" + ("?" if optional else "")


_PATTERNS: Final = (
    ("groups", re.compile(rf"(?<!\d)(?P<a>\d{{10}}){_Z}{_TO}(?P<b>\d{{10}})(?!\d)")),
    ("worded", re.compile(
        rf"(?:(?P<daily>\d{{4}}-\d{{4}}(?:[\s,]{{1,2}}\d{{4}}-\d{{4}}){{0,5}}),?\s)?(?<!\d)(?P<d1>\d{{1,2}})\s(?P<mon1>{MONTH})\s(?P<t1>\d\d:\d\d)\s(?P<year1>20\d\d){_TO}(?P<d2>\d{{1,2}})\s(?P<mon2>{MONTH})\s"
        r"(?P<t2>\d\d:\d\d)\s(?P<year2>20\d\d)")),
    ("dtg", re.compile(rf"(?<!\d)(?P<d1>\d\d)(?P<t1>\d{{4}}){_Z}{_my(1)}{_TO}(?P<d2>\d\d)(?P<t2>\d{{4}}){_Z}(?!\d){_my(2)}")),
    ("daily", re.compile(
        rf"(?<!\d)(?P<t1>\d{{4}}){_Z}{_TO}(?P<t2>\d{{4}})(?!\d){_Z}[\s,]{{0,3}}(?:(?:DAILY|DLY|ON|COMMENCING|FROM|FM|EACH\sDAY|BETWEEN)[\s,]{{0,3}}){{0,3}}"
        rf"(?P<d1>\d{{1,2}})(?!\d){_my(1)}(?:{_TO}(?P<d2>\d{{1,2}})(?!\d){_my(2)})?")),
    ("days", re.compile(
        rf"(?<!\d)(?P<d1>\d{{1,2}}){_my(1)}(?:{_TO}(?P<d2>\d{{1,2}})(?!\d){_my(2)})?[\s,]{{0,3}}(?:(?:DAILY|DLY|FROM|FM|BTN|BETWEEN)[\s,]{{0,3}}){{0,2}}"
        rf"(?P<t1>\d{{4}}){_Z}{_TO}(?P<t2>\d{{4}})(?!\d)")),
    ("each", re.compile(
        rf"(?<!\d)(?P<t1>\d{{4}}){_Z}\s(?P<d1>\d{{1,2}})(?!\d){_my(1)}"
        rf"{_TO}(?P<t2>\d{{4}}){_Z}\s(?P<d2>\d{{1,2}}){_my(2, optional=False)}")),
)  # fmt: skip
_ANY_MONTH = re.compile(rf"(?<![A-Z])(?P<mon>{MONTH})(?![A-Z])(?:[\s,]{{0,2}}(?P<year>20\d\d|\d\d)(?!\d))?")
_CANCEL = re.compile(r"CANCEL\s+THIS[^.\n]{0,60}|(?:CREATED|SOURCE|REF\w*)[^\n]{0,80}")
_LOCAL = re.compile(r"JST|KST")
_LOCAL_S: Final = 9 * 3_600


@dataclass(frozen=True, slots=True)
class _Context:
    """What the text and the notice say of months and years."""

    months: tuple[tuple[int, int, int], ...]  # place, month, year (0: not printed)
    year: int
    month: int

    def near(self, at: int) -> tuple[int, int]:
        """The month and year for a day printed at a place without them."""
        behind = next(((m, y) for place, m, y in self.months if place >= at), None)
        before = next(((m, y) for place, m, y in reversed(self.months) if place < at), None)
        month, year = behind or before or (self.month, 0)
        return month, year or self.year_near(at)

    def year_near(self, at: int) -> int:
        """The year printed nearest behind a place, else before it, else that of the notice."""
        behind = next((y for place, _, y in self.months if place >= at and y), 0)
        return behind or next((y for place, _, y in reversed(self.months) if y), 0) or self.year


def stretches_of(text: str, published: date | None, problems: list[str]) -> tuple[Window, ...]:
    """The windows printed in an upper-case text, sorted; `published`, or a year in the text, is for those without a year."""
    context = _context(text, published)
    text = _CANCEL.sub(lambda m: " " * len(m.group()), text)
    found: list[Window] = []
    for name, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            found.extend(_windows(name, match, context, problems))
            text = text[: match.start()] + " " * (match.end() - match.start()) + text[match.end() :]
            if len(found) >= MAX_WINDOWS:
                break
    return tuple(sorted(set(found))[:MAX_WINDOWS])


def _context(text: str, published: date | None) -> _Context:
    months = tuple(
        (m.start(), month_number(m["mon"]), year_of(m["year"]) if m["year"] else 0) for m in _ANY_MONTH.finditer(text)
    )[:200]
    return _Context(months, published.year if published else 0, published.month if published else 0)


def _windows(name: str, match: re.Match[str], context: _Context, problems: list[str]) -> Sequence[Window]:
    """The windows one match stands for."""
    shift_s = _LOCAL_S if _LOCAL.search(match.group()) else 0
    if name == "groups":
        pair = group_s(match["a"], "from", problems), group_s(match["b"], "to", problems)
        return _ordered(*pair, match, problems)
    days = _both_days(match, context, problems)
    times = [clock_s(match[key].replace(":", "")) for key in ("t1", "t2")]
    if days is None:
        return ()
    if times[0] is None or times[1] is None:
        problems.append(f"{_short(match)}: there is no such time")
        return ()
    first, last = days
    if name in ("daily", "days"):
        n_days = min((last - first).days, MAX_WINDOWS) + 1
        length = times[1] - times[0] if times[1] > times[0] else times[1] - times[0] + DAY_S
        begins = [second_of(first + timedelta(days=k), times[0]) - shift_s for k in range(max(0, n_days))]
        return [(begin, begin + length) for begin in begins]
    whole = _ordered(second_of(first, times[0]) - shift_s, second_of(last, times[1]) - shift_s, match, problems)
    if name == "worded" and match["daily"] and whole:
        return windows_of(match["daily"], *whole[0], problems)
    return whole


def _ordered(begin_s: int | None, end_s: int | None, match: re.Match[str], problems: list[str]) -> Sequence[Window]:
    if begin_s is None or end_s is None:
        return ()
    if end_s <= begin_s:
        problems.append(f"{_short(match)}: ends before it begins")
        return ()
    return ((begin_s, end_s),)


def _both_days(match: re.Match[str], context: _Context, problems: list[str]) -> tuple[date, date] | None:
    """The first and the last day a match names."""
    first = _day(match, "1", match["mon2"], match["year2"], context, problems)
    if first is None or not match["d2"]:
        return (first, first) if first else None
    last = _day(match, "2", match["mon1"], match["year1"], context, problems)
    if last is None:
        return None
    if last < first and not match["mon2"]:  # the month turned between them
        turned = day_of(first.year + first.month // 12, first.month % 12 + 1, last.day)
        last = turned or last
    if last < first and match["year2"] and not match["year1"]:
        first = day_of(first.year - 1, first.month, first.day) or first
    if last < first and not match["year2"]:
        last = day_of(last.year + 1, last.month, last.day) or last
    return first, last


def _day(
    match: re.Match[str], n: str, other: str | None, other_year: str | None, context: _Context, problems: list[str]
) -> date | None:
    month_text, year_text, number = match[f"mon{n}"] or other, match[f"year{n}"] or other_year, int(match[f"d{n}"])
    month, year = context.near(match.start())
    month = month_number(month_text) if month_text else month
    year = year_of(year_text) if year_text else (context.year_near(match.start()) if month_text else year)
    if n == "1" and not match["mon1"] and match["mon2"] and match["d2"] and number > int(match["d2"]):
        month, year = (month - 1, year) if month > 1 else (12, year - 1)  # 302100Z TO 010300Z JUN
    if not month or not year:
        problems.append(
            f"{_short(match)}: without a {'year' if month else 'month'} (a day of publication would give one)"
        )
        return None
    found = day_of(year, month, number)
    if found is None:
        problems.append(f"{_short(match)}: there is no day {number} of month {month} in {year}")
    return found


def _short(match: re.Match[str]) -> str:
    return " ".join(match.group().split())[:60]
