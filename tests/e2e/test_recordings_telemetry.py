"""Recorded telemetry through the chain: burn-outs, burns and apogees against what stands beside the recordings."""

import math

import pytest
from tests.helpers.recorded import apogees, burns, chain, events, plateau_apogee, reduced

from bongsu.messages.tracking import HeightsUpdated, LaunchDetected, TracksUpdated

FALCON, STARSHIP, ROCKETS = (
    "measurements/falcon_telemetry",
    "measurements/starship_ift3",
    "measurements/amateur_rockets",
)
SURE_S = 3.0  # an end with a larger sigma says itself that it is uncertain


@pytest.mark.parametrize("name", ["NROL-76", "SpaceX_CRS-11"])
def test_a_first_stage_at_ten_hertz(shared_data, tmp_path, name):
    source = shared_data / FALCON / name
    seen, truth = events(source), plateau_apogee(source)
    findings = chain("falcon", source, tmp_path).findings
    assert not any(isinstance(f, TracksUpdated) for f in findings)  # its place is never said
    main, back, entry = burns(findings)
    assert 0.0 < main.end_decided_s - seen["meco"] < 3.0
    assert main.end_s == pytest.approx(seen["meco"], abs=1.0)
    assert 0.0 < back.start_decided_s - seen["boostback_start"] < 10.0
    assert back.end_s == pytest.approx(seen["boostback_end"], abs=10.0) or back.sigma_end_s > SURE_S
    assert abs(back.end_s - seen["boostback_end"]) < 2.0 * back.sigma_end_s
    for found_s, event in ((entry.start_s, "entry_start"), (entry.end_s, "entry_end")):
        assert found_s == pytest.approx(seen[event], abs=3.0)
    assert entry.start_decided_s == pytest.approx(seen["entry_start"], abs=3.0)
    assert entry.end_decided_s == pytest.approx(seen["entry_end"], abs=3.0)
    assert_apogee(apogees(findings), seen, truth)


def assert_apogee(said, seen, truth):
    """The forecast before the second burn is withdrawn with its reason; those after it are right and know how right."""
    height_m, at_s = truth
    before = [a for a in said if a.said_s < seen["boostback_start"] + 10.0]
    after = [a for a in said if a.said_s > seen["boostback_end"]]
    assert before[-1].height_m > 1.02 * height_m  # right for a coast, had there been no more thrust
    assert "force acted" in after[0].reason
    for wait_s, share, within_s in ((20.0, 0.005, 1.5), (30.0, 0.003, 1.0)):
        late = [a for a in after if a.said_s >= seen["boostback_end"] + wait_s]
        assert late
        for a in late:
            assert a.height_m == pytest.approx(height_m, rel=share)
            assert a.at_s == pytest.approx(at_s, abs=within_s)
            assert a.low_m <= height_m <= a.high_m
            assert a.high_m - a.low_m < 0.02 * height_m


@pytest.mark.parametrize("name", ["NROL-76", "SpaceX_CRS-11"])
def test_the_same_at_one_hertz(shared_data, tmp_path, name):
    source = shared_data / FALCON / name
    seen, (height_m, at_s) = events(source), plateau_apogee(source)
    findings = chain("falcon", source, tmp_path, 1.0).findings
    main, _, entry = burns(findings)
    assert 0.0 < main.end_decided_s - seen["meco"] < 3.0
    assert entry.start_s == pytest.approx(seen["entry_start"], abs=3.0)
    assert entry.end_s == pytest.approx(seen["entry_end"], abs=3.0)
    last = apogees(findings)[-1]
    assert (last.height_m, last.at_s) == (pytest.approx(height_m, rel=0.003), pytest.approx(at_s, abs=1.0))


def ascents(shared_data):
    return sorted((shared_data / FALCON).iterdir())


def assert_ascent(source, folder):
    """Burn-out of one ascent, from the published 1 Hz reduction."""
    findings = chain("falcon", reduced(source, folder / "source"), folder).findings
    found = burns(findings)
    meco_s = events(source)["meco"]
    assert found[0].end_decided_s == pytest.approx(meco_s, abs=3.0), source.name
    assert found[0].end_s == pytest.approx(meco_s, abs=3.0), source.name


def test_burn_outs_of_every_sixth_ascent_at_one_hertz(shared_data, tmp_path):
    for source in ascents(shared_data)[::6]:
        assert_ascent(source, tmp_path / source.name)


@pytest.mark.accept
def test_burn_outs_of_all_ascents_at_one_hertz(shared_data, tmp_path):
    sources = ascents(shared_data)
    assert len(sources) == 34
    for source in sources:
        assert_ascent(source, tmp_path / source.name)


@pytest.mark.parametrize("name", ["IFT3_telemetry_booster.csv", "IFT3_full_data_booster.csv"])
def test_a_booster_in_whole_kilometres(shared_data, tmp_path, name):
    """Burn-out near 163 s, boost-back from 175 to about 230 s, a top that is shown as 106 km from 246 to 263 s."""
    findings = chain("starship", shared_data / STARSHIP / name, tmp_path).findings
    main, back = burns(findings)
    assert main.end_s == pytest.approx(164.0, abs=3.0)
    assert abs(back.end_s - 228.0) < 2.0 * back.sigma_end_s
    assert apogees(findings)[-1].height_m == pytest.approx(106_200.0, rel=0.005)
    assert findings_of(LaunchDetected, findings)


@pytest.mark.parametrize("name", ["IFT3_telemetry_ship.csv", "IFT3_full_data_ship.csv"])
def test_a_ship_that_burns_to_the_end_of_its_record(shared_data, tmp_path, name):
    findings = chain("starship", shared_data / STARSHIP / name, tmp_path).findings
    _, second = burns(findings)
    assert math.isnan(second.end_s)
    assert not [a for a in apogees(findings) if a.said_s > second.start_decided_s]


@pytest.mark.parametrize(
    ("kind", "name", "burn_out_s"),
    [
        ("altimeter", "andromeda_flight_data.csv", (3.5, 5.5)),
        ("altimeter", "juno3_cots_altimeter.csv", (3.5, 5.5)),
        ("gnss-speed", "juno3_cots_GNSS.csv", (3.5, 6.5)),
    ],
)
def test_a_small_rocket_burns_out_and_brakes_in_the_air_and_nothing_is_made_of_its_parachute(
    shared_data, tmp_path, kind, name, burn_out_s
):
    findings = chain(kind, shared_data / ROCKETS / name, tmp_path).findings
    (only,) = burns(findings)
    assert burn_out_s[0] < only.end_s < burn_out_s[1]
    phases = [f.phase[0] for f in findings_of(HeightsUpdated, findings)]
    assert phases[-1] == "drag"
    assert not apogees(findings)  # inside the air no coast is fitted, and no top is said


def findings_of(kind, findings):
    return [f for f in findings if isinstance(f, kind)]
