"""Free text of a row or a report into fields: the claims that the grammars read, with the characters they stand on."""

import math
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from msgspec import UNSET

from bongsu.catalogue.entries import Field, day_ns
from bongsu.catalogue.values import instant_of
from bongsu.messages.accounts import Claim, ReportRead
from bongsu.messages.inputs import Report
from bongsu.stages.read import findings

OFFICIAL: Final = frozenset(
    "kor.jcs kor.gov jpn.mod jpn.coastguard jpn.gov usa.mil usa.gov".split()
)  # who can have measured it
CLASSES: Final = (  # a finer word first
    "space_launch", "ICBM", "IRBM", "MRBM", "SRBM", "SLBM", "hypersonic_glide", "cruise", "rocket_artillery", "ballistic",
    "missile",
)  # fmt: skip
MAX_CHARS: Final = 16_000
_MONTHS: Final = "January February March April May June July August September October November December".split()
_OPENS_WITH: Final = re.compile(
    rf"({'|'.join(_MONTHS)}) (\d{{1,2}})\b(?:, (\d{{4}}))?|(\d{{1,2}})[月월]\s?(\d{{1,2}})[日일]"
)
_HEAD: Final = 60  # characters in which a text gives its own day
_MOST_APART: Final = timedelta(days=31)  # of a row's day and its text's; further off it is another launch's


@dataclass(frozen=True, slots=True)
class Told:
    """What a text tells of its launch."""

    fields: tuple[Field, ...] = ()
    days: tuple[date, ...] = ()
    clocks_ns: tuple[int, ...] = ()
    site_words: str = ""


def told_in(text: str, column: str, speaker: str, day: date | None) -> Told:
    """The claims of a text as fields; nameless ones are said by whoever keeps the list. Nothing where it reports no launch."""
    if not text.strip():
        return Told()
    own = own_day(text, day) if day else None
    seen = own or day  # weekdays count from here
    published_ns = UNSET if seen is None or seen.year < 1971 else day_ns(seen)
    outcome, *claims = findings(Report(text_id="row", text=text[:MAX_CHARS], published_ns=published_ns))
    if not isinstance(outcome, ReportRead) or not outcome.is_launch_report:
        return Told()
    return told_of([c for c in claims if isinstance(c, Claim)], outcome.event_dates, column, speaker)


def own_day(text: str, day: date) -> date | None:
    """The day a text opens with, in the year that brings it nearest to `day`; None where it opens with none, or one far off."""
    match = _OPENS_WITH.search(text[:_HEAD])
    if match is None:
        return None
    month = _MONTHS.index(match[1]) + 1 if match[1] else int(match[4])
    years = (int(match[3]),) if match[3] else (day.year - 1, day.year, day.year + 1)
    found = []
    for year in years:
        try:
            found.append(date(year, month, int(match[2] or match[5])))
        except ValueError:
            continue
    near = min(found, key=lambda d: abs(d - day), default=None)
    return near if near and abs(near - day) <= _MOST_APART else None


def told_of(claims: list[Claim], event_dates: tuple[str, ...], column: str, speaker: str = "") -> Told:
    """Claims as fields of one column."""
    times = [instant_of(c.value) for c in claims if c.quantity == "launch_time"]
    areas = [c.place or c.value for c in claims if c.quantity == "launch_area"]
    return Told(
        fields=tuple(_field(c, column, speaker) for c in claims),
        days=tuple(date.fromisoformat(d) for d in event_dates if d),
        clocks_ns=tuple(sorted({t for t in times if t is not None})),
        site_words=areas[0] if areas else "",
    )


def _field(claim: Claim, column: str, speaker: str) -> Field:
    return Field(
        quantity=claim.quantity,
        column=column,
        printed=claim.evidence,
        speaker=speaker if claim.speaker in ("media", "other") and speaker else claim.speaker,
        stance=claim.stance,
        low=-math.inf if claim.low is UNSET else claim.low,
        high=math.inf if claim.high is UNSET else claim.high,
        value=claim.place or claim.value,
        hedge=claim.certainty or claim.hedge,
        start=claim.span[0],
        stop=claim.span[1],
    )


def first_class(fields: tuple[Field, ...] | list[Field]) -> str:
    """The finest class that somebody names."""
    named = {f.value for f in fields if f.quantity == "vehicle_class"}
    return next((name for name in CLASSES if name in named), "")
