"""Where radars stand, which sensor they are, and the elevation that follows from a height."""

import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bongsu.adapters.ingest.asterix.radars import R_RADAR_M, elevation_rad, placed, radar_of, sensors_of
from bongsu.adapters.ingest.asterix.survey import Survey
from bongsu.errors import BadInput
from bongsu.models.sensors import Sensor

PLACE = (0.76, 0.286, 780.0)


def seen(**periods: float) -> Survey:
    return Survey(places={(25, 12): Counter([PLACE])}, periods={(25, 12): Counter(periods.values())})


@given(h_m=st.floats(-300.0, 60_000.0), radar_h_m=st.floats(0.0, 3_000.0), arc_rad=st.floats(1e-5, 0.06))
def test_elevation_is_that_of_the_triangle_with_the_centre_of_the_earth(
    h_m: float, radar_h_m: float, arc_rad: float
) -> None:
    radar = np.array([0.0, R_RADAR_M + radar_h_m])
    target = (R_RADAR_M + h_m) * np.array([math.sin(arc_rad), math.cos(arc_rad)])
    ray = target - radar
    rho_m = float(np.hypot(*ray))
    assert elevation_rad(rho_m, h_m, radar_h_m) == pytest.approx(math.asin(ray[1] / rho_m), abs=1e-6)


@pytest.mark.parametrize(("rho_m", "h_m"), [(0.0, 1000.0), (5_000.0, 12_000.0), (1e9, 1000.0)])
def test_range_and_height_that_contradict_each_other_give_no_elevation(rho_m: float, h_m: float) -> None:
    assert math.isnan(elevation_rad(rho_m, h_m, 0.0))


@pytest.mark.parametrize(
    ("sensor", "radar"),
    [
        (Sensor(sensor_id="north", kind="radar", sac=25, sic=12), (25, 12)),
        (Sensor(sensor_id="25-12", kind="radar"), (25, 12)),
        (Sensor(sensor_id="25.201", kind="radar"), (25, 201)),
        (Sensor(sensor_id="north", kind="radar"), None),
    ],
)
def test_a_sensor_is_a_radar_by_its_codes_or_its_id(sensor: Sensor, radar: tuple[int, int] | None) -> None:
    assert radar_of(sensor) == radar


def test_a_radar_that_says_where_it_stands_becomes_a_sensor() -> None:
    (found,) = sensors_of("here", (), seen(turn=4.9))
    assert (found.sensor_id, found.lat_rad, found.lon_rad, found.h_m) == ("25-12", *PLACE)
    assert found.period_ns == 4_900_000_000
    assert placed([found]) == {(25, 12): found}


def test_what_the_file_says_of_a_place_goes_before_what_the_radar_says() -> None:
    ours = Sensor(
        sensor_id="north", kind="radar", sac=25, sic=12, lat_rad=0.7, lon_rad=0.3, h_m=9.0, sigma_range_m=70.0
    )
    (found,) = sensors_of("here", [ours], seen())
    assert (found.lat_rad, found.h_m, found.sigma_range_m) == (0.7, 9.0, 70.0)
    bare = Sensor(sensor_id="25-12", kind="radar", sigma_range_m=70.0)
    (found,) = sensors_of("here", [bare], seen())
    assert (found.lat_rad, found.h_m, found.sigma_range_m) == (0.76, 780.0, 70.0)


def test_a_radar_without_a_place_is_not_placed_and_others_are_left_alone() -> None:
    camera = Sensor(sensor_id="eye", kind="los")
    found = sensors_of("here", [camera, Sensor(sensor_id="25-13", kind="radar")], Survey())
    assert found[0] is camera
    assert placed(found) == {}


@pytest.mark.parametrize(
    ("sensors", "found"),
    [
        ([Sensor(sensor_id="25-12", kind="infrared")], "of kind infrared"),
        ([Sensor(sensor_id="25-12", kind="radar"), Sensor(sensor_id="b", kind="radar", sac=25, sic=12)], "two sensors"),
        ([Sensor(sensor_id="b", kind="radar", sac=25)], "one of sac and sic"),
        ([Sensor(sensor_id="25-12", kind="radar", sac=1, sic=2)], "for another radar"),
    ],
)
def test_sensors_that_contradict_the_capture_are_refused(sensors: list[Sensor], found: str) -> None:
    with pytest.raises(BadInput, match=found):
        sensors_of("here", sensors, seen())
