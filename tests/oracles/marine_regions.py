"""Marine Regions v10 and v12 as truth for the zone tests. Never shipped: read from the folder of real data.

A polygon gives a set of claimants: one sovereign for a 200 nm zone, all of them for an overlapping or disputed claim. A joint
regime is an agreement on use, not a claim, so either party is accepted there.
"""

import json
import struct
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from bongsu.geo import coastline, zones
from bongsu.geo.coastline import ZoneTable
from bongsu.kernels import coast

COUNTRIES = {
    "Japan": "JPN", "South Korea": "KOR", "North Korea": "PRK", "China": "CHN", "Russia": "RUS", "Taiwan": "TWN",
    "Republic of Korea": "KOR", "Republic Of Korea": "KOR", "United States": "USA", "Philippines": "PHL", "Palau": "PLW",
    "Micronesia": "FSM", "Federal Republic of Micronesia": "FSM", "Marshall Islands": "MHL", "Vietnam": "VNM",
}  # fmt: skip
NEAR_SHORE_M = 30_000.0  # cells without a polygon this close to a coast are internal waters the file leaves out


@dataclass(frozen=True, slots=True)
class Zone:
    """One polygon and who has or claims it."""

    claimants: frozenset[str]
    shape: shapely.Geometry
    is_regime: bool


@dataclass(frozen=True, slots=True)
class Cells:
    """Sea cells to compare on: places, weights by area, and the claimants the polygons give (none: high seas)."""

    lat_rad: np.ndarray
    lon_rad: np.ndarray
    weight: np.ndarray
    truth: tuple[frozenset[str], ...]
    is_regime: np.ndarray  # under a joint regime


@cache
def v12(folder: Path) -> tuple[Zone, ...]:
    """Version 12, Asia and the Pacific."""
    collection = json.loads((folder / "geo" / "eez_marineregions_v12_asia_pacific.geojson").read_text(encoding="utf-8"))
    found = []
    for feature in collection["features"]:
        names = [feature["properties"][f"sovereign{k}"] for k in (1, 2, 3)]
        is_regime = feature["properties"]["pol_type"] == "Joint regime"
        found.append(Zone(_codes(names), shapely.make_valid(shapely.geometry.shape(feature["geometry"])), is_regime))
    return tuple(found)


@cache
def v10(folder: Path) -> tuple[Zone, ...]:
    """Version 10 (2018), the world; only what lies in 100-180 E, 0-65 N is kept."""
    stem = folder / "geo" / "eez_marineregions_v10_s05" / "eez_s05"
    window = shapely.box(100.0, 0.0, 180.0, 65.0)
    rows = read_dbf(stem.with_suffix(".dbf").read_bytes())
    found = []
    for row, shape in zip(rows, read_shp(stem.with_suffix(".shp").read_bytes()), strict=True):
        if shape.intersects(window):
            names = [row.get(f"Sovereign{k}", "") for k in (1, 2, 3)]
            found.append(Zone(_codes(names), shapely.make_valid(shape), row["Pol_type"].startswith("Joint")))
    return tuple(found)


def _codes(names: list[Any]) -> frozenset[str]:
    return frozenset(COUNTRIES.get(n, n) for n in names if n)


def read_dbf(body: bytes) -> list[dict[str, str]]:
    """The rows of a dBase III table, as text."""
    n, header, width = struct.unpack_from("<IHH", body, 4)
    fields, at = [], 32
    while body[at] != 0x0D:
        fields.append((body[at : at + 11].split(b"\0")[0].decode(), body[at + 16]))
        at += 32
    rows = []
    for k in range(n):
        at = header + k * width + 1
        row = {}
        for name, size in fields:
            row[name] = body[at : at + size].decode("utf-8", "replace").strip().strip("\0")
            at += size
        rows.append(row)
    return rows


def read_shp(body: bytes) -> list[shapely.Geometry]:
    """The polygons of a shapefile (types 5, 15); holes are told by even-odd."""
    at, shapes = 100, []
    while at < len(body):
        size = struct.unpack_from(">I", body, at + 4)[0] * 2
        n_parts, n_points = struct.unpack_from("<II", body, at + 8 + 36)
        first = [*struct.unpack_from(f"<{n_parts}I", body, at + 8 + 44), n_points]
        points = np.frombuffer(body, "<f8", 2 * n_points, at + 8 + 44 + 4 * n_parts).reshape(-1, 2)
        rings = [points[a:b] for a, b in pairwise(first)]
        shape = shapely.Polygon()
        for ring in rings:
            if len(ring) >= 4:
                shape = shapely.symmetric_difference(shape, shapely.make_valid(shapely.Polygon(ring)))
        shapes.append(shape)
        at += 8 + size
    return shapes


def without(table: ZoneTable, names: tuple[str, ...]) -> ZoneTable:
    """The table without the coast points of some features; every place is looked up in the buckets."""
    gone = [k for k, f in enumerate(table.features) if f.name in names]
    if len(gone) != len(names):
        raise LookupError(f"no such features: {names}")
    keep = ~np.isin(table.feature, gone)
    xyz, is_rock = table.xyz[keep], table.is_rock[keep]
    first, candidates, frame = coastline.no_grid()
    grid = (first, candidates, frame, xyz[:0], is_rock[:0], np.zeros(0, np.int64))
    return replace(
        table,
        xyz=xyz,
        lat_rad=table.lat_rad[keep],
        lon_rad=table.lon_rad[keep],
        feature=table.feature[keep],
        is_rock=is_rock,
        buckets=coast.fill_buckets(xyz),
        grid=grid,
    )


def cells(table: ZoneTable, truth: tuple[Zone, ...], box: tuple[float, float, float, float], step_deg: float) -> Cells:
    """Sea cells of a box (south, west, north, east, degrees; both ends taken), dropped where the polygons end at the shore."""
    south, west, north, east = box
    lat, lon = np.meshgrid(
        south + step_deg * np.arange(round((north - south) / step_deg) + 1),
        west + step_deg * np.arange(round((east - west) / step_deg) + 1),
        indexing="ij",
    )
    lat, lon = lat.ravel(), lon.ravel()
    held = np.zeros((len(truth), len(lat)), bool)
    for k, zone in enumerate(truth):
        shapely.prepare(zone.shape)
        held[k] = shapely.contains_xy(zone.shape, lon, lat)
    found = zones.membership(table, np.radians(lat), np.radians(lon))
    keep = np.nonzero(~found.is_land & (held.any(axis=0) | (found.distance_m > NEAR_SHORE_M)))[0]
    sets = tuple(frozenset().union(*(truth[k].claimants for k in np.nonzero(held[:, i])[0])) for i in keep)
    is_regime = held[[z.is_regime for z in truth]][:, keep].any(axis=0)
    return Cells(np.radians(lat[keep]), np.radians(lon[keep]), np.cos(np.radians(lat[keep])), sets, is_regime)


def part(at: Cells, keep: np.ndarray) -> Cells:
    """Some of the cells."""
    truth = tuple(t for t, k in zip(at.truth, keep, strict=True) if k)
    return Cells(at.lat_rad[keep], at.lon_rad[keep], at.weight[keep], truth, at.is_regime[keep])


def computed(table: ZoneTable, at: Cells) -> list[frozenset[str]]:
    """The claimants our table gives each cell; none beyond 200 nm."""
    found = zones.membership(table, at.lat_rad, at.lon_rad)
    sets = [frozenset(f.claimants) for f in table.features]
    return [sets[k] if k >= 0 else frozenset() for k in found.feature]


def agreement(ours: list[frozenset[str]], at: Cells) -> tuple[float, float, np.ndarray]:
    """Shares of area: a claimant in common (or both none); sets equal. And which cells share none."""
    shares = np.array([bool(a & b) or (not a and not b) for a, b in zip(ours, at.truth, strict=True)])
    equal = np.array([a == b for a, b in zip(ours, at.truth, strict=True)]) | (at.is_regime & shares)
    total = at.weight.sum()
    return float((at.weight * shares).sum() / total), float((at.weight * equal).sum() / total), ~shares


def claimed_by(nation: str, ours: list[frozenset[str]], at: Cells) -> float:
    """Share of area on which both say the same about one nation's claim."""
    same = np.array([(nation in a) == (nation in b) for a, b in zip(ours, at.truth, strict=True)])
    same |= at.is_regime & np.array([nation in b for b in at.truth])
    return float((at.weight * same).sum() / at.weight.sum())


def distance_to_line_m(truth: tuple[Zone, ...], at: Cells, ours: list[frozenset[str]], where: np.ndarray) -> np.ndarray:
    """How far each cell lies from the nearest place where the polygons would agree with us.

    Planar, longitudes shrunk at the cell's latitude: right to 1 % at these distances.
    """
    out = []
    for i in np.nonzero(where)[0]:
        lat, lon = float(np.degrees(at.lat_rad[i])), float(np.degrees(at.lon_rad[i]))
        scale = np.array([np.cos(at.lat_rad[i]), 1.0]) * 111.2e3
        around = shapely.box(lon - 2.0, lat - 2.0, lon + 2.0, lat + 2.0)
        if ours[i]:
            goal = shapely.union_all([z.shape.intersection(around) for z in truth if z.claimants & ours[i]])
        else:
            goal = around.difference(shapely.union_all([z.shape.intersection(around) for z in truth]))
        flat = shapely.transform(goal, lambda xy, s=scale: xy * s)
        out.append(float(shapely.distance(flat, shapely.Point(lon * scale[0], lat * scale[1]))))
    return np.array(out)
