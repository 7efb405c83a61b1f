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
    return _scaled(low, high, M_PER_KILOMETRE, share, 0.0, math.inf)


def apogee_figure(cfg: ReconstructSettings, low: float, high: float) -> Figure:
    """An apogee printed in kilometres; an open end is infinite."""
    return _scaled(low, high, M_PER_KILOMETRE, cfg.sigma_apogee_share, 0.0, math.inf)


def time_figure(cfg: ReconstructSettings, low: float, high: float) -> Figure:
    """A flight time printed in minutes; an open end is infinite."""
    return _scaled(low, high, S_PER_MINUTE, 0.0, cfg.sigma_time_s, _MOST_MINUTES)


def azimuth_figure(cfg: ReconstructSettings, degrees: float) -> Figure:
    """A direction printed in degrees."""
    return _scaled(degrees, degrees, math.pi / 180.0, 0.0, cfg.sigma_azimuth_rad, _MOST_DEGREES)


def _scaled(low: float, high: float, unit: float, share: float, least: float, most_step: float) -> Figure:
    """An interval in SI; one sigma is half the last printed place, a share of the value and a least, put together."""
    value = low if math.isfinite(low) else high
    step = min(printed_step(value), most_step)
    sigma = math.sqrt((0.5 * step * unit) ** 2 + (share * value * unit) ** 2 + least**2)
    return Figure(low * unit, high * unit, sigma)
