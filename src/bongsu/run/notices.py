"""Notices as `bongsu read` tells them: objects for a machine, degrees and UTC for a person."""

import math
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec
from msgspec import UNSET

from bongsu.constants import NS_PER_S
from bongsu.messages.accounts import NoticeArea, NoticeRead

_STAMPS = ("id", "cause", "known_ns", "label", "rests_on", "text_id")  # of a record; a text read by itself has none
_SHOWN = 3  # windows


def as_objects(found: Sequence[NoticeRead | NoticeArea]) -> list[dict[str, Any]]:
    """One object a notice, its areas inside; radians, metres and nanoseconds, as in the findings."""
    told: list[dict[str, Any]] = []
    for message in found:
        fields = {name: value for name, value in msgspec.to_builtins(message).items() if name not in _STAMPS}
        if isinstance(message, NoticeRead):
            told.append(fields | {"areas": []})
        elif told:
            told[-1]["areas"].append(fields)
    return told


def as_text(found: Sequence[NoticeRead | NoticeArea]) -> Iterator[str]:
    """What a person wants to know of each notice: how long, where, and what is wrong with it."""
    for message in found:
        if isinstance(message, NoticeArea):
            yield f"  {message.area or 'area'}: {_shape(message)}; {_windows(message)}; {_limits(message)}"
            yield from (f"    caveat: {caveat}" for caveat in message.caveats)
            continue
        name = message.notice_id or message.text_id
        others = [
            f"{verb} {', '.join(ids)}"
            for verb, ids in (("replaces", message.replaces), ("cancels", message.cancels))
            if ids
        ]
        odd = [f"[{', '.join(message.flags)}]"] if message.flags else []
        yield " ".join((f"{name}: {message.activity}, {_span(message.begins_ns, message.ends_ns)}", *others, *odd))
        yield from (f"  problem: {problem}" for problem in message.problems)


def _shape(area: NoticeArea) -> str:
    about = f"{area.activity}{f' ({area.hedge})' if area.hedge else ''}"
    if area.shape == "circle" and not isinstance(area.centre_lat_rad, msgspec.UnsetType):
        centre = _place(area.centre_lat_rad, area.centre_lon_rad)  # type: ignore[arg-type]
        return f"{about}, {area.radius_m / 1_000.0:.1f} km around {centre}"  # type: ignore[operator]
    corners = ", ".join(_place(lat, lon) for lat, lon in zip(area.lat_rad[:8], area.lon_rad[:8], strict=True))
    more = f" and {len(area.lat_rad) - 8} more" if len(area.lat_rad) > 8 else ""
    return f"{about}, {area.shape} {corners}{more}"


def _place(lat_rad: float, lon_rad: float) -> str:
    lat_deg, lon_deg = math.degrees(lat_rad), math.degrees(lon_rad)
    return f"{abs(lat_deg):.3f}{'S' if lat_deg < 0 else 'N'} {abs(lon_deg):.3f}{'W' if lon_deg < 0 else 'E'}"


def _windows(area: NoticeArea) -> str:
    shown = [_span(a, b) for a, b in zip(area.begin_ns[:_SHOWN], area.end_ns[:_SHOWN], strict=True)]
    more = [f"{len(area.begin_ns) - _SHOWN} more"] if len(area.begin_ns) > _SHOWN else []
    return ", ".join([*shown, *more]) or "no usable window"


def _span(begin_ns: Any, end_ns: Any) -> str:
    """A stretch of time in UTC; an end on the day it began is given without its day."""
    begin, end = (None if t is UNSET else datetime.fromtimestamp(t // NS_PER_S, UTC) for t in (begin_ns, end_ns))
    if begin is None and end is None:
        return "at times not given"
    is_same = begin is not None and end is not None and begin.date() == end.date()
    last = "?" if end is None else end.strftime("%H:%MZ" if is_same else "%Y-%m-%d %H:%MZ")
    return f"{'?' if begin is None else begin.strftime('%Y-%m-%d %H:%MZ')} to {last}"


def _limits(area: NoticeArea) -> str:
    return f"{area.lower_as_printed or '?'} to {area.upper_as_printed or '?'}"
