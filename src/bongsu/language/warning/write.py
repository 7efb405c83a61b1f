"""Writing: a bulletin into the fixed sentences of a language. What cannot be written truly is refused, never written in part."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from bongsu.errors import BadInput
from bongsu.language.warning import plan
from bongsu.language.warning.check import faults_in
from bongsu.language.warning.families import LIFTING, act_of, key_of
from bongsu.language.warning.times import clock, minute_of, whole
from bongsu.language.warning.words import LANGUAGES, Wording, filled, wording_of
from bongsu.messages.bulletin import Bulletin

# Characters that channels carry: cell broadcast in the lengths networks offer, the headline that CAP recommends.
LIMITS: Final = {"cell_broadcast_90": 90, "cell_broadcast_157": 157, "cell_broadcast_615": 615, "headline": 160}


@dataclass(frozen=True, slots=True)
class Written:
    """One statement in one language. `text` is the whole of it, a sentence a line; `brief` the same in few words.

    Headline, description, instruction, text and brief of what is not live begin and end with the word that says so.
    """

    lang: str
    headline: str
    description: str
    instruction: str
    area_text: str
    text: str
    brief: str


def written(bulletin: Bulletin, lang: str) -> Written:
    """A bulletin in one of the languages. Raises BadInput for what cannot be said: a missing name, an impossible time."""
    if lang not in LANGUAGES:
        raise BadInput("a warning", f"language {lang!r}", f"one of {', '.join(LANGUAGES)}", "Ask for one of these.")
    if faults := faults_in(bulletin, lang):
        first = faults[0]
        raise BadInput(
            f"bulletin {bulletin.bulletin_id}, {lang}", f"{first.what} ({first.rule})", "what can be said truly and whole",
            "Mend the bulletin; nothing was written.",
        )  # fmt: skip
    w = wording_of(lang)
    headline = headline_of(bulletin, w)
    mode = _sentences(plan.opening(bulletin), bulletin, w)
    told = _sentences(plan.said(bulletin), bulletin, w)
    asked = _sentences(plan.asked(bulletin), bulletin, w)
    closing = _sentences(plan.closing(bulletin), bulletin, w)
    key = f"{headline}{w.stop}"
    text = [f"{key}{w.between}{key}", *mode, *told, *asked, *closing]
    brief = [key, *_sentences(plan.brief(bulletin), bulletin, w)]
    mark = w.modes.get(bulletin.mode, "")
    return Written(
        lang=lang,
        headline=_marked(headline, mark, " - "),
        description=_marked(w.between.join([*mode, *told, *closing]), mark, " - "),
        instruction=_marked(w.between.join(asked), mark, " - "),
        area_text=w.listed.join(dict(area.names)[lang] for area in bulletin.areas),
        text=_marked("\n".join(text), mark, "\n"),
        brief=_marked("\n".join(brief), mark, "\n"),
    )


def fitted(statement: Written, n_chars: int) -> str:
    """What a channel of so many characters carries: the whole text, else the brief. Raises BadInput where neither fits."""
    for text in (statement.text, statement.brief):
        if len(text) <= n_chars:
            return text
    raise BadInput(
        f"a statement in {statement.lang}", f"{len(statement.brief)} characters at the shortest", f"at most {n_chars}",
        "Send it in parts by area, or by a channel that carries more; it is never cut.",
    )  # fmt: skip


def headline_of(bulletin: Bulletin, w: Wording) -> str:
    """The key phrase, with what it is to those before and whether it is unconfirmed."""
    return headline(act_of(bulletin), key_of(bulletin), not bulletin.is_confirmed, w)


def headline(act: str, key: str, is_unconfirmed: bool, w: Wording) -> str:
    """The key phrase of an act, a family and its evidence."""
    mark = w.unconfirmed if is_unconfirmed and key not in LIFTING else ""
    return f"{w.prefixes.get(act, '')}{w.keys[key]}{mark}"


def _marked(text: str, mark: str, between: str) -> str:
    return f"{mark}{between}{text}{between}{mark}" if mark else text


def _sentences(sentences: Iterable[plan.Sentence], bulletin: Bulletin, w: Wording) -> list[str]:
    sent = minute_of(bulletin.sent_ns)
    found = []
    for one in sentences:
        slots = {name: _printed(one.code, name, value, sent, w) for name, value in one.slots}
        found.append(w.polish(filled(w.sentences[one.code], slots)))
    return found


def _printed(code: str, name: str, value: Any, sent: int, w: Wording) -> str:
    """What stands in a slot."""
    if name == "degree":
        return w.sentences[f"degree:{value}"]
    if name == "spill":
        return str(value)
    if name == "refs":
        return w.listed.join(clock(minute, sent, w) for minute in value)
    if isinstance(value, int):
        return whole(value, w) if code == "issued" else clock(value, sent, w)
    if name == "places":
        return w.listed.join(w.named(dict(names)[w.lang]) for names in value)
    found = dict(value)[w.lang]
    return found if name == "authority" else w.named(found)
