"""Names, regions, waters and public words on a small map; the shipped names are tested with the tables."""

import numpy as np
import pytest
from tests.unit.geo.maps import small_map

from bongsu.geo import places, wording
from bongsu.geo.places import PlaceTable


def row(name: str, country: str, lat: float, lon: float, **more: str) -> dict[str, str]:
    return {"name": name, "name_ko": "", "name_ja": "", "country": country, "lat": str(lat), "lon": str(lon), **more}


NATIONS = [{"code": "KOR", "name": "South Korea", "name_ko": "한국", "name_ja": "韓国", "article": ""}]


@pytest.fixture(scope="module")
def table() -> PlaceTable:
    towns = [
        row("Hill County", "WES", 40.25, 130.25, kind="county", region="WS-01", population="", name_ko="언덕군"),
        row("Big Town", "WES", 40.75, 130.75, kind="town", region="WS-02", population="50000"),
        row("Hamlet", "WES", 40.3, 130.3, kind="town", region="WS-01", population="900"),
        row("Far Town", "EAS", 40.5, 135.5, kind="town", region="", population="90000"),
    ]
    marks = [row("West Cape", "WES", 40.5, 130.0, name_ja="西岬"), row("East Cape", "EAS", 40.5, 135.0)]
    regions = [
        {"region": f"WS-0{k}", "country": "WES", "name": f"Province {k}", "name_ko": "", "name_ja": ""} for k in (1, 2)
    ]
    sea = {
        "name": "Inner Sea",
        "name_ko": "내해",
        "name_ja": "内海",
        "ring": [[39, 129], [42, 129], [42, 136], [39, 136]],
    }
    outlines = {"WS-01": [[[40.0, 130.0], [40.0, 130.5], [41.0, 130.5], [41.0, 130.0]]]}
    return places.build(small_map(), (towns, marks, regions, NATIONS), outlines, [sea])


def rad(lat_deg: float, lon_deg: float) -> tuple[float, float]:
    return float(np.radians(lat_deg)), float(np.radians(lon_deg))


def test_the_nearest_place_comes_with_distance_and_bearing_from_it(table: PlaceTable) -> None:
    found = places.nearest(table, *rad(40.75, 131.75))
    assert found is not None
    assert found.place.name == "Big Town"
    assert found.distance_m == pytest.approx(84.4e3, rel=0.01)
    assert np.degrees(found.bearing_rad) == pytest.approx(90.0, abs=1.0)


def test_a_small_town_is_left_out_of_public_texts(table: PlaceTable) -> None:
    near = places.nearest(table, *rad(40.3, 130.3))
    fit = places.nearest(table, *rad(40.3, 130.3), public=True)
    assert near is not None and fit is not None
    assert (near.place.name, fit.place.name) == ("Hamlet", "Hill County")


def test_a_country_without_places_has_no_nearest(table: PlaceTable) -> None:
    assert places.nearest(table, *rad(40.3, 130.3), "XXX") is None


def test_a_region_is_that_of_the_nearest_place_of_the_same_country_and_there_is_none_at_sea(table: PlaceTable) -> None:
    found = [places.region_at(table, *rad(*p)) for p in ((40.1, 130.1), (40.9, 130.9), (40.5, 132.0), (40.5, 135.5))]
    assert [r.region if r else None for r in found] == ["WS-01", "WS-02", None, None]


def test_regions_of_a_country_carry_their_outlines(table: PlaceTable) -> None:
    found = places.regions(table, "WES")
    assert [(r.region, len(r.rings)) for r in found] == [("WS-01", 1), ("WS-02", 0)]
    assert places.regions(table, "EAS") == ()


def test_on_land_the_county_the_region_and_the_country_are_named(table: PlaceTable) -> None:
    assert places.public_words(table, *rad(40.26, 130.27)) == "near Hill County, Province 1, Westland"
    assert places.public_words(table, *rad(40.26, 130.27), "ko") == "Westland Province 1 언덕군 부근"


def test_farther_off_distance_and_direction_are_rounded(table: PlaceTable) -> None:
    assert places.public_words(table, *rad(40.25, 130.01)) == "about 20 km west of Hill County, Province 1, Westland"


def test_contested_ground_is_named_without_taking_sides(table: PlaceTable) -> None:
    words = places.public_words(table, *rad(40.9, 135.1))
    assert words == "on Cape Quarrel (administered by Eastland, also claimed by Westland)"


def test_at_sea_the_water_and_the_nearest_landmark_are_named(table: PlaceTable) -> None:
    words = {lang: places.public_words(table, *rad(40.5, 131.2), lang) for lang in ("en", "ko", "ja")}
    assert words == {
        "en": "in the Inner Sea, about 100 km east of West Cape, Westland",
        "ko": "내해, Westland West Cape에서 동쪽으로 약 100 km 해상",
        "ja": "内海、Westland 西岬の東約100キロの海上",
    }


def test_a_wanted_country_s_landmark_is_preferred(table: PlaceTable) -> None:
    assert "East Cape" in places.public_words(table, *rad(40.5, 131.2), country="EAS")
    assert "West Cape" in places.public_words(table, *rad(40.5, 131.2), country="XXX")


def test_far_from_everything_the_whole_degree_is_named(table: PlaceTable) -> None:
    assert places.public_words(table, *rad(-30.2, -140.4)) == "in the Pacific Ocean, near 30° S 140° W"


def test_an_unknown_language_reads_english(table: PlaceTable) -> None:
    assert places.public_words(table, *rad(40.26, 130.27), "fr") == "near Hill County, Province 1, Westland"


@pytest.mark.parametrize(
    ("metres", "km"),
    [(0.0, 10), (14e3, 10), (16e3, 20), (95e3, 100), (130e3, 150), (262e3, 250), (990e3, 1000), (1180e3, 1200)],
)
def test_distances_are_rounded_as_public_statements_are(metres: float, km: int) -> None:
    assert wording.rounded_km(metres) == km


@pytest.mark.parametrize(
    ("degrees", "word"),
    [(0, "north"), (22, "north"), (23, "northeast"), (180, "south"), (338, "north"), (337, "northwest")],
)
def test_directions_are_eight(degrees: float, word: str) -> None:
    assert wording.compass(float(np.radians(degrees)), "en") == word
