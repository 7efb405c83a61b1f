"""What a source says of one launch: an entry, and one field for each thing it says, with where it is printed.

Quantities and units are those of claims (kilometres, minutes), for that is what was said; times are nanoseconds since 1970 UTC
and may be negative; places are radians. What is unknown of a number is an open interval, of a word the empty string.
"""

import math
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Final, Literal

from bongsu.constants import NS_PER_S

DAY_NS: Final = 86_400 * NS_PER_S
MINUTE_NS: Final = 60 * NS_PER_S
LOCAL_NS: Final = 9 * 3_600 * NS_PER_S  # Korea and Japan are ahead of UTC by this
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)

Precision = Literal["clock", "day", "month", "vague"]


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a row says. Numbers are an interval in the unit `quantity` names; `start`, `stop` are characters of the cell."""

    quantity: str
    column: str
    printed: str
    speaker: str
    stance: str = "reported"
    low: float = -math.inf
    high: float = math.inf
    value: str = ""
    hedge: str = ""
    start: int = 0
    stop: int = 0  # 0: the whole cell

    @property
    def is_number(self) -> bool:
        """Whether the field bounds a number."""
        return self.low > -math.inf or self.high < math.inf


@dataclass(frozen=True, slots=True)
class Site:
    """Where a launch was: a place and one standard deviation around it."""

    name: str
    lat_rad: float
    lon_rad: float
    sigma_m: float


@dataclass(frozen=True, slots=True)
class Entry:
    """What one row of one source says of one launch, and the interval of time its day and clock allow.

    `row` is its name within the source, which outlives rows put in before it: the day as printed and its place in that day.
    """

    source: str
    row: str
    earliest_ns: int
    latest_ns: int
    precision: Precision
    printed_day: str  # as the source prints it, YYYY-MM-DD or YYYY-MM; empty where it prints none
    published_ns: int
    is_published_assumed: bool = True
    clocks_ns: tuple[int, ...] = ()
    site: Site | None = None
    site_words: str = ""
    vehicle_class: str = ""
    launcher: str = ""
    n_low: int = 1
    n_high: int = 1  # 0: not bounded
    is_failed: bool = False
    has_official: bool = False  # somebody is named who can have measured it
    is_list: bool = True
    fields: tuple[Field, ...] = ()
    row_no: str = ""  # where it stands in the file it was first seen in, data rows from 1
    revision: int = 1
    mode: str = "live"  # of the log it comes from; nothing else is history
    notes: tuple[str, ...] = ()  # faults seen while reading the row: rule, colon, words

    @property
    def key(self) -> tuple[str, str]:
        """Source and row: what stays over revisions."""
        return self.source, self.row


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that cannot be, or cannot be together with what another source says."""

    rule: str
    source: str
    row: str
    says: str
    is_doubt: bool = False  # may well be as printed


@dataclass(slots=True)
class Counts:
    """What came of one import."""

    source: str
    n_rows: int = 0
    n_entries: int = 0
    n_left_out: int = 0  # rows that are no launch by the list's description
    n_known: int = 0  # rows that say what they said before
    n_revised: int = 0
    n_absent: int = 0  # rows of an earlier file that are not in this one; they stay
    refused: list[tuple[str, str]] = field(default_factory=list)  # row, reason
    terms: str = ""
    is_repeat: bool = False


def ns_of(moment: datetime) -> int:
    """Nanoseconds since 1970 of a moment with its zone."""
    since = moment - _EPOCH
    return (since.days * 86_400 + since.seconds) * NS_PER_S + since.microseconds * 1_000


def local_day(ns: int) -> date:
    """The day in Korea and Japan."""
    return (_EPOCH + timedelta(seconds=(ns + LOCAL_NS) // NS_PER_S)).date()


def day_ns(day: date, offset_ns: int = LOCAL_NS) -> int:
    """When a day begins, in a zone that is ahead of UTC by `offset_ns`."""
    return (day.toordinal() - _EPOCH.date().toordinal()) * DAY_NS - offset_ns


def words(ns: int) -> str:
    """A moment as UTC text, to the minute."""
    return (_EPOCH + timedelta(seconds=ns // NS_PER_S)).strftime("%Y-%m-%d %H:%MZ")


def local_words(ns: int) -> str:
    """The time of day in Korea and Japan."""
    return (_EPOCH + timedelta(seconds=(ns + LOCAL_NS) // NS_PER_S)).strftime("%H:%M")
