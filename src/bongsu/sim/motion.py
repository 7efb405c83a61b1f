"""The truth's own equations of motion, in the frame that turns with the Earth, and their integration.

    a = g(r) - 2 w x v - w x (w x r) - rho |v| v / (2 beta) + thrust + lift

g is the field of a point mass with J2 (Montenbruck & Gill, Satellite Orbits, 2000, sec. 3.2); rho the US-1976 air, at rest in
this frame. None of it is shared with the tracker, whose beliefs it has to test; only the ellipsoid and the air table are common.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal, cast

import numpy as np
from numpy.typing import NDArray

from bongsu.constants import A_EARTH_M, GM_EARTH_M3PS2, J2_EARTH, OMEGA_EARTH_RADPS
from bongsu.kernels.air import density_kgpm3
from bongsu.kernels.earth import geodetic_from_ecef
from bongsu.sim.boost import Boost, Burn, Shape, Vector, pitch_rad, specific_thrust_mps2

Until = Literal["apogee", "air", "ground"]
State = tuple[float, float, float, float, float, float]
Array = NDArray[np.float64]

AIR_M = 150_000.0  # above this height drag is below 1e-8 m/s^2 for anything that flies here: long steps are safe
STEP_AIR_S = 2.0  # longest step in the air: a fall at 7 km/s cannot leap over its lowest 15 km
STEP_SPACE_S = 60.0
STEP_TRIAL_S = 10.0
LONGEST_S = 14_400.0  # no fall takes four hours; what is still up then is in orbit
TIGHT, LOOSE = 1e-10, 1e-5  # relative tolerances of a truth, and of the trials of a fit


@dataclass(frozen=True, slots=True)
class Lift:
    """Lift over drag at its greatest, and where it acts: in a band of heights, unless climbing. Only ever after apogee."""

    ratio: float
    top_m: float
    onset_m: float
    floor_m: float
    level_mps: float


@dataclass(frozen=True, slots=True)
class Forces:
    """What acts beside gravity during one leg of a flight."""

    beta_kgpm2: float
    boost: Boost | None = None
    shape: Shape | None = None
    burn: Burn | None = None
    normal: Vector = (0.0, 0.0, 0.0)
    lift: Lift | None = None


@dataclass(frozen=True, slots=True)
class Leg:
    """One stretch of a flight, seconds after lift-off; `states(t)` gives (6, n) for times inside (not in the trials of a fit)."""

    start_s: float
    end_s: float
    states: Callable[[Any], Array]
    is_thrusting: bool
    is_lifting: bool
    is_stopped: bool  # its event came before its time was up
    end: State


def derivative(forces: Forces, t_s: float, y: Any) -> Sequence[float]:
    """Velocity and acceleration of the state (6,), ECEF."""
    x, y_, z, vx, vy, vz = y.tolist() if isinstance(y, np.ndarray) else y
    ax, ay, az = gravity_mps2(x, y_, z)
    w = OMEGA_EARTH_RADPS
    ax += 2.0 * w * vy + w * w * x
    ay += -2.0 * w * vx + w * w * y_
    lat_rad, lon_rad, h_m = geodetic_from_ecef(x, y_, z)
    if h_m < AIR_M:
        fx, fy, fz = _air_mps2(forces, h_m, (x, y_, z), (vx, vy, vz))
        ax, ay, az = ax + fx, ay + fy, az + fz
    if forces.burn is not None:
        fx, fy, fz = _thrust_mps2(forces, t_s, lat_rad, lon_rad)
        ax, ay, az = ax + fx, ay + fy, az + fz
    return vx, vy, vz, ax, ay, az


def gravity_mps2(x_m: float, y_m: float, z_m: float) -> Vector:
    """Acceleration of the Earth's mass and its flattening (J2), ECEF."""
    r2 = x_m * x_m + y_m * y_m + z_m * z_m
    k = -GM_EARTH_M3PS2 / (r2 * math.sqrt(r2))
    j = 1.5 * J2_EARTH * A_EARTH_M * A_EARTH_M / r2
    q = 5.0 * z_m * z_m / r2
    return k * x_m * (1.0 + j * (1.0 - q)), k * y_m * (1.0 + j * (1.0 - q)), k * z_m * (1.0 + j * (3.0 - q))


def _air_mps2(forces: Forces, h_m: float, r: Vector, v: Vector) -> Vector:
    """Drag against the velocity and, where there is lift, a multiple of it across the velocity and upward."""
    speed = math.sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2])
    k = 0.5 * float(density_kgpm3(max(h_m, 0.0))) * speed / forces.beta_kgpm2
    if forces.lift is None or speed == 0.0:
        return -k * v[0], -k * v[1], -k * v[2]
    radius = math.sqrt(r[0] * r[0] + r[1] * r[1] + r[2] * r[2])
    along = (r[0] * v[0] + r[1] * v[1] + r[2] * v[2]) / (radius * speed)
    ratio = lift_ratio(forces.lift, h_m, along * speed)
    size = max(math.sqrt(max(1.0 - along * along, 0.0)), 1e-9)  # straight up or down there is no "across, upward"
    up, back = ratio * k * speed / (size * radius), k + ratio * k * along / size
    return up * r[0] - back * v[0], up * r[1] - back * v[1], up * r[2] - back * v[2]


def lift_ratio(lift: Lift, h_m: float, climb_mps: float) -> float:
    """Lift over drag: whole inside the band of heights and while sinking, smoothly none outside it and while climbing."""
    in_band = smooth((lift.top_m - h_m) / lift.onset_m) * smooth((h_m - lift.floor_m) / lift.onset_m)
    return lift.ratio * in_band * smooth(0.5 - 0.5 * climb_mps / lift.level_mps)


def lift_mps2(forces: Forces, y: Sequence[float]) -> float:
    """Size of the lift acceleration of a state."""
    h_m = height_m(y)
    if forces.lift is None:
        return 0.0
    drag = 0.5 * float(density_kgpm3(max(h_m, 0.0))) * (y[3] ** 2 + y[4] ** 2 + y[5] ** 2) / forces.beta_kgpm2
    return lift_ratio(forces.lift, h_m, climb_mps(y)) * drag


def smooth(u: float) -> float:
    """0 below 0, 1 above 1, and between them a cubic without kinks."""
    u = min(max(u, 0.0), 1.0)
    return u * u * (3.0 - 2.0 * u)


def _thrust_mps2(forces: Forces, t_s: float, lat_rad: float, lon_rad: float) -> Vector:
    """Specific thrust in the plane of flight, at the pitch of the moment above the local horizon."""
    assert forces.boost is not None and forces.shape is not None and forces.burn is not None
    size = specific_thrust_mps2(forces.burn, forces.shape, t_s)
    pitch = pitch_rad(forces.boost, forces.shape, t_s)
    c = math.cos(lat_rad)
    u = (c * math.cos(lon_rad), c * math.sin(lon_rad), math.sin(lat_rad))
    n = forces.normal
    d = (n[1] * u[2] - n[2] * u[1], n[2] * u[0] - n[0] * u[2], n[0] * u[1] - n[1] * u[0])  # downrange: normal x up
    along = size * math.cos(pitch) / math.sqrt(d[0] * d[0] + d[1] * d[1] + d[2] * d[2])
    up = size * math.sin(pitch)
    return along * d[0] + up * u[0], along * d[1] + up * u[1], along * d[2] + up * u[2]


def height_m(y: Any) -> float:
    """Height of a state above the ellipsoid."""
    return float(geodetic_from_ecef(float(y[0]), float(y[1]), float(y[2]))[2])


def climb_mps(y: Any) -> float:
    """Rate of height of a state, to the accuracy of an apogee: the velocity along the surface normal."""
    lat_rad, lon_rad, _ = geodetic_from_ecef(float(y[0]), float(y[1]), float(y[2]))
    c = math.cos(lat_rad)
    return float(c * math.cos(lon_rad) * y[3] + c * math.sin(lon_rad) * y[4] + math.sin(lat_rad) * y[5])


@dataclass(frozen=True, slots=True)
class Event:
    """What ends a leg: the quantity that falls through zero there. Attributes and call as `solve_ivp` wants them."""

    until: Until
    terminal: bool = True
    direction: float = -1.0

    def __call__(self, _t_s: float, y: Array) -> float:
        """Positive before the event, negative after it."""
        if self.until == "apogee":
            return climb_mps(y)
        return height_m(y) - (AIR_M if self.until == "air" else 0.0)


def leg(forces: Forces, start_s: float, y: State, end_s: float, until: Until, rtol: float = TIGHT) -> Leg:
    """Integrate one leg until its event, or at the latest until `end_s`."""
    from scipy.integrate import solve_ivp

    in_space = until == "air" or (until == "apogee" and height_m(y) > AIR_M)
    solution = solve_ivp(
        partial(derivative, forces), (start_s, end_s), np.array(y), method="DOP853", rtol=rtol, atol=1e3 * rtol,
        max_step=STEP_SPACE_S if in_space else STEP_AIR_S if rtol <= TIGHT else STEP_TRIAL_S,
        dense_output=rtol <= TIGHT, events=Event(until),
    )  # fmt: skip
    if not solution.success:
        raise ArithmeticError(f"the integration of a flight stopped at {solution.t[-1]:.1f} s: {solution.message}")
    x, y_, z, vx, vy, vz = solution.y[:, -1].tolist()
    return Leg(
        start_s, float(solution.t[-1]), cast(Any, solution.sol), forces.burn is not None, forces.lift is not None,
        solution.status == 1, (x, y_, z, vx, vy, vz),
    )  # fmt: skip


def ascend(boost: Boost, shape: Shape, beta_kgpm2: float, rtol: float = TIGHT, cut_s: float = math.inf) -> list[Leg]:
    """The powered legs and the gaps between them, from the pad to the last burn-out, an early cut-off or the ground."""
    y: State = (*boost.site_ecef_m(), 0.0, 0.0, 0.0)
    legs: list[Leg] = []
    t_s = 0.0
    normal = boost.normal_ecef()
    for burn in boost.burns:
        if burn.start_s >= cut_s:
            break
        if burn.start_s > t_s:
            legs.append(leg(Forces(beta_kgpm2), t_s, y, burn.start_s, "ground", rtol))
            t_s, y = legs[-1].end_s, legs[-1].end
        forces = Forces(beta_kgpm2, boost, shape, burn, normal)
        legs.append(leg(forces, t_s, y, min(burn.end_s, cut_s), "ground", rtol))
        t_s, y = legs[-1].end_s, legs[-1].end
        if legs[-1].is_stopped:
            break
    return legs


def fall(start_s: float, y: State, beta_kgpm2: float, lift: Lift | None = None, rtol: float = TIGHT) -> list[Leg]:
    """The unpowered legs from a state to the ground (or to LONGEST_S, for what never falls): up, down to the air, down."""
    forces, end_s = Forces(beta_kgpm2), start_s + LONGEST_S
    legs: list[Leg] = []
    if climb_mps(y) > 0.0:
        legs.append(leg(forces, start_s, y, end_s, "apogee", rtol))
        start_s, y = legs[-1].end_s, legs[-1].end
    if height_m(y) > AIR_M and start_s < end_s:
        legs.append(leg(forces, start_s, y, end_s, "air", rtol))
        start_s, y = legs[-1].end_s, legs[-1].end
    if start_s < end_s:
        legs.append(leg(Forces(beta_kgpm2, lift=lift), start_s, y, end_s, "ground", rtol))
    return legs


def apogee(legs: Sequence[Leg]) -> tuple[float, float]:
    """Greatest height at the ends of the legs, one of which ends at the apogee: (height_m, t_s)."""
    return max((height_m(part.end), part.end_s) for part in legs)
