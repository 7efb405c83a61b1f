"""What is declared a launch, once, and what is not."""

import math

import numpy as np
import pytest
from msgspec import structs
from tests.helpers.tracked import at, state, update

from bongsu.constants import NS_PER_S
from bongsu.kernels.earth import ecef_from_geodetic
from bongsu.messages.base import Message
from bongsu.messages.codec import decode_finding, encode
from bongsu.messages.inputs import Scan
from bongsu.messages.tracking import HeightsUpdated, LaunchDetected, TracksUpdated
from bongsu.models.sensors import Sensor
from bongsu.models.settings import Settings
from bongsu.stages import detect

PLACE = (40.2, 125.2)
WEST, EAST = 105.0, 165.0
SENSORS = (
    Sensor(sensor_id="ir-west", kind="infrared", lat_rad=0.0, lon_rad=math.radians(WEST), h_m=35_786e3),
    Sensor(sensor_id="ir-east", kind="infrared", lat_rad=0.0, lon_rad=math.radians(EAST), h_m=35_786e3),
    Sensor(sensor_id="radar-1", kind="radar", lat_rad=0.66, lon_rad=2.25),
    Sensor(sensor_id="reports", kind="position"),
    Sensor(sensor_id="pad", kind="telemetry", lat_rad=0.5, lon_rad=-1.4),
)
CFG = detect.configure(Settings(sensors=SENSORS), None)  # type: ignore[arg-type]


def flame(sensor_id: str, t_s: float, *places: tuple[float, float, float]) -> Scan:
    """One infrared look at flames, each a latitude, a longitude (degrees) and a height."""
    site = np.array(ecef_from_geodetic(0.0, math.radians(WEST if sensor_id == "ir-west" else EAST), 35_786e3))
    sights = []
    for lat_deg, lon_deg, h_m in places:
        away = np.array(ecef_from_geodetic(math.radians(lat_deg), math.radians(lon_deg), h_m)) - site
        sights.append(tuple((away / math.sqrt(float((away**2).sum()))).tolist()))
    return Scan(
        sensor_id=sensor_id,
        scan_id=f"s{round(t_s * 10)}",
        kind="infrared",
        valid_ns=at(t_s),
        t_ns=(at(t_s),) * len(places),
        los_ecef=tuple(sights),
    )


def declared(*messages: Message, cfg: detect.Config = CFG) -> list[LaunchDetected]:
    """What detect says of messages in a row, each finding written and read once."""
    now, found = detect.start(cfg), []
    for message in messages:
        now, said = detect.step(cfg, now, message)
        found += [decode_finding(encode(finding)) for finding in said]
    return found


def flying(
    t_s: float, h_m: float, enu_mps: tuple[float, float, float], n_plots: int = 5, **more: object
) -> TracksUpdated:
    """One update of a track at a height with a velocity east, north, up."""
    message = update(state(*PLACE, h_m, enu_mps), t_s, "boost", h_m=h_m)
    return structs.replace(message, n_plots=(n_plots,), **more)


def test_one_look_is_not_a_launch():
    assert not declared(flame("ir-west", 30.0, (*PLACE, 8e3)))


def test_two_looks_of_one_satellite_at_one_place_are_a_launch():
    (found,) = declared(flame("ir-west", 30.0, (*PLACE, 8e3)), flame("ir-west", 40.0, (*PLACE, 12e3)))
    assert (found.detection_id, found.principle, found.evidence) == ("D000001", "infrared", ("ir-west",))
    assert found.scans == ("ir-west/s300", "ir-west/s400")
    assert found.valid_ns == at(40.0)
    away = np.array(ecef_from_geodetic(found.lat_rad, found.lon_rad, 0.0)) - state(*PLACE, 0.0, (0, 0, 0))[:3]
    assert math.hypot(*away) < found.radius_m


def test_two_satellites_that_see_one_flame_place_it_within_a_smaller_area():
    (found,) = declared(flame("ir-west", 30.0, (*PLACE, 8e3)), flame("ir-east", 33.0, (*PLACE, 9e3)))
    assert found.evidence == ("ir-east", "ir-west")
    away = np.array(ecef_from_geodetic(found.lat_rad, found.lon_rad, 0.0)) - state(*PLACE, 0.0, (0, 0, 0))[:3]
    assert math.hypot(*away) < 2_000.0 < found.radius_m < detect.configure(Settings(), None).settings.one_view_radius_m  # type: ignore[arg-type]


def test_looks_at_places_far_apart_do_not_agree():
    assert not declared(flame("ir-west", 30.0, (*PLACE, 8e3)), flame("ir-west", 40.0, (42.0, 129.0, 8e3)))
    assert not declared(flame("ir-west", 30.0, (*PLACE, 8e3)), flame("ir-east", 33.0, (42.0, 125.2, 8e3)))


def test_looks_too_long_apart_do_not_agree():
    assert not declared(flame("ir-west", 30.0, (*PLACE, 8e3)), flame("ir-west", 71.0, (*PLACE, 9e3)))


def test_two_flames_in_one_look_are_not_two_looks():
    assert not declared(flame("ir-west", 30.0, (*PLACE, 8e3), (*PLACE, 9e3)))


def test_a_late_look_pairs_as_well_as_a_timely_one():
    assert len(declared(flame("ir-west", 40.0, (*PLACE, 12e3)), flame("ir-west", 30.0, (*PLACE, 8e3)))) == 1


def test_a_declared_launch_is_not_declared_again_however_far_its_flame_moves():
    looks = [flame("ir-west", 30.0 + 8.0 * k, (40.2, 125.2 + 0.03 * k * k, 5e3 + 700.0 * k * k)) for k in range(20)]
    looks += [flame("ir-east", 33.0 + 8.0 * k, (40.2, 125.2 + 0.03 * k * k, 5e3 + 700.0 * k * k)) for k in range(20)]
    assert len(declared(*sorted(looks, key=lambda scan: scan.valid_ns))) == 1


def test_another_launch_elsewhere_is_declared_on_its_own():
    there = (38.0, 133.0)
    messages = [flame("ir-west", t, (*PLACE, 8e3), (*there, 8e3)) for t in (30.0, 38.0)]
    assert [found.detection_id for found in declared(*messages)] == ["D000001", "D000002"]


def test_a_look_into_space_is_no_sighting():
    past = structs.replace(flame("ir-west", 30.0, (*PLACE, 8e3)), los_ecef=((0.0, 0.0, 1.0),))
    assert not declared(past, structs.replace(past, scan_id="next", valid_ns=at(38.0), t_ns=(at(38.0),)))


@pytest.mark.parametrize(
    ("h_m", "enu_mps"),
    [(30e3, (400.0, 0.0, 500.0)), (12e3, (1_000.0, 0.0, 100.0)), (60e3, (2_500.0, 0.0, 0.0))],
)
def test_a_track_higher_or_faster_than_aircraft_is_a_launch_after_three_plots(h_m, enu_mps):
    assert not declared(flying(50.0, h_m, enu_mps, n_plots=2))
    (found,) = declared(flying(52.0, h_m, enu_mps, n_plots=3))
    assert (found.principle, found.evidence, found.track_ids) == ("radar", ("radar-1",), ("T000001",))


def test_a_steep_climb_needs_to_be_seen_twice():
    climb = (50.0, 0.0, 250.0)
    assert not declared(flying(50.0, 9e3, climb))
    assert len(declared(flying(50.0, 9e3, climb), flying(52.0, 9.5e3, climb))) == 1
    assert not declared(flying(50.0, 9e3, climb), flying(52.0, 9.5e3, (250.0, 0.0, 0.0)), flying(54.0, 9.5e3, climb))


def test_an_uncertain_track_is_no_launch():
    vague = update(state(*PLACE, 30e3, (0, 0, 900.0)), 50.0, "boost", h_m=30e3, sigmas=(4_000.0, 200.0, 0.3))
    assert not declared(vague)


def test_an_airliner_is_no_launch():
    level = [flying(t, 12e3, (260.0, 0.0, 10.0), p_level=(0.9,), phase=("level",)) for t in range(50, 90, 4)]
    assert not declared(*level)


def test_one_jump_between_position_reports_is_no_launch():
    steady = [flying(t, 11e3, (250.0, 0.0, 0.0), sensor_id="reports") for t in (10.0, 20.0)]
    jump = flying(30.0, 11e3, (710.0, 0.0, 0.0), sensor_id="reports")
    wild = flying(30.0, 11e3, (950.0, 0.0, 0.0), sensor_id="reports")
    after = flying(40.0, 11e3, (250.0, 0.0, 0.0), sensor_id="reports")
    assert not declared(*steady, jump, structs.replace(jump, valid_ns=at(35.0)), after)
    assert not declared(*steady, wild, after, structs.replace(wild, valid_ns=at(50.0)))


def test_a_satellite_and_a_meteor_are_no_launches():
    assert not declared(flying(50.0, 500e3, (7_260.0, 0.0, 0.0)))
    assert not declared(flying(50.0, 90e3, (30_000.0, 0.0, -8_000.0)))


def test_a_track_of_a_declared_launch_is_not_declared_again():
    looks = (flame("ir-west", 30.0, (*PLACE, 8e3)), flame("ir-west", 38.0, (*PLACE, 11e3)))
    assert len(declared(*looks, flying(60.0, 30e3, (600.0, 0.0, 900.0)))) == 1
    downrange = update(state(40.2, 127.5, 90e3, (2_500.0, 0.0, 1_000.0)), 120.0, h_m=90e3, track_id="T000002")
    assert len(declared(*looks, downrange)) == 1


def test_a_track_flying_towards_a_declared_place_from_afar_is_another_launch():
    looks = (flame("ir-west", 30.0, (*PLACE, 8e3)), flame("ir-west", 38.0, (*PLACE, 11e3)))
    incoming = update(state(40.2, 128.5, 90e3, (-2_500.0, 0.0, 1_000.0)), 120.0, h_m=90e3, track_id="T000002")
    assert len(declared(*looks, incoming)) == 2


def test_the_area_of_a_radar_detection_holds_where_the_burn_can_have_begun():
    (found,) = declared(flying(60.0, 40e3, (1_200.0, 0.0, 1_200.0)))
    began = state(40.2, 125.2 - 0.3, 0.0, (0, 0, 0))[:3]
    assert math.dist(began, ecef_from_geodetic(found.lat_rad, found.lon_rad, 0.0)) < found.radius_m


def test_telemetry_that_is_fast_twice_is_a_launch_from_its_pad():
    def told(t_s: float, speed: float) -> HeightsUpdated:
        return HeightsUpdated(
            sensor_id="pad",
            scan_id=f"s{t_s:.0f}",
            valid_ns=at(t_s),
            track_id=("T000009",),
            t_ns=(at(t_s),),
            phase=("boost",),
            is_confirmed=(True,),
            h_m=(20e3,),
            speed_mps=(speed,),
            force_mps2=(25.0,),
            sigma_force_mps2=(1.0,),
            is_fitted=(False,),
            ballistic=((20e3, 0.0, 0.0),),
            cov_ballistic=((1.0, 0.0, 1.0, 0.0, 0.0, 1.0),),
        )

    assert not declared(told(60.0, 700.0), told(61.0, 810.0), told(62.0, 790.0), told(63.0, 805.0))
    (found,) = declared(told(61.0, 810.0), told(62.0, 840.0), told(63.0, 900.0))
    assert (found.principle, found.lat_rad) == ("telemetry", pytest.approx(0.5))


def test_scans_of_unknown_sensors_say_nothing():
    stranger = structs.replace(flame("ir-west", 30.0, (*PLACE, 8e3)), sensor_id="nobody")
    assert not declared(stranger, structs.replace(stranger, scan_id="next", valid_ns=30 * NS_PER_S))
