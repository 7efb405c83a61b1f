"""Recorded measurements as CSV (the format is a promise to users) into scans, in order of known time, then of the file.

A row that cannot be used is rejected with its line and reason; the others go on.
"""

import csv
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from bongsu.constants import NS_PER_S, R_MEAN_EARTH_M
from bongsu.errors import BadInput
from bongsu.geo import frames
from bongsu.messages import codec
from bongsu.messages.inputs import Scan
from bongsu.messages.units import Vec3
from bongsu.models.sensors import Sensor

_TIME = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?Z")
_SCAN_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:+-]{0,63}")
_KINDS = ("radar", "los", "position", "telemetry")
_NEEDED = ("time_utc", "sensor_id", "kind")
_KNOWN = frozenset(
    "time_utc sensor_id kind range_m azimuth_deg elevation_deg range_rate_mps los_x los_y los_z lat_deg lon_deg h_m "
    "speed_mps arrival_utc scan_id sensor_x_m sensor_y_m sensor_z_m sigma_range_m sigma_azimuth_deg sigma_elevation_deg "
    "sigma_range_rate_mps sigma_los_x sigma_los_y sigma_los_z sigma_lat_deg sigma_lon_deg sigma_h_m sigma_speed_mps".split()
)


@dataclass
class Rejections:
    """What could not be used: a count for each reason, and the first line it was met on; and what was assumed."""

    counts: Counter[str] = field(default_factory=Counter)
    first_line: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)  # what was used all the same, and had to be assumed for it

    def add(self, reason: str, line: int) -> None:
        self.counts[reason] += 1
        self.first_line.setdefault(reason, line)

    def summary(self) -> list[str]:
        """What was assumed, then one sentence for each reason, most frequent first."""
        return self.notes + [
            f"{n} row{'s' if n > 1 else ''} rejected: {reason} (first on line {self.first_line[reason]})"
            for reason, n in self.counts.most_common()
        ]


@dataclass(frozen=True, slots=True)
class _Row:
    """One measurement of the file: its place, its times, its group and its values by column of Scan."""

    line: int
    t_ns: int
    known_ns: int
    sensor: Sensor
    scan_id: str
    values: dict[str, float | Vec3]  # empty: a look that saw nothing


def read_scans(path: Path, sensors: Iterable[Sensor], rejections: Rejections) -> list[tuple[int, Scan]]:
    """The scans of a measurement file as (known_ns, scan), in order of known time, then of the file.

    Raises BadInput where the file as a whole cannot be read: missing, empty, not UTF-8, without its columns, without one
    usable row. Unusable rows are counted in `rejections`.
    """
    by_id = {sensor.sensor_id: sensor for sensor in sensors}
    groups: dict[tuple[str, str, tuple[str, ...]], list[_Row]] = {}
    for row in _rows(path, by_id, rejections):
        groups.setdefault((row.sensor.sensor_id, row.scan_id, tuple(row.values)), []).append(row)
    if not groups:
        reasons = "; ".join(rejections.summary()) or "it has a header and nothing else"
        raise BadInput(
            str(path), f"no usable measurement ({reasons})", "at least one row", "See docs/guides/recordings.md."
        )
    seen: Counter[tuple[str, str]] = Counter()
    scans = []
    for (sensor_id, scan_id, _), rows in groups.items():
        seen[sensor_id, scan_id] += 1
        part = seen[sensor_id, scan_id]
        scans.append(_scan(rows, scan_id if part == 1 else f"{scan_id}:{part}"))
    return sorted(scans, key=lambda item: item[0])  # stable: equal times keep the order of the file


def _rows(path: Path, sensors: Mapping[str, Sensor], rejections: Rejections) -> Iterator[_Row]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, restkey="", restval="")
            _check_header(path, reader.fieldnames)
            for cells in reader:
                if row := _row(cells, reader.line_num, sensors, rejections):
                    yield row
    except OSError as error:
        raise BadInput(str(path), error.strerror or "no readable file", "a CSV file", "Check the path.") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise BadInput(
            str(path), str(error), "a CSV file in UTF-8", "Convert it, or see docs/guides/recordings.md."
        ) from error


def _check_header(path: Path, names: Iterable[str] | None) -> None:
    found = list(names or ())
    if not found:
        raise BadInput(str(path), "an empty file", "a header row and measurements", "See docs/guides/recordings.md.")
    if missing := [name for name in _NEEDED if name not in found]:
        raise BadInput(
            f"{path}, line 1",
            f"no column {', '.join(missing)} among {', '.join(found)[:120]}",
            ", ".join(_NEEDED),
            "Name the columns as docs/guides/recordings.md lists them.",
        )
    if unknown := [name for name in found if name not in _KNOWN]:
        raise BadInput(
            f"{path}, line 1",
            f"unknown column {', '.join(unknown)[:120]}",
            "the columns of docs/guides/recordings.md",
            "Rename or drop it: a misspelt sigma would otherwise be ignored in silence.",
        )


def _row(cells: dict[str, str], line: int, sensors: Mapping[str, Sensor], rejections: Rejections) -> _Row | None:
    """One row checked, or None and a counted reason."""
    try:
        row = _checked(cells, line, sensors)
        codec.decode_input(codec.encode(_scan([row], row.scan_id)[1]))  # the vocabulary's own bounds
    except _Unusable as error:
        rejections.add(str(error), line)
        return None
    except BadInput as error:
        rejections.add(error.found, line)
        return None
    return row


class _Unusable(Exception):
    """A row that cannot be used; its text is the reason."""


def _checked(cells: dict[str, str], line: int, sensors: Mapping[str, Sensor]) -> _Row:
    sensor, kind = sensors.get(cells["sensor_id"]), cells["kind"]
    if sensor is None:
        raise _Unusable(f"unknown sensor {cells['sensor_id'][:40]!r}")
    if kind not in _KINDS or (kind != sensor.kind and not (kind == "los" and sensor.kind == "infrared")):
        raise _Unusable(f"kind {kind[:20]!r} of a sensor described as {sensor.kind}")
    t_ns = parse_time_ns(cells["time_utc"])
    known_ns = parse_time_ns(cells["arrival_utc"]) if cells.get("arrival_utc") else t_ns
    if t_ns is None or known_ns is None:
        raise _Unusable("a time that is not ISO 8601 with Z")
    scan_id = cells.get("scan_id") or f"row{line}"
    if not _SCAN_ID.fullmatch(scan_id):
        raise _Unusable("a scan_id with other characters than letters, digits and ._:+-")
    numbers = {name: _number(text) for name, text in cells.items() if text and name not in _TEXTS}
    values: dict[str, float | Vec3] = {}
    if _measured(numbers) or not cells.get("scan_id"):
        try:
            values = _VALUES[kind](numbers, sensor)
        except KeyError as error:
            raise _Unusable(f"no {error.args[0]} in a {kind} row") from error
    if all(f"sensor_{axis}_m" in numbers for axis in "xyz"):
        values["sensor_r_ecef_m"] = (numbers["sensor_x_m"], numbers["sensor_y_m"], numbers["sensor_z_m"])
    return _Row(line, t_ns, known_ns, sensor, scan_id, values)


_TEXTS = frozenset(("time_utc", "arrival_utc", "sensor_id", "kind", "scan_id", ""))


def parse_time_ns(text: str) -> int | None:
    """Nanoseconds since 1970 UTC of an ISO 8601 time with Z and up to nine decimals; None for anything else."""
    match = _TIME.fullmatch(text.strip())
    if not match:
        return None
    *parts, fraction = match.groups()
    try:
        whole = datetime(*(int(part) for part in parts), tzinfo=UTC)  # type: ignore[misc, arg-type]
    except ValueError:
        return None
    since = whole - datetime(1970, 1, 1, tzinfo=UTC)
    seconds = since.days * 86_400 + since.seconds
    return seconds * NS_PER_S + int((fraction or "0").ljust(9, "0")) if seconds >= 0 else None


def _number(text: str) -> float:
    try:
        value = float(text)
    except ValueError as error:
        raise _Unusable(f"not a finite number: {text[:40]!r}") from error
    if not math.isfinite(value):
        raise _Unusable(f"not a finite number: {text[:40]!r}")
    return value


def _measured(numbers: Mapping[str, float]) -> bool:
    return any(not name.startswith(("sigma_", "sensor_")) for name in numbers)


def _azimuth_rad(degrees: float) -> float:
    if not -360.0 <= degrees <= 360.0:
        raise _Unusable("azimuth_deg outside -360 to 360")
    return math.radians(degrees % 360.0)


def _radar(numbers: Mapping[str, float], sensor: Sensor) -> dict[str, float | Vec3]:
    values: dict[str, float | Vec3] = {
        "range_m": numbers["range_m"],
        "azimuth_rad": _azimuth_rad(numbers["azimuth_deg"]),
        "elevation_rad": math.radians(numbers["elevation_deg"]),
    }
    for column in ("range_rate_mps", "sigma_range_m", "sigma_range_rate_mps"):
        if column in numbers:
            values[column] = numbers[column]
    for column in ("sigma_azimuth", "sigma_elevation"):
        if f"{column}_deg" in numbers:
            values[f"{column}_rad"] = math.radians(numbers[f"{column}_deg"])
    return values


def _line_of_sight(numbers: Mapping[str, float], sensor: Sensor) -> dict[str, float | Vec3]:
    if "los_x" in numbers:
        los = (numbers["los_x"], numbers["los_y"], numbers["los_z"])
        length = math.sqrt(sum(part * part for part in los))
        if not 0.99 < length < 1.01:
            raise _Unusable("los_x, los_y, los_z are not a unit vector")
        los = (los[0] / length, los[1] / length, los[2] / length)
        sigmas = [numbers[name] for name in ("sigma_los_x", "sigma_los_y", "sigma_los_z") if name in numbers]
    else:
        azimuth, elevation = _azimuth_rad(numbers["azimuth_deg"]), math.radians(numbers["elevation_deg"])
        local = np.array(
            [
                math.cos(elevation) * math.sin(azimuth),
                math.cos(elevation) * math.cos(azimuth),
                math.sin(elevation),
            ]
        )
        x, y, z = (frames.C_enu_from_ecef(sensor.lat_rad, sensor.lon_rad).T @ local).tolist()
        los = (x, y, z)
        across = math.cos(elevation)
        given = {"sigma_azimuth_deg": across, "sigma_elevation_deg": 1.0}
        sigmas = [math.radians(numbers[name]) * factor for name, factor in given.items() if name in numbers]
    values: dict[str, float | Vec3] = {"los_ecef": los}
    if sigmas:
        values["sigma_los_rad"] = max(sigmas)
    return values


def _position(numbers: Mapping[str, float], sensor: Sensor) -> dict[str, float | Vec3]:
    values: dict[str, float | Vec3] = {
        "lat_rad": math.radians(numbers["lat_deg"]),
        "lon_rad": math.remainder(math.radians(numbers["lon_deg"]), 2.0 * math.pi),
        "h_m": numbers["h_m"],
    }
    sigmas = [
        math.radians(numbers[name]) * R_MEAN_EARTH_M for name in ("sigma_lat_deg", "sigma_lon_deg") if name in numbers
    ]
    if sigmas:
        values["sigma_horizontal_m"] = max(sigmas)
    if "sigma_h_m" in numbers:
        values["sigma_h_m"] = numbers["sigma_h_m"]
    return values


def _telemetry(numbers: Mapping[str, float], sensor: Sensor) -> dict[str, float | Vec3]:
    names = ("h_m", "speed_mps", "sigma_h_m", "sigma_speed_mps")
    return {name: numbers[name] for name in names if name in numbers or not name.startswith("sigma_")}


_VALUES = {"radar": _radar, "los": _line_of_sight, "position": _position, "telemetry": _telemetry}


def _scan(rows: list[_Row], scan_id: str) -> tuple[int, Scan]:
    first, plots = rows[0], [row for row in rows if row.values]
    columns: dict[str, tuple[float | Vec3, ...]] = {
        name: tuple(row.values[name] for row in plots) for name in (plots[0].values if plots else ())
    }
    place = columns.pop("sensor_r_ecef_m", None)
    scan = Scan(
        sensor_id=first.sensor.sensor_id,
        scan_id=scan_id,
        kind=first.sensor.kind,
        valid_ns=max(row.t_ns for row in rows),
        t_ns=tuple(row.t_ns for row in plots),
        **columns,  # type: ignore[arg-type]
        **({"sensor_r_ecef_m": place[0]} if place else {}),  # type: ignore[arg-type]
    )
    return max(row.known_ns for row in rows), scan
