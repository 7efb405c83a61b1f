"""The converter of recorded meteors: what it must undo and keep, on small files of our own in both formats."""

import csv
import importlib.util
import sys
import tomllib
from decimal import Decimal
from pathlib import Path
from types import ModuleType

import pytest

REPORT = """Reference JD: 2458779.5
Time: 2019-10-23 00:00:10.500000 UTC

Timing offsets (from input data):
             A: 0.000000 s
             B: 0.250000 s

Begin point on the trajectory:
  Ht MSL   =   100040.00 +/- 1.00
  Ht WGS84 =   100000.00 +/- 1.00

Stations
--------
  ID, Ignored, Lon +E (deg), Lat +N (deg),  Ht (m)
   A,   False,   -81.5,  43.5,  329.00
   B,   False,   -80.5,  43.0,  300.00

Points
------
 No, Station ID,  Ignore,  Time (s), JD, meas1, meas2, Azim +E of due N (deg), Alt (deg)
  0,          A,       0,  0.100000, 2458779.1, 1.0, 2.0, 335.5, 41.5, 9.9
  0,          B,       0,  0.100000, 2458779.1, 1.0, 2.0, 10.25, 60.5, 9.9
  1,          B,       1,  0.200000, 2458779.1, 1.0, 2.0, 11.25, 61.5, 9.9

Notes
"""
STATION = """Date: 2017030506
Time: 22:50:04.134
Station_Code: {name}
Long: 017.357222 E
Lati: 045.819722 N
Height: 0135 m
2457818.4514367362 082.017 +33.950 +1.2
2457818.4514371990 082.064 +33.973 +1.2
"""


@pytest.fixture(scope="module")
def meteors() -> ModuleType:
    spec = importlib.util.spec_from_file_location("meteors", Path(__file__).parents[3] / "builders" / "meteors.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_a_report_gives_back_raw_clocks_and_ellipsoidal_heights(meteors: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text(REPORT)
    meteors.write(tmp_path, *meteors.wmpl(tmp_path / "report.txt", None))
    with (tmp_path / "measurements.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(r["time_utc"], r["sensor_id"]) for r in rows] == [
        ("2019-10-23T00:00:10.350000Z", "B"),
        ("2019-10-23T00:00:10.600000Z", "A"),
    ]
    assert (float(rows[1]["azimuth_deg"]), float(rows[1]["elevation_deg"])) == (335.5, 41.5)
    a, b = tomllib.loads((tmp_path / "sensors.toml").read_text())["sensor"]
    assert (a["h_m"], b["h_m"], a["lon_deg"]) == (289.0, 260.0, -81.5)
    assert (a["sigma_clock_s"], b["sigma_clock_s"]) == (0.0, 1.0)


def test_a_julian_day_keeps_its_microseconds(meteors: ModuleType) -> None:
    assert meteors.iso_of_jd(Decimal("2457818.4514367362")) == "2017-03-05T22:50:04.134008Z"


def test_cmn_files_need_a_geoid_and_say_so(meteors: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STATION.format(name="APO"))
    with pytest.raises(SystemExit, match="--geoid-m"):
        meteors.cmn(tmp_path, None)
    rows, (station,) = meteors.cmn(tmp_path, 45.0)
    assert (station["id"], station["h_m"], station["sigma_clock_s"]) == ("APO", 180.0, 0.0)
    assert rows[0]["time_utc"] == "2017-03-05T22:50:04.134008Z"


def test_a_star_at_the_celestial_pole_stands_north_at_the_latitude(meteors: ModuleType) -> None:
    azimuth, elevation = meteors.horizontal(Decimal("2457818.45"), 0.0, 90.0, 45.8, 17.3)
    assert (min(azimuth, 360.0 - azimuth), elevation) == pytest.approx((0.0, 45.8), abs=1e-9)


def test_sidereal_time_puts_a_star_on_the_meridian(meteors: ModuleType) -> None:
    """At 0 h UT1 on 10 April 1987 it was 13 h 10 min 46.1351 s at Greenwich: Meeus, Astronomical Algorithms, ex. 12.a."""
    ra_deg = 15.0 * (13.0 + 10.0 / 60.0 + 46.1351 / 3600.0)
    azimuth, elevation = meteors.horizontal(Decimal("2446895.5"), ra_deg, 20.0, 50.0, 0.0)
    assert (azimuth, elevation) == pytest.approx((180.0, 60.0), abs=1e-4)


def test_a_file_of_another_format_is_refused_with_its_reason(meteors: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("something else")
    with pytest.raises(SystemExit, match="the format this converter knows"):
        meteors.cmn(tmp_path, 45.0)
