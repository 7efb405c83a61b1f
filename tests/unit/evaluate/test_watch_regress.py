"""Weights of signs found again from drawn outcomes, below a most chance that is found too."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from bongsu.evaluate.watch.regress import chances, regress
from bongsu.models.watch import bounded, logit, probability


@given(total=st.floats(-5.0, 8.0), prior=st.floats(0.01, 0.98), most=st.floats(0.3, 1.0))
def test_the_fit_believes_what_the_watch_does(total, prior, most):
    p, _ = chances(np.array([total]), np.array([prior]), most)
    assert p[0] == approx(probability(logit(prior) + bounded(prior, total, most)), abs=2e-6)


@given(total=st.floats(-4.0, 4.0).filter(lambda t: abs(t) > 1e-3), prior=st.floats(0.05, 0.9), most=st.floats(0.3, 1.0))
def test_slopes_are_differences(total, prior, most):
    step = 1e-5
    up, down = (chances(np.array([total + s]), np.array([prior]), most)[0] for s in (step, -step))
    assert chances(np.array([total]), np.array([prior]), most)[1][0] == approx((up - down)[0] / (2 * step), abs=1e-5)


def test_weights_and_the_most_chance_are_found_again():
    """Tolerances are four standard errors of 40 such draws; a sign that never came weighs nothing."""
    rng = np.random.default_rng(4)
    x = rng.random((20_000, 3)) * (rng.random((20_000, 3)) < 0.4) * [1.0, 1.0, 0.0]
    prior = rng.uniform(0.1, 0.3, 20_000)
    p, _ = chances(x @ np.array([3.0, -1.5, 0.0]), prior, 0.7)
    fit = regress(x, (rng.random(20_000) < p).astype(float), prior)
    assert fit.most_p == approx(0.7, abs=0.16)
    assert fit.weights[0] == approx(3.0, abs=0.7)
    assert fit.weights[1] == approx(-1.5, abs=0.3)
    assert fit.weights[2] == 0.0
