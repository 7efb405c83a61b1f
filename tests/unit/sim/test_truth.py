"""Flights drawn by a seed, and what is written down of them."""

import json
import math
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest

from bongsu.errors import BadInput
from bongsu.kernels.earth import geodesic_inverse
from bongsu.sim import truth
from bongsu.sim.motion import height_m
from bongsu.sim.scenario import Scenario, load
from bongsu.sim.truth import Flight, fly, instant_ns, record

SCENARIOS = Path(__file__).parents[3] / "scenarios"
LAUNCHES = ("2025-11-07", "lofted-2017-07-28", "overflight-2017-08-29", "space-launch-2016-02-07", "failed-boost")


@cache
def scenario(name: str) -> Scenario:
    return load(SCENARIOS / f"{name}.toml")


@cache
def flight(name: str, seed: int = 1) -> Flight:
    return fly(scenario(name), seed)


@pytest.mark.parametrize("name", LAUNCHES)
def test_a_flight_starts_within_the_drawn_circle_and_direction(name: str) -> None:
    spec, found = scenario(name).flight, flight(name)
    distance_m = geodesic_inverse(spec.site_lat_rad, spec.site_lon_rad, found.launch_lat_rad, found.launch_lon_rad)[0]
    assert distance_m <= spec.site_radius_m
    assert spec.azimuth_rad[0] <= found.azimuth_rad <= spec.azimuth_rad[1]
    r, v, is_thrusting = found.state(0.0)
    assert height_m(r) == pytest.approx(0.0, abs=1e-3)
    assert v == (0.0, 0.0, 0.0)
    assert is_thrusting


@pytest.mark.parametrize("name", ["2025-11-07", "lofted-2017-07-28", "overflight-2017-08-29"])
def test_a_flight_has_the_range_and_apogee_its_file_allows(name: str) -> None:
    spec, found = scenario(name).flight, flight(name)
    assert spec.range_m[0] * 0.998 <= found.range_m <= spec.range_m[1] * 1.002
    assert spec.apogee_m[0] * 0.998 <= found.apogee_m <= spec.apogee_m[1] * 1.002
    assert found.impact is not None
    assert found.flight_time_s == found.impact.t_s
    there = geodesic_inverse(found.launch_lat_rad, found.launch_lon_rad, found.impact.lat_rad, found.impact.lon_rad)[0]
    assert there == pytest.approx(found.range_m)


def test_the_pull_up_comes_after_apogee_below_its_band_and_before_the_fall() -> None:
    found = flight("2025-11-07")
    assert found.pull_up_s is not None
    first_s, last_s = found.pull_up_s
    assert found.apogee_s < first_s < last_s <= found.flight_time_s
    assert height_m(found.state(first_s)[0]) < 28e3


def test_other_flights_do_not_pull_up() -> None:
    assert flight("lofted-2017-07-28").pull_up_s is None


def test_what_goes_into_orbit_never_comes_down_but_its_parts_do() -> None:
    found = flight("space-launch-2016-02-07")
    assert found.impact is None
    assert math.isnan(found.range_m)
    assert len(found.burns_s) == 3
    assert [part.impact is not None for part in found.parts] == [True] * 4
    assert height_m(found.state(found.burn_out_s + 500.0)[0]) > 400e3


def test_parts_start_where_the_main_object_is_and_fall_on_their_own() -> None:
    found = flight("lofted-2017-07-28")
    (part,) = found.parts
    main_y, part_y = found.bodies[0].states(part.start_s)[0], part.states(part.start_s)[0]
    assert part_y[:3] == pytest.approx(main_y[:3], rel=1e-12)
    assert 0.5 <= np.linalg.norm(part_y[3:] - main_y[3:]) <= 5.0
    assert part.end_s < found.flight_time_s / 2.0
    assert not part.thrusting(np.arange(part.start_s, part.end_s)).any()


def test_a_failed_boost_stops_early_and_falls_near_by_in_pieces() -> None:
    found = flight("failed-boost")
    assert found.burn_out_s <= 40.0
    assert found.range_m < 100e3
    assert len(found.bodies) >= 2
    assert all(body.impact is not None for body in found.bodies)


def test_outside_its_flight_an_object_is_nowhere() -> None:
    found = flight("overflight-2017-08-29")
    states = found.bodies[0].states(np.array([-1.0, 0.0, found.end_s, found.end_s + 1.0]))
    assert np.isnan(states).all(axis=1).tolist() == [True, False, False, True]


def test_it_thrusts_exactly_during_its_burns() -> None:
    found = flight("lofted-2017-07-28")
    times = np.arange(0.0, 400.0, 0.5)
    inside = np.zeros(times.size, dtype=bool)
    for start_s, end_s in found.burns_s:
        inside |= (times >= start_s) & (times < end_s)
    assert (found.bodies[0].thrusting(times) == inside).all()


def test_without_a_seed_the_scenarios_own_is_flown() -> None:
    assert fly(scenario("failed-boost")).seed == scenario("failed-boost").seed


@pytest.mark.parametrize("name", [*LAUNCHES, "airliners"])
def test_the_record_is_plain_json_of_finite_values(name: str) -> None:
    found = flight(name)
    written = record(found)
    assert json.loads(json.dumps(written, allow_nan=False)) == written
    assert written["is_launch"] == (name != "airliners")
    assert len(written["bodies"]) == len(found.bodies)
    assert ("impact_ns" in written) == (found.is_launch and found.impact is not None)
    assert ("pull_up_ns" in written) == (name == "2025-11-07")


def test_the_record_keeps_instants_in_nanoseconds() -> None:
    found = flight("overflight-2017-08-29")
    written = record(found)
    assert written["impact_ns"] == found.t0_ns + round(found.flight_time_s * 1e9)
    assert written["burn_out_ns"] == instant_ns(found.t0_ns, found.burn_out_s)


def test_figures_that_no_generic_boost_can_fly_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(truth, "DRAWS", 1)
    base = scenario("2025-11-07")
    spec = msgspec.structs.replace(base.flight, range_m=(3e6, 3e6))
    with pytest.raises(BadInput, match="no generic flight"):
        fly(msgspec.structs.replace(base, flight=spec), 1)


def test_a_draw_that_cannot_be_flown_is_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    flown = truth._main
    calls = []

    def refuse_once(*drawn: Any) -> Any:
        calls.append(drawn)
        if len(calls) == 1:
            raise BadInput("flight", "nothing", "something", "Draw again.")
        return flown(*drawn)

    monkeypatch.setattr(truth, "_main", refuse_once)
    assert fly(scenario("overflight-2017-08-29"), 1).range_m != flight("overflight-2017-08-29").range_m
    assert len(calls) == 2
