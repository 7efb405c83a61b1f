"""A bank of motion models: four ways to fly over one common ten-state, mixed, carried on and updated together.

State [r_ecef_m (3), v_ecef_mps (3), force_ecef_mps2 (3), ln(beta / (1 kg/m^2))]. Kinds of motion and what each estimates:

    POWERED  all ten: gravity, drag and a specific force that walks at random
    COAST    position, velocity, ln beta: gravity and drag
    LEVEL    position, velocity: steady speed over a round Earth, little white acceleration (an aircraft, cruising)
    TURN     the same with much white acceleration (an aircraft, manoeuvring)

What a motion does not estimate always holds the prior, uncorrelated with the rest. So a mixture into a motion that does estimate
it starts from the prior, and a mixture out of one that does forgets it: coast has no force, powered after coast the prior force.

Rows of a bank are tracks; M is the number of motions.
"""

import math
from typing import NamedTuple

import numpy as np

from bongsu.kernels._jit import kernel
from bongsu.kernels.earth import geodetic_from_ecef
from bongsu.kernels.flight import advance
from bongsu.kernels.gaussian import N_STATE, correct, distance2, factor, gather, make_room, spread, weigh

POWERED, COAST, LEVEL, TURN = 0, 1, 2, 3

# Places in the array of beliefs; units in models/motion.py
FORCE_WANDER, POWERED_NOISE, COAST_NOISE, LEVEL_NOISE, LEVEL_CLIMB_NOISE = 0, 1, 2, 3, 4
LN_BETA_WANDER, LN_BETA_MEAN, LN_BETA_VAR, LN_BETA_TAU, VAR_FORCE = 5, 6, 7, 8, 9
SHARE_MIN, MAX_STEP, MIX_STEP = 10, 11, 12
TURN_NOISE, TURN_CLIMB_NOISE, LEVEL_SPEED, LEVEL_CLIMB, P_FLOOR = 13, 14, 15, 16, 17
N_BELIEFS = 18

N_MOVING = 6  # position and velocity come first in every motion; a plot depends on nothing else
P_PROBABLE = 1e-3  # a motion less probable than this opens no gate
DOMAIN_SOFT = 0.15  # aircraft motions fade out over this share of the speed and climb that bound them


class Motions(NamedTuple):
    """What the bank believes: kinds of motion (M,), rates of change between them (M, M) per second, and their numbers."""

    kinds: np.ndarray
    rates: np.ndarray
    beliefs: np.ndarray  # (N_BELIEFS,)


class States(NamedTuple):
    """Estimates of tracks under each motion, and the probabilities of the motions; of one track without the first axis."""

    x: np.ndarray  # (n, M, 10)
    P: np.ndarray  # (n, M, 10, 10)
    p: np.ndarray  # (n, M)


@kernel
def dims_of(kind, dims):
    """Fill dims with the components that a kind of motion estimates; returns how many."""
    n = 10 if kind == POWERED else 7 if kind == COAST else 6
    for k in range(n):
        dims[k] = k
    if kind == COAST:
        dims[6] = 9
    return n


@kernel
def keep_prior(kind, x, P, beliefs):
    """Set what a kind of motion does not estimate to the prior: force 0 and ln beta its mean, with their sigmas, uncorrelated."""
    first = 10 if kind == POWERED else 6
    last = 9 if kind == COAST else 10
    for k in range(first, last):
        for q in range(N_STATE):
            P[k, q] = 0.0
            P[q, k] = 0.0
        is_ln_beta = k == 9
        x[k] = beliefs[LN_BETA_MEAN] if is_ln_beta else 0.0
        P[k, k] = beliefs[LN_BETA_VAR] if is_ln_beta else beliefs[VAR_FORCE]


@kernel
def transition(rates, dt_s, pi):
    """Probability pi (M, M) of going from motion i to j within dt_s.

        pi_ii = exp(-a_i dt),  pi_ij = (1 - exp(-a_i dt)) a_ij / a_i,  a_i = sum of a_ij over j other than i

    rates (M, M) per second. At most one change is counted; dt_s <= 0 gives the identity.
    """
    m = rates.shape[0]
    for i in range(m):
        total = 0.0
        for j in range(m):
            if j != i:
                total += rates[i, j]
        leave = -math.expm1(-total * dt_s) if dt_s > 0.0 else 0.0
        for j in range(m):
            if j != i:
                pi[i, j] = leave * rates[i, j] / total if total > 0.0 else 0.0
        pi[i, i] = 1.0 - leave


@kernel
def mix(was, pi, motions, out):
    """Let the motions of one track exchange estimates: an interacting multiple model. was and out are States of one track.

        c_j = sum_i pi_ij p_i;  w_i = pi_ij p_i / c_j;  x_j = sum w_i x_i;  P_j = sum w_i (P_i + (x_i - x_j)(x_i - x_j)')

    A share w_i below beliefs[SHARE_MIN] is left out of x_j and P_j (not of c_j): a wide motion of small probability would, by its
    covariance alone, spoil a sharp one for ever (its weight is small, its variance hundreds of times larger). pi (M, M).
    Source: Blom & Bar-Shalom, IEEE T-AC 33(8) (1988).
    """
    n_modes = motions.kinds.shape[0]
    w = np.empty(n_modes)
    for j in range(n_modes):
        c = 0.0
        for i in range(n_modes):
            w[i] = pi[i, j] * was.p[i]
            c += w[i]
        out.p[j] = c
        kept = 0.0
        for i in range(n_modes):
            if not w[i] >= motions.beliefs[SHARE_MIN] * c:
                w[i] = 0.0
            kept += w[i]
        if not kept > 0.0:  # a motion that nothing leads to keeps its own estimate
            w[j] = 1.0
            kept = 1.0
        for i in range(n_modes):
            w[i] /= kept
        _blend(was.x, was.P, w, out.x[j], out.P[j])
        keep_prior(motions.kinds[j], out.x[j], out.P[j], motions.beliefs)


@kernel
def _blend(x, P, w, x_out, P_out):
    """Mean and covariance of the mixture of Gaussians x (M, 10), P (M, 10, 10) with weights w (M,) that sum to one."""
    n_modes = w.shape[0]
    for i in range(n_modes):
        if w[i] == 1.0:
            x_out[:] = x[i]
            P_out[:, :] = P[i]
            return
    for a in range(N_STATE):
        s = 0.0
        for i in range(n_modes):
            s += w[i] * (x[i, a] - x[0, a])
        x_out[a] = x[0, a] + s
    for a in range(N_STATE):
        for b in range(a + 1):
            s = 0.0
            for i in range(n_modes):
                if w[i] > 0.0:
                    s += w[i] * (P[i, a, b] + (x[i, a] - x_out[a]) * (x[i, b] - x_out[b]))
            P_out[a, b] = s
            P_out[b, a] = s


@kernel
def _advance_level(state, dt_s, out):
    """Steady level flight: r + v dt + a dt^2 / 2, v + a dt with a = -|v|^2 / |r|^2 r, the curve of a round Earth."""
    x, y, z, u, v, w = state[0], state[1], state[2], state[3], state[4], state[5]
    k = -(u * u + v * v + w * w) / (x * x + y * y + z * z) * dt_s
    half = 0.5 * dt_s
    out[0], out[1], out[2] = x + u * dt_s + k * x * half, y + v * dt_s + k * y * half, z + w * dt_s + k * z * half
    out[3], out[4], out[5] = u + k * x, v + k * y, w + k * z
    for i in range(6, N_STATE):
        out[i] = state[i]


@kernel
def _add_white_acceleration(P, a, b, q, s):
    """Covariance of position and velocity along axes a, b under white acceleration of density q for s seconds."""
    P[a, b] += q * s * s * s / 3.0
    P[a, b + 3] += q * s * s / 2.0
    P[b + 3, a] += q * s * s / 2.0
    P[a + 3, b + 3] += q * s


@kernel
def add_noise(kind, x, P, dt_s, beliefs):
    """Add to P what a motion's noise does in dt_s >= 0.

    POWERED: the force walks at random (position, velocity and force integrate it), white acceleration, ln beta returns to its
    prior within LN_BETA_TAU. COAST: white acceleration, ln beta walks. LEVEL, TURN: white acceleration, other in the vertical.
    Source: Bar-Shalom, Li & Kirubarajan (2001), sec. 6.2 (white acceleration), 6.2.3 (Wiener acceleration).
    """
    s = dt_s
    if kind >= LEVEL:
        rr = x[0] * x[0] + x[1] * x[1] + x[2] * x[2]
        aside = beliefs[LEVEL_NOISE] if kind == LEVEL else beliefs[TURN_NOISE]
        more = (beliefs[LEVEL_CLIMB_NOISE] if kind == LEVEL else beliefs[TURN_CLIMB_NOISE]) - aside
        for a in range(3):
            for b in range(3):
                q = more * (x[a] * x[b]) / rr + (aside if a == b else 0.0)
                _add_white_acceleration(P, a, b, q, s)
        return
    q = beliefs[POWERED_NOISE] if kind == POWERED else beliefs[COAST_NOISE]
    for a in range(3):
        _add_white_acceleration(P, a, a, q, s)
    if kind == COAST:
        P[9, 9] += beliefs[LN_BETA_WANDER] * s
        return
    f = beliefs[FORCE_WANDER]
    s2 = s * s
    for a in range(3):
        v, e = a + 3, a + 6
        P[a, a] += f * s2 * s2 * s / 20.0
        P[v, v] += f * s2 * s / 3.0
        P[e, e] += f * s
        P[a, v] += f * s2 * s2 / 8.0
        P[v, a] += f * s2 * s2 / 8.0
        P[a, e] += f * s2 * s / 6.0
        P[e, a] += f * s2 * s / 6.0
        P[v, e] += f * s2 / 2.0
        P[e, v] += f * s2 / 2.0
    P[9, 9] -= math.expm1(-2.0 * s / beliefs[LN_BETA_TAU]) * beliefs[LN_BETA_VAR]


@kernel
def move(kind, x, P, dt_s, beliefs, room):
    """Carry the Gaussian of one motion through dt_s (either sign), in place, without noise: force and ln beta stay."""
    n = dims_of(kind, room.dims)
    factor(P, n, room)
    spread(x, n, room)
    points = room.points
    for i in range(2 * n + 1):
        if kind >= LEVEL:
            _advance_level(points[i], dt_s, points[i])
            continue
        if kind == COAST:
            points[i, 6], points[i, 7], points[i, 8] = 0.0, 0.0, 0.0
        advance(points[i], dt_s, beliefs[MAX_STEP], points[i])
    gather(n, room, x, P)


@kernel
def relax_ln_beta(x, P, dt_s, beliefs):
    """Under power, let ln beta return to its prior: its deviation, and what goes with it, shrink by exp(-dt / LN_BETA_TAU)."""
    keep = math.exp(-dt_s / beliefs[LN_BETA_TAU])
    x[9] = beliefs[LN_BETA_MEAN] + keep * (x[9] - beliefs[LN_BETA_MEAN])
    for k in range(9):
        P[k, 9] *= keep
        P[9, k] *= keep
    P[9, 9] *= keep * keep


@kernel
def predict(states, source, dt_s, motions, out):
    """Carry rows `source` (k,) of states through dt_s (k,): mixing, then each motion with its noise. Fills the k rows of out.

    A gap longer than beliefs[MIX_STEP] is taken in equal parts, each mixed, so that a change of motion inside it is foreseen.
    dt_s = 0 copies; dt_s < 0 goes back as `shift` does.
    """
    n_modes = motions.kinds.shape[0]
    room, pi = make_room(), np.empty((n_modes, n_modes))
    was = States(np.empty((n_modes, N_STATE)), np.empty((n_modes, N_STATE, N_STATE)), np.empty(n_modes))
    for k in range(source.shape[0]):
        out.x[k], out.P[k], out.p[k] = states.x[source[k]], states.P[source[k]], states.p[source[k]]
        if dt_s[k] <= 0.0:
            _shift_row(out, k, dt_s[k], motions, room)
            continue
        n_parts = max(1, int(math.ceil(dt_s[k] / motions.beliefs[MIX_STEP])))
        part_s = dt_s[k] / n_parts
        transition(motions.rates, part_s, pi)
        for _ in range(n_parts):
            was.x[:], was.P[:], was.p[:] = out.x[k], out.P[k], out.p[k]
            mix(was, pi, motions, States(out.x[k], out.P[k], out.p[k]))
            for j in range(n_modes):
                x, P = out.x[k, j], out.P[k, j]
                move(motions.kinds[j], x, P, part_s, motions.beliefs, room)
                if motions.kinds[j] == POWERED:
                    relax_ln_beta(x, P, part_s, motions.beliefs)
                add_noise(motions.kinds[j], x, P, part_s, motions.beliefs)


@kernel
def shift(states, dt_s, motions):
    """Carry every row of states through dt_s (n,), either sign, in place: no mixing, no noise, so that back and forth is nothing.

    A late plot is used so: the track goes back, is updated and returns. What the noise would have done meanwhile is left out: in
    5 s the wandering force moves a body by some 20 m, less than any late plot is worth.
    """
    room = make_room()
    for k in range(states.p.shape[0]):
        _shift_row(states, k, dt_s[k], motions, room)


@kernel
def _shift_row(states, k, dt_s, motions, room):
    if dt_s == 0.0:
        return
    for j in range(motions.kinds.shape[0]):
        move(motions.kinds[j], states.x[k, j], states.P[k, j], dt_s, motions.beliefs, room)


@kernel
def past_motions(history_t_ns, history_p, t_ns, rates, B):
    """Fill B (M, M): the probability of motion i at time t_ns, given motion j now and all plots since.

        B = product over remembered steps, newest first, of  P(i at k | j at k + 1) = p_k(i) pi_ij / sum_l p_k(l) pi_lj

    history_t_ns (k,), history_p (k, M): remembered probabilities, newest last, times -1 where there are none. What a late look
    saw is evidence about the motion then, and through B about the motion now. Source: Rabiner, Proc. IEEE 77(2) (1989), III-C.
    """
    n_modes = history_p.shape[1]
    pi, before = np.empty((n_modes, n_modes)), np.empty((n_modes, n_modes))
    for j in range(n_modes):
        for i in range(n_modes):
            B[j, i] = 1.0 if i == j else 0.0
    for k in range(history_t_ns.shape[0] - 1, 0, -1):
        if history_t_ns[k] <= t_ns or history_t_ns[k - 1] < 0:
            return
        transition(rates, (history_t_ns[k] - max(history_t_ns[k - 1], t_ns)) * 1e-9, pi)
        before[:] = B
        for j in range(n_modes):
            for i in range(n_modes):
                B[j, i] = 0.0
        for l in range(n_modes):
            total = 0.0
            for i in range(n_modes):
                total += history_p[k - 1, i] * pi[i, l]
            for i in range(n_modes):
                share = history_p[k - 1, i] * pi[i, l] / total if total > 0.0 else 1.0 * (i == l)
                for j in range(n_modes):
                    B[j, i] += before[j, l] * share


@kernel
def gate(states, motions, pair_slot, pair_plot, plots, d2, cost):
    """How well predicted tracks and plots fit: fills, for each pair, d2 (k,) and cost (k,).

        d2 = the smallest squared distance under any motion that is at all probable;  cost = -ln sum_j p_j L_j

    pair_slot, pair_plot (k,) name rows of the states and of the plots. NaN where a state is not finite.
    """
    n_modes = motions.kinds.shape[0]
    room, ln_l = make_room(), np.empty(n_modes)
    for k in range(pair_slot.shape[0]):
        slot, row = pair_slot[k], pair_plot[k]
        d2[k] = np.inf
        for j in range(n_modes):
            dims_of(motions.kinds[j], room.dims)
            d, ln_l[j], _, _ = weigh(plots, row, states.x[slot, j], states.P[slot, j], N_MOVING, room)
            if states.p[slot, j] >= P_PROBABLE and not d >= d2[k]:
                d2[k] = d
        cost[k] = -_ln_mixture(states.p[slot], ln_l)


@kernel
def _ln_mixture(p, ln_l):
    """ln sum_j p_j exp(ln_l_j), without overflow; p (M,) holds at least one positive entry."""
    top = -np.inf
    for j in range(p.shape[0]):
        if p[j] > 0.0 and ln_l[j] > top:
            top = ln_l[j]
    s = 0.0
    for j in range(p.shape[0]):
        if p[j] > 0.0:
            s += p[j] * math.exp(ln_l[j] - top)
    return top + math.log(s)


@kernel
def ln_domain(kind, x, beliefs):
    """Logarithm of how well a state suits a kind of motion: aircraft fly no faster and climb no steeper than they can.

        -e^2 / 2 for each of speed and |climb|, e = (value - bound) / (DOMAIN_SOFT bound) where above the bound

    0 for other kinds.
    """
    if kind < LEVEL:
        return 0.0
    vv = x[3] * x[3] + x[4] * x[4] + x[5] * x[5]
    climb = (x[0] * x[3] + x[1] * x[4] + x[2] * x[5]) / math.sqrt(x[0] * x[0] + x[1] * x[1] + x[2] * x[2])
    fast = max(math.sqrt(vv) / beliefs[LEVEL_SPEED] - 1.0, 0.0) / DOMAIN_SOFT
    steep = max(abs(climb) / beliefs[LEVEL_CLIMB] - 1.0, 0.0) / DOMAIN_SOFT
    return -0.5 * (fast * fast + steep * steep)


@kernel
def update(states, motions, slots, rows, plots, ln_evidence, nis):
    """Update rows `slots` (k,) of states, in place, each by its own plot, of `rows` (k,); fills nis (k,).

        p_j is multiplied by the likelihood of the plot, by exp(ln_evidence_kj) and by the fitness of the new state (ln_domain),
        floored at beliefs[P_FLOOR] and normalised

    nis is the squared distance under the motion most probable before the plot.
    """
    n_modes = motions.kinds.shape[0]
    room, ln_p = make_room(), np.empty(n_modes)
    for k in range(slots.shape[0]):
        slot = slots[k]
        best = -1.0
        for j in range(n_modes):
            n = dims_of(motions.kinds[j], room.dims)
            x = states.x[slot, j]
            d2, ln_l = correct(plots, rows[k], x, states.P[slot, j], n, room)
            ln_p[j] = ln_l + ln_evidence[k, j] + ln_domain(motions.kinds[j], x, motions.beliefs)
            if states.p[slot, j] > best:
                best = states.p[slot, j]
                nis[k] = d2
        reweigh(states.p[slot], ln_p, motions.beliefs[P_FLOOR])


@kernel
def reweigh(p, ln_l, p_floor):
    """Bayes' rule on probabilities p (M,) in place, likelihoods given by logarithm; each at least p_floor before the last sum."""
    n_modes = p.shape[0]
    top = -np.inf
    for j in range(n_modes):
        if p[j] > 0.0 and ln_l[j] > top:
            top = ln_l[j]
    total = 0.0
    for j in range(n_modes):
        p[j] *= math.exp(min(ln_l[j] - top, 700.0)) if p[j] > 0.0 else 0.0
        total += p[j]
    floored = 0.0
    for j in range(n_modes):
        p[j] = max(p[j] / total, p_floor)
        floored += p[j]
    for j in range(n_modes):
        p[j] /= floored


@kernel
def summarise(states, r, v, sigma_pos, h):
    """The combined estimate of each row: mean position r and velocity v (n, 3), root of the trace of the position covariance of
    the mixture (n,), ellipsoidal height (n,). Source: Bar-Shalom, Li & Kirubarajan (2001), eq. 11.6.6-13.
    """
    x, P, p = states
    n_modes = p.shape[1]
    for k in range(p.shape[0]):
        trace = 0.0
        for a in range(3):
            s, t = 0.0, 0.0
            for j in range(n_modes):
                s += p[k, j] * x[k, j, a]
                t += p[k, j] * x[k, j, a + 3]
            r[k, a], v[k, a] = s, t
            for j in range(n_modes):
                d = x[k, j, a] - s
                trace += p[k, j] * (P[k, j, a, a] + d * d)
        sigma_pos[k] = math.sqrt(trace)
        h[k] = geodetic_from_ecef(r[k, 0], r[k, 1], r[k, 2])[2]


@kernel
def _combined(states, row, mean, C):
    """Add the covariance of (r, v) of a row's mixture to C (6, 6), and set mean (6,) to its mean."""
    x, P, p = states
    n_modes = p.shape[1]
    for i in range(6):
        mean[i] = 0.0
        for j in range(n_modes):
            mean[i] += p[row, j] * x[row, j, i]
    for i in range(6):
        for k in range(6):
            for j in range(n_modes):
                C[i, k] += p[row, j] * (P[row, j, i, k] + (x[row, j, i] - mean[i]) * (x[row, j, k] - mean[k]))


@kernel
def alike2(states, a, b, dt_s, slack_mps2):
    """Squared distance in (r, v) between the combined estimates of rows a and b, a carried straight on by dt_s to b's time.

    Both covariances are added (they are treated as independent), and the bend that slack_mps2 of acceleration could cause.
    """
    mean_a, mean_b, C = np.empty(6), np.empty(6), np.zeros((6, 6))
    _combined(states, a, mean_a, C)
    _combined(states, b, mean_b, C)
    dx = mean_b - mean_a
    for i in range(3):
        dx[i] -= mean_a[i + 3] * dt_s
        C[i, i] += (0.5 * slack_mps2 * dt_s * dt_s) ** 2
        C[i + 3, i + 3] += (slack_mps2 * dt_s) ** 2
    return distance2(dx, C, 6)


@kernel
def coast_heights(x, dt_s, max_step_s, h):
    """Ellipsoidal height of coasting states x (n, 10) after dt_s (n,), forces left out; it stops once below the ground."""
    state = np.empty(N_STATE)
    for k in range(x.shape[0]):
        for i in range(N_STATE):
            state[i] = x[k, i]
        state[6], state[7], state[8] = 0.0, 0.0, 0.0
        left = dt_s[k]
        h[k] = geodetic_from_ecef(state[0], state[1], state[2])[2]
        while left > 0.0 and h[k] > 0.0:
            part = min(left, max_step_s)
            advance(state, part, max_step_s, state)
            left -= part
            h[k] = geodetic_from_ecef(state[0], state[1], state[2])[2]
