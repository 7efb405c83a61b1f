"""How long do 100,000 places take to be told their zones, beside shapely's prepared polygons?

Four questions, each on places spread over the Sea of Japan and on a 20 km cloud:
  same polygon   inside or outside one polygon of 10,000 vertices; the answers are compared and must be equal.
  land           on land or not; shapely is asked for the land of Japan alone, ours has the whole world's.
  whole answer   the share of every zone (land, 12 nm, EEZ, with and without disputed features) of every nation, beside shapely
                 asked only for the land of the five countries around: it has no polygon of a zone, so this is the least it
                 would have to do.
  zones          whole answer again, beside shapely asked the Marine Regions v12 polygons that meet 115-160 E 20-60 N, where the
                 folder of real data is at hand ($BONGSU_SHARED_DATA, else ../shared/data): it has no 12 nm and no land.
Counted: processor time of the one thread, from arrays of latitudes and longitudes to the answer, all compiled and prepared
before. Not counted: loading the tables (printed apart), building the polygons. Rounds are interleaved; ratios are medians of
per-round ratios with their range.
"""

import json
import os
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import shapely

from bongsu.geo import polygon, zones
from bongsu.geo.coastline import ZoneTable
from bongsu.run.tables import load_tables

ROUNDS = 9
N = 100_000
NEIGHBOURS = ("JPN", "KOR", "PRK", "RUS", "CHN")


def places() -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Latitudes and longitudes in degrees."""
    rng = np.random.default_rng(1)
    spread = rng.uniform(35.0, 46.0, N), rng.uniform(128.0, 141.0, N)
    cloud = 40.0 + rng.normal(0.0, 0.18, N), 134.5 + rng.normal(0.0, 0.235, N)
    coast = 38.0 + rng.normal(0.0, 0.18, N), 138.4 + rng.normal(0.0, 0.23, N)
    return {"spread": spread, "cloud in mid-sea": cloud, "cloud over Sado": coast}


def jagged(n: int = 10_000) -> np.ndarray:
    """A closed line of n vertices about 40 N 134.5 E, 1 to 4 degrees across, rough at every scale: longitude, latitude."""
    rng = np.random.default_rng(3)
    turn = np.linspace(0.0, 2.0 * np.pi, n, endpoint=False)
    waves = (rng.normal() * 0.4 / k**1.1 * np.sin(k * turn + rng.uniform(0.0, 6.28)) for k in range(2, 400))
    radius = 2.5 + sum(waves)
    return np.stack((134.5 + 1.25 * radius * np.cos(turn), 40.0 + radius * np.sin(turn)), axis=1)


def land_of(table: ZoneTable, holder: str) -> shapely.Geometry:
    """A country's ground on the map as one prepared shape."""
    arcs, numbers = table.arcs, {k + 1 for k, f in enumerate(table.features) if f.holder == holder}
    lines = []
    for k in range(len(arcs.first) - 1):
        a, b, owners = int(arcs.first[k]), int(arcs.first[k + 1]), arcs.owners[k].tolist()
        if b - a > 1 and numbers.intersection(owners) and owners[0] != owners[1]:
            lines.append(shapely.LineString(np.stack((arcs.lon_deg[a:b], arcs.lat_deg[a:b]), axis=1)))
    shape = shapely.union_all([p.buffer(0) for p in shapely.polygonize(lines).geoms])
    shapely.prepare(shape)
    return shape


def published() -> list[shapely.Geometry]:
    """Prepared zones of Marine Regions v12 around; none where the data is not at hand."""
    folder = Path(os.environ.get("BONGSU_SHARED_DATA") or Path(__file__).parents[2] / "shared" / "data")
    path = folder / "geo" / "eez_marineregions_v12_asia_pacific.geojson"
    if not path.exists():
        return []
    found = [shapely.geometry.shape(f["geometry"]) for f in json.loads(path.read_text(encoding="utf-8"))["features"]]
    near = [g for g in found if g.intersects(shapely.box(115.0, 20.0, 160.0, 60.0))]
    shapely.prepare(near)
    return near


def race(name: str, ours: Callable[[], object], theirs: Callable[[], object]) -> None:
    """Run both by turns and print times and ratio."""
    ours(), theirs()
    seconds = []
    for _ in range(ROUNDS):
        began = time.thread_time()
        ours()
        middle = time.thread_time()
        theirs()
        seconds.append((middle - began, time.thread_time() - middle))
    own, other = np.array(seconds).T * 1e3
    ratio = other / own
    print(
        f"  {name:34s} bongsu {np.median(own):6.1f} ms ({own.min():.1f}-{own.max():.1f}), shapely {np.median(other):6.1f} ms: "
        f"{np.median(ratio):.2f} ({ratio.min():.2f}-{ratio.max():.2f}) x as fast"
    )


def main() -> None:
    """Print all three comparisons."""
    load_tables()
    load_tables.cache_clear()
    began = time.thread_time()
    table = load_tables().zones
    print(f"{N} places, {ROUNDS} interleaved rounds; shapely {shapely.__version__}, GEOS {shapely.geos_version_string}")
    print(f"  loading all tables, compiled: {time.thread_time() - began:.2f} s; table {table.digest[:12]}")
    line = jagged()
    shape = shapely.make_valid(shapely.Polygon(line))
    outer = max(shape.geoms, key=lambda g: g.area) if hasattr(shape, "geoms") else shape
    shapely.prepare(outer)
    rings = [np.radians(np.array(r.coords)[:-1, ::-1]).tolist() for r in (outer.exterior, *outer.interiors)]
    own = polygon.prepare(rings)
    shapes = {c: land_of(table, c) for c in NEIGHBOURS}
    print(f"  polygon of {sum(len(r) for r in rings)} vertices; land of {', '.join(NEIGHBOURS)}")
    zones_v12 = published()
    print(
        f"  {len(zones_v12)} polygons of Marine Regions v12"
        if zones_v12
        else "  real data absent: no comparison with v12"
    )
    for name, (lat, lon) in places().items():
        lat_rad, lon_rad = np.radians(lat), np.radians(lon)
        differ = np.count_nonzero(polygon.inside(own, lat_rad, lon_rad) != shapely.contains_xy(outer, lon, lat))
        race(
            f"same polygon, {name}", lambda p=(lat_rad, lon_rad): polygon.inside(own, *p),
            lambda p=(lon, lat): shapely.contains_xy(outer, *p),
        )  # fmt: skip
        race(
            f"land, {name}", lambda p=(lat_rad, lon_rad): zones.is_land(table, *p),
            lambda p=(lon, lat): shapely.contains_xy(shapes["JPN"], *p),
        )  # fmt: skip
        race(
            f"whole answer, {name}", lambda p=(lat_rad, lon_rad): zones.zone_probabilities(table, *p),
            lambda p=(lon, lat): [shapely.contains_xy(s, *p) for s in shapes.values()],
        )  # fmt: skip
        if zones_v12:
            race(
                f"zones, {name}", lambda p=(lat_rad, lon_rad): zones.zone_probabilities(table, *p),
                lambda p=(lon, lat): [shapely.contains_xy(s, *p) for s in zones_v12],
            )  # fmt: skip
        print(f"    the polygon's answers differ in {differ} of {N} places")


if __name__ == "__main__":
    main()
