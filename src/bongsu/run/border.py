"""What may enter a live node: one line of JSON becomes one scan of a sensor we know, or a refusal that says why."""

import math
from collections.abc import Iterator, Mapping
from typing import Final, Literal

from bongsu.constants import NS_PER_S
from bongsu.errors import BadInput, BongsuError
from bongsu.messages import codec
from bongsu.messages.inputs import Scan
from bongsu.models.sensors import Sensor

MAX_LINE_BYTES: Final = 1_000_000
MAX_AHEAD_NS: Final = NS_PER_S // 2  # a stamp further ahead of our clock is a wrong clock, not a fast link
CLOCK_SIGMAS: Final = 4.0  # of a sensor whose clock is not believed, beside that
UNIT_TOLERANCE: Final = 1e-6  # of a line of sight's length: six printed digits

Reason = Literal[
    "line_too_long", "line_cut_off", "not_a_scan", "foreign_origin", "unknown_sensor", "wrong_kind", "columns", "future"
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
