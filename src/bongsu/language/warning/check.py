"""What is wrong with a bulletin before any word of it is written: unfit standing, missing names, times that cannot be."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from msgspec import UNSET, UnsetType

from bongsu.language.warning.families import AHEAD, FITS, LIFTING, act_of, key_of
from bongsu.language.warning.times import clock
from bongsu.language.warning.words import Wording, wording_of
from bongsu.messages.bulletin import Bulletin

LONGEST_NS: Final = 31 * 86_400 * 1_000_000_000  # a statement in force longer is likelier a mistake
LATE_NS: Final = (
    300 * 1_000_000_000
)  # a time still to come may be past by so much when it is sent: then it is late, not wrong
_NS_PER_MIN: Final = 60 * 1_000_000_000
_BREAKS: Final = re.compile(r"[;；。:：\n\r\[\]{}]|\.\s|\s-\s|^\s|\s$|\s\s|\([^()]*/[^()]*\)")
_BREAKS_LIST: Final = re.compile(r"[,，、]")


@dataclass(frozen=True, slots=True)
class Fault:
    """A rule that is broken, and by what."""

    rule: str
    what: str


def faults_in(bulletin: Bulletin, lang: str) -> tuple[Fault, ...]:
    """Every reason why a bulletin cannot be written in a language."""
    w = wording_of(lang)
    return (*_standing(bulletin), *_times(bulletin, w), *_names(bulletin, w))


def _standing(b: Bulletin) -> Iterator[Fault]:
    if b.standing not in FITS[b.family]:
        yield Fault("family", f"{b.family} as {b.standing}: it may be {', '.join(FITS[b.family])}")
    if (b.standing == "alert") == bool(b.references):
        yield Fault(
            "references", "an alert replaces nothing" if b.references else f"{b.standing} without what it replaces"
        )
    if (b.standing == "correction" or b.family == "withdrawn") and not b.why:
        yield Fault("why", "what was wrong is taken back without saying why")
    if not b.is_confirmed and b.certainty in ("Observed", "Likely") and key_of(b) not in LIFTING:
        yield Fault("certainty", f"unconfirmed evidence called {b.certainty}; at most Possible")


def _times(b: Bulletin, w: Wording) -> Iterator[Fault]:
    """Moments in the order in which they can be, with the room that printing to the minute needs."""
    is_over = act_of(b) == "expiry"
    if not is_over and b.until_ns // _NS_PER_MIN <= b.sent_ns // _NS_PER_MIN:
        yield Fault("times", f"valid until {_told(b.until_ns, b, w)}, sent at {_told(b.sent_ns, b, w)}")
    if abs(b.until_ns - b.sent_ns) > LONGEST_NS:
        yield Fault("times", f"valid until {_told(b.until_ns, b, w)}: longer than 31 days from when it is sent")
    told = {"launch": b.launch_ns, "impact": b.impact_ns, "over": b.over_ns}
    for name, t_ns in told.items():
        if not isinstance(t_ns, UnsetType) and abs(t_ns - b.sent_ns) > LONGEST_NS:
            yield Fault("times", f"{name} {_told(t_ns, b, w)}: more than 31 days from when it is sent")
    for earlier, later in (("launch", "impact"), ("launch", "over")):
        first, last = told[earlier], told[later]
        if not isinstance(first, UnsetType) and not isinstance(last, UnsetType) and last < first:
            yield Fault("times", f"{later} {_told(last, b, w)} before {earlier} {_told(first, b, w)}")
    for name in ("launch", "over"):
        t_ns = told[name]
        if not isinstance(t_ns, UnsetType) and t_ns > b.sent_ns:
            yield Fault("times", f"{name} {_told(t_ns, b, w)} is told before it happened, at {_told(b.sent_ns, b, w)}")
    if b.impact_ns is not UNSET and not is_over and key_of(b) in ("aware", *AHEAD):
        if b.impact_ns > b.until_ns:
            yield Fault(
                "times", f"valid until {_told(b.until_ns, b, w)}, before what it warns of, {_told(b.impact_ns, b, w)}"
            )
        if b.impact_ns + LATE_NS < b.sent_ns:
            yield Fault("times", f"warns of {_told(b.impact_ns, b, w)}, past when sent at {_told(b.sent_ns, b, w)}")
    for reference in b.references:
        if not 0 <= b.sent_ns - reference.sent_ns <= LONGEST_NS or reference.bulletin_id == b.bulletin_id:
            yield Fault(
                "references", f"{reference.bulletin_id}, sent {_told(reference.sent_ns, b, w)}, is not an earlier one"
            )


def _told(t_ns: int, b: Bulletin, w: Wording) -> str:
    return clock(t_ns // _NS_PER_MIN, b.sent_ns // _NS_PER_MIN, w)


def _names(b: Bulletin, w: Wording) -> Iterator[Fault]:
    """Names in the language asked for, in its writing, that stand in a list without breaking it."""
    given = [(f"area {area.area_id}", area.names, True) for area in b.areas]
    given.append((f"authority {b.authority}", b.authority_names, False))
    given += [
        (where, names, True)
        for where, names in (("launched_near", b.launched_near), ("over_where", b.over_where))
        if names
    ]
    for where, names, is_listed in given:
        name = dict(names).get(w.lang, "")
        if not name.strip():
            yield Fault("name", f"{where} has no name in {w.lang}")
            continue
        if odd := foreign(name, w):
            yield Fault("script", f"{where}, {name!r}: {odd!r} is not {w.lang}")
        if _BREAKS.search(name) or (is_listed and _BREAKS_LIST.search(name)):
            yield Fault("name", f"{where}, {name!r}: holds a mark that would break the sentence")
        elif not re.search(f"[{w.letters}]", name):
            yield Fault("name", f"{where}, {name!r}: no word")
        if b.mode not in w.modes and re.search(w.mode_words["exercise"], name):
            yield Fault("live", f"{where}, {name!r}: a name of an exercise")
    listed = [dict(area.names).get(w.lang) for area in b.areas]
    if len(set(listed)) < len(listed):
        yield Fault("name", f"two areas of one name in {w.lang}")


def names_of(b: Bulletin, lang: str) -> tuple[str, ...]:
    """Every name in a bulletin, in one language."""
    given = [*(area.names for area in b.areas), b.authority_names, b.launched_near, b.over_where]
    return tuple(name for names in given if (name := dict(names).get(lang, "")))


def foreign(text: str, w: Wording) -> str:
    """The first character that a language's writing does not have; empty where there is none."""
    for word in w.others:
        text = text.replace(word, "")
    found = re.search(f"[^0-9{w.letters}{re.escape(w.marks)}]", text)
    return found.group() if found else ""
