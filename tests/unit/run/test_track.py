"""A recording through the chain: what a person reads, what a machine gets, what stays unsaid."""

import csv
from pathlib import Path

import pytest

from bongsu.errors import BadInput
from bongsu.messages.tracking import BurnObserved, HeightsUpdated
from bongsu.run.summary import summary
from bongsu.run.track import STATES, track, write_states

SENSORS = '[[sensor]]\nid = "pad"\nkind = "telemetry"\nlat_deg = 28.6\nlon_deg = -80.6\nh_m = 0.0\n'


@pytest.fixture
def recording(tmp_path: Path) -> tuple[Path, Path]:
    """A rocket that climbs 90 s at 20 m/s^2 net and coasts 40 s, shown in 100 m steps; one row in it is spoilt."""
    rows, h, w = [], 0.0, 0.0
    for i in range(1300):
        w += 0.1 * ((29.8 if i < 900 else 0.0) - 9.79)
        h += 0.1 * w
        rows.append(f"2000-01-01T00:0{i // 600}:{i % 600 / 10:06.3f}Z,pad,telemetry,{round(h, -2)},{w:.1f},29,0.5")
    rows[50] = rows[50].replace("telemetry", "radar")
    plots, sensors = tmp_path / "plots.csv", tmp_path / "sensors.toml"
    plots.write_text("time_utc,sensor_id,kind,h_m,speed_mps,sigma_h_m,sigma_speed_mps\n" + "\n".join(rows))
    sensors.write_text(SENSORS)
    return plots, sensors


def test_a_recording_gives_burn_out_and_apogee_and_no_place(recording: tuple[Path, Path], tmp_path: Path) -> None:
    done = track(*recording)
    assert done.n_scans == 1299
    assert sum(done.rejected.values()) == 1
    burns = [f for f in done.findings if isinstance(f, BurnObserved) and isinstance(f.end_ns, int)]
    assert len(burns) == 1
    text = "\n".join(summary(done.findings, done.n_scans))
    assert text.startswith("REPLAY") and text.splitlines()[-1].startswith("REPLAY")
    assert "place over ground unknown" in text
    assert "apogee" in text

    out = tmp_path / "states.csv"
    write_states(out, done.findings)
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == STATES
    assert len(rows) == sum(isinstance(f, HeightsUpdated) for f in done.findings)
    assert {row["x_m"] for row in rows} == {""}


def test_a_named_log_is_kept_and_replays(recording: tuple[Path, Path], tmp_path: Path) -> None:
    from bongsu.run.replay import replay
    from bongsu.run.tables import load_tables

    log = tmp_path / "kept.bongsu"
    track(*recording, log)
    outcome = replay(log, load_tables(), hear=lambda *_: None)
    assert outcome.n_changed == 0
    assert outcome.manifest.mode == "replay"


def test_sensors_without_a_sensor_are_refused(recording: tuple[Path, Path], tmp_path: Path) -> None:
    empty = tmp_path / "empty.toml"
    empty.write_text("")
    with pytest.raises(BadInput, match=r"no \[\[sensor\]\]"):
        track(recording[0], empty)
