"""Nearest coast of many points at once, and whose land a point is on: the compiled half of `geo.zones`.

Distances are chords between ECEF points on the ellipsoid (height zero). The arc 2 R asin(chord / 2R), R the mean radius, is
within 0.6 m of the geodesic up to 400 km (tests/oracles/test_zones_geometry.py), so 200 nm thresholds are chord thresholds.

Two indexes answer the same question. The *candidate grid* lists, for each small cell of one region, every coast point that
can be nearest to any place in the cell. The *buckets* are cubes of one edge length covering the Earth; the nearest point
within an edge length lies in the 27 cubes around a place. The grid is quick, the buckets serve the rest of the world.
"""

import numpy as np

from bongsu.constants import A_EARTH_M, E2_EARTH, R_MEAN_EARTH_M
from bongsu.kernels._jit import inlined, kernel
from bongsu.kernels.ground import grounds, short_way

N_BUCKET = 37  # buckets along each axis; 37 cubes of 371 km span 2 * 6,378 km and a margin
BUCKET_M = 371_000.0  # edge of a bucket; just above 200 nm (370.4 km), so 27 buckets always suffice
_ORIGIN_M = -0.5 * N_BUCKET * BUCKET_M


@inlined
def _ecef(lat_rad, lon_rad):
    """ECEF (m) of a place on the WGS-84 ellipsoid; prime vertical N = a / sqrt(1 - e2 sin^2 lat). Source: TR8350.2."""
    s = np.sin(lat_rad)
    c = np.cos(lat_rad)
    n = A_EARTH_M / np.sqrt(1.0 - E2_EARTH * s * s)
    return n * c * np.cos(lon_rad), n * c * np.sin(lon_rad), n * (1.0 - E2_EARTH) * s


@kernel
def ecef_points(lat_rad, lon_rad):
    """ECEF of many places on the ellipsoid. (n,), (n,) rad -> (n, 3) m; NaN where an input is NaN."""
    out = np.empty((lat_rad.shape[0], 3))
    for i in range(lat_rad.shape[0]):
        out[i, 0], out[i, 1], out[i, 2] = _ecef(lat_rad[i], lon_rad[i])
    return out


@kernel
def unfold_points(lat_deg, lon_deg, first, owners, pieces):
    """The coast points of arcs, in order: a segment in k pieces gives its start and k - 1 points towards its end, the end of
    the last one stands for itself.

    Parameters: vertices (v,) in degrees; arc k is vertices first[k]:first[k + 1]; owners (arcs, 2), coast where the second is
    0 or equal to the first; pieces (v,) of the segment that starts at each vertex, 0 where none does or it is no coast.
    Returns: latitude, longitude (m,) in degrees, owner (m,) int64.
    """
    n = 0
    for arc in range(owners.shape[0]):
        if owners[arc, 1] == 0 or owners[arc, 1] == owners[arc, 0]:
            for v in range(first[arc], first[arc + 1]):
                n += pieces[v] + 1
    lat = np.empty(n)
    lon = np.empty(n)
    owner = np.empty(n, np.int64)
    n = 0
    for arc in range(owners.shape[0]):
        if owners[arc, 1] != 0 and owners[arc, 1] != owners[arc, 0]:
            continue
        begin, end = first[arc], first[arc + 1]
        for v in range(begin, end):
            count = pieces[v]
            if count == 0 and ((v > begin and pieces[v - 1] > 0) or end - begin == 1):
                count = 1
            after = min(v + 1, end - 1)
            for k in range(count):
                share = k / count
                lat[n] = lat_deg[v] + share * (lat_deg[after] - lat_deg[v])
                lon[n] = lon_deg[v] + share * short_way(lon_deg[after] - lon_deg[v])
                owner[n] = owners[arc, 0]
                n += 1
    return lat[:n].copy(), lon[:n].copy(), owner[:n].copy()


@inlined
def _bucket(x):
    """Index of the bucket that holds coordinate x (m) along one axis."""
    return int((x - _ORIGIN_M) / BUCKET_M)


@kernel
def fill_buckets(xyz):
    """Coast points sorted into cubes of BUCKET_M.

    Parameters: xyz (n, 3) m, within 6,800 km of the Earth's centre on each axis.
    Returns: first (N_BUCKET^3 + 1,) uint32, members (n,) uint32; cube k holds members[first[k]:first[k + 1]], ascending.
    """
    n = xyz.shape[0]
    key = np.empty(n, np.int32)
    first = np.zeros(N_BUCKET**3 + 1, np.uint32)
    for i in range(n):
        key[i] = (_bucket(xyz[i, 0]) * N_BUCKET + _bucket(xyz[i, 1])) * N_BUCKET + _bucket(xyz[i, 2])
        first[key[i] + 1] += 1
    for k in range(N_BUCKET**3):
        first[k + 1] += first[k]
    at = first[:-1].copy()
    members = np.empty(n, np.uint32)
    for i in range(n):
        members[at[key[i]]] = i
        at[key[i]] += 1
    return first, members


@inlined
def _closest(place, listed, begin, end, xyz, is_rock, no_rocks):
    """(squared chord m^2, point) of the nearest among the points listed[begin:end], the first of equals, without rocks if asked
    so; (inf, -1) if there is none."""
    x, y, z = place
    d2 = np.inf
    j = -1
    for q in range(begin, end):
        p = listed[q]
        dx = x - xyz[p, 0]
        dy = y - xyz[p, 1]
        dz = z - xyz[p, 2]
        r2 = dx * dx + dy * dy + dz * dz
        if r2 < d2 and not (no_rocks and is_rock[p]):
            d2 = r2
            j = p
    return d2, j


@inlined
def _cell(lat_rad, lon_rad, frame):
    """The cell of the candidate grid a place is in, -1 outside. frame = (south_rad, west_rad, step_rad, rows, columns)."""
    south_rad, west_rad, step_rad, n_rows, n_cols = frame
    row = np.floor((lat_rad - south_rad) / step_rad)
    col = np.floor((lon_rad - west_rad) / step_rad)
    cell = -1
    if row >= 0.0 and row < n_rows and col >= 0.0 and col < n_cols:
        cell = int(row) * int(n_cols) + int(col)
    return cell


@kernel
def near_in_grid(lat_rad, lon_rad, grid, out):
    """The nearest coast point of every place inside the candidate grid, with and without rocks.

    grid = (first (r * c + 1,), candidates, frame, xyz, is_rock, point): the candidates of each cell are rows of the grid's own
    short table of points, which `point` numbers among all points. Written: out = (squared chord m^2, point, the same two without
    rocks), each (n,); inf and -1 where none is near; a squared chord of -1 outside the grid.
    """
    first, candidates, frame, xyz, is_rock, point = grid
    d2, nearest, d2_plain, nearest_plain = out
    for i in range(lat_rad.shape[0]):
        cell = _cell(lat_rad[i], lon_rad[i], frame)
        if cell < 0:
            d2[i] = -1.0
            continue
        place = _ecef(lat_rad[i], lon_rad[i])
        begin, end = first[cell], first[cell + 1]
        r2, j = _closest(place, candidates, begin, end, xyz, is_rock, False)
        d2[i] = r2
        nearest[i] = point[j] if j >= 0 else -1
        if j >= 0 and is_rock[j]:
            r2, j = _closest(place, candidates, begin, end, xyz, is_rock, True)
        d2_plain[i] = r2
        nearest_plain[i] = point[j] if j >= 0 else -1


@kernel
def _in_27_buckets(place, first, members, xyz, is_rock, no_rocks):
    """As `_closest`, over the buckets around a place: right for every point nearer than BUCKET_M."""
    bx, by, bz = _bucket(place[0]), _bucket(place[1]), _bucket(place[2])
    d2 = np.inf
    j = -1
    for kx in range(max(bx - 1, 0), min(bx + 2, N_BUCKET)):
        for ky in range(max(by - 1, 0), min(by + 2, N_BUCKET)):
            row = (kx * N_BUCKET + ky) * N_BUCKET
            begin, end = first[row + max(bz - 1, 0)], first[row + min(bz + 2, N_BUCKET)]
            r2, p = _closest(place, members, begin, end, xyz, is_rock, no_rocks)
            if r2 < d2 or (r2 == d2 and p < j):
                d2 = r2
                j = p
    return d2, j


@kernel
def near_in_buckets(lat_rad, lon_rad, points, buckets, out):
    """As `near_in_grid`, for the places that left open (squared chord -1), from points = (xyz (m, 3), is_rock (m,)) and
    buckets = (first, members) of `fill_buckets` over them."""
    xyz, is_rock = points
    first, members = buckets
    d2, nearest, d2_plain, nearest_plain = out
    for i in range(lat_rad.shape[0]):
        if d2[i] >= 0.0:
            continue
        place = _ecef(lat_rad[i], lon_rad[i])
        r2, j = np.inf, -1
        if place[0] == place[0]:  # not for a NaN place
            r2, j = _in_27_buckets(place, first, members, xyz, is_rock, False)
        d2[i], nearest[i] = r2, j
        if j >= 0 and is_rock[j]:
            r2, j = _in_27_buckets(place, first, members, xyz, is_rock, True)
        d2_plain[i], nearest_plain[i] = r2, j


@inlined
def _arc(chord2_m2, limit_m):
    """Arc of a squared chord, 2 R asin(c / 2R), m; inf beyond the limit."""
    arc_m = 2.0 * R_MEAN_EARTH_M * np.arcsin(min(0.5 * np.sqrt(chord2_m2) / R_MEAN_EARTH_M, 1.0))
    return arc_m if arc_m <= limit_m else np.inf


@kernel
def members(lat_rad, lon_rad, limit_m, coast, land, boxes, out):
    """Ground, deciding feature and distance to the coast of many places.

    Parameters: lat_rad, lon_rad (n,), -pi <= lon <= pi; limit_m, the greatest arc looked for, below BUCKET_M;
    coast = (points, feature (m,), buckets, grid) as `near_in_buckets` and `near_in_grid` take them; land, an index of
    `kernels.ground`; boxes = (number (b,), bounds (b, 4) south, west, north, east in degrees, feature (b,)): parts of a
    territory that are features of their own, first match first.
    Written: out = (is_land, feature, feature_plain, distance_m, distance_plain_m), each (n,). On land the feature is the
    ground's, at sea the nearest coast's; `plain` leaves rocks out; -1 and inf beyond the limit and for a NaN place.
    """
    points, point_feature, buckets, grid = coast
    is_land, feature, feature_plain, distance_m, distance_plain_m = out
    number = np.empty(lat_rad.shape[0], np.int64)
    near_in_grid(lat_rad, lon_rad, grid, (distance_m, feature, distance_plain_m, feature_plain))
    near_in_buckets(lat_rad, lon_rad, points, buckets, (distance_m, feature, distance_plain_m, feature_plain))
    grounds(lat_rad, lon_rad, land, number)
    box_number, bounds, box_feature = boxes
    for i in range(lat_rad.shape[0]):
        is_same = distance_plain_m[i] == distance_m[i]
        distance_m[i] = _arc(distance_m[i], limit_m)
        distance_plain_m[i] = distance_m[i] if is_same else _arc(distance_plain_m[i], limit_m)
        is_land[i] = number[i] > 0
        if is_land[i]:
            lat_deg, lon_deg = np.degrees(lat_rad[i]), np.degrees(lon_rad[i])
            feature[i] = _part(lat_deg, lon_deg, number[i], box_number, bounds, box_feature)
            feature_plain[i] = feature[i]
        else:
            feature[i] = point_feature[feature[i]] if distance_m[i] < np.inf else -1
            feature_plain[i] = point_feature[feature_plain[i]] if distance_plain_m[i] < np.inf else -1


@kernel
def _part(lat_deg, lon_deg, number, box_number, bounds, box_feature):
    """The feature of a place on the ground of a territory: a box of it that holds the place, else the territory's own row."""
    for b in range(box_number.shape[0]):
        if (
            box_number[b] == number
            and bounds[b, 0] <= lat_deg <= bounds[b, 2]
            and bounds[b, 1] <= lon_deg <= bounds[b, 3]
        ):
            return box_feature[b]
    return number - 1


@kernel
def nearest_of_each(x, y, z, xyz, group, n_groups):
    """The nearest point of every group to one place, by looking at all points.

    Parameters: x, y, z (m, ECEF); xyz (m, 3); group (m,) int, 0 <= group < n_groups.
    Returns: chord (n_groups,) m, inf for an empty group; index (n_groups,) int64, -1 for an empty group.
    """
    d2 = np.full(n_groups, np.inf)
    index = np.full(n_groups, -1, np.int64)
    for p in range(xyz.shape[0]):
        dx = x - xyz[p, 0]
        dy = y - xyz[p, 1]
        dz = z - xyz[p, 2]
        r2 = dx * dx + dy * dy + dz * dz
        g = group[p]
        if r2 < d2[g]:
            d2[g] = r2
            index[g] = p
    return np.sqrt(d2), index


@kernel
def cell_candidates(cell, limit_m, xyz, buckets, keep):
    """The coast points that can be nearest to some place of one cell and within the limit of it.

    With c the cell's centre, s the farthest its places lie from c, and a the nearest point to c: a point p is nearest somewhere
    in the cell only if the plane midway between p and a meets the ball around c,

        (|c - p|^2 - |c - a|^2) / (2 |p - a|) <= s,

    and likewise for the twelve points nearest to c instead of a. Used by the builder and by tests.

    Parameters: cell = (south_rad, west_rad, step_rad); limit_m chord; xyz (m, 3) and `fill_buckets` of it; keep (m,) bool, the
    points considered. Domain: limit + 2 s <= 2 BUCKET_M.
    Returns: (k,) int32, ascending.
    """
    south_rad, west_rad, step_rad = cell
    x, y, z = _ecef(south_rad + 0.5 * step_rad, west_rad + 0.5 * step_rad)
    spread = 0.0
    for corner in range(4):
        u, v, w = _ecef(south_rad + step_rad * (corner // 2), west_rad + step_rad * (corner % 2))
        spread = max(spread, np.sqrt((x - u) ** 2 + (y - v) ** 2 + (z - w) ** 2))
    spread += 100.0  # the cell bulges above its corners' plane by less than 60 m at quarter degree; and rounding
    near, d2 = _within((x, y, z), limit_m + 2.0 * spread, xyz, buckets, keep)
    order = np.argsort(d2, kind="mergesort")
    if order.shape[0] == 0 or np.sqrt(d2[order[0]]) - spread > limit_m:
        return np.empty(0, np.int32)
    is_kept = np.sqrt(d2) - spread <= limit_m
    for k in range(min(12, order.shape[0])):
        a = near[order[k]]
        for q in range(near.shape[0]):
            if is_kept[q] and near[q] != a:
                p = near[q]
                apart = np.sqrt(
                    (xyz[p, 0] - xyz[a, 0]) ** 2 + (xyz[p, 1] - xyz[a, 1]) ** 2 + (xyz[p, 2] - xyz[a, 2]) ** 2
                )
                if d2[q] - d2[order[k]] > 2.0 * apart * spread:
                    is_kept[q] = False
    found = near[is_kept]
    found.sort()
    return found


@kernel
def _within(place, radius_m, xyz, buckets, keep):
    """Indices (int32) and squared chords of the kept points within radius_m (at most two buckets) of a place."""
    x, y, z = place
    first, members = buckets
    near = np.empty(members.shape[0], np.int32)
    d2 = np.empty(members.shape[0])
    n = 0
    bx, by, bz = _bucket(x), _bucket(y), _bucket(z)
    for kx in range(max(bx - 2, 0), min(bx + 3, N_BUCKET)):
        for ky in range(max(by - 2, 0), min(by + 3, N_BUCKET)):
            row = (kx * N_BUCKET + ky) * N_BUCKET
            for q in range(first[row + max(bz - 2, 0)], first[row + min(bz + 3, N_BUCKET)]):
                p = members[q]
                r2 = (x - xyz[p, 0]) ** 2 + (y - xyz[p, 1]) ** 2 + (z - xyz[p, 2]) ** 2
                if keep[p] and r2 <= radius_m * radius_m:
                    near[n] = p
                    d2[n] = r2
                    n += 1
    return near[:n].copy(), d2[:n].copy()
