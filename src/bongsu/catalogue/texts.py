"""A published text into entries: the launch of each day it reports, and what it says of earlier ones."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from msgspec import UNSET

from bongsu.catalogue.entries import DAY_NS, LOCAL_NS, MINUTE_NS, Entry, Field, Site, day_ns
from bongsu.catalogue.reading import OFFICIAL, Told, first_class, told_of
from bongsu.catalogue.vague import Vague, vague_in
from bongsu.catalogue.values import MOST_AT_ONCE, When, when
from bongsu.errors import BadInput
from bongsu.geo.places import PlaceTable
from bongsu.messages.accounts import Claim, Passage, ReportRead
from bongsu.messages.base import Finding
from bongsu.messages.inputs import Report
from bongsu.models.reconstruct_sites import site_of
from bongsu.stages.read import findings, local_day, passages

COLUMN = "text"


def entries_of(report: Report, places: PlaceTable) -> list[Entry]:
    """The entries of one text; none where it reports no launch. Raises BadInput where neither it nor anybody else gives a day."""
    return of_findings(report, [*findings(report), *passages(report)], places)


def of_findings(report: Report, found: list[Finding], places: PlaceTable, source: str = "") -> list[Entry]:
    """The same from claims and passages that were read before, as a log holds them."""
    outcome = next((f for f in found if isinstance(f, ReportRead)), None)
    if outcome is None or not outcome.is_launch_report:
        return []
    if not any(outcome.event_dates):
        raise BadInput(
            report.text_id, "a launch, but no date", "a date in the text or --published DATE",
            "Add --published with the day the text appeared; weekdays count from it.",
        )  # fmt: skip
    name = source or report.text_id
    claims = [f for f in found if isinstance(f, Claim)]
    days = sorted(d for d in outcome.event_dates if d)
    launcher = next((f.value for f in found if isinstance(f, Passage) and f.kind == "launcher"), "")
    entries = [
        replace(_launch(name, report, day, [c for c in claims if c.event_date == day], places), launcher=launcher)
        for day in days
    ]
    last = date.fromisoformat(days[-1])
    background = [f for f in found if isinstance(f, Passage) and f.kind == "background"]
    return entries + list(_earlier(name, report, background, local_day(report) or last, last))


def _launch(source: str, report: Report, day: str, claims: list[Claim], places: PlaceTable) -> Entry:
    told = told_of(claims, (day,), COLUMN)
    moment = _when(told, date.fromisoformat(day))
    counts = [f for f in told.fields if f.quantity == "count" and 1 <= f.low <= MOST_AT_ONCE]
    n_low = int(max((f.low for f in counts), default=max(1, len(moment.clocks_ns))))
    found = site_of(places, told.site_words) if told.site_words else None
    is_assumed = report.published_ns is UNSET
    return Entry(
        source=source,
        row=day,
        earliest_ns=moment.earliest_ns,
        latest_ns=moment.latest_ns,
        precision=moment.precision,
        printed_day=day,
        clocks_ns=moment.clocks_ns,
        published_ns=moment.latest_ns + DAY_NS if report.published_ns is UNSET else report.published_ns,
        is_published_assumed=is_assumed,
        site=None if found is None else Site(told.site_words, found.lat_rad, found.lon_rad, found.sigma_m),
        site_words=told.site_words,
        vehicle_class=first_class(told.fields),
        n_low=n_low,
        n_high=n_low,
        is_failed=any(f.quantity == "outcome" and f.value == "failure" for f in told.fields),
        has_official=any(f.speaker in OFFICIAL for f in told.fields),
        is_list=False,
        fields=told.fields,
    )


def _when(told: Told, day: date) -> When:
    near = [t for t in told.clocks_ns if 0 <= t - day_ns(day) < DAY_NS]
    minutes = tuple((t - day_ns(day)) // MINUTE_NS for t in near)
    return when(day, "day", minutes, LOCAL_NS)


def _earlier(source: str, report: Report, background: list[Passage], published: date, event: date) -> Iterator[Entry]:
    """Launches that a text only mentions, each with the wide interval its words allow."""
    n = 0
    for passage in background:
        for vague in vague_in(passage.evidence, passage.span[0], published, event):
            n += 1
            yield _mentioned(source, report, passage, vague, n)


def _mentioned(source: str, report: Report, passage: Passage, vague: Vague, n: int) -> Entry:
    end = max(vague.end, vague.first + timedelta(days=1))
    stop = vague.start + len(vague.printed)
    field = Field(
        "background",
        COLUMN,
        passage.evidence,
        passage.speaker or "media",
        value=vague.printed,
        start=vague.start,
        stop=stop,
    )
    named = Field(
        "named_days", COLUMN, vague.printed, "media", low=vague.n_days, high=vague.n_days, start=vague.start, stop=stop
    )
    return Entry(
        source=source,
        row=f"earlier-{n}",
        earliest_ns=day_ns(vague.first),
        latest_ns=day_ns(end),
        precision="vague",
        printed_day="",
        published_ns=day_ns(end) + DAY_NS if report.published_ns is UNSET else report.published_ns,
        is_published_assumed=report.published_ns is UNSET,
        n_low=vague.n_low,
        n_high=0,
        is_list=False,
        fields=(field, named) if vague.n_days else (field,),
    )
