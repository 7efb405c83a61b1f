"""Recorded meteors through the whole chain, clocks as the stations' recorders had them; skipped where the data is absent."""

import math
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from msgspec import UNSET

from bongsu.kernels.earth import ecef_from_geodetic
from bongsu.messages.assessment import Classification, ImpactPrediction, LaunchEvent
from bongsu.messages.tracking import LaunchDetected, SensorStatus, TracksUpdated
from bongsu.messages.warning import WarningProposed
from bongsu.run.track import Tracked, track

BUILDER = Path(__file__).parents[2] / "builders" / "meteors.py"
# Published path of the Orionid: begin and end, height above the ellipsoid, and the average speed (WMPL report)
BEGIN, END, SPEED_MPS = (44.130722, -81.320617, 116_073.39), (44.223704, -81.362106, 96_207.08), 67_250.0


def converted(kind: str, source: Path, out: Path, *more: str) -> Path:
    subprocess.run([sys.executable, str(BUILDER), kind, str(source), str(out), *more], check=True, capture_output=True)
    return out


@pytest.fixture
def orionid(shared_data: Path, tmp_path: Path) -> Path:
    (report,) = (shared_data / "measurements" / "meteor_orionid_20191023").glob("*_report.txt")
    return converted("wmpl", report, tmp_path / "orionid")


def tracked(folder: Path, swap: tuple[str, str] = ("", "")) -> Tracked:
    """The chain over a converted recording, its sensor file changed by a regular expression."""
    sensors = folder / "changed.toml"
    sensors.write_text(
        re.sub(*swap, (folder / "sensors.toml").read_text()) if swap[0] else (folder / "sensors.toml").read_text()
    )
    return track(folder / "measurements.csv", sensors)


def states(done: Tracked) -> list[TracksUpdated]:
    return [f for f in done.findings if isinstance(f, TracksUpdated)]


def miss_m(update: TracksUpdated, place: tuple[float, float, float]) -> float:
    """Distance of a published point from the line of a state."""
    r, v = np.array(update.r_ecef_m[0]), np.array(update.v_ecef_mps[0])
    u = v / np.linalg.norm(v)
    d = np.array(ecef_from_geodetic(math.radians(place[0]), math.radians(place[1]), place[2])) - r
    return float(np.linalg.norm(d - u * (u @ d)))


def offsets(done: Tracked) -> dict[str, SensorStatus]:
    return {f.sensor_id: f for f in done.findings if isinstance(f, SensorStatus)}


def assert_no_launch(done: Tracked) -> None:
    alarms = LaunchDetected | LaunchEvent | WarningProposed | ImpactPrediction
    assert not [f for f in done.findings if isinstance(f, alarms)]
    kinds = [dict(f.kind) for f in done.findings if isinstance(f, Classification)]
    assert kinds
    assert max(kind["missile"] + kind["space_launch"] for kind in kinds) < 0.05
    assert max(kinds[-1], key=lambda name: kinds[-1][name]) == "meteor_or_reentry"


def test_an_orionid_with_raw_clocks_is_where_it_was_published_and_is_no_missile(orionid: Path) -> None:
    done = tracked(orionid)
    last = states(done)[-1]
    assert (last.is_confirmed, last.phase) == ((True,), ("entry",))
    assert miss_m(last, BEGIN) < 150.0
    assert miss_m(last, END) < 75.0
    assert last.speed_mps[0] == pytest.approx(SPEED_MPS, abs=400.0)
    found = offsets(done)
    for name, offset_s in {"01T": 0.000206, "02G": -0.106069, "01G": -0.106441}.items():
        assert found[name].clock_offset_s is not UNSET
        assert found[name].clock_offset_s == pytest.approx(offset_s, abs=0.002)
    assert_no_launch(done)


def test_without_clock_states_the_same_fails_for_all_to_see(orionid: Path) -> None:
    done = tracked(orionid, (r"sigma_clock_s = .*", "sigma_clock_s = 0.0"))
    last = states(done)[-1]
    assert not any(last.is_confirmed)
    assert max(miss_m(last, BEGIN), miss_m(last, END)) > 1_000.0
    assert abs(last.speed_mps[0] - SPEED_MPS) > 10_000.0
    assert not offsets(done)


def test_a_bad_row_does_not_move_the_orionid(orionid: Path) -> None:
    file = orionid / "measurements.csv"
    rows = file.read_text().splitlines()
    for line, change in ((20, 0.5), (30, 10.0)):
        cells = rows[line].split(",")
        cells[4] = f"{float(cells[4]) + change:.6f}"
        rows[line] = ",".join(cells)
    file.write_text("\n".join(rows) + "\n")
    last = states(tracked(orionid))[-1]
    assert last.is_confirmed == (True,)
    assert miss_m(last, BEGIN) < 150.0
    assert miss_m(last, END) < 75.0


def test_a_second_between_two_clocks_is_found_in_a_braking_fireball(shared_data: Path, tmp_path: Path) -> None:
    source = shared_data / "measurements" / "cmn_fireball_2017030506"
    done = tracked(converted("cmn", source, tmp_path / "cmn", "--geoid-m", "45"))
    kop = offsets(done)["KOP"]
    assert kop.clock_offset_s == pytest.approx(1.33, abs=0.1)
    assert kop.sigma_clock_s < 0.03
    last = states(done)[-1]
    assert last.is_confirmed == (True,)
    assert 40_000.0 < last.h_m[0] < 45_000.0
    assert 3_000.0 < last.speed_mps[0] < 8_000.0
    assert_no_launch(done)


def test_one_station_of_the_fireball_alone_is_no_track(shared_data: Path, tmp_path: Path) -> None:
    folder = converted(
        "cmn", shared_data / "measurements" / "cmn_fireball_2017030506", tmp_path / "cmn", "--geoid-m", "45"
    )
    file = folder / "measurements.csv"
    rows = file.read_text().splitlines()
    file.write_text("\n".join([rows[0], *(r for r in rows if ",APO," in r)]) + "\n")
    done = tracked(folder)
    assert not states(done)
    words = [f.reason for f in done.findings if f.__struct_config__.tag == "plots_rejected.v1"]
    assert sum("one station alone" in word for word in words) == 1
