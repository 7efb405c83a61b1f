"""A text into notices: what each is about, its areas with windows and limits, and one reason for each thing that cannot be.

A text is data: it is cut, what cannot be seen is dropped, nothing it says is followed. Moments are seconds since 1970 UTC.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from bongsu.language.clean import MAX_CHARS, Clean, clean
from bongsu.language.notices.activity import Activity, activity_of, hedge_of
from bongsu.language.notices.coordinates import places_in
from bongsu.language.notices.fields import Printed, split
from bongsu.language.notices.limits import Limits, limits_of
from bongsu.language.notices.moments import DAY_S, group_s, worded
from bongsu.language.notices.schedules import Window, windows_of
from bongsu.language.notices.shapes import Area, shapes_of
from bongsu.language.notices.stretches import stretches_of

MAX_PROBLEMS: Final = 50  # of one notice
LONGEST_S: Final = 366 * DAY_S  # of a notice; longer is likelier a misprint

_UPPER = {i: i - 32 for i in range(ord("a"), ord("z") + 1)}  # one character for one, unlike str.upper
_HEAD = re.compile(
    r"[A-Z]{1,2}\d{1,4}/\d{2}\s{1,3}NOTAM[NRC]|Q\)\s{0,3}[A-Z]{4}/Q|B\)\s{0,3}\d{10}\s{1,3}C\)"
    r"|(?m:^)[ ]{0,3}(?:NAVAREA\s+[IVX]{1,5}\b|HYDRO(?:PAC|LANT|ARC)\b|NAVTEX\b|[A-Z]{1,2}\d{4}/\d{2}\b)"
)
_GROUP = re.compile(r"\s{0,4}(\d{10})\s{0,2}(EST)?")


@dataclass(frozen=True, slots=True)
class ReadArea:
    """One area of a notice, its windows and limits, and where it is printed in the text as it came."""

    area: Area
    activity: Activity
    hedge: str
    windows: tuple[Window, ...]
    limits: Limits
    evidence: str
    span: tuple[int, int]


@dataclass(frozen=True, slots=True)
class ReadNotice:
    """One notice: its names, envelope, areas and problems."""

    printed: Printed
    activity: Activity
    begins_s: int | None
    ends_s: int | None
    is_end_estimated: bool
    locations: tuple[str, ...]
    areas: tuple[ReadArea, ...]
    problems: tuple[str, ...]
    flags: tuple[str, ...] = field(default=())


def is_notice(raw: str) -> bool:
    """Whether a text is a notice to aircraft or ships: it has a heading of one, or bounds an area with positions."""
    text = raw[:MAX_CHARS].translate(_UPPER)
    n_positions = sum(place.is_usable for place in places_in(text))
    if _HEAD.search(text):
        return n_positions > 0 or re.search(r"NOTAM[NRC]\b|B\)\s{0,3}\d{10}", text) is not None
    return n_positions >= 3


def has_heading(raw: str) -> bool:
    """Whether a text begins as a notice does: it announces, and reports nothing that happened."""
    return _HEAD.search(raw[:200].translate(_UPPER)) is not None


def read(raw: str, published: date | None = None) -> tuple[ReadNotice, ...]:
    """Every notice in a text; `published` gives a year to days without one."""
    cleaned = clean(raw)
    text = cleaned.text.translate(_UPPER)
    return tuple(_notice(text, cleaned, printed, published) for printed in split(text))


def _notice(text: str, cleaned: Clean, printed: Printed, published: date | None) -> ReadNotice:
    problems: list[str] = []
    begins_s, ends_s, is_estimated = _envelope(printed, problems)
    windows = _windows(printed, begins_s, ends_s, published, problems)
    if windows and printed.medium != "notam":
        begins_s, ends_s = begins_s or windows[0][0], ends_s or max(end for _, end in windows)
    body = printed.fields["E"]
    shapes = shapes_of(text, body.start, body.start + len(body.text))
    limits = limits_of(printed.text("F"), printed.text("G"), body.text)
    whole = activity_of(text, printed.start, printed.stop)
    areas = []
    at = body.start
    for area in shapes.areas:
        own = activity_of(text, at, area.stop)
        about = own if own.name != "unknown" else whole
        hedge = hedge_of(text, at, area.stop) or hedge_of(text, body.start, body.start + len(body.text))
        start, stop = cleaned.span(area.start, area.stop)
        there = Activity(about.name, about.words, cleaned.span(*about.span))
        areas.append(ReadArea(area, there, hedge, windows, limits, cleaned.raw[start:stop], (start, stop)))
        at = area.stop
    problems.extend(shapes.problems)
    if not areas and not printed.cancels:
        problems.append("no area could be read")
    return ReadNotice(
        printed=printed,
        activity=Activity(whole.name, whole.words, cleaned.span(*whole.span)),
        begins_s=begins_s,
        ends_s=ends_s,
        is_end_estimated=is_estimated,
        locations=tuple(dict.fromkeys(re.findall(r"\b[A-Z]{4}\b", printed.text("A")[:400])))[:20],
        areas=tuple(areas),
        problems=tuple(dict.fromkeys(problems))[:MAX_PROBLEMS],
        flags=cleaned.flags,
    )


def _envelope(printed: Printed, problems: list[str]) -> tuple[int | None, int | None, bool]:
    """B) and C) as printed; what is wrong with them is said, not mended."""
    found: list[int | None] = []
    is_estimated = False
    for name in "BC":
        match = _GROUP.match(printed.text(name))
        found.append(group_s(match[1], f"{name})", problems) if match else None)
        if name in printed.fields and not match:
            problems.append(f"{name}) {' '.join(printed.text(name).split())[:20]}: not a group of ten figures")
        is_estimated = is_estimated or bool(match and match[2])
    begins_s, ends_s = found
    if begins_s is not None and ends_s is not None:
        if ends_s <= begins_s:
            problems.append(f"C) {worded(ends_s)} is not after B) {worded(begins_s)}")
        elif ends_s - begins_s > LONGEST_S:
            n_days = (ends_s - begins_s) // DAY_S
            problems.append(f"C) {worded(ends_s)} is {n_days} days after B): no notice holds so long")
    return begins_s, ends_s, is_estimated


def _windows(
    printed: Printed, begins_s: int | None, ends_s: int | None, published: date | None, problems: list[str]
) -> tuple[Window, ...]:
    """The windows of D); without it, or where it cannot be read, B) to C); without these, what the text says."""
    if "B" not in printed.fields and "C" not in printed.fields:
        year = re.search(r"/\s?(?:20)?(\d\d)\Z|\s(\d\d)-\d+\Z", printed.notice_id)
        dated = published or (date(2000 + int(year[1] or year[2]), 1, 1) if year else None)
        n_before = len(problems)
        windows = stretches_of(printed.text("E"), dated, problems)
        if not windows and len(problems) == n_before and not printed.cancels:
            problems.append("no window could be read")
        return windows
    is_usable = begins_s is not None and ends_s is not None and ends_s > begins_s
    if printed.text("D").strip():
        windows = windows_of(
            printed.text("D"), begins_s if is_usable else None, ends_s if is_usable else None, problems
        )
        if windows:
            return windows
    return ((begins_s, ends_s),) if is_usable and begins_s is not None and ends_s is not None else ()
