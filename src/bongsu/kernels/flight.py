"""Flight of one state: steps of the ten-state under its own force, sampled paths, falls to the ground."""

import math

import numpy as np

from bongsu.constants import G0_MPS2
from bongsu.kernels._jit import kernel
from bongsu.kernels.earth import geodetic_from_ecef
from bongsu.kernels.forces import climb_mps, coast_accel, fall_accel, flight_accel, height_m

__all__ = ["advance", "coast_accel", "fall_accel", "falls", "flight_accel", "height_m", "path"]


@kernel
def _rk4_step(x, y, z, u, v, w, fx, fy, fz, ib, h):
    """One classical Runge-Kutta step of h seconds; position (x, y, z), velocity (u, v, w), force f, inverse beta ib."""
    g = 0.5 * h
    a1, b1, c1 = flight_accel(x, y, z, u, v, w, fx, fy, fz, ib)
    u2, v2, w2 = u + g * a1, v + g * b1, w + g * c1
    a2, b2, c2 = flight_accel(x + g * u, y + g * v, z + g * w, u2, v2, w2, fx, fy, fz, ib)
    u3, v3, w3 = u + g * a2, v + g * b2, w + g * c2
    a3, b3, c3 = flight_accel(x + g * u2, y + g * v2, z + g * w2, u3, v3, w3, fx, fy, fz, ib)
    u4, v4, w4 = u + h * a3, v + h * b3, w + h * c3
    a4, b4, c4 = flight_accel(x + h * u3, y + h * v3, z + h * w3, u4, v4, w4, fx, fy, fz, ib)
    s = h / 6.0
    return (
        x + s * (u + 2.0 * (u2 + u3) + u4),
        y + s * (v + 2.0 * (v2 + v3) + v4),
        z + s * (w + 2.0 * (w2 + w3) + w4),
        u + s * (a1 + 2.0 * (a2 + a3) + a4),
        v + s * (b1 + 2.0 * (b2 + b3) + b4),
        w + s * (c1 + 2.0 * (c2 + c3) + c4),
    )


@kernel
def advance(state, dt_s, max_step_s, out) -> None:
    """Carry a ten-state through dt_s seconds (either sign) by Runge-Kutta steps of at most max_step_s.

    state (10,): position (m), velocity (m/s), specific force (m/s^2), all ECEF, and ln(beta / (1 kg/m^2)). Force and beta stay.
    out (10,) is filled; it may be state itself. Error of a 1 s step in coast: below 1e-6 m.
    Source: the classical fourth-order rule; Hairer, Norsett & Wanner, Solving ODEs I, sec. II.1.
    """
    x, y, z, u, v, w = state[0], state[1], state[2], state[3], state[4], state[5]
    fx, fy, fz, ln_beta = state[6], state[7], state[8], state[9]
    ib = math.exp(-ln_beta)
    n = max(1, math.ceil(abs(dt_s) / max_step_s))
    for _ in range(n):
        x, y, z, u, v, w = _rk4_step(x, y, z, u, v, w, fx, fy, fz, ib, dt_s / n)
    out[0], out[1], out[2], out[3], out[4], out[5] = x, y, z, u, v, w
    out[6], out[7], out[8], out[9] = fx, fy, fz, ln_beta


# Dormand and Prince's fifth-order pair: stage weights (the last row is the solution) and the weights of the error estimate.
# Source: Hairer, Norsett & Wanner, Solving ODEs I (1993), table 5.2 of chapter II.5
DP_A = np.array(
    (
        (0.0, 0.0, 0.0, 0.0, 0.0, 0.0),
        (1 / 5, 0.0, 0.0, 0.0, 0.0, 0.0),
        (3 / 40, 9 / 40, 0.0, 0.0, 0.0, 0.0),
        (44 / 45, -56 / 15, 32 / 9, 0.0, 0.0, 0.0),
        (19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729, 0.0, 0.0),
        (9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656, 0.0),
        (35 / 384, 0.0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84),
    )
)
DP_E = np.array((71 / 57600, 0.0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40))

STEP_MAX_S = 60.0  # the longest step; gravity alone is smooth to 1e-4 m over it
STEP_FIRST_S = 1.0
TOLERANCE_M = 0.001  # estimated error of one step in position, and of velocity over LOOK_AHEAD_S
LOOK_AHEAD_S = 100.0  # how long an error of velocity is carried on to the ground, roughly
AIR_FELT_M = 120e3  # no step may leap from above this height to below it: drag is invisible from up there
LANDED, FLYING, NO_START = 0.0, 1.0, 2.0  # status column of `falls`


@kernel
def _slope(y, ib, k):
    """k (6,) = d/dt of y (6,): velocity and acceleration of unpowered flight."""
    k[0], k[1], k[2] = y[3], y[4], y[5]
    k[3], k[4], k[5] = flight_accel(y[0], y[1], y[2], y[3], y[4], y[5], 0.0, 0.0, 0.0, ib)


@kernel
def _dopri_step(y, k, h, ib, new):
    """One step of h seconds from y (6,) with slopes k (7, 6), k[0] given; fills k and new (6,). Returns error / tolerance."""
    for stage in range(1, 7):
        for j in range(6):
            s = 0.0
            for i in range(stage):
                s += DP_A[stage, i] * k[i, j]
            new[j] = y[j] + h * s
        _slope(new, ib, k[stage])
    worst = 0.0
    for j in range(6):
        e = 0.0
        for i in range(7):
            e += DP_E[i] * k[i, j]
        worst = max(worst, abs(h * e) * (1.0 if j < 3 else LOOK_AHEAD_S) / TOLERANCE_M)
    return worst


@kernel
def _climb_mps(y):
    """Climb of a state (6,)."""
    return climb_mps(y[0], y[1], y[2], y[3], y[4], y[5])


@kernel
def _longest_step_s(y):
    """The step cap: down to AIR_FELT_M at most when coming from above it."""
    above_m = height_m(y[0], y[1], y[2]) - AIR_FELT_M
    if above_m <= 0.0:
        return STEP_MAX_S
    climb = _climb_mps(y)
    fall_s = (climb + math.sqrt(climb * climb + 2.0 * G0_MPS2 * above_m)) / G0_MPS2
    return min(STEP_MAX_S, fall_s + 0.5)


@kernel
def _land(y, k, h, ib, new):
    """Shorten a step that ended below the ellipsoid until `new` lies on it within 1e-6 m; returns its length (s)."""
    low, high = 0.0, h
    at = h
    for _ in range(50):
        h_m = height_m(new[0], new[1], new[2])
        if abs(h_m) < 1e-6:
            break
        if h_m < 0.0:
            high = at
        else:
            low = at
        at -= h_m / _climb_mps(new)
        if not (low < at < high):
            at = 0.5 * (low + high)
        _dopri_step(y, k, at, ib, new)
    return at


@kernel
def _hermite(y, k, h, new, s, at):
    """Position (3,) at the fraction s of a step, by the quintic through position, velocity and acceleration at both ends."""
    s2 = s * s
    s3 = s2 * s
    p1 = s3 * (10.0 - 15.0 * s + 6.0 * s2)
    v0 = s - s3 * (6.0 - 8.0 * s + 3.0 * s2)
    v1 = -s3 * (4.0 - 7.0 * s + 3.0 * s2)
    a0 = 0.5 * s2 * (1.0 - s) ** 3
    a1 = 0.5 * s3 * (1.0 - s) ** 2
    for j in range(3):
        at[j] = y[j] + p1 * (new[j] - y[j]) + h * (v0 * y[j + 3] + v1 * new[j + 3])
        at[j] += h * h * (a0 * k[0, j + 3] + a1 * k[6, j + 3])


@kernel
def _apogee(y, k, h, new):
    """(height_m, seconds into the step) of the highest point of a step that begins climbing and ends sinking."""
    at = np.empty(3)
    low, high = 0.0, 1.0
    third = 1.0 / 3.0
    for _ in range(40):  # the bracket shrinks by a third each round: 60 s to 5 microseconds
        a, b = low + (high - low) * third, high - (high - low) * third
        _hermite(y, k, h, new, a, at)
        left = height_m(at[0], at[1], at[2])
        _hermite(y, k, h, new, b, at)
        if left < height_m(at[0], at[1], at[2]):
            low = a
        else:
            high = b
    s = 0.5 * (low + high)
    _hermite(y, k, h, new, s, at)
    return height_m(at[0], at[1], at[2]), s * h


@kernel
def _fall(start, t_max_s, y, k, new, out):
    """One row of `falls`; y (6,), k (7, 6) and new (6,) are scratch."""
    for j in range(6):
        y[j] = start[j]
    for j in range(9):
        out[j] = np.nan
    out[8] = NO_START
    ib = math.exp(-start[6])
    h_m = height_m(y[0], y[1], y[2])
    _slope(y, ib, k[0])
    if not (h_m > 0.0 and k[0, 3] * 0.0 == 0.0):
        return
    t, h = 0.0, STEP_FIRST_S
    out[4], out[5], out[8] = h_m, 0.0, FLYING
    while t < t_max_s:
        h = min(h, min(_longest_step_s(y), t_max_s - t))
        error = _dopri_step(y, k, h, ib, new)
        if error > 1.0:
            h *= max(0.2, 0.9 * error**-0.2)
            continue
        landed = height_m(new[0], new[1], new[2]) <= 0.0
        if landed:
            h = _land(y, k, h, ib, new)
        if _climb_mps(y) > 0.0 >= _climb_mps(new):
            top_m, after_s = _apogee(y, k, h, new)
            if top_m > out[4]:
                out[4], out[5] = top_m, t + after_s
        t += h
        for j in range(6):
            y[j], k[0, j] = new[j], k[6, j]
        if landed:
            out[0], out[1], out[2], out[3], out[8] = y[0], y[1], y[2], t, LANDED
            out[6], out[7], _ = geodetic_from_ecef(y[0], y[1], y[2])
            return
        h *= min(5.0, 0.9 * max(error, 1e-9) ** -0.2)
    h_m = height_m(y[0], y[1], y[2])
    if h_m > out[4]:
        out[4], out[5] = h_m, t


@kernel
def falls(states, t_max_s, out) -> None:
    """Unpowered flight of every row to the ellipsoid.

    states (n, 7): position (m), velocity (m/s), ECEF, and ln(beta / (1 kg/m^2)). out (n, 9) is filled:
    0-2 impact (m, ECEF), 3 time to impact (s), 4 greatest height from now on (m), 5 time to it (s), 6 latitude and 7 longitude of
    the impact (rad), 8 status: 0 landed, 1 still flying after t_max_s (impact NaN), 2 no start above the ellipsoid (all NaN).
    """
    y, k, new = np.empty(6), np.empty((7, 6)), np.empty(6)
    for i in range(states.shape[0]):
        _fall(states[i], t_max_s, y, k, new, out[i])


@kernel
def path(state, dt_s, n, out) -> None:
    """Samples of the unpowered flight of one state (7,), as in `falls`, at 0, dt_s, 2 dt_s ...: out (n, 7), NaN after landing."""
    y, k, new = np.empty(6), np.empty((7, 6)), np.empty(6)
    for j in range(6):
        y[j] = state[j]
    ib = math.exp(-state[6])
    h, i = STEP_FIRST_S, 0
    while i < n and height_m(y[0], y[1], y[2]) > 0.0:
        for j in range(6):
            out[i, j] = y[j]
        out[i, 6] = state[6]
        left_s = dt_s
        _slope(y, ib, k[0])
        while left_s > 0.0 and height_m(y[0], y[1], y[2]) > 0.0:
            step = min(h, min(_longest_step_s(y), left_s))
            error = _dopri_step(y, k, step, ib, new)
            if error <= 1.0:
                left_s -= step
                for j in range(6):
                    y[j], k[0, j] = new[j], k[6, j]
            h = step * min(5.0, max(0.2, 0.9 * max(error, 1e-9) ** -0.2))
        i += 1
    for row in range(i, n):
        for j in range(7):
            out[row, j] = np.nan
