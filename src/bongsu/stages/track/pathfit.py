"""The fit of one path to arcs of several stations, and what it is worth."""

import math
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from bongsu.constants import NS_PER_S
from bongsu.kernels import sightlines as k
from bongsu.kernels.earth import geodetic_from_ecef
from bongsu.models.sightlines import SightlineSettings
from bongsu.stages.track.arcs import Arc
from bongsu.stages.track.bank import Floats, Ints

EXACT_S = 1e-9  # sigma of a clock that is believed
LEAST_AHEAD = 0.9  # share of lines of sight that have to look towards the guessed line
ROWS_A_PIECE = 8


@dataclass(frozen=True, slots=True)
class Seen:
    """All lines of sight of some arcs, by station and time; times in seconds after `ref_ns`."""

    ref_ns: int
    rows: Floats  # (n, 9) as kernels.sightlines has it
    start: Ints  # (stations + 1,)
    sensors: tuple[int, ...]  # of each station, ascending

    @property
    def n_stations(self) -> int:
        """How many stations there are."""
        return len(self.sensors)


@dataclass(frozen=True, slots=True)
class Fit:
    """A path: state and covariance at its last line of sight, clocks, and whether all of it may be believed."""

    t_ns: int  # true time
    state: Floats  # (6,) ECEF
    cov: Floats  # (6, 6)
    first_speed_mps: float
    sensors: tuple[int, ...]
    clock_s: tuple[float, ...]  # of each: stamp minus true time
    sigma_clock_s: tuple[float, ...]
    n_dropped: tuple[int, ...]
    n_rows: int
    scatter: float  # root mean square residual, in sigmas
    is_sound: bool
    newest_ns: int  # stamp

    @property
    def speed_mps(self) -> float:
        """At the last line of sight."""
        return math.sqrt(float((self.state[3:] ** 2).sum()))

    @property
    def h_m(self) -> float:
        """Height above the ellipsoid there."""
        return float(geodetic_from_ecef(self.state[0], self.state[1], self.state[2])[2])

    @property
    def climb_mps(self) -> float:
        """Radial speed there."""
        return float((self.state[:3] * self.state[3:]).sum()) / math.sqrt(float((self.state[:3] ** 2).sum()))


@dataclass(frozen=True, slots=True)
class Trial:
    """One number of pieces, fitted."""

    edges: Floats
    pull: Floats
    x: Floats
    weight: Floats
    square: Floats
    cost: float

    @property
    def scatter2(self) -> float:
        """Squared residuals a degree of freedom."""
        return self.cost / max(1, 2 * int((self.weight > 0.0).sum()) - len(self.x))


def gathered(arcs: list[Arc]) -> Seen:
    """The lines of sight of arcs, sorted by sensor, then time."""
    sensors = tuple(sorted({a.sensor for a in arcs}))
    oldest, newest = min(int(a.t_ns[0]) for a in arcs), max(int(a.t_ns[-1]) for a in arcs)
    ref_ns = (oldest + newest) // 2
    parts, start = [], [0]
    for i, sensor in enumerate(sensors):
        mine = sorted((a for a in arcs if a.sensor == sensor), key=lambda a: int(a.t_ns[0]))
        t_ns, seen = np.concatenate([a.t_ns for a in mine]), np.concatenate([a.rows for a in mine])
        order = np.argsort(t_ns, kind="stable")
        t_s = (t_ns[order] - ref_ns) / NS_PER_S
        parts.append(np.column_stack((t_s, seen[order], np.full(len(t_s), float(i)))))
        start.append(start[-1] + len(t_s))
    return Seen(ref_ns, np.ascontiguousarray(np.concatenate(parts)), np.array(start), sensors)


def fit(cfg: SightlineSettings, arcs: list[Arc], sigma_clock_s: Floats) -> Fit | None:
    """The path through these arcs; None where their planes meet in none. sigma_clock_s: of every sensor."""
    seen = gathered(arcs)
    prior_s = np.maximum(sigma_clock_s[list(seen.sensors)], EXACT_S)
    guess = _guess(seen, prior_s)
    if guess is None:
        return None
    trial = _chosen(cfg, seen, prior_s, guess)
    return None if trial is None else _result(cfg, seen, prior_s, trial)


def fit_in_own_time(cfg: SightlineSettings, arcs: list[Arc], sigma_clock_s: Floats) -> Fit | None:
    """The path through arcs of stations of which none knows the time: fitted by the clock of the surest, then set right.

    The offset they share shows in nothing but how gravity and rotation act, far less than an unforeseen thrust, and must not be
    sought there. It stays what the priors make of the offsets found (their mean by weight, and its sigma), and moves the state
    along its path. sigma_clock_s: of every sensor.
    """
    sensors = sorted({a.sensor for a in arcs})
    sigmas_s = sigma_clock_s[sensors]
    if not (sigmas_s > cfg.known_clock_s).all():
        return fit(cfg, arcs, sigma_clock_s)
    surest = sensors[int(sigmas_s.argmin())]
    relative_s = np.hypot(sigma_clock_s, sigma_clock_s[surest])
    relative_s[surest] = 0.0
    found = fit(cfg, arcs, relative_s)
    if found is None:
        return None
    weight = sigmas_s**-2.0
    shared_s, sigma_s = float((weight * np.array(found.clock_s)).sum() / weight.sum()), float(weight.sum()) ** -0.5
    span_s = (max(int(a.t_ns[-1]) for a in arcs) - min(int(a.t_ns[0]) for a in arcs)) / NS_PER_S
    gained_mps2 = (found.speed_mps - found.first_speed_mps) / span_s if span_s > 0.0 else 0.0
    moved = sigma_s * np.concatenate((found.state[3:], gained_mps2 * found.state[3:] / found.speed_mps))
    return replace(
        found,
        t_ns=found.t_ns + round(shared_s * NS_PER_S),
        cov=found.cov + moved[:, None] * moved,
        clock_s=tuple(c - shared_s for c in found.clock_s),
        sigma_clock_s=tuple(math.hypot(c, sigma_s) for c in found.sigma_clock_s),
    )


def _guess(seen: Seen, prior_s: Floats) -> Floats | None:
    """The first guess from the pair of stations whose planes meet best, or the next one."""
    n = seen.n_stations
    normals, worth = np.empty((n, 3)), np.empty(n)
    for i in range(n):
        rows = seen.rows[seen.start[i] : seen.start[i + 1]]
        turn = k.plane_normal(rows, normals[i])
        worth[i] = turn / rows[0, k.SIGMA] * math.sqrt(len(rows))
    pairs = []
    for i, j in combinations(range(n), 2):
        cosine = min(1.0, abs(float((normals[i] * normals[j]).sum())))
        pairs.append((-math.sqrt(1.0 - cosine**2) * min(worth[i], worth[j]), i, j))
    for _, i, j in sorted(pairs)[:3]:
        x = np.zeros(k.N_MOTION + n)
        if k.guess_path(seen.rows, seen.start, i, j, prior_s, x) >= LEAST_AHEAD and np.isfinite(x).all():
            return x
    return None


def _chosen(cfg: SightlineSettings, seen: Seen, prior_s: Floats, guess: Floats) -> Trial | None:
    """The fit with as many pieces of acceleration as the evidence asks for; the plain one where none fits the sigmas."""
    pull = np.empty(3)
    k.pull_of(guess, pull)
    pulls = [pull] if _speed(guess) > cfg.slow_mps else [pull, np.zeros(3)]
    trials = [trial for a in pulls for trial in _trials(cfg, seen, prior_s, a, guess)]
    if not trials:
        return None
    best = min(trials, key=lambda t: t.scatter2)
    if best.scatter2 > cfg.max_scatter**2:
        return trials[0]
    scale, n = max(1.0, best.scatter2), 2 * len(seen.rows)

    chosen = trials[0]
    for trial in trials[1:]:
        more = len(trial.edges) - len(chosen.edges)
        gain = (chosen.cost - trial.cost) / scale - more * math.log(n)
        chosen = trial if gain > (cfg.least_evidence if more > 0 else 0.0) else chosen
    return chosen


def _speed(x: Floats) -> float:
    return math.sqrt(float((x[3:6] ** 2).sum()))


def _trials(cfg: SightlineSettings, seen: Seen, prior_s: Floats, pull: Floats, guess: Floats) -> list[Trial]:
    """Fits with 0, 1, 2, 4 ... pieces: each halves those before, so that no fit is worse than the last."""
    found: list[Trial] = []
    n_pieces, n = 0, k.N_MOTION + seen.n_stations
    x = guess
    while n_pieces <= min(cfg.max_pieces, len(seen.rows) // ROWS_A_PIECE):
        t_s = seen.rows[:, k.T] - x[k.N_MOTION : n][seen.rows[:, k.STATION].astype(np.int64)]
        edges = np.empty(n_pieces + 1)
        k.pieces(float(t_s.min()), float(t_s.max()), n_pieces, edges)
        halves = np.repeat(x[n:], 2) if n_pieces > 1 else np.zeros(n_pieces)
        x = np.concatenate((x[:n], halves))
        weight, square = np.ones(len(seen.rows)), np.empty(len(seen.rows))
        cost = k.fit_path(seen.rows, seen.start, prior_s, edges, pull, x, weight, square)
        if not (math.isfinite(cost) and np.isfinite(x).all()):
            break
        found.append(Trial(edges, pull, x, weight, square, cost))
        n_pieces = max(1, 2 * n_pieces)
    return found


def _result(cfg: SightlineSettings, seen: Seen, prior_s: Floats, trial: Trial) -> Fit | None:
    n, m = len(trial.x), seen.n_stations
    cov, state, P = np.empty((n, n)), np.empty(6), np.empty((6, 6))
    if not k.covariance(seen.rows, prior_s, trial.edges, trial.pull, trial.x, trial.weight, cov):
        return None
    cov *= max(1.0, trial.scatter2)
    clock_s = trial.x[k.N_MOTION : k.N_MOTION + m]
    t_s = seen.rows[:, k.T] - clock_s[seen.rows[:, k.STATION].astype(np.int64)]
    k.path_at(trial.x, m, trial.edges, trial.pull, float(t_s.min()), state)
    first_speed_mps = math.sqrt(float((state[3:] ** 2).sum()))
    last_s = float(t_s.max())
    k.state_at(trial.x, m, trial.edges, trial.pull, last_s, -1, cov, state, P)
    if not (np.isfinite(state).all() and np.isfinite(P).all() and (np.diag(P) > 0.0).all()):
        return None
    bounds = list(zip(seen.start[:-1].tolist(), seen.start[1:].tolist(), strict=True))
    return Fit(
        t_ns=seen.ref_ns + round(last_s * NS_PER_S),
        state=state.copy(),
        cov=P,
        first_speed_mps=first_speed_mps,
        sensors=seen.sensors,
        clock_s=tuple(clock_s.tolist()),
        sigma_clock_s=tuple(np.sqrt(np.diag(cov)[k.N_MOTION : k.N_MOTION + m]).tolist()),
        n_dropped=tuple(int((trial.weight[a:b] == 0.0).sum()) for a, b in bounds),
        n_rows=len(seen.rows),
        scatter=math.sqrt(trial.scatter2),
        is_sound=_is_sound(cfg, seen, trial, state, cov, first_speed_mps),
        newest_ns=seen.ref_ns + round(float(seen.rows[:, k.T].max()) * NS_PER_S),
    )


def _is_sound(
    cfg: SightlineSettings, seen: Seen, trial: Trial, state: Floats, cov: Floats, first_speed_mps: float
) -> bool:
    """Overdetermined, every station used, residuals as the sigmas say, distance and speed known, speed possible."""
    shares = [float((trial.weight[a:b] > 0.0).mean()) for a, b in zip(seen.start[:-1], seen.start[1:], strict=True)]
    n_free = 2 * int((trial.weight > 0.0).sum()) - len(trial.x)
    if n_free < cfg.least_freedom or min(shares) < cfg.least_share or trial.scatter2 > cfg.max_scatter**2:
        return False
    speed = math.sqrt(float((state[3:] ** 2).sum()))
    if max(speed, first_speed_mps) > cfg.fastest_mps:
        return False
    distance_m = math.sqrt(float(((state[:3] - seen.rows[:, k.PLACE : k.PLACE + 3]) ** 2).sum(axis=1).min()))
    place, spread, surest = (
        np.empty(6),
        np.empty((6, 6)),
        int(np.diag(cov)[k.N_MOTION : k.N_MOTION + seen.n_stations].argmin()),
    )
    k.state_at(trial.x, seen.n_stations, trial.edges, trial.pull, 0.0, surest, cov, place, spread)
    sigma_m, sigma_mps = math.sqrt(float(np.trace(spread[:3, :3]))), math.sqrt(float(np.trace(spread[3:, 3:])))
    return bool(sigma_m <= cfg.max_error * distance_m and sigma_mps <= cfg.max_error * _speed(trial.x))
