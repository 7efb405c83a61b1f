"""Places to pixels and back: the projection of the map."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bongsu.adapters.publish import svg
from bongsu.adapters.publish.shapes import Line
from bongsu.constants import R_MEAN_EARTH_M

WIDTH, HEIGHT = 720.0, 480.0

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class View:
    """An azimuthal equidistant map: true in direction and distance from its centre. Source: Snyder 1987, ch. 25."""

    lat0_rad: float
    lon0_rad: float
    m_per_px: float

    def project(self, lat_deg: Floats, lon_deg: Floats) -> Floats:
        """Pixels (n, 2), x right and y down, of places in degrees.

        On a sphere: cos c = sin p0 sin p + cos p0 cos p cos dl; k = c / sin c; x = k cos p sin dl;
        y = k (cos p0 sin p - sin p0 cos p cos dl); the far side of the Earth is NaN.
        """
        lat, dlon = np.radians(lat_deg), np.radians(lon_deg) - self.lon0_rad
        sin0, cos0 = math.sin(self.lat0_rad), math.cos(self.lat0_rad)
        cos_c = np.clip(sin0 * np.sin(lat) + cos0 * np.cos(lat) * np.cos(dlon), -1.0, 1.0)
        c = np.arccos(cos_c)
        k = np.where(c > 1e-9, c / np.maximum(np.sin(c), 1e-12), 1.0)  # sin c / c tends to 1 at the centre
        k = np.where(c > 0.5 * math.pi, np.nan, k) * R_MEAN_EARTH_M / self.m_per_px
        x = k * np.cos(lat) * np.sin(dlon)
        y = k * (cos0 * np.sin(lat) - sin0 * np.cos(lat) * np.cos(dlon))
        return np.stack((0.5 * WIDTH + x, 0.5 * HEIGHT - y), axis=-1)

    def places(self, pixels: Floats) -> tuple[Floats, Floats]:
        """Latitudes and longitudes in radians of pixels (n, 2): the inverse of `project`."""
        x = (pixels[:, 0] - 0.5 * WIDTH) * self.m_per_px / R_MEAN_EARTH_M
        y = (0.5 * HEIGHT - pixels[:, 1]) * self.m_per_px / R_MEAN_EARTH_M
        c = np.hypot(x, y)
        share = np.where(c > 1e-12, np.sin(c) / np.maximum(c, 1e-12), 1.0)
        sin0, cos0 = math.sin(self.lat0_rad), math.cos(self.lat0_rad)
        lat = np.arcsin(np.clip(np.cos(c) * sin0 + y * share * cos0, -1.0, 1.0))
        lon = self.lon0_rad + np.arctan2(x * share, cos0 * np.cos(c) - y * share * sin0)
        return lat, (lon + math.pi) % (2.0 * math.pi) - math.pi

    def points(self, line: Line) -> list[svg.Point]:
        """Pixels of a drawn line; places on the far side are left out."""
        if not line:
            return []
        lat, lon = np.asarray(line, dtype=np.float64).T
        return [(float(x), float(y)) for x, y in self.project(lat, lon) if math.isfinite(x) and math.isfinite(y)]


def is_near(pixels: Floats) -> bool:
    """Whether a line of pixels is on this side of the Earth and could cross the map."""
    if not np.isfinite(pixels).all():
        return False
    (x0, y0), (x1, y1) = pixels.min(axis=0), pixels.max(axis=0)
    return bool(x1 > 0.0 and x0 < WIDTH and y1 > 0.0 and y0 < HEIGHT)
