"""The whole brief of a log in one language: what was measured, what was said, how they compare, in which order it all came."""

from collections.abc import Sequence

from msgspec import UNSET, structs

from bongsu.adapters.publish import beside, brief, corrections, surroundings, timeline
from bongsu.adapters.publish.account import Account, Source
from bongsu.adapters.publish.brief import Brief, Section
from bongsu.adapters.publish.hearsay import Hearsay
from bongsu.adapters.publish.reported import compose as reported
from bongsu.adapters.publish.reported.story import Namer, Story
from bongsu.adapters.publish.sentence import Sentence
from bongsu.language.recounting import recounting_of
from bongsu.language.telling import telling_of
from bongsu.models.lineage import id_order

_SAID = ("launch", "flight", "fall")  # sections of a brief of texts that are one here


def compose(a: Account, heard: Hearsay, lang: str, namer: Namer) -> Brief:
    """The brief of an account and of all that was said of its launch; of a log of scans alone, what was measured."""
    told = brief.compose(a, lang)
    story = heard.story(heard.day_of(None if a.event is UNSET else a.event), namer)
    if story is None:
        return told
    said = reported.compose(story, lang)
    headline = said.headline if a.event is UNSET else told.headline
    sections = (*told.sections, *_sections(a, heard, story, said, lang))
    w, t = recounting_of(lang), telling_of(lang)
    of_texts = (t.phrases["note_claims"], t.phrases["note_ids"])  # true of a brief of texts alone
    notes = (*told.notes, w.say("note_said"), *(note for note in said.notes if note not in of_texts))
    sources = (
        *told.sources,
        *_sources(told, heard, said, [headline, *(s for part in sections for s in part.sentences)]),
    )
    return structs.replace(
        told, headline=headline, sections=sections, claims=said.rows, notes=notes, sources=_in_order(sources)
    )


def _sources(told: Brief, heard: Hearsay, said: reported.Brief, sentences: Sequence[Sentence]) -> list[Source]:
    """The findings that sentences rest on, beyond the sources of what was measured and the claims of the table."""
    known = {s.finding_id for s in told.sources} | {row.claim_id for row in said.rows}
    names = dict.fromkeys(i for s in sentences for i in s.rests_on if "." in i and i not in known)
    every = {**heard.found, **{e.id: e for e in heard.events}, **{t.read.id: t.read for t in heard.texts}}
    return [
        Source(
            finding_id=i, noun=str(type(every[i]).__struct_config__.tag).partition(".")[0], known_ns=every[i].known_ns,
            prompted_by=heard.prompts.get(every[i].cause, ""),
        )
        for i in names
        if i in every
    ]  # fmt: skip


def _in_order(sources: Sequence[Source]) -> tuple[Source, ...]:
    return tuple(sorted(sources, key=lambda s: id_order(s.finding_id)))


def _sections(a: Account, heard: Hearsay, story: Story, said: reported.Brief, lang: str) -> list[Section]:
    w, t = recounting_of(lang), telling_of(lang)
    by_name = {section.name: section.sentences for section in said.sections}
    joined = [each for name in _SAID for each in by_name.get(name, ())]
    rows: list[tuple[str, Sequence[Sentence]]] = [
        ("said", joined),
        ("beside", beside.sentences(w, t, heard, story, a.launch_words)),
        ("differ", by_name.get("differ", ())),
        ("aside", beside.aside(w, t, story)),
        ("own", by_name.get("own", ())),
        ("timeline", timeline.sentences(w, t, a, heard, story)),
        ("corrections", corrections.sentences(w, t, heard, story)),
        ("context", surroundings.sentences(w, t, story, heard)),
        ("quoted", by_name.get("quoted", ())),
        ("background", by_name.get("background", ())),
        ("unsaid", by_name.get("unsaid", ())),
    ]
    return [
        Section(name=name, title=w.sections.get(name) or t.headings[name], sentences=tuple(told))
        for name, told in rows
        if told
    ]
