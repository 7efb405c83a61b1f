"""What a bulletin says, sentence by sentence, in no language yet: the codes of sentences with what goes into their slots."""

from dataclasses import dataclass
from math import ceil
from typing import Any, Final

from msgspec import UNSET, UnsetType

from bongsu.language.warning.families import (
    AHEAD,
    LAUNCH_TOLD,
    LIFTING,
    MARKED,
    PAST,
    act_of,
    actions_of,
    certainty_of,
    grade_of,
    is_time_open,
    key_of,
)
from bongsu.language.warning.times import minute_of
from bongsu.messages.bulletin import Bulletin

Names = tuple[tuple[str, str], ...]  # (language, name)
_OPENINGS: Final = {"update": "replaces", "correction": "corrects", "end": "ends"}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence by its code. A slot holds a minute, minutes, names by language (one or several), or a figure."""

    code: str
    slots: tuple[tuple[str, Any], ...] = ()


def sentence(code: str, **slots: Any) -> Sentence:
    """A sentence with the slots that are known; what is not known is left out."""
    return Sentence(code, tuple((name, value) for name, value in slots.items() if value is not None and value != ()))


def whole(bulletin: Bulletin) -> tuple[Sentence, ...]:
    """All sentences of a text but the key phrase, in their order."""
    return (*opening(bulletin), *said(bulletin), *asked(bulletin), *closing(bulletin))


def opening(bulletin: Bulletin) -> tuple[Sentence, ...]:
    """That it is not live, if it is not."""
    return (sentence(f"mode:{bulletin.mode}"),) if bulletin.mode in MARKED else ()


def said(bulletin: Bulletin) -> tuple[Sentence, ...]:
    """The sentences between key phrase and instructions."""
    key = key_of(bulletin)
    told = [*_opening(bulletin, key), *_standing(bulletin, key)]
    if key in LAUNCH_TOLD:
        told.append(sentence("launch", launch=_minute(bulletin.launch_ns), near=bulletin.launched_near))
    told.extend(_danger(bulletin, key))
    if is_time_open(bulletin):
        told.append(sentence(f"time_unknown:{'past' if key in PAST else 'ahead'}"))
    if key == "fell_outside":
        told.append(sentence("concerned", places=areas_of(bulletin)))
    spill = spill_of(bulletin)
    return (*told, sentence("spill", spill=spill)) if spill else tuple(told)


def asked(bulletin: Bulletin) -> tuple[Sentence, ...]:
    """The instructions."""
    return tuple(sentence(f"act:{name}") for name in actions_of(bulletin))


def closing(bulletin: Bulletin) -> tuple[Sentence, ...]:
    """Until when, and who says so."""
    sent = minute_of(bulletin.sent_ns)
    issued = sentence("issued", authority=bulletin.authority_names, sent=sent)
    return sentence(until_code(bulletin), until=minute_of(bulletin.until_ns)), issued


def brief(bulletin: Bulletin) -> tuple[Sentence, ...]:
    """The same in as few words as a short channel needs, between key phrase and end."""
    key, act = key_of(bulletin), act_of(bulletin)
    told = [sentence(f"brief:{act}", refs=refs_of(bulletin))] if act != "first" else []
    told += [sentence(f"brief:{bulletin.why}")] if bulletin.why else []
    told += [sentence("brief:was_unconfirmed")] if is_past_unconfirmed(bulletin) else []
    told.append(sentence("brief:places", places=areas_of(bulletin)))
    told.extend(_brief_danger(bulletin, key))
    told += [sentence("brief:time_unknown")] if is_time_open(bulletin) else []
    told += [sentence("brief:spill", spill=spill)] if (spill := spill_of(bulletin)) else []
    told.extend(sentence(f"brief:{name}") for name in actions_of(bulletin))
    told.append(sentence(f"brief:{until_code(bulletin)}", until=minute_of(bulletin.until_ns)))
    told.append(sentence("brief:issued", authority=bulletin.authority_names, sent=minute_of(bulletin.sent_ns)))
    return tuple(told)


def areas_of(bulletin: Bulletin) -> tuple[Names, ...]:
    """The names of the areas, in the order of the bulletin."""
    return tuple(area.names for area in bulletin.areas)


def refs_of(bulletin: Bulletin) -> tuple[int, ...]:
    """When the statements that this one replaces were sent."""
    return tuple(dict.fromkeys(minute_of(reference.sent_ns) for reference in bulletin.references))


def spill_of(bulletin: Bulletin) -> int:
    """How far beyond its areas a statement may reach, in whole kilometres up; 0 for none."""
    return ceil(max(area.over_spill_m for area in bulletin.areas) / 1_000.0)


def is_past_unconfirmed(bulletin: Bulletin) -> bool:
    """Whether what was said before rested on unconfirmed evidence, and nothing new is said of the danger."""
    return key_of(bulletin) in LIFTING and not bulletin.is_confirmed


def until_code(bulletin: Bulletin) -> str:
    """Whether it is in force, or was: of what ran out."""
    is_over = act_of(bulletin) == "expiry" and bulletin.until_ns <= bulletin.sent_ns
    return "was_until" if is_over else "until"


def _opening(bulletin: Bulletin, key: str) -> list[Sentence]:
    act, refs = act_of(bulletin), refs_of(bulletin)
    if key in ("withdrawn", "expired"):
        code = "withdrawn" if key == "withdrawn" else "ran_out"
        return [sentence(code, refs=refs, places=areas_of(bulletin))]
    return [sentence(_OPENINGS[act], refs=refs)] if act in _OPENINGS else []


def _standing(bulletin: Bulletin, key: str) -> list[Sentence]:
    found = [sentence(f"why:{bulletin.why}")] if bulletin.why else []
    if is_past_unconfirmed(bulletin):
        found.append(sentence("was_unconfirmed"))
    elif not bulletin.is_confirmed:
        found.append(sentence("unconfirmed"))
    grade = grade_of(bulletin)
    return [*found, sentence(f"grade:{grade}")] if grade else found


def _danger(bulletin: Bulletin, key: str) -> list[Sentence]:
    places, certainty = areas_of(bulletin), certainty_of(bulletin)
    impact, over = _minute(bulletin.impact_ns), _minute(bulletin.over_ns)
    if key == "aware":
        return [sentence("aware", places=places), *([] if impact is None else [sentence("expected", impact=impact)])]
    if key in AHEAD:
        return [sentence(f"danger:{certainty}:{bulletin.hazard}", places=places, impact=impact)]
    if key == "passed":
        return [sentence(f"passed:{certainty}", places=places, over=over, where=bulletin.over_where)]
    if key == "fell":
        where = [sentence("where", where=bulletin.over_where)] if bulletin.over_where else []
        return [sentence(f"fell:{certainty}", places=places, over=over), *where]
    if key == "fell_outside":
        return [sentence(f"fell_outside:{certainty}", over=over, where=bulletin.over_where)]
    if key == "no_danger":
        return [sentence("no_danger", places=places)]
    return [sentence("over", places=places)] if key in ("all_clear", "ships_over") else []


def _brief_danger(bulletin: Bulletin, key: str) -> list[Sentence]:
    certainty, impact = certainty_of(bulletin), _minute(bulletin.impact_ns)
    if key in AHEAD:
        return [sentence(f"brief:{bulletin.hazard}", impact=impact, degree=certainty)]
    if key in PAST:
        return [sentence("brief:past", over=_minute(bulletin.over_ns), degree=certainty)]
    return [sentence("brief:expected", impact=impact)] if key == "aware" and impact is not None else []


def _minute(t_ns: int | UnsetType) -> int | None:
    return None if t_ns is UNSET else minute_of(t_ns)
