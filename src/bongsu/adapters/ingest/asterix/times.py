"""From a time of day to an instant: the day is that of a reference, usually the arrival of the packet."""

from collections.abc import Iterable, Iterator
from typing import Final

from bongsu.adapters.ingest.asterix.blocks import Broken
from bongsu.adapters.ingest.asterix.pcap import Datagram
from bongsu.constants import NS_PER_S

SPIKE_NS: Final = 60 * NS_PER_S  # a leap of more than this that the next packet takes back is a damaged time
DAY_NS: Final = 86_400 * NS_PER_S
CUT_NS: Final = 512 * NS_PER_S  # CAT001 gives its time of day modulo this


def nearest_ns(tod_s: float, reference_ns: int, modulo_ns: int = DAY_NS) -> int:
    """The instant nearest to the reference with this time of day (modulo `modulo_ns`); may be below zero."""
    tod_ns, today_ns = round(tod_s * NS_PER_S), reference_ns // DAY_NS * DAY_NS
    found = [_on_day(tod_ns, today_ns + day * DAY_NS, reference_ns, modulo_ns) for day in (-1, 0, 1)]
    return min(found, key=lambda t_ns: abs(t_ns - reference_ns))


def _on_day(tod_ns: int, day_ns: int, reference_ns: int, modulo_ns: int) -> int:
    """The nearest on one day: 512 s do not divide a day, so counting starts again at each midnight."""
    most = max((DAY_NS - 1 - tod_ns) // modulo_ns, 0)
    turns = (reference_ns - day_ns - tod_ns + modulo_ns // 2) // modulo_ns
    return day_ns + tod_ns + min(max(turns, 0), most) * modulo_ns


def steady(stream: Iterable[Datagram | Broken]) -> Iterator[Datagram | Broken]:
    """The stream without datagrams whose time leaps ahead and is not followed by the next, or lies far behind.

    One flipped bit in a time would otherwise carry the clock, which never goes back, past all that comes after.
    """
    held: Datagram | None = None
    last_ns: int | None = None
    for item in stream:
        if isinstance(item, Broken):
            yield item
            continue
        if held is not None:
            kept = _checked(held, last_ns, item.t_ns)
            last_ns = _later(last_ns, kept)
            yield kept
        held = item
    if held is not None:
        yield _checked(held, last_ns, None)


def _checked(held: Datagram, last_ns: int | None, next_ns: int | None) -> Datagram | Broken:
    """The datagram, unless its time fits neither what came before nor what comes next; the last may leap by a day."""
    if last_ns is not None and held.t_ns < last_ns - SPIKE_NS:
        return Broken("a capture time far behind the one before")
    leap_ns = SPIKE_NS if next_ns is not None else DAY_NS
    is_ahead = last_ns is None or held.t_ns > last_ns + leap_ns
    if is_ahead and (next_ns < held.t_ns - SPIKE_NS if next_ns is not None else last_ns is not None):
        return Broken("a capture time far ahead of its neighbours")
    return held


def _later(last_ns: int | None, kept: Datagram | Broken) -> int | None:
    if isinstance(kept, Broken):
        return last_ns
    return kept.t_ns if last_ns is None else max(last_ns, kept.t_ns)
