"""Approximate regions against the published prefectures of Japan (Global Map Japan, real data): how rough is rough."""

import json
from pathlib import Path

import numpy as np
import pytest
import shapely

from bongsu.geo import places, zones
from bongsu.geo.tables import Tables
from bongsu.run.tables import load_tables


@pytest.fixture(scope="module")
def tables() -> Tables:
    return load_tables()


def prefectures(folder: Path) -> dict[str, shapely.Geometry]:
    """The 47 shapes, from TopoJSON."""
    topology = json.loads((folder / "geo" / "japan" / "japan.topojson").read_text(encoding="utf-8"))
    scale, origin = np.array(topology["transform"]["scale"]), np.array(topology["transform"]["translate"])
    arcs = [np.cumsum(np.array(a), axis=0) * scale + origin for a in topology["arcs"]]
    found = {}
    for geometry in topology["objects"]["japan"]["geometries"]:
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        shapes = []
        for polygon in polygons:
            line = np.concatenate([arcs[a] if a >= 0 else arcs[~a][::-1] for a in polygon[0]])
            if len(line) >= 4:
                shapes.append(shapely.make_valid(shapely.Polygon(line)))
        found[f"JP-{geometry['properties']['id']:02d}"] = shapely.union_all(shapes)
    return found


def test_places_in_japan_get_their_prefecture_in_nine_of_ten_cases(shared_data: Path, tables: Tables) -> None:
    truth = prefectures(shared_data)
    rng = np.random.default_rng(1)
    lat, lon = rng.uniform(30.5, 45.6, 40_000), rng.uniform(129.5, 146.0, 40_000)
    on_land = zones.is_land(tables.zones, np.radians(lat), np.radians(lon))
    lat, lon = lat[on_land], lon[on_land]
    name = np.full(len(lat), "", object)
    for region, shape in truth.items():
        shapely.prepare(shape)
        name[shapely.contains_xy(shape, lon, lat)] = region
    known = np.nonzero(name != "")[0][:1500]
    right = 0
    for i in known:
        found = places.region_at(tables.places, float(np.radians(lat[i])), float(np.radians(lon[i])))
        right += found is not None and found.region == name[i]
    print(f"region_at: {right} of {len(known)}")
    assert right / len(known) > 0.9


def test_outlines_overlap_their_prefectures_by_four_fifths(shared_data: Path, tables: Tables) -> None:
    overlap = []
    truth = prefectures(shared_data)
    for region in places.regions(tables.places, "JPN"):
        rough = shapely.union_all(
            [shapely.make_valid(shapely.Polygon(np.degrees(np.array(r))[:, ::-1])) for r in region.rings]
        )
        real = truth[region.region]
        overlap.append(rough.intersection(real).area / rough.union(real).area)
    print(f"outlines: overlap over union median {np.median(overlap):.2f}, least {min(overlap):.2f}")
    assert np.median(overlap) > 0.8
    assert min(overlap) > 0.6
