"""Days with and without a launch: likelihoods of rates that fade, drift or excite themselves, and their greatest.

A day d holds a launch (y = 1) or none (y = 0). With rate r_d (expected launches that day) P(y = 1) = 1 - exp(-r_d), so

    log L = sum over d of   y_d ln(1 - exp(-r_d)) - (1 - y_d) r_d .

Arrays `y` are (n,) float64 of zeros and ones, oldest first. Rates are per day.
"""

import math

import numpy as np

from bongsu.kernels._jit import kernel

N_GRID_BRANCHING, N_GRID_FADE = 10, 12
LOW_FADE, HIGH_FADE = 1.0 / 365.0, 1.0  # per day: an excitation that lasts a year, or a day
HIGH_BRANCHING = 0.95  # from one on, launches would breed without end
LEAST_RATE = 1e-9
N_MOST_STEPS = 200


@kernel
def day_log_score(y, rate):
    """ln P of one day's outcome under a rate (per day, above zero)."""
    return math.log(-math.expm1(-rate)) if y > 0.5 else -rate


@kernel
def steady_log_likelihood(y, rate):
    """log L of one rate for all days."""
    total = 0.0
    for i in range(y.shape[0]):
        total += day_log_score(y[i], rate)
    return total


@kernel
def last_days_log_likelihood(y, k, first):
    """log L, from day `first` (at least k) on, of the rate of the k days before each day, with half a launch added to each.

    The half (Jeffreys' prior of a proportion) keeps an empty stretch from meaning "never".
    """
    total, n = 0.0, 0.0
    for i in range(y.shape[0]):
        if i >= first:
            total += day_log_score(y[i], -math.log1p(-(n + 0.5) / (k + 1.0)))
        n += y[i]
        if i >= k:
            n -= y[i - k]
    return total


@kernel
def varying_weights(y, keep):
    """Discounted number of launches and of days after the last day: sums of keep^age y and keep^age."""
    a, b = 0.0, 0.0
    for i in range(y.shape[0]):
        a, b = keep * a + y[i], keep * b + 1.0
    return a, b


@kernel
def varying_log_likelihood(y, usual, pull, keep):
    """log L, one day ahead, of a gamma rate that forgets by `keep` a day and is drawn to `usual` as by `pull` days of it.

    Before day d the rate is gamma with shape a = pull usual + sum keep^age y and b = pull + sum keep^age days, so
    P(none) = (b / (b + 1))^a. Source: Smith & Miller, J. R. Stat. Soc. B 48 (1986) 79-88 (power-steady model), with a pull.
    """
    total, a, b = 0.0, 0.0, 0.0
    for i in range(y.shape[0]):
        shape, days = pull * usual + a, pull + b
        total += day_log_score(y[i], shape * math.log1p(1.0 / days))
        a, b = keep * a + y[i], keep * b + 1.0
    return total


@kernel
def excitation(y, fade):
    """What past launches add to the day after the last, per unit of branching: sum of (1 - q) q^(age - 1), q = exp(-fade)."""
    q = math.exp(-fade)
    added = 0.0
    for i in range(y.shape[0]):
        added = q * added + (1.0 - q) * y[i]
    return added


@kernel
def exciting_log_likelihood(y, base, branching, fade):
    """log L of rate r_d = base + branching sum over earlier launches of (1 - q) q^(age - 1), q = exp(-fade).

    `branching` is the mean number of launch days one launch day brings about. Source: Hawkes, Biometrika 58 (1971) 83-90,
    with the exponential kernel in whole days.
    """
    q = math.exp(-fade)
    added, total = 0.0, 0.0
    for i in range(y.shape[0]):
        total += day_log_score(y[i], base + branching * added)
        added = q * added + (1.0 - q) * y[i]
    return total


@kernel
def fit_exciting(y):
    """base, branching, fade and log L that make log L greatest: a grid, then a compass search from its best point.

    The search walks (ln base, branching, ln fade) by steps that halve when no neighbour is better; the same on every machine up
    to rounding. Branching 0 (no excitation) is on the grid, so the fit is never worse than one steady rate.

    Needs a launch in `y`.
    """
    mean = max(y.sum() / y.shape[0], LEAST_RATE)
    steady = -math.log1p(-min(mean, 1.0 - LEAST_RATE))
    best = np.array((math.log(steady), 0.0, math.log(0.1)))
    most = exciting_log_likelihood(y, steady, 0.0, 0.1)
    for i in range(1, N_GRID_BRANCHING):
        branching = HIGH_BRANCHING * i / (N_GRID_BRANCHING - 1)
        for j in range(N_GRID_FADE):
            fade = LOW_FADE * (HIGH_FADE / LOW_FADE) ** (j / (N_GRID_FADE - 1))
            base = steady * max(1.0 - branching, 0.02)
            found = exciting_log_likelihood(y, base, branching, fade)
            if found > most:
                most = found
                best[0], best[1], best[2] = math.log(base), branching, math.log(fade)
    step = np.array((0.2, 0.1, 0.3))
    for _ in range(N_MOST_STEPS):
        is_better = False
        for axis in range(3):
            for sign in (-1.0, 1.0):
                trial = best.copy()
                trial[axis] += sign * step[axis]
                trial[1] = min(max(trial[1], 0.0), HIGH_BRANCHING)
                trial[2] = min(max(trial[2], math.log(LOW_FADE)), math.log(HIGH_FADE))
                found = exciting_log_likelihood(y, math.exp(trial[0]), trial[1], math.exp(trial[2]))
                if found > most + 1e-9:
                    most, best, is_better = found, trial, True
        if not is_better:
            step *= 0.5
            if step[0] < 1e-3:
                break
    return math.exp(best[0]), best[1], math.exp(best[2]), most


@kernel
def exciting_none(base, branching, fade, added, n_days):
    """ln P(no launch in the next n days): without one the rate only fades, so the sum of rates is known."""
    q = math.exp(-fade)
    return -(base * n_days + branching * added * (1.0 - q**n_days) / (1.0 - q))
