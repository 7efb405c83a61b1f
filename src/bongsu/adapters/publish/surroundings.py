"""What else happened in those days, by date alone: passages of the reports, and signs that were recorded."""

from datetime import date

from bongsu.adapters.publish import rounding as say
from bongsu.adapters.publish.hearsay import Hearsay
from bongsu.adapters.publish.reported.story import Story
from bongsu.adapters.publish.sentence import Sentence, state
from bongsu.language.occasions import causal
from bongsu.language.recounting import Recounting
from bongsu.language.telling import LANGUAGES, Telling

Row = tuple[str, str, str]  # day, sentence, id
_DAYS = 14  # before and after the launch
_SIGNS = ("statement", "visit", "exercise", "port_call", "leadership", "partner_remark")


def sentences(w: Recounting, t: Telling, story: Story, heard: Hearsay | None = None) -> list[Sentence]:
    """One sentence for each, by date, after one that says what the list means; a note that gives a reason is left out."""
    rows = [*_passages(w, t, story), *(_signs(w, t, heard, story.day) if heard is not None else ())]
    if not rows:
        return []
    lead = state(w.say("context_note"), story.account.id, w=w)
    return [lead, *(Sentence(text=w.sentence(told), rests_on=(ref,)) for _, told, ref in sorted(rows))]


def _passages(w: Recounting, t: Telling, story: Story) -> list[Row]:
    dates = {text.number: text.published for text in story.texts}
    found = []
    for p in (p for p in story.passages if p.kind == "context"):
        day = dates.get(p.cause, "")
        who = w.say("who", who=t.speaker(p.speaker, p.role)) if p.speaker else ""
        slots = {"date": day or w.say("undated"), "occasion": w.occasions[p.value], "who": who}
        found.append((day, w.say("context", **slots, quote=t.quote(p.evidence)), p.id))
    return found


def _signs(w: Recounting, t: Telling, heard: Hearsay, launch_day: str) -> list[Row]:
    found = []
    for seq, sign in heard.signs:
        day = say.local_day(sign.observed_ns)
        is_plain = not any(causal(sign.note, lang) for lang in LANGUAGES)
        if sign.kind in _SIGNS and sign.note and is_plain and _is_near(day, launch_day):
            told = w.say("sign", date=day, occasion=w.occasions[sign.kind], note=t.quote(sign.note))
            found.append((day, told, str(seq)))
    return found


def _is_near(day: str, launch_day: str) -> bool:
    return abs((date.fromisoformat(day) - date.fromisoformat(launch_day)).days) <= _DAYS
