"""Small pieces of SVG: escaped text, paths of points, elements. Colours come from the page's style, by class."""

from collections.abc import Iterable
from html import escape

Point = tuple[float, float]


def element(name: str, content: str = "", **attributes: object) -> str:
    """One element; `class_` becomes class, underscores become hyphens, numbers get one digit."""
    written = "".join(f' {k.rstrip("_").replace("_", "-")}="{_value(v)}"' for k, v in attributes.items())
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


def text(x: float, y: float, content: str, **attributes: object) -> str:
    """A label."""
    return element("text", escape(content), x=x, y=y, **attributes)


def line(points: Iterable[Point], *, is_closed: bool = False) -> str:
    """The path data through some points."""
    data = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    return f"M{data}{'Z' if is_closed else ''}" if data else ""


def path(data: str, **attributes: object) -> str:
    """A path element; nothing where there are no points."""
    return element("path", "", d=data, **attributes) if data else ""


def _value(value: object) -> str:
    return f"{value:.1f}" if isinstance(value, float) else escape(str(value), quote=True)
