"""A small map drawn by hand: two square countries, a rock both claim between them, an island added as text."""

import numpy as np

from bongsu.geo import coastline
from bongsu.geo.coastline import Arcs, ZoneTable

COUNTRIES = [{"name": "Westland", "holder": "WES"}, {"name": "Eastland", "holder": "EAS"}]
CLAIMS = [
    {"name": "Middle Rock", "kind": "island", "lat": "40.5", "lon": "133.0", "radius_km": "0.0", "of": "", "box": "",
     "holder": "WES", "claimants": "WES EAS", "is_rock": "yes"},
    {"name": "North Island", "kind": "island", "lat": "43.0", "lon": "130.5", "radius_km": "5.0", "of": "", "box": "",
     "holder": "WES", "claimants": "WES", "is_rock": "no"},
    {"name": "Cape Quarrel", "kind": "box", "lat": "", "lon": "", "radius_km": "", "of": "Eastland",
     "box": "40.8 134.9 41.1 135.3", "holder": "EAS", "claimants": "EAS WES", "is_rock": "no"},
]  # fmt: skip


def square(south: float, west: float, size: float) -> tuple[list[float], list[float]]:
    lat, lon = [south, south + size, south + size, south, south], [west, west, west + size, west + size, west]
    return lat, lon


def small_map() -> ZoneTable:
    """Westland 40-41 N 130-131 E, Eastland 40-41 N 135-136 E; coast points every vertex and at quarter sides."""
    west, east = square(40.0, 130.0, 1.0), square(40.0, 135.0, 1.0)
    pieces = np.array([25, 25, 25, 25, 0] * 2)
    arcs = Arcs(
        np.array(west[0] + east[0]),
        np.array(west[1] + east[1]),
        np.array([0, 5, 10]),
        np.array([[1, 0], [2, 0]]),
        pieces,
    )
    features = coastline.read_features(COUNTRIES, CLAIMS)
    arcs = coastline.with_islands(arcs, features, CLAIMS)
    return coastline.build(arcs, features, coastline.no_grid(), "d" * 64)
