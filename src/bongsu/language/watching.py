"""What a language brings to the telling of watch levels: words for levels, kinds of sign and what was seen, and sentences."""

import importlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Watching:
    """One language; `phrases` are sentences with slots."""

    lang: str
    title: str
    levels: Words
    kinds: Words
    seen: Words
    phrases: Words
    bounds: tuple[str, str] = ("under 1 %", "over 99 %")
    between: str = ", "

    def say(self, name: str, **slots: object) -> str:
        """A phrase with its slots filled."""
        return self.phrases[name].format(**slots)


@cache
def watching_of(lang: str) -> Watching:
    """The words of a language."""
    found: Watching = importlib.import_module(f"bongsu.language.{lang}.watching").WATCHING
    return found
