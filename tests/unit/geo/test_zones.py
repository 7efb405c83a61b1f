"""Zones on a small map: two countries 300 km apart with a rock between that both claim."""

import numpy as np
import pytest
from tests.unit.geo.maps import small_map

from bongsu.constants import EEZ_M, TERRITORIAL_SEA_M
from bongsu.errors import BadInput
from bongsu.geo import official, polygon, zones
from bongsu.geo.coastline import ZoneTable


@pytest.fixture(scope="module")
def table() -> ZoneTable:
    return small_map()


def at(table: ZoneTable, lat_deg: float, lon_deg: float) -> zones.Verdict:
    return zones.describe(table, float(np.radians(lat_deg)), float(np.radians(lon_deg)))


def ring_rad(*corners_deg: tuple[float, float]) -> tuple[tuple[float, float], ...]:
    return tuple((float(np.radians(lat)), float(np.radians(lon))) for lat, lon in corners_deg)


def shares(table: ZoneTable, *places_deg: tuple[float, float]) -> dict[str, float]:
    lat, lon = np.radians(np.array(places_deg)).T
    return dict(zones.zone_probabilities(table, lat, lon))


def test_ground_belongs_to_its_claimants_and_says_who_administers_it(table: ZoneTable) -> None:
    said = at(table, 40.5, 130.5)
    assert (said.is_land, said.zone, said.administered_by, said.claimed_by) == (True, "land", "WES", ("WES",))
    assert shares(table, (40.5, 130.5)) == {"WES.land": 1.0}


def test_a_part_of_a_territory_may_have_more_claimants(table: ZoneTable) -> None:
    said = at(table, 40.9, 135.1)
    assert (said.deciding_feature, said.administered_by, said.status) == ("Cape Quarrel", "EAS", "overlap")
    assert shares(table, (40.9, 135.1)) == {
        "EAS.land": 1.0, "EAS.land_undisputed": 0.0, "WES.land": 1.0, "WES.land_undisputed": 0.0,
    }  # fmt: skip


def test_an_eez_includes_its_twelve_miles(table: ZoneTable) -> None:
    assert shares(table, (40.5, 129.9)) == {"WES.12nm": 1.0, "WES.eez": 1.0}


def test_near_a_rock_both_claim_the_sea_is_counted_for_both(table: ZoneTable) -> None:
    found = shares(table, (40.5, 132.9), (40.5, 132.9))
    assert found["WES.eez"] == found["EAS.eez"] == 1.0
    assert at(table, 40.5, 132.9).status == "overlap"


def test_without_disputed_features_the_middle_goes_to_the_nearer_coast(table: ZoneTable) -> None:
    found = shares(table, (40.5, 132.7))
    assert found == {
        "EAS.eez": 1.0,
        "EAS.eez_undisputed": 0.0,
        "WES.eez": 1.0,
    }  # Westland's share is the same either way
    assert at(table, 40.5, 132.7).without_disputed == ("WES",)


def test_beyond_two_hundred_miles_is_high_sea(table: ZoneTable) -> None:
    assert shares(table, (30.0, 133.0)) == {"high_seas": 1.0}
    said = at(table, 30.0, 133.0)
    assert (said.zone, said.status, said.deciding_feature, said.claimed_by) == ("high_seas", "none", "", ())


def test_shares_of_a_cloud_add_up_over_disjoint_zones(table: ZoneTable) -> None:
    rng = np.random.default_rng(1)
    lat, lon = np.radians(rng.uniform(36.0, 45.0, 4000)), np.radians(rng.uniform(126.0, 140.0, 4000))
    found = zones.membership(table, lat, lon)
    share = dict(zones.zone_probabilities(table, lat, lon))
    west = zones.area_mask(table, lat, lon, ("WES.land", "WES.eez"))
    east = zones.area_mask(table, lat, lon, ("EAS.land", "EAS.eez"))
    free = zones.area_mask(table, lat, lon, ("high_seas",))
    assert np.all(west | east | free)
    assert not np.any((west | east) & free)
    assert share["high_seas"] == free.mean()
    assert np.all(found.distance_m[free] == np.inf)


def test_every_share_is_that_of_the_mask_of_its_zone(table: ZoneTable) -> None:
    rng = np.random.default_rng(2)
    lat, lon = np.radians(rng.uniform(39.0, 42.0, 3000)), np.radians(rng.uniform(129.0, 137.0, 3000))
    found = zones.zone_probabilities(table, lat, lon)
    assert len(found) > 8
    for zone_id, share in found:
        assert zones.area_mask(table, lat, lon, (zone_id,)).mean() == share


def test_zones_are_sorted_and_the_same_whatever_the_order_of_the_places(table: ZoneTable) -> None:
    rng = np.random.default_rng(3)
    lat, lon = np.radians(rng.uniform(39.0, 42.0, 500)), np.radians(rng.uniform(129.0, 137.0, 500))
    found = zones.zone_probabilities(table, lat, lon)
    assert list(found) == sorted(found)
    assert found == zones.zone_probabilities(table, lat[::-1], lon[::-1])


def test_distances_to_every_nation_are_given_nearest_first(table: ZoneTable) -> None:
    said = at(table, 40.5, 129.0)
    assert [nation for nation, _ in said.distance_m] == ["WES", "EAS"]
    assert said.distance_m[0][1] == pytest.approx(84.7e3, rel=0.01)


def test_the_margin_is_positive_inside_and_vanishes_on_the_line(table: ZoneTable) -> None:
    inside = dict(at(table, 40.5, 128.0).margin_m)
    assert inside["WES"] > 0.0 > inside["EAS"]
    edge = dict(at(table, 40.5, 130.0 - 370.4 / 84.7).margin_m)
    assert abs(edge["WES"]) < 2e3


def test_a_place_that_is_no_number_is_nowhere(table: ZoneTable) -> None:
    found = zones.membership(table, [np.nan, 0.7], [0.1, np.nan])
    assert found.is_land.tolist() == [False, False]
    assert found.feature.tolist() == [-1, -1]


def test_land_alone_is_told_as_with_everything_else(table: ZoneTable) -> None:
    rng = np.random.default_rng(4)
    lat, lon = np.radians(rng.uniform(39.0, 44.0, 2000)), np.radians(rng.uniform(129.0, 137.0, 2000))
    found = zones.is_land(table, lat, lon)
    assert 0 < found.sum() < 2000
    assert np.array_equal(found, zones.membership(table, lat, lon).is_land)


def test_no_places_have_no_zones(table: ZoneTable) -> None:
    assert zones.zone_probabilities(table, [], []) == ()


def test_longitudes_of_any_turn_are_the_same_place(table: ZoneTable) -> None:
    assert shares(table, (40.5, 129.9 - 360.0)) == shares(table, (40.5, 129.9)) == shares(table, (40.5, 129.9 + 360.0))


def test_an_area_is_its_zones_and_its_polygon_together(table: ZoneTable) -> None:
    lat, lon = np.radians([40.5, 38.5, 30.0]), np.radians([130.5, 133.0, 133.0])
    ring = ring_rad((38.0, 132.0), (39.0, 132.0), (39.0, 134.0), (38.0, 134.0))
    assert zones.area_mask(table, lat, lon, ("WES.land",), ring).tolist() == [True, True, False]
    assert zones.area_mask(table, lat, lon, (), ()).tolist() == [False, False, False]


def test_an_unknown_zone_holds_nothing_and_is_named(table: ZoneTable) -> None:
    assert not zones.area_mask(table, [0.7], [2.28], ("WES.eezz", "XXX.eez")).any()
    asked = ("WES.eez", "WES.eez_undisputed", "high_seas", "WES.eezz", "XXX.eez", "JP-01")
    assert zones.unknown_ids(table, asked) == ("WES.eezz", "XXX.eez", "JP-01")


def test_a_named_area_is_found_by_its_name(table: ZoneTable) -> None:
    ring = ((0.70, 2.30), (0.72, 2.30), (0.72, 2.32), (0.70, 2.32))
    named = official.with_named(table, [official.NamedArea("WS-01", polygon.prepare([ring]))])
    assert zones.area_mask(named, [0.71, 0.75], [2.31, 2.31], ("WS-01",)).tolist() == [True, False]
    assert zones.unknown_ids(named, ("WS-01",)) == ()


def geojson(zone: str, ring_deg: list[list[float]]) -> dict[str, object]:
    geometry = {"type": "Polygon", "coordinates": [ring_deg]}
    return {
        "type": "FeatureCollection",
        "features": [{"type": "Feature", "properties": {"zone": zone}, "geometry": geometry}],
    }


BOX = [[128.0, 39.0], [131.5, 39.0], [131.5, 42.0], [128.0, 42.0], [128.0, 39.0]]


def test_an_official_polygon_takes_the_place_of_the_computed_zone(table: ZoneTable) -> None:
    own = official.with_official(table, official.from_geojson(geojson("WES.eez", BOX), "test"), "e" * 64)
    assert shares(own, (40.5, 129.0)) == {"WES.eez": 1.0}  # 84 km off: inside both
    assert shares(own, (40.5, 127.5)) == {"high_seas": 1.0}  # computed WES.eez, but outside the official one
    assert "WES.eez" not in shares(own, (40.5, 130.5))  # an EEZ holds no land
    assert shares(own, (40.5, 134.5))["EAS.eez"] == 1.0  # another nation's zone stays computed
    assert at(own, 40.5, 129.0).official == ("WES.eez",)
    assert own.digest != table.digest


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {"features": []},
        geojson("wes.eez", BOX),
        geojson("WES.sea", BOX),
        geojson("WES.eez", [[0.0, 0.0], [1.0, 1.0], [0.0, 0.0]]),
        {"features": [{"properties": {"zone": "WES.eez"}, "geometry": {"type": "Point", "coordinates": [0, 0]}}]},
        {"features": [{"properties": {"zone": "WES.eez"}, "geometry": None}]},
    ],
)
def test_a_polygon_that_cannot_be_used_is_refused_with_its_place_named(broken: dict[str, object]) -> None:
    with pytest.raises(BadInput, match="official"):
        official.from_geojson(broken, "official.geojson")


def test_a_polygon_over_the_antimeridian_holds_both_sides() -> None:
    shape = polygon.prepare([ring_rad((0.0, 178.0), (0.0, -178.0), (5.0, -178.0), (5.0, 178.0))])
    lon = np.radians([179.0, -179.0, 181.0, 177.0, -177.0, 0.0])
    assert polygon.inside(shape, np.radians(np.full(6, 2.0)), lon).tolist() == [True, True, True, False, False, False]


def test_a_hole_is_not_inside() -> None:
    outer, hole = ((0.0, 0.0), (0.0, 0.4), (0.4, 0.4), (0.4, 0.0)), ((0.1, 0.1), (0.1, 0.3), (0.3, 0.3), (0.3, 0.1))
    shape = polygon.prepare([outer, hole])
    assert polygon.inside(shape, [0.05, 0.2], [0.05, 0.2]).tolist() == [True, False]


def test_coast_lines_stay_in_their_box_and_are_thinned(table: ZoneTable) -> None:
    box = tuple(np.radians([39.5, 129.5, 41.5, 131.5]))
    lines = zones.coast_lines(table, *box)
    assert len(lines) == 1
    assert np.allclose(np.degrees(lines[0][0]), [40.0, 130.0])
    assert zones.coast_lines(table, *np.radians([0.0, 0.0, 1.0, 1.0])) == []


def test_twelve_and_two_hundred_miles_are_what_the_law_of_the_sea_says() -> None:
    assert (TERRITORIAL_SEA_M, EEZ_M) == (22_224.0, 370_400.0)


def test_every_claimant_is_an_alpha_3_code_so_that_every_zone_id_is_one():
    from bongsu.run.tables import load_tables

    claimants = sorted({c for feature in load_tables().zones.features for c in feature.claimants})
    assert [c for c in claimants if len(c) != 3 or not (c.isascii() and c.isalpha() and c.isupper())] == []


def test_places_that_were_looked_up_before_are_answered_alike(table):
    lat, lon = np.linspace(0.69, 0.76, 60), np.linspace(2.25, 2.36, 60)
    found = zones.membership(table, lat, lon)
    few = found.every(4)
    assert zones.zone_probabilities(table, lat, lon, found) == zones.zone_probabilities(table, lat, lon)
    for zone_id in ("WES.land", "WES.eez", "EAS.eez", "high_seas"):
        plain = zones.area_mask(table, lat[::4], lon[::4], (zone_id,))
        assert zones.area_mask(table, lat[::4], lon[::4], (zone_id,), (), few).tolist() == plain.tolist()
    assert zones.area_mask(table, lat, lon, ("WES.land",)).any()
