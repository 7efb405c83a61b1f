"""Flight known by height and speed alone: coast of (height, vertical speed, squared horizontal speed), its fit, its apogee.

    h' = w        w' = -g(h) + q/(R + h)        q' = -2 w q/(R + h)        speed^2 = w^2 + q

g(h) = g0 (R/(R + h))^2 with g0 the normal gravity and R the radius of the Earth at the launch site. The rotation of the Earth
needs an azimuth, which is unknown: left out, it moves an apogee by 0.05-0.15 % and 0.3 s, to be carried as noise.
Symbols: h height (m), w vertical speed (m/s), q squared horizontal speed (m^2/s^2). The square, not the speed, is what is
measured: its fit stays regular in a flight straight up, and may come out a little below zero there.
"""

import math

import numpy as np

from bongsu.kernels._jit import inlined, kernel

SLOWEST_MPS = 20.0  # below, a rounded speed hardly constrains the square


@inlined
def _rates(h, w, q, g0, radius_m):
    r = radius_m + h
    return w, -g0 * (radius_m / r) ** 2 + q / r, -2.0 * w * q / r


@kernel
def coast_heights(h_m, w_mps, q_m2ps2, dt_s, max_step_s, g0_mps2, radius_m):
    """The state (h, w, q) after `dt_s` of coast (negative: before), by fourth-order Runge-Kutta steps of at most `max_step_s`.

    Returns: h (m), w (m/s), q (m^2/s^2).
    """
    n = max(1, int(math.ceil(abs(dt_s) / max_step_s)))
    dt = dt_s / n
    h, w, q = h_m, w_mps, q_m2ps2
    for _ in range(n):
        a1, b1, c1 = _rates(h, w, q, g0_mps2, radius_m)
        a2, b2, c2 = _rates(h + 0.5 * dt * a1, w + 0.5 * dt * b1, q + 0.5 * dt * c1, g0_mps2, radius_m)
        a3, b3, c3 = _rates(h + 0.5 * dt * a2, w + 0.5 * dt * b2, q + 0.5 * dt * c2, g0_mps2, radius_m)
        a4, b4, c4 = _rates(h + dt * a3, w + dt * b3, q + dt * c3, g0_mps2, radius_m)
        h += dt / 6.0 * (a1 + 2.0 * (a2 + a3) + a4)
        w += dt / 6.0 * (b1 + 2.0 * (b2 + b3) + b4)
        q += dt / 6.0 * (c1 + 2.0 * (c2 + c3) + c4)
    return h, w, q


@kernel
def _predict_rows(x, t_s, g0, radius_m, out):
    """Height and speed at the times `t_s` (n,), descending from 0 backwards, of the state `x` (3,) at time 0, into out (n, 2)."""
    h, w, q = x[0], x[1], x[2]
    t = 0.0
    for i in range(t_s.shape[0]):
        h, w, q = coast_heights(h, w, q, t_s[i] - t, 1.0, g0, radius_m)
        t = t_s[i]
        out[i, 0] = h
        out[i, 1] = math.sqrt(max(w * w + q, SLOWEST_MPS * SLOWEST_MPS))


@kernel
def _invert3(a, out):
    """Inverse of a symmetric (3, 3) matrix by cofactors; NaN where it is singular."""
    c00 = a[1, 1] * a[2, 2] - a[1, 2] * a[1, 2]
    c01 = a[0, 2] * a[1, 2] - a[0, 1] * a[2, 2]
    c02 = a[0, 1] * a[1, 2] - a[0, 2] * a[1, 1]
    det = a[0, 0] * c00 + a[0, 1] * c01 + a[0, 2] * c02
    scale = 1.0 / det if det > 0.0 else math.nan
    out[0, 0] = c00 * scale
    out[0, 1] = out[1, 0] = c01 * scale
    out[0, 2] = out[2, 0] = c02 * scale
    out[1, 1] = (a[0, 0] * a[2, 2] - a[0, 2] * a[0, 2]) * scale
    out[1, 2] = out[2, 1] = (a[0, 1] * a[0, 2] - a[0, 0] * a[1, 2]) * scale
    out[2, 2] = (a[0, 0] * a[1, 1] - a[0, 1] * a[0, 1]) * scale


@kernel
def fit_coast(t_s, h_m, v_mps, sigma_h_m, sigma_v_mps, start, g0_mps2, radius_m, x, cov):
    """Least squares of one coast through heights and speeds, by Gauss-Newton with numeric derivatives.

    Parameters: t_s (n,) seconds relative to the newest sample, descending (0, -0.5, ...); h_m, v_mps, sigma_h_m, sigma_v_mps
    (n,); start (3,) a first guess of (h, w, q) at time 0. A speed predicted below
    SLOWEST_MPS says nothing about q and is flat there. Fills x (3,) and cov (3, 3) at time 0.
    Returns: chi-squared per degree of freedom (2n - 3); NaN where the fit fails or n < 2.
    """
    n = t_s.shape[0]
    base, moved = np.empty((n, 2)), np.empty((n, 2))
    jac = np.empty((n, 2, 3))
    normal, inverse = np.empty((3, 3)), np.empty((3, 3))
    right = np.empty(3)
    steps = (10.0, 0.1, 100.0)  # m, m/s, m^2/s^2: far above rounding, far below curvature
    x[:] = start
    chi2 = math.nan
    for _ in range(8):
        _predict_rows(x, t_s, g0_mps2, radius_m, base)
        for k in range(3):
            x[k] += steps[k]
            _predict_rows(x, t_s, g0_mps2, radius_m, moved)
            x[k] -= steps[k]
            for i in range(n):
                jac[i, 0, k] = (moved[i, 0] - base[i, 0]) / (steps[k] * sigma_h_m[i])
                jac[i, 1, k] = (moved[i, 1] - base[i, 1]) / (steps[k] * sigma_v_mps[i])
        normal[:] = 0.0
        right[:] = 0.0
        normal[2, 2] = 1e-16  # a prior of (1e4 m/s)^2 on q: nothing here flies sideways faster
        chi2 = 0.0
        for i in range(n):
            rh = (h_m[i] - base[i, 0]) / sigma_h_m[i]
            rv = (v_mps[i] - base[i, 1]) / sigma_v_mps[i]
            chi2 += rh * rh + rv * rv
            for k in range(3):
                right[k] += jac[i, 0, k] * rh + jac[i, 1, k] * rv
                for m in range(3):
                    normal[k, m] += jac[i, 0, k] * jac[i, 0, m] + jac[i, 1, k] * jac[i, 1, m]
        _invert3(normal, inverse)
        size = 0.0
        for k in range(3):
            move = inverse[k, 0] * right[0] + inverse[k, 1] * right[1] + inverse[k, 2] * right[2]
            x[k] += move
            size += abs(move) / steps[k]
        if size < 1e-3:
            break
    cov[:, :] = inverse
    return chi2 / (2 * n - 3) if n >= 2 else math.nan


@kernel
def apogee_of(h_m, w_mps, q_m2ps2, g0_mps2, radius_m):
    """Greatest height of the coast through (h, w, q), and when, in seconds from now (negative if it is past).

    Returns: apogee (m), time (s); NaN where the coast never turns (escape).
    """
    h, w, q, t = h_m, w_mps, q_m2ps2, 0.0
    for _ in range(60):
        rate = -g0_mps2 * (radius_m / (radius_m + h)) ** 2 + q / (radius_m + h)
        if rate >= 0.0:
            return math.nan, math.nan
        dt = -w / rate
        if abs(dt) < 1e-6:
            return h, t
        dt = min(max(dt, -600.0), 600.0)
        h, w, q = coast_heights(h, w, q, dt, 1.0, g0_mps2, radius_m)
        t += dt
    return math.nan, math.nan


@kernel
def apogee_with_sigma(x, cov, g0_mps2, radius_m, out):
    """Apogee and its time with their standard deviations by finite differences, into out (4,): m, s, m, s.

    Parameters: x (3,) state now, cov (3, 3).
    """
    steps = (10.0, 0.1, 100.0)
    top, when = apogee_of(x[0], x[1], x[2], g0_mps2, radius_m)
    dh, dt = np.empty(3), np.empty(3)
    for k in range(3):
        y = x.copy()
        y[k] += steps[k]
        a, b = apogee_of(y[0], y[1], y[2], g0_mps2, radius_m)
        dh[k] = (a - top) / steps[k]
        dt[k] = (b - when) / steps[k]
    var_h, var_t = 0.0, 0.0
    for k in range(3):
        for m in range(3):
            var_h += dh[k] * cov[k, m] * dh[m]
            var_t += dt[k] * cov[k, m] * dt[m]
    out[0], out[1], out[2], out[3] = top, when, math.sqrt(var_h), math.sqrt(var_t)
