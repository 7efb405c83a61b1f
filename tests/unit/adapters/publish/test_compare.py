"""Figures stand side by side as they were given or found; a sensor that saw little says little."""

import pytest
from msgspec import structs
from tests.helpers import synthetic as syn

from bongsu.adapters.publish.account import SoloFigure
from bongsu.adapters.publish.compare import comparison
from bongsu.adapters.publish.gather import Gathered
from bongsu.sim.scenario import Published


@pytest.fixture
def account():
    heard = Gathered(syn.FRAME)
    for record in syn.records():
        heard.take(*record)
    return heard.account(is_whole=True)


def solo(a, sensor_id, range_m, last_h_m):
    flight = structs.replace(a.flight, range_m=range_m, sigma_range_m=20_000.0)
    return SoloFigure(
        sensor_id=sensor_id, first_ns=syn.at(40), last_ns=syn.at(300), first_h_m=20_000.0, last_h_m=last_h_m,
        top_h_m=52_000.0, flight=flight, impact=a.impact,
    )  # fmt: skip


def test_sensors_that_disagree_are_told_with_where_they_lost_sight(account):
    a = structs.replace(account, solo=(solo(account, "near", 700e3, 16e3), solo(account, "far", 470e3, 43e3)))
    said = comparison(a).remarks[0].text
    assert said.startswith("far alone says 470 ± 30 km, near alone 700 ± 30 km")
    assert "far lost sight at 43 km" in said and "near still followed it at 16 km" in said


def test_sensors_that_agree_within_their_uncertainty_are_said_to_agree(account):
    a = structs.replace(account, solo=(solo(account, "near", 700e3, 16e3), solo(account, "far", 660e3, 43e3)))
    assert "agree" in comparison(a).remarks[0].text


def test_a_sensor_without_a_forecast_apogee_says_how_high_it_saw(account):
    a = structs.replace(account, solo=(solo(account, "far", 470e3, 43e3),))
    row = comparison(a).rows[-1]
    assert row.who == "Bongsu, far alone" and row.apogee_words == "at least 52 km"
    assert row.basis == "followed it from a height of 20 km to 43 km; forecast if it flies on unpowered"


def test_a_sensor_that_followed_nothing_has_no_figures(account):
    row = comparison(structs.replace(account, solo=(SoloFigure(sensor_id="blind"),))).rows[-1]
    assert (row.range_words, row.apogee_words, row.basis) == ("-", "-", "saw nothing it could follow")


def test_the_truth_of_a_simulation_stands_last_and_is_called_that(account):
    truth = Published(who="the simulated flight itself", words="truth", range_m=702_000.0)
    rows = comparison(structs.replace(account, truth=truth)).rows
    assert (rows[-1].who, rows[-1].range_words) == ("the simulated flight itself", "about 700 km")
