"""Exact intervals of a fraction, so that "90 % of 400" is judged as what it is: a count."""

from dataclasses import dataclass

CONFIDENCE = 0.999  # of the interval that must contain the wanted value


@dataclass(frozen=True, slots=True)
class Fraction:
    """`k` of `n`, with the exact (Clopper-Pearson) interval of the underlying probability."""

    k: int
    n: int
    low: float
    high: float

    @property
    def value(self) -> float:
        """The fraction itself; NaN of nothing."""
        return self.k / self.n if self.n else float("nan")

    def holds(self, wanted: float) -> bool:
        """Whether the counts agree with the wanted probability."""
        return self.n > 0 and self.low <= wanted <= self.high

    def reaches(self, least: float) -> bool:
        """Whether the counts do not rule out a probability of at least `least`."""
        return self.n > 0 and self.high >= least


def fraction(k: int, n: int, confidence: float = CONFIDENCE) -> Fraction:
    """The exact interval of `k` successes in `n`. Source: Clopper & Pearson, Biometrika 26 (1934) 404-413."""
    from scipy.special import betaincinv

    tail = 0.5 * (1.0 - confidence)
    low = float(betaincinv(k, n - k + 1, tail)) if k > 0 else 0.0
    high = float(betaincinv(k + 1, n - k, 1.0 - tail)) if k < n else 1.0
    return Fraction(k, n, low, high)
