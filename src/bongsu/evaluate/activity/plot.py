"""A reliability plot as one self-contained SVG: what was said against how often it came, a panel a horizon."""

from collections.abc import Sequence
from html import escape

from bongsu.evaluate.activity.scores import Bin

SIDE, GAP, TOP, LEFT = 200.0, 60.0, 46.0, 52.0
TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)
STYLE = (
    "text{font:11px sans-serif;fill:#333}.t{font-weight:bold}.a{stroke:#999;fill:none}.d{stroke:#bbb;stroke-dasharray:4 3}"
    ".c0{stroke:#1f77b4;fill:#1f77b4}.c1{stroke:#d95f02;fill:#d95f02}"
)
Series = tuple[str, Sequence[Bin]]  # a model's name and its bins


def reliability_svg(panels: Sequence[tuple[str, Sequence[Series]]], title: str) -> str:
    """The plot of some panels (title, series). A mark's area grows with its forecasts; a bar is the 90 % interval of its bin."""
    width = LEFT + len(panels) * (SIDE + GAP)
    height = TOP + SIDE + 66.0
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}" '
        f'viewBox="0 0 {width:.0f} {height:.0f}" role="img"><title>{escape(title)}</title><style>{STYLE}</style>'
        '<rect width="100%" height="100%" fill="#fff"/>'
    ]
    for i, (name, series) in enumerate(panels):
        parts += _panel(LEFT + i * (SIDE + GAP), name, series)
    names = [name for name, _ in panels[0][1]] if panels else []
    for k, name in enumerate(names):
        x = LEFT + 160.0 * k
        parts.append(f'<circle class="c{k}" cx="{x:.1f}" cy="{height - 14:.1f}" r="4"/>')
        parts.append(f'<text x="{x + 9:.1f}" y="{height - 10:.1f}">{escape(name)}</text>')
    return "".join([*parts, "</svg>\n"])


def _panel(x0: float, name: str, series: Sequence[Series]) -> list[str]:
    """Axes, the diagonal on which promises are kept, and the marks of each series, beside one another."""
    parts = [
        f'<text class="t" x="{x0:.1f}" y="{TOP - 14:.1f}">{escape(name)}</text>',
        f'<rect class="a" x="{x0:.1f}" y="{TOP:.1f}" width="{SIDE:.1f}" height="{SIDE:.1f}"/>',
        f'<path class="d" d="M{x0:.1f} {TOP + SIDE:.1f}L{x0 + SIDE:.1f} {TOP:.1f}"/>',
    ]
    for tick in TICKS:
        x, y = x0 + tick * SIDE, TOP + (1.0 - tick) * SIDE
        parts.append(f'<text x="{x:.1f}" y="{TOP + SIDE + 15:.1f}" text-anchor="middle">{tick:g}</text>')
        parts.append(f'<text x="{x0 - 6:.1f}" y="{y + 4:.1f}" text-anchor="end">{tick:g}</text>')
    parts.append(f'<text x="{x0 + SIDE / 2:.1f}" y="{TOP + SIDE + 31:.1f}" text-anchor="middle">said</text>')
    parts.append(f'<text x="{x0 - 32:.1f}" y="{TOP - 2:.1f}">came</text>')
    most = max((each.n for _, bins in series for each in bins), default=1)
    for k, (_, bins) in enumerate(series):
        for each in bins:
            x, y = x0 + each.p * SIDE + 3.0 * k, TOP + (1.0 - each.came.value) * SIDE
            low, high = (TOP + (1.0 - end) * SIDE for end in (each.came.low, each.came.high))
            parts.append(f'<path class="c{k}" d="M{x:.1f} {low:.1f}L{x:.1f} {high:.1f}"/>')
            parts.append(
                f'<circle class="c{k}" cx="{x:.1f}" cy="{y:.1f}" r="{1.5 + 4.5 * (each.n / most) ** 0.5:.1f}"/>'
            )
    return parts
