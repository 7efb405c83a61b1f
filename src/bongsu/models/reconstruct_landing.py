"""Landing words as likelihoods: "about 250 km west of Oga Peninsula", "300 km north of Hegura Island", "Sea of Japan".

English, Japanese and Korean statements share one form: a distance, perhaps a direction, a named place. Distances are taken on
the mean sphere (0.3 % of the geodesic at most, far below what such words are good for).
"""

import math
import re
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bongsu.constants import R_MEAN_EARTH_M
from bongsu.geo.places import PlaceTable, Water
from bongsu.geo.polygon import inside

Floats = NDArray[np.float64]
_WAYS: Final = (  # bearing in degrees, its names
    (337.5, "north-northwest", "nnw", "北北西", "북북서"), (22.5, "north-northeast", "nne", "北北東", "북북동"),
    (292.5, "west-northwest", "wnw", "西北西", "서북서"), (67.5, "east-northeast", "ene", "東北東", "동북동"),
    (315.0, "northwest", "nw", "北西", "북서"), (45.0, "northeast", "ne", "北東", "북동"),
    (225.0, "southwest", "sw", "南西", "남서"), (135.0, "southeast", "se", "南東", "남동"),
    (0.0, "north", "n", "北", "북"), (180.0, "south", "s", "南", "남"),
    (270.0, "west", "w", "西", "서"), (90.0, "east", "e", "東", "동"),
)  # fmt: skip
_BEARINGS_RAD: Final = {name: math.radians(way[0]) for way in _WAYS for name in way[1:]}
_DISTANCE: Final = (
    r"(?P<low>\d[\d,]*(?:\.\d+)?)\s*(?:(?:-|–|to|から|~|〜|～)\s*(?P<high>\d[\d,]*)\s*)?"
    r"(?:km|kilomet(?:er|re)s?|キロ(?:メートル)?|㎞|킬로미터)"
)
_NAME: Final = r"(?P<place>[A-Z][\w'’-]*(?: (?:[A-Z][\w'’-]*|of|the))*)"
_ENGLISH_WAY: Final = "|".join(f"{way[1]}|{way[2]}" for way in _WAYS)
_ENGLISH: Final = re.compile(
    rf"(?i:{_DISTANCE}\s+(?:to the |due )?(?:(?P<way>{_ENGLISH_WAY})\s+of|off|(?:away )?from)"
    rf"\s+(?:the )?(?:coast of (?:the )?)?){_NAME}"
)
_JAPANESE: Final = re.compile(
    rf"(?P<place>[一-鿿ァ-ヶー]{{2,12}}?)沖?(?:の|から|より)?(?P<way>{'|'.join(way[3] for way in _WAYS)})?"
    rf"[方側]?沖?の?[にへ]?(?:およそ|約)?{_DISTANCE}"
)
_KOREAN: Final = re.compile(
    rf"(?P<place>[가-힣]{{2,10}}?)(?:에서|의)?\s*(?P<way>{'|'.join(way[4] for way in _WAYS)})"
    rf"[쪽방]?(?:으로|해상)?\s*(?:약\s*)?{_DISTANCE}"
)
_GENERIC: Final = re.compile(
    r"(?i)\b(?:the|of|cape|island|islands|isle|isles|peninsula|prefecture|province)\b|[島岬県半]|섬$|반도$|곶$|현$"
)
_CLOSED_BY_SEA: Final = re.compile(r"\s*/\s*")


@dataclass(frozen=True, slots=True)
class Mark:
    """So far from a named place, perhaps in a direction. `points` (k, 2) outline the place, in radians; one for a point."""

    name: str
    points_rad: Floats
    low_m: float
    high_m: float
    bearing_rad: float  # NaN where no direction is given


@dataclass(frozen=True, slots=True)
class Landing:
    """What words say of the place of fall."""

    marks: tuple[Mark, ...] = ()
    water: Water | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class WordErrors:
    """How far such words are off: one standard deviation each."""

    distance_m: float
    bearing_rad: float
    most_m: float
    outside_water: float


def landing_of(table: PlaceTable, words: str) -> Landing | None:
    """The places words name, with their distances and directions; None where nothing in them is known."""
    marks = []
    for found in (*_ENGLISH.finditer(words), *_JAPANESE.finditer(words), *_KOREAN.finditer(words)):
        points = _points_of(table, found["place"])
        if points is not None:
            low = float(found["low"].replace(",", "")) * 1e3
            high = float(found["high"].replace(",", "")) * 1e3 if found["high"] else low
            bearing_rad = _BEARINGS_RAD[found["way"].lower()] if found["way"] else math.nan
            marks.append(Mark(found["place"], points, low, high, bearing_rad))
    water = next((w for w in table.waters if any(n and n in words for n in _names(w))), None)
    return Landing(tuple(marks), water, words) if marks or water else None


def _names(water: Water) -> list[str]:
    return [part for name in (water.name, water.name_ko, water.name_ja) for part in _CLOSED_BY_SEA.split(name)]


def _key(name: str) -> frozenset[str]:
    """The words of a name that tell it from others."""
    return frozenset(re.findall(r"\w+", _GENERIC.sub(" ", name).casefold()))


def _points_of(table: PlaceTable, name: str) -> Floats | None:
    """A place by its name in any of three languages; a region written before it ("Hokkaido's", 北海道) is read past."""
    if re.match(r"[A-Za-z]", name):
        tried = [name, re.split(r"['’]s ", name)[-1]]
    else:
        tried = [name[k:] for k in range(len(name) - 1)]
    return next((found for each in tried if (found := _points_of_name(table, _key(each))) is not None), None)


def _points_of_name(table: PlaceTable, wanted: frozenset[str]) -> Floats | None:
    """A landmark, a region's outline or a town, the first kind that has it; of towns the largest."""
    if not wanted:
        return None
    for row in table.landmarks.rows:
        if any(wanted <= _key(row[name]) for name in ("name", "name_ko", "name_ja")):
            return np.radians([[float(row["lat"]), float(row["lon"])]])
    for region in table.regions:
        if region.rings and any(wanted == _key(own) for own in (region.name, region.name_ko, region.name_ja) if own):
            return np.array([point for ring in region.rings for point in ring])
    towns = [
        row for row in table.places.rows if wanted in (_key(row["name"]), _key(row["name_ko"]), _key(row["name_ja"]))
    ]
    if not towns:
        return None
    best = max(towns, key=lambda row: (int(row.get("population") or 0), row["country"], row["name"]))
    return np.radians([[float(best["lat"]), float(best["lon"])]])


def log_likelihood(
    landing: Landing, lat_rad: Floats, lon_rad: Floats, errors: WordErrors, blunt: float = 1.0
) -> Floats:
    """How well places (n,) agree with the words, as ln likelihood, every sigma being multiplied by `blunt`."""
    total = np.zeros(len(lat_rad))
    for mark in landing.marks:
        total += _of_mark(mark, lat_rad, lon_rad, errors) / blunt**2
    if landing.water is not None:
        outside = ~inside(landing.water.polygon, lat_rad, lon_rad)
        total[outside] += math.log(errors.outside_water) / blunt
    return np.where(np.isfinite(lat_rad), total, -np.inf)


def _of_mark(mark: Mark, lat_rad: Floats, lon_rad: Floats, errors: WordErrors) -> Floats:
    """One distance and direction: normal in distance, and across it, by no more than words are ever off."""
    far = np.min([arc_m(lat, lon, lat_rad, lon_rad) for lat, lon in mark.points_rad], axis=0)
    step_m = 10e3 if mark.low_m % 50e3 else 50e3
    sigma_m = min(math.hypot(errors.distance_m, 0.5 * min(step_m, mark.low_m / 4.0)), errors.most_m)
    gap = np.maximum(np.maximum(mark.low_m - far, far - mark.high_m), 0.0)
    total = -0.5 * (gap / sigma_m) ** 2
    if math.isfinite(mark.bearing_rad):
        lat, lon = mark.points_rad.mean(axis=0)
        across = _wrapped(azimuth_rad(lat, lon, lat_rad, lon_rad) - mark.bearing_rad)
        sigma_rad = min(errors.bearing_rad, errors.most_m / max(mark.low_m, 1e3))
        total -= 0.5 * (across / sigma_rad) ** 2
    return np.asarray(total)


def _wrapped(angle_rad: Floats) -> Floats:
    return np.asarray((angle_rad + math.pi) % (2.0 * math.pi) - math.pi)


def arc_m(lat0: float, lon0: float, lat_rad: Floats, lon_rad: Floats) -> Floats:
    """Great-circle distances from one place: the haversine."""
    s = np.sin(0.5 * (lat_rad - lat0)) ** 2 + math.cos(lat0) * np.cos(lat_rad) * np.sin(0.5 * (lon_rad - lon0)) ** 2
    return np.asarray(2.0 * R_MEAN_EARTH_M * np.arcsin(np.sqrt(np.minimum(s, 1.0))))


def azimuth_rad(lat0: float, lon0: float, lat_rad: Floats, lon_rad: Floats) -> Floats:
    """Directions from one place along great circles."""
    d = lon_rad - lon0
    y = np.sin(d) * np.cos(lat_rad)
    x = math.cos(lat0) * np.sin(lat_rad) - math.sin(lat0) * np.cos(lat_rad) * np.cos(d)
    return np.asarray(np.arctan2(y, x))


def destinations(lat0: float, lon0: float, azimuths_rad: Floats, distances_m: Floats) -> tuple[Floats, Floats]:
    """Places (n,) reached along great circles."""
    s = distances_m / R_MEAN_EARTH_M
    lat = np.arcsin(math.sin(lat0) * np.cos(s) + math.cos(lat0) * np.sin(s) * np.cos(azimuths_rad))
    lon = lon0 + np.arctan2(np.sin(azimuths_rad) * np.sin(s) * math.cos(lat0), np.cos(s) - math.sin(lat0) * np.sin(lat))
    return lat, _wrapped(lon)
