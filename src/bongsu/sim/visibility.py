"""What stands between a sensor and an object: the curve of the Earth for a radar, the Earth's body for a satellite."""

import math

from bongsu.constants import A_EARTH_M, B_EARTH_M, R_MEAN_EARTH_M
from bongsu.sim.boost import Vector

K_REFRACTION = 4.0 / 3.0  # effective Earth radius over the true one, for radio rays in standard air; Skolnik


def horizon_arc_m(h_m: float, antenna_h_m: float = 0.0) -> float:
    """Farthest ground arc at which a radar sees a height: k R (acos(kR / (kR + h)) + acos(kR / (kR + antenna))).

    Source: Skolnik, Introduction to Radar Systems, sec. 8 (4/3-Earth rule).
    """
    radius = K_REFRACTION * R_MEAN_EARTH_M
    return radius * (math.acos(radius / (radius + h_m)) + math.acos(radius / (radius + antenna_h_m)))


def apparent_elevation_rad(arc_m: float, h_m: float, antenna_h_m: float) -> float:
    """Elevation at which a ray, straight over an Earth of 4/3 the radius, leaves the antenna towards a height `arc_m` away."""
    radius = K_REFRACTION * R_MEAN_EARTH_M
    theta = arc_m / radius
    up = (radius + h_m) * math.cos(theta) - (radius + antenna_h_m)
    return math.atan2(up, (radius + h_m) * math.sin(theta))


def is_above_horizon(arc_m: float, h_m: float, antenna_h_m: float, min_elevation_rad: float) -> bool:
    """Whether a radar can see a height over the 4/3 Earth and above its own lowest elevation."""
    if arc_m > horizon_arc_m(max(h_m, 0.0), max(antenna_h_m, 0.0)):
        return False
    return apparent_elevation_rad(arc_m, h_m, antenna_h_m) >= min_elevation_rad


def is_clear_of_earth(a: Vector, b: Vector) -> bool:
    """Whether the straight line between two ECEF points misses the ellipsoid (squeezed to a unit sphere to decide it)."""
    p = (a[0] / A_EARTH_M, a[1] / A_EARTH_M, a[2] / B_EARTH_M)
    q = (b[0] / A_EARTH_M, b[1] / A_EARTH_M, b[2] / B_EARTH_M)
    d = (q[0] - p[0], q[1] - p[1], q[2] - p[2])
    dd = d[0] * d[0] + d[1] * d[1] + d[2] * d[2]
    if dd == 0.0:
        return True
    s = min(max(-(p[0] * d[0] + p[1] * d[1] + p[2] * d[2]) / dd, 0.0), 1.0)
    nearest = (p[0] + s * d[0], p[1] + s * d[1], p[2] + s * d[2])
    return nearest[0] ** 2 + nearest[1] ** 2 + nearest[2] ** 2 >= 1.0
