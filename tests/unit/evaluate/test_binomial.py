"""Exact intervals of a fraction."""

import pytest
from hypothesis import given
from hypothesis.strategies import integers
from scipy.stats import binomtest

from bongsu.evaluate.binomial import fraction


@given(n=integers(1, 500), k=integers(0, 500))
def test_the_interval_is_that_of_an_independent_library(n: int, k: int) -> None:
    k = min(k, n)
    oracle = binomtest(k, n).proportion_ci(confidence_level=0.999, method="exact")
    found = fraction(k, n)
    assert (found.low, found.high) == pytest.approx((oracle.low, oracle.high), abs=1e-9)


def test_four_hundred_runs_tell_ninety_from_eighty_three_and_from_ninety_six() -> None:
    assert fraction(360, 400).holds(0.90)
    assert not fraction(332, 400).holds(0.90)
    assert not fraction(384, 400).holds(0.90)


def test_nothing_proves_nothing() -> None:
    assert not fraction(0, 0).holds(0.5)
    assert not fraction(0, 0).reaches(0.0)
