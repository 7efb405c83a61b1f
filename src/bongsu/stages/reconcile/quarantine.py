"""Which claims are set aside, and why: they stay in the record and are never preferred. The rules stand in decision 0013."""

import math
from collections.abc import Sequence

from bongsu.constants import GM_EARTH_M3PS2, R_MEAN_EARTH_M
from bongsu.messages.accounts import Claim
from bongsu.models import reconcile as rules
from bongsu.stages.reconcile.words import Own, Word, is_apart, is_figure, middle, ratio, said, widened

RULES = ("impossible", "copied", "measured_otherwise")  # of set_aside, the first that fires counts
NUMBERS = ("range_km", "apogee_km", "flight_time_min")


def set_aside(claims: Sequence[Claim], day: str, own: Sequence[Own] = ()) -> dict[str, str]:
    """Ids of the claims of a day that are set aside, with the first reason found."""
    mine = [c for c in claims if c.event_date == day]
    found: dict[str, str] = {}
    for text_id in dict.fromkeys(c.text_id for c in mine):
        text = [c for c in mine if c.text_id == text_id]
        tests = (_impossible(text), _copied(text, claims, own), _measured_otherwise(text, own))
        for bad, why in zip(tests, RULES, strict=True):
            for claim in bad:
                found.setdefault(claim.id, why)
    return found


def uncorroborated(claims: Sequence[Claim], day: str) -> dict[str, str]:
    """All claims of a day for which nobody speaks who can have observed it."""
    mine = [c for c in claims if c.event_date == day]
    return {} if any(c.speaker in rules.OBSERVERS for c in mine) else {c.id: "uncorroborated" for c in mine}


def future(claims: Sequence[Claim], day: str, today: str) -> dict[str, str]:
    """All claims of a day that has not come; days are local and written so that they sort."""
    return {c.id: "future" for c in claims if c.event_date == day} if day > today else {}


def _impossible(text: list[Claim]) -> list[Claim]:
    """Range, apogee and flight time of one speaker that no fall has together."""
    found: list[Claim] = []
    for speaker in dict.fromkeys(c.speaker for c in text):
        one = [[c for c in text if c.speaker == speaker and c.quantity == q and is_figure(c)] for q in NUMBERS]
        if all(len(said_of) == 1 for said_of in one):
            (far,), (high,), (time,) = one
            if not _is_a_flight(far, high, time):
                found += [far, high, time]
    return found


def _is_a_flight(far: Claim, high: Claim, time: Claim) -> bool:
    """Whether a fall as far and high, each as printed, can take so long; true where it need not be a fall."""
    if widened(high)[0] < rules.LEAST_FALL or not 0.0 < middle(far) < 15_000.0:
        return True
    times = [fall_min(reach, top) for reach in widened(far) for top in widened(high) if reach > 0.0]
    low, high_share = rules.FALL_TIME
    shortest, longest = widened(time)
    return longest >= low * min(times) and shortest <= high_share * max(times) + rules.FALL_TIME_MORE_MIN


def fall_min(reach: float, top: float) -> float:
    """Minutes of the two-body flight over `reach` with apogee `top`, both in kilometres, surface to surface.

        psi = d / 2R;  e = (ra - R) / (ra - R cos psi);  a = ra / (1 + e);  M = E - e sin E

    Source: Bate, Mueller & White, Fundamentals of Astrodynamics (1971), ch. 6; a sphere that does not turn, without air.
    """
    radius_m = R_MEAN_EARTH_M
    psi = 1e3 * reach / (2.0 * radius_m)
    apo_m = radius_m + 1e3 * top
    e = (apo_m - radius_m) / (apo_m - radius_m * math.cos(psi))
    a_m = apo_m / (1.0 + e)
    anomaly = math.acos(max(-1.0, min(1.0, (1.0 - radius_m / a_m) / e)))
    half_s = math.sqrt(a_m**3 / GM_EARTH_M3PS2) * (math.pi - anomaly + e * math.sin(anomaly))
    return 2.0 * half_s / 60.0


def _copied(text: list[Claim], claims: Sequence[Claim], own: Sequence[Own]) -> list[Claim]:
    """Two figures that were said of another day, one of which this day's other words or our own contradict."""
    day, text_id = text[0].event_date, text[0].text_id
    numbers = [c for c in text if c.quantity in NUMBERS]
    others = [c for c in claims if c.text_id != text_id and c.quantity in NUMBERS]
    beside: list[Word] = [*(c for c in others if c.event_date == day), *own]
    for other_day in dict.fromkeys(c.event_date for c in others if c.event_date != day):
        there = [c for c in others if c.event_date == other_day]
        same = [c for c in numbers if any(o.quantity == c.quantity and said(o) == said(c) for o in there)]
        is_denied = any(b.quantity == c.quantity and is_apart(b, c) for c in same for b in beside)
        if len({c.quantity for c in same}) > 1 and is_denied:
            return same
    return []


def _measured_otherwise(text: list[Claim], own: Sequence[Own]) -> list[Claim]:
    """Two figures that miss our own by more than a factor."""
    missed = [
        c
        for c in text
        for mine in own
        if c.quantity in NUMBERS and mine.quantity == c.quantity and is_apart(mine, c) and ratio(mine, c) > rules.MEASURED_RATIO
    ]  # fmt: skip
    return missed if len({c.quantity for c in missed}) > 1 else []
