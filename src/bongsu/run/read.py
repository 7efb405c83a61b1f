"""`bongsu read`: reports into claims and notices into areas, without a log; the same reading a node does inside its fold."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import msgspec
from msgspec import UNSET

from bongsu.adapters.ingest.reports import Refusals, notice_of, published_ns, read_reports, report_of
from bongsu.errors import BadInput
from bongsu.language.notices.reading import is_notice
from bongsu.messages.accounts import Claim, NoticeArea, NoticeRead, ReportRead
from bongsu.messages.inputs import Report
from bongsu.run import notices as told
from bongsu.stages.read import findings, notices

_PROMISED = ("quantity", "low", "high", "value", "speaker", "stance", "event_date", "evidence")
_MORE = ("hedge", "unit_as_printed", "rounding", "span", "place")


@dataclass(frozen=True, slots=True)
class ReportReading:
    """One text: what came of it as a report, with its claims; and, if it is one, as a notice, with its areas."""

    report: Report
    outcome: ReportRead
    claims: tuple[Claim, ...]
    notices: tuple[NoticeRead | NoticeArea, ...] = ()


def read_report(report: Report) -> ReportReading:
    """Read one text, as a report and, where it is one, as a notice."""
    outcome, *claims = findings(report)
    assert isinstance(outcome, ReportRead)
    noticed = notices.findings(notice_of(report)) if is_notice(report.text) else []
    return ReportReading(
        report,
        outcome,
        tuple(claim for claim in claims if isinstance(claim, Claim)),
        tuple(found for found in noticed if isinstance(found, NoticeRead | NoticeArea)),
    )


def read(*files: str | Path, text: str = "", lang: str = "", published: str = "") -> list[ReportReading]:
    """What `bongsu read` finds in files, or in a text handed over; `published` is for texts that give no day themselves.

    Raises BadInput where a file cannot be used; lines that are no report are left out.
    """
    found = [read_report(report) for name in files for report in reports_in(str(name), published, Refusals())]
    if text:
        when = published_ns(published, "published") if published else UNSET
        found.append(read_report(report_of(text, "text", lang=lang, published=when)))
    return found


def reports_in(name: str, published: str, refusals: Refusals) -> Iterator[Report]:
    """The reports in a file; `-` is standard input."""
    with _opened(name) as stream:
        yield from read_reports(stream, name, published, refusals)


@contextmanager
def _opened(name: str) -> Iterator[BinaryIO]:
    if name == "-":
        yield sys.stdin.buffer
        return
    try:
        stream = Path(name).open("rb")  # noqa: SIM115 - closed below, once it is known to be readable
    except OSError as error:
        raise BadInput(
            name, error.strerror or "no readable file", "a text file or JSON lines", "Check the path."
        ) from error
    with stream:
        yield stream


def as_json(found: ReportReading) -> bytes:
    """One line: the promised fields first."""
    day = found.outcome.event_dates
    line: dict[str, Any] = {
        "text_id": found.outcome.text_id, "is_launch_report": found.outcome.is_launch_report, "event_dates": day,
        "claims": [_claim_json(claim) for claim in found.claims], "lang": found.outcome.lang, "flags": found.outcome.flags,
        "n_chars_cut": found.report.n_chars_cut, "notices": told.as_objects(found.notices),
    }  # fmt: skip
    return msgspec.json.encode(line)


def _claim_json(claim: Claim) -> dict[str, Any]:
    fields = {name: _or_none(getattr(claim, name)) for name in (*_PROMISED, *_MORE)}
    return fields | {name: fields[name] or "" for name in ("hedge", "unit_as_printed", "place")}


def _or_none(value: Any) -> Any:
    return None if value is UNSET or value == "" else value


def as_text(found: ReportReading) -> Iterator[str]:
    """What a person wants to know of one text."""
    yield from told.as_text(found.notices)
    outcome = found.outcome
    if found.notices and not outcome.is_launch_report:
        return
    odd = f" [{', '.join(outcome.flags)}]" if outcome.flags else ""
    if not outcome.is_launch_report:
        yield f"{outcome.text_id}: reports no launch{odd}"
        return
    days = ", ".join(outcome.event_dates) or "on a day the text does not give (--published DATE helps)"
    yield f"{outcome.text_id}: a launch, {days}{odd}"
    for claim in found.claims:
        quoted = " ".join(claim.evidence.split())
        yield f'  {claim.speaker:16s} {claim.stance:9s} {claim.quantity:20s} {_value(claim):28s} "{quoted}"'


def _value(claim: Claim) -> str:
    if claim.value:
        return f"{claim.value} ({claim.place})" if claim.place and claim.place != claim.value else claim.value
    low, high = claim.low, claim.high
    if low is UNSET:
        return f"at most {high:g}"
    if high is UNSET:
        return f"at least {low:g}"
    return f"{low:g}" if low == high else f"{low:g} to {high:g}"


def read_files(files: Iterable[str], published: str, is_json: bool) -> Refusals:
    """The command: each report as it is read; returns what was refused."""
    refusals = Refusals()
    for name in files:
        for report in reports_in(name, published, refusals):
            found = read_report(report)
            if is_json:
                sys.stdout.buffer.write(as_json(found) + b"\n")
            else:
                print("\n".join(as_text(found)))
    sys.stdout.flush()
    return refusals
