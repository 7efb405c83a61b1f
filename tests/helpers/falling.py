"""Random unpowered flights, and their integration by a method and a force law that share nothing with the kernels."""

import math

import numpy as np
from numpy.typing import NDArray
from scipy.integrate import solve_ivp

from bongsu.constants import A_EARTH_M, GM_EARTH_M3PS2, J2_EARTH, OMEGA_EARTH_RADPS
from bongsu.kernels._jit import kernel
from bongsu.kernels.air import density_kgpm3
from bongsu.kernels.earth import C_enu_from_ecef, ecef_from_geodetic, enu_from_ecef, geodetic_from_ecef

# height (m), speed (m/s), climb (rad) of a flight at its start: lowest and highest
KINDS = (
    ((30e3, 90e3), (1000.0, 4000.0), (0.09, 0.52)),  # depressed, from inside the air
    ((60e3, 400e3), (2000.0, 7000.0), (0.79, 1.48)),  # lofted
    ((80e3, 300e3), (2000.0, 7000.0), (-1.55, -0.35)),  # steep re-entry
    ((100e3, 250e3), (2000.0, 6500.0), (0.17, 0.79)),  # near minimum energy
)
T_MAX_S = 20_000.0


def flights(n: int, seed: int) -> NDArray[np.float64]:
    """n states (n, 7) of all four kinds in turn, anywhere, beta 500 to 20,000 kg/m^2."""
    rng = np.random.default_rng(seed)
    states = np.empty((n, 7))
    for i in range(n):
        height_m, speed_mps, climb_rad = (rng.uniform(*limits) for limits in KINDS[i % 4])
        lat_rad, lon_rad, azimuth_rad = (
            math.asin(rng.uniform(-1, 1)),
            rng.uniform(-math.pi, math.pi),
            rng.uniform(0, 6.28),
        )
        flat = math.cos(climb_rad)
        direction = np.array([flat * math.sin(azimuth_rad), flat * math.cos(azimuth_rad), math.sin(climb_rad)])
        states[i, :3] = ecef_from_geodetic(lat_rad, lon_rad, height_m)
        states[i, 3:6] = C_enu_from_ecef(lat_rad, lon_rad).T @ (speed_mps * direction)
        states[i, 6] = rng.uniform(math.log(500.0), math.log(20e3))
    return states


@kernel
def _motion(t_s, s, inv_beta):
    """Gravity as the gradient of the J2 potential, exact geodetic height, drag; Vallado's form, not that of the kernels."""
    x, y, z, u, v, w = s[0], s[1], s[2], s[3], s[4], s[5]
    r = math.sqrt(x * x + y * y + z * z)
    h_m = geodetic_from_ecef(x, y, z)[2]
    drag = -0.5 * inv_beta * density_kgpm3(max(h_m, -9e3)) * math.sqrt(u * u + v * v + w * w)
    bulge = 1.5 * J2_EARTH * GM_EARTH_M3PS2 * A_EARTH_M**2 / r**5
    central, z2 = -GM_EARTH_M3PS2 / r**3, 5.0 * z * z / (r * r)
    turn = OMEGA_EARTH_RADPS
    out = np.empty(6)
    out[0], out[1], out[2] = u, v, w
    out[3] = central * x + bulge * x * (z2 - 1.0) + turn * turn * x + 2.0 * turn * v + drag * u
    out[4] = central * y + bulge * y * (z2 - 1.0) + turn * turn * y - 2.0 * turn * u + drag * v
    out[5] = central * z + bulge * z * (z2 - 3.0) + drag * w
    return out


def _height(t_s, s, inv_beta):
    return geodetic_from_ecef(s[0], s[1], s[2])[2]


def _climb(t_s, s, inv_beta):
    lat_rad, lon_rad, _ = geodetic_from_ecef(s[0], s[1], s[2])
    return enu_from_ecef(s[3], s[4], s[5], lat_rad, lon_rad)[2]


_height.terminal, _height.direction = True, -1
_climb.direction = -1


def fall_by_scipy(state: NDArray[np.float64]) -> NDArray[np.float64]:
    """(6,): impact (m, ECEF), time to it (s), apogee (m) and time to it (s), by DOP853 at 1e-12 and steps of 2 s at most."""
    found = solve_ivp(
        _motion, (0.0, T_MAX_S), state[:6], method="DOP853", rtol=1e-12, atol=1e-6, max_step=2.0, events=(_height, _climb),
        args=(math.exp(-state[6]),),
    )  # fmt: skip
    tops = [(geodetic_from_ecef(*s[:3])[2], t) for s, t in zip(found.y_events[1], found.t_events[1], strict=True)]
    top_m, top_s = max([(geodetic_from_ecef(*state[:3])[2], 0.0), *tops])
    return np.array([*found.y_events[0][0][:3], found.t_events[0][0], top_m, top_s])
