"""Tracks from telemetry: height and speed alone. When it thrusts, when it coasts, and the coast that fits; never where.

The useful quantity is the specific energy E = v^2/2 + g0 R h/(R + h): coast conserves it even over a turning Earth, so
f = (dE/dt)/v is the force along the motion without any knowledge of direction. It is blind to thrust across the motion; hence the
long hold before a second burn counts as ended above the air. A change is dated by the knee of the energy (decision 0007).
"""

import math
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from msgspec import UNSET

from bongsu.constants import NS_PER_S
from bongsu.kernels.air import density_kgpm3
from bongsu.kernels.vertical import fit_coast
from bongsu.messages.base import Finding
from bongsu.messages.inputs import Scan
from bongsu.messages.tracking import BurnObserved, HeightsUpdated, Phase, PlotsRejected, TrackEnded
from bongsu.models.sensors import Sensor
from bongsu.models.telemetry import TelemetrySettings, normal_gravity_mps2, radius_m
from bongsu.stages.track.knee import knee

T, H, V, SIGMA_H, SIGMA_V = range(5)  # columns of a sample: seconds since the track's first plot, m, m/s, m, m/s
WEIGHT, SHARE, BEGIN = 5, 6, 7  # of a row, the mean of what came within `fold_s`: distinct heights, samples, first time
NEVER = -1.0
MAX_SPEED_MPS = 12_000.0  # above escape from the Earth
LOWEST_M, HIGHEST_M = -500.0, 5e7  # below the Dead Sea; beyond the geostationary ring
LANDED_MPS = 100.0
SLOWEST_MPS = 20.0  # below, a force along the motion cannot be told


@dataclass(frozen=True, slots=True)
class HeightTrack:
    """One flight seen by one telemetry sensor; times in seconds since `first_ns`, NEVER where nothing has happened."""

    track_id: str
    sensor_id: str
    first_ns: int
    n_plots: int
    phase: Phase
    last: np.ndarray  # (1, 5) the newest sample, or none
    recent: np.ndarray  # (k, 8) rows of the last windows, as far back as a change may be dated
    fit: np.ndarray  # (n, 5) thinned samples of the present coast
    since_s: float = NEVER  # since when a change of phase is in the air
    phase_s: float = 0.0  # when the phase began
    pushed_s: float = NEVER  # when a force was last told from none
    burn_s: float = NEVER  # when the present or last burn began
    moving_s: float = NEVER  # when it was first seen to move
    air: tuple[float, float] = (0.0, 0.0)  # braking by the air as seen of late: sums of q f / sigma^2 and q^2 / sigma^2


@dataclass(frozen=True, slots=True)
class Force:
    """Specific force along the motion at the middle of a window; sigma is infinite where it cannot be told."""

    t_s: float
    value_mps2: float
    sigma_mps2: float


def start_track(track_id: str, scan: Scan) -> HeightTrack:
    """A track of a telemetry sensor's first plot."""
    none = np.zeros((0, 5))
    return HeightTrack(track_id, scan.sensor_id, scan.t_ns[0], 0, "undetermined", none, np.zeros((0, 8)), none)


def update(cfg: TelemetrySettings, sensor: Sensor, track: HeightTrack, scan: Scan) -> tuple[HeightTrack, list[Finding]]:
    """Take the plots of one telemetry scan, in order of time; say what changed."""
    said: list[Finding] = []
    refused = {"older than the track": 0, "height or speed out of bounds": 0, "height or speed leaps": 0}
    for row in sorted(range(len(scan.t_ns)), key=lambda i: (scan.t_ns[i], i)):
        sample = _sample(sensor, track, scan, row)
        if not _is_plausible(scan, row):
            refused["height or speed out of bounds"] += 1
        elif track.last.size and sample[T] <= track.last[0, T]:
            refused["older than the track"] += 1
        elif track.last.size and _leaps(cfg, track.last[0], sample):
            refused["height or speed leaps"] += 1
        else:
            track, found = _take(cfg, sensor, track, sample)
            said.extend(found)
    if sum(refused.values()) < len(scan.t_ns):
        said.append(_report(cfg, sensor, track, scan))
    for reason, n in refused.items():
        if n:
            said.append(PlotsRejected(sensor_id=scan.sensor_id, valid_ns=scan.valid_ns, reason=reason, n=n))
    return track, said


def aged_heights(
    cfg: TelemetrySettings, tracks: tuple[HeightTrack, ...], now_ns: int
) -> tuple[tuple[HeightTrack, ...], list[TrackEnded]]:
    """End the tracks whose telemetry has been silent for too long."""
    kept, said = [], []
    for track in tracks:
        last_ns = track.first_ns + round(float(track.last[0, T]) * NS_PER_S)
        if now_ns - last_ns <= cfg.silent_s * NS_PER_S:
            kept.append(track)
            continue
        is_down = track.phase == "drag" and track.last[0, V] < LANDED_MPS
        reason: Literal["landed", "lost"] = "landed" if is_down else "lost"
        said.append(TrackEnded(track_id=track.track_id, valid_ns=now_ns, reason=reason, last_plot_ns=last_ns))
    return tuple(kept), said


def _is_plausible(scan: Scan, row: int) -> bool:
    """Whether a height and a speed can belong to anything that flies from the ground."""
    return LOWEST_M <= scan.h_m[row] <= HIGHEST_M and scan.speed_mps[row] <= MAX_SPEED_MPS


def _leaps(cfg: TelemetrySettings, before: np.ndarray, now: np.ndarray) -> bool:
    """Whether no flight gets from one sample to the next: faster than its speeds, or harder pushed than any.

    The longer ago the last sample taken was, the more is allowed: a wrong sample that was believed is got over.
    """
    dt_s = float(now[T] - before[T])
    gained_mps = cfg.hardest_mps2 * dt_s
    slack_m = 6.0 * math.hypot(float(before[SIGMA_H]), float(now[SIGMA_H]))
    slack_mps = 6.0 * math.hypot(float(before[SIGMA_V]), float(now[SIGMA_V]))
    fastest_mps = float(before[V]) + gained_mps + slack_mps
    return bool(
        abs(now[V] - before[V]) > gained_mps + slack_mps or abs(now[H] - before[H]) > fastest_mps * dt_s + slack_m
    )


def _sample(sensor: Sensor, track: HeightTrack, scan: Scan, row: int) -> np.ndarray:
    sigma_h_m = scan.sigma_h_m[row] if scan.sigma_h_m else sensor.sigma_h_m
    sigma_v_mps = scan.sigma_speed_mps[row] if scan.sigma_speed_mps else sensor.sigma_speed_mps
    t_s = (scan.t_ns[row] - track.first_ns) / NS_PER_S
    return np.array([t_s, scan.h_m[row], scan.speed_mps[row], sigma_h_m, sigma_v_mps])


def _take(
    cfg: TelemetrySettings, sensor: Sensor, track: HeightTrack, sample: np.ndarray
) -> tuple[HeightTrack, list[Finding]]:
    recent = folded(cfg, track, sample)
    keep_s = 3.0 * max(cfg.windows_s[-1], cfg.least_span * _period_s(recent)) + cfg.coast_hold_s
    recent = recent[recent[:, T] >= sample[T] - keep_s]
    is_moving = track.moving_s == NEVER and sample[V] >= cfg.moving_mps
    moving_s = float(sample[T]) if is_moving else track.moving_s
    before_s = float(track.last[0, T]) if track.last.size else NEVER
    track = replace(track, last=sample[None, :], recent=recent, n_plots=track.n_plots + 1, moving_s=moving_s)
    force = force_along(windowed(cfg, recent, sensor.lat_rad), sensor.lat_rad)
    is_pushed = abs(force.value_mps2) > max(cfg.thrust_mps2, cfg.n_sigma * force.sigma_mps2)
    track = replace(track, pushed_s=float(sample[T]) if is_pushed else track.pushed_s)
    track, found = _decide(cfg, sensor, track, force, before_s)
    return _keep_for_fit(cfg, track, sample), found


def folded(cfg: TelemetrySettings, track: HeightTrack, sample: np.ndarray) -> np.ndarray:
    """The track's rows (k, 8) with a sample: in the newest row if that began within `fold_s`, else in one of its own.

    A row is the mean of its samples. As rounding is not noise, it weighs as many as it has seen heights, one after the other.
    """
    rows = track.recent
    if not len(rows) or sample[T] - rows[-1, BEGIN] >= cfg.fold_s:
        return np.vstack([rows, np.concatenate((sample, (1.0, 1.0, sample[T])))])
    row = rows[-1].copy()
    row[SHARE] += 1.0
    row[[T, H, V]] += (sample[[T, H, V]] - row[[T, H, V]]) / row[SHARE]
    row[[SIGMA_H, SIGMA_V]] = sample[[SIGMA_H, SIGMA_V]]
    row[WEIGHT] += float(sample[H] != track.last[0, H])
    return np.vstack([rows[:-1], row])


def _period_s(samples: np.ndarray) -> float:
    """Usual time between the last samples; 0 where there are none to compare."""
    return float(np.median(np.diff(samples[-8:, T]))) if len(samples) > 1 else 0.0


def windowed(cfg: TelemetrySettings, samples: np.ndarray, lat_rad: float) -> np.ndarray:
    """The newest of `samples` (k, 8) that the force is taken over: the shortest window that tells thrust from none.

    A window holds at least `least_span` steps between samples, however slowly they come.
    """
    least_s = 1.1 * cfg.least_span * _period_s(samples)
    rows: np.ndarray = samples
    for window_s in cfg.windows_s:
        rows = samples[samples[:, T] >= samples[-1, T] - max(window_s, least_s)]
        if force_along(rows, lat_rad).sigma_mps2 < cfg.thrust_mps2:
            return rows
    return rows


def energy_m2ps2(samples: np.ndarray, lat_rad: float) -> np.ndarray:
    """Specific energy of motion and height of `samples` (k, 5 or more), zero at rest on the ellipsoid."""
    g0, radius, h, v = normal_gravity_mps2(lat_rad), radius_m(lat_rad), samples[:, H], samples[:, V]
    energy: np.ndarray = 0.5 * v * v + g0 * radius * h / (radius + h)
    return energy


def _sigma_energy_m2ps2(samples: np.ndarray, lat_rad: float) -> float:
    """Standard deviation of one energy of weight 1, widened because samples on the same height step are one measurement."""
    one = math.hypot(
        normal_gravity_mps2(lat_rad) * float(samples[-1, SIGMA_H]),
        float(samples[:, V].mean()) * float(samples[-1, SIGMA_V]),
    )
    return one * math.sqrt(len(samples) / max(2, len(np.unique(samples[:, H]))))


def force_along(samples: np.ndarray, lat_rad: float) -> Force:
    """The specific force along the motion, by a straight line through the energy of `samples` (k, 8), each by its weight."""
    t, weight, speed = samples[:, T], samples[:, WEIGHT], float(samples[:, V].mean())
    total = float(weight.sum())
    middle = float((weight * t).sum()) / total
    spread = t - middle
    moment = float((weight * spread * spread).sum())
    if len(t) < 3 or speed < SLOWEST_MPS or moment <= 0.0:
        return Force(middle, 0.0, math.inf)
    energy = energy_m2ps2(samples, lat_rad)
    slope = float((weight * spread * (energy - (weight * energy).sum() / total)).sum()) / moment
    return Force(middle, slope / speed, _sigma_energy_m2ps2(samples, lat_rad) / math.sqrt(moment) / speed)


def is_drag(cfg: TelemetrySettings, track: HeightTrack, force: Force) -> bool:
    """Whether a braking force may be the air's: below parachute speed a canopy's, else what this body felt of late and no more.

    A body's drag grows with the dynamic pressure q; the force it felt for each pascal, `air`, changes by attitude and Mach
    number, by less than `drag_jump` in seconds. As long as that is not known, no body is lighter than `beta_least_kgpm2`.
    """
    sample = track.last[0]
    if force.value_mps2 >= 0.0 or sample[H] > cfg.air_top_m:
        return False
    if sample[V] < cfg.canopy_mps:
        return True
    felt, weight = track.air
    most = 1.0 / cfg.beta_least_kgpm2
    if weight > 0.0:
        most = min(most, cfg.drag_jump * (max(0.0, felt / weight) + 3.0 / math.sqrt(weight)))
    return -force.value_mps2 <= most * dynamic_pressure_pa(sample)


def dynamic_pressure_pa(sample: np.ndarray) -> float:
    """Half the density times the squared speed, in the standard atmosphere."""
    return 0.5 * float(density_kgpm3(max(0.0, float(sample[H])))) * float(sample[V]) ** 2


def _felt(cfg: TelemetrySettings, track: HeightTrack, force: Force, before_s: float) -> HeightTrack:
    """Remember how much the air brakes, while nothing else does; the past fades in `air_memory_s`."""
    if track.phase not in ("coast", "drag") or track.since_s != NEVER or not math.isfinite(force.sigma_mps2):
        return track
    sample = track.last[0]
    if before_s == NEVER or sample[H] > cfg.air_top_m:
        return track
    dt_s = float(sample[T]) - before_s
    q = dynamic_pressure_pa(sample)
    share = min(1.0, 0.5 * dt_s / (float(sample[T]) - force.t_s)) / force.sigma_mps2**2  # windows overlap
    fade = math.exp(-dt_s / cfg.air_memory_s)
    felt, weight = track.air
    return replace(track, air=(fade * felt - share * q * force.value_mps2, fade * weight + share * q * q))


def _decide(
    cfg: TelemetrySettings, sensor: Sensor, track: HeightTrack, force: Force, before_s: float
) -> tuple[HeightTrack, list[Finding]]:
    """Move between phases; each change must hold for its own time before it counts. The sample before was at `before_s`."""
    t_s = float(track.last[0, T])
    wanted, hold_s = _wanted(cfg, track, force)
    if wanted == track.phase:
        return _felt(cfg, replace(track, since_s=NEVER), force, before_s), []
    since_s = before_s if track.since_s == NEVER else track.since_s
    if t_s - since_s < hold_s:
        return replace(track, since_s=since_s), []
    return _enter(cfg, sensor, track, wanted, since_s)


def _wanted(cfg: TelemetrySettings, track: HeightTrack, force: Force) -> tuple[Phase, float]:
    """The phase that the force of the moment speaks for, and how long it must go on to be believed."""
    phase, is_by_air = track.phase, is_drag(cfg, track, force)
    is_pushed = abs(force.value_mps2) > max(cfg.thrust_mps2, cfg.n_sigma * force.sigma_mps2) and not is_by_air
    is_braked = is_by_air and force.value_mps2 < -max(cfg.thrust_mps2, cfg.n_sigma * force.sigma_mps2)
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
        return ("drag", cfg.burn_out_hold_s) if track.last[0, H] < cfg.drag_below_m else ("coast", cfg.coast_hold_s)
    if is_pushed:
        return "thrust_again", cfg.thrust_hold_s
    return ("drag", cfg.burn_out_hold_s) if is_braked else (phase, 0.0)


def _enter(
    cfg: TelemetrySettings, sensor: Sensor, track: HeightTrack, phase: Phase, since_s: float
) -> tuple[HeightTrack, list[Finding]]:
    """Begin a phase: back-date the change, and say so if a burn began or ended."""
    changed_s, sigma_s = dated(cfg, track.recent, sensor.lat_rad, since_s, phase not in ("boost", "thrust_again"))
    t_s = float(track.last[0, T])
    is_end = phase not in ("boost", "thrust_again")
    if is_end and track.pushed_s != NEVER and since_s - track.pushed_s > sigma_s:  # in between it could not be told
        unseen_s = since_s - track.pushed_s
        changed_s, sigma_s = changed_s - 0.5 * unseen_s, math.hypot(sigma_s, unseen_s / math.sqrt(12.0))
    found: list[Finding] = []
    burn_s = track.burn_s
    if phase in ("boost", "thrust_again"):
        burn_s = changed_s if phase == "thrust_again" or track.moving_s == NEVER else track.moving_s
        found.append(_burn(track, burn_s, NEVER, sigma_s, t_s))
    elif track.phase in ("boost", "thrust_again"):
        found.append(_burn(track, track.burn_s, changed_s, sigma_s, t_s))
    none = np.zeros((0, 5))
    return replace(track, phase=phase, since_s=NEVER, phase_s=changed_s, burn_s=burn_s, fit=none), found


def dated(
    cfg: TelemetrySettings, samples: np.ndarray, lat_rad: float, since_s: float, is_end: bool
) -> tuple[float, float]:
    """When a burn began or ended that was noticed at about `since_s`, and one standard deviation: the knee of the energy.

    Above the air, a burn that was not pushing forward hard when it faded may have turned across the motion, unseen.
    """
    window_s = float(np.ptp(windowed(cfg, samples, lat_rad)[:, T]))
    rows = samples[samples[:, T] >= since_s - 2.0 * window_s]
    speed = max(SLOWEST_MPS, float(rows[:, V].mean()))
    along_mps = energy_m2ps2(rows, lat_rad) / speed
    sigma_mps = _sigma_energy_m2ps2(rows, lat_rad) / math.sqrt(float(rows[:, WEIGHT].mean())) / speed
    after_s, sigma_s = knee(rows[:, T] - since_s, along_mps - along_mps[-1], sigma_mps, is_end)
    if not math.isfinite(after_s):
        return since_s, window_s
    before = rows[rows[:, T] <= since_s - 0.5 * window_s]
    is_plain = not is_end or samples[-1, H] < cfg.drag_below_m or len(before) < 3
    is_plain = is_plain or force_along(before, lat_rad).value_mps2 > cfg.burn_mps2
    return since_s + after_s, math.hypot(cfg.sigma_tail_s, sigma_s, 0.0 if is_plain else cfg.coast_hold_s)


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
    last = track.last[0]
    force = force_along(windowed(cfg, track.recent, sensor.lat_rad), sensor.lat_rad)
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
    last = track.last[0]
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
