"""Forecast: a fan while the engine burns, a region after it, the apogee, the passages, the whole flight.

`region.py` says where and when a track comes down, `fan.py` where it could while it burns, `apogee.py` how high,
`passing.py` what it flies above, `flight.py` the whole flight from the launch point. A track in level flight, or one
that does not come down, gets none.
"""

from dataclasses import replace
from typing import Any

import numpy as np

from bongsu.geo.tables import Tables
from bongsu.kernels.cloud import fill_normals
from bongsu.messages.assessment import Assumption, LaunchPointEstimate
from bongsu.messages.base import Finding, Message
from bongsu.messages.tracking import HeightsUpdated, TrackEnded, TracksUpdated
from bongsu.models.settings import Settings
from bongsu.stages.forecast import apogee, passing, region
from bongsu.stages.forecast.fan import fan_flights, footprint
from bongsu.stages.forecast.flight import whole_flight
from bongsu.stages.forecast.state import (
    N_FALL,
    N_POINTS,
    N_STATE,
    NEVER,
    Cloud,
    Config,
    Known,
    LnBeta,
    Row,
    State,
    rows_of,
    slow_belief,
)

BURNING = ("boost", "thrust_again")
FALLING = ("coast", "drag", "manoeuvre")


def configure(settings: Settings, tables: Tables) -> Config:
    """The configuration of this stage: settings, tables and the fixed samples."""
    belief = settings.forecast
    areas = sorted(settings.areas, key=lambda a: a.area_id)
    return Config(
        belief=belief,
        usual=LnBeta(belief.ln_beta, belief.sigma_ln_beta**-2),
        slow=slow_belief(belief, settings.motion),
        telemetry=settings.telemetry,
        sensors=settings.sensors,
        zones=tables.zones,
        hit=tuple(a for a in areas if "fall" in a.hazards),
        overflown=tuple(a for a in areas if "overflight" in a.hazards),
        z_cloud=_samples(belief.n_cloud, N_STATE),
        z_surface=_samples(belief.n_surface, N_STATE),
        z_pull_up=_samples(belief.n_pull_up, N_STATE + 3),
        z_paths=_samples(belief.n_paths, N_STATE),
    )


def _samples(n: int, d: int) -> np.ndarray:
    z = np.empty((n, d))
    fill_normals(z)
    z.setflags(write=False)
    return z


def start(cfg: Config) -> State:
    """The state before anything was heard."""
    return State()


def step(cfg: Config, state: State, message: Message | Any) -> tuple[State, list[Finding]]:
    """What the tracks of one update promise."""
    if isinstance(message, TracksUpdated):
        return _hear_tracks(cfg, state, message)
    if isinstance(message, HeightsUpdated):
        return _hear_heights(cfg, state, message)
    if isinstance(message, LaunchPointEstimate):
        known = _known(state, message.track_id, message.valid_ns)
        return _kept(cfg, state, [replace(known, launch=(message,))]), []
    if isinstance(message, TrackEnded):
        return State(tuple(k for k in state.tracks if k.track_id != message.track_id)), []
    return state, []


def _known(state: State, track_id: str, now_ns: int) -> Known:
    known = next((k for k in state.tracks if k.track_id == track_id), Known(track_id, now_ns))
    return replace(known, heard_ns=max(known.heard_ns, now_ns))


def _kept(cfg: Config, state: State, fresh: list[Known]) -> State:
    """`state` with these tracks last; the least recently heard fall off the end of memory."""
    ids = {k.track_id for k in fresh}
    tracks = (*(k for k in state.tracks if k.track_id not in ids), *fresh)
    return State(tracks[-cfg.belief.max_tracks :])


def _hear_tracks(cfg: Config, state: State, update: TracksUpdated) -> tuple[State, list[Finding]]:
    rows = [r for r in rows_of(cfg, update) if r.phase in BURNING or r.phase in FALLING]
    by_id = {k.track_id: k for k in state.tracks}
    pairs = [(by_id.get(r.track_id, Known(r.track_id, r.t_ns)), r) for r in rows]
    due = sorted((k.cloud.t_ns, r.track_id) for k, r in pairs if _wants_cloud(cfg, k, r))
    clouds = {track_id for _, track_id in due[: cfg.belief.max_clouds]}
    fresh: list[Known] = []
    found: list[Finding] = []
    for known, row in pairs:
        has_force = row.phase in BURNING or region.is_lifted(row)
        known = replace(
            known,
            heard_ns=row.t_ns,
            lift=region.seen_lift(cfg, row, known.lift),
            highest_m=max(known.highest_m, row.h_m),
            is_after_force=known.is_after_force or has_force,
        )
        known, said = (
            _burning(cfg, known, row) if row.phase in BURNING else _falling(cfg, known, row, row.track_id in clouds)
        )
        fresh.append(known)
        found.extend(said)
    return _kept(cfg, state, fresh), found


def _hear_heights(cfg: Config, state: State, update: HeightsUpdated) -> tuple[State, list[Finding]]:
    fresh: list[Known] = []
    found: list[Finding] = []
    for i, track_id in enumerate(update.track_id):
        known = _known(state, track_id, update.t_ns[i])
        has_force = update.phase[i] in BURNING
        known = replace(known, is_after_force=known.is_after_force or has_force)
        if update.is_confirmed[i] and _is_due(update.t_ns[i], known.detail_ns, cfg.belief.cloud_every_ns):
            known, said = apogee.from_heights(cfg, known, update, i)
            known = replace(known, detail_ns=update.t_ns[i])
            found.extend(said)
        fresh.append(known)
    return _kept(cfg, state, fresh), found


def _is_due(now_ns: int, last_ns: int, every_ns: int) -> bool:
    return last_ns == NEVER or now_ns - last_ns >= every_ns


def _wait(cfg: Config, known: Known, row: Row, least_ns: int) -> int:
    """How long a forecast that has not moved stays good: at least so long, or a share of the time left."""
    return max(least_ns, round(cfg.belief.slack * max(0, known.cloud.impact_ns - row.t_ns)))


def _wants_cloud(cfg: Config, known: Known, row: Row) -> bool:
    """A falling track may have a full cloud once its phase changed or its last is a second old, and sooner rather than
    later.
    """
    if row.phase not in FALLING:
        return False
    return known.cloud.phase != row.phase or _is_due(row.t_ns, known.cloud.t_ns, cfg.belief.cloud_every_ns)


def _burning(cfg: Config, known: Known, row: Row) -> tuple[Known, list[Finding]]:
    if not _is_due(row.t_ns, known.fan_ns, cfg.belief.fan_every_ns):
        return known, []
    flights = fan_flights(cfg, row)
    found: list[Finding] = list(footprint(cfg, row, flights))
    known = replace(known, fan_ns=row.t_ns, cloud=Cloud())
    if cfg.overflown and _is_due(row.t_ns, known.paths_ns, cfg.belief.paths_every_ns):
        found.extend(passing.fan_passages(cfg, row, flights))
        known = replace(known, paths_ns=row.t_ns)
    return known, found


def _falling(cfg: Config, known: Known, row: Row, may_have_cloud: bool) -> tuple[Known, list[Finding]]:
    """Region, apogee and whole flight after burn-out; a look that missed the track adds little and is used now and
    then.
    """
    if not row.is_seen and not _is_due(row.t_ns, known.detail_ns, cfg.belief.missed_every_ns):
        return known, []
    known, said = _region(cfg, known, row, may_have_cloud)
    wait_ns = (
        cfg.belief.paths_every_ns if known.cloud.t_ns == row.t_ns else _wait(cfg, known, row, cfg.belief.paths_every_ns)
    )
    if said and cfg.overflown and _is_due(row.t_ns, known.paths_ns, wait_ns):
        said.extend(passing.coast_passages(cfg, row))
        known = replace(known, paths_ns=row.t_ns)
    return known, said


def _region(cfg: Config, known: Known, row: Row, may_have_cloud: bool) -> tuple[Known, list[Finding]]:
    """The quick forecast; the full cloud where there is none yet, a force acts, or the quick one has moved away from
    it.
    """
    belief = cfg.belief
    is_liftable = region.is_liftable(cfg, known.lift, row)
    assumption: Assumption = "pull_up" if is_liftable else "unpowered"
    table = np.empty((0, N_FALL)) if is_liftable else region.surface_falls(cfg, row, cfg.z_surface)
    summary = region.summarise(table)
    is_quick = region.is_sayable(cfg, summary)
    stale_ns = _wait(cfg, known, row, belief.cloud_stale_ns)
    is_stale = known.cloud.phase != row.phase or _is_due(row.t_ns, known.cloud.t_ns, stale_ns)
    if may_have_cloud and (is_stale or not is_quick or region.has_moved(belief, known.cloud, row, summary)):
        table, method = region.full_falls(cfg, row, known.lift, is_stale or not is_quick)
        summary = region.summarise(table)
        if not region.is_sayable(cfg, summary):
            return replace(known, cloud=Cloud(t_ns=row.t_ns, phase=row.phase)), []
        known = replace(known, cloud=region.full_cloud(cfg, row, table, summary))
        n_samples = len(table) if method == "cloud" else N_POINTS
        said = region.impact(row, summary, known.cloud, assumption, method, n_samples)
        return _detail(cfg, known, row, summary, [said])
    if not (is_quick and known.cloud.zones):
        return known, []
    said = region.impact(row, summary, known.cloud, assumption, "sigma_points", N_POINTS)
    return _detail(cfg, known, row, summary, [said])


def _detail(
    cfg: Config, known: Known, row: Row, summary: np.ndarray, said: list[Finding]
) -> tuple[Known, list[Finding]]:
    """Apogee and whole flight beside a region, at most as often as clouds."""
    if not _is_due(row.t_ns, known.detail_ns, cfg.belief.cloud_every_ns):
        return known, said
    known, top = apogee.from_falls(replace(known, detail_ns=row.t_ns), row, summary)
    return known, [*said, *top, *whole_flight(known, row, summary)]
