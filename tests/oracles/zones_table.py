"""The acceptance table of the zones, against Marine Regions and official statements: `python -m tests.oracles.zones_table`.

Printed as measured, limit beside figure. Needs the folder of real data ($BONGSU_SHARED_DATA, else ../shared/data).
"""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from tests.oracles import marine_regions as mr

from bongsu.geo import frames, zones
from bongsu.geo.coastline import ZoneTable
from bongsu.run.tables import load_zones

WINDOW = (28.0, 117.0, 50.0, 150.0)  # south, west, north, east
WIDE = (15.0, 118.0, 52.0, 162.0)
LIANCOURT = "Liancourt Rocks"


@dataclass(frozen=True, slots=True)
class Row:
    """One line: what was checked, the figure, its limit."""

    check: str
    value: float
    limit: float
    is_floor: bool = True
    form: str = "{:.2f} %"

    @property
    def passes(self) -> bool:
        """Whether the figure keeps the limit."""
        return self.value >= self.limit if self.is_floor else self.value <= self.limit


def kinds(table: ZoneTable, kind: str) -> tuple[str, ...]:
    """The names of the features of one kind."""
    return tuple(f.name for f in table.features if f.kind == kind)


def rows(folder: Path, step_deg: float = 0.1, wide_step_deg: float = 0.25) -> list[Row]:
    """All lines that compare with Marine Regions; percentages of area, distances in km."""
    table = load_zones()
    plain = mr.without(table, (LIANCOURT,))
    islands = mr.without(table, kinds(table, "baseline"))
    islands_plain = mr.without(table, (*kinds(table, "baseline"), LIANCOURT))
    new, old = mr.v12(folder), mr.v10(folder)
    at_new, at_old = mr.cells(table, new, WINDOW, step_deg), mr.cells(table, old, WINDOW, step_deg)
    wide = mr.cells(table, new, WIDE, wide_step_deg)
    ours_new, ours_old = mr.computed(table, at_new), mr.computed(table, at_old)
    sea_new, sea_old = mr.part(at_new, sea_of_japan(at_new)), mr.part(at_old, sea_of_japan(at_old))
    found = [
        Row("v12, shares a claimant", 100 * mr.agreement(ours_new, at_new)[0], 99.3),
        Row("v10, shares a claimant", 100 * mr.agreement(ours_old, at_old)[0], 99.2),
        Row("v10, sets equal (islands only)", 100 * mr.agreement(mr.computed(islands, at_old), at_old)[1], 98.7),
        Row("Sea of Japan, claimed by Japan, v10", 100 * mr.claimed_by("JPN", mr.computed(table, sea_old), sea_old), 99.3),
        Row(
            "Sea of Japan, claimed by Japan, v12, Liancourt left out",
            100 * mr.claimed_by("JPN", mr.computed(plain, sea_new), sea_new), 99.1,
        ),
        Row(
            "118-162 E 15-52 N, v12, islands only, Liancourt left out",
            100 * mr.agreement(mr.computed(islands_plain, wide), wide)[0], 99.2,
        ),
    ]  # fmt: skip
    for name, truth, at, ours in (("v12", new, at_new, ours_new), ("v10", old, at_old, ours_old)):
        bad = mr.agreement(ours, at)[2]
        km = np.sort(mr.distance_to_line_m(truth, at, ours, bad)) / 1000.0
        for word, q, limit in (("median", 50, 5.0), ("p95", 95, 30.0), ("max", 100, 40.0)):
            label = f"{name}, {len(km)} disagreeing cells of {len(ours)}: {word} distance from the line"
            found.append(Row(label, float(np.percentile(km, q)), limit, False, "{:.1f} km"))
    return found


def sea_of_japan(at: mr.Cells) -> np.ndarray:
    """Cells of the Sea of Japan, by a rough outline."""
    lat, lon = np.degrees(at.lat_rad), np.degrees(at.lon_rad)
    keep = (lat >= 35.0) & (lat <= 48.0) & (lon >= 128.0) & (lon <= 142.0)
    keep &= ~((lat < 40.0) & (lon > 139.8)) & ~((lat < 37.0) & (lon > 137.0)) & ~((lat < 43.0) & (lon > 140.9))
    return keep


@dataclass(frozen=True, slots=True)
class Fall:
    """What the Japanese government said of one fall: in or out, and where; one sigma along and across the azimuth."""

    date: str
    is_in: bool
    words: str
    lat_rad: float
    lon_rad: float
    azimuth_rad: float
    sigma_m: tuple[float, float]


def _from(date: str, is_in: bool, words: str, place_deg: tuple[float, float], azimuth_deg: float, km: float) -> Fall:
    """So far from a place in a direction, give or take 20 km and 8 degrees."""
    azimuth = float(np.radians(azimuth_deg))
    lat, lon = frames.destination(*np.radians(place_deg).tolist(), azimuth, km * 1000.0)
    return Fall(date, is_in, words, lat, lon, azimuth, (20e3, km * 1e3 * float(np.radians(8.0))))


def _circles() -> tuple[float, float]:
    """About 500 km from Sado and about 300 km from the Oki Islands: the crossing that lies at sea, to the north-west."""
    sado, oki = np.radians([38.0, 138.4]), np.radians([36.2, 133.2])
    lat, lon = np.meshgrid(
        np.radians(np.arange(36.0, 41.0, 0.02)), np.radians(np.arange(130.0, 136.0, 0.02)), indexing="ij"
    )
    points = np.stack((lat.ravel(), lon.ravel()), axis=1)
    off = (frames.distances_m(*sado, points) - 5e5) ** 2 + (frames.distances_m(*oki, points) - 3e5) ** 2
    best = points[np.argmin(off)]
    return float(best[0]), float(best[1])


def falls() -> tuple[Fall, ...]:
    """The statements of 2016-2021 that name a place; sources in official_fall_statements_2016_2021.csv of the real data."""
    return (
        _from("2016-08-03", True, "about 250 km west of Oga Peninsula", (39.92, 139.75), 270.0, 250.0),
        _from("2016-09-05", True, "200-250 km west of Okushiri", (42.15, 139.47), 270.0, 225.0),
        Fall("2017-05-29", True, "about 500 km from Sado, about 300 km from Oki", *_circles(), 0.0, (20e3, 20e3)),
        _from("2017-08-29", False, "about 1,180 km east of Cape Erimo", (41.93, 143.245), 90.0, 1180.0),
        _from("2017-11-29", True, "about 250 km west of Aomori Prefecture", (40.7, 139.9), 270.0, 250.0),
        _from("2019-10-02", True, "about 350 km north of Dogo, Oki Islands", (36.25, 133.28), 0.0, 350.0),
        _from("2021-09-15", True, "about 300 km north of Hegura Island", (37.85, 136.92), 0.0, 300.0),
    )


def verdict(table: ZoneTable, fall: Fall, n: int = 20_000) -> tuple[bool, float]:
    """In Japan's EEZ, claims counted, or not; and the share of samples that are."""
    rng = np.random.default_rng(1)
    along, across = rng.normal(0.0, fall.sigma_m[0], n), rng.normal(0.0, fall.sigma_m[1], n)
    north = along * np.cos(fall.azimuth_rad) - across * np.sin(fall.azimuth_rad)
    east = along * np.sin(fall.azimuth_rad) + across * np.cos(fall.azimuth_rad)
    lats, lons = fall.lat_rad + north / 6.371e6, fall.lon_rad + east / (6.371e6 * np.cos(fall.lat_rad))
    at_once = dict(zones.zone_probabilities(table, [fall.lat_rad], [fall.lon_rad]))
    return at_once.get("JPN.eez", 0.0) > 0.5, dict(zones.zone_probabilities(table, lats, lons)).get("JPN.eez", 0.0)


def main() -> int:
    """Print the table; 1 if a limit is missed."""
    default = Path(__file__).parents[3] / "shared" / "data"
    folder = Path(os.environ.get("BONGSU_SHARED_DATA") or default)
    table = load_zones()
    found = rows(folder)
    print("| check | measured | limit | |\n|---|---|---|---|")
    for row in found:
        sign = ">=" if row.is_floor else "<="
        limit = f"{sign} {row.form.format(row.limit)}"
        print(f"| {row.check} | {row.form.format(row.value)} | {limit} | {'met' if row.passes else 'MISSED'} |")
    print("\n| fall | official | words | computed | share in Japan's EEZ |\n|---|---|---|---|---|")
    right = 0
    for fall in falls():
        inside, share = verdict(table, fall)
        right += inside == fall.is_in
        print(
            f"| {fall.date} | {'in' if fall.is_in else 'out'} | {fall.words} | {'in' if inside else 'out'} | {share:.2f} |"
        )
    print(f"\n{right} of {len(falls())} verdicts as stated. Table {table.digest[:12]}.")
    return int(not all(row.passes for row in found) or right < 6)


if __name__ == "__main__":
    sys.exit(main())
