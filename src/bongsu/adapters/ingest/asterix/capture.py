"""A capture or a file of bare blocks, in two passes: first what it is, then its inputs in order. Memory does not grow with it."""

import mmap
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bongsu.adapters.ingest.asterix import pcap, raw
from bongsu.adapters.ingest.asterix.blocks import Block, Broken, blocks, contents
from bongsu.adapters.ingest.asterix.convert import Converter
from bongsu.adapters.ingest.asterix.heads import Buffer
from bongsu.adapters.ingest.asterix.pcap import Datagram
from bongsu.adapters.ingest.asterix.radars import placed, sensors_of
from bongsu.adapters.ingest.asterix.record import Record
from bongsu.adapters.ingest.asterix.survey import Survey, survey
from bongsu.adapters.ingest.asterix.times import CUT_NS, DAY_NS, SPIKE_NS, nearest_ns, steady
from bongsu.errors import BadInput
from bongsu.messages.inputs import AnyInput
from bongsu.models.sensors import Sensor

HEAD: Final = 64  # bytes that tell a capture from text
_TEXT: Final = frozenset((*b"\t\n\r\f", *range(32, 256)))
EXPECTED: Final = "records of CAT001, 002, 034, 048, 062 or 065"


@dataclass(frozen=True, slots=True)
class Capture:
    """A capture that can be read: its sensors, and lines about what cannot be used of it."""

    path: Path
    sensors: tuple[Sensor, ...]  # those given, and radars that say where they stand
    seen: Survey
    date_ns: int | None  # times from the records alone, from this day on; None: from the capture

    def inputs(self) -> Iterator[tuple[int, AnyInput]]:
        """known_ns and input, in order of arrival; the last is the count of what was read."""
        converter = Converter(placed(self.sensors), self.seen)
        known_ns = 0
        with _mapped(self.path) as data:
            for item in steady(_stream(data, str(self.path), self.date_ns)):
                known_ns = max(known_ns, item.t_ns) if isinstance(item, Datagram) else known_ns
                for message in converter.take(item):
                    yield known_ns, message
        yield known_ns, converter.tally.message(known_ns)


def is_capture(head: bytes) -> bool:
    """Whether a file that begins so is no text: a capture, or bare blocks."""
    return pcap.is_pcap(head) or any(octet not in _TEXT for octet in head[:HEAD])


def open_capture(path: Path, sensors: Iterable[Sensor], date_ns: int | None = None) -> Capture:
    """The first pass. Raises BadInput where the file as a whole cannot be used: no records, none of a known edition, no date."""
    where = str(path)
    lost: Counter[str] = Counter()
    with _mapped(path) as data:
        has_times = pcap.is_pcap(data[:HEAD])
        seen = survey(_noting(_stream(data, where, date_ns), lost))
    if not any(seen.is_known(source) for source in seen.n_good):
        raise BadInput(where, _nothing(seen, lost), f"{EXPECTED} of a known edition", "Nothing was tracked.")
    if not has_times and date_ns is None:
        raise BadInput(
            where, "ASTERIX without a capture's times", "the day it was recorded", "Give it: `--date YYYY-MM-DD` (UTC)."
        )
    return Capture(path, sensors_of(where, sensors, seen), seen, date_ns)


def _noting(stream: Iterable[Datagram | Broken], lost: Counter[str]) -> Iterator[Datagram | Broken]:
    """The stream, counting what is broken in it on the way."""
    for item in stream:
        found = [item] if isinstance(item, Broken) else _broken_in(item)
        for broken in found:
            lost[broken.reason] += 1
        yield item


def _broken_in(datagram: Datagram) -> Iterator[Broken]:
    for block in blocks(datagram.data):
        for record in contents(block) if isinstance(block, Block) else (block,):
            if isinstance(record, Broken):
                yield record


def _nothing(seen: Survey, lost: Counter[str]) -> str:
    """Why there is nothing to use, in one line."""
    strangers = seen.strangers()
    if strangers:
        more = f" (and {len(strangers) - 1} more sources)" if len(strangers) > 1 else ""
        return f"an unknown edition: {strangers[0]}{more}"
    return ", ".join(f"{n} x {reason}" for reason, n in lost.most_common(3)) or "nothing in it"


def _stream(data: Buffer, where: str, date_ns: int | None) -> Iterator[Datagram | Broken]:
    """Datagrams with their times: those of the capture, or those of the records from a given day on."""
    if not pcap.is_pcap(data[:HEAD]):
        return _dated((Datagram(0, c) if isinstance(c, bytes) else c for c in raw.chunks(data)), date_ns or 0)
    found = pcap.datagrams(data, where)
    return found if date_ns is None else _dated(found, date_ns)


def _dated(stream: Iterable[Datagram | Broken], date_ns: int) -> Iterator[Datagram | Broken]:
    """The stream with the time of the first record of each datagram that has one; the day goes on at midnight.

    A leap moves the reference only once the next time confirms it: one damaged time must not change the day of all that follow.
    """
    reference_ns = leap_ns = -1
    for item in stream:
        record = None if isinstance(item, Broken) else _first_timed(item)
        if isinstance(item, Broken):
            yield item
            continue
        if record is not None and record.tod_s is not None:
            is_cut = record.uap.category == 1
            if reference_ns < 0 and is_cut:
                yield Broken("a time modulo 512 s with no full time before it")
                continue
            near_ns = date_ns + DAY_NS // 2 - 1 if reference_ns < 0 else reference_ns
            t_ns = nearest_ns(record.tod_s, near_ns, CUT_NS if is_cut else DAY_NS)
            if reference_ns < 0 or abs(t_ns - reference_ns) <= SPIKE_NS or abs(t_ns - leap_ns) <= SPIKE_NS:
                reference_ns = t_ns
            leap_ns = t_ns
            yield Datagram(max(t_ns, 0), item.data, item.has_good_sum)
        else:
            yield Datagram(max(reference_ns, date_ns), item.data, item.has_good_sum)


def _first_timed(datagram: Datagram) -> Record | None:
    for block in blocks(datagram.data):
        for record in contents(block) if isinstance(block, Block) else ():
            if isinstance(record, Record) and record.has(record.uap.tod):
                return record
    return None


@contextmanager
def _mapped(path: Path) -> Iterator[Buffer]:
    """The file mapped into memory, not read."""
    try:
        with path.open("rb") as file:
            if not file.seek(0, 2):
                yield b""
                return
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
                yield data
    except OSError as error:
        raise BadInput(str(path), error.strerror or "no readable file", "a capture", "Check the path.") from error
