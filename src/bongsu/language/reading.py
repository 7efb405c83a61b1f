"""Read one statement: the six steps in order. READ THIS FIRST; why it is so stands in docs/decisions/0008-reading.md."""

import importlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache

from bongsu.language import gazetteer, measures, phrases, times
from bongsu.language.clean import Clean, clean
from bongsu.language.compose import Found, compose
from bongsu.language.grammar import Grammar
from bongsu.language.launches import Told, tell
from bongsu.language.spans import Draft
from bongsu.language.speakers import NARRATOR, Listener, Reach, Speakers, mentions
from bongsu.language.split import sentences

LANGUAGES = ("en", "ja", "ko")
_RECENT_DAYS = 45  # a launch longer ago than that before publication is background
_TOGETHER_DAYS = 6  # launches of one report lie no further apart
_HEAD = 300  # characters in which an agency marks its own dispatch
_HEADING = 120  # characters of a first line that can be a heading
_MAX_HEADINGS = 4  # lines that can be headings
_MAX_CLAIMS = 200  # no report says more; a text that does is hostile
_STANCE = {"prk": "claimed", "media": "reported"}
_HANGUL, _KANA = re.compile(r"[가-힣]"), re.compile(r"[ぁ-んァ-ヶ]")


@dataclass(frozen=True, slots=True)
class ReadClaim:
    """One claim of a text; what it means stands in messages/accounts.py."""

    quantity: str
    low: float | None
    high: float | None
    value: str
    speaker: str
    stance: str
    event_date: str
    evidence: str
    span: tuple[int, int]
    hedge: str = ""
    unit_as_printed: str = ""
    rounding: float = 0.0
    place: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says."""

    lang: str
    is_launch_report: bool
    event_dates: tuple[str, ...] = ()
    claims: tuple[ReadClaim, ...] = ()
    flags: tuple[str, ...] = ()


@dataclass(slots=True)
class _Story:
    """The launches of a text while it is read."""

    published: date | None
    main: date | None = None
    days: list[date] = field(default_factory=list)
    is_background: bool = False


@cache
def grammar_of(lang: str) -> Grammar:
    """The grammar of a language, loaded when it is first needed."""
    grammar: Grammar = importlib.import_module(f"bongsu.language.{lang}").GRAMMAR
    return grammar


def language_of(text: str) -> str:
    """The language a text is written in, by its script."""
    head = text[:2_000]
    n_hangul, n_kana = len(_HANGUL.findall(head)), len(_KANA.findall(head))
    if not n_hangul + n_kana or max(n_hangul, n_kana) * 12 < len(head.replace(" ", "")):
        return "en"
    return "ko" if n_hangul >= n_kana else "ja"


def read(raw: str, lang: str = "", published: date | None = None) -> Reading:
    """The claims of a text. `published` is the local day (UTC+9) that weekdays and missing years count from."""
    cleaned = clean(raw)
    lang = lang if lang in LANGUAGES else language_of(cleaned.text)
    grammar = grammar_of(lang)
    published = published or dateline(cleaned.text, grammar)
    told = _without_theirs([tell(sentence, grammar) for sentence in sentences(cleaned.text, lang)])
    story = _Story(published)
    if not _find_main(told, grammar, story):
        return Reading(lang, False, flags=cleaned.flags)
    listener = Listener(grammar, _narrator(cleaned.text, grammar))
    found = [item for n, each in enumerate(told) for item in _read_sentence(n, each, grammar, listener, story)]
    claims = tuple(_claim(item, cleaned) for item in compose(found)[:_MAX_CLAIMS])
    flags = (*cleaned.flags, *(("too_many_claims",) if len(found) > _MAX_CLAIMS else ()))
    days = tuple(day.isoformat() for day in sorted({*story.days}))
    return Reading(lang, True, days, claims, flags)


def _without_theirs(told: list[Told]) -> list[Told]:
    """Launches of those who watch are background, where the text tells of another's; alone, they are what it tells of."""
    if not any(t.is_launch and not t.is_other and not t.is_theirs for t in told):
        return told
    return [replace(t, is_launch=False, is_other=True) if t.is_theirs else t for t in told]


def dateline(text: str, grammar: Grammar) -> date | None:
    """The day a text gives itself at its head, where it prints a whole date."""
    head = text[:300]
    match = re.search(r"((?:19|20)\d\d)\s?[-./年년]\s?([01]?\d)\s?[-./月월]\s?([0-3]?\d)", head)
    if match is None:
        return next((d for d in _whole_dates(head, grammar)), None)
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def _whole_dates(head: str, grammar: Grammar) -> Iterator[date]:
    for match in grammar.times.day.finditer(head):
        got = match.groupdict()
        month, year = got.get("mon") or got.get("mon2"), got.get("y") or got.get("y2")
        if month and year and month.lower() in grammar.months:
            try:
                yield date(int(year), grammar.months[month.lower()], int(got.get("d") or got.get("d2") or 0))
            except ValueError:
                continue


def _heading(text: str) -> str:
    """The first lines of a text that are no sentences, on one line."""
    lines: list[str] = []
    for line in text.lstrip().split("\n", _MAX_HEADINGS)[:_MAX_HEADINGS]:
        if len(line) >= _HEADING or line.rstrip().endswith((".", "。", "다")):
            break
        lines.append(line)
    return "\n".join(lines)


def _narrator(text: str, grammar: Grammar) -> Speakers:
    """Whose text it is, where its first line says so: a statement of a ministry, a dispatch of an agency."""
    speakers = grammar.speakers
    line = text[:_HEAD]
    cue = speakers.dispatch.search(line)
    if cue is None:
        line = _heading(text)
        cue = speakers.heading.search(line)
    if cue is None:
        return NARRATOR
    named = mentions(line, speakers)
    here = [m for m in named if m.start < cue.end() and m.stop > cue.start()] or [m for m in named if m.who != NARRATOR]
    about = ("prk.gov",)  # a statement about North Korea names it too
    here = [m for m in here if m.who != about] or [m for m in named if m.who not in (about, NARRATOR)] or here
    return here[0].who if here and len(here[0].who) == 1 else NARRATOR


def _find_main(told: list[Told], grammar: Grammar, story: _Story) -> bool:
    """Whether the text reports a launch; sets its day: the one a launch is said to have happened on, else publication."""
    reports = [t for t in told if t.is_launch and not t.is_other]
    is_any = False
    spoken: date | None = None
    for each in reports:
        named = [d for d in times.days(each, grammar, story.published, None) if not each.is_aside(d.start)]
        launched = [d.day for d in named if d.kind in ("launch", "")]
        near = [day for day in launched if _is_recent(day, story.published)]
        if launched and not near:
            continue
        is_any = True
        if near:
            story.main = near[0]
            break
        spoken = spoken or next((d.day for d in named if d.kind == "said" and _is_recent(d.day, story.published)), None)
    if is_any:
        story.main = story.main or _day_in_passing(told, grammar, story) or spoken or story.published
        story.days = [story.main] if story.main else []
    return is_any


def _day_in_passing(told: list[Told], grammar: Grammar, story: _Story) -> date | None:
    """The day of the launch in a sentence that tells of it in passing: "accounts of Tuesday's launch differ"."""
    for each in told:
        if each.is_related and not each.is_other and not each.is_launch:
            for named in times.days(each, grammar, story.published, None):
                is_its = any(v.kind == "launch" and 0 <= v.start - named.stop <= 3 for v in each.verbs)
                if is_its and not each.is_aside(named.start) and _is_recent(named.day, story.published):
                    return named.day
    return None


def _is_recent(day: date, published: date | None) -> bool:
    return published is None or 0 <= (published - day).days <= _RECENT_DAYS


def _event_days(told: Told, grammar: Grammar, story: _Story) -> list[date | None]:
    """The launches a sentence is about; none where it is background."""
    named = times.days(told, grammar, story.published, None)
    launched = [d.day for d in named if d.kind == "launch" and not told.is_aside(d.start)]
    spoken = [d.day for d in named if d.kind == "said" and not told.is_aside(d.start)]
    if spoken and not launched and story.main is not None and all(day < story.main for day in spoken):
        return []  # nobody tells of a launch before it happens: it is of another
    if told.goes_on and story.is_background:
        return []
    together = [d for d in launched if story.main is None or _is_together(d, story)]
    if told.is_other and story.main not in launched:
        return []
    if launched and not together:
        return []
    if together and told.is_launch:
        for day in together:
            if day not in story.days:
                story.days.append(day)
        return [*together]
    return [story.main]


def _is_together(day: date, story: _Story) -> bool:
    return (
        story.main is not None and abs((day - story.main).days) <= _TOGETHER_DAYS and _is_recent(day, story.published)
    )


def _read_sentence(n: int, told: Told, grammar: Grammar, listener: Listener, story: _Story) -> Iterator[Found]:
    """The values of one sentence, each with who vouches for it and the launch it belongs to."""

    def is_blocked(start: int, stop: int) -> bool:
        return any(v.kind in ("launch", "fall") and v.start >= start and v.stop <= stop for v in told.verbs)

    reaches = listener.reaches(told.sentence.text, is_blocked)
    days = _event_days(told, grammar, story) if told.is_related else []
    story.is_background = not days
    if not days or not told.is_related:
        return
    for draft in _drafts(told, grammar):
        is_hearsay = (
            draft.quantity == "count" and not told.is_launch and listener.who(reaches, draft.start) == listener.narrator
        )
        if told.is_aside(draft.start) or is_hearsay:
            continue
        for speaker in _speakers(draft, reaches, listener):
            start = told.sentence.start + draft.start
            yield Found(draft, speaker, days[0], n, told.sentence.text, start, told.sentence.start + draft.stop)


def _drafts(told: Told, grammar: Grammar) -> list[Draft]:
    found = [
        *measures.distances(told, grammar), *measures.flight_times(told, grammar), *measures.speeds(told, grammar),
        *times.clocks(told, grammar), *phrases.values(told, grammar), *phrases.classes(told, grammar),
    ]  # fmt: skip
    found += measures.counts(told, grammar)
    found += phrases.areas(told, told.sentence.text, grammar)
    return sorted(found, key=lambda d: (d.start, d.quantity))


def _speakers(draft: Draft, reaches: list[Reach], listener: Listener) -> Speakers:
    return listener.who(reaches, draft.start)


def _claim(item: Found, cleaned: Clean) -> ReadClaim:
    d = item.draft
    start, stop = cleaned.span(item.start, item.stop)
    return ReadClaim(
        quantity=d.quantity,
        low=d.low,
        high=d.high,
        value=d.value,
        speaker=item.speaker,
        stance=_STANCE.get(item.speaker.partition(".")[0], "assessed"),
        event_date=item.day.isoformat() if item.day else "",
        evidence=cleaned.raw[start:stop],
        span=(start, stop),
        hedge=d.hedge,
        unit_as_printed=d.unit,
        rounding=d.step,
        place=gazetteer.resolve(d.value) if d.quantity == "launch_area" else "",
    )
