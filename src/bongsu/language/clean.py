"""A text made fit to read: bounded, composed, without what cannot be seen; every character keeps its place in the original."""

import html
import re
import unicodedata
from dataclasses import dataclass
from typing import Final

MAX_CHARS: Final = 16_000

# Characters that are changed or dropped, and runs that are composed: a text without any is taken as it is.
_ODD = re.compile(
    r"(?P<tag><!--|<[/!?]?[A-Za-z][^<>]{0,300}>)"
    r"|(?P<entity>&(?:\#[0-9]{1,7}|\#x[0-9A-Fa-f]{1,6}|[A-Za-z]{2,8});)"
    r"|(?P<unseen>[\u200b-\u200d\u2060\ufeff\u00ad\ufe00-\ufe0f\U000e0000-\U000e0fff])"
    r"|(?P<bidi>[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069])"
    r"|(?P<control>[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff])"
    r"|(?P<wide>[\uff01-\uff5e\u3000\u00a0\u2000-\u200a\u202f\u2028\u2029\u2212])"
    r"|(?P<combining>[^\s<>&]?[\u0300-\u036f\u3099\u309a]{1,8})"
    r"|(?P<jamo>[\u1100-\u115f][\u1160-\u11a7][\u11a8-\u11ff]?)"
    r"|(?P<half>[\uff66-\uff9f]{1,40})"
)
_FLAGS = {
    "tag": "markup", "unseen": "zero_width", "bidi": "bidi_controls", "control": "control_characters",
    "combining": "not_composed", "jamo": "not_composed",
}  # fmt: skip
_ORDERS = re.compile(
    r"(?i)(?:ignore|disregard|forget|override)\s+(?:all\s+|any\s+|the\s+|your\s+)*(?:previous|prior|above|earlier|other)"
    r"|system\s*prompt|you\s+are\s+(?:now\s+)?an?\s+(?:AI|assistant|language\s+model)|<\|im_start|\[/?INST\]|###\s*(?:system|instruction)"
    r"|set\s+the\s+(?:alert|watch|threat|warning)\s+level|이전\s*(?:의\s*)?지시|지시를?\s*무시|(?:以前|上記|これまで)の指示|指示を無視"
)
_HOMOGLYPHS = re.compile(r"[A-Za-z][\u0370-\u03ff\u0400-\u04ff]|[\u0370-\u03ff\u0400-\u04ff][A-Za-z]")
_SPACES = {"\u3000": " ", "\u00a0": " ", "\u202f": " ", "\u2028": "\n", "\u2029": "\n", "\u2212": "-"}
_HIDDEN = ("script", "style")


@dataclass(frozen=True, slots=True)
class Clean:
    """What is read, and where each of its characters stands in the text as it came; no places means: where it stands here."""

    text: str
    raw: str
    places: tuple[int, ...] = ()
    flags: tuple[str, ...] = ()

    def span(self, start: int, stop: int) -> tuple[int, int]:
        """Characters of the original that `text[start:stop]` was made of."""
        if not self.places or stop <= start:
            return start, stop
        after = self.places[stop] if stop < len(self.places) else len(self.raw)
        return self.places[start], after


def clean(raw: str) -> Clean:
    """The readable text of a report, and flags for what was odd about it."""
    flags = {"cut"} if len(raw) > MAX_CHARS else set()
    raw = raw[:MAX_CHARS]
    text: str = raw
    places: tuple[int, ...] = ()
    if _ODD.search(raw):
        text, places = _rebuild(raw, flags)
    if _ORDERS.search(text):
        flags.add("instructions")
    if _HOMOGLYPHS.search(text):
        flags.add("mixed_scripts")
    return Clean(text, raw, places, tuple(sorted(flags)))


def _rebuild(raw: str, flags: set[str]) -> tuple[str, tuple[int, ...]]:
    """The text without oddities, and the place of each of its characters."""
    parts: list[str] = []
    places: list[int] = []
    at = 0
    while found := _ODD.search(raw, at):
        start, stop = found.span()
        parts.append(raw[at:start])
        places.extend(range(at, start))
        kind = str(found.lastgroup)
        if kind in _FLAGS:
            flags.add(_FLAGS[kind])
        if kind == "tag":
            stop = _after_hidden(raw, start, stop)
        new = _instead(kind, found.group())
        parts.append(new)
        places.extend([start] * len(new))
        at = stop
    parts.append(raw[at:])
    places.extend(range(at, len(raw)))
    return "".join(parts), tuple(places)


def _instead(kind: str, found: str) -> str:
    """What stands for an oddity."""
    if kind == "wide":
        return _SPACES.get(found, " ") if not "\uff01" <= found <= "\uff5e" else chr(ord(found) - 0xFEE0)
    if kind in ("combining", "jamo"):
        return unicodedata.normalize("NFC", found)
    if kind == "half":
        return unicodedata.normalize("NFKC", found)
    if kind == "entity":
        return html.unescape(found)[:2].replace("<", " ").replace(">", " ").replace("\x00", " ")
    if kind == "tag":
        return "\n" if re.match(r"(?i)</?(?:p|br|div|li|h\d|tr|article|section)\b", found) else " "
    return ""


def _after_hidden(raw: str, start: int, stop: int) -> int:
    """Where reading goes on after a tag: behind a comment, a script or a style sheet, whose contents are not text."""
    if raw.startswith("<!--", start):
        end = raw.find("-->", stop)
        return len(raw) if end < 0 else end + 3
    name = raw[start + 1 : start + 7].lower()
    for hidden in _HIDDEN:
        if name.startswith(hidden):
            end = raw.lower().find(f"</{hidden}", stop)
            return len(raw) if end < 0 else end
    return stop
