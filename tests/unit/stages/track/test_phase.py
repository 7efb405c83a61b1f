"""Phases without flicker, and burns dated back."""

import numpy as np
from pytest import approx
from tests.unit.stages.track.flights import T0_NS, radar, satellite, settings

from bongsu.constants import NS_PER_S
from bongsu.kernels.motions import COAST, LEVEL, POWERED, TURN
from bongsu.stages.track.bank import NONE, blank_bank, class_p, remember
from bongsu.stages.track.config import configured
from bongsu.stages.track.phase import decide, phases, switch_time

CFG = configured(settings(radar(), satellite()))
ONE = np.zeros(1, np.int64)


def bank_of(starter=1, n_plots=9, climb_mps=0.0):
    bank = blank_bank(1, 2)
    bank.x[:, :, 0], bank.x[:, :, 3] = 6.4e6, climb_mps
    bank.starter[:], bank.n_plots[:] = starter, n_plots
    bank.t_start_ns[:] = bank.t_ns[:] = T0_NS
    return bank


def told(bank, *steps, step_s=1.0):
    """Feed probabilities of power (the rest is coast) one step apart; the phases said and the burns observed."""
    said, burns = [], []
    for p in steps:
        bank.t_ns[:] += round(step_s * NS_PER_S)
        bank.p[0] = (p, 1.0 - p, 0.0, 0.0)
        remember(bank, ONE)
        burns += decide(CFG, bank, ONE)
        said += phases(CFG, bank, ONE, np.array([40e3]))
    return said, burns


def test_a_boost_ends_once_and_its_end_is_dated_back():
    said, burns = told(bank_of(), *([0.999] * 20), 0.95, 0.8, 0.5, 0.15, 0.02, 0.001)
    assert said[-1] == "coast"
    assert [b.end_ns > T0_NS for b in burns] == [True]
    assert T0_NS + 18 * NS_PER_S < burns[0].end_ns < burns[0].decided_ns
    assert 0.0 < burns[0].sigma_s < 5.0
    assert burns[0].start_ns == T0_NS


def test_a_wavering_probability_does_not_flicker():
    said, burns = told(bank_of(), 0.99, 0.99, 0.45, 0.55, 0.4, 0.6, 0.35, 0.9)
    assert set(said) == {"boost"}
    assert not burns


def test_power_soon_after_burn_out_is_the_same_boost():
    bank = bank_of()
    said, burns = told(bank, *([0.99] * 5), *([0.01] * 3), *([0.99] * 3))
    assert (said[6], said[-1]) == ("coast", "boost")
    assert burns[-1].start_ns == T0_NS
    assert not bank.has_coasted[0]


def test_a_force_by_which_the_air_brakes_what_sinks_is_no_burn():
    def sinking(starter, force_mps2):
        bank = bank_of(starter=starter)
        bank.x[:, :, 0], bank.x[:, :, 3], bank.x[:, :, 4] = 6.378137e6 + 20e3, -900.0, 300.0
        bank.x[:, POWERED, 6:9] = force_mps2
        return told(bank, *([0.99] * 8))

    assert "boost" not in sinking(0, (30.0, -8.0, 0.0))[0]
    assert sinking(0, (30.0, -8.0, 0.0))[0][-1] == "coast"
    assert "boost" in sinking(0, (10.0, 30.0, 0.0))[0]  # across its motion: lift or thrust
    assert "boost" in sinking(1, (30.0, -8.0, 0.0))[0]  # a flame was seen
    assert "boost" in sinking(0, (9e3, -3e3, 0.0))[0]  # more than any air could do: an engine


def test_power_long_after_burn_out_is_a_manoeuvre_in_the_air_and_thrust_above_it():
    bank = bank_of()
    said, burns = told(bank, *([0.99] * 5), *([0.001] * 20), *([0.99] * 4))
    assert said[-1] == "manoeuvre"
    assert burns[-1].start_ns == approx(T0_NS + 25.5 * NS_PER_S, abs=2 * NS_PER_S)
    assert phases(CFG, bank, ONE, np.array([150e3])) == ["thrust_again"]
    said, burns = told(bank, *([0.001] * 4))
    assert (said[-1], len(burns)) == ("coast", 1)


def test_a_manoeuvre_that_seemed_over_goes_on_under_its_first_start():
    bank = bank_of()
    _, burns = told(bank, *([0.99] * 5), *([0.001] * 20), *([0.99] * 4), *([0.01] * 3), *([0.99] * 3))
    assert burns[-1].start_ns == burns[-3].start_ns > T0_NS
    assert bank.has_coasted[0]


def test_a_young_radar_track_has_no_phase():
    said, _ = told(bank_of(starter=0, n_plots=2), 0.99)
    assert said == ["undetermined"]
    said, _ = told(bank_of(starter=0, n_plots=4), 0.99)
    assert said == ["undetermined"]
    said, _ = told(bank_of(starter=0, n_plots=5, climb_mps=200.0), 0.85, 0.95)
    assert said == ["undetermined", "boost"]


def test_what_moves_no_faster_than_aircraft_is_not_first_said_to_boost():
    """A wrong first height, put right a second later, looks like power: a climb that no sigma supports."""
    assert told(bank_of(starter=0, climb_mps=60.0), 0.99, 0.99)[0] == ["undetermined", "undetermined"]
    doubtful = bank_of(starter=0, climb_mps=130.0)
    doubtful.P[0, POWERED, 3:6, 3:6] = 40.0**2 * np.eye(3)
    assert told(doubtful, 0.99, 0.99)[0] == ["undetermined", "undetermined"]
    assert told(bank_of(starter=0, climb_mps=130.0), 0.99, 0.99)[0] == ["boost", "boost"]


def test_a_phase_that_became_unlikely_is_no_longer_said():
    bank = bank_of()
    told(bank, 0.99)
    bank.p[0] = (0.1, 0.3, 0.5, 0.1)
    assert phases(CFG, bank, ONE, np.zeros(1)) == ["undetermined"]


def test_cruising_and_turning_count_as_level_together():
    bank = bank_of(starter=0)
    bank.p[0] = (0.0, 0.1, 0.45, 0.45)
    remember(bank, ONE)
    assert decide(CFG, bank, ONE) == []
    assert phases(CFG, bank, ONE, np.zeros(1)) == ["level"]
    assert class_p(bank.p)[0] == approx(np.array([0.0, 0.1, 0.9]))
    assert (bank.p[0, LEVEL], bank.p[0, TURN]) == (0.45, 0.45)


def test_a_certain_change_is_dated_to_its_step():
    t_ns = np.full(32, NONE, np.int64)
    p = np.zeros((32, 4))
    for k in range(8):
        t_ns[24 + k] = T0_NS + 2 * k * NS_PER_S
        p[24 + k] = (1 - 1e-6, 1e-6, 0, 0) if k < 4 else (1e-6, 1 - 1e-6, 0, 0)
    found_ns, sigma_s = switch_time(CFG, t_ns, p, POWERED, COAST)
    assert (found_ns - T0_NS) / NS_PER_S == approx(7.0, abs=0.1)
    assert sigma_s == approx(2.0 / 12.0**0.5, rel=0.2)
