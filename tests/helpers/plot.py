"""Small plots as SVG text: axes, lines, dots and bands. No library, so that a page of results needs none."""

import math
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 640, 260, 62, 14, 30, 42
INK, GRID = "#222", "#ddd"


@dataclass
class Plot:
    """One panel; what is drawn beyond its ranges is cut off."""

    title: str
    x_label: str
    y_label: str
    x_range: tuple[float, float]
    y_range: tuple[float, float]
    parts: list[str] = field(default_factory=list)
    legend: list[tuple[str, str]] = field(default_factory=list)

    def x(self, value: float) -> float:
        """Pixels from the left."""
        low, high = self.x_range
        return LEFT + (min(max(value, low), high) - low) / (high - low) * (WIDTH - LEFT - RIGHT)

    def y(self, value: float) -> float:
        """Pixels from the top."""
        low, high = self.y_range
        return HEIGHT - BOTTOM - (min(max(value, low), high) - low) / (high - low) * (HEIGHT - TOP - BOTTOM)

    def named(self, colour: str, name: str) -> None:
        """One entry of the legend."""
        if name and (colour, name) not in self.legend:
            self.legend.append((colour, name))

    def line(self, xs, ys, colour, name="", dash=""):
        """A line through points."""
        self.named(colour, name)
        points = " ".join(f"{self.x(a):.1f},{self.y(b):.1f}" for a, b in zip(xs, ys, strict=True))
        self.parts.append(
            f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="1.5" stroke-dasharray="{dash}"/>'
        )

    def dots(self, xs, ys, colour, name=""):
        """A dot a point."""
        self.named(colour, name)
        for a, b in zip(xs, ys, strict=True):
            self.parts.append(f'<circle cx="{self.x(a):.1f}" cy="{self.y(b):.1f}" r="2.2" fill="{colour}"/>')

    def band(self, from_x, until_x, colour, name=""):
        """A stretch of x."""
        self.named(colour, name)
        a, b = self.x(from_x), self.x(until_x)
        box = f'x="{a:.1f}" y="{TOP}" width="{max(1.0, b - a):.1f}" height="{HEIGHT - TOP - BOTTOM}"'
        self.parts.append(f'<rect {box} fill="{colour}" fill-opacity="0.35"/>')

    def between(self, xs, lows, highs, colour, name=""):
        """An interval that changes along x."""
        self.named(colour, name)
        there = [f"{self.x(a):.1f},{self.y(b):.1f}" for a, b in zip(xs, lows, strict=True)]
        back = [f"{self.x(a):.1f},{self.y(b):.1f}" for a, b in zip(xs, highs, strict=True)]
        self.parts.append(f'<polygon points="{" ".join(there + back[::-1])}" fill="{colour}" fill-opacity="0.35"/>')

    def svg(self) -> str:
        """The whole picture."""
        frame = [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
            f'font-family="sans-serif" font-size="11" fill="{INK}" role="img" aria-label="{escape(self.title)}">',
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
        ]
        for value in ticks(*self.x_range):
            at = self.x(value)
            frame.append(f'<path d="M{at:.1f} {TOP}V{HEIGHT - BOTTOM}" stroke="{GRID}"/>')
            frame.append(f'<text x="{at:.1f}" y="{HEIGHT - BOTTOM + 14}" text-anchor="middle">{value:g}</text>')
        for value in ticks(*self.y_range):
            at = self.y(value)
            frame.append(f'<path d="M{LEFT} {at:.1f}H{WIDTH - RIGHT}" stroke="{GRID}"/>')
            frame.append(f'<text x="{LEFT - 5}" y="{at + 4:.1f}" text-anchor="end">{value:g}</text>')
        middle = 0.5 * (TOP + HEIGHT - BOTTOM)
        words = [
            f'<text x="{LEFT}" y="13" font-weight="bold">{escape(self.title)}</text>',
            f'<text x="{0.5 * (LEFT + WIDTH - RIGHT)}" y="{HEIGHT - 8}" text-anchor="middle">{escape(self.x_label)}</text>',
            f'<text transform="translate(14 {middle}) rotate(-90)" text-anchor="middle">{escape(self.y_label)}</text>',
        ]
        at = LEFT
        for colour, name in self.legend:
            words.append(f'<rect x="{at}" y="18" width="9" height="9" fill="{colour}"/>')
            words.append(f'<text x="{at + 12}" y="26">{escape(name)}</text>')
            at += 24 + round(6.0 * len(name))
        return "\n".join([*frame, *self.parts, *words, "</svg>\n"])


def ticks(low: float, high: float) -> list[float]:
    """Round values inside a range, about six."""
    raw = (high - low) / 6.0
    size = 10.0 ** math.floor(math.log10(raw))
    step = next(size * k for k in (1.0, 2.0, 5.0, 10.0) if size * k >= raw)
    first = math.ceil(low / step - 1e-9)
    return [round(k * step, 10) for k in range(first, math.floor(high / step + 1e-9) + 1)]
