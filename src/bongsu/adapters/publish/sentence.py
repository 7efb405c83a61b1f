"""One sentence and the findings it rests on."""

import msgspec
from msgspec import UNSET

from bongsu.language.recounting import Recounting, recounting_of
from bongsu.messages.base import Finding
from bongsu.messages.units import FindingId


class Sentence(msgspec.Struct, frozen=True, kw_only=True):
    """A statement of a brief; `rests_on` holds the ids (cause.k) of findings, or the seq of an input."""

    text: str
    rests_on: tuple[FindingId, ...] = ()

    def traced(self) -> str:
        """The sentence with its ids in brackets."""
        return f"{self.text} [{', '.join(self.rests_on)}]" if self.rests_on else self.text


def state(text: str, *on: object, w: Recounting | None = None) -> Sentence:
    """A sentence from its text and what it rests on: findings (absent ones are left out) or ids."""
    ids = [_id(item) for item in on if item is not UNSET]
    return Sentence(text=(w or recounting_of("en")).sentence(text), rests_on=tuple(dict.fromkeys(i for i in ids if i)))


def _id(item: object) -> str:
    return item.id if isinstance(item, Finding) else str(item)
