"""Sigma points, expected plots, innovations and updates of one Gaussian."""

import math

import numpy as np
import pytest
from pytest import approx

from bongsu.kernels import gaussian as g

DIMS = np.arange(g.N_STATE)


def covariance(seed, n=g.N_STATE, scale=None):
    """A positive definite matrix with very different variances, and its correlations."""
    rng = np.random.default_rng(seed)
    root = rng.normal(size=(n, n + 3))
    scale = np.array([1e3, 2e3, 5e2, 30.0, 50.0, 20.0, 5.0, 4.0, 3.0, 0.5])[:n] if scale is None else scale
    return scale[:, None] * (root @ root.T / n) * scale


def plots(code, origin=(0.0, 0.0, 0.0), axes=None, z=(0.0, 0.0, 0.0, 0.0), var=(1.0, 1.0, 1.0, 1.0)):
    """One plot as columns."""
    axes = np.eye(3) if axes is None else axes
    return g.Plots(code, np.zeros(1, np.int64), *(np.array([a], dtype=float) for a in (origin, axes, z, var)))


def full_room():
    room = g.make_room()
    room.dims[:] = DIMS
    return room


def test_the_factor_times_itself_is_the_matrix():
    A, L = covariance(1), np.empty((10, 10))
    g.cholesky(A, 10, L)
    assert np.triu(L, 1) == approx(np.zeros((10, 10)))
    product = L @ L.T
    assert product == approx(A, rel=1e-12, abs=1e-9)


def test_an_empty_direction_keeps_a_sliver():
    A, L = np.ones((3, 3)), np.empty((3, 3))
    g.cholesky(A, 3, L)
    assert np.isfinite(L).all()
    assert L[1, 1] == approx(math.sqrt(g.PIVOT_FLOOR))


def test_a_variance_of_zero_stays_zero():
    A, L = np.diag([4.0, 0.0, 9.0]), np.empty((3, 3))
    g.cholesky(A, 3, L)
    assert np.diag(L).tolist() == [2.0, 0.0, 3.0]


def test_spread_and_gather_are_exact_for_linear_maps():
    P, x, room = covariance(2), np.linspace(-3.0, 9.0, 10), full_room()
    F = np.random.default_rng(3).normal(size=(10, 10))
    g.factor(P, 10, room)
    g.spread(x, 10, room)
    room.points[:] = room.points @ F.T
    x_out, P_out = np.zeros(10), np.zeros((10, 10))
    g.gather(10, room, x_out, P_out)
    size = np.sqrt(np.diag(F @ P @ F.T))
    assert x_out / size == approx(F @ x / size, abs=1e-10)
    assert P_out / np.outer(size, size) == approx(F @ P @ F.T / np.outer(size, size), abs=1e-10)


def test_the_mean_of_a_square_is_exact():
    P, x, room = covariance(4), np.linspace(1.0, 2.0, 10), full_room()
    g.factor(P, 10, room)
    g.spread(x, 10, room)
    room.points[:] = room.points**2
    x_out = np.zeros(10)
    g.gather(10, room, x_out, np.zeros((10, 10)))
    assert x_out == approx(x**2 + np.diag(P), rel=1e-12)


def test_components_that_are_not_named_are_left_alone():
    P, x, room = covariance(5), np.arange(10.0), g.make_room()
    room.dims[:3] = (0, 4, 9)
    g.factor(P, 3, room)
    g.spread(x, 3, room)
    assert room.points[:7, 1] == approx(np.ones(7))
    x_out, P_out = np.full(10, 7.0), np.full((10, 10), 7.0)
    g.gather(3, room, x_out, P_out)
    named = np.ix_((0, 4, 9), (0, 4, 9))
    assert P_out[named] == approx(P[named])
    assert x_out[[1, 2, 3, 5, 6, 7, 8]] == approx(np.full(7, 7.0))
    assert P_out[1, 2] == 7.0


def test_a_place_is_seen_where_it_is():
    out, x = np.zeros(4), np.array([3.0, 4.0, 12.0, 1.0, 2.0, 3.0, 0.0, 0.0, 0.0, 0.0])
    g.expected_plot(plots(g.PLACE, origin=(1.0, 1.0, 1.0)), 0, x, out)
    assert out[:3].tolist() == [2.0, 3.0, 11.0]


def test_a_radar_sees_range_two_small_angles_and_the_rate():
    out, x = np.zeros(4), np.array([30.0, 40.0, 1000.0, 1.0, 2.0, 3.0, 0.0, 0.0, 0.0, 0.0])
    g.expected_plot(plots(g.RADAR_RATE), 0, x, out)
    length = math.sqrt(30.0**2 + 40.0**2 + 1000.0**2)
    assert out.tolist() == approx([length, 30.0 / length, 40.0 / length, (30.0 + 80.0 + 3000.0) / length])


def test_a_sight_has_no_range():
    out, x = np.full(4, -1.0), np.array([30.0, 40.0, 1000.0] + [0.0] * 7)
    g.expected_plot(plots(g.SIGHT), 0, x, out)
    assert out[2:].tolist() == [-1.0, -1.0]
    assert g.n_measured(g.SIGHT) == 2


@pytest.mark.parametrize("dims", [tuple(range(10)), (0, 1, 2, 3, 4, 5, 9), tuple(range(6))])
def test_an_update_by_a_place_is_the_kalman_update(dims):
    n, P, x, room = len(dims), covariance(6), np.linspace(0.0, 1.0, 10), g.make_room()
    room.dims[:n] = dims
    axes = np.linalg.qr(np.random.default_rng(7).normal(size=(3, 3)))[0]
    seen = plots(g.PLACE, origin=(900.0, -500.0, 100.0), axes=axes, var=(100.0, 400.0, 25.0, 1.0))
    S0, x0 = P[np.ix_(dims, dims)], x[list(dims)]
    Hm = np.zeros((3, n))
    Hm[:, :3] = axes
    nu = -axes @ (x[:3] - seen.origin[0])
    S = Hm @ S0 @ Hm.T + np.diag(seen.var[0, :3])
    K = S0 @ Hm.T @ np.linalg.inv(S)
    d2, ln_l = g.correct(seen, 0, x, P, n, room)
    assert d2 == approx(nu @ np.linalg.solve(S, nu), rel=1e-10)
    assert ln_l == approx(-0.5 * (d2 + math.log(np.linalg.det(2 * math.pi * S))), rel=1e-10)
    assert x[list(dims)] == approx(x0 + K @ nu, rel=1e-10, abs=1e-9)
    size = np.sqrt(np.diag(S0))
    assert P[np.ix_(dims, dims)] / np.outer(size, size) == approx((S0 - K @ S @ K.T) / np.outer(size, size), abs=1e-10)
    assert (P[np.ix_(dims, dims)] == P[np.ix_(dims, dims)].T).all()


def test_a_squared_distance_is_that_of_the_inverse():
    A, dx = covariance(8, 6, np.ones(6)), np.linspace(-1.0, 2.0, 6)
    assert g.distance2(dx, A, 6) == approx(dx @ np.linalg.solve(A, dx))


def test_what_is_not_finite_has_no_distance():
    A = np.eye(6)
    A[2, 2] = np.nan
    assert math.isnan(g.distance2(np.ones(6), A, 6))
