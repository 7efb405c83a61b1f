"""What a statement says, as facts taken from a bulletin. `read` takes them from a text; all texts of a bulletin say the same."""

from dataclasses import dataclass, fields, replace
from typing import Final

from msgspec import UNSET, UnsetType

from bongsu.language.warning import plan
from bongsu.language.warning.families import (
    AHEAD,
    LAUNCH_TOLD,
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


@dataclass(frozen=True, slots=True)
class Facts:
    """What a statement says. Times are minutes since 1970, None where not told; names are those of one language.

    `odd` are lines that are none of the fixed sentences, or not as the language writes them; `impossible` are times that
    cannot be, and facts told twice and otherwise.
    """

    mode: str = "live"
    key: str = ""
    act: str = "first"
    is_unconfirmed: bool = False
    certainty: str = ""
    hazard: str = ""
    places: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    authority: str = ""
    sent: int | None = None
    until: int | None = None
    impact: int | None = None
    over: int | None = None
    launch: int | None = None
    near: str = ""
    where: str = ""
    is_time_unknown: bool = False
    refs: tuple[int, ...] = ()
    why: str = ""
    grade: str = ""
    spill: int = 0
    odd: tuple[str, ...] = ()
    impossible: tuple[str, ...] = ()


BRIEF_LACKS: Final = ("launch", "near", "where", "grade")


def facts_in(bulletin: Bulletin, lang: str) -> Facts:
    """What a text of this bulletin has to say, from the bulletin alone."""
    key = key_of(bulletin)
    is_ahead, is_past = key in ("aware", *AHEAD), key in PAST
    told = key in LAUNCH_TOLD
    return Facts(
        mode=bulletin.mode,
        key=key,
        act=act_of(bulletin),
        is_unconfirmed=not bulletin.is_confirmed,
        certainty=certainty_of(bulletin),
        hazard=bulletin.hazard if key in AHEAD else "",
        places=tuple(dict(area.names).get(lang, "") for area in bulletin.areas),
        actions=actions_of(bulletin),
        authority=dict(bulletin.authority_names).get(lang, ""),
        sent=minute_of(bulletin.sent_ns),
        until=minute_of(bulletin.until_ns),
        impact=_minute(bulletin.impact_ns) if is_ahead else None,
        over=_minute(bulletin.over_ns) if is_past else None,
        launch=_minute(bulletin.launch_ns) if told else None,
        near=dict(bulletin.launched_near).get(lang, "") if told else "",
        where=dict(bulletin.over_where).get(lang, "") if is_past else "",
        is_time_unknown=is_time_open(bulletin),
        refs=plan.refs_of(bulletin),
        why=bulletin.why,
        grade=grade_of(bulletin),
        spill=plan.spill_of(bulletin),
    )


def _minute(t_ns: int | UnsetType) -> int | None:
    return None if t_ns is UNSET else minute_of(t_ns)


def neutral(facts: Facts, bulletin: Bulletin, lang: str) -> Facts:
    """Facts with ids in place of names, so that those of two languages can be compared; an unknown name stays as it is."""
    ids = {dict(area.names).get(lang): area.area_id for area in bulletin.areas}
    return replace(
        facts,
        places=tuple(ids.get(name) or name for name in facts.places),
        authority=bulletin.authority
        if facts.authority == dict(bulletin.authority_names).get(lang)
        else facts.authority,
        near="launched_near" if facts.near and facts.near == dict(bulletin.launched_near).get(lang) else facts.near,
        where="over_where" if facts.where and facts.where == dict(bulletin.over_where).get(lang) else facts.where,
    )


def differing(a: Facts, b: Facts, *, without: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The names of the facts that are not the same."""
    names = (one.name for one in fields(Facts) if one.name not in ("odd", "impossible", *without))
    return tuple(name for name in names if getattr(a, name) != getattr(b, name))
