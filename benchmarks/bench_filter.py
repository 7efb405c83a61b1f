"""How fast is one track update by sigma points, beside Stone Soup's unscented filter with the same motion and measurement?

An update is a prediction over one second and a correction by one radar plot (range and two angles); seven states: position,
velocity, ln beta; gravity with J2, rotation and drag by the layered air, one Runge-Kutta step. Counted: for Bongsu its two
kernels, called once a scan for 100 tracks as the tracker calls them, one motion (coast) in the bank; for Stone Soup predictor
and updater, one track at a time, as they are made. Not counted: compiling, making plots and detections. One thread.

Two Stone Soup contenders: its motion written in numpy over all sigma points at once, and the same motion through Bongsu's
compiled step, so that the framework alone is left. The two filters place sigma points alike but keep the second-order part of
the covariance differently; how far the estimates part is printed in sigmas. Rounds are interleaved; ratios are medians of
per-round ratios with their range. Needs the dependency group `bench`.
"""

# ruff: noqa: E402  (the counts of threads must be set before numpy is imported)
import datetime
import math
import os
import time
from collections.abc import Callable

for _threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(_threads, "1")  # one thread for everybody; must stand before numpy

import numpy as np
from stonesoup.base import Property
from stonesoup.models.base import GaussianModel
from stonesoup.models.measurement.nonlinear import NonLinearGaussianMeasurement
from stonesoup.models.transition.base import TransitionModel
from stonesoup.predictor.kalman import UnscentedKalmanPredictor
from stonesoup.types.array import CovarianceMatrix, StateVector, StateVectors
from stonesoup.types.detection import Detection
from stonesoup.types.hypothesis import SingleHypothesis
from stonesoup.types.state import GaussianState
from stonesoup.updater.kalman import UnscentedKalmanUpdater

from bongsu.constants import A_EARTH_M, GM_EARTH_M3PS2, OMEGA_EARTH_RADPS, R_GEOPOTENTIAL_M
from bongsu.kernels import motions as m
from bongsu.kernels._jit import kernel
from bongsu.kernels.air import FLIGHT_LAYERS
from bongsu.kernels.earth import C_enu_from_ecef, ecef_from_geodetic
from bongsu.kernels.flight import advance
from bongsu.kernels.forces import EP2_EARTH, J2_K_M2
from bongsu.kernels.gaussian import RADAR, Plots
from bongsu.models.motion import MotionSettings, beliefs

ROUNDS = 7
N_TRACKS, N_SCANS = 100, 100
SIGMA = np.array([100.0, 1e-3, 1e-3])  # range (m), across the line of sight twice (rad)
PRIOR = np.array([1000.0**2] * 3 + [50.0**2] * 3 + [0.3**2])
SEVEN = [0, 1, 2, 3, 4, 5, 9]  # places of the seven states in the common ten


def density_numpy(h: np.ndarray) -> np.ndarray:
    """kernels.air in numpy."""
    base, ln_rho, lapse, warming = FLIGHT_LAYERS[np.maximum(np.searchsorted(FLIGHT_LAYERS[:, 0], h, "right") - 1, 0)].T
    part = (h - base) / (2.0 * (R_GEOPOTENTIAL_M + h) + warming * (h - base))
    q = (warming * part) ** 2
    return np.exp(ln_rho - 2.0 * lapse * part * (1 + q * (1 / 3 + q * (1 / 5 + q * (1 / 7 + q * (1 / 9 + q / 11))))))


def slope_numpy(s: np.ndarray) -> np.ndarray:
    """kernels.forces.fall_accel in numpy over columns (7, N): d/dt of position, velocity, ln beta."""
    r2 = np.einsum("ij,ij->j", s[:3], s[:3])
    r = np.sqrt(r2)
    s2 = s[2] ** 2 / r2
    q = EP2_EARTH * s2
    rho = A_EARTH_M * (1 - q * (0.5 - q * (0.375 - q * (0.3125 - q * 0.2734375))))
    h = (r - rho) * (1 - 0.5 * EP2_EARTH * A_EARTH_M * q * (1 - s2) / r)
    d = -0.5 * np.exp(-s[6]) * density_numpy(h) * np.sqrt(np.einsum("ij,ij->j", s[3:6], s[3:6]))
    g, k, turn = -GM_EARTH_M3PS2 / (r2 * r), J2_K_M2 / r2, OMEGA_EARTH_RADPS
    side = g * (1 + k * (1 - 5 * s2)) + turn * turn
    out = np.zeros_like(s)
    out[:3] = s[3:6]
    out[3] = side * s[0] + 2 * turn * s[4] + d * s[3]
    out[4] = side * s[1] - 2 * turn * s[3] + d * s[4]
    out[5] = g * (1 + k * (3 - 5 * s2)) * s[2] + d * s[5]
    return out


def step_numpy(s: np.ndarray) -> np.ndarray:
    """One Runge-Kutta step of a second."""
    k1 = slope_numpy(s)
    k2 = slope_numpy(s + 0.5 * k1)
    k3 = slope_numpy(s + 0.5 * k2)
    k4 = slope_numpy(s + k3)
    return s + (k1 + 2 * (k2 + k3) + k4) / 6


@kernel
def step_compiled(s):
    """The same step over columns by the compiled kernel."""
    out, ten = np.empty_like(s), np.zeros(10)
    for j in range(s.shape[1]):
        ten[:6], ten[9] = s[:6, j], s[6, j]
        advance(ten, 1.0, 1.0, ten)
        out[:6, j], out[6, j] = ten[:6], ten[9]
    return out


class Fall(TransitionModel, GaussianModel):
    """Stone Soup's view of the motion."""

    step: Callable = Property()
    noise: np.ndarray = Property()
    ndim_state = 7
    ndim = 7

    def covar(self, **_: object) -> np.ndarray:
        return self.noise

    def rvs(self, *_: object, **__: object) -> np.ndarray:
        raise AttributeError("this benchmark draws no noise")

    def pdf(self, *_: object, **__: object) -> np.ndarray:
        raise AttributeError("this benchmark asks for no density")

    def function(self, state: object, noise: object = False, **_: object) -> np.ndarray:
        out = self.step(np.ascontiguousarray(state.state_vector, dtype=float))
        return out.view(StateVectors) if out.shape[1] > 1 else StateVector(out)


class Line(NonLinearGaussianMeasurement):
    """Stone Soup's view of a radar plot: range, and two directions across the measured line of sight."""

    origin: np.ndarray = Property()
    axes: np.ndarray = Property()
    ndim_meas = 3

    def function(self, state: object, noise: object = False, **_: object) -> np.ndarray:
        d = np.asarray(state.state_vector, dtype=float)[:3] - self.origin[:, None]
        length = np.sqrt(np.einsum("ij,ij->j", d, d))
        out = np.vstack((length, self.axes[0] @ d / length, self.axes[1] @ d / length))
        return out.view(StateVectors) if out.shape[1] > 1 else StateVector(out)


def flight() -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """A seven-state at the start, the radar's place, and axes (n, 3, 3) and measurements (n, 3) of its plots."""
    rng = np.random.default_rng(1)
    lat_rad, lon_rad = math.radians(40.2), math.radians(125.2)
    v = C_enu_from_ecef(lat_rad, lon_rad).T @ (2400.0 * np.array([math.cos(0.31), 0.0, math.sin(0.31)]))
    state = np.array([*ecef_from_geodetic(lat_rad, lon_rad, 60e3), *v, math.log(5000.0)])
    site, up = np.array(ecef_from_geodetic(0.66, 2.24, 0.0)), C_enu_from_ecef(0.66, 2.24)[2]
    column, axes, z = state[:, None], np.empty((N_SCANS, 3, 3)), np.empty((N_SCANS, 3))
    for i in range(N_SCANS):
        column = step_numpy(column)
        line = column[:3, 0] - site
        z[i] = np.linalg.norm(line) + SIGMA[0] * rng.normal(), 0.0, 0.0
        across = np.cross(up, line) * -1.0
        across /= np.linalg.norm(across)
        high = np.cross(line, across) / np.linalg.norm(line) * -1.0
        line = line / np.linalg.norm(line) + SIGMA[1] * (rng.normal() * across + rng.normal() * high)
        line /= np.linalg.norm(line)
        across -= (across @ line) * line
        across /= np.linalg.norm(across)
        axes[i] = across, np.cross(across, line) * -1.0, line
    return state, site, axes, z


def ours(
    start: np.ndarray, site: np.ndarray, axes: np.ndarray, z: np.ndarray
) -> Callable[[], tuple[np.ndarray, np.ndarray]]:
    """100 tracks through all scans by the tracker's kernels; returns the estimate of one."""
    believed = beliefs(MotionSettings())
    motions = m.Motions(np.array([m.COAST]), np.zeros((1, 1)), believed)
    every, dt_s = np.arange(N_TRACKS), np.ones(N_TRACKS)
    plots = [
        Plots(
            RADAR,
            np.zeros(N_TRACKS, np.int64),
            np.tile(site, (N_TRACKS, 1)),
            np.tile(axes[i], (N_TRACKS, 1, 1)),
            np.tile([*z[i], 0.0], (N_TRACKS, 1)),
            np.tile([*SIGMA**2, 1.0], (N_TRACKS, 1)),
        )
        for i in range(N_SCANS)
    ]

    def run() -> tuple[np.ndarray, np.ndarray]:
        now, after = (
            m.States(np.zeros((N_TRACKS, 1, 10)), np.zeros((N_TRACKS, 1, 10, 10)), np.ones((N_TRACKS, 1)))
            for _ in range(2)
        )
        now.x[:, 0, SEVEN] = start
        now.P[:, 0, SEVEN, SEVEN] = PRIOR
        for i in range(N_SCANS):
            m.predict(now, every, dt_s, motions, after)
            m.update(after, motions, every, every, plots[i], np.zeros(1), np.empty(N_TRACKS))
            now, after = after, now
        return now.x[0, 0, SEVEN], now.P[0, 0][np.ix_(SEVEN, SEVEN)]

    return run


def process_noise() -> np.ndarray:
    """The coast motion's noise over one second, for Stone Soup."""
    q, wander = MotionSettings().coast_noise_m2ps3, MotionSettings().ln_beta_wander_1ps
    Q = np.zeros((7, 7))
    for a in range(3):
        Q[a, a], Q[a, a + 3], Q[a + 3, a], Q[a + 3, a + 3] = q / 3, q / 2, q / 2, q
    Q[6, 6] = wander
    return Q


def theirs(
    step: Callable[[np.ndarray], np.ndarray], start: np.ndarray, site: np.ndarray, axes: np.ndarray, z: np.ndarray
) -> Callable[[], tuple[np.ndarray, np.ndarray]]:
    """One track through all scans by Stone Soup; returns the estimate."""
    began = datetime.datetime(2024, 1, 1, tzinfo=datetime.UTC)
    predictor = UnscentedKalmanPredictor(Fall(step=step, noise=CovarianceMatrix(process_noise())), alpha=1.0, beta=0.0)
    updater = UnscentedKalmanUpdater(None, alpha=1.0, beta=0.0)
    R = CovarianceMatrix(np.diag(SIGMA**2))
    detections = [
        Detection(
            StateVector(z[i]),
            timestamp=began + datetime.timedelta(seconds=i + 1),
            measurement_model=Line(ndim_state=7, mapping=(0, 1, 2), noise_covar=R, origin=site, axes=axes[i]),
        )
        for i in range(N_SCANS)
    ]

    def run() -> tuple[np.ndarray, np.ndarray]:
        state = GaussianState(StateVector(start), CovarianceMatrix(np.diag(PRIOR)), timestamp=began)
        for detection in detections:
            prediction = predictor.predict(state, timestamp=detection.timestamp)
            state = updater.update(SingleHypothesis(prediction, detection))
        return np.asarray(state.state_vector, float).ravel(), np.asarray(state.covar, float)

    return run


def main() -> None:
    given = flight()
    runners = {
        "bongsu": (ours(*given), N_TRACKS * N_SCANS),
        "Stone Soup, motion in numpy": (theirs(step_numpy, *given), N_SCANS),
        "Stone Soup, motion compiled": (theirs(step_compiled, *given), N_SCANS),
    }
    results = {
        label: run() for label, (run, _) in runners.items()
    }  # compiles, and shows that all solve the same problem
    print(f"seven states, {N_SCANS} updates of a track, {ROUNDS} interleaved rounds")
    sigma = np.sqrt(np.diag(results["bongsu"][1]))
    for label in list(runners)[1:]:
        apart = np.abs((results[label][0] - results["bongsu"][0]) / sigma).max()
        wider = np.abs(np.sqrt(np.diag(results[label][1])) / sigma - 1.0).max()
        print(f"  {label}: estimates differ by {apart:.2g} sigma at most, sigmas by {100 * wider:.2g} %")
    rates: dict[str, list[float]] = {label: [] for label in runners}
    for _ in range(ROUNDS):
        for label, (run, n_updates) in runners.items():
            began = time.perf_counter()
            run()
            rates[label].append(n_updates / (time.perf_counter() - began))
    print(f"  bongsu: {np.median(rates['bongsu']):,.0f} updates/s on one thread")
    for label in list(runners)[1:]:
        ratios = [own / other for own, other in zip(rates["bongsu"], rates[label], strict=True)]
        print(
            f"  {label}: {np.median(rates[label]):,.0f} updates/s; "
            f"bongsu is {np.median(ratios):.0f} ({min(ratios):.0f}-{max(ratios):.0f}) x as fast"
        )


if __name__ == "__main__":
    main()
