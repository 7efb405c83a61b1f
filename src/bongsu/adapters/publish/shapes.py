"""Outlines on the ground: error ellipses, fans, great circles, as latitudes and longitudes in degrees."""

import math
from collections.abc import Sequence

from bongsu.geo import frames
from bongsu.messages.units import CovEN, Vec3

N_OUTLINE = 72  # corners of a drawn ellipse: one every five degrees

Line = list[tuple[float, float]]  # latitude, longitude in degrees


def ellipse(lat_rad: float, lon_rad: float, cov_en_m2: CovEN, p_inside: float) -> Line:
    """The outline of the region that holds `p_inside`, clockwise from the far end; the first point is not repeated."""
    major_m, minor_m, bearing_rad = frames.ellipse(cov_en_m2, p_inside)
    found = []
    for k in range(N_OUTLINE):
        turn = 2.0 * math.pi * k / N_OUTLINE
        along_m, across_m = major_m * math.cos(turn), minor_m * math.sin(turn)
        azimuth_rad = bearing_rad + math.atan2(across_m, along_m)
        found.append(frames.destination(lat_rad, lon_rad, azimuth_rad, math.hypot(along_m, across_m)))
    return [(math.degrees(lat), math.degrees(lon)) for lat, lon in found]


def great_circle(start: tuple[float, float], end: tuple[float, float], n_points: int = 40) -> Line:
    """Points along the geodesic between two places in degrees, both ends included."""
    (lat1, lon1), (lat2, lon2) = (tuple(map(math.radians, place)) for place in (start, end))
    length_m, azimuth_rad, _ = frames.geodesic_inverse(lat1, lon1, lat2, lon2)
    steps = [length_m * k / (n_points - 1) for k in range(1, n_points - 1)]
    between = [frames.destination(lat1, lon1, azimuth_rad, step_m) for step_m in steps]
    return [start, *((math.degrees(lat), math.degrees(lon)) for lat, lon in between), end]


def outline(lat_rad: Sequence[float], lon_rad: Sequence[float]) -> Line:
    """Columns of radians as a list of points in degrees."""
    return [(math.degrees(lat), math.degrees(lon)) for lat, lon in zip(lat_rad, lon_rad, strict=True)]


def distance_m(start: tuple[float, float], end: tuple[float, float]) -> float:
    """Geodesic distance between two places in degrees."""
    return frames.distance_m(*map(math.radians, (*start, *end)))


def places(r_ecef_m: Sequence[Vec3]) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Latitudes and longitudes in radians of ECEF places."""
    found = frames.geodetic_from_ecef(r_ecef_m)
    return tuple(found[:, 0].tolist()), tuple(found[:, 1].tolist())
