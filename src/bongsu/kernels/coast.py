"""Nearest coast of many points at once, and whose land a point is on: the compiled half of `geo.zones`.

Distances are chords between ECEF points on the ellipsoid (height zero). The arc 2 R asin(chord / 2R), R the mean radius, is
within 0.2 m of the geodesic up to 400 km (tests/oracles/test_zones_geometry.py), so 200 nm thresholds are chord thresholds.

Two indexes answer the same question. The *candidate grid* lists, for each small cell of one region, every coast point that
can be nearest to any place in the cell. The *buckets* are cubes of one edge length covering the Earth; the nearest point
within an edge length lies in the 27 cubes around a place. The grid is quick, the buckets serve the rest of the world.
"""

import numpy as np

from bongsu.constants import A_EARTH_M, E2_EARTH, R_MEAN_EARTH_M
from bongsu.kernels._jit import inlined, kernel

MIXED = 65535  # land cell that some coast or border touches: ask the edges
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


@inlined
def _short_way(step_deg):
    """A step in longitude the short way round."""
    return step_deg - 360.0 * np.floor(step_deg / 360.0 + 0.5)


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
                lon[n] = lon_deg[v] + share * _short_way(lon_deg[after] - lon_deg[v])
                owner[n] = owners[arc, 0]
                n += 1
    return lat[:n].copy(), lon[:n].copy(), owner[:n].copy()


@kernel
def unfold_edges(lat_deg, lon_deg, first, owners):
    """Every segment of the arcs `unfold_points` takes. A segment over the antimeridian stands twice, once on each side, so that
    a place between -180 and 180 meets it.

    Returns: latitudes (e, 2) and longitudes (e, 2) in degrees, the second unwrapped; owners (e, 2) int64.
    """
    most = 2 * lat_deg.shape[0]
    lat = np.empty((most, 2))
    lon = np.empty((most, 2))
    owner = np.empty((most, 2), np.int64)
    n = 0
    for arc in range(owners.shape[0]):
        for v in range(first[arc], first[arc + 1] - 1):
            step = _short_way(lon_deg[v + 1] - lon_deg[v])
            begin = lon_deg[v]
            end = begin + step
            other = 360.0 if end < -180.0 else -360.0 if end > 180.0 else 0.0
            for shift in (0.0, other):
                lat[n, 0], lat[n, 1] = lat_deg[v], lat_deg[v + 1]
                lon[n, 0], lon[n, 1] = begin + shift, end + shift
                owner[n, 0], owner[n, 1] = owners[arc, 0], owners[arc, 1]
                n += 1
                if other == 0.0:
                    break
    return lat[:n].copy(), lon[:n].copy(), owner[:n].copy()


@kernel
def thinned(lat_deg, lon_deg, step_deg):
    """A line with fewer vertices: those at least a step (degrees, longitude shrunk by the cosine) from the last one kept.

    (n,), (n,) -> (k, 2); the first stays, the last stays if any other does, a line shorter than a step comes back as one vertex.
    """
    kept = np.empty((lat_deg.shape[0], 2))
    n = 0
    for i in range(lat_deg.shape[0]):
        if n > 0:
            x = (lon_deg[i] - kept[n - 1, 1]) * np.cos(np.radians(lat_deg[i]))
            y = lat_deg[i] - kept[n - 1, 0]
            is_last = i == lat_deg.shape[0] - 1 and n > 1
            if x * x + y * y < step_deg * step_deg and not is_last:
                continue
        kept[n, 0], kept[n, 1] = lat_deg[i], lon_deg[i]
        n += 1
    return kept[:n].copy()


@inlined
def _bucket(x):
    """Index of the bucket that holds coordinate x (m) along one axis."""
    return int((x - _ORIGIN_M) / BUCKET_M)


@kernel
def fill_buckets(xyz):
    """Coast points sorted into cubes of BUCKET_M.

    Parameters: xyz (n, 3) m, within 6,800 km of the Earth's centre on each axis.
    Returns: first (N_BUCKET^3 + 1,) int32, members (n,) int32; cube k holds members[first[k]:first[k + 1]], ascending.
    """
    n = xyz.shape[0]
    key = np.empty(n, np.int32)
    first = np.zeros(N_BUCKET**3 + 1, np.int32)
    for i in range(n):
        key[i] = (_bucket(xyz[i, 0]) * N_BUCKET + _bucket(xyz[i, 1])) * N_BUCKET + _bucket(xyz[i, 2])
        first[key[i] + 1] += 1
    for k in range(N_BUCKET**3):
        first[k + 1] += first[k]
    at = first[:-1].copy()
    members = np.empty(n, np.int32)
    for i in range(n):
        members[at[key[i]]] = i
        at[key[i]] += 1
    return first, members


@kernel
def _among(x, y, z, xyz, is_rock, listed, begin, end, best):
    """Improve `best` = (d2 m^2, index, d2 without rocks, index without rocks) by the points listed[begin:end]; ties keep the
    lower index."""
    d2, j, e2, k = best
    for q in range(begin, end):
        p = listed[q]
        dx = x - xyz[p, 0]
        dy = y - xyz[p, 1]
        dz = z - xyz[p, 2]
        r2 = dx * dx + dy * dy + dz * dz
        if r2 < d2 or (r2 == d2 and p < j):
            d2 = r2
            j = p
        if (r2 < e2 or (r2 == e2 and p < k)) and not is_rock[p]:
            e2 = r2
            k = p
    return d2, j, e2, k


@kernel
def _in_buckets(x, y, z, xyz, is_rock, first, members):
    """As `_among`, over the 27 buckets around a place: right for every point nearer than BUCKET_M."""
    best = (np.inf, -1, np.inf, -1)
    bx, by, bz = _bucket(x), _bucket(y), _bucket(z)
    for kx in range(max(bx - 1, 0), min(bx + 2, N_BUCKET)):
        for ky in range(max(by - 1, 0), min(by + 2, N_BUCKET)):
            row = (kx * N_BUCKET + ky) * N_BUCKET
            begin = first[row + max(bz - 1, 0)]
            end = first[row + min(bz + 2, N_BUCKET)]
            best = _among(x, y, z, xyz, is_rock, members, begin, end, best)
    return best


@kernel
def _nearest(lat_rad, lon_rad, points, grid, buckets):
    """(squared chord m^2, coast point, the same two without rocks) of one place; inf and -1 where none is near.

    points = (xyz (m, 3) m, is_rock (m,)); buckets = (first, members) of `fill_buckets` over them.
    grid = (first (r * c + 1,), candidates, frame, xyz, is_rock, point): the candidates of each cell number rows of the grid's
    own short table of points, whose numbers among all points are `point`; frame = (south_rad, west_rad, step_rad, r, c).
    """
    grid_first, candidates, frame, grid_xyz, grid_is_rock, point = grid
    south_rad, west_rad, step_rad, n_rows, n_cols = frame
    x, y, z = _ecef(lat_rad, lon_rad)
    best = (np.inf, -1, np.inf, -1)
    row = np.floor((lat_rad - south_rad) / step_rad)
    col = np.floor((lon_rad - west_rad) / step_rad)
    if row >= 0.0 and row < n_rows and col >= 0.0 and col < n_cols:
        cell = int(row) * int(n_cols) + int(col)
        best = _among(x, y, z, grid_xyz, grid_is_rock, candidates, grid_first[cell], grid_first[cell + 1], best)
        d2, j, e2, k = best
        return d2, point[j] if j >= 0 else -1, e2, point[k] if k >= 0 else -1
    if x == x:  # not for a place that is NaN
        return _in_buckets(x, y, z, points[0], points[1], buckets[0], buckets[1])
    return best


@inlined
def _arc(chord2_m2, limit_m):
    """Arc of a squared chord, 2 R asin(c / 2R), m; inf beyond the limit."""
    arc_m = 2.0 * R_MEAN_EARTH_M * np.arcsin(min(0.5 * np.sqrt(chord2_m2) / R_MEAN_EARTH_M, 1.0))
    return arc_m if arc_m <= limit_m else np.inf


@kernel
def members(lat_rad, lon_rad, limit_m, coast, land, boxes, out):
    """Ground, deciding feature and distance to the coast of many places.

    Parameters: lat_rad, lon_rad (n,), any turn; limit_m, the greatest arc looked for, below BUCKET_M;
    coast = (points, grid, buckets, feature): as `_nearest` takes them, and the feature of each point;
    land = (cells, cell_deg, edge_lat, edge_lon, owners, bands): as `_ground` takes them;
    boxes = (number (b,), bounds (b, 4) south, west, north, east in degrees, feature (b,)): parts of a territory that are
    features of their own, first match first.
    Written: out = (is_land, feature, feature_plain, distance_m, distance_plain_m), each (n,). On land the feature is the
    ground's, at sea the nearest coast's; `plain` leaves rocks out; -1 and inf beyond the limit and for a NaN place.
    """
    points, grid, buckets, point_feature = coast
    is_land, feature, feature_plain, distance_m, distance_plain_m = out
    for i in range(lat_rad.shape[0]):
        lon = lon_rad[i]
        if lon < -np.pi or lon >= np.pi:
            lon -= 2.0 * np.pi * np.floor(lon / (2.0 * np.pi) + 0.5)
        d2, j, e2, k = _nearest(lat_rad[i], lon, points, grid, buckets)
        distance_m[i] = _arc(d2, limit_m)
        distance_plain_m[i] = _arc(e2, limit_m)
        feature[i] = point_feature[j] if distance_m[i] < np.inf else -1
        feature_plain[i] = point_feature[k] if distance_plain_m[i] < np.inf else -1
        number = _ground(np.degrees(lat_rad[i]), np.degrees(lon), land)
        is_land[i] = number > 0
        if number > 0:
            feature[i] = _part(np.degrees(lat_rad[i]), np.degrees(lon), number, boxes)
            feature_plain[i] = feature[i]


@inlined
def _part(lat_deg, lon_deg, number, boxes):
    """The feature of a place on the ground of a territory: a box of it that holds the place, else the territory's own row."""
    box_number, bounds, box_feature = boxes
    found = number - 1
    for b in range(box_number.shape[0]):
        if (
            box_number[b] == number
            and bounds[b, 0] <= lat_deg <= bounds[b, 2]
            and bounds[b, 1] <= lon_deg <= bounds[b, 3]
        ):
            found = box_feature[b]
            break
    return found


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
def fill_bands(lon, west, width, n_bands):
    """Which edges meet each band of longitude, for a ray that runs north.

    Parameters: lon (e, 2), the two ends of each edge, unwrapped (they differ by less than half a turn); band k covers
    [west + k * width, west + (k + 1) * width), any unit. An edge along a meridian meets no ray and is left out.
    Returns: first (n_bands + 1,) int32, edges int32; band k meets edges[first[k]:first[k + 1]].
    """
    n = lon.shape[0]
    first = np.zeros(n_bands + 1, np.int32)
    for turn in range(2):
        if turn == 1:
            for k in range(n_bands):
                first[k + 1] += first[k]
            at = first[:-1].copy()
            edges = np.empty(first[n_bands], np.int32)
        for i in range(n):
            low = min(lon[i, 0], lon[i, 1])
            high = max(lon[i, 0], lon[i, 1])
            if low == high:
                continue
            begin = min(max(int((low - west) / width), 0), n_bands - 1)
            end = min(max(int((high - west) / width), 0), n_bands - 1)
            for k in range(begin, end + 1):
                if turn == 0:
                    first[k + 1] += 1
                else:
                    edges[at[k]] = i
                    at[k] += 1
    return first, edges


@kernel
def crossed(lon, lat, edge_lon, edge_lat, owners, first, edges, band):
    """Whose ground a place is on: the exclusive-or of the owners of all edges north of it, 0 for none.

    A ray to the North Pole, which is sea, enters and leaves every territory; each edge carries the numbers of the
    territories on its two sides (0 for sea), so every number but the place's own cancels.

    Parameters: lon, lat and the edges (e, 2) in one unit, lon inside the band; owners (e, 2) int; first, edges of
    `fill_bands`; band, the number of the place's band. Source: the crossing-number rule (Shimrat, CACM 5(8), 1962).
    """
    owner = 0
    for q in range(first[band], first[band + 1]):
        e = edges[q]
        a = edge_lon[e, 0]
        b = edge_lon[e, 1]
        if (a <= lon) == (b <= lon):
            continue
        if edge_lat[e, 0] + (lon - a) * (edge_lat[e, 1] - edge_lat[e, 0]) / (b - a) > lat:
            owner ^= owners[e, 0] ^ owners[e, 1]
    return owner


@kernel
def _ground(lat_deg, lon_deg, land):
    """The number of the territory one place is on, 0 at sea and for a NaN place; -180 <= lon_deg <= 180.

    land = (cells, cell_deg, edge_lat, edge_lon, owners, bands): cells (rows, cols) uint16 from 90 S, 180 W in steps of
    cell_deg hold a territory's number where no edge touches them, MIXED elsewhere; edges, owners as in `crossed`, in
    degrees; bands = (first, edges, width_deg).
    """
    cells, cell_deg, edge_lat, edge_lon, owners, bands = land
    if not (lat_deg >= -90.0 and lat_deg <= 90.0 and lon_deg >= -180.0 and lon_deg <= 180.0):
        return 0
    row = min(int((lat_deg + 90.0) / cell_deg), cells.shape[0] - 1)
    col = min(int((lon_deg + 180.0) / cell_deg), cells.shape[1] - 1)
    if cells[row, col] != MIXED:
        return int(cells[row, col])
    band = min(int((lon_deg + 180.0) / bands[2]), bands[0].shape[0] - 2)
    return crossed(lon_deg, lat_deg, edge_lon, edge_lat, owners, bands[0], bands[1], band)


@kernel
def ground(lat_deg, lon_deg, land, out):
    """The number of the territory each place is on. Places (n,) and land as in `_ground`; written: out (n,) int64."""
    for i in range(lat_deg.shape[0]):
        out[i] = _ground(lat_deg[i], lon_deg[i], land)


@kernel
def inside(lat_deg, lon_deg, edge_lon, edge_lat, owners, bands, out):
    """Whether each place lies inside a polygon of one or more rings (holes are rings too): odd crossings northwards.

    Edges are straight in latitude and longitude. The polygon is given unwrapped, eastwards from its western edge, so the
    antimeridian is no seam. Domain: narrower than a full turn, no pole inside; a place on an edge may fall either way.

    Parameters: places (n,) in degrees, any turn; edges (e, 2) in degrees; owners (e, 2), the first of each 1, the second 0;
    bands = (first, edges, width_deg, west_deg) of `fill_bands`. Written: out (n,) bool; a NaN place is outside.
    """
    first, edges, width_deg, west_deg = bands
    n_bands = first.shape[0] - 1
    for i in range(lat_deg.shape[0]):
        lon = lon_deg[i] - west_deg
        lon = west_deg + (lon - 360.0 * np.floor(lon / 360.0))
        band = (lon - west_deg) / width_deg
        out[i] = False
        if band >= 0.0 and band < n_bands:
            out[i] = crossed(lon, lat_deg[i], edge_lon, edge_lat, owners, first, edges, int(band)) == 1


@kernel
def cell_candidates(south_rad, west_rad, step_rad, limit_m, xyz, first, members, keep):
    """The coast points that can be nearest to some place of one cell and within the limit of it.

    With c the cell's centre, s the farthest its places lie from c, and a the nearest point to c: a point p is nearest somewhere
    in the cell only if the plane midway between p and a meets the ball around c,

        (|c - p|^2 - |c - a|^2) / (2 |p - a|) <= s,

    and likewise for the twelve points nearest to c instead of a. Used by the builder and by tests.

    Parameters: cell corner and width, rad; limit_m chord; xyz, first, members of `fill_buckets`; keep (m,) bool, the points
    considered. Domain: limit + 2 s <= 2 BUCKET_M.
    Returns: (k,) int32, ascending.
    """
    x, y, z = _ecef(south_rad + 0.5 * step_rad, west_rad + 0.5 * step_rad)
    spread = 0.0
    for corner in range(4):
        u, v, w = _ecef(south_rad + step_rad * (corner // 2), west_rad + step_rad * (corner % 2))
        spread = max(spread, np.sqrt((x - u) ** 2 + (y - v) ** 2 + (z - w) ** 2))
    spread += 100.0  # the cell bulges above its corners' plane by less than 60 m at quarter degree; and rounding
    near, d2 = _within(x, y, z, limit_m + 2.0 * spread, xyz, first, members, keep)
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
def _within(x, y, z, radius_m, xyz, first, members, keep):
    """Indices (int32) and squared chords of the kept points within radius_m (at most two buckets) of a place."""
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
