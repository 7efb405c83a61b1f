"""The map as inline SVG: land, launch ellipse, measured track, fan or impact ellipses, a grid and a scale."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from msgspec import UNSET
from numpy.typing import NDArray
from shapely.geometry import LineString, box
from shapely.ops import polygonize, unary_union

from bongsu.adapters.publish import rounding as say
from bongsu.adapters.publish import shapes, svg
from bongsu.adapters.publish.account import Account
from bongsu.adapters.publish.shapes import Line
from bongsu.constants import EEZ_M, R_MEAN_EARTH_M
from bongsu.geo import zones
from bongsu.geo.tables import Tables

WIDTH, HEIGHT = 720.0, 480.0
LEAST_SPAN_M = 250_000.0  # a map shows at least this much ground from edge to edge
MOST_REACH_M = 6.0e6  # fans that reach further are cut by the map's edge
MARGIN = 1.25  # the drawn span over that of what must be seen
FRAME = box(-20.0, -20.0, WIDTH + 20.0, HEIGHT + 20.0)  # a little over the edge, so that no outline shows there
CELL_PX = 3.0  # of the grid in which lines between zones are looked for
LEAST_ISLAND = 1.5  # square pixels below which land is not drawn

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


def drawn(a: Account, tables: Tables | None = None) -> str:
    """The whole map; empty when no place is known."""
    shown = _must_be_seen(a)
    if not shown:
        return ""
    view = _view(shown)
    parts = [
        svg.element("rect", class_="sea", x=0, y=0, width=WIDTH, height=HEIGHT),
        *(_ground(view, tables) if tables is not None else []),
        *_graticule(view),
        *_flight(view, a),
        *_fall(view, a),
        *_start(view, a),
        _scale(view),
    ]
    title = svg.element("title", "Map of the flight: launch point, track and impact region")
    return svg.element("svg", title + "".join(parts), viewBox=f"0 0 {WIDTH:.0f} {HEIGHT:.0f}", role="img", class_="map")


def _must_be_seen(a: Account) -> Line:
    """Launch and impact regions and the event's tracks; of a fan only what is not too far away."""
    seen: Line = []
    if a.point is not UNSET:
        seen += shapes.ellipse(a.point.lat_rad, a.point.lon_rad, a.point.cov_en_m2, 0.9)
    if a.impact is not UNSET:
        seen += shapes.ellipse(a.impact.lat_rad, a.impact.lon_rad, a.impact.cov_en_m2, 0.9)
    for path in a.paths:
        seen += shapes.outline(path.lat_rad, path.lon_rad)
    if a.impact is UNSET and a.fan is not UNSET and seen:
        fan = shapes.outline(a.fan.lat_rad, a.fan.lon_rad)
        seen += [p for p in fan if shapes.distance_m(seen[0], p) < MOST_REACH_M]
    return seen


def _view(seen: Line) -> View:
    """The map that shows all these places with a margin."""
    lat, lon = np.asarray(seen, dtype=np.float64).T
    lon = np.degrees(np.unwrap(np.radians(lon)))
    lat0, lon0 = math.radians(0.5 * (lat.min() + lat.max())), math.radians(0.5 * (lon.min() + lon.max()))
    rough = View(lat0, lon0, 1.0)
    offset = np.abs(rough.project(lat, lon) - np.array((0.5 * WIDTH, 0.5 * HEIGHT)))
    offset = offset[np.isfinite(offset).all(axis=1)]
    half_x, half_y = offset.max(axis=0) if len(offset) else (0.0, 0.0)
    m_per_px = MARGIN * max(half_x / (0.5 * WIDTH), half_y / (0.5 * HEIGHT), LEAST_SPAN_M / HEIGHT / MARGIN)
    return View(lat0, lon0, m_per_px)


def _ground(view: View, tables: Tables) -> list[str]:
    """Land as filled shapes, borders as lines, lines between the EEZ of different claimants as dots."""
    arcs = tables.zones.arcs
    pixels = view.project(arcs.lat_deg, arcs.lon_deg)
    coast: list[Any] = []
    borders: list[Any] = []
    for first, last, owners in zip(arcs.first[:-1], arcs.first[1:], arcs.owners, strict=True):
        piece = pixels[first:last]
        if len(piece) > 1 and _is_near(piece):
            (coast if owners[1] == 0 else borders).append(LineString(piece).intersection(FRAME))
    faces = [face for face in polygonize(unary_union([*coast, FRAME.boundary])) if face.area >= LEAST_ISLAND]
    inside = np.array([face.representative_point().coords[0] for face in faces])
    is_land = zones.membership(tables.zones, *view.places(inside)).is_land
    fill = "".join(_outline(face) for face, land in zip(faces, is_land, strict=True) if land)
    lines = "".join(svg.line(part.coords) for border in borders for part in _parts(border))
    return [
        _zone_lines(view, tables),
        svg.path(fill, class_="land", fill_rule="evenodd"),
        svg.path(lines, class_="border"),
    ]


def _zone_lines(view: View, tables: Tables) -> str:
    """A dot wherever the claimants change between neighbouring cells of a fine grid over the map."""
    n_x, n_y = round(WIDTH / CELL_PX), round(HEIGHT / CELL_PX)
    x, y = np.meshgrid((np.arange(n_x) + 0.5) * CELL_PX, (np.arange(n_y) + 0.5) * CELL_PX)
    found = zones.membership(tables.zones, *view.places(np.stack((x.ravel(), y.ravel()), axis=-1)))
    sets = sorted({feature.claimants for feature in tables.zones.features})
    number = np.array([*(sets.index(feature.claimants) for feature in tables.zones.features), -1])
    claim = np.where(found.distance_m <= EEZ_M, number[found.feature], -1).reshape(n_y, n_x)
    sea = ~found.is_land.reshape(n_y, n_x)
    right = (claim[:, 1:] != claim[:, :-1]) & sea[:, 1:] & sea[:, :-1]
    below = (claim[1:] != claim[:-1]) & sea[1:] & sea[:-1]
    dots = [((i + 1.0) * CELL_PX, (j + 0.5) * CELL_PX) for j, i in np.argwhere(right)]
    dots += [((i + 0.5) * CELL_PX, (j + 1.0) * CELL_PX) for j, i in np.argwhere(below)]
    return svg.path("".join(f"M{px:.1f} {py:.1f}h0" for px, py in sorted(dots)), class_="line-of-zone")


def _is_near(piece: Floats) -> bool:
    """Whether a line of pixels is on this side of the Earth and could cross the map."""
    if not np.isfinite(piece).all():
        return False
    (x0, y0), (x1, y1) = piece.min(axis=0), piece.max(axis=0)
    return bool(x1 > 0.0 and x0 < WIDTH and y1 > 0.0 and y0 < HEIGHT)


def _outline(face: Any) -> str:
    """A face with its holes as path data, with corners closer than half a pixel to a straight line left out."""
    rings = [face.exterior, *face.interiors]
    return "".join(svg.line(ring.simplify(0.4).coords[:-1], is_closed=True) for ring in rings)


def _parts(shape: Any) -> list[Any]:
    """The lines of a line or of several."""
    return [part.simplify(0.4) for part in getattr(shape, "geoms", [shape]) if part.geom_type == "LineString"]


def _graticule(view: View) -> list[str]:
    """Meridians and parallels at round degrees, labelled at the left and lower edge."""
    span_deg = math.degrees(HEIGHT * view.m_per_px / R_MEAN_EARTH_M)
    step = next((s for s in (1, 2, 5, 10, 15, 30) if span_deg / s <= 5.0), 30)
    lat0, lon0 = math.degrees(view.lat0_rad), math.degrees(view.lon0_rad)
    along = np.linspace(-1.0, 1.0, 61) * 2.5 * span_deg
    found = []
    for k in range(-12, 13):
        lat = (round(lat0 / step) + k) * step
        lon = (round(lon0 / step) + k) * step
        if -90 < lat < 90:
            found += _grid_line(view, np.full(61, float(lat)), lon0 + along, _degrees(lat, "N", "S"), is_parallel=True)
        found += _grid_line(
            view, np.clip(lat0 + along, -90.0, 90.0), np.full(61, float(lon)), _degrees(_turned(lon), "E", "W"),
            is_parallel=False,
        )  # fmt: skip
    return found


def _grid_line(view: View, lat_deg: Floats, lon_deg: Floats, label: str, *, is_parallel: bool) -> list[str]:
    pixels = view.project(lat_deg, lon_deg)
    pixels = pixels[np.isfinite(pixels).all(axis=1)]
    edge, other = (0, 1) if is_parallel else (1, 0)
    order = pixels[np.argsort(pixels[:, edge])] if is_parallel else pixels[np.argsort(-pixels[:, edge])]
    if len(order) < 2 or not _is_near(order):
        return []
    border = 0.0 if is_parallel else HEIGHT
    i = int(np.argmin(np.abs(order[:, edge] - border)))
    drawn_line = svg.path(svg.line(map(tuple, pixels)), class_="grid")
    limit = HEIGHT if is_parallel else WIDTH
    if not 24.0 < order[i, other] < limit - 24.0:
        return [drawn_line]
    x, y = (5.0, order[i, 1] - 4.0) if is_parallel else (order[i, 0] + 4.0, HEIGHT - 6.0)
    return [drawn_line, svg.text(float(x), float(y), label, class_="grid-label")]


def _degrees(value: int, positive: str, negative: str) -> str:
    return f"{abs(value)}°{positive if value >= 0 else negative}"


def _turned(lon_deg: int) -> int:
    return (lon_deg + 180) % 360 - 180


def _flight(view: View, a: Account) -> list[str]:
    """Measured tracks, the event's main one strong, and the way from its end to the forecast impact."""
    main = a.track.track_id if a.track is not UNSET else ""
    found = []
    for path in sorted(a.paths, key=lambda p: p.track_id == main):
        points = view.points(shapes.outline(path.lat_rad, path.lon_rad))
        found.append(svg.path(svg.line(points), class_="track" if path.track_id == main else "track other"))
    if a.impact is not UNSET and a.track is not UNSET and a.track.lat_rad is not UNSET and a.track.lon_rad is not UNSET:
        start, end = shapes.outline((a.track.lat_rad, a.impact.lat_rad), (a.track.lon_rad, a.impact.lon_rad))
        found.append(svg.path(svg.line(view.points(shapes.great_circle(start, end))), class_="ahead"))
    return found


def _fall(view: View, a: Account) -> list[str]:
    """The fan while nothing better is known, else the 90 and 50 % regions and the impact point."""
    if a.impact is UNSET:
        if a.fan is UNSET:
            return []
        fan = view.points(shapes.outline(a.fan.lat_rad, a.fan.lon_rad))
        return [svg.path(svg.line(fan, is_closed=True), class_="fan")]
    i = a.impact
    rings = [view.points(shapes.ellipse(i.lat_rad, i.lon_rad, i.cov_en_m2, p)) for p in (0.9, 0.5)]
    drawn_rings = [svg.path(svg.line(ring, is_closed=True), class_="impact") for ring in rings]
    return [*drawn_rings, *_marked(view, i.lat_rad, i.lon_rad, "impact", "impact-mark")]


def _start(view: View, a: Account) -> list[str]:
    """The 90 % region of the launch point and the point."""
    if a.point is UNSET:
        return []
    p = a.point
    ring = view.points(shapes.ellipse(p.lat_rad, p.lon_rad, p.cov_en_m2, 0.9))
    drawn_ring = svg.path(svg.line(ring, is_closed=True), class_="launch")
    return [drawn_ring, *_marked(view, p.lat_rad, p.lon_rad, "launch", "launch-mark")]


def _marked(view: View, lat_rad: float, lon_rad: float, label: str, class_: str) -> list[str]:
    """A dot with its name, written towards the middle of the map."""
    ((x, y),) = view.points(shapes.outline((lat_rad,), (lon_rad,)))
    is_left = x < 0.5 * WIDTH
    return [
        svg.element("circle", cx=x, cy=y, r=3.5, class_=class_),
        svg.text(
            x + (9.0 if is_left else -9.0), y - 9.0, label, class_="mark", text_anchor="start" if is_left else "end"
        ),
    ]


def _scale(view: View) -> str:
    """A bar of a round number of kilometres, about a fifth of the map wide."""
    wanted_km = 0.2 * WIDTH * view.m_per_px / say.M_PER_KM
    size_km = max(s * 10**k for k in range(5) for s in (1, 2, 5) if s * 10**k <= max(wanted_km, 1.0))
    length = size_km * say.M_PER_KM / view.m_per_px
    x1, y = WIDTH - 16.0, HEIGHT - 16.0
    bar = svg.path(f"M{x1 - length:.1f} {y - 5:.1f}V{y:.1f}H{x1:.1f}V{y - 5:.1f}", class_="scale")
    return bar + svg.text(x1 - 0.5 * length, y - 9.0, f"{size_km} km", class_="mark", text_anchor="middle")
