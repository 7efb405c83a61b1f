"""Launches a month, range against apogee, and launch sites on a map, as inline SVG."""

import math
from collections import Counter
from collections.abc import Sequence
from html import escape
from typing import Final

from bongsu.adapters.publish import ground, svg
from bongsu.adapters.publish.chart import graticule, scale, view_of
from bongsu.adapters.publish.history.row import Row
from bongsu.adapters.publish.mapview import HEIGHT, WIDTH
from bongsu.geo.tables import Tables
from bongsu.models.classes import minimum_energy_apogee_m

_LEFT, _RIGHT, _TOP = 64.0, WIDTH - 16.0, 16.0
_BASE: Final = 226.0  # lower axis of the months, pixels
_MONTHS_H: Final = 260.0
_SCATTER_H: Final = 480.0
_LOW_KM, _HIGH_KM = 10.0, 20_000.0  # of both axes of the scatter
SHAPES: Final = ("lofted", "minimum_energy", "depressed", "")


def months(rows: Sequence[Row]) -> str:
    """A bar for each month: dark what is certainly of it, light what may be. Empty where there is nothing."""
    sure = Counter(r.months[0] for r in rows if len(r.months) == 1)
    maybe = Counter(m for r in rows if len(r.months) > 1 for m in r.months)
    if not sure and not maybe:
        return ""
    first, last = min([*sure, *maybe]), max([*sure, *maybe])
    names = _between(first, last)
    most = max(sure[m] + maybe[m] for m in names)
    wide = (_RIGHT - _LEFT) / len(names)
    tall = (_BASE - _TOP - 12.0) / most
    parts = [svg.path(f"M{_LEFT} {_TOP}V{_BASE}H{_RIGHT}", class_="scale"), *_counts(most, tall)]
    for i, name in enumerate(names):
        x = _LEFT + i * wide
        parts += _bar(x, wide, _BASE, tall * sure[name], "month")
        parts += _bar(x, wide, _BASE - tall * sure[name], tall * maybe[name], "month maybe")
        if name.endswith("-01") and (len(names) <= 120 or int(name[:4]) % 5 == 0):
            parts.append(svg.path(f"M{x:.1f} {_BASE}v6", class_="scale"))
            if x < _RIGHT - 40.0:  # whole labels only
                parts.append(svg.text(x + 2.0, _BASE + 19.0, name[:4], class_="grid-label"))
    if not any(name.endswith("-01") for name in names):
        parts.append(svg.text(_LEFT, _BASE + 19.0, first, class_="grid-label"))
    return _figure("Launches a month", _MONTHS_H, parts)


def _bar(x: float, wide: float, base: float, tall: float, class_: str) -> list[str]:
    if tall <= 0.0:
        return []
    return [
        svg.element("rect", x=x, y=base - tall, width=max(1.2, wide - min(1.0, 0.2 * wide)), height=tall, class_=class_)
    ]


def _counts(most: int, tall: float) -> list[str]:
    step = next(s for s in (1, 2, 5, 10, 20, 50, 100, 1_000, 10_000, 100_000) if most <= 6 * s)
    found = []
    for n in range(step, most + 1, step):
        y = _BASE - n * tall
        found.append(svg.path(f"M{_LEFT} {y:.1f}H{_RIGHT}", class_="grid"))
        found.append(svg.text(_LEFT - 6.0, y + 4.0, str(n), class_="grid-label", text_anchor="end"))
    return found


def _between(first: str, last: str) -> list[str]:
    """All months from one to another."""
    a, b = (12 * int(m[:4]) + int(m[5:7]) - 1 for m in (first, last))
    return [f"{n // 12:04d}-{n % 12 + 1:02d}" for n in range(a, b + 1)]


def scatter(rows: Sequence[Row]) -> str:
    """Range and apogee of each launch that has both, on logarithmic axes, beside the line of least energy."""
    shown = [r for r in rows if r.range_km and r.apogee_km]
    if not shown:
        return ""
    parts = [svg.path(f"M{_LEFT} {_TOP}V{_y(_LOW_KM):.1f}H{_RIGHT}", class_="scale"), *_ticks(), _cheapest()]
    for r in shown:
        parts.append(_cross(r))
    return _figure("Range against apogee", _SCATTER_H, parts)


def _x(km: float) -> float:
    return _LEFT + (_RIGHT - _LEFT) * _share(km)


def _y(km: float) -> float:
    return _SCATTER_H - 44.0 - (_SCATTER_H - 44.0 - _TOP) * _share(km)


def _share(km: float) -> float:
    return math.log(min(max(km, _LOW_KM), _HIGH_KM) / _LOW_KM) / math.log(_HIGH_KM / _LOW_KM)


def _ticks() -> list[str]:
    found = []
    for km in (10, 30, 100, 300, 1_000, 3_000, 10_000):
        x, y = _x(km), _y(km)
        found.append(svg.path(f"M{x:.1f} {_y(_LOW_KM):.1f}V{_TOP}M{_LEFT} {y:.1f}H{_RIGHT}", class_="grid"))
        found.append(svg.text(x, _SCATTER_H - 26.0, f"{km:,}", class_="grid-label", text_anchor="middle"))
        found.append(svg.text(_LEFT - 6.0, y + 4.0, f"{km:,}", class_="grid-label", text_anchor="end"))
    found.append(svg.text(_RIGHT, _SCATTER_H - 8.0, "range, km", class_="note", text_anchor="end"))
    found.append(svg.text(_LEFT + 6.0, _TOP + 12.0, "apogee, km", class_="note"))
    return found


def _cheapest() -> str:
    """The apogee of the least-energy flight of each range."""
    ranges = [_LOW_KM * (_HIGH_KM / _LOW_KM) ** (k / 80.0) for k in range(81)]
    points = [
        (_x(r), _y(minimum_energy_apogee_m(r * 1e3) / 1e3)) for r in ranges if minimum_energy_apogee_m(r * 1e3) >= 1e4
    ]
    x, y = points[-12]
    label = svg.text(x, y + 20.0, "least energy", class_="note", text_anchor="middle")
    return svg.path(svg.line(points), class_="ahead") + label


def _cross(r: Row) -> str:
    """A dot with bars from the least to the most that any source says; hollow where it failed."""
    (x1, x2), (y1, y2) = ([_x(v) for v in r.range_km], [_y(v) for v in r.apogee_km])
    x, y = 0.5 * (x1 + x2), 0.5 * (y1 + y2)
    bars = (
        svg.path(f"M{x1:.1f} {y:.1f}H{x2:.1f}M{x:.1f} {y1:.1f}V{y2:.1f}", class_="spread")
        if x1 != x2 or y1 != y2
        else ""
    )
    title = svg.element("title", escape(f"{r.when}: {r.vehicle_class} {r.shape.replace('_', ' ')}"))
    class_ = f"dot {r.shape.replace('_', '-') or 'unshaped'}{' failed' if r.is_failed else ''}"
    return bars + svg.element("circle", title, cx=x, cy=y, r=4.5, class_=class_)


def mapped(rows: Sequence[Row], tables: Tables | None) -> str:
    """Launch sites, a circle for each place with an area by the number of launches."""
    places: dict[tuple[float, float], list[Row]] = {}
    for r in rows:
        if r.place_deg:
            places.setdefault((round(r.place_deg[0], 2), round(r.place_deg[1], 2)), []).append(r)
    if not places:
        return ""
    view = view_of(list(places))
    parts = [svg.element("rect", class_="sea", x=0, y=0, width=WIDTH, height=HEIGHT)]
    parts += ground.drawn(view, tables) if tables is not None else []
    parts += graticule(view)
    named: list[tuple[float, float]] = []
    for place, here in sorted(places.items(), key=lambda item: (-len(item[1]), item[0])):
        for x, y in view.points([place]):
            size = 3.0 + 2.2 * math.sqrt(len(here))
            title = svg.element("title", escape(f"{here[0].site or 'no name'}: {len(here)}"))
            parts.append(svg.element("circle", title, cx=x, cy=y, r=size, class_="launch"))
            if all(abs(x - a) > 120.0 or abs(y - b) > 20.0 for a, b in named) and len(named) < 12:
                named.append((x, y))
                parts.append(_label(x, y, size, f"{_short(here[0].site)} {len(here)}"))
    parts.append(scale(view))
    return _figure("Launch sites", HEIGHT, parts, class_="map")


def _label(x: float, y: float, size: float, words: str) -> str:
    """The name of a place, on the side where the map has room."""
    is_left = x > WIDTH - 180.0
    edge = x - size - 3.0 if is_left else x + size + 3.0
    return svg.text(edge, y + 4.0, words, class_="mark", text_anchor="end" if is_left else "start")


def _short(name: str) -> str:
    return " ".join(name.split()[:2])


def _figure(title: str, height: float, parts: Sequence[str], class_: str = "plot") -> str:
    inner = svg.element("title", title) + "".join(parts)
    return svg.element("svg", inner, viewBox=f"0 0 {WIDTH:.0f} {height:.0f}", role="img", class_=class_)
