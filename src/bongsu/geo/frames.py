"""The typed face of kernels.earth: frames, geodesics and horizontal covariances for callers above the kernels.

Radians and metres; arrays are (3,) or (n, 3) and keep their shape. What has no answer is NaN.
"""

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from bongsu.kernels import earth

Floats = NDArray[np.float64]


def _rows(values: ArrayLike, width: int = 3) -> Floats:
    """The values as contiguous float64 rows (n, width)."""
    return np.ascontiguousarray(values, dtype=np.float64).reshape(-1, width)


def ecef_from_geodetic(geodetic: ArrayLike) -> Floats:
    """ECEF positions (m) of latitude, longitude (rad) and height (m)."""
    rows = _rows(geodetic)
    out = np.empty_like(rows)
    earth.ecef_from_geodetic_rows(rows, out)
    return out.reshape(np.shape(geodetic))


def geodetic_from_ecef(r_ecef_m: ArrayLike) -> Floats:
    """Latitude, longitude (rad) and height (m) of ECEF positions; NaN within 45 km of the Earth's centre."""
    rows = _rows(r_ecef_m)
    out = np.empty_like(rows)
    earth.geodetic_from_ecef_rows(rows, out)
    return out.reshape(np.shape(r_ecef_m))


def range_azimuth_elevation(r_ecef_m: ArrayLike, site_geodetic: ArrayLike) -> Floats:
    """Slant range (m), azimuth in [0, 2 pi) and elevation (rad) of ECEF positions from a site (lat, lon, h)."""
    rows = _rows(r_ecef_m)
    out = np.empty_like(rows)
    earth.range_azimuth_elevation_rows(rows, _rows(site_geodetic)[0], out)
    return out.reshape(np.shape(r_ecef_m))


def C_enu_from_ecef(lat_rad: float, lon_rad: float) -> Floats:
    """Rotation (3, 3) from ECEF to the local east, north, up."""
    return earth.C_enu_from_ecef(lat_rad, lon_rad)


def _near_antipode(lat1_rad: float, lon1_rad: float, lat2_rad: float, lon2_rad: float) -> tuple[float, float, float]:
    """The geodesic by Karney's method, for the few pairs where the series of the kernel does not converge."""
    from pyproj import Geod  # 200 ms to load, and almost never needed

    azimuth1_rad, back_rad, found_m = Geod(ellps="WGS84").inv(lon1_rad, lat1_rad, lon2_rad, lat2_rad, radians=True)
    return float(found_m), float(azimuth1_rad), math.remainder(float(back_rad) + math.pi, 2.0 * math.pi)


def geodesic_inverse(lat1_rad: float, lon1_rad: float, lat2_rad: float, lon2_rad: float) -> tuple[float, float, float]:
    """Distance (m) and the azimuths of travel (rad, (-pi, pi]) at both ends of the geodesic; any two points."""
    found = earth.geodesic_inverse(lat1_rad, lon1_rad, lat2_rad, lon2_rad)
    given = (lat1_rad, lon1_rad, lat2_rad, lon2_rad)
    return _near_antipode(*given) if math.isnan(found[0]) and all(map(math.isfinite, given)) else found


def distance_m(lat1_rad: float, lon1_rad: float, lat2_rad: float, lon2_rad: float) -> float:
    """Length of the geodesic between two points on the ellipsoid."""
    return geodesic_inverse(lat1_rad, lon1_rad, lat2_rad, lon2_rad)[0]


def azimuth_rad(lat1_rad: float, lon1_rad: float, lat2_rad: float, lon2_rad: float) -> float:
    """Azimuth at the first point of the geodesic to the second, clockwise from north in [0, 2 pi)."""
    found = geodesic_inverse(lat1_rad, lon1_rad, lat2_rad, lon2_rad)[1] % (2.0 * math.pi)
    return 0.0 if found >= 2.0 * math.pi else found


def distances_m(lat_rad: float, lon_rad: float, points_rad: ArrayLike) -> Floats:
    """Geodesic distances (n,) from one point to each row (lat, lon) of points_rad."""
    points = _rows(points_rad, 2)
    out = np.empty((points.shape[0], 3))
    earth.geodesic_inverse_rows(lat_rad, lon_rad, points, out)
    for i in np.flatnonzero(np.isnan(out[:, 0])):
        out[i] = geodesic_inverse(lat_rad, lon_rad, float(points[i, 0]), float(points[i, 1]))
    return np.ascontiguousarray(out[:, 0])


def destination(lat_rad: float, lon_rad: float, azimuth_rad: float, distance_m: float) -> tuple[float, float]:
    """Latitude and longitude (rad) reached from a point by an azimuth over a distance along the geodesic."""
    lat2_rad, lon2_rad, _ = earth.geodesic_direct(lat_rad, lon_rad, azimuth_rad, distance_m)
    return lat2_rad, lon2_rad


def cov_en_m2(cov_ecef_m2: ArrayLike, lat_rad: float, lon_rad: float) -> tuple[float, float, float]:
    """East-east, east-north and north-north variances of an ECEF position covariance (3, 3), the height left out."""
    east, north, _ = C_enu_from_ecef(lat_rad, lon_rad)
    P = np.asarray(cov_ecef_m2, dtype=np.float64).reshape(3, 3)
    return _form(P, east, east), _form(P, east, north), _form(P, north, north)


def _form(P: Floats, a: Floats, b: Floats) -> float:
    """a' P b by plain sums: the same bits whatever linear algebra library is installed."""
    return float(sum(float(a[i]) * float(P[i, j]) * float(b[j]) for i in range(3) for j in range(3)))


def ellipse(cov_en_m2: tuple[float, float, float], p_inside: float) -> tuple[float, float, float]:
    """Semi-axes (m, the longer first) and azimuth of the longer (rad, [0, pi)) of the region that holds p_inside.

    Radius of the standard two-dimensional normal: k^2 = -2 ln(1 - p). Source: chi-squared with two degrees of freedom.
    """
    ee, en, nn = cov_en_m2
    mean, half = 0.5 * (ee + nn), math.hypot(0.5 * (ee - nn), en)
    k2 = -2.0 * math.log1p(-p_inside)
    major_rad = 0.5 * math.atan2(2.0 * en, nn - ee)  # from north, clockwise
    return math.sqrt(k2 * (mean + half)), math.sqrt(k2 * max(mean - half, 0.0)), major_rad % math.pi
