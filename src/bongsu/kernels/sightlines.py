"""One path through lines of sight of several stations, whose clocks differ: a first guess from two planes, the fit, its spread.

    r(t) = p + v tau + (v / |v|) (c1 B1(tau) + c2 B2(tau) + ...) + a tau^2 / 2,    tau = t - d_k

a is the pull of gravity and rotation, taken as constant over the path; d_k how far the clock of station k is ahead; c_i the
acceleration along the path between edges[i] and edges[i + 1], which B_i integrates twice from tau = 0. Constant pieces follow a
body that brakes ever harder, and end in a straight slope where one station alone sees it last.
State x: p (3,) m and v (3,) m/s at tau = 0, ECEF; then d (n_stations,) s; then c (n_edges - 1,) m/s^2; one edge: constant speed.
Rows (n, 9), sorted by station: stamp (s), station's place (3,) m, unit line of sight (3,), sigma (rad), station (0, 1, ...).
`start` (n_stations + 1,) says where each station's rows begin. A residual is the vector from the line of sight to the point
seen, over its distance, across the line: two directions, no azimuth. Source: Borovicka et al., Icarus 73 (1988) for the straight
line; Gural, Meteoritics & Planetary Science 47 (2012) for the clocks in one fit.
"""

import math

import numpy as np

from bongsu.kernels._jit import kernel
from bongsu.kernels.boost import cholesky, solve_cholesky
from bongsu.kernels.forces import coast_accel

T, PLACE, SIGHT, SIGMA, STATION = 0, 1, 4, 7, 8  # columns of a row
N_ROW = 9
FAR_S = 1e3  # the first piece begins and the last ends so far out
N_MOTION = 6
BEHIND = 1e12  # squared residual of a point behind its station
ROUNDS, STEPS, TRIES = 10, 12, 8  # of reweighting; of Gauss-Newton in each; of damping in each
PLAIN, EDGE = 3.0, 6.0  # up to so many sigmas a row counts in full; beyond so many not at all
MEDIAN_2 = 1.3862943611198906  # median of chi-squared with two degrees of freedom: 2 ln 2
LEAST_SINE = 0.0175  # planes closer than a degree meet in no line worth having
PARALLEL = 1e-12


@kernel
def pieces(first_s, last_s, n, out):
    """Edges (n + 1,) of n pieces of acceleration evenly between two times, the outer ones far out; into out."""
    for k in range(n + 1):
        out[k] = first_s + (last_s - first_s) * k / max(n, 1)
    if n > 0:
        out[0], out[n] = min(first_s, 0.0) - FAR_S, max(last_s, 0.0) + FAR_S


@kernel
def _piece(tau_s, a, b):
    """What one unit of acceleration between a and b adds by tau_s: to the speed and to the way, both 0 at tau = 0."""
    at_zero = min(max(0.0, a), b)
    speed = min(max(tau_s, a), b) - at_zero
    way = 0.0
    for sign, t in ((1.0, tau_s), (-1.0, 0.0)):
        inside = 0.5 * (t * t + a * a)
        if t < a:
            inside = a * t
        elif t > b:
            inside = b * t + 0.5 * (a * a - b * b)
        way += sign * inside
    return speed, way - at_zero * tau_s


@kernel
def path_at(x, n_stations, edges, pull, tau_s, out):
    """Position and velocity (6,) of the path at tau_s into out; returns how far c has carried it along (m)."""
    speed = math.sqrt(x[3] * x[3] + x[4] * x[4] + x[5] * x[5])
    ahead_m, pace_mps = 0.0, 0.0
    for k in range(edges.shape[0] - 1):
        more, way = _piece(tau_s, edges[k], edges[k + 1])
        c = x[N_MOTION + n_stations + k]
        pace_mps += c * more
        ahead_m += c * way
    for j in range(3):
        u = x[3 + j] / speed
        out[j] = x[j] + x[3 + j] * tau_s + u * ahead_m + 0.5 * pull[j] * tau_s * tau_s
        out[3 + j] = x[3 + j] + u * pace_mps + pull[j] * tau_s
    return ahead_m


@kernel
def _slopes(x, n_stations, edges, tau_s, ahead_m, velocity_mps, station, J):
    """Derivatives of the position by the parameters, into J (3, n_parameters), of which only this station's clock is set."""
    speed = math.sqrt(x[3] * x[3] + x[4] * x[4] + x[5] * x[5])
    J[:, :] = 0.0
    for j in range(3):
        J[j, j] = 1.0
        for k in range(3):
            across = (1.0 if j == k else 0.0) - x[3 + j] * x[3 + k] / (speed * speed)
            J[j, 3 + k] = ahead_m / speed * across
        J[j, 3 + j] += tau_s
        J[j, N_MOTION + station] = -velocity_mps[j]
    for k in range(edges.shape[0] - 1):
        _, way = _piece(tau_s, edges[k], edges[k + 1])
        for j in range(3):
            J[j, N_MOTION + n_stations + k] = x[3 + j] / speed * way


@kernel
def _residual(row, place, e):
    """The vector across a row's line of sight to a point, over its distance, into e (3,); returns the distance, NaN behind."""
    forward = 0.0
    for j in range(3):
        forward += row[SIGHT + j] * (place[j] - row[PLACE + j])
    if not forward > 0.0:
        return math.nan
    for j in range(3):
        e[j] = (place[j] - row[PLACE + j]) / forward - row[SIGHT + j]
    return forward


@kernel
def squares(rows, x, n_stations, edges, pull, out):
    """Squared residual of each row in units of its sigma, into out (n,); BEHIND where the point is behind the station."""
    place, e = np.empty(6), np.empty(3)
    for i in range(rows.shape[0]):
        path_at(x, n_stations, edges, pull, rows[i, T] - x[N_MOTION + int(rows[i, STATION])], place)
        forward = _residual(rows[i], place, e)
        size = e[0] * e[0] + e[1] * e[1] + e[2] * e[2]
        out[i] = size / (rows[i, SIGMA] * rows[i, SIGMA]) if forward > 0.0 else BEHIND


@kernel
def _cost(rows, x, prior_s, edges, pull, weight, room):
    """Weighted sum of squares, clock priors included; room (n,) is overwritten."""
    n_stations = prior_s.shape[0]
    squares(rows, x, n_stations, edges, pull, room)
    total = 0.0
    for i in range(rows.shape[0]):
        total += weight[i] * room[i]
    for k in range(n_stations):
        total += (x[N_MOTION + k] / prior_s[k]) ** 2
    return total


@kernel
def normal_equations(rows, x, prior_s, edges, pull, weight, H, g):
    """Normal matrix H (n, n) and right side g (n,) of one Gauss-Newton step."""
    n_stations, n = prior_s.shape[0], x.shape[0]
    place, e, J, K = np.empty(6), np.empty(3), np.empty((3, n)), np.empty((3, n))
    H[:, :] = 0.0
    g[:] = 0.0
    for i in range(rows.shape[0]):
        station = int(rows[i, STATION])
        tau_s = rows[i, T] - x[N_MOTION + station]
        ahead_m = path_at(x, n_stations, edges, pull, tau_s, place)
        forward = _residual(rows[i], place, e)
        if not (forward > 0.0 and weight[i] > 0.0):
            continue
        _slopes(x, n_stations, edges, tau_s, ahead_m, place[3:], station, J)
        w = weight[i] / (rows[i, SIGMA] * rows[i, SIGMA])
        for k in range(n):
            along = 0.0
            for j in range(3):
                along += rows[i, SIGHT + j] * J[j, k]
            for j in range(3):
                K[j, k] = (J[j, k] - (rows[i, SIGHT + j] + e[j]) * along) / forward
        for k in range(n):
            g[k] -= w * (K[0, k] * e[0] + K[1, k] * e[1] + K[2, k] * e[2])
            for m in range(k + 1):
                H[k, m] += w * (K[0, k] * K[0, m] + K[1, k] * K[1, m] + K[2, k] * K[2, m])
    for k in range(n_stations):
        information = 1.0 / (prior_s[k] * prior_s[k])
        H[N_MOTION + k, N_MOTION + k] += information
        g[N_MOTION + k] -= information * x[N_MOTION + k]
    for k in range(n):
        for m in range(k):
            H[m, k] = H[k, m]


@kernel
def _solved(H, g, damping, scaled, L, right, step):
    """The damped step of the scaled normal equations; whether there is one."""
    n = g.shape[0]
    for k in range(n):
        if not H[k, k] > 0.0:
            return False
        right[k] = g[k] / math.sqrt(H[k, k])
        for m in range(n):
            scaled[k, m] = H[k, m] / math.sqrt(H[k, k] * H[m, m])
        scaled[k, k] += damping
    if not cholesky(scaled, L):
        return False
    solve_cholesky(L, right, step)
    for k in range(n):
        step[k] /= math.sqrt(H[k, k])
    return True


@kernel
def _descend(rows, prior_s, edges, pull, weight, x):
    """Damped Gauss-Newton steps from x, in place, at fixed weights; returns the cost."""
    n = x.shape[0]
    H, scaled, L = np.empty((n, n)), np.empty((n, n)), np.empty((n, n))
    g, right, step, trial = np.empty(n), np.empty(n), np.empty(n), np.empty(n)
    room = np.empty(rows.shape[0])
    cost, damping = _cost(rows, x, prior_s, edges, pull, weight, room), 1e-6
    for _ in range(STEPS):
        normal_equations(rows, x, prior_s, edges, pull, weight, H, g)
        before = cost
        for _ in range(TRIES):
            if _solved(H, g, damping, scaled, L, right, step):
                for k in range(n):
                    trial[k] = x[k] + step[k]
                new = _cost(rows, trial, prior_s, edges, pull, weight, room)
                if new <= cost:
                    x[:] = trial
                    cost = new
                    damping = max(0.1 * damping, 1e-12)
                    break
            damping *= 10.0
        if not before - cost > 1e-7 * before + 1e-9:
            break
    return cost


@kernel
def _weigh(start, square, weight):
    """Weights by Huber with an edge, each row against the scatter of its own station; returns the greatest change of one."""
    change = 0.0
    for k in range(start.shape[0] - 1):
        a, b = start[k], start[k + 1]
        scale = max(1.0, np.median(square[a:b]) / MEDIAN_2)
        for i in range(a, b):
            z = math.sqrt(square[i] / scale)
            new = 1.0 if z <= PLAIN else PLAIN / z if z <= EDGE else 0.0
            change = max(change, abs(new - weight[i]))
            weight[i] = new
    return change


@kernel
def fit_path(rows, start, prior_s, edges, pull, x, weight, square):
    """Fit one path from the guess x, in place, with robust weights.

    prior_s (n_stations,) > 0: sigma of each clock; a tiny one holds it. edges (n_edges,) s; pull (3,) m/s^2.
    x (6 + n_stations + n_edges - 1,). Fills weight (n,), 0 for rows left out, and square (n,), the squared residuals.
    Returns the weighted sum of squares, clock priors included; NaN where no path was found.
    """
    weight[:] = 1.0
    for _ in range(ROUNDS):
        _descend(rows, prior_s, edges, pull, weight, x)
        squares(rows, x, prior_s.shape[0], edges, pull, square)
        if not _weigh(start, square, weight) > 0.01:
            break
    return _cost(rows, x, prior_s, edges, pull, weight, np.empty(rows.shape[0]))


@kernel
def covariance(rows, prior_s, edges, pull, x, weight, cov):
    """Covariance (n, n) of the fitted parameters; whether there is one."""
    n = x.shape[0]
    H, scaled, L = np.empty((n, n)), np.empty((n, n)), np.empty((n, n))
    g, unit, right, column = np.empty(n), np.zeros(n), np.empty(n), np.empty(n)
    normal_equations(rows, x, prior_s, edges, pull, weight, H, g)
    for k in range(n):
        unit[:] = 0.0
        unit[k] = 1.0
        if not _solved(H, unit, 0.0, scaled, L, right, column):
            return False
        cov[:, k] = column
    return True


@kernel
def state_at(x, n_stations, edges, pull, tau_s, station, cov, state, cov_state):
    """Position and velocity (6,) at tau_s and their covariance (6, 6), to first order.

    With station -1, at that true time; else at the stamp of that station's clock which is now thought to be that time: a shift
    that all clocks share moves the object along in true time, but not at a stamp.
    """
    n = x.shape[0]
    after, J, A = np.empty(6), np.empty((3, n)), np.empty((6, n))
    ahead_m = path_at(x, n_stations, edges, pull, tau_s, state)
    _slopes(x, n_stations, edges, tau_s, ahead_m, state[3:], 0, J)
    A[:3, :] = J
    dt_s = 1e-3  # s; the velocity's slopes are those of the position, a moment later and before
    ahead_m = path_at(x, n_stations, edges, pull, tau_s + dt_s, after)
    _slopes(x, n_stations, edges, tau_s + dt_s, ahead_m, after[3:], 0, J)
    A[3:, :] = J / (2.0 * dt_s)
    ahead_m = path_at(x, n_stations, edges, pull, tau_s - dt_s, after)
    _slopes(x, n_stations, edges, tau_s - dt_s, ahead_m, after[3:], 0, J)
    A[3:, :] -= J / (2.0 * dt_s)
    A[:, N_MOTION : N_MOTION + n_stations] = 0.0
    if station >= 0:
        A[:3, N_MOTION + station] = -state[3:]
    for a in range(6):
        for b in range(6):
            total = 0.0
            for k in range(n):
                for m in range(n):
                    total += A[a, k] * cov[k, m] * A[b, m]
            cov_state[a, b] = total


@kernel
def pull_of(x, out):
    """Gravity and rotation at the state x, m/s^2, into out (3,)."""
    out[0], out[1], out[2] = coast_accel(x[0], x[1], x[2], x[3], x[4])


@kernel
def plane_normal(rows, out):
    """Unit normal of the plane through one station's lines of sight, from the means of their first and last thirds.

    Returns the angle between these means (rad), a measure of how well the plane is known.
    """
    n = rows.shape[0]
    third = max(1, n // 3)
    a, b = np.zeros(3), np.zeros(3)
    for i in range(third):
        for j in range(3):
            a[j] += rows[i, SIGHT + j] / third
            b[j] += rows[n - 1 - i, SIGHT + j] / third
    out[0] = a[1] * b[2] - a[2] * b[1]
    out[1] = a[2] * b[0] - a[0] * b[2]
    out[2] = a[0] * b[1] - a[1] * b[0]
    size = math.sqrt(out[0] ** 2 + out[1] ** 2 + out[2] ** 2)
    for j in range(3):
        out[j] = out[j] / size if size > 0.0 else math.nan
    return size


@kernel
def _line(rows, first, second, p, u):
    """The line in which the planes of two stations meet: a point p (3,) near them and its direction u (3,).

    first and second are (begin, end) of their rows. Returns the sine of the angle between the planes.
    """
    n1, n2 = np.empty(3), np.empty(3)
    plane_normal(rows[first[0] : first[1]], n1)
    plane_normal(rows[second[0] : second[1]], n2)
    u[0] = n1[1] * n2[2] - n1[2] * n2[1]
    u[1] = n1[2] * n2[0] - n1[0] * n2[2]
    u[2] = n1[0] * n2[1] - n1[1] * n2[0]
    sine = math.sqrt(u[0] ** 2 + u[1] ** 2 + u[2] ** 2)
    if not sine > LEAST_SINE:
        return 0.0
    u /= sine
    a, b = rows[first[0], PLACE : PLACE + 3], rows[second[0], PLACE : PLACE + 3]
    gap_m = 0.0  # of the first plane's station from the second plane
    for j in range(3):
        gap_m += n2[j] * (b[j] - a[j])
    cosine = n1[0] * n2[0] + n1[1] * n2[1] + n1[2] * n2[2]
    f1, f2 = -gap_m * cosine / (sine * sine), gap_m / (sine * sine)
    for j in range(3):
        p[j] = a[j] + f1 * n1[j] + f2 * n2[j]
    return sine


@kernel
def _stations_on(rows, p, u, s):
    """Where each line of sight comes nearest the line p + s u, into s (n,) m; returns the share that looks towards it."""
    n_ahead = 0
    for i in range(rows.shape[0]):
        cosine, up, lp = 0.0, 0.0, 0.0
        for j in range(3):
            d = rows[i, PLACE + j] - p[j]
            cosine += u[j] * rows[i, SIGHT + j]
            up += u[j] * d
            lp += rows[i, SIGHT + j] * d
        sine2 = max(1.0 - cosine * cosine, PARALLEL)
        s[i] = (up - cosine * lp) / sine2
        n_ahead += 1 if cosine * up - lp > 0.0 else 0
    return n_ahead / rows.shape[0]


@kernel
def _regression(t_s, s, low, high):
    """Time as a straight line in s over rows with low <= s <= high: time at s = 0 and seconds per metre; NaN if too few."""
    n, ms, mt = 0, 0.0, 0.0
    for i in range(s.shape[0]):
        if low <= s[i] <= high:
            n += 1
            ms += s[i]
            mt += t_s[i]
    if n < 3:
        return math.nan, math.nan
    ms, mt, ss, st = ms / n, mt / n, 0.0, 0.0
    for i in range(s.shape[0]):
        if low <= s[i] <= high:
            ss += (s[i] - ms) * (s[i] - ms)
            st += (s[i] - ms) * (t_s[i] - mt)
    if not ss > 0.0:
        return math.nan, math.nan
    return mt - st / ss * ms, st / ss


@kernel
def _lead(t1_s, s1, t2_s, s2):
    """By how much the second station's stamps are later at the same place (s), judged where both have rows, else between."""
    low, high = max(s1.min(), s2.min()), min(s1.max(), s2.max())
    middle = 0.5 * (low + high)
    a1, b1 = _regression(t1_s, s1, low, high)
    a2, b2 = _regression(t2_s, s2, low, high)
    if math.isnan(a1) or math.isnan(a2):
        a1, b1 = _regression(t1_s, s1, -math.inf, math.inf)
        a2, b2 = _regression(t2_s, s2, -math.inf, math.inf)
    return a2 + b2 * middle - a1 - b1 * middle


@kernel
def guess_path(rows, start, first, second, prior_s, x):
    """A first guess of x (6 + n_stations,) from the planes of two stations and their times along the line they meet in.

    The clocks of the others follow from where they see the object on that line. A clock with the smaller prior is believed.
    Returns the share of rows that look towards the line; 0 where the planes do not meet usefully.
    """
    n_stations = prior_s.shape[0]
    p, u, s = np.empty(3), np.empty(3), np.empty(rows.shape[0])
    pair = (start[first], start[first + 1]), (start[second], start[second + 1])
    if not _line(rows, pair[0], pair[1], p, u) > 0.0:
        return 0.0
    share = _stations_on(rows, p, u, s)
    best = first
    for k in range(n_stations):
        best = k if prior_s[k] < prior_s[best] else best
    t_s = rows[:, T].copy()
    for k in range(n_stations):
        a, b = start[k], start[k + 1]
        lead_s = (
            0.0
            if k == best
            else _lead(t_s[start[best] : start[best + 1]], s[start[best] : start[best + 1]], t_s[a:b], s[a:b])
        )
        bound_s = 4.0 * prior_s[k]
        x[N_MOTION + k] = min(max(lead_s, -bound_s), bound_s) if math.isfinite(lead_s) else 0.0
    for i in range(rows.shape[0]):
        t_s[i] -= x[N_MOTION + int(rows[i, STATION])]
    offset_s, slowness = _regression(t_s, s, -math.inf, math.inf)
    if not abs(slowness) > 0.0:
        return 0.0
    for j in range(3):
        x[3 + j] = u[j] / slowness
        x[j] = p[j] - offset_s * x[3 + j]
    return share
