"""Gaussians through curved functions: sigma points, expected plots, innovations, updates, distances.

A state has N_STATE components; a motion estimates those named in `dims` and leaves the others alone. Covariances are carried in
factored steps (a square on each side), so that rounding cannot make them indefinite.

Sigma points are the mean and, for each column l of the Cholesky factor, mean +- h l with h^2 = 3, the kurtosis of a Gaussian:

    mean = f0 + sum (f+ + f- - 2 f0) / (2 h^2)
    cov  = sum d1 d1' + d2 d2',   d1 = (f+ - f-) / (2 h),   d2 = sqrt(h^2 - 1) / (2 h^2) (f+ + f- - 2 f0)

Exact for linear f, third order in the mean, never indefinite whatever n. Source: Norgaard, Poulsen & Ravn, Automatica 36 (2000).
"""

import math
from typing import NamedTuple

import numpy as np

from bongsu.kernels._jit import kernel

N_STATE = 10
N_POINTS = 2 * N_STATE + 1
N_MEASURED = 4
H2 = 3.0
H = math.sqrt(H2)
D2_FACTOR = math.sqrt(H2 - 1.0) / (2.0 * H2)
PIVOT_FLOOR = 1e-12  # of a variance: what is left of it after the components before it is at least this share
LN_2PI = math.log(2.0 * math.pi)

RADAR, RADAR_RATE, SIGHT, PLACE = 0, 1, 2, 3  # codes of plots; see expected_plot


class Plots(NamedTuple):
    """Plots of one look as columns: one code for all, k rows. Meanings of axes, z and var as in `expected_plot`."""

    code: int
    t_ns: np.ndarray  # (k,) int64
    origin: np.ndarray  # (k, 3) the sensor, or the measured place
    axes: np.ndarray  # (k, 3, 3)
    z: np.ndarray  # (k, 4) measured
    var: np.ndarray  # (k, 4) variances


class Room(NamedTuple):
    """Arrays to work in, made once a call: what one step of the filter leaves for the next."""

    dims: np.ndarray  # (10,) components that the motion estimates
    A: np.ndarray  # (10, 10)
    L: np.ndarray  # (10, 10) factor of the covariance
    points: np.ndarray  # (21, 10) sigma points
    D: np.ndarray  # (20, 10) their differences
    z_hat: np.ndarray  # (4,) expected plot
    Y: np.ndarray  # (4, 10) its first differences
    Y2: np.ndarray  # (4, 10) its second differences
    LS: np.ndarray  # (4, 4) factor of the innovation's covariance
    white: np.ndarray  # (4,) innovation in units of its sigma
    K: np.ndarray  # (10, 4) gain


@kernel
def make_room():
    """Empty arrays to work in."""
    return Room(
        np.empty(N_STATE, np.int64),
        np.empty((N_STATE, N_STATE)),
        np.empty((N_STATE, N_STATE)),
        np.empty((N_POINTS, N_STATE)),
        np.empty((2 * N_STATE, N_STATE)),
        np.empty(N_MEASURED),
        np.empty((N_MEASURED, N_STATE)),
        np.empty((N_MEASURED, N_STATE)),
        np.empty((N_MEASURED, N_MEASURED)),
        np.empty(N_MEASURED),
        np.empty((N_STATE, N_MEASURED)),
    )


@kernel
def cholesky(A, n, L):
    """Lower factor L of the leading (n, n) of A, A = L L'; both (>= n, >= n), only the lower triangle of A is read.

    A pivot below PIVOT_FLOOR of its own variance is lifted to that: a direction that rounding has emptied keeps a sliver. The
    upper triangle of L is set to zero. NaN spreads. Source: Golub & Van Loan, Matrix Computations, alg. 4.2.1.
    """
    for j in range(n):
        d = A[j, j]
        for k in range(j):
            d -= L[j, k] * L[j, k]
        d = max(d, PIVOT_FLOOR * A[j, j])
        root = math.sqrt(d) if d > 0.0 else 0.0 * d
        L[j, j] = root
        inverse = 1.0 / root if root != 0.0 else 0.0
        for i in range(j + 1, n):
            s = A[i, j]
            for k in range(j):
                s -= L[i, k] * L[j, k]
            L[i, j] = s * inverse
            L[j, i] = 0.0


@kernel
def factor(P, n, room):
    """Into room.L the lower factor (n, n) of the part of P (N_STATE, N_STATE) that room.dims names."""
    for a in range(n):
        for b in range(a + 1):
            room.A[a, b] = P[room.dims[a], room.dims[b]]
    cholesky(room.A, n, room.L)


@kernel
def spread(x, n, room):
    """Into room.points the sigma points of a Gaussian with mean x and factor room.L: row 0 the mean, 1..n plus, n+1..2n minus."""
    for p in range(2 * n + 1):
        for k in range(N_STATE):
            room.points[p, k] = x[k]
    for i in range(n):
        for r in range(i, n):
            step = H * room.L[r, i]
            room.points[1 + i, room.dims[r]] += step
            room.points[1 + n + i, room.dims[r]] -= step


@kernel
def gather(n, room, x, P):
    """Mean and covariance of moved sigma points, into the parts of x and P that room.dims names."""
    points, D, dims = room.points, room.D, room.dims
    for k in range(n):
        d = dims[k]
        centre = points[0, d]
        lift = 0.0
        for i in range(n):
            bend = points[1 + i, d] + points[1 + n + i, d] - 2.0 * centre
            D[i, k] = (points[1 + i, d] - points[1 + n + i, d]) / (2.0 * H)
            D[n + i, k] = D2_FACTOR * bend
            lift += bend
        x[d] = centre + lift / (2.0 * H2)
    for a in range(n):
        for b in range(a + 1):
            s = 0.0
            for i in range(2 * n):
                s += D[i, a] * D[i, b]
            P[dims[a], dims[b]] = s
            P[dims[b], dims[a]] = s


@kernel
def n_measured(code):
    """How many numbers a plot of this code has."""
    if code == SIGHT:
        return 2
    if code == RADAR_RATE:
        return 4
    return 3


@kernel
def expected_plot(plots, row, x, out):
    """What a sensor should measure of state x, relative to a measured direction or place: fills out (4,).

        d = r - origin
        RADAR       |d|, d.a / |d|, d.b / |d|              metres, and two directions across the measured line of sight (rad)
        RADAR_RATE  the same, and d.v / |d|                m/s, for a sensor at rest
        SIGHT       d.a / |d|, d.b / |d|
        PLACE       d.a, d.b, d.c                          metres east, north, up of a measured place

    Rows a, b, c of axes (3, 3) are orthonormal; for radar and sight, a points along growing azimuth, b along growing elevation
    and c along the measured line. Residuals across the line have no wrap and no pole. NaN where d = 0 and a direction is asked.
    """
    origin, axes = plots.origin[row], plots.axes[row]
    dx, dy, dz = x[0] - origin[0], x[1] - origin[1], x[2] - origin[2]
    a = dx * axes[0, 0] + dy * axes[0, 1] + dz * axes[0, 2]
    b = dx * axes[1, 0] + dy * axes[1, 1] + dz * axes[1, 2]
    if plots.code == PLACE:
        out[0], out[1] = a, b
        out[2] = dx * axes[2, 0] + dy * axes[2, 1] + dz * axes[2, 2]
        return
    length = math.sqrt(dx * dx + dy * dy + dz * dz)
    if plots.code == SIGHT:
        out[0], out[1] = a / length, b / length
        return
    out[0], out[1], out[2] = length, a / length, b / length
    if plots.code == RADAR_RATE:
        out[3] = (dx * x[3] + dy * x[4] + dz * x[5]) / length


@kernel
def measured_spread(plots, row, x, n, room):
    """Expected plot room.z_hat (m,) of a Gaussian with factor room.L, and its differences room.Y and Y2 (m, n).

    Plots depend on position (and velocity): the first three (six) components, hence on the first n_active columns of L alone;
    the other columns of Y and Y2 are zero. Returns (m, n_active).
    """
    m = n_measured(plots.code)
    n_active = 6 if plots.code == RADAR_RATE else 3
    centre, plus, minus, state = np.empty(4), np.empty(4), np.empty(4), np.empty(N_STATE)
    expected_plot(plots, row, x, centre)
    for r in range(m):
        room.z_hat[r] = centre[r]
        for i in range(n):
            room.Y[r, i] = 0.0
            room.Y2[r, i] = 0.0
    for i in range(n_active):
        _shifted(x, n_active, i, H, room, state)
        expected_plot(plots, row, state, plus)
        _shifted(x, n_active, i, -H, room, state)
        expected_plot(plots, row, state, minus)
        for r in range(m):
            bend = plus[r] + minus[r] - 2.0 * centre[r]
            room.Y[r, i] = (plus[r] - minus[r]) / (2.0 * H)
            room.Y2[r, i] = D2_FACTOR * bend
            room.z_hat[r] += bend / (2.0 * H2)
    return m, n_active


@kernel
def _shifted(x, n, i, h, room, state):
    """State x moved by h times column i of room.L, as far as the first n components go."""
    for k in range(N_STATE):
        state[k] = x[k]
    for r in range(i, n):
        state[room.dims[r]] += h * room.L[r, i]


@kernel
def innovation(plots, row, m, n_active, room):
    """Factor room.LS of the innovation's covariance S = Y Y' + Y2 Y2' + diag(var), and room.white = LS^-1 (z - z_hat).

    Returns (squared distance nu' S^-1 nu, log-likelihood of the plot).
    """
    Y, Y2, LS, white = room.Y, room.Y2, room.LS, room.white
    for a in range(m):
        for b in range(a + 1):
            s = plots.var[row, a] if a == b else 0.0
            for i in range(n_active):
                s += Y[a, i] * Y[b, i] + Y2[a, i] * Y2[b, i]
            room.A[a, b] = s
    cholesky(room.A, m, LS)
    d2 = 0.0
    ln_volume = 0.0
    for a in range(m):
        s = plots.z[row, a] - room.z_hat[a]
        for k in range(a):
            s -= LS[a, k] * white[k]
        white[a] = s / LS[a, a]
        d2 += white[a] * white[a]
        ln_volume += math.log(LS[a, a])
    return d2, -0.5 * d2 - ln_volume - 0.5 * m * LN_2PI


@kernel
def weigh(plots, row, x, P, n, room):
    """Steps up to the innovation of one plot under a Gaussian: returns (squared distance, log-likelihood, m, n_active)."""
    factor(P, n, room)
    m, n_active = measured_spread(plots, row, x, n, room)
    d2, ln_l = innovation(plots, row, m, n_active, room)
    return d2, ln_l, m, n_active


@kernel
def correct(plots, row, x, P, n, room):
    """Update a Gaussian by a plot, in place. Returns (squared distance, log-likelihood) of the plot before the update.

        K = L Y' S^-1;   x += K (z - z_hat);   P = (L - K Y)(L - K Y)' + K (diag(var) + Y2 Y2') K'

    The last form is a sum of squares: symmetric and never indefinite.
    Source: Bar-Shalom, Li & Kirubarajan (2001), sec. 5.2.4 (Joseph's form), written on the factor.
    """
    d2, ln_l, m, n_active = weigh(plots, row, x, P, n, room)
    _gain(m, n, n_active, room)
    K, A, dims = room.K, room.A, room.dims
    for r in range(n):
        for a in range(m):  # K nu = (K LS) white
            t = 0.0
            for b in range(a, m):
                t += K[r, b] * room.LS[b, a]
            x[dims[r]] += t * room.white[a]
        for i in range(n):
            A[r, i] = room.L[r, i]
            for a in range(m):
                A[r, i] -= K[r, a] * room.Y[a, i]
    KY2 = np.zeros((N_STATE, 6))
    for r in range(n):
        for a in range(m):
            for i in range(n_active):
                KY2[r, i] += K[r, a] * room.Y2[a, i]
    for r in range(n):
        for q in range(r + 1):
            s = 0.0
            for i in range(n):
                s += A[r, i] * A[q, i]
            for a in range(m):
                s += K[r, a] * plots.var[row, a] * K[q, a]
            for i in range(n_active):
                s += KY2[r, i] * KY2[q, i]
            P[dims[r], dims[q]] = s
            P[dims[q], dims[r]] = s
    return d2, ln_l


@kernel
def _gain(m, n, n_active, room):
    """Gain room.K (n, m) = L Y' (LS LS')^-1 by two triangular solves for each row."""
    K, LS = room.K, room.LS
    for r in range(n):
        for a in range(m):
            s = 0.0
            for i in range(min(r + 1, n_active)):
                s += room.L[r, i] * room.Y[a, i]
            for k in range(a):
                s -= LS[a, k] * K[r, k]
            K[r, a] = s / LS[a, a]
        for a in range(m - 1, -1, -1):
            s = K[r, a]
            for k in range(a + 1, m):
                s -= LS[k, a] * K[r, k]
            K[r, a] = s / LS[a, a]


@kernel
def distance2(dx, A, n):
    """Squared distance dx' A^-1 dx for a positive definite A (n, n); NaN where A is not finite."""
    L = np.empty((n, n))
    cholesky(A, n, L)
    white = np.empty(n)
    d2 = 0.0
    for a in range(n):
        s = dx[a]
        for k in range(a):
            s -= L[a, k] * white[k]
        white[a] = s / L[a, a]
        d2 += white[a] * white[a]
    return d2
