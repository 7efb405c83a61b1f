"""Files of bare blocks, one behind the other. Behind a damaged one, the next that reads well is looked for."""

from bisect import bisect_left
from collections.abc import Iterator
from itertools import islice
from typing import Final

import numpy as np

from bongsu.adapters.ingest.asterix.blocks import HEAD, PRIVATE, Block, Broken, block_at, contents, private_at
from bongsu.adapters.ingest.asterix.heads import Buffer
from bongsu.adapters.ingest.asterix.record import CATEGORIES, S_PER_DAY

STRETCH: Final = 1 << 20  # bytes looked through at once for the next block
REACH: Final = PRIVATE + 0xFFFF  # bytes a block can take
DAMAGED: Final = "a damaged block header"
FREE, PER_RECORD, FEW = (
    20_000,
    8,
    8,
)  # records read in trials: so many, and one more in so many bytes; then a few a block
IS_KNOWN = np.isin(np.arange(256), list(CATEGORIES))


def chunks(data: Buffer) -> Iterator[bytes | Broken]:
    """Each block with its header, in the order of the file."""
    trial, at = Trial(data), 0
    while at < len(data):
        end = trial.end(at)
        if end == 0 or not (trial.reads_well(at, end) or trial.is_followed(at, end)):
            resumed = trial.next(at + 1)
            yield Broken(DAMAGED, n_bytes=resumed - at)
            at = resumed
            continue
        yield bytes(data[at:end])
        at = end


class Trial:
    """Tells where blocks stand in a file of which parts may be damaged, in time that grows with the file and no faster."""

    def __init__(self, data: Buffer) -> None:
        self._data, self._n_records = data, 0
        self._stretch: tuple[int, list[int]] = (-1, [])

    def _found(self, at: int) -> tuple[Block, int] | None:
        near = bytes(self._data[at : at + PRIVATE + HEAD])
        size = max(
            int.from_bytes(near[i : i + 2], "big") for i in (0, 1)
        )  # of what begins here, with its private header or not
        near = self._data[at : at + min(size, REACH)]
        return block_at(near, 0) or private_at(near, 0)

    def end(self, at: int) -> int:
        """Where the block at `at` ends; 0 if none stands there."""
        found = self._found(at)
        return at + found[1] if found else 0

    def is_followed(self, at: int, end: int) -> bool:
        """Whether the block from `at` to `end` is the last, or another of its category or of one we know begins where it ends."""
        here, after = self._found(at), self._found(end)
        if end == len(self._data) or here is None or after is None:
            return end == len(self._data)
        return after[0].category == here[0].category or after[0].category in CATEGORIES

    def reads_well(self, at: int, end: int) -> bool:
        """Whether a block of a category we know stands at `at`, ends at `end` and holds whole records.

        Only its first records are read once trials have cost too much, in a file made to that end.
        """
        found = self._found(at)
        if found is None or at + found[1] != end or found[0].category not in CATEGORIES:
            return False
        is_dear = self._n_records > FREE + at // PER_RECORD
        for record in islice(contents(found[0]), FEW if is_dear else None):
            self._n_records += 1
            if isinstance(record, Broken):
                return False
        return True

    def next(self, start: int) -> int:
        """Where the next block that reads well stands, or the end of the data."""
        for k in range(start // STRETCH, len(self._data) // STRETCH + 1):
            places = self._places(k)
            for i in range(bisect_left(places, start), len(places)):
                at = places[i]
                end = self.end(at)
                if end and self.reads_well(at, end):
                    return at
        return len(self._data)

    def _places(self, k: int) -> list[int]:
        """Where in the k-th stretch a block may begin; kept until another stretch is asked for, as damage may come often."""
        if self._stretch[0] != k:
            begin = k * STRETCH
            near = bytes(self._data[begin : begin + STRETCH + PRIVATE + HEAD])
            found = begin + _plausible(near, len(self._data) - begin)
            self._stretch = k, found[found < begin + STRETCH].tolist()
        return self._stretch[1]


def _plausible(near: bytes, room: int) -> np.ndarray:
    """Where in `near` a block of a category we know may begin, plain or behind a private header, and end within `room` bytes."""
    octets = np.frombuffer(near + bytes(PRIVATE + HEAD + 1), np.uint8).astype(np.int64)
    n = len(near)
    at = np.arange(n)
    size = octets[1 : n + 1] << 8 | octets[2 : n + 2]
    is_plain = IS_KNOWN[octets[:n]] & (size > HEAD) & (octets[3 : n + 3] >= 0x80) & (at + size <= room)
    whole = octets[:n] << 8 | octets[1 : n + 1]
    ms = octets[2 : n + 2] << 24 | octets[3 : n + 3] << 16 | octets[4 : n + 4] << 8 | octets[5 : n + 5]
    size = octets[PRIVATE + 1 : n + PRIVATE + 1] << 8 | octets[PRIVATE + 2 : n + PRIVATE + 2]
    is_private = IS_KNOWN[octets[PRIVATE : n + PRIVATE]] & (whole == size + PRIVATE) & (ms < 1000 * S_PER_DAY)
    return np.flatnonzero(is_plain | (is_private & (size > HEAD) & (at + whole <= room)))
