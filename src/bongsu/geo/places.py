"""Names for places: the nearest town or county, its region, the water body, and words for the public.

Towns and counties are points, so a region is the region of the nearest point of the same country: the Voronoi cells of those
points, cut to the land. It is approximate (docs/evaluation/zones.md) and never an administrative boundary.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bongsu.geo import frames, polygon, zones
from bongsu.geo.coastline import INLAND, Feature, ZoneTable
from bongsu.geo.polygon import Polygon, Ring
from bongsu.geo.wording import at_sea, on_contested, on_land
from bongsu.kernels import coast

PUBLIC_POPULATION = 15_000  # a town below this is finer than a county, so no public text names it
PREFERRED_M = 1_000_000.0  # a wanted country's landmark is used up to this distance, however near another's is
NEIGHBOUR_M = 100_000.0  # on land: a place of the same country is preferred up to this distance
LANDMARK_M = 2_500_000.0  # beyond this a landmark says nothing

Floats = NDArray[np.float64]
Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Place:
    """A town, a county or a landmark, as a point. A name that is unknown in a language is empty."""

    name: str
    name_ko: str
    name_ja: str
    country: str  # alpha-3
    region: str  # ISO 3166-2, empty where not known
    kind: str  # town, city, county, landmark
    population: int  # 0 where not known
    lat_rad: float
    lon_rad: float

    def named(self, lang: str) -> str:
        """The name in a language, else the English one."""
        return {"ko": self.name_ko, "ja": self.name_ja}.get(lang, "") or self.name


@dataclass(frozen=True, slots=True)
class Region:
    """A first-level division. `rings` outline it roughly, greatest first, where outlines are shipped."""

    region: str
    country: str
    name: str
    name_ko: str
    name_ja: str
    rings: tuple[Ring, ...] = ()  # latitude, longitude pairs in radians

    def named(self, lang: str) -> str:
        """The name in a language."""
        return {"ko": self.name_ko, "ja": self.name_ja}.get(lang, "") or self.name


@dataclass(frozen=True, slots=True)
class Water:
    """A sea or an ocean; where two names are in use both are given."""

    name: str
    name_ko: str
    name_ja: str
    polygon: Polygon

    def named(self, lang: str) -> str:
        """The name in a language."""
        return {"ko": self.name_ko, "ja": self.name_ja}.get(lang, "") or self.name


@dataclass(frozen=True, slots=True)
class Nearby:
    """A place and how it lies: distance, and bearing from the place to the point asked for."""

    place: Place
    distance_m: float
    bearing_rad: float


@dataclass(frozen=True, slots=True)
class Points:
    """Places as columns; a `Place` is made when one is asked for."""

    rows: Sequence[Row]
    lat_rad: Floats
    lon_rad: Floats
    xyz: Floats
    country: NDArray[Any]
    is_public: NDArray[np.bool_]
    has_region: NDArray[np.bool_]

    def place(self, k: int) -> Place:
        """Place number k."""
        row = self.rows[k]
        names = row["name"], row["name_ko"], row["name_ja"]
        kind, population = row.get("kind", "landmark"), int(row.get("population") or 0)
        where = float(self.lat_rad[k]), float(self.lon_rad[k])
        return Place(*names, row["country"], row.get("region", ""), kind, population, *where)


@dataclass(frozen=True, slots=True)
class PlaceTable:
    """Places, landmarks, regions and waters, over the land of a zone table. Built by `build`."""

    zones: ZoneTable
    places: Points
    landmarks: Points
    regions: tuple[Region, ...]
    waters: tuple[Water, ...]
    nations: dict[str, tuple[str, str, str]]  # alpha-3 to short name in English, Korean, Japanese


PACIFIC = Water("Pacific Ocean", "태평양", "太平洋", polygon.prepare([]))
CASPIAN = Water("Caspian Sea", "카스피해", "カスピ海", polygon.prepare([]))


def build(
    zone_table: ZoneTable,
    rows: tuple[Sequence[Row], Sequence[Row], Sequence[Row], Sequence[Row]],
    outlines: Mapping[str, Sequence[Any]],
    waters: Sequence[Mapping[str, Any]],
) -> PlaceTable:
    """The table from parsed rows of places, landmarks, regions and nations; coordinates in degrees, as in the shipped files."""
    places, landmarks, regions, nations = rows
    names = {row["code"]: (row["name"], row["name_ko"], row["name_ja"]) for row in nations}
    seas = (Water(w["name"], w["name_ko"], w["name_ja"], polygon.prepare([_radians(w["ring"])])) for w in waters)
    named = tuple(_region(row, outlines) for row in regions)
    return PlaceTable(zone_table, _points(places), _points(landmarks), named, tuple(seas), names)


def _points(rows: Sequence[Row]) -> Points:
    lat_rad = np.radians(np.array([row["lat"] for row in rows], float))
    lon_rad = np.radians(np.array([row["lon"] for row in rows], float))
    country = np.array([row["country"] for row in rows])
    is_public = np.array([_is_public(row) for row in rows])
    has_region = np.array([row.get("region", "") != "" for row in rows])
    return Points(rows, lat_rad, lon_rad, coast.ecef_points(lat_rad, lon_rad), country, is_public, has_region)


def _is_public(row: Row) -> bool:
    """Whether a public text may name it: a county or city, or a town large enough; in Japan a municipality, not a quarter."""
    if row.get("kind") != "town":
        return True
    is_municipal = row["country"] != "JPN" or row["name_ja"][-1:] in tuple("市町村区")
    return int(row["population"]) >= PUBLIC_POPULATION and is_municipal


def _region(row: Row, outlines: Mapping[str, Sequence[Any]]) -> Region:
    rings = tuple(_radians(ring) for ring in outlines.get(row["region"], ()))
    return Region(row["region"], row["country"], row["name"], row["name_ko"], row["name_ja"], rings)


def _radians(ring: Sequence[Sequence[float]]) -> tuple[tuple[float, float], ...]:
    return tuple((float(lat), float(lon)) for lat, lon in np.radians(np.array(ring, float)).tolist())


def _nearest(points: Points, allowed: NDArray[np.bool_], lat_rad: float, lon_rad: float) -> Nearby | None:
    """The nearest allowed place, by chord; distance and bearing by the geodesic."""
    own = coast.ecef_points(np.array([lat_rad]), np.array([lon_rad]))[0]
    d2 = np.where(allowed, ((points.xyz - own) ** 2).sum(axis=1), np.inf)
    k = int(np.argmin(d2))
    if not np.isfinite(d2[k]):
        return None
    place = points.place(k)
    distance_m, bearing_rad, _ = frames.geodesic_inverse(place.lat_rad, place.lon_rad, lat_rad, lon_rad)
    return Nearby(place, distance_m, bearing_rad)


def nearest(
    table: PlaceTable, lat_rad: float, lon_rad: float, country: str = "", *, public: bool = False
) -> Nearby | None:
    """The nearest town or county; of one country (alpha-3), and none finer than a county, if asked so. None if there is none."""
    points = table.places
    allowed = points.is_public.copy() if public else np.ones(len(points.rows), bool)
    if country:
        allowed &= points.country == country
    return _nearest(points, allowed, lat_rad, lon_rad)


def nearest_landmark(table: PlaceTable, lat_rad: float, lon_rad: float, country: str = "") -> Nearby | None:
    """The nearest island, cape or port; one of `country` (alpha-3) within 1,000 km is preferred."""
    marks = table.landmarks
    if country:
        found = _nearest(marks, marks.country == country, lat_rad, lon_rad)
        if found is not None and found.distance_m <= PREFERRED_M:
            return found
    return _nearest(marks, marks.is_public, lat_rad, lon_rad)


def ground(table: PlaceTable, lat_rad: float, lon_rad: float) -> Feature | None:
    """The territory a place is on by the map, with its holder and claimants; None at sea."""
    found = zones.membership(table.zones, [lat_rad], [lon_rad])
    return table.zones.features[int(found.feature[0])] if found.is_land[0] else None


def region_at(table: PlaceTable, lat_rad: float, lon_rad: float) -> Region | None:
    """The region a place on land is in, approximately; None at sea and where regions are not known."""
    territory = ground(table, lat_rad, lon_rad)
    if territory is None:
        return None
    points = table.places
    found = _nearest(points, (points.country == territory.holder) & points.has_region, lat_rad, lon_rad)
    return _by_id(table, found.place.region) if found else None


def _by_id(table: PlaceTable, region: str) -> Region | None:
    return next((r for r in table.regions if r.region == region), None)


def regions(table: PlaceTable, country: str) -> tuple[Region, ...]:
    """The regions of a country, by id. `zones.area_mask` takes an outlined one by its id, such as JP-01."""
    return tuple(r for r in table.regions if r.country == country)


def water_body(table: PlaceTable, lat_rad: float, lon_rad: float) -> Water:
    """The sea or ocean a place at sea is in; limits are approximate."""
    for water in table.waters:
        if polygon.inside(water.polygon, [lat_rad], [lon_rad])[0]:
            return water
    return PACIFIC


def public_words(table: PlaceTable, lat_rad: float, lon_rad: float, lang: str = "en", country: str = "") -> str:
    """Where a place is, in words fit for the public: no finer than a county or 10 km. Languages en, ko, ja.

    At sea landmarks of `country` (alpha-3), if given, are preferred.
    """
    territory = ground(table, lat_rad, lon_rad)
    if territory is not None and territory.holder == INLAND:
        return at_sea(CASPIAN.named(lang), "", "", (lat_rad, lon_rad, 0.0, 0.0), lang)
    if territory is not None and territory.kind == "box" and len(territory.claimants) > 1:
        others = [country_name(table, c, lang) for c in territory.claimants if c != territory.holder]
        return on_contested(
            _contested_name(territory.name, lang), country_name(table, territory.holder, lang), others, lang
        )
    if territory is not None:
        return _land_words(table, lat_rad, lon_rad, territory.holder, lang)
    water = water_body(table, lat_rad, lon_rad).named(lang)
    found = nearest_landmark(table, lat_rad, lon_rad, country)
    if found is None or found.distance_m > LANDMARK_M:
        return at_sea(water, "", "", (lat_rad, lon_rad, 0.0, 0.0), lang)
    where = (lat_rad, lon_rad, found.distance_m, found.bearing_rad)
    return at_sea(water, found.place.named(lang), country_name(table, found.place.country, lang), where, lang)


def _land_words(table: PlaceTable, lat_rad: float, lon_rad: float, held_by: str, lang: str) -> str:
    """Words for a place on land: the nearest public place of the same country, unless it is far and another is nearer."""
    found = nearest(table, lat_rad, lon_rad, held_by, public=True)
    if found is None or found.distance_m > NEIGHBOUR_M:
        found = nearest(table, lat_rad, lon_rad, public=True)
    if found is None:
        return country_name(table, held_by, lang)
    region = _by_id(table, found.place.region)
    region_name = region.named(lang) if region else ""
    names = (found.place.named(lang), region_name, country_name(table, found.place.country, lang))
    return on_land(names, found.distance_m, found.bearing_rad, lang)


_CONTESTED = {  # features of claims.csv that a fall near Japan or Korea may meet: Korean, Japanese
    "Kunashir": ("쿠나시르섬", "国後島"), "Iturup": ("이투루프섬", "択捉島"), "Shikotan": ("시코탄섬", "色丹島"),
    "Habomai Islands": ("하보마이 군도", "歯舞群島"), "Liancourt Rocks": ("독도 / 다케시마", "竹島 / 独島"),
    "Senkaku Islands": ("센카쿠 열도 / 댜오위다오", "尖閣諸島 / 釣魚島"),
}  # fmt: skip


_BOTH_NAMES = {"Liancourt Rocks": "Liancourt Rocks (Dokdo / Takeshima)", "Senkaku Islands": "Senkaku / Diaoyu Islands"}


def _contested_name(name: str, lang: str) -> str:
    if name in _CONTESTED and lang in ("ko", "ja"):
        return _CONTESTED[name][0 if lang == "ko" else 1]
    return _BOTH_NAMES.get(name, name)


def country_name(table: PlaceTable, country: str, lang: str = "en") -> str:
    """The usual short name of a country (alpha-3); the map's English name where none is listed."""
    if country in table.nations:
        return table.nations[country][{"ko": 1, "ja": 2}.get(lang, 0)]
    return next((f.name for f in table.zones.features if f.holder == country), country)
