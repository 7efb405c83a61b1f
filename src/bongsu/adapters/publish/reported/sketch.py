"""Map and time-height sketch of what was reconstructed: regions and likely shapes, never a measured path."""

import math

from bongsu.adapters.publish import ground, shapes, svg
from bongsu.adapters.publish.chart import graticule, scale, view_of
from bongsu.adapters.publish.mapview import HEIGHT, WIDTH, View
from bongsu.adapters.publish.reported.own import two_figures
from bongsu.adapters.publish.reported.story import Story
from bongsu.geo.tables import Tables
from bongsu.language.telling import Telling
from bongsu.messages.accounts import Reconstruction
from bongsu.messages.units import CovEN

_LEAST_SIGMA_M = 10e3  # a launch area is drawn no finer than the public may know it
_WIDEST_M = 600e3  # one sigma; a region of fall wider than this is not drawn: the sea it lies in is all that is known
_H, _LEFT, _BASE = 260.0, 56.0, 226.0  # height of the sketch, its left and lower axis, pixels
_LEAST_SHARE = 0.1
_LABEL = 30.0  # the height of a name on a small screen, pixels


def mapped(story: Story, tables: Tables, lang: str) -> str:
    """Launch area, way and region of fall of the first reconstruction; empty where there is none."""
    if not story.reconstructions:
        return ""
    found = story.reconstructions[0]
    area = _ellipse(found.site_lat_rad, found.site_lon_rad, _round(max(found.sigma_site_m, _LEAST_SIGMA_M)))
    fall = _fall(found)
    view = view_of([*area, *fall, *shapes.outline(found.impact_lat_rad[:1], found.impact_lon_rad[:1])])
    parts = [
        svg.element("rect", class_="sea", x=0, y=0, width=WIDTH, height=HEIGHT),
        *ground.drawn(view, tables, lang), *graticule(view),
        svg.path(svg.line(view.points(fall), is_closed=True), class_="impact"), _way(view, found),
        svg.path(svg.line(view.points(area), is_closed=True), class_="launch"), scale(view),
    ]  # fmt: skip
    return svg.element("svg", "".join(parts), viewBox=f"0 0 {WIDTH:.0f} {HEIGHT:.0f}", role="img", class_="map")


def _round(sigma_m: float) -> CovEN:
    return sigma_m**2, 0.0, sigma_m**2


def _ellipse(lat_rad: float, lon_rad: float, cov_en_m2: CovEN) -> shapes.Line:
    return shapes.ellipse(lat_rad, lon_rad, cov_en_m2, 0.9)


def _fall(found: Reconstruction) -> shapes.Line:
    if not found.impact_lat_rad or math.sqrt(max(found.cov_en_m2[0][0], found.cov_en_m2[0][2])) > _WIDEST_M:
        return []
    return _ellipse(found.impact_lat_rad[0], found.impact_lon_rad[0], found.cov_en_m2[0])


def _way(view: View, found: Reconstruction) -> str:
    """The direct way of the likeliest shape."""
    if not found.impact_lat_rad:
        return ""
    start, end = shapes.outline(
        (found.site_lat_rad, found.impact_lat_rad[0]), (found.site_lon_rad, found.impact_lon_rad[0])
    )
    return svg.path(svg.line(view.points(shapes.great_circle(start, end))), class_="ahead")


def profile(story: Story, w: Telling) -> str:
    """Height over time of each likely shape, as a parabola through its apogee: a sketch; empty where there is nothing."""
    if not story.reconstructions:
        return ""
    f = story.reconstructions[0]
    rows = [
        (shape, apogee_m, time_s)
        for shape, p, apogee_m, time_s in zip(f.shape, f.p, f.apogee_m, f.flight_time_s, strict=True)
        if p >= _LEAST_SHARE and apogee_m > 0.0
    ]
    if not rows:
        return ""
    most_m, most_s = max(row[1] for row in rows), max(row[2] for row in rows)
    parts = [svg.path(f"M{_LEFT} 16V{_BASE}H{WIDTH - 16.0}", class_="scale")]
    tops: list[svg.Point] = []
    for shape, apogee_m, time_s in rows:
        parts += _arc(w, w.shapes.get(shape, shape), (apogee_m, most_m), (time_s, most_s), tops)
    return svg.element("svg", "".join(parts), viewBox=f"0 0 {WIDTH:.0f} {_H:.0f}", role="img", class_="map")


def _arc(
    w: Telling, name: str, apogee_m: tuple[float, float], time_s: tuple[float, float], tops: list[svg.Point]
) -> list[str]:
    """One shape: its apogee and time, each beside the greatest of all; its name goes below its top where another's is near."""
    width, height = WIDTH - 16.0 - _LEFT, _BASE - 40.0
    points = [
        (
            _LEFT + width * time_s[0] * k / 40.0 / time_s[1],
            _BASE - height * apogee_m[0] / apogee_m[1] * 4.0 * (k / 40.0) * (1.0 - k / 40.0),
        )
        for k in range(41)
    ]
    x, y = points[20]
    label_x, anchor = (_LEFT + 6.0, "start") if x < _LEFT + width / 3.0 else (x, "middle")  # nothing left of the axis
    is_near = any(abs(x - a) < 0.5 * WIDTH and abs(y - b) < _LABEL for a, b in tops)
    tops.append((x, y))
    km, min_ = two_figures(apogee_m[0] / 1e3), float(round(time_s[0] / 60.0))
    label = f"{name}, {w.figure(km, km, 'km', False)}"
    minutes = svg.text(
        points[-1][0], _BASE + 18.0, w.figure(min_, min_, "min", False), class_="mark", text_anchor="end"
    )
    return [
        svg.path(svg.line(points), class_="track"),
        svg.text(label_x, y + _LABEL if is_near else y - 8.0, label, class_="mark", text_anchor=anchor),
        minutes,
    ]
