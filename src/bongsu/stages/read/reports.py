"""A report into its claims, and what came of it."""

from datetime import date

from msgspec import UNSET, structs

from bongsu.constants import NS_PER_S
from bongsu.language import context
from bongsu.language.notices.reading import has_heading, is_notice
from bongsu.language.occasions import occasions
from bongsu.language.reading import ReadClaim, Reading, read
from bongsu.messages.accounts import Claim, Passage, ReportRead
from bongsu.messages.base import Finding
from bongsu.messages.inputs import Notice, Report

_LOCAL_S = 9 * 3_600  # Korea and Japan are nine hours ahead of UTC
_DAY_S = 86_400


def findings(report: Report) -> list[Finding]:
    """What came of a report, and its claims in the order of the text; none of a notice: it announces, nothing has happened."""
    reading = read(report.text, report.lang, local_day(report))
    if is_notice(report.text) and has_heading(report.text):
        return [structs.replace(_outcome(report, reading), is_launch_report=False, event_dates=(), n_claims=0)]
    near = context.around(report.text, reading.lang, reading.claims)
    told = (_claim(report.text_id, claim, around) for claim, around in zip(reading.claims, near, strict=True))
    return [_outcome(report, reading), *told]


def passages(report: Report) -> list[Passage]:
    """What a report holds beside its claims, in its order; none where it reports no launch."""
    reading = read(report.text, report.lang, local_day(report))
    if not reading.is_launch_report:
        return []
    return [
        Passage(
            text_id=report.text_id, kind=p.kind, evidence=p.evidence, span=p.span,  # type: ignore[arg-type]
            speaker=p.speaker, role=p.role, value=p.value,
        )
        for p in _beside(report.text, reading)
    ]  # fmt: skip


def _beside(text: str, reading: Reading) -> list[context.ReadPassage]:
    """Passages, and sentences about other things of those days that none of them holds already."""
    found = context.passages(text, reading)
    held = [p.span for p in found]
    more = [o for o in occasions(text, reading) if all(o.span[1] <= a or o.span[0] >= b for a, b in held)]
    return sorted([*found, *more], key=lambda p: p.span)


def local_day(report: Report | Notice) -> date | None:
    """The local day (UTC+9) a text was published on; None where it does not say."""
    if report.published_ns is UNSET:
        return None
    day = (report.published_ns // NS_PER_S + _LOCAL_S) // _DAY_S
    epoch = date(1970, 1, 1).toordinal()
    return date.fromordinal(epoch + day) if epoch + day <= date.max.toordinal() else None


def _outcome(report: Report, reading: Reading) -> ReportRead:
    return ReportRead(
        text_id=report.text_id,
        lang=reading.lang,  # type: ignore[arg-type]
        is_launch_report=reading.is_launch_report,
        event_dates=reading.event_dates,
        n_claims=len(reading.claims),
        flags=tuple(sorted({*report.flags, *reading.flags})),
    )


def _claim(text_id: str, found: ReadClaim, around: context.Around) -> Claim:
    """The message of one claim; what it does not have is left out."""
    return Claim(
        text_id=text_id,
        quantity=found.quantity,  # type: ignore[arg-type]
        speaker=found.speaker,  # type: ignore[arg-type]
        stance=found.stance,  # type: ignore[arg-type]
        event_date=found.event_date,
        evidence=found.evidence,
        span=found.span,
        low=UNSET if found.low is None else found.low,
        high=UNSET if found.high is None else found.high,
        value=found.value,
        hedge=found.hedge,
        unit_as_printed=found.unit_as_printed,
        rounding=found.rounding or UNSET,
        place=found.place,
        certainty=around.certainty,  # type: ignore[arg-type]
        role=around.role,
        setting=around.setting,
    )
