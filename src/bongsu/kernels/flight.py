"""Flight of one state: steps of the ten-state under its own force, and sampled paths. `falls` stands in falls.py."""

import math

import numpy as np

from bongsu.kernels._jit import kernel
from bongsu.kernels.dopri import dopri_step
from bongsu.kernels.falls import STEP_FIRST_S, STEP_LEAST_S, STEP_MAX_S, falls
from bongsu.kernels.forces import coast_accel, fall_accel, flight_accel, height_m

__all__ = ["advance", "coast_accel", "fall_accel", "falls", "flight_accel", "height_m", "path"]

TOLERANCE_M = 0.001  # accepted estimate of the error of one step of a path
LOOK_AHEAD_S = 100.0  # and of its velocity's, over this time
PULL_MPS2 = 12.0  # gravity and the turning Earth give a body of the air less than this
FINER = 64  # parts of a step in which drag would throw a body back


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
    out (10,) is filled; it may be state itself. Error of a 1 s step in coast: below 1e-6 m. Where drag is so hard that a step
    forwards would gain speed by it (sigma points below the ground), it is taken in 64 parts; if that does not help, the body
    stands still.
    Source: the classical fourth-order rule; Hairer, Norsett & Wanner, Solving ODEs I, sec. II.1.
    """
    x, y, z, u, v, w = state[0], state[1], state[2], state[3], state[4], state[5]
    fx, fy, fz, ln_beta = state[6], state[7], state[8], state[9]
    ib = math.exp(-ln_beta)
    n = max(1, math.ceil(abs(dt_s) / max_step_s))
    push = math.sqrt(fx * fx + fy * fy + fz * fz) + PULL_MPS2
    for _ in range(n):
        most = math.sqrt(u * u + v * v + w * w) + push * abs(dt_s / n)
        x2, y2, z2, u2, v2, w2 = _rk4_step(x, y, z, u, v, w, fx, fy, fz, ib, dt_s / n)
        if dt_s > 0.0 and not u2 * u2 + v2 * v2 + w2 * w2 <= most * most:
            x2, y2, z2, u2, v2, w2 = x, y, z, u, v, w
            for _ in range(FINER):
                x2, y2, z2, u2, v2, w2 = _rk4_step(x2, y2, z2, u2, v2, w2, fx, fy, fz, ib, dt_s / n / FINER)
            if not u2 * u2 + v2 * v2 + w2 * w2 <= most * most:
                x2, y2, z2, u2, v2, w2 = x, y, z, 0.0, 0.0, 0.0
        x, y, z, u, v, w = x2, y2, z2, u2, v2, w2
    out[0], out[1], out[2], out[3], out[4], out[5] = x, y, z, u, v, w
    out[6], out[7], out[8], out[9] = fx, fy, fz, ln_beta


@kernel
def _leg(y, ib, t_s, step_s):
    """Carry a state y (6,) through t_s > 0 seconds, or to below the ellipsoid; returns the step to begin the next leg with."""
    a, b, c = fall_accel(y[0], y[1], y[2], y[3], y[4], y[5], ib)
    left_s = t_s
    while left_s > 0.0 and height_m(y[0], y[1], y[2]) > 0.0 and step_s > STEP_LEAST_S:
        h = min(step_s, left_s)
        p, q, r, u, v, w, a2, b2, c2, e_m, e_mps = dopri_step(y[0], y[1], y[2], y[3], y[4], y[5], a, b, c, ib, h)
        error = (e_m + LOOK_AHEAD_S * e_mps) / TOLERANCE_M
        grow = min(5.0, 0.9 * (error + 1e-12) ** -0.2)
        if error <= 1.0:
            y[0], y[1], y[2], y[3], y[4], y[5] = p, q, r, u, v, w
            a, b, c = a2, b2, c2
            left_s -= h
        step_s = min(STEP_MAX_S, (step_s if h < step_s and grow >= 1.0 else h * (grow if grow > 0.2 else 0.2)))
    return step_s


@kernel
def path(state, dt_s, n, out) -> None:
    """Samples of the unpowered flight of one state (7,), as in `falls`, at 0, dt_s, 2 dt_s ... (dt_s > 0).

    out (n, 7) is filled with position (m), velocity (m/s), ECEF, and ln beta; NaN from the first sample below the ellipsoid
    on. Error below 0.01 m in a leg of 100 s.
    """
    y = np.empty(6)
    for j in range(6):
        y[j] = state[j]
    ib, step_s, i = math.exp(-state[6]), STEP_FIRST_S, 0
    while i < n and height_m(y[0], y[1], y[2]) > 0.0:
        for j in range(6):
            out[i, j] = y[j]
        out[i, 6] = state[6]
        i += 1
        if i < n:
            step_s = _leg(y, ib, dt_s, step_s)
    for row in range(i, n):
        for j in range(7):
            out[row, j] = np.nan
