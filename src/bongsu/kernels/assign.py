"""Which plot could belong to which track, and the best one-to-one choice among those."""

import math

import numpy as np

from bongsu.kernels._jit import kernel
from bongsu.kernels.gaussian import PLACE, SIGHT

COARSE_SIGMAS = (
    6.0  # the coarse gate must hold everything the fine one could: chi-squared of 3 at 1e-4 ends at 4.6 sigma
)
COARSE_P = 1e-3  # a motion less probable than this is not looked at
BACKWARD_BEND_M = 20_000.0  # the same at most, back in time: a very old plot must not seem to belong to everything


@kernel
def _reach(P, row, motion):
    """Six times the root of the trace of the position and of the velocity covariance of one motion of a track."""
    rr = P[row, motion, 0, 0] + P[row, motion, 1, 1] + P[row, motion, 2, 2]
    vv = P[row, motion, 3, 3] + P[row, motion, 4, 4] + P[row, motion, 5, 5]
    return COARSE_SIGMAS * math.sqrt(rr), COARSE_SIGMAS * math.sqrt(vv)


@kernel
def plot_reach(code, z, var):
    """Six sigma of a plot across its line of sight (rad for SIGHT) or in space (m)."""
    across = COARSE_SIGMAS * math.sqrt(max(var[0], var[1]))
    if code == SIGHT:
        return across
    if code == PLACE:
        return max(across, COARSE_SIGMAS * math.sqrt(var[2]))
    along = COARSE_SIGMAS * math.sqrt(var[0])
    return max(along, z[0] * COARSE_SIGMAS * math.sqrt(max(var[1], var[2])))


@kernel
def is_near(x, y, z, reach_m, code, origin, axes, measured, plot_reach_):
    """Whether a plot lies within reach_m, and its own reach, of the place (x, y, z); NaN is never near."""
    dx, dy, dz = x - origin[0], y - origin[1], z - origin[2]
    ux, uy, uz = axes[2, 0], axes[2, 1], axes[2, 2]
    if code == SIGHT:
        along = dx * ux + dy * uy + dz * uz
        if not along > -reach_m:
            return False
        px, py, pz = dx - along * ux, dy - along * uy, dz - along * uz
        return math.sqrt(px * px + py * py + pz * pz) <= reach_m + plot_reach_ * max(along, 0.0)
    if code != PLACE:
        dx, dy, dz = dx - measured[0] * ux, dy - measured[0] * uy, dz - measured[0] * uz
    return math.sqrt(dx * dx + dy * dy + dz * dz) <= reach_m + plot_reach_


@kernel
def _could_be(x, P, p, bend_mps2, row, dt_s, code, origin, axes, measured, own_reach):
    """Whether any probable motion of a track, flown straight on for dt_s, comes near a plot."""
    for j in range(p.shape[1]):
        if p[row, j] < COARSE_P:
            continue
        reach_m, reach_mps = _reach(P, row, j)
        s = x[row, j]
        bend_m = 0.5 * bend_mps2[j] * dt_s * dt_s
        far_m = reach_m + abs(dt_s) * reach_mps + (min(bend_m, BACKWARD_BEND_M) if dt_s < 0.0 else bend_m)
        at = s[0] + s[3] * dt_s, s[1] + s[4] * dt_s, s[2] + s[5] * dt_s
        if is_near(at[0], at[1], at[2], far_m, code, origin, axes, measured, own_reach):
            return True
    return False


@kernel
def coarse_pairs(
    x, P, p, bend_mps2, t_ns, t_own_ns, late_ns, gap_ns, plot_t_ns, code, origin, axes, z, var, is_old, is_repeat
):
    """All pairs of a track and a plot that a generous gate lets through, in order of track, then plot.

    Tracks: x (n, M, 10), P, p and times t_ns (n,); bend_mps2 (M,) bounds the acceleration of each motion, for its path is taken
    as straight; t_own_ns (n,) is the time of the track's last plot from this very sensor, or -1. Plots as for motions.gate, times plot_t_ns (k,). A plot more than late_ns older than a near track marks is_old (k,),
    one with the very time of the track's last plot from the same sensor marks is_repeat (k,); neither makes a pair, nor does one
    more than gap_ns ahead. Returns (pair_track, pair_plot).
    """
    n, k = t_ns.shape[0], plot_t_ns.shape[0]
    capacity = max(16, 4 * (n + k))
    tracks, plots = np.empty(capacity, np.int64), np.empty(capacity, np.int64)
    found = 0
    for i in range(n):
        for c in range(k):
            ahead_ns = plot_t_ns[c] - t_ns[i]
            if ahead_ns > gap_ns or ahead_ns < -gap_ns:
                continue
            own_reach = plot_reach(code, z[c], var[c])
            if not _could_be(x, P, p, bend_mps2, i, ahead_ns * 1e-9, code, origin[c], axes[c], z[c], own_reach):
                continue
            if plot_t_ns[c] == t_own_ns[i]:
                is_repeat[c] = True
            elif ahead_ns < -late_ns:
                is_old[c] = True
            else:
                if found == capacity:
                    capacity *= 2
                    tracks, plots = _grown(tracks, capacity), _grown(plots, capacity)
                tracks[found], plots[found] = i, c
                found += 1
    return tracks[:found].copy(), plots[:found].copy()


@kernel
def _grown(a, capacity):
    """A longer array that begins as `a` does."""
    out = np.empty(capacity, np.int64)
    out[: a.shape[0]] = a
    return out


@kernel
def near_pairs(r, changed, reach_m):
    """Pairs (i, j), i < j, of places r (n, 3) within reach_m (n,) of the two added, at least one of them changed (n,)."""
    n = r.shape[0]
    capacity = max(16, 2 * n)
    first, second = np.empty(capacity, np.int64), np.empty(capacity, np.int64)
    found = 0
    for i in range(n):
        for j in range(i + 1, n):
            if not (changed[i] or changed[j]):
                continue
            dx, dy, dz = r[i, 0] - r[j, 0], r[i, 1] - r[j, 1], r[i, 2] - r[j, 2]
            far_m = reach_m[i] + reach_m[j]
            if dx * dx + dy * dy + dz * dz <= far_m * far_m:
                if found == capacity:
                    capacity *= 2
                    first, second = _grown(first, capacity), _grown(second, capacity)
                first[found], second[found] = i, j
                found += 1
    return first[:found].copy(), second[:found].copy()


@kernel
def assign(row_start, column, cost, n_columns, miss_cost):
    """The cheapest one-to-one choice of columns for rows; a row without a column pays miss_cost.

    Row i may take column[k] at cost[k] (finite) for k in [row_start[i], row_start[i + 1]). Shortest augmenting paths over the
    sparse costs, one row at a time, with dual prices u, v kept so that cost - u - v >= 0 (Dijkstra's condition). Optimal; among
    equally cheap choices the order of rows and columns decides. Returns match (n_rows,): a column, or -1.
    Source: Jonker & Volgenant, Computing 38 (1987); Burkard, Dell'Amico & Martello, Assignment Problems (2009), sec. 4.4.
    """
    n_rows = row_start.shape[0] - 1
    n_all = n_columns + n_rows  # each row has a column of its own that means a miss
    u, v, dist = np.zeros(n_rows), np.zeros(n_all), np.full(n_all, np.inf)
    row_of, came_from = np.full(n_all, -1, np.int64), np.full(n_all, -1, np.int64)
    is_done, frontier = np.zeros(n_all, np.bool_), np.empty(n_all, np.int64)
    match = np.full(n_rows, -1, np.int64)
    for root in range(n_rows):
        u[root] = miss_cost - v[n_columns + root]
        for k in range(row_start[root], row_start[root + 1]):
            u[root] = min(u[root], cost[k] - v[column[k]])
        n_front = 0
        row, reached, sink = root, 0.0, -1
        while sink < 0:
            for k in range(row_start[row], row_start[row + 1] + 1):
                is_miss = k == row_start[row + 1]
                c = n_columns + row if is_miss else column[k]
                if is_done[c]:
                    continue
                d = reached + (miss_cost if is_miss else cost[k]) - u[row] - v[c]
                if d < dist[c]:
                    if dist[c] == np.inf:
                        frontier[n_front] = c
                        n_front += 1
                    dist[c], came_from[c] = d, row
            best = _nearest(frontier, n_front, dist, is_done)
            reached = dist[best]
            is_done[best] = True
            row = row_of[best]
            if row < 0:
                sink = best
        _reprice(frontier, n_front, is_done, dist, reached, root, row_of, u, v)
        _flip(sink, root, came_from, row_of, match)
        for k in range(n_front):
            dist[frontier[k]], is_done[frontier[k]] = np.inf, False
    for i in range(n_rows):
        if match[i] >= n_columns:
            match[i] = -1
    return match


@kernel
def _nearest(frontier, n_front, dist, is_done):
    """The open column with the smallest distance; the lowest number among equals."""
    best = -1
    for k in range(n_front):
        c = frontier[k]
        if not is_done[c] and (best < 0 or dist[c] < dist[best] or (dist[c] == dist[best] and c < best)):
            best = c
    return best


@kernel
def _reprice(frontier, n_front, is_done, dist, reached, root, row_of, u, v):
    """Update the dual prices of everything the search has settled."""
    u[root] += reached
    for k in range(n_front):
        c = frontier[k]
        if is_done[c] and row_of[c] >= 0:
            u[row_of[c]] += reached - dist[c]
        if is_done[c]:
            v[c] -= reached - dist[c]


@kernel
def _flip(sink, root, came_from, row_of, match):
    """Turn the path from root to sink into matches."""
    c = sink
    while True:
        row = came_from[c]
        row_of[c] = row
        c, match[row] = match[row], c
        if row == root:
            return
