"""Inside or outside: whose ground a place is on, and polygons of any use. All in degrees of latitude and longitude.

One index serves both: a grid of cells, each of which knows its ground if no edge touches it, and lists the edges if some do. A
place in a touched cell walks north, cell by cell, until one that knows; each edge crossed on the way changes the ground. An index
is the tuple (cells, frame, first, ends, owner):

    cells   (rows, cols) uint16, a territory's number where no edge touches the cell, MIXED elsewhere
    frame   (south, west, rows to a degree, columns to a degree); north of the frame is no ground
    first   (rows * cols + 1,) uint32: cell k meets the rows first[k]:first[k + 1] of the next two
    ends    (k, 4) longitude, longitude, latitude, latitude of the two ends of an edge, the second unwrapped
    owner   (k,) int32, the exclusive-or of the numbers of the territories on its two sides, 0 for sea

A ray to the north crosses into and out of every territory, and each edge carries the numbers on its two sides, so every number
but the place's own cancels. Source: the crossing-number rule (Shimrat, CACM 5(8), 1962).
"""

import numpy as np

from bongsu.kernels._jit import inlined, kernel

MIXED = 65535  # cell that some edge touches: ask its edges


@inlined
def short_way(step_deg):
    """A step in longitude the short way round."""
    return step_deg - 360.0 * np.floor(step_deg / 360.0 + 0.5)


@kernel
def unfold_edges(lat_deg, lon_deg, first, owners):
    """Every segment of the arcs `coast.unfold_points` takes. A segment over the antimeridian stands twice, once on each side,
    so that a place between -180 and 180 meets it.

    Returns: latitudes (e, 2) and longitudes (e, 2) in degrees, the second unwrapped; owners (e, 2) int64.
    """
    most = 2 * lat_deg.shape[0]
    lat = np.empty((most, 2))
    lon = np.empty((most, 2))
    owner = np.empty((most, 2), np.int64)
    n = 0
    for arc in range(owners.shape[0]):
        for v in range(first[arc], first[arc + 1] - 1):
            begin = lon_deg[v]
            end = begin + short_way(lon_deg[v + 1] - begin)
            other = 360.0 if end < -180.0 else -360.0 if end > 180.0 else 0.0
            for shift in (0.0, other):
                lat[n, 0], lat[n, 1] = lat_deg[v], lat_deg[v + 1]
                lon[n, 0], lon[n, 1] = begin + shift, end + shift
                owner[n, 0], owner[n, 1] = owners[arc, 0], owners[arc, 1]
                n += 1
                if other == 0.0:
                    break
    return lat[:n].copy(), lon[:n].copy(), owner[:n].copy()


@inlined
def _span(a, b, origin, per_deg, n):
    """First and last of n cells that the stretch between a and b meets, kept inside the frame."""
    low = min(max(int(np.floor((min(a, b) - origin) * per_deg)), 0), n - 1)
    high = min(max(int(np.floor((max(a, b) - origin) * per_deg)), 0), n - 1)
    return low, high


@kernel
def build_index(edge_lat, edge_lon, owners, frame, rows, cols):
    """An index over edges (e, 2) with the numbers on their sides (e, 2). Domain: edges within the frame, or beyond it east and
    west by less than half a turn; an edge along a meridian meets no ray but makes its cells MIXED.
    """
    south, west, rows_per_deg, cols_per_deg = frame
    first = np.zeros(rows * cols + 1, np.uint32)
    for i in range(edge_lat.shape[0]):
        r0, r1 = _span(edge_lat[i, 0], edge_lat[i, 1], south, rows_per_deg, rows)
        c0, c1 = _span(edge_lon[i, 0], edge_lon[i, 1], west, cols_per_deg, cols)
        for r in range(r0, r1 + 1):
            for c in range(c0, c1 + 1):
                first[r * cols + c + 1] += 1
    for k in range(rows * cols):
        first[k + 1] += first[k]
    at = first[:-1].copy()
    ends = np.empty((first[-1], 4))
    owner = np.empty(first[-1], np.int32)
    for i in range(edge_lat.shape[0]):
        r0, r1 = _span(edge_lat[i, 0], edge_lat[i, 1], south, rows_per_deg, rows)
        c0, c1 = _span(edge_lon[i, 0], edge_lon[i, 1], west, cols_per_deg, cols)
        for r in range(r0, r1 + 1):
            for c in range(c0, c1 + 1):
                q = at[r * cols + c]
                at[r * cols + c] = q + 1
                ends[q, 0], ends[q, 1], ends[q, 2], ends[q, 3] = (
                    edge_lon[i, 0],
                    edge_lon[i, 1],
                    edge_lat[i, 0],
                    edge_lat[i, 1],
                )
                owner[q] = owners[i, 0] ^ owners[i, 1]
    cells = np.empty((rows, cols), np.uint16)
    for r in range(rows - 1, -1, -1):
        for c in range(cols):
            cells[r, c] = MIXED
            if first[r * cols + c] == first[r * cols + c + 1]:
                y, x = south + (r + 0.5) / rows_per_deg, west + (c + 0.5) / cols_per_deg
                cells[r, c] = _walk((y, x), (r + 1, c), frame, cells, first, ends, owner)
    return cells, frame, first, ends, owner


@kernel
def _walk(place, start, frame, cells, first, ends, owner):
    """The ground of a place (latitude, longitude), from the edges north of it in the cells of its column, from `start` (row,
    column) up to one that knows its ground.

    An edge stands in every cell it meets; its crossing is counted in the one row that holds it.
    """
    lat, lon = place
    row, col = start
    rows, cols = cells.shape
    south, rows_per_deg = frame[0], frame[2]
    number = 0
    for r in range(row, rows):
        if cells[r, col] != MIXED:
            return number ^ cells[r, col]
        cell = r * cols + col
        for q in range(first[cell], first[cell + 1]):
            a = ends[q, 0]
            b = ends[q, 1]
            if (a <= lon) == (b <= lon):
                continue
            u = ends[q, 2]
            v = ends[q, 3]
            y = min(max(u + (lon - a) * (v - u) / (b - a), min(u, v)), max(u, v))
            if y > lat and min(max(int(np.floor((y - south) * rows_per_deg)), 0), rows - 1) == r:
                number ^= owner[q]
    return number


@kernel
def ground_at(lat_deg, lon_deg, cells, frame, first, ends, owner):
    """The number of the territory one place is on, by the parts of an index; 0 at sea, outside the frame and for a NaN place."""
    south, west, rows_per_deg, cols_per_deg = frame
    row = (lat_deg - south) * rows_per_deg
    col = (lon_deg - west) * cols_per_deg
    if not (row >= 0.0 and row <= cells.shape[0] and col >= 0.0 and col <= cells.shape[1]):
        return 0
    r = min(int(row), cells.shape[0] - 1)
    c = min(int(col), cells.shape[1] - 1)
    if cells[r, c] != MIXED:
        return int(cells[r, c])
    return int(_walk((lat_deg, lon_deg), (r, c), frame, cells, first, ends, owner))


@kernel
def grounds(lat_rad, lon_rad, index, out):
    """The number of the territory each place is on. Places (n,) in radians (the index is in degrees); written: out (n,) int64."""
    cells, frame, first, ends, owner = index
    for i in range(lat_rad.shape[0]):
        out[i] = ground_at(np.degrees(lat_rad[i]), np.degrees(lon_rad[i]), cells, frame, first, ends, owner)


@kernel
def inside(lat_deg, lon_deg, index, out):
    """Which places a polygon holds: territory 1 of an index whose frame starts at its western edge.

    Edges are straight in latitude and longitude; holes are rings like others (odd crossings). Places (n,), longitudes of any
    turn, so the antimeridian is no seam; written: out (n,) bool. Domain: narrower than a full turn; a place on an edge may fall
    either way; a NaN place is outside.
    """
    cells, frame, first, ends, owner = index
    west = frame[1]
    for i in range(lat_deg.shape[0]):
        lon = lon_deg[i]
        if not (lon >= west and lon < west + 360.0):
            lon = west + (lon - west - 360.0 * np.floor((lon - west) / 360.0))
        out[i] = ground_at(lat_deg[i], lon, cells, frame, first, ends, owner) == 1


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
