"""What the weighted flights say together: by shape, where they fall, how long they fly, which class their energy is."""

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bongsu.constants import GM_EARTH_M3PS2, R_MEAN_EARTH_M
from bongsu.geo.coastline import ZoneTable
from bongsu.geo.zones import zone_probabilities
from bongsu.models.classes import RANGE_CLASSES, UNDETERMINED
from bongsu.models.reconstruct import Figures, ReconstructSettings
from bongsu.stages.reconstruct.solve import Flown, nothing_flown
from bongsu.stages.reconstruct.weigh import Flights, joined, select, shapes

Floats = NDArray[np.float64]
Zones = tuple[tuple[str, float], ...]
_TAIL = 0.05  # beyond each end of a 90 % interval


@dataclass(frozen=True, slots=True)
class Pool:
    """All flights of all families, the weights summing to one; impacts moved by the site's own uncertainty."""

    flown: Flown
    weight: Floats
    shape: NDArray[np.str_]


@dataclass(frozen=True, slots=True)
class Region:
    """Where flights come down: centre and second moments."""

    lat_rad: float
    lon_rad: float
    cov_en_m2: tuple[float, float, float]


def pooled(cfg: ReconstructSettings, figures: Figures, families: tuple[Flights, ...]) -> Pool:
    """The families together, each by its evidence. Empty where nothing fits."""
    total = sum(f.evidence for f in families)
    parts: list[tuple[Flown, Floats, NDArray[np.str_]]] = []
    for family in families:
        if family.evidence > 0.0:
            k = family.weight > 0.0
            flown = _moved(select(family.flown, k), family.offset[k], figures.sigma_site_m)
            parts.append((flown, family.weight[k] * (family.evidence / total), shapes(cfg, family.family, flown)))
    if not parts:
        return Pool(nothing_flown(), np.empty(0), np.empty(0, "U16"))
    flown = joined([part[0] for part in parts])
    return Pool(flown, np.concatenate([part[1] for part in parts]), np.concatenate([part[2] for part in parts]))


def _moved(flown: Flown, offset: Floats, sigma_m: float) -> Flown:
    """The same flights from places around the site: impacts move with it."""
    if sigma_m <= 0.0:
        return flown
    lat = flown.lat_rad + offset[:, 1] * sigma_m / R_MEAN_EARTH_M
    lon = flown.lon_rad + offset[:, 0] * sigma_m / (R_MEAN_EARTH_M * np.cos(flown.lat_rad))
    return replace(flown, lat_rad=lat, lon_rad=lon)


def quantile(values: Floats, weight: Floats, share: float) -> float:
    """The value below which this share of the weight lies."""
    order = np.argsort(values, kind="stable")
    sums = np.cumsum(weight[order])
    return float(values[order][np.searchsorted(sums, share * sums[-1]).clip(0, len(values) - 1)])


def interval(values: Floats, weight: Floats) -> tuple[float, float]:
    """A 90 % interval."""
    return quantile(values, weight, _TAIL), quantile(values, weight, 1.0 - _TAIL)


def mean(values: Floats, weight: Floats) -> float:
    """The weighted mean."""
    return float((values * weight).sum() / weight.sum())


def mean_azimuth(azimuth_rad: Floats, weight: Floats) -> float:
    """The weighted mean direction, from 0 to 2 pi."""
    return math.atan2(mean(np.sin(azimuth_rad), weight), mean(np.cos(azimuth_rad), weight)) % (2.0 * math.pi)


def region(lat_rad: Floats, lon_rad: Floats, weight: Floats) -> Region:
    """Weighted centre and covariance of impacts, on the plane of their mean direction from the Earth's centre."""
    x, y, z = np.cos(lat_rad) * np.cos(lon_rad), np.cos(lat_rad) * np.sin(lon_rad), np.sin(lat_rad)
    cx, cy, cz = mean(x, weight), mean(y, weight), mean(z, weight)
    lat, lon = math.atan2(cz, math.hypot(cx, cy)), math.atan2(cy, cx)
    east = R_MEAN_EARTH_M * (-math.sin(lon) * x + math.cos(lon) * y)
    north = R_MEAN_EARTH_M * (math.cos(lat) * z - math.sin(lat) * (math.cos(lon) * x + math.sin(lon) * y))
    e, n = east - mean(east, weight), north - mean(north, weight)
    return Region(lat, lon, (mean(e * e, weight), mean(e * n, weight), mean(n * n, weight)))


def zones_of(cfg: ReconstructSettings, table: ZoneTable, lat_rad: Floats, lon_rad: Floats, weight: Floats) -> Zones:
    """The probability of falling in each zone, by equal flights drawn at even steps of the summed weight."""
    sums = np.cumsum(weight) / weight.sum()
    k = np.searchsorted(sums, (np.arange(cfg.n_even) + 0.5) / cfg.n_even).clip(0, len(weight) - 1)
    return zone_probabilities(table, lat_rad[k], lon_rad[k])


def range_classes(cfg: ReconstructSettings, pool: Pool) -> tuple[tuple[str, float], ...]:
    """Probabilities of the classes by equal energy: the greatest range of the speed a flight would have at the surface."""
    r = np.sqrt((pool.flown.starts[:, :3] ** 2).sum(axis=1))
    v2 = (pool.flown.starts[:, 3:6] ** 2).sum(axis=1)
    surface2 = np.maximum(v2 + 2.0 * GM_EARTH_M3PS2 * (1.0 / R_MEAN_EARTH_M - 1.0 / r), 1.0)
    q = np.minimum(surface2 * R_MEAN_EARTH_M / GM_EARTH_M3PS2, 1.0)
    ln_range = np.log(2.0 * R_MEAN_EARTH_M * np.arcsin(q / (2.0 - q)))
    whole = np.where(pool.shape == "failed", 0.0, pool.weight)
    found, below = [], np.zeros(len(ln_range))
    for name, _, high in RANGE_CLASSES:
        upto = (
            _normal((math.log(high) - ln_range) / cfg.capability_softness)
            if math.isfinite(high)
            else np.ones(len(ln_range))
        )
        found.append((name, float(((upto - below) * whole).sum())))
        below = upto
    return (*found, (UNDETERMINED, max(0.0, 1.0 - sum(p for _, p in found))))


def _normal(x: Floats) -> Floats:
    """The normal distribution function, by its logistic likeness (error below 0.01)."""
    return np.asarray(1.0 / (1.0 + np.exp(np.clip(-1.702 * x, -60.0, 60.0))))
