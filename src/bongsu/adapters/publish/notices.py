"""Drafts of notices to ships (NAVAREA) and aircraft (NOTAM) from a bulletin about an area at sea, and of their cancellations.

A draft is for the office that issues such notices: first and last it says DRAFT, and the word of its mode where it has one. It is
given out only if Bongsu's own reader takes areas, window and what it replaces back out of it.
"""

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from bongsu.constants import NS_PER_S
from bongsu.errors import BadInput
from bongsu.language.notices.outlines import crosses_itself
from bongsu.language.notices.reading import read
from bongsu.language.warning.families import FITS
from bongsu.messages.bulletin import Bulletin

Ring = tuple[tuple[float, float], ...]  # latitude, longitude in radians, open
Corners = tuple[tuple[int, int], ...]  # the same in whole parts of a minute of arc

MAX_CORNERS: Final = 60  # of one area: more belongs on a chart
CANCEL_AFTER_MIN: Final = 60  # a warning to ships cancels itself so long after its window
_NS_PER_MIN: Final = 60 * NS_PER_S
_MARKS: Final = {"exercise": "EXERCISE EXERCISE EXERCISE", "replay": "REPLAY REPLAY REPLAY", "test": "TEST TEST TEST"}
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_PER_MINUTE: Final = 1_000  # to ships in thousandths of a minute of arc, 2 m
_PER_SECOND: Final = 60  # to aircraft in seconds of arc, 31 m
_SHIPS: Final = re.compile(r"[IVX]{1,5}"), re.compile(r"\d{1,4}/\d{2}")
_AIRCRAFT: Final = re.compile(r"[A-Z]{4}"), re.compile(r"[A-Z]\d{4}/\d{2}")
_ENDS: Final = ("cancel", "all_clear", "expiry")


@dataclass(frozen=True, slots=True)
class Office:
    """What the issuing office puts on a notice: its area or its flight information region, a number if it gave one, and the
    numbers of those that this one replaces or cancels.
    """

    region: str = "XI"  # NAVAREA XI: co-ordinator Japan Coast Guard; of a NOTAM four letters such as RJJJ
    number: str = ""  # 0001/26; of a NOTAM A0001/26
    earlier: tuple[str, ...] = ()


def navarea(bulletin: Bulletin, office: Office = Office()) -> str:
    """The draft of a warning to ships, or of its cancellation. Raises BadInput where it cannot be written or read back."""
    _check(bulletin, office, _SHIPS)
    name = f"NAVAREA {office.region}"
    earlier = tuple(f"{name} {number}" for number in office.earlier)
    head = f"{name} {office.number}".strip()
    if bulletin.standing in _ENDS:
        return _draft(bulletin, [head, *(f"CANCEL {one}." for one in earlier)], cancels=earlier)
    window, rings = _window(bulletin), [_rounded(ring, _PER_MINUTE) for ring in _rings(bulletin)]
    begin, end = window
    lines = [
        head,
        f"{_names(bulletin)}. {_unconfirmed(bulletin)}DANGEROUS OPERATIONS. DEBRIS MAY FALL.",
        f"{_group(begin)} TO {_group(end)} IN AREA{'S' if len(rings) > 1 else ''} BOUNDED BY",
        *(f"{label}{', '.join(map(_degrees_minutes, ring))}." for label, ring in _labelled(rings)),
        *(f"CANCEL {one}." for one in earlier),
        f"CANCEL THIS MSG {_group(end + CANCEL_AFTER_MIN)}.",
    ]
    return _draft(bulletin, lines, cancels=earlier, window=window, rings=[_angles(ring, _PER_MINUTE) for ring in rings])


def notam(bulletin: Bulletin, office: Office) -> str:
    """The draft of a notice to aircraft, or of its cancellation. Raises BadInput where it cannot be written or read back."""
    _check(bulletin, office, _AIRCRAFT)
    if len(office.earlier) > 1:
        raise BadInput(
            bulletin.bulletin_id,
            f"{len(office.earlier)} notices to replace",
            "one",
            "Draft one NOTAM for each of them.",
        )
    other = office.earlier[0] if office.earlier else ""
    if bulletin.standing in _ENDS:
        lines = [
            f"{office.number} NOTAMC {other}".strip(),
            f"Q) {office.region}/QWMCN/IV/BO/W/000/999/",
            f"A) {office.region} B) {_group10(bulletin.sent_ns // _NS_PER_MIN)}",
            f"E) DANGER AREA FOR FALLING DEBRIS. CANCELS {other}.",
        ]
        return _draft(bulletin, lines, cancels=office.earlier)
    window, rings = _window(bulletin), [_rounded(ring, _PER_SECOND) for ring in _rings(bulletin)]
    lines = [
        f"{office.number} {f'NOTAMR {other}' if other else 'NOTAMN'}".strip(),
        f"Q) {office.region}/QWMLW/IV/BO/W/000/999/{_centre(rings)}",
        f"A) {office.region} B) {_group10(window[0])} C) {_group10(window[1])}",
        f"E) {_unconfirmed(bulletin)}DANGER AREA, {_names(bulletin)}, DEBRIS MAY FALL WI",
        *(f"{label}{' TO '.join(map(_compact, ring))} TO POINT OF ORIGIN." for label, ring in _labelled(rings)),
        "F) SFC G) UNL",
    ]
    replaces = office.earlier if office.number else ()  # without a number of its own the reader sees no heading
    return _draft(
        bulletin, lines, cancels=replaces, window=window, rings=[_angles(ring, _PER_SECOND) for ring in rings]
    )


def _check(bulletin: Bulletin, office: Office, forms: "tuple[re.Pattern[str], re.Pattern[str]]") -> None:
    """Raises BadInput for a bulletin that is none about an area at sea, or what an office does not put on a notice."""
    may = bulletin.family == "ships_aircraft" or (bulletin.family == "withdrawn" and bulletin.standing in _ENDS)
    if not may or bulletin.standing not in FITS[bulletin.family]:
        raise BadInput(
            bulletin.bulletin_id, f"{bulletin.family} as {bulletin.standing}", "a statement to ships and aircraft",
            "Notices are drafted of family ships_aircraft, and cancelled when it ends or is withdrawn.",
        )  # fmt: skip
    region, number = forms
    wrong = [one for one in (office.number, *office.earlier) if one and not number.fullmatch(one)]
    if not region.fullmatch(office.region) or wrong:
        raise BadInput(
            bulletin.bulletin_id, f"region {office.region!r}, numbers {[office.number, *office.earlier]}",
            f"region {region.pattern}, numbers {number.pattern}", "Write them as the office does.",
        )  # fmt: skip
    if bulletin.standing in _ENDS and not office.earlier:
        raise BadInput(
            bulletin.bulletin_id, "no number of the notice to cancel", "the number the office gave it",
            "A cancellation that names nothing cancels nothing.",
        )  # fmt: skip


def _rings(bulletin: Bulletin) -> list[Ring]:
    """The outlines of all areas, open. Raises BadInput for an area without one, or one that is none."""
    rings = []
    for area in bulletin.areas:
        if not area.polygons:
            raise BadInput(
                f"area {area.area_id}", "no polygon", "corners of an area at sea", "Give the area a polygon."
            )
        for polygon in area.polygons:
            ring = polygon[:-1] if len(polygon) > 1 and polygon[0] == polygon[-1] else polygon
            if not 3 <= len(ring) <= MAX_CORNERS or crosses_itself(ring):
                raise BadInput(
                    f"area {area.area_id}", f"{len(ring)} corners", f"3 to {MAX_CORNERS}, sides that do not cross",
                    "Simplify the outline so that it holds the area.",
                )  # fmt: skip
            rings.append(ring)
    return rings


def _rounded(ring: Ring, parts: int) -> Corners:
    """Corners in whole parts of a minute of arc; those that fall together are one."""
    corners = [(round(math.degrees(lat) * 60 * parts), round(math.degrees(lon) * 60 * parts)) for lat, lon in ring]
    return tuple(corner for k, corner in enumerate(corners) if corner != corners[k - 1])


def _angles(corners: Corners, parts: int) -> Ring:
    """The corners as printed, in radians."""
    return tuple((math.radians(lat / (60 * parts)), math.radians(lon / (60 * parts))) for lat, lon in corners)


def _window(bulletin: Bulletin) -> tuple[int, int]:
    """From when it is sent until it is no longer in force, in minutes since 1970, rounded outwards."""
    begin, end = bulletin.sent_ns // _NS_PER_MIN, -(-bulletin.until_ns // _NS_PER_MIN)
    if end <= begin:
        raise BadInput(
            bulletin.bulletin_id, "a window that ends before it begins", "until after sent", "Mend the bulletin."
        )
    return begin, end


def _names(bulletin: Bulletin) -> str:
    """The areas by their English names as teleprinters have them: capitals, no accents, no marks that a notice uses."""
    names = [dict(area.names).get("en", "") for area in bulletin.areas]
    if not all(names):
        raise BadInput(bulletin.bulletin_id, "an area without an English name", "a name", "Name it in `names`.")
    plain = unicodedata.normalize("NFKD", ", ".join(names)).encode("ascii", "ignore").decode("ascii").upper()
    return " ".join("".join(c if c.isalnum() or c in " ,'-" else " " for c in plain).split())


def _unconfirmed(bulletin: Bulletin) -> str:
    return "" if bulletin.is_confirmed else "UNCONFIRMED. "


def _labelled(rings: Sequence[Corners]) -> list[tuple[str, Corners]]:
    """The outlines, numbered if there are several."""
    return [(f"AREA {k + 1}: " if len(rings) > 1 else "", ring) for k, ring in enumerate(rings)]


def _moment(minute: int) -> datetime:
    return _EPOCH + timedelta(minutes=minute)


def _group(minute: int) -> str:
    """A moment as ships read it: day, time, month, year, UTC."""
    return _moment(minute).strftime("%d%H%MZ %b %y").upper()


def _group10(minute: int) -> str:
    """A moment as aircraft read it: YYMMDDHHMM."""
    return _moment(minute).strftime("%y%m%d%H%M")


def _degrees_minutes(corner: tuple[int, int]) -> str:
    """A corner in thousandths of a minute, as degrees and minutes: 41-30.000N 139-05.250E."""
    (lat, ns), (lon, ew) = ((abs(value), value < 0) for value in corner)
    return (
        f"{lat // 60_000:02d}-{lat % 60_000 / 1_000:06.3f}{'S' if ns else 'N'} "
        f"{lon // 60_000:03d}-{lon % 60_000 / 1_000:06.3f}{'W' if ew else 'E'}"
    )


def _compact(corner: tuple[int, int]) -> str:
    """A corner in seconds of arc: 413000N1390515E."""
    (lat, ns), (lon, ew) = ((abs(value), value < 0) for value in corner)
    return (
        f"{lat // 3600:02d}{lat // 60 % 60:02d}{lat % 60:02d}{'S' if ns else 'N'}"
        f"{lon // 3600:03d}{lon // 60 % 60:02d}{lon % 60:02d}{'W' if ew else 'E'}"
    )


def _centre(rings: Sequence[tuple[tuple[int, int], ...]]) -> str:
    """Centre and radius of all corners, whole minutes and nautical miles up; corners are in seconds of arc."""
    corners = [corner for ring in rings for corner in ring]
    first = corners[0][1]
    lats = [lat for lat, _ in corners]
    lons = [first + (lon - first + 648_000) % 1_296_000 - 648_000 for _, lon in corners]  # across 180 degrees
    lat, lon = round((min(lats) + max(lats)) / 120.0), round((min(lons) + max(lons)) / 120.0)
    wide = math.cos(math.radians(min(abs(lat) / 60.0, 89.0)))
    reach = max(math.hypot(a / 60.0 - lat, (b / 60.0 - lon) * max(wide, 0.02)) for a, b in zip(lats, lons, strict=True))
    lon = (lon + 10_800) % 21_600 - 10_800
    radius = min(999, math.ceil(reach * 1.02) + 1)
    ns, ew = "NS"[lat < 0], "EW"[lon < 0]
    return f"{abs(lat) // 60:02d}{abs(lat) % 60:02d}{ns}{abs(lon) // 60:03d}{abs(lon) % 60:02d}{ew}{radius:03d}"


def _draft(
    bulletin: Bulletin,
    lines: Sequence[str],
    *,
    cancels: tuple[str, ...],
    window: tuple[int, int] | None = None,
    rings: Sequence[Ring] = (),
) -> str:
    """The draft between lines that say what it is; raises BadInput where the reader finds something else in it than is meant."""
    mark = _MARKS.get(bulletin.mode, "")
    what = f"DRAFT OF {bulletin.bulletin_id}, NOT ISSUED."
    text = "\n".join([f"{mark}. {what}" if mark else what, *lines, f"{what} {mark}" if mark else what])
    found = read(text)
    areas = [area for notice in found for area in notice.areas]
    problems = [problem for notice in found for problem in notice.problems]
    windows = ((window[0] * 60, window[1] * 60),) if window else ()
    gone = {name for notice in found for name in (*notice.printed.cancels, *notice.printed.replaces)}
    is_same = (
        len(found) == 1
        and [area.windows for area in areas] == [windows] * len(rings)
        and all(_is_ring(area.area.ring, ring) for area, ring in zip(areas, rings, strict=True))
        and gone == {*cancels}
    )
    if problems or not is_same:
        raise BadInput(
            f"the draft of {bulletin.bulletin_id}", "; ".join(problems) or f"{len(areas)} areas, other than meant, read back",
            f"{len(rings)} areas and their window as written", "Look for words in the names that a notice uses otherwise.",
        )  # fmt: skip
    return text


def _is_ring(a: Ring, b: Ring) -> bool:
    """Whether two outlines have the same corners in the same order."""
    return len(a) == len(b) and all(math.dist(p, q) < 1e-9 for p, q in zip(a, b, strict=True))
