"""Flights that reported figures may describe: a generic end of boost as the start of a fall, and falls that lift carries on.

The boost is one law of energy for every flight: its length grows with the square of the speed it gives, its path is a share of
what that speed would cover in that time, its slope lies between the last one and the vertical. No vehicle has these numbers.
"""

import math

import numpy as np

from bongsu.kernels._jit import inlined, kernel
from bongsu.kernels.air import lane_density_kgpm3
from bongsu.kernels.cloud import HALTON_SKIP, PRIMES, normal_quantile, radical_inverse
from bongsu.kernels.earth import C_enu_from_ecef, ecef_from_geodetic, geodetic_from_ecef
from bongsu.kernels.forces import climb_mps, flight_accel, height_m

SPEED, CLIMB, HEADING, PACE, LN_BETA, LIFT = 0, 1, 2, 3, 4, 5  # columns of a flight's unknowns and beliefs
LANDED, FLYING, NO_START = 0.0, 1.0, 2.0  # as in kernels.falls
FREE_H_M = 90e3  # no lift above: the 1976 atmosphere thins to 3e-6 kg/m^3
STEP_AIR_S, STEP_FREE_S = 2.0, 8.0
LEAST_SPEED_MPS = 1_000.0  # slower than this nothing is carried on: it falls
MAX_LIFT_MPS2 = 200.0


@kernel
def fill_points(first, n_even, out):
    """Low-discrepancy points (n, d), d <= 10, from number `first` on: columns below n_even evenly in (0, 1), the others standard
    normal.

    Source: Halton, Numer. Math. 2 (1960).
    """
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            u = radical_inverse(first + i + 1 + HALTON_SKIP, PRIMES[j])
            out[i, j] = u if j < n_even else normal_quantile(u)


@kernel
def boost_ends(site, flights, law, out, seconds):
    """The end of a generic boost of every flight.

        T = f (T0 + k v^2),  L = p v T,  slope = c + q (pi/2 - c);  displacement = L (cos slope along, sin slope up)

    Parameters: site (3,) latitude, longitude (rad), height (m); flights (n, >= 5) ln v (m/s, over ground), climb c (rad),
    heading (rad, from north), ln f, ln beta; law (4,) = (T0 in s, k in s^3/m^2, p, q). Fills out (n, 7): position, velocity
    (ECEF), ln beta, as `kernels.falls` takes them; seconds (n,) = T. Velocity is given in the east, north, up of the place
    where the boost ends.
    Source: docs/decisions/0010-reconstruct.md.
    """
    x0, y0, z0 = ecef_from_geodetic(site[0], site[1], site[2])
    C0 = C_enu_from_ecef(site[0], site[1])
    for i in range(flights.shape[0]):
        speed, climb, heading = math.exp(flights[i, SPEED]), flights[i, CLIMB], flights[i, HEADING]
        seconds[i] = math.exp(flights[i, PACE]) * (law[0] + law[1] * speed * speed)
        path_m = law[2] * speed * seconds[i]
        slope = climb + law[3] * (0.5 * math.pi - climb)
        along, up = path_m * math.cos(slope), path_m * math.sin(slope)
        e, n = along * math.sin(heading), along * math.cos(heading)
        x = x0 + C0[0, 0] * e + C0[1, 0] * n + C0[2, 0] * up
        y = y0 + C0[0, 1] * e + C0[1, 1] * n + C0[2, 1] * up
        z = z0 + C0[0, 2] * e + C0[1, 2] * n + C0[2, 2] * up
        lat, lon, _ = geodetic_from_ecef(x, y, z)
        C = C_enu_from_ecef(lat, lon)
        e, n = speed * math.cos(climb) * math.sin(heading), speed * math.cos(climb) * math.cos(heading)
        up = speed * math.sin(climb)
        out[i, 0], out[i, 1], out[i, 2] = x, y, z
        for j in range(3):
            out[i, 3 + j] = C[0, j] * e + C[1, j] * n + C[2, j] * up
        out[i, 6] = flights[i, LN_BETA]


@inlined
def _carried_accel(x, y, z, u, v, w, ib, lift):
    """Acceleration with drag and a lift of `lift` times the drag, up and square to the velocity in the vertical plane.

    Returns m/s^2, ECEF. The vertical is the geocentric one. No lift below 1 km/s, above 90 km, or for a body that goes
    straight up or down.
    """
    speed2 = u * u + v * v + w * w
    size = 0.0
    if lift > 0.0 and speed2 > LEAST_SPEED_MPS * LEAST_SPEED_MPS:
        h = height_m(x, y, z)
        size = 0.5 * lift * lane_density_kgpm3(h) * speed2 * ib if h < FREE_H_M else 0.0
        size = min(size, MAX_LIFT_MPS2)
    r2 = x * x + y * y + z * z
    along = (x * u + y * v + z * w) / max(speed2, 1.0)
    nx, ny, nz = x - along * u, y - along * v, z - along * w
    n2 = nx * nx + ny * ny + nz * nz
    size = size / math.sqrt(n2) if n2 > 1e-8 * r2 else 0.0
    return flight_accel(x, y, z, u, v, w, size * nx, size * ny, size * nz, ib)


@kernel
def _carry_step(s, ib, lift, h, out):
    """One classical Runge-Kutta step of h seconds of a carried fall: s (6,) position and velocity, into out (6,)."""
    x, y, z, u, v, w = s[0], s[1], s[2], s[3], s[4], s[5]
    g = 0.5 * h
    a1, b1, c1 = _carried_accel(x, y, z, u, v, w, ib, lift)
    u2, v2, w2 = u + g * a1, v + g * b1, w + g * c1
    a2, b2, c2 = _carried_accel(x + g * u, y + g * v, z + g * w, u2, v2, w2, ib, lift)
    u3, v3, w3 = u + g * a2, v + g * b2, w + g * c2
    a3, b3, c3 = _carried_accel(x + g * u2, y + g * v2, z + g * w2, u3, v3, w3, ib, lift)
    u4, v4, w4 = u + h * a3, v + h * b3, w + h * c3
    a4, b4, c4 = _carried_accel(x + h * u3, y + h * v3, z + h * w3, u4, v4, w4, ib, lift)
    k = h / 6.0
    out[0], out[1], out[2] = (
        x + k * (u + 2.0 * (u2 + u3) + u4),
        y + k * (v + 2.0 * (v2 + v3) + v4),
        z + k * (w + 2.0 * (w2 + w3) + w4),
    )
    out[3], out[4], out[5] = (
        u + k * (a1 + 2.0 * (a2 + a3) + a4),
        v + k * (b1 + 2.0 * (b2 + b3) + b4),
        w + k * (c1 + 2.0 * (c2 + c3) + c4),
    )


@kernel
def carried_falls(states, lift, t_max_s, out):
    """Falls that lift carries on from their apogee, held in the vertical plane, until 1 km/s is left.

        f = k D / m upwards, square to the velocity;  D / m = rho v^2 / (2 beta)

    Parameters: states (n, 7) as in `kernels.falls`; lift (n,) k, lift over drag; t_max_s. Fills out (n, 9), the columns of
    `kernels.falls`. Lift begins with the first step that starts beyond the apogee. Impact within 1.4 km of steps of 0.1 s
    for nine flights in ten, 9 km for all (tests/unit/kernels/test_reconstruct.py): far below what figures tell.
    Source: textbook flight mechanics, Vinh, Busemann & Culp, Hypersonic and Planetary Entry Flight Mechanics (1980), ch. 2.
    """
    x, after = np.empty(6), np.empty(6)
    for i in range(states.shape[0]):
        x[:] = states[i, :6]
        _carry(x, math.exp(-states[i, 6]), lift[i], t_max_s, out[i], after)


@kernel
def _carry(x, ib, lift, t_max_s, out, after):
    """One carried fall, x (6,) being its state; out (9,) is filled."""
    out[:] = np.nan
    out[8] = NO_START
    t_s, is_past = 0.0, False
    h = height_m(x[0], x[1], x[2])
    top_m, top_s = h, 0.0
    if not h > 0.0:
        return
    while t_s < t_max_s:
        climb = climb_mps(x[0], x[1], x[2], x[3], x[4], x[5])
        is_past = is_past or climb <= 0.0
        step_s = STEP_FREE_S if h > FREE_H_M and h + climb * STEP_FREE_S > FREE_H_M else STEP_AIR_S
        _carry_step(x, ib, lift if is_past else 0.0, step_s, after)
        h_after = height_m(after[0], after[1], after[2])
        climb_after = climb_mps(after[0], after[1], after[2], after[3], after[4], after[5])
        if not math.isfinite(h_after):
            return
        if climb > 0.0 and climb_after <= 0.0:  # the parabola through both climbs
            share = climb / (climb - climb_after)
            peak = h + 0.5 * share * step_s * climb
            if peak > top_m:
                top_m, top_s = peak, t_s + share * step_s
        if h_after <= 0.0:
            share = h / (h - h_after)
            for j in range(3):
                out[j] = x[j] + share * (after[j] - x[j])
            out[6], out[7], _ = geodetic_from_ecef(out[0], out[1], out[2])
            out[3], out[4], out[5], out[8] = t_s + share * step_s, top_m, top_s, LANDED
            return
        t_s += step_s
        x[:] = after
        h = h_after
    out[4], out[5], out[8] = top_m, top_s, FLYING
