"""Records: the items of one report or message, found by walking the table of its category, decoded when asked for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from bongsu.adapters.ingest.asterix import uap_001, uap_002, uap_034, uap_048, uap_062, uap_065
from bongsu.adapters.ingest.asterix.fields import Malformed
from bongsu.adapters.ingest.asterix.layout import Item, presence
from bongsu.adapters.ingest.asterix.uap import Category, Uap

CATEGORIES: Final[Mapping[int, Category]] = {
    room.CATEGORY.category: room.CATEGORY for room in (uap_001, uap_002, uap_034, uap_048, uap_062, uap_065)
}
S_PER_DAY: Final = 86_400
NOTHING: Final[Item] = {}


@dataclass(frozen=True, slots=True)
class Record:
    """One record: its profile, its bytes and where each item lies in them."""

    uap: Uap
    data: bytes
    spans: Mapping[str, tuple[int, int, int]]  # item number -> slot, start, end

    def has(self, item: str) -> bool:
        """Whether the item is there."""
        return item in self.spans

    def item(self, number: str) -> Item:
        """One item decoded; without fields if it is not there."""
        if number not in self.spans:
            return NOTHING
        slot, start, end = self.spans[number]
        place = self.uap.slots[slot]
        assert place is not None
        return place[1].read(self.data[start:end])

    def items(self) -> dict[str, Item]:
        """All items decoded, in order."""
        return {number: self.item(number) for number in self.spans}

    @property
    def source(self) -> tuple[int, int]:
        """SAC and SIC."""
        found = self.item("010")
        return found["sac"], found["sic"]

    @property
    def tod_s(self) -> float | None:
        """Its time of day, if it holds one."""
        found: float | None = self.item(self.uap.tod).get("tod_s")
        return found


def records(category: Category, body: bytes) -> Iterator[Record]:
    """The records of a block's body. Raises Malformed at the first that does not follow its table; the rest cannot be found."""
    at = 0
    while at < len(body):
        record, at = record_at(category, body, at)
        yield record


def record_at(category: Category, body: bytes, at: int) -> tuple[Record, int]:
    """The record that begins at `at`, and where it ends. Raises Malformed."""
    start = at
    present, at = presence(body, at)
    uap = category.profiles[category.choose(body, at)]
    spans: dict[str, tuple[int, int, int]] = {}
    for slot in present:
        place = uap.slots[slot] if slot < len(uap.slots) else None
        if place is None:
            raise Malformed("an item that no known edition defines")
        number, layout = place
        end = layout.end(body, at)
        if end > len(body):
            raise Malformed(f"item {number} runs past the end of its block")
        spans[number] = (slot, at - start, end - start)
        at = end
    record = Record(uap, body[start:at], spans)
    _check(record)
    return record, at


def _check(record: Record) -> None:
    for number in record.uap.mandatory:
        if not record.has(number):
            raise Malformed(f"item {number} is missing")
    tod_s = record.tod_s
    if tod_s is not None and tod_s >= S_PER_DAY:
        raise Malformed("a time of day beyond 24 h")
