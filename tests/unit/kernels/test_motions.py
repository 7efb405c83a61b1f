"""The bank of motions: mixing, moving, gating, updating."""

import math

import numpy as np
import pytest
from pytest import approx

from bongsu.kernels import gaussian as g
from bongsu.kernels import motions as m
from bongsu.models.motion import MotionSettings, beliefs, motions

SETTINGS = MotionSettings()
BELIEFS = beliefs(SETTINGS)
BANK = motions(SETTINGS)
R0 = np.array([6.9e6, 1.0e5, 2.0e5])
V0 = np.array([300.0, 2500.0, 1200.0])


def track(kinds=BANK.kinds, v=V0, force=(5.0, 0.0, 0.0)):
    """One track whose motions all start from one estimate."""
    n = len(kinds)
    x, P = np.zeros((1, n, 10)), np.zeros((1, n, 10, 10))
    x[0, :, :3], x[0, :, 3:6], x[0, :, 6:9], x[0, :, 9] = R0, v, force, SETTINGS.ln_beta
    for j in range(n):
        P[0, j] = np.diag([1e5] * 3 + [400.0] * 3 + [30.0] * 3 + [0.49])
        P[0, j, 0, 3] = P[0, j, 3, 0] = 2000.0
        m.keep_prior(kinds[j], x[0, j], P[0, j], BELIEFS)
    return m.States(x, P, np.full((1, n), 1.0 / n))


def blank(states):
    return m.States(*(np.zeros_like(a) for a in states))


def one_row(states):
    """The first row, as mix takes it."""
    return m.States(states.x[0], states.P[0], states.p[0])


def carried(states, dt_s, bank=BANK):
    out = blank(states)
    m.predict(states, np.zeros(1, np.int64), np.array([dt_s]), bank, out)
    return out


def place_plot(r, sigma_m=200.0):
    return g.Plots(
        g.PLACE, np.zeros(1, np.int64), np.array([r]), np.eye(3)[None], np.zeros((1, 4)), np.full((1, 4), sigma_m**2)
    )


@pytest.mark.parametrize(
    "kind, free", [(m.POWERED, range(10)), (m.COAST, (0, 1, 2, 3, 4, 5, 9)), (m.LEVEL, range(6)), (m.TURN, range(6))]
)
def test_each_motion_estimates_its_own_components(kind, free):
    dims = np.empty(10, np.int64)
    assert dims[: m.dims_of(kind, dims)].tolist() == list(free)


def test_what_a_motion_does_not_estimate_is_the_prior():
    x, P = np.ones(10), np.ones((10, 10))
    m.keep_prior(m.COAST, x, P, BELIEFS)
    assert x.tolist() == [1.0] * 6 + [0.0] * 3 + [1.0]
    assert P[6, 6] == SETTINGS.sigma_manoeuvre_mps2**2
    assert (P[6, 0], P[9, 7], P[9, 9], P[9, 0]) == (0.0, 0.0, 1.0, 1.0)
    m.keep_prior(m.LEVEL, x, P, BELIEFS)
    assert (x[9], P[9, 9], P[9, 0]) == (SETTINGS.ln_beta, approx(SETTINGS.sigma_ln_beta**2), 0.0)


def test_probabilities_of_change_sum_to_one_and_grow_with_time():
    pi, rates = np.empty((4, 4)), BANK.rates
    m.transition(rates, 2.0, pi)
    assert pi.sum(axis=1) == approx(np.ones(4))
    assert pi[m.POWERED, m.COAST] == approx(1.0 - math.exp(-2.0 / 60.0), rel=1e-3)
    m.transition(rates, 0.0, pi)
    assert pi == approx(np.eye(4))
    m.transition(rates, -3.0, pi)
    assert pi == approx(np.eye(4))


def test_a_mixture_has_the_mean_and_covariance_of_its_parts():
    kinds = np.array([m.POWERED, m.POWERED])
    was = track(kinds)
    was.x[0, 1, :] += 3.0
    was.p[0] = (0.25, 0.75)
    out, pi = one_row(blank(was)), np.array([[0.5, 0.5], [0.5, 0.5]])
    m.mix(one_row(was), pi, m.Motions(kinds, np.zeros((2, 2)), BELIEFS), out)
    assert out.p == approx(np.array([0.5, 0.5]))
    assert out.x[0] == approx(was.x[0, 0] + 0.75 * 3.0)
    assert out.P[0] == approx(was.P[0, 0] + 0.25 * 0.75 * 9.0, rel=1e-9)


def test_a_small_share_is_left_out_of_the_mixture_but_not_of_the_probabilities():
    kinds = np.array([m.COAST, m.COAST])
    was = track(kinds)
    was.P[0, 0, 0, 0] = 1e12
    was.p[0] = (1e-6, 1.0 - 1e-6)
    out = one_row(blank(was))
    m.mix(one_row(was), np.array([[0.9, 0.1], [0.1, 0.9]]), m.Motions(kinds, np.zeros((2, 2)), BELIEFS), out)
    assert out.P[1, 0, 0] == was.P[0, 1, 0, 0]
    assert out.p.sum() == approx(1.0)


def test_coast_forgets_the_force_and_power_begins_with_the_prior():
    was = track()
    was.p[0] = (0.9, 0.1, 0.0, 0.0)
    out, pi = one_row(blank(was)), np.empty((4, 4))
    m.transition(BANK.rates, 2.0, pi)
    m.mix(one_row(was), pi, BANK, out)
    assert out.x[m.COAST, 6:9].tolist() == [0.0, 0.0, 0.0]
    was.p[0] = (0.0, 1.0, 0.0, 0.0)
    m.mix(one_row(was), pi, BANK, out)
    assert out.x[m.POWERED, 6:9].tolist() == [0.0, 0.0, 0.0]
    assert out.P[m.POWERED, 6, 6] == SETTINGS.sigma_manoeuvre_mps2**2


def test_a_motion_that_nothing_leads_to_keeps_its_estimate():
    kinds = np.array([m.COAST, m.LEVEL])
    was = track(kinds)
    was.p[0] = (1.0, 0.0)
    out = one_row(blank(was))
    m.mix(one_row(was), np.eye(2), m.Motions(kinds, np.zeros((2, 2)), BELIEFS), out)
    assert out.x[1] == approx(was.x[0, 1])
    assert out.p.tolist() == [1.0, 0.0]


def test_three_identical_motions_are_one_filter():
    kinds = np.array([m.COAST] * 3)
    rates = np.array([[0.0, 0.1, 0.2], [0.3, 0.0, 0.1], [0.05, 0.05, 0.0]])
    three, bank3 = track(kinds), m.Motions(kinds, rates, BELIEFS)
    one, bank1 = track(kinds[:1]), m.Motions(kinds[:1], np.zeros((1, 1)), BELIEFS)
    three.p[0] = (0.6, 0.3, 0.1)
    plot = place_plot(R0 + 2.0 * V0 + 100.0)
    for bank, states in ((bank3, three), (bank1, one)):
        for _ in range(3):
            moved = carried(states, 2.0, bank)
            m.update(
                moved,
                bank,
                np.zeros(1, np.int64),
                np.zeros(1, np.int64),
                plot,
                np.zeros((1, len(bank.kinds))),
                np.zeros(1),
            )
            for a, b in zip(states, moved, strict=True):
                a[:] = b
    for j in range(3):
        assert three.x[0, j] == approx(one.x[0, 0], rel=1e-11)
        assert three.P[0, j] == approx(one.P[0, 0], rel=1e-8, abs=1e-9)


def test_a_step_of_no_time_copies():
    states = track()
    for a, b in zip(states, carried(states, 0.0), strict=True):
        assert (a == b).all()


def test_going_back_and_returning_changes_nothing():
    states = carried(track(), 1.0)
    back = m.States(*(a.copy() for a in states))
    m.shift(back, np.array([-3.0]), BANK)
    assert back.x[0, m.COAST, 0] != states.x[0, m.COAST, 0]
    m.shift(back, np.array([3.0]), BANK)
    for j in range(4):
        assert back.x[0, j] == approx(states.x[0, j], rel=1e-8, abs=0.05)  # curvature, twice
        size = np.sqrt(np.diag(states.P[0, j]))
        assert back.P[0, j] / np.outer(size, size) == approx(states.P[0, j] / np.outer(size, size), abs=1e-5)
    assert (back.p == states.p).all()


def test_power_pushes_along_its_force():
    there = carried(track(), 1.0)
    gained = there.x[0, m.POWERED, 3:6] - there.x[0, m.COAST, 3:6]
    assert gained == approx(np.array([5.0, 0.0, 0.0]), abs=0.2)


def test_ln_beta_returns_to_its_prior_under_power_and_stays_in_coast():
    states = track()
    states.x[0, :, 9] += 1.0
    there = carried(states, 5.0)
    keep = math.exp(-5.0 / SETTINGS.tau_ln_beta_s)
    assert there.x[0, m.POWERED, 9] - SETTINGS.ln_beta == approx(keep, abs=0.02)
    assert there.x[0, m.COAST, 9] - SETTINGS.ln_beta == approx(1.0, abs=0.02)


def test_level_flight_keeps_its_height():
    v = np.cross(np.array([0.0, 0.0, 1.0]), R0) / np.linalg.norm(R0) * 250.0
    there = carried(track(v=v), 10.0)
    assert np.linalg.norm(there.x[0, m.LEVEL, :3]) == approx(np.linalg.norm(R0), abs=0.5)
    assert there.P[0, m.TURN, 3, 3] > there.P[0, m.LEVEL, 3, 3]


def test_noise_of_power_is_that_of_a_wiener_acceleration():
    P, x = np.zeros((10, 10)), track().x[0, 0]
    quiet = BELIEFS.copy()
    quiet[m.POWERED_NOISE] = 0.0
    m.add_noise(m.POWERED, x, P, 2.0, quiet)
    q = SETTINGS.force_wander_m2ps5
    assert (P[0, 0], P[0, 3], P[3, 3], P[3, 6], P[6, 6]) == approx((q * 1.6, q * 2.0, q * 8.0 / 3.0, q * 2.0, q * 2.0))


def test_the_gate_takes_the_loosest_probable_motion_and_the_cost_is_that_of_the_mixture():
    states = track()
    states.P[0, m.TURN] *= 100.0
    plot, d2, cost = place_plot(R0 + 3000.0), np.zeros(1), np.zeros(1)
    zero = np.zeros(1, np.int64)
    m.gate(states, BANK, zero, zero, plot, d2, cost)
    nu = np.full(3, 3000.0)
    each = [nu @ np.linalg.solve(states.P[0, j, :3, :3] + 4e4 * np.eye(3), nu) for j in range(4)]
    ln_l = [
        -0.5 * e - 0.5 * math.log(np.linalg.det(2 * math.pi * (states.P[0, j, :3, :3] + 4e4 * np.eye(3))))
        for j, e in enumerate(each)
    ]
    assert d2[0] == approx(min(each), rel=1e-9)
    assert cost[0] == approx(-np.logaddexp.reduce(np.array(ln_l) + math.log(0.25)), rel=1e-9)
    states.p[0] = (0.5, 0.5, 0.0, 1e-9)
    m.gate(states, BANK, zero, zero, plot, d2, cost)
    assert d2[0] == approx(each[0], rel=1e-9)


def test_evidence_moves_the_probabilities_by_bayes_rule():
    p = np.array([0.5, 0.3, 0.2])
    m.reweigh(p, np.log(np.array([0.1, 1.0, 1.0])), 0.0)
    assert p == approx(np.array([0.05, 0.3, 0.2]) / 0.55)
    m.reweigh(p, np.array([-5000.0, 0.0, -9000.0]), 1e-9)
    assert p == approx(np.array([1e-9, 1.0, 1e-9]), rel=1e-6)


def test_what_was_follows_from_what_is_and_what_was_remembered():
    B = np.empty((4, 4))
    t_ns = np.array([-1, 0, 2, 4], dtype=np.int64) * 10**9
    p = np.array([[0.0] * 4, [0.9, 0.1, 0.0, 0.0], [0.5, 0.5, 0.0, 0.0], [0.1, 0.9, 0.0, 0.0]])
    m.past_motions(t_ns, p, 4 * 10**9, BANK.rates, B)
    assert approx(np.eye(4)) == B
    m.past_motions(t_ns, p, 10**9, BANK.rates, B)
    assert B.sum(axis=1) == approx(np.ones(4))
    one, two = np.empty((4, 4)), np.empty((4, 4))
    m.transition(BANK.rates, 2.0, one)
    m.transition(BANK.rates, 1.0, two)
    back = [(q[:, None] * pi / np.maximum(q @ pi, 1e-300)).T for q, pi in ((p[2], one), (p[1], two))]
    assert B[:2, :2] == approx((back[0] @ back[1])[:2, :2])
    assert B[m.COAST, m.POWERED] > 0.05  # it may have burnt out meanwhile
    assert B[m.POWERED, m.POWERED] > 0.97


def test_a_fast_or_steep_state_is_no_aircraft():
    x = np.zeros(10)
    x[:3], x[3:6] = (7e6, 0.0, 0.0), (0.0, 300.0, 0.0)
    assert m.ln_domain(m.LEVEL, x, BELIEFS) == 0.0
    x[4] = 1000.0
    assert m.ln_domain(m.LEVEL, x, BELIEFS) < -40.0
    assert m.ln_domain(m.COAST, x, BELIEFS) == 0.0
    x[3:6] = (200.0, 0.0, 0.0)
    assert m.ln_domain(m.TURN, x, BELIEFS) < -40.0


def test_the_summary_is_the_mixture():
    states = track()
    states.x[0, 0, :3] += 900.0
    r, v, sigma, h = np.empty((1, 3)), np.empty((1, 3)), np.empty(1), np.empty(1)
    m.summarise(states, r, v, sigma, h)
    assert r[0] == approx(R0 + 225.0)
    assert sigma[0] == approx(math.sqrt(3e5 + 3 * 0.25 * 0.75 * 900.0**2))
    assert h[0] == approx(np.linalg.norm(R0) - 6.378e6, abs=1e3)


def test_a_track_is_like_itself_and_unlike_one_far_away():
    a, b = track(), track()
    b.x[0, :, :3] += 5000.0
    both = m.States(*(np.concatenate(pair) for pair in zip(a, b, strict=True)))
    assert m.alike2(both, 0, 0, 0.0, 20.0) == approx(0.0, abs=1e-12)
    assert m.alike2(both, 0, 1, 0.0, 20.0) == approx(3 * 5000.0**2 / 2e5, rel=0.5)
    assert m.alike2(both, 0, 1, 5.0, 20.0) > 0.0


def test_a_falling_body_ends_below_the_ground_and_an_early_one_does_not():
    x = np.zeros((2, 10))
    x[:, 0], x[:, 3], x[:, 9] = 6_378_137.0 + 20_000.0, -1000.0, 8.0
    h = np.empty(2)
    m.coast_heights(x, np.array([5.0, 500.0]), 2.0, h)
    assert 14_500.0 < h[0] < 15_500.0
    assert -5000.0 < h[1] <= 0.0
