"""A recorded file as inputs of the chain: CSV, a radar capture or bare ASTERIX blocks, told apart by what is in it."""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from msgspec import structs

from bongsu.adapters.ingest.asterix.capture import HEAD, is_capture, open_capture
from bongsu.adapters.ingest.measurements import Rejections, read_scans
from bongsu.constants import NS_PER_S
from bongsu.errors import BadInput
from bongsu.messages.inputs import AnyInput, Scan
from bongsu.models.sensors import Sensor
from bongsu.models.settings import Settings
from bongsu.run import config
from bongsu.run.simulate import with_ticks


@dataclass(frozen=True, slots=True)
class Recording:
    """A recording ready to be fed: settings with all its sensors, inputs with ticks (they can be taken once), rows not used."""

    settings: Settings
    inputs: Iterator[tuple[int, AnyInput]]  # known_ns and message
    rejections: Rejections


def open_recording(plots: Path, sensors: Path, date: str = "") -> Recording:
    """The recording in `plots` with the sensors in `sensors`; `date` is the UTC day of a file that holds only times of day.

    Raises BadInput where file, sensors or date cannot be used.
    """
    settings = config.load_settings(sensors)
    rejections = Rejections()
    if is_capture(_head(plots)):
        capture = open_capture(plots, settings.sensors, _day_ns(date))
        settings = structs.replace(settings, sensors=capture.sensors)
        return Recording(settings, with_ticks(capture.inputs()), rejections)
    if date:
        raise BadInput("--date", date, "nothing beside a CSV file, which has dates of its own", "Leave it out.")
    if not settings.sensors:
        raise BadInput(str(sensors), "no [[sensor]]", "at least one sensor", "See docs/guides/recordings.md.")
    scans = read_scans(plots, settings.sensors, rejections)
    rejections.notes.extend(assumed(scans, settings.sensors, config.read_toml(sensors)))
    return Recording(settings, with_ticks(scans), rejections)


SIGMAS = {
    "radar": ("sigma_range_m", "sigma_azimuth_rad", "sigma_elevation_rad"),
    "los": ("sigma_los_rad",),
    "position": ("sigma_horizontal_m", "sigma_h_m"),
    "telemetry": ("sigma_h_m", "sigma_speed_mps"),
}


def assumed(scans: Iterable[tuple[int, Scan]], sensors: Iterable[Sensor], table: Mapping[str, Any]) -> Iterator[str]:
    """A sentence for each standard deviation that neither rows nor sensor state, so that a default had to do."""
    stated = {t.get("id", t.get("sensor_id")): {k.rpartition("_")[0] for k in t} for t in table.get("sensor", ())}
    missing: dict[str, set[str]] = {}
    for _, scan in scans:
        if scan.t_ns:
            names = missing.setdefault(scan.sensor_id, set())
            names.update(name for name in SIGMAS.get(scan.kind, ()) if not getattr(scan, name))
    for sensor in sensors:
        known = stated.get(sensor.sensor_id, set())
        if known & {"sigma_azimuth", "sigma_elevation"} and sensor.kind == "los":
            known = known | {"sigma_los"}
        for name in sorted(missing.get(sensor.sensor_id, ())):
            stem, _, unit = name.rpartition("_")
            if stem not in known:
                value = getattr(sensor, name)
                size = f"{math.degrees(value):.3g} deg" if unit == "rad" else f"{value:g} {unit.replace('mps', 'm/s')}"
                yield f"no {stem} in the rows nor for sensor {sensor.sensor_id!r}: {size} assumed, and every result rests on it"


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(HEAD)
    except OSError as error:
        raise BadInput(str(path), error.strerror or "no readable file", "a recording", "Check the path.") from error


def _day_ns(date: str) -> int | None:
    """The first instant of a day, or None where none is given."""
    if not date:
        return None
    try:
        day = datetime.strptime(date, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError as error:
        raise BadInput("--date", repr(date), "a UTC day as YYYY-MM-DD", "Correct it.") from error
    if day.year < 1970:
        raise BadInput("--date", repr(date), "a day since 1970", "Correct it.")
    return int(day.timestamp()) * NS_PER_S
