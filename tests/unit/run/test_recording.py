"""One opener for every recording: by content, with the sensors and the day it needs."""

from pathlib import Path

import pytest
from tests.helpers import asterix as a

from bongsu.errors import BadInput
from bongsu.messages.inputs import CaptureRead, Scan, Tick
from bongsu.run.recording import open_recording

CSV = "time_utc,sensor_id,kind,h_m,speed_mps\n2000-01-01T00:00:00Z,pad,telemetry,100,10\n"
PAD = '[[sensor]]\nid = "pad"\nkind = "telemetry"\nlat_deg = 28.6\nlon_deg = -80.6\nh_m = 0.0\n'
HEAD = "time_utc,sensor_id,kind"
SITE = '[[sensor]]\nid = "s"\nkind = "{}"\nlat_deg = 30.0\nlon_deg = 10.0\n'


@pytest.fixture
def opened(tmp_path: Path):
    def opening(data: bytes, sensors: str = "", date: str = ""):
        plots, file = tmp_path / "recording", tmp_path / "sensors.toml"
        plots.write_bytes(data)
        file.write_text(sensors)
        return open_recording(plots, file, date)

    return opening


def messages(recording, *kinds: type) -> list:
    return [message for _, message in recording.inputs if isinstance(message, kinds)]


def test_text_is_a_csv_file_and_a_capture_a_capture_whatever_they_are_called(opened) -> None:
    assert len(messages(opened(CSV.encode(), PAD), Scan)) == 1
    capture = a.capture([(100.0, a.block(34, a.north(100.0)) + a.block(48, a.plot(100.0)))])
    recording = opened(capture, PAD)
    assert [s.sensor_id for s in recording.settings.sensors] == ["pad", "25-12"]
    (scan, counts, *ticks) = messages(recording, Scan, CaptureRead, Tick)[1:]
    assert isinstance(scan, Scan) and isinstance(counts, CaptureRead) and len(ticks) == 59


def test_bare_blocks_take_the_day_they_are_given(opened) -> None:
    (scan,) = messages(
        opened(a.block(48, a.plot(100.0)), '[[sensor]]\nid = "25/12"\nkind = "radar"\nlat_deg = 44.0\n', "1970-01-02"),
        Scan,
    )
    assert scan.t_ns == ((86_400 + 100) * a.NS,)


@pytest.mark.parametrize(
    ("data", "sensors", "date", "found"),
    [
        (CSV.encode(), "", "", "no \\[\\[sensor\\]\\]"),
        (CSV.encode(), PAD, "2016-05-05", "--date"),
        (a.block(48, a.plot(1.0)), "", "5 May", "'5 May'"),
        (a.block(48, a.plot(1.0)), "", "1900-01-01", "a day since 1970"),
        (a.block(48, a.plot(1.0)), "", "", "the day it was recorded"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "", "", "damaged block header"),
    ],
)
def test_what_cannot_be_opened_is_refused_in_one_line(opened, data: bytes, sensors: str, date: str, found: str) -> None:
    with pytest.raises(BadInput, match=found) as caught:
        opened(data, sensors, date)
    assert "\n" not in str(caught.value)


def test_a_recording_that_is_not_there_is_refused(tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_text(PAD)
    with pytest.raises(BadInput, match="No such file"):
        open_recording(tmp_path / "none", tmp_path / "s.toml")


@pytest.mark.parametrize(
    ("kind", "columns", "row", "more", "expected"),
    [
        ("telemetry", "h_m,speed_mps", "100,20", "", ["sigma_h", "sigma_speed"]),
        ("telemetry", "h_m,speed_mps,sigma_h_m", "100,20,29", "", ["sigma_speed"]),
        ("telemetry", "h_m,speed_mps,sigma_h_m", "100,20,29", "sigma_speed_mps = 1.0", []),
        ("radar", "range_m,azimuth_deg,elevation_deg", "9e4,10,20", "sigma_range_m = 9.0", ["sigma_azimuth", "sigma_elevation"]),
        ("los", "azimuth_deg,elevation_deg", "10,20", "", ["sigma_los"]),
        ("los", "azimuth_deg,elevation_deg,sigma_azimuth_deg", "10,20,0.1", "", []),
    ],
)  # fmt: skip
def test_a_sigma_that_nobody_states_is_said_to_be_assumed(tmp_path, kind, columns, row, more, expected):
    plots, sensors = tmp_path / "plots.csv", tmp_path / "sensors.toml"
    plots.write_text(f"{HEAD},{columns}\n2000-01-01T00:00:00Z,s,{kind},{row}\n")
    sensors.write_text(SITE.format(kind) + more)
    notes = open_recording(plots, sensors).rejections.summary()
    assert [note.split()[1] for note in notes] == expected
    assert all("assumed" in note for note in notes)
