"""Air traffic: straight legs, turns, climbs and descents of airliners. Nothing in it is a launch; nothing may be called one."""

import math

import numpy as np
from numpy.typing import NDArray

from bongsu.constants import A_EARTH_M, E2_EARTH, G0_MPS2
from bongsu.kernels.earth import C_enu_from_ecef, ecef_from_geodetic
from bongsu.sim.bodies import Body
from bongsu.sim.draws import Rng, place, within
from bongsu.sim.motion import Leg
from bongsu.sim.scenario import FlightSpec

STEP_S = 1.0  # of the table of positions
LEG_S = (60.0, 240.0)  # how long an aircraft keeps one turn rate and one climb rate
P_TURN, P_CLIMB = 0.3, 0.3  # of a leg being a turn, and of its being a climb or a descent
BANK_RAD = (math.radians(10.0), math.radians(25.0))  # airliners bank up to 25-30 degrees
CLIMB_MPS = (3.0, 12.0)
LEVEL_OFF_S = 30.0  # before it would leave the band of heights
SETTLING_S = 8.0  # time constant with which turn and climb set in


def traffic(spec: FlightSpec, rng: Rng) -> tuple[Body, ...]:
    """`spec.count` aircraft around the site, all reporting their positions, for `spec.duration_s`."""
    return tuple(_aircraft(spec, rng, f"aircraft-{i + 1:02d}") for i in range(spec.count))


def _aircraft(spec: FlightSpec, rng: Rng, name: str) -> Body:
    """One aircraft, flown by dead reckoning over the ellipsoid and laid through a smooth curve."""
    from scipy.interpolate import CubicHermiteSpline

    times = np.arange(0.0, spec.duration_s + STEP_S, STEP_S)
    states = _track(spec, rng, times)
    curve = CubicHermiteSpline(times, states[:, :3], states[:, 3:])
    speed = curve.derivative()

    def at(t_s: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.vstack((curve(t_s).T, speed(t_s).T))

    x, y, z, vx, vy, vz = states[-1].tolist()
    leg = Leg(0.0, float(times[-1]), at, False, False, False, (x, y, z, vx, vy, vz))
    return Body(name, (leg,), math.nan, is_reporting=True)


def _track(spec: FlightSpec, rng: Rng, times: NDArray[np.float64]) -> NDArray[np.float64]:
    """Position and velocity (n, 6), ECEF, at times a second apart."""
    lat_rad, lon_rad = place(spec, rng, spec.spread_m)
    h_m, speed_mps, course_rad = within(rng, spec.h_m), within(rng, spec.speed_mps), rng.uniform(0.0, 2.0 * math.pi)
    turns, climbs = _orders(rng, times, speed_mps)
    turn_radps = climb_mps = 0.0
    found = np.empty((times.size, 6))
    for i in range(times.size):
        is_free = spec.h_m[0] < h_m + LEVEL_OFF_S * climbs[i] < spec.h_m[1]
        wanted_mps = climbs[i] if is_free else 0.0
        turn_radps += (turns[i] - turn_radps) * STEP_S / SETTLING_S
        climb_mps += (wanted_mps - climb_mps) * STEP_S / SETTLING_S
        v_enu = np.array((speed_mps * math.sin(course_rad), speed_mps * math.cos(course_rad), climb_mps))
        found[i, :3] = ecef_from_geodetic(lat_rad, lon_rad, h_m)
        found[i, 3:] = np.asarray(C_enu_from_ecef(lat_rad, lon_rad)).T @ v_enu
        middle = course_rad + 0.5 * turn_radps * STEP_S
        w = 1.0 - E2_EARTH * math.sin(lat_rad) ** 2
        lat_rad += speed_mps * math.cos(middle) * STEP_S / (A_EARTH_M * (1.0 - E2_EARTH) / w**1.5 + h_m)
        lon_rad += speed_mps * math.sin(middle) * STEP_S / ((A_EARTH_M / math.sqrt(w) + h_m) * math.cos(lat_rad))
        h_m += climb_mps * STEP_S
        course_rad += turn_radps * STEP_S
    return found


def _orders(rng: Rng, times: NDArray[np.float64], speed_mps: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Ordered turn rate and climb rate at each time: legs of random length, each straight or turning, level or not."""
    turns, climbs = np.zeros(times.size), np.zeros(times.size)
    t_s = 0.0
    while t_s <= times[-1]:
        end_s = t_s + within(rng, LEG_S)
        inside = (times >= t_s) & (times < end_s)
        is_turn, is_climb = rng.uniform() < P_TURN, rng.uniform() < P_CLIMB
        bank_rad, climb_mps = within(rng, BANK_RAD), within(rng, CLIMB_MPS)
        sides = rng.choice((-1.0, 1.0), size=2)
        turns[inside] = sides[0] * G0_MPS2 * math.tan(bank_rad) / speed_mps if is_turn else 0.0
        climbs[inside] = sides[1] * climb_mps if is_climb else 0.0
        t_s = end_s
    return turns, climbs
