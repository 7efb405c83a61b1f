"""What reconstruction believes of printed numbers."""

import math

import numpy as np
import pytest
from pytest import approx

from bongsu.models.classes import minimum_energy_apogee_m
from bongsu.models.reconstruct import Figure, Figures, ReconstructSettings, loft, printed_step
from bongsu.models.reconstruct_figures import apogee_figure, azimuth_figure, range_figure, time_figure

CFG = ReconstructSettings()


@pytest.mark.parametrize(
    ("value", "step"),
    [
        (450.0, 50.0),
        (1000.0, 100.0),
        (700.0, 50.0),
        (998.0, 1.0),
        (3724.9, 0.1),
        (50.0, 5.0),
        (910.0, 10.0),
        (47.2, 0.1),
    ],
)
def test_a_printed_number_tells_where_it_was_rounded(value, step):
    assert printed_step(value) == approx(step)


def test_loft_is_the_apogee_over_the_least_energy_one():
    ranges = np.array([100e3, 500e3, 3000e3, 10_000e3])
    least = np.array([minimum_energy_apogee_m(r) for r in ranges])
    assert loft(ranges, 3.0 * least) == approx(np.full(4, 3.0))


def test_figures_are_in_si_and_a_bound_is_near_what_it_bounds():
    assert range_figure(CFG, 450.0, 450.0).middle == 450e3
    assert time_figure(CFG, 47.0, 47.0).middle == 2820.0
    over = range_figure(CFG, 930.0, math.inf)
    assert (over.low, over.high) == (930e3, approx(1041.6e3))
    under = apogee_figure(CFG, -math.inf, 50.0)
    assert (under.low, under.high) == (approx(44e3), 50e3)
    assert azimuth_figure(CFG, 90.0).middle == approx(0.5 * math.pi)


def test_a_low_flight_s_range_is_believed_less():
    low = apogee_figure(CFG, 50.0, 50.0)
    assert range_figure(CFG, 700.0, 700.0, low).sigma > 1.5 * range_figure(CFG, 700.0, 700.0).sigma


def test_a_flight_time_is_never_blurred_by_more_than_its_minute():
    assert time_figure(CFG, 45.0, 45.0).sigma < 45.0


def test_only_azimuth_or_words_give_a_direction():
    assert not Figures(site_rad=(0.7, 2.2), range_m=Figure(1e6, 1e6, 1e4)).is_directed
    assert Figures(site_rad=(0.7, 2.2), azimuth_rad=Figure(1.0, 1.0, 0.1)).is_directed
