"""The coast as data: packed arcs unpacked, labelled with features and claimants, and indexed for `geo.zones`.

Source arrays are arcs of a topology (each border or coast stored once) on a whole-number grid. An arc with one owner is
coast, with two a border, with the same twice an island that the grid collapsed to a line. Coast points are the arcs'
vertices plus inserted ones, so that gaps are at most 5 km.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bongsu.kernels import coast, ground

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Array = NDArray[Any]

CELL_DEG = 0.25  # land cells
WORLD = (-90.0, -180.0, 1.0 / CELL_DEG, 1.0 / CELL_DEG)  # frame of the land index
INLAND = "inland_water"  # holder of the pseudo-territory that stands for the Caspian Sea
_OCTAGON = np.linspace(0.0, 2.0 * np.pi, 9)  # outline of an island that is given as a point and a radius
_M_PER_DEG = 111_195.0  # one degree of arc on the mean sphere; only for the outlines of small islands


@dataclass(frozen=True, slots=True)
class Feature:
    """A stretch of coast with one holder and one set of claimants."""

    name: str
    holder: str  # who administers it: alpha-3, or the map's name where no code fits
    claimants: tuple[str, ...]  # alpha-3; empty where nobody's claim is counted
    kind: str  # row, box, island, baseline, inland
    is_rock: bool  # disputed as such: left out of the variant without disputed features
    row: int  # of the map; -1 for added islands and baseline points
    box: tuple[float, float, float, float] = ()  # type: ignore[assignment]  # south, west, north, east, degrees


@dataclass(frozen=True, slots=True)
class Arcs:
    """Lines in degrees: arc k is vertices first[k]:first[k + 1]; owners are territory numbers (0 for sea), coast or not."""

    lat_deg: Floats
    lon_deg: Floats
    first: Ints
    owners: Array
    pieces: Array  # of the segment that starts at each vertex: 0 no coast or none starts, k inserts k - 1 points


@dataclass(frozen=True, slots=True)
class ZoneTable:
    """Coast points with their features, indexes over them, and the land beneath. Built by `build`; arrays are read-only."""

    features: tuple[Feature, ...]
    xyz: Floats  # (m, 3) ECEF of the coast points
    lat_rad: Floats
    lon_rad: Floats
    feature: Array  # (m,) feature of each coast point
    is_rock: NDArray[np.bool_]
    buckets: tuple[Array, Array]
    grid: tuple[Any, ...]  # as kernels.coast takes them, like boxes
    land: tuple[Any, ...]  # an index of kernels.ground
    boxes: tuple[Array, Array, Array]
    arcs: Arcs
    digest: str
    official: tuple[Any, ...] = ()  # of geo.official.OfficialZone
    named: tuple[Any, ...] = ()  # of geo.official.NamedArea


def unpack(packed: Mapping[str, Array]) -> Arcs:
    """Arcs from the shipped arrays: zigzag steps on a whole-number grid, low, middle and high byte apart."""
    zigzag = (
        packed["low"].astype(np.int64) | packed["middle"].astype(np.int64) << 8 | packed["high"].astype(np.int64) << 16
    )
    steps = (zigzag >> 1) ^ -(zigzag & 1)
    grid = np.cumsum(steps.reshape(2, -1), axis=1)  # longitudes, then latitudes; arcs follow one another
    lon_deg = packed["origin"][0] + packed["scale"][0] * grid[0]
    lat_deg = packed["origin"][1] + packed["scale"][1] * grid[1]
    first = np.concatenate(([0], np.cumsum(packed["length"], dtype=np.int64)))
    return Arcs(lat_deg, lon_deg, first, packed["owners"].astype(np.int64), packed["pieces"].astype(np.int64))


def read_features(countries: Sequence[Mapping[str, str]], claims: Sequence[Mapping[str, str]]) -> tuple[Feature, ...]:
    """Features in order: the rows of the map, then the added and contested ones; territory number is position plus one."""
    rows = [_row_feature(k, row, claims) for k, row in enumerate(countries)]
    names = [row["name"] for row in countries]
    added = [_claim_feature(claim, names) for claim in claims if claim["kind"] != "row"]
    return (*rows, *added)


def _row_feature(k: int, row: Mapping[str, str], claims: Sequence[Mapping[str, str]]) -> Feature:
    if row["holder"] == INLAND:
        return Feature(row["name"], INLAND, (), "inland", False, k)
    for claim in claims:
        if claim["kind"] == "row" and claim["of"] == row["name"]:
            return Feature(
                claim["name"], claim["holder"], tuple(claim["claimants"].split()), "row", claim["is_rock"] == "yes", k
            )
    return Feature(row["name"], row["holder"], (row["holder"],), "row", False, k)


def _claim_feature(claim: Mapping[str, str], names: Sequence[str]) -> Feature:
    claimants, is_rock = tuple(claim["claimants"].split()), claim["is_rock"] == "yes"
    if claim["kind"] == "box":
        south, west, north, east = (float(v) for v in claim["box"].split())
        row = names.index(claim["of"])
        return Feature(claim["name"], claim["holder"], claimants, "box", is_rock, row, (south, west, north, east))
    return Feature(claim["name"], claim["holder"], claimants, claim["kind"], is_rock, -1)


def with_islands(arcs: Arcs, features: Sequence[Feature], claims: Sequence[Mapping[str, str]]) -> Arcs:
    """The arcs and one octagon for each added island with a radius, one lone vertex for each without, and for baselines."""
    number = {f.name: k + 1 for k, f in enumerate(features)}
    lat, lon, first, owners, pieces = [arcs.lat_deg], [arcs.lon_deg], [arcs.first], [arcs.owners], [arcs.pieces]
    end = arcs.first[-1]
    for claim in claims:
        if claim["kind"] not in ("island", "baseline"):
            continue
        lat0, lon0, radius_deg = float(claim["lat"]), float(claim["lon"]), float(claim["radius_km"]) * 1e3 / _M_PER_DEG
        turns = _OCTAGON if radius_deg > 0.0 else _OCTAGON[:1]
        lat.append(lat0 + radius_deg * np.sin(turns))
        lon.append(lon0 + radius_deg * np.cos(turns) / np.cos(np.radians(lat0)))
        end += len(turns)
        first.append(np.array([end]))
        owners.append(np.array([[number[claim["name"]], 0]]))
        pieces.append(np.arange(len(turns), 0, -1).clip(1, 2) - 1)  # one piece each; none starts at the last vertex
    return Arcs(
        np.concatenate(lat), np.concatenate(lon), np.concatenate(first), np.concatenate(owners), np.concatenate(pieces)
    )


def boxes_of(features: Sequence[Feature]) -> tuple[Array, Array, Array]:
    """Territory number, bounds (south, west, north, east) and feature of every box, in order."""
    held = [(f.row + 1, f.box, k) for k, f in enumerate(features) if f.kind == "box"]
    number = np.array([n for n, _, _ in held], np.int64)
    bounds = np.array([b for _, b, _ in held], float).reshape(-1, 4)
    return number, bounds, np.array([k for _, _, k in held], np.int64)


def split_boxes(lat_deg: Floats, lon_deg: Floats, number: Ints, boxes: tuple[Array, Array, Array]) -> Ints:
    """Feature of each coast point from its territory number: the first box of that row that holds it, else the row itself."""
    feature = number - 1
    for row, (south, west, north, east), k in reversed(list(zip(*boxes, strict=True))):
        own = np.nonzero(number == row)[0]
        held = (lat_deg[own] >= south) & (lat_deg[own] <= north) & (lon_deg[own] >= west) & (lon_deg[own] <= east)
        feature[own[held]] = k
    return feature


def short_way(step_deg: Floats) -> Floats:
    """A step in longitude the short way round."""
    return step_deg - 360.0 * np.round(step_deg / 360.0)


def no_grid() -> tuple[Array, Array, tuple[float, float, float, int, int]]:
    """A candidate grid without a cell: every place is looked up in the buckets."""
    return np.zeros(1, np.uint32), np.zeros(0, np.uint32), (0.0, 0.0, 1.0, 0, 0)


def unpack_grid(packed: Mapping[str, Array]) -> tuple[Array, Array, tuple[float, float, float, int, int]]:
    """The candidate grid from the shipped arrays: counts of the cells, then steps between ascending point numbers."""
    count = packed["count"].astype(np.int64)
    first = np.concatenate(([0], np.cumsum(count))).astype(np.uint32)
    steps = packed["low"].astype(np.int64) | packed["high"].astype(np.int64) << 16
    total = np.cumsum(steps)
    before = np.concatenate(([0], total))[first[:-1]]
    south, west, step, rows, cols = (float(v) for v in packed["frame"])
    frame = (float(np.radians(south)), float(np.radians(west)), float(np.radians(step)), int(rows), int(cols))
    return first, (total - np.repeat(before, count)).astype(np.uint32), frame


def build(arcs: Arcs, features: tuple[Feature, ...], grid: tuple[Any, ...], digest: str) -> ZoneTable:
    """The table from unpacked parts; `arcs` holds the added islands already."""
    lines = arcs.lat_deg, arcs.lon_deg, arcs.first, arcs.owners
    lat_deg, lon_deg, number = coast.unfold_points(*lines, arcs.pieces)
    boxes = boxes_of(features)
    feature = split_boxes(lat_deg, lon_deg, number, boxes)
    lat_rad, lon_rad = np.radians(lat_deg), np.radians(lon_deg)
    xyz = coast.ecef_points(lat_rad, lon_rad)
    is_rock = np.array([f.is_rock for f in features])[feature]
    lat, lon, owners = ground.unfold_edges(*lines)
    land = ground.build_index(lat, lon, owners, WORLD, round(180.0 / CELL_DEG), round(360.0 / CELL_DEG))
    point, candidates = np.unique(grid[1], return_inverse=True)
    near = (grid[0], candidates.astype(np.uint32), grid[2], xyz[point], is_rock[point], point.astype(np.int64))
    for array in (xyz, lat_rad, lon_rad, feature, is_rock, land[0], *land[2:]):
        array.setflags(write=False)
    return ZoneTable(
        features, xyz, lat_rad, lon_rad, feature, is_rock, coast.fill_buckets(xyz), near, land, boxes, arcs, digest
    )
