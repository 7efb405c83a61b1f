"""Who may see a record: a classification, an explicit list of nations, and caveats. Unknown is highest and nobody."""

from collections.abc import Iterable
from functools import reduce
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

Classification = Literal["PUBLIC", "OFFICIAL", "RESTRICTED", "CONFIDENTIAL", "SECRET"]
Caveat = Literal["ORCON", "NOPUB", "SRC", "EXPERT"]
Nation = Annotated[str, Meta(pattern=r"^[a-z]{3}\Z", description="ISO 3166 alpha-3, lower case")]

ORDER: tuple[Classification, ...] = ("PUBLIC", "OFFICIAL", "RESTRICTED", "CONFIDENTIAL", "SECRET")


class Label(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The marking of one record; the default is the strictest: own node only."""

    classification: Classification = "SECRET"
    releasable_to: tuple[Nation, ...] = ()  # sorted; empty means own node only; there is no wildcard
    caveats: tuple[Caveat, ...] = ()  # sorted


def join(a: Label, b: Label) -> Label:
    """The label of something that rests on both: highest classification, shared nations, all caveats."""
    if a == b:
        return a
    return Label(
        classification=max(a.classification, b.classification, key=ORDER.index),
        releasable_to=tuple(sorted(set(a.releasable_to) & set(b.releasable_to))),
        caveats=tuple(sorted(set(a.caveats) | set(b.caveats))),
    )


def join_all(labels: Iterable[Label]) -> Label:
    """The join of at least one label; of none it is the strictest."""
    found = list(labels)
    return reduce(join, found) if found else Label()


def covers(strict: Label, loose: Label) -> bool:
    """Whether `strict` is at least as strict as `loose` in every part."""
    return join(strict, loose) == join(strict, strict)
