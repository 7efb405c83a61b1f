"""Clocks and instants of the shell: the only place that asks what time it is."""

import asyncio
import re
import time
from datetime import UTC, datetime
from typing import Protocol

from bongsu.constants import NS_PER_S
from bongsu.errors import BadInput

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_INSTANT = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(?:Z|\+00:00)")


class Clock(Protocol):
    """What a live node asks for the time; tests hand in one they turn themselves."""

    def now_ns(self) -> int:
        """Nanoseconds since 1970 UTC."""

    async def sleep_until(self, when_ns: int) -> None:
        """Return at or after `when_ns`."""


class SystemClock:
    """The machine's clock."""

    def now_ns(self) -> int:
        """Nanoseconds since 1970 UTC."""
        return time.time_ns()

    async def sleep_until(self, when_ns: int) -> None:
        """Return at or after `when_ns`, looking again after a step of the clock."""
        while (left_ns := when_ns - time.time_ns()) > 0:
            await asyncio.sleep(min(left_ns / NS_PER_S, 1.0))


def instant_ns(text: str, where: str) -> int:
    """An instant in UTC, ISO 8601 with `Z`, to the nanosecond. Raises BadInput for anything else."""
    match = _INSTANT.fullmatch(text.strip())
    try:
        if match is None:
            raise ValueError("not of that form")
        whole = datetime.fromisoformat(f"{match[1]}T{match[2]}+00:00") - _EPOCH
    except ValueError as error:
        raise BadInput(where, repr(text), "UTC as 2025-11-07T03:35:00.5Z", "Write it so.") from error
    return (whole.days * 86_400 + whole.seconds) * NS_PER_S + int((match[3] or "").ljust(9, "0"))


def utc_text(t_ns: int) -> str:
    """The time of day in UTC, to the second."""
    return datetime.fromtimestamp(t_ns // NS_PER_S, UTC).strftime("%H:%M:%S UTC")


def until_ns(text: str, first_ns: int, where: str = "--until") -> int:
    """An instant, or `+SECONDS` after the first record."""
    if not text.startswith("+"):
        return instant_ns(text, where)
    try:
        seconds = float(text[1:])
        return first_ns + round(seconds * NS_PER_S)
    except (ValueError, OverflowError) as error:
        raise BadInput(
            where, repr(text), "+SECONDS or UTC as ISO 8601", "Write +90 for 90 s after the first."
        ) from error


def words(ns: int) -> str:
    """An instant as UTC text with milliseconds."""
    seconds, rest = divmod(ns, NS_PER_S)
    return datetime.fromtimestamp(seconds, tz=UTC).strftime("%Y-%m-%dT%H:%M:%S") + f".{rest // 1_000_000:03d}Z"
