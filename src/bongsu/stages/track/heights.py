"""Tracks from telemetry: height and speed alone. When it thrusts, when it coasts, and the coast that fits; never where.

The useful quantity is the specific energy E = v^2/2 + g0 R h/(R + h): coast conserves it even over a turning Earth, so
f = (dE/dt)/v is the force along the motion without any knowledge of direction. It is blind to thrust across the motion; hence the
long hold before a second burn counts as ended.
"""

import math
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from msgspec import UNSET

from bongsu.constants import NS_PER_S
from bongsu.kernels.vertical import fit_coast
from bongsu.messages.base import Finding
from bongsu.messages.inputs import Scan
from bongsu.messages.tracking import BurnObserved, HeightsUpdated, Phase, PlotsRejected, TrackEnded
from bongsu.models.sensors import Sensor
from bongsu.models.telemetry import TelemetrySettings, normal_gravity_mps2, radius_m

T, H, V, SIGMA_H, SIGMA_V = range(5)  # columns of a sample: seconds since the track's first plot, m, m/s, m, m/s
NEVER = -1.0
MAX_SPEED_MPS = 12_000.0  # above escape from the Earth
LOWEST_M, HIGHEST_M = -500.0, 5e7  # below the Dead Sea; beyond the geostationary ring
LANDED_MPS = 100.0


@dataclass(frozen=True, slots=True)
class HeightTrack:
    """One flight seen by one telemetry sensor; times in seconds since `first_ns`, NEVER where nothing has happened."""

    track_id: str
    sensor_id: str
    first_ns: int
    n_plots: int
    phase: Phase
    recent: np.ndarray  # (k, 5) samples of the last window
    forces: np.ndarray  # (k, 2) time and force over the last seconds
    fit: np.ndarray  # (n, 5) thinned samples of the present coast
    since_s: float = NEVER  # since when a change of phase is in the air
    phase_s: float = 0.0  # when the phase began
    burn_s: float = NEVER  # when the present or last burn began
    moving_s: float = NEVER  # when it was first seen to move


@dataclass(frozen=True, slots=True)
class Force:
    """Specific force along the motion at the middle of a window; sigma is infinite where it cannot be told."""

    t_s: float
    value_mps2: float
    sigma_mps2: float


def start_track(track_id: str, scan: Scan) -> HeightTrack:
    """A track of a telemetry sensor's first plot."""
    none = np.zeros((0, 5))
    return HeightTrack(track_id, scan.sensor_id, scan.t_ns[0], 0, "undetermined", none, np.zeros((0, 2)), none)


def update(cfg: TelemetrySettings, sensor: Sensor, track: HeightTrack, scan: Scan) -> tuple[HeightTrack, list[Finding]]:
    """Take the plots of one telemetry scan, in order of time; say what changed."""
    said: list[Finding] = []
    old, absurd = 0, 0
    for row in sorted(range(len(scan.t_ns)), key=lambda i: (scan.t_ns[i], i)):
        sample = _sample(sensor, track, scan, row)
        if not _is_plausible(scan, row):
            absurd += 1
        elif track.recent.size and sample[T] <= track.recent[-1, T]:
            old += 1
        else:
            track, found = _take(cfg, sensor, track, sample)
            said.extend(found)
    if old + absurd < len(scan.t_ns):
        said.append(_report(cfg, sensor, track, scan))
    for reason, n in (("older than the track", old), ("height or speed out of bounds", absurd)):
        if n:
            said.append(PlotsRejected(sensor_id=scan.sensor_id, valid_ns=scan.valid_ns, reason=reason, n=n))
    return track, said


def aged_heights(
    cfg: TelemetrySettings, tracks: tuple[HeightTrack, ...], now_ns: int
) -> tuple[tuple[HeightTrack, ...], list[TrackEnded]]:
    """End the tracks whose telemetry has been silent for too long."""
    kept, said = [], []
    for track in tracks:
        last_ns = track.first_ns + round(float(track.recent[-1, T]) * NS_PER_S)
        if now_ns - last_ns <= cfg.silent_s * NS_PER_S:
            kept.append(track)
            continue
        is_down = track.phase == "drag" and track.recent[-1, V] < LANDED_MPS
        reason: Literal["landed", "lost"] = "landed" if is_down else "lost"
        said.append(TrackEnded(track_id=track.track_id, valid_ns=now_ns, reason=reason, last_plot_ns=last_ns))
    return tuple(kept), said


def _is_plausible(scan: Scan, row: int) -> bool:
    """Whether a height and a speed can belong to anything that flies from the ground."""
    return LOWEST_M <= scan.h_m[row] <= HIGHEST_M and scan.speed_mps[row] <= MAX_SPEED_MPS


def _sample(sensor: Sensor, track: HeightTrack, scan: Scan, row: int) -> np.ndarray:
    sigma_h_m = scan.sigma_h_m[row] if scan.sigma_h_m else sensor.sigma_h_m
    sigma_v_mps = scan.sigma_speed_mps[row] if scan.sigma_speed_mps else sensor.sigma_speed_mps
    t_s = (scan.t_ns[row] - track.first_ns) / NS_PER_S
    return np.array([t_s, scan.h_m[row], scan.speed_mps[row], sigma_h_m, sigma_v_mps])


def _take(
    cfg: TelemetrySettings, sensor: Sensor, track: HeightTrack, sample: np.ndarray
) -> tuple[HeightTrack, list[Finding]]:
    is_coarse = sample[SIGMA_H] >= cfg.sigma_h_coarse_m
    window_s = cfg.window_coarse_s if is_coarse else cfg.window_s
    recent = np.vstack([track.recent, sample])
    recent = recent[recent[:, T] >= sample[T] - max(window_s, 1.5)]
    force = force_along(recent[recent[:, T] >= sample[T] - window_s], sensor.lat_rad)
    forces = np.vstack([track.forces, [force.t_s, force.value_mps2]])
    forces = forces[forces[:, 0] >= sample[T] - 4.0 * window_s - cfg.coast_hold_s]
    is_moving = track.moving_s == NEVER and sample[V] >= cfg.moving_mps
    moving_s = float(sample[T]) if is_moving else track.moving_s
    track = replace(track, recent=recent, forces=forces, n_plots=track.n_plots + 1, moving_s=moving_s)
    track, found = _decide(cfg, track, sample, force)
    return _keep_for_fit(cfg, track, sample), found


def force_along(samples: np.ndarray, lat_rad: float) -> Force:
    """The specific force along the motion, by a straight line through the energy of `samples` (k, 5).

    Samples on the same height step are one measurement, so the sigma counts the distinct heights.
    """
    g0, radius = normal_gravity_mps2(lat_rad), radius_m(lat_rad)
    t, h, v = samples[:, T], samples[:, H], samples[:, V]
    middle, speed = float(t.mean()), float(v.mean())
    spread = t - middle
    moment = float((spread * spread).sum())
    if len(t) < 3 or speed < 20.0 or moment <= 0.0:
        return Force(middle, 0.0, math.inf)
    energy = 0.5 * v * v + g0 * radius * h / (radius + h)
    slope = float((spread * (energy - energy.mean())).sum()) / moment
    sigma_energy = math.hypot(g0 * float(samples[-1, SIGMA_H]), speed * float(samples[-1, SIGMA_V]))
    n_distinct = max(2, len(np.unique(h)))
    sigma = sigma_energy / math.sqrt(moment * n_distinct / len(t)) / speed
    return Force(middle, slope / speed, sigma)


def _decide(
    cfg: TelemetrySettings, track: HeightTrack, sample: np.ndarray, force: Force
) -> tuple[HeightTrack, list[Finding]]:
    """Move between phases; each change must hold for its own time before it counts."""
    t_s = float(sample[T])
    bound = max(cfg.thrust_mps2, cfg.n_sigma * force.sigma_mps2)
    is_low = sample[H] < cfg.drag_below_m
    is_braked = is_low and force.value_mps2 < -cfg.thrust_mps2
    is_pushed = abs(force.value_mps2) > bound and not is_braked
    wanted, hold_s = _wanted(cfg, track.phase, force, is_pushed, is_braked, bool(is_low))
    if wanted == track.phase:
        return replace(track, since_s=NEVER), []
    since_s = t_s if track.since_s == NEVER else track.since_s
    if t_s - since_s < hold_s:
        return replace(track, since_s=since_s), []
    return _enter(track, wanted, since_s, t_s, force)


def _wanted(
    cfg: TelemetrySettings, phase: Phase, force: Force, is_pushed: bool, is_braked: bool, is_low: bool
) -> tuple[Phase, float]:
    """The phase that the force of the moment speaks for, and how long it must go on to be believed."""
    is_quiet = abs(force.value_mps2) < cfg.thrust_mps2 and force.sigma_mps2 < cfg.thrust_mps2
    if phase == "undetermined":
        if is_pushed and force.value_mps2 > cfg.burn_mps2:
            return "boost", 0.0
        return ("drag", 0.0) if is_braked else (phase, 0.0)
    if phase in ("boost", "thrust_again"):
        if not (is_quiet or is_braked):
            return phase, 0.0
        if phase == "boost":
            return "coast", cfg.burn_out_hold_s
        return ("drag", cfg.thrust_hold_s) if is_low else ("coast", cfg.coast_hold_s)
    if is_pushed and not is_low:
        return "thrust_again", cfg.thrust_hold_s
    return ("drag", cfg.burn_out_hold_s) if is_braked else (phase, 0.0)


def _enter(
    track: HeightTrack, phase: Phase, since_s: float, t_s: float, force: Force
) -> tuple[HeightTrack, list[Finding]]:
    """Begin a phase: back-date the change, and say so if a burn began or ended."""
    window_s = 2.0 * (t_s - force.t_s)
    changed_s = _crossing(track.forces, since_s - window_s, since_s)
    found: list[Finding] = []
    burn_s = track.burn_s
    if phase in ("boost", "thrust_again"):
        burn_s = changed_s if phase == "thrust_again" else track.moving_s
        found.append(_burn(track, burn_s, NEVER, max(0.5, 0.3 * window_s), t_s))
    elif track.phase in ("boost", "thrust_again"):
        found.append(_burn(track, track.burn_s, changed_s, max(0.5, 0.6 * window_s), t_s))
    none = np.zeros((0, 5))
    return replace(track, phase=phase, since_s=NEVER, phase_s=changed_s, burn_s=burn_s, fit=none), found


def _crossing(forces: np.ndarray, from_s: float, until_s: float) -> float:
    """When the force passed half-way between what it was before `from_s` and what it is now; both ends taken as means."""
    before = forces[forces[:, 0] <= from_s][-5:, 1]
    level = 0.5 * (float(before.mean()) if len(before) else 0.0) + 0.5 * float(forces[-1, 1])
    side = forces[:, 1] > level
    for i in range(len(forces) - 1, 0, -1):
        if side[i] != side[i - 1]:
            (ta, fa), (tb, fb) = forces[i - 1], forces[i]
            return float(ta + (tb - ta) * (level - fa) / (fb - fa))
    return until_s


def _burn(track: HeightTrack, start_s: float, end_s: float, sigma_s: float, decided_s: float) -> BurnObserved:
    def at(t_s: float) -> int:
        return track.first_ns + round(t_s * NS_PER_S)

    return BurnObserved(
        track_id=track.track_id,
        start_ns=at(start_s),
        end_ns=UNSET if end_s == NEVER else at(end_s),
        sigma_s=sigma_s,
        decided_ns=at(decided_s),
    )


def _keep_for_fit(cfg: TelemetrySettings, track: HeightTrack, sample: np.ndarray) -> HeightTrack:
    """Keep thinned samples of a coast, once it is surely one; the oldest half is thinned again when there are too many."""
    if track.phase != "coast" or sample[T] < track.phase_s + cfg.guard_s or sample[H] < cfg.drag_below_m:
        return track
    if track.since_s != NEVER or (len(track.fit) and sample[T] - track.fit[-1, T] < cfg.fit_period_s):
        return track
    fit = np.vstack([track.fit, sample])
    if len(fit) > cfg.max_fit:
        fit = np.vstack([fit[: cfg.max_fit // 2 : 2], fit[cfg.max_fit // 2 :]])
    return replace(track, fit=fit)


def _report(cfg: TelemetrySettings, sensor: Sensor, track: HeightTrack, scan: Scan) -> HeightsUpdated:
    last = track.recent[-1]
    force = force_along(track.recent, sensor.lat_rad)
    is_fitted, x, cov = _fitted(cfg, sensor, track)
    return HeightsUpdated(
        sensor_id=scan.sensor_id,
        scan_id=scan.scan_id,
        valid_ns=scan.valid_ns,
        track_id=(track.track_id,),
        t_ns=(track.first_ns + round(float(last[T]) * NS_PER_S),),
        phase=(track.phase,),
        is_confirmed=(track.n_plots >= 3,),
        h_m=(float(last[H]),),
        speed_mps=(float(last[V]),),
        force_mps2=(force.value_mps2,),
        sigma_force_mps2=(min(force.sigma_mps2, 1e3),),
        is_fitted=(is_fitted,),
        ballistic=(x,),
        cov_ballistic=(cov,),
    )


def _fitted(
    cfg: TelemetrySettings, sensor: Sensor, track: HeightTrack
) -> tuple[bool, tuple[float, float, float], tuple[float, float, float, float, float, float]]:
    """The fitted coast at the time of the last plot, with its covariance; the bare plot where there is none yet."""
    last = track.recent[-1]
    bare = (False, (float(last[H]), 0.0, float(last[V]) ** 2), (float(last[SIGMA_H]) ** 2, 0.0, 1e6, 0.0, 0.0, 1e12))
    rows = track.fit
    if len(rows) < cfg.min_fit:
        return bare
    rows = np.vstack([rows, last]) if last[T] > rows[-1, T] else rows
    newest_first = np.ascontiguousarray(rows[::-1])
    climb = (rows[-1, H] - rows[0, H]) / (rows[-1, T] - rows[0, T])
    along2 = max(0.0, float(rows[-1, V]) ** 2 - climb**2)
    x, cov = np.zeros(3), np.zeros((3, 3))
    h, v, sigma_h, sigma_v = (np.ascontiguousarray(newest_first[:, k]) for k in (H, V, SIGMA_H, SIGMA_V))
    gravity, radius = normal_gravity_mps2(sensor.lat_rad), radius_m(sensor.lat_rad)
    start = np.array([rows[-1, H], climb, along2])
    chi2 = fit_coast(newest_first[:, T] - last[T], h, v, sigma_h, sigma_v, start, gravity, radius, x, cov)
    if not (math.isfinite(chi2) and np.isfinite(x).all() and np.isfinite(cov).all()):
        return bare
    cov *= max(1.0, chi2)
    lower = (cov[0, 0], cov[1, 0], cov[1, 1], cov[2, 0], cov[2, 1], cov[2, 2])
    return True, (float(x[0]), float(x[1]), float(x[2])), tuple(float(c) for c in lower)  # type: ignore[return-value]
