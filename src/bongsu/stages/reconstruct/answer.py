"""One launch's figures in, one Reconstruction out, or the figure that is missing."""

import math
from dataclasses import dataclass

import numpy as np
from msgspec import structs
from numpy.typing import NDArray

from bongsu.geo.coastline import ZoneTable
from bongsu.messages.accounts import Reconstruction
from bongsu.models.classes import CONVENTION
from bongsu.models.reconstruct import Figures, ReconstructSettings
from bongsu.stages.reconstruct import sums
from bongsu.stages.reconstruct.checks import compare, strained
from bongsu.stages.reconstruct.sums import Pool
from bongsu.stages.reconstruct.weigh import select, weigh

DIRECTION = "azimuth or landing words"


@dataclass(frozen=True, slots=True)
class Missing:
    """Why there is no answer, and the figure that would give one; empty where none would."""

    why: str
    figure: str


def reconstruct(
    cfg: ReconstructSettings, zones: ZoneTable, figures: Figures, event_date: str = "", speaker: str = ""
) -> Reconstruction | Missing:
    """The weighted flights that fit the figures."""
    has_marks = figures.landing is not None and bool(figures.landing.marks)
    if figures.range_m is None and figures.apogee_m is None and figures.flight_time_s is None and not has_marks:
        return Missing("nothing says how far, how high or how long", "range")
    figures, said = compare(cfg, figures)
    pool = sums.pooled(cfg, figures, weigh(cfg, figures))
    if len(pool.weight) == 0:
        return Missing("no flight has these figures together", "")
    low, high = sums.interval(pool.flown.range_m, pool.weight)
    if high > cfg.max_range_ratio * low:
        return Missing(f"flights from {low / 1e3:.0f} to {high / 1e3:.0f} km fit", "range")
    found = _message(cfg, zones, figures, pool)
    said += strained(cfg, figures, pool)
    return structs.replace(found, event_date=event_date, speaker=speaker, checks=tuple(said))


def _message(cfg: ReconstructSettings, zones: ZoneTable, figures: Figures, pool: Pool) -> Reconstruction:
    """The sums as a message."""
    parts = _by_shape(cfg, pool)
    f, w = pool.flown, pool.weight
    directed = parts if figures.is_directed else []
    regions = [sums.region(part.flown.lat_rad, part.flown.lon_rad, part.weight) for part in directed]
    low_s, high_s = sums.interval(f.flight_time_s, w)
    return Reconstruction(
        site_lat_rad=figures.site_rad[0],
        site_lon_rad=figures.site_rad[1],
        sigma_site_m=figures.sigma_site_m,
        shape=tuple(str(part.shape[0]) for part in parts),
        p=tuple(min(float(part.weight.sum()), 1.0) for part in parts),
        range_m=tuple(sums.mean(part.flown.range_m, part.weight) for part in parts),
        apogee_m=tuple(sums.mean(part.flown.apogee_m, part.weight) for part in parts),
        flight_time_s=tuple(sums.mean(part.flown.flight_time_s, part.weight) for part in parts),
        azimuth_rad=tuple(sums.mean_azimuth(part.flown.azimuth_rad, part.weight) for part in directed),
        impact_lat_rad=tuple(r.lat_rad for r in regions),
        impact_lon_rad=tuple(r.lon_rad for r in regions),
        cov_en_m2=tuple(r.cov_en_m2 for r in regions),
        zones=tuple(sums.zones_of(cfg, zones, p.flown.lat_rad, p.flown.lon_rad, p.weight) for p in directed),
        flight_time_mean_s=sums.mean(f.flight_time_s, w),
        flight_time_low_s=low_s,
        flight_time_high_s=high_s,
        range_class=tuple((name, min(p, 1.0)) for name, p in sums.range_classes(cfg, pool)),
        convention=CONVENTION,
        p_zones=_asked(cfg, sums.zones_of(cfg, zones, f.lat_rad, f.lon_rad, w)) if directed else (),
        checks=(),
        would_settle=would_settle(cfg, figures, pool),
    )


def _by_shape(cfg: ReconstructSettings, pool: Pool) -> list[Pool]:
    """The flights of each shape that has any weight, the likeliest first."""
    found = []
    for shape in np.unique(pool.shape):
        k = pool.shape == shape
        if pool.weight[k].sum() >= cfg.least_weight:
            found.append(Pool(select(pool.flown, k), pool.weight[k], pool.shape[k]))
    return sorted(found, key=lambda part: (-float(part.weight.sum()), str(part.shape[0])))


def _asked(cfg: ReconstructSettings, zones: sums.Zones) -> sums.Zones:
    """The zones with any weight and those always asked for, sorted; of the latter also without overlapping claims."""
    kept = {z: p for z, p in zones if p >= cfg.least_weight or z.removesuffix("_undisputed") in cfg.asked_zones}
    return tuple(sorted({**dict.fromkeys(cfg.asked_zones, 0.0), **kept}.items()))


def would_settle(cfg: ReconstructSettings, figures: Figures, pool: Pool) -> str:
    """The figure not given over whose usual errors the flights spread most; empty where none spreads far."""
    if not figures.is_directed:
        return DIRECTION
    f = pool.flown
    spreads = [
        (
            "range",
            figures.range_m,
            _spread(f.range_m, pool) / (cfg.sigma_range_share * sums.mean(f.range_m, pool.weight)),
        ),
        (
            "apogee",
            figures.apogee_m,
            _spread(f.apogee_m, pool) / (cfg.sigma_apogee_share * sums.mean(f.apogee_m, pool.weight)),
        ),
        ("flight time", figures.flight_time_s, _spread(f.flight_time_s, pool) / cfg.sigma_time_s),
    ]
    middle = sums.mean_azimuth(f.azimuth_rad, pool.weight)
    turn = (f.azimuth_rad - middle + math.pi) % (2.0 * math.pi) - math.pi
    if figures.azimuth_rad is None and not (figures.landing and figures.landing.marks):
        spreads.append((DIRECTION, None, _spread(turn, pool) / cfg.sigma_azimuth_rad))
    name, _, most = max((s for s in spreads if s[1] is None), key=lambda s: s[2], default=("", None, 0.0))
    return name if most > cfg.settled else ""


def _spread(values: NDArray[np.float64], pool: Pool) -> float:
    low, high = sums.interval(values, pool.weight)
    return high - low
