"""Published texts into reports: one text a file, or JSON lines. A text is data: too long it is cut, odd it is flagged."""

import codecs
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, BinaryIO

from msgspec import UNSET, UnsetType, structs

from bongsu.constants import NS_PER_S
from bongsu.errors import BadInput
from bongsu.messages.inputs import Notice, Report

MAX_CHARS = 16_000  # of a text; the rest is cut
MAX_LINE_BYTES = 32_000_000  # of a JSON line; a longer one is refused
_MAX_ID = 200
_LOCAL = timezone(timedelta(hours=9))
_LAST = datetime(2200, 1, 1, tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_SURROGATES = re.compile("[\ud800-\udfff]")
_LANGUAGES = ("en", "ja", "ko")
_HELP = "See docs/guides/reports.md."


@dataclass
class Refusals:
    """Lines that are no report: a count for each reason, and the first place it was met at."""

    counts: Counter[str] = field(default_factory=Counter)
    first: dict[str, str] = field(default_factory=dict)

    def add(self, reason: str, where: str) -> None:
        self.counts[reason] += 1
        self.first.setdefault(reason, where)

    def summary(self) -> list[str]:
        """One sentence for each reason, most frequent first."""
        return [
            f"{n} line{'s' if n > 1 else ''} refused: {reason} (first: {self.first[reason]})"
            for reason, n in self.counts.most_common()
        ]


def read_reports(stream: BinaryIO, name: str, published: str, refusals: Refusals) -> Iterator[Report]:
    """The reports in a stream. `published` (a day, or an instant) is for texts that give none themselves.

    A stream named so (.jsonl, .json, .ndjson), or whose first line is a JSON object, is JSON lines with `text` and perhaps
    `text_id`, `lang`, `published`; anything else is one text.
    Raises BadInput where nothing in it can be used, or `published` is no date.
    """
    default_ns = published_ns(published, "--published") if published else UNSET
    head = stream.readline(MAX_LINE_BYTES + 1)
    while head and not head.strip():
        head = stream.readline(MAX_LINE_BYTES + 1)
    if _is_lines(name, head):
        yield from _lines(stream, head, name, default_ns, refusals)
        return
    body = head + stream.read(max(0, MAX_CHARS * 4 - len(head)))
    n_more = sum(len(part) for part in iter(lambda: stream.read(1_000_000), b""))
    yield _whole(body, n_more, name, default_ns)


def _is_lines(name: str, head: bytes) -> bool:
    if Path(name).suffix.lower() in (".jsonl", ".json", ".ndjson"):
        return True
    if not head.lstrip(codecs.BOM_UTF8 + b" \t").startswith(b"{"):
        return False
    try:
        return isinstance(json.loads(_decoded(head)[0]), dict)
    except (ValueError, RecursionError):
        return False


def published_ns(text: str, where: str) -> int:
    """The instant of a day (its local midnight, UTC+9) or of an ISO 8601 time. Raises BadInput for anything else."""
    try:
        if _DAY.fullmatch(text):
            moment = datetime.combine(date.fromisoformat(text), datetime.min.time(), _LOCAL)
        else:
            moment = datetime.fromisoformat(text)
            moment = moment if moment.tzinfo else moment.replace(tzinfo=_LOCAL)
        since = moment - datetime(1970, 1, 1, tzinfo=UTC)
    except (ValueError, OverflowError) as error:
        raise BadInput(
            where, repr(text[:40]), "a day as 2025-11-08, or a time with its zone", "Write it so."
        ) from error
    if not timedelta(0) <= since < _LAST:
        raise BadInput(where, repr(text[:40]), "a day after 1970-01-01 and before 2200", "Write the year in full.")
    return (since.days * 86_400 + since.seconds) * NS_PER_S


def report_of(
    text: str,
    text_id: str,
    *,
    lang: str = "",
    published: int | UnsetType = UNSET,
    source: str = "",
    flags: tuple[str, ...] = (),
) -> Report:
    """A report from a text, cut to size, without characters that no file can hold."""
    n_cut = max(0, len(text) - MAX_CHARS)
    odd = ("cut",) if n_cut else ()
    return Report(
        text_id=_SURROGATES.sub("\ufffd", text_id)[:_MAX_ID],
        text=_SURROGATES.sub("\ufffd", text[:MAX_CHARS]),
        lang=lang if lang in _LANGUAGES else "",  # type: ignore[arg-type]
        published_ns=published,
        source=source,
        n_chars_cut=n_cut,
        flags=tuple(sorted({*flags, *odd})),
    )


def notice_of(report: Report) -> Notice:
    """The same text as a notice to aircraft or ships."""
    return Notice(
        origin=report.origin,
        label=report.label,
        text_id=report.text_id,
        text=report.text,
        published_ns=report.published_ns,
        source=report.source,
        n_chars_cut=report.n_chars_cut,
        flags=report.flags,
    )


def _whole(body: bytes, n_more: int, name: str, default_ns: int | UnsetType) -> Report:
    """A stream as one text; of what was not read only the length is known."""
    text, flags = _decoded(body)
    if not text.strip():
        raise BadInput(name, "an empty text", "a report, or JSON lines with `text`", _HELP)
    report = report_of(text, _stem(name), published=default_ns, source=name, flags=(*flags, "cut") if n_more else flags)
    return structs.replace(report, n_chars_cut=report.n_chars_cut + n_more)  # of what was not decoded, the bytes


def _decoded(body: bytes) -> tuple[str, tuple[str, ...]]:
    if body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return body.decode("utf-16", errors="replace"), ()
    try:
        return body.decode("utf-8-sig"), ()
    except UnicodeDecodeError as error:
        is_end = error.start >= len(body) - 4  # a character that was cut in two
        return body.decode("utf-8-sig", errors="ignore" if is_end else "replace"), () if is_end else ("not_utf8",)


def _lines(
    stream: BinaryIO, head: bytes, name: str, default_ns: int | UnsetType, refusals: Refusals
) -> Iterator[Report]:
    n_line = n_used = 0
    line = head
    while line:
        n_line += 1
        if len(line) > MAX_LINE_BYTES:
            refusals.add(f"longer than {MAX_LINE_BYTES} bytes", f"{name}:{n_line}")
            while line and not line.endswith(b"\n"):
                line = stream.readline(1_000_000)
        elif line.strip():
            report = _from_line(line, f"{name}:{n_line}", default_ns, refusals)
            if report is not None:
                n_used += 1
                yield report
        line = stream.readline(MAX_LINE_BYTES + 1)
    if not n_used:
        raise BadInput(name, "; ".join(refusals.summary()) or "no report", "JSON lines with `text`", _HELP)


def _from_line(line: bytes, where: str, default_ns: int | UnsetType, refusals: Refusals) -> Report | None:
    try:
        found = json.loads(_decoded(line)[0])
    except (ValueError, RecursionError):
        refusals.add("not JSON", where)
        return None
    if not isinstance(found, dict) or not isinstance(found.get("text"), str):
        refusals.add("without a `text`", where)
        return None
    return _from_fields(found, where, default_ns)


def _from_fields(found: dict[str, Any], where: str, default_ns: int | UnsetType) -> Report:
    flags: tuple[str, ...] = ()
    when: int | UnsetType = default_ns
    if found.get("published") not in (None, ""):
        try:
            when = published_ns(str(found["published"]), where)
        except BadInput:
            flags = ("published_unreadable",)
    text_id = str(found.get("text_id") or where)
    return report_of(
        found["text"], text_id, lang=str(found.get("lang") or ""), published=when, source=where, flags=flags
    )


def _stem(name: str) -> str:
    return Path(name).stem or name
