"""Which radar is which sensor, where it stands, and the elevation it does not measure."""

import math
import re
from collections.abc import Iterable, Mapping
from typing import Final

from msgspec import UNSET, structs

from bongsu.adapters.ingest.asterix.survey import Radar, Survey
from bongsu.constants import NS_PER_S
from bongsu.errors import BadInput
from bongsu.models.sensors import Sensor

R_RADAR_M: Final = 6_371_000.0  # radius of the Earth on which heights become elevations
SIGMA_PRESSURE_M: Final = 150.0  # geometric minus pressure height, one sigma: recorded airliners, -53 to +297 m in 98 %
SIGMA_MEASURED_M: Final = 500.0  # of a height measured by a 3D radar
MAX_SIGMA_RAD: Final = 0.5  # nearly overhead a height says nothing of the elevation
PERIOD_S: Final = 8.0  # of a radar that does not say how fast it turns: between approach (4) and en-route (12)
_PAIR = re.compile(r"(\d{1,3})[-./:](\d{1,3})")


def radar_id(radar: Radar) -> str:
    """The sensor id of a radar the sensors file does not name."""
    return f"{radar[0]}-{radar[1]}"


def radar_of(sensor: Sensor) -> Radar | None:
    """SAC and SIC of a sensor: as stated, or from an id such as 25/12."""
    if sensor.sac is not UNSET and sensor.sic is not UNSET:
        return sensor.sac, sensor.sic
    match = _PAIR.fullmatch(sensor.sensor_id)
    return (int(match[1]), int(match[2])) if match else None


def sensors_of(where: str, given: Iterable[Sensor], seen: Survey) -> tuple[Sensor, ...]:
    """The given sensors, and those radars of the capture that say where they stand.

    A given place goes before what a radar says; its turning time comes from the radar, which knows it. Raises BadInput where a
    radar is described as another kind of sensor, or twice.
    """
    found: list[Sensor] = []
    known: set[Radar] = set()
    given = tuple(given)
    ids = {sensor.sensor_id for sensor in given}
    for sensor in given:
        radar = radar_of(sensor)
        if (sensor.sac is UNSET) != (sensor.sic is UNSET):
            raise BadInput(where, f"sensor {sensor.sensor_id} with one of sac and sic", "both", "Add the other.")
        if radar is None:
            found.append(sensor)
            continue
        if sensor.kind != "radar":
            raise BadInput(where, f"sensor {sensor.sensor_id} of kind {sensor.kind}", "a radar", "Correct its kind.")
        if radar in known:
            raise BadInput(where, f"two sensors for radar {radar[0]}/{radar[1]}", "one", "Remove one of them.")
        known.add(radar)
        found.append(_completed(sensor, seen, radar))
    for radar in sorted(set(seen.places) - known):
        if radar_id(radar) in ids:
            raise BadInput(where, f"sensor {radar_id(radar)} for another radar", "another id", "Rename it.")
        bare = Sensor(sensor_id=radar_id(radar), kind="radar", sac=radar[0], sic=radar[1], period_ns=_ns(PERIOD_S))
        found.append(_completed(bare, seen, radar))
    return tuple(found)


def placed(sensors: Iterable[Sensor]) -> Mapping[Radar, Sensor]:
    """The radars whose place is known."""
    pairs = ((radar_of(sensor), sensor) for sensor in sensors)
    return {radar: sensor for radar, sensor in pairs if radar is not None and _has_place(sensor)}


def _has_place(sensor: Sensor) -> bool:
    return (sensor.lat_rad, sensor.lon_rad, sensor.h_m) != (0.0, 0.0, 0.0)


def _completed(sensor: Sensor, seen: Survey, radar: Radar) -> Sensor:
    place, period_s = seen.place(radar), seen.period_s(radar)
    if place is not None and not _has_place(sensor):
        sensor = structs.replace(sensor, lat_rad=place[0], lon_rad=place[1], h_m=place[2])
    return structs.replace(sensor, period_ns=_ns(period_s)) if period_s is not None else sensor


def _ns(seconds: float) -> int:
    return round(seconds * NS_PER_S)


def elevation_rad(rho_m: float, target_h_m: float, radar_h_m: float) -> float:
    """Elevation of a target from slant range and height, on a sphere, along a straight ray; NaN where they contradict each other.

        sin(el) = ((R + H)^2 - (R + h)^2 - rho^2) / (2 (R + h) rho)

    H and h are the heights of target and radar. Source: law of cosines in the triangle radar, target, centre of the Earth.
    """
    target_m, radar_m = R_RADAR_M + target_h_m, R_RADAR_M + radar_h_m
    if rho_m <= 0.0:
        return math.nan
    sine = (target_m * target_m - radar_m * radar_m - rho_m * rho_m) / (2.0 * radar_m * rho_m)
    return math.asin(sine) if abs(sine) <= 1.0 else math.nan
