"""What a language brings to warnings: fixed sentences with slots, and the few rules of its writing.

A sentence may have {slots}, [parts that go with their slot] and particles such as (을/를). Codes are `name` or `name:value`.
"""

import importlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

Words = Mapping[str, str]
LANGUAGES = ("ko", "ja", "en")


@dataclass(frozen=True, slots=True)
class Wording:
    """One language. `letters` is what its writing consists of, besides figures and `marks`; `clock` and `day` have slots
    h, mm, d, mon, y.
    """

    lang: str
    listed: str  # between the names of a list
    between: str  # between sentences
    stop: str  # after a key phrase
    letters: str
    marks: str
    others: tuple[str, ...]  # words of another writing that may stand in it
    keys: Words
    prefixes: Words  # by act
    unconfirmed: str  # behind a key phrase
    word_unconfirmed: str
    modes: Words
    sentences: Words
    clock: str  # on the day of the statement
    other_day: str
    whole: str  # with day and year
    months: tuple[str, ...]  # as printed, January first
    mode_words: Words  # patterns of words that say a text is not live, by mode
    denials: str  # pattern of words that deny an exercise
    unfit: Words  # patterns of what a key phrase's text may not say
    polish: Callable[[str], str] = lambda text: text
    named: Callable[[str], str] = lambda name: name  # a name as it stands in a sentence


@cache
def wording_of(lang: str) -> Wording:
    """The words of a language."""
    found: Wording = importlib.import_module(f"bongsu.language.{lang}.warning").WARNING
    return found


_OPTIONAL = re.compile(r"\[([^\]]*)\]")
_SLOT = re.compile(r"\{(\w+)\}")
_PARTS = re.compile(r"\{(?P<slot>\w+)\}|\[(?P<part>[^\]]*)\]|\((?P<closed>[^()/]+)/(?P<opened>[^()/]+)\)")


def filled(template: str, slots: Words) -> str:
    """A sentence with its slots filled, without the parts whose slot is missing."""
    kept = _OPTIONAL.sub(lambda m: m[1] if all(s in slots for s in _SLOT.findall(m[1])) else "", template)
    return _SLOT.sub(lambda m: slots[m[1]], kept)


def pattern_of(template: str, slots: Words) -> str:
    """The pattern of every filling of a sentence; `slots` are the patterns of slots, any text where there is none."""
    parts, at = [], 0
    for found in _PARTS.finditer(template):
        parts.append(re.escape(template[at : found.start()]))
        at = found.end()
        if found["slot"]:
            name = found["slot"]
            parts.append(f"(?P<{name}>{slots.get(name, '.+?')})")
        elif found["part"] is not None:
            parts.append(f"(?:{pattern_of(found['part'], slots)})?")
        else:
            parts.append(f"(?:{found['closed']}|{found['opened']})")
    return "".join([*parts, re.escape(template[at:])])
