"""Official statements on where launches fell, 2016 to 2021, and what governments published of seven flights."""

import csv
import json
import math
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from bongsu.geo import frames
from bongsu.messages.accounts import Reconstruction
from bongsu.models.reconstruct_landing import landing_of
from bongsu.run.reconstruct import reconstruct

OVERLAPPING = ("2017-05-29", "2019-10-02")  # fell where Japan and South Korea both claim

# range and apogee (km) as one government published them, and every government's flight time (minutes), with who said it:
# public statements of the day, by JCS (South Korea), MoD (Japan), Pacific Command (United States), state media (North Korea)
TIMED = {
    "2017-05-14": (787.0, 2111.5, (("jpn.mod", 30.0),)),
    "2017-07-04": (933.0, 2802.0, (("usa.mil", 37.0), ("prk.state_media", 39.0), ("jpn.mod", 40.0))),
    "2017-07-28": (998.0, 3724.9, (("jpn.mod", 45.0), ("kor.jcs", 47.0), ("prk.state_media", 47.2))),
    "2017-08-29": (2700.0, 550.0, (("jpn.mod", 14.0),)),
    "2017-09-15": (3700.0, 770.0, (("jpn.mod", 19.0),)),
    "2017-11-29": (950.0, 4475.0, (("jpn.mod", 53.0), ("prk.state_media", 53.0))),
    "2019-10-02": (450.0, 910.0, (("jpn.mod", 17.0),)),
}
# ranges and apogees (km) where a second government published another than the table's, as an interval of both
BOTH = {
    "2017-03-06": (1000.0, 260.0), "2017-05-29": ((400.0, 450.0), None), "2017-08-29": (2700.0, 550.0),
    "2017-11-29": ((960.0, 1000.0), 4500.0), "2019-10-02": (450.0, (900.0, 910.0)), "2021-09-15": ((750.0, 800.0), (50.0, 60.0)),
}  # fmt: skip
MORE_WORDS = {"2017-07-28": "about 200 km west of Shakotan Peninsula"}  # said by the government later, not in the table


@dataclass(frozen=True)
class Statement:
    """One row of the table, with the site of the open list; that list's bearings are not read."""

    day: str
    site: tuple[float, float]
    range_km: float
    apogee_km: float | None
    words: str
    is_in_eez: bool


def load(folder: Path) -> list[Statement]:
    """The statements of the shared data."""
    sites = launch_sites(folder)
    rows = csv.DictReader((folder / "official_fall_statements_2016_2021.csv").read_text(encoding="utf-8").splitlines())
    return [
        Statement(
            day=row["date_jst"],
            site=sites[row["date_jst"]],
            range_km=float(row["range_km"]),
            apogee_km=float(row["apogee_km"]) if row["apogee_km"] else None,
            words=row["place_as_stated"],
            is_in_eez=row["eez_japan"] == "in",
        )
        for row in rows
    ]


def launch_sites(folder: Path) -> dict[str, tuple[float, float]]:
    """Site by local day. Days of the list are UTC or local, so a launch is entered under both days it may mean, its own first."""
    places = json.loads((folder / "cns_nagix" / "facility.en.json").read_text())["facilities"]
    tests = json.loads((folder / "cns_nagix" / "test_1984_2021.en.json").read_text())
    found: dict[str, tuple[float, float]] = {}
    rows = tests if isinstance(tests, list) else next(iter(tests.values()))
    for shift in (0, 1):
        for row in rows:
            if len(row["date"]) != 10:  # only a month is known
                continue
            place = places[row["facility"]]
            day = (date.fromisoformat(row["date"]) + timedelta(days=shift)).isoformat()
            found.setdefault(day, (float(place["lat"]), float(place["lon"])))
    return found


def again(said: Statement, words: str = "", *, with_both: bool = False) -> Reconstruction:
    """What a statement's range, apogee and landing words give; with those of a second government if asked so."""
    range_km, apogee_km = (
        BOTH.get(said.day, (said.range_km, said.apogee_km)) if with_both else (said.range_km, said.apogee_km)
    )
    return reconstruct(said.site, range_km=range_km, apogee_km=apogee_km, landing=words or said.words)


def across_km(found: Reconstruction) -> float:
    """Length of the 90 % landing region of all shapes together."""
    _, _, cov = together(found)
    return 2e-3 * frames.ellipse(cov, 0.9)[0]


def together(found: Reconstruction) -> tuple[float, float, tuple[float, float, float]]:
    """Centre (rad) and covariance (m^2) of all shapes' impacts, weighted."""
    total = sum(found.p)
    lat = sum(p * x for p, x in zip(found.p, found.impact_lat_rad, strict=True)) / total
    lon = sum(p * x for p, x in zip(found.p, found.impact_lon_rad, strict=True)) / total
    ee = en = nn = 0.0
    for p, la, lo, (a, b, c) in zip(found.p, found.impact_lat_rad, found.impact_lon_rad, found.cov_en_m2, strict=True):
        e, n = (lo - lon) * math.cos(lat) * 6.371e6, (la - lat) * 6.371e6
        ee, en, nn = ee + p / total * (a + e * e), en + p / total * (b + e * n), nn + p / total * (c + n * n)
    return lat, lon, (ee, en, nn)


def miss_of_words_km(found: Reconstruction, places, words: str) -> float:
    """How far the nearest point of the 90 % region lies from the place stated: a point, or a ring without a direction."""
    lat, lon, cov = together(found)
    inside = [edge(lat, lon, cov, math.radians(15.0 * k), share) for k in range(24) for share in (0.0, 0.5, 1.0)]
    return max(min(_gap_m(mark, *at) for at in inside) for mark in landing_of(places, words).marks) / 1e3


def _gap_m(mark, lat_rad: float, lon_rad: float) -> float:
    """From a place to what one mark states."""
    if math.isfinite(mark.bearing_rad):
        stated = (
            frames.destination(p[0], p[1], mark.bearing_rad, 0.5 * (mark.low_m + mark.high_m)) for p in mark.points_rad
        )
        return min(frames.distance_m(*place, lat_rad, lon_rad) for place in stated)
    far = min(frames.distance_m(p[0], p[1], lat_rad, lon_rad) for p in mark.points_rad)
    return max(mark.low_m - far, far - mark.high_m, 0.0)


def edge(lat, lon, cov, turn_rad, share):
    """A point of the 90 % ellipse, or within it."""
    major, minor, way = frames.ellipse(cov, 0.9)
    along, side = share * major * math.cos(turn_rad), share * minor * math.sin(turn_rad)
    east = along * math.sin(way) + side * math.cos(way)
    north = along * math.cos(way) - side * math.sin(way)
    return frames.destination(lat, lon, math.atan2(east, north) % (2.0 * math.pi), math.hypot(east, north))
