"""Which statements exist: families by standing, what each asks people to do, and what each may tell."""

from collections.abc import Mapping
from typing import Final, Literal

from msgspec import UNSET

from bongsu.messages.bulletin import Bulletin, Family, Standing

Act = Literal["first", "update", "correction", "end", "expiry"]

# A withdrawal takes back what was wrong and is no all-clear; an expiry says that time ran out, not that danger did.
FITS: Final[Mapping[Family, tuple[Standing, ...]]] = {
    "aware": ("alert", "update", "correction", "expiry"),
    "shelter": ("alert", "update", "correction", "expiry"),
    "shelter_now": ("alert", "update", "correction", "expiry"),
    "passed": ("alert", "update", "correction", "expiry"),
    "fell": ("alert", "update", "correction", "expiry"),
    "fell_outside": ("alert", "update", "correction", "cancel", "all_clear", "expiry"),
    "no_danger": ("update", "correction", "cancel", "all_clear"),
    "withdrawn": ("correction", "cancel"),
    "all_clear": ("all_clear",),
    "ships_aircraft": ("alert", "update", "correction", "cancel", "all_clear", "expiry"),
}

MARKED: Final = ("exercise", "replay", "test")  # modes whose texts begin and end with their word
LIFTING: Final = ("no_danger", "withdrawn", "all_clear", "ships_over", "expired")  # nothing is asked for any more
AHEAD: Final = ("shelter", "shelter_now", "ships_aircraft")  # the danger is still to come
PAST: Final = ("passed", "fell", "fell_outside")
LAUNCH_TOLD: Final = ("aware", *AHEAD, *PAST, "no_danger")

_ACTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "aware": ("wait",),
    "shelter": ("shelter",),
    "shelter_now": ("shelter_now", "lie_down"),
    "passed": ("avoid",),
    "fell": ("stay_inside", "avoid"),
    "fell_outside": ("avoid",),
    "no_danger": ("lifted",),
    "withdrawn": ("annulled",),
    "all_clear": ("lifted", "avoid"),
    "ships_aircraft": ("keep_away",),
    "ships_over": ("opened",),
    "expired": ("heed",),
}
_GRADES: Final[Mapping[str, str]] = {
    "shelter": "alert", "shelter_now": "air_raid", "no_danger": "lifted", "all_clear": "lifted",
}  # fmt: skip


def act_of(bulletin: Bulletin) -> Act:
    """What a statement does to those before it."""
    if bulletin.standing == "expiry":
        return "expiry"
    if bulletin.standing == "correction" or bulletin.family == "withdrawn":
        return "correction"
    acts: Mapping[Standing, Act] = {"alert": "first", "update": "update", "cancel": "end", "all_clear": "end"}
    return acts[bulletin.standing]


def key_of(bulletin: Bulletin) -> str:
    """The key phrase: the family, or that its time ran out, or that an area at sea is open again."""
    act = act_of(bulletin)
    if act == "expiry":
        return "expired"
    return "ships_over" if bulletin.family == "ships_aircraft" and act == "end" else bulletin.family


def actions_of(bulletin: Bulletin) -> tuple[str, ...]:
    """What people are asked to do. After a lost track nobody can say that nothing is left to do."""
    key = key_of(bulletin)
    return ("heed",) if key == "withdrawn" and bulletin.why == "track_lost" else _ACTIONS[key]


def grade_of(bulletin: Bulletin) -> str:
    """The grade of the Korean civil-defence warning that goes with it: of Korean areas alone."""
    areas = bulletin.areas
    is_korean = all(_is_korean(a.geocodes, a.zones) for a in areas)
    return _GRADES.get(key_of(bulletin), "") if is_korean else ""


def _is_korean(geocodes: tuple[tuple[str, str], ...], zones: tuple[str, ...]) -> bool:
    codes = [value for system, value in geocodes if system == "ISO 3166-2"]
    held = [code.startswith("KR-") for code in codes] or [zone.startswith("KOR.") for zone in zones]
    return bool(held) and all(held)


def is_time_open(bulletin: Bulletin) -> bool:
    """Whether the time that such a statement tells is not known, which it then says."""
    key = key_of(bulletin)
    if key in PAST:
        return bulletin.over_ns is UNSET
    return key in ("aware", *AHEAD) and bulletin.impact_ns is UNSET


def certainty_of(bulletin: Bulletin) -> str:
    """The certainty that such a statement words; of what is over three degrees, of what is lifted none."""
    key = key_of(bulletin)
    if key in PAST:
        return bulletin.certainty if bulletin.certainty in ("Observed", "Likely") else "Possible"
    return bulletin.certainty if key in AHEAD else ""
