"""A force that goes on, turning with the velocity; paths over ground."""

import numpy as np
import pytest
from tests.helpers.tracked import LN_BETA, state, vector

from bongsu.kernels.earth import geodetic_from_ecef
from bongsu.kernels.onward import force_in_velocity_frame, ground_paths, lift_ratio, push_on, velocity_frame

CLIMB = np.append(state(39.0, 127.0, 80e3, (1500.0, 0.0, 1500.0)), LN_BETA)


def pushed(parts: tuple[float, float, float], seconds: float, growth_ps: float = 0.0) -> tuple[np.ndarray, np.ndarray]:
    out, highest = np.empty((1, 7)), np.empty((1, 3))
    push_on(CLIMB.reshape(1, 7), np.array([parts]), np.array([[seconds, growth_ps]]), False, 1.0, out, highest)
    return out[0], highest[0]


def speed(x: np.ndarray) -> float:
    return float(np.sqrt((x[3:6] ** 2).sum()))


def test_the_velocity_frame_is_orthonormal_and_begins_with_the_velocity() -> None:
    frame = np.empty((3, 3))
    velocity_frame(*CLIMB[:6], frame)
    assert frame @ frame.T == pytest.approx(np.eye(3), abs=1e-12)
    assert frame[0] @ CLIMB[3:6] == pytest.approx(speed(CLIMB))
    assert frame[1] @ CLIMB[:3] > 0.0


def test_across_points_to_the_right_of_eastward_flight() -> None:
    frame = np.empty((3, 3))
    velocity_frame(*CLIMB[:6], frame)
    assert frame[2] @ np.array(vector(39.0, 127.0, (0.0, -1.0, 0.0))) > 0.99


def test_straight_up_there_is_no_plane_of_flight() -> None:
    frame = np.empty((3, 3))
    velocity_frame(7e6, 0.0, 0.0, 1000.0, 0.0, 0.0, frame)
    assert frame[0].tolist() == [1.0, 0.0, 0.0]
    assert not frame[1:].any()


def test_a_force_keeps_its_size_in_the_velocity_frame() -> None:
    part = np.empty(3)
    force_in_velocity_frame(CLIMB, np.array(vector(39.0, 127.0, (3.0, 4.0, 12.0))), part)
    assert float((part**2).sum()) == pytest.approx(169.0)


def test_no_time_changes_nothing() -> None:
    after, highest = pushed((30.0, 0.0, 0.0), 0.0)
    assert after.tolist() == CLIMB.tolist()
    assert highest.tolist() == [pytest.approx(80e3, abs=0.01), 0.0, 0.0]


def test_a_force_along_the_velocity_adds_speed_and_one_across_turns() -> None:
    free, _ = pushed((0.0, 0.0, 0.0), 20.0)
    along, _ = pushed((30.0, 0.0, 0.0), 20.0)
    across, _ = pushed((0.0, 0.0, 30.0), 20.0)
    assert speed(along) - speed(free) == pytest.approx(600.0, abs=30.0)
    assert speed(across) == pytest.approx(speed(free), rel=0.02)
    assert across[3:6] @ free[3:6] < 0.97 * speed(across) * speed(free)


def test_growth_makes_the_force_stronger_towards_the_end() -> None:
    even, _ = pushed((30.0, 0.0, 0.0), 20.0)
    growing, _ = pushed((30.0, 0.0, 0.0), 20.0, 0.05)
    assert speed(growing) - speed(even) == pytest.approx(300.0, abs=15.0)


def test_a_force_into_the_ground_ends_above_it() -> None:
    dive = np.append(state(39.0, 127.0, 8e3, (1500.0, 0.0, -800.0)), LN_BETA).reshape(1, 7)
    out, highest = np.empty((1, 7)), np.empty((1, 3))
    push_on(dive, np.array([[0.0, -20.0, 0.0]]), np.array([[60.0, 0.0]]), False, 1.0, out, highest)
    assert geodetic_from_ecef(*out[0, :3])[2] > 0.0
    assert 0.0 < highest[0, 2] < 12.0  # it acted only until then


def test_lift_is_its_ratio_times_the_pressure_of_the_air() -> None:
    low = np.append(state(39.0, 127.0, 20e3, (2000.0, 0.0, 0.0)), LN_BETA)
    ratio, out, highest = np.empty(3), np.empty((2, 7)), np.empty((2, 3))
    lift_ratio(low, np.array(vector(39.0, 127.0, (0.0, 0.0, 15.0))), ratio)
    assert ratio[1] == pytest.approx(15.0 / (0.5 * 0.0889 * 2000.0**2), rel=2e-3)  # US-1976 at 20 km
    both = np.tile(low, (2, 1))
    push_on(both, np.array([ratio, np.zeros(3)]), np.tile((0.5, 0.0), (2, 1)), True, 0.25, out, highest)
    gain = (out[0, 3:6] - out[1, 3:6]) @ np.array(vector(39.0, 127.0, (0.0, 0.0, 1.0)))
    assert gain == pytest.approx(7.5, rel=0.02)


def test_where_there_is_no_air_there_is_no_lift() -> None:
    ratio = np.empty(3)
    lift_ratio(np.append(state(39.0, 127.0, 300e3, (2000.0, 0.0, 0.0)), LN_BETA), np.ones(3), ratio)
    assert not ratio.any()


def test_ground_paths_begin_below_the_state_and_move_along_the_flight() -> None:
    out = np.empty((1, 5, 2))
    ground_paths(CLIMB.reshape(1, 7), np.array([200.0]), out)
    lat, lon = np.degrees(out[0, :, 0]), np.degrees(out[0, :, 1])
    assert (lat[0], lon[0]) == pytest.approx((39.0, 127.0))
    assert (np.diff(lon) > 0.5).all()


def test_ground_paths_are_nan_after_landing() -> None:
    out = np.empty((1, 5, 2))
    ground_paths(CLIMB.reshape(1, 7), np.array([4000.0]), out)
    assert np.isnan(out[0, -1]).all()


@pytest.mark.parametrize("ratio", [(0.005, 0.0, 0.0), (0.0, 0.05, 0.0), (0.02, -0.03, 0.05)])
def test_lift_turns_a_body_and_never_drives_it_on(ratio: tuple[float, float, float]) -> None:
    """Once lift was added over steps without bound, and a forecast of a fast stage that never ended hung the chain."""
    low = np.append(state(39.0, 127.0, 25e3, (5000.0, 0.0, -200.0)), LN_BETA)
    out, highest = np.empty((1, 7)), np.empty((1, 3))
    push_on(low.reshape(1, 7), np.array([ratio]), np.array([[240.0, 0.0]]), True, 2.0, out, highest)
    gained_by_falling = np.sqrt(speed(low) ** 2 + 2.0 * 9.81 * 25e3)
    assert speed(out[0]) < 1.02 * gained_by_falling
    assert highest[0, 0] < 2000e3
