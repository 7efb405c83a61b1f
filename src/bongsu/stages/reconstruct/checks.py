"""Do the figures agree with one another? Each check names what was compared, what came of it, and why."""

import math
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from bongsu.kernels import reconstruct as kernels
from bongsu.models.reconstruct import Figure, Figures, ReconstructSettings
from bongsu.stages.reconstruct.solve import Draws, Flown, solve
from bongsu.stages.reconstruct.sums import Pool, mean
from bongsu.stages.reconstruct.weigh import where_words_are

Floats = NDArray[np.float64]
Check = tuple[str, str, str]
_STEPS = 20  # ranges tried for the reach of falls with one apogee
_FITS = "fits"


def compare(cfg: ReconstructSettings, figures: Figures) -> tuple[Figures, list[Check]]:
    """Every check that the figures allow by themselves, and the figures without those that are set aside.

    Where words name the place of fall and a range or an azimuth leads elsewhere, the words stand. Where range and apogee agree
    with each other and not with the flight time, they stand, unless lift could make up the time.
    """
    found: list[Check] = []
    if figures.landing is not None and figures.landing.marks:
        figures, found = _words(cfg, figures)
    if figures.range_m is not None and figures.apogee_m is not None:
        found.append(_range_and_apogee(cfg, figures, figures.range_m, figures.apogee_m))
        if figures.flight_time_s is not None:
            figures, said = _flight_time(cfg, figures, figures.range_m, figures.apogee_m, figures.flight_time_s)
            found += said
    return figures, found


def _plain_falls(cfg: ReconstructSettings, figures: Figures, range_m: Floats, apogee_m: float) -> Flown:
    """Falls with this apogee over each range, for the same few boosts and bodies each."""
    points = np.empty((cfg.n_sweep, 2))
    kernels.fill_points(0, 0, points)
    ranges = np.repeat(range_m, cfg.n_sweep)
    n = len(ranges)
    azimuth = 0.5 * math.pi if figures.azimuth_rad is None else figures.azimuth_rad.middle
    pace, beta = np.tile(points[:, 0], len(range_m)), np.tile(points[:, 1], len(range_m))
    draws = Draws(ranges, np.full(n, apogee_m), np.full(n, azimuth), cfg.sigma_ln_boost * pace,
                  cfg.ln_beta + cfg.sigma_ln_beta * beta, np.zeros(n))  # fmt: skip
    return solve(cfg, figures.site_rad, draws)


def _range_and_apogee(cfg: ReconstructSettings, figures: Figures, far: Figure, high: Figure) -> Check:
    """Whether a plain fall can have both."""
    range_m, apogee_m = far.middle, high.middle
    tried = range_m * np.geomspace(0.25, 1.0, _STEPS)
    share = _plain_falls(cfg, figures, tried, apogee_m).is_found.reshape(_STEPS, -1).mean(axis=1)
    if share[-1] >= cfg.least_found:
        return (
            "range and apogee",
            _FITS,
            f"falls with an apogee of {_kilometres(apogee_m)} reach {_kilometres(range_m)}",
        )
    within = tried[share >= cfg.least_found]
    reach = f"reach no farther than about {_kilometres(_tens(within[-1]))}" if len(within) else "are not found at all"
    need = f"{_kilometres(range_m)} needs lift on the way down: a pull-up or a glide, or another apogee"
    return "range and apogee", "not a fall", f"falls with an apogee of {_kilometres(apogee_m)} {reach}; {need}"


def _flight_time(
    cfg: ReconstructSettings, figures: Figures, far: Figure, high: Figure, told: Figure
) -> tuple[Figures, list[Check]]:
    """Whether a plain fall with this range and apogee takes so long."""
    flown = _plain_falls(cfg, figures, np.array([far.middle]), high.middle)
    times = flown.flight_time_s[flown.is_found]
    if len(times) == 0:
        return figures, []
    middle, spread = float(times.mean()), float(times.std())
    gap = max(told.low - middle, middle - told.high, 0.0)
    why = f"{_minutes(told.middle)} reported, a fall takes {middle / 60.0:.1f} ± {spread / 60.0:.1f} min"
    if gap <= cfg.strained * math.hypot(spread, told.sigma):
        return figures, [("flight time", _FITS, why)]
    if told.low > middle and high.low < cfg.carried_apogee_m[1]:
        return figures, [
            ("flight time", "longer than a fall", f"{why}: {told.middle / middle:.1f} times as long, as a glide takes")
        ]
    result = "longer than a fall" if told.low > middle else "shorter than a fall"
    why += "; no flight with this apogee takes so long or so short: set aside, it may be of another flight"
    return replace(figures, flight_time_s=None), [("flight time", result, why)]


def _words(cfg: ReconstructSettings, figures: Figures) -> tuple[Figures, list[Check]]:
    """Whether the landing words lie where range and azimuth say."""
    edges = where_words_are(cfg, Figures(site_rad=figures.site_rad, landing=figures.landing)).edges
    found: list[Check] = []
    far, way = figures.range_m, figures.azimuth_rad
    if far is not None:
        low, high = _inner(np.exp(edges[0]))
        is_near = far.high + cfg.strained * far.sigma >= low and far.low - cfg.strained * far.sigma <= high
        why = f"the place in words lies {_kilometres(_tens(low))} to {_kilometres(_tens(high))} from the site"
        found.append(_apart("range", is_near, f"{why}, {_kilometres(far.middle)} reported"))
        figures = figures if is_near else replace(figures, range_m=None)
    if way is not None:
        ends = _inner(edges[2])
        low, high = ((edge - way.middle + math.pi) % (2.0 * math.pi) - math.pi for edge in ends)
        is_near = low <= cfg.strained * way.sigma and high >= -cfg.strained * way.sigma
        begin, end = (f"{math.degrees(edge) % 360.0:.0f}" for edge in ends)
        why = f"the place in words lies at {begin} to {end} degrees, {math.degrees(way.middle):.0f} reported"
        found.append(_apart("azimuth", is_near, why))
        figures = figures if is_near else replace(figures, azimuth_rad=None)
    return figures, found


def _apart(name: str, is_near: bool, why: str) -> Check:
    return f"landing words and {name}", _FITS if is_near else "apart", why if is_near else f"{why}; the words stand"


def _inner(edges: Floats) -> tuple[float, float]:
    """The steps that hold about nine tenths of what words say."""
    n = len(edges) - 1
    cut = max(1, n // 10)
    return float(edges[cut]), float(edges[n - cut])


def strained(cfg: ReconstructSettings, figures: Figures, pool: Pool) -> list[Check]:
    """Figures that the flights which fit best still miss."""
    found: list[Check] = []
    for name, figure, values, word in (
        ("range", figures.range_m, pool.flown.range_m, _kilometres),
        ("apogee", figures.apogee_m, pool.flown.apogee_m, _kilometres),
        ("flight time", figures.flight_time_s, pool.flown.flight_time_s, _minutes),
    ):
        if figure is None:
            continue
        middle = mean(values, pool.weight)
        gap = max(figure.low - middle, middle - figure.high, 0.0)
        if gap > cfg.strained * figure.sigma:
            why = f"the flights that fit best have {word(middle)}, {word(figure.middle)} reported"
            found.append((f"all figures: {name}", "strained", why))
    return found


def _kilometres(value_m: float) -> str:
    return f"{value_m / 1e3:.0f} km"


def _tens(value_m: float) -> float:
    return round(value_m / 1e4) * 1e4


def _minutes(value_s: float) -> str:
    return f"{value_s / 60.0:.1f} min"
