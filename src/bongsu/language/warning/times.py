"""Times as warnings print them: local (UTC+9), to the minute, with the day where it is another one than that of the statement."""

import re
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Final

from bongsu.constants import NS_PER_S
from bongsu.language.warning.words import Wording

OFFSET_MIN: Final = 540
_NS_PER_MIN: Final = 60 * NS_PER_S
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def minute_of(t_ns: int) -> int:
    """Whole minutes since 1970, as printed: the minute that has begun."""
    return t_ns // _NS_PER_MIN


def clock(minute: int, sent_minute: int, w: Wording) -> str:
    """A time of day; with its day where that is not the day of the statement."""
    local, sent = _local(minute), _local(sent_minute)
    return _printed(w.clock if local.date() == sent.date() else w.other_day, local, w)


def whole(minute: int, w: Wording) -> str:
    """A time with day and year."""
    return _printed(w.whole, _local(minute), w)


def _local(minute: int) -> datetime:
    return _EPOCH + timedelta(minutes=minute + OFFSET_MIN)


def _printed(form: str, local: datetime, w: Wording) -> str:
    return form.format(
        h=local.hour, hh=f"{local.hour:02d}", m=local.minute, mm=f"{local.minute:02d}", d=local.day, y=local.year,
        mon=w.months[local.month - 1],
    )  # fmt: skip


_FIGURES: Final = {
    "h": r"\d{1,2}", "hh": r"\d{2}", "m": r"\d{1,2}", "mm": r"\d{2}", "d": r"\d{1,2}", "y": r"\d{4}",
}  # fmt: skip


def pattern(form: str, w: Wording) -> str:
    """The pattern of a printed time, without groups."""
    return re.sub(r"\\\{(\w+)\\\}", lambda s: _FIGURES.get(s[1]) or f"(?:{'|'.join(w.months)})", re.escape(form))


@cache
def _grouped(form: str, months: tuple[str, ...]) -> "re.Pattern[str]":
    names = f"(?:{'|'.join(months)})"
    return re.compile(
        re.sub(
            r"\\\{(\w+)\\\}",
            lambda s: f"(?P<{s[1][0] if s[1] != 'mon' else 'mon'}>{_FIGURES.get(s[1], names)})",
            re.escape(form),
        )
    )


def minute_in(printed: str, sent_minute: int, w: Wording) -> int | None:
    """The minute a printed time means, beside a statement of that minute; None where the calendar or the clock has none."""
    for form in (w.whole, w.other_day, w.clock):
        if found := _grouped(form, w.months).fullmatch(printed):
            return _minute(found.groupdict(), sent_minute, w)
    return None


def _minute(parts: dict[str, str], sent_minute: int, w: Wording) -> int | None:
    sent = _local(sent_minute)
    day = int(parts.get("d", sent.day))
    month = w.months.index(parts["mon"]) + 1 if "mon" in parts else sent.month
    years = [int(parts["y"])] if "y" in parts else [sent.year, sent.year - 1, sent.year + 1]
    minutes = []
    for year in years if "mon" in parts else years[:1]:
        try:
            local = datetime(year, month, day, int(parts["h"]), int(parts["m"]), tzinfo=UTC)
        except ValueError:
            continue
        minutes.append(int((local - _EPOCH).total_seconds()) // 60 - OFFSET_MIN)
    return min(minutes, key=lambda minute: abs(minute - sent_minute)) if minutes else None
