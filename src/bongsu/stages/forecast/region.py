"""After burn-out: where and when a track comes down, as a region, and how high it goes.

Three ways to one table of falls. *Cloud*: fixed normal samples of (r, v, ln beta), each flown to the ground. *Sigma
points*: fifteen flights, and a parabola through them along each principal direction. *Pull-up*: from the combined
estimate with the force that is seen now going on for 0 to 60 s, evenly, at half to one and a half times its size: lift
may go on or stop, and nothing in the measurements tells which; so the region is wide by intention, and says `pull_up`.
"""

import math
from typing import Literal

import numpy as np

from bongsu.constants import NS_PER_S, R_MEAN_EARTH_M
from bongsu.geo import zones
from bongsu.kernels.cloud import N_SUMMARY, cholesky, fall_surface, landing_summary, sigma_states, spread
from bongsu.kernels.flight import falls
from bongsu.kernels.onward import force_in_velocity_frame, push_on
from bongsu.messages.assessment import ImpactPrediction
from bongsu.models.falls import ForecastSettings
from bongsu.stages.forecast.state import N_FALL, N_STATE, Cloud, Config, Row

LAT, LON, EE, EN, NN, STRETCH, T, SIGMA_T, TOP, SIGMA_TOP, T_TOP, SIGMA_T_TOP, LOW, HIGH, MIDDLE, LANDED = range(
    N_SUMMARY
)
STATUS = 8
Method = Literal["sigma_points", "cloud"]
MIN_FORCE_MPS2 = 0.5  # a weaker force seen is noise: the flight is then forecast as unpowered


def cloud_falls(cfg: Config, row: Row) -> np.ndarray:
    """Falls (n, 9) of the full cloud; of none, where the middle of it does not come down."""
    if not lands(cfg, row.mean):
        return np.empty((0, N_FALL))
    states = np.empty((len(cfg.z_cloud), N_STATE))
    spread(row.mean, _root(row.cov), cfg.z_cloud, states)
    return _fly(cfg, states)


def surface_falls(cfg: Config, row: Row) -> np.ndarray:
    """Falls (n, 9) read off the parabola through the sigma points; of none, where one of these does not come down."""
    points = np.empty((2 * N_STATE + 1, N_STATE))
    sigma_states(row.mean, _root(row.cov), cfg.belief.sigma_step, points)
    found = _fly(cfg, points)
    if bool(np.any(found[:, STATUS] != 0.0)):
        return np.empty((0, N_FALL))
    out = np.empty((len(cfg.z_surface), N_FALL))
    fall_surface(found, cfg.belief.sigma_step, cfg.z_surface, out)
    return out


def pull_up_falls(cfg: Config, row: Row) -> np.ndarray:
    """Falls (n, 9) with the force seen now going on for an unknown time at about its present size."""
    z, n = cfg.z_pull_up, len(cfg.z_pull_up)
    states, pushed = np.empty((n, N_STATE)), np.empty((n, N_STATE))
    spread(np.append(row.combined, row.mean[6]), _root(row.cov), z, states)
    part = np.empty(3)
    force_in_velocity_frame(row.combined, row.force, part)
    sizes = 1.0 + cfg.belief.pull_up_spread * z[:, N_STATE + 1]
    seconds = cfg.belief.pull_up_max_s * np.array(
        [0.5 * math.erfc(-v / math.sqrt(2.0)) for v in z[:, N_STATE].tolist()]
    )
    highest = np.empty((n, 2))
    push_on(states, np.outer(sizes, part), seconds, np.zeros(n), cfg.belief.burn_step_s, pushed, highest)
    out = _fly(cfg, pushed)
    out[:, 3] += seconds
    is_past = highest[:, 0] > out[:, 4]
    out[:, 4] = np.where(is_past, highest[:, 0], out[:, 4])
    out[:, 5] = np.where(is_past, highest[:, 1], out[:, 5] + seconds)
    return out


def is_lifted(row: Row) -> bool:
    """Whether a force is seen that may go on after burn-out."""
    return row.phase == "manoeuvre" and float(np.sqrt(np.sum(row.force * row.force))) > MIN_FORCE_MPS2


def lands(cfg: Config, mean: np.ndarray) -> bool:
    """Whether the middle of the estimate comes down at all."""
    return float(_fly(cfg, mean.reshape(1, N_STATE))[0, STATUS]) == 0.0


def summarise(found: np.ndarray) -> np.ndarray:
    """The summary (16,) of a table of falls; all NaN for an empty one."""
    out = np.full(N_SUMMARY, np.nan)
    if len(found):
        landing_summary(found, out)
    return out


def impact(row: Row, summary: np.ndarray, shares: Cloud, method: Method, n_samples: int) -> ImpactPrediction:
    """The prediction of a sayable summary, with the probabilities of zones and areas from a cloud."""
    return ImpactPrediction(
        track_id=row.track_id,
        valid_ns=row.t_ns,
        impact_ns=impact_ns(row, summary),
        sigma_impact_s=float(summary[SIGMA_T]),
        lat_rad=float(summary[LAT]),
        lon_rad=float(summary[LON]),
        cov_en_m2=(float(summary[EE]), float(summary[EN]), float(summary[NN])),
        zones=shares.zones,
        areas=shares.areas,
        assumption="pull_up" if is_lifted(row) else "unpowered",
        method=method,
        n_samples=n_samples,
    )


def impact_ns(row: Row, summary: np.ndarray) -> int:
    """The instant of the mean impact."""
    return row.t_ns + round(float(summary[T]) * NS_PER_S)


def has_moved(belief: ForecastSettings, last: Cloud, row: Row, summary: np.ndarray) -> bool:
    """Whether a quick forecast differs enough from the last cloud to be worth a new one."""
    if not bool(np.isfinite(last.summary).all()):
        return True
    lat, lon, ee, en, nn = (float(last.summary[k]) for k in (LAT, LON, EE, EN, NN))
    now_lat, now_lon, now_ee, now_nn = (float(summary[k]) for k in (LAT, LON, EE, NN))
    north = (now_lat - lat) * R_MEAN_EARTH_M
    east = math.remainder(now_lon - lon, 2.0 * math.pi) * R_MEAN_EARTH_M * math.cos(lat)
    shift2 = (nn * east * east - 2.0 * en * east * north + ee * north * north) / (ee * nn - en * en)
    later_s = (impact_ns(row, summary) - last.impact_ns) / NS_PER_S
    has_shifted = shift2 > belief.cloud_shift**2 or abs(later_s) > belief.cloud_shift * (
        float(last.summary[SIGMA_T]) + 1.0
    )
    return has_shifted or abs(math.log((now_ee + now_nn) / (ee + nn))) > belief.cloud_growth


def is_sayable(cfg: Config, summary: np.ndarray) -> bool:
    """Whether enough of the samples come down, in a region that is not as wide as a continent."""
    if not float(summary[LANDED]) >= cfg.belief.min_landed:
        return False
    limit = cfg.belief.max_sigma_impact_m**2
    return bool(np.all(np.isfinite(summary))) and float(summary[EE]) + float(summary[NN]) < limit


def full_cloud(cfg: Config, row: Row, found: np.ndarray, summary: np.ndarray) -> Cloud:
    """A sayable cloud with the share of its landed falls in each zone and protected area."""
    landed = found[found[:, STATUS] == 0.0]
    lat, lon = np.ascontiguousarray(landed[:, 6]), np.ascontiguousarray(landed[:, 7])
    few_lat, few_lon = lat[:: cfg.belief.area_stride], lon[:: cfg.belief.area_stride]
    areas = []
    for area in cfg.hit:
        inside = zones.area_mask(cfg.zones, few_lat, few_lon, area.zones, area.polygon)
        areas.append((area.area_id, int(np.count_nonzero(inside)) / len(few_lat)))
    shares = zones.zone_probabilities(cfg.zones, lat, lon)
    return Cloud(row.t_ns, row.phase, summary, impact_ns(row, summary), shares, tuple(areas))


def _fly(cfg: Config, states: np.ndarray) -> np.ndarray:
    out = np.empty((len(states), N_FALL))
    falls(states, cfg.belief.max_fall_s, out)
    return out


def _root(cov: np.ndarray) -> np.ndarray:
    out = np.empty_like(cov)
    cholesky(cov, out)
    return out
