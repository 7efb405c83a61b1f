"""History as inputs of the fold: one message for each launch and source, in the order in which they could be known."""

from collections.abc import Iterator
from typing import Final

from msgspec import UNSET

from bongsu.catalogue.entries import DAY_NS, Entry, Fault
from bongsu.catalogue.settle import WIDENS, Settled
from bongsu.catalogue.store import Store
from bongsu.messages.inputs import PastLaunch

_MOST: Final = 2**62


def past_launches(store: Store) -> Iterator[PastLaunch]:
    """What each source says of each counted launch, by publication time, then by launch and source.

    Launches before 1970, which no message can hold, are left out. A source that prints no publication time is taken to
    have published a day after the end of the interval it allows, and the message says so.
    """
    entries = {entry.key: entry for entry in store.entries(with_fields=False)}
    found = []
    for settled in store.settle():
        if settled.standing != "counted":
            continue
        for source in settled.sources:
            own = [entries[s, row] for s, row, how in settled.members if s == source and how == "of"]
            if own and min(e.earliest_ns for e in own) >= 0:
                found.append(_message(settled, source, own, [f for f in settled.faults if f.source == source]))
    yield from sorted(found, key=lambda m: (m.published_ns, m.launch_id, m.source))


def _message(settled: Settled, source: str, own: list[Entry], faults: list[Fault]) -> PastLaunch:
    widened = any(f.rule in WIDENS for f in settled.faults)
    earliest_ns = min(settled.earliest_ns if widened else _MOST, *(e.earliest_ns for e in own))
    latest_ns = max(settled.latest_ns if widened else 0, *(e.latest_ns for e in own))
    is_assumed = any(e.is_published_assumed for e in own)
    published_ns = max(latest_ns + DAY_NS if is_assumed else 0, *(e.published_ns for e in own))
    n_high = sum(e.n_high for e in own)
    where = next((e.site for e in own if e.site), None)
    name = next((e.vehicle_class for e in own if e.vehicle_class), "")
    return PastLaunch(
        launch_id=settled.launch_id,
        revision=max(e.revision for e in own),
        earliest_ns=max(0, earliest_ns),
        latest_ns=latest_ns,
        published_ns=min(max(0, published_ns), _MOST),
        is_published_assumed=is_assumed,
        source=source[:200],
        row=", ".join(e.row for e in own)[:200],
        n_low=sum(e.n_low for e in own),
        n_high=max(n_high, sum(e.n_low for e in own)),
        site=where.name if where else next((e.site_words for e in own if e.site_words), ""),
        range_class=name if name in ("SRBM", "MRBM", "IRBM", "ICBM") else "",
        kind="space_launch" if name == "space_launch" else "missile" if name else "",
        launcher=settled.launcher,
        is_failed=all(e.is_failed for e in own),
        faults=tuple(sorted({f.rule for f in faults})),
        lat_rad=UNSET if where is None else where.lat_rad,
        lon_rad=UNSET if where is None else where.lon_rad,
    )
