"""What a sentence tells of launches: of one that happened, of others in passing, or of none."""

import re
from dataclasses import dataclass, replace

from bongsu.language.grammar import Grammar, LaunchTable
from bongsu.language.spans import Span, inside_any
from bongsu.language.split import Sentence

MASK = "\u2592"  # stands for each character of what only looks like a launch; no pattern crosses it
_NEAR = 110  # characters between a verb of launching and its vehicle
_MODAL = 70  # characters in which a launch can be said to be planned or denied


@dataclass(frozen=True, slots=True)
class Told:
    """One sentence, masked, with what it tells."""

    sentence: Sentence
    text: str  # of equal length; what only looks like a launch is blank
    asides: tuple[Span, ...]  # stretches about other launches
    verbs: tuple[Span, ...]  # kinds: launch, fall, said; sorted
    is_launch: bool  # a launch that happened, outside the asides
    is_other: bool  # it is about other launches
    is_theirs: bool  # the launch it tells of is of those who watch, or reply
    goes_on: bool  # it goes on with the sentence before
    is_related: bool  # it has a word of launches or flights at all

    def is_aside(self, at: int) -> bool:
        """Whether a place lies in a stretch about other launches."""
        return inside_any(self.asides, at)


def tell(sentence: Sentence, grammar: Grammar) -> Told:
    """Look at one sentence."""
    table = grammar.launches
    if not table.related.search(sentence.text):
        return Told(sentence, sentence.text, (), (), False, False, False, goes_on=False, is_related=False)
    text = table.mask.sub(lambda m: MASK * len(m.group()), sentence.text)
    asides = _asides(text, table.aside, grammar)
    verbs = [Span(m.start(), m.end(), str(m.lastgroup)) for m in table.verb.finditer(text)]
    nouns = [Span(m.start(), m.end(), "launch") for m in table.noun.finditer(text)]
    vehicles = [m.start() for m in table.vehicle.finditer(text)]
    acts = [v for v in verbs if v.kind == "launch" and any(_is_near(text, v, at) for at in vehicles)]
    acts = [v for v in [*acts, *nouns] if not inside_any(asides, v.start) and not _is_unreal(text, v, grammar)]
    later = _asides(text, table.after, grammar)
    if any(not inside_any(later, v.start) for v in acts):
        asides = (*asides, *later)
    is_reply = False
    if acts and table.reply.search(text):
        acts = [v for v in acts if not table.replier.search(text[max(0, v.start - _MODAL) : v.start])]
        is_reply = not acts
    deeds = [v for v in acts if v not in nouns]
    is_theirs = bool(deeds) and all(_is_by(text, v, table) for v in deeds)
    others = [m.start() for m in table.other.finditer(text) if not inside_any(asides, m.start())]
    return Told(
        sentence=sentence,
        text=text,
        asides=asides,
        verbs=tuple(sorted([*verbs, *nouns], key=lambda v: (v.start, v.stop))),
        is_launch=bool(acts),
        is_other=bool(others) or is_reply,
        is_theirs=is_theirs,
        goes_on=table.back.match(text) is not None,
        is_related=True,
    )


def _is_by(text: str, verb: Span, table: LaunchTable) -> bool:
    """Whether those who launch by this verb are those who watch, or reply."""
    is_fired = table.fired.match(text, verb.start) is not None
    return is_fired and table.replier.search(text[max(0, verb.start - _MODAL) : verb.start]) is not None


def _is_near(text: str, verb: Span, at: int) -> bool:
    """Whether a vehicle at a place can be what a verb launches: near, with nothing masked between, such as an engine."""
    between = text[verb.stop : at] if at >= verb.stop else text[at : verb.start]
    return len(between) <= _NEAR and MASK not in between


def _asides(text: str, pattern: "re.Pattern[str]", grammar: Grammar) -> tuple[Span, ...]:
    """Stretches about other launches: from their cue to the end of the sentence; at its head, to the first comma."""
    found = []
    for cue in pattern.finditer(text):
        if grammar.is_head_final:
            found.append(Span(cue.start(), cue.end(), "aside"))
            continue
        stop = len(text)
        if cue.start() < 3:
            comma = text.find(",", cue.end())
            stop = comma if comma > 0 else stop
        found.append(Span(cue.start(), stop, "aside"))
    return tuple(found)


def _is_unreal(text: str, verb: Span, grammar: Grammar) -> bool:
    """Whether a launch is only planned, threatened, possible or denied."""
    if grammar.is_head_final:
        return grammar.launches.unreal.match(text[verb.stop : verb.stop + _MODAL]) is not None
    is_done = re.match(r"(?i)[\w-]*(?:ed|shot|off)\b", text[verb.start : verb.stop]) is not None
    pattern = grammar.launches.undone if is_done else grammar.launches.unreal
    window = re.sub(r".*[.;:]", "", text[max(0, verb.start - _MODAL) : verb.start])
    return pattern.search(window) is not None


def governor(told: Told, start: int, stop: int, is_head_final: bool) -> Span | None:
    """The verb that a time, a day or a place belongs to: the nearest on its own side, else on the other."""
    before: list[Span | None] = [v for v in told.verbs if v.stop <= start]
    after: list[Span | None] = [v for v in told.verbs if v.start >= stop]
    first, second = (after[:1], before[-1:]) if is_head_final else (before[-1:], after[:1])
    near = (first or second or [None])[0]
    return replace(near, kind="launch") if near is not None and near.kind == "held" else near
