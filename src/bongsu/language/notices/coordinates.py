"""Printed positions: every pair of latitude and longitude of a notice, with where it stands; what is none is a problem.

Read are, with the hemisphere before or after the figures: compact (`N395041E1044338`, `0926N12852E`, `1343.9N08014.2E`), parted
(`12 39 14N 119 41 06E`, `30-15.5N 131-05.0E`, `38°36′N 125°35′E`) and decimal degrees (`30.25N 131.5E`). A compact figure may be
broken over two lines, as teleprinters do.
"""

import math
import re
from dataclasses import dataclass
from typing import Final

MAX_PLACES: Final = 2_000  # of one text

_FRACTION = r"(?:\.\d{1,8})?"
_PARTED = (
    r"\d{1,3}\s?(?:[-°º˚]|:(?!\s)|DEG(?:REES)?|\s)\s?\d{1,2}"
    + _FRACTION
    + r"(?!\d)(?:\s?(?:['′’]|MIN(?:UTES)?(?![A-Z])))?"
    r"(?:[-\s:'′’]\s?\d{1,2}" + _FRACTION + r"(?!\d)\s?(?:[\"″”]|''|′′|SEC(?:ONDS)?)?)?"
)
_COMPACT = r"\d(?:(?:[ ]?\n)?\d){0,9}" + _FRACTION + r"(?:\s?(?:[°º˚]|DEG(?:REES)?))?"
_VALUE = f"(?:{_PARTED}|{_COMPACT})"
_BETWEEN = r"[\s,/;:()-]{0,6}(?:AND\s{1,2})?(?:LON(?:G(?:ITUDE)?)?\.?[\s:]{0,3})?"
_PAIR = re.compile(
    rf"(?<![A-Z0-9.])(?P<ns1>[NS])\s?(?P<lat1>{_VALUE}){_BETWEEN}(?P<ew1>[EW])\s{{0,3}}(?P<lon1>{_VALUE})(?![\d.]*\d)"
    rf"|(?:(?<![\d.])(?<!\d[-°'′])|(?<=[\s(]\d\.)|(?<=[\s(]\d\d\.))(?P<lat2>{_VALUE})\s?(?P<ns2>[NS])(?![A-Z]){_BETWEEN}(?P<lon2>{_VALUE})\s?(?P<ew2>[EW])(?![A-Z]{{2}})"
)
# An angle, or what was meant as one, outside every pair.
_LONE = re.compile(
    r"(?<![A-Z0-9/.])(?:[NSEW]\s?[\dO]{4,8}(?:\.\d+)?(?![A-Z\d/])|[\dO]{4,8}(?:\.\d+)?\s?[NSEW](?![A-Z]))"
)
_ROUTE = re.compile(r"[NSEW]\d{3}[\s/,-]+[NSEW]\d{1,3}")  # names of two airways
_DECIMAL, _COMPACTED = re.compile(r"\d{1,2}\.\d+"), re.compile(r"\d{4}")  # of degrees; of degrees and minutes
_DEGREE_MARK = re.compile(r"[°º˚D]")


@dataclass(frozen=True, slots=True)
class Place:
    """A printed position and the characters it was printed in; one that cannot be is NaN and has its reason."""

    lat_rad: float
    lon_rad: float
    start: int
    stop: int
    reason: str = ""

    @property
    def is_usable(self) -> bool:
        """Whether there is such a position."""
        return not self.reason


def places_in(text: str) -> tuple[Place, ...]:
    """Every position printed in an upper-case text, in order; a lone latitude or longitude is one that cannot be."""
    found: list[Place] = []
    at = 0
    for match in _PAIR.finditer(text):
        found.extend(_lone(text, at, match.start()))
        at = match.end()
        if not _ROUTE.fullmatch(match.group()):
            found.append(_place(match))
        if len(found) >= MAX_PLACES:
            return tuple(found[:MAX_PLACES])
    found.extend(_lone(text, at, len(text)))
    return tuple(found[:MAX_PLACES])


def angle_rad(printed: str, hemisphere: str) -> float | str:
    """The angle in a printed latitude or longitude, or the reason why it is none."""
    is_lat = hemisphere in "NS"
    parts = _parts(printed, is_lat)
    if isinstance(parts, str):
        return parts
    whole, minutes, seconds = parts
    if minutes >= 60.0 or seconds >= 60.0:
        return f"{minutes:g} minutes, {seconds:g} seconds: below 60 expected"
    angle = whole + minutes / 60.0 + seconds / 3600.0
    if angle > (90.0 if is_lat else 180.0):
        return f"{angle:g} degrees of {'latitude' if is_lat else 'longitude'}"
    return math.radians(-angle if hemisphere in "SW" else angle)


def _place(match: re.Match[str]) -> Place:
    names = ("lat1", "ns1", "lon1", "ew1") if match["ns1"] else ("lat2", "ns2", "lon2", "ew2")
    lat, ns, lon, ew = (match[name] for name in names)
    lat_rad, lon_rad = angle_rad(lat, ns), angle_rad(lon, ew)
    printed = " ".join(match.group().split())
    for angle in (lat_rad, lon_rad):
        if isinstance(angle, str):
            return Place(math.nan, math.nan, match.start(), match.end(), f"{printed}: {angle}")
    if _DECIMAL.fullmatch(lat) and _COMPACTED.match(lon):
        return Place(math.nan, math.nan, match.start(), match.end(), f"{printed}: two notations in one position")
    return Place(float(lat_rad), float(lon_rad), match.start(), match.end())


def _lone(text: str, start: int, stop: int) -> list[Place]:
    return [
        Place(math.nan, math.nan, m.start(), m.end(), f"{' '.join(m.group().split())}: half a position, or a misprint")
        for m in _LONE.finditer(text, start, stop)
    ]


def _parts(printed: str, is_lat: bool) -> tuple[float, float, float] | str:
    """Degrees, minutes, seconds of a printed figure."""
    figure = re.sub(r"[ ]?\n", "", printed) if re.fullmatch(r"\d(?:(?:[ ]?\n)?\d)*(?:\.\d+)?", printed) else printed
    numbers = re.findall(r"\d+(?:\.\d+)?", figure)
    if len(numbers) > 1:
        whole, minutes, *more = (float(n) for n in numbers)
        return whole, minutes, more[0] if more else 0.0
    number = numbers[0]
    digits, _, fraction = number.partition(".")
    if len(digits) <= (2 if is_lat else 3) or _DEGREE_MARK.search(figure):
        return float(number), 0.0, 0.0
    tail = f".{fraction or '0'}"
    if len(digits) in ((4,) if is_lat else (4, 5)):
        return float(digits[:-2]), float(digits[-2:] + tail), 0.0
    if len(digits) in ((6,) if is_lat else (6, 7)):
        return float(digits[:-4]), float(digits[-4:-2]), float(digits[-2:] + tail)
    return f"{len(digits)} digits of {'latitude' if is_lat else 'longitude'}"
