"""Where a curve that is quiet on one side and driven on the other bends: the instant a burn began or ended."""

import math

import numpy as np

N_KNEES = 160  # instants tried, evenly over the samples
RIDGE = 1e-9  # of the normal equations in scaled time: keeps a side without samples harmless


def knee(t_s: np.ndarray, y: np.ndarray, sigma: float, is_end: bool) -> tuple[float, float]:
    """Time and standard deviation of the bend of y, straight on the quiet side (after it if `is_end`, else before).

    On the driven side the force was steady, or it came up or died away: y = c + q x + a d, or the same + b d^2, with x and d
    the times past the bend on the quiet and on the driven side. The first reading puts the bend in the middle of a fading
    force, the second at its last trace. The answer is half-way between, as uncertain as they differ.

    Parameters: t_s (n,) ascending, y (n,) with standard deviation `sigma`; scatter beyond that widens the answer.
    Returns NaN where n < 6 or all times are equal.
    """
    n, span_s = len(t_s), float(t_s[-1] - t_s[0])
    if n < 6 or not span_s > 0.0:
        return math.nan, math.nan
    knees_s = t_s[0] + span_s * (np.arange(N_KNEES) + 1.0) / (N_KNEES + 1.0)
    past = (t_s[None, :] - knees_s[:, None]) / span_s  # (m, n)
    after, before = np.maximum(past, 0.0), np.minimum(past, 0.0)
    quiet, driven = (after, before) if is_end else (before, after)
    steady = np.stack((np.ones_like(past), quiet, driven), axis=2)
    fading = np.concatenate((steady, driven[:, :, None] ** 2), axis=2)
    (first_s, sigma_first_s), (last_s, sigma_last_s) = (_bend(knees_s, b, y, sigma) for b in (steady, fading))
    spread_s = max(sigma_first_s, sigma_last_s, 0.5 * abs(last_s - first_s))
    return 0.5 * (first_s + last_s), spread_s


def _bend(knees_s: np.ndarray, basis: np.ndarray, y: np.ndarray, sigma: float) -> tuple[float, float]:
    """Mean and spread of the likelihood exp(-chi^2/2) over instants (m,), each with its least squares in `basis` (m, n, k)."""
    n, k = basis.shape[1:]
    normal = np.einsum("mni,mnj->mij", basis, basis) + RIDGE * np.eye(k)
    weights = np.linalg.solve(normal, np.einsum("mni,n->mi", basis, y)[:, :, None])[:, :, 0]
    misfit = ((y - np.einsum("mni,mi->mn", basis, weights)) ** 2).sum(axis=1)
    var = max(sigma**2, float(misfit.min()) / (n - k - 1), 1e-12)
    p = np.exp(-0.5 * (misfit - misfit.min()) / var)
    p /= p.sum()
    mean_s = float((p * knees_s).sum())
    return mean_s, math.sqrt(float((p * (knees_s - mean_s) ** 2).sum()))
