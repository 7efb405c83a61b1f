"""Air traffic."""

from functools import cache
from pathlib import Path

import numpy as np

from bongsu.kernels.earth import enu_from_ecef, geodesic_inverse, geodetic_from_ecef
from bongsu.sim.scenario import load
from bongsu.sim.truth import Flight, fly

SCENARIO = load(Path(__file__).parents[3] / "scenarios" / "airliners.toml")


@cache
def flight() -> Flight:
    return fly(SCENARIO, 1)


def test_there_are_as_many_aircraft_as_asked_and_no_launch() -> None:
    assert len(flight().bodies) == SCENARIO.flight.count == 20
    assert not flight().is_launch
    assert all(body.is_reporting for body in flight().bodies)


def test_no_aircraft_leaves_its_band_of_heights_or_its_speed() -> None:
    low_m, high_m = SCENARIO.flight.h_m
    for body in flight().bodies:
        for y in body.states(np.arange(0.0, body.end_s, 5.0)):
            lat_rad, lon_rad, h_m = geodetic_from_ecef(*y[:3])
            east, north, up = enu_from_ecef(*y[3:], lat_rad, lon_rad)
            assert low_m - 50.0 < h_m < high_m + 50.0
            assert SCENARIO.flight.speed_mps[0] - 1.0 < np.hypot(east, north) < SCENARIO.flight.speed_mps[1] + 1.0
            assert abs(up) < 13.0


def test_position_and_velocity_agree() -> None:
    for body in flight().bodies:
        for t_s in (100.0, 333.3):
            a, b, c = body.states([t_s - 0.1, t_s, t_s + 0.1])
            assert np.abs((c[:3] - a[:3]) / 0.2 - b[3:]).max() < 0.05


def test_nothing_accelerates_harder_than_an_airliner() -> None:
    for body in flight().bodies:
        v = body.states(np.arange(0.0, body.end_s, 1.0))[:, 3:]
        assert np.linalg.norm(np.diff(v, axis=0), axis=1).max() < 6.0  # m/s^2: a 30 degree bank


def test_some_turn_and_some_climb() -> None:
    turned = climbed = 0
    for body in flight().bodies:
        first, last = body.states([0.0, body.end_s])
        turned += float(first[3:] @ last[3:]) < 0.8 * float(np.linalg.norm(first[3:]) * np.linalg.norm(last[3:]))
        climbed += abs(geodetic_from_ecef(*last[:3])[2] - geodetic_from_ecef(*first[:3])[2]) > 300.0
    assert turned >= 3
    assert climbed >= 3


def test_aircraft_start_around_the_site() -> None:
    for body in flight().bodies:
        lat_rad, lon_rad, _ = geodetic_from_ecef(*body.states(0.0)[0][:3])
        spec = SCENARIO.flight
        assert geodesic_inverse(spec.site_lat_rad, spec.site_lon_rad, lat_rad, lon_rad)[0] <= spec.spread_m
