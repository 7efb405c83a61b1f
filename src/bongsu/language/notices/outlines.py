"""Outlines of what is printed as a circle, a sector or a corridor, on the ellipsoid; and whether a polygon crosses itself.

Pure Python, so that a notice is read without loading numerics; `kernels.earth` holds the same formulas, and a test compares.
"""

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from bongsu.constants import A_EARTH_M, B_EARTH_M, F_EARTH

N_RING: Final = 72  # corners of a full circle: within 0.1 % of its radius
Point = tuple[float, float]  # lat_rad, lon_rad


def wrapped(angle_rad: float) -> float:
    """The same direction in [-pi, pi]."""
    return math.remainder(angle_rad, math.tau)


def point_at(origin: Point, azimuth_rad: float, distance_m: float) -> Point:
    """The point at the end of a geodesic. Source: Vincenty, Survey Review 23 (1975), direct solution."""
    lat_rad, lon_rad = origin
    sin_a, cos_a = math.sin(azimuth_rad), math.cos(azimuth_rad)
    tan_u = (1.0 - F_EARTH) * math.tan(lat_rad)
    cos_u = 1.0 / math.hypot(1.0, tan_u)
    sin_u = tan_u * cos_u
    sigma1 = math.atan2(tan_u, cos_a)
    sin_alpha = cos_u * sin_a
    cos2_alpha = 1.0 - sin_alpha * sin_alpha
    u2 = cos2_alpha * (A_EARTH_M**2 - B_EARTH_M**2) / B_EARTH_M**2
    big_a = 1.0 + u2 / 16384.0 * (4096.0 + u2 * (-768.0 + u2 * (320.0 - 175.0 * u2)))
    big_b = u2 / 1024.0 * (256.0 + u2 * (-128.0 + u2 * (74.0 - 47.0 * u2)))
    sigma = first = distance_m / (B_EARTH_M * big_a)
    for _ in range(8):
        m = math.cos(2.0 * sigma1 + sigma)
        s, c = math.sin(sigma), math.cos(sigma)
        tail = big_b / 6.0 * m * (4.0 * s * s - 3.0) * (4.0 * m * m - 3.0)
        sigma = first + big_b * s * (m + big_b / 4.0 * (c * (2.0 * m * m - 1.0) - tail))
    m, s, c = math.cos(2.0 * sigma1 + sigma), math.sin(sigma), math.cos(sigma)
    lat = math.atan2(
        sin_u * c + cos_u * s * cos_a, (1.0 - F_EARTH) * math.hypot(sin_alpha, sin_u * s - cos_u * c * cos_a)
    )
    lam = math.atan2(s * sin_a, cos_u * c - sin_u * s * cos_a)
    big_c = F_EARTH / 16.0 * cos2_alpha * (4.0 + F_EARTH * (4.0 - 3.0 * cos2_alpha))
    inner = sigma + big_c * s * (m + big_c * c * (2.0 * m * m - 1.0))
    return lat, wrapped(lon_rad + lam - (1.0 - big_c) * F_EARTH * sin_alpha * inner)


def circle(centre: Point, radius_m: float) -> tuple[Point, ...]:
    """A ring around a point, clockwise from north."""
    return tuple(point_at(centre, math.tau * k / N_RING, radius_m) for k in range(N_RING))


def sector(centre: Point, inner_m: float, outer_m: float, from_rad: float, to_rad: float) -> tuple[Point, ...]:
    """A part of a ring between two azimuths, clockwise."""
    sweep = (to_rad - from_rad) % math.tau or math.tau
    n = max(2, math.ceil(N_RING * sweep / math.tau) + 1)
    azimuths = [from_rad + sweep * k / (n - 1) for k in range(n)]
    out = [point_at(centre, a, outer_m) for a in azimuths]
    back = [point_at(centre, a, inner_m) for a in reversed(azimuths)] if inner_m > 0.0 else [centre]
    return (*out, *back)


def corridor(line: Sequence[Point], half_width_m: float) -> tuple[Point, ...]:
    """All within a distance of a line: its sides, mitred at bends (at most doubled), and round ends."""
    ways = [_azimuth(a, b) for a, b in pairwise(line)]
    left, right = [], []
    for i, corner in enumerate(line):
        before, after = ways[max(0, i - 1)], ways[min(i, len(ways) - 1)]
        turn = wrapped(after - before)
        along = before + turn / 2.0
        reach_m = half_width_m / max(0.5, math.cos(turn / 2.0))
        left.append(point_at(corner, along - math.pi / 2.0, reach_m))
        right.append(point_at(corner, along + math.pi / 2.0, reach_m))
    ends = [k * math.pi / 12.0 for k in range(1, 12)]
    head = [point_at(line[-1], ways[-1] - math.pi / 2.0 + a, half_width_m) for a in ends]
    tail = [point_at(line[0], ways[0] + math.pi / 2.0 + a, half_width_m) for a in ends]
    return (*left, *head, *reversed(right), *tail)


def _azimuth(a: Point, b: Point) -> float:
    """Bearing of a great circle at its start; good to 0.1 degrees, enough to lay a side."""
    (lat1, lon1), (lat2, lon2) = a, b
    d = lon2 - lon1
    x = math.cos(lat1) * math.sin(lat2) - math.sin(lat1) * math.cos(lat2) * math.cos(d)
    return math.atan2(math.sin(d) * math.cos(lat2), x)


def crosses_itself(ring: Sequence[Point]) -> bool:
    """Whether two sides of a polygon cross, taken straight in latitude and longitude."""
    flat: list[Point] = []
    for lat, lon in ring:
        flat.append((lat, flat[-1][1] + wrapped(lon - flat[-1][1]) if flat else lon))
    sides = list(zip(flat, flat[1:] + flat[:1], strict=True))
    return any(
        _cross(*sides[i], *sides[j])
        for i in range(len(sides))
        for j in range(i + 2, len(sides))
        if (j + 1) % len(sides) != i
    )


def _cross(a: Point, b: Point, c: Point, d: Point) -> bool:
    return _turn(a, b, c) * _turn(a, b, d) < 0.0 and _turn(c, d, a) * _turn(c, d, b) < 0.0


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
