"""Cells into values: days, times of day, and numbers with their bounds. What cannot be says why; nothing is mended."""

import math
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from bongsu.catalogue.entries import DAY_NS, LOCAL_NS, Precision, day_ns, ns_of

FIRST_YEAR: Final = 1700  # beyond them nanoseconds do not fit 64 bits, and no list means them
LAST_YEAR: Final = 2200
MOST_AT_ONCE: Final = 10_000  # vehicles in one launch; a larger count is a slip of the pen
_DAY: Final = re.compile(r"\s*(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?![\d])(?:T.*)?\s*\Z", re.S)
_CLOCK: Final = re.compile(r"(?<![\d:])(\d{1,2}):(\d\d)(?::\d\d)?\s*([ap])?\.?(?:m\b\.?)?", re.I)
_UTC: Final = re.compile(r"\b(?:UTC|GMT|Z)\b|\d\s*Z\b", re.I)
_NUMBER: Final = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_RANGE: Final = re.compile(r"^\s*(-?[\d.,]+)\s*(?:-|–|—|to|~|\.\.)\s*([\d.,]+)\s*(?:km|min|deg)?\s*\Z", re.I)
_AT_LEAST: Final = re.compile(r"(?i)\b(?:over|more than|at least|above|exceed\w*|beyond)\b|[>≥]|\+\s*\Z|以上|이상")
_UP_TO: Final = re.compile(r"(?i)\b(?:up to|less than|under|below|at most|within)\b|[<≤]|以下|未満|이하")
_ABOUT: Final = re.compile(r"(?i)\b(?:about|around|approx\w*|some|roughly|nearly|circa|ca)\b|[~≈]|約|약")


@dataclass(frozen=True, slots=True)
class When:
    """An interval of time, and how it was said."""

    earliest_ns: int
    latest_ns: int
    precision: Precision
    printed_day: str
    clocks_ns: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Number:
    """An interval, and the words that made it one."""

    low: float
    high: float
    hedge: str = ""


def day_of(cell: str) -> tuple[date, Precision] | str:
    """The day (of a month alone its first) and how precise it is; else why it is none."""
    match = _DAY.match(cell)
    if match is None:
        return f"{cell.strip()[:40]!r} is no day"
    try:
        day = date(int(match[1]), int(match[2]), int(match[3] or 1))
    except ValueError:
        return f"there is no {cell.strip()[:40]}"
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        return f"{cell.strip()[:40]!r} lies outside {FIRST_YEAR} to {LAST_YEAR}"
    return day, "day" if match[3] else "month"


def clocks_of(cell: str) -> tuple[tuple[int, ...], bool] | str:
    """Minutes since midnight of each time in a cell, and whether the cell says UTC; else why it is none."""
    found: list[int] = []
    for match in _CLOCK.finditer(cell):
        hour, minute, half = int(match[1]), int(match[2]), (match[3] or "").lower()
        if hour > (12 if half else 24) or minute > 59 or (hour == 24 and minute) or (half and hour == 0):
            return f"there is no {match[0].strip()}"
        hour = hour % 12 + (12 if half == "p" else 0) if half else hour
        found.append(hour * 60 + minute)
    if not found:
        return f"{cell.strip()[:40]!r} is no time of day"
    return tuple(found), bool(_UTC.search(cell))


def when(day: date, precision: Precision, minutes: tuple[int, ...], offset_ns: int) -> When:
    """The interval of a day, with its clocks where it has some, in a zone that is ahead of UTC by `offset_ns`.

    A day without a clock in a list that prints UTC may have been taken over from local words: both days are allowed.
    """
    if precision == "day" and minutes:
        clocks = tuple(day_ns(day, offset_ns) + m * DAY_NS // 1_440 for m in minutes)
        return When(min(clocks), max(clocks) + DAY_NS // 1_440, "clock", day.isoformat(), clocks)
    last = day + timedelta(days=1)
    printed = day.isoformat()
    if precision == "month":
        last = date(day.year + day.month // 12, day.month % 12 + 1, 1) if day.year < 9_999 else day
        printed = printed[:7]
    return When(day_ns(day, LOCAL_NS), day_ns(last, offset_ns), precision, printed)


def number_of(cell: str) -> Number | str:
    """A number with its bounds: `450`, `~450`, `over 2000`, `up to 60`, `400-500`; else why it is none."""
    both = _RANGE.match(cell)
    if both:
        ends = sorted(float(part.replace(",", "")) for part in both.groups() if _is_number(part))
        if len(ends) == 2:
            return Number(ends[0], ends[1], "range")
    found = _NUMBER.findall(cell)
    if len(found) != 1:
        return f"{cell.strip()[:40]!r} is no number"
    value = float(found[0].replace(",", ""))
    if re.search(r"(?<![\d\w])[-−]\s*\d", cell):
        value = -value
    if not math.isfinite(value):
        return f"{cell.strip()[:40]!r} is no finite number"
    if _AT_LEAST.search(cell):
        return Number(value, math.inf, "at_least")
    if _UP_TO.search(cell):
        return Number(-math.inf, value, "up_to")
    return Number(value, value, "about" if _ABOUT.search(cell) else "")


def _is_number(part: str) -> bool:
    return bool(re.fullmatch(r"-?\d[\d,]*(?:\.\d+)?", part))


def instant_of(text: str) -> int | None:
    """Nanoseconds since 1970 of an ISO 8601 time with a zone; None for anything else."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    is_sane = moment.tzinfo is not None and FIRST_YEAR <= moment.year <= LAST_YEAR
    return ns_of(moment) if is_sane else None
