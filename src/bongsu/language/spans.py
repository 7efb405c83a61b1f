"""Stretches of a text: what every step of reading passes on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """Characters start to stop of one sentence, and what they are."""

    start: int
    stop: int
    kind: str = ""

    def holds(self, at: int) -> bool:
        """Whether a place lies in it."""
        return self.start <= at < self.stop


@dataclass(frozen=True, slots=True)
class Draft:
    """One value found in one sentence, before anyone vouches for it."""

    quantity: str
    start: int
    stop: int
    low: float | None = None
    high: float | None = None
    value: str = ""
    hedge: str = ""
    unit: str = ""
    step: float = 0.0  # the last printed digit, in the printed unit
    note: str = ""  # for composing: part, own, pair, described ...


def inside_any(spans: Iterable[Span], at: int) -> bool:
    """Whether a place lies in any of the stretches."""
    return any(span.start <= at < span.stop for span in spans)


def nearest_before(spans: Sequence[Span], at: int) -> Span | None:
    """The last of the sorted stretches that ends at or before a place."""
    found = None
    for span in spans:
        if span.stop > at:
            break
        found = span
    return found


def nearest_after(spans: Sequence[Span], at: int) -> Span | None:
    """The first of the sorted stretches that starts at or after a place."""
    return next((span for span in spans if span.start >= at), None)
