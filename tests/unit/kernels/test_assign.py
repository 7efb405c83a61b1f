"""Coarse pairs, near places, and the best choice."""

import numpy as np
import pytest
from scipy.optimize import linear_sum_assignment

from bongsu.kernels import assign as a
from bongsu.kernels import gaussian as g

BENDS = np.array([100.0, 50.0])


def states(places, sigma_m=100.0, v=(0.0, 0.0, 0.0), sigma_mps=10.0, p=(0.5, 0.5)):
    """Tracks at places, both motions alike."""
    n = len(places)
    x, P = np.zeros((n, 2, 10)), np.zeros((n, 2, 10, 10))
    for i, place in enumerate(places):
        x[i, :, :3], x[i, :, 3:6] = place, v
        P[i, :] = np.diag([sigma_m**2] * 3 + [sigma_mps**2] * 3 + [1.0] * 4)
    from bongsu.kernels.motions import States

    return States(x, P, np.tile(np.array(p), (n, 1)))


def stated(places, t_s=0.0, sigma_m=50.0):
    """Plots that state places."""
    n = len(places)
    t_ns = np.full(n, round(t_s * 1e9), np.int64)
    return g.Plots(
        g.PLACE,
        t_ns,
        np.array(places, dtype=float),
        np.tile(np.eye(3), (n, 1, 1)),
        np.zeros((n, 4)),
        np.full((n, 4), sigma_m**2),
    )


def times(n, own=-1):
    return a.Times(np.zeros(n, np.int64), np.full(n, own, np.int64), 3_000_000_000, 900_000_000_000)


def best(dense, keep, miss):
    """The cheapest total, by scipy."""
    n, m = dense.shape
    full = np.full((n, m + n), 1e12)
    full[:, :m][keep] = dense[keep]
    full[np.arange(n), m + np.arange(n)] = miss
    rows, columns = linear_sum_assignment(full)
    return full, full[rows, columns].sum()


def sparse(dense, keep, miss):
    start = np.concatenate([[0], np.cumsum(keep.sum(axis=1))]).astype(np.int64)
    return a.Costs(start, np.nonzero(keep)[1].astype(np.int64), dense[keep], float(miss))


@pytest.mark.parametrize("miss", [1.0, 10.0, 1e6])
def test_the_choice_costs_what_scipy_finds(miss):
    rng = np.random.default_rng(int(miss))
    for _ in range(60):
        n, m = rng.integers(1, 9), rng.integers(0, 9)
        dense = 5.0 * rng.normal(size=(n, m))
        keep = rng.random((n, m)) < rng.random()
        match = a.assign(sparse(dense, keep, miss), int(m))
        full, want = best(dense, keep, miss)
        have = sum(full[i, c] if c >= 0 else miss for i, c in enumerate(match.tolist()))
        assert have == pytest.approx(want, rel=1e-12, abs=1e-9)
        used = [c for c in match.tolist() if c >= 0]
        assert len(set(used)) == len(used)


def test_no_rows_and_no_columns_are_no_choice():
    assert a.assign(a.Costs(np.zeros(1, np.int64), np.zeros(0, np.int64), np.zeros(0), 1.0), 0).tolist() == []
    assert a.assign(a.Costs(np.zeros(3, np.int64), np.zeros(0, np.int64), np.zeros(0), 1.0), 5).tolist() == [-1, -1]


def test_among_equals_the_lower_number_wins():
    dense, keep = np.zeros((1, 3)), np.ones((1, 3), bool)
    assert a.assign(sparse(dense, keep, 5.0), 3).tolist() == [0]


def test_pairs_are_those_within_reach():
    mark = np.zeros(3, np.int64)
    near = stated([(7e6, 0.0, 500.0), (7e6, 0.0, 90e3), (7e6, 50e3, 0.0)])
    tracks, columns = a.coarse_pairs(states([(7e6, 0.0, 0.0), (7e6, 50e3, 0.0)]), BENDS, times(2), near, mark)
    assert list(zip(tracks.tolist(), columns.tolist(), strict=True)) == [(0, 0), (1, 2)]
    assert mark.tolist() == [a.FAR] * 3


def test_all_pairs_are_found_when_there_are_many():
    places = [(7e6, 10.0 * i, 0.0) for i in range(12)]
    tracks, _ = a.coarse_pairs(states(places), BENDS, times(12), stated(places), np.zeros(12, np.int64))
    assert len(tracks) == 144


def test_a_plot_too_late_is_old_and_one_seen_before_a_repeat():
    mark = np.zeros(1, np.int64)
    late = stated([(7e6, 0.0, 0.0)], t_s=-5.0)
    pairs, _ = a.coarse_pairs(states([(7e6, 0.0, 0.0)]), BENDS, times(1), late, mark)
    assert (pairs.size, mark[0]) == (0, a.OLD)
    again = stated([(7e6, 0.0, 0.0)], t_s=2.0)
    pairs, _ = a.coarse_pairs(states([(7e6, 0.0, 0.0)]), BENDS, times(1, own=2_000_000_000), again, mark)
    assert (pairs.size, mark[0]) == (0, a.REPEAT)


def test_a_plot_older_than_the_last_of_its_own_sensor_is_old_and_of_another_fresh():
    now, one = 10_000_000_000, states([(7e6, 0.0, 0.0)])
    mark, plot = np.zeros(1, np.int64), stated([(7e6, 0.0, 0.0)], t_s=9.0)
    for own_ns, n_pairs in ((now, 0), (-1, 1)):
        when = a.Times(np.array([now]), np.array([own_ns]), 3_000_000_000, 900_000_000_000)
        pairs, _ = a.coarse_pairs(one, BENDS, when, plot, mark)
        assert (pairs.size, mark[0]) == (n_pairs, a.OLD)


def test_a_plot_beyond_the_gap_is_not_looked_at():
    mark = np.zeros(1, np.int64)
    pairs, _ = a.coarse_pairs(states([(7e6, 0.0, 0.0)]), BENDS, times(1), stated([(7e6, 0.0, 0.0)], t_s=901.0), mark)
    assert (pairs.size, mark[0]) == (0, a.FAR)


def test_a_line_of_sight_reaches_what_it_passes_and_nothing_behind():
    axes = np.eye(3)[None]
    sight = g.Plots(g.SIGHT, np.zeros(1, np.int64), np.zeros((1, 3)), axes, np.zeros((1, 4)), np.full((1, 4), 1e-10))
    assert a.is_near(0.0, 100.0, 1e7, 101.0, sight, 0, 6e-5)
    assert not a.is_near(0.0, 2000.0, 1e7, 101.0, sight, 0, 6e-5)
    assert not a.is_near(0.0, 0.0, -1e7, 101.0, sight, 0, 6e-5)


def test_a_radar_plot_reaches_six_sigma_of_its_worst_direction():
    var = np.array([[2500.0, 1e-6, 4e-6, 1.0]])
    plot = g.Plots(g.RADAR, np.zeros(1, np.int64), np.zeros((1, 3)), np.eye(3)[None], np.array([[1e6, 0, 0, 0]]), var)
    assert a.plot_reach(plot, 0) == pytest.approx(6.0 * 1e6 * 2e-3)
    assert a.is_near(0.0, 0.0, 1e6, 1.0, plot, 0, 10.0)


def test_what_is_not_a_number_is_near_nothing():
    assert not a.is_near(np.nan, 0.0, 0.0, 1e9, stated([(0.0, 0.0, 0.0)]), 0, 1.0)


def test_near_places_are_paired_once_if_one_has_changed():
    r = np.array([[0.0, 0, 0], [10.0, 0, 0], [25.0, 0, 0], [1e6, 0, 0]])
    first, second = a.near_pairs(r, np.array([True, False, False, False]), np.full(4, 8.0))
    assert list(zip(first.tolist(), second.tolist(), strict=True)) == [(0, 1)]
    first, second = a.near_pairs(r, np.ones(4, np.bool_), np.full(4, 8.0))
    assert list(zip(first.tolist(), second.tolist(), strict=True)) == [(0, 1), (1, 2)]
