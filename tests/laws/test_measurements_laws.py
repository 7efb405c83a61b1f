"""Whatever stands in a measurement file: scans that the record accepts, or one clear refusal; what is sound elsewhere is kept."""

import math
import random

import pytest

from bongsu.adapters.ingest.measurements import Rejections, read_scans
from bongsu.errors import BadInput
from bongsu.messages import codec
from bongsu.models.sensors import Sensor

SENSORS = (
    Sensor(sensor_id="r", kind="radar", lat_rad=0.65, lon_rad=2.2),
    Sensor(sensor_id="c", kind="los", lat_rad=0.65, lon_rad=2.2),
    Sensor(sensor_id="p", kind="position"),
    Sensor(sensor_id="t", kind="telemetry", lat_rad=0.5, lon_rad=-1.4),
)
HEAD = "time_utc,sensor_id,kind,scan_id,range_m,azimuth_deg,elevation_deg,lat_deg,lon_deg,h_m,speed_mps,sigma_h_m"
ROWS = [
    "2025-11-07T03:35:00.123456789Z,r,radar,a,310000.5,45.25,3.5,,,,,",
    "2025-11-07T03:35:02Z,r,radar,b,311000,45.5,3.75,,,,,",
    "2025-11-07T03:35:02Z,r,radar,c,,,,,,,,",
    "2025-11-07T03:35:03.5Z,c,los,,,182.0,55.0,,,,,",
    "2025-11-07T03:35:04Z,p,position,,,,,51.5,-0.25,9500,,50",
    "2025-11-07T03:35:05Z,t,telemetry,,,,,,,61000,1425.5,29",
]
BITS = (
    "nan",
    "inf",
    "-1",
    "1e999",
    "",
    ",",
    '"',
    "\n",
    "\x00",
    "é",
    "9" * 400,
    "2025-02-30T00:00:00Z",
    "=1+1",
    "\ufeff",
)


def mutated(dice: random.Random) -> bytes:
    """A sound file with a few places cut, doubled, exchanged or overwritten."""
    text = "\n".join([HEAD, *dice.choices(ROWS, k=dice.randint(0, 8))]) + "\n"
    body = bytearray(text.encode())
    for _ in range(dice.randint(1, 4)):
        at, more = dice.randrange(len(body) + 1), dice.randint(1, 12)
        match dice.randint(0, 3):
            case 0:
                body[at : at + more] = b""
            case 1:
                body[at:at] = body[at : at + more]
            case 2:
                body[at:at] = dice.choice(BITS).encode()
            case _:
                body[at : at + 1] = bytes((dice.randrange(256),))
    return bytes(body)


def run_mutations(n, path):
    dice, n_read = random.Random(20_251_107), 0
    for _ in range(n):
        path.write_bytes(mutated(dice))
        rejections = Rejections()
        try:
            scans = read_scans(path, SENSORS, rejections)
        except BadInput as error:
            assert str(path) in str(error)
            continue
        n_read += 1
        for known_ns, scan in scans:
            assert known_ns >= 0
            assert codec.decode_input(codec.encode(scan)) == scan  # encoding refuses what is not finite
            assert all(math.isfinite(range_m) for range_m in scan.range_m)
    assert n_read > n // 10


def test_mutated_measurement_files_are_read_or_refused(tmp_path):
    run_mutations(400, tmp_path / "plots.csv")


@pytest.mark.accept
def test_a_hundred_thousand_mutated_measurement_files_are_read_or_refused(tmp_path):
    run_mutations(100_000, tmp_path / "plots.csv")


def test_a_broken_row_costs_only_itself(tmp_path):
    dice, path = random.Random(7), tmp_path / "plots.csv"
    for bit in BITS[:6]:
        rows = list(ROWS)
        rows[dice.randrange(len(rows))] = f"2025-11-07T03:35:09Z,r,radar,z,{bit},{bit},{bit},,,,,"
        path.write_text("\n".join([HEAD, *rows]), encoding="utf-8")
        rejections = Rejections()
        scans = read_scans(path, SENSORS, rejections)
        assert len(scans) >= len(ROWS) - 1
