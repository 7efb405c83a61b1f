"""From reported numbers, in the units they are printed in, to figures in SI with their errors."""

import math

from bongsu.models.reconstruct import Figure, ReconstructSettings, printed_step

M_PER_KILOMETRE = 1e3
S_PER_MINUTE = 60.0
_MOST_MINUTES = 1.0  # nobody rounds a flight time to worse than a minute
_MOST_DEGREES = 5.0


def range_figure(cfg: ReconstructSettings, low: float, high: float, apogee: Figure | None = None) -> Figure:
    """A range printed in kilometres; an open end is infinite. Of low flights it is less sure: their end is below the horizon."""
    is_low = apogee is not None and apogee.high < cfg.low_apogee_m
    share = cfg.sigma_low_range_share if is_low else cfg.sigma_range_share
    return _scaled(_closed(cfg, low, high), M_PER_KILOMETRE, share, 0.0, math.inf)


def apogee_figure(cfg: ReconstructSettings, low: float, high: float) -> Figure:
    """An apogee printed in kilometres; an open end is infinite."""
    return _scaled(_closed(cfg, low, high), M_PER_KILOMETRE, cfg.sigma_apogee_share, 0.0, math.inf)


def time_figure(cfg: ReconstructSettings, low: float, high: float) -> Figure:
    """A flight time printed in minutes; an open end is infinite."""
    return _scaled(_closed(cfg, low, high), S_PER_MINUTE, 0.0, cfg.sigma_time_s, _MOST_MINUTES)


def azimuth_figure(cfg: ReconstructSettings, degrees: float) -> Figure:
    """A direction printed in degrees."""
    return _scaled((degrees, degrees), math.pi / 180.0, 0.0, cfg.sigma_azimuth_rad, _MOST_DEGREES)


def _closed(cfg: ReconstructSettings, low: float, high: float) -> tuple[float, float]:
    """A bound is printed near what it bounds: "over" reaches some per cent beyond the number, "up to" as far below it."""
    if math.isinf(high):
        return low, low * (1.0 + cfg.bound_share)
    return (high * (1.0 - cfg.bound_share), high) if math.isinf(low) else (low, high)


def _scaled(ends: tuple[float, float], unit: float, share: float, least: float, most_step: float) -> Figure:
    """An interval in SI; one sigma is an even spread over the last printed place, a share and a least put together."""
    low, high = ends
    step = min(printed_step(low), most_step)
    sigma = math.sqrt((step * unit) ** 2 / 12.0 + (share * low * unit) ** 2 + least**2)
    return Figure(low * unit, high * unit, sigma)
