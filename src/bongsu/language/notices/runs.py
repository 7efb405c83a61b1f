"""Positions that belong together: those with only connecting words between them, parted where a new area is announced."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from bongsu.language.notices.coordinates import Place

Run = tuple[Place, ...]

_PAREN = r"\([^()\n]{0,40}\)"
_ENUM = (
    r"(?:\(?(?:[IVX]{1,5}|[A-Z]|\d{1,2})[.):]{1,2}\?{0,2}|\b(?:POINT|PT|PSN|COORD)\s?(?:NO\.?\s?)?[A-Z0-9]{1,2}\b[:.]?)"
)
_WORD = (
    r"(?:TO|AND|THENCE|THEN|NEXT|ON|THE|ALONG|BY|FROM|FM|A|FIR|BOUNDAR(?:Y|IES)|BOUNDRY|BDRY|LINES?|STRAIGHT|DIRECT|JOINING"
    r"|NORTH|SOUTH|EAST|WEST|LAT|LONG?)"
)
_FIX = r"[-–]\s*(?!DCT\b)(?:[A-Z]{3,5}|[A-Z]{2,20}\s+VOR(?:/DME)?)\s*[-–]"  # a named point printed with its position
_GAP = re.compile(rf"(?:[\s,;:./+*&–—?'\"、。・]|-(?!\s*[A-Z]{{3,5}}\s*-)|{_FIX}|{_PAREN}|{_ENUM}|\b{_WORD}\b)*\Z")
_HAS_ENUM = re.compile(_ENUM)
_LETTERED: Final = re.compile(r"\(?(?:[IVX]{1,5}|[A-Z]|\d{1,2})[.)]")
MAX_GAP: Final = 120  # characters between two corners of one area


def runs_of(text: str, places: Sequence[Place]) -> tuple[Run, ...]:
    """The positions of a notice, grouped; text is upper case."""
    runs: list[Run] = []
    current: list[Place] = []
    marks: list[int] = []  # places in `current` that an enumerator stands before
    for place in places:
        if current and (_is_closed(current, marks) or not _belongs(text, current[-1], place)):
            runs.extend(_parted(current, marks))
            current, marks = [], []
        if _HAS_ENUM.search(text[max(0, place.start - 12) : place.start].rpartition("\x02")[2]):
            marks.append(len(current))
        current.append(place)
    return (*runs, *_parted(current, marks))


def _belongs(text: str, last: Place, place: Place) -> bool:
    gap = text[last.stop : place.start]
    return len(gap) <= MAX_GAP and _GAP.match(gap) is not None


def _is_closed(run: Sequence[Place], marks: Sequence[int]) -> bool:
    """Whether the last corner is the first again, and not the first of a new entry in a list of areas."""
    is_entry = len(run) - 1 in marks and len(marks) < len(run)
    return len(run) > 3 and not is_entry and same_place(run[0], run[-1])


def same_place(a: Place, b: Place) -> bool:
    """Whether two places were printed alike."""
    return a.is_usable and b.is_usable and abs(a.lat_rad - b.lat_rad) < 1e-9 and abs(a.lon_rad - b.lon_rad) < 1e-9


def _parted(run: Sequence[Place], marks: Sequence[int]) -> list[Run]:
    """A run cut at its enumerators where these number areas, not corners: every part could be an area."""
    if not run:
        return []
    cuts = [mark for mark in marks if mark]
    edges = [0, *cuts, len(run)]
    sizes = [b - a for a, b in pairwise(edges)]
    if cuts and min(sizes) >= 3:
        return [tuple(run[a:b]) for a, b in pairwise(edges)]
    return [tuple(run)]
