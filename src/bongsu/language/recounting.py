"""What a language brings to the brief of a log: what was measured, in sentences with slots, and the words of the page.

`figure` turns a number as it is printed everywhere (`about 690 km`, `62 by 14 km, long axis 85° from north`) into the language's
own.
"""

import importlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Recounting:
    """One language. Sentences may leave out a slot: reasons that stages give in English stand in English briefs alone."""

    lang: str
    sections: Words  # titles by name
    phrases: Words
    phases: Words
    shapes: Words
    kinds: Words
    assumptions: Words
    hazards: Words
    states: Words
    principles: Words
    certainties: Words
    warnings: Words  # by the message's tag
    endings: Words
    marks: Words
    zones: Words
    labels: Words  # of the page
    reasons: Words  # why claims are set aside
    occasions: Words  # what a dated context is about
    notes: tuple[str, ...]
    figure: Callable[[str], str]
    listed: Callable[[list[str]], str]
    plural: Callable[[int, str], str]  # a count and an English noun
    from_place: Callable[[str], str]
    near_place: Callable[[str], str]
    sentence: Callable[[str], str]  # with a capital letter and a full stop
    day: Callable[[int, int, int], str]

    def say(self, key: str, **slots: object) -> str:
        """A phrase with its slots filled."""
        return self.phrases[key].format(**slots)


@cache
def recounting_of(lang: str) -> Recounting:
    """The words of a language, loaded when first needed."""
    found: Recounting = importlib.import_module(f"bongsu.language.{lang}.recounting").RECOUNTING
    return found


def replacer(*rules: tuple[str, str]) -> Callable[[str], str]:
    """A function that applies substitutions, in order."""
    compiled = tuple((re.compile(pattern), put) for pattern, put in rules)

    def replace(text: str) -> str:
        for pattern, put in compiled:
            text = pattern.sub(put, text)
        return text

    return replace
