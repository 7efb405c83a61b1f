"""What a flight passes above without falling there: fixed sample paths, or the flights of the fan, against the
protected areas.
"""

from dataclasses import dataclass

import numpy as np

from bongsu.constants import NS_PER_S
from bongsu.geo import zones
from bongsu.kernels.cloud import cholesky, spread
from bongsu.kernels.earth import geodetic_from_ecef
from bongsu.kernels.flight import falls
from bongsu.kernels.onward import ground_paths
from bongsu.messages.assessment import OverflightPrediction
from bongsu.stages.forecast.fan import Flights
from bongsu.stages.forecast.state import N_FALL, N_STATE, Config, Row

LANDED = 0.0
IN_BURN = 8  # points looked at between two ends of a fan's burns


@dataclass(frozen=True, slots=True)
class Tracks:
    """Ground tracks of sample flights, NaN where there is none, and seconds from now of every point."""

    lat: np.ndarray  # (n, m)
    lon: np.ndarray  # (n, m)
    t_s: np.ndarray  # (n, m)
    has_landed: np.ndarray  # (n,) whether the track ends on the ground


def coast_passages(cfg: Config, row: Row) -> list[OverflightPrediction]:
    """Passages after burn-out, from samples of the unpowered state."""
    states, root = np.empty((len(cfg.z_paths), N_STATE)), np.empty((N_STATE, N_STATE))
    cholesky(row.cov, root)
    spread(row.mean, root, cfg.z_paths, states)
    out = np.empty((len(states), N_FALL))
    falls(states, cfg.belief.max_fall_s, out)
    return [_prediction(cfg, row, _coast_tracks(cfg, states, out, np.zeros(len(states))), "paths")]


def fan_passages(cfg: Config, row: Row, flights: Flights) -> list[OverflightPrediction]:
    """Passages before burn-out: the share of the fan's flights is a belief about the end of the burn, not a
    measurement.
    """
    coast = _coast_tracks(cfg, flights.ends, flights.falls, flights.seconds)
    burn = _burn_tracks(flights)
    both = Tracks(
        np.hstack((burn.lat, coast.lat)),
        np.hstack((burn.lon, coast.lon)),
        np.hstack((burn.t_s, coast.t_s)),
        coast.has_landed,
    )
    return [_prediction(cfg, row, both, "fan")]


def _coast_tracks(cfg: Config, states: np.ndarray, table: np.ndarray, after_s: np.ndarray) -> Tracks:
    """Paths to the ground or to the horizon; the last point of a flight that comes down is where it does, even beyond
    it.
    """
    has_landed = table[:, 8] == LANDED
    seconds = np.where(has_landed, np.minimum(table[:, 3], cfg.belief.path_horizon_s), cfg.belief.path_horizon_s)
    out = np.empty((len(states), cfg.belief.n_path_points, 2))
    ground_paths(states, seconds, out)
    if bool(np.any(has_landed)):
        out[has_landed, -1, 0] = table[has_landed, 6]
        out[has_landed, -1, 1] = table[has_landed, 7]
    share = np.arange(cfg.belief.n_path_points) / (cfg.belief.n_path_points - 1)
    return Tracks(out[:, :, 0], out[:, :, 1], after_s[:, None] + seconds[:, None] * share, has_landed)


def _burn_tracks(flights: Flights) -> Tracks:
    """The powered part of each of the fan's flights: shorter burns with the same growth and turn end on it."""
    burns = np.unique(flights.seconds)
    n_each = len(flights.seconds) // len(burns)
    ends = flights.ends[:, :3].reshape(len(burns), n_each, 3)
    n_points = IN_BURN * (len(burns) - 1) + 1
    lat, lon, t_s = (np.full((len(burns), n_each, n_points), np.nan) for _ in range(3))
    for k in range(n_points):
        i, part = min(k // IN_BURN, len(burns) - 1), (k % IN_BURN) / IN_BURN
        j = min(i + 1, len(burns) - 1)
        for way in range(n_each):
            r = ends[i, way] + part * (ends[j, way] - ends[i, way])
            at_lat, at_lon, _ = geodetic_from_ecef(float(r[0]), float(r[1]), float(r[2]))
            lat[j:, way, k], lon[j:, way, k] = at_lat, at_lon
            t_s[j:, way, k] = burns[i] + part * (burns[j] - burns[i])
    n = len(flights.seconds)
    return Tracks(lat.reshape(n, -1), lon.reshape(n, -1), t_s.reshape(n, -1), flights.falls[:, 8] == LANDED)


def _prediction(cfg: Config, row: Row, tracks: Tracks, method: str) -> OverflightPrediction:
    found = []
    is_there = np.isfinite(tracks.lat)
    lat, lon = (np.where(is_there, angle, 0.0).ravel() for angle in (tracks.lat, tracks.lon))
    where = zones.membership(cfg.zones, lat, lon) if cfg.overflown else None
    for area in cfg.overflown:
        flat = zones.area_mask(cfg.zones, lat, lon, area.zones, area.polygon, where)
        p, first_s, last_s = _passage(tracks, np.asarray(flat).reshape(is_there.shape) & is_there)
        if p > 0.0:
            first_ns, last_ns = (row.t_ns + round(t * NS_PER_S) for t in (first_s, last_s))
            found.append((area.area_id, p, first_ns, last_ns))
    return OverflightPrediction(
        track_id=row.track_id,
        valid_ns=row.t_ns,
        areas=tuple(found),
        method="fan" if method == "fan" else "paths",
        n_samples=len(tracks.lat),
    )


def _passage(tracks: Tracks, is_above: np.ndarray) -> tuple[float, float, float]:
    """Share of the tracks that pass above an area (at the points `is_above` (n, m)) and do not end in it, middle of the
    first times above, latest of the last.
    """
    ends_there = is_above[:, -1] & tracks.has_landed
    passes = is_above.any(axis=1) & ~ends_there
    if not bool(passes.any()):
        return 0.0, 0.0, 0.0
    first = np.where(is_above, tracks.t_s, np.inf).min(axis=1)[passes]
    last = np.where(is_above, tracks.t_s, -np.inf).max(axis=1)[passes]
    return int(passes.sum()) / len(passes), float(np.sort(first)[len(first) // 2]), float(last.max())
