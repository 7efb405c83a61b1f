"""What sensors report, and what they cannot."""

import math
from functools import cache
from pathlib import Path

import msgspec
import numpy as np
import pytest

from bongsu.kernels.earth import ecef_from_geodetic, geodetic_from_ecef, range_azimuth_elevation
from bongsu.messages.codec import decode_input, encode
from bongsu.messages.inputs import Scan
from bongsu.sim.motion import height_m
from bongsu.sim.scenario import Scenario, load
from bongsu.sim.sensors import observe
from bongsu.sim.truth import Flight, fly

SCENARIOS = Path(__file__).parents[3] / "scenarios"
Feed = list[tuple[int, Scan]]


@cache
def case(name: str, seed: int = 1) -> tuple[Scenario, Flight, Feed]:
    scenario = load(SCENARIOS / f"{name}.toml")
    flight = fly(scenario, seed)
    return scenario, flight, observe(scenario, flight)


def of(feed: Feed, sensor_id: str) -> list[Scan]:
    return [scan for _, scan in feed if scan.sensor_id == sensor_id]


def after_t0_s(flight: Flight, scan: Scan) -> float:
    return (scan.valid_ns - flight.t0_ns) / 1e9


@pytest.mark.parametrize("name", ["2025-11-07", "airliners", "overflight-2017-08-29"])
def test_every_scan_is_written_and_read_back_the_same(name: str) -> None:
    for known_ns, scan in case(name)[2]:
        assert decode_input(encode(scan)) == scan
        assert known_ns > scan.valid_ns


def test_scans_come_in_the_order_in_which_they_become_known() -> None:
    _, _, feed = case("2025-11-07")
    keys = [(known_ns, scan.sensor_id, scan.scan_id) for known_ns, scan in feed]
    assert keys == sorted(keys)
    assert len({(scan.sensor_id, scan.scan_id) for _, scan in feed}) == len(feed)


def test_scans_carry_their_nation_and_the_label_of_the_file() -> None:
    scenario, _, feed = case("2025-11-07")
    nations = {sensor.sensor_id: sensor.nation for sensor in scenario.sensors}
    for _, scan in feed:
        assert scan.origin == nations[scan.sensor_id]
        assert scan.label.classification == "RESTRICTED"
        assert scan.label.releasable_to == ("jpn", "kor", "usa")


def test_sensors_look_on_from_before_lift_off_until_after_the_fall_and_say_when_they_see_nothing() -> None:
    scenario, flight, feed = case("2025-11-07")
    for sensor in scenario.sensors:
        scans = of(feed, sensor.sensor_id)
        times = np.array(sorted(after_t0_s(flight, scan) for scan in scans))
        assert -10.0 <= times[0] < -10.0 + sensor.period_s
        assert flight.end_s + 30.0 - sensor.period_s <= times[-1] < flight.end_s + 30.0
        assert np.diff(times) == pytest.approx(sensor.period_s, abs=1e-6)
        assert any(not scan.t_ns for scan in scans)


def test_latency_stays_within_the_file() -> None:
    scenario, _, feed = case("2025-11-07")
    limits = {sensor.sensor_id: sensor.latency_s for sensor in scenario.sensors}
    for known_ns, scan in feed:
        low_s, high_s = limits[scan.sensor_id]
        assert low_s <= (known_ns - scan.valid_ns) / 1e9 <= high_s


def test_infrared_sees_the_flame_above_the_clouds_and_nothing_else() -> None:
    _, flight, feed = case("2025-11-07")
    looks = [scan for name in ("ir-105e", "ir-165e") for scan in of(feed, name)]
    seen = [after_t0_s(flight, scan) for scan in looks if scan.t_ns]
    assert seen
    for t_s in seen:
        r, _, is_thrusting = flight.state(t_s)
        assert is_thrusting
        assert height_m(r) >= flight.cloud_m


def test_lines_of_sight_point_at_the_flame_within_their_noise() -> None:
    scenario, flight, feed = case("lofted-2017-07-28")
    tilts = []
    for sensor in scenario.sensors[:2]:
        for scan in of(feed, sensor.sensor_id):
            for los in scan.los_ecef:
                to = np.array(flight.state(after_t0_s(flight, scan))[0]) - np.array(sensor.ecef_m)
                tilts.append(np.linalg.norm(np.cross(los, to / np.linalg.norm(to))))
                assert np.linalg.norm(los) == pytest.approx(1.0, abs=1e-12)
    # two axes of 40 microrad each: the mean square of the tilt is 2 sigma^2
    assert np.sqrt(np.mean(np.square(tilts)) / 2.0) == pytest.approx(40e-6, rel=0.3)


def test_radar_plots_are_right_within_their_noise() -> None:
    scenario, flight, feed = case("2025-11-07")
    sensor = next(s for s in scenario.sensors if s.sensor_id == "kor-east")
    site = ecef_from_geodetic(sensor.lat_rad, sensor.lon_rad, sensor.h_m)
    errors = []
    for scan in of(feed, "kor-east"):
        if scan.t_ns:
            r, _, _ = flight.state(after_t0_s(flight, scan))
            true = range_azimuth_elevation(*r, *site, sensor.lat_rad, sensor.lon_rad)
            errors.append((scan.range_m[0] - true[0], scan.azimuth_rad[0] - true[1], scan.elevation_rad[0] - true[2]))
    scaled = np.array(errors) / (sensor.sigma_range_m, sensor.sigma_azimuth_rad, sensor.sigma_elevation_rad)
    assert len(errors) > 100
    assert np.abs(scaled.mean(axis=0)).max() < 0.4
    assert scaled.std(axis=0) == pytest.approx(np.ones(3), rel=0.25)


def test_the_far_radar_sees_only_the_arc_around_apogee_and_the_near_one_nearly_all() -> None:
    """The heights at which each radar first and last sees the object, by its default seed."""
    scenario, flight, feed = case("2025-11-07", load(SCENARIOS / "2025-11-07.toml").seed)
    heights = {}
    for name in ("kor-east", "jpn-west"):
        seen = sorted(after_t0_s(flight, scan) for scan in of(feed, name) if scan.t_ns)
        heights[name] = [height_m(flight.state(t_s)[0]) / 1e3 for t_s in (seen[0], seen[-1])]
        print(
            f"{name}: first {seen[0]:.0f} s at {heights[name][0]:.0f} km, last {seen[-1]:.0f} s, {heights[name][1]:.0f} km"
        )
        assert flight.pull_up_s is not None
        assert (seen[-1] < flight.pull_up_s[0]) == (name == "jpn-west")
    assert min(heights["jpn-west"]) > 30.0
    assert max(heights["kor-east"]) < 20.0
    assert scenario.published[0].range_m == 700e3


def test_detection_fails_as_often_as_the_file_says() -> None:
    _, flight, feed = case("lofted-2017-07-28")
    burning = [s for s in of(feed, "ir-105e") if 40.0 < after_t0_s(flight, s) < flight.burns_s[0][1]]
    radar = [s for s in of(feed, "kor-east") if 200.0 < after_t0_s(flight, s) < 500.0]
    p = np.mean([bool(scan.t_ns) for scan in burning + radar])
    assert p == pytest.approx(0.95, abs=0.06)


def test_in_a_gap_a_sensor_says_nothing_at_all() -> None:
    scenario, flight, _ = case("2025-11-07")
    gapped = tuple(msgspec.structs.replace(s, gaps_s=((50.0, 90.0),)) for s in scenario.sensors)
    feed = observe(msgspec.structs.replace(scenario, sensors=gapped), flight)
    assert not [scan for _, scan in feed if 50.0 <= after_t0_s(flight, scan) < 90.0]


def test_an_object_beyond_the_greatest_range_is_not_seen() -> None:
    scenario, flight, _ = case("2025-11-07")
    short = tuple(msgspec.structs.replace(s, max_range_m=10e3) for s in scenario.sensors if s.kind == "radar")
    assert not [scan for _, scan in observe(msgspec.structs.replace(scenario, sensors=short), flight) if scan.t_ns]


def test_range_rate_is_reported_by_radars_that_measure_it() -> None:
    scenario, flight, feed = case("2025-11-07")
    assert not any(scan.range_rate_mps for _, scan in feed)
    doppler = tuple(msgspec.structs.replace(s, sigma_range_rate_mps=1.0) for s in scenario.sensors if s.kind == "radar")
    scans = of(observe(msgspec.structs.replace(scenario, sensors=doppler), flight), "kor-east")
    seen = sorted((after_t0_s(flight, s), s.range_m[0], s.range_rate_mps[0]) for s in scans if s.t_ns)
    slopes = [(b[1] - a[1]) / (b[0] - a[0]) for a, b in zip(seen, seen[2:], strict=False)]
    middles = [row[2] for row in seen[1:-1]]
    assert np.median(np.abs(np.array(slopes) - middles)) < 30.0


def test_a_ship_says_in_every_scan_where_it_was() -> None:
    _, _, feed = case("overflight-2017-08-29")
    places = [scan.sensor_r_ecef_m for scan in of(feed, "ship")]
    assert math.dist(places[0], places[-1]) == pytest.approx(8.0 * 2.0 * (len(places) - 1), rel=0.01)
    assert not any(scan.sensor_r_ecef_m for scan in of(feed, "kor-east"))


def test_separated_parts_come_as_plots_of_the_same_scan() -> None:
    _, flight, feed = case("lofted-2017-07-28")
    (part,) = flight.parts
    both = [s for s in of(feed, "kor-east") if part.start_s + 10.0 < after_t0_s(flight, s) < part.start_s + 100.0]
    assert sum(len(scan.t_ns) == 2 for scan in both) > 0.7 * len(both)
    firsts = {scan.range_m[0] > scan.range_m[1] for scan in both if len(scan.t_ns) == 2}
    assert firsts == {True, False}  # the row says nothing about the object


def test_aircraft_report_their_positions_where_the_receiver_hears_them() -> None:
    scenario, flight, feed = case("airliners")
    scans = of(feed, "reports")
    assert max(len(scan.t_ns) for scan in scans) > 5
    assert not any(scan.t_ns for name in ("ir-105e", "ir-165e") for scan in of(feed, name))
    reported = next(scan for scan in scans if scan.t_ns)
    here = ecef_from_geodetic(reported.lat_rad[0], reported.lon_rad[0], reported.h_m[0])
    truths = [body.states(after_t0_s(flight, reported))[0][:3] for body in flight.bodies]
    assert min(math.dist(here, truth) for truth in truths) < 200.0
    assert scenario.sensors[-1].kind == "position"


def test_missiles_report_no_positions() -> None:
    scenario, flight, _ = case("2025-11-07")
    receiver = msgspec.structs.replace(scenario.sensors[2], kind="position")
    assert not [s for _, s in observe(msgspec.structs.replace(scenario, sensors=(receiver,)), flight) if s.t_ns]


def test_a_sensor_placed_by_ecef_stands_where_it_says() -> None:
    scenario, flight, feed = case("2025-11-07")
    sensor = scenario.sensors[2]
    place = tuple(float(v) for v in ecef_from_geodetic(sensor.lat_rad, sensor.lon_rad, sensor.h_m))
    moved = msgspec.structs.replace(sensor, ecef_m=place, lat_rad=0.0, lon_rad=0.0, h_m=0.0)
    others = tuple(moved if s is sensor else s for s in scenario.sensors)
    again = of(observe(msgspec.structs.replace(scenario, sensors=others), flight), sensor.sensor_id)
    for a, b in zip(again, of(feed, sensor.sensor_id), strict=True):
        assert a.range_m == pytest.approx(b.range_m, abs=1e-3)
    assert geodetic_from_ecef(*place)[2] == pytest.approx(300.0, abs=1e-6)
