"""The catalogue's side of announced launches: what flew, and for when lists know it."""

import math
from collections import Counter

from bongsu.catalogue import expect
from bongsu.catalogue.entries import DAY_NS
from bongsu.catalogue.expect import Answer, Flown
from bongsu.catalogue.query import launches
from bongsu.catalogue.store import Store
from bongsu.geo import frames


def answers(store: Store) -> list[Answer]:
    """What came of every notice in the catalogue."""
    expected = expect.expectations_of(store.notices())
    return expect.answers(expected, flown(store), covered(store)) if expected else []


def counts(found: list[Answer]) -> dict[str, dict[str, int]]:
    """How many expectations of each launcher came to what; sorted."""
    total: dict[str, Counter[str]] = {}
    for answer in found:
        total.setdefault(answer.expectation.launcher or "unknown", Counter())[answer.outcome] += 1
    return {nation: dict(sorted(n.items())) for nation, n in sorted(total.items())}


def covered(store: Store) -> dict[str, tuple[int, int]]:
    """From the first to the last row of any list about a nation's launches."""
    rows = store.db.execute(
        "SELECT launcher, min(earliest_ns), max(latest_ns) FROM entry "
        "WHERE is_current AND is_list AND launcher <> '' GROUP BY launcher"
    ).fetchall()
    return {nation: (first - DAY_NS, last + DAY_NS) for nation, first, last in rows}


def flown(store: Store) -> list[Flown]:
    """The counted launches, with where they fell where range and bearing are given."""
    bearings = dict(
        store.db.execute(
            "SELECT m.launch_id, min(f.low) FROM member m JOIN entry e ON e.source = m.source AND e.row_key = m.row_key "
            "JOIN field f ON f.source = e.source AND f.row_key = e.row_key AND f.revision = e.revision "
            "WHERE e.is_current AND f.quantity = 'azimuth_deg' GROUP BY m.launch_id HAVING count(DISTINCT f.low) = 1"
        ).fetchall()
    )
    found = []
    for k in launches(store):
        lat, lon = (math.nan, math.nan) if k.lat_rad is None else (k.lat_rad, k.lon_rad)
        low, high = k.range_low_km, k.range_high_km
        range_m = 500.0 * (low + high) if low is not None and high is not None and math.isfinite(low + high) else 0.0
        azimuth = bearings.get(k.launch_id)
        fall = (math.nan, math.nan)
        if azimuth is not None and range_m and k.lat_rad is not None:
            fall = frames.destination(lat, lon, math.radians(azimuth), range_m)
        found.append(
            Flown(k.launch_id, k.launcher, k.earliest_ns, k.latest_ns, k.vehicle_class, lat, lon, *fall, range_m)
        )
    return found
