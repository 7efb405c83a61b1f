"""`bongsu reconstruct` as a function, as JSON and as a command."""

import json
import math

import pytest
from click.testing import CliRunner

import bongsu
from bongsu.cli import main
from bongsu.errors import BadInput
from bongsu.run import reconstruct as command

SITE = (40.2, 125.2)
PROMISED = ("shape", "range_km", "apogee_km", "azimuth_deg", "flight_time_min", "impact", "zones", "weight")
NEVER = ("burn", "speed", "thrust", "stag", "pitch", "payload", "target", "velocity", "climb")


@pytest.fixture(scope="module")
def told():
    found = bongsu.reconstruct(SITE, azimuth_deg=85.0, range_km=1000.0, apogee_km=240.0)
    return json.loads(command.as_json(found)), "\n".join(command.as_text(found))


def test_json_has_the_promised_fields_in_the_promised_units(told):
    found, _ = told
    assert set(found) >= {"flights", "flight_time_min", "range_class", "verdicts", "consistency"}
    flight = found["flights"][0]
    assert set(PROMISED) <= set(flight)
    assert flight["range_km"] == pytest.approx(1000.0, abs=20.0)
    assert flight["azimuth_deg"] == pytest.approx(85.0, abs=1.0)
    assert set(flight["impact"]) == {"lat_deg", "lon_deg", "cov_en_km2"}
    assert set(found["flight_time_min"]) == {"mean", "low", "high"}
    assert found["verdicts"]["JPN.eez"]["words"]
    assert all(set(check) == {"check", "result", "why"} for check in found["consistency"])
    assert sum(f["weight"] for f in found["flights"]) == pytest.approx(1.0, abs=0.02)


def test_two_figures_and_a_bound_are_intervals():
    both = bongsu.reconstruct(SITE, range_km=(900.0, 1100.0), apogee_km=3700.0)
    over = bongsu.reconstruct(SITE, range_km=1000.0, apogee_km=(3500.0, math.inf))
    assert 900e3 < both.range_m[0] < 1100e3
    assert 3450e3 < over.apogee_m[0] < 3950e3


def test_nothing_says_how_a_flight_was_made(told):
    keys = json.dumps(told[0]).lower() + told[1].lower()
    assert not [word for word in NEVER if word in keys]


def test_what_nothing_says_which_way_has_no_place():
    found = json.loads(command.as_json(bongsu.reconstruct(SITE, range_km=1000.0, apogee_km=3700.0)))
    (flight,) = found["flights"]
    assert "impact" not in flight
    assert flight["zones"] == found["verdicts"] == {}
    assert found["would_settle"] == "azimuth or landing words"


@pytest.mark.parametrize(
    ("given", "word"),
    [
        ({}, "--range-km"),
        ({"azimuth_deg": 85.0, "apogee_km": 50.0}, "--range-km"),
        ({"range_km": 1e6}, "range_km"),
        ({"range_km": math.nan}, "range_km"),
        ({"range_km": (450.0, 400.0)}, "range_km"),
        ({"range_km": (-math.inf, math.inf)}, "range_km"),
        ({"landing": "into the sea"}, "landing"),
    ],
)
def test_a_refusal_names_the_figure(given, word):
    with pytest.raises(BadInput, match=word):
        bongsu.reconstruct(SITE, **given)


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (["--site", "40.2"], 2),
        (["--site", "nan,125"], 2),
        (["--site", "125.2,40.2"], 2),
        (["--site", "40.2,125.2", "--range-km", "-5"], 2),
        (["--site", "40.2,125.2", "--azimuth-deg", "400"], 2),
        ([], 2),
        (["--site", "40.2,125.2", "--range-km", "400..x"], 2),
        (["--site", "40.2,125.2"], 1),
        (["--site", "40.2,125.2", "--range-km", "960..1000", "--apogee-km", "3500.."], 0),
    ],
)
def test_exit_codes(args, code):
    ran = CliRunner().invoke(main, ["reconstruct", *args])
    assert ran.exit_code == code, ran.output
    if code == 1:
        assert len(ran.stderr.strip().splitlines()) == 1


def test_json_is_all_there_is_on_standard_output():
    ran = CliRunner().invoke(
        main, ["reconstruct", "--site", "40.2,125.2", "--range-km", "1000", "--apogee-km", "3700", "--json"]
    )
    assert json.loads(ran.stdout)["range_class"] == "ICBM"
    assert ran.stdout.count("\n") == 1
