"""Printed moments: groups of figures and days of the month into seconds since 1970 UTC; no such moment is None and a problem."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Final

DAY_S: Final = 86_400
MONTH: Final = (
    r"JAN(?:UARY)?|FEB(?:RUARY)?|MAR(?:CH)?|APR(?:IL)?|MAY|JUNE?|JULY?|AUG(?:UST)?|SEPT?(?:EMBER)?|[O0]CT(?:OBER)?"
    r"|N[O0]V(?:EMBER)?|DEC(?:EMBER)?"
)
_MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()
_EPOCH = date(1970, 1, 1)


def month_number(printed: str) -> int:
    """1 to 12; a nought typed for an O is read as one."""
    return _MONTHS.index(printed[:3].replace("0", "O")) + 1


def year_of(printed: str) -> int:
    """A year in four figures, or in two (of this century)."""
    return int(printed) if len(printed) == 4 else 2000 + int(printed)


def day_of(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def clock_s(printed: str) -> int | None:
    """Seconds after midnight of HHMM; 2400 is the end of the day; None where the clock has no such time."""
    hours, minutes = int(printed[:2]), int(printed[2:4])
    if minutes > 59 or hours > 24 or (hours == 24 and minutes):
        return None
    return hours * 3_600 + minutes * 60


def second_of(day: date, second: int = 0) -> int:
    """Seconds since 1970 of a second of a day; before 1970 is 1970."""
    return max(0, (day - _EPOCH).days * DAY_S + second)


def date_of(moment_s: int) -> date:
    """The UTC day of an instant."""
    return _EPOCH + timedelta(days=moment_s // DAY_S)


def group_s(printed: str, where: str, problems: list[str]) -> int | None:
    """The moment of YYMMDDHHMM; what the calendar or the clock does not have is a problem and None."""
    digits = re.sub(r"\D", "", printed)
    day = day_of(year_of(digits[:2]), int(digits[2:4]), int(digits[4:6]))
    second = clock_s(digits[6:10])
    if day is None:
        problems.append(f"{where} {digits}: there is no day {digits[4:6]} of month {digits[2:4]} in 20{digits[:2]}")
    elif second is None:
        problems.append(f"{where} {digits}: there is no time {digits[6:10]}")
    else:
        return second_of(day, second)
    return None


def worded(moment_s: int) -> str:
    """An instant as people read it."""
    return datetime.fromtimestamp(moment_s, UTC).strftime("%Y-%m-%d %H:%MZ")
