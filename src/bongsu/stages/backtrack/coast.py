"""A flight first seen unpowered: back along its arc to where burn-out may have been, and from there to the ground.

Nobody saw the burn, so its end is a set of hypotheses: heights below what was flown since, and mean accelerations. A burn of
acceleration a that ends at speed v took v / a and a path somewhat shorter than v^2 / 2a (thrust grows, so the slow part is
long); what of that path is not height is distance over ground. Hypotheses that contradict themselves fall out. The region
spans the rest, and the spread of the track's own state: long along the track, narrow across it.
"""

import math

import numpy as np
from numpy.typing import NDArray

from bongsu.constants import R_MEAN_EARTH_M
from bongsu.kernels.boost import back_along_arc, cholesky, offset_geodetic
from bongsu.kernels.earth import enu_from_ecef, geodetic_from_ecef
from bongsu.models.boost import BoostSettings
from bongsu.stages.backtrack.fit import SIGMA_AZIMUTH_MAX_RAD, Launch

Array = NDArray[np.float64]

STEP_S = 2.0
MAX_STEPS = 1500  # of STEP_S back in time: no track is first seen 50 minutes after burn-out
SQRT6 = math.sqrt(6.0)  # sigma points of a six-state stand so many sigmas out


def from_coast(
    settings: BoostSettings, t_s: float, state: tuple[float, ...], cov: tuple[float, ...], first_h_m: float
) -> Launch | None:
    """The launch point behind a ballistic state at `t_s`, first seen at `first_h_m`; None where no hypothesis holds.

    `state` starts with ECEF position and velocity, `cov` is the lower triangle of its covariance, row by row.
    """
    origin = geodetic_from_ecef(state[0], state[1], state[2])
    found = [row for x in _spread(state, cov) for row in _launches(settings, x, first_h_m, origin)]
    if len(found) < 3:
        return None
    table = np.array(found)
    east_m, north_m, t0_s, azimuth = table.T
    e, n = float(np.mean(east_m)), float(np.mean(north_m))
    lat_rad, lon_rad = offset_geodetic(origin[0], origin[1], e, n)
    turn = np.remainder(azimuth - azimuth[0] + math.pi, 2.0 * math.pi) - math.pi
    cross_m = settings.sigma_cross_share * math.hypot(e, n) + settings.sigma_place_floor_m
    return Launch(
        float(lat_rad), math.remainder(float(lon_rad), 2.0 * math.pi),
        (
            float(np.mean((east_m - e) ** 2)) + cross_m**2, float(np.mean((east_m - e) * (north_m - n))),
            float(np.mean((north_m - n) ** 2)) + cross_m**2,
        ),
        t_s + float(np.mean(t0_s)), float(np.std(t0_s)),
        float(azimuth[0] + np.mean(turn)) % (2.0 * math.pi), min(float(np.std(turn)) + 0.01, SIGMA_AZIMUTH_MAX_RAD),
    )  # fmt: skip


def _spread(state: tuple[float, ...], cov: tuple[float, ...]) -> list[Array]:
    """The state and, if its covariance allows, its twelve sigma points."""
    x, P, L = np.array(state[:6]), np.zeros((6, 6)), np.zeros((6, 6))
    P[np.tril_indices(6)] = cov[:21]
    if not cholesky(P, L):
        return [x]
    return [x, *(x + sign * SQRT6 * L[:, j] for j in range(6) for sign in (1.0, -1.0))]


def _launches(
    settings: BoostSettings, x: Array, first_h_m: float, origin: tuple[float, float, float]
) -> list[tuple[float, float, float, float]]:
    """East and north of the origin, lift-off time and azimuth of every hypothesis that holds for one state."""
    nothing = np.empty((0, 7))
    top_m = min(float(back_along_arc(x, np.empty(0), STEP_S, MAX_STEPS, nothing)), settings.burnout_max_h_m)
    climbing = float(x[:3] @ x[3:]) > 0.0
    highest_m = min(top_m, first_h_m) if climbing else top_m
    heights_m = np.array(sorted((share * highest_m for share in settings.burnout_h_share), reverse=True))
    arc = np.empty((heights_m.shape[0], 7))
    back_along_arc(x, heights_m, STEP_S, MAX_STEPS, arc)
    found = []
    for h_m, (t_s, *y) in zip(heights_m.tolist(), arc.tolist(), strict=True):
        if math.isfinite(t_s):
            found += _burns(settings, h_m, t_s, y, origin)
    return found


def _burns(
    settings: BoostSettings, h_m: float, t_s: float, y: list[float], origin: tuple[float, float, float]
) -> list[tuple[float, float, float, float]]:
    """One burn-out state with each mean acceleration that could have led to it."""
    lat_rad, lon_rad, _ = geodetic_from_ecef(y[0], y[1], y[2])
    v_e, v_n, _ = enu_from_ecef(y[3], y[4], y[5], lat_rad, lon_rad)
    speed, flat = math.sqrt(y[3] ** 2 + y[4] ** 2 + y[5] ** 2), max(math.hypot(v_e, v_n), 1.0)
    at_n_m = (lat_rad - origin[0]) * R_MEAN_EARTH_M
    at_e_m = math.remainder(lon_rad - origin[1], 2.0 * math.pi) * R_MEAN_EARTH_M * math.cos(origin[0])
    found = []
    for a_mps2 in settings.burn_mean_mps2:
        chord_m = settings.path_share * speed * speed / a_mps2
        if chord_m >= h_m:
            ground_m = math.sqrt(chord_m**2 - h_m**2)
            found.append((at_e_m - ground_m * v_e / flat, at_n_m - ground_m * v_n / flat, t_s - speed / a_mps2,
                          math.atan2(v_e, v_n) % (2.0 * math.pi)))  # fmt: skip
    return found
