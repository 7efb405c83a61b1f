"""Measurement files: what is read, what is refused, and that one bad row costs only itself."""

import math
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import text

from bongsu.adapters.ingest.measurements import Rejections, parse_time_ns, read_scans
from bongsu.errors import BadInput
from bongsu.messages.inputs import Scan
from bongsu.models.sensors import Sensor

RADAR = Sensor(sensor_id="north", kind="radar", lat_rad=0.65, lon_rad=2.2)
CAMERA = Sensor(sensor_id="eye", kind="los", lat_rad=0.65, lon_rad=2.2)
HEADER = "time_utc,sensor_id,kind,range_m,azimuth_deg,elevation_deg,range_rate_mps,arrival_utc,scan_id,sigma_range_m\n"
GOOD = "2025-11-07T03:36:00.5Z,north,radar,400000,350.0,12.5,,,,\n"


def read(tmp_path: Path, body: str, header: str = HEADER) -> tuple[list[tuple[int, Scan]], Rejections]:
    file, rejections = tmp_path / "plots.csv", Rejections()
    file.write_text(header + body, encoding="utf-8")
    return read_scans(file, (RADAR, CAMERA), rejections), rejections


def test_degrees_become_radians_and_each_row_is_a_scan(tmp_path: Path) -> None:
    scans, rejections = read(tmp_path, GOOD + GOOD.replace("00.5Z", "01.5Z"))
    assert not rejections.counts
    assert [len(scan.t_ns) for _, scan in scans] == [1, 1]
    assert scans[0][1].azimuth_rad[0] == pytest.approx(math.radians(350.0))
    assert scans[0][0] == scans[0][1].t_ns[0] == parse_time_ns("2025-11-07T03:36:00.500Z")


def test_scans_come_in_order_of_arrival_then_of_the_file(tmp_path: Path) -> None:
    late = GOOD.replace(",,,,", ",,2025-11-07T03:36:09Z,,")
    scans, _ = read(tmp_path, late + GOOD + GOOD.replace("350.0", "10.0"))
    assert [round(math.degrees(scan.azimuth_rad[0])) for _, scan in scans] == [350, 10, 350]
    assert scans[2][0] == parse_time_ns("2025-11-07T03:36:09Z")


def test_rows_with_one_scan_id_form_one_scan_and_an_empty_one_is_a_look_that_saw_nothing(tmp_path: Path) -> None:
    with_id = GOOD.replace(",,,,", ",,,s1,")
    empty = "2025-11-07T03:36:02Z,north,radar,,,,,,s2,\n"
    scans, rejections = read(tmp_path, with_id + with_id.replace("350.0", "351.0") + empty)
    assert not rejections.counts
    assert [(scan.scan_id, len(scan.t_ns)) for _, scan in scans] == [("s1", 2), ("s2", 0)]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (GOOD.replace("north", "south"), "unknown sensor"),
        (GOOD.replace("radar", "position"), "kind 'position'"),
        (GOOD.replace("400000", "nan"), "not a finite number"),
        (GOOD.replace("400000", "1e999"), "not a finite number"),
        (GOOD.replace("400000", "-5"), "range_m"),
        (GOOD.replace("12.5", ""), "no elevation_deg"),
        (GOOD.replace("12.5", "95"), "elevation_rad"),
        (GOOD.replace(",,,,", ",,,,-50"), "sigma_range_m"),
        (GOOD.replace("2025-11-07T03:36:00.5Z", "07/11/2025"), "ISO 8601"),
        (GOOD.replace("2025-11-07", "2025-02-30"), "ISO 8601"),
        (GOOD.replace(",,,,", ",,,a b,"), "scan_id"),
    ],
)
def test_a_bad_row_is_rejected_with_its_reason_and_the_good_ones_stay(tmp_path: Path, row: str, reason: str) -> None:
    scans, rejections = read(tmp_path, GOOD + row + GOOD)
    assert len(scans) == 2
    assert sum(rejections.counts.values()) == 1
    assert reason in rejections.summary()[0]
    assert "line 3" in rejections.summary()[0]


@pytest.mark.parametrize(
    ("header", "body", "found"),
    [
        ("", "", "an empty file"),
        (HEADER, "", "nothing else"),
        ("time_utc,kind\n", GOOD, "no column sensor_id"),
        (HEADER.replace("sigma_range_m", "sigma_rnage_m"), GOOD, "unknown column sigma_rnage_m"),
        (HEADER, GOOD.replace("north", "south"), "unknown sensor"),
    ],
)
def test_a_file_that_cannot_be_read_says_so_in_one_line(tmp_path: Path, header: str, body: str, found: str) -> None:
    with pytest.raises(BadInput, match=found) as caught:
        read(tmp_path, body, header)
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"gone\.csv"):
        read_scans(tmp_path / "gone.csv", (RADAR,), Rejections())


def test_an_azimuth_and_elevation_become_a_unit_vector(tmp_path: Path) -> None:
    header = "time_utc,sensor_id,kind,azimuth_deg,elevation_deg,sigma_azimuth_deg\n"
    scans, rejections = read(tmp_path, "2025-11-07T03:36:00Z,eye,los,90,60,0.1\n", header)
    los, sigma = scans[0][1].los_ecef[0], scans[0][1].sigma_los_rad[0]
    assert not rejections.counts
    assert math.hypot(*los) == pytest.approx(1.0, abs=1e-12)
    assert sigma == pytest.approx(math.radians(0.1) * 0.5)  # an azimuth error shrinks with the cosine of the elevation


def test_time_keeps_its_nanoseconds() -> None:
    assert parse_time_ns("1970-01-01T00:00:01.123456789Z") == 1_123_456_789
    assert parse_time_ns("1970-01-01T00:00:01+09:00") is None


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text(max_size=200))
def test_no_text_breaks_the_reader(tmp_path: Path, body: str) -> None:
    try:
        scans, _ = read(tmp_path, GOOD + body)
    except BadInput:
        return
    assert scans
