"""Horizons: what the Earth hides."""

import math

import pytest

from bongsu.constants import A_EARTH_M, B_EARTH_M
from bongsu.sim.visibility import apparent_elevation_rad, horizon_arc_m, is_above_horizon, is_clear_of_earth


@pytest.mark.parametrize("h_m", [5e3, 30e3, 100e3, 1000e3])
def test_at_the_horizon_arc_a_ray_from_the_ground_leaves_level(h_m: float) -> None:
    assert apparent_elevation_rad(horizon_arc_m(h_m), h_m, 0.0) == pytest.approx(0.0, abs=1e-6)


def test_a_raised_antenna_sees_farther() -> None:
    assert horizon_arc_m(20e3, 300.0) == pytest.approx(horizon_arc_m(20e3) + 71.4e3, rel=1e-3)  # sqrt(2 kR h)


def test_a_lowest_elevation_shortens_the_view() -> None:
    arc_m = 0.98 * horizon_arc_m(20e3)
    assert is_above_horizon(arc_m, 20e3, 0.0, 0.0)
    assert not is_above_horizon(arc_m, 20e3, 0.0, math.radians(1.0))


def test_beyond_the_horizon_nothing_is_seen_even_with_a_low_beam() -> None:
    assert not is_above_horizon(1.02 * horizon_arc_m(20e3, 300.0), 20e3, 300.0, math.radians(-5.0))


def test_overhead_is_ninety_degrees_up() -> None:
    assert apparent_elevation_rad(0.0, 10e3, 100.0) == pytest.approx(math.pi / 2)


def test_a_satellite_sees_its_own_side_of_the_earth_only() -> None:
    satellite = (42_164e3, 0.0, 0.0)
    assert is_clear_of_earth(satellite, (A_EARTH_M + 1e3, 0.0, 0.0))
    assert not is_clear_of_earth(satellite, (-A_EARTH_M - 1e3, 0.0, 0.0))
    assert is_clear_of_earth(satellite, (-A_EARTH_M, 1.5 * A_EARTH_M, 0.0))  # behind the limb but to the side
    assert not is_clear_of_earth(satellite, (-A_EARTH_M, 1e6, 0.0))
    assert is_clear_of_earth(satellite, satellite)


def test_the_pole_hides_less_than_the_equator() -> None:
    far, between = -1e9, 0.5 * (A_EARTH_M + B_EARTH_M)
    assert is_clear_of_earth((1e9, 0.0, between), (far, 0.0, between))
    assert not is_clear_of_earth((1e9, between, 0.0), (far, between, 0.0))
