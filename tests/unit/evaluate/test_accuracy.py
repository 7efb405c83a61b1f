"""Misses, regions and scores."""

import math

import numpy as np
import pytest

from bongsu.evaluate.accuracy import K2_90, brier, percentiles, place_error
from bongsu.geo import frames


def test_a_miss_of_one_sigma_along_an_axis_has_unit_distance() -> None:
    lat, lon = frames.destination(0.7, 2.3, math.radians(90.0), 10_000.0)
    error = place_error(0.7, 2.3, (1e8, 0.0, 4e8), lat, lon)
    assert error.error_m == pytest.approx(10_000.0, abs=1e-3)
    assert error.d2 == pytest.approx(1.0, abs=1e-5)
    assert (error.major_m, error.minor_m) == pytest.approx((20_000.0 * math.sqrt(K2_90), 10_000.0 * math.sqrt(K2_90)))


def test_the_ninety_per_cent_region_holds_ninety_per_cent() -> None:
    rng = np.random.default_rng(5)
    cov = np.array([[4e8, 1.5e8], [1.5e8, 1e8]])
    inside = 0
    for east, north in rng.multivariate_normal([0.0, 0.0], cov, size=2000):
        lat, lon = frames.destination(0.7, 2.3, math.atan2(east, north), math.hypot(east, north))
        inside += place_error(0.7, 2.3, (cov[0, 0], cov[0, 1], cov[1, 1]), lat, lon).is_inside
    assert inside / 2000 == pytest.approx(0.90, abs=0.022)  # 99.9 % of 2,000 draws


def test_an_ellipse_without_area_holds_nothing() -> None:
    assert not place_error(0.7, 2.3, (1e8, 1e8, 1e8), 0.7001, 2.3).is_inside


def test_the_base_rate_has_no_skill_and_the_truth_has_all() -> None:
    outcomes = [True, False, False, True, False]
    assert brier([(0.4, o) for o in outcomes])[2] == pytest.approx(0.0)
    assert brier([(float(o), o) for o in outcomes])[2] == pytest.approx(1.0)
    assert all(map(math.isnan, brier([])))


def test_percentiles_of_nothing_are_nothing() -> None:
    assert all(map(math.isnan, percentiles([])))
    assert percentiles([1.0, 2.0, 3.0])[0] == 2.0
