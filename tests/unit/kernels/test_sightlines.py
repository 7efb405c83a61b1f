"""One path through lines of sight: its derivatives, what it recovers, and what a bad row or a bad clock does to it."""

import math

import numpy as np
import pytest
from tests.helpers.meteors import T0_NS, Watch, camera, come_in, scans

from bongsu.constants import NS_PER_S
from bongsu.kernels import sightlines as k
from bongsu.kernels.earth import ecef_from_geodetic

BODY = come_in()
SENSORS = (camera("a", 43.3, -80.8), camera("b", 43.2, -81.3), camera("c", 44.6, -80.9))
EXACT = np.array([1e-9, 1e-9, 1e-9])
LOOSE = np.array([1e-9, 1.0, 1.0])
CONSTANT = np.zeros(1)


def rows_of(watches, body=BODY):
    """Rows sorted by station, their starts, times from the middle of the event."""
    found, start = [], [0]
    for i, watch in enumerate(watches):
        s = watch.sensor
        place = ecef_from_geodetic(s.lat_rad, s.lon_rad, s.h_m)
        for scan in scans(body, [watch], seed=i):
            t_s = (scan.t_ns[0] - T0_NS) / NS_PER_S - 0.5 * body.end_s
            found.append([t_s, *place, *scan.los_ecef[0], s.sigma_los_rad, i])
        start.append(len(found))
    return np.array(found), np.array(start)


def fitted(watches, prior_s, edges=CONSTANT, body=BODY):
    """x, weights, squares and cost of a fit from the guess of the first two stations."""
    rows, start = rows_of(watches, body)
    x = np.zeros(k.N_MOTION + len(watches))
    assert k.guess_path(rows, start, 0, 1, prior_s, x) > 0.9
    pull = np.empty(3)
    k.pull_of(x, pull)
    x = np.concatenate((x, np.zeros(len(edges) - 1)))
    weight, square = np.empty(len(rows)), np.empty(len(rows))
    cost = k.fit_path(rows, start, prior_s, edges, pull, x, weight, square)
    return x, weight, square, cost


def watches(noise=1.0, clocks=(0.0, 0.0, 0.0), bad=()):
    return [
        Watch(s, clock_s=c, noise=noise, bad=bad if i == 1 else ())
        for i, (s, c) in enumerate(zip(SENSORS, clocks, strict=True))
    ]


def test_without_noise_the_path_and_the_clocks_come_out_exactly():
    x, _, square, _ = fitted(watches(noise=0.0, clocks=(0.0, 0.7, -1.3)), LOOSE)
    middle = BODY.at(0.5 * BODY.end_s)
    assert np.linalg.norm(x[:3] - middle[:3]) < 1.0
    assert np.linalg.norm(x[3:6] - middle[3:]) < 5.0
    assert x[6:9] == pytest.approx([0.0, 0.7, -1.3], abs=2e-5)
    assert square.max() < 0.05


def test_clocks_declared_exact_that_are_not_spoil_the_fit_for_all_to_see():
    wrong = watches(clocks=(0.0, 0.1, -0.1))
    x, _, _, cost = fitted(wrong, EXACT)
    r0 = BODY.states[0, :3]
    u = x[3:6] / np.linalg.norm(x[3:6])
    miss_m = np.linalg.norm(r0 - x[:3] - u * (u @ (r0 - x[:3])))
    assert miss_m > 1_000.0
    assert cost > 1_000.0 * fitted(wrong, LOOSE)[3]


def test_a_bad_row_is_left_out_and_a_bad_station_is_not():
    x, weight, _, _ = fitted(watches(bad=((4, 1.0),)), LOOSE)
    assert np.flatnonzero(weight == 0.0).tolist() == [len(weight) // 3 + 4]
    assert np.linalg.norm(x[:3] - BODY.at(0.5 * BODY.end_s)[:3]) < 150.0
    crooked = tuple((i, 1.0) for i in range(30))
    assert (fitted(watches(bad=crooked), LOOSE)[1] > 0.0).all()


def test_normal_equations_are_the_slope_of_the_cost():
    rows, start = rows_of(watches())
    edges = np.empty(3)
    k.pieces(-0.17, 0.17, 2, edges)
    x, *_ = fitted(watches(), LOOSE, edges)
    x = x + np.array([30.0, -20.0, 10.0, 40.0, 30.0, -50.0, 0.0, 1e-3, -1e-3, 500.0, -800.0])
    pull, n = np.array([1.0, -2.0, 9.0]), len(x)
    H, g, weight = np.empty((n, n)), np.empty(n), np.ones(len(rows))
    k.normal_equations(rows, x, LOOSE, edges, pull, weight, H, g)
    for j, step in enumerate([1.0] * 3 + [1.0] * 3 + [1e-12] + [1e-5] * 2 + [1.0] * 2):
        if j == 6:
            continue  # the clock that is held: its slope is the prior's
        up, down = x.copy(), x.copy()
        up[j] += step
        down[j] -= step
        costs = []
        for y in (up, down):
            square = np.empty(len(rows))
            k.squares(rows, y, 3, edges, pull, square)
            costs.append(square.sum() + ((y[6:9] / LOOSE) ** 2).sum())
        assert -2.0 * g[j] == pytest.approx((costs[0] - costs[1]) / (2.0 * step), rel=2e-3)
    assert start.tolist() == [0, len(rows) // 3, 2 * len(rows) // 3, len(rows)]


def test_pieces_join_without_a_jump_in_speed_or_place():
    edges = np.empty(5)
    k.pieces(-2.0, 2.0, 4, edges)
    x = np.array([7e6, 0.0, 0.0, 0.0, 15e3, 0.0, 0.0, -300.0, -900.0, -1500.0, 400.0])
    out = np.empty((401, 6))
    for i, t in enumerate(np.linspace(-2.0, 2.0, 401)):
        k.path_at(x, 1, edges, np.zeros(3), t, out[i])
    assert np.diff(out[:, 1]) / 0.01 == pytest.approx(0.5 * (out[1:, 4] + out[:-1, 4]), abs=1e-3)
    assert np.abs(np.diff(out[:, 4])).max() < 1500.0 * 0.0101
    assert out[200, [0, 1, 4]] == pytest.approx([7e6, 0.0, 15e3])


def test_a_braking_body_is_followed_by_pieces_of_acceleration():
    body = come_in(h_m=80e3, speed_mps=17e3, dive_deg=25.0, beta_kgpm2=1500.0, end_s=6.0)
    edges = np.empty(5)
    k.pieces(-3.0, 3.0, 4, edges)
    stations = [Watch(s, clock_s=c) for s, c in zip(SENSORS, (0.0, 1.3, 0.0), strict=True)]
    x, _, square, _ = fitted(stations, np.array([1e-9, 1.0, 1e-9]), edges, body)
    assert x[7] == pytest.approx(1.3, abs=0.01)
    assert math.sqrt(square.mean() / 2.0) < 1.2
    assert (x[9:] < 0.0).all()


def test_the_stated_spread_is_that_of_the_errors():
    rows, _ = rows_of(watches())
    x, weight, _, _ = fitted(watches(), LOOSE)
    cov, state, P = np.empty((9, 9)), np.empty(6), np.empty((6, 6))
    assert k.covariance(rows, LOOSE, CONSTANT, np.zeros(3), x, weight, cov)
    k.state_at(x, 3, CONSTANT, np.zeros(3), 0.1, -1, cov, state, P)
    e = state - BODY.at(0.5 * BODY.end_s + 0.1)
    assert 0.2 < e @ np.linalg.solve(P, e) < 22.5  # chi-squared, six degrees: 0.1 % at either end


def test_two_stations_in_one_plane_have_no_line():
    rows, start = rows_of([Watch(SENSORS[1]), Watch(camera("d", 43.2001, -81.3))])
    assert k.guess_path(rows, start, 0, 1, EXACT[:2], np.zeros(8)) == 0.0
