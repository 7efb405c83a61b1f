"""Fans before burn-out, regions after it."""

import math
from dataclasses import replace

import numpy as np
import pytest
from msgspec import structs
from tests.helpers.flights import tables
from tests.helpers.tracked import at, state, update, vector

from bongsu.messages.assessment import (
    ApogeePrediction,
    FlightEstimate,
    FootprintFan,
    ImpactPrediction,
    LaunchPointEstimate,
    OverflightPrediction,
)
from bongsu.messages.base import Finding
from bongsu.messages.codec import decode_finding, encode
from bongsu.messages.inputs import Tick
from bongsu.messages.tracking import HeightsUpdated, TrackEnded, TracksUpdated
from bongsu.models.areas import Area
from bongsu.models.falls import ForecastSettings
from bongsu.models.motion import MotionSettings
from bongsu.models.sensors import Sensor
from bongsu.models.settings import Settings
from bongsu.stages import forecast
from bongsu.stages.forecast.flight import variance_along
from bongsu.stages.forecast.state import LnBeta, conditioned, slow_belief

SMALL = ForecastSettings(n_cloud=120, n_surface=60, n_pull_up=40, n_paths=16, n_path_points=40)
SEA = Area(
    area_id="sea",
    polygon=tuple((math.radians(a), math.radians(o)) for a, o in ((37, 130), (37, 136), (42, 136), (42, 130))),
)
WALL = Area(
    area_id="wall",
    polygon=tuple((math.radians(a), math.radians(o)) for a, o in ((30, 129.0), (30, 129.5), (48, 129.5), (48, 129.0))),
    hazards=("overflight",),
)
SETTINGS = Settings(
    areas=(SEA, WALL), forecast=SMALL, sensors=(Sensor(sensor_id="pad", kind="telemetry", lat_rad=0.5),)
)
EAST = state(39.5, 127.0, 100e3, (1500.0, 0.0, 900.0))


@pytest.fixture(scope="module")
def cfg() -> forecast.Config:
    return forecast.configure(SETTINGS, tables())


def run(cfg: forecast.Config, *messages: object) -> list[Finding]:
    """All findings of a new stage that hears these messages."""
    kept, said = forecast.start(cfg), []
    for message in messages:
        kept, found = forecast.step(cfg, kept, message)
        said.extend(found)
    assert [decode_finding(encode(f)) for f in said] == said
    return said


def only(said: list[Finding], kind: type) -> list:
    return [f for f in said if isinstance(f, kind)]


def boosting(t_s: float = 60.0) -> TracksUpdated:
    return update(EAST, t_s, "boost", force=vector(39.5, 127.0, (25.0, 0.0, 15.0)))


def launch() -> LaunchPointEstimate:
    return LaunchPointEstimate(
        track_id="T000001",
        valid_ns=at(60.0),
        t0_ns=at(0.0),
        sigma_t0_s=2.0,
        lat_rad=math.radians(39.5),
        lon_rad=math.radians(126.0),
        cov_en_m2=(4e6, 0.0, 1e6),
        azimuth_rad=1.57,
        sigma_azimuth_rad=0.05,
        n_plots=20,
    )


def test_while_the_engine_burns_there_is_a_fan_and_never_an_impact(cfg: forecast.Config) -> None:
    said = run(cfg, *(boosting(60.0 + k) for k in range(10)))
    assert len(only(said, FootprintFan)) == 5
    assert not only(said, ImpactPrediction)
    assert not only(said, ApogeePrediction)


def test_the_fan_reaches_from_the_end_of_the_burn_now_to_the_longest_burn(cfg: forecast.Config) -> None:
    (fan,) = only(run(cfg, boosting()), FootprintFan)
    coasting = only(run(cfg, update(EAST, 60.0)), ImpactPrediction)[0]
    near, far = fan.reach_m
    assert near < far
    distance = 6371e3 * math.hypot(
        coasting.lat_rad - 0.6894, (coasting.lon_rad - math.radians(127.0)) * math.cos(0.6894)
    )
    assert near == pytest.approx(distance, rel=0.02)
    assert far > 2.0 * near
    assert len(fan.lat_rad) >= 3
    assert "sea" in fan.areas
    assert "JPN.eez" in fan.zones


def test_after_burn_out_the_first_forecast_is_a_cloud_and_the_next_ones_are_quick(cfg: forecast.Config) -> None:
    said = only(run(cfg, boosting(), *(update(EAST, 61.0 + 0.25 * k) for k in range(4))), ImpactPrediction)
    assert [f.method for f in said] == ["cloud", "sigma_points", "sigma_points", "sigma_points"]
    assert all(f.assumption == "unpowered" for f in said)
    assert all(f.zones for f in said)


def test_cloud_and_sigma_points_agree() -> None:
    cfg = forecast.configure(Settings(forecast=replace_settings(n_cloud=400, n_surface=400)), tables())
    cloud, quick = only(run(cfg, update(EAST, 61.0), update(EAST, 61.1)), ImpactPrediction)
    assert quick.lat_rad == pytest.approx(cloud.lat_rad, abs=2e-5)
    assert quick.lon_rad == pytest.approx(cloud.lon_rad, abs=2e-5)
    assert quick.sigma_impact_s == pytest.approx(cloud.sigma_impact_s, rel=0.2)
    for a, b in ((quick.cov_en_m2[k], cloud.cov_en_m2[k]) for k in (0, 2)):
        assert a == pytest.approx(b, rel=0.25)


def test_a_forecast_that_moved_gets_new_shares_of_zones_after_a_second_at_the_earliest(cfg: forecast.Config) -> None:
    moved = EAST + np.array([0.0, 0.0, 0.0, 400.0, 0.0, 0.0])
    said = only(run(cfg, update(EAST, 61.0), update(moved, 61.5), update(moved, 62.1)), ImpactPrediction)
    assert [f.method for f in said] == ["cloud", "sigma_points", "sigma_points"]
    assert said[0].zones == said[1].zones != said[2].zones


def test_one_that_stands_still_gets_a_new_cloud_when_the_old_is_stale(cfg: forecast.Config) -> None:
    said = only(run(cfg, update(EAST, 61.0), update(EAST, 61.01), *[update(EAST, 76.1)]), ImpactPrediction)
    assert [f.method for f in said] == ["cloud", "sigma_points", "cloud"]


def test_of_many_tracks_only_a_few_get_a_cloud_in_one_scan() -> None:
    few = forecast.configure(Settings(forecast=replace_settings(max_clouds=2)), tables())
    many = [update(EAST, 61.0, track_id=f"T{k:06d}") for k in range(1, 6)]
    names = [n for n in TracksUpdated.__struct_fields__ if isinstance(getattr(many[0], n), tuple) and n != "rests_on"]
    joined = {n: tuple(x for m in many for x in getattr(m, n)) for n in names}
    scan = TracksUpdated(sensor_id="radar-1", scan_id="s1", valid_ns=at(61.0), **joined)
    _, said = forecast.step(few, forecast.start(few), scan)
    assert [f.track_id for f in only(said, ImpactPrediction)] == ["T000001", "T000002"]


def replace_settings(**changes: object) -> ForecastSettings:
    return structs.replace(SMALL, **changes)


def test_the_region_names_protected_areas_with_their_probability(cfg: forecast.Config) -> None:
    said = only(run(cfg, update(EAST, 61.0)), ImpactPrediction)
    assert dict(said[0].areas)["sea"] > 0.99


def test_a_pull_up_widens_the_region_and_says_so(cfg: forecast.Config) -> None:
    low = state(39.5, 129.0, 40e3, (1400.0, 0.0, -600.0))
    plain = only(run(cfg, update(low, 200.0, h_m=40e3)), ImpactPrediction)[0]
    lift = vector(39.5, 129.0, (5.0, 0.0, 20.0))
    lifted = only(run(cfg, update(low, 200.0, "manoeuvre", h_m=40e3, force=lift)), ImpactPrediction)[0]
    assert (plain.assumption, lifted.assumption) == ("unpowered", "pull_up")
    assert lifted.cov_en_m2[0] > 25.0 * plain.cov_en_m2[0]
    assert lifted.lon_rad > plain.lon_rad


def test_lift_that_has_stopped_may_come_back_until_it_is_forgotten(cfg: forecast.Config) -> None:
    low = state(39.5, 127.0, 40e3, (2500.0, 0.0, -300.0))
    lift = vector(39.5, 127.0, (0.0, 0.0, 10.0))
    lifted = update(low, 200.0, "manoeuvre", h_m=40e3, force=lift)
    soon, late = (update(low, 200.0 + after, h_m=40e3) for after in (10.0, 200.0))
    kinds = [f.assumption for f in only(run(cfg, lifted, soon, late), ImpactPrediction)]
    assert kinds == ["pull_up", "pull_up", "unpowered"]
    plain, still = (only(run(cfg, *heard), ImpactPrediction)[-1] for heard in ([soon], [lifted, soon]))
    assert still.cov_en_m2[0] > 25.0 * plain.cov_en_m2[0]


def test_lift_that_has_gone_on_for_long_is_believed_to_go_on_for_longer(cfg: forecast.Config) -> None:
    low = state(39.5, 127.0, 40e3, (2500.0, 0.0, -300.0))
    lift = vector(39.5, 127.0, (0.0, 0.0, 10.0))
    scans = [update(low, 200.0 + 10.0 * k, "manoeuvre", h_m=40e3, force=lift) for k in range(12)]
    said = only(run(cfg, *scans), ImpactPrediction)
    assert said[-1].cov_en_m2[0] > 1.5 * said[0].cov_en_m2[0]


def test_no_force_however_strong_is_more_lift_than_a_body_bears(cfg: forecast.Config) -> None:
    thin = state(39.5, 127.0, 90e3, (2500.0, 0.0, -300.0))
    strong, absurd = (vector(39.5, 127.0, (0.0, 0.0, size)) for size in (300.0, 3e6))
    ends = [
        only(run(cfg, update(thin, 200.0, "manoeuvre", h_m=90e3, force=force)), ImpactPrediction)[0]
        for force in (strong, absurd)
    ]
    assert ends[0].cov_en_m2 == pytest.approx(ends[1].cov_en_m2, rel=0.05)


def test_a_manoeuvre_without_a_force_worth_the_name_is_forecast_unpowered(cfg: forecast.Config) -> None:
    said = only(run(cfg, update(EAST, 61.0, "manoeuvre")), ImpactPrediction)
    assert said[0].assumption == "unpowered"


def test_level_flight_and_unconfirmed_tracks_get_no_forecast(cfg: forecast.Config) -> None:
    assert not run(
        cfg, update(EAST, 61.0, "level"), update(EAST, 62.0, "undetermined"), update(EAST, 63.0, is_confirmed=False)
    )


def test_an_object_in_orbit_gets_neither_impact_nor_fan(cfg: forecast.Config) -> None:
    orbit = state(30.0, 127.0, 400e3, (3000.0, 7200.0, 0.0))
    coast = run(cfg, update(orbit, 600.0, h_m=400e3))
    burn = run(cfg, update(orbit, 600.0, "boost", h_m=400e3, force=vector(30.0, 127.0, (3.0, 9.0, 0.0))))
    assert not only(coast, ImpactPrediction)
    assert not only(burn, FootprintFan)


def test_the_apogee_is_forecast_with_an_interval_while_climbing(cfg: forecast.Config) -> None:
    (top,) = only(run(cfg, update(EAST, 61.0)), ApogeePrediction)
    assert top.low_m < top.apogee_m < top.high_m
    fall_mps2 = 9.48 - 1500.0**2 / 6.5e6 - 2.0 * 7.29e-5 * 1500.0 * math.cos(0.69)  # gravity, curvature, Coriolis
    assert top.apogee_m == pytest.approx(100e3 + 900.0**2 / 2.0 / fall_mps2, rel=0.01)
    assert (top.apogee_ns - at(61.0)) / 1e9 == pytest.approx(900.0 / fall_mps2, rel=0.01)
    assert top.reason == ""


def test_past_the_apogee_the_last_forecast_stands(cfg: forecast.Config) -> None:
    down = state(39.5, 129.0, 120e3, (1500.0, 0.0, -300.0))
    assert len(only(run(cfg, update(EAST, 61.0), update(down, 190.0, h_m=120e3)), ApogeePrediction)) == 1


def test_an_apogee_outside_its_interval_is_revised_with_the_reason(cfg: forecast.Config) -> None:
    higher = state(39.5, 127.0, 100e3, (1500.0, 0.0, 1100.0))
    again = update(higher, 70.0, "thrust_again", force=vector(39.5, 127.0, (0.0, 0.0, 20.0)))
    tops = only(run(cfg, update(EAST, 61.0), again, update(higher, 72.0)), ApogeePrediction)
    assert tops[-1].reason.startswith("revised from 14")
    assert "a force acted" in tops[-1].reason


def test_with_a_launch_point_the_whole_flight_is_estimated(cfg: forecast.Config) -> None:
    assert not only(run(cfg, update(EAST, 61.0)), FlightEstimate)
    said = run(cfg, launch(), update(EAST, 61.0))
    (flight,), impact = only(said, FlightEstimate), only(said, ImpactPrediction)[0]
    assert flight.range_m == pytest.approx(85e3 + 415e3, rel=0.1)
    assert flight.azimuth_rad == pytest.approx(math.pi / 2, abs=0.05)
    assert flight.flight_time_s == pytest.approx((impact.impact_ns - at(0.0)) / 1e9)
    assert flight.sigma_flight_time_s == pytest.approx(math.hypot(2.0, impact.sigma_impact_s))
    assert flight.sigma_range_m > 2000.0


def test_variance_along_an_azimuth_is_that_of_the_ellipse() -> None:
    assert variance_along((4.0, 0.0, 9.0), 0.0) == pytest.approx(9.0)
    assert variance_along((4.0, 0.0, 9.0), math.pi / 2) == pytest.approx(4.0)
    assert variance_along((4.0, 1.0, 4.0), math.pi / 4) == pytest.approx(5.0)


def test_what_lies_under_the_flight_is_passed_over_with_its_times(cfg: forecast.Config) -> None:
    (over,) = only(run(cfg, update(EAST, 61.0)), OverflightPrediction)
    ((area, p, first_ns, last_ns),) = over.areas
    assert (area, p, over.method) == ("wall", 1.0, "paths")
    distance_s = 2.0 * 111.2e3 * math.cos(math.radians(39.5)) / 1500.0
    assert (first_ns - at(61.0)) / 1e9 == pytest.approx(distance_s, rel=0.1)
    assert first_ns < last_ns


def test_before_burn_out_passages_are_shares_of_the_fan(cfg: forecast.Config) -> None:
    (over,) = only(run(cfg, boosting()), OverflightPrediction)
    assert over.method == "fan"
    assert [area for area, _, _, _ in over.areas] == ["wall"]


def test_an_area_it_falls_into_is_not_passed_over() -> None:
    both = Settings(areas=(replace_area(hazards=("fall", "overflight")),), forecast=SMALL)
    cfg = forecast.configure(both, tables())
    (over,) = only(run(cfg, update(EAST, 61.0)), OverflightPrediction)
    assert over.areas == ()


def test_a_fall_beyond_the_horizon_of_paths_is_no_passage() -> None:
    near = replace_settings(path_horizon_s=250.0)
    cfg = forecast.configure(Settings(areas=(replace_area(hazards=("fall", "overflight")),), forecast=near), tables())
    (over,) = only(run(cfg, update(EAST, 61.0)), OverflightPrediction)
    assert over.areas == ()


def replace_area(**changes: object) -> Area:
    return structs.replace(SEA, **changes)


def test_a_look_that_missed_is_used_only_now_and_then(cfg: forecast.Config) -> None:
    misses = [update(EAST, 62.0 + k, plot=-1) for k in range(9)]
    said = only(run(cfg, update(EAST, 61.0), *misses), ImpactPrediction)
    assert [round((f.valid_ns - at(0.0)) / 1e9) for f in said] == [61, 66]


def test_an_ended_track_is_forgotten(cfg: forecast.Config) -> None:
    kept, _ = forecast.step(cfg, forecast.start(cfg), update(EAST, 61.0))
    assert len(kept.tracks) == 1
    ended = TrackEnded(track_id="T000001", valid_ns=at(70.0), reason="lost", last_plot_ns=at(61.0))
    assert forecast.step(cfg, kept, ended)[0] == forecast.start(cfg)


def test_time_alone_says_nothing(cfg: forecast.Config) -> None:
    assert run(cfg, update(EAST, 61.0, "level"), Tick(valid_ns=at(62.0))) == []


def test_memory_is_bounded() -> None:
    cfg = forecast.configure(Settings(forecast=replace_settings(max_tracks=3)), tables())
    kept = forecast.start(cfg)
    for k in range(1, 7):
        kept, _ = forecast.step(cfg, kept, update(EAST, 61.0, track_id=f"T{k:06d}"))
    assert [k.track_id for k in kept.tracks] == ["T000004", "T000005", "T000006"]


def heights(t_s: float, v_up_mps: float, *, phase: str = "coast", is_fitted: bool = True) -> HeightsUpdated:
    return HeightsUpdated(
        sensor_id="pad",
        scan_id=f"h{t_s}",
        valid_ns=at(t_s),
        track_id=("T000001",),
        t_ns=(at(t_s),),
        phase=(phase,),
        is_confirmed=(True,),
        h_m=(80e3,),
        speed_mps=(1000.0,),
        force_mps2=(0.0,),
        sigma_force_mps2=(1.0,),
        is_fitted=(is_fitted,),
        ballistic=((80e3, v_up_mps, 250_000.0),),
        cov_ballistic=((900.0, 0.0, 0.04, 0.0, 0.0, 1e6),),
    )


def test_a_flight_known_by_height_alone_has_an_apogee_and_no_place(cfg: forecast.Config) -> None:
    said = run(cfg, heights(200.0, 800.0))
    (top,) = said
    assert isinstance(top, ApogeePrediction)
    assert top.apogee_m == pytest.approx(80e3 + 800.0**2 / 2 / 9.5, rel=0.01)
    assert top.low_m < top.apogee_m < top.high_m


def test_heights_without_a_fit_or_on_the_way_down_have_no_apogee(cfg: forecast.Config) -> None:
    assert not run(
        cfg, heights(200.0, 800.0, is_fitted=False), heights(202.0, -10.0), heights(204.0, 800.0, phase="boost")
    )


def test_a_state_is_never_changed_in_place(cfg: forecast.Config) -> None:
    kept, _ = forecast.step(cfg, forecast.start(cfg), update(EAST, 61.0))
    before = replace(kept)
    forecast.step(cfg, kept, update(EAST, 63.0))
    assert kept == before


def test_a_belief_of_the_ballistic_coefficient_narrows_it_and_what_hangs_on_it():
    cov = np.eye(7)
    cov[6, 6], cov[0, 6], cov[6, 0] = 0.49, 0.3, 0.3
    mean = np.array([1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 8.0])
    after, narrow = conditioned(LnBeta(8.5, 0.7**-2), mean, cov)
    assert after[6] == pytest.approx(8.25)  # two equal sigmas meet half-way
    assert narrow[6, 6] == pytest.approx(0.245)
    assert after[0] == pytest.approx(1.0 + 0.3 / 0.98 * 0.5)
    assert narrow[0, 0] == pytest.approx(1.0 - 0.09 / 0.98)
    assert np.linalg.eigvalsh(narrow).min() > 0.0


def test_what_is_slow_is_believed_in_more_widely_than_the_tracker_does_until_the_track_has_learnt():
    belief, motion = ForecastSettings(), MotionSettings()
    told = slow_belief(belief, motion)
    before, cov = np.array([0.0] * 6 + [motion.ln_beta]), np.eye(7)
    cov[6, 6], cov[0, 6], cov[6, 0] = motion.sigma_ln_beta**2, 0.3, 0.3
    untold, wide = conditioned(told, before, cov)
    assert untold[6] == pytest.approx(belief.slow_ln_beta)
    assert wide[6, 6] == pytest.approx(belief.slow_sigma_ln_beta**2)
    assert np.linalg.eigvalsh(wide).min() > 0.0
    before[6], cov[6, 6], cov[0, 6], cov[6, 0] = 6.4, 0.1**2, 0.02, 0.02
    learnt, narrow = conditioned(told, before, cov)
    assert learnt[6] == pytest.approx(6.4, abs=0.05)
    assert narrow[6, 6] == pytest.approx(0.1**2, rel=0.02)
    cov[6, 6] = 0.8  # forgotten in a long silence
    assert conditioned(told, before, cov)[1] is cov
