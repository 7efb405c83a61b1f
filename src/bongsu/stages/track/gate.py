"""Association: which plot updates which track. Global nearest neighbour over one look; then what an infrared miss says."""

from dataclasses import dataclass

import numpy as np

from bongsu.constants import NS_PER_S
from bongsu.kernels.assign import FAR, OLD, REPEAT, Costs, Times, assign, coarse_pairs
from bongsu.kernels.gaussian import N_STATE, n_measured
from bongsu.kernels.motions import (
    COAST,
    LEVEL,
    POWERED,
    Motions,
    States,
    gate,
    past_motions,
    predict,
    reweigh,
    shift,
    summarise,
    update,
)
from bongsu.messages.inputs import Scan
from bongsu.models.sensors import Sensor
from bongsu.stages.track.bank import BENDS_MPS2, N_MOTIONS, NONE, Bank, Bools, Floats, Ints, remember
from bongsu.stages.track.config import Config, ns
from bongsu.stages.track.measure import Plots, Rejected, count, place_of

MISS_COST = 1e9  # above any cost of a pair inside its gate: as many pairs as possible, then the likeliest
P_LEAST = 1e-6  # evidence is never absolute
P_WORTH = 0.01  # a miss tells nothing about a track that hardly burns


@dataclass(slots=True)
class Touched:
    """What one scan did to each row of a bank, beside changing it."""

    row: Ints  # of the scan's last plot that updated the track, or -1
    nis: Floats
    is_changed: Bools

    @classmethod
    def nothing(cls, n: int) -> "Touched":
        """n rows that were left alone."""
        return cls(np.full(n, NONE, np.int64), np.zeros(n), np.zeros(n, np.bool_))

    def keep(self, which: Bools) -> "Touched":
        """The rows of the tracks that stay."""
        return Touched(self.row[which], self.nis[which], self.is_changed[which])

    def joined(self, row: Ints) -> "Touched":
        """With rows for tracks that these plots started."""
        n = len(row)
        return Touched(
            np.concatenate((self.row, row)), np.concatenate((self.nis, np.zeros(n))),
            np.concatenate((self.is_changed, np.ones(n, np.bool_))),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Slots:
    """Tracks carried to the times of plots: one slot for each pair of track and time that is needed."""

    track: Ints
    dt_s: Floats
    states: States


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of a slot and a plot, sorted by track."""

    track: Ints
    slot: Ints
    plot: Ints

    def take(self, which: Bools | Ints) -> "Pairs":
        """Some of them."""
        return Pairs(self.track[which], self.slot[which], self.plot[which])


def ln_evidence(cfg: Config, bank: Bank, track: Ints, t_ns: Ints, likelihood: Floats) -> Floats:
    """Logarithm of what a look at times t_ns says about the motions of some tracks now (k, M), given its likelihood under each.

    A look older than the track speaks of the motion then; what that is worth now follows from the remembered probabilities.
    """
    out = np.tile(likelihood, (len(track), 1))
    B = np.empty((N_MOTIONS, N_MOTIONS))
    for k in np.flatnonzero(t_ns < bank.t_ns[track]).tolist():
        i = track[k]
        past_motions(bank.history_t_ns[i], bank.history_p[i], t_ns[k], cfg.motions.rates, B)
        out[k] = (B * likelihood).sum(axis=1)
    logarithms: Floats = np.log(np.maximum(out, P_LEAST))
    return logarithms


def seen_likelihood(cfg: Config, sensor: Sensor) -> Floats:
    """How likely this sensor detects an object under each motion: infrared sees only what burns, others do not mind."""
    out = np.ones(N_MOTIONS)
    if sensor.kind == "infrared":
        out[:] = cfg.motion.p_infrared_unpowered
        out[POWERED] = sensor.p_detect
    return out


def blank_states(n: int) -> States:
    """Room for n tracks."""
    return States(
        np.empty((n, N_MOTIONS, N_STATE)), np.empty((n, N_MOTIONS, N_STATE, N_STATE)), np.empty((n, N_MOTIONS))
    )


def carried(cfg: Config, bank: Bank, track: Ints, t_ns: Ints) -> Slots:
    """Rows of a bank, carried to times t_ns; those long silent in their fall by the law of falling bodies alone."""
    dt_s = (t_ns - bank.t_ns[track]) / NS_PER_S
    states = blank_states(len(track))
    is_falling = (dt_s > cfg.motion.max_coast_s) & (bank.motion[track] == COAST)
    if not is_falling.any():
        predict(bank.states, track, dt_s, cfg.motions, states)
        return Slots(track, dt_s, states)
    for group, motions in ((~is_falling, cfg.motions), (is_falling, _unmixed(cfg))):
        part = blank_states(int(group.sum()))
        predict(bank.states, track[group], dt_s[group], motions, part)
        states.x[group], states.P[group], states.p[group] = part
    _begin_again(states, np.flatnonzero(is_falling))
    return Slots(track, dt_s, states)


def _unmixed(cfg: Config) -> Motions:
    """Motions that never change into one another: over many minutes each guess of a change would add to the others."""
    return cfg.motions._replace(rates=np.zeros_like(cfg.motions.rates))


def _begin_again(states: States, rows: Ints) -> None:
    """Take the fall for certain in these rows, in place: every other motion begins again from it."""
    for j in range(N_MOTIONS):
        states.x[rows, j], states.P[rows, j] = states.x[rows, COAST], states.P[rows, COAST]
    states.p[rows] = P_LEAST
    states.p[rows, COAST] = 1.0 - (N_MOTIONS - 1) * P_LEAST


def associate(
    cfg: Config, bank: Bank, touched: Touched, sensor: int, plots: Plots, revisit_s: float, rejected: Rejected
) -> Bools:
    """Update tracks, in place, by the plots of one look; returns which plots may start a track. The sensor's look before
    was revisit_s ago.

    Tracks seen lately choose first; those silent for `max_coast_s` have what is left, for they could be almost anywhere.
    """
    mark = np.zeros(len(plots), np.int64)
    times = Times(bank.t_ns, bank.t_sensor_ns[:, sensor].copy(), ns(cfg.motion.late_s), ns(cfg.motion.max_gap_s))
    track, plot = coarse_pairs(bank.states, BENDS_MPS2, times, plots.columns, mark)
    is_free = np.ones(len(plots), np.bool_)
    had = _had_before(bank, sensor, plots)
    mark[had], mark[~had & (mark == REPEAT)] = REPEAT, FAR
    track, plot = track[~had[plot]], plot[~had[plot]]
    is_silent = plots.t_ns[plot] - bank.t_ns[track] > ns(cfg.motion.max_coast_s)
    for group in (~is_silent, is_silent):
        mine = group & is_free[plot]
        if not mine.any():
            continue
        slots, slot = _slots(cfg, bank, track[mine], plots.t_ns[plot[mine]])
        weighed = _after_silence(cfg, bank, slots, sensor, revisit_s)
        pairs = _chosen(cfg, bank, weighed, Pairs(track[mine], slot, plot[mine]), plots)
        if len(pairs.track):
            _take(cfg, bank, touched, slots.states, pairs, sensor, plots)
            is_free[pairs.plot] = False
    count(rejected, "repeated", int((is_free & (mark == REPEAT)).sum()))
    count(rejected, "older than the track", int((is_free & (mark == OLD)).sum()))
    may_start: Bools = is_free & (mark == 0)
    return may_start


def _had_before(bank: Bank, sensor: int, plots: Plots) -> Bools:
    """Which plots a track has had: the very one its sensor gave it last. A frozen report must not feed another track.

    Another measurement of the same instant is no repeat: a sensor may send two objects in two scans. What a track had of its
    sensor when it was handed over is not known; there the time alone decides.
    """
    mine, where = bank.t_sensor_ns[:, sensor], bank.own_plot[:, sensor]
    owner, which = np.nonzero(mine[:, None] == plots.t_ns)
    is_same = (where[owner] == plots.places[which]).all(axis=1) | np.isnan(where[owner, 0])
    had = np.zeros(len(plots), np.bool_)
    had[which[is_same]] = True
    return had


def _slots(cfg: Config, bank: Bank, track: Ints, t_ns: Ints) -> tuple[Slots, Ints]:
    """One slot for each track and time among the sorted pairs, and the slot of each pair."""
    is_new = np.ones(len(track), np.bool_)
    is_new[1:] = (track[1:] != track[:-1]) | (t_ns[1:] != t_ns[:-1])
    return carried(cfg, bank, track[is_new], t_ns[is_new]), np.cumsum(is_new) - 1


def _after_silence(cfg: Config, bank: Bank, slots: Slots, sensor: int, revisit_s: float) -> Slots:
    """The slots as the gate weighs them: what was missed for longer than a look is continued as an aircraft or not at all.

    That holds for single plots and for aircraft. Under power or in fall they could be anywhere by then, and in a busy sky
    somebody always is: two aircraft would be joined into one missile. Flames and meteors are seen by few, and exempt.
    """
    if cfg.is_sight[sensor]:
        return slots
    look_s = max(float(cfg.period_ns[sensor]) / NS_PER_S, min(revisit_s, cfg.motion.slow_look_s))
    missed_s = max(cfg.motion.missed_s, cfg.motion.missed_periods * look_s)
    is_doubtful = (bank.n_plots[slots.track] == 1) | (bank.motion[slots.track] == LEVEL)
    before_ns, last_ns = bank.history_t_ns[slots.track, -2], bank.history_t_ns[slots.track, -1]
    last_gap_s = np.where(before_ns == NONE, 0.0, (last_ns - before_ns) / NS_PER_S)  # what ended a silence is on trial
    is_doubtful &= (np.maximum(slots.dt_s, last_gap_s) > missed_s) & ~cfg.is_sight[bank.starter[slots.track]]
    p = slots.states.p.copy()
    p[is_doubtful, :LEVEL] = 0.0
    return Slots(slots.track, slots.dt_s, States(slots.states.x, slots.states.P, p))


def _chosen(cfg: Config, bank: Bank, slots: Slots, pairs: Pairs, plots: Plots) -> Pairs:
    """The best one-to-one choice among the pairs inside the gates of their tracks."""
    d2, cost = np.empty(len(pairs.track)), np.empty(len(pairs.track))
    gate(slots.states, cfg.motions, pairs.slot, pairs.plot, plots.columns, d2, cost)
    limit = np.full(len(bank.number), cfg.gate_d2[n_measured(plots.code) - 2])
    limit[bank.n_plots < cfg.motion.young_plots] *= cfg.motion.young_gate
    is_in = (d2 <= limit[pairs.track]) & np.isfinite(cost)
    pairs, cost = pairs.take(is_in), cost[is_in]
    start = np.searchsorted(pairs.track, np.arange(len(bank.number) + 1))
    match = assign(Costs(start, pairs.plot, cost, MISS_COST), len(plots))
    return pairs.take(match[pairs.track] == pairs.plot)


def _take(cfg: Config, bank: Bank, touched: Touched, states: States, pairs: Pairs, sensor: int, plots: Plots) -> None:
    """Update the chosen tracks by their plots. A late plot is used at its time, and the track carried back to its own."""
    nis = np.zeros(len(pairs.track))
    track, t_ns = pairs.track, plots.t_ns[pairs.plot]
    evidence = ln_evidence(cfg, bank, track, t_ns, seen_likelihood(cfg, cfg.sensors[sensor]))
    update(states, cfg.motions, pairs.slot, pairs.plot, plots.columns, evidence, nis)
    final = States(states.x[pairs.slot], states.P[pairs.slot], states.p[pairs.slot])
    shift(final, np.maximum(bank.t_ns[track] - t_ns, 0) / NS_PER_S, cfg.motions)
    bank.x[track], bank.P[track], bank.p[track] = final
    for column in (bank.t_ns, bank.t_plot_ns, bank.t_sensor_ns[:, sensor]):
        column[track] = np.maximum(column[track], t_ns)
    bank.own_plot[track, sensor] = plots.places[pairs.plot]  # newer than the one before: an older one makes no pair
    bank.n_plots[track] += 1
    remember(bank, track)
    touched.row[track], touched.nis[track], touched.is_changed[track] = plots.row[pairs.plot], nis, True


def weigh_misses(cfg: Config, bank: Bank, touched: Touched, scan: Scan, sensor: Sensor) -> None:
    """An infrared look that should have seen a burning track and did not is evidence against power; in place."""
    ahead_ns = scan.valid_ns - bank.t_ns
    may_be = ~touched.is_changed & (bank.p[:, POWERED] > P_WORTH)
    may_be &= (ahead_ns >= -ns(cfg.motion.late_s)) & (ahead_ns <= ns(cfg.motion.max_gap_s))
    track = np.flatnonzero(may_be)
    if not len(track):
        return
    slots = carried(cfg, bank, track, np.maximum(bank.t_ns[track], scan.valid_ns))
    which = np.flatnonzero(_should_be_seen(cfg, slots, bank.has_coasted[track], scan, sensor))
    likelihood = np.ones(N_MOTIONS)
    likelihood[POWERED] = max(1.0 - sensor.p_detect, cfg.motion.p_infrared_miss)
    look_ns = np.full(len(track), scan.valid_ns, np.int64)
    evidence = ln_evidence(cfg, bank, track, look_ns, likelihood)
    for k in which.tolist():
        reweigh(slots.states.p[k], evidence[k], cfg.motion.p_floor)
    track = track[which]
    bank.x[track], bank.P[track], bank.p[track] = (a[which] for a in slots.states)
    bank.t_ns[track] = np.maximum(bank.t_ns[track], scan.valid_ns)
    remember(bank, track)
    touched.is_changed[track] = True


def _should_be_seen(cfg: Config, slots: Slots, has_coasted: Bools, scan: Scan, sensor: Sensor) -> Bools:
    """Which slots would show a flame if they were powered: above the clouds, the satellite above their horizon.

    After coast, power inside the air may be lift, which shows nothing: there a miss is no evidence.
    """
    n = len(slots.track)
    r, v, sigma, h = np.empty((n, 3)), np.empty((n, 3)), np.empty(n), np.empty(n)
    summarise(slots.states, r, v, sigma, h)
    place, _ = place_of(scan, sensor)
    sight = place - r
    length = np.sqrt((sight**2).sum(axis=1)) * np.sqrt((r**2).sum(axis=1))
    sine = (sight * r).sum(axis=1) / length
    is_flame = ~has_coasted | (h > cfg.motion.air_top_m)
    seen: Bools = is_flame & (h > cfg.motion.infrared_floor_m) & (sine > np.sin(cfg.motion.infrared_elevation_rad))
    return seen
