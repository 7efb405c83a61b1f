"""The filter against values from outside: scipy's distributions and integrator, pymap3d, and brute force."""

import math

import numpy as np
import pytest
from pytest import approx
from scipy.linalg import expm
from scipy.stats import chi2, multivariate_normal
from tests.unit.stages.track.flights import T0_NS, Looker, fly, lob, radar, settings

from bongsu.kernels import gaussian as g
from bongsu.kernels import motions as m
from bongsu.messages.inputs import Scan
from bongsu.models.motion import MotionSettings, beliefs, motions, rates
from bongsu.stages.track import measure
from bongsu.stages.track.config import configured

QUIET = MotionSettings(coast_noise_m2ps3=0.0, ln_beta_wander_1ps=0.0, max_step_s=0.5)
ZERO = np.zeros(1, np.int64)
ONLY_COAST = m.Motions(np.array([m.COAST]), np.zeros((1, 1)), beliefs(QUIET))


def coasting(r, v, sigma_r_m, sigma_v_mps):
    """One coasting track of known beta."""
    x, P = np.zeros((1, 1, 10)), np.zeros((1, 1, 10, 10))
    x[0, 0, :3], x[0, 0, 3:6], x[0, 0, 9] = r, v, math.log(5000.0)
    P[0, 0] = np.diag([sigma_r_m**2] * 3 + [sigma_v_mps**2] * 3 + [1.0] * 3 + [1e-12])
    m.keep_prior(m.COAST, x[0, 0], P[0, 0], ONLY_COAST.beliefs)
    return m.States(x, P, np.ones((1, 1)))


def carried(states, dt_s, bank=ONLY_COAST):
    out = m.States(*(np.zeros_like(a) for a in states))
    m.predict(states, ZERO, np.array([dt_s]), bank, out)
    return out


@pytest.mark.parametrize("n", [2, 3, 4])
@pytest.mark.parametrize("p_out", [0.1, 1e-3, 1e-4])
def test_gates_are_the_quantiles_of_scipy(n, p_out):
    assert measure.chi2_quantile(n, p_out) == approx(chi2.isf(p_out, n), rel=1e-9)


def test_changes_of_motion_follow_the_matrix_exponential_of_their_rates():
    pi, rate = np.empty((4, 4)), rates(MotionSettings())
    generator = rate - np.diag(rate.sum(axis=1))
    m.transition(rate, 1.0, pi)
    assert pi == approx(expm(generator), abs=2e-4)  # one change a step: second order in rate times time


def test_likelihoods_are_those_of_scipy():
    rng = np.random.default_rng(1)
    room, x, P = g.make_room(), rng.normal(size=10), np.zeros((10, 10))
    room.dims[:] = np.arange(10)
    root = rng.normal(size=(10, 14))
    P[:] = root @ root.T
    var = np.array([[0.5, 2.0, 1.0, 1.0]])
    plot = g.Plots(g.PLACE, ZERO, rng.normal(size=(1, 3)), np.eye(3)[None], np.zeros((1, 4)), var)
    want = multivariate_normal(x[:3], P[:3, :3] + np.diag(var[0, :3])).logpdf(plot.origin[0])
    assert g.correct(plot, 0, x, P, 10, room)[1] == approx(want, rel=1e-10)


@pytest.mark.parametrize("h_m, climb", [(60e3, 50.0), (300e3, 10.0), (25e3, -40.0)])
def test_a_carried_mean_is_where_another_integrator_arrives(h_m, climb):
    flight = lob(h_m=h_m, climb=climb, end_s=11.0)
    there = carried(coasting(*flight.state(0.0), 1e-3, 1e-6), 10.0)
    r, v = flight.state(10.0)
    assert there.x[0, 0, :3] == approx(r, abs=0.01)  # air of flight is a table, good to 3e-7
    assert there.x[0, 0, 3:6] == approx(v, abs=0.003)


def test_a_carried_covariance_is_that_of_another_integrators_derivative():
    r, v = lob(h_m=200e3, end_s=1.0).state(0.0)
    steps = np.array([10.0] * 3 + [1.0] * 3)

    def arrives(y):
        return np.concatenate(fly(y[:3], y[3:], lambda t: np.zeros(3), 5000.0, 31.0, max_step_s=10.0).state(30.0))

    y = np.concatenate([r, v])
    F = np.column_stack(
        [(arrives(y + d) - arrives(y - d)) / (2 * s) for d, s in zip(np.diag(steps), steps, strict=True)]
    )
    P0 = np.diag([100.0**2] * 3 + [5.0**2] * 3)
    want = F @ P0 @ F.T
    size = np.sqrt(np.diag(want))
    got = carried(coasting(r, v, 100.0, 5.0), 30.0).P[0, 0, :6, :6]
    assert got / np.outer(size, size) == approx(want / np.outer(size, size), abs=2e-4)


def test_a_radar_update_of_a_wide_prior_is_what_brute_force_finds():
    """200,000 draws of the prior weighed by the exact likelihood; the prior is wide enough for curvature to matter."""
    sensor = radar(p_detect=1.0, sigma_azimuth_rad=0.02, sigma_elevation_rad=0.02, sigma_range_m=2000.0)
    r, v = lob(end_s=1.0).state(0.0)
    looker = Looker(sensor, seed=3)
    plots = measure.plots_of(looker.scan(0.0, [(r, v)]), sensor, 2**62, {})
    states = coasting(r + np.array([6e3, -5e3, 4e3]), v, 12e3, 100.0)
    draws = np.random.default_rng(4).normal(size=(200_000, 3)) * 12e3 + states.x[0, 0, :3]
    d = (draws - looker.place) @ looker.C.T
    length = np.linalg.norm(d, axis=1)
    z = np.array([plots.z[0, 0], *angles(plots.axes[0, 2] @ looker.C.T)])
    seen = np.column_stack([length, np.arctan2(d[:, 0], d[:, 1]), np.arcsin(d[:, 2] / length)])
    w = np.exp(-0.5 * (((seen - z) / (2000.0, 0.02, 0.02)) ** 2).sum(axis=1))
    w /= w.sum()
    mean = w @ draws
    P = (draws - mean).T @ ((draws - mean) * w[:, None])
    m.update(states, ONLY_COAST, ZERO, ZERO, plots.columns, np.zeros((1, 1)), np.zeros(1))
    sigma = np.sqrt(np.diag(P))
    # no Gaussian filter is exact here; a twelfth of a sigma is what curvature leaves
    assert (states.x[0, 0, :3] - mean) / sigma == approx(np.zeros(3), abs=0.08)
    assert states.P[0, 0, :3, :3] / np.outer(sigma, sigma) == approx(P / np.outer(sigma, sigma), abs=0.1)


def angles(enu):
    return math.atan2(enu[0], enu[1]), math.asin(enu[2])


def test_a_radar_plot_points_where_pymap3d_says():
    pymap3d = pytest.importorskip("pymap3d")
    sensor = radar(lat=37.0, lon=129.4, h_m=300.0)
    for azimuth, elevation, length in ((10.0, 5.0, 400e3), (200.0, 60.0, 900e3), (359.9, 89.9, 100e3)):
        scan = Scan(
            sensor_id="radar", scan_id="s", kind="radar", valid_ns=T0_NS, t_ns=(T0_NS,), range_m=(length,),
            azimuth_rad=(math.radians(azimuth),), elevation_rad=(math.radians(elevation),),
        )  # fmt: skip
        plots = measure.plots_of(scan, sensor, 2**62, {})
        want = np.array(pymap3d.aer2ecef(azimuth, elevation, length, 37.0, 129.4, 300.0))
        assert plots.origin[0] + length * plots.axes[0, 2] == approx(want, abs=1e-3)
        x, out = np.zeros(10), np.zeros(4)
        x[:3] = want
        g.expected_plot(plots.columns, 0, x, out)
        assert out[:3] == approx(np.array([length, 0.0, 0.0]), abs=1e-3)


def test_the_bank_mixes_as_the_textbook_says():
    """One cycle of an interacting multiple model, written with matrices: Bar-Shalom, Li & Kirubarajan (2001), sec. 11.6.6."""
    bank = motions(MotionSettings(share_min=0.0))
    cfg = configured(settings(radar(), share_min=0.0))
    assert (cfg.motions.rates == bank.rates).all()
    rng, pi = np.random.default_rng(5), np.empty((4, 4))
    was = m.States(
        rng.normal(size=(4, 10)), np.stack([np.eye(10) * (j + 1.0) for j in range(4)]), np.array([0.4, 0.3, 0.2, 0.1])
    )
    out = m.States(*(np.zeros_like(a) for a in was))
    m.transition(bank.rates, 5.0, pi)
    m.mix(was, pi, bank, out)
    c = pi.T @ was.p
    share = pi * was.p[:, None] / c
    x = share.T @ was.x
    P0 = sum(share[i, 0] * (was.P[i] + np.outer(was.x[i] - x[0], was.x[i] - x[0])) for i in range(4))
    assert out.p == approx(c)
    assert out.x[0] == approx(x[0])  # powered estimates all ten
    assert out.P[0] == approx(P0)
    assert out.x[1, :6] == approx(x[1, :6])
