"""The WGS-84 ellipsoid: geodetic and Cartesian positions, the local horizon, geodesics. Scalars in, scalars out."""

import math

import numpy as np
from numpy.typing import NDArray

from bongsu.constants import A_EARTH_M, B_EARTH_M, E2_EARTH, F_EARTH
from bongsu.kernels._jit import kernel

EP2_EARTH = E2_EARTH / (1.0 - E2_EARTH)  # second eccentricity squared, (a^2 - b^2) / b^2
GEODETIC_R_MIN_M = 45_000.0  # nearer to the centre than this the surface normal is not unique (the evolute)
VINCENTY_ITERATIONS = 60  # convergence takes 3 to 8; more means the points are nearly antipodal
VINCENTY_STEP_RAD = 1e-14  # last change of the longitude; 6e-8 m on the ground


@kernel
def ecef_from_geodetic(lat_rad, lon_rad, h_m) -> tuple[float, float, float]:
    """Cartesian position of a point given on the ellipsoid.

        N = a / sqrt(1 - e^2 sin^2 lat);  x, y = (N + h) cos lat (cos lon, sin lon);  z = (N (1 - e^2) + h) sin lat

    Returns (x, y, z) in metres, ECEF. Any latitude, longitude and height. Source: TR8350.2, sec. 4.
    """
    s, c = math.sin(lat_rad), math.cos(lat_rad)
    n_m = A_EARTH_M / math.sqrt(1.0 - E2_EARTH * s * s)
    p_m = (n_m + h_m) * c
    return p_m * math.cos(lon_rad), p_m * math.sin(lon_rad), (n_m * (1.0 - E2_EARTH) + h_m) * s


@kernel
def geodetic_from_ecef(x_m, y_m, z_m) -> tuple[float, float, float]:
    """Latitude, longitude and height above the ellipsoid of a Cartesian position.

    Bowring's iteration on the reduced latitude u, kept as a (sine, cosine) pair so that poles and equator are ordinary points:

        tan lat = (z + e'^2 b sin^3 u) / (p - e^2 a cos^3 u);  tan u = (1 - f) tan lat;  h = p cos lat + z sin lat - a^2 / N

    Three rounds: error below 1e-6 m from -10 km to 40,000 km. Returns (lat_rad, lon_rad, h_m); longitude in (-pi, pi], 0 on
    the axis; NaN within 45 km of the centre. Source: Bowring, Survey Review 23 (1976) and 28 (1985).
    """
    p_m = math.hypot(x_m, y_m)
    r_m = math.hypot(p_m, z_m)
    if not r_m >= GEODETIC_R_MIN_M:
        return np.nan, np.nan, np.nan
    su, cu = B_EARTH_M * z_m * (1.0 + EP2_EARTH * B_EARTH_M / r_m), A_EARTH_M * p_m
    sin_lat, cos_lat = z_m / r_m, p_m / r_m
    for _ in range(3):
        k = 1.0 / math.hypot(su, cu)
        su, cu = su * k, cu * k
        sin_lat = z_m + EP2_EARTH * B_EARTH_M * su * su * su
        cos_lat = p_m - E2_EARTH * A_EARTH_M * cu * cu * cu
        su, cu = (1.0 - F_EARTH) * sin_lat, cos_lat
    k = 1.0 / math.hypot(sin_lat, cos_lat)
    sin_lat, cos_lat = sin_lat * k, cos_lat * k
    h_m = p_m * cos_lat + z_m * sin_lat - A_EARTH_M * math.sqrt(1.0 - E2_EARTH * sin_lat * sin_lat)
    return math.atan2(sin_lat, cos_lat), math.atan2(y_m, x_m), h_m


@kernel
def C_enu_from_ecef(lat_rad, lon_rad) -> NDArray[np.float64]:
    """Rotation from ECEF to the local east, north, up at a geodetic latitude and longitude; (3, 3), rows east, north, up."""
    s, c = math.sin(lat_rad), math.cos(lat_rad)
    sl, cl = math.sin(lon_rad), math.cos(lon_rad)
    C = np.empty((3, 3))
    C[0, 0], C[0, 1], C[0, 2] = -sl, cl, 0.0
    C[1, 0], C[1, 1], C[1, 2] = -s * cl, -s * sl, c
    C[2, 0], C[2, 1], C[2, 2] = c * cl, c * sl, s
    return C


@kernel
def enu_from_ecef(dx_m, dy_m, dz_m, lat_rad, lon_rad) -> tuple[float, float, float]:
    """An ECEF difference (or velocity) as (east, north, up) at a geodetic latitude and longitude; unit as given."""
    s, c = math.sin(lat_rad), math.cos(lat_rad)
    sl, cl = math.sin(lon_rad), math.cos(lon_rad)
    out = cl * dx_m + sl * dy_m
    return cl * dy_m - sl * dx_m, c * dz_m - s * out, c * out + s * dz_m


@kernel
def range_azimuth_elevation(
    x_m, y_m, z_m, site_x_m, site_y_m, site_z_m, site_lat_rad, site_lon_rad
) -> tuple[float, float, float]:
    """Slant range, azimuth (clockwise from north, [0, 2 pi)) and elevation of an ECEF position seen from a site.

    Returns (range_m, azimuth_rad, elevation_rad). No refraction. At range 0 both angles are 0.
    """
    e_m, n_m, u_m = enu_from_ecef(x_m - site_x_m, y_m - site_y_m, z_m - site_z_m, site_lat_rad, site_lon_rad)
    flat_m = math.hypot(e_m, n_m)
    azimuth_rad = math.atan2(e_m, n_m)
    if azimuth_rad < 0.0:
        azimuth_rad += 2.0 * math.pi
        if azimuth_rad >= 2.0 * math.pi:  # a westerly hair's breadth rounds up to the full circle
            azimuth_rad = 0.0
    return math.hypot(flat_m, u_m), azimuth_rad, math.atan2(u_m, flat_m)


@kernel
def _wrapped(angle_rad):
    """The same direction in [-pi, pi)."""
    return angle_rad - 2.0 * math.pi * math.floor((angle_rad + math.pi) / (2.0 * math.pi))


@kernel
def _reduced(lat_rad):
    """Reduced latitude: tan u = (1 - f) tan lat."""
    return math.atan2((1.0 - F_EARTH) * math.sin(lat_rad), math.cos(lat_rad))


@kernel
def _arc_series(cos2_alpha):
    """Coefficients A, B of the arc length for k^2 = cos^2(alpha) e'^2, and C of the longitude.

    Vincenty's A and B in Helmert's parameter k1 to fourth order (his modification of 1976); C as in 1975, equation (10).
    """
    root = math.sqrt(1.0 + EP2_EARTH * cos2_alpha)
    k1 = (root - 1.0) / (root + 1.0)
    k2 = k1 * k1
    big_a = (1.0 + 0.25 * k2 + k2 * k2 / 64.0) / (1.0 - k1)
    big_b = k1 * (1.0 - 0.375 * k2)
    big_c = F_EARTH / 16.0 * cos2_alpha * (4.0 + F_EARTH * (4.0 - 3.0 * cos2_alpha))
    return big_a, big_b, big_c


@kernel
def _arc_correction(b, sin_sigma, cos_sigma, cos_2sm):
    """Vincenty's delta sigma, equation (6): what the ellipse adds to the arc on the auxiliary sphere (rad)."""
    m2 = cos_2sm * cos_2sm
    tail = b / 6.0 * cos_2sm * (4.0 * sin_sigma * sin_sigma - 3.0) * (4.0 * m2 - 3.0)
    return b * sin_sigma * (cos_2sm + 0.25 * b * (cos_sigma * (2.0 * m2 - 1.0) - tail))


@kernel
def _longitude_gain(c, sin_alpha, sigma, sin_sigma, cos_sigma, cos_2sm):
    """Longitude on the auxiliary sphere minus that on the ellipsoid, Vincenty's equation (11) (rad)."""
    inner = cos_2sm + c * cos_sigma * (2.0 * cos_2sm * cos_2sm - 1.0)
    return (1.0 - c) * F_EARTH * sin_alpha * (sigma + c * sin_sigma * inner)


@kernel
def geodesic_inverse(lat1_rad, lon1_rad, lat2_rad, lon2_rad) -> tuple[float, float, float]:
    """Shortest way between two points on the ellipsoid: Vincenty's inverse solution.

    Returns (distance_m, azimuth1_rad, azimuth2_rad): azimuths of travel at both ends, clockwise from north in (-pi, pi]; within
    0.1 mm of the exact geodesic. (0, 0, 0) for equal points; NaN where the iteration does not converge, that is within about
    half a degree of the antipode. Source: Vincenty, Survey Review 23 (1975) and his addendum of 1976.
    """
    u1, u2 = _reduced(lat1_rad), _reduced(lat2_rad)
    s1, c1, s2, c2 = math.sin(u1), math.cos(u1), math.sin(u2), math.cos(u2)
    lon_rad = _wrapped(lon2_rad - lon1_rad)
    lam = lon_rad
    for _ in range(VINCENTY_ITERATIONS):
        sl, cl = math.sin(lam), math.cos(lam)
        east, north = c2 * sl, c1 * s2 - s1 * c2 * cl
        sin_sigma, cos_sigma = math.hypot(east, north), s1 * s2 + c1 * c2 * cl
        if sin_sigma == 0.0:
            if cos_sigma > 0.0:
                return 0.0, 0.0, 0.0
            break
        sigma = math.atan2(sin_sigma, cos_sigma)
        sin_alpha = c1 * c2 * sl / sin_sigma
        cos2_alpha = 1.0 - sin_alpha * sin_alpha
        cos_2sm = (
            cos_sigma - 2.0 * s1 * s2 / cos2_alpha if cos2_alpha > 1e-15 else 0.0
        )  # along the equator the term is void
        big_a, big_b, big_c = _arc_series(cos2_alpha)
        before = lam
        lam = lon_rad + _longitude_gain(big_c, sin_alpha, sigma, sin_sigma, cos_sigma, cos_2sm)
        if abs(lam) > math.pi:
            break
        if abs(lam - before) <= VINCENTY_STEP_RAD:
            distance_m = B_EARTH_M * big_a * (sigma - _arc_correction(big_b, sin_sigma, cos_sigma, cos_2sm))
            return distance_m, math.atan2(east, north), math.atan2(c1 * sl, -s1 * c2 + c1 * s2 * cl)
    return np.nan, np.nan, np.nan


@kernel
def geodesic_direct(lat_rad, lon_rad, azimuth_rad, distance_m) -> tuple[float, float, float]:
    """Where one arrives from a point by an azimuth over a distance: Vincenty's direct solution.

    Returns (lat2_rad, lon2_rad, azimuth2_rad), longitude in (-pi, pi]; within 0.1 mm for distances up to half the circumference.
    A negative distance goes backwards. Source: Vincenty, Survey Review 23 (1975) and his addendum of 1976.
    """
    sa, ca = math.sin(azimuth_rad), math.cos(azimuth_rad)
    u1 = _reduced(lat_rad)
    s1, c1 = math.sin(u1), math.cos(u1)
    sigma1 = math.atan2(s1, c1 * ca)
    sin_alpha = c1 * sa
    big_a, big_b, big_c = _arc_series(1.0 - sin_alpha * sin_alpha)
    first = distance_m / (B_EARTH_M * big_a)
    sigma, ss, cs, cos_2sm = first, 0.0, 1.0, 1.0
    for _ in range(VINCENTY_ITERATIONS):
        cos_2sm = math.cos(2.0 * sigma1 + sigma)
        ss, cs = math.sin(sigma), math.cos(sigma)
        before = sigma
        sigma = first + _arc_correction(big_b, ss, cs, cos_2sm)
        if abs(sigma - before) <= VINCENTY_STEP_RAD:
            break
    cos_2sm = math.cos(2.0 * sigma1 + sigma)
    ss, cs = math.sin(sigma), math.cos(sigma)
    side = s1 * ss - c1 * cs * ca
    lat2_rad = math.atan2(s1 * cs + c1 * ss * ca, (1.0 - F_EARTH) * math.hypot(sin_alpha, side))
    lam = math.atan2(ss * sa, c1 * cs - s1 * ss * ca)
    lon2_rad = lon_rad + lam - _longitude_gain(big_c, sin_alpha, sigma, ss, cs, cos_2sm)
    return lat2_rad, _wrapped(lon2_rad), math.atan2(sin_alpha, -side)


@kernel
def ecef_from_geodetic_rows(geodetic, out) -> None:
    """`ecef_from_geodetic` of every row: geodetic (n, 3) lat_rad, lon_rad, h_m; out (n, 3) metres, ECEF."""
    for i in range(geodetic.shape[0]):
        out[i, 0], out[i, 1], out[i, 2] = ecef_from_geodetic(geodetic[i, 0], geodetic[i, 1], geodetic[i, 2])


@kernel
def geodetic_from_ecef_rows(r_ecef_m, out) -> None:
    """`geodetic_from_ecef` of every row: r_ecef_m (n, 3); out (n, 3) lat_rad, lon_rad, h_m."""
    for i in range(r_ecef_m.shape[0]):
        out[i, 0], out[i, 1], out[i, 2] = geodetic_from_ecef(r_ecef_m[i, 0], r_ecef_m[i, 1], r_ecef_m[i, 2])


@kernel
def range_azimuth_elevation_rows(r_ecef_m, site_geodetic, out) -> None:
    """`range_azimuth_elevation` of every row of r_ecef_m (n, 3) from a site (3,) lat_rad, lon_rad, h_m; out (n, 3)."""
    lat_rad, lon_rad = site_geodetic[0], site_geodetic[1]
    sx, sy, sz = ecef_from_geodetic(lat_rad, lon_rad, site_geodetic[2])
    for i in range(r_ecef_m.shape[0]):
        out[i, 0], out[i, 1], out[i, 2] = range_azimuth_elevation(
            r_ecef_m[i, 0], r_ecef_m[i, 1], r_ecef_m[i, 2], sx, sy, sz, lat_rad, lon_rad
        )


@kernel
def geodesic_inverse_rows(lat_rad, lon_rad, points, out) -> None:
    """`geodesic_inverse` from one point to every row of points (n, 2) lat_rad, lon_rad; out (n, 3)."""
    for i in range(points.shape[0]):
        out[i, 0], out[i, 1], out[i, 2] = geodesic_inverse(lat_rad, lon_rad, points[i, 0], points[i, 1])
