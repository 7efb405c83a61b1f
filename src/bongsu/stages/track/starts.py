"""Starts: what a plot that no track claims may be, as a prior for each motion."""

import math
from dataclasses import dataclass

import numpy as np

from bongsu.constants import A_EARTH_M, B_EARTH_M
from bongsu.kernels.earth import C_enu_from_ecef, geodetic_from_ecef
from bongsu.kernels.gaussian import SIGHT
from bongsu.kernels.motions import COAST, LEVEL, TURN, keep_prior
from bongsu.messages.inputs import SensorKind
from bongsu.models.motion import MotionSettings
from bongsu.stages.track.bank import N_MOTIONS, Bank, Floats, Ints, blank_bank, remember
from bongsu.stages.track.config import Config
from bongsu.stages.track.measure import Plots
from bongsu.stages.track.sightlines import Path

MIN_COSINE = 0.1  # a line of sight flatter than this over the ground is treated as this steep


@dataclass(frozen=True, slots=True)
class Place:
    """Where a plot puts its object, ECEF."""

    r: Floats  # (3,)
    var_r: Floats  # (3, 3)
    up: Floats  # (3,)


def started(cfg: Config, sensor: int, plots: Plots, first: int) -> tuple[Bank, Ints]:
    """New tracks numbered from `first`, one a plot, and which plots became one (a line of sight may miss the Earth)."""
    kind = cfg.sensors[sensor].kind
    places = [place_of_plot(cfg.motion, plots, k) for k in range(len(plots))]
    which = np.array([k for k, place in enumerate(places) if place is not None], dtype=np.int64)
    bank = blank_bank(len(which), len(cfg.sensors))
    for i, place in enumerate(p for p in places if p is not None):
        for j in range(N_MOTIONS):
            bank.x[i, j], bank.P[i, j] = prior(cfg, kind, j, place)
    bank.number[:] = first + np.arange(len(which))
    bank.p[:] = start_p(cfg.motion, kind)
    for column in (bank.t_ns, bank.t_start_ns, bank.t_plot_ns, bank.t_look_ns, bank.t_sensor_ns[:, sensor]):
        column[:] = plots.t_ns[which]
    bank.own_plot[:, sensor] = plots.places[which]
    bank.starter[:] = sensor
    bank.n_plots[:] = bank.n_looks[:] = bank.looks[:] = 1
    remember(bank, np.arange(len(which)))
    return bank, which


def taken_over(cfg: Config, sensor: int, paths: tuple[Path, ...]) -> Bank:
    """Confirmed tracks of paths that lines of sight have given: position and velocity are known, the motion is not yet."""
    bank = blank_bank(len(paths), len(cfg.sensors))
    for i, path in enumerate(paths):
        found = path.fit
        place = Place(found.state[:3], found.cov[:3, :3], _up(found.state[:3]))
        for j in range(N_MOTIONS):
            bank.x[i, j], bank.P[i, j] = prior(cfg, "los", j, place)
            bank.x[i, j, 3:6], bank.P[i, j, :6, :6] = found.state[3:], found.cov
            keep_prior(j, bank.x[i, j], bank.P[i, j], cfg.motions.beliefs)
        p = start_p(cfg.motion, "los")
        if found.speed_mps > cfg.motion.level_speed_mps:
            p[LEVEL] = p[TURN] = cfg.motion.p_floor
        bank.p[i] = p / p.sum()
        bank.number[i], bank.n_plots[i] = path.number, path.n_plots
        for column in (bank.t_ns, bank.t_start_ns, bank.t_plot_ns, bank.t_look_ns, bank.t_sensor_ns[:, sensor]):
            column[i] = found.t_ns
    bank.starter[:], bank.is_confirmed[:] = sensor, True
    bank.n_looks[:], bank.looks[:] = cfg.motion.confirm_n, (1 << cfg.motion.confirm_n) - 1
    remember(bank, np.arange(len(paths)))
    return bank


def start_p(motion: MotionSettings, kind: SensorKind) -> Floats:
    """Probabilities of the motions (4,) of something first seen by a sensor of this kind."""
    p = {"infrared": motion.p_start_infrared, "los": motion.p_start_los}.get(kind, motion.p_start)
    powered, coast, level = (v / sum(p) for v in p)
    out = np.array((powered, coast, level, 0.0))
    out[TURN] = motion.share_turn * level
    out[LEVEL] -= out[TURN]
    return out


def place_of_plot(motion: MotionSettings, plots: Plots, k: int) -> Place | None:
    """Where plot k puts its object; nothing where a line of sight misses the Earth."""
    axes, var, z = plots.axes[k], plots.var[k], plots.z[k]
    if plots.code != SIGHT:
        distance_m = float(z[0])  # 0 for a stated place, whose residuals are metres already
        r = plots.origin[k] + distance_m * axes[2]
        polar = (var[1] * distance_m**2, var[2] * distance_m**2, var[0])
        return Place(r, _outer_sum(axes, polar if distance_m > 0.0 else (var[0], var[1], var[2])), _up(r))
    distance_m = sight_distance_m(plots.origin[k], axes[2], motion.infrared_h_m)
    if not distance_m > 0.0:
        return None
    r = plots.origin[k] + distance_m * axes[2]
    up = _up(r)
    steepness = max(abs(float((up * axes[2]).sum())), MIN_COSINE)
    spread = (var[0] * distance_m**2, var[1] * distance_m**2, (motion.sigma_infrared_h_m / steepness) ** 2)
    return Place(r, _outer_sum(axes, spread), up)


def _up(r: Floats) -> Floats:
    lat_rad, lon_rad, _ = geodetic_from_ecef(r[0], r[1], r[2])
    up: Floats = C_enu_from_ecef(lat_rad, lon_rad)[2]
    return up


def _outer_sum(axes: Floats, var: tuple[float, float, float]) -> Floats:
    """The covariance with these variances along the rows of axes."""
    out = np.zeros((3, 3))
    for axis, v in zip(axes, var, strict=True):
        out += v * axis[:, None] * axis
    return out


def sight_distance_m(origin: Floats, direction: Floats, h_m: float) -> float:
    """How far along a line of sight the height h_m is first met; NaN if never.

    The surface of that height is taken as the ellipsoid with both axes longer by h_m: wrong by metres, the prior by kilometres.
    Solves |S (o + d u)|^2 = 1 for the smallest positive d, S = diag(1 / (a + h), 1 / (a + h), 1 / (b + h)).
    """
    scale = 1.0 / np.array((A_EARTH_M + h_m, A_EARTH_M + h_m, B_EARTH_M + h_m))
    o, u = origin * scale, direction * scale
    a, b, c = float((u * u).sum()), float((o * u).sum()), float((o * o).sum()) - 1.0
    root2 = b * b - a * c
    if root2 < 0.0:
        return math.nan
    near, far = (-b - math.sqrt(root2)) / a, (-b + math.sqrt(root2)) / a
    return near if near > 0.0 else far if far > 0.0 else math.nan


def prior(cfg: Config, kind: SensorKind, j: int, place: Place) -> tuple[Floats, Floats]:
    """State (10,) and covariance (10, 10) of motion j: position from the plot, velocity and force as the settings have it."""
    motion, up = cfg.motion, place.up
    horizontal, vertical = np.eye(3) - up[:, None] * up, up[:, None] * up
    x, P = np.zeros(10), np.zeros((10, 10))
    x[:3], P[:3, :3] = place.r, place.var_r
    x[9], P[9, 9] = motion.ln_beta, motion.sigma_ln_beta**2
    force, sigma_force = motion.force_up_mps2, motion.sigma_force_mps2
    if kind == "infrared" and j < LEVEL:
        x[3:6] = motion.infrared_climb_mps * up
        P[3:6, 3:6] = motion.sigma_infrared_side_mps**2 * horizontal + motion.sigma_infrared_climb_mps**2 * vertical
        force, sigma_force = motion.infrared_force_mps2, motion.sigma_infrared_force_mps2
    elif j >= LEVEL:
        P[3:6, 3:6] = motion.sigma_v_level_mps**2 * horizontal + motion.sigma_climb_mps**2 * vertical
    else:
        sigma_v = motion.sigma_v_coast_mps if j == COAST else motion.sigma_v_powered_mps
        P[3:6, 3:6] = sigma_v**2 * np.eye(3)
    x[6:9], P[6:9, 6:9] = force * up, sigma_force**2 * np.eye(3)
    keep_prior(j, x, P, cfg.motions.beliefs)
    return x, P
