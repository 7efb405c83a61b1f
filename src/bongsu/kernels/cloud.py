"""Clouds without dice: fixed low-discrepancy normal samples, pushed through a flight, and what they say about its end.

A cloud of falls has the columns of `kernels.flight.falls`: 0-2 impact (m, ECEF), 3 time to impact (s), 4 apogee (m), 5
time to apogee (s), 6 latitude, 7 longitude (rad), 8 status (0 landed).
"""

import math

import numpy as np

from bongsu.kernels._jit import inlined, kernel
from bongsu.kernels.earth import enu_from_ecef, geodetic_from_ecef

PRIMES = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29)  # one base a dimension
HALTON_SKIP = 20  # the first points of the larger bases lie on one line; usual practice is to leave some out
CHI2_2_90 = -2.0 * math.log(0.1)  # 90 % point of chi-squared with two degrees of freedom, 4.605
N_SUMMARY = 16  # numbers `landing_summary` fills


@kernel
def normal_quantile(p):
    """The x for which a standard normal is below x with probability p; +-inf at 1 and 0, NaN outside.

    A rational start (error 5e-4), then three of Halley's steps on erfc. Source: Abramowitz & Stegun, 26.2.23.
    """
    if not 0.0 < p < 1.0:
        return math.inf if p == 1.0 else (-math.inf if p == 0.0 else math.nan)
    tail = min(p, 1.0 - p)
    t = math.sqrt(-2.0 * math.log(tail))
    top = 2.515517 + t * (0.802853 + t * 0.010328)
    x = top / (1.0 + t * (1.432788 + t * (0.189269 + t * 0.001308))) - t  # of the lower tail
    for _ in range(3):
        error = 0.5 * math.erfc(-x / math.sqrt(2.0)) - tail
        u = error * math.sqrt(2.0 * math.pi) * math.exp(0.5 * x * x)
        x -= u / (1.0 + 0.5 * x * u)
    return x if p <= 0.5 else -x


@kernel
def radical_inverse(i, base):
    """The digits of i > 0 in `base`, mirrored at the point, in (0, 1). Source: Halton, Numer. Math. 2 (1960)."""
    found, digit = 0.0, 1.0 / base
    while i > 0:
        found += (i % base) * digit
        i //= base
        digit /= base
    return found


@kernel
def cholesky(a, out):
    """Lower triangular L with L L' = a for a symmetric (n, n), into out (n, n).

    A pivot not above 1e-14 of its diagonal counts as zero and its column as zero: a direction without spread gets none.
    """
    n = a.shape[0]
    out[:, :] = 0.0
    for j in range(n):
        pivot = a[j, j]
        for k in range(j):
            pivot -= out[j, k] * out[j, k]
        if not pivot > 1e-14 * abs(a[j, j]):
            continue
        out[j, j] = math.sqrt(pivot)
        for i in range(j + 1, n):
            s = a[i, j]
            for k in range(j):
                s -= out[i, k] * out[j, k]
            out[i, j] = s / out[j, j]


@kernel
def fill_normals(out):
    """Fill out (n, d), d <= 10, with low-discrepancy standard normal samples: mean exactly 0, covariance exactly the
    unit matrix.

    Halton points through the normal quantile, then z <- L^-1 (z - mean) with L L' their covariance; needs n > d.
    """
    n, d = out.shape
    for j in range(d):
        mean = 0.0
        for i in range(n):
            out[i, j] = normal_quantile(radical_inverse(i + 1 + HALTON_SKIP, PRIMES[j]))
            mean += out[i, j]
        mean /= n
        for i in range(n):
            out[i, j] -= mean
    cov, root = np.zeros((d, d)), np.empty((d, d))
    for i in range(n):
        for j in range(d):
            for k in range(j + 1):
                cov[j, k] += out[i, j] * out[i, k] / n
    for j in range(d):
        for k in range(j):
            cov[k, j] = cov[j, k]
    cholesky(cov, root)
    for i in range(n):
        for j in range(d):
            s = out[i, j]
            for k in range(j):
                s -= root[j, k] * out[i, k]
            out[i, j] = s / root[j, j]


@kernel
def spread(mean, root, z, out):
    """Samples of a normal: out_i = mean + root z_i. mean (d,), root (d, d) lower triangle, z (n, >= d), out (n, d)."""
    n, d = out.shape
    for i in range(n):
        for j in range(d):
            s = mean[j]
            for k in range(j + 1):
                s += root[j, k] * z[i, k]
            out[i, j] = s


@kernel
def sigma_states(mean, root, step, out):
    """The mean and four points along each column of `root`: out (4 d + 1, d), centre first, then at step, -step, 2 step
    and -2 step of each column in turn.
    """
    d = mean.shape[0]
    for k in range(d):
        out[0, k] = mean[k]
        for j in range(d):
            away = step * root[k, j]
            out[1 + 4 * j, k] = mean[k] + away
            out[2 + 4 * j, k] = mean[k] - away
            out[3 + 4 * j, k] = mean[k] + 2.0 * away
            out[4 + 4 * j, k] = mean[k] - 2.0 * away


@kernel
def fall_surface(points, step, z, out):
    """Falls of many samples from the falls of sigma points: a quartic along each principal direction, cross terms left
    out.

        y(z) = y0 + sum_j (a_j t + c_j t^2 + b_j t^3 + d_j t^4),  t = z_j / step

    Each quartic passes through the five points of its direction (Lagrange). Parameters: points (4 d + 1, 9) falls of
    `sigma_states` with the same step; z (n, >= d). Fills out (n, 9) as falls do.
    """
    d = (points.shape[0] - 1) // 4
    a, b, c, e = np.empty((d, 6)), np.empty((d, 6)), np.empty((d, 6)), np.empty((d, 6))
    for j in range(d):
        for k in range(6):
            y0, near, far = points[0, k], 1 + 4 * j, 3 + 4 * j
            odd, odd2 = 0.5 * (points[near, k] - points[near + 1, k]), 0.5 * (points[far, k] - points[far + 1, k])
            even = 0.5 * (points[near, k] + points[near + 1, k]) - y0
            even2 = 0.5 * (points[far, k] + points[far + 1, k]) - y0
            b[j, k], e[j, k] = (odd2 - 2.0 * odd) / 6.0, (even2 - 4.0 * even) / 12.0
            a[j, k], c[j, k] = odd - b[j, k], even - e[j, k]
    for i in range(z.shape[0]):
        for k in range(6):
            y = points[0, k]
            for j in range(d):
                t = z[i, j] / step
                y += t * (a[j, k] + t * (c[j, k] + t * (b[j, k] + t * e[j, k])))
            out[i, k] = y
        lat, lon, _ = geodetic_from_ecef(out[i, 0], out[i, 1], out[i, 2])
        out[i, 6], out[i, 7], out[i, 8] = lat, lon, 0.0


@inlined
def _sorted_at(values, fraction):
    """The value below which `fraction` of the sorted values lie (n >= 1)."""
    return values[min(values.shape[0] - 1, int(fraction * values.shape[0]))]


@kernel
def _moments(falls, column, n_landed, out, at):
    """Mean and standard deviation of one column over the landed falls, into out[at], out[at + 1]."""
    mean, var = 0.0, 0.0
    for i in range(falls.shape[0]):
        if falls[i, 8] == 0.0:
            mean += falls[i, column] / n_landed
    for i in range(falls.shape[0]):
        if falls[i, 8] == 0.0:
            var += (falls[i, column] - mean) ** 2 / n_landed
    out[at], out[at + 1] = mean, math.sqrt(var)


@kernel
def _sort_column(falls, column, values):
    """One column of the landed falls, ascending, into values (n_landed,)."""
    k = 0
    for i in range(falls.shape[0]):
        if falls[i, 8] == 0.0:
            values[k] = falls[i, column]
            k += 1
    values.sort()


@kernel
def _ellipse(falls, n_landed, out):
    """Centre, second moments and the stretch that makes the 90 % ellipse hold 90 % of the landed falls; out[0:6].

    The spread of a fall is skewed along the track where drag is uncertain; the ellipse of the bare moments then holds
    more or less than it says, so the moments are scaled by the 90 % point of the samples' own squared distances over
    that of chi-squared.
    """
    x, y, z = 0.0, 0.0, 0.0
    for i in range(falls.shape[0]):
        if falls[i, 8] == 0.0:
            x, y, z = x + falls[i, 0] / n_landed, y + falls[i, 1] / n_landed, z + falls[i, 2] / n_landed
    lat, lon, _ = geodetic_from_ecef(x, y, z)
    east, north = np.empty(n_landed), np.empty(n_landed)
    k, ee, en, nn = 0, 0.0, 0.0, 0.0
    for i in range(falls.shape[0]):
        if falls[i, 8] == 0.0:
            e, n, _ = enu_from_ecef(falls[i, 0] - x, falls[i, 1] - y, falls[i, 2] - z, lat, lon)
            east[k], north[k] = e, n
            ee, en, nn, k = ee + e * e / n_landed, en + e * n / n_landed, nn + n * n / n_landed, k + 1
    ee, nn = ee + 1.0, nn + 1.0  # one metre of our own rounding, and a determinant that is never zero
    det = ee * nn - en * en
    d2 = np.empty(n_landed)
    for k in range(n_landed):
        e, n = east[k], north[k]
        d2[k] = (nn * e * e - 2.0 * en * e * n + ee * n * n) / det
    d2.sort()
    stretch = max(_sorted_at(d2, 0.9), 1e-6) / CHI2_2_90
    out[0], out[1], out[2], out[3], out[4] = lat, lon, stretch * ee, stretch * en, stretch * nn
    out[5] = stretch


@kernel
def landing_summary(falls, out):
    """What a cloud of falls (n, 9) says, into out (16,); NaN from 0 to 14 where none landed.

    0 latitude, 1 longitude of the mean (rad); 2-4 covariance east-east, east-north, north-north (m^2), scaled so that
    its 90 % ellipse holds 90 % of the samples; 5 that scale; 6 median and 7 half the 68 % interval of the time to
    impact (s: drag leaves a long tail of late falls); 8, 9 mean and sigma of the apogee (m), 10, 11 of the time to it
    (s); 12, 13 the 5 % and 95 % points of the apogee (m); 14 its median; 15 share that landed.
    """
    n = falls.shape[0]
    n_landed = 0
    for i in range(n):
        if falls[i, 8] == 0.0:
            n_landed += 1
    out[:] = math.nan
    out[15] = n_landed / n
    if n_landed == 0:
        return
    _ellipse(falls, n_landed, out)
    _moments(falls, 4, n_landed, out, 8)
    _moments(falls, 5, n_landed, out, 10)
    values = np.empty(n_landed)
    _sort_column(falls, 3, values)
    out[6], out[7] = _sorted_at(values, 0.5), 0.5 * (_sorted_at(values, 0.84) - _sorted_at(values, 0.16))
    _sort_column(falls, 4, values)
    out[12], out[13], out[14] = _sorted_at(values, 0.05), _sorted_at(values, 0.95), _sorted_at(values, 0.5)
