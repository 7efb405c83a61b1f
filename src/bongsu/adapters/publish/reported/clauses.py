"""Claims in words: what is said, and who says it; the words themselves are a language's own."""

import re

from msgspec import UNSET

from bongsu.language.telling import Telling
from bongsu.messages.accounts import Claim, Passage

_UNITS = {"range_km": "km", "apogee_km": "km", "flight_time_min": "min", "speed_mach": "mach", "count": ""}
_NOT_PRINTED = (
    "km",
    "kilometers",
    "kilometres",
    "kilometer",
    "minutes",
    "min",
    "Mach",
    "キロ",
    "キロメートル",
    "킬로미터",
    "분",
    "분간",
    "",
)
_SOFT = re.compile(r"\d여|余|前後|안팎|내외|가량|정도|쯤|ほど|程度|あまり")  # behind a figure: it is not exact
_COARSE = 10.0  # kilometres: a length that was printed in other units is told no finer, from ten times that on


def clause(w: Telling, claim: Claim, text_lang: str) -> str:
    """What a claim says, as a clause that must follow who says it."""
    quantity = claim.quantity
    if quantity == "vehicle_class":
        noun = w.classes.get(claim.value, claim.value)
        return w.polish(w.clauses[quantity].format(value=w.hedges[claim.certainty].format(noun=noun)))
    key = f"{quantity}={claim.value}"
    if key in w.clauses:
        return w.hedged(w.clauses[key], claim.certainty)
    if quantity == "launch_area" and claim.setting and not claim.place:
        return w.clauses["launch_area:setting"].format(value=value(w, claim, text_lang))
    if quantity not in w.clauses:
        return w.quote(claim.evidence)
    told = value(w, claim, text_lang)
    if quantity == "count":
        told = w.phrases["one"] if claim.low == claim.high == 1.0 else w.phrases["several"].format(n=told)
    return w.clauses[quantity].format(value=told)


def value(w: Telling, claim: Claim, text_lang: str) -> str:
    """What a claim says in a word or two, for tables and comparisons."""
    quantity = claim.quantity
    if quantity in _UNITS:
        return w.figure(*_ends(claim), _UNITS[quantity], _is_about(claim))
    if quantity == "launch_time":
        return w.clock(claim.value)
    if quantity == "launch_area":
        if claim.setting and not claim.place:
            return (
                ", ".join(w.settings[s] for s in claim.setting)
                if w.lang != "ja"
                else "、".join(w.settings[s] for s in claim.setting)
            )
        return claim.value if text_lang == w.lang or not claim.place else claim.place
    if quantity == "vehicle_class":
        return w.polish(
            w.phrases[f"what:{claim.certainty}" if claim.certainty else "what"].format(
                noun=w.classes.get(claim.value, claim.value)
            )
        )
    key = f"{quantity}={claim.value}"
    return w.hedged(w.clauses[key], claim.certainty) if key in w.clauses else claim.value


def is_converted(claim: Claim) -> bool:
    """Whether a figure was printed in another unit than it is told in."""
    return claim.unit_as_printed not in _NOT_PRINTED


def _is_about(claim: Claim) -> bool:
    is_exact = claim.low is not UNSET and claim.high is not UNSET
    return (
        is_exact
        and claim.quantity != "count"
        and bool(claim.hedge or is_converted(claim) or _SOFT.search(claim.evidence))
    )


def _ends(claim: Claim) -> tuple[float | None, float | None]:
    ends = (None if v is UNSET else v for v in (claim.low, claim.high))
    low, high = (_coarse(v) if v is not None and is_converted(claim) else v for v in ends)
    return low, high


def _coarse(kilometres: float) -> float:
    return round(kilometres / _COARSE) * _COARSE if kilometres >= 10.0 * _COARSE else round(kilometres)


def verb(speaker: str) -> str:
    """How a speaker's word is told: what the launching side says is claimed, what nobody is named for is reported."""
    if speaker.startswith("prk."):
        return "claimed"
    return "reported" if speaker in ("media", "") else "said"


def who(w: Telling, said: list[Claim] | list[Passage]) -> str:
    """Everybody who says one thing, once each."""
    return w.listed(list(dict.fromkeys(w.speaker(each.speaker, each.role) for each in said)))
