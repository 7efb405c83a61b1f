"""The most probable launch given a flight's rows: first guess, fit, and the region that comes with it."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bongsu.kernels.boost import Problem, fit_boost, launch_azimuth, offset_geodetic
from bongsu.kernels.earth import geodetic_from_ecef
from bongsu.kernels.sight import point_at_height
from bongsu.models.boost import (
    BoostSettings,
    derivative_steps,
    first_knots,
    prior_table,
    start_vector,
)
from bongsu.stages.backtrack.plots import ACROSS_SIGHT, AGE, HEIGHT, Rows

Array = NDArray[np.float64]

CLIMB_MPS2 = 12.0  # net acceleration of a first guess: h = a t^2 / 2
SIGMA_AZIMUTH_MAX_RAD = math.pi / math.sqrt(3.0)  # of a direction nothing is known of


@dataclass(frozen=True, slots=True)
class Launch:
    """A launch point with its region; lift-off in seconds after the flight's reference time."""

    lat_rad: float
    lon_rad: float
    cov_en_m2: tuple[float, float, float]
    t0_s: float
    sigma_t0_s: float
    azimuth_rad: float
    sigma_azimuth_rad: float


@dataclass(frozen=True, slots=True)
class Guess:
    """Where and when a fit starts."""

    lat_rad: float
    lon_rad: float
    t0_s: float


def first_guess(settings: BoostSettings, rows: Rows) -> Guess | None:
    """Below the first plot, as long ago as a plain climb to its height takes; None where no line of sight meets the Earth."""
    first = rows[0]
    if first[1] == ACROSS_SIGHT:
        u = np.cross(rows[0, 2:5], rows[1, 2:5])  # side x (sight x side) is the sight itself
        at = np.array(point_at_height(first[5], first[6], first[7], u[0], u[1], u[2], settings.first_flame_h_m))
        age_s = settings.first_flame_age_s
    else:
        at = first[5:8]
        age_s = 0.0
    if not np.isfinite(at).all():
        return None
    lat_rad, lon_rad, h_m = geodetic_from_ecef(at[0], at[1], at[2])
    if first[1] != ACROSS_SIGHT:
        age_s = math.sqrt(2.0 * max(h_m, 1000.0) / CLIMB_MPS2)
    return Guess(lat_rad, lon_rad, first[0] - age_s)


def with_first_flame(settings: BoostSettings, rows: Rows) -> Rows:
    """`rows` and what is believed of the first infrared look, its height and its age, if it came at the start of the flight."""
    seen = np.flatnonzero(rows[:, 1] == ACROSS_SIGHT)
    if seen.size == 0 or rows[seen[0], 0] > rows[0, 0] + settings.first_flame_within_s:
        return rows
    t_s, none = rows[seen[0], 0], (0.0,) * 6
    height = (t_s, HEIGHT, *none, settings.first_flame_h_m, settings.sigma_first_flame_h_m)
    age = (t_s, AGE, *none, settings.first_flame_age_s, settings.sigma_first_flame_age_s)
    return np.vstack((rows[: seen[0]], np.array((height, age)), rows[seen[0] :]))


def fit(settings: BoostSettings, rows: Rows) -> Launch | None:
    """Fit the generic boost to rows in order of time; None where no fit is possible."""
    guess = first_guess(settings, rows)
    if guess is None:
        return None
    rows = with_first_flame(settings, rows)
    n_knots = first_knots(settings, rows[-1, 0] - guess.t0_s)
    p = start_vector(settings, n_knots, guess.t0_s)
    problem = Problem(
        rows, prior_table(settings, n_knots, guess.t0_s), derivative_steps(n_knots), np.array(settings.knots_s), n_knots,
        np.array((guess.lat_rad, guess.lon_rad, settings.ground_h_m, 1.0 / settings.beta_kgpm2)), settings.step_s,
        settings.huber,
    )  # fmt: skip
    cov = np.empty((p.shape[0], p.shape[0]))
    cost, square, _ = fit_boost(p, problem, settings.max_iterations, cov)
    if not (math.isfinite(cost) and np.isfinite(cov).all()):
        return None
    return _launch(settings, guess, problem, p, cov * _misfit(square, rows.shape[0], p.shape[0]))


def _misfit(square: float, n_rows: int, n_parameters: int) -> float:
    """How much larger than stated the residuals are, at least 1; few rows cannot tell."""
    return max(1.0, square / max(n_rows - n_parameters, 0.5 * n_rows))


def _launch(settings: BoostSettings, guess: Guess, problem: Problem, p: Array, cov: Array) -> Launch:
    floor = settings.sigma_place_floor_m**2
    lat_rad, lon_rad = offset_geodetic(guess.lat_rad, guess.lon_rad, p[0], p[1])
    gradient = np.empty(p.shape[0])
    azimuth_rad = launch_azimuth(p, problem, gradient)
    var_azimuth = _quadratic(cov, gradient)
    return Launch(
        float(lat_rad), math.remainder(float(lon_rad), 2.0 * math.pi),
        (float(cov[0, 0]) + floor, float(cov[1, 0]), float(cov[1, 1]) + floor),
        float(p[2]), math.sqrt(float(cov[2, 2])), float(azimuth_rad),
        min(math.sqrt(max(var_azimuth, 0.0)), SIGMA_AZIMUTH_MAX_RAD),
    )  # fmt: skip


def _quadratic(cov: Array, gradient: Array) -> float:
    """g' C g in a fixed order of summation."""
    total = 0.0
    for i, gi in enumerate(gradient.tolist()):
        for j, gj in enumerate(gradient.tolist()):
            total += gi * float(cov[i, j]) * gj
    return total
