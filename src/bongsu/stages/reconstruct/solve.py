"""From a drawn range, apogee and azimuth to the start of a fall that has them; many draws at once."""

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bongsu.constants import G0_MPS2, GM_EARTH_M3PS2, R_MEAN_EARTH_M
from bongsu.kernels import earth, falls
from bongsu.kernels import reconstruct as kernels
from bongsu.models.reconstruct import ReconstructSettings

Floats = NDArray[np.float64]
_LOWEST_RAD, _STEEPEST_RAD = -0.1, 1.565
_MAX_LN_SPEED, _MAX_CLIMB_RAD = 0.25, 0.2  # of one iteration
_NUDGE = 1e-3


@dataclass(frozen=True, slots=True)
class Draws:
    """What is to be flown, one row a candidate."""

    range_m: Floats
    apogee_m: Floats
    azimuth_rad: Floats
    ln_pace: Floats
    ln_beta: Floats
    lift: Floats  # over drag; 0 for a plain fall


@dataclass(frozen=True, slots=True)
class Flown:
    """How each draw came down; `is_found` where a flight has the drawn figures. Start states stay in this room."""

    is_found: NDArray[np.bool_]
    range_m: Floats
    apogee_m: Floats
    azimuth_rad: Floats
    flight_time_s: Floats
    lat_rad: Floats
    lon_rad: Floats
    starts: Floats  # (n, 7)


def nothing_flown() -> Flown:
    """No flight at all."""
    n = np.empty(0)
    return Flown(np.empty(0, bool), n, n, n, n, n, n, np.empty((0, 7)))


def solve(cfg: ReconstructSettings, site: tuple[float, float], draws: Draws) -> Flown:
    """A flight for every draw, by Broyden's method on (ln speed, climb); heading follows the miss in azimuth.

    Source: Broyden, Math. Comp. 19 (1965). Draws no flight is found for keep the nearest miss and `is_found` false.
    """
    x = _first_guess(cfg, draws)
    wanted = np.column_stack([np.log(draws.range_m), np.log(draws.apogee_m)])
    flown = _fly(cfg, site, draws, x)
    miss = _miss(flown, wanted)
    J = _jacobian(cfg, site, draws, x, miss, wanted)
    for _ in range(cfg.iterations):
        left = np.flatnonzero(~flown.is_found)
        if len(left) == 0:
            break
        some = Draws(*(getattr(draws, name)[left] for name in Draws.__slots__))
        step = _bounded(_solved(J[left], -miss[left]), x[left])
        x[left, :2] += step
        x[left, 2] += np.nan_to_num(_turn(some.azimuth_rad - flown.azimuth_rad[left]))
        after = _fly(cfg, site, some, x[left])
        missed = _miss(after, wanted[left])
        J[left] = _updated(J[left], step, missed - miss[left])
        miss[left] = missed
        for name in Flown.__slots__:
            getattr(flown, name)[left] = getattr(after, name)
    return flown


def _first_guess(cfg: ReconstructSettings, draws: Draws) -> Floats:
    """The two-body ellipse with this range and apogee, less what the boost climbs on its own.

    e = (ra - R) / (ra - R cos psi), a = ra / (1 + e), v^2 = GM (2 / R - 1 / a), cos c = sqrt(GM a (1 - e^2)) / (R v)
    """
    r, ra = R_MEAN_EARTH_M, R_MEAN_EARTH_M + draws.apogee_m
    psi = draws.range_m / (2.0 * r * (1.0 + 0.7 * draws.lift))
    e = (ra - r) / (ra - r * np.cos(psi))
    a = ra / (1.0 + e)
    v2 = GM_EARTH_M3PS2 * (2.0 / r - 1.0 / a)
    level = np.sqrt(GM_EARTH_M3PS2 * a * (1.0 - e * e)) / r
    climb = np.arccos(np.clip(level / np.sqrt(v2), 0.0, 1.0))
    slope = climb + cfg.slope_share * (0.5 * math.pi - climb)
    length_s = np.exp(draws.ln_pace) * (cfg.boost_least_s + cfg.boost_s3pm2 * v2)
    h = np.minimum(cfg.path_share * np.sqrt(v2) * length_s * np.sin(slope), 0.8 * draws.apogee_m)
    rise2 = np.maximum(v2 - level**2 - 2.0 * G0_MPS2 * h * r / (r + h), (0.05 * level) ** 2)
    speed = np.sqrt(level**2 + rise2)
    climb = np.clip(np.arctan2(np.sqrt(rise2), level), _LOWEST_RAD, _STEEPEST_RAD)
    return np.column_stack([np.log(speed), climb, draws.azimuth_rad, draws.ln_pace, draws.ln_beta])


def _fly(cfg: ReconstructSettings, site: tuple[float, float], draws: Draws, x: Floats) -> Flown:
    n = len(x)
    starts, boost_s, fallen, arc = np.empty((n, 7)), np.empty(n), np.full((n, 9), np.nan), np.empty((n, 3))
    law = np.array([cfg.boost_least_s, cfg.boost_s3pm2, cfg.path_share, cfg.slope_share])
    kernels.boost_ends(np.array([*site, 0.0]), x, law, starts, boost_s)
    if draws.lift.any():
        kernels.carried_falls(starts, draws.lift, cfg.max_fall_s, fallen)
    else:
        falls.falls(starts, cfg.max_fall_s, fallen)
    landed = fallen[:, 8] == falls.LANDED
    fallen[~landed] = np.nan
    earth.geodesic_inverse_rows(site[0], site[1], np.ascontiguousarray(fallen[:, 6:8]), arc)
    time_s, azimuth_rad = boost_s + fallen[:, 3], arc[:, 1] % (2.0 * math.pi)
    found = Flown(landed, arc[:, 0], fallen[:, 4], azimuth_rad, time_s, fallen[:, 6], fallen[:, 7], starts)
    return replace(found, is_found=_is_close(cfg, found, draws))


def _is_close(cfg: ReconstructSettings, flown: Flown, draws: Draws) -> NDArray[np.bool_]:
    """Which flights have the figures drawn: in metres, or to two parts in a thousand where that is more."""
    near = np.abs(flown.range_m - draws.range_m) < np.maximum(cfg.range_miss_m, 2e-3 * draws.range_m)
    near &= np.abs(flown.apogee_m - draws.apogee_m) < np.maximum(cfg.range_miss_m, 2e-3 * draws.apogee_m)
    return near & (np.abs(_turn(draws.azimuth_rad - flown.azimuth_rad)) < 5e-3)


def _miss(flown: Flown, wanted: Floats) -> Floats:
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.column_stack([np.log(flown.range_m), np.log(flown.apogee_m)]) - wanted


def _jacobian(
    cfg: ReconstructSettings, site: tuple[float, float], draws: Draws, x: Floats, miss: Floats, wanted: Floats
) -> Floats:
    """Derivatives of the miss by ln speed and climb, (n, 2, 2), by one nudge each."""
    J = np.empty((len(x), 2, 2))
    for k in range(2):
        nudged = x.copy()
        nudged[:, k] += _NUDGE
        J[:, :, k] = (_miss(_fly(cfg, site, draws, nudged), wanted) - miss) / _NUDGE
    return J


def _solved(J: Floats, b: Floats) -> Floats:
    """The (n, 2) solutions of n pairs of equations; 0 where there is none."""
    det = J[:, 0, 0] * J[:, 1, 1] - J[:, 0, 1] * J[:, 1, 0]
    with np.errstate(all="ignore"):
        u = (b[:, 0] * J[:, 1, 1] - b[:, 1] * J[:, 0, 1]) / det
        w = (b[:, 1] * J[:, 0, 0] - b[:, 0] * J[:, 1, 0]) / det
    return np.nan_to_num(np.column_stack([u, w]), nan=0.0, posinf=0.0, neginf=0.0)


def _bounded(step: Floats, x: Floats) -> Floats:
    """A step shortened so that it stays where flights are."""
    size = np.maximum(np.abs(step[:, 0]) / _MAX_LN_SPEED, np.abs(step[:, 1]) / _MAX_CLIMB_RAD)
    step = step / np.maximum(size, 1.0)[:, None]
    step[:, 1] = np.clip(x[:, 1] + step[:, 1], _LOWEST_RAD, _STEEPEST_RAD) - x[:, 1]
    return step


def _updated(J: Floats, step: Floats, change: Floats) -> Floats:
    """Broyden's rank-one update of every Jacobian that moved."""
    size2 = (step**2).sum(axis=1)
    moved = (size2 > 0.0) & np.isfinite(change).all(axis=1)
    error = change - (J * step[:, None, :]).sum(axis=2)
    gain = error[:, :, None] * step[:, None, :] / np.where(moved, size2, 1.0)[:, None, None]
    return np.asarray(np.where(moved[:, None, None], J + gain, J))


def _turn(angle_rad: Floats) -> Floats:
    """Angles from -pi to pi."""
    return np.asarray((angle_rad + math.pi) % (2.0 * math.pi) - math.pi)
