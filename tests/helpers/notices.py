"""Notices of our own for tests, and what others made of the shared ones."""

import json
import math
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from bongsu.language.notices.outlines import Point

NOTAM = (
    "A0001/30 NOTAMN\nQ) RJJJ/QWMLW/IV/BO/W/000/999/3030N13130E060\nA) RJJJ B) 3003040100 C) 3003080500\nD) DLY 0100-0500\n"
    "E) ROCKET LAUNCH IS PLANNED. DEBRIS IS EXPECTED TO FALL WI AN AREA DEFINED AS\n"
    "3000N13100E TO 3100N13100E TO 3100N13200E TO 3000N13200E TO POINT OF ORIGIN.\nF) SFC G) UNL"
)
NAVAREA = (
    "NAVAREA XI 0001/30\nSOUTH OF HONSHU. ROCKET LAUNCHING. 302100Z MAY TO 100300Z JUN.\nIN AREAS BOUNDED BY\n"
    "A. 30-00.5N 131-00E, 31-00N 131-00E, 31-00N 132-00E.\nB. 20-00-30N 131-00E, 21-00N 131-00E, 21-00N 132-00E.\n"
    "CANCEL THIS MSG 100400Z JUN."
)
HYDROPAC = (
    "HYDROPAC 12/30\nNORTH PACIFIC. GUNNERY 0100Z TO 0500Z DAILY 12 THRU 14 NOV IN AREA WITHIN 25 MILES OF 28-15.0N 130-20.0E.\n"
    "CANCEL THIS MSG 140600Z NOV 30."
)
OWN = (NOTAM, NAVAREA, HYDROPAC)


def instant(text: str) -> int:
    """Seconds since 1970 of `2030-03-04 01:00`, UTC."""
    return int(datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=UTC).timestamp())


def degrees(*points: Point) -> list[tuple[float, float]]:
    """Points in degrees, to a millionth."""
    return [(round(math.degrees(lat), 6), round(math.degrees(lon), 6)) for lat, lon in points]


def shared(folder: Path) -> Iterator[tuple[str, str, str, str]]:
    """Name, text, coordinates and time of every shared NOTAM."""
    for path in sorted((folder / "notices" / "notam_launch").glob("*.json")):
        table = json.loads(path.read_text(encoding="utf-8"))
        columns = (table[name] for name in ("CODE", "RAWMESSAGE", "COORDINATES", "TIME"))
        yield from zip(*columns, strict=True)


def ring_of(coordinates: str) -> list[Point]:
    """The open ring in `N303228E1224818-...`: the arrays' one notation."""
    ring = []
    for corner in coordinates.split("-"):
        ns, lat, ew, lon = re.fullmatch(r"([NS])(\d+)([EW])(\d+)", corner).groups()
        ring.append((_angle(lat, 2, ns == "S"), _angle(lon, 3, ew == "W")))
    return ring[:-1] if ring[0] == ring[-1] else ring


def _angle(digits: str, n: int, is_negative: bool) -> float:
    value = int(digits[:n]) + int(digits[n : n + 2]) / 60 + int(digits[n + 2 :] or 0) / 3600
    return math.radians(-value if is_negative else value)


def envelope_of(time: str) -> tuple[int, int]:
    """Begin and end in `17 MAY 06:00 2022 UNTIL 17 MAY 08:00 2022`."""
    begin, end = (datetime.strptime(t.title(), "%d %b %H:%M %Y").replace(tzinfo=UTC) for t in time.split(" UNTIL "))
    return int(begin.timestamp()), int(end.timestamp())


def is_same_ring(a: list[Point], b: list[Point]) -> bool:
    """Whether two rings have the same corners in the same order, to a millimetre."""
    return len(a) == len(b) and all(math.dist(p, q) < 1e-10 for p, q in zip(a, b, strict=True))
