"""The most probable launch given a flight's rows: first guess, fit, and the region that comes with it."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bongsu.kernels.boost import N_LEAD, Problem, fit_boost, offset_geodetic
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
class Tilt:
    """A mean rate of tilt along and to the left of the reference direction, rad/s, and its variances."""

    along: float
    left: float
    var_along: float
    var_left: float


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


def fit_launch(settings: BoostSettings, rows: Rows) -> Launch | None:
    """Fit the generic boost to rows in order of time; None where no fit is possible.

    Vehicles turn at rates that differ twentyfold, and how far one drifted before it was first seen hangs on its own. So where
    the rows tell the mean rate of tilt, a second fit believes in rates like that one (an empirical prior).
    """
    guess = first_guess(settings, rows)
    if guess is None:
        return None
    rows = with_first_flame(settings, rows)
    n_knots = first_knots(settings, rows[-1, 0] - guess.t0_s)
    p = start_vector(settings, n_knots, guess.t0_s)
    cov = np.empty((p.shape[0], p.shape[0]))
    problem = Problem(
        rows,
        prior_table(settings, n_knots, guess.t0_s, settings.tilt_radps),
        derivative_steps(n_knots),
        np.array(settings.knots_s),
        n_knots,
        np.array((guess.lat_rad, guess.lon_rad, settings.ground_h_m, 1.0 / settings.beta_kgpm2, 0.0)),
        settings.step_s,
        settings.huber,
    )
    cost, _ = fit_boost(p, problem, settings.max_iterations, cov)
    tilt = _told_tilt(settings, problem, p, cov) if math.isfinite(cost) else None
    if tilt is not None:
        doubt2 = settings.tilt_doubt * (tilt.var_along + tilt.var_left)
        tilt_radps = max(math.sqrt(tilt.along**2 + tilt.left**2 + doubt2), settings.least_tilt_radps)
        left_share = min(math.hypot(settings.left_share, math.sqrt(doubt2) / tilt_radps), 1.0)
        prior = prior_table(settings, n_knots, guess.t0_s, tilt_radps, left_share)
        problem = _turned(problem._replace(prior=prior), p, math.atan2(tilt.left, tilt.along))
        cost, _ = fit_boost(p, problem, settings.max_iterations, cov)
    if not (math.isfinite(cost) and np.isfinite(cov).all()):
        return None
    return _launch(settings, guess, problem, p, cov * _misfit(cost, rows.shape[0]))


def _told_tilt(settings: BoostSettings, problem: Problem, p: Array, cov: Array) -> Tilt | None:
    """The mean rate of tilt up to the last row; None where the rows have not told it."""
    tilt = _mean_tilt(settings, problem, p, cov)
    prior_var = (settings.first_tilt_share * settings.tilt_radps) ** 2
    return tilt if 0.5 * (tilt.var_along + tilt.var_left) < (1.0 - settings.told_share) * prior_var else None


def _mean_tilt(settings: BoostSettings, problem: Problem, p: Array, cov: Array) -> Tilt:
    """The mean rate of tilt from the end of the vertical rise to the last row, and its variances."""
    n, end_s, rise_s = problem.n_knots, float(problem.rows[-1, 0] - p[2]), math.exp(float(p[3]))
    length_s = max(end_s - rise_s, 1.0)
    ends = [*settings.knots_s[1:n], math.inf]
    shares = [max(min(end_s, e) - max(k, rise_s), 0.0) / length_s for k, e in zip(settings.knots_s, ends, strict=False)]
    along, left = np.zeros(p.shape[0]), np.zeros(p.shape[0])
    along[N_LEAD + n :: 2], left[N_LEAD + n + 1 :: 2] = shares[:n], shares[:n]
    return Tilt(float((along * p).sum()), float((left * p).sum()), _quadratic(cov, along), _quadratic(cov, left))


def _turned(problem: Problem, p: Array, direction_rad: float) -> Problem:
    """The same problem with tilt told along and across a direction, not east and north; p is turned in place."""
    ref = problem.ref.copy()
    ref[4] = direction_rad
    c, s = math.cos(direction_rad), math.sin(direction_rad)
    first = N_LEAD + problem.n_knots
    east, north = p[first::2].copy(), p[first + 1 :: 2].copy()
    p[first::2], p[first + 1 :: 2] = c * east + s * north, c * north - s * east
    return problem._replace(ref=ref)


def _misfit(cost: float, n_rows: int) -> float:
    """How much larger than stated the residuals are, at least 1: rows and beliefs together have as many degrees as rows."""
    return max(1.0, cost / n_rows)


def _launch(settings: BoostSettings, guess: Guess, problem: Problem, p: Array, cov: Array) -> Launch:
    """What the parameters say of the launch; its azimuth is that of the plane of tilt."""
    floor = settings.sigma_place_floor_m**2
    lat_rad, lon_rad = offset_geodetic(guess.lat_rad, guess.lon_rad, p[0], p[1])
    tilt = _mean_tilt(settings, problem, p, cov)
    size2 = tilt.along**2 + tilt.left**2
    var_across = (tilt.left**2 * tilt.var_along + tilt.along**2 * tilt.var_left) / max(size2, 1e-18)
    sigma_azimuth = math.hypot(math.sqrt(max(var_across, 0.0) / max(size2, 1e-18)), settings.sigma_azimuth_floor_rad)
    azimuth_rad = 0.5 * math.pi - float(problem.ref[4]) - math.atan2(tilt.left, tilt.along)
    return Launch(
        float(lat_rad),
        math.remainder(float(lon_rad), 2.0 * math.pi),
        (float(cov[0, 0]) + floor, float(cov[1, 0]), float(cov[1, 1]) + floor),
        float(p[2]),
        math.sqrt(float(cov[2, 2])),
        azimuth_rad % (2.0 * math.pi),
        min(sigma_azimuth, SIGMA_AZIMUTH_MAX_RAD),
    )


def _quadratic(cov: Array, gradient: Array) -> float:
    """g' C g in a fixed order of summation."""
    total = 0.0
    for i, gi in enumerate(gradient.tolist()):
        for j, gj in enumerate(gradient.tolist()):
            total += gi * float(cov[i, j]) * gj
    return total
