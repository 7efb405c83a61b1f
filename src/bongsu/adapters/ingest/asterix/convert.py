"""From records to inputs of the chain: twins dropped, service messages read past, plots gathered, everything counted."""

from collections import Counter, OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from bongsu.adapters.ingest.asterix.blocks import Block, Broken, blocks, contents
from bongsu.adapters.ingest.asterix.partner import partner_track
from bongsu.adapters.ingest.asterix.pcap import Datagram
from bongsu.adapters.ingest.asterix.radars import radar_id
from bongsu.adapters.ingest.asterix.record import Record
from bongsu.adapters.ingest.asterix.reports import Polar, Refused, has_position, polar, refuse_unreal
from bongsu.adapters.ingest.asterix.survey import Radar, Survey
from bongsu.adapters.ingest.asterix.times import CUT_NS, DAY_NS, nearest_ns
from bongsu.constants import NS_PER_S
from bongsu.messages.inputs import AnyInput, CaptureRead, Scan
from bongsu.models.sensors import Sensor

TWIN_NS: Final = 60 * NS_PER_S  # a record that holds its time and comes again within this is a twin
TWIN_TIMELESS_NS: Final = NS_PER_S  # one that holds no time may be said again at the next turn of the antenna
MAX_TWINS: Final = 50_000  # records remembered
MAX_AGE_NS: Final = 60 * NS_PER_S  # a plot this far from its arrival has a damaged time, or another day's
PASSED: Final = "bytes passed over until a header stood again"


@dataclass
class Tally:
    """Counts of what came of the records."""

    n: Counter[str] = field(default_factory=Counter)
    refused: Counter[tuple[str, str]] = field(default_factory=Counter)  # sensor id and reason
    lost: Counter[str] = field(default_factory=Counter)

    def message(self, valid_ns: int) -> CaptureRead:
        """The counts as an input."""
        return CaptureRead(
            valid_ns=valid_ns, n_records=self.n["records"], n_duplicates=self.n["duplicates"], n_service=self.n["service"],
            n_partner_tracks=self.n["partner tracks"], n_without_position=self.n["without position"], n_plots=self.n["plots"],
            n_placed=self.n["placed"],
            n_refused=tuple((*key, n) for key, n in sorted(self.refused.items())),
            n_lost=tuple(sorted(self.lost.items())),
        )  # fmt: skip


class Twins:
    """Remembers records for a while: a capture of two networks holds each twice."""

    def __init__(self) -> None:
        self._seen: OrderedDict[tuple[int, bytes], int] = OrderedDict()

    def is_twin(self, record: Record, t_ns: int) -> bool:
        """Whether the same bytes came a moment ago; remembers them."""
        key = (record.uap.category, record.data)
        within_ns = TWIN_NS if record.has(record.uap.tod) else TWIN_TIMELESS_NS
        before_ns = self._seen.get(key)
        if before_ns is not None and abs(t_ns - before_ns) <= within_ns:
            return True
        self._seen[key] = t_ns
        self._seen.move_to_end(key)
        if len(self._seen) > MAX_TWINS:
            self._seen.popitem(last=False)
        return False


class Converter:
    """Turns datagrams into inputs, one after the other."""

    def __init__(self, radars: Mapping[Radar, Sensor], seen: Survey) -> None:
        self.tally = Tally()
        self._radars, self._seen = radars, seen
        self._twins = Twins()
        self._n_datagrams = 0

    def take(self, datagram: Datagram | Broken) -> Iterator[AnyInput]:
        """The inputs in a datagram: partner tracks as they come, then one scan for each radar."""
        self._n_datagrams += 1
        if isinstance(datagram, Broken):
            self.tally.lost[datagram.reason] += 1
            if datagram.n_bytes:
                self.tally.lost[PASSED] += datagram.n_bytes
            return
        if not datagram.has_good_sum and self._seen.are_sums_kept:
            self.tally.lost["a datagram whose checksum is wrong"] += 1
            return
        plots: dict[Radar, list[tuple[int, Polar]]] = {}
        for record in self._records(datagram):
            if record.uap.role == "tracks":
                yield from self._track(record, datagram.t_ns)
            elif (plot := self._plot(record, datagram.t_ns)) is not None:
                plots.setdefault(record.source, []).append(plot)
        for radar, mine in plots.items():
            yield self._scan(radar, mine)

    def _records(self, datagram: Datagram) -> Iterator[Record]:
        """The records of sources we know that are no twins and no service messages."""
        for block in blocks(datagram.data):
            for record in contents(block) if isinstance(block, Block) else (block,):
                if isinstance(record, Broken):
                    self.tally.lost[record.reason] += 1
                elif self._is_told(record, datagram.t_ns):
                    yield record

    def _is_told(self, record: Record, t_ns: int) -> bool:
        """Whether a whole record tells something that is new; every other one is counted."""
        if not self._seen.is_known((record.uap.category, *record.source)):
            self.tally.lost[f"CAT{record.uap.category:03}: a source of unknown edition"] += 1
            return False
        self.tally.n["records"] += 1
        if self._twins.is_twin(record, t_ns):
            self.tally.n["duplicates"] += 1
            return False
        if record.uap.role == "service":
            self.tally.n["service"] += 1
            return False
        return True

    def _track(self, record: Record, arrival_ns: int) -> Iterator[AnyInput]:
        try:
            yield partner_track(record, _instant_ns(record, arrival_ns))
        except Refused as error:
            self.tally.lost[f"CAT062: {error}"] += 1
        else:
            self.tally.n["partner tracks"] += 1

    def _plot(self, record: Record, arrival_ns: int) -> tuple[int, Polar] | None:
        """Time and measurement of a report, or None and a reason."""
        if not has_position(record):
            self.tally.n["without position"] += 1
            return None
        self.tally.n["plots"] += 1
        radar = self._radars.get(record.source)
        try:
            refuse_unreal(record)
            if radar is None:
                raise Refused("position of radar {}/{} unknown".format(*record.source))
            found = _instant_ns(record, arrival_ns), polar(record, radar.h_m)
        except Refused as error:
            self._refuse(record, error)
            return None
        self.tally.n["placed"] += 1
        return found

    def _refuse(self, record: Record, error: Refused) -> None:
        radar = self._radars.get(record.source)
        self.tally.refused[radar.sensor_id if radar else radar_id(record.source), str(error)] += 1

    def _scan(self, radar: Radar, plots: list[tuple[int, Polar]]) -> Scan:
        times, measured = zip(*plots, strict=True)
        return Scan(
            sensor_id=self._radars[radar].sensor_id, scan_id=f"d{self._n_datagrams}", kind="radar", valid_ns=max(times),
            t_ns=times,
            range_m=tuple(p.range_m for p in measured),
            azimuth_rad=tuple(p.azimuth_rad for p in measured),
            elevation_rad=tuple(p.elevation_rad for p in measured),
            sigma_elevation_rad=tuple(p.sigma_elevation_rad for p in measured),
        )  # fmt: skip


def _instant_ns(record: Record, arrival_ns: int) -> int:
    """When the record was true. Raises Refused where it does not say so, or says what cannot be."""
    tod_s = record.tod_s
    if tod_s is None:
        raise Refused("no time of day")
    t_ns = nearest_ns(tod_s, arrival_ns, CUT_NS if record.uap.category == 1 else DAY_NS)
    if t_ns < 0 or abs(t_ns - arrival_ns) > MAX_AGE_NS:
        raise Refused("time of day more than 60 s from its arrival")
    return t_ns
