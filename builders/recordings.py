"""Convert recorded public data into the measurement CSV that `bongsu track` reads, with the sensor file beside it.

    python builders/recordings.py falcon         .../falcon_telemetry/SpaceX_CRS-11                 out/falcon
    python builders/recordings.py starship       .../starship_ift3/IFT3_telemetry_booster.csv       out/starship
    python builders/recordings.py altimeter      .../amateur_rockets/andromeda_flight_data.csv      out/andromeda
    python builders/recordings.py gnss           .../amateur_rockets/juno3_cots_GNSS.csv            out/juno3
    python builders/recordings.py opensky        .../OpenSky_Plane_States.csv                       out/opensky
    python builders/recordings.py opensky-radar  .../OpenSky_Plane_States.csv                       out/opensky-radar

The recordings themselves are not shipped: their licences allow use, not redistribution (see docs/guides/recordings.md).
"""

import argparse
import csv
import json
import math
import sys
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from bongsu.errors import BadInput, BongsuError
from bongsu.geo import frames

Rows = list[dict[str, str]]
FINE_STEP_M, COARSE_STEP_M = 100.0, 1000.0  # webcast heights: 0.1 km below 100 km, 1 km above
STEP_SIGMA = 1.0 / math.sqrt(12.0)  # standard deviation of rounding to a step
FOOT_M = 0.3048
INVENTED_T0 = datetime(2000, 1, 1, tzinfo=UTC)  # these recordings show a mission clock, not a date
CANAVERAL = {"lat_deg": 28.608, "lon_deg": -80.604, "h_m": 0.0}  # Kennedy Space Center, complex 39A, rounded
BOCA_CHICA = {"lat_deg": 25.997, "lon_deg": -97.156, "h_m": 0.0}
DESERT = {"lat_deg": 32.94, "lon_deg": -106.91, "h_m": 1400.0}  # Spaceport America, where student rockets meet
RADAR = {"lat_deg": 52.0, "lon_deg": -1.5, "h_m": 80.0}  # invented; in the middle of the aircraft
RADAR_SIGMA_M, RADAR_SIGMA_DEG, RADAR_SEED = 50.0, 0.05, 20210712


def falcon(source: Path, period_s: float) -> tuple[Rows, str]:
    """First-stage telemetry from a webcast: the raw reading where there is one, else the published 1 Hz reduction.

    Rounding becomes the sigma; the reduction interpolates the rounded heights, so it is given the same.
    """
    raw, reduced = source / "stage1_raw.json", source / "analysed.json"
    series = json.loads((raw if raw.exists() else reduced).read_text(encoding="utf-8"))
    samples = zip(series["time"], (h * 1e3 for h in series["altitude"]), series["velocity"], strict=True)
    return telemetry(samples, period_s, webcast_sigma_m, 0.5), sensor("pad", "telemetry", CANAVERAL)


def starship(source: Path, period_s: float) -> tuple[Rows, str]:
    """Height in whole kilometres and speed read once a second; of the full files the raw columns, not the smoothed ones."""
    rows = read(source)
    names = list(rows[0])
    if "Raw altitude [km]" in rows[0]:
        samples = (
            (float(r["Time [s]"]), float(r["Raw altitude [km]"]) * 1e3, float(r["Raw speed [m/s]"])) for r in rows
        )
    else:
        samples = (
            (60.0 * float(r[names[0]]) + float(r[names[1]]), float(r[names[3]]) * 1e3, float(r[names[2]]) / 3.6)
            for r in rows
        )
    return telemetry(samples, period_s, lambda h_m: COARSE_STEP_M * STEP_SIGMA, 0.5), sensor(
        "pad", "telemetry", BOCA_CHICA
    )


def altimeter(source: Path, period_s: float) -> tuple[Rows, str]:
    """A student rocket's barometer: height above the pad and climb, whose size stands in for the speed.

    It is short of the speed by the horizontal part, most of all near the top; the climb is a noisy derivative.
    """
    rows = read(source)
    names = ("t(s)", "alt(m)", "vz(m/s)") if "alt(m)" in rows[0] else ("time", "altitude", "velocity")
    samples = ((float(r[names[0]]), float(r[names[1]]), abs(float(r[names[2]]))) for r in rows if r[names[2]])
    return telemetry(samples, period_s, lambda h_m: 5.0, 10.0), sensor("pad", "telemetry", DESERT)


def gnss(source: Path, period_s: float) -> tuple[Rows, str]:
    """A student rocket's satellite receiver: latitude, longitude, height in feet (above sea level, taken as ellipsoidal)."""
    kept = increasing(((float(r["time"]), r) for r in height_rows(source)), period_s)
    rows = [
        {
            "time_utc": iso(INVENTED_T0 + timedelta(seconds=t_s)),
            "sensor_id": "gnss",
            "kind": "position",
            "lat_deg": r["LAT"],
            "lon_deg": r["LON"],
            "h_m": f"{float(r['ALT']) * FOOT_M:.1f}",
            "sigma_lat_deg": "0.00009",  # 10 m
            "sigma_h_m": "15",
        }
        for t_s, r in kept
    ]
    return rows, sensor("gnss", "position", DESERT)


def gnss_speed(source: Path, period_s: float) -> tuple[Rows, str]:
    """The same receiver as telemetry: height and the speed it states, the place thrown away."""
    samples = (
        (
            float(r["time"]),
            float(r["ALT"]) * FOOT_M - DESERT["h_m"],
            FOOT_M * math.hypot(float(r["HORZV"]), float(r["VERTV"])),
        )
        for r in height_rows(source)
    )
    return telemetry(samples, period_s, lambda h_m: 15.0, 2.0), sensor("pad", "telemetry", DESERT)


def height_rows(source: Path) -> Rows:
    """The rows of a receiver's file; a file without heights gives no position and is refused."""
    rows = read(source)
    if "ALT" not in rows[0]:
        raise BadInput(
            str(source), f"columns {', '.join(rows[0])}, no height among them", "latitude, longitude and height",
            "A position needs all three: such a recording cannot be used.",
        )  # fmt: skip
    return rows


def opensky(source: Path, period_s: float) -> tuple[Rows, str]:
    """Airliner state vectors: position reports at the time of their last update, one scan an instant; frozen rows kept."""
    rows = [
        {
            **state_times(state, "opensky"),
            "kind": "position",
            "lat_deg": f"{float(state['lat']):.6f}",
            "lon_deg": f"{float(state['lon']):.6f}",
            "h_m": f"{float(state['geoaltitude']):.1f}",
            "sigma_lat_deg": "0.00045",  # 50 m
            "sigma_h_m": "50",
        }
        for state in states(source)
    ]
    return rows, sensor("opensky", "position", {"lat_deg": 52.0, "lon_deg": -1.5, "h_m": 0.0, "period_s": 10.0})


def opensky_radar(source: Path, period_s: float) -> tuple[Rows, str]:
    """The same aircraft through an invented radar with seeded noise: real motion, synthetic sensor.

    It sees what is above its horizon; a report that has not changed is seen again, with the same time and the same error.
    """
    dice = np.random.default_rng(RADAR_SEED)
    rows: Rows = []
    errors: dict[tuple[str, str], np.ndarray] = {}
    for state in seen_by_radar(source):
        range_m, azimuth_rad, elevation_rad = polar(state)
        error = errors.setdefault((state["icao24"], state["lastposupdate"]), dice.standard_normal(3))
        rows.append(
            {
                **state_times(state, "radar"),
                "kind": "radar",
                "range_m": f"{range_m + RADAR_SIGMA_M * error[0]:.1f}",
                "azimuth_deg": f"{math.degrees(azimuth_rad) + RADAR_SIGMA_DEG * error[1]:.4f}",
                "elevation_deg": f"{math.degrees(elevation_rad) + RADAR_SIGMA_DEG * error[2]:.4f}",
            }
        )
    sigmas = {
        "sigma_range_m": RADAR_SIGMA_M,
        "sigma_azimuth_deg": RADAR_SIGMA_DEG,
        "sigma_elevation_deg": RADAR_SIGMA_DEG,
    }
    return rows, sensor("radar", "radar", {**RADAR, **sigmas, "period_s": 10.0})


def polar(state: dict[str, str]) -> tuple[float, float, float]:
    """Range, azimuth and elevation of an aircraft from the invented radar (m, rad)."""
    where = frames.ecef_from_geodetic(geodetic(float(state["lat"]), float(state["lon"]), float(state["geoaltitude"])))
    site = geodetic(RADAR["lat_deg"], RADAR["lon_deg"], RADAR["h_m"])
    range_m, azimuth_rad, elevation_rad = frames.range_azimuth_elevation(where, site).tolist()
    return range_m, azimuth_rad, elevation_rad


def seen_by_radar(source: Path) -> list[dict[str, str]]:
    """The state vectors above the radar's horizon."""
    return [state for state in states(source) if polar(state)[2] > 0.0]


def addresses(kind: str, source: Path) -> list[str]:
    """Whose each row of a converted aircraft recording is, which the file does not tell: for judging alone."""
    return [state["icao24"] for state in (states(source) if kind == "opensky" else seen_by_radar(source))]


def geodetic(lat_deg: float, lon_deg: float, h_m: float) -> np.ndarray:
    """Latitude and longitude in radians, and height."""
    return np.array([math.radians(lat_deg), math.radians(lon_deg), h_m])


def states(source: Path) -> list[dict[str, str]]:
    """The state vectors that hold a position, in order of time."""
    needed = ("lat", "lon", "geoaltitude", "lastposupdate")
    return sorted((r for r in read(source) if all(r[name] for name in needed)), key=lambda r: float(r["time"]))


def state_times(state: dict[str, str], sensor_id: str) -> dict[str, str]:
    """When a position was true, when it was received, and the instant it belongs to."""
    instant_s = float(state["time"])
    return {
        "time_utc": iso(datetime.fromtimestamp(float(state["lastposupdate"]), UTC)),
        "arrival_utc": iso(datetime.fromtimestamp(instant_s, UTC)),
        "sensor_id": sensor_id,
        "scan_id": f"i{int(instant_s)}",
    }


def telemetry(
    samples: Iterable[tuple[float, float, float]],
    period_s: float,
    sigma_h_m: Callable[[float], float],
    sigma_v_mps: float,
) -> Rows:
    """Rows of (seconds, m, m/s), thinned to one in `period_s`."""
    return [
        {
            "time_utc": iso(INVENTED_T0 + timedelta(seconds=t_s)),
            "sensor_id": "pad",
            "kind": "telemetry",
            "h_m": f"{h_m:.1f}",
            "speed_mps": f"{speed_mps:.3f}",
            "sigma_h_m": f"{sigma_h_m(h_m):.0f}",
            "sigma_speed_mps": f"{sigma_v_mps:.1f}",
        }
        for t_s, (h_m, speed_mps) in increasing(((t, (h, v)) for t, h, v in samples), period_s)
    ]


def increasing(timed: Iterable[tuple[float, Any]], period_s: float) -> Iterable[tuple[float, Any]]:
    """Those whose time is at least `period_s` (less a hundredth) after the last one kept."""
    last_s = -math.inf
    for t_s, what in timed:
        if t_s - last_s >= 0.99 * period_s and t_s > last_s:
            last_s = t_s
            yield t_s, what


def webcast_sigma_m(h_m: float) -> float:
    """Of a height as webcasts show it."""
    return (FINE_STEP_M if h_m < 100e3 else COARSE_STEP_M) * STEP_SIGMA


def iso(time: datetime) -> str:
    """ISO 8601 with Z, to the millisecond."""
    time += timedelta(microseconds=500)
    return time.strftime("%Y-%m-%dT%H:%M:%S.") + f"{time.microsecond // 1000:03d}Z"


def sensor(sensor_id: str, kind: str, values: dict[str, float]) -> str:
    """The sensor file of one sensor."""
    return f'[[sensor]]\nid = "{sensor_id}"\nkind = "{kind}"\n' + "".join(f"{k} = {v}\n" for k, v in values.items())


def read(source: Path) -> Rows:
    """The rows of a CSV file by column."""
    with source.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


SETS: dict[str, Callable[[Path, float], tuple[Rows, str]]] = {
    "falcon": falcon,
    "starship": starship,
    "altimeter": altimeter,
    "gnss": gnss,
    "gnss-speed": gnss_speed,
    "opensky": opensky,
    "opensky-radar": opensky_radar,
}


def convert(kind: str, source: Path, out: Path, period_s: float = 0.1) -> int:
    """Write measurements.csv and sensors.toml of one recording into the folder `out`; returns the number of rows."""
    rows, sensors = SETS[kind](source, period_s)
    out.mkdir(parents=True, exist_ok=True)
    with (out / "measurements.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    (out / "sensors.toml").write_text(sensors, encoding="utf-8")
    return len(rows)


def main() -> None:
    """Convert one recording and say what was written."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kind", choices=sorted(SETS))
    parser.add_argument("source", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument(
        "--period-s", type=float, default=0.1, help="thin telemetry and receivers to one row in so long"
    )
    args = parser.parse_args()
    try:
        n = convert(args.kind, args.source, args.out, args.period_s)
    except BongsuError as error:
        sys.exit(f"recordings: {error}")
    print(f"{n} rows -> {args.out / 'measurements.csv'}, sensors -> {args.out / 'sensors.toml'}")


if __name__ == "__main__":
    main()
