"""Printed areas: polygons, circles, sectors, corridors and boxes of latitude and longitude, with what is wrong with them."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Final

from bongsu.language.notices import outlines
from bongsu.language.notices.coordinates import Place, angle_rad, places_in
from bongsu.language.notices.outlines import Point
from bongsu.language.notices.runs import Run, runs_of, same_place

MAX_AREAS: Final = 100  # of one notice
MAX_CORNERS: Final = 500
MAX_RADIUS_M: Final = 3_000_000.0
_CHECKED_CORNERS: Final = 150  # more are not checked for crossings

_P = "\x01\x02*"
_NUMBER = r"(?:\d{1,4}(?:\.\d{1,3})?|ONE|TWO|THREE|FOUR|FIVE|SIX|SEVEN|EIGHT|NINE|TEN|TWELVE|FIFTEEN|TWENTY)"
_WORDS = {"ONE": 1, "TWO": 2, "THREE": 3, "FOUR": 4, "FIVE": 5, "SIX": 6, "SEVEN": 7, "EIGHT": 8, "NINE": 9, "TEN": 10,
          "TWELVE": 12, "FIFTEEN": 15, "TWENTY": 20}  # fmt: skip
_UNIT = r"(?:N\.?M\.?|NAUTICAL[\s-]{1,3}MILES?|NMI|MILES?|STATUTE\s+MILES?|SM|KM|KILOMET(?:RE|ER)S?|MET(?:RE|ER)S?|M)(?![A-Z])"
_DISTANCE = rf"(?P<number>(?<![\d.]){_NUMBER})\s?-?\s?(?P<unit>{_UNIT})"
_PAD = r"(?:THE\s+)?(?:LAUNCH(?:ING)?\s+(?:PAD|SITE|POINT|STATION)|LAUNCHER|PAD)(?![A-Z])"
_ROUND = re.compile(r"\b(?:RADIUS|RAD|CIRCLE|CIRCULAR|WI|WITHIN|INSIDE|AROUND)\b")
_BEFORE = re.compile(rf"{_DISTANCE}(?P<between>[^\x01]{{0,80}}?)(?P<place>{_P})")
_BEHIND = re.compile(rf"(?P<place>{_P})(?P<between>[^\x01.:]{{0,60}}?){_DISTANCE}(?P<after>.{{0,20}})")
_AROUND_PAD = re.compile(rf"{_DISTANCE}(?P<between>[^\x01.]{{0,40}}?)\b(?:AROUND|FM|FROM|OF|ON|AT)\s+(?P<place>{_PAD})")
_PAD_AT = re.compile(rf"{_PAD}(?:\s+(?:COORD\w*|POSITION|PSN|AT|LOCATED|IS))*\s{{0,3}}[:.]?\s{{0,3}}(?P<place>{_P})")
_SECTOR = re.compile(
    rf"SECT(?:OR)?\b[^\x01]{{0,20}}?(?:BTN|BETWEEN)\s+(?P<inner>\d{{1,4}}(?:\.\d+)?)\s?(?P<unit>{_UNIT})\s+(?:AND|TO|-)\s+"
    rf"(?P<outer>\d{{1,4}}(?:\.\d+)?)\s?{_UNIT}\s+(?:FM|FROM|OF)\s+(?P<place>{_P}|{_PAD})[^\x01]{{0,40}}?"
    r"(?:BTN|BETWEEN)[^\x01\d]{0,40}(?P<a>\d{1,3})\s?(?:DEG\w*|°)?\s+(?:AND|TO|-)\s+(?P<b>\d{1,3})\s?(?:DEG|°)"
)
_CORRIDOR = re.compile(
    rf"{_DISTANCE}[^\x01]{{0,30}}?(?:(?P<sides>(?:EITHER|EACH|BOTH)\s+SIDES?)|(?:OF|FROM)\s+(?:A\s+|THE\s+)?(?:TRACK\s?LINE|LINE|TRACK)|(?P<wide>\bWIDE\b))"
    rf"[^\x01]{{0,80}}?(?P<place>{_P})"
)
_LAT = r"(?:LAT(?:ITUDE)?S?\.?\s{0,2})?(\d[\d .°'′-]{1,11}[NS]|[NS]\s?\d[\d .°'′-]{1,11})"
_LON = r"(?:LON(?:G(?:ITUDE)?)?S?\.?\s{0,2})?(\d[\d .°'′-]{1,12}[EW]|[EW]\s?\d[\d .°'′-]{1,12})"
_AND = r"\s{0,2}(?:AND|TO|-|,|\s)\s{0,2}"
_BOX = re.compile(
    rf"(?<![\dA-Z]){_LAT}{_AND}{_LAT}\s{{0,2}}(?:,|AND|;|\s)\s{{0,2}}(?:BETWEEN\s|BTN\s)?\s?{_LON}{_AND}{_LON}(?![A-Z\d])"
)
_LABEL = re.compile(
    r"(?P<label>(?:(?:IMPACT|DANGER|DNG|DEBRIS|HAZARD|RESTRICTED|DROP|FALL)\s+)?(?:AREAS?|ZONE|BOX)(?:\s{0,2}-\s{0,2}|\s{1,2})(?:NO\.?\s?)?(?:[A-Z]|\d{1,2}|[IVX]{1,4}))(?![A-Z0-9/]|\.[\d\x01])"
)
_LETTER = re.compile(r"(?:^|[\s(])([A-HJ-UWYZ]|\d{1,2})[.)]{1,2}\s{0,3}\Z")  # in a list; Roman figures count corners
_BOUNDED = re.compile(r"\b(?:BOUND|ENCLOSED|POLYGON|LINES?\s+JOINING)")
_FOLLOWS = re.compile(r"\bALONG\b|\bARC\b|\bCOAST")
_PARTLY = re.compile(r"\b(?:ONLY|EXCEPT|EXCLUDING)\b[^.()\x01]{3,90}")


@dataclass(frozen=True, slots=True)
class Area:
    """One printed area: its ring (open: the first corner is not repeated), what it was printed as, and where."""

    shape: str  # polygon, circle, sector, corridor, box
    ring: tuple[Point, ...]
    start: int
    stop: int
    label: str = ""
    centre: Point | None = None
    radius_m: float | None = None  # of a circle; of a sector its outer edge; of a corridor half its width
    n_unusable: int = 0  # corners that were printed and cannot be
    caveats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shapes:
    """The areas of a notice, and what was wrong."""

    areas: tuple[Area, ...]
    problems: tuple[str, ...]


def shapes_of(text: str, start: int, stop: int) -> Shapes:
    """The areas printed in text[start:stop]; offsets are those of the whole (upper-case) text."""
    body = text[start:stop]
    boxes, body = _boxes(body)
    places = places_in(body)
    marked = _marked(body, places)
    by_start = {place.start: place for place in places}
    lines = {m.start("place"): m for m in _CORRIDOR.finditer(marked)}
    runs = runs_of(marked, places)
    singles = {run[0].start for run in runs if len(run) == 1}
    round_ones = [*_sectors(marked, by_start), *_circles(marked, by_start, singles)]
    problems: list[str] = []
    areas = [*boxes]
    for run in runs:
        if run[0].start in lines:
            areas.extend(_corridors(run, lines[run[0].start]))
        elif len(run) > 1 or run[0].reason:
            areas.extend(_polygons(marked, run, problems))
    areas.extend(round_ones)
    areas = sorted(areas, key=lambda area: area.start)
    if len(areas) > MAX_AREAS:
        problems.append(f"{len(areas)} areas; the first {MAX_AREAS} are kept")
    labelled = [_labelled(marked, area, start, is_one=len(areas) == 1) for area in areas[:MAX_AREAS]]
    return Shapes(tuple(labelled), tuple(dict.fromkeys(problems)))


def _marked(text: str, places: Sequence[Place]) -> str:
    """The text with every position as one mark and blanks of its length."""
    parts, at = [], 0
    for place in places:
        parts += [text[at : place.start], "\x01", "\x02" * (place.stop - place.start - 1)]
        at = place.stop
    return "".join([*parts, text[at:]])


def _polygons(text: str, run: Run, problems: list[str]) -> list[Area]:
    """The area a run of corners bounds; too few corners in the words of an area are a problem."""
    bad = [place for place in run if not place.is_usable]
    good = [place for place in run if place.is_usable]
    if len(run) > 1:
        problems.extend(place.reason for place in bad)
    if len(good) > 1 and same_place(good[0], good[-1]):
        good = good[:-1]
    if len(good) < 3:
        before = text[max(0, run[0].start - 80) : run[0].start]
        if len(run) > 2 or _BOUNDED.search(before):
            problems.append(f"{len(good)} usable corners bound no area")
        return []
    if len(good) > MAX_CORNERS:
        problems.append(f"an area of {len(good)} corners; the first {MAX_CORNERS} are kept")
    ring = tuple((place.lat_rad, place.lon_rad) for place in good[:MAX_CORNERS])
    caveats = [f"{len(bad)} of {len(run)} corners cannot be"] if bad else []
    gaps = (text[a.stop : b.start] for a, b in pairwise(run))
    if any(_FOLLOWS.search(gap) for gap in gaps):
        caveats.append("a side that follows a boundary is drawn straight")
    if len(ring) <= _CHECKED_CORNERS and outlines.crosses_itself(ring):
        caveats.append("its outline crosses itself as printed")
    return [Area("polygon", ring, run[0].start, run[-1].stop, n_unusable=len(bad), caveats=tuple(caveats))]


def _circles(text: str, places: dict[int, Place], singles: set[int]) -> list[Area]:
    """Circles around printed positions, or around a launch pad whose position is printed elsewhere."""
    found: dict[int, Area] = {}
    for match in islice(_BEFORE.finditer(text), MAX_AREAS):
        lead = text[max(0, match.start() - 40) : match.start()] + match["between"]
        is_plain = not _LABEL.search(match["between"]) and match.start("place") in singles
        if is_plain and _ROUND.search(lead.rpartition("\x02")[2]):
            _add_circle(found, match, places.get(match.start("place")))
    for match in islice(_BEHIND.finditer(text), MAX_AREAS):
        is_plain = match.start("place") in singles and match.start("place") not in found
        if is_plain and _ROUND.search(match["between"] + match["after"]):
            _add_circle(found, match, places.get(match.start("place")))
    pad = _pad(text, places)
    for match in _AROUND_PAD.finditer(text):
        lead = text[max(0, match.start() - 40) : match.start()] + match["between"]
        if pad is not None and _ROUND.search(lead + match.group()):
            _add_circle(found, match, pad)
    return list(found.values())


def _add_circle(found: dict[int, Area], match: re.Match[str], centre: Place | None) -> None:
    radius_m = distance_m(match["number"], match["unit"])
    if centre is not None and centre.is_usable and 0.0 < radius_m <= MAX_RADIUS_M:
        point = (centre.lat_rad, centre.lon_rad)
        ring = outlines.circle(point, radius_m)
        found[match.start("place")] = Area("circle", ring, match.start(), match.end(), centre=point, radius_m=radius_m)


def _pad(text: str, places: dict[int, Place]) -> Place | None:
    """Where the launch pad is, if the notice says so."""
    match = _PAD_AT.search(text)
    return places.get(match.start("place")) if match else None


def _sectors(text: str, places: dict[int, Place]) -> list[Area]:
    found = []
    for match in _SECTOR.finditer(text):
        centre = places.get(match.start("place")) or _pad(text, places)
        inner_m, outer_m = (distance_m(match[name], match["unit"]) for name in ("inner", "outer"))
        if centre is None or not centre.is_usable or not inner_m < outer_m <= MAX_RADIUS_M:
            continue
        point = (centre.lat_rad, centre.lon_rad)
        ring = outlines.sector(
            point, inner_m, outer_m, math.radians(float(match["a"])), math.radians(float(match["b"]))
        )
        found.append(Area("sector", ring, match.start(), match.end(), centre=point, radius_m=outer_m))
    return found


def _corridors(run: Run, match: re.Match[str]) -> list[Area]:
    line = [(place.lat_rad, place.lon_rad) for place in run if place.is_usable][:MAX_CORNERS]
    line = [point for i, point in enumerate(line) if i == 0 or point != line[i - 1]]
    half_m = distance_m(match["number"], match["unit"]) / (2.0 if match["wide"] and not match["sides"] else 1.0)
    if len(line) < 2 or not 0.0 < half_m <= MAX_RADIUS_M:
        return []
    n_bad = sum(not place.is_usable for place in run)
    ring = outlines.corridor(line, half_m)
    return [Area("corridor", ring, match.start(), run[-1].stop, radius_m=half_m, n_unusable=n_bad)]


def _boxes(text: str) -> tuple[list[Area], str]:
    """Areas between two latitudes and two longitudes, and the text without them."""
    found: list[Area] = []
    for match in _BOX.finditer(text):
        sides = [angle_rad(side.strip("NSEW ,-"), next(c for c in side if c in "NSEW")) for side in match.groups()]
        south, north, west, east = sides
        if isinstance(south, str) or isinstance(north, str) or isinstance(west, str) or isinstance(east, str):
            continue
        if south != north and west != east:
            south, north = min(south, north), max(south, north)
            ring = ((south, west), (south, east), (north, east), (north, west))
            found.append(Area("box", ring, match.start(), match.end()))
            text = text[: match.start()] + " " * (match.end() - match.start()) + text[match.end() :]
    return found, text


def distance_m(number: str, unit: str) -> float:
    """A printed distance in metres; miles at sea are nautical."""
    value = float(_WORDS.get(number, 0) or number)
    if unit.startswith(("KM", "KILO")):
        return value * 1_000.0
    if unit.startswith(("SM", "STATUTE")):
        return value * 1_609.344
    return value if re.fullmatch(r"M|MET(?:RE|ER)S?", unit) else value * 1_852.0


def _labelled(text: str, area: Area, offset: int, *, is_one: bool) -> Area:
    """An area with its printed name, and what restricts it, in places of the whole text."""
    before = text[max(0, area.start - 90) : area.start].rpartition("\x02")[2]
    behind = text[area.stop : area.stop + 160].partition("\x01")[0]
    names = list(_LABEL.finditer(before)) or ([m] if (m := _LABEL.match(behind.lstrip(" .\n("))) else [])
    if area.shape == "circle" and not names:
        names = list(_LABEL.finditer(text[area.start : area.stop]))
    listed = None if names or is_one else _LETTER.search(before)
    label = " ".join(names[-1]["label"].split()) if names else listed[1] if listed else ""
    partly = _PARTLY.search(behind)
    caveats = (*area.caveats, f"as printed, {' '.join(partly.group().split()).lower()}") if partly else area.caveats
    return Area(
        area.shape,
        area.ring,
        area.start + offset,
        area.stop + offset,
        label,
        area.centre,
        area.radius_m,
        area.n_unusable,
        caveats,
    )
