"""What a claim and a figure of our own have in common: a quantity, an interval or a word, and whose it is."""

import math
from dataclasses import dataclass
from typing import Protocol

from msgspec import UNSET, UnsetType

from bongsu.models import reconcile as rules


class Number(Protocol):
    """Anything with the ends of a number."""

    @property
    def low(self) -> float | UnsetType: ...
    @property
    def high(self) -> float | UnsetType: ...


class Word(Number, Protocol):
    """Anything that says one thing about one quantity of a launch: a claim, or an own figure."""

    @property
    def id(self) -> str: ...
    @property
    def quantity(self) -> str: ...
    @property
    def speaker(self) -> str: ...
    @property
    def stance(self) -> str: ...
    @property
    def event_date(self) -> str: ...
    @property
    def value(self) -> str: ...
    @property
    def place(self) -> str: ...
    @property
    def unit_as_printed(self) -> str: ...
    @property
    def rounding(self) -> float | UnsetType: ...


@dataclass(frozen=True, slots=True)
class Own:
    """A figure of our own, in the terms of a claim; a launch area is a place known to `sigma_m`."""

    id: str
    quantity: str
    event_date: str
    low: float | UnsetType = UNSET
    high: float | UnsetType = UNSET
    value: str = ""
    lat_rad: float = math.nan
    lon_rad: float = math.nan
    sigma_m: float = 0.0
    speaker: str = "own"
    stance: str = "measured"
    place: str = ""
    unit_as_printed: str = ""
    rounding: float | UnsetType = UNSET


def interval(word: Number) -> tuple[float, float]:
    """The ends of a number; infinite where it is a bound, or a word."""
    low = -math.inf if word.low is UNSET else word.low
    return low, math.inf if word.high is UNSET else word.high


def is_figure(word: Word) -> bool:
    """Whether it is more than a bound."""
    return bool(word.value) or (word.low is not UNSET and word.high is not UNSET)


def said(word: Word) -> tuple[object, ...]:
    """What is said, apart from who says it."""
    return word.value, word.place, *interval(word)


def is_finer(fine: Word, coarse: Word) -> bool:
    """Whether one class is a kind of the other."""
    return fine.value in rules.FINER.get(coarse.value, ())


def middle(word: Word) -> float:
    """A figure, or the bound of a half-open one; NaN of words."""
    ends = [v for v in interval(word) if math.isfinite(v)]
    return sum(ends) / len(ends) if ends else math.nan


def ratio(a: Word, b: Word) -> float:
    """The greater over the smaller; NaN where they are no positive numbers."""
    low, high = sorted((middle(a), middle(b)))
    return high / low if low > 0.0 else math.nan


def minute(local: str) -> float:
    """Minute of the day of `YYYY-MM-DDTHH:MM+09:00`."""
    return 60.0 * int(local[11:13]) + int(local[14:16])


def widened(word: Word) -> tuple[float, float]:
    """The interval of a number with half of its last printed digit on both sides, in the unit the quantity names."""
    low, high = interval(word)
    if word.rounding is UNSET:
        return low, high
    unit = {"miles": rules.MILE, "mi": rules.MILE, "nm": rules.NAUTICAL_MILE}.get(word.unit_as_printed, 1.0)
    half = min(0.5 * word.rounding * unit, rules.ROUNDED_SHARE * abs(middle(word)))
    return low - half, high + half


def is_apart(a: Word, b: Word) -> bool:
    """Whether two values exclude each other."""
    if a.value or b.value:
        return _are_words_apart(a, b)
    (a_low, a_high), (b_low, b_high) = widened(a), widened(b)
    return a_high < b_low or b_high < a_low


def _are_words_apart(a: Word, b: Word) -> bool:
    if a.quantity == "vehicle_class":
        return a.value != b.value and not (is_finer(a, b) or is_finer(b, a))
    if a.quantity == "launch_area":
        return bool(a.place and b.place) and a.place != b.place
    if a.quantity == "launch_time":
        return a.value != b.value
    return (a.value, b.value) in rules.OPPOSED or (b.value, a.value) in rules.OPPOSED
