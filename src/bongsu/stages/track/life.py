"""The life of a track: confirmed by m of n looks, merged with its twin, ended when lost or down."""

import numpy as np

from bongsu.constants import NS_PER_S
from bongsu.kernels.assign import near_pairs
from bongsu.kernels.motions import COAST, LEVEL, alike2, coast_heights, summarise
from bongsu.messages.tracking import TrackEnded
from bongsu.stages.track.bank import NONE, Bank, Bools, Floats, Ints, rows, track_ids
from bongsu.stages.track.config import Config, ns
from bongsu.stages.track.gate import Touched

STALE_NS = 2 * NS_PER_S  # a track with younger plots is not asked whether it has landed
NEAREST_M, FARTHEST_M = 6.2e6, 1.0e8  # from the Earth's centre: 150 km below the poles, twice the geostationary ring
FASTEST_MPS = 1.0e5  # meteors reach 72 km/s
TWIN_GAP_S = 5.0  # tracks whose states are farther apart in time are not compared
TWIN_REACH = 3.0  # sigmas of position within which two tracks are compared
TWIN_SLACK_MPS2 = 20.0  # acceleration left out when one is carried straight on to the other's time


def count_looks(cfg: Config, bank: Bank, touched: Touched, sensor: int, t_look_ns: int) -> None:
    """Count a look of a sensor for the tracks it hit and the unconfirmed ones of its own that it missed; confirm. In place.

    Looks closer together than half a period are one: a sensor that reports one plot a scan does not miss all other tracks.
    """
    is_hit = touched.row >= 0
    is_new = bank.n_looks == 1  # started by this very scan, already counted
    is_new &= bank.n_plots == 1
    is_hit &= ~is_new
    is_miss = ~bank.is_confirmed & (bank.starter == sensor) & ~is_hit & (touched.row < 0)
    is_miss &= t_look_ns - bank.t_look_ns >= cfg.period_ns[sensor] // 2
    is_look = is_hit | is_miss
    bank.n_looks[is_look] += 1
    bank.looks[is_look] = ((bank.looks[is_look] << 1) | is_hit[is_look]) & ((1 << 60) - 1)
    bank.t_look_ns[is_look] = np.maximum(bank.t_look_ns[is_look], t_look_ns)
    m, n = _m_of_n(cfg, bank)
    seen = np.bitwise_count(bank.looks & ((1 << n) - 1))
    bank.is_confirmed[seen >= m] = True


def _m_of_n(cfg: Config, bank: Bank) -> tuple[Ints, Ints]:
    """How many of how many looks confirm each track."""
    is_sight = cfg.is_sight[bank.starter]
    m = np.where(is_sight, cfg.motion.confirm_m_infrared, cfg.motion.confirm_m)
    n = np.where(is_sight, cfg.motion.confirm_n_infrared, cfg.motion.confirm_n)
    return m.astype(np.int64), n.astype(np.int64)


def unconfirmed(cfg: Config, bank: Bank) -> Bools:
    """Which tracks have had their looks and were not confirmed."""
    _, n = _m_of_n(cfg, bank)
    failed: Bools = ~bank.is_confirmed & (bank.n_looks >= n)
    return failed


def broken(bank: Bank) -> Bools:
    """Which tracks are not to be believed: not finite, or run away to where and to speeds nothing measured could be."""
    sums: Floats = bank.x.sum(axis=(1, 2)) + bank.P.sum(axis=(1, 2, 3)) + bank.p.sum(axis=1)
    likeliest = bank.x[np.arange(len(bank.p)), bank.p.argmax(axis=1)]
    r_m, v_mps = np.sqrt((likeliest[:, :3] ** 2).sum(axis=1)), np.sqrt((likeliest[:, 3:6] ** 2).sum(axis=1))
    is_somewhere = (r_m > NEAREST_M) & (r_m < FARTHEST_M) & (v_mps < FASTEST_MPS)
    is_broken: Bools = ~(np.isfinite(sums) & is_somewhere)
    return is_broken


def merged(cfg: Config, bank: Bank, touched: Touched) -> Bools:
    """Count, in place, for how many updates tracks have looked like an older one; which of them are now the same object.

    Two plots of one look, or of one sensor and instant, that update two tracks show two objects, however close: their count
    starts again.
    """
    n = len(bank.number)
    is_gone = np.zeros(n, np.bool_)
    if n < 2 or not touched.is_changed.any():
        return is_gone
    r, v, sigma, h = np.empty((n, 3)), np.empty((n, 3)), np.empty(n), np.empty(n)
    summarise(bank.states, r, v, sigma, h)
    is_hit = touched.row >= 0
    first, second = near_pairs(r, is_hit, TWIN_REACH * sigma + _drift_m(bank, v))
    alike = np.zeros(n, np.bool_)
    for a, b in zip(first.tolist(), second.tolist(), strict=True):  # b is the younger: rows are in order of start
        dt_s = (bank.t_ns[b] - bank.t_ns[a]) / NS_PER_S
        if is_gone[a] or alike[b] or (is_hit[a] and is_hit[b]) or _are_two(bank, a, b) or abs(dt_s) > TWIN_GAP_S:
            continue
        if not alike2(bank.states, a, b, dt_s, TWIN_SLACK_MPS2) <= cfg.motion.merge_d2:
            continue
        alike[b] = True
        bank.n_twin[b] = bank.n_twin[b] + 1 if bank.twin[b] == bank.number[a] else 1
        bank.twin[b] = bank.number[a]
        if bank.n_twin[b] >= cfg.motion.merge_scans:
            is_gone[_worse(bank, sigma, a, b)] = True
    over = _ended_likeness(bank, is_hit, alike)
    bank.twin[over], bank.n_twin[over] = NONE, 0
    return is_gone


def _are_two(bank: Bank, a: int, b: int) -> bool:
    """Whether the last plots that a sensor gave two tracks are of one instant, though it sent them in two scans."""
    last = bank.t_sensor_ns
    return bool(((last[a] == last[b]) & (last[a] != NONE)).any())


def _ended_likeness(bank: Bank, is_hit: Bools, alike: Bools) -> Bools:
    """Tracks whose count of likeness starts again: compared just now, they or their twin being hit, and not alike."""
    was_hit = is_hit | np.isin(bank.twin, bank.number[is_hit])
    over: Bools = was_hit & ~alike
    return over


def _drift_m(bank: Bank, v: Floats) -> Floats:
    """How far a track may have moved since its state, up to the gap within which tracks are compared."""
    speed = np.sqrt((v**2).sum(axis=1))
    behind_s = np.minimum((bank.t_ns.max() - bank.t_ns) / NS_PER_S, TWIN_GAP_S)
    drift: Floats = speed * behind_s
    return drift


def _worse(bank: Bank, sigma: Floats, a: int, b: int) -> int:
    """Which of two tracks of one object to drop: the unconfirmed one, else the younger; the other takes over its standing."""
    if bank.is_confirmed[b] and not bank.is_confirmed[a]:
        return a
    return b


def ended(bank: Bank, which: Bools, reason: str, t_ns: int) -> list[TrackEnded]:
    """One finding for each track that `which` marks."""
    ids, last = track_ids(bank), bank.t_plot_ns.tolist()
    return [
        TrackEnded(track_id=ids[k], valid_ns=t_ns, reason=reason, last_plot_ns=last[k])  # type: ignore[arg-type]
        for k in np.flatnonzero(which).tolist()
    ]


def cruise_sigma_m(cfg: Config, bank: Bank, which: Ints, t_ns: int) -> Floats:
    """How well the place of aircraft that cruise on unseen is known at t_ns: one standard deviation of the worse axis, (k,).

    After t seconds the largest of P_rr + 2 t P_rv + t^2 P_vv + q t^3 / 3, q the noise of level flight; P is bounded by its trace.
    """
    t_s = np.maximum((t_ns - bank.t_ns[which]) / NS_PER_S, 0.0)
    P = bank.P[which, LEVEL]
    sigma_r = np.sqrt(P[:, [0, 1, 2], [0, 1, 2]].sum(axis=1))
    sigma_v = np.sqrt(P[:, [3, 4, 5], [3, 4, 5]].sum(axis=1))
    sigma: Floats = np.sqrt((sigma_r + t_s * sigma_v) ** 2 + cfg.motion.level_noise_m2ps3 * t_s**3 / 3.0)
    return sigma


def aged(cfg: Config, bank: Bank, t_ns: int) -> tuple[Bank, list[TrackEnded]]:
    """The bank at time t_ns without the tracks that time has ended: never confirmed, landed or lost."""
    if not len(bank.number):
        return bank, []
    age_ns = t_ns - bank.t_plot_ns
    tentative_ns = np.maximum(ns(cfg.motion.tentative_s), 5 * cfg.period_ns[bank.starter])
    is_unborn = ~bank.is_confirmed & ((age_ns > tentative_ns) | (age_ns < -ns(cfg.motion.ahead_s)))
    is_ballistic = bank.is_confirmed & (bank.motion != LEVEL) & (bank.has_coasted | (bank.motion == COAST))
    is_down = is_ballistic & (age_ns > STALE_NS)
    stale = np.flatnonzero(is_down)
    h = np.empty(len(stale))
    dt_s = np.minimum((t_ns - bank.t_ns[stale]) / NS_PER_S, cfg.motion.max_ballistic_s)
    coast_heights(bank.x[stale, COAST], dt_s, cfg.motion.max_step_s, h)
    is_down[stale] = h <= 0.0
    keep_ns = np.where(is_ballistic, ns(cfg.motion.max_ballistic_s), ns(cfg.motion.max_coast_s))
    is_lost = bank.is_confirmed & ~is_down & ((age_ns > keep_ns) | (age_ns < -ns(cfg.motion.ahead_s)))
    silent = np.flatnonzero(is_lost & (bank.motion == LEVEL) & (age_ns > 0))
    is_lost[silent] = cruise_sigma_m(cfg, bank, silent, t_ns) > cfg.motion.lost_sigma_m
    said = ended(bank, is_unborn, "never_confirmed", t_ns) + ended(bank, is_down, "landed", t_ns)
    said += ended(bank, is_lost, "lost", t_ns)
    gone = is_unborn | is_down | is_lost
    return (rows(bank, ~gone) if gone.any() else bank), said
