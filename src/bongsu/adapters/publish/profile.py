"""The time-height plot as inline SVG: measured heights, burns, forecast apogee and forecast fall."""

import math

from msgspec import UNSET

from bongsu.adapters.publish import rounding as say
from bongsu.adapters.publish import svg
from bongsu.adapters.publish.account import Account
from bongsu.adapters.publish.statements import EN
from bongsu.constants import NS_PER_S
from bongsu.language.recounting import Recounting

WIDTH, HEIGHT = 720.0, 340.0
LEFT, RIGHT, TOP, BOTTOM = 58.0, 704.0, 26.0, 296.0
NOTE_PX = 50.0  # a band narrower than half its words stays without them; the key below names it
MOST_POINTS = 600  # of one drawn line; more cannot be told apart


class Axes:
    """Time since lift-off (or since the first measurement) and height, to pixels."""

    def __init__(self, zero_ns: int, span_s: float, top_m: float) -> None:
        self.zero_ns, self.span_s, self.top_m = zero_ns, span_s, top_m

    def x(self, t_ns: float) -> float:
        """Pixel of an instant."""
        return LEFT + (RIGHT - LEFT) * (t_ns - self.zero_ns) / NS_PER_S / self.span_s

    def y(self, h_m: float) -> float:
        """Pixel of a height."""
        return BOTTOM - (BOTTOM - TOP) * h_m / self.top_m


def drawn(a: Account, w: Recounting = EN) -> str:
    """The whole plot; empty when nothing was measured."""
    if not any(len(p.t_ns) > 1 for p in a.paths):
        return ""
    axes = _axes(a)
    parts = [*_burns(axes, a, w), *_grid(axes, a, w), *_fall(axes, a, w), *_tracks(axes, a), *_apogee(axes, a, w)]
    title = svg.element("title", w.labels["plot_title"])
    return svg.element(
        "svg", title + "".join(parts), viewBox=f"0 0 {WIDTH:.0f} {HEIGHT:.0f}", role="img", class_="plot"
    )


def _axes(a: Account) -> Axes:
    first_ns = min(p.t_ns[0] for p in a.paths)
    last_ns = max(p.t_ns[-1] for p in a.paths)
    tops = [max(p.h_m) for p in a.paths]
    zero_ns = a.point.t0_ns if a.point is not UNSET else first_ns
    if a.impact is not UNSET:
        half_ns = round(say.Z90 * a.impact.sigma_impact_s * NS_PER_S)
        last_ns = max(last_ns, a.impact.impact_ns + half_ns)
    if a.apogee is not UNSET:
        last_ns, tops = max(last_ns, a.apogee.apogee_ns), [*tops, a.apogee.high_m]
    return Axes(zero_ns, max(1.04 * (last_ns - zero_ns) / NS_PER_S, 1.0), 1.12 * max(*tops, 1000.0))


def _grid(axes: Axes, a: Account, w: Recounting) -> list[str]:
    """Lines and labels at round heights and times."""
    found = []
    step_km = round_step(axes.top_m / say.M_PER_KM / 5.0)
    for k in range(math.floor(axes.top_m / say.M_PER_KM / step_km) + 1):
        y = axes.y(k * step_km * say.M_PER_KM)
        found.append(svg.path(f"M{LEFT:.1f} {y:.1f}H{RIGHT:.1f}", class_="grid"))
        found.append(svg.text(LEFT - 7.0, y + 4.0, f"{k * step_km:g}", class_="grid-label", text_anchor="end"))
    step_s = next((s for s in (10, 30, 60, 120, 300, 600, 1200, 3600) if axes.span_s / s <= 7.5), 7200)
    for k in range(math.floor(axes.span_s / step_s) + 1):
        x = axes.x(axes.zero_ns + k * step_s * NS_PER_S)
        label = f"{k * step_s // 60}:{k * step_s % 60:02d}"
        found.append(svg.text(x, BOTTOM + 18.0, label, class_="grid-label", text_anchor="middle"))
    since = w.labels["plot_since" if a.point is not UNSET else "plot_first"]
    found.append(svg.text(RIGHT, HEIGHT - 4.0, since, class_="grid-label", text_anchor="end"))
    found.append(svg.text(4.0, 14.0, w.labels["plot_height"], class_="grid-label"))
    return found


def round_step(wanted: float) -> float:
    """The first of 1, 2, 5 times a power of ten that is not below `wanted`."""
    power = 10.0 ** math.floor(math.log10(wanted))
    return next(s * power for s in (1.0, 2.0, 5.0, 10.0) if s * power >= wanted * (1.0 - 1e-9))


def _burns(axes: Axes, a: Account, w: Recounting) -> list[str]:
    """A band for every powered stretch of flight."""
    found = []
    for burn in a.burns:
        end_ns = burn.end_ns if burn.end_ns is not UNSET else a.track.t_ns if a.track is not UNSET else a.now_ns
        x0, x1 = max(axes.x(burn.start_ns), LEFT), min(axes.x(end_ns), RIGHT)
        if x1 > x0:
            found.append(svg.element("rect", class_="burn", x=x0, y=TOP, width=x1 - x0, height=BOTTOM - TOP))
            label = w.labels["plot_burn" if burn is a.burns[0] else "plot_again"]
            if x1 - x0 > NOTE_PX:
                found.append(svg.text(x0 + 5.0, TOP + 15.0, label, class_="note"))
    return found


def _tracks(axes: Axes, a: Account) -> list[str]:
    main = a.track.track_id if a.track is not UNSET else ""
    found = []
    for path in sorted(a.paths, key=lambda p: p.track_id == main):
        every = max(1, len(path.t_ns) // MOST_POINTS)
        points = [(axes.x(t), axes.y(h)) for t, h in zip(path.t_ns[::every], path.h_m[::every], strict=True)]
        found.append(svg.path(svg.line(points), class_="track" if path.track_id == main else "track other"))
    return found


def _apogee(axes: Axes, a: Account, w: Recounting) -> list[str]:
    """The forecast apogee with its 90 % interval in height."""
    if a.apogee is UNSET:
        return []
    x, y = axes.x(a.apogee.apogee_ns), axes.y(a.apogee.apogee_m)
    bar = f"M{x - 4:.1f} {axes.y(a.apogee.low_m):.1f}h8M{x - 4:.1f} {axes.y(a.apogee.high_m):.1f}h8"
    bar += f"M{x:.1f} {axes.y(a.apogee.low_m):.1f}V{axes.y(a.apogee.high_m):.1f}"
    label = svg.text(x, max(y - 12.0, 14.0), w.labels["plot_apogee"], class_="mark", text_anchor="middle")
    return [svg.path(bar, class_="bar"), svg.element("circle", cx=x, cy=y, r=3.5, class_="apogee-mark"), label]


def _fall(axes: Axes, a: Account, w: Recounting) -> list[str]:
    """The forecast fall as a band of its 90 % interval in time, and the way there from the last measured height."""
    if a.impact is UNSET:
        return []
    half_ns = say.Z90 * a.impact.sigma_impact_s * NS_PER_S
    x0, x1, x = (axes.x(a.impact.impact_ns + d) for d in (-half_ns, half_ns, 0.0))
    band = svg.element("rect", class_="impact", x=x0, y=TOP, width=max(x1 - x0, 1.0), height=BOTTOM - TOP)
    found = [band, svg.text(x - 6.0, TOP + 15.0, w.labels["plot_impact"], class_="mark", text_anchor="end")]
    main = [p for p in a.paths if a.track is not UNSET and p.track_id == a.track.track_id]
    if main and main[0].t_ns[-1] < a.impact.impact_ns:
        last = (axes.x(main[0].t_ns[-1]), axes.y(main[0].h_m[-1]))
        found.append(svg.path(svg.line([last, (x, axes.y(0.0))]), class_="ahead"))
    return found
