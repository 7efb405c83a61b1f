"""From a time of day to an instant: the day is that of a reference, usually the arrival of the packet."""

from collections.abc import Iterable, Iterator
from typing import Final

from bongsu.adapters.ingest.asterix.blocks import Broken
from bongsu.adapters.ingest.asterix.pcap import Datagram
from bongsu.constants import NS_PER_S

SPIKE_NS: Final = 60 * NS_PER_S  # a leap of more than this that the next packet takes back is a damaged time
DAY_NS: Final = 86_400 * NS_PER_S


def nearest_ns(tod_s: float, modulo_ns: int, reference_ns: int) -> int:
    """The instant nearest to the reference whose time modulo `modulo_ns` is tod_s; may be below zero near 1970."""
    tod_ns = round(tod_s * NS_PER_S)
    turns = (reference_ns - tod_ns + modulo_ns // 2) // modulo_ns
    return tod_ns + turns * modulo_ns


def steady(stream: Iterable[Datagram | Broken]) -> Iterator[Datagram | Broken]:
    """The stream without datagrams whose time leaps ahead and is not followed by the next: one flipped bit in a time would
    otherwise carry the clock, which never goes back, past all that comes after."""
    held: Datagram | None = None
    last_ns = -1
    for item in stream:
        if isinstance(item, Broken):
            yield item
            continue
        if held is not None:
            if item.t_ns < held.t_ns - SPIKE_NS and (last_ns < 0 or held.t_ns - last_ns > SPIKE_NS):
                yield Broken("a capture time far ahead of the next")
            else:
                yield held
                last_ns = max(last_ns, held.t_ns)
        held = item
    if held is not None:
        if 0 <= last_ns < held.t_ns - DAY_NS:
            yield Broken("a capture time far ahead of the one before")
        else:
            yield held
