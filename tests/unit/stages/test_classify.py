"""Shape, range class and kind from the evidence of a track."""

import math

import pytest
from msgspec import UNSET
from tests.helpers.flights import tables
from tests.helpers.tracked import at, state, update

from bongsu.messages.assessment import Classification, FlightEstimate, LaunchPointEstimate
from bongsu.messages.codec import decode_finding, encode
from bongsu.messages.tracking import BurnObserved, TrackEnded, TracksUpdated
from bongsu.models.classes import CONVENTION
from bongsu.models.settings import Settings
from bongsu.stages import classify

CFG = classify.configure(Settings(), tables())


def burn(start_s: float, end_s: float | None) -> BurnObserved:
    return BurnObserved(
        track_id="T000001",
        start_ns=at(start_s),
        end_ns=UNSET if end_s is None else at(end_s),
        sigma_s=1.0,
        decided_ns=at(end_s or start_s + 1.0),
    )


def launched(t_s: float = 20.0) -> LaunchPointEstimate:
    return LaunchPointEstimate(
        track_id="T000001",
        valid_ns=at(t_s),
        t0_ns=at(0.0),
        sigma_t0_s=1.0,
        lat_rad=0.69,
        lon_rad=2.2,
        cov_en_m2=(1e6, 0.0, 1e6),
        azimuth_rad=1.5,
        sigma_azimuth_rad=0.05,
        n_plots=20,
    )


def flight(range_km: float, apogee_km: float, t_s: float, *, spread: float = 0.02) -> FlightEstimate:
    return FlightEstimate(
        track_id="T000001",
        valid_ns=at(t_s),
        range_m=range_km * 1e3,
        sigma_range_m=range_km * 1e3 * spread,
        azimuth_rad=1.5,
        sigma_azimuth_rad=0.02,
        flight_time_s=600.0,
        sigma_flight_time_s=5.0,
        apogee_m=apogee_km * 1e3,
        sigma_apogee_m=apogee_km * 1e3 * spread,
    )


def moving(east_mps: float, up_mps: float, t_s: float, phase: str, *, h_km: float = 100.0) -> TracksUpdated:
    return update(state(39.0, 128.0, h_km * 1e3, (east_mps, 0.0, up_mps)), t_s, phase, h_m=h_km * 1e3)


def last(*messages: object) -> Classification:
    """The newest classification after these messages; each one said is checked to be whole."""
    kept, said = classify.start(CFG), []
    for message in messages:
        kept, found = classify.step(CFG, kept, message)
        said.extend(found)
    for one in said:
        assert decode_finding(encode(one)) == one
        for part in (one.shape, one.range_class, one.kind):
            assert sum(p for _, p in part) == pytest.approx(1.0, abs=1e-12)
    return said[-1]


def top(part: tuple[tuple[str, float], ...]) -> tuple[str, float]:
    return max(part, key=lambda pair: pair[1])


def whole(range_km: float, apogee_km: float, speed: tuple[float, float], *, burn_s: float = 100.0) -> Classification:
    """A flight seen through its burn and for half a minute of coast."""
    boosts = [moving(speed[0] * 0.5, speed[1] * 0.5, t, "boost", h_km=40.0) for t in (10.0, 20.0, 30.0)]
    coasts = [moving(*speed, burn_s + 5.0 * k, "coast") for k in range(1, 6)]
    return last(*boosts, launched(), burn(0.0, burn_s), *coasts, flight(range_km, apogee_km, burn_s + 31.0))


def test_with_nothing_but_a_confirmed_track_all_is_undetermined() -> None:
    said = last(moving(100.0, 0.0, 10.0, "undetermined"))
    assert [top(part) for part in (said.shape, said.range_class, said.kind)] == [("undetermined", 1.0)] * 3
    assert said.convention == CONVENTION


@pytest.mark.parametrize(
    ("range_km", "apogee_km", "shape"),
    [
        (1000, 240, "minimum_energy"),
        (998, 3725, "lofted"),
        (2700, 550, "minimum_energy"),
        (450, 910, "lofted"),
        (900, 110, "depressed"),
    ],
)
def test_apogee_over_range_tells_the_shape(range_km: float, apogee_km: float, shape: str) -> None:
    name, p = top(whole(range_km, apogee_km, (2000.0, 1500.0)).shape)
    assert (name, p > 0.6) == (shape, True)


def test_a_poorly_known_flight_leaves_the_shape_undetermined() -> None:
    said = last(moving(2000.0, 1500.0, 100.0, "coast"), launched(), flight(1000, 240, 101.0, spread=1.0))
    assert top(said.shape)[0] == "undetermined"


def test_a_low_flight_with_a_short_force_in_the_air_is_quasi_ballistic() -> None:
    pulls = [moving(1500.0, 0.0, 200.0 + 3.0 * k, "manoeuvre", h_km=35.0) for k in range(10)]
    said = last(
        launched(), burn(0.0, 70.0), moving(1500.0, 300.0, 90.0, "coast", h_km=45.0), *pulls, flight(700, 50, 240.0)
    )
    assert top(said.shape)[0] == "quasi_ballistic"


def test_minutes_of_force_in_the_air_are_a_glide() -> None:
    pulls = [moving(3500.0, 0.0, 200.0 + 8.0 * k, "manoeuvre", h_km=45.0) for k in range(30)]
    assert top(last(launched(), burn(0.0, 100.0), *pulls, flight(1500, 60, 450.0)).shape)[0] == "glide"


def test_minutes_of_force_on_a_short_range_flight_are_a_long_pull_up() -> None:
    pulls = [moving(1500.0, 0.0, 200.0 + 8.0 * k, "manoeuvre", h_km=35.0) for k in range(30)]
    assert top(last(launched(), burn(0.0, 60.0), *pulls, flight(630, 50, 450.0)).shape)[0] == "quasi_ballistic"


def test_a_flight_nearly_straight_up_that_never_left_the_air_is_a_failure() -> None:
    high = [moving(80.0, 500.0, 32.0 + k, "coast", h_km=9.0) for k in range(5)]
    said = last(launched(), burn(0.0, 30.0), *high, flight(15, 20, 38.0, spread=0.05))
    assert top(said.shape)[0] == "failed"


def test_what_was_high_and_now_flies_level_is_no_cruise_and_keeps_its_class() -> None:
    coasts = [moving(2000.0, 1500.0, 105.0 + 5.0 * k, "coast") for k in range(5)]
    level = [moving(250.0, 0.0, 500.0 + 5.0 * k, "level", h_km=5.0) for k in range(10)]
    said = last(launched(), burn(0.0, 100.0), *coasts, flight(1000, 240, 131.0), *level)
    assert (top(said.shape)[0], top(said.range_class)[0], top(said.kind)[0]) == ("minimum_energy", "SRBM", "missile")


def test_a_force_above_the_air_is_no_lift() -> None:
    pushes = [moving(1500.0, 500.0, 200.0 + 3.0 * k, "manoeuvre", h_km=300.0) for k in range(10)]
    shape = dict(last(launched(), burn(0.0, 70.0), *pushes, flight(1000, 500, 240.0)).shape)
    assert shape["glide"] + shape["quasi_ballistic"] < 0.01


def test_a_lofted_flight_is_classed_by_its_energy_and_not_by_its_distance() -> None:
    name, p = top(whole(998, 3725, (400.0, 6400.0), burn_s=300.0).range_class)
    assert (name, p > 0.9) == ("ICBM", True)


@pytest.mark.parametrize(
    ("speed", "name"), [((900.0, 900.0), "SRBM"), ((2200.0, 2000.0), "MRBM"), ((4000.0, 2500.0), "IRBM")]
)
def test_energy_at_burn_out_tells_the_range_class(speed: tuple[float, float], name: str) -> None:
    assert top(whole(1000, 240, speed).range_class)[0] == name


def test_a_speed_near_a_bound_is_shared_between_two_classes() -> None:
    classes = dict(whole(1000, 240, (1750.0, 2000.0)).range_class)
    assert classes["SRBM"] > 0.1
    assert classes["MRBM"] > 0.1


def test_while_it_burns_there_is_no_range_class() -> None:
    said = last(launched(), burn(0.0, None), moving(3000.0, 2000.0, 80.0, "boost"))
    assert top(said.range_class) == ("undetermined", 1.0)


def test_a_perigee_above_the_air_is_a_space_launch() -> None:
    said = last(launched(), burn(0.0, 520.0), moving(7700.0, 0.0, 560.0, "coast", h_km=500.0))
    assert top(said.kind)[0] == "space_launch"
    assert top(said.shape)[0] == "space_launch"
    assert top(said.range_class)[0] == "undetermined"


def test_a_burn_longer_than_missiles_have_is_a_space_launch() -> None:
    said = last(launched(), burn(0.0, None), *(moving(4000.0, 500.0, t, "boost", h_km=200.0) for t in (300.0, 500.0)))
    assert top(said.kind)[0] == "space_launch"


def test_a_coast_that_comes_down_is_a_missile() -> None:
    assert top(whole(1000, 240, (2000.0, 1500.0)).kind)[0] == "missile"


def test_a_long_weak_burn_and_a_short_flight_are_a_failure() -> None:
    low = [moving(150.0, 250.0, 62.0 + k, "coast", h_km=10.0) for k in range(3)]
    said = last(launched(), burn(0.0, 60.0), *low, flight(25, 13, 66.0, spread=0.05))
    assert top(said.shape)[0] == "failed"
    assert top(said.range_class)[0] == "undetermined"


def test_a_short_rocket_that_burns_hard_is_no_failure() -> None:
    shape = dict(whole(60, 20, (500.0, 500.0), burn_s=8.0).shape)
    assert shape["failed"] < 0.05


def test_level_flight_that_was_never_launched_is_an_aircraft() -> None:
    said = last(*(moving(240.0, 0.0, 10.0 * k, "level", h_km=11.0) for k in range(1, 10)))
    assert top(said.kind)[0] == "aircraft"
    assert top(said.shape)[0] == "undetermined"


def test_level_flight_after_a_launch_is_a_cruise() -> None:
    level = [moving(280.0, 0.0, 30.0 + 10.0 * k, "level", h_km=3.0) for k in range(10)]
    said = last(launched(), burn(0.0, 10.0), moving(200.0, 50.0, 12.0, "boost", h_km=1.0), *level)
    assert top(said.shape)[0] == "cruise"


def test_something_fast_first_seen_coming_down_may_be_a_meteor() -> None:
    said = last(*(moving(9000.0, -5000.0, 10.0 + k, "drag", h_km=80.0) for k in range(3)))
    assert top(said.kind)[0] == "meteor_or_reentry"


def test_what_is_faster_than_any_launch_is_a_meteor_even_if_it_rises() -> None:
    for up_mps in (-30_000.0, 5_000.0):
        said = last(*(moving(40_000.0, up_mps, 10.0 + k, "entry", h_km=95.0) for k in range(3)))
        assert dict(said.kind)["meteor_or_reentry"] > 0.95
        assert dict(said.kind)["missile"] == 0.0


def test_something_fast_and_falling_far_above_the_air_may_be_anything() -> None:
    said = last(*(moving(4000.0, -2000.0, 10.0 + k, "coast", h_km=400.0) for k in range(3)))
    assert top(said.kind)[0] == "undetermined"


def test_what_hardly_changes_is_not_said_again() -> None:
    kept, said = classify.start(CFG), []
    for message in (launched(), burn(0.0, 100.0), *(moving(2000.0, 1500.0, 105.0 + k, "coast") for k in range(60))):
        kept, found = classify.step(CFG, kept, message)
        said.extend(found)
    assert len(said) < 8


def test_drag_on_the_way_down_does_not_lower_the_class() -> None:
    coasts = [moving(2200.0, 2000.0, 105.0 + 5.0 * k, "coast") for k in range(5)]
    slow = [moving(300.0, -300.0, 700.0 + 5.0 * k, "drag", h_km=10.0) for k in range(5)]
    said = last(launched(), burn(0.0, 100.0), *coasts, *slow, flight(1000, 300, 730.0))
    assert top(said.range_class)[0] == "MRBM"


def test_an_ended_track_is_forgotten() -> None:
    kept, _ = classify.step(CFG, classify.start(CFG), moving(2000.0, 1500.0, 105.0, "coast"))
    ended = TrackEnded(track_id="T000001", valid_ns=at(110.0), reason="lost", last_plot_ns=at(105.0))
    assert classify.step(CFG, kept, ended)[0] == classify.start(CFG)


def test_an_unconfirmed_track_is_not_classified() -> None:
    x = state(39.0, 128.0, 100e3, (2000.0, 0.0, 1500.0))
    assert classify.step(CFG, classify.start(CFG), update(x, 10.0, is_confirmed=False)) == (classify.start(CFG), [])


def test_energy_bounds_hold_without_a_spread() -> None:
    exact = update(state(39.0, 128.0, 100e3, (2200.0, 0.0, 2000.0)), 110.0, sigmas=(0.0, 0.0, 0.0))
    said = last(launched(), burn(0.0, 100.0), exact)
    assert math.isfinite(top(said.range_class)[1])
