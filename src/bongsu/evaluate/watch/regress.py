"""Sign weights by maximum likelihood: a logistic regression on what is left of signs, on top of history, below a most chance."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
MOST = tuple(0.50 + 0.05 * i for i in range(11))  # that the most chance may be
RIDGE = 1.0  # as a prior of variance 1 / RIDGE: keeps a sign that hardly ever came from weighing anything
N_MOST_STEPS = 50
LEAST_P = 1e-6
LEAST_GAIN = 1e-8


@dataclass(frozen=True, slots=True)
class Fit:
    """Weights (k,) of the signs at one window, the chance they may reach, and the penalized log-likelihood a forecast."""

    weights: Floats
    most_p: float
    log_likelihood: float


def regress(x: Floats, y: Floats, prior: Floats) -> Fit:
    """The best of all `MOST`: signs `x` (n, k), outcomes `y` and chances by history `prior` (n,).

    A sign that never came weighs nothing.
    """
    came = np.flatnonzero(x.any(axis=0))
    best = max((_scored(x[:, came], y, prior, most) for most in MOST), key=lambda fit: fit.log_likelihood)
    weights = np.zeros(x.shape[1])
    weights[came] = best.weights
    return Fit(weights, best.most_p, best.log_likelihood)


def _scored(x: Floats, y: Floats, prior: Floats, most: float) -> Fit:
    """Weights at one most chance, by Fisher scoring; a step that makes the likelihood worse is halved."""
    w = np.zeros(x.shape[1])
    value = _value(x, y, prior, most, w)
    for _ in range(N_MOST_STEPS):
        p, slope = chances(x @ w, prior, most)
        lever = slope / (p * (1.0 - p))
        gradient = x.T @ (lever * (y - p)) - RIDGE * w
        curve = (x * (lever * slope)[:, None]).T @ x + RIDGE * np.eye(len(w))
        move = np.linalg.solve(curve, gradient)
        while (tried := _value(x, y, prior, most, w + move)) <= value and np.abs(move).max() > 1e-4:
            move = 0.5 * move
        if tried <= value + LEAST_GAIN:
            break
        w, value = w + move, tried
    return Fit(w, most, value)


def chances(total: Floats, prior: Floats, most: float) -> tuple[Floats, Floats]:
    """Chances (n,) after log-odds `total` of signs, as `models.watch.bounded` makes them, and their slopes in `total`."""
    is_up = (total > 0.0) & (prior < most)
    part = np.where(is_up, most, 1.0)
    start = np.clip(prior / part, LEAST_P, 1.0 - LEAST_P)
    odds = start / (1.0 - start) * np.exp(total)
    p = part * odds / (1.0 + odds)
    slope = p * (1.0 - p / part)
    is_held = (total > 0.0) & ~is_up & (most < 1.0)
    p = np.where(is_held, prior, p)
    return np.clip(p, LEAST_P, 1.0 - LEAST_P), np.where(is_held, 0.0, slope)


def _value(x: Floats, y: Floats, prior: Floats, most: float, w: Floats) -> float:
    p, _ = chances(x @ w, prior, most)
    return float(np.where(y > 0.5, np.log(p), np.log1p(-p)).mean() - 0.5 * RIDGE * w @ w / len(y))
