"""What must hold of zones anywhere on a small map: parts, turns and order change nothing, and every place is somewhere."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.geo.maps import small_map

from bongsu.constants import EEZ_M, TERRITORIAL_SEA_M
from bongsu.geo import zones

TABLE = small_map()
LATS = st.floats(35.0, 46.0)
LONS = st.floats(124.0, 142.0)
PLACES = st.lists(st.tuples(LATS, LONS), min_size=1, max_size=20)


@given(PLACES)
def test_every_place_is_land_or_eez_or_high_sea(places: list[tuple[float, float]]) -> None:
    lat, lon = np.radians(np.array(places)).T
    ids = [f"{nation}.{kind}" for nation in ("WES", "EAS") for kind in ("land", "eez")]
    assert zones.area_mask(TABLE, lat, lon, (*ids, "high_seas")).all()


@given(PLACES)
def test_twelve_miles_lie_within_the_eez(places: list[tuple[float, float]]) -> None:
    lat, lon = np.radians(np.array(places)).T
    for nation in ("WES", "EAS"):
        eez = zones.area_mask(TABLE, lat, lon, (f"{nation}.eez",))
        assert not np.any(zones.area_mask(TABLE, lat, lon, (f"{nation}.12nm",)) & ~eez)


@given(PLACES, st.integers(-2, 2))
def test_a_full_turn_changes_nothing(places: list[tuple[float, float]], turns: int) -> None:
    lat, lon = np.radians(np.array(places)).T
    here, there = zones.membership(TABLE, lat, lon), zones.membership(TABLE, lat, lon + 2.0 * np.pi * turns)
    assert np.array_equal(here.is_land, there.is_land)
    np.testing.assert_allclose(here.distance_m, there.distance_m, rtol=1e-9, atol=1e-5)


@given(PLACES)
def test_places_asked_together_answer_as_asked_alone(places: list[tuple[float, float]]) -> None:
    lat, lon = np.radians(np.array(places)).T
    together = zones.membership(TABLE, lat, lon)
    for i in range(len(lat)):
        alone = zones.membership(TABLE, lat[i : i + 1], lon[i : i + 1])
        assert (alone.is_land[0], alone.feature[0], alone.distance_m[0]) == (
            together.is_land[i], together.feature[i], together.distance_m[i],
        )  # fmt: skip


@given(LATS, LONS)
def test_what_is_said_of_one_place_agrees_with_what_is_counted(lat_deg: float, lon_deg: float) -> None:
    lat, lon = float(np.radians(lat_deg)), float(np.radians(lon_deg))
    said = zones.describe(TABLE, lat, lon)
    counted = dict(zones.zone_probabilities(TABLE, [lat], [lon]))
    for nation in said.claimed_by:
        assert counted[f"{nation}.{'land' if said.is_land else 'eez'}"] == 1.0
    if said.zone == "12nm":
        assert min(d for _, d in said.distance_m) <= TERRITORIAL_SEA_M
    if not said.is_land:
        for nation, margin in said.margin_m:
            assert (
                (margin >= 0.0) == (nation in said.claimed_by)
                or abs(margin) < 1.0
                or dict(said.distance_m)[nation] > EEZ_M
            )
