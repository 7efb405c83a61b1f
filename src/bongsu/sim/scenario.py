"""A named situation: what flies, who watches, what is protected, what was published. Read from TOML, where every range stands.

The file speaks degrees, kilometres and microradians; on loading each key is turned into SI and radians (`azimuth_deg` becomes
`azimuth_rad`), so that nothing inside ever meets a degree. A range `[low, high]` is what a seed draws from, evenly.
"""

import math
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType, field

from bongsu.constants import NS_PER_S
from bongsu.errors import BadInput
from bongsu.messages.labels import Label, Nation
from bongsu.messages.units import (
    AreaId,
    ElevationRad,
    LatRad,
    LonRad,
    Nanos,
    NonNegative,
    Positive,
    Prob,
    SensorId,
    Vec3,
    ZoneId,
)

Range = tuple[float, float]
Kind = Literal["ballistic", "quasi_ballistic", "space_launch", "failed", "aircraft"]

# file unit -> (unit inside, factor)
UNITS = {
    "_deg": ("_rad", math.pi / 180.0), "_urad": ("_rad", 1e-6), "_km": ("_m", 1e3), "_min": ("_s", 60.0),
}  # fmt: skip


class Spec(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One table of a scenario file, in SI; a range that ends before it begins is refused."""

    def __post_init__(self) -> None:
        for name, kind in self.__annotations__.items():
            value = getattr(self, name)
            if kind is Range and not value[0] <= value[1]:
                raise ValueError(f"{name} ends ({value[1]}) before it begins ({value[0]})")


class StageSpec(Spec, frozen=True, kw_only=True):
    """One engine of a generic powered flight: how long, how strong beside the others, how its thrust grows as mass falls."""

    burn_s: Range
    gap_s: Range = (0.0, 0.0)  # unpowered, after the burn and before the next one
    start: Positive = 1.0  # specific thrust at ignition beside that of the other stages; the common scale is fitted
    growth: Range = (2.0, 3.0)  # specific thrust at the end over that at ignition


class PartSpec(Spec, frozen=True, kw_only=True):
    """Something left behind: `count` objects released after a stage has burnt out, each falling on its own."""

    after_stage: Annotated[int, Meta(ge=1)]
    delay_s: Range = (0.0, 0.0)  # from that burn-out
    count: Annotated[int, Meta(ge=1, le=8)] = 1
    speed_mps: Range = (1.0, 4.0)  # of the push apart, in a random direction
    beta_kgpm2: Range = (500.0, 2000.0)


class LiftSpec(Spec, frozen=True, kw_only=True):
    """A pull-up or glide on the way down, as a disturbance: lift across the velocity, upward, in a band of heights.

    Lift is a multiple of drag; the multiple is fitted so that the whole flight has the drawn range.
    """

    ballistic_share: Range  # range of the same flight without lift, over the wanted range
    top_m: Range  # below this height, after apogee, lift sets in ...
    onset_m: Positive = 4000.0  # ... and is whole this much deeper
    floor_m: Range = (8000.0, 12000.0)  # lift fades out towards this height
    level_mps: Positive = (
        80.0  # lift is whole while sinking this fast, half in level flight, none while climbing this fast
    )


class FailureSpec(Spec, frozen=True, kw_only=True):
    """The engine stops early and the body breaks up into tumbling pieces."""

    at_s: Range
    count: tuple[int, int] = (1, 3)  # further pieces beside the largest
    speed_mps: Range = (5.0, 40.0)
    beta_kgpm2: Range = (300.0, 1500.0)


class FlightSpec(Spec, frozen=True, kw_only=True):
    """What flies, and the ranges a seed draws it from. Which fields count follows from `kind`."""

    kind: Kind
    site: str = ""
    site_lat_rad: LatRad = 0.0
    site_lon_rad: LonRad = 0.0
    site_radius_m: NonNegative = 20_000.0
    azimuth_rad: Range = (0.0, 0.0)  # of the plane of powered flight at the site
    range_m: Range = (0.0, 0.0)
    apogee_m: Range = (0.0, 0.0)
    orbit_m: Range = (0.0, 0.0)  # height of a space launch at its last burn-out
    rise_s: Range = (4.0, 8.0)  # vertical, before the pitch-over
    haste: Range = (1.0, 1.0)  # above 1 the pitch-over comes late, below 1 early
    beta_kgpm2: Range = (2000.0, 9000.0)  # of what flies on after burn-out
    boost_beta_kgpm2: Range = (8000.0, 16000.0)  # of the whole vehicle
    cloud_m: Range = (1000.0, 9000.0)  # top of the clouds; below it no infrared sensor sees the flame
    stage: tuple[StageSpec, ...] = ()
    part: tuple[PartSpec, ...] = ()
    lift: LiftSpec | UnsetType = UNSET
    failure: FailureSpec | UnsetType = UNSET
    follow_s: Positive = 600.0  # how long something in orbit is followed after its last burn-out
    count: Annotated[int, Meta(ge=1, le=2000)] = 20  # aircraft
    duration_s: Positive = 900.0
    spread_m: Positive = 250_000.0  # aircraft start within this distance of the site
    speed_mps: Range = (150.0, 260.0)
    h_m: Range = (500.0, 12_000.0)


class SensorSpec(Spec, frozen=True, kw_only=True):
    """One sensor as it truly is. Names are those of `models.sensors.Sensor` wherever both have the quantity."""

    sensor_id: SensorId = field(name="id")
    kind: Literal["radar", "infrared", "position"]
    nation: Nation = "kor"
    name: str = ""
    label: Label | UnsetType = UNSET  # else that of the scenario
    lat_rad: LatRad = 0.0
    lon_rad: LonRad = 0.0
    h_m: float = 0.0
    ecef_m: Vec3 | UnsetType = UNSET
    is_moving: bool = False  # a ship: each scan says where it was
    speed_mps: NonNegative = 0.0
    course_rad: float = 0.0
    sigma_range_m: Positive = 50.0
    sigma_azimuth_rad: Positive = math.radians(0.05)
    sigma_elevation_rad: Positive = math.radians(0.05)
    sigma_range_rate_mps: Positive | UnsetType = UNSET  # absent: the radar does not measure it
    sigma_los_rad: Positive = 4e-5  # across the line of sight, on each of two axes
    sigma_horizontal_m: Positive = 30.0
    sigma_h_m: Positive = 30.0
    period_s: Positive = 2.0
    latency_s: Range = (0.5, 1.0)
    p_detect: Prob = 0.95
    max_range_m: Positive = 2.0e6
    min_elevation_rad: ElevationRad = 0.0
    gaps_s: tuple[Range, ...] = ()  # after T0: no look is made, nothing is sent


class AreaSpec(Spec, frozen=True, kw_only=True):
    """A protected area, by the names of `models.areas.Area`."""

    area_id: AreaId
    name: str = ""
    zones: tuple[ZoneId, ...] = ()
    polygon_rad: tuple[tuple[LatRad, LonRad], ...] = ()
    hazards: tuple[Literal["fall", "overflight"], ...] = ("fall",)
    is_warned: bool = True
    p_propose: Prob = 0.10
    p_withdraw: Prob = 0.02


class Published(Spec, frozen=True, kw_only=True):
    """What somebody said about the real event, to stand beside what the chain says."""

    who: str
    words: str
    range_m: Positive | UnsetType = UNSET
    apogee_m: Positive | UnsetType = UNSET
    flight_time_s: Positive | UnsetType = UNSET
    source: str = ""


class Scenario(Spec, frozen=True, kw_only=True):
    """A whole scenario. `why` says why it exists; `seed` is the one flown when nobody asks for another."""

    scenario_id: Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")] = field(name="id")
    title: str
    why: str
    t0_ns: Nanos
    seed: Annotated[int, Meta(ge=0)] = 1
    sources: tuple[str, ...] = ()
    label: Label = Label()
    flight: FlightSpec
    sensors: tuple[SensorSpec, ...] = field(name="sensor", default=())
    areas: tuple[AreaSpec, ...] = field(name="area", default=())
    published: tuple[Published, ...] = ()


def load(path_or_text: Path | str) -> Scenario:
    """The scenario in a TOML file, or in its text (a string with a line break). Raises BadInput, saying where."""
    if isinstance(path_or_text, str) and "\n" in path_or_text:
        where, text = "scenario text", path_or_text
    else:
        where, text = str(path_or_text), _text(Path(path_or_text))
    try:
        return _checked(msgspec.convert(_si(tomllib.loads(text)), Scenario))
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, ValueError) as error:
        raise BadInput(where, str(error), "a scenario as in scenarios/*.toml", "Mend the named key.") from error


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise BadInput(
            str(path), error.strerror or "nothing", "a scenario file", "Give the path of a TOML file."
        ) from error


def _si(table: dict[str, Any]) -> dict[str, Any]:
    """The same table with every key and value in SI and radians. A scalar `latency_s` is a range without width."""
    found: dict[str, Any] = {}
    for key, value in table.items():
        if isinstance(value, datetime):
            found[f"{key}_ns"] = _nanos(key, value)
            continue
        suffix = next((unit for unit in UNITS if key.endswith(unit)), "")
        inside, factor = UNITS.get(suffix, ("", 1.0))
        name = key.removesuffix(suffix) + inside if suffix else key
        found[name] = _scaled(value, factor)
        if name == "latency_s" and not isinstance(value, list):
            found[name] = (value, value)
    return found


def _scaled(value: Any, factor: float) -> Any:
    """Numbers times a factor, through lists; tables inside are converted by their own keys."""
    if isinstance(value, dict):
        return _si(value)
    if isinstance(value, list):
        return [_scaled(item, factor) for item in value]
    if isinstance(value, int | float) and not isinstance(value, bool) and factor != 1.0:
        return value * factor
    return value


def _nanos(key: str, when: datetime) -> int:
    if when.tzinfo is None:
        raise ValueError(f"{key} = {when} has no time zone; write UTC with a Z")
    since = when.astimezone(UTC) - datetime(1970, 1, 1, tzinfo=UTC)
    return (since.days * 86_400 + since.seconds) * NS_PER_S + since.microseconds * 1_000


def _checked(scenario: Scenario) -> Scenario:
    """Refuse what no field bound can see: missing ranges, a part of a stage that is not there, one id twice."""
    flight = scenario.flight
    ids = [s.sensor_id for s in scenario.sensors]
    betas = [flight.beta_kgpm2, flight.boost_beta_kgpm2, *(part.beta_kgpm2 for part in flight.part)]
    wants = {
        "a [[flight.stage]]": flight.kind == "aircraft" or flight.stage,
        "flight.range_km and flight.apogee_km": flight.kind in ("aircraft", "space_launch")
        or (flight.range_m[0] > 0.0 and flight.apogee_m[0] > 0.0),
        "flight.orbit_km": flight.kind != "space_launch" or flight.orbit_m[0] > 0.0,
        "[flight.lift]": flight.kind != "quasi_ballistic" or flight.lift,
        "[flight.failure]": flight.kind != "failed" or flight.failure,
        "after_stage of a stage that exists": all(p.after_stage <= len(flight.stage) for p in flight.part),
        "burn_s above 0 and growth above 1": all(s.burn_s[0] > 0.0 and s.growth[0] > 1.0 for s in flight.stage),
        "beta_kgpm2 above 0": all(low > 0.0 for low, _ in betas),
        "latency_s not below 0": all(s.latency_s[0] >= 0.0 for s in scenario.sensors),
        "every sensor id once": len(ids) == len(sorted(set(ids))),
    }
    missing = [what for what, is_there in wants.items() if not is_there]
    if missing:
        raise ValueError(f"a scenario with a flight of kind {flight.kind!r} needs {missing[0]}")
    return scenario
