"""The first pass over a capture, for what stands in no single record: who follows a known edition, where radars stand."""

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, TypeVar

from bongsu.adapters.ingest.asterix.blocks import Block, Broken, blocks, contents
from bongsu.adapters.ingest.asterix.pcap import Datagram
from bongsu.adapters.ingest.asterix.record import CATEGORIES, Record

Source = tuple[int, int, int]  # category, SAC, SIC
Radar = tuple[int, int]  # SAC, SIC
V = TypeVar("V")
MAX_STATED: Final = 64  # different values remembered of what one radar says of itself


@dataclass
class Survey:
    """What a capture is as a whole."""

    n_blocks: Counter[Source] = field(default_factory=Counter)
    n_good: Counter[Source] = field(
        default_factory=Counter
    )  # blocks that, at least to begin with, follow a known edition
    n_bad: Counter[Source] = field(default_factory=Counter)  # blocks that do not, or not to their end
    n_good_sums: int = 0
    n_bad_sums: int = 0
    places: dict[Radar, Counter[tuple[float, float, float]]] = field(default_factory=dict)  # lat_rad, lon_rad, h_m
    periods: dict[Radar, Counter[float]] = field(default_factory=dict)  # s

    @property
    def are_sums_kept(self) -> bool:
        """Whether a wrong checksum means damage: a capture made on the sending machine has wrong ones throughout."""
        return self.n_good_sums > self.n_bad_sums

    def is_known(self, source: Source) -> bool:
        """Whether most blocks of the source follow an edition we know."""
        return self.n_good[source] >= self.n_bad[source] and self.n_good[source] > 0

    def place(self, radar: Radar) -> tuple[float, float, float] | None:
        """Where the radar says it stands: latitude, longitude, height; what it says most often."""
        return _most(self.places.get(radar))

    def period_s(self, radar: Radar) -> float | None:
        """How long one turn of its antenna takes, as it says."""
        return _most(self.periods.get(radar))

    def strangers(self) -> list[str]:
        """One line for each source whose edition is unknown, the most talkative first."""
        found = [source for source in self.n_bad if source[0] and not self.is_known(source)]
        return [self._stranger(source) for source in sorted(found, key=lambda source: (-self.n_bad[source], source))]

    def _stranger(self, source: Source) -> str:
        category, sac, sic = source
        counts, editions = f"{self.n_bad[source]} of {self.n_blocks[source]}", CATEGORIES[category].profiles[0].editions
        return f"{counts} CAT{category:03} blocks of {sac}/{sic} do not follow editions {editions}"


def survey(stream: Iterable[Datagram | Broken]) -> Survey:
    """One pass over the datagrams."""
    seen = Survey()
    for item in stream:
        if isinstance(item, Broken):
            continue
        seen.n_good_sums += item.has_good_sum
        seen.n_bad_sums += not item.has_good_sum
        for block in blocks(item.data):
            if isinstance(block, Block):
                _weigh(seen, block)
    return seen


def _weigh(seen: Survey, block: Block) -> None:
    """Count the block for every source that has whole records in it, and against the one whose record is broken."""
    sources: set[Source] = set()
    for record in contents(block):
        if isinstance(record, Broken):
            seen.n_bad[record.source] += 1
            seen.n_blocks.update({record.source} - sources)
            break
        sources.add((block.category, *record.source))
        if record.uap.role == "service":
            _note(seen, record)
    seen.n_good.update(sources)
    seen.n_blocks.update(sources)


def _note(seen: Survey, record: Record) -> None:
    """Remember what a radar says of itself."""
    place, turn = record.item("120"), record.item("041")
    if record.uap.category == 34 and place and abs(place["lat_rad"]) <= math.pi / 2:
        _count(seen.places, record.source, (place["lat_rad"], place["lon_rad"], place["h_m"]))
    if turn and turn["period_s"] > 0.0:
        _count(seen.periods, record.source, turn["period_s"])


def _count(found: dict[Radar, Counter[V]], key: Radar, value: V) -> None:
    stated = found.setdefault(key, Counter())
    if value in stated or len(stated) < MAX_STATED:
        stated[value] += 1


def _most(stated: Counter[V] | None) -> V | None:
    return stated.most_common(1)[0][0] if stated else None
