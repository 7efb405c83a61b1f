"""Likelihoods of launch days against sums written out, and what a fit can never do."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest import approx

from bongsu.kernels import activity

DAYS = st.lists(st.sampled_from((0.0, 1.0)), min_size=2, max_size=40).map(np.array)
RATES = st.floats(1e-3, 2.0)
FADES = st.floats(1e-2, 1.0)


def written_out(y, base, branching, fade):
    """The likelihood as a double sum, straight from its definition."""
    q, total = math.exp(-fade), 0.0
    for d in range(len(y)):
        rate = base + branching * sum((1 - q) * q ** (d - i - 1) * y[i] for i in range(d))
        total += math.log(1.0 - math.exp(-rate)) if y[d] else -rate
    return total


@given(y=DAYS, base=RATES, branching=st.floats(0.0, 0.95), fade=FADES)
def test_the_recursion_is_the_double_sum(y, base, branching, fade):
    assert activity.exciting_log_likelihood(y, base, branching, fade) == approx(
        written_out(y, base, branching, fade), rel=1e-9
    )


@given(y=DAYS, base=RATES, fade=FADES)
def test_without_branching_it_is_one_steady_rate(y, base, fade):
    assert activity.exciting_log_likelihood(y, base, 0.0, fade) == approx(activity.steady_log_likelihood(y, base))


@given(y=DAYS, base=RATES, branching=st.floats(0.0, 0.95), fade=FADES, n=st.integers(1, 12))
def test_no_launch_for_some_days_is_the_product_of_days_without_one(y, base, branching, fade, n):
    quiet = np.concatenate([y, np.zeros(n)])
    apart = activity.exciting_log_likelihood(quiet, base, branching, fade) - activity.exciting_log_likelihood(
        y, base, branching, fade
    )
    added = activity.excitation(y, fade)
    assert activity.exciting_none(base, branching, fade, added, n) == approx(apart, rel=1e-6, abs=1e-9)


@settings(max_examples=30)
@given(y=DAYS.filter(lambda y: 0 < y.sum() < len(y)))
def test_the_fit_is_never_worse_than_one_steady_rate(y):
    steady = activity.steady_log_likelihood(y, -math.log1p(-y.mean()))
    assert activity.fit_exciting(y)[3] >= steady - 1e-9


@given(y=DAYS, k=st.integers(1, 10))
def test_last_days_is_the_rate_of_those_days_alone(y, k):
    first = min(k, len(y))
    total = 0.0
    for d in range(first, len(y)):
        p = (y[d - k : d].sum() + 0.5) / (k + 1.0) if d >= k else 0.0
        total += math.log(p if y[d] else 1.0 - p)
    assert activity.last_days_log_likelihood(y, k, first) == approx(total)


@given(y=DAYS, usual=RATES, pull=st.floats(1.0, 100.0), keep=st.floats(0.5, 0.999))
def test_the_varying_rate_is_gamma_poisson_one_day_ahead(y, usual, pull, keep):
    total = 0.0
    for d in range(len(y)):
        weights = [keep ** (d - 1 - i) for i in range(d)]
        shape, days = pull * usual + sum(w * y[i] for i, w in enumerate(weights)), pull + sum(weights)
        none = (days / (days + 1.0)) ** shape
        total += math.log(1.0 - none) if y[d] else math.log(none)
    assert activity.varying_log_likelihood(y, usual, pull, keep) == approx(total, rel=1e-9)


def test_a_rate_that_excites_itself_is_found_again():
    """20,000 days drawn from known figures; the tolerance is four standard errors of such a fit, from 40 such draws."""
    rng, base, branching, fade = np.random.default_rng(3), 0.02, 0.6, 0.1
    q, added, y = math.exp(-fade), 0.0, np.zeros(20_000)
    for i in range(len(y)):
        y[i] = float(rng.random() < -math.expm1(-(base + branching * added)))
        added = q * added + (1.0 - q) * y[i]
    found = activity.fit_exciting(y)
    assert found[1] == approx(branching, abs=0.12)
    assert found[0] == approx(base, abs=0.008)
    assert found[2] == approx(fade, rel=0.6)


@pytest.mark.parametrize("n", [0, 1])
def test_days_all_alike_give_a_finite_likelihood(n):
    y = np.full(50, float(n))
    assert math.isfinite(activity.fit_exciting(y)[3])
