"""Convert two kinds of recorded meteors into the measurement CSV that `bongsu track` reads, with the sensor file beside it.

    python builders/meteors.py wmpl .../20191023_091225_report.txt                   out/orionid
    python builders/meteors.py cmn  .../cmn_fireball_2017030506 --geoid-m 45         out/cmn

`wmpl` is a report of the Western Meteor Physics Library. Its times already contain the clock offsets it found: they are taken
out again, so that the file holds what the stations' clocks said. Station heights are above sea level there; the two heights of
its begin point give the geoid. `cmn` is a folder of CMN files: Julian day, right ascension and declination (taken as of date,
the files do not say); heights above sea level, so the height of the geoid above the ellipsoid has to be stated.
The recordings themselves are not shipped: their licences allow use, not redistribution (see docs/guides/recordings.md).
"""

import argparse
import csv
import math
import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

SIGMA_CLOCK_S = 1.0  # prior on the clocks of all stations but the reference
SIGMA_DEG = {"wmpl": 0.01, "cmn": 0.1}  # one standard deviation of a direction, both files' cameras taken together
JD_1970 = Decimal("2440587.5")
NUMBER = r"([-+]?\d+(?:\.\d+)?)"


def wmpl(source: Path, geoid_m: float | None) -> tuple[list[dict[str, str]], list[dict[str, object]]]:
    """Rows and sensors of one report: azimuth and elevation as printed, raw clocks."""
    text = source.read_text(encoding="utf-8")
    reference = datetime.strptime(_one(text, r"^Time: (\S+ \S+) UTC"), "%Y-%m-%d %H:%M:%S.%f").replace(tzinfo=UTC)
    begin = text[text.index("Begin point on the trajectory") :]
    if geoid_m is None:  # sea level above the ellipsoid, from the two heights of one point
        geoid_m = float(_one(begin, rf"Ht WGS84 =\s+{NUMBER}")) - float(_one(begin, rf"Ht MSL   =\s+{NUMBER}"))
    offsets = {
        name: float(s) for name, s in re.findall(rf"^\s+(\w+): {NUMBER} s$", _part(text, "Timing offsets"), re.M)
    }
    stations = [
        sensor(name, float(lat), float(lon), float(h) + geoid_m, SIGMA_DEG["wmpl"], is_reference=offsets[name] == 0.0)
        for name, _, lon, lat, h, *_ in _table(text, "\nStations\n")
    ]
    rows = []
    for _, name, is_ignored, t_s, *more in _table(text, "\nPoints\n"):
        if is_ignored == "1":
            continue
        raw = reference + timedelta(seconds=float(t_s) - offsets[name])
        azimuth, elevation = more[3], more[4]
        rows.append(row(iso(raw), name, float(azimuth), float(elevation)))
    return rows, stations


def cmn(source: Path, geoid_m: float | None) -> tuple[list[dict[str, str]], list[dict[str, object]]]:
    """Rows and sensors of a folder of files, one a station; the station with most rows is the reference."""
    if geoid_m is None:
        raise SystemExit(
            "cmn: heights are above sea level; state the height of the geoid with --geoid-m (45 in Croatia)"
        )
    found = {path: path.read_text(encoding="utf-8") for path in sorted(source.glob("*.txt"))}
    n_rows = {path: len(_measured(text)) for path, text in found.items()}
    rows, stations = [], []
    for path, text in found.items():
        name = _one(text, r"^Station_Code: (\w+)")
        lon, lat = (_signed(text, rf"^{key}:\s+{NUMBER} ([NSEW])") for key in ("Long", "Lati"))
        h_m = float(_one(text, rf"^Height:\s+{NUMBER} m")) + geoid_m
        is_reference = path == max(n_rows, key=lambda p: n_rows[p])
        stations.append(sensor(name, lat, lon, h_m, SIGMA_DEG["cmn"], is_reference=is_reference))
        for jd, ra_deg, dec_deg in _measured(text):
            azimuth, elevation = horizontal(Decimal(jd), float(ra_deg), float(dec_deg), lat, lon)
            rows.append(row(iso_of_jd(Decimal(jd)), name, azimuth, elevation))
    return rows, stations


def _measured(text: str) -> list[tuple[str, str, str]]:
    return re.findall(rf"^(\d{{7}}\.\d+) {NUMBER} {NUMBER} ", text, re.M)


def horizontal(jd: Decimal, ra_deg: float, dec_deg: float, lat_deg: float, lon_deg: float) -> tuple[float, float]:
    """Azimuth and elevation (deg) of a direction given in the equator and equinox of date; UT1 is taken as UTC (0.004 deg)."""
    import erfa  # of the development group

    day, part = float(jd // 1), float(jd % 1)
    tt = part + 69.2 / 86400.0  # sidereal time hardly depends on it
    hour_rad = erfa.gst06a(day, part, day, tt) + math.radians(lon_deg - ra_deg)
    azimuth, elevation = erfa.hd2ae(hour_rad, math.radians(dec_deg), math.radians(lat_deg))
    return math.degrees(azimuth) % 360.0, math.degrees(elevation)


def sensor(
    name: str, lat_deg: float, lon_deg: float, h_m: float, sigma_deg: float, *, is_reference: bool
) -> dict[str, object]:
    """One [[sensor]] table; only the clock of the reference is believed."""
    return {
        "id": name, "kind": "los", "lat_deg": lat_deg, "lon_deg": lon_deg, "h_m": round(h_m, 2), "sigma_azimuth_deg": sigma_deg,
        "sigma_elevation_deg": sigma_deg, "sigma_clock_s": 0.0 if is_reference else SIGMA_CLOCK_S,
    }  # fmt: skip


def row(time: str, name: str, azimuth_deg: float, elevation_deg: float) -> dict[str, str]:
    """One measurement."""
    azimuth, elevation = f"{azimuth_deg:.6f}", f"{elevation_deg:.6f}"
    return {"time_utc": time, "sensor_id": name, "kind": "los", "azimuth_deg": azimuth, "elevation_deg": elevation}


def iso(time: datetime) -> str:
    """ISO 8601 with Z, to the microsecond."""
    return time.strftime("%Y-%m-%dT%H:%M:%S.") + f"{time.microsecond:06d}Z"


def iso_of_jd(jd: Decimal) -> str:
    """ISO 8601 with Z, of a Julian day; a double would round it to 40 microseconds."""
    micros = round((jd - JD_1970) * 86_400 * 1_000_000)
    return iso(datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=micros))


def _one(text: str, pattern: str) -> str:
    match = re.search(pattern, text, re.M)
    if match is None:
        raise SystemExit(f"no {pattern!r} in the file: is it the format this converter knows?")
    return match.group(1)


def _signed(text: str, pattern: str) -> float:
    match = re.search(pattern, text, re.M)
    if match is None:
        raise SystemExit(f"no {pattern!r} in the file: is it the format this converter knows?")
    return float(match.group(1)) * (-1.0 if match.group(2) in "SW" else 1.0)


def _part(text: str, title: str) -> str:
    """The lines from a title to the next blank line."""
    return text[text.index(title) :].split("\n\n", 1)[0]


def _table(text: str, title: str) -> list[list[str]]:
    """The rows of a table: below its title, a rule and a line of names."""
    lines = _part(text, title).splitlines()[4:]
    return [[cell.strip() for cell in line.split(",")] for line in lines if "," in line]


def write(out: Path, rows: list[dict[str, str]], sensors: list[dict[str, object]]) -> None:
    """The measurement file and the sensor file."""
    out.mkdir(parents=True, exist_ok=True)
    with (out / "measurements.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(sorted(rows, key=lambda row: row["time_utc"]))
    tables = []
    for table in sensors:
        lines = [f'{key} = "{value}"' if isinstance(value, str) else f"{key} = {value}" for key, value in table.items()]
        tables.append("\n".join(["[[sensor]]", *lines]))
    (out / "sensors.toml").write_text("\n\n".join(tables) + "\n", encoding="utf-8")


def main() -> None:
    """Convert one recording and say what was written."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kind", choices=("wmpl", "cmn"))
    parser.add_argument("source", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--geoid-m", type=float, help="height of sea level above the ellipsoid at the stations")
    args = parser.parse_args()
    rows, sensors = {"wmpl": wmpl, "cmn": cmn}[args.kind](args.source, args.geoid_m)
    write(args.out, rows, sensors)
    print(f"{len(rows)} rows -> {args.out / 'measurements.csv'}, sensors -> {args.out / 'sensors.toml'}")


if __name__ == "__main__":
    main()
