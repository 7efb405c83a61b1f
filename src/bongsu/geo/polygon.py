"""Polygons of any use: protected areas, official zones, regions. Edges are straight in latitude and longitude."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from bongsu.errors import BadInput
from bongsu.geo import coastline
from bongsu.kernels import ground

Floats = NDArray[np.float64]
Ring = Sequence[tuple[float, float]]

_MAX_CELLS = 256  # to a side; with more, building costs more than it saves for 100,000 places
_LEAST_DEG = 1e-9  # extent of a polygon that has none


@dataclass(frozen=True, slots=True)
class Polygon:
    """One or more rings, holes among them, ready to be asked. Built by `prepare`."""

    index: tuple[Any, ...]  # of kernels.ground; the inside is territory 1


def prepare(rings_rad: Sequence[Ring]) -> Polygon:
    """A polygon from rings of latitude, longitude pairs in radians; a repeated first vertex is allowed, fewer than 3 are not.

    Domain: narrower than half a turn, no pole inside, edges short enough that straight in latitude and longitude will do.
    """
    lats: list[Floats] = []
    lons: list[Floats] = []
    for ring in rings_rad:
        lat, lon = np.degrees(np.array(ring, float).reshape(-1, 2)).T
        if len(lat) < 3:
            continue
        lon = lon[0] + np.cumsum(np.concatenate(([0.0], coastline.short_way(np.diff(lon)))))  # unwrapped along the ring
        if lons:
            lon += 360.0 * np.round((lons[0][0, 0] - lon[0]) / 360.0)  # onto the turn of the first ring
        lats.append(np.stack((lat, np.roll(lat, -1)), axis=1))
        lons.append(np.stack((lon, np.roll(lon, -1)), axis=1))
    edge_lat = np.concatenate(lats) if lats else np.zeros((0, 2))
    edge_lon = np.concatenate(lons) if lons else np.zeros((0, 2))
    n = len(edge_lon)
    west, east = (float(edge_lon.min()), float(edge_lon.max())) if n else (0.0, 1.0)
    south, north = (float(edge_lat.min()), float(edge_lat.max())) if n else (0.0, 1.0)
    side = min(max(n // 8, 1), _MAX_CELLS)  # a small polygon is asked edge by edge
    wide, high = max(east - west, _LEAST_DEG), max(north - south, _LEAST_DEG)
    owners = np.tile(np.array([[1, 0]]), (n, 1))
    return Polygon(ground.build_index(edge_lat, edge_lon, owners, (south, west, side / high, side / wide), side, side))


def inside(polygon: Polygon, lat_rad: ArrayLike, lon_rad: ArrayLike) -> NDArray[np.bool_]:
    """Which places (n,), in radians, the polygon holds."""
    lat = np.degrees(np.atleast_1d(np.asarray(lat_rad, float)))
    lon = np.degrees(np.atleast_1d(np.asarray(lon_rad, float)))
    out = np.zeros(len(lat), bool)
    ground.inside(lat, lon, polygon.index, out)
    return out


def rings_of(geometry: Any, where: str) -> tuple[tuple[tuple[float, float], ...], ...]:
    """The rings, in radians, of a GeoJSON Polygon or MultiPolygon. Raises BadInput for anything else."""
    try:
        kind = geometry["type"]
        polygons = {"Polygon": [geometry["coordinates"]], "MultiPolygon": geometry["coordinates"]}[kind]
        rings = [np.radians(np.array(ring, float)[:, :2]) for polygon in polygons for ring in polygon]
    except (KeyError, TypeError, ValueError, IndexError) as error:
        found = f"{type(error).__name__}: {error}"
        raise BadInput(
            where, found, "a GeoJSON Polygon or MultiPolygon", "Export the zone as GeoJSON (RFC 7946)."
        ) from error
    if not rings or not all(np.isfinite(r).all() and len(r) >= 4 for r in rings):
        raise BadInput(
            where, "a ring that is too short or not finite", "closed rings of numbers", "Repair the geometry."
        )
    return tuple(tuple((float(lat), float(lon)) for lon, lat in ring[:-1]) for ring in rings)
