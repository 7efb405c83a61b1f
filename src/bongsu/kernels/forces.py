"""What pulls on a body in flight, in the frame that turns with the Earth: gravity, rotation, drag, a specific force."""

import math

from bongsu.constants import A_EARTH_M, E2_EARTH, GM_EARTH_M3PS2, J2_EARTH, OMEGA_EARTH_RADPS
from bongsu.kernels._jit import inlined
from bongsu.kernels.air import lane_density_kgpm3

EP2_EARTH = E2_EARTH / (1.0 - E2_EARTH)  # second eccentricity squared
J2_K_M2 = 1.5 * J2_EARTH * A_EARTH_M * A_EARTH_M  # factor of the J2 term


@inlined
def _height_m(r_m: float, inv_r: float, s2: float) -> float:
    """`height_m` from the distance to the centre, its inverse, and s^2."""
    q = EP2_EARTH * s2
    rho_m = A_EARTH_M * (1.0 - q * (0.5 - q * (0.375 - q * (0.3125 - q * 0.2734375))))
    return (r_m - rho_m) * (1.0 - 0.5 * EP2_EARTH * A_EARTH_M * q * (1.0 - s2) * inv_r)


@inlined
def height_m(x_m: float, y_m: float, z_m: float) -> float:
    """Height above the ellipsoid by series, without iteration or trigonometry.

        rho = a (1 + e'^2 s^2)^(-1/2) by its series, s = z / r;  h = (r - rho) (1 - e'^4 s^2 (1 - s^2) a / 2r)

    rho is the ellipsoid's radius along the position; the last factor turns the radial distance into the shortest one.
    Error below 0.1 mm at the ground, 6 mm at 100 km, 0.11 m at 3,000 km. NaN at the centre of the Earth.
    """
    r2 = x_m * x_m + y_m * y_m + z_m * z_m
    inv_r2 = 1.0 / r2
    inv_r = math.sqrt(inv_r2)
    return _height_m(r2 * inv_r, inv_r, z_m * z_m * inv_r2)


@inlined
def climb_mps(x_m: float, y_m: float, z_m: float, vx_mps: float, vy_mps: float, vz_mps: float) -> float:
    """Rate of the height above the ellipsoid: the velocity along the surface normal.

        n ~ (x, y, k z),  k = (N + h) / (N (1 - e^2) + h),  N = a (1 + e^2 s^2 / 2)

    Error below 1e-6 of the speed. NaN at the centre of the Earth.
    """
    r2 = x_m * x_m + y_m * y_m + z_m * z_m
    n_m = A_EARTH_M * (1.0 + 0.5 * E2_EARTH * z_m * z_m / r2)
    k = 1.0 + E2_EARTH * n_m / (n_m * (1.0 - E2_EARTH) + height_m(x_m, y_m, z_m))
    up = x_m * vx_mps + y_m * vy_mps + k * z_m * vz_mps
    return up / math.sqrt(r2 + (k * k - 1.0) * z_m * z_m)


@inlined
def _gravity(x, y, z, vx, vy, inv_r2, inv_r) -> tuple[float, float, float]:
    """`coast_accel` given 1 / r^2 and 1 / r."""
    w = OMEGA_EARTH_RADPS
    g = -GM_EARTH_M3PS2 * inv_r2 * inv_r
    k = J2_K_M2 * inv_r2
    five_s2 = 5.0 * z * z * inv_r2
    side = g * (1.0 + k * (1.0 - five_s2)) + w * w
    return side * x + 2.0 * w * vy, side * y - 2.0 * w * vx, g * (1.0 + k * (3.0 - five_s2)) * z


@inlined
def coast_accel(x_m, y_m, z_m, vx_mps, vy_mps) -> tuple[float, float, float]:
    """Acceleration of an unpowered body above the air, in the rotating frame.

        a = g (1 + k (1 - 5 s^2), the same, 1 + k (3 - 5 s^2)) r  -  2 w x v  -  w x (w x r)
        g = -GM / r^3,  k = 3/2 J2 a^2 / r^2,  s = z / r

    Returns (ax, ay, az) in m/s^2, ECEF; the velocity's z does not enter. NaN at the centre of the Earth.
    Source: Montenbruck & Gill, Satellite Orbits (2000), sec. 3.2, 5.4.
    """
    inv_r2 = 1.0 / (x_m * x_m + y_m * y_m + z_m * z_m)
    return _gravity(x_m, y_m, z_m, vx_mps, vy_mps, inv_r2, math.sqrt(inv_r2))


@inlined
def fall_accel(x_m, y_m, z_m, vx_mps, vy_mps, vz_mps, inv_beta_m2pkg) -> tuple[float, float, float]:
    """Acceleration of an unpowered body: gravity, rotation, and drag in air that turns with the Earth.

        a = coast_accel - rho(h) |v| v / (2 beta),  beta = m / (Cd A)

    inv_beta_m2pkg is 1 / beta; 0 means no drag. Returns (ax, ay, az) in m/s^2, ECEF.
    Source: Li & Jilkov, IEEE T-AES 46(1) (2010), sec. II.
    """
    r2 = x_m * x_m + y_m * y_m + z_m * z_m
    inv_r2 = 1.0 / r2
    inv_r = math.sqrt(inv_r2)
    ax, ay, az = _gravity(x_m, y_m, z_m, vx_mps, vy_mps, inv_r2, inv_r)
    speed_mps = math.sqrt(vx_mps * vx_mps + vy_mps * vy_mps + vz_mps * vz_mps)
    rho_kgpm3 = lane_density_kgpm3(_height_m(r2 * inv_r, inv_r, z_m * z_m * inv_r2))
    d = -0.5 * inv_beta_m2pkg * rho_kgpm3 * speed_mps
    return ax + d * vx_mps, ay + d * vy_mps, az + d * vz_mps


@inlined
def flight_accel(
    x_m, y_m, z_m, vx_mps, vy_mps, vz_mps, fx_mps2, fy_mps2, fz_mps2, inv_beta_m2pkg
) -> tuple[float, float, float]:
    """`fall_accel` plus a specific force f (m/s^2, ECEF): thrust or lift as it is seen from outside."""
    ax, ay, az = fall_accel(x_m, y_m, z_m, vx_mps, vy_mps, vz_mps, inv_beta_m2pkg)
    return ax + fx_mps2, ay + fy_mps2, az + fz_mps2
