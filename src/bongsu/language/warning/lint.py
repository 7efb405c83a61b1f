"""The linter: what is wrong with a text as a statement of a bulletin. No text goes out with a fault."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from bongsu.language.warning import plan
from bongsu.language.warning.check import Fault, faults_in, foreign, names_of
from bongsu.language.warning.facts import BRIEF_LACKS, Facts, differing, facts_in
from bongsu.language.warning.families import key_of
from bongsu.language.warning.read import codes_of, facts_of
from bongsu.language.warning.times import minute_of
from bongsu.language.warning.words import Wording, wording_of
from bongsu.language.warning.write import LIMITS, Written, headline_of
from bongsu.messages.bulletin import Bulletin

_RULES: Final = {
    "sent": "times", "until": "times", "impact": "times", "over": "times", "launch": "times", "is_time_unknown": "times",
    "refs": "references", "act": "references", "is_unconfirmed": "unconfirmed", "key": "family", "hazard": "certainty",
    "near": "places", "where": "places", "spill": "places",
}  # of facts that are not as the bulletin has them; of others, their name  # fmt: skip


def lint(statement: str | Written, bulletin: Bulletin, lang: str, n_chars: int | None = None) -> tuple[Fault, ...]:
    """What is wrong with a whole text, or with all parts of a statement; one of its texts has to fit `n_chars` if given.

    Rules: family, references, why, certainty, unconfirmed, times, name, script, places, actions, authority, grade, sentence,
    mode, live, denial, length.
    """
    w = wording_of(lang)
    faults = list(faults_in(bulletin, lang))
    texts = [statement] if isinstance(statement, str) else [statement.text, statement.brief]
    faults.extend(_whole(texts[0], bulletin, w))
    if isinstance(statement, Written):
        faults.extend(_brief(statement.brief, bulletin, w))
        faults.extend(_parts(statement, bulletin, w))
    if n_chars is not None and min(map(len, texts)) > n_chars:
        faults.append(Fault("length", f"{min(map(len, texts))} characters, at most {n_chars}"))
    return tuple(dict.fromkeys(faults))


def _whole(text: str, bulletin: Bulletin, w: Wording) -> Iterator[Fault]:
    """The faults of a whole text: how it is written, and whether it says what the bulletin says."""
    yield from _plain(text, bulletin, w, "text")
    yield from _facts(facts_of(text, w.lang), facts_in(bulletin, w.lang), ())
    yield from _order(text, plan.whole(bulletin), w)
    if not _unmarked(text, bulletin, w).startswith(headline_of(bulletin, w)):
        yield Fault("family", f"text: does not begin with {headline_of(bulletin, w)!r}")


def _brief(text: str, bulletin: Bulletin, w: Wording) -> Iterator[Fault]:
    yield from _plain(text, bulletin, w, "brief")
    yield from _facts(facts_of(text, w.lang, minute_of(bulletin.sent_ns)), facts_in(bulletin, w.lang), BRIEF_LACKS)
    yield from _order(text, plan.brief(bulletin), w)


def _order(text: str, sentences: tuple[plan.Sentence, ...], w: Wording) -> Iterator[Fault]:
    """Whether a text has its sentences, each once, in their order."""
    wanted = ["head", *(one.code for one in sentences)]
    found = [code for code, _ in codes_of(text, w.lang) if code]
    if found != wanted:
        lacking = [code for code in wanted if code not in found] or ["the order, or one twice"]
        yield Fault("sentence", f"lacks {', '.join(lacking)}")


def _facts(read: Facts, wanted: Facts, without: tuple[str, ...]) -> Iterator[Fault]:
    """Where a text says something else than its bulletin."""
    for name in differing(read, wanted, without=without):
        yield Fault(
            _RULES.get(name, name), f"{name}: says {getattr(read, name)!r}, the bulletin {getattr(wanted, name)!r}"
        )
    for line in read.odd:
        yield Fault("sentence", f"{line[:80]!r} is none of the fixed sentences as they are written")
    for fault in read.impossible:
        yield Fault("times", fault)


def _parts(statement: Written, bulletin: Bulletin, w: Wording) -> Iterator[Fault]:
    """The faults of the parts that channels and CAP carry by themselves."""
    if statement.lang != w.lang:
        yield Fault("script", f"written in {statement.lang}, wanted in {w.lang}")
    lines = [(code, line) for code, line in codes_of(statement.text, w.lang) if code != "head"]
    asked = [line for code, line in lines if code.startswith("act:")]
    told = [line for code, line in lines if not code.startswith("act:")]
    wanted = {
        "headline": headline_of(bulletin, w), "description": w.between.join(told), "instruction": w.between.join(asked),
    }  # fmt: skip
    for name, text in wanted.items():
        part = getattr(statement, name)
        yield from _plain(part, bulletin, w, name)
        if _unmarked(part, bulletin, w) != text:
            yield Fault("sentence", f"{name} {part[:80]!r} is not what the text says")
    if len(statement.headline) > LIMITS["headline"]:
        yield Fault("length", f"headline of {len(statement.headline)} characters, at most {LIMITS['headline']}")
    areas = w.listed.join(dict(area.names).get(w.lang, "") for area in bulletin.areas)
    if statement.area_text != areas:
        yield Fault("places", f"area text {statement.area_text!r}, areas {areas!r}")


def _unmarked(text: str, bulletin: Bulletin, w: Wording) -> str:
    """A text without the words that say it is not live."""
    mark = w.modes.get(bulletin.mode, "")
    return text.removeprefix(mark).removesuffix(mark).strip(" -\n") if mark else text


def _plain(text: str, bulletin: Bulletin, w: Wording, part: str) -> Iterator[Fault]:
    """What can be seen of any text without reading it: its writing, the words of its mode, what its family may not say."""
    if odd := foreign(text, w):
        yield Fault("script", f"{part}: {odd!r} (U+{ord(odd):04X}) is not {w.lang}")
    plain = _visible(text)
    if re.search(w.denials, plain):
        yield Fault("denial", f"{part}: denies that it is an exercise")
    said = _without_names(plain, bulletin, w)
    if mark := w.modes.get(bulletin.mode, ""):
        if not (text.startswith(mark) and text.endswith(mark) and len(text) > len(mark)):
            yield Fault("mode", f"{part}: does not begin and end with {mark}")
    elif any(re.search(words, said) for words in w.mode_words.values()):
        yield Fault("live", f"{part}: a live text with a word of an exercise, a replay or a test")
    key = key_of(bulletin)
    if re.search(w.unfit[key], said):
        yield Fault("family", f"{part}: says what {key} may not say")
    if not bulletin.is_confirmed and part in ("text", "brief") and w.word_unconfirmed not in plain:
        yield Fault("unconfirmed", f"{part}: unconfirmed evidence without {w.word_unconfirmed!r}")


def _visible(text: str) -> str:
    """A text as it is seen and heard: composed, wide letters narrow, without what has no width."""
    return "".join(c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf")


def _without_names(text: str, bulletin: Bulletin, w: Wording) -> str:
    """A text without the names in its bulletin: a place may be called as it likes."""
    for name in sorted((_visible(one) for one in names_of(bulletin, w.lang)), key=len, reverse=True):
        text = text.replace(name, "#")
    return text
