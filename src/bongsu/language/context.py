"""What is printed around a claim, and what belongs to an account without being a claim; the tables stand in `<lang>/context.py`.

Everything here is told as the exact characters of the text. Where nobody is certain to have said something, nobody is named.
"""

import importlib
import re
from dataclasses import dataclass
from functools import cache, partial

from bongsu.language.clean import Clean, clean
from bongsu.language.grammar import Pattern, Phrases
from bongsu.language.launches import Told, tell
from bongsu.language.reading import ReadClaim, Reading, grammar_of
from bongsu.language.spans import Span
from bongsu.language.speakers import Listener, Reach, mentions
from bongsu.language.split import Sentence, sentences

_BEFORE, _AFTER = 34, 26  # characters in which a hedge belongs to a value
_HEDGED = ("vehicle_class", "zone", "shape", "outcome", "threat")  # numbers carry their own hedges
_LEAST_WORDS = 12  # characters of direct speech worth keeping; below it is a name or a term
_WIDE_LEAST = 6  # the same of scripts without blanks between words
_PRONOUNS = ("He", "She", "They")
_BLANK = "\u00b7"


@dataclass(frozen=True, slots=True)
class ContextTable:
    """One language. Quotations are matched with their marks; groups: `nation` of launcher, `to` of shared."""

    hedges: Phrases
    gap: Pattern  # what can stand between a hedge and its value
    roles: Phrases
    settings: Phrases
    launcher: Pattern
    shared: Pattern
    nations: Phrases
    quotation: Pattern
    name_said: Pattern  # group name: who is named by a surname alone
    other_time: Pattern  # speech of another occasion


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around one claim."""

    certainty: str = ""
    role: str = ""
    setting: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadPassage:
    """Words kept as printed; what the kinds mean stands in messages/accounts.py."""

    kind: str
    evidence: str
    span: tuple[int, int]
    speaker: str = ""
    role: str = ""
    value: str = ""


@cache
def table_of(lang: str) -> ContextTable:
    """The table of a language, loaded when it is first needed."""
    table: ContextTable = importlib.import_module(f"bongsu.language.{lang}.context").TABLE
    return table


def around(raw: str, lang: str, claims: tuple[ReadClaim, ...]) -> list[Around]:
    """Hedge, role and setting of each claim of a text."""
    table, grammar, cleaned = table_of(lang), grammar_of(lang), clean(raw)
    parts = [(*cleaned.span(s.start, s.start + len(s.text)), s) for s in sentences(cleaned.text, lang)]
    found: list[Around] = []
    heard: list[tuple[str, list[Reach]]] = []
    for claim in claims:
        held = next((s for start, stop, s in parts if start <= claim.span[0] < stop), None)
        span = None if held is None else _place(cleaned, held, claim.span)
        if held is None or span is None:
            found.append(Around())
            continue
        at, stop = span
        certainty = _certainty(held.text, at, stop, table, grammar.is_head_final) if claim.quantity in _HEDGED else ""
        if not certainty and claim.quantity == "vehicle_class":
            certainty = _elsewhere(claim, heard or _heard(cleaned.text, lang, heard), table, grammar.is_head_final)
        setting = tuple(n for n, p in table.settings if p.search(held.text)) if claim.quantity == "launch_area" else ()
        found.append(Around(certainty, _role(held.text, claim.speaker, lang), setting))
    return found


def _heard(text: str, lang: str, heard: list[tuple[str, list[Reach]]]) -> list[tuple[str, list[Reach]]]:
    """Every sentence with who vouches for what in it; `heard` is filled, for it is made only where it is needed."""
    grammar = grammar_of(lang)
    listener = Listener(grammar, ())
    for sentence in sentences(text, lang):
        verbs = [v for v in tell(sentence, grammar).verbs if v.kind in ("launch", "fall")]
        blocked = partial(_is_blocked, verbs)
        heard.append((sentence.text, listener.reaches(sentence.text, blocked)))
    return heard


def _is_blocked(verbs: list[Span], start: int, stop: int) -> bool:
    return any(v.start >= start and v.stop <= stop for v in verbs)


def _elsewhere(claim: ReadClaim, heard: list[tuple[str, list[Reach]]], table: ContextTable, is_head_final: bool) -> str:
    """The hedge that the same speaker puts on the same words in another sentence: said once with care, it is kept."""
    for text, reaches in heard:
        at = text.find(claim.evidence)
        inner = min((r for r in reaches if r.start <= at < r.stop), key=lambda r: r.stop - r.start, default=None)
        if at >= 0 and inner is not None and claim.speaker in inner.who:
            certainty = _certainty(text, at, at + len(claim.evidence), table, is_head_final)
            if certainty:
                return certainty
    return ""


def _place(cleaned: Clean, sentence: Sentence, span: tuple[int, int]) -> tuple[int, int] | None:
    """Where characters of the report stand in a sentence of the clean text."""
    at = range(sentence.start, sentence.start + len(sentence.text) + 1)
    first = next((i for i in at if cleaned.span(i, i + 1)[0] >= span[0]), None)
    last = next((i for i in at if first is not None and i > first and cleaned.span(first, i)[1] >= span[1]), None)
    return None if first is None or last is None else (first - sentence.start, last - sentence.start)


def _certainty(text: str, start: int, stop: int, table: ContextTable, is_head_final: bool) -> str:
    """The hedge that stands nearest before a value, inside it, or (where verbs end a sentence) behind it."""
    first = start if is_head_final else max(0, start - _BEFORE)
    inside = next((name for name, p in table.hedges if p.search(text, start, stop)), "")
    if inside:
        return inside
    for name, pattern in table.hedges:
        for match in pattern.finditer(text, first, start):
            if table.gap.fullmatch(text[match.end() : start]):
                return name
        behind = pattern.search(text, stop, min(len(text), stop + _AFTER)) if is_head_final else None
        if behind and table.gap.fullmatch(text[stop : behind.start()]):
            return name
    return ""


def _role(text: str, speaker: str, lang: str) -> str:
    """How a speaker is named in a sentence, where that is more than the name of a government."""
    named = [text[m.start : m.stop] for m in mentions(text, grammar_of(lang).speakers) if speaker in m.who]
    return next((role for role, p in table_of(lang).roles if any(p.search(words) for words in named)), "")


def passages(raw: str, reading: Reading) -> list[ReadPassage]:
    """What a text holds beside its claims, in its order."""
    cleaned, grammar, table = clean(raw), grammar_of(reading.lang), table_of(reading.lang)
    listener = Listener(grammar, ())
    known: dict[str, tuple[str, ...]] = {}
    found: list[ReadPassage] = []
    last: tuple[str, ...] = ()
    for sentence in sentences(cleaned.text, reading.lang):
        told = tell(sentence, grammar)
        bare = _without(table, sentence.text)
        who = _speaker(bare, listener, table, known, last)
        if table.quotation.search(sentence.text) and not bare.strip(" ." + _BLANK + "。"):
            who = who or last  # a paragraph of nothing but speech
        last = who
        at = (cleaned, sentence, who, reading.lang)
        found += _launchers(at, table, found, told)
        found += _shared(at, table)
        found += _background(at, told, reading)
        found += _quoted(at, table, told, reading)
    return found


_At = tuple[Clean, Sentence, tuple[str, ...], str]


def _without(table: ContextTable, text: str) -> str:
    """A sentence with its direct speech, and whom something was shared with, blanked: neither speaks in it."""
    blank = table.quotation.sub(lambda m: _BLANK * len(m.group()), text)
    match = table.shared.search(blank)
    if match is None:
        return blank
    return blank[: match.start("to")] + _BLANK * len(match.group("to")) + blank[match.end("to") :]


def _speaker(
    bare: str, listener: Listener, table: ContextTable, known: dict[str, tuple[str, ...]], last: tuple[str, ...]
) -> tuple[str, ...]:
    """Who speaks in a sentence; names are remembered, so that a surname alone is known again, and "he" is whoever spoke last."""
    reaches = listener.reaches(bare, lambda start, stop: False)
    who = reaches[0].who if reaches else ()
    named = table.name_said.search(bare)
    if named is not None:
        name = named.group("name")
        who = last if name in _PRONOUNS else known.get(name, who)
    elif who:
        known.update(dict.fromkeys(re.findall(r"[A-Z][\w-]+", bare), who))
    return who


def _passage(at: _At, kind: str, start: int, stop: int, value: str = "") -> ReadPassage:
    cleaned, sentence, who, lang = at
    first, last = cleaned.span(sentence.start + start, sentence.start + stop)
    speaker = who[0] if len(who) == 1 else ""
    role = _role(sentence.text, speaker, lang) if speaker else ""
    return ReadPassage(kind, cleaned.raw[first:last], (first, last), speaker, role, value)


def _nations(table: ContextTable, words: str) -> str:
    return ",".join(nation for nation, pattern in table.nations if pattern.search(words))


def _launchers(at: _At, table: ContextTable, found: list[ReadPassage], told: Told) -> list[ReadPassage]:
    match = table.launcher.search(told.text) if told.is_launch and not told.is_other else None
    if match is None or any(p.kind == "launcher" for p in found):
        return []
    nation = _nations(table, match.group("nation"))
    return [_passage(at, "launcher", match.start(), match.end(), nation)] if nation and "," not in nation else []


def _shared(at: _At, table: ContextTable) -> list[ReadPassage]:
    match = table.shared.search(at[1].text)
    nations = _nations(table, match.group("to")) if match else ""
    return [_passage(at, "shared", 0, len(at[1].text), nations)] if nations else []


def _background(at: _At, told: Told, reading: Reading) -> list[ReadPassage]:
    """Sentences, or their ends, that tell of other launches."""
    text = at[1].text
    at, has_claims = (
        (*at[:2], (), at[3]),
        _has_claims(at, reading),
    )  # told by the report, whoever speaks in its sentence
    if (told.is_launch or any(v.kind == "launch" for v in told.verbs)) and told.is_other and not has_claims:
        return [_passage(at, "background", 0, len(text))]
    vehicle = grammar_of(reading.lang).launches.vehicle
    return [
        _passage(at, "background", a.start, a.stop)
        for a in told.asides
        if told.is_launch and a.stop - a.start > _LEAST_WORDS and vehicle.search(text, a.start, a.stop)
    ]


def _has_claims(at: _At, reading: Reading) -> bool:
    cleaned, sentence, *_ = at
    start, stop = cleaned.span(sentence.start, sentence.start + len(sentence.text))
    return any(start <= c.span[0] < stop for c in reading.claims)


def _quoted(at: _At, table: ContextTable, told: Told, reading: Reading) -> list[ReadPassage]:
    """Sentences with direct speech, whole; not of another occasion, and not where claims were read from all of it."""
    text = at[1].text
    spoken = [m for m in table.quotation.finditer(text) if _is_speech(m.group(), reading.lang)]
    if not spoken or table.other_time.search(text) or (told.is_other and told.is_launch):
        return []
    return [] if _are_claims(at, spoken, reading) else [_passage(at, "quoted", 0, len(text))]


def _is_speech(words: str, lang: str) -> bool:
    """More than a name or a term in quotation marks."""
    return len(words) > _WIDE_LEAST if lang != "en" else len(words) > _LEAST_WORDS and " " in words


def _are_claims(at: _At, spoken: "list[re.Match[str]]", reading: Reading) -> bool:
    cleaned, sentence, *_ = at
    edges = [cleaned.span(sentence.start + m.start(), sentence.start + m.end()) for m in spoken]
    return all(any(start <= c.span[0] < stop for c in reading.claims) for start, stop in edges)
