"""Paragraphs for a terminal, in columns: wide characters take two."""

import textwrap
import unicodedata

WIDTH = 100  # columns


def columns(text: str) -> int:
    """How many columns a terminal gives a text; wide characters take two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def filled(text: str, bullet: str, columns_wide: int = WIDTH) -> list[str]:
    """Lines of a paragraph behind a bullet, as wide in columns as fits; wide scripts have fewer characters in a line."""
    indent = columns(bullet)
    width = max(24, (columns_wide - indent) * len(text) // max(1, columns(text)))
    lines = textwrap.wrap(text, width, break_on_hyphens=False)
    return [(bullet if k == 0 else " " * indent) + line for k, line in enumerate(lines)]
