"""Files of bare blocks, one behind the other. Behind a damaged one, the next that reads well is looked for."""

from collections.abc import Iterator
from typing import Final

from bongsu.adapters.ingest.asterix.blocks import PRIVATE, Block, Broken, block_at, contents, private_at
from bongsu.adapters.ingest.asterix.pcap import Buffer
from bongsu.adapters.ingest.asterix.record import CATEGORIES

SEARCH: Final = 1 << 20  # bytes in which the next block is looked for
REACH: Final = PRIVATE + 0xFFFF  # bytes a block can take
DAMAGED: Final = "a damaged block header"


def chunks(data: Buffer) -> Iterator[bytes | Broken]:
    """Each block with its header, in the order of the file."""
    at = 0
    while at < len(data):
        end = _end(data, at)
        if end == 0 or not (_reads_well(data, at, end) or _is_followed(data, at, end)):
            yield Broken(DAMAGED)
            at = _next(data, at + 1)
            continue
        yield bytes(data[at:end])
        at = end


def _found(data: Buffer, at: int) -> tuple[Block, int] | None:
    near = data[at : at + REACH]
    return block_at(near, 0) or private_at(near, 0)


def _end(data: Buffer, at: int) -> int:
    """Where the block at `at` ends; 0 if none stands there."""
    found = _found(data, at)
    return at + found[1] if found else 0


def _is_followed(data: Buffer, at: int, end: int) -> bool:
    """Whether the block from `at` to `end` is the last, or another of its category or of one we know begins where it ends."""
    here, after = _found(data, at), _found(data, end)
    if end == len(data) or here is None or after is None:
        return end == len(data)
    return after[0].category == here[0].category or after[0].category in CATEGORIES


def _reads_well(data: Buffer, at: int, end: int) -> bool:
    """Whether a block of a category we know stands at `at`, ends at `end` and holds whole records."""
    found = _found(data, at)
    if found is None or at + found[1] != end or found[0].category not in CATEGORIES:
        return False
    return not any(isinstance(record, Broken) for record in contents(found[0]))


def _next(data: Buffer, start: int) -> int:
    """Where the next block that reads well stands, or the end of the data."""
    for at in range(start, min(start + SEARCH, len(data))):
        head = data[at : at + PRIVATE + 1]
        if (head[0] in CATEGORIES or head[-1] in CATEGORIES) and (end := _end(data, at)) and _reads_well(data, at, end):
            return at
    return len(data)
