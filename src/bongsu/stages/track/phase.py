"""The phase of a flight, said without flicker, and when burns began and ended, dated back from the probabilities."""

import math

import numpy as np

from bongsu.constants import A_EARTH_M, E2_EARTH, NS_PER_S
from bongsu.kernels.air import density_kgpm3
from bongsu.kernels.motions import COAST, LEVEL, POWERED, transition
from bongsu.messages.tracking import BurnObserved, Phase
from bongsu.stages.track.bank import N_MOTIONS, NONE, Bank, Bools, Floats, Ints, class_p, track_ids
from bongsu.stages.track.config import Config, ns


def decide(cfg: Config, bank: Bank, changed: Ints) -> list[BurnObserved]:
    """Decide the motion of tracks that a scan changed, in place; say which burns have begun or ended."""
    p = flown_p(cfg, bank, changed)
    best = p.argmax(axis=1)
    p_best = p.max(axis=1)
    before = bank.motion[changed]
    is_seen_to_burn = cfg.is_infrared[bank.starter[changed]]
    is_boost = (best == POWERED) & ~is_seen_to_burn
    n_needed = np.where(best == LEVEL, cfg.motion.phase_plots, cfg.motion.flight_plots)
    is_old_enough = (bank.n_plots[changed] >= n_needed) | is_seen_to_burn
    is_old_enough &= ~(is_boost & (before == NONE)) | flies_unlike_aircraft(cfg, bank, changed)
    first = np.where((best == COAST) | is_seen_to_burn, cfg.motion.p_phase, cfg.motion.p_switch)
    need = np.where(before == NONE, np.where(is_boost, cfg.motion.p_boost, first), cfg.motion.p_switch)
    after = np.where(is_old_enough & (p_best >= need), best, before)
    bank.motion[changed] = after
    said = []
    for k in np.flatnonzero(after != before).tolist():
        said += _switched(cfg, bank, int(changed[k]), int(before[k]), int(after[k]))
    return said


def flown_p(cfg: Config, bank: Bank, which: Ints) -> Floats:
    """Probabilities of power, fall and level flight (k, 3); a force by which the air can only brake is no power, but fall."""
    p = class_p(bank.p[which])
    braked = np.flatnonzero(is_braked(cfg, bank, which))
    p[braked, COAST] += p[braked, POWERED]
    p[braked, POWERED] = 0.0
    return p


def is_braked(cfg: Config, bank: Bank, which: Ints) -> Bools:
    """Which tracks sink through air with a force against their motion that the air could have; none whose flame was seen."""
    state = bank.x[which, POWERED]
    r, v, force = state[:, :3], state[:, 3:6], state[:, 6:9]
    r_m, speed, size = (np.sqrt((a * a).sum(axis=1)) for a in (r, v, force))
    h_m = r_m - A_EARTH_M * (1.0 - 0.5 * E2_EARTH * (r[:, 2] / r_m) ** 2)  # within 30 m
    is_against = (force * v).sum(axis=1) < -cfg.motion.brake_cosine * size * speed
    braked: Bools = is_against & ((r * v).sum(axis=1) < 0.0) & (h_m < cfg.motion.air_top_m)
    braked &= ~cfg.is_infrared[bank.starter[which]]
    for k in np.flatnonzero(braked).tolist():
        air_mps2 = 0.5 * density_kgpm3(max(float(h_m[k]), 0.0)) * float(speed[k]) ** 2 / cfg.motion.beta_least_kgpm2
        braked[k] = float(size[k]) <= air_mps2
    return braked


def flies_unlike_aircraft(cfg: Config, bank: Bank, which: Ints) -> Bools:
    """Which tracks, taken as powered, surely move or climb faster than aircraft do; others need no engine to be explained."""
    state, P = bank.x[which, POWERED], bank.P[which, POWERED, 3:6, 3:6]
    up = state[:, :3] / np.maximum(np.sqrt((state[:, :3] ** 2).sum(axis=1)), 1.0)[:, None]
    speed = np.sqrt((state[:, 3:6] ** 2).sum(axis=1))
    along = state[:, 3:6] / np.maximum(speed, 1.0)[:, None]
    sigma_up, sigma_along = (np.sqrt(np.einsum("ni,nij,nj->n", way, P, way)) for way in (up, along))
    climb = (up * state[:, 3:6]).sum(axis=1)
    unlike: Bools = climb - cfg.motion.boost_sigmas * sigma_up > cfg.motion.level_climb_mps
    unlike |= speed - cfg.motion.boost_sigmas * sigma_along > cfg.motion.level_speed_mps
    return unlike


def _switched(cfg: Config, bank: Bank, track: int, before: int, after: int) -> list[BurnObserved]:
    """What a change of motion means, noted in place: a burn that began, went on or ended, or nothing."""
    t_ns, sigma_s = switch_time(cfg, bank.history_t_ns[track], bank.history_p[track], before, after)
    decided_ns, track_id = int(bank.t_ns[track]), track_ids(bank)[track]
    if after == COAST:
        bank.t_coast_ns[track] = decided_ns if before == POWERED else NONE
        bank.has_coasted[track] = True
        if before != POWERED:
            return []
        start_ns = min(int(bank.t_burn_ns[track]), t_ns)
        return [BurnObserved(track_id=track_id, start_ns=start_ns, end_ns=t_ns, sigma_s=sigma_s, decided_ns=decided_ns)]
    if after == POWERED and before != COAST:
        bank.t_burn_ns[track] = bank.t_start_ns[track]  # it was burning when first seen; when it began is not known
    if after == LEVEL or before != COAST:
        return []
    is_same_burn = bank.t_coast_ns[track] != NONE and decided_ns - bank.t_coast_ns[track] <= ns(cfg.motion.rejoin_s)
    if not is_same_burn:
        bank.t_burn_ns[track] = t_ns
    elif bank.t_burn_ns[track] == bank.t_start_ns[track]:
        bank.has_coasted[track] = False  # it is still the boost
    start_ns = int(bank.t_burn_ns[track])
    return [BurnObserved(track_id=track_id, start_ns=start_ns, sigma_s=sigma_s, decided_ns=decided_ns)]


def switch_time(cfg: Config, t_ns: Ints, p: Floats, before: int, after: int) -> tuple[int, float]:
    """When the motion changed, and one standard deviation: t_ns (k,) and p (k, 4) are a track's remembered probabilities.

    A hidden Markov chain, smoothed backwards: with pi the probability of change between two memories and s the smoothed one,

        P(i at k, j at k + 1) = p_k(i) pi_ij s_k+1(j) / sum_l p_k(l) pi_lj

    The change is somewhere in the step between, evenly. Source: Rabiner, Proc. IEEE 77(2) (1989), sec. III-C.
    """
    known = np.flatnonzero(t_ns != NONE)
    t_s = (t_ns[known] - t_ns[-1]) / NS_PER_S
    past, smooth, pi = p[known], p[-1].copy(), np.empty((N_MOTIONS, N_MOTIONS))
    weight, mean_s, square_s2 = 0.0, 0.0, 0.0
    for k in range(len(known) - 2, -1, -1):
        step_s = float(t_s[k + 1] - t_s[k])
        transition(cfg.motions.rates, step_s, pi)
        joint = past[k][:, None] * pi
        joint *= smooth / np.maximum(joint.sum(axis=0), 1e-300)
        middle_s, share = float(t_s[k] + 0.5 * step_s), float(joint[before, after])
        weight += share
        mean_s += share * middle_s
        square_s2 += share * (middle_s**2 + step_s**2 / 12.0)
        smooth = joint.sum(axis=1)
    if not weight > 0.0:
        return int(t_ns[-1]), float(-t_s[0]) if len(t_s) else 0.0
    mean_s, square_s2 = mean_s / weight, square_s2 / weight
    return int(t_ns[-1]) + round(mean_s * NS_PER_S), math.sqrt(max(square_s2 - mean_s**2, 0.0))


def phases(cfg: Config, bank: Bank, changed: Ints, h_m: Floats) -> list[Phase]:
    """The phase of each changed track, at heights h_m."""
    motion = bank.motion[changed]
    p_own = np.where(motion >= 0, flown_p(cfg, bank, changed)[np.arange(len(changed)), np.maximum(motion, 0)], 0.0)
    out: list[Phase] = []
    for j, p, has_coasted, h in zip(
        motion.tolist(), p_own.tolist(), bank.has_coasted[changed].tolist(), h_m.tolist(), strict=True
    ):
        out.append(_phase(j, has_coasted, h < cfg.motion.air_top_m) if p >= cfg.motion.p_keep else "undetermined")
    return out


def _phase(motion: int, has_coasted: bool, is_in_air: bool) -> Phase:
    if motion == COAST:
        return "coast"
    if motion == LEVEL:
        return "level"
    if not has_coasted:
        return "boost"
    return "manoeuvre" if is_in_air else "thrust_again"
