"""Coast known by height and speed alone."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis.strategies import floats
from scipy.integrate import solve_ivp

from bongsu.kernels.vertical import apogee_of, apogee_with_sigma, coast_heights, fit_coast

G0, RADIUS_M = 9.7925, 6_373_000.0


def energy_m2ps2(h_m: float, w_mps: float, q_m2ps2: float) -> float:
    """Specific energy of a state, by its definition."""
    return 0.5 * (w_mps**2 + q_m2ps2) + G0 * RADIUS_M * h_m / (RADIUS_M + h_m)


@given(h_m=floats(50e3, 500e3), w_mps=floats(-2000.0, 2000.0), u_mps=floats(0.0, 3000.0), dt_s=floats(-100.0, 100.0))
def test_coast_conserves_energy_and_angular_momentum(h_m: float, w_mps: float, u_mps: float, dt_s: float) -> None:
    h, w, q = coast_heights(h_m, w_mps, u_mps**2, dt_s, 1.0, G0, RADIUS_M)
    assert energy_m2ps2(h, w, q) == pytest.approx(energy_m2ps2(h_m, w_mps, u_mps**2), rel=1e-9)
    assert q * (RADIUS_M + h) ** 2 == pytest.approx(u_mps**2 * (RADIUS_M + h_m) ** 2, rel=1e-9, abs=1e-3)


def test_the_apogee_is_where_an_independent_integrator_turns() -> None:
    h_m, w_mps, u_mps = 70e3, 1100.0, 1600.0

    def rates(_: float, y: np.ndarray) -> list[float]:
        r = RADIUS_M + y[0]
        return [y[1], -G0 * (RADIUS_M / r) ** 2 + y[2] ** 2 / r, -y[1] * y[2] / r]

    def turns(_: float, y: np.ndarray) -> float:
        return float(y[1])

    turns.terminal = True  # type: ignore[attr-defined]
    oracle = solve_ivp(rates, (0.0, 600.0), [h_m, w_mps, u_mps], method="DOP853", rtol=1e-12, atol=1e-9, events=turns)
    top_m, when_s = apogee_of(h_m, w_mps, u_mps**2, G0, RADIUS_M)
    assert top_m == pytest.approx(oracle.y_events[0][0][0], abs=1e-3)
    assert when_s == pytest.approx(oracle.t_events[0][0], abs=1e-6)


def samples(u_mps: float, n: int, seed: int) -> tuple[np.ndarray, ...]:
    """A rounded recording of one coast at 2 Hz, newest first, and its true state at the newest sample."""
    times = -0.5 * np.arange(n)
    truth = np.array([95e3, 500.0, u_mps**2])
    rows = np.array([coast_heights(*truth, t, 1.0, G0, RADIUS_M) for t in times])
    noise = np.random.default_rng(seed).normal(size=(n, 2))
    heights = rows[:, 0] + 29.0 * noise[:, 0]
    speeds = np.sqrt(rows[:, 1] ** 2 + rows[:, 2]) + 0.5 * noise[:, 1]
    return times, heights, speeds, np.full(n, 29.0), np.full(n, 0.5), truth


@pytest.mark.parametrize("u_mps", [0.0, 50.0, 1500.0])
def test_a_fit_is_consistent_even_straight_up(u_mps: float) -> None:
    squares = []
    for seed in range(40):
        *columns, truth = samples(u_mps, 30, seed)
        x, cov = np.zeros(3), np.zeros((3, 3))
        start = np.array([columns[1][0], 400.0, columns[2][0] ** 2 - 400.0**2])
        assert math.isfinite(fit_coast(*columns, start, G0, RADIUS_M, x, cov))
        error = x - truth
        squares.append(float(error @ np.linalg.solve(cov, error)))
    assert 1.9 < np.mean(squares) < 4.5  # chi-squared, 3 degrees, mean of 40: 99.9 % between 1.9 and 4.4


def test_the_apogee_is_as_uncertain_as_its_scatter() -> None:
    tops, sigmas = [], []
    for seed in range(60):
        *columns, truth = samples(800.0, 30, seed)
        x, cov, out = np.zeros(3), np.zeros((3, 3)), np.zeros(4)
        fit_coast(*columns, truth, G0, RADIUS_M, x, cov)
        apogee_with_sigma(x, cov, G0, RADIUS_M, out)
        tops.append(out[0])
        sigmas.append(out[2])
    assert np.std(tops) == pytest.approx(np.mean(sigmas), rel=0.35)  # the spread of 60 has a sigma of 9 %
