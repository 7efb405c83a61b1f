"""A text in sentences. A line break ends one; so does a full stop, but for abbreviations, numbers and quotations."""

import re
from dataclasses import dataclass
from typing import Final

MAX_SENTENCE: Final = 1_200  # longer ones are cut into pieces, so that no rule looks at more

_ENGLISH = re.compile(r"[.!?]{1,3}[\"'”’)\]]{0,3}(?=\s|$)|\n+")
_ABBREVIATED = re.compile(
    r"(?:\b(?:[A-Z]|U\.S|U\.N|S|N|Gen|Lt|Col|Maj|Adm|Capt|Sgt|Sec|Sen|Rep|Gov|Mr|Ms|Mrs|Dr|Prof|St|No|vs|approx|est|Jan|Feb|Mar|Apr|Jun|Jul"
    r"|Aug|Sept?|Oct|Nov|Dec|Mon|Tues?|Wed|Thur?s?|Fri|Sat|Sun|Prov|Pref|Ltd|Inc)|\b[ap]\.m)$"
)
_OFTEN_LAST = re.compile(r"(?:[ap]\.m|U\.S|U\.N)$")
_STARTER = re.compile(
    r"\s+[\"“(]?(?:The|It|Its|They|This|That|These|Those|A|An|According|Both|In|On|At|South|North|Japan|Japanese|Seoul|Tokyo|Pyongyang|He|She|We"
    r"|One|Two|Three|No|After|As|While|However|But|Meanwhile|KCNA|JCS|Details|U\.S|US|State|Officials|Analysts|Experts)\b"
)
_LINE_END = re.compile(r"[ \t]{0,20}(?:\n|$)")
_EASTERN = re.compile(r"[。！？]+(?![」』]{1,2}[とな])[」』”\"')]{0,2}|\n+")
_KOREAN = re.compile(r"(?<!\d)[.!?]{1,3}[\"'”’)]{0,3}(?=\s|$|[가-힣])|(?<=\d)\.(?=\s[가-힣A-Z])|\n+")
_OPEN, _CLOSE = "「『", "」』"


@dataclass(frozen=True, slots=True)
class Sentence:
    """Characters start to stop of the clean text."""

    text: str
    start: int
    n_line: int  # of the line it stands on; lines are paragraphs


def sentences(text: str, lang: str) -> list[Sentence]:
    """The sentences of a text, without the white space around them."""
    ends = {"ja": _eastern_ends, "ko": _korean_ends}.get(lang, _english_ends)(text)
    found: list[Sentence] = []
    at = n_line = 0
    for stop in [*ends, len(text)]:
        for start in range(at, stop, MAX_SENTENCE):
            part = text[start : min(stop, start + MAX_SENTENCE)]
            bare = part.strip()
            if bare:
                found.append(Sentence(bare, start + part.index(bare[0]), n_line))
        n_line += "\n" in text[max(at, stop - 3) : stop + 1]
        at = stop
    return found


def _english_ends(text: str) -> list[int]:
    found = []
    for mark in _ENGLISH.finditer(text):
        before = text[max(0, mark.start() - 8) : mark.start()]
        if mark.group()[0] == "." and len(mark.group()) == 1 and _ABBREVIATED.search(before):
            is_last = _OFTEN_LAST.search(before) and _STARTER.match(text, mark.end())
            if not is_last and not _LINE_END.match(text, mark.end()):
                continue
        found.append(mark.end())
    return found


def _eastern_ends(text: str) -> list[int]:
    """Ends outside brackets: a full stop within a quotation belongs to the sentence around it."""
    found = []
    at = depth = 0
    for mark in _EASTERN.finditer(text):
        part = text[at : mark.end()]
        depth += sum(part.count(c) for c in _OPEN) - sum(part.count(c) for c in _CLOSE)
        at = mark.end()
        if depth <= 0 or "\n" in mark.group():
            found.append(mark.end())
            depth = 0
    return found


def _korean_ends(text: str) -> list[int]:
    """Ends outside quotations, which Korean statements close with a quoting particle."""
    found = []
    at = 0
    is_open = False
    for mark in _KOREAN.finditer(text):
        part = text[at : mark.end()]
        for c in part:
            is_open = {"“": True, "”": False, '"': not is_open}.get(c, is_open)
        at = mark.end()
        if not is_open or "\n" in mark.group():
            found.append(mark.end())
            is_open = False
    return found
