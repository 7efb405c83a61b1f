"""Descriptions of lists: which column is what, in which zone days are printed, who speaks, and on what terms."""

import re
import tomllib
from collections.abc import Iterable, Sequence
from importlib import resources
from pathlib import Path
from typing import Annotated, Any, Final, Literal

import msgspec
from msgspec import Meta

from bongsu.errors import BadInput
from bongsu.messages.accounts import Speaker

NUMBERS: Final = ("range_km", "apogee_km", "flight_time_min", "count", "azimuth_deg", "lat_deg", "lon_deg")
WORDS: Final = ("vehicle_class", "zone", "outcome", "landing", "link")
_QUANTITIES: Final = ("day", "clock", "fall_clock", "published", "site", "row", "text", *NUMBERS, *WORDS)
_HELP: Final = "docs/guides/history.md shows how a list is described."


class Lookup(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A JSON file beside the list that says more of a word in a column: an object of objects."""

    file: str
    at: tuple[str, ...] = ()  # keys down to the object
    name: str = ""
    lat: str = ""
    lon: str = ""
    value: str = ""  # the key that holds the word to use instead


class ListSpec(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One kind of list. `recognise` are columns that together tell it from other lists; `take` picks rows by patterns."""

    name: Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9._-]{0,63}\Z")]
    terms: Annotated[str, Meta(min_length=1)]  # shown at every import; "not stated" where nothing is
    recognise: tuple[str, ...]
    columns: dict[str, str]  # quantity to column
    speaker: Speaker = "other"
    launcher: Annotated[str, Meta(pattern=r"^([a-z]{3})?\Z")] = ""
    zone: Literal["UTC", "+09:00"] = "+09:00"  # of days and clocks that do not say
    unknown: tuple[str, ...] = ()
    folder: str = "*"  # which files are meant where a folder is named
    url: str = ""
    take: dict[str, str] = {}
    words: dict[str, dict[str, str]] = {}  # quantity: word to use, pattern that stands for it; the first wins
    lookup: dict[str, Lookup] = {}


def load(body: bytes, where: str) -> ListSpec:
    """The description in a TOML file. Raises BadInput where it is none."""
    try:
        spec: ListSpec = msgspec.convert(tomllib.loads(body.decode("utf-8")), ListSpec)
    except (ValueError, RecursionError, msgspec.ValidationError) as error:
        raise BadInput(where, str(error), "a description of a list as TOML", _HELP) from error
    odd = sorted({*spec.columns, *spec.words, *spec.lookup} - set(_QUANTITIES))
    if odd or "day" not in spec.columns:
        found = f"quantities {', '.join(odd)}" if odd else "no column for `day`"
        raise BadInput(where, found, f"some of {', '.join(_QUANTITIES)}, and `day`", _HELP)
    for pattern in (*spec.take.values(), *(p for table in spec.words.values() for p in table.values())):
        try:
            re.compile(pattern)
        except (re.error, OverflowError, RecursionError) as error:
            raise BadInput(where, f"pattern {pattern[:60]!r}: {error}", "a regular expression", _HELP) from error
    return spec


def shipped() -> tuple[ListSpec, ...]:
    """The descriptions that come with Bongsu: of lists, not the lists, which have terms of their own."""
    folder = resources.files("bongsu.data").joinpath("lists")
    names = sorted(item.name for item in folder.iterdir() if item.name.endswith(".toml"))
    return tuple(load(folder.joinpath(name).read_bytes(), name) for name in names)


def recognised(columns: Iterable[str], specs: Sequence[ListSpec]) -> ListSpec | None:
    """The description whose columns are all there; of several the one that names most."""
    there = set(columns)
    fits = [spec for spec in specs if spec.recognise and set(spec.recognise) <= there]
    return max(fits, key=lambda spec: (len(spec.recognise), spec.name)) if fits else None


def require(columns: Iterable[str], specs: Sequence[ListSpec], where: str) -> ListSpec:
    """The description that fits. Raises BadInput, naming the columns, where none does."""
    there = list(columns)
    spec = recognised(there, specs)
    if spec is None:
        raise BadInput(
            where, f"columns {', '.join(map(repr, there[:12]))}", "a list that some description recognises",
            f"Describe it in a TOML file and name that with --describe. {_HELP}",
        )  # fmt: skip
    return spec


def tables_of(spec: ListSpec, beside: Path) -> dict[str, dict[str, Any]]:
    """The lookup tables of a list, read from beside it. Raises BadInput where one is missing or is none."""
    found: dict[str, dict[str, Any]] = {}
    for quantity, lookup in spec.lookup.items():
        path = beside / lookup.file
        try:
            table = msgspec.json.decode(path.read_bytes())
            for key in lookup.at:
                table = table[key]
            if not isinstance(table, dict):
                raise TypeError("not an object")
        except (OSError, KeyError, TypeError, msgspec.DecodeError) as error:
            raise BadInput(
                str(path), f"{type(error).__name__}: {error}", f"the {quantity} table of {spec.name}",
                "It belongs beside the list.",
            ) from error  # fmt: skip
        found[quantity] = table
    return found
