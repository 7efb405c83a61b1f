"""Scenario files: read, turned into SI, refused with the key that is wrong."""

import math
from pathlib import Path

import pytest

from bongsu.errors import BadInput
from bongsu.sim.scenario import Scenario, load

SHIPPED = sorted((Path(__file__).parents[3] / "scenarios").glob("*.toml"))
TEXT = """
id = "small"
title = "A small one"
why = "To test the reader."
t0 = 2025-11-07T03:35:00Z
[flight]
kind = "ballistic"
site_lat_deg = 40.0
azimuth_deg = [75.0, 95.0]
range_km = [450.0, 450.0]
apogee_km = [110.0, 110.0]
[[flight.stage]]
burn_s = [60.0, 60.0]
[[sensor]]
id = "eye"
kind = "infrared"
ecef_m = [42164000.0, 0.0, 0.0]
sigma_los_urad = 40.0
latency_s = 2.5
"""


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_shipped_scenario_loads_and_says_why_it_exists(path: Path) -> None:
    scenario = load(path)
    assert scenario.scenario_id == path.stem
    assert len(scenario.why.split()) > 25
    assert scenario.sources
    assert scenario.sensors
    assert {area.area_id for area in scenario.areas} >= {"jpn-territory", "kor-territory", "jpn-eez"}


def test_the_six_named_situations_are_there() -> None:
    assert {path.stem for path in SHIPPED} >= {
        "2025-11-07", "lofted-2017-07-28", "overflight-2017-08-29", "space-launch-2016-02-07", "airliners", "failed-boost",
    }  # fmt: skip


def test_the_eez_is_judged_and_not_warned() -> None:
    for path in SHIPPED:
        eez = next(area for area in load(path).areas if area.area_id == "jpn-eez")
        assert eez.zones == ("JPN.eez",)
        assert not eez.is_warned


def test_degrees_kilometres_and_microradians_become_si() -> None:
    scenario = load(TEXT)
    assert scenario.flight.site_lat_rad == pytest.approx(math.radians(40.0))
    assert scenario.flight.azimuth_rad == pytest.approx((math.radians(75.0), math.radians(95.0)))
    assert scenario.flight.range_m == (450e3, 450e3)
    assert scenario.sensors[0].sigma_los_rad == pytest.approx(40e-6)
    assert scenario.sensors[0].ecef_m == (42164000.0, 0.0, 0.0)


def test_one_latency_is_a_range_without_width() -> None:
    assert load(TEXT).sensors[0].latency_s == (2.5, 2.5)


def test_t0_is_nanoseconds_of_utc() -> None:
    assert load(TEXT).t0_ns == 1762486500 * 10**9
    assert load(TEXT.replace("03:35:00Z", "12:35:00+09:00")).t0_ns == load(TEXT).t0_ns


def test_without_a_label_nobody_may_see_the_scans() -> None:
    assert load(TEXT).label.releasable_to == ()


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ("range_km = [450.0, 450.0]", "range_km = [450.0, 400.0]", "range_m ends"),
        ("burn_s = [60.0, 60.0]", "burn_s = [60.0, 60.0]\nthrust = 3", "thrust"),
        ("2025-11-07T03:35:00Z", "2025-11-07T03:35:00", "time zone"),
        ('kind = "ballistic"', 'kind = "hover"', "hover"),
        ('kind = "ballistic"', 'kind = "quasi_ballistic"', "flight.lift"),
        ('kind = "ballistic"', 'kind = "failed"', "flight.failure"),
        ('kind = "ballistic"', 'kind = "space_launch"', "flight.orbit_km"),
        ("apogee_km = [110.0, 110.0]", "", "flight.apogee_km"),
        ("[[sensor]]", "[[flight.part]]\nafter_stage = 2\n[[sensor]]", "after_stage"),
        ("burn_s = [60.0, 60.0]", "burn_s = [0.0, 60.0]", "burn_s above 0"),
        ("burn_s = [60.0, 60.0]", "burn_s = [60.0, 60.0]\ngrowth = [1.0, 1.0]", "growth above 1"),
        ("latency_s = 2.5", "latency_s = -2.5", "latency_s not below 0"),
        ("site_lat_deg = 40.0", "site_lat_deg = 40.0\nbeta_kgpm2 = [0.0, 1.0]", "beta_kgpm2 above 0"),
        ("site_lat_deg = 40.0", "site_lat_deg = 140.0", "site_lat_rad"),
        ("id = ", "id ", "'='"),
    ],
)  # fmt: skip
def test_a_wrong_key_is_named_in_the_refusal(old: str, new: str, word: str) -> None:
    with pytest.raises(BadInput) as refusal:
        load(TEXT.replace(old, new, 1))
    assert word in str(refusal.value)


def test_a_sensor_id_may_not_stand_twice() -> None:
    sensor = TEXT[TEXT.index("[[sensor]]") :]
    with pytest.raises(BadInput, match="sensor id once"):
        load(TEXT + sensor)


def test_a_missing_file_is_refused_by_its_name(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"nowhere\.toml"):
        load(tmp_path / "nowhere.toml")


def test_a_scenario_keeps_what_was_published() -> None:
    scenario: Scenario = load(TEXT + '[[published]]\nwho = "A"\nwords = "about 450 km"\nrange_km = 450.0\n')
    assert scenario.published[0].range_m == 450e3
    assert not scenario.published[0].apogee_m
