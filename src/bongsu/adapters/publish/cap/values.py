"""The kinds of value in a CAP message: how each is read from its text, and written.

A kind refuses with ValueError, in words; whoever walks the message says where it stood.
"""

import math
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any, NamedTuple

from bongsu.adapters.publish.cap.alert import Circle, Mention
from bongsu.constants import NS_PER_S

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d", re.ASCII)
_MAX_OFFSET = timedelta(hours=14)  # XML Schema part 2, 3.2.7.3
_NUMBER = re.compile(r"[+-]?(\d{1,10}(\.\d{0,20})?|\.\d{1,20})", re.ASCII)
_INTEGER = re.compile(r"[+-]?\d{1,18}", re.ASCII)
_ONE = r"(?:[\w.~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})"  # RFC 3986, 3.3: pchar
_URI = re.compile(
    rf"[A-Za-z][A-Za-z0-9+.-]*:(?://(?:[\w.~-]+@)?[\w.~-]+(?::\d{{1,5}})?(?:/{_ONE}*)*|(?!//)(?:{_ONE}|/)*)"
    rf"(?:\?(?:{_ONE}|[/?])*)?(?:#(?:{_ONE}|[/?])*)?",
    re.ASCII,
)  # RFC 3986, 3: a full one, as CAP asks; no addresses in brackets
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*", re.ASCII)  # XML Schema part 2, 3.3.3
_NOT_XML = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, 2.2, without carriage return
_NOT_TOKEN = re.compile(r"[\s,<&]")  # CAP 1.2, 3.2.1: sender and identifier
_LEAST_CORNERS = 4


class Kind(NamedTuple):
    """What a value is in words, how it is read from its text, and how it is written."""

    what: str
    read: Callable[[str], Any]
    write: Callable[[Any], str]


def _same(value: str) -> str:
    return value


def _text(text: str) -> str:
    if bad := _NOT_XML.search(text):
        raise ValueError(f"the character U+{ord(bad[0]):04X}, which no XML text may hold")
    if text != text.strip():
        raise ValueError("white space at an end")
    return text


def _filled(text: str) -> str:
    if not text:
        raise ValueError("nothing")
    return _text(text)


def _token(text: str) -> str:
    if bad := _NOT_TOKEN.search(_filled(text)):
        raise ValueError(f"{bad[0]!r} in it")
    return text


def _instant(text: str) -> str:
    nanos(text)
    return text


def _language(text: str) -> str:
    if not _LANGUAGE.fullmatch(text):
        raise ValueError("no language tag")
    return text


def _number(text: str) -> str:
    if not _NUMBER.fullmatch(text):
        raise ValueError("no plain number")
    return text


def _integer(text: str) -> str:
    if not _INTEGER.fullmatch(text):
        raise ValueError("no whole number")
    return text


def _uri(text: str) -> str:
    if not _URI.fullmatch(text):
        raise ValueError(f"{text[:60]!r}")
    return text


def nanos(text: str) -> int:
    """The instant a CAP time names, in ns since 1970 UTC. ValueError for one with `Z`, without an offset, or that never was."""
    if not _INSTANT.fullmatch(text):
        raise ValueError("a time without whole seconds and a numeric offset (never Z)")
    when = datetime.fromisoformat(text)
    if abs(when.utcoffset() or timedelta()) > _MAX_OFFSET:
        raise ValueError("an offset of more than 14 hours")
    since = when - _EPOCH
    return (since.days * 86_400 + since.seconds) * NS_PER_S


def instant(ns: int, offset_min: int) -> str:
    """The CAP time of an instant, down to the second it lies in, at an offset from UTC in minutes."""
    zone = timezone(timedelta(minutes=offset_min))
    return (_EPOCH + timedelta(seconds=ns // NS_PER_S)).astimezone(zone).isoformat()


def decimal(value: float) -> str:
    """A number without exponent that reads back as the same number."""
    if not math.isfinite(value):
        raise ValueError(f"{value}, which is no number")
    return format(Decimal(repr(float(value))), "f")


def _point(text: str) -> tuple[float, float]:
    lat, comma, lon = text.partition(",")
    if not comma or "," in lon:
        raise ValueError(f"{text[:40]!r} instead of a pair lat,lon")
    lat_deg, lon_deg = float(_number(lat)), float(_number(lon))
    if abs(lat_deg) > 90.0 or abs(lon_deg) > 180.0:
        raise ValueError(f"{text[:40]!r}, which is nowhere on Earth")
    return lat_deg, lon_deg


def _write_point(point: tuple[float, float]) -> str:
    return f"{decimal(point[0])},{decimal(point[1])}"


def _polygon(text: str) -> tuple[tuple[float, float], ...]:
    points = tuple(_point(pair) for pair in text.split())
    if len(points) < _LEAST_CORNERS or points[0] != points[-1]:
        raise ValueError(f"{len(points)} points, or the last is not the first")
    return points


def _circle(text: str) -> Circle:
    centre, space, radius = text.partition(" ")
    if not space or radius.startswith("-"):
        raise ValueError("no lat,lon and radius")
    lat_deg, lon_deg = _point(centre)
    return Circle(lat_deg=lat_deg, lon_deg=lon_deg, radius_km=float(_number(radius)))


def _write_circle(circle: Circle) -> str:
    return f"{_write_point((circle.lat_deg, circle.lon_deg))} {decimal(circle.radius_km)}"


def _mentions(text: str) -> tuple[Mention, ...]:
    found = []
    for triple in text.split():
        parts = triple.split(",")
        if len(parts) != 3:
            raise ValueError(f"{triple[:60]!r} instead of sender,identifier,sent")
        found.append(Mention(sender=_token(parts[0]), identifier=_token(parts[1]), sent=_instant(parts[2])))
    if not found:
        raise ValueError("no reference in it")
    return tuple(found)


def _write_mentions(mentions: tuple[Mention, ...]) -> str:
    return " ".join(f"{m.sender},{m.identifier},{m.sent}" for m in mentions)


def choice(*words: str) -> Kind:
    """One of some words, exactly."""

    def read(text: str) -> str:
        if text not in words:
            raise ValueError(f"{text[:40]!r}")
        return text

    return Kind(f"one of {', '.join(words)}", read, _same)


TEXT = Kind("text", _text, _same)
FILLED = Kind("a text that is not empty", _filled, _same)
TOKEN = Kind("a name without white space, comma, < and &", _token, _same)
INSTANT = Kind("a time as 2025-11-07T12:36:00+09:00", _instant, _same)
LANGUAGE = Kind("a language as ko-KR", _language, _same)
INTEGER = Kind("a whole number", _integer, _same)
URI = Kind("a full address as https://example.org/a", _uri, _same)
NUMBER = Kind("a number as 1200.5", _number, _same)
POLYGON = Kind("at least four lat,lon pairs in degrees, the last equal to the first", _polygon,
               lambda points: " ".join(map(_write_point, points)))  # fmt: skip
CIRCLE = Kind("lat,lon in degrees and a radius in km", _circle, _write_circle)
REFERENCES = Kind("sender,identifier,sent of each earlier message, set apart by spaces", _mentions, _write_mentions)
