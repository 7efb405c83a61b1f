"""Families of statements in the words of CAP, as a checked table."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

from bongsu.adapters.publish.cap import structure
from bongsu.adapters.publish.cap.values import Kind
from bongsu.errors import BadInput
from bongsu.messages.bulletin import Family, Standing, Why

_SHIPPED = Path(__file__).parent / "mapping.toml"
_TEXTS = frozenset({"en", "ja", "ko"})


class FamilyInCap(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How one family is said in CAP, and with which standings of a bulletin."""

    urgency: str
    severity: str
    certainty: str  # or `bulletin`: that of the bulletin
    responses: tuple[str, ...]
    standings: tuple[Standing, ...]


class Mapping(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole table; `event` and `exercise` by language."""

    version: Literal[1]
    categories: tuple[str, ...]
    audience: str
    event_codes: tuple[tuple[str, str], ...]
    event: dict[str, str]
    exercise: dict[str, str]
    message_types: dict[Standing, str]
    families: dict[Family, FamilyInCap]
    why: dict[Why, str]


@cache
def shipped() -> Mapping:
    """The table that comes with Bongsu."""
    return mapping(_SHIPPED.read_text(encoding="utf-8"), _SHIPPED.name)


def mapping(text: str, where: str) -> Mapping:
    """A table in TOML, checked: every family and standing is there, every word is one of CAP's."""
    try:
        found = msgspec.convert(tomllib.loads(text), Mapping)
        _check(found)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, ValueError) as error:
        raise BadInput(
            where, str(error), "a table as adapters/publish/cap/mapping.toml", "Mend it, or leave it out."
        ) from error
    return found


def _check(found: Mapping) -> None:
    if set(found.event) != _TEXTS or set(found.exercise) != _TEXTS:
        raise ValueError(f"event or exercise for other languages than {', '.join(sorted(_TEXTS))}")
    for missing in (*_missing(found.families, Family), *_missing(found.message_types, Standing)):
        raise ValueError(f"nothing for {missing!r}")
    kinds = [(structure.CATEGORY, found.categories), (structure.MESSAGE_TYPE, tuple(found.message_types.values()))]
    for family in found.families.values():
        fixed = () if family.certainty == "bulletin" else (family.certainty,)
        kinds += [(structure.URGENCY, (family.urgency,)), (structure.SEVERITY, (family.severity,)),
                  (structure.CERTAINTY, fixed), (structure.RESPONSE, family.responses)]  # fmt: skip
    for kind, words in kinds:
        _check_words(kind, words)


def _missing(table: object, wanted: object) -> list[str]:
    names: tuple[str, ...] = wanted.__args__  # type: ignore[attr-defined]  # of a Literal
    return [name for name in names if name not in table]  # type: ignore[operator]


def _check_words(kind: Kind, words: tuple[str, ...]) -> None:
    for word in words:
        try:
            kind.read(word)
        except ValueError as error:
            raise ValueError(f"{error} instead of {kind.what}") from error
