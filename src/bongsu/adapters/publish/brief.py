"""The brief: sentences about one launch, each naming the findings it rests on. Text, HTML and JSON are made from it."""

import msgspec

from bongsu.adapters.publish import rounding as say
from bongsu.adapters.publish import statements, words
from bongsu.adapters.publish.account import Account, Source
from bongsu.adapters.publish.compare import Table, comparison
from bongsu.adapters.publish.reported.compose import Row
from bongsu.adapters.publish.sentence import Sentence
from bongsu.adapters.publish.watch import sentences as watched
from bongsu.language.recounting import recounting_of
from bongsu.language.watching import watching_of


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """Sentences under one heading; `name` is the same in every language."""

    name: str
    title: str
    sentences: tuple[Sentence, ...]


class Brief(msgspec.Struct, frozen=True, kw_only=True):
    """A whole brief. `mark` is the mode's line, first and last in every format; empty only when live."""

    lang: str = "en"
    mode: str
    mark: str
    title: str
    as_of: str
    headline: Sentence
    sections: tuple[Section, ...]
    comparison: Table
    claims: tuple[Row, ...] = ()  # who said what, where reports were heard
    sources: tuple[Source, ...]
    notes: tuple[str, ...]


def compose(a: Account, lang: str = "en") -> Brief:
    """The brief of what was measured; sections with nothing to say are left out."""
    w = recounting_of(lang)
    parts = (
        ("launch", statements.launch(a, w)),
        ("flight", statements.flight(a, w)),
        ("impact", statements.impact(a, w)),
        ("zones", [sentence for _, _, sentence in statements.zones(a, w)]),
        ("overflight", statements.overflight(a, w)),
        ("areas", statements.verdicts(a, w)),
        ("warning", statements.warning(a, w)),
        ("class", statements.classification(a, w)),
        ("sensors", statements.sensors(a, w)),
        ("watch", watched(a.watch, lang, dict(a.site_names))),
    )
    titles = {**w.sections, "watch": watching_of(lang).title}
    return Brief(
        lang=lang,
        mode=a.mode,
        mark=words.mark(a.mode, w),
        title=a.title or w.say("title"),
        as_of=w.say("as_of", date=statements.date(w, a.now_ns), time=say.clock(a.now_ns)),
        headline=statements.headline(a, w),
        sections=tuple(Section(name=n, title=titles[n], sentences=tuple(said)) for n, said in parts if said),
        comparison=comparison(a),
        sources=a.sources,
        notes=w.notes,
    )
