"""What a public warning says, once, as data: every language, channel and standard is written from this and nothing else."""

from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from bongsu.messages.units import AreaId, LatRad, LonRad, Nanos, ZoneId

Mode = Literal["live", "exercise", "replay", "test"]
Certainty = Literal["Observed", "Likely", "Possible", "Unlikely", "Unknown"]  # the words of CAP 1.2
HazardOf = Literal["fall", "overflight", "fall_and_overflight"]
Family = Literal[
    "aware",  # a launch is known, details are not: a holding statement
    "shelter",  # take shelter: launched, the area may be touched
    "shelter_now",  # take shelter immediately: expected at a time
    "passed",  # passed over: do not touch what fell
    "fell",  # fell in or near the area: stay inside
    "fell_outside",  # fell in the sea, outside the territorial sea
    "no_danger",  # it does not come here: the request to shelter is lifted
    "withdrawn",  # what was said was wrong: it is taken back, and why
    "all_clear",  # the danger is over
    "ships_aircraft",  # an area at sea: keep away
]
Why = Literal[
    "", "track_lost", "forecast_changed", "no_launch", "wrong_object", "wrong_area", "sent_in_error", "drill_in_error",
]  # of a correction or a withdrawal  # fmt: skip
Standing = Literal["alert", "update", "correction", "cancel", "all_clear", "expiry"]


class BulletinArea(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One area a bulletin is for. The text names exactly what polygon and geocodes hold; `over_spill_m` says how far beyond it
    a channel may reach."""

    area_id: AreaId
    names: tuple[tuple[str, str], ...]  # (language, name), sorted by language
    zones: tuple[ZoneId, ...] = ()
    polygons: tuple[tuple[tuple[LatRad, LonRad], ...], ...] = ()  # closed by themselves
    geocodes: tuple[tuple[str, str], ...] = ()  # (system, value), such as ("ISO 3166-2", "JP-01")
    over_spill_m: Annotated[float, Meta(ge=0.0)] = 0.0


class Reference(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An earlier bulletin that this one replaces: its id and when it was sent."""

    bulletin_id: Annotated[str, Meta(pattern=r"^W[0-9]{6}-[0-9]{1,4}\Z")]
    sent_ns: Nanos


class Bulletin(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One statement of one warning: what, where, by when, what to do, who says so, until when.

    `bulletin_id` is the warning's id and its number, so a resend has the same one. An alert references nothing; an update, a
    correction, a cancellation and an all-clear name every bulletin they replace. `impact_ns` absent means that the time is not
    known, which is a legal answer. `launched_near` is (language, name) of the region. `over_ns` is when it passed or fell.
    """

    bulletin_id: Annotated[str, Meta(pattern=r"^W[0-9]{6}-[0-9]{1,4}\Z")]
    standing: Standing
    family: Family
    mode: Mode
    sent_ns: Nanos
    until_ns: Nanos  # not in force afterwards
    authority: Annotated[str, Meta(min_length=1, max_length=64)]  # id; names stand in `authority_names`
    authority_names: tuple[tuple[str, str], ...]
    areas: Annotated[tuple[BulletinArea, ...], Meta(min_length=1)]
    hazard: HazardOf = "fall"
    certainty: Certainty = "Possible"
    is_confirmed: bool = (
        False  # two physical principles or two operators; otherwise the word "unconfirmed" stands in it
    )
    launch_ns: Nanos | UnsetType = UNSET
    launched_near: tuple[tuple[str, str], ...] = ()
    impact_ns: Nanos | UnsetType = UNSET
    over_ns: Nanos | UnsetType = UNSET
    over_where: tuple[tuple[str, str], ...] = ()  # (language, name) of where it fell or towards which it passed
    references: tuple[Reference, ...] = ()
    why: Why = ""
