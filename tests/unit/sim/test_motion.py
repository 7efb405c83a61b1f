"""The truth's own forces and legs."""

import math
from itertools import pairwise

import numpy as np
import pytest

from bongsu.kernels.earth import C_enu_from_ecef, ecef_from_geodetic
from bongsu.sim.motion import (
    AIR_M,
    Forces,
    Lift,
    State,
    apogee,
    climb_mps,
    derivative,
    fall,
    gravity_mps2,
    height_m,
    lift_mps2,
    lift_ratio,
    smooth,
)  # fmt: skip

LIFT = Lift(ratio=2.0, top_m=26e3, onset_m=4e3, floor_m=8e3, level_mps=80.0)


def state(h_m: float, v_enu: tuple[float, float, float], lat_deg: float = 40.0, lon_deg: float = 130.0) -> State:
    """A state over a place, by its velocity east, north, up."""
    lat_rad, lon_rad = math.radians(lat_deg), math.radians(lon_deg)
    v = np.asarray(C_enu_from_ecef(lat_rad, lon_rad)).T @ np.array(v_enu)
    x, y, z = ecef_from_geodetic(lat_rad, lon_rad, h_m)
    return (float(x), float(y), float(z), *v.tolist())


def air_force(y: State, lift: Lift | None) -> np.ndarray:
    """Drag and lift of a state: the acceleration with air less that with almost none."""
    with_air = np.array(derivative(Forces(5000.0, lift=lift), 0.0, np.array(y))[3:])
    without = np.array(derivative(Forces(1e30), 0.0, np.array(y))[3:])
    return with_air - without


def test_drag_points_against_the_velocity() -> None:
    y = state(20e3, (1500.0, 300.0, -200.0))
    drag, v = air_force(y, None), np.array(y[3:])
    assert np.cross(drag, v) == pytest.approx(np.zeros(3), abs=1e-6)
    assert drag @ v < 0.0


def test_lift_is_across_the_velocity_upward_and_as_large_as_stated() -> None:
    y = state(18e3, (1500.0, 300.0, -200.0))
    lift, v, r = air_force(y, LIFT) - air_force(y, None), np.array(y[3:]), np.array(y[:3])
    assert lift @ v == pytest.approx(0.0, abs=1e-6 * np.linalg.norm(v))
    assert lift @ r > 0.0
    assert np.linalg.norm(lift) == pytest.approx(lift_mps2(Forces(5000.0, lift=LIFT), y), rel=1e-6)
    assert np.linalg.norm(lift) == pytest.approx(2.0 * np.linalg.norm(air_force(y, None)), rel=1e-6)


def test_lift_acts_in_its_band_and_while_sinking_only() -> None:
    assert lift_ratio(LIFT, 18e3, -100.0) == 2.0
    assert lift_ratio(LIFT, 26e3, -100.0) == lift_ratio(LIFT, 8e3, -100.0) == lift_ratio(LIFT, 18e3, 100.0) == 0.0
    assert lift_ratio(LIFT, 18e3, 0.0) == pytest.approx(1.0)


def test_straight_down_lift_does_no_harm() -> None:
    assert np.isfinite(air_force(state(18e3, (0.0, 0.0, -1500.0)), LIFT)).all()


def test_smooth_is_flat_at_both_ends() -> None:
    assert [smooth(u) for u in (-1.0, 0.0, 0.5, 1.0, 2.0)] == [0.0, 0.0, 0.5, 1.0, 1.0]
    assert smooth(1e-6) < 1e-11 and 1.0 - smooth(1.0 - 1e-6) < 1e-11


def test_gravity_at_the_pole_has_no_sideways_part() -> None:
    assert gravity_mps2(0.0, 0.0, 6.4e6)[:2] == (0.0, 0.0)


def test_a_fall_ends_on_the_ground_with_its_apogee_between() -> None:
    y = state(100e3, (1000.0, 0.0, 1500.0))
    legs = fall(0.0, y, 5000.0)
    assert [leg.is_stopped for leg in legs] == [True, True, True]
    assert height_m(legs[-1].end) == pytest.approx(0.0, abs=1e-3)
    height, t_s = apogee(legs)
    assert t_s == legs[0].end_s
    assert climb_mps(legs[0].end) == pytest.approx(0.0, abs=1e-6)
    heights = [height_m(y) for y in legs[0].states(np.linspace(0.0, t_s, 50)).T]
    assert max(heights) == pytest.approx(height, abs=1.0)


def test_a_fall_that_begins_sinking_in_the_air_has_one_leg() -> None:
    legs = fall(0.0, state(AIR_M - 1e3, (1000.0, 0.0, -100.0)), 5000.0)
    assert len(legs) == 1


def test_legs_join_without_a_step() -> None:
    legs = fall(0.0, state(100e3, (1000.0, 0.0, 2500.0)), 5000.0)
    for before, after in pairwise(legs):
        assert before.end_s == after.start_s
        assert after.states(after.start_s) == pytest.approx(np.array(before.end), rel=1e-12)


def test_lift_reaches_farther() -> None:
    y = state(60e3, (2000.0, 0.0, 0.0))
    near, far = fall(0.0, y, 6000.0)[-1].end, fall(0.0, y, 6000.0, LIFT)[-1].end
    start = np.array(y[:3])
    assert np.linalg.norm(np.array(far[:3]) - start) > np.linalg.norm(np.array(near[:3]) - start) + 50e3
