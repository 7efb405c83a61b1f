"""`bongsu brief`: of a log what it holds; of texts what they say, read, reconstructed and reconciled in one go."""

import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from msgspec import UNSET, structs

from bongsu.adapters.ingest.reports import Refusals
from bongsu.adapters.publish.of_log import composed
from bongsu.adapters.publish.of_log import written as write_log
from bongsu.adapters.publish.reported import html
from bongsu.adapters.publish.reported import text as written
from bongsu.adapters.publish.reported.compose import Brief, compose
from bongsu.adapters.publish.reported.story import Story, Text
from bongsu.errors import BadInput
from bongsu.geo.places import public_words
from bongsu.language.telling import telling_of
from bongsu.log.reader import is_log
from bongsu.messages.accounts import Claim, Passage, Reconstruction, ReportRead
from bongsu.messages.base import Finding
from bongsu.models.reconstruct import FINE
from bongsu.run.issue import record_issue
from bongsu.run.read import ReportReading, read_report, reports_in
from bongsu.run.tables import load_tables
from bongsu.stages import reconcile as reconciling
from bongsu.stages import reconstruct as reconstructing
from bongsu.stages.read import local_day, passages


def write_up(
    files: Sequence[str], *, published: str = "", lang: str = "en", form: str = "text", event: str = "", with_trace: bool = False,
    issued_by: str = "",
) -> str:  # fmt: skip
    """The brief of one log, or of one or more texts, as text, html or json; of a log also recorded as issued, where a name is
    given. Raises BadInput where neither can be told.
    """
    if any(is_log(Path(name)) for name in files):
        if len(files) > 1 or published:
            raise BadInput(
                "brief", f"{len(files)} files and a log among them", "one log, or texts", "Name the log alone."
            )
        return _of_log(Path(files[0]), lang, form, event, with_trace, issued_by)
    if issued_by:
        raise BadInput("--issued-by", "texts", "a log", "Only what a log holds can be corrected later: give the log.")
    found = read_texts(files, published)
    story = story_of(found)
    if story is None:
        return "".join(telling_of(lang).phrases["no_launch"].format(name=each.report.text_id) + "\n" for each in found)
    told = compose(story, lang)
    if form == "html":
        return html.write(told, story, load_tables())
    return written.as_json(told, story) if form == "json" else written.write(told, with_trace=with_trace)


def _of_log(path: Path, lang: str, form: str, event: str, with_trace: bool, issued_by: str) -> str:
    tables = load_tables()
    told, found, said = composed(path, lang=lang, tables=tables, event_id=event)
    if issued_by:
        record_issue(path, told, issued_by, tables, time.time_ns())
    return write_log(told, found, said, tables, form, with_trace=with_trace)


def brief(*files: str | Path, published: str = "", lang: str = "en") -> Brief | None:
    """The brief of the launch that texts report, in `lang`; None where they report none. Raises BadInput as the command does."""
    story = story_of(read_texts([str(name) for name in files], published))
    return None if story is None else compose(story, lang)


def read_texts(files: Sequence[str], published: str) -> list[ReportReading]:
    """Every text of the files. Raises BadInput where a file holds none."""
    found: list[ReportReading] = []
    for name in files:
        refusals = Refusals()
        here = [read_report(report) for report in reports_in(name, published, refusals)]
        if not here:
            raise BadInput(name, "no text", "a report as text or JSON lines, or a log", "Check the file.")
        found += here
    return found


def story_of(found: Sequence[ReportReading]) -> Story | None:
    """The launch that most claims are about; None where no text reports one. Raises BadInput where no day is known."""
    reports = [(n, each) for n, each in enumerate(found, 1) if each.outcome.is_launch_report]
    if not reports:
        return None
    stamped = {n: _stamped(n, each) for n, each in reports}
    claims = [c for found in stamped.values() for c in found if isinstance(c, Claim)]
    days = Counter(c.event_date for c in claims if c.event_date) or Counter(
        d for _, r in reports for d in r.outcome.event_dates
    )
    if not days:
        raise BadInput(
            reports[0][1].report.text_id, "a launch, but no date", "a date in the text or --published DATE",
            "Add --published with the day the text appeared; weekdays count from it.",
        )  # fmt: skip
    day = max(days, key=lambda d: (days[d], d))
    flights = _flights(len(found) + 1, reports[0][1].outcome, claims, day)
    account, discrepancies = reconciling.reconcile(claims, flights, day)
    number = len(found) + 2
    account = structs.replace(account, id=f"{number}.0", cause=number)
    discrepancies = tuple(structs.replace(d, id=f"{number}.{k}", cause=number) for k, d in enumerate(discrepancies, 1))
    tables = load_tables()
    return Story(
        day=day,
        texts=tuple(_text(n, each) for n, each in reports),
        claims=tuple(c for c in claims if c.event_date == day),
        passages=tuple(p for found in stamped.values() for p in found if isinstance(p, Passage)),
        reconstructions=flights,
        account=account,
        discrepancies=discrepancies,
        other_days=tuple(sorted(d for d in days if d != day)),
        namer=lambda lat_rad, lon_rad, lang: public_words(tables.places, lat_rad, lon_rad, lang),
    )


def _stamped(number: int, found: ReportReading) -> list[Finding]:
    """Claims and passages of a text with ids: number of the text, place in it."""
    said: list[Finding] = [*found.claims, *passages(found.report)]
    return [structs.replace(each, id=f"{number}.{k}", cause=number) for k, each in enumerate(said, 1)]


def _flights(number: int, outcome: ReportRead, claims: list[Claim], day: str) -> tuple[Reconstruction, ...]:
    """What the stage makes of all claims of the day, as if one report had said them."""
    mine = [c for c in claims if c.event_date == day]
    if not mine:
        return ()
    cfg = reconstructing.Config(FINE, load_tables())
    state, _ = reconstructing.step(cfg, reconstructing.start(cfg), structs.replace(outcome, n_claims=len(mine)))
    found: list[Finding] = []
    for claim in mine:
        state, said = reconstructing.step(cfg, state, claim)
        found += said
    flights = (f for f in found if isinstance(f, Reconstruction))
    return tuple(structs.replace(f, id=f"{number}.{k}", cause=number) for k, f in enumerate(flights, 1))


def _text(number: int, found: ReportReading) -> Text:
    day = local_day(found.report)
    published = "" if found.report.published_ns is UNSET or day is None else day.isoformat()
    return Text(number, found.report.text_id, found.outcome.lang, published)
