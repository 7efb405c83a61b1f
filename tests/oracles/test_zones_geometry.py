"""The coast kernels against scipy's k-d tree, pyproj's geodesics and shapely's polygons, and the map's awkward corners."""

import numpy as np
import pytest
import shapely
from pyproj import Geod
from scipy.spatial import cKDTree

from bongsu.constants import EEZ_M
from bongsu.geo import zones
from bongsu.geo.coastline import ZoneTable
from bongsu.kernels import coast
from bongsu.run.tables import load_zones

N = 20_000


@pytest.fixture(scope="module")
def table() -> ZoneTable:
    return load_zones()


def spread(seed: int, south: float, north: float, west: float, east: float) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    return np.radians(rng.uniform(south, north, N)), np.radians(rng.uniform(west, east, N))


def cloud(seed: int, lat_deg: float, lon_deg: float) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    return np.radians(lat_deg + rng.normal(0.0, 0.18, N)), np.radians(lon_deg + rng.normal(0.0, 0.24, N))


PLACES = [
    spread(1, 35.0, 46.0, 128.0, 141.0),  # the Sea of Japan: candidate grid
    spread(2, 20.0, 62.0, 117.0, 158.0),  # the whole region of the grid
    cloud(3, 40.0, 134.5),  # a tight cloud in mid-sea: the tree's worst case
    cloud(4, 37.24, 131.87),  # over the Liancourt Rocks
    spread(5, -85.0, 85.0, -180.0, 180.0),  # the world: buckets
    spread(6, -20.0, -15.0, 175.0, 185.0),  # Fiji, over the antimeridian
]


@pytest.mark.parametrize("places", PLACES)
@pytest.mark.parametrize("is_plain", [False, True])
def test_the_nearest_coast_is_that_of_a_kd_tree_within_200_nm(
    table: ZoneTable, places: tuple[np.ndarray, np.ndarray], is_plain: bool
) -> None:
    kept = np.nonzero(~table.is_rock)[0] if is_plain else np.arange(len(table.xyz))
    chord, index = cKDTree(table.xyz[kept]).query(coast.ecef_points(*places))
    expected_m = zones.arc_m(chord)
    found = zones.membership(table, *places)
    feature, distance_m = (
        (found.feature_plain, found.distance_plain_m) if is_plain else (found.feature, found.distance_m)
    )
    near = expected_m <= EEZ_M
    np.testing.assert_allclose(distance_m[near], expected_m[near], rtol=1e-12, atol=1e-6)
    assert np.all(np.isinf(distance_m[~near]))
    at_sea = near & ~found.is_land
    differs = np.nonzero(feature[at_sea] != table.feature[kept][index[at_sea]])[0]
    assert (
        len(differs) <= 20
    )  # two features may share a vertex where a border meets the sea: equal distances, either answer
    own = table.feature[kept]
    for i in np.nonzero(at_sea)[0][differs]:
        x = coast.ecef_points(places[0][i : i + 1], places[1][i : i + 1])[0]
        mine = np.sqrt(((table.xyz[kept][own == feature[i]] - x) ** 2).sum(axis=1).min())
        assert mine == pytest.approx(chord[i], abs=1e-6)


def test_the_arc_of_a_chord_is_the_geodesic_to_a_metre_within_400_km() -> None:
    lat, lon = spread(7, 20.0, 60.0, 117.0, 158.0)
    lat, lon = lat[:5000], lon[:5000]
    rng = np.random.default_rng(8)
    azimuth, distance = rng.uniform(0.0, 360.0, 5000), rng.uniform(0.0, 400e3, 5000)
    geod = Geod(ellps="WGS84")
    lon2, lat2, _ = geod.fwd(np.degrees(lon), np.degrees(lat), azimuth, distance)
    a, b = coast.ecef_points(lat, lon), coast.ecef_points(np.radians(lat2), np.radians(lon2))
    found = zones.arc_m(np.sqrt(((a - b) ** 2).sum(axis=1)))
    assert np.max(np.abs(found - distance)) < 1.0


def test_land_is_that_of_shapely_polygons(table: ZoneTable) -> None:
    numbers = {k + 1 for k, f in enumerate(table.features) if f.name == "South Korea"}
    arcs = table.arcs
    lines = []
    for k in range(len(arcs.first) - 1):
        a, b = int(arcs.first[k]), int(arcs.first[k + 1])
        if b - a > 1 and numbers & set(arcs.owners[k].tolist()):
            lines.append(shapely.LineString(np.stack((arcs.lon_deg[a:b], arcs.lat_deg[a:b]), axis=1)))
    shape = shapely.union_all([p.buffer(0) for p in shapely.polygonize(lines).geoms])
    lat, lon = spread(9, 33.0, 39.0, 124.0, 132.0)
    found = zones.membership(table, lat, lon)
    ours = found.is_land & np.array(
        [table.features[k].holder == "KOR" and table.features[k].row >= 0 for k in found.feature]
    )
    theirs = shapely.contains_xy(shape, np.degrees(lon), np.degrees(lat))
    assert np.count_nonzero(ours != theirs) == 0


@pytest.mark.parametrize(
    ("lat_deg", "lon_deg", "holder"),
    [
        (-90.0, 0.0, "ATA"),  # the ring of Antarctica has no edge at the pole
        (-86.0, 179.99, "ATA"),
        (68.0, 179.9, "RUS"),  # Chukotka, on both sides of the antimeridian
        (68.0, -179.9, "RUS"),
        (71.2, 180.0, "RUS"),  # Wrangel Island
        (-16.6, 179.5, "FJI"),
        (44.95, 34.1, "RUS"),  # Simferopol: the map shows who holds, not who owns
        (27.15, -13.2, "MAR"),
        (44.1, 145.9, "RUS"),
        (40.209, 125.204, "PRK"),
        (24.288, 153.98, "JPN"),
        (55.75, 37.6, "RUS"),
        (22.28, 114.16, "CHN"),  # Hong Kong: mapped to its sovereign
        (13.44, 144.77, "USA"),
    ],
)
def test_ground_is_told_by_its_holder(table: ZoneTable, lat_deg: float, lon_deg: float, holder: str) -> None:
    said = zones.describe(table, float(np.radians(lat_deg)), float(np.radians(lon_deg)))
    assert (said.is_land, said.administered_by) == (True, holder)


@pytest.mark.parametrize(
    ("lat_deg", "lon_deg", "zone"),
    [
        (90.0, 0.0, "high_seas"),
        (0.0, -150.0, "high_seas"),
        (42.0, 51.0, "inland_water"),  # the Caspian Sea has no 200 miles
        (-18.0, 179.99, "eez"),
        (-18.0, -179.99, "eez"),
        (40.0, 134.5, "eez"),
        (38.0, 138.2, "12nm"),
    ],
)
def test_sea_is_told_by_its_zone(table: ZoneTable, lat_deg: float, lon_deg: float, zone: str) -> None:
    said = zones.describe(table, float(np.radians(lat_deg)), float(np.radians(lon_deg)))
    assert (said.is_land, said.zone) == (zone == "inland_water", zone)


def test_the_published_russian_12_nm_sea_is_found_on_an_open_coast(table: ZoneTable) -> None:
    # east of 133.5 E, where no straight baseline closes a bay: places 5 and 30 km off the coast of Primorye
    found = zones.membership(table, np.radians([44.0, 44.0, 45.5, 45.5]), np.radians([135.62, 136.2, 137.35, 138.2]))
    assert (found.distance_m <= zones.TERRITORIAL_SEA_M).tolist() == [True, False, True, False]
