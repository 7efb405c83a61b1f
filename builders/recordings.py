"""Convert recorded public data into the measurement CSV that `bongsu track` reads, with the sensor file beside it.

    python builders/recordings.py falcon  .../falcon_telemetry/SpaceX_CRS-11  out/falcon
    python builders/recordings.py opensky .../OpenSky_Plane_States.csv        out/opensky

The recordings themselves are not shipped: their licences allow use, not redistribution (see docs/guides/recordings.md).
"""

import argparse
import csv
import json
import math
from datetime import UTC, datetime, timedelta
from pathlib import Path

PAD = {"lat_deg": 28.608, "lon_deg": -80.604, "h_m": 0.0}  # Kennedy Space Center, complex 39A, rounded
FINE_STEP_M, COARSE_STEP_M = 100.0, 1000.0  # heights are shown to 0.1 km below 100 km, to 1 km above
STEP_SIGMA = 1.0 / math.sqrt(12.0)  # standard deviation of rounding to a step
INVENTED_T0 = datetime(2000, 1, 1, tzinfo=UTC)  # webcasts show a mission clock, not a date


def falcon(source: Path, out: Path) -> int:
    """First-stage telemetry read from a webcast: height and speed, thinned to 10 Hz; rounding becomes the sigma."""
    raw = json.loads((source / "stage1_raw.json").read_text(encoding="utf-8"))
    rows, last_s = [], -math.inf
    for t_s, speed_mps, h_km in zip(raw["time"], raw["velocity"], raw["altitude"], strict=True):
        if t_s - last_s < 0.099:
            continue
        last_s = t_s
        step_m = FINE_STEP_M if h_km < 100.0 else COARSE_STEP_M
        rows.append(
            {
                "time_utc": iso(INVENTED_T0 + timedelta(milliseconds=round(t_s * 1e3))),
                "sensor_id": "pad",
                "kind": "telemetry",
                "h_m": f"{h_km * 1e3:.0f}",
                "speed_mps": f"{speed_mps:.3f}",
                "sigma_h_m": f"{step_m * STEP_SIGMA:.0f}",
                "sigma_speed_mps": "0.5",
            }
        )
    write(out, rows, f'[[sensor]]\nid = "pad"\nkind = "telemetry"\n{toml(PAD)}')
    return len(rows)


def opensky(source: Path, out: Path) -> int:
    """Airliner state vectors: position reports at the time of their last update, one scan an instant; frozen rows kept."""
    rows = []
    with source.open(encoding="utf-8", newline="") as file:
        for state in csv.DictReader(file):
            if not (state["lat"] and state["lon"] and state["geoaltitude"] and state["lastposupdate"]):
                continue
            instant = datetime.fromtimestamp(float(state["time"]), UTC)
            rows.append(
                {
                    "time_utc": iso(datetime.fromtimestamp(float(state["lastposupdate"]), UTC)),
                    "arrival_utc": iso(instant),
                    "sensor_id": "opensky",
                    "kind": "position",
                    "scan_id": f"i{int(float(state['time']))}",
                    "lat_deg": f"{float(state['lat']):.6f}",
                    "lon_deg": f"{float(state['lon']):.6f}",
                    "h_m": f"{float(state['geoaltitude']):.1f}",
                    "sigma_lat_deg": "0.00045",  # 50 m
                    "sigma_h_m": "50",
                }
            )
    rows.sort(key=lambda row: row["arrival_utc"])
    write(
        out,
        rows,
        '[[sensor]]\nid = "opensky"\nkind = "position"\nlat_deg = 52.0\nlon_deg = -1.5\nh_m = 0.0\nperiod_s = 10.0\n',
    )
    return len(rows)


def iso(time: datetime) -> str:
    """ISO 8601 with Z, to the millisecond."""
    return time.strftime("%Y-%m-%dT%H:%M:%S.") + f"{time.microsecond // 1000:03d}Z"


def toml(values: dict[str, float]) -> str:
    """Lines of a TOML table."""
    return "".join(f"{key} = {value}\n" for key, value in values.items())


def write(out: Path, rows: list[dict[str, str]], sensors: str) -> None:
    """The measurement file and the sensor file."""
    out.mkdir(parents=True, exist_ok=True)
    with (out / "measurements.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    (out / "sensors.toml").write_text(sensors, encoding="utf-8")


def main() -> None:
    """Convert one recording and say what was written."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kind", choices=("falcon", "opensky"))
    parser.add_argument("source", type=Path)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    n = {"falcon": falcon, "opensky": opensky}[args.kind](args.source, args.out)
    print(f"{n} rows -> {args.out / 'measurements.csv'}, sensors -> {args.out / 'sensors.toml'}")


if __name__ == "__main__":
    main()
