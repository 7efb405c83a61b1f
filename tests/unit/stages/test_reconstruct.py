"""Reported figures into flights that fit them: the answer by itself, and the stage inside the fold."""

import math

import numpy as np
import pytest
from msgspec import structs
from pytest import approx
from tests.helpers.records import radar_scan, tick

from bongsu.geo import frames
from bongsu.log import state_codec
from bongsu.messages import codec
from bongsu.messages.accounts import Claim, Reconstruction, ReportRead
from bongsu.models.reconstruct import Figure, Figures, ReconstructSettings
from bongsu.models.reconstruct_landing import landing_of
from bongsu.models.settings import Settings
from bongsu.run.tables import load_tables
from bongsu.stages import reconstruct as stage
from bongsu.stages.reconstruct import weigh
from bongsu.stages.reconstruct.answer import Missing, reconstruct
from bongsu.stages.reconstruct.solve import Draws, solve

CFG = ReconstructSettings()
TABLES = load_tables()
SITE = (math.radians(40.2), math.radians(125.2))
EAST = Figure(math.radians(85.0), math.radians(85.0), math.radians(2.0))


def figure(value, sigma):
    return Figure(value, value, sigma)


def answer(**given):
    return reconstruct(CFG, TABLES.zones, Figures(site_rad=SITE, **given))


def draws(range_m, apogee_m, lift=0.0):
    n = len(range_m)
    return Draws(np.array(range_m), np.array(apogee_m), np.full(n, 1.4), np.zeros(n), np.full(n, 8.5), np.full(n, lift))


def test_a_start_is_found_for_flights_of_every_size():
    wanted = draws([60e3, 300e3, 1000e3, 1000e3, 3000e3, 10_000e3], [600e3, 75e3, 240e3, 3700e3, 650e3, 1300e3])
    found = solve(CFG, SITE, wanted)
    assert found.is_found.all()
    assert found.range_m == approx(wanted.range_m, rel=3e-3, abs=500.0)
    assert found.apogee_m == approx(wanted.apogee_m, rel=3e-3, abs=500.0)
    assert found.azimuth_rad == approx(wanted.azimuth_rad, abs=5e-3)


def test_no_fall_goes_far_and_stays_low_but_lift_may():
    assert not solve(CFG, SITE, draws([700e3], [50e3])).is_found.any()
    assert solve(CFG, SITE, draws([700e3], [50e3], lift=2.0)).is_found.all()


def test_the_answer_falls_where_range_and_azimuth_say():
    found = answer(range_m=figure(1000e3, 50e3), apogee_m=figure(240e3, 10e3), azimuth_rad=EAST)
    assert found.shape[0] == "minimum_energy"
    off_m = frames.distance_m(
        *frames.destination(*SITE, EAST.middle, 1000e3), found.impact_lat_rad[0], found.impact_lon_rad[0]
    )
    assert off_m < 10e3
    ee, _, nn = found.cov_en_m2[0]
    assert (math.sqrt(ee), math.sqrt(nn)) == (approx(50e3, rel=0.2), approx(1000e3 * EAST.sigma, rel=0.2))
    assert sum(found.p) == approx(1.0, abs=0.02)
    assert found.flight_time_low_s < found.flight_time_mean_s < found.flight_time_high_s


def test_without_a_direction_there_is_no_impact_and_no_zone():
    found = answer(range_m=figure(1000e3, 50e3), apogee_m=figure(3700e3, 100e3))
    assert found.shape == ("lofted",)
    assert (found.azimuth_rad, found.impact_lat_rad, found.zones, found.p_zones) == ((), (), (), ())
    assert found.would_settle == "azimuth or landing words"


def test_a_missing_apogee_widens_and_is_named():
    wide = answer(range_m=figure(700e3, 20e3), azimuth_rad=EAST)
    narrow = answer(range_m=figure(700e3, 20e3), apogee_m=figure(170e3, 8e3), azimuth_rad=EAST)
    assert wide.would_settle == "apogee"
    assert {"minimum_energy", "lofted"} <= set(wide.shape)
    assert wide.flight_time_high_s - wide.flight_time_low_s > 5.0 * (
        narrow.flight_time_high_s - narrow.flight_time_low_s
    )
    assert narrow.would_settle == ""


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"azimuth_rad": EAST},
        {"apogee_m": figure(50e3, 3e3), "azimuth_rad": EAST},
        {"flight_time_s": figure(600.0, 30.0), "azimuth_rad": EAST},
        {"landing": landing_of(TABLES.places, "Sea of Japan")},
    ],
)
def test_what_leaves_range_open_is_refused_by_name(given):
    found = answer(**given)
    assert isinstance(found, Missing)
    assert found.figure == "range"


def test_landing_words_give_range_and_direction_by_themselves():
    found = answer(
        landing=landing_of(TABLES.places, "about 250 km west of Oga Peninsula"), apogee_m=figure(240e3, 10e3)
    )
    stated = frames.destination(math.radians(39.92), math.radians(139.75), 1.5 * math.pi, 250e3)
    assert frames.distance_m(*stated, found.impact_lat_rad[0], found.impact_lon_rad[0]) < 20e3


def test_words_stand_where_an_azimuth_leads_elsewhere():
    south = Figure(math.radians(150.0), math.radians(150.0), math.radians(2.0))
    words = landing_of(TABLES.places, "about 250 km west of Oga Peninsula")
    found = answer(landing=words, azimuth_rad=south, range_m=figure(1000e3, 50e3), apogee_m=figure(240e3, 10e3))
    assert ("landing words and azimuth", "apart") in [check[:2] for check in found.checks]
    assert math.degrees(found.azimuth_rad[0]) == approx(83.0, abs=6.0)


def test_a_time_no_flight_takes_is_set_aside_and_said():
    given = {"range_m": figure(2700e3, 80e3), "apogee_m": figure(550e3, 20e3)}
    found, plain = answer(flight_time_s=figure(29.0 * 60.0, 30.0), **given), answer(**given)
    assert ("flight time", "longer than a fall") in [check[:2] for check in found.checks]
    assert found.flight_time_mean_s == approx(plain.flight_time_mean_s)


def test_a_long_time_at_a_low_apogee_is_a_glide():
    given = {"range_m": figure(1000e3, 30e3), "apogee_m": figure(60e3, 3e3), "azimuth_rad": EAST}
    found = answer(flight_time_s=figure(13.0 * 60.0, 30.0), **given)
    assert found.shape[0] == "glide"
    assert ("range and apogee", "not a fall") in [check[:2] for check in found.checks]


def test_words_for_the_shape_tip_the_balance():
    given = {"range_m": figure(450e3, 20e3), "apogee_m": figure(50e3, 3e3), "azimuth_rad": EAST}
    p_of = {}
    for told in ((), ("depressed",), ("quasi_ballistic", "glide")):
        found = answer(shapes=told, **given)
        p_of[told] = dict(zip(found.shape, found.p, strict=True)).get("depressed", 0.0)
    assert p_of[("depressed",)] > p_of[()] > p_of[("quasi_ballistic", "glide")]


def test_the_class_goes_by_energy_not_by_range():
    lofted = answer(range_m=figure(998e3, 30e3), apogee_m=figure(3725e3, 50e3))
    assert dict(lofted.range_class)["ICBM"] > 0.9
    plain = answer(range_m=figure(998e3, 10e3), apogee_m=figure(240e3, 10e3))
    assert dict(plain.range_class)["SRBM"] + dict(plain.range_class)["MRBM"] > 0.99


def test_the_same_figures_give_the_same_bytes():
    given = {"range_m": figure(450e3, 20e3), "apogee_m": figure(50e3, 3e3), "azimuth_rad": EAST}
    one, two = answer(**given), answer(**given)
    assert codec.encode(one) == codec.encode(two)
    assert codec.decode_finding(codec.encode(one)) == one


def test_turning_the_circle_turns_the_weights_not_the_flights():
    """Weights of the families do not depend on which way north is, but for the turning Earth."""
    totals = []
    for azimuth in (0.5, 3.5):
        way = Figure(azimuth, azimuth, 0.03)
        figures = Figures(site_rad=SITE, range_m=figure(450e3, 20e3), apogee_m=figure(50e3, 3e3), azimuth_rad=way)
        totals.append([f.evidence for f in weigh.weigh(CFG, figures)])
    assert totals[0][0] == approx(totals[1][0], rel=0.3)


def claim(quantity, day="2025-11-07", speaker="kor.jcs", **fields):
    stance = "assessed"
    return Claim(
        text_id="a",
        quantity=quantity,
        speaker=speaker,
        stance=stance,
        event_date=day,
        evidence="",
        span=(0, 0),
        **fields,
    )


def number(quantity, value, **fields):
    return claim(quantity, low=value, high=value, **fields)


def heard(*claims, n_claims=None):
    """What the stage says of one report, claim by claim."""
    cfg = stage.configure(Settings(), TABLES)
    state, found = stage.start(cfg), []
    read = ReportRead(
        text_id="a", lang="en", is_launch_report=True, n_claims=len(claims) if n_claims is None else n_claims
    )
    for k, message in enumerate((read, *claims)):
        state, said = stage.step(cfg, state, structs.replace(message, id=f"7.{k}"))
        found.append(said)
    return found, state


AREA = claim("launch_area", value="Taegwan", place="Taegwan")
SEA = claim("toward", value="sea_of_japan")


def test_the_stage_answers_once_with_the_last_claim_of_a_report():
    found, state = heard(AREA, number("range_km", 450.0), SEA, number("apogee_km", 50.0))
    assert [len(said) for said in found] == [0, 0, 0, 0, 1]
    (said,) = found[-1]
    assert isinstance(said, Reconstruction)
    assert (said.speaker, said.event_date) == ("kor.jcs", "2025-11-07")
    assert said.rests_on == ("7.1", "7.2", "7.3", "7.4")
    assert state.n_awaited == 0


def test_each_speaker_with_figures_gets_an_answer_and_zones_said_are_only_compared():
    zone = claim("zone", value="outside_eez_jpn", speaker="jpn.gov")
    mod = {"speaker": "jpn.mod"}
    found, _ = heard(
        AREA, SEA, zone, number("range_km", 700.0), number("range_km", 450.0, **mod), number("apogee_km", 50.0, **mod)
    )
    said = {each.speaker: each for each in found[-1]}
    assert set(said) == {"kor.jcs", "jpn.mod"}
    assert said["jpn.mod"].range_m[0] == approx(450e3, abs=40e3)
    assert any(check[0] == "EEZ as said" for check in said["jpn.mod"].checks)


@pytest.mark.parametrize(
    "claims",
    [
        (number("range_km", 450.0),),  # from nowhere
        (claim("launch_area", value="a place nobody lists"), number("range_km", 450.0)),
        (AREA, SEA),  # no figure
        (AREA, number("range_km", 450.0, day="")),  # of no day
        (AREA, number("range_km", 1500.0), claim("vehicle_class", value="cruise")),
        (AREA, number("range_km", -1.0)),
    ],
)
def test_the_stage_stays_silent_where_claims_do_not_make_a_flight(claims):
    found, _ = heard(*claims)
    assert all(said == [] for said in found)


def test_other_inputs_cost_nothing_and_memory_is_bounded():
    cfg = stage.configure(Settings(), TABLES)
    state = stage.start(cfg)
    for message in (tick(1)[1], radar_scan(1)):
        assert stage.step(cfg, state, message) == (state, [])
    many = [number("range_km", 450.0, day=f"2025-{1 + k // 28:02d}-{1 + k % 28:02d}") for k in range(100)]
    _, state = heard(*many)
    assert len(state.days) == CFG.max_days
    assert state_codec.decode(state_codec.encode(state), stage.State) == state
