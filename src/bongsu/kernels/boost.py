"""A generic powered flight from the ground, and its most probable parameters given measured rows.

The flight starts at rest on the ground, rises straight up, then tilts at rates that are constant between knots, while the
logarithm of its thrust acceleration changes at rates that are constant between knots. Tilt is a vector (along and to the left of
a reference direction), so no azimuth need be known to start with. Parameters, K being the number of stretches in use:

    p[0], p[1]          east and north of the reference point, m
    p[2]                lift-off after the reference time, s
    p[3]                ln of the length of the vertical rise, ln s
    p[4]                ln of the first thrust acceleration, ln m/s^2
    p[5 : 5+K]          rates of ln thrust acceleration, 1/s
    p[5+K : 5+3K]       rates of tilt, along then left of each stretch, rad/s

A row is one scalar measurement: [t_s, kind, d_x, d_y, d_z, m_x, m_y, m_z, value, sigma], ECEF metres. Its whitened residual is

    kind 0   d . (r - m) / sigma                        position along d
    kind 1   d . (r - m) / |r - m| / sigma              angle across a line of sight; m is the sensor
    kind 2   (v . (r - m) / |r - m| - value) / sigma    range rate; m is the sensor
    kind 3   (h(r) - value) / sigma                     height
    kind 4   (t - t0 - value) / sigma                   time since lift-off

Source of the method: maximum a posteriori by Levenberg-Marquardt and Laplace's covariance (Nocedal & Wright, Numerical
Optimization (2006), ch. 10; MacKay, Information Theory (2003), ch. 27); the generic flight is ours.
"""

import math
from typing import Any, NamedTuple

import numpy as np

from bongsu.constants import A_EARTH_M, E2_EARTH
from bongsu.kernels._jit import kernel
from bongsu.kernels.earth import ecef_from_geodetic
from bongsu.kernels.flight import flight_accel, height_m

N_LEAD = 5  # parameters before the rates
MAX_STEPS_TRIED = 8  # dampings tried before an iteration gives up
GAIN_ENOUGH = 1e-3  # a thousandth of a squared sigma moves nothing
MAX_TILT_RAD = 3.0  # a thrust axis turned further than this is no launch; keeps the direction single-valued


class Problem(NamedTuple):
    """One fit: what was measured, what is believed, how the flight is integrated."""

    rows: Any  # (m, 10) in order of time
    prior: Any  # (n, 4) rows [mean, sigma, link, coupling]: p_i ~ N(mean + coupling p_link, sigma); link < i, or -1 for none
    deltas: Any  # (n,) steps of the numeric derivatives
    knots_s: Any  # (>= n_knots,) starts of the stretches, since lift-off
    n_knots: int
    ref: (
        Any  # (4,) latitude, longitude (rad), height (m) of the reference point, inverse ballistic coefficient (m^2/kg)
    )
    dt_s: float
    bound: float  # Huber's, in standard deviations


class Work(NamedTuple):
    """Arrays the fit works in; `path` and `res` belong to the present parameters."""

    path: Any  # (n_steps + 1, 6)
    spare: Any
    res: Any  # (m,)
    other: Any
    J: Any  # (n, m)
    H: Any  # (n, n), lower triangle
    L: Any
    damped: Any
    g: Any  # (n,)
    step: Any
    trial: Any


@kernel
def offset_geodetic(lat_rad, lon_rad, east_m, north_m):
    """The point `east_m`, `north_m` away on the ellipsoid, by its radii of curvature; good to 1e-3 of the offset below 200 km.

    Returns (lat_rad, lon_rad). Source: TR8350.2, sec. 4 (radii M and N).
    """
    s = math.sin(lat_rad)
    w2 = 1.0 - E2_EARTH * s * s
    n_m = A_EARTH_M / math.sqrt(w2)
    m_m = n_m * (1.0 - E2_EARTH) / w2
    return lat_rad + north_m / m_m, lon_rad + east_m / (n_m * math.cos(lat_rad))


@kernel
def thrust_at(t_s, p, n_knots, knots_s):
    """Thrust acceleration and tilt at a time since lift-off.

        ln a = p[4] + sum_j g_j s_j;  tilt = sum_j q_j u_j

    s_j is the time spent in stretch j, u_j the part of it after the vertical rise; the last stretch has no end.
    Returns (a_mps2, tilt_along_rad, tilt_left_rad).
    """
    rise_s = math.exp(p[3])
    ln_a, along_rad, left_rad = p[4], 0.0, 0.0
    for j in range(n_knots):
        if t_s <= knots_s[j]:
            break
        end_s = t_s if j == n_knots - 1 else min(t_s, knots_s[j + 1])
        ln_a += p[N_LEAD + j] * (end_s - knots_s[j])
        turning_s = end_s - max(knots_s[j], rise_s)
        if turning_s > 0.0:
            along_rad += p[N_LEAD + n_knots + 2 * j] * turning_s
            left_rad += p[N_LEAD + n_knots + 2 * j + 1] * turning_s
    return math.exp(ln_a), along_rad, left_rad


@kernel
def _force(t_s, p, n_knots, knots_s, direction_rad, lat_rad, lon_rad):
    """Thrust acceleration as an ECEF vector; the tilt is measured from the vertical of the launch point."""
    a, along, left = thrust_at(t_s, p, n_knots, knots_s)
    cd, sd = math.cos(direction_rad), math.sin(direction_rad)
    te, tn = cd * along - sd * left, sd * along + cd * left
    tilt = math.hypot(te, tn)
    if tilt > MAX_TILT_RAD:
        te, tn, tilt = te * MAX_TILT_RAD / tilt, tn * MAX_TILT_RAD / tilt, MAX_TILT_RAD
    flat = math.sin(tilt) / tilt if tilt > 1e-9 else 1.0
    e, n, u = a * flat * te, a * flat * tn, a * math.cos(tilt)
    s, c, sl, cl = math.sin(lat_rad), math.cos(lat_rad), math.sin(lon_rad), math.cos(lon_rad)
    out = c * u - s * n
    return cl * out - sl * e, sl * out + cl * e, s * u + c * n


@kernel
def fly(p, n_knots, knots_s, ref, dt_s, path):
    """Integrate the generic boost from rest on the ground by RK4.

    ref = [lat_rad, lon_rad, h_m, inv_beta_m2pkg, direction_rad] as in Problem; `path` (n, 6) gets ECEF position (m) and velocity
    (m/s) at 0, dt, 2 dt, ... since lift-off.
    """
    lat, lon = offset_geodetic(ref[0], ref[1], p[0], p[1])
    x, y, z = ecef_from_geodetic(lat, lon, ref[2])
    vx, vy, vz, ib, h = 0.0, 0.0, 0.0, ref[3], 0.5 * dt_s
    fx0, fy0, fz0 = _force(0.0, p, n_knots, knots_s, ref[4], lat, lon)
    for i in range(path.shape[0]):
        path[i, 0], path[i, 1], path[i, 2] = x, y, z
        path[i, 3], path[i, 4], path[i, 5] = vx, vy, vz
        t = i * dt_s
        fx1, fy1, fz1 = _force(t + h, p, n_knots, knots_s, ref[4], lat, lon)
        fx2, fy2, fz2 = _force(t + dt_s, p, n_knots, knots_s, ref[4], lat, lon)
        ax1, ay1, az1 = flight_accel(x, y, z, vx, vy, vz, fx0, fy0, fz0, ib)
        ux, uy, uz = vx + h * ax1, vy + h * ay1, vz + h * az1
        ax2, ay2, az2 = flight_accel(x + h * vx, y + h * vy, z + h * vz, ux, uy, uz, fx1, fy1, fz1, ib)
        wx, wy, wz = vx + h * ax2, vy + h * ay2, vz + h * az2
        ax3, ay3, az3 = flight_accel(x + h * ux, y + h * uy, z + h * uz, wx, wy, wz, fx1, fy1, fz1, ib)
        sx, sy, sz = vx + dt_s * ax3, vy + dt_s * ay3, vz + dt_s * az3
        ax4, ay4, az4 = flight_accel(x + dt_s * wx, y + dt_s * wy, z + dt_s * wz, sx, sy, sz, fx2, fy2, fz2, ib)
        k = dt_s / 6.0
        x, y, z = (
            x + k * (vx + 2 * ux + 2 * wx + sx),
            y + k * (vy + 2 * uy + 2 * wy + sy),
            z + k * (vz + 2 * uz + 2 * wz + sz),
        )
        vx += k * (ax1 + 2 * ax2 + 2 * ax3 + ax4)
        vy += k * (ay1 + 2 * ay2 + 2 * ay3 + ay4)
        vz += k * (az1 + 2 * az2 + 2 * az3 + az4)
        fx0, fy0, fz0 = fx2, fy2, fz2


@kernel
def state_at(t_s, path, dt_s, out):
    """Position and velocity at a time since lift-off, by cubic Hermite; at rest before lift-off, straight on after the end."""
    if t_s <= 0.0:
        for k in range(3):
            out[k], out[3 + k] = path[0, k], 0.0
        return
    n_steps = path.shape[0] - 1
    i = min(int(t_s / dt_s), n_steps - 1)
    u = min((t_s - i * dt_s) / dt_s, 1.0)
    rest_s = max(t_s - n_steps * dt_s, 0.0)
    for k in range(3):
        r0, r1, v0, v1 = path[i, k], path[i + 1, k], path[i, 3 + k] * dt_s, path[i + 1, 3 + k] * dt_s
        c2, c3 = 3.0 * (r1 - r0) - 2.0 * v0 - v1, v0 + v1 - 2.0 * (r1 - r0)
        out[3 + k] = (v0 + u * (2.0 * c2 + 3.0 * u * c3)) / dt_s
        out[k] = r0 + u * (v0 + u * (c2 + u * c3)) + rest_s * out[3 + k]


@kernel
def residuals(rows, t0_s, path, dt_s, out):
    """Whitened residuals (n,) of rows (n, 10) along a path; kinds and formulas stand at the top of the file."""
    x = np.empty(6)
    last_s = np.nan
    for i in range(rows.shape[0]):
        if rows[i, 0] != last_s:
            last_s = rows[i, 0]
            state_at(last_s - t0_s, path, dt_s, x)
        kind, sigma = rows[i, 1], rows[i, 9]
        ex, ey, ez = x[0] - rows[i, 5], x[1] - rows[i, 6], x[2] - rows[i, 7]
        along = rows[i, 2] * ex + rows[i, 3] * ey + rows[i, 4] * ez
        if kind == 0.0:
            out[i] = along / sigma
        elif kind == 1.0:
            out[i] = along / math.sqrt(ex * ex + ey * ey + ez * ez) / sigma
        elif kind == 2.0:
            rate = (x[3] * ex + x[4] * ey + x[5] * ez) / math.sqrt(ex * ex + ey * ey + ez * ez)
            out[i] = (rate - rows[i, 8]) / sigma
        elif kind == 3.0:
            out[i] = (height_m(x[0], x[1], x[2]) - rows[i, 8]) / sigma
        else:
            out[i] = (rows[i, 0] - t0_s - rows[i, 8]) / sigma


@kernel
def _prior_residual(i, p, prior):
    """(p_i - mean - coupling p_link) / sigma."""
    link = int(prior[i, 2])
    carried = prior[i, 3] * p[link] if link >= 0 else 0.0
    return (p[i] - prior[i, 0] - carried) / prior[i, 1]


@kernel
def huber_cost(res, bound):
    """Sum of Huber's loss: e^2 within the bound, 2 bound |e| - bound^2 beyond it. Source: Huber, Robust Statistics (1981)."""
    cost = 0.0
    for i in range(res.shape[0]):
        e = abs(res[i])
        cost += e * e if e <= bound else bound * (2.0 * e - bound)
    return cost


@kernel
def _cost(p, problem, path, res):
    """Huber's cost of the rows plus the squares of the prior; leaves path and residuals behind."""
    fly(p, problem.n_knots, problem.knots_s, problem.ref, problem.dt_s, path)
    residuals(problem.rows, p[2], path, problem.dt_s, res)
    cost = huber_cost(res, problem.bound)
    for i in range(p.shape[0]):
        cost += _prior_residual(i, p, problem.prior) ** 2
    return cost


@kernel
def _jacobian(p, problem, work):
    """Fill work.J (n, m) by forward differences; a shift of the lift-off needs no new flight."""
    rows, dt_s = problem.rows, problem.dt_s
    for j in range(p.shape[0]):
        kept = p[j]
        p[j] = kept + problem.deltas[j]
        if j == 2:
            residuals(rows, p[2], work.path, dt_s, work.other)
        else:
            fly(p, problem.n_knots, problem.knots_s, problem.ref, dt_s, work.spare)
            residuals(rows, p[2], work.spare, dt_s, work.other)
        p[j] = kept
        for i in range(rows.shape[0]):
            work.J[j, i] = (work.other[i] - work.res[i]) / problem.deltas[j]


@kernel
def _normal_equations(p, problem, work):
    """Gauss-Newton's H = J' W J + prior and g = -J' W e - prior; W are Huber's weights."""
    J, H, g, res, prior, bound = work.J, work.H, work.g, work.res, problem.prior, problem.bound
    _jacobian(p, problem, work)
    for j in range(p.shape[0]):
        g[j] = 0.0
        for k in range(j + 1):
            H[j, k] = 0.0
        for i in range(res.shape[0]):
            w = J[j, i] * (1.0 if abs(res[i]) <= bound else bound / abs(res[i]))
            g[j] -= w * res[i]
            for k in range(j + 1):
                H[j, k] += w * J[k, i]
    for j in range(p.shape[0]):
        e, s, link, c = _prior_residual(j, p, prior), prior[j, 1], int(prior[j, 2]), prior[j, 3]
        H[j, j] += 1.0 / (s * s)
        g[j] -= e / s
        if link >= 0:
            H[link, link] += c * c / (s * s)
            H[j, link] -= c / (s * s)
            g[link] += c * e / s


@kernel
def cholesky(A, L):
    """Lower L with L L' = A from the lower triangle of A (n, n); whether A is positive definite."""
    n = A.shape[0]
    for j in range(n):
        for i in range(j, n):
            s = A[i, j]
            for k in range(j):
                s -= L[i, k] * L[j, k]
            if i > j:
                L[i, j] = s / L[j, j]
            elif s > 0.0:
                L[j, j] = math.sqrt(s)
            else:
                return False
    return True


@kernel
def solve_cholesky(L, b, x):
    """x with L L' x = b, for a lower triangle L (n, n)."""
    n = b.shape[0]
    for i in range(n):
        s = b[i]
        for k in range(i):
            s -= L[i, k] * x[k]
        x[i] = s / L[i, i]
    for i in range(n - 1, -1, -1):
        s = x[i]
        for k in range(i + 1, n):
            s -= L[k, i] * x[k]
        x[i] = s / L[i, i]


@kernel
def _improve(p, problem, work, cost, damping):
    """Take the first damped step that does not raise the cost: (new cost, damping used); damping is -1 where none does."""
    n = p.shape[0]
    for _ in range(MAX_STEPS_TRIED):
        for j in range(n):
            for k in range(j + 1):
                work.damped[j, k] = work.H[j, k]
            work.damped[j, j] *= 1.0 + damping
        if cholesky(work.damped, work.L):
            solve_cholesky(work.L, work.g, work.step)
            for j in range(n):
                work.trial[j] = p[j] + work.step[j]
            new = _cost(work.trial, problem, work.spare, work.other)
            if new <= cost:
                for j in range(n):
                    p[j] = work.trial[j]
                return _cost(p, problem, work.path, work.res), damping
        damping *= 10.0
    return cost, -1.0


@kernel
def fit_boost(p, problem, max_iterations, cov):
    """The most probable generic boost: p (n,) is the start and becomes the answer, cov (n, n) its Laplace covariance.

    Returns (cost, iterations); cost is NaN where the start cannot be flown or the curvature is not positive.
    """
    n, m = p.shape[0], problem.rows.shape[0]
    n_path = max(int((problem.rows[m - 1, 0] - p[2]) / problem.dt_s) + 13, 5)  # room for an earlier lift-off on the way
    work = Work(
        np.empty((n_path, 6)),
        np.empty((n_path, 6)),
        np.empty(m),
        np.empty(m),
        np.empty((n, m)),
        np.zeros((n, n)),
        np.zeros((n, n)),
        np.zeros((n, n)),
        np.empty(n),
        np.empty(n),
        np.empty(n),
    )
    cost, damping, done = _cost(p, problem, work.path, work.res), 1e-3, 0
    while done < max_iterations and cost == cost:
        done += 1
        _normal_equations(p, problem, work)
        before = cost
        cost, damping = _improve(p, problem, work, cost, damping)
        if damping < 0.0 or before - cost < GAIN_ENOUGH:
            break
        damping = max(0.1 * damping, 1e-9)
    _normal_equations(p, problem, work)
    if not cholesky(work.H, work.L):
        return np.nan, done
    for j in range(n):
        for k in range(n):
            work.g[k] = 1.0 if k == j else 0.0
        solve_cholesky(work.L, work.g, work.step)
        for k in range(n):
            cov[k, j] = work.step[k]
    return cost, done


@kernel
def back_along_arc(state, heights_m, dt_s, max_steps, out):
    """Where an unpowered flight above the air was when it last climbed through given heights, going back in time.

    state (6,) ECEF; heights_m (k,) falling; out (k, 7) gets [t_s <= 0, position, velocity] by a straight line between steps of
    dt_s, NaN rows where a height was never climbed through. Returns the greatest height met until the last of them (without any:
    until the ground), m.
    """
    out[:, :] = np.nan
    now, before = np.empty(6), np.empty(6)
    now[:] = state
    h_now, top_m, k = height_m(now[0], now[1], now[2]), -np.inf, 0
    for i in range(max_steps):
        top_m = max(top_m, h_now)
        before[:] = now
        _step_back(now, dt_s)
        h_before = height_m(now[0], now[1], now[2])  # one step earlier
        climbs = h_before < h_now
        while climbs and k < heights_m.shape[0] and heights_m[k] > h_before:
            if heights_m[k] <= h_now:
                share = (h_now - heights_m[k]) / (h_now - h_before)
                out[k, 0] = -(i + share) * dt_s
                for j in range(6):
                    out[k, 1 + j] = before[j] + share * (now[j] - before[j])
            k += 1
        h_now = h_before
        if h_now < 0.0 or 0 < heights_m.shape[0] == k:
            break
    return top_m


@kernel
def _step_back(x, dt_s):
    """Carry x (6,) back by dt_s without drag or force, by the velocity-Verlet rule on accelerations before and after."""
    ax, ay, az = flight_accel(x[0], x[1], x[2], x[3], x[4], x[5], 0.0, 0.0, 0.0, 0.0)
    for j in range(3):
        a = ax if j == 0 else (ay if j == 1 else az)
        x[j] += -dt_s * x[3 + j] + 0.5 * dt_s * dt_s * a
        x[3 + j] -= dt_s * a
    bx, by, bz = flight_accel(x[0], x[1], x[2], x[3], x[4], x[5], 0.0, 0.0, 0.0, 0.0)
    x[3] += 0.5 * dt_s * (ax - bx)
    x[4] += 0.5 * dt_s * (ay - by)
    x[5] += 0.5 * dt_s * (az - bz)
