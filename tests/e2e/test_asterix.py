"""Radar captures through the whole chain: what was recorded, and flights of aircraft written as a radar would send them."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from tests.helpers import asterix as a

from bongsu.cli import main
from bongsu.geo import frames
from bongsu.messages.assessment import LaunchEvent
from bongsu.messages.tracking import LaunchDetected, PlotsRejected, TracksUpdated
from bongsu.run.replay import replay
from bongsu.run.tables import load_tables
from bongsu.run.track import track

SITE = (0.76, 0.286, 780.0)
NOON, PERIOD_S = 43_200.0, 5.0


@pytest.fixture
def no_sensors(tmp_path: Path) -> Path:
    file = tmp_path / "sensors.toml"
    file.write_text("")
    return file


def kinds(findings: tuple, *wanted: type) -> list:
    return [finding for finding in findings if isinstance(finding, wanted)]


def test_the_recorded_capture_gives_plots_and_reasons_and_no_track(shared_data: Path, no_sensors: Path, tmp_path: Path):
    log = tmp_path / "log.bongsu"
    done = track(shared_data / "measurements/asterix/cat_034_048.pcap", no_sensors, log)
    c = done.capture
    assert (c.n_records, c.n_duplicates, c.n_service, c.n_without_position, c.n_plots, c.n_placed) == (
        162,
        81,
        17,
        1,
        63,
        19,
    )
    rejected = kinds(done.findings, PlotsRejected)
    assert {f.reason for f in rejected} == {
        f"position of radar 25/{sic} unknown" for sic in (11, 13, 14, 201, 204, 205)
    }
    assert sum(f.n for f in rejected) == 44
    updates = kinds(done.findings, TracksUpdated)
    assert {t for f in updates for t in f.track_id} <= {f"T{i:06d}" for i in range(1, 20)}
    assert not any(any(f.is_confirmed) for f in updates)
    assert not kinds(done.findings, LaunchDetected, LaunchEvent)
    lats, lons = np.degrees(np.array([frames.geodetic_from_ecef(r)[:2] for f in updates for r in f.r_ecef_m])).T
    assert lats.min() == pytest.approx(43.88, abs=0.02) and lats.max() == pytest.approx(46.68, abs=0.02)
    assert lons.min() == pytest.approx(12.59, abs=0.02) and lons.max() == pytest.approx(16.21, abs=0.02)
    assert replay(log, load_tables(), hear=lambda *_: None).n_changed == 0


def test_the_other_captures_give_partner_tracks_refusals_and_one_clear_line(shared_data: Path, no_sensors: Path):
    folder = shared_data / "measurements/asterix"
    done = track(folder / "cat_062_065.pcap", no_sensors)
    assert (done.capture.n_partner_tracks, done.capture.n_service, done.findings) == (2, 1, ())
    done = track(folder / "cat_001_002.pcap", no_sensors)
    assert (done.capture.n_plots, done.capture.n_service, done.capture.n_placed) == (7, 1, 0)
    assert done.rejected == {"position of radar 25/201 unknown": 7}
    for name, words in (("asterix.pcap", "an unknown edition"), ("cat21_re.ast", "CAT021"), ("cat048.raw", "--date")):
        ran = CliRunner().invoke(main, ["track", str(folder / name), "--sensors", str(no_sensors), "--json"])
        assert (ran.exit_code, ran.stdout) == (1, "")
        assert words in ran.stderr and ran.stderr.count("\n") == 1
    assert track(folder / "cat062cat065.raw", no_sensors, date="2014-02-25").capture.n_partner_tracks == 2


def level_flight(t_s: float) -> tuple[float, float, float]:
    """Slant range, azimuth, height of an airliner at 240 m/s eastward, as the radar at SITE sees it."""
    lat_rad, lon_rad, h_m = SITE[0] + 0.008, SITE[1] - 0.004 + 240.0 * t_s / (6.38e6 * math.cos(SITE[0])), 10_668.0
    r_m, azimuth_rad, _ = frames.range_azimuth_elevation(frames.ecef_from_geodetic([lat_rad, lon_rad, h_m]), list(SITE))
    return float(r_m), float(azimuth_rad), h_m


def flight_capture() -> bytes:
    """A minute and a half of one airliner, each datagram on two networks, and another tracker's view of it."""
    noise, loads = np.random.default_rng(5), []
    for i in range(18):
        t_s = NOON + PERIOD_S * i
        r_m, azimuth_rad, h_m = level_flight(PERIOD_S * i)
        r_m, azimuth_rad = r_m + 40.0 * noise.normal(), azimuth_rad + 8e-4 * noise.normal()
        load = a.block(34, a.north(t_s)) + a.block(48, a.plot(t_s, r_m, azimuth_rad % (2 * math.pi), h_m))
        load += a.block(62, a.track(t_s))
        loads += [(t_s + 0.6, load), (t_s + 0.61, load)]
    return a.capture(loads)


def test_an_airliner_is_tracked_without_alarm_and_everything_is_counted(no_sensors: Path, tmp_path: Path):
    file = tmp_path / "no.name.matters"
    file.write_bytes(flight_capture())
    ran = CliRunner().invoke(main, ["track", str(file), "--sensors", str(no_sensors), "--json"])
    assert ran.exit_code == 0, ran.output
    lines = [json.loads(line) for line in ran.stdout.splitlines()]
    assert all({"type", "id", "cause", "known_ns"} <= set(line) for line in lines)
    (counts,) = (line for line in lines if line["type"] == "capture_read.v1")
    assert {name: counts[name] for name in counts if name.startswith("n_")} == {
        "n_records": 108, "n_duplicates": 54, "n_service": 18, "n_partner_tracks": 18, "n_without_position": 0, "n_plots": 18,
        "n_placed": 18, "n_refused": [], "n_lost": [],
    }  # fmt: skip
    updates = [line for line in lines if line["type"] == "tracks_updated.v1"]
    confirmed = {
        t for u in updates for t, is_confirmed in zip(u["track_id"], u["is_confirmed"], strict=True) if is_confirmed
    }
    assert confirmed == {"T000001"}
    assert not any(line["type"].startswith(("launch", "warning")) for line in lines)
    last = updates[-1]
    assert last["h_m"][0] == pytest.approx(10_668.0, abs=500.0)
    assert last["speed_mps"][0] == pytest.approx(240.0, abs=25.0)
    words = CliRunner().invoke(main, ["track", str(file), "--sensors", str(no_sensors)]).stdout
    assert "108 records read: 54 duplicates, 18 service messages, 18 partner tracks" in words
    assert "1 confirmed tracks; 0 launches" in words


def test_the_sensors_file_places_a_radar_that_says_nothing_of_itself(tmp_path: Path):
    sensors, file = tmp_path / "s.toml", tmp_path / "capture"
    file.write_bytes(a.capture([(NOON, a.block(48, a.plot(NOON, sic=201), a.plot(NOON, sic=13)))]))
    for keys in ('id = "25/201"', 'id = "25-201"', 'id = "north"\nsac = 25\nsic = 201'):
        sensors.write_text(f'[[sensor]]\n{keys}\nkind = "radar"\nlat_deg = 44.0\nlon_deg = 16.0\nh_m = 100.0\n')
        done = track(file, sensors)
        assert (done.capture.n_placed, done.rejected) == (1, {"position of radar 25/13 unknown": 1})


def test_a_partners_track_starts_nothing_whatever_it_does(no_sensors: Path, tmp_path: Path):
    """A track that climbs like a missile, said by somebody else: recorded, no track of ours, no launch."""
    file = tmp_path / "capture"
    loads = []
    for i in range(40):
        items = {
            "105": {"lat_rad": 0.7 + 1e-5 * i * i, "lon_rad": 0.3}, "130": {"h_m": 30.0 * i * i},
            "185": {"vx_mps": 0.0, "vy_mps": 120.0 * i}, "220": {"climb_mps": 60.0 * i if i < 16 else 1000.0},
        }  # fmt: skip
        loads.append((NOON + i, a.block(62, a.track(NOON + i, 7, **items))))
    file.write_bytes(a.capture(loads))
    done = track(file, no_sensors)
    assert done.capture.n_partner_tracks == 40
    assert done.findings == ()
