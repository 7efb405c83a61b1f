"""TOML to structs: the one place where degrees and kilometres become radians and metres for what a node believes.

A key may carry another unit than the field it fills (`lat_deg` fills `lat_rad`); every refusal names file, table and
key, and speaks the unit of the file.
"""

import difflib
import math
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Final, TypeVar

import msgspec
from msgspec import Meta, inspect

from bongsu.constants import NS_PER_S
from bongsu.errors import BadInput
from bongsu.log.manifest import Mode
from bongsu.messages.units import Count
from bongsu.models.areas import Area
from bongsu.models.rights import User
from bongsu.models.sensors import Sensor
from bongsu.models.settings import Settings
from bongsu.models.watch import SignModel, Site
from bongsu.sim.scenario import Scenario, SensorSpec

S = TypeVar("S", bound=msgspec.Struct)

# unit in the file -> (unit of the field, factor)
UNITS: Final[dict[str, tuple[str, float]]] = {
    "_deg": ("_rad", math.pi / 180.0),
    "_mrad": ("_rad", 1e-3),
    "_urad": ("_rad", 1e-6),
    "_km": ("_m", 1e3),
    "_min": ("_s", 60.0),
    "_ms": ("_ns", 1e6),
    "_s": ("_ns", float(NS_PER_S)),
    "_days": ("_ns", 86_400.0 * NS_PER_S),
}
_ALIASES: Final[dict[type, dict[str, str]]] = {
    Sensor: {"id": "sensor_id"},
    Area: {"id": "area_id", "polygon_deg": "polygon"},
    Site: {"id": "site_id"},
}
_SAC_SIC: Final = re.compile(r"(\d{1,3})/(\d{1,3})")  # an ASTERIX radar as people write it; an id has no slash
_DEGREES: Final = {"polygon_deg": math.pi / 180.0}
# A scenario says of a sensor how it truly behaves (latency, gaps); a node has no belief about that and reads past it.
_READ_PAST: Final[dict[type, frozenset[str]]] = {
    Sensor: frozenset(f for f in SensorSpec.__struct_fields__ if f not in Sensor.__struct_fields__)
}
_SCENARIO_KEYS: Final = frozenset(Scenario.__struct_encode_fields__) | {"t0"}


class NodeTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The [node] table of a node's file."""

    node: str = "laptop"
    nation: str = "kor"
    mode: Mode = "live"
    epoch: Count = 0
    log: Annotated[str, Meta(min_length=1)] = "bongsu.log"  # relative to the file
    listen: Annotated[str, Meta(pattern=r"^.+:\d{1,5}$")] = "127.0.0.1:7700"  # host:port; port 0 takes a free one
    acts: Annotated[str, Meta(pattern=r"^(.+:\d{1,5})?$")] = ""  # host:port for acts of people; none: none are taken
    console: bool = False


@dataclass(frozen=True, slots=True)
class NodeFile:
    """A node's file, read and checked."""

    settings: Settings
    mode: Mode
    epoch: int
    log: Path
    host: str
    port: int
    has_console: bool
    acts: tuple[str, int] | None  # host and port


def load_node(path: Path) -> NodeFile:
    """Read a node's file. Raises BadInput, saying where."""
    table = read_toml(path)
    where = str(path)
    node = struct_of(NodeTable, _table(table, "node", where), f"{where} [node]")
    host, _, port = node.listen.rpartition(":")
    return NodeFile(
        settings=settings_of(table, where), mode=node.mode, epoch=node.epoch, log=path.parent / node.log, host=host,
        port=int(port), has_console=node.console, acts=_address(node.acts),
    )  # fmt: skip


def _address(text: str) -> tuple[str, int] | None:
    host, _, port = text.rpartition(":")
    return (host, int(port)) if text else None


def load_settings(path: Path) -> Settings:
    """The settings in a node's, a sensors' or a scenario's file."""
    return settings_of(read_toml(path), str(path))


def read_toml(path: Path) -> dict[str, Any]:
    """The tables of a TOML file. Raises BadInput if there is none or it does not parse."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadInput(str(path), error.strerror or "nothing", "a TOML file", "Check the name.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput(str(path), str(error), "TOML", "Mend the named line.") from error


def settings_of(table: Mapping[str, Any], where: str) -> Settings:
    """Settings from parsed TOML; tables of a scenario that no node believes in are read past."""
    stages = {f.name: f.type for f in msgspec.structs.fields(Settings) if _is_struct(f.type)}
    known = {"node", "sensor", "area", "site", "sign", "user", *stages}
    for key in table:
        if key not in known and key not in _SCENARIO_KEYS:
            raise _unknown(where, f"table [{key}]", key, sorted(known))
    node = struct_of(NodeTable, _table(table, "node", where), f"{where} [node]")
    found: dict[str, Any] = {"node": node.node, "nation": node.nation}
    found["sensors"] = tuple(sensor_of(t, w) for t, w in _tables(table, "sensor", where))
    found["areas"] = tuple(struct_of(Area, t, w) for t, w in _tables(table, "area", where))
    found["sites"] = tuple(struct_of(Site, t, w) for t, w in _tables(table, "site", where))
    found["signs"] = tuple(struct_of(SignModel, t, w) for t, w in _tables(table, "sign", where))
    found["users"] = tuple(struct_of(User, t, w) for t, w in _tables(table, "user", where))
    for name, kind in stages.items():
        found[name] = struct_of(kind, _table(table, name, where), f"{where} [{name}]")
    _refuse_twice([s.sensor_id for s in found["sensors"]], f"{where} [[sensor]]")
    _refuse_twice([a.area_id for a in found["areas"]], f"{where} [[area]]")
    _refuse_twice([s.site_id for s in found["sites"]], f"{where} [[site]]")
    _refuse_twice([s.kind for s in found["signs"]], f"{where} [[sign]]")
    _refuse_twice([u.user_id for u in found["users"]], f"{where} [[user]]")
    try:
        return msgspec.convert(found, Settings)
    except msgspec.ValidationError as error:
        raise BadInput(f"{where} [node]", str(error), "a node's id and nation", "Mend the named key.") from error


def sensor_of(table: Mapping[str, Any], where: str) -> Sensor:
    """One [[sensor]] table; its place is given as `lat_deg, lon_deg, h_m` or as `ecef_m`."""
    table = _with_sigma_los(table)
    if isinstance(table.get("id"), str) and (pair := _SAC_SIC.fullmatch(table["id"])):
        table = {**table, "id": f"{pair[1]}-{pair[2]}"}
    if "ecef_m" not in table:
        return struct_of(Sensor, table, where)
    rest = {key: value for key, value in table.items() if key != "ecef_m"}
    both = [key for key in ("lat_deg", "lon_deg", "h_m") if key in rest]
    try:
        x_m, y_m, z_m = msgspec.convert(table["ecef_m"], tuple[float, float, float])
    except msgspec.ValidationError as error:
        raise BadInput(f"{where}: ecef_m", repr(table["ecef_m"]), "[x, y, z] in metres", "Mend the key.") from error
    if both:
        raise BadInput(f"{where}: {both[0]}", "a second place beside ecef_m", "one of the two", "Remove one.")
    from bongsu.kernels.earth import geodetic_from_ecef

    geodetic: Callable[..., tuple[float, float, float]] = geodetic_from_ecef
    lat_rad, lon_rad, h_m = geodetic(x_m, y_m, z_m)
    if not math.isfinite(h_m):
        raise BadInput(f"{where}: ecef_m", repr(table["ecef_m"]), "a place on or above the ground", "Mend the key.")
    return struct_of(Sensor, {**rest, "lat_rad": lat_rad, "lon_rad": lon_rad, "h_m": h_m}, where)


def _with_sigma_los(table: Mapping[str, Any]) -> Mapping[str, Any]:
    """A camera's sigma of a line of sight is the greater of the two angles' it states, unless it states its own."""
    stated = {key: value for key, value in table.items() if key.startswith(("sigma_azimuth_", "sigma_elevation_"))}
    if table.get("kind") not in ("los", "infrared") or not stated or any(key.startswith("sigma_los_") for key in table):
        return table
    by_unit = {key.rpartition("_")[2]: 0.0 for key in stated}
    if len(by_unit) != 1 or not all(isinstance(value, int | float) for value in stated.values()):
        return table  # mixed or no numbers: the checks of the struct say what is wrong
    return {**table, f"sigma_los_{next(iter(by_unit))}": max(stated.values())}


def struct_of(kind: type[S], table: Mapping[str, Any], where: str) -> S:
    """A struct from a table whose keys may carry other units than its fields. Raises BadInput naming the key."""
    fields = {field.name: field for field in msgspec.structs.fields(kind)}
    found: dict[str, Any] = {}
    for key, value in table.items():
        name, factor = _field_of(key, fields, kind)
        if name == "":
            if key in _read_past(kind):
                continue
            raise _unknown(where, f"key {key}", key, [*_ALIASES.get(kind, {}), *fields])
        if name in found:
            raise BadInput(f"{where}: {key}", f"a second value for {name}", "one", "Remove one of the two.")
        found[name] = _converted(value, factor, fields[name].type, f"{where}: {key}")
    try:
        return msgspec.convert(found, kind)
    except (msgspec.ValidationError, ValueError) as error:
        text = str(error)
        for key, name in _ALIASES.get(kind, {}).items():
            text = text.replace(f"`{name}`", f"`{key}`")
        raise BadInput(where, text, f"what a {kind.__name__} needs", "Add or mend the named key.") from error


def _field_of(key: str, fields: Mapping[str, Any], kind: type) -> tuple[str, float]:
    """The field a key fills and the factor to its unit; an empty name if there is none."""
    if (alias := _ALIASES.get(kind, {}).get(key)) is not None:
        return alias, _DEGREES.get(key, 1.0)
    if key in fields:
        return key, 1.0
    for suffix, (inside, factor) in UNITS.items():
        if key.endswith(suffix) and key.removesuffix(suffix) + inside in fields:
            return key.removesuffix(suffix) + inside, factor
    return "", 1.0


def _read_past(kind: type) -> frozenset[str]:
    """Keys a table may have that say nothing to this struct, in every unit they may be written in."""
    names = _READ_PAST.get(kind, frozenset())
    others = {
        name.removesuffix(inside) + suffix
        for name in names
        for suffix, (inside, _) in UNITS.items()
        if name.endswith(inside)
    }
    return names | others


def _converted(value: Any, factor: float, kind: Any, where: str) -> Any:
    """The value in the unit of its field, checked against the type of the field."""
    try:
        scaled = _scaled(value, factor, is_whole=_is_whole(kind))
        return msgspec.convert(scaled, kind)
    except (msgspec.ValidationError, TypeError) as error:
        raise BadInput(where, repr(value), _expected(kind, factor, error), "Mend the key.") from error


def _scaled(value: Any, factor: float, *, is_whole: bool) -> Any:
    if factor == 1.0:
        return value
    if isinstance(value, list):
        return [_scaled(item, factor, is_whole=is_whole) for item in value]
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"a {type(value).__name__} is not a number")
    return round(value * factor) if is_whole and math.isfinite(value) else value * factor


def _expected(kind: Any, factor: float, error: Exception) -> str:
    """What a field takes, in the unit of the file."""
    info = inspect.type_info(kind)
    if not isinstance(info, inspect.FloatType | inspect.IntType):
        return str(error)
    bounds = [
        f"{word} {bound / factor:.10g}"
        for word, bound in (("at least", info.ge), ("above", info.gt), ("at most", info.le), ("below", info.lt))
        if bound is not None
    ]
    return " ".join(["a number", " and ".join(bounds)]).strip()


def _is_whole(kind: Any) -> bool:
    return isinstance(inspect.type_info(kind), inspect.IntType)


def _is_struct(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, msgspec.Struct)


def _table(table: Mapping[str, Any], key: str, where: str) -> Mapping[str, Any]:
    found = table.get(key, {})
    if not isinstance(found, Mapping):
        raise BadInput(f"{where} [{key}]", repr(found)[:80], "one table", f"Write [{key}] above its keys.")
    return found


def _tables(table: Mapping[str, Any], key: str, where: str) -> list[tuple[Mapping[str, Any], str]]:
    """The tables of an array with the words that name each: its place and, where it has one, its id."""
    found = table.get(key, [])
    if not isinstance(found, list) or not all(isinstance(item, Mapping) for item in found):
        raise BadInput(f"{where} [[{key}]]", repr(found)[:80], "an array of tables", f"Write [[{key}]] above each.")
    return [(item, f"{where} [[{key}]] {item.get('id', f'number {i}')!s}") for i, item in enumerate(found, start=1)]


def _refuse_twice(ids: list[str], where: str) -> None:
    for i, name in enumerate(ids):
        if name in ids[:i]:
            raise BadInput(where, f"id {name!r} twice", "every id once", "Rename one of the two.")


def _unknown(where: str, found: str, key: str, known: list[str]) -> BadInput:
    close = difflib.get_close_matches(key, _spellings(known), n=1)
    hint = f"Did you mean {close[0]}?" if close else "Remove it or correct its name."
    return BadInput(where, f"unknown {found}", "a known name", hint)


def _spellings(known: list[str]) -> list[str]:
    """Field names and how they may be spelt in other units."""
    others = [
        name.removesuffix(inside) + suffix
        for name in known
        for suffix, (inside, _) in UNITS.items()
        if name.endswith(inside)
    ]
    return [*others, *known]
