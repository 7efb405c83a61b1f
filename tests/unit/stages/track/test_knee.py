"""Where a curve that is quiet on one side and driven on the other bends."""

import math

import numpy as np
import pytest

from bongsu.stages.track.knee import knee

TIMES_S = np.arange(-3.0, 2.05, 0.1)


def test_a_force_that_stops_at_once_is_dated_to_a_tenth():
    y = 30.0 * np.minimum(TIMES_S + 0.7, 0.0)
    at_s, sigma_s = knee(TIMES_S, y, 0.3, True)
    assert at_s == pytest.approx(-0.7, abs=0.1)
    assert sigma_s < 0.2


def test_a_force_that_comes_up_is_dated_by_its_other_side():
    y = -20.0 * np.maximum(TIMES_S + 1.2, 0.0)
    assert knee(TIMES_S, y, 0.3, False)[0] == pytest.approx(-1.2, abs=0.15)


def test_a_force_that_fades_is_dated_between_its_middle_and_its_end_and_says_how_far_apart_they_are():
    past = np.clip(TIMES_S + 1.5, 0.0, None)
    force = 20.0 * np.clip(1.0 - past / 2.0, 0.0, None)  # fades from -1.5 to 0.5 s
    y = np.cumsum(force) * 0.1
    at_s, sigma_s = knee(TIMES_S, y, 0.3, True)
    assert -0.8 < at_s < 0.5
    assert sigma_s > 2.0 * knee(TIMES_S, 30.0 * np.minimum(TIMES_S + 0.7, 0.0), 0.3, True)[1]


def test_a_weak_force_leaves_a_wide_answer():
    sharp = knee(TIMES_S, 30.0 * np.minimum(TIMES_S, 0.0), 0.5, True)[1]
    weak = knee(TIMES_S, 0.5 * np.minimum(TIMES_S, 0.0), 0.5, True)[1]
    assert weak > 5.0 * sharp


def test_the_answer_is_as_uncertain_as_its_scatter():
    found = [
        knee(
            TIMES_S,
            5.0 * np.minimum(TIMES_S, 0.0) + np.random.default_rng(seed).normal(0.0, 0.5, len(TIMES_S)),
            0.5,
            True,
        )
        for seed in range(60)
    ]
    errors = np.array([at_s for at_s, _ in found])
    assert np.sqrt(np.mean(errors**2)) < 1.3 * np.mean([sigma_s for _, sigma_s in found])


@pytest.mark.parametrize("t_s", [np.arange(4.0), np.zeros(9)])
def test_too_few_samples_or_no_time_between_them_tell_nothing(t_s):
    assert math.isnan(knee(t_s, t_s, 1.0, True)[0])
