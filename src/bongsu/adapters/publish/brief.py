"""The brief: sentences about one launch, each naming the findings it rests on. Text, HTML and JSON are made from it."""

import msgspec

from bongsu.adapters.publish import rounding as say
from bongsu.adapters.publish import statements, words
from bongsu.adapters.publish.account import Account, Source
from bongsu.adapters.publish.compare import Table, comparison
from bongsu.adapters.publish.sentence import Sentence

NOTES = (
    "Every ± and every region holds the true value with 90 %, if the models hold; no figure has more digits than that "
    "supports.",
    "Zones come from a free coast map: 'within 12 nm of the coast' is not a legal territorial sea, an EEZ is 'claimed "
    "by' whoever claims the nearest coast, and a line is good to about 5 km (30 km where a treaty line differs).",
    "Times are UTC. Ids such as 12.3 name the findings a sentence rests on: cause and place in the log.",
)


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """Sentences under one heading."""

    title: str
    sentences: tuple[Sentence, ...]


class Brief(msgspec.Struct, frozen=True, kw_only=True):
    """A whole brief. `mark` is the mode's line, first and last in every format; empty only when live."""

    mode: str
    mark: str
    title: str
    as_of: str
    headline: Sentence
    sections: tuple[Section, ...]
    comparison: Table
    sources: tuple[Source, ...]
    notes: tuple[str, ...] = NOTES


def compose(a: Account) -> Brief:
    """The brief of an account; sections with nothing to say are left out."""
    parts = (
        ("Launch", statements.launch(a)),
        ("Flight", statements.flight(a)),
        ("Impact", statements.impact(a)),
        ("Zones of the fall", [sentence for _, _, sentence in statements.zones(a)]),
        ("Passing over", statements.overflight(a)),
        ("Protected areas", statements.verdicts(a)),
        ("Warning", statements.warning(a)),
        ("What it seems to be", statements.classification(a)),
        ("Sensors", statements.sensors(a)),
    )
    return Brief(
        mode=a.mode,
        mark=words.mark(a.mode),
        title=a.title or "Account of a launch",
        as_of=f"{say.date(a.now_ns)}, {say.clock(a.now_ns)}",
        headline=statements.headline(a),
        sections=tuple(Section(title=title, sentences=tuple(said)) for title, said in parts if said),
        comparison=comparison(a),
        sources=a.sources,
    )
