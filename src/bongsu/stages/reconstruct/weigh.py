"""The weighted set of flights that fit the figures: drawn on a grid that is refined where they are."""

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from bongsu.kernels import reconstruct as kernels
from bongsu.models import reconstruct_landing as words
from bongsu.models.reconstruct import Figure, Figures, ReconstructSettings, loft
from bongsu.stages.reconstruct.solve import Draws, Flown, nothing_flown, solve

Floats = NDArray[np.float64]
Family = Literal["fall", "pull_up", "glide"]
FAMILIES: tuple[Family, ...] = ("fall", "pull_up", "glide")
_RANGE, _APOGEE, _AZIMUTH, _LIFT, _PACE, _BETA, _EAST, _NORTH = range(8)  # columns of the points
_N_EVEN, _N_POINTS = 4, 8


@dataclass(frozen=True, slots=True)
class Grid:
    """Steps of ln range, ln apogee, azimuth (rad) and share of lift, edges (4, k + 1), that draws are spread over evenly.

    Narrow steps stand where weight is. Source: Lepage, J. Comput. Phys. 27 (1978), VEGAS.
    """

    edges: Floats

    def at(self, even: Floats) -> tuple[Floats, Floats]:
        """Points (n, 4) for points of the unit cube, and ln of the volume each stands for times n."""
        n_steps = self.edges.shape[1] - 1
        k = np.minimum((even * n_steps).astype(np.int64), n_steps - 1)
        low = np.take_along_axis(self.edges.T, k, axis=0)
        width = np.take_along_axis(self.edges.T, k + 1, axis=0) - low
        return low + (even * n_steps - k) * width, np.log(width * n_steps).sum(axis=1)

    def refined(self, points: Floats, weight: Floats, keep: float, columns: tuple[int, ...] = (0, 1, 2, 3)) -> "Grid":
        """Steps of equal weight along some columns, a share `keep` of it spread over the steps there were."""
        n_steps = self.edges.shape[1] - 1
        found = self.edges.copy()
        for j in columns:
            edges = self.edges[j]
            mass = np.histogram(points[:, j], bins=edges, weights=weight)[0]
            mass[1:-1] = (mass[:-2] + mass[1:-1] + mass[2:]) / 3.0
            mass = (1.0 - keep) * mass / mass.sum() + keep / n_steps
            sums = np.concatenate([[0.0], np.cumsum(mass)])
            found[j] = np.interp(np.linspace(0.0, sums[-1], n_steps + 1), sums, edges)
        return Grid(found)

    def with_bounds(self, column: int, low: float, high: float) -> "Grid":
        """The grid with even steps along one column."""
        edges = self.edges.copy()
        edges[column] = np.linspace(low, high, edges.shape[1])
        return Grid(edges)


@dataclass(frozen=True, slots=True)
class Flights:
    """The flights of one family with their weights; `evidence` is the family's, `share_found` of the last draws."""

    family: Family
    flown: Flown
    weight: Floats  # sums to one where any flight was found
    evidence: float
    share_found: float
    offset: Floats  # (n, 2) east and north of the site's own uncertainty, in sigmas


def weigh(cfg: ReconstructSettings, figures: Figures) -> tuple[Flights, ...]:
    """The flights of every family that can have these figures."""
    grid = _first_grid(cfg, figures) if figures.landing is None else where_words_are(cfg, figures)
    return tuple(_of_family(cfg, figures, family, grid) for family in FAMILIES)


def _first_grid(cfg: ReconstructSettings, figures: Figures) -> Grid:
    """Six sigmas around what is given, everything believed possible where nothing is."""
    azimuth = figures.azimuth_rad
    reach = 0.0 if azimuth is None else min(6.0 * azimuth.sigma + 0.5 * (azimuth.high - azimuth.low), math.pi)
    far, high = _around(figures.range_m, cfg.range_bounds_m), _around(figures.apogee_m, cfg.apogee_bounds_m)
    rows = [
        (math.log(far[0]), math.log(far[1])),
        (math.log(high[0]), math.log(high[1])),
        (0.0, 2.0 * math.pi) if azimuth is None else (azimuth.middle - reach, azimuth.middle + reach),
        (0.0, 1.0),
    ]
    return Grid(np.array([np.linspace(row[0], row[1], cfg.n_steps + 1) for row in rows]))


def _around(figure: Figure | None, bounds: tuple[float, float]) -> tuple[float, float]:
    if figure is None:
        return bounds
    low = min(max(figure.low - 6.0 * figure.sigma, 0.3 * figure.low, bounds[0]), 0.9 * bounds[1])
    return low, max(min(figure.high + 6.0 * figure.sigma, bounds[1]), 1.1 * low)


def where_words_are(cfg: ReconstructSettings, figures: Figures) -> Grid:
    """The grid refined around the landing words, found along great circles without flying."""
    grid = _first_grid(cfg, figures)
    if figures.landing is None:
        return grid
    even = np.full((cfg.n_places, 4), 0.5)
    points = np.empty((cfg.n_places, 2))
    kernels.fill_points(0, 2, points)
    even[:, _RANGE], even[:, _AZIMUTH] = points[:, 0], points[:, 1]
    is_round = figures.azimuth_rad is None
    for blunt in (8.0, 6.0, 4.0, 3.0, 2.0, 1.5):
        at, ln_volume = grid.at(even)
        range_m, turn_rad = np.exp(at[:, _RANGE]), at[:, _AZIMUTH]
        lat, lon = words.destinations(*figures.site_rad, turn_rad, range_m)
        ln_w = words.log_likelihood(figures.landing, lat, lon, word_errors(cfg), blunt) + _log_of(
            figures.range_m, range_m, blunt
        )
        weight = np.exp(ln_w + ln_volume - (ln_w + ln_volume).max())
        if is_round:  # turn the circle so that its seam lies away from the words
            middle = math.atan2(float(weight @ np.sin(turn_rad)), float(weight @ np.cos(turn_rad)))
            grid, is_round = grid.with_bounds(_AZIMUTH, middle - math.pi, middle + math.pi), False
        else:
            grid = grid.refined(at, weight, cfg.keep, (_RANGE, _AZIMUTH))
    return grid


def word_errors(cfg: ReconstructSettings) -> words.WordErrors:
    """What is believed of landing words."""
    return words.WordErrors(cfg.sigma_words_m, cfg.sigma_bearing_rad, cfg.max_sigma_words_m, cfg.outside_water)


def _of_family(cfg: ReconstructSettings, figures: Figures, family: Family, grid: Grid) -> Flights:
    """Refine the grid, then draw in full."""
    n_probe, n_full = (cfg.n_probe, cfg.n_falls) if family == "fall" else (cfg.n_carried, cfg.n_carried)
    if family != "fall":
        low = max(float(grid.edges[_APOGEE, 0]), math.log(cfg.carried_apogee_m[0]))
        high = min(float(grid.edges[_APOGEE, -1]), math.log(cfg.carried_apogee_m[1]))
        if low >= high:
            return _none(family)
        grid = grid.with_bounds(_APOGEE, low, high)
    for blunt in cfg.blunting:
        at, _, ln_w, _ = _drawn(cfg, figures, family, grid, n_probe, blunt)
        if not np.isfinite(ln_w).any():
            return _none(family)
        grid = grid.refined(at, np.exp(ln_w - ln_w.max()), cfg.keep)
    return _in_full(cfg, figures, family, grid, n_full)


def _in_full(cfg: ReconstructSettings, figures: Figures, family: Family, grid: Grid, n: int) -> Flights:
    """Draws over a refined grid, batch after batch, until they are worth `enough` flights of equal weight."""
    batches: list[tuple[Flown, Floats, Floats]] = []
    density = np.empty(0)
    for k in range(cfg.max_batches):
        _, flown, ln_w, offset = _drawn(cfg, figures, family, grid, n, 1.0, k * n)
        batches.append((flown, ln_w, offset))
        density = np.exp(np.concatenate([b[1] for b in batches]))
        if density.sum() ** 2 >= cfg.enough * (density**2).sum():
            break
    total = float(density.sum())
    if not total > 0.0:
        return _none(family)
    flown = joined([b[0] for b in batches])
    offset = np.concatenate([b[2] for b in batches])
    return Flights(family, flown, density / total, total / len(density), float(flown.is_found.mean()), offset)


def _none(family: Family) -> Flights:
    """No flight of this family has the figures."""
    return Flights(family, nothing_flown(), np.empty(0), 0.0, 0.0, np.empty((0, 2)))


def _drawn(
    cfg: ReconstructSettings, figures: Figures, family: Family, grid: Grid, n: int, blunt: float, first: int = 0
) -> tuple[Floats, Flown, Floats, Floats]:
    """Points of a grid, the flights found for them, ln of their weights, and the site's own offsets."""
    points = np.empty((n, _N_POINTS))
    kernels.fill_points(first, _N_EVEN, points)
    at, ln_volume = grid.at(points[:, :_N_EVEN])
    flown = solve(cfg, figures.site_rad, _draws(cfg, family, points, at))
    return at, flown, ln_weights(cfg, figures, family, flown, blunt) + ln_volume, points[:, _EAST:]


def _draws(cfg: ReconstructSettings, family: Family, points: Floats, at: Floats) -> Draws:
    low, high = {"fall": (0.0, 0.0), "pull_up": cfg.pull_up_lift, "glide": cfg.glide_lift}[family]
    lift = np.exp(math.log(low) + at[:, _LIFT] * math.log(high / low)) if high > 0.0 else np.zeros(len(points))
    return Draws(
        range_m=np.exp(at[:, _RANGE]), apogee_m=np.exp(at[:, _APOGEE]), azimuth_rad=at[:, _AZIMUTH],
        ln_pace=cfg.sigma_ln_boost * points[:, _PACE], ln_beta=cfg.ln_beta + cfg.sigma_ln_beta * points[:, _BETA], lift=lift,
    )  # fmt: skip


def ln_weights(cfg: ReconstructSettings, figures: Figures, family: Family, flown: Flown, blunt: float = 1.0) -> Floats:
    """ln (belief x likelihood) of every flight; -inf where none was found."""
    ln_w = np.full(len(flown.is_found), -np.inf)
    k = flown.is_found
    f = select(flown, k)
    total = _ln_belief(cfg, family, f.range_m, f.apogee_m)
    total += _log_of(figures.range_m, f.range_m, blunt) + _log_of(figures.apogee_m, f.apogee_m, blunt)
    total += _log_of(figures.flight_time_s, f.flight_time_s, blunt)
    if figures.azimuth_rad is not None:
        middle = figures.azimuth_rad.middle
        turned = middle + (f.azimuth_rad - middle + math.pi) % (2.0 * math.pi) - math.pi
        total += _log_of(figures.azimuth_rad, turned, blunt)
    if figures.landing is not None:
        total += words.log_likelihood(figures.landing, f.lat_rad, f.lon_rad, word_errors(cfg), blunt)
    if figures.shapes:
        called = np.isin(shapes(cfg, family, f), figures.shapes)
        total += np.where(called, math.log(cfg.word_trust), math.log(1.0 - cfg.word_trust)) / blunt
    ln_w[k] = total
    return ln_w


def shapes(cfg: ReconstructSettings, family: Family, flown: Flown) -> NDArray[np.str_]:
    """The shape of every flight: of falls by loft, those nearly straight up that never left the air being failures."""
    if family != "fall":
        return np.full(len(flown.range_m), {"pull_up": "quasi_ballistic", "glide": "glide"}[family])
    ratio = loft(flown.range_m, flown.apogee_m)
    found = np.full(len(ratio), "minimum_energy", dtype="U16")
    found[ratio < cfg.depressed_ratio] = "depressed"
    found[ratio >= cfg.lofted_ratio] = "lofted"
    found[(ratio >= cfg.steep_ratio) & (flown.apogee_m < cfg.steep_apogee_m)] = "failed"
    return found


def joined(parts: list[Flown]) -> Flown:
    """Several sets of flights as one."""
    return Flown(*(np.concatenate([getattr(part, name) for part in parts]) for name in Flown.__slots__))


def select(flown: Flown, k: NDArray[np.bool_]) -> Flown:
    """Some of the flights."""
    return Flown(*(getattr(flown, name)[k] for name in Flown.__slots__))


def _log_of(figure: Figure | None, value: Floats, blunt: float) -> Floats:
    """ln likelihood of a figure: flat inside its interval, a normal flank outside."""
    if figure is None:
        return np.zeros(len(value))
    gap = np.maximum(np.maximum(figure.low - value, value - figure.high), 0.0)
    return np.asarray(-0.5 * (gap / (blunt * figure.sigma)) ** 2)


def _ln_belief(cfg: ReconstructSettings, family: Family, range_m: Floats, apogee_m: Floats) -> Floats:
    """ln of the density believed before any figure, over ln range and ln apogee."""
    p_up = cfg.p_pull_up * _below(apogee_m, cfg.quasi_apogee_m, cfg.quasi_softness_m)
    p_on = cfg.p_glide * _below(apogee_m, cfg.glide_apogee_m, cfg.quasi_softness_m)
    p_on = p_on * _below(-range_m, -cfg.glide_range_m, cfg.glide_range_softness_m)
    with np.errstate(divide="ignore"):
        if family != "fall":
            low, high = cfg.carried_apogee_m
            return np.asarray(np.log(p_up if family == "pull_up" else p_on) - math.log(math.log(high / low)))
        return np.asarray(np.log(1.0 - p_up - p_on) + _ln_loft_density(cfg, loft(range_m, apogee_m)))


def _ln_loft_density(cfg: ReconstructSettings, ratio: Floats) -> Floats:
    """ln density over ln(apogee over the least-energy apogee): even within each shape."""
    low, high = cfg.loft_bounds
    edges = (low, cfg.depressed_ratio, cfg.lofted_ratio, high)
    shares = (cfg.p_depressed, 1.0 - cfg.p_depressed - cfg.p_lofted, cfg.p_lofted)
    found = np.full(len(ratio), -np.inf)
    for k, share in enumerate(shares):
        inside = (ratio >= edges[k]) & (ratio < edges[k + 1])
        found[inside] = math.log(share / math.log(edges[k + 1] / edges[k]))
    return found


def _below(value: Floats, bound: float, softness: float) -> Floats:
    """The chance that a soft bound lies above a value: the logistic near to the normal distribution function."""
    return np.asarray(1.0 / (1.0 + np.exp(np.clip(1.702 * (value - bound) / softness, -60.0, 60.0))))
