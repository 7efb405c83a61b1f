"""Which plot could belong to which track, and the best one-to-one choice among those."""

import math
from typing import NamedTuple

import numpy as np

from bongsu.kernels._jit import inlined, kernel
from bongsu.kernels.gaussian import PLACE, SIGHT

COARSE_SIGMAS = (
    6.0  # the coarse gate must hold everything the fine one could: chi-squared of 3 at 1e-4 ends at 4.6 sigma
)
COARSE_P = 1e-3  # a motion less probable than this is not looked at
BACKWARD_BEND_M = 20_000.0  # the bend of a path, back in time: a very old plot must not seem to belong to everything
FAR, FRESH, OLD, REPEAT = 0, 1, 2, 3  # what a plot may be to a track


class Times(NamedTuple):
    """When tracks are, for one sensor, and how far a plot may be from there."""

    t_ns: np.ndarray  # (n,) of the state
    t_own_ns: np.ndarray  # (n,) of the last plot from this very sensor, or -1
    late_ns: int  # a plot older than the state by more is too old
    gap_ns: int  # a plot farther away in time is not looked at


class Reach(NamedTuple):
    """How far each motion of each track may be from its mean, and how far from a straight line its path may bend."""

    r_m: np.ndarray  # (n, M)
    v_mps: np.ndarray  # (n, M)
    bend_mps2: np.ndarray  # (M,)


@kernel
def reach_of(states, bend_mps2):
    """Six times the roots of the traces of position and velocity covariance; -1 for a motion too improbable to be looked at."""
    n, n_modes = states.p.shape
    reach = Reach(np.empty((n, n_modes)), np.empty((n, n_modes)), bend_mps2)
    P = states.P
    for i in range(n):
        for j in range(n_modes):
            reach.r_m[i, j] = COARSE_SIGMAS * math.sqrt(P[i, j, 0, 0] + P[i, j, 1, 1] + P[i, j, 2, 2])
            reach.v_mps[i, j] = COARSE_SIGMAS * math.sqrt(P[i, j, 3, 3] + P[i, j, 4, 4] + P[i, j, 5, 5])
            if states.p[i, j] < COARSE_P:
                reach.r_m[i, j] = -1.0
    return reach


@kernel
def plot_reach(plots, c):
    """Six sigma of a plot across its line of sight (rad for SIGHT) or in space (m)."""
    var = plots.var[c]
    across = COARSE_SIGMAS * math.sqrt(max(var[0], var[1]))
    if plots.code == SIGHT:
        return across
    if plots.code == PLACE:
        return max(across, COARSE_SIGMAS * math.sqrt(var[2]))
    along = COARSE_SIGMAS * math.sqrt(var[0])
    return max(along, plots.z[c, 0] * COARSE_SIGMAS * math.sqrt(max(var[1], var[2])))


@inlined
def is_near(x, y, z, reach_m, plots, c, own_reach):
    """Whether plot c lies within reach_m, and its own reach, of the place (x, y, z); NaN is never near."""
    dx, dy, dz = x - plots.origin[c, 0], y - plots.origin[c, 1], z - plots.origin[c, 2]
    along, far_m = 0.0, reach_m + own_reach
    if plots.code != PLACE:
        ux, uy, uz = plots.axes[c, 2, 0], plots.axes[c, 2, 1], plots.axes[c, 2, 2]
        along = plots.z[c, 0]
        if plots.code == SIGHT:
            along = dx * ux + dy * uy + dz * uz
            far_m = reach_m + own_reach * max(along, 0.0) if along > -reach_m else -1.0
        dx, dy, dz = dx - along * ux, dy - along * uy, dz - along * uz
    return far_m > 0.0 and dx * dx + dy * dy + dz * dz <= far_m * far_m


@kernel
def _relate(states, reach, times, i, plots, own_reach, relation):
    """Fill relation (k,): what each plot is to track i. A motion is taken as flying straight on, within its bend."""
    x, n_modes = states.x, states.p.shape[1]
    for c in range(relation.shape[0]):
        ahead_ns = plots.t_ns[c] - times.t_ns[i]
        dt_s, relation[c] = ahead_ns * 1e-9, FAR
        if ahead_ns > times.gap_ns or ahead_ns < -times.gap_ns:
            continue
        for j in range(n_modes):
            if reach.r_m[i, j] < 0.0:
                continue
            bend_m = 0.5 * reach.bend_mps2[j] * dt_s * dt_s
            if dt_s < 0.0:
                bend_m = min(bend_m, BACKWARD_BEND_M)
            far_m = reach.r_m[i, j] + abs(dt_s) * reach.v_mps[i, j] + bend_m
            px, py, pz = x[i, j, 0] + x[i, j, 3] * dt_s, x[i, j, 1] + x[i, j, 4] * dt_s, x[i, j, 2] + x[i, j, 5] * dt_s
            if is_near(px, py, pz, far_m, plots, c, own_reach[c]):
                relation[c] = _kind_of_near(plots.t_ns[c], times.t_own_ns[i], ahead_ns < -times.late_ns)
                break


@kernel
def _kind_of_near(t_ns, t_own_ns, is_late):
    """What a plot near a track is: the track has had it, or a later one of that sensor, or it is too late, or it can be used."""
    if t_ns == t_own_ns:
        return REPEAT
    return OLD if is_late or t_ns < t_own_ns else FRESH


@kernel
def coarse_pairs(states, bend_mps2, times, plots, mark):
    """All pairs of a track and a plot that a generous gate lets through, in order of track, then plot.

    bend_mps2 (M,) bounds the acceleration of each motion, for its path is taken as straight. A plot too late for a near track, or
    older than the last one its sensor gave it, gets mark (k,) OLD; one with the very time of that one REPEAT; neither makes a
    pair. Returns (pair_track, pair_plot).
    """
    n, k = times.t_ns.shape[0], plots.t_ns.shape[0]
    reach, own_reach, relation = reach_of(states, bend_mps2), np.empty(k), np.empty(k, np.int64)
    for c in range(k):
        own_reach[c] = plot_reach(plots, c)
    tracks, columns = np.empty(max(16, 4 * (n + k)), np.int64), np.empty(max(16, 4 * (n + k)), np.int64)
    found = 0
    for i in range(n):
        _relate(states, reach, times, i, plots, own_reach, relation)
        for c in range(k):
            if relation[c] == FRESH:
                tracks, columns = _roomy(tracks, found), _roomy(columns, found)
                tracks[found], columns[found] = i, c
                found += 1
            else:
                mark[c] = max(mark[c], relation[c])
    return tracks[:found].copy(), columns[:found].copy()


@kernel
def _roomy(a, n):
    """The array itself while it has room for one more than n, else a copy twice as long."""
    if n < a.shape[0]:
        return a
    out = np.empty(2 * n, np.int64)
    out[:n] = a
    return out


@kernel
def near_pairs(r, changed, reach_m):
    """Pairs (i, j), i < j, of places r (n, 3) within reach_m (n,) of the two added, at least one of them changed (n,)."""
    n = r.shape[0]
    first, second = np.empty(max(16, n), np.int64), np.empty(max(16, n), np.int64)
    found = 0
    for i in range(n):
        for j in range(i + 1, n):
            if not (changed[i] or changed[j]):
                continue
            dx, dy, dz = r[i, 0] - r[j, 0], r[i, 1] - r[j, 1], r[i, 2] - r[j, 2]
            far_m = reach_m[i] + reach_m[j]
            if dx * dx + dy * dy + dz * dz <= far_m * far_m:
                first, second = _roomy(first, found), _roomy(second, found)
                first[found], second[found] = i, j
                found += 1
    return first[:found].copy(), second[:found].copy()


class Costs(NamedTuple):
    """Sparse costs: row i may take column[k] at cost[k] for k in [start[i], start[i + 1]); a row without a column pays miss."""

    start: np.ndarray  # (n_rows + 1,)
    column: np.ndarray
    cost: np.ndarray
    miss: float


class Search(NamedTuple):
    """What a search for the best choice remembers: dual prices, matches, and the tree of the path being looked for."""

    u: np.ndarray  # (n_rows,) price of each row
    v: np.ndarray  # (n_all,) price of each column
    row_of: np.ndarray  # (n_all,) the row that has a column, or -1
    dist: np.ndarray  # (n_all,) from the root
    came_from: np.ndarray  # (n_all,) the row before
    is_done: np.ndarray  # (n_all,)
    front: np.ndarray  # (n_all,) columns met


@kernel
def assign(costs, n_columns):
    """The cheapest one-to-one choice of columns for rows.

    Shortest augmenting paths over sparse costs, one row at a time, with dual prices u, v kept so that cost - u - v >= 0
    (Dijkstra's condition). Optimal; among equally cheap choices the order of rows and columns decides. Costs must be finite.
    Returns match (n_rows,): a column, or -1. Each row has a further column of its own, numbered n_columns + row: a miss.
    Source: Jonker & Volgenant, Computing 38 (1987); Burkard, Dell'Amico & Martello, Assignment Problems (2009), sec. 4.4.
    """
    n_rows = costs.start.shape[0] - 1
    n_all = n_columns + n_rows
    s = Search(
        np.zeros(n_rows),
        np.zeros(n_all),
        np.full(n_all, -1, np.int64),
        np.full(n_all, np.inf),
        np.full(n_all, -1, np.int64),
        np.zeros(n_all, np.bool_),
        np.empty(n_all, np.int64),
    )
    match = np.full(n_rows, -1, np.int64)
    for root in range(n_rows):
        s.u[root] = costs.miss - s.v[n_columns + root]
        for k in range(costs.start[root], costs.start[root + 1]):
            s.u[root] = min(s.u[root], costs.cost[k] - s.v[costs.column[k]])
        sink, n_front = _shortest_path(costs, n_columns, root, s)
        _reprice(s, n_front, root, sink)
        _flip(s, sink, root, match)
        for k in range(n_front):
            s.dist[s.front[k]], s.is_done[s.front[k]] = np.inf, False
    for i in range(n_rows):
        if match[i] >= n_columns:
            match[i] = -1
    return match


@kernel
def _shortest_path(costs, n_columns, root, s):
    """Grow a tree of shortest paths from root until a free column is reached. Returns (that column, how many were met)."""
    n_front = 0
    row, reached = root, 0.0
    while True:
        for k in range(costs.start[row], costs.start[row + 1]):
            c = costs.column[k]
            n_front = _relax(s, c, row, reached + costs.cost[k] - s.u[row] - s.v[c], n_front)
        c = n_columns + row
        n_front = _relax(s, c, row, reached + costs.miss - s.u[row] - s.v[c], n_front)
        best = _nearest(s, n_front)
        reached = s.dist[best]
        s.is_done[best] = True
        row = s.row_of[best]
        if row < 0:
            return best, n_front


@kernel
def _relax(s, c, row, d, n_front):
    """Note that column c can be reached from row at distance d, if that is news; returns how many columns were met."""
    if s.is_done[c] or not d < s.dist[c]:
        return n_front
    if s.dist[c] == np.inf:
        s.front[n_front] = c
        n_front += 1
    s.dist[c], s.came_from[c] = d, row
    return n_front


@kernel
def _nearest(s, n_front):
    """The open column with the smallest distance; the lowest number among equals."""
    best = -1
    for k in range(n_front):
        c = s.front[k]
        if s.is_done[c]:
            continue
        if best < 0 or s.dist[c] < s.dist[best] or (s.dist[c] == s.dist[best] and c < best):
            best = c
    return best


@kernel
def _reprice(s, n_front, root, sink):
    """Update the dual prices of everything the search has settled."""
    reached = s.dist[sink]
    s.u[root] += reached
    for k in range(n_front):
        c = s.front[k]
        if not s.is_done[c]:
            continue
        s.v[c] -= reached - s.dist[c]
        if s.row_of[c] >= 0:
            s.u[s.row_of[c]] += reached - s.dist[c]


@kernel
def _flip(s, sink, root, match):
    """Turn the path from root to sink into matches."""
    c = sink
    while True:
        row = s.came_from[c]
        s.row_of[c] = row
        c, match[row] = match[row], c
        if row == root:
            return
