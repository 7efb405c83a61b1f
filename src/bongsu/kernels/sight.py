"""Lines of sight: where one meets a height above the ellipsoid, and how near two of them come."""

import math

import numpy as np

from bongsu.constants import A_EARTH_M, B_EARTH_M
from bongsu.kernels._jit import kernel


@kernel
def point_at_height(x_m, y_m, z_m, ux, uy, uz, h_m):
    """First point of the half line (x, y, z) + s u, s >= 0, on the ellipsoid with semi-axes a + h, b + h.

    Within 11 m of the true height for h up to 200 km (the surface at constant height is not quite an ellipsoid).
    u is a unit vector. Returns (x, y, z) in metres, ECEF; NaN where the line passes the Earth by or points away.
    """
    a, b = A_EARTH_M + h_m, B_EARTH_M + h_m
    px, py, pz, qx, qy, qz = x_m / a, y_m / a, z_m / b, ux / a, uy / a, uz / b
    qq = qx * qx + qy * qy + qz * qz
    pq = px * qx + py * qy + pz * qz
    disc = pq * pq - qq * (px * px + py * py + pz * pz - 1.0)
    s = (-pq - math.sqrt(disc)) / qq if disc >= 0.0 else np.nan
    if not s >= 0.0:
        return np.nan, np.nan, np.nan
    return x_m + s * ux, y_m + s * uy, z_m + s * uz


@kernel
def closest_approach(ax, ay, az, ux, uy, uz, bx, by, bz, wx, wy, wz):
    """Middle of the shortest link between the half lines a + s u and b + t w, and its length.

    u and w are unit vectors. Returns (x_m, y_m, z_m, gap_m); NaN for parallel lines or where it lies behind a sensor.
    """
    dx, dy, dz = bx - ax, by - ay, bz - az
    uw, ud, wd = ux * wx + uy * wy + uz * wz, ux * dx + uy * dy + uz * dz, wx * dx + wy * dy + wz * dz
    sine2 = 1.0 - uw * uw
    if not sine2 > 1e-12:
        return np.nan, np.nan, np.nan, np.nan
    s, t = (ud - uw * wd) / sine2, (uw * ud - wd) / sine2
    if s < 0.0 or t < 0.0:
        return np.nan, np.nan, np.nan, np.nan
    px, py, pz = ax + s * ux, ay + s * uy, az + s * uz
    qx, qy, qz = bx + t * wx, by + t * wy, bz + t * wz
    gap_m = math.sqrt((px - qx) ** 2 + (py - qy) ** 2 + (pz - qz) ** 2)
    return 0.5 * (px + qx), 0.5 * (py + qy), 0.5 * (pz + qz), gap_m
