"""The map as inline SVG: land, launch ellipse, measured track, fan or impact ellipses, a grid and a scale."""

import math

import numpy as np
from msgspec import UNSET

from bongsu.adapters.publish import ground, shapes, svg
from bongsu.adapters.publish import rounding as say
from bongsu.adapters.publish.account import Account
from bongsu.adapters.publish.mapview import HEIGHT, WIDTH, Floats, View, is_near
from bongsu.adapters.publish.shapes import Line
from bongsu.adapters.publish.statements import EN
from bongsu.constants import R_MEAN_EARTH_M
from bongsu.geo.tables import Tables
from bongsu.language.recounting import Recounting

LEAST_SPAN_M = 250_000.0  # a map shows at least this much ground from edge to edge
MOST_REACH_M = 6.0e6  # fans that reach further are cut by the map's edge
MARGIN = 1.25  # the drawn span over that of what must be seen


def drawn(a: Account, tables: Tables | None = None, w: Recounting = EN) -> str:
    """The whole map; empty when no place is known."""
    shown = _must_be_seen(a)
    if not shown:
        return ""
    view = view_of(shown)
    parts = [
        svg.element("rect", class_="sea", x=0, y=0, width=WIDTH, height=HEIGHT),
        *(ground.drawn(view, tables, w.lang) if tables is not None else []),
        *graticule(view),
        *_flight(view, a),
        *_fall(view, a, w),
        *_start(view, a, w),
        scale(view),
    ]
    title = svg.element("title", w.labels["map_title"])
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


def view_of(seen: Line) -> View:
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


def graticule(view: View) -> list[str]:
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
    if len(order) < 2 or not is_near(order):
        return []
    border = 0.0 if is_parallel else HEIGHT
    i = int(np.argmin(np.abs(order[:, edge] - border)))
    drawn_line = svg.path(svg.line(map(tuple, pixels)), class_="grid")
    low, high = (24.0, HEIGHT - 24.0) if is_parallel else (24.0, WIDTH - 150.0)  # a whole label, clear of the scale
    if not low < order[i, other] < high:
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


def _fall(view: View, a: Account, w: Recounting) -> list[str]:
    """The fan while nothing better is known, else the 90 and 50 % regions and the impact point."""
    if a.impact is UNSET:
        if a.fan is UNSET:
            return []
        fan = view.points(shapes.outline(a.fan.lat_rad, a.fan.lon_rad))
        return [svg.path(svg.line(fan, is_closed=True), class_="fan")]
    i = a.impact
    rings = [view.points(shapes.ellipse(i.lat_rad, i.lon_rad, i.cov_en_m2, p)) for p in (0.9, 0.5)]
    drawn_rings = [svg.path(svg.line(ring, is_closed=True), class_="impact") for ring in rings]
    return [*drawn_rings, *_marked(view, i.lat_rad, i.lon_rad, w.labels["map_impact"], "impact-mark")]


def _start(view: View, a: Account, w: Recounting) -> list[str]:
    """The 90 % region of the launch point and the point."""
    if a.point is UNSET:
        return []
    p = a.point
    ring = view.points(shapes.ellipse(p.lat_rad, p.lon_rad, p.cov_en_m2, 0.9))
    drawn_ring = svg.path(svg.line(ring, is_closed=True), class_="launch")
    return [drawn_ring, *_marked(view, p.lat_rad, p.lon_rad, w.labels["map_launch"], "launch-mark")]


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


def scale(view: View) -> str:
    """A bar of a round number of kilometres, about a fifth of the map wide."""
    wanted_km = 0.2 * WIDTH * view.m_per_px / say.M_PER_KM
    size_km = max(s * 10**k for k in range(5) for s in (1, 2, 5) if s * 10**k <= max(wanted_km, 1.0))
    length = size_km * say.M_PER_KM / view.m_per_px
    x1, y = WIDTH - 16.0, HEIGHT - 16.0
    bar = svg.path(f"M{x1 - length:.1f} {y - 5:.1f}V{y:.1f}H{x1:.1f}V{y - 5:.1f}", class_="scale")
    return bar + svg.text(x1 - 0.5 * length, y - 9.0, f"{size_km} km", class_="mark", text_anchor="middle")
