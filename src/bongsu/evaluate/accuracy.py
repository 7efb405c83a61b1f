"""How far an estimated place is from the true one, and whether its ellipse says so honestly."""

import math

import msgspec
import numpy as np

from bongsu.geo import frames

K2_90 = -2.0 * math.log(0.10)  # squared radius of the 90 % region of a plane Gaussian: 4.605


class PlaceError(msgspec.Struct, frozen=True, kw_only=True):
    """An estimated place against the truth: the miss, its size in the ellipse's own units, the ellipse."""

    error_m: float
    d2: float  # squared Mahalanobis distance; the 90 % region holds the truth when it is at most 4.605
    major_m: float  # semi-axes of the 90 % ellipse
    minor_m: float

    @property
    def is_inside(self) -> bool:
        """Whether the 90 % region holds the truth."""
        return self.d2 <= K2_90


def place_error(
    lat_rad: float, lon_rad: float, cov_en_m2: tuple[float, float, float], true_lat_rad: float, true_lon_rad: float
) -> PlaceError:
    """The miss in the east-north plane at the estimate, along the geodesic to the truth."""
    distance_m, azimuth_rad, _ = frames.geodesic_inverse(lat_rad, lon_rad, true_lat_rad, true_lon_rad)
    east, north = distance_m * math.sin(azimuth_rad), distance_m * math.cos(azimuth_rad)
    ee, en, nn = cov_en_m2
    det = ee * nn - en * en
    d2 = (nn * east * east - 2.0 * en * east * north + ee * north * north) / det if det > 0.0 else math.inf
    middle, half = 0.5 * (ee + nn), math.hypot(0.5 * (ee - nn), en)
    axes = [math.sqrt(K2_90 * max(v, 0.0)) for v in (middle + half, middle - half)]
    return PlaceError(error_m=distance_m, d2=min(d2, 1e9), major_m=axes[0], minor_m=axes[1])


def percentiles(values: list[float]) -> tuple[float, float, float]:
    """The 50th, 90th and 99th percentile; NaN of nothing."""
    if not values:
        return (math.nan,) * 3
    p50, p90, p99 = np.percentile(values, (50, 90, 99))
    return float(p50), float(p90), float(p99)


def brier(pairs: list[tuple[float, bool]]) -> tuple[float, float, float]:
    """Brier score of stated probabilities, that of always stating the base rate, and the skill; NaN of nothing.

    Source: Brier, Monthly Weather Review 78 (1950) 1-3.
    """
    if not pairs:
        return (math.nan,) * 3
    base = sum(is_true for _, is_true in pairs) / len(pairs)
    score = sum((p - is_true) ** 2 for p, is_true in pairs) / len(pairs)
    plain = base * (1.0 - base)
    return score, plain, 1.0 - score / plain if plain > 0.0 else math.nan
