"""Association: which plot updates which track. Global nearest neighbour over one look; then what an infrared miss says."""

import math
from dataclasses import dataclass

import numpy as np

from bongsu.constants import NS_PER_S
from bongsu.kernels.assign import assign, coarse_pairs
from bongsu.kernels.gaussian import n_measured
from bongsu.kernels.motions import POWERED, gate, predict, reweigh, summarise, update
from bongsu.messages.inputs import Scan
from bongsu.models.sensors import Sensor
from bongsu.stages.track.bank import BENDS_MPS2, KINDS, N_MOTIONS, NONE, Bank, Bools, Floats, Ints, remember
from bongsu.stages.track.config import Config, ns
from bongsu.stages.track.measure import Plots, Rejected, place_of

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
    x: Floats
    P: Floats
    p: Floats


def ln_evidence(cfg: Config, sensor: Sensor) -> Floats:
    """What a detection by this sensor says about the motions, beside where it is: infrared sees only what burns."""
    out = np.zeros(N_MOTIONS)
    if sensor.kind == "infrared":
        out[:] = math.log(max(cfg.motion.p_infrared_unpowered, P_LEAST))
        out[POWERED] = math.log(max(sensor.p_detect, P_LEAST))
    return out


def carried(cfg: Config, bank: Bank, track: Ints, t_ns: Ints) -> Slots:
    """Rows of a bank, carried to times t_ns."""
    dt_s = (t_ns - bank.t_ns[track]) / NS_PER_S
    n = len(track)
    x, P, p = np.empty((n, *bank.x.shape[1:])), np.empty((n, *bank.P.shape[1:])), np.empty((n, N_MOTIONS))
    predict(bank.x, bank.P, bank.p, track, dt_s, cfg.rates, KINDS, cfg.beliefs, x, P, p)
    return Slots(track, dt_s, x, P, p)


def associate(cfg: Config, bank: Bank, touched: Touched, sensor: int, plots: Plots, rejected: Rejected) -> Bools:
    """Update tracks, in place, by the plots of one look; returns which plots may start a track."""
    is_old, is_repeat = np.zeros(len(plots), np.bool_), np.zeros(len(plots), np.bool_)
    pair_track, pair_plot = coarse_pairs(
        bank.x, bank.P, bank.p, BENDS_MPS2, bank.t_ns, bank.t_sensor_ns[:, sensor].copy(), ns(cfg.motion.late_s),
        ns(cfg.motion.max_gap_s), plots.t_ns, plots.code, plots.origin, plots.axes, plots.z, plots.var, is_old, is_repeat,
    )  # fmt: skip
    is_free = np.ones(len(plots), np.bool_)
    if len(pair_track):
        slots, slot_of_pair = _slots(cfg, bank, pair_track, plots.t_ns[pair_plot])
        is_in, cost = _inside(cfg, bank, slots, slot_of_pair, pair_plot, plots)
        chosen = _chosen(len(bank.number), len(plots), pair_track, pair_plot, is_in, cost)
        if len(chosen):
            _take(cfg, bank, touched, sensor, slots, slot_of_pair[chosen], plots, pair_plot[chosen])
            is_free[pair_plot[chosen]] = False
    _refuse(rejected, "repeated", is_free & is_repeat)
    _refuse(rejected, "older than the track", is_free & is_old & ~is_repeat)
    return is_free & ~is_old & ~is_repeat


def _refuse(rejected: Rejected, reason: str, is_bad: Bools) -> None:
    n = int(is_bad.sum())
    if n:
        rejected[reason] = rejected.get(reason, 0) + n


def _slots(cfg: Config, bank: Bank, pair_track: Ints, pair_t_ns: Ints) -> tuple[Slots, Ints]:
    """One slot for each track and time among the sorted pairs, and the slot of each pair."""
    is_new = np.ones(len(pair_track), np.bool_)
    is_new[1:] = (pair_track[1:] != pair_track[:-1]) | (pair_t_ns[1:] != pair_t_ns[:-1])
    return carried(cfg, bank, pair_track[is_new], pair_t_ns[is_new]), np.cumsum(is_new) - 1


def _inside(
    cfg: Config, bank: Bank, slots: Slots, slot_of_pair: Ints, pair_plot: Ints, plots: Plots
) -> tuple[Bools, Floats]:
    """Which pairs lie inside the gate of their track, and what each costs."""
    d2, cost = np.empty(len(pair_plot)), np.empty(len(pair_plot))
    gate(
        slots.x, slots.P, slots.p, KINDS, slot_of_pair, pair_plot, plots.code, plots.origin, plots.axes, plots.z, plots.var,
        d2, cost,
    )  # fmt: skip
    limit = np.full(len(bank.number), cfg.gate_d2[n_measured(plots.code) - 2])
    limit[bank.n_plots < cfg.motion.young_plots] *= cfg.motion.young_gate
    return (d2 <= limit[slots.track[slot_of_pair]]) & np.isfinite(cost), cost


def _chosen(n_tracks: int, n_plots: int, pair_track: Ints, pair_plot: Ints, is_in: Bools, cost: Floats) -> Ints:
    """Indices of the pairs of the best one-to-one choice, in order of track."""
    which = np.flatnonzero(is_in)
    row_start = np.searchsorted(pair_track[which], np.arange(n_tracks + 1))
    match = assign(row_start, pair_plot[which], cost[which], n_plots, MISS_COST)
    chosen: Ints = which[match[pair_track[which]] == pair_plot[which]]
    return chosen


def _take(
    cfg: Config, bank: Bank, touched: Touched, sensor: int, slots: Slots, slot: Ints, plots: Plots, plot: Ints
) -> None:
    """Update the chosen tracks by their plots. A late plot is used at its time, and the track carried back to its own."""
    nis = np.zeros(len(slot))
    update(
        slots.x, slots.P, slots.p, KINDS, cfg.beliefs, slot, plot, plots.code, plots.origin, plots.axes, plots.z, plots.var,
        ln_evidence(cfg, cfg.sensors[sensor]), cfg.motion.p_floor, nis,
    )  # fmt: skip
    track = slots.track[slot]
    x, P, p = slots.x[slot], slots.P[slot], slots.p[slot]
    late = np.flatnonzero(slots.dt_s[slot] < 0.0)
    if len(late):
        back = (
            np.empty((len(late), *x.shape[1:])),
            np.empty((len(late), *P.shape[1:])),
            np.empty((len(late), N_MOTIONS)),
        )
        predict(x, P, p, late, -slots.dt_s[slot[late]], cfg.rates, KINDS, cfg.beliefs, *back)
        x[late], P[late], p[late] = back
    bank.x[track], bank.P[track], bank.p[track] = x, P, p
    bank.t_ns[track] = np.maximum(bank.t_ns[track], plots.t_ns[plot])
    bank.t_plot_ns[track] = np.maximum(bank.t_plot_ns[track], plots.t_ns[plot])
    bank.t_sensor_ns[track, sensor] = np.maximum(bank.t_sensor_ns[track, sensor], plots.t_ns[plot])
    bank.n_plots[track] += 1
    remember(bank, track)
    touched.row[track], touched.nis[track], touched.is_changed[track] = plots.row[plot], nis, True


def weigh_misses(cfg: Config, bank: Bank, touched: Touched, scan: Scan, sensor: Sensor) -> None:
    """An infrared look that should have seen a burning track and did not is evidence against power; in place."""
    ahead_ns = scan.valid_ns - bank.t_ns
    may_be = ~touched.is_changed & (bank.p[:, POWERED] > P_WORTH)
    may_be &= (ahead_ns >= -ns(cfg.motion.late_s)) & (ahead_ns <= ns(cfg.motion.max_gap_s))
    track = np.flatnonzero(may_be)
    if not len(track):
        return
    slots = carried(cfg, bank, track, np.maximum(bank.t_ns[track], scan.valid_ns))
    which = np.flatnonzero(_should_be_seen(cfg, slots, scan, sensor))
    evidence = np.zeros(N_MOTIONS)
    evidence[POWERED] = math.log(max(1.0 - sensor.p_detect, cfg.motion.p_infrared_miss))
    for k in which.tolist():
        reweigh(slots.p[k], evidence, cfg.motion.p_floor)
    track = track[which]
    bank.x[track], bank.P[track], bank.p[track] = slots.x[which], slots.P[which], slots.p[which]
    bank.t_ns[track] = np.maximum(bank.t_ns[track], scan.valid_ns)
    remember(bank, track)
    touched.is_changed[track] = True


def _should_be_seen(cfg: Config, slots: Slots, scan: Scan, sensor: Sensor) -> Bools:
    """Which slots are above the clouds and see the satellite above their horizon."""
    n = len(slots.track)
    r, v, sigma, h = np.empty((n, 3)), np.empty((n, 3)), np.empty(n), np.empty(n)
    summarise(slots.x, slots.P, slots.p, r, v, sigma, h)
    place, _ = place_of(scan, sensor)
    sight = place - r
    length = np.sqrt((sight**2).sum(axis=1)) * np.sqrt((r**2).sum(axis=1))
    sine = (sight * r).sum(axis=1) / length
    seen: Bools = (h > cfg.motion.infrared_floor_m) & (sine > np.sin(cfg.motion.infrared_elevation_rad))
    return seen
