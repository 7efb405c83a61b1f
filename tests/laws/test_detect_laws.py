"""What must hold of detection: one launch is said once, order within reason changes nothing, aircraft never are one."""

import math

import numpy as np
from hypothesis import given
from hypothesis.strategies import floats, integers, lists, permutations
from tests.helpers.tracked import at, state, update

from bongsu.kernels.earth import ecef_from_geodetic, geodesic_direct
from bongsu.kernels.sight import closest_approach, point_at_height
from bongsu.messages.base import Message
from bongsu.messages.inputs import Scan
from bongsu.messages.tracking import LaunchDetected
from bongsu.models.sensors import Sensor
from bongsu.models.settings import Settings
from bongsu.stages import detect

WEST_M = tuple(float(c) for c in ecef_from_geodetic(0.0, math.radians(105.0), 35_786e3))
EAST_M = tuple(float(c) for c in ecef_from_geodetic(0.0, math.radians(165.0), 35_786e3))
CFG = detect.configure(
    Settings(
        sensors=(
            Sensor(sensor_id="ir-west", kind="infrared", lon_rad=math.radians(105.0), h_m=35_786e3),
            Sensor(sensor_id="ir-east", kind="infrared", lon_rad=math.radians(165.0), h_m=35_786e3),
            Sensor(sensor_id="radar-1", kind="radar"),
        )
    ),
    None,  # type: ignore[arg-type]
)


def sight(start: tuple[float, ...], place: np.ndarray) -> tuple[float, float, float]:
    away = place - np.array(start)
    x, y, z = (away / math.sqrt(float((away**2).sum()))).tolist()
    return x, y, z


def look(sensor_id: str, t_s: float, place: np.ndarray) -> Scan:
    start = WEST_M if sensor_id == "ir-west" else EAST_M
    scan_id = f"s{round(t_s * 1000)}"
    return Scan(
        sensor_id=sensor_id, scan_id=scan_id, kind="infrared", valid_ns=at(t_s), t_ns=(at(t_s),), los_ecef=(sight(start, place),)
    )  # fmt: skip


def detections(messages: list[Message]) -> list[LaunchDetected]:
    now, found = detect.start(CFG), []
    for message in messages:
        now, said = detect.step(CFG, now, message)
        found += said
    return found


def flames(lat: float, lon: float, azimuth: float, phase_s: float) -> list[Scan]:
    """A minute of looks of two satellites at one rising, drifting flame."""
    found = []
    for sensor_id, start_s in (("ir-west", 30.0), ("ir-east", 30.0 + phase_s)):
        for k in range(7):
            t_s = start_s + 8.0 * k
            lat_now, lon_now, _ = geodesic_direct(lat, lon, azimuth, 3.0 * (t_s - 20.0) ** 2)
            found.append(look(sensor_id, t_s, np.array(ecef_from_geodetic(lat_now, lon_now, 7.0 * t_s**2))))
    return sorted(found, key=lambda scan: scan.valid_ns)


@given(floats(0.5, 0.9), floats(2.0, 2.7), floats(0.0, 6.2), floats(0.5, 7.5))
def test_a_rising_flame_is_one_launch_declared_at_its_second_look(lat, lon, azimuth, phase_s):
    looks = flames(lat, lon, azimuth, phase_s)
    (found,) = detections(list(looks))
    assert found.valid_ns == looks[1].valid_ns
    away_m = math.dist(ecef_from_geodetic(found.lat_rad, found.lon_rad, 0.0), ecef_from_geodetic(lat, lon, 0.0))
    assert away_m < found.radius_m


@given(permutations(range(6)))
def test_the_order_in_which_looks_arrive_never_makes_a_second_launch(order):
    looks = flames(0.7, 2.18, 1.5, 3.0)[:6]
    assert len(detections([looks[i] for i in order])) == 1


@given(lists(integers(0, 13), min_size=1, max_size=8))
def test_looks_heard_twice_change_nothing(doubled):
    looks = flames(0.7, 2.18, 1.5, 3.0)
    noisy = sorted([*looks, *(looks[i] for i in doubled)], key=lambda scan: scan.valid_ns)
    assert len(detections(noisy)) == 1
    assert not detections([looks[0]] * 5)


@given(floats(-70.0, 70.0), floats(-180.0, 180.0), floats(0.0, 15e3), floats(-300.0, 300.0), floats(-50.0, 50.0))
def test_nothing_that_flies_like_an_aircraft_is_ever_a_launch(lat_deg, lon_deg, h_m, speed, climb):
    x = state(lat_deg, lon_deg, h_m, (speed, 0.0, climb))
    assert not detections([update(x, 10.0 * k, "coast", h_m=h_m) for k in range(6)])


@given(floats(0.3, 1.0), floats(1.7, 2.9), floats(0.0, 150e3))
def test_lines_of_sight_to_one_point_meet_in_it(lat, lon, h_m):
    place = np.array(ecef_from_geodetic(lat, lon, h_m))
    west, east = sight(WEST_M, place), sight(EAST_M, place)
    x, y, z, gap_m = closest_approach(*WEST_M, *west, *EAST_M, *east)
    assert math.dist((x, y, z), place) < 0.1
    assert gap_m < 0.1
    assert math.dist(point_at_height(*WEST_M, *west, h_m), place) < 100.0
