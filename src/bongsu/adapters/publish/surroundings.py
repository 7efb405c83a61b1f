"""What else happened in those days, by date alone: passages of the reports, and signs that were recorded."""

from datetime import date

from bongsu.adapters.publish.hearsay import Hearsay, local_day
from bongsu.adapters.publish.reported.story import Story
from bongsu.adapters.publish.sentence import Sentence, state
from bongsu.language.occasions import causal
from bongsu.language.recounting import Recounting
from bongsu.language.telling import Telling

_DAYS = 14  # before and after the launch
_SIGNS = ("statement", "visit", "exercise", "port_call", "leadership", "partner_remark")


def sentences(w: Recounting, t: Telling, heard: Hearsay, story: Story) -> list[Sentence]:
    """One sentence for each, by date, after one that says what the list means; a note that gives a reason is left out."""
    dates = {text.number: text.published for text in story.texts}
    rows = []
    for p in story.passages:
        if p.kind == "context":
            who = w.say("who", who=t.speaker(p.speaker, p.role)) if p.speaker else ""
            day = dates.get(p.cause, "")
            told = w.say(
                "context",
                date=day or w.say("undated"),
                occasion=w.occasions[p.value],
                who=who,
                quote=t.quote(p.evidence),
            )
            rows.append((day, told, p.id))
    for seq, sign in heard.signs:
        day = local_day(sign.observed_ns)
        is_plain = not any(causal(sign.note, lang) for lang in ("en", "ko", "ja"))
        if sign.kind in _SIGNS and sign.note and is_plain and _is_near(day, story.day):
            rows.append(
                (day, w.say("sign", date=day, occasion=w.occasions[sign.kind], note=t.quote(sign.note)), str(seq))
            )
    if not rows:
        return []
    lead = state(w.say("context_note"), story.account.id, w=w)
    return [lead, *(Sentence(text=w.sentence(told), rests_on=(ref,)) for _, told, ref in sorted(rows))]


def _is_near(day: str, launch_day: str) -> bool:
    return abs((date.fromisoformat(day) - date.fromisoformat(launch_day)).days) <= _DAYS
