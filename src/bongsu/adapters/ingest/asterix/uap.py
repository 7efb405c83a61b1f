"""A category: its items in the order of its presence bits, and how a record of it is told from nonsense."""

from collections.abc import Callable
from dataclasses import dataclass

from bongsu.adapters.ingest.asterix.layout import Layout

Slot = tuple[str, Layout] | None


@dataclass(frozen=True, slots=True)
class Uap:
    """One user application profile."""

    category: int
    editions: str  # whose layout this is
    slots: tuple[Slot, ...]
    mandatory: tuple[str, ...]  # items without which a record is none of this edition
    tod: str  # the item that holds the time of day
    role: str  # plots, service or tracks


@dataclass(frozen=True, slots=True)
class Category:
    """A category whose profile may depend on the first bytes of a record."""

    category: int
    profiles: tuple[Uap, ...]
    choose: Callable[[bytes, int], int]  # record bytes and where its items begin -> which profile


def only(uap: Uap) -> Category:
    """A category with one profile."""
    return Category(uap.category, (uap,), lambda data, at: 0)
