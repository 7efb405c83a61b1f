"""Everything a brief of texts is written from."""

from collections.abc import Callable
from dataclasses import dataclass

from bongsu.messages.accounts import Account, Claim, Discrepancy, Passage, Reconstruction

Namer = Callable[[float, float, str], str]  # latitude and longitude in radians, language: public place words


@dataclass(frozen=True, slots=True)
class Text:
    """One text that was read; `published` is its local day, empty where not known."""

    number: int
    text_id: str
    lang: str
    published: str


@dataclass(frozen=True, slots=True)
class Story:
    """One launch as told by texts: claims of its day, passages, and what was made of them. Everything has ids."""

    day: str
    texts: tuple[Text, ...]
    claims: tuple[Claim, ...]
    passages: tuple[Passage, ...]
    reconstructions: tuple[Reconstruction, ...]
    account: Account
    discrepancies: tuple[Discrepancy, ...]
    other_days: tuple[str, ...]
    namer: Namer

    def lang_of(self, claim: Claim) -> str:
        """The language of the text a claim stands in."""
        return next((t.lang for t in self.texts if t.text_id == claim.text_id), "")

    def is_preferred(self, claim: Claim) -> bool:
        """Whether the account prefers this claim."""
        return any(claim.id in ids for ids in self.account.preferred)
