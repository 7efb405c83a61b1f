"""Outlines on the ground: error ellipses, fans, great circles, as latitudes and longitudes in degrees."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from pyproj import Geod, Transformer

from bongsu.adapters.publish.rounding import CHI2_90_2D
from bongsu.messages.units import CovEN, Vec3

GEOD = Geod(ellps="WGS84")
_GEODETIC = Transformer.from_crs("EPSG:4978", "EPSG:4979", always_xy=True)  # WGS-84 ECEF to longitude, latitude, height
N_OUTLINE = 72  # corners of a drawn ellipse: one every five degrees

Line = list[tuple[float, float]]  # latitude, longitude in degrees
Floats = NDArray[np.float64]


def axes(cov_en_m2: CovEN, chi2: float = CHI2_90_2D) -> tuple[float, float, float]:
    """Semi-major and semi-minor axis in metres and the major axis's bearing in radians from north, in [0, pi).

    With l1 >= l2 the eigenvalues of [[ee, en], [en, nn]] the axes are sqrt(chi2 l1) and sqrt(chi2 l2).
    """
    ee, en, nn = cov_en_m2
    mean, half = 0.5 * (ee + nn), math.hypot(0.5 * (ee - nn), en)
    bearing_rad = 0.5 * math.atan2(2.0 * en, nn - ee)
    return math.sqrt(chi2 * max(mean + half, 0.0)), math.sqrt(chi2 * max(mean - half, 0.0)), bearing_rad % math.pi


def ellipse(lat_rad: float, lon_rad: float, cov_en_m2: CovEN, chi2: float = CHI2_90_2D) -> Line:
    """The outline that holds a probability (50 % or 90 % by `chi2`), anticlockwise from above, first point not repeated."""
    major_m, minor_m, bearing_rad = axes(cov_en_m2, chi2)
    turn = -np.linspace(0.0, 2.0 * np.pi, N_OUTLINE, endpoint=False)
    along, across = major_m * np.cos(turn), minor_m * np.sin(turn)
    azimuth_deg = np.degrees(bearing_rad + np.arctan2(across, along))
    n = np.ones(N_OUTLINE)
    lon, lat, _ = GEOD.fwd(n * math.degrees(lon_rad), n * math.degrees(lat_rad), azimuth_deg, np.hypot(along, across))
    return [(float(a), float(o)) for a, o in zip(lat, lon, strict=True)]


def great_circle(start: tuple[float, float], end: tuple[float, float], n_points: int = 40) -> Line:
    """Points along the geodesic between two places in degrees, both ends included."""
    middle = GEOD.npts(start[1], start[0], end[1], end[0], n_points - 2)
    return [start, *((lat, lon) for lon, lat in middle), end]


def outline(lat_rad: tuple[float, ...], lon_rad: tuple[float, ...]) -> Line:
    """Columns of radians as a list of points in degrees."""
    return [(math.degrees(a), math.degrees(o)) for a, o in zip(lat_rad, lon_rad, strict=True)]


def distance_m(start: tuple[float, float], end: tuple[float, float]) -> float:
    """Geodesic distance between two places in degrees."""
    return float(GEOD.inv(start[1], start[0], end[1], end[0])[2])


def places(r_ecef_m: Sequence[Vec3]) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Latitudes and longitudes in radians of ECEF places."""
    lon, lat, _ = _GEODETIC.transform(*np.asarray(r_ecef_m, dtype=np.float64).T, radians=True)
    return tuple(lat.tolist()), tuple(lon.tolist())
