"""What may enter a live node: one line of JSON becomes a scan of a known sensor, a text cut to size, a sign, or a refusal."""

import math
from collections.abc import Iterator, Mapping
from typing import Final, Literal

import msgspec
from msgspec import UNSET, UnsetType, structs

from bongsu.adapters.ingest.reports import notice_of, report_of
from bongsu.constants import NS_PER_S
from bongsu.errors import BadInput, BongsuError
from bongsu.messages import codec
from bongsu.messages.inputs import Indicator, Notice, Report, Scan
from bongsu.messages.labels import Label
from bongsu.models.sensors import Sensor

MAX_LINE_BYTES: Final = 1_000_000
MAX_AHEAD_NS: Final = NS_PER_S // 2  # a stamp further ahead of our clock is a wrong clock, not a fast link
CLOCK_SIGMAS: Final = 4.0  # of a sensor whose clock is not believed, beside that
UNIT_TOLERANCE: Final = 1e-6  # of a line of sight's length: six printed digits

Reason = Literal[
    "line_too_long", "line_cut_off", "not_a_scan", "foreign_origin", "unknown_sensor", "wrong_kind", "columns", "future",
    "not_a_text", "texts_waiting", "not_a_sign",
]  # fmt: skip

_NEEDED: Final = {
    "radar": ("range_m", "azimuth_rad", "elevation_rad"),
    "infrared": ("los_ecef",),
    "los": ("los_ecef",),
    "position": ("lat_rad", "lon_rad", "h_m"),
    "telemetry": ("h_m", "speed_mps"),
}
_ALLOWED: Final = {
    "radar": (
        "range_rate_mps", "sigma_range_m", "sigma_azimuth_rad", "sigma_elevation_rad", "sigma_range_rate_mps",
    ),
    "infrared": ("sigma_los_rad",),
    "los": ("sigma_los_rad", "sigma_azimuth_rad", "sigma_elevation_rad"),
    "position": ("speed_mps", "sigma_horizontal_m", "sigma_h_m", "sigma_speed_mps"),
    "telemetry": ("sigma_h_m", "sigma_speed_mps"),
}  # fmt: skip
_COLUMNS: Final = tuple(sorted({name for table in (_NEEDED, _ALLOWED) for names in table.values() for name in names}))


_TEXTS: Final = ("report.v1", "notice.v1")
_SIGNS: Final = ("indicator.v1",)
_BROKEN: Final = (msgspec.ValidationError, msgspec.DecodeError, RecursionError, UnicodeDecodeError)
_MAX_SOURCE: Final = 500  # characters


class _Text(msgspec.Struct, frozen=True):
    """A text as it is sent, before it is cut; other fields, and flags of the sender's own, are not taken."""

    type: str
    text: str
    text_id: str = ""
    lang: str = ""
    published_ns: int | UnsetType = UNSET
    source: str = ""
    origin: str = "self"
    label: Label = Label()


class _Typed(msgspec.Struct, frozen=True):
    """Any message, of which only the type is looked at."""

    type: str = ""


_type_decoder: Final = msgspec.json.Decoder(_Typed)
_text_decoder: Final = msgspec.json.Decoder(_Text)


class Refused(BongsuError):
    """A line that is not taken: a short reason for counting, and a text for whoever sent it."""

    def __init__(self, reason: Reason, text: str) -> None:
        self.reason = reason
        super().__init__(text)


class Lines:
    """Cuts a stream of bytes into lines without ever holding more than one line's worth."""

    def __init__(self, max_bytes: int = MAX_LINE_BYTES) -> None:
        self._max, self._held, self._is_skipping = max_bytes, b"", False

    def feed(self, chunk: bytes) -> Iterator[bytes | Refused]:
        """The lines that `chunk` completes; one refusal for each line that is too long, however long it gets."""
        *whole, rest = chunk.split(b"\n")
        for part in whole:
            line, self._held = self._held + part, b""
            if self._is_skipping:
                self._is_skipping = False
            elif len(line) > self._max:
                yield self._too_long()
            elif line.strip():
                yield line
        self._held = b"" if self._is_skipping else self._held + rest
        if len(self._held) > self._max:
            self._held, self._is_skipping = b"", True
            yield self._too_long()

    def end(self) -> bytes:
        """What stood after the last line break when the stream ended."""
        held, self._held = self._held, b""
        return held.strip()

    def _too_long(self) -> Refused:
        return Refused("line_too_long", f"a line of more than {self._max} bytes; a scan is one line, shorter than that")


def scan_of(line: bytes, sensors: Mapping[str, Sensor], now_ns: int) -> Scan:
    """The scan in one line. Raises Refused, saying what was found and what is expected."""
    try:
        scan = codec.decode_input(line)
    except BadInput as error:
        raise Refused("not_a_scan", f"found {error.found}; expected one scan.v1 as JSON on one line") from error
    if not isinstance(scan, Scan):
        raise Refused("not_a_scan", f"found a {type(scan).__name__}; over this socket come scans alone")
    sensor = sensors.get(scan.sensor_id)
    if sensor is None:
        raise Refused(
            "unknown_sensor", f"sensor {scan.sensor_id!r} is not in this node's file; add a [[sensor]] for it"
        )
    if scan.kind != sensor.kind:
        raise Refused("wrong_kind", f"sensor {scan.sensor_id!r} is of kind {sensor.kind!r}, the scan of {scan.kind!r}")
    if scan.origin not in ("self", sensor.nation):
        raise Refused(
            "foreign_origin", f"origin is {scan.origin!r}; expected 'self' or {sensor.nation!r} of this sensor"
        )
    _check_columns(scan, sensor)
    ahead_ns = max((scan.valid_ns, *scan.t_ns)) - now_ns
    most_ns = MAX_AHEAD_NS + round(CLOCK_SIGMAS * sensor.sigma_clock_s * NS_PER_S)
    if ahead_ns > most_ns:
        most = f"at most {most_ns / NS_PER_S:.1f} s is taken"
        raise Refused("future", f"stamped {ahead_ns / NS_PER_S:.3f} s ahead of this node's clock; {most}")
    return scan


def is_text(line: bytes) -> bool:
    """Whether a line says that it is a report or a notice, wherever in it that stands."""
    return _says_type(line, _TEXTS, if_broken=True)  # more likely a text that quotes badly than a scan of that name


def text_of(line: bytes, now_ns: int) -> Report | Notice:
    """The report or notice in one line, cut to size and flagged where it had to be. Raises Refused."""
    try:
        sent = _text_decoder.decode(line)
    except _BROKEN as error:
        raise Refused("not_a_text", f"found {error}; expected a report.v1 or notice.v1 as JSON on one line") from error
    if not sent.text.strip():
        raise Refused("not_a_text", "found an empty text; expected what was published")
    if sent.origin != "self":
        raise Refused("foreign_origin", f"origin is {sent.origin[:40]!r}; texts enter as 'self', `source` says whence")
    published_ns, flags = _published(sent.published_ns, now_ns)
    source = sent.source[:_MAX_SOURCE]
    found = report_of(
        sent.text, sent.text_id or "text", lang=sent.lang, published=published_ns, source=source, flags=flags
    )
    found = structs.replace(found, label=sent.label)
    return found if sent.type == "report.v1" else notice_of(found)


def is_sign(line: bytes) -> bool:
    """Whether a line says that it is an indicator; one that is broken is judged as a scan."""
    return _says_type(line, _SIGNS, if_broken=False)


def _says_type(line: bytes, names: tuple[str, ...], *, if_broken: bool) -> bool:
    """Whether a line's `type` is one of some names; of a line that is no JSON, but holds one, what the caller supposes."""
    if not any(b'"' + name.encode() + b'"' in line for name in names):
        return False
    try:
        return _type_decoder.decode(line).type in names
    except _BROKEN:
        return if_broken


def sign_of(line: bytes, now_ns: int) -> Indicator:
    """The indicator in one line. Raises Refused where it was observed after it was published, or published after now."""
    try:
        sign = codec.decode_input(line)
    except BadInput as error:
        raise Refused("not_a_sign", f"found {error.found}; expected one indicator.v1 as JSON on one line") from error
    if not isinstance(sign, Indicator) or not sign.indicator_id:
        raise Refused("not_a_sign", "found no `indicator_id`; expected a name to find it by")
    if sign.origin != "self":
        raise Refused("foreign_origin", f"origin is {sign.origin[:40]!r}; signs enter as 'self', `source` says whence")
    if sign.observed_ns > sign.published_ns:
        raise Refused(
            "not_a_sign", "observed after it was published; expected `observed_ns` no later than `published_ns`"
        )
    if sign.published_ns > now_ns + MAX_AHEAD_NS:
        raise Refused("future", f"published {(sign.published_ns - now_ns) / NS_PER_S:.3f} s ahead of this node's clock")
    return sign


def _published(published_ns: int | UnsetType, now_ns: int) -> tuple[int | UnsetType, tuple[str, ...]]:
    """When a text was published, and a flag where that cannot be: days of a text must not count from a day to come."""
    if published_ns is UNSET or 0 <= published_ns <= now_ns + MAX_AHEAD_NS:
        return published_ns, ()
    return UNSET, ("published_unreadable",)


def _check_columns(scan: Scan, sensor: Sensor) -> None:
    """Refuse columns that are missing, of another kind, or of unequal length; and directions that are none."""
    n = len(scan.t_ns)
    needed, allowed = _NEEDED[scan.kind], _ALLOWED[scan.kind]
    for name in _COLUMNS:
        length = len(getattr(scan, name))
        if name in needed and length != n:
            raise Refused("columns", f"{name} has {length} values for {n} plots; a {scan.kind} scan needs one each")
        if name in allowed and length not in (0, n):
            raise Refused("columns", f"{name} has {length} values for {n} plots; leave it out or give one each")
        if name not in needed and name not in allowed and length:
            raise Refused("columns", f"{name} does not belong in a {scan.kind} scan")
    if n and sensor.is_moving and not isinstance(scan.sensor_r_ecef_m, tuple):
        raise Refused("columns", f"sensor {sensor.sensor_id!r} moves; each of its scans states sensor_r_ecef_m")
    for los in scan.los_ecef:
        if abs(math.hypot(*los) - 1.0) > UNIT_TOLERANCE:
            raise Refused("columns", f"a line of sight of length {math.hypot(*los):.6g}; expected a unit vector")
