"""Where packet headers may stand in a damaged capture, found stretch by stretch: time grows with the damage, memory does not."""

import struct
from mmap import mmap
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bongsu.adapters.ingest.asterix.record import S_PER_DAY
from bongsu.constants import NS_PER_S

Buffer = bytes | mmap
PACKET_HEAD: Final = 16  # bytes: seconds, fraction, bytes kept, bytes there were
MAX_PACKET: Final = 262_144  # bytes; what tcpdump itself takes for the most
STRETCH: Final = 1 << 20  # bytes looked through at once, and in which one header alone is believed by its time


class Heads:
    """The headers of one capture. `after` must be asked in ascending order: what was found once is not looked for again."""

    def __init__(self, data: Buffer, order: str, ns_per_unit: int) -> None:
        self._data, self._order, self._most = data, order, NS_PER_S // ns_per_unit
        self._head = struct.Struct(order + "IIII")
        self._stretches: dict[int, tuple[NDArray[np.int64], NDArray[np.int64]]] = {}
        self._pair = -1  # the last header found that another one follows

    def read(self, at: int) -> tuple[int, int, int, int]:
        """Seconds, fraction, bytes kept and bytes there were, as they stand at `at`."""
        return self._head.unpack(self._data[at : at + PACKET_HEAD])

    def is_at(self, at: int) -> bool:
        """Whether a packet header may stand at `at`."""
        if at + PACKET_HEAD > len(self._data):
            return False
        _, fraction, size, full = self.read(at)
        return fraction < self._most and 0 < size <= full <= MAX_PACKET

    def after(self, start: int, near_s: int) -> int:
        """Where the next plausible header stands from `start` on, or the end of the data.

        Near by, one within a day of `near_s` will do (-1: no time is known); farther on another must follow it.
        """
        if near_s >= 0:
            for k in (start // STRETCH, start // STRETCH + 1):
                at, s = self._stretch(k)
                low, high = np.searchsorted(at, (start, start + STRETCH)).tolist()
                if (found := _first_within(s, low, high, near_s)) < high:
                    return int(at[found])
        if self._pair < start:
            self._pair = self._next_pair(start)
        return self._pair

    def _next_pair(self, start: int) -> int:
        for k in range(start // STRETCH, len(self._data) // STRETCH + 1):
            at, _ = self._stretch(k)
            for begin in at[np.searchsorted(at, start) :].tolist():
                end = begin + PACKET_HEAD + self.read(begin)[2]
                if end == len(self._data) or self.is_at(end):
                    return int(begin)
        return len(self._data)

    def _stretch(self, k: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Where in the k-th stretch plausible headers stand, and their seconds; the last few are kept."""
        if k not in self._stretches:
            if len(self._stretches) >= 4:
                del self._stretches[next(iter(self._stretches))]
            self._stretches[k] = self._looked_through(k * STRETCH)
        return self._stretches[k]

    def _looked_through(self, begin: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        near = bytes(self._data[begin : begin + STRETCH + PACKET_HEAD - 1])
        n = max(0, len(near) - PACKET_HEAD + 1)
        s, fraction, size, full = (
            np.ndarray((n,), self._order + "u4", near if n else bytes(PACKET_HEAD), offset, (1,))
            for offset in (0, 4, 8, 12)
        )
        at = np.flatnonzero((fraction < self._most) & (size > 0) & (size <= full) & (full <= MAX_PACKET))
        return begin + at, s[at].astype(np.int64)


def _first_within(s: NDArray[np.int64], low: int, high: int, near_s: int) -> int:
    """The first of `low` to `high` within a day of `near_s`, else `high`; looked for ever farther, as it mostly is near."""
    n = 64
    while low < high:
        found = np.flatnonzero(np.abs(s[low : min(low + n, high)] - near_s) <= S_PER_DAY)
        if len(found):
            return low + int(found[0])
        low, n = low + n, 4 * n
    return high
