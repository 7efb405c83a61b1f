"""What a language brings to writing: names, and one clause for each quantity and value, said by somebody.

A clause never stands alone: it is put after who says it, so that no claim can be told as a fact. Slots are in braces.
"""

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

Words = Mapping[str, str]
LANGUAGES = ("en", "ko", "ja")


@dataclass(frozen=True, slots=True)
class Telling:
    """One language. `says` takes who, verb (`said`, `claimed`, `reported`) and a clause; a clause is made by `hedged`.

    `clauses` are keyed `quantity=value`, or `quantity` with a slot {value}. `hedged` takes a clause and a certainty.
    """

    lang: str
    speakers: Words
    roles: Words  # by "speaker:role", in place of the speaker's name
    nations: Words
    classes: Words
    settings: Words
    clauses: Words
    quantities: Words
    reasons: Words
    rules: Words
    shapes: Words
    zones: Words
    verdicts: Words
    hedges: Words  # of a class of vehicle, with a slot {noun}
    headings: Words
    phrases: Words  # whole sentences of the brief, with slots
    says: Callable[[str, str, str], str]
    hedged: Callable[[str, str], str]
    listed: Callable[[list[str]], str]
    figure: Callable[[float | None, float | None, str, bool], str]  # low, high, unit, is about
    date: Callable[[int, int, int], str]
    clock: Callable[[str], str]
    quote: Callable[[str], str]
    polish: Callable[[str], str]  # a finished sentence without its quotations: articles, particles

    def speaker(self, speaker: str, role: str = "") -> str:
        """Who speaks, as people name them."""
        return self.roles.get(f"{speaker}:{role}", "") or self.speakers.get(speaker, speaker)


@cache
def telling_of(lang: str) -> Telling:
    """The words of a language, loaded when first needed."""
    found: Telling = importlib.import_module(f"bongsu.language.{lang}.telling").TELLING
    return found


def number(value: float) -> str:
    """A figure with no more digits than people print."""
    return f"{value:,.0f}" if abs(value) >= 100.0 else f"{value:.1f}".removesuffix(".0")
