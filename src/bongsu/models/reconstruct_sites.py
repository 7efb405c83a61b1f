"""Where a reported launch area is, and how well that is known: listed sites, counties, provinces, and words such as "northwest".

Sites are approximate and public: the open launch list of the Center for Nonproliferation Studies, to a hundredth of a degree.
A county is known by a point in it, a province by its counties' mean; words by the part of the country they mean.
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from bongsu.geo.places import PlaceTable
from bongsu.language.gazetteer import PROVINCES, fold, resolve

_SITE_M, _COUNTY_M, _PROVINCE_M = 5e3, 10e3, 50e3  # one sigma each
_SITES: Final = {  # latitude, longitude in degrees
    "Sohae": (39.66, 124.71), "Sunan": (39.20, 125.67), "Pyongyang": (39.04, 125.76), "Wonsan": (39.17, 127.48),
    "Hodo Peninsula": (39.40, 127.54), "Kittaeryong": (38.99, 127.62), "Kusong": (40.02, 125.22), "Panghyon": (39.90, 125.24),
    "Mupyong-ni": (40.61, 126.43), "Pyongsong": (39.28, 125.87), "Sinpo": (40.04, 128.18), "Mayang-do": (40.00, 128.20),
    "Sondok": (39.74, 127.48), "Yonpo": (39.79, 127.54), "Hungnam": (39.81, 127.66), "Yonghung": (39.54, 127.24),
    "Munchon": (39.28, 127.38), "Tongchon": (38.95, 127.89), "Kaechon": (39.75, 125.90), "Sunchon": (39.41, 125.89),
    "Sonchon": (39.79, 124.91), "Kwail": (38.42, 125.02), "Hwangju": (38.69, 125.70), "Nampo": (38.75, 125.32),
    "Taegwan": (40.21, 125.20), "Taechon": (39.99, 125.52), "Uiju": (40.03, 124.58), "Kanggye": (40.97, 126.60),
    "Yangdok": (39.28, 126.80), "Samsok": (39.11, 126.00), "Chunghwa": (38.88, 125.93), "Sukchon": (39.42, 125.63),
    "Musudan-ri": (40.85, 129.67), "Sariwon": (38.51, 125.76), "Kaesong": (37.94, 126.59), "Changyon": (38.28, 125.07),
}  # fmt: skip
_PARTS: Final = (  # words for a part of North Korea; latitude, longitude in degrees; sigma in metres
    (re.compile(r"(?i)north-?west|chinese border|북서|北西|中国国境"), (40.3, 125.6), 70e3),
    (re.compile(r"(?i)north-?east|북동|北東"), (41.3, 129.2), 70e3),
    (re.compile(r"(?i)south-?west|남서|南西"), (38.4, 125.4), 50e3),
    (re.compile(r"(?i)south-?east|남동|南東"), (38.9, 127.6), 50e3),
    (re.compile(r"(?i)\bwest|서해안|西岸|西部"), (39.3, 125.3), 70e3),
    (re.compile(r"(?i)\beast|동해안|東岸|東部"), (39.6, 127.7), 80e3),
    (re.compile(r"(?i)inland|내륙|内陸"), (39.8, 126.5), 70e3),
)


@dataclass(frozen=True, slots=True)
class Site:
    """A launch area as a place and one standard deviation around it."""

    lat_rad: float
    lon_rad: float
    sigma_m: float


def site_of(table: PlaceTable, words: str) -> Site | None:
    """The place a launch area's words mean; None where they name nothing that is listed."""
    name = resolve(words)
    if name in _SITES:
        return _site(_SITES[name], _SITE_M)
    counties = [row for row in table.places.rows if row["country"] == "PRK"]
    if name in PROVINCES:
        return _province(table, counties, name)
    key = fold(re.sub(r"(?i)\s+(?:county|city)$", "", name or words.strip()))
    own = [r for r in counties if key and key == fold(re.sub(r"\s+(?:County|City)$", "", r["name"]))]
    if own:
        return _site((float(own[0]["lat"]), float(own[0]["lon"])), _COUNTY_M)
    return next((_site(where, sigma_m) for part, where, sigma_m in _PARTS if part.search(words)), None)


def _province(table: PlaceTable, counties: Sequence[Mapping[str, str]], name: str) -> Site | None:
    """The mean of a province's counties."""
    key = fold(name.removesuffix(" Province"))
    region = next((r.region for r in table.regions if r.country == "PRK" and fold(r.name).startswith(key)), "")
    rows = [(float(r["lat"]), float(r["lon"])) for r in counties if region and r["region"] == region]
    if not rows:
        return None
    lat, lon = np.mean(rows, axis=0)
    return _site((float(lat), float(lon)), _PROVINCE_M)


def _site(where: tuple[float, float], sigma_m: float) -> Site:
    return Site(math.radians(where[0]), math.radians(where[1]), sigma_m)
