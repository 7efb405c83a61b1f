"""Announced launches: a notice is an expectation of its launcher, and what flew is inside, early, late, elsewhere, or nothing."""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from shapely import LineString, Point, Polygon
from shapely.validation import make_valid

from bongsu.catalogue.entries import DAY_NS, MINUTE_NS, words
from bongsu.geo import frames
from bongsu.messages.accounts import NoticeArea, NoticeRead
from bongsu.messages.inputs import Notice
from bongsu.stages.read import notices as reading

Outcome = Literal["inside", "early", "late", "elsewhere", "nothing", "not_known", "void"]
LEAD_NS: Final = {"reentry": 180 * MINUTE_NS}  # lift-off this long before what comes down may fall
LEAD_ELSE_NS: Final = 60 * MINUTE_NS
EARLY_NS: Final = DAY_NS  # a launch this long before the first window was meant by it
LATE_NS: Final = 10 * DAY_NS
NEAR_M: Final = 100e3  # a fall this near an area is inside it: printed falls are no better
NEAR_SHARE: Final = 0.1  # and this share of the range
AT_SITE_M: Final = 150e3
_WORDS: Final = (  # who launches, by the words of a notice; the first that fits
    ("prk", r"\bDPRK\b|NORTH KOREA|DEMOCRATIC PEOPLE"),
    ("jpn", r"JAPAN AEROSPACE|\bJAXA\b|TANEGASHIMA|UCHINOURA"),
    ("ind", r"SRIHARIKOTA|\bSHAR\b|\bISRO\b|\b[PG]SLV\b"),
    ("kor", r"\bKARI\b|NARO SPACE|\bGOHEUNG\b"),
    ("usa", r"SPACE ?X\b|\bFALCON\b|VANDENBERG|CANAVERAL|\bNASA\b"),
    ("rus", r"\bRUSSIAN?\b|PLESETSK|VOSTOCHNY"),
    ("nzl", r"ROCKET LAB|\bMAHIA\b"),
    ("chn", r"\bCHIN(?:A|ESE)\b|\bCAAC\b|\bZBBB"),
)
_FIRS: Final = (  # who manages the air space of a notice, by its location's first letters; ICAO Doc 7910
    ("ZK", "prk"), ("ZM", "mng"), ("Z", "chn"), ("RJ", "jpn"), ("RO", "jpn"), ("RK", "kor"), ("VO", "ind"), ("VE", "ind"),
    ("VA", "ind"), ("VI", "ind"), ("U", "rus"), ("K", "usa"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Expectation:
    """One notice: whose launch, in which areas, in which windows. `state` says whether another notice took its place."""

    notice_id: str
    text_id: str
    launcher: str
    activity: str
    windows: tuple[tuple[int, int], ...]  # nanoseconds, sorted
    rings: tuple[tuple[tuple[float, float], ...], ...]  # (latitude, longitude) in radians
    locations: tuple[str, ...] = ()
    state: Literal["open", "replaced", "cancelled"] = "open"


@dataclass(frozen=True, slots=True)
class Flown:
    """What is known of a launch that may be the announced one."""

    launch_id: str
    launcher: str
    earliest_ns: int
    latest_ns: int
    vehicle_class: str = ""
    lat_rad: float = math.nan
    lon_rad: float = math.nan
    fall_lat_rad: float = math.nan
    fall_lon_rad: float = math.nan
    range_m: float = 0.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one expectation."""

    expectation: Expectation
    outcome: Outcome
    launch_id: str = ""
    why: str = ""


def launcher_of(text: str, locations: Sequence[str]) -> str:
    """Whose launch a notice announces: by its words, else by whose air space it closes; empty where neither says."""
    upper = text.upper()
    for nation, pattern in _WORDS:
        if re.search(pattern, upper):
            return nation
    return next((nation for prefix, nation in _FIRS for place in locations[:1] if place.startswith(prefix)), "")


def expectations_of(texts: Iterable[Notice]) -> list[Expectation]:
    """One for each notice with an area and a window that is not for guns; repeated ones once.

    Many notices close an area without saying why: their activity is `unknown`, and they are expectations all the same.
    """
    found: dict[tuple[str, tuple[str, ...]], Expectation] = {}
    ended: list[tuple[str, tuple[str, ...], Literal["replaced", "cancelled"]]] = []
    for text in texts:
        said = reading.findings(text)
        for head in (f for f in said if isinstance(f, NoticeRead)):
            ended += [(i, head.locations, "replaced") for i in head.replaces]
            ended += [(i, head.locations, "cancelled") for i in head.cancels]
            areas = [f for f in said if isinstance(f, NoticeArea) and f.notice_id == head.notice_id]
            one = _expectation(text, head, areas)
            if one is not None:
                found.setdefault((head.notice_id or text.text_id, head.locations), one)
    over: dict[tuple[str, tuple[str, ...]], Literal["replaced", "cancelled"]] = {}
    for notice_id, locations, how in ended:
        over[notice_id, locations] = how
    return [_ended(e, over.get(key)) for key, e in found.items()]


def _ended(e: Expectation, how: Literal["replaced", "cancelled"] | None) -> Expectation:
    if how is None:
        return e
    return Expectation(e.notice_id, e.text_id, e.launcher, e.activity, e.windows, e.rings, e.locations, how)


def _expectation(text: Notice, head: NoticeRead, areas: Sequence[NoticeArea]) -> Expectation | None:
    kinds = [a.activity for a in areas] + [head.activity]
    activity = next((k for k in kinds if k in ("launch", "debris", "reentry")), "unknown")
    launcher = launcher_of(text.text, head.locations)
    windows = tuple(sorted({w for a in areas for w in zip(a.begin_ns, a.end_ns, strict=True)}))
    if "gunnery" in kinds or not areas or not windows:
        return None
    rings = tuple(tuple(zip(a.lat_rad, a.lon_rad, strict=True)) for a in areas)
    return Expectation(head.notice_id, text.text_id, launcher, activity, windows, rings, head.locations)


def answers(
    expected: Sequence[Expectation], flown: Sequence[Flown], covered: Mapping[str, tuple[int, int]]
) -> list[Answer]:
    """What came of each expectation. `covered` is the time for which lists know the launches of a nation."""
    by_nation: dict[str, list[Flown]] = {}
    for launch in sorted(flown, key=lambda f: (f.earliest_ns, f.launch_id)):
        by_nation.setdefault(launch.launcher, []).append(launch)
    held = {e: _inside(e, by_nation.get(e.launcher, [])) for e in dict.fromkeys(expected) if e.state == "open"}
    taken = {launch.launch_id for launch in held.values() if launch is not None}
    return [_answer(e, held.get(e), by_nation.get(e.launcher, []), taken, covered) for e in expected]


def _answer(
    e: Expectation,
    inside: Flown | None,
    flown: Sequence[Flown],
    taken: set[str],
    covered: Mapping[str, tuple[int, int]],
) -> Answer:
    if e.state != "open":
        return Answer(e, "void", why=f"{e.state} by another notice")
    first, last = e.windows[0][0] - _lead_ns(e), e.windows[-1][1]
    if inside is not None:
        away_m = _away_m(e, inside)
        if away_m > max(NEAR_M, NEAR_SHARE * inside.range_m):
            return Answer(
                e, "elsewhere", inside.launch_id, f"in the window, but it fell {away_m / 1e3:.0f} km from the areas"
            )
        return Answer(
            e, "inside", inside.launch_id, "in time; where it fell is not known" if math.isnan(away_m) else ""
        )
    free = [f for f in flown if f.launch_id not in taken and _is_meant(e, f)]
    early = [f for f in free if first - EARLY_NS <= f.earliest_ns and f.latest_ns <= first]
    if early:
        hours = (first - early[-1].latest_ns) / (60 * MINUTE_NS)
        return Answer(e, "early", early[-1].launch_id, f"{hours:.1f} h before the first window")
    late = [f for f in free if last <= f.earliest_ns <= last + LATE_NS]
    if late:
        hours = (late[0].earliest_ns - last) / (60 * MINUTE_NS)
        return Answer(e, "late", late[0].launch_id, f"{hours:.1f} h after the last window")
    known = covered.get(e.launcher)
    if known is None or not (known[0] <= first and last <= known[1]):
        return Answer(
            e, "not_known", why=f"no list holds the launches of {e.launcher or 'that launcher'} at {words(first)}"
        )
    return Answer(e, "nothing", why="no launch of that launcher is known about then")


def _lead_ns(e: Expectation) -> int:
    return LEAD_NS.get(e.activity, LEAD_ELSE_NS)


def _inside(e: Expectation, flown: Sequence[Flown]) -> Flown | None:
    """The launch whose time may lie in a window (or before it, by the time things fly); one that fell in the areas first."""
    fits = [
        f
        for f in flown
        if _is_meant(e, f)
        and any(f.earliest_ns < end and f.latest_ns > begin - _lead_ns(e) for begin, end in e.windows)
    ]
    return min(
        fits, key=lambda f: (_away_m(e, f) if not math.isnan(_away_m(e, f)) else NEAR_M, f.launch_id), default=None
    )


def _is_meant(e: Expectation, launch: Flown) -> bool:
    """Ordinary missile tests are not announced: one is only meant where it starts in an announced area."""
    if launch.vehicle_class in ("", "space_launch"):
        return True
    return _distance_to_rings_m(e, launch.lat_rad, launch.lon_rad) <= AT_SITE_M


def _away_m(e: Expectation, launch: Flown) -> float:
    """How far from the nearest area it fell; NaN where that is not known."""
    return _distance_to_rings_m(e, launch.fall_lat_rad, launch.fall_lon_rad)


def _distance_to_rings_m(e: Expectation, lat_rad: float, lon_rad: float) -> float:
    """From a place to the nearest area, on a map centred on the place, true in distance and azimuth from there: 0 inside."""
    if math.isnan(lat_rad) or math.isnan(lon_rad):
        return math.nan
    here = Point(0.0, 0.0)
    nearest = math.inf
    for ring in e.rings:
        points = [_seen_from(lat_rad, lon_rad, *corner) for corner in ring]
        shape = make_valid(Polygon(points)) if len(points) >= 3 else LineString([*points, points[0]])
        nearest = min(nearest, float(shape.distance(here)))
    return nearest


def _seen_from(lat0: float, lon0: float, lat: float, lon: float) -> tuple[float, float]:
    """East and north in metres."""
    distance_m, azimuth_rad, _ = frames.geodesic_inverse(lat0, lon0, lat, lon)
    return distance_m * math.sin(azimuth_rad), distance_m * math.cos(azimuth_rad)
