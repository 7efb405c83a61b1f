"""A text into its notices, and a notice into its fields Q) to G), each with where it stands."""

import re
from dataclasses import dataclass, replace
from typing import Final

MAX_NOTICES: Final = 100  # of one text

_ID = r"[A-Z]{1,2}\d{1,4}/\d{2}"
_NAV = (
    r"(?P<series>NAVAREA\s+[IVX]{1,5}|HYDRO(?:PAC|LANT|ARC)|NAVTEX|(?:COASTAL|LOCAL|NAVIGATIONAL)\s+WARNINGS?|JAPAN\s+NAVTEX)"
    r"(?:\s+(?:WARNING|WARNINGS))?\s*(?:(?:NR|NO|NUMBER)\b\.?)?\s{0,2}(?P<number>\d{1,4}\s?/\s?(?:20)?\d{2}|\d{2}-\d{3,4})?"
)
_HEAD = re.compile(
    rf"(?<![A-Z0-9])(?P<id>{_ID})\s{{1,3}}NOTAM(?P<kind>[NRC])(?:[ ]{{1,3}}(?P<other>{_ID}))?"
    rf"|(?m:^)[ (]{{0,3}}(?P<bare>{_ID})(?![\d/]|\s{{1,3}}NOTAM[NRC])"
    rf"|(?m:^)[ ]{{0,3}}{_NAV}"
)
_FIELD = re.compile(r"(?<![A-Z0-9.])(?P<name>[QABCDEFG])\)")
_LEVEL = re.compile(r"\s*(?:SFC|GND|MSL|UNL|FL\s?\d|\d|SURFACE|GROUND|UNLIMITED)")
_WHEN = re.compile(r"\s*(?:\d{10}|\d{4}|PERM|UFN|WIE|WEF|TILL)")
_CANCELLED = re.compile(
    rf"CANCEL(?:S|LED)?\s+((?:NAVAREA\s+[IVX]{{1,5}}|HYDRO[A-Z]{{3,4}})\s+\d{{1,4}}/\d{{2,4}}|{_ID})"
)
_REFERENCE = re.compile(r"(?:CANCEL\w*|REF(?:ER)?\w*|SEE|REPLAC\w+|THIS|AND|NOTAM|TO|IN)[\s:.]{1,3}\Z")


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its text, and where that begins in the whole text."""

    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Printed:
    """One notice as printed: its name, what it replaces or cancels, and its fields; a warning to ships is all E)."""

    notice_id: str
    medium: str  # notam, navarea, unknown
    replaces: tuple[str, ...]
    cancels: tuple[str, ...]
    fields: dict[str, Field]
    start: int
    stop: int

    def text(self, name: str) -> str:
        """A field's text; empty where there is none."""
        return self.fields[name].text if name in self.fields else ""


def split(text: str) -> tuple[Printed, ...]:
    """The notices of an upper-case text, in order; a text without a known heading is one."""
    heads = [m for m in _HEAD.finditer(text) if not _REFERENCE.search(text, max(0, m.start() - 12), m.start())]
    heads = _distinct(heads)[:MAX_NOTICES]
    if not heads:
        return (_printed(text, 0, len(text), None),)
    stops = [m.start() for m in heads[1:]] + [len(text)]
    starts = [0] + [m.start() for m in heads[1:]]
    return _joined(text, [_printed(text, a, b, m) for a, b, m in zip(starts, stops, heads, strict=True)])


def _joined(text: str, parts: list[Printed]) -> tuple[Printed, ...]:
    """The notices, with consecutive parts of one name put together: their texts are one."""
    found: list[Printed] = []
    for part in parts:
        last = found[-1] if found else None
        if last is None or not part.notice_id or part.notice_id != last.notice_id:
            found.append(part)
            continue
        body, more = last.fields["E"], part.fields["E"]
        fields = part.fields | last.fields
        fields["E"] = Field(text[body.start : more.start + len(more.text)], body.start)
        found[-1] = replace(last, fields=fields, cancels=(*last.cancels, *part.cancels), stop=part.stop)
    return tuple(found)


def _distinct(heads: list[re.Match[str]]) -> list[re.Match[str]]:
    """Headings, without a bare number that only repeats or lists (a notice has a body of its own)."""
    full = [m for m in heads if m["id"]]
    return full or [m for i, m in enumerate(heads) if i == 0 or m.start() - heads[i - 1].start() > 60]


def _printed(text: str, start: int, stop: int, head: re.Match[str] | None) -> Printed:
    """One notice out of text[start:stop]."""
    body = head.end() if head is not None else start
    fields = _fields(text, body, stop)
    is_notam = bool(head and (head["id"] or head["bare"])) or "Q" in fields or "B" in fields
    is_navarea = bool(head and head["series"])
    named = () if head is None else (head["id"] or head["bare"] or "", head["series"] or "", head["number"] or "")
    other = (head["other"],) if head is not None and head["other"] else ()
    cancels = tuple(dict.fromkeys(" ".join(m[1].split()) for m in _CANCELLED.finditer(text, body, stop)))[:50]
    return Printed(
        notice_id=" ".join(" ".join(named).split()),
        medium="navarea" if is_navarea else "notam" if is_notam else "unknown",
        replaces=other if head is not None and head["kind"] == "R" else (),
        cancels=(*other, *cancels) if head is not None and head["kind"] == "C" else cancels,
        fields=fields if "E" in fields else fields | {"E": Field(text[body:stop], body)},
        start=start,
        stop=stop,
    )


def _fields(text: str, start: int, stop: int) -> dict[str, Field]:
    """The fields in their order; what stands in for a letter inside E) is text."""
    marks: list[re.Match[str]] = []
    for mark in _FIELD.finditer(text, start, stop):
        name = mark["name"]
        last = marks[-1]["name"] if marks else ""
        if _rank(name) <= _rank(last):
            continue
        if (name in "FG" and not _LEVEL.match(text, mark.end(), stop)) or (
            name in "BC" and not _WHEN.match(text, mark.end(), stop)
        ):
            continue
        if name in "DE" and not {"Q", "B"} & {m["name"] for m in marks}:
            continue
        marks.append(mark)
    ends = [*(m.start() for m in marks[1:]), stop]
    return {m["name"]: Field(text[m.end() : end], m.end()) for m, end in zip(marks, ends, strict=False)}


def _rank(name: str) -> int:
    return "QABCDEFG".index(name) if name else -1
