"""Gaussians through curved functions: sigma points, expected plots, innovations, updates, distances.

A state has N_STATE components; a motion estimates those named in `dims` and leaves the others alone. Covariances are carried in
factored steps (a square on each side), so that rounding cannot make them indefinite.

Sigma points are the mean and, for each column l of the Cholesky factor, mean +- h l with h^2 = 3, the kurtosis of a Gaussian:

    mean = f0 + sum (f+ + f- - 2 f0) / (2 h^2)
    cov  = sum d1 d1' + d2 d2',   d1 = (f+ - f-) / (2 h),   d2 = sqrt(h^2 - 1) / (2 h^2) (f+ + f- - 2 f0)

Exact for linear f, third order in the mean, never indefinite whatever n. Source: Norgaard, Poulsen & Ravn, Automatica 36 (2000).
"""

import math

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
        floor = PIVOT_FLOOR * A[j, j]
        if d < floor:
            d = floor
        root = math.sqrt(d) if d != 0.0 else 0.0
        L[j, j] = root
        inverse = 1.0 / root if root > 0.0 else 0.0
        for i in range(j + 1, n):
            s = A[i, j]
            for k in range(j):
                s -= L[i, k] * L[j, k]
            L[i, j] = s * inverse
            L[j, i] = 0.0


@kernel
def factor(P, dims, n, A, L):
    """Lower factor L (n, n) of the part of P (N_STATE, N_STATE) that `dims` names; A is room to work in."""
    for a in range(n):
        for b in range(a + 1):
            A[a, b] = P[dims[a], dims[b]]
    cholesky(A, n, L)


@kernel
def spread(x, L, dims, n, points):
    """Sigma points of a Gaussian, as whole states: row 0 the mean, 1..n plus, n+1..2n minus. points (2n + 1, N_STATE)."""
    for p in range(2 * n + 1):
        for k in range(N_STATE):
            points[p, k] = x[k]
    for i in range(n):
        for r in range(i, n):
            step = H * L[r, i]
            points[1 + i, dims[r]] += step
            points[1 + n + i, dims[r]] -= step


@kernel
def gather(points, dims, n, x, P, D):
    """Mean and covariance of moved sigma points, into the parts of x and P that `dims` names. D (2n, n) is room to work in."""
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
def expected_plot(code, origin, axes, x, out):
    """What a sensor should measure of state x, relative to a measured direction or place: fills out (4,).

        d = r - origin
        RADAR       |d|, d.a / |d|, d.b / |d|              metres, and two directions across the measured line of sight (rad)
        RADAR_RATE  the same, and d.v / |d|                m/s, for a sensor at rest
        SIGHT       d.a / |d|, d.b / |d|
        PLACE       d.a, d.b, d.c                          metres east, north, up of a measured place

    Rows a, b, c of axes (3, 3) are orthonormal; for radar and sight, a points along growing azimuth, b along growing elevation
    and c along the measured line. Residuals across the line have no wrap and no pole. NaN where d = 0 and a direction is asked.
    """
    dx, dy, dz = x[0] - origin[0], x[1] - origin[1], x[2] - origin[2]
    a = dx * axes[0, 0] + dy * axes[0, 1] + dz * axes[0, 2]
    b = dx * axes[1, 0] + dy * axes[1, 1] + dz * axes[1, 2]
    if code == PLACE:
        out[0], out[1] = a, b
        out[2] = dx * axes[2, 0] + dy * axes[2, 1] + dz * axes[2, 2]
        return
    length = math.sqrt(dx * dx + dy * dy + dz * dz)
    if code == SIGHT:
        out[0], out[1] = a / length, b / length
        return
    out[0], out[1], out[2] = length, a / length, b / length
    if code == RADAR_RATE:
        out[3] = (dx * x[3] + dy * x[4] + dz * x[5]) / length


@kernel
def measured_spread(code, origin, axes, x, L, dims, n, z_hat, Y, Y2):
    """Expected plot z_hat (m,) of a Gaussian state, its first and second differences Y and Y2 (m, n). Returns (m, n_active).

    Plots depend on position (and velocity): the first three (six) components, hence on the first n_active columns of L alone;
    the other columns of Y and Y2 are zero.
    """
    m = n_measured(code)
    n_active = 6 if code == RADAR_RATE else 3
    centre, plus, minus, state = np.empty(4), np.empty(4), np.empty(4), np.empty(N_STATE)
    expected_plot(code, origin, axes, x, centre)
    for r in range(m):
        z_hat[r] = centre[r]
        for i in range(n):
            Y[r, i] = 0.0
            Y2[r, i] = 0.0
    for i in range(n_active):
        _shifted(x, L, dims, n_active, i, H, state)
        expected_plot(code, origin, axes, state, plus)
        _shifted(x, L, dims, n_active, i, -H, state)
        expected_plot(code, origin, axes, state, minus)
        for r in range(m):
            bend = plus[r] + minus[r] - 2.0 * centre[r]
            Y[r, i] = (plus[r] - minus[r]) / (2.0 * H)
            Y2[r, i] = D2_FACTOR * bend
            z_hat[r] += bend / (2.0 * H2)
    return m, n_active


@kernel
def _shifted(x, L, dims, n, i, factor_h, state):
    """State x moved by factor_h times column i of L, as far as the first n components go."""
    for k in range(N_STATE):
        state[k] = x[k]
    for r in range(i, n):
        state[dims[r]] += factor_h * L[r, i]


@kernel
def innovation(z, var, z_hat, Y, Y2, m, n, S, LS, nu, white):
    """Innovation nu = z - z_hat, its covariance S = Y Y' + Y2 Y2' + diag(var) with lower factor LS, and white = LS^-1 nu.

    Returns (squared distance nu' S^-1 nu, log-likelihood of z). Shapes: z, var, z_hat, nu, white (m,); S, LS (m, m).
    """
    for a in range(m):
        nu[a] = z[a] - z_hat[a]
        for b in range(a + 1):
            s = var[a] if a == b else 0.0
            for i in range(n):
                s += Y[a, i] * Y[b, i] + Y2[a, i] * Y2[b, i]
            S[a, b] = s
            S[b, a] = s
    cholesky(S, m, LS)
    d2 = 0.0
    ln_volume = 0.0
    for a in range(m):
        s = nu[a]
        for k in range(a):
            s -= LS[a, k] * white[k]
        white[a] = s / LS[a, a]
        d2 += white[a] * white[a]
        ln_volume += math.log(LS[a, a])
    return d2, -0.5 * d2 - ln_volume - 0.5 * m * LN_2PI


@kernel
def correct(x, P, dims, n, L, Y, Y2, var, m, n_active, LS, white, K, A):
    """Update a Gaussian by a plot, in place, with what `measured_spread` and `innovation` left.

        K = L Y' S^-1;   x += K nu;   P = (L - K Y)(L - K Y)' + K (diag(var) + Y2 Y2') K'

    The last form is a sum of squares: symmetric and never indefinite. K (n, m) and A (n, n) are room to work in.
    Source: Bar-Shalom, Li & Kirubarajan (2001), sec. 5.2.4 (Joseph's form), written on the factor.
    """
    _gain(L, Y, m, n, n_active, LS, K)
    for r in range(n):
        s = 0.0
        for a in range(m):  # K nu = (K LS) white
            t = 0.0
            for b in range(a, m):
                t += K[r, b] * LS[b, a]
            s += t * white[a]
        x[dims[r]] += s
        for i in range(n):
            A[r, i] = L[r, i]
        for i in range(n_active):
            for a in range(m):
                A[r, i] -= K[r, a] * Y[a, i]
    KY2 = np.empty((N_STATE, 6))
    for r in range(n):
        for i in range(n_active):
            s = 0.0
            for a in range(m):
                s += K[r, a] * Y2[a, i]
            KY2[r, i] = s
    for r in range(n):
        for q in range(r + 1):
            s = 0.0
            for i in range(n):
                s += A[r, i] * A[q, i]
            for a in range(m):
                s += K[r, a] * var[a] * K[q, a]
            for i in range(n_active):
                s += KY2[r, i] * KY2[q, i]
            P[dims[r], dims[q]] = s
            P[dims[q], dims[r]] = s


@kernel
def _gain(L, Y, m, n, n_active, LS, K):
    """Gain K (n, m) = L Y' (LS LS')^-1 by two triangular solves for each row."""
    for r in range(n):
        for a in range(m):
            s = 0.0
            for i in range(min(r + 1, n_active)):
                s += L[r, i] * Y[a, i]
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
