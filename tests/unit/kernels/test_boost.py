"""The generic powered flight, its rows, and the fit."""

import math

import numpy as np
import pytest
from pytest import approx

from bongsu.constants import G0_MPS2
from bongsu.kernels.boost import (
    Problem,
    back_along_arc,
    cholesky,
    fit_boost,
    fly,
    huber_cost,
    offset_geodetic,
    residuals,
    solve_cholesky,
    state_at,
    thrust_at,
)
from bongsu.kernels.earth import C_enu_from_ecef, ecef_from_geodetic, enu_from_ecef, geodesic_inverse
from bongsu.kernels.flight import advance, height_m
from bongsu.models.boost import BoostSettings, derivative_steps, prior_table, start_vector

REF = np.array((math.radians(40.0), math.radians(126.0), 0.0, 0.0, 0.0))
KNOTS = np.array((0.0, 20.0, 50.0))
#                     e    n    t0   ln rise        ln a          growth                tilt rates (east, north) by stretch
TRUTH = np.array(
    [0.0, 0.0, 0.0, math.log(5.0), math.log(25.0), 0.004, 0.010, 0.010, 0.004, 0.001, 0.008, 0.002, 0.006, 0.0]
)


def flown(p: np.ndarray, dt_s: float, n_steps: int) -> np.ndarray:
    path = np.empty((n_steps + 1, 6))
    fly(p, 3, KNOTS, REF, dt_s, path)
    return path


def rows_along(path: np.ndarray, dt_s: float, times: list[float], sigma_m: float) -> np.ndarray:
    """Exact positions of a path at some times, as rows along the three axes."""
    x, rows = np.empty(6), []
    for t in times:
        state_at(t, path, dt_s, x)
        rows += [(t, 0.0, *axis, *x[:3].tolist(), 0.0, sigma_m) for axis in np.eye(3).tolist()]
    return np.array(rows)


def problem_of(rows: np.ndarray) -> Problem:
    settings = BoostSettings(knots_s=(0.0, 20.0, 50.0))
    return Problem(rows, prior_table(settings, 3, 0.0, 0.01), derivative_steps(3), KNOTS, 3, REF, 2.0, 3.0)


def test_an_offset_on_the_ellipsoid_is_as_far_away_as_it_says():
    lat, lon = offset_geodetic(0.7, 2.2, 3_000.0, -4_000.0)
    distance_m, azimuth, _ = geodesic_inverse(0.7, 2.2, lat, lon)
    assert distance_m == approx(5_000.0, rel=1e-3)
    assert azimuth == approx(math.atan2(3.0, -4.0), abs=1e-3)


def test_thrust_and_tilt_are_the_sums_of_their_rates():
    a, east, north = thrust_at(60.0, TRUTH, 3, KNOTS)
    assert a == approx(25.0 * math.exp(0.004 * 20 + 0.010 * 30 + 0.010 * 10))
    assert (east, north) == approx((0.004 * 15 + 0.008 * 30 + 0.006 * 10, 0.001 * 15 + 0.002 * 30))


def test_nothing_tilts_during_the_vertical_rise():
    assert thrust_at(5.0, TRUTH, 3, KNOTS)[1:] == approx((0.0, 0.0))


def test_steady_thrust_straight_up_climbs_like_a_falling_stone_turned_over():
    p = np.array([0.0, 0.0, 0.0, math.log(5.0), math.log(25.0)] + [0.0] * 9)
    path = flown(p, 1.0, 10)
    lat, lon = REF[0], REF[1]
    up_m = enu_from_ecef(*(path[10, :3] - path[0, :3]), lat, lon)[2]
    assert up_m == approx(0.5 * (25.0 - G0_MPS2) * 100.0, rel=2e-3)


def test_two_second_steps_follow_a_tilting_flight_within_two_metres():
    coarse, fine = flown(TRUTH, 2.0, 60), flown(TRUTH, 0.125, 960)
    assert coarse[60, :3] == approx(fine[960, :3], abs=2.0)


def test_a_flight_rests_on_its_launch_point_before_lift_off():
    path, x = flown(TRUTH, 2.0, 10), np.empty(6)
    state_at(-7.0, path, 2.0, x)
    assert x[:3] == approx(np.array(ecef_from_geodetic(REF[0], REF[1], 0.0)))
    assert not x[3:].any()


def test_states_between_steps_are_those_of_finer_steps():
    path, x = flown(TRUTH, 2.0, 30), np.empty(6)
    state_at(31.0, path, 2.0, x)
    assert x == approx(flown(TRUTH, 1.0, 60)[31], rel=0.0, abs=0.5)


def test_each_kind_of_row_measures_what_it_says():
    path, x = flown(TRUTH, 2.0, 30), np.empty(6)
    state_at(40.0, path, 2.0, x)
    sensor = np.array(ecef_from_geodetic(math.radians(38.0), math.radians(129.0), 100.0))
    away = x[:3] - sensor
    range_m = math.sqrt(float((away**2).sum()))
    side = C_enu_from_ecef(REF[0], REF[1])[0]
    rate = float((x[3:] * away).sum()) / range_m
    rows = np.array(
        [
            (40.0, 0.0, *side, *(x[:3] - 30.0 * side), 0.0, 10.0),
            (40.0, 1.0, *side, *sensor, 0.0, 0.5),
            (40.0, 2.0, *side, *sensor, rate - 6.0, 2.0),
            (40.0, 3.0, *side, *sensor, height_m(*x[:3]) - 500.0, 100.0),
            (40.0, 4.0, *side, *sensor, 38.0, 4.0),
        ]
    )
    out = np.empty(5)
    residuals(rows, 0.0, path, 2.0, out)
    assert out == approx((3.0, float((side * away).sum()) / range_m / 0.5, 3.0, 5.0, 0.5))


def test_hubers_cost_is_square_inside_its_bound_and_linear_outside():
    assert huber_cost(np.array((1.0, -2.0)), 3.0) == approx(5.0)
    assert huber_cost(np.array((10.0,)), 3.0) == approx(3.0 * 17.0)


def test_the_factor_of_a_matrix_solves_with_it_and_a_bad_matrix_has_none():
    A = np.array(((4.0, 1.0, 0.5), (1.0, 3.0, 0.2), (0.5, 0.2, 2.0)))
    L, x = np.zeros((3, 3)), np.empty(3)
    assert cholesky(A, L)
    solve_cholesky(L, A @ np.array((1.0, -2.0, 3.0)), x)
    assert x == approx((1.0, -2.0, 3.0))
    assert not cholesky(np.diag((1.0, -1.0, 1.0)), L)


def test_exact_positions_of_a_flight_lead_back_to_its_launch_point_and_time():
    rows = rows_along(flown(TRUTH, 0.5, 160), 0.5, [float(t) for t in range(20, 76, 5)], 20.0)
    p = start_vector(BoostSettings(), 3, -8.0)
    p[:2] = 3_000.0, -2_000.0
    cov = np.empty((14, 14))
    cost, _ = fit_boost(p, problem_of(rows), 20, cov)
    assert math.isfinite(cost)
    assert math.hypot(p[0], p[1]) < 3.0 * math.sqrt(cov[0, 0] + cov[1, 1])
    assert math.hypot(p[0], p[1]) < 150.0
    assert abs(p[2]) < 3.0 * math.sqrt(cov[2, 2]) < 9.0


def test_one_wrong_plot_hardly_moves_the_launch_point():
    rows = rows_along(flown(TRUTH, 0.5, 160), 0.5, [float(t) for t in range(20, 76, 5)], 20.0)
    answers = []
    for shift_m in (0.0, 5_000.0):
        wrong = rows.copy()
        wrong[12:15, 5] += shift_m
        p, cov = start_vector(BoostSettings(), 3, -8.0), np.empty((14, 14))
        fit_boost(p, problem_of(wrong), 20, cov)
        answers.append(p)
    assert math.dist(answers[0][:2], answers[1][:2]) < 100.0


def test_a_fit_that_cannot_be_flown_says_nan():
    rows = rows_along(flown(TRUTH, 0.5, 160), 0.5, [20.0, 30.0], 20.0)
    p, cov = start_vector(BoostSettings(), 3, 0.0), np.empty((14, 14))
    p[4] = np.nan
    assert math.isnan(fit_boost(p, problem_of(rows), 5, cov)[0])


def test_an_arc_followed_back_passes_where_it_climbed():
    lat, lon = math.radians(39.0), math.radians(126.0)
    turn = C_enu_from_ecef(lat, lon)
    start = np.zeros(10)
    start[:3] = ecef_from_geodetic(lat, lon, 90e3)
    start[3:6] = 1_500.0 * turn[0] + 2_000.0 * turn[2]
    start[9] = 50.0  # no drag
    later, out = np.empty(10), np.empty((2, 7))
    advance(start, 300.0, 1.0, later)
    top_m = back_along_arc(later[:6], np.array((200e3, 90e3)), 2.0, 400, out)
    assert out[1, 0] == approx(-300.0, abs=0.5)
    assert math.dist(out[1, 1:4], start[:3]) < 1_000.0
    assert out[0, 0] > out[1, 0]
    assert top_m == approx(90e3 + 2_000.0**2 / (2 * 8.7), rel=0.02)  # gravity less what eastward flight takes off


def test_a_height_never_climbed_through_is_not_on_the_arc():
    later, out = np.zeros(6), np.empty((1, 7))
    later[:3] = ecef_from_geodetic(0.7, 2.2, 50e3)
    later[3:6] = 1_000.0 * C_enu_from_ecef(0.7, 2.2)[2]
    back_along_arc(later, np.array((80e3,)), 2.0, 400, out)
    assert np.isnan(out).all()


@pytest.mark.parametrize("p_rise", [2.0, 9.0])
def test_a_longer_vertical_rise_covers_less_ground(p_rise):
    p = TRUTH.copy()
    p[3] = math.log(p_rise)
    end = flown(p, 2.0, 30)[30]
    covered_m = math.dist(end[:3], flown(TRUTH, 2.0, 30)[30, :3])
    east_m = enu_from_ecef(*(end[:3] - flown(TRUTH, 2.0, 30)[30, :3]), REF[0], REF[1])[0]
    assert covered_m > 100.0
    assert (east_m > 0.0) == (p_rise < 5.0)
