"""Who vouches for what: mentions of speakers, and how far their word reaches.

English says it before ("the JCS said that ..."), after ("..., the JCS said") or at either end ("according to the JCS").
Japanese and Korean name the subject early and say "announced" at the end. Outside every reach the narrator speaks.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from bongsu.language.grammar import Grammar, SpeakerTable

Speakers = tuple[str, ...]
Blocked = Callable[[int, int], bool]  # whether another verb stands between two places
NARRATOR: Speakers = ("media",)
MILITARY = {"kor": "kor.jcs", "jpn": "jpn.mod", "usa": "usa.mil", "prk": "prk.gov", "other": "other"}
_MAX_GAP = 110  # characters between a speaker and the verb of saying
_CLOSE = 12  # characters between a late subject and its verb
_HEADLINE = re.compile(r"(?::|--?|—|–)\s(?:the )?$")  # "... : JCS"
_HEADED = re.compile(r"\s?(?:[:：]|[\"“‘「『](?=[^\"”’」』]+[\"”’」』]?\s*$))")  # a headline: JCS "..."
_PRONOUNS = ("it", "he", "she", "they")
_AFTER = re.compile(
    r"\b(?:with|to|against|alongside)\s+(?:both\s+)?(?:the\s+)?$"
)  # whom something was done to is no "it"
_INVERTED = re.compile(r"[,”\"]\s*$")  # "..., said X."
_ENDED = re.compile(r"(?:\s+(?:spokes\w+|[A-Z][\w.’'-]+)){0,4}\s*(?:[.,;]|$|citing|quoting|on\b|in\b|late\b|early\b)")
_TRAILING = re.compile(
    r"(?:\s+(?:reporters|lawmakers|parliament|journalists|the media|a (?:news|press) (?:conference"
    r"|briefing)))?\s*(?:,|\.|$|;|[”\"]|—|--)|(?:\s+(?:on|in|at|late|early|earlier|later|via|through|to reporters"
    r"|after|today|yesterday|(?:Mon|Tues|Wednes|Thurs|"
    r"Fri|Satur|Sun)day)\b[^.,;]{0,60}?)(?=[,.;]|$)"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody who can vouch, in one sentence."""

    start: int
    stop: int
    who: Speakers


@dataclass(frozen=True, slots=True)
class Reach:
    """A stretch of a sentence and who vouches for it."""

    start: int
    stop: int
    who: Speakers


def mentions(text: str, table: SpeakerTable) -> list[Mention]:
    """The speakers named in a sentence, in order."""
    found = []
    for match in table.mention.finditer(text):
        who = _who(match, table)
        if who:
            found.append(Mention(match.start(), match.end(), who))
    return found


def _who(match: "re.Match[str]", table: SpeakerTable) -> Speakers:
    kind = str(match.lastgroup)
    if kind.startswith(("h_", "nation")):
        head = next((name[2:] for name, text in match.groupdict().items() if text and name.startswith("h_")), "")
        named = match.group("nations")
        if "," in named and table.placed.search(match.string, max(0, match.start() - 24), match.start()):
            named = named.partition(",")[2].strip()
        found = [(at.start(), nation) for nation, pattern in table.nations if (at := pattern.search(named))]
        nations = [nation for _, nation in sorted(found)]
        if not head and (_is_adjective(named) or not table.bare.match(match.string, match.end())):
            return ()
        return tuple(dict.fromkeys(speaker_of(nation, head) for nation in nations))
    return (kind.replace("_", ".", 1),)


def _is_adjective(named: str) -> bool:
    return named.rstrip().endswith(("Korean", "Koreans", "Japanese", "American", "Americans"))


def speaker_of(nation: str, head: str) -> str:
    """The speaker that a nation and the kind of body make."""
    if nation in ("un", "other"):
        return nation
    if head == "media":
        return "prk.state_media" if nation == "prk" else "media"
    if head == "analyst":
        return "analyst"
    if head == "coastguard":
        return "jpn.coastguard" if nation == "jpn" else MILITARY[nation]
    return MILITARY[nation] if head == "mil" else f"{nation}.gov"


class Listener:
    """Hears one text, sentence by sentence; remembers who spoke last, for "it added"."""

    def __init__(self, grammar: Grammar, narrator: Speakers = NARRATOR) -> None:
        self._grammar, self.narrator = grammar, narrator
        self._last: Speakers = ()

    def reaches(self, text: str, is_blocked: Blocked) -> list[Reach]:
        """Who vouches for which stretch of a sentence; `is_blocked` tells of verbs that end a subject."""
        named = mentions(text, self._grammar.speakers)
        finder = self._final if self._grammar.is_head_final else self._initial
        found = finder(text, named, is_blocked)
        if found:
            self._last = found[-1].who
        return found

    def who(self, reaches: list[Reach], at: int) -> Speakers:
        """Who vouches for a place in the sentence whose reaches these are: the innermost."""
        holding = [reach for reach in reaches if reach.start <= at < reach.stop]
        return min(holding, key=lambda reach: reach.stop - reach.start).who if holding else self.narrator

    def _pointing_back(self, text: str) -> Speakers:
        """Whom "the military", "the ministry", "it" stands for."""
        nation = self._last[0].partition(".")[0] if self._last else ""
        low = text.lower()
        if any(word in low for word in ("military", "軍", "군")):
            return (MILITARY.get(nation, "kor.jcs") if nation not in ("prk", "media", "analyst") else "kor.jcs",)
        if any(word in low for word in ("defense", "defence", "防衛", "국방")):
            return (MILITARY.get(nation, "jpn.mod") if nation not in ("prk", "media", "analyst") else "jpn.mod",)
        return self._last

    def _initial(self, text: str, named: list[Mention], is_blocked: Blocked) -> list[Reach]:
        """Reaches of a sentence whose verb of saying follows its subject."""
        table = self._grammar.speakers
        said = [*self._sayings(text, named, is_blocked), *self._accordings(text, named), *self._passives(text, named)]
        said += [
            (m.start, m.stop, m.who, True)
            for m in named
            if m.stop == len(text) and _HEADLINE.search(text, max(0, m.start - 8), m.start)
        ]
        said += [
            (m.start, m.stop, m.who, False) for m in named[:1] if m.start < 5 and text[m.stop : m.stop + 2] == ": "
        ]
        said.sort(key=lambda s: s[0])
        found: list[Reach] = []
        edge = 0
        for i, (start, stop, who, is_trailing) in enumerate(said):
            after = next((s for s, _, _, trails in said[i + 1 :] if not trails), len(text))
            begin = edge if is_trailing else start
            found.append(Reach(begin, max(after, stop), who))
            edge = stop
        quoted = table.quoting.search(text)
        inner = next((m for m in named if quoted and m.start >= quoted.end() - 1 and m.start - quoted.end() < 30), None)
        if inner is not None and inner.who != ("media",):
            found = [replace(r, who=inner.who) if r.who == ("media",) else r for r in found] or [
                Reach(0, len(text), inner.who)
            ]
        return found

    def _sayings(self, text: str, named: list[Mention], is_blocked: Blocked) -> list[tuple[int, int, Speakers, bool]]:
        """Subject and verb of saying: start, end, who, whether what is said stands before them."""
        found = []
        is_weak: list[bool] = []
        before = 0
        for verb in self._grammar.speakers.said.finditer(text):
            inverted = next((m for m in named if 1 <= m.start - verb.end() <= 5), None)
            if inverted and _INVERTED.search(text, 0, verb.start()) and _ENDED.match(text, inverted.stop):
                found.append((verb.start(), inverted.stop, inverted.who, True))
                is_weak.append(False)
                continue
            subject = self._subject(text, named, is_blocked, before, verb.start())
            if subject is None:
                continue
            start, who = subject
            is_trailing = bool(_TRAILING.match(text, verb.end())) and len(text[:start].strip(' ,"“”')) > 18
            found.append((start, verb.end(), who, is_trailing))
            is_weak.append(self._grammar.speakers.weak.match(verb.group()) is not None)
            before = verb.end()
        return found if all(is_weak) else [f for f, weak in zip(found, is_weak, strict=True) if not weak]

    def _subject(
        self, text: str, named: list[Mention], is_blocked: Blocked, before: int, at: int
    ) -> tuple[int, Speakers] | None:
        """Who says it: the nearest speaker before the verb with no other verb between; or one who did something "and said"."""
        back = self._grammar.speakers.carry.search(text, max(before, at - 60), at)
        is_pronoun = back is not None and back.group().split()[0].lower() in _PRONOUNS
        near = [m for m in named if before <= m.start and m.stop <= at and at - m.stop <= _MAX_GAP]
        for mention in () if is_pronoun else reversed(near):
            if not is_blocked(mention.stop, at):
                return mention.start, mention.who
        if (
            re.search(r"\b(?:and|but|then|later)\s+(?:also\s+|later\s+)?$", text[max(0, at - 24) : at])
            and named
            and named[0].stop < at
        ):
            return at, named[0].who
        if back and is_pronoun and (who := self._at_head(text) or self._first_doer(text, named, back.start())):
            return back.start(), who
        if back and self._pointing_back(back.group()):
            return back.start(), self._pointing_back(back.group())
        return None

    def _first_doer(self, text: str, named: list[Mention], at: int) -> Speakers:
        """The first speaker named before a place, if nothing was done to it."""
        first = named[0] if named and named[0].stop <= at else None
        return first.who if first and not _AFTER.search(text, 0, first.start) else ()

    def _at_head(self, text: str) -> Speakers:
        """Whom a sentence that begins with "the military" is about, for the "it" at its end."""
        for end in (m.start() for m in re.finditer(r"\s", text[: _CLOSE * 4])):
            found = self._grammar.speakers.carry.match(text, 0, end)
            if found and found.group().split()[0].lower() not in _PRONOUNS:
                return self._pointing_back(found.group())
        return ()

    def _accordings(self, text: str, named: list[Mention]) -> list[tuple[int, int, Speakers, bool]]:
        """ "According to X": the whole sentence at its head, what stands before it elsewhere."""
        found = []
        for cue in self._grammar.speakers.according.finditer(text):
            near = [m for m in named if 0 <= m.start - cue.end() <= 40]
            if near:
                found.append((cue.start(), near[0].stop, near[0].who, cue.start() > 10))
        return found

    def _passives(self, text: str, named: list[Mention]) -> list[tuple[int, int, Speakers, bool]]:
        """ "was described by X as"."""
        found = []
        for cue in self._grammar.speakers.passive.finditer(text):
            near = [m for m in named if 0 <= m.start - cue.end() <= 6]
            if near:
                found.append((cue.start(), near[0].stop, near[0].who, True))
        return found

    def _final(self, text: str, named: list[Mention], is_blocked: Blocked) -> list[Reach]:
        """Reaches of a sentence that ends with its verb of saying."""
        table = self._grammar.speakers
        found = [Reach(m.start, len(text), m.who) for m in named[:1] if _HEADED.match(text, m.stop) and m.start < 3]
        for cue in table.according.finditer(text):
            near = [m for m in named if m.start <= cue.start() + 1 and cue.start() - 12 <= m.stop <= cue.end()]
            if near:
                found.append(Reach(near[-1].start, len(text), near[-1].who))
        edge, is_told = 0, bool(found)
        for verb in table.said.finditer(text):
            late = [m for m in named if verb.start() - _CLOSE <= m.start and edge <= m.start and m.stop <= verb.end()]
            late = [m for m in late if table.particle.match(text, m.stop) and m.start - edge > _CLOSE]
            subjects = [m for m in named if edge <= m.start and m.stop <= verb.start() and m not in late]
            topical = [m for m in subjects if table.topic.match(text, m.stop)]
            if not is_told and not late:
                topical += [
                    m for m in subjects if table.particle.match(text, m.stop) and not is_blocked(m.stop, verb.start())
                ]
            if late and not topical:
                found.append(Reach(edge, verb.end(), late[-1].who))
            elif topical:
                found.append(Reach(topical[0].start, verb.end(), topical[0].who))
            elif found and not is_told:  # the same subject says on
                found.append(Reach(edge, verb.end(), found[-1].who))
            elif self._last and not is_told and self._is_carried(text, edge, verb.start(), verb.end()):
                found.append(Reach(edge, len(text), self._last))
            edge = verb.end()
        return _cut(sorted(found, key=lambda r: r.start), text, table)

    def _is_carried(self, text: str, edge: int, start: int, stop: int) -> bool:
        """Whether a saying without a subject goes on with the last speaker: by how the sentence begins, or by the verb."""
        carry = self._grammar.speakers.carry
        at_head = edge == 0 and carry.match(text) is not None
        return at_head or carry.search(text, max(edge, start - 6), stop) is not None


def _cut(found: list[Reach], text: str, table: SpeakerTable) -> list[Reach]:
    """Reaches that end where the next begins, or where the sentence turns to something else."""
    cut = []
    for reach in found:
        nexts = [r.start for r in found if r.start > reach.start]
        turns = [t.start() for t in table.turn.finditer(text, reach.start)]
        cut.append(replace(reach, stop=min([reach.stop, *nexts, *turns])))
    return cut
