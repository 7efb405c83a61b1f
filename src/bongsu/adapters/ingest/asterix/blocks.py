"""Blocks: one category, one length, its records; found in a datagram, plain or each behind a private header."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bongsu.adapters.ingest.asterix.fields import Malformed
from bongsu.adapters.ingest.asterix.record import CATEGORIES, S_PER_DAY, Record, record_at

HEAD: Final = 3  # bytes: category, then the length of all in two
PRIVATE: Final = 6  # bytes before a block in some recorders: length of all that follows and itself, then ms of the day


@dataclass(frozen=True, slots=True)
class Block:
    """One data block."""

    category: int
    body: bytes


@dataclass(frozen=True, slots=True)
class Broken:
    """What could not be read, and why. `source` is (category, SAC, SIC) where it can still be told; 0 stands for unknown."""

    reason: str
    source: tuple[int, int, int] = (0, 0, 0)
    n_bytes: int = 0  # passed over until something can be read again


def block_at(data: bytes, at: int) -> tuple[Block, int] | None:
    """The block that begins at `at`, and where it ends; None if none does."""
    if at + HEAD > len(data):
        return None
    category, size = data[at], int.from_bytes(data[at + 1 : at + HEAD], "big")
    if not category or size < HEAD or at + size > len(data):
        return None
    return Block(category, data[at + HEAD : at + size]), at + size


def private_at(data: bytes, at: int) -> tuple[Block, int] | None:
    """The block behind a private header at `at`, and where it ends; None unless both lengths and the time agree."""
    if at + PRIVATE + HEAD > len(data):
        return None
    size, ms = int.from_bytes(data[at : at + 2], "big"), int.from_bytes(data[at + 2 : at + PRIVATE], "big")
    found = block_at(data, at + PRIVATE)
    if found is None or ms >= 1000 * S_PER_DAY or found[1] != at + size:
        return None
    return found


def blocks(data: bytes) -> Iterator[Block | Broken]:
    """The blocks of one datagram; what follows one that does not fit is lost."""
    at = 0
    while at < len(data):
        found = block_at(data, at) or private_at(data, at)
        if found is None:
            rest = "no ASTERIX block in a datagram" if not at else "bytes after the last block of a datagram"
            yield Broken(rest)
            return
        block, at = found
        yield block


def contents(block: Block) -> Iterator[Record | Broken]:
    """The records of a block; of one that does not follow its table only the records before it are found."""
    category = CATEGORIES.get(block.category)
    if category is None:
        yield Broken(f"CAT{block.category:03} is not read")
        return
    at = 0
    while at < len(block.body):
        try:
            record, at = record_at(category, block.body, at)
        except Malformed as error:
            yield Broken(f"CAT{block.category:03}: {error}", (block.category, *_source(block.body)))
            return
        yield record
    if not block.body:
        yield Broken(f"CAT{block.category:03}: a block without records")


def _source(body: bytes) -> tuple[int, int]:
    """SAC and SIC in the first record, where every edition of every category has them: right after the presence bits."""
    at = next((i + 1 for i, octet in enumerate(body[:8]) if not octet & 1), 0)
    return (body[at], body[at + 1]) if at and body[0] & 0x80 and at + 1 < len(body) else (0, 0)
