"""After burn-out: where and when a track comes down, as a region, and how high it goes.

Three ways to one table of falls. *Cloud*: fixed normal samples of (r, v, ln beta), each flown to the ground. *Sigma
points*: 29 flights, and a quartic through them along each principal direction. *Pull-up*: the lift that is seen,
or was until lately, goes on for an unknown time at about its size: it may stop or come back, and nothing in the
measurements tells which; so the region is wide by intention, and says `pull_up`.
"""

import math
from typing import Literal

import numpy as np

from bongsu.constants import NS_PER_S, R_MEAN_EARTH_M
from bongsu.geo import zones
from bongsu.kernels.cloud import N_SUMMARY, cholesky, fall_surface, landing_summary, sigma_states, spread
from bongsu.kernels.flight import falls
from bongsu.kernels.onward import lift_ratio, push_on
from bongsu.messages.assessment import Assumption, ImpactPrediction
from bongsu.models.falls import ForecastSettings
from bongsu.stages.forecast.state import LN_BETA, N_FALL, N_POINTS, N_STATE, NEVER, Cloud, Config, Lift, Row

LAT, LON, EE, EN, NN, STRETCH, T, SIGMA_T, TOP, SIGMA_TOP, T_TOP, SIGMA_T_TOP, LOW, HIGH, MIDDLE, LANDED = range(
    N_SUMMARY
)
STATUS = 8
Method = Literal["sigma_points", "cloud"]
MIN_FORCE_MPS2 = 0.5  # a weaker force seen is noise: the flight is then forecast as unpowered
PROBE_SLACK = 0.1  # of a share: some 2.7 sigma of the share among 64 probes
LIFT_LONGEST = 4.0  # means of its duration: the longest lift believed in (2 % of them are cut)
LIFT_TRUSTED = 2.0  # first means of its duration: the longest mean believed in, however long lift has gone on
LIFT_FORGOTTEN = 3.0  # means of its duration without being seen, after which 5 % of lifts would still come back


def full_falls(cfg: Config, row: Row, lift: Lift, must_fly: bool) -> tuple[np.ndarray, Method]:
    """Falls (n, 9) of the full size: flown, or read off the quartics where probes have shown that they hold."""
    if is_liftable(cfg, lift, row):
        return pull_up_falls(cfg, row, lift), "cloud"
    if must_fly or not _has_surface(cfg, row):
        return cloud_falls(cfg, row), "cloud"
    return surface_falls(cfg, row, cfg.z_cloud), "sigma_points"


def cloud_falls(cfg: Config, row: Row) -> np.ndarray:
    """Falls (n, 9) of the full cloud; of none, where the first of them show that too few would come down."""
    probes = _flown(cfg, row, cfg.z_cloud[: cfg.belief.n_probe])
    if float(np.mean(probes[:, STATUS] == 0.0)) < cfg.belief.min_landed - PROBE_SLACK:
        return np.empty((0, N_FALL))
    return _flown(cfg, row, cfg.z_cloud)


def surface_falls(cfg: Config, row: Row, z: np.ndarray) -> np.ndarray:
    """Falls (n, 9) of samples z (n, 7), read off the quartics through the sigma points; of none, where one of these
    does not come down.
    """
    points = np.empty((N_POINTS, N_STATE))
    sigma_states(row.mean, _root(row.cov), cfg.belief.sigma_step, points)
    found = _fly(cfg, points)
    if bool(np.any(found[:, STATUS] != 0.0)):
        return np.empty((0, N_FALL))
    out = np.empty((len(z), N_FALL))
    fall_surface(found, cfg.belief.sigma_step, z, out)
    return out


def _has_surface(cfg: Config, row: Row) -> bool:
    """Whether some of the cloud's samples, flown, come down where the quartics say, within a small part of the spread."""
    z = cfg.z_cloud[: cfg.belief.n_probe]
    guess, found = surface_falls(cfg, row, z), _flown(cfg, row, z)
    if not len(guess) or bool(np.any(found[:, STATUS] != 0.0)):
        return False
    off, spread_m2 = guess[:, :3] - found[:, :3], np.var(found[:, :3], axis=0)
    return float(np.mean(np.sum(off * off, axis=1))) <= cfg.belief.probe_share**2 * float(np.sum(spread_m2))


def pull_up_falls(cfg: Config, row: Row, lift: Lift) -> np.ndarray:
    """Falls (n, 9) with the lift last seen going on for an unknown time, counted from when it was seen.

    The time it still goes on is exponential; what has passed since it was last seen counts against it, and a sample with
    nothing left flies on unpowered.
    """
    z, n = cfg.z_pull_up, len(cfg.z_pull_up)
    states, pushed = np.empty((n, N_STATE)), np.empty((n, N_STATE))
    here = row.combined if is_lifted(row) else row.mean[:LN_BETA]
    spread(np.append(here, row.mean[LN_BETA]), _root(row.cov), z, states)
    ratios = _ratios(cfg, lift)
    seconds = np.maximum(_lift_s(cfg, lift) - (row.t_ns - lift.t_ns) / NS_PER_S, 0.0)
    highest = np.empty((n, 3))
    push_on(states, ratios, np.column_stack((seconds, np.zeros(n))), True, cfg.belief.lift_step_s, pushed, highest)
    out = _fly(cfg, pushed)
    out[:, 3] += highest[:, 2]
    is_past = highest[:, 0] > out[:, 4]
    out[:, 4] = np.where(is_past, highest[:, 0], out[:, 4])
    out[:, 5] = np.where(is_past, highest[:, 1], out[:, 5] + highest[:, 2])
    return out


def _ratios(cfg: Config, lift: Lift) -> np.ndarray:
    """Lift of each sample (n, 3), m^2/kg: as last seen, stronger or weaker, and turned about the velocity."""
    sizes = np.maximum(1.0 + cfg.belief.pull_up_spread * cfg.z_pull_up[:, N_STATE + 1], 0.0)
    turn = cfg.belief.pull_up_turn_rad * cfg.z_pull_up[:, N_STATE + 2]
    c, s = np.cos(turn), np.sin(turn)
    along, above, across = lift.ratio_m2pkg.tolist()
    return np.column_stack((sizes * along, sizes * (c * above - s * across), sizes * (s * above + c * across)))


def _lift_s(cfg: Config, lift: Lift) -> np.ndarray:
    """How long each sample's lift goes on after it was last seen: exponential, cut at four times its mean."""
    mean_s = _mean_s(cfg, lift)
    below = [0.5 * math.erfc(-v / math.sqrt(2.0)) for v in cfg.z_pull_up[:, N_STATE].tolist()]
    return np.minimum(-mean_s * np.log(np.maximum(below, 1e-12)), LIFT_LONGEST * mean_s)


def _mean_s(cfg: Config, lift: Lift) -> float:
    """How long lift still goes on, on average: what has gone on for long is believed to go on for about as long again."""
    seen_s = (lift.t_ns - lift.since_ns) / NS_PER_S
    return min(cfg.belief.pull_up_mean_s + seen_s, LIFT_TRUSTED * cfg.belief.pull_up_mean_s)


def is_lifted(row: Row) -> bool:
    """Whether a force is seen that may go on after burn-out."""
    return row.phase == "manoeuvre" and float(np.sqrt(np.sum(row.force * row.force))) > MIN_FORCE_MPS2


def seen_lift(cfg: Config, row: Row, before: Lift) -> Lift:
    """The lift to believe in after this update: what is seen, evened out over some seconds, or else what was."""
    if not is_lifted(row):
        return before
    ratio = np.empty(3)
    lift_ratio(row.combined, row.force, ratio)
    ratio *= min(1.0, cfg.belief.max_lift_m2pkg / max(float(np.sqrt(np.sum(ratio * ratio))), 1e-12))
    if not is_liftable(cfg, before, row):
        return Lift(row.t_ns, row.t_ns, ratio)
    share = 1.0 - math.exp(-(row.t_ns - before.t_ns) / (cfg.belief.lift_even_s * NS_PER_S))
    return Lift(row.t_ns, before.since_ns, before.ratio_m2pkg + share * (ratio - before.ratio_m2pkg))


def is_liftable(cfg: Config, lift: Lift, row: Row) -> bool:
    """Whether lift was seen so lately that it may go on or come back."""
    return lift.t_ns != NEVER and row.t_ns - lift.t_ns <= round(LIFT_FORGOTTEN * _mean_s(cfg, lift) * NS_PER_S)


def summarise(found: np.ndarray) -> np.ndarray:
    """The summary (16,) of a table of falls; all NaN for an empty one."""
    out = np.full(N_SUMMARY, np.nan)
    if len(found):
        landing_summary(found, out)
    return out


def impact(
    row: Row, summary: np.ndarray, shares: Cloud, assumption: Assumption, method: Method, n_samples: int
) -> ImpactPrediction:
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
        assumption=assumption,
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
    where = zones.membership(cfg.zones, lat, lon)
    stride = cfg.belief.area_stride
    few, few_lat, few_lon = where.every(stride), lat[::stride], lon[::stride]
    areas = []
    for area in cfg.hit:
        inside = zones.area_mask(cfg.zones, few_lat, few_lon, area.zones, area.polygon, few)
        areas.append((area.area_id, int(np.count_nonzero(inside)) / len(few_lat)))
    shares = zones.zone_probabilities(cfg.zones, lat, lon, where)
    return Cloud(row.t_ns, row.phase, summary, impact_ns(row, summary), shares, tuple(areas))


def _flown(cfg: Config, row: Row, z: np.ndarray) -> np.ndarray:
    """Falls (n, 9) of samples z (n, 7), each flown."""
    states = np.empty((len(z), N_STATE))
    spread(row.mean, _root(row.cov), z, states)
    return _fly(cfg, states)


def _fly(cfg: Config, states: np.ndarray) -> np.ndarray:
    out = np.empty((len(states), N_FALL))
    falls(states, cfg.belief.max_fall_s, out)
    return out


def _root(cov: np.ndarray) -> np.ndarray:
    out = np.empty_like(cov)
    cholesky(cov, out)
    return out
