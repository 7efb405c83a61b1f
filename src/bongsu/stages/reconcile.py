"""Claims of one launch, beside what was reconstructed of it → one account that keeps them all, and why they differ.

It alone prefers. What is preferred, and why two values may differ, stands as tables in models/reconcile.py.
"""

import math
from collections.abc import Callable, Sequence

from msgspec import UNSET

from bongsu.messages.accounts import Account, Claim, Discrepancy, Reconstruction
from bongsu.models import reconcile as rules

Test = Callable[[Claim, Claim, Sequence[Claim]], bool]
_CONTRADICTED = {"EEZ as said": "zone", "range and apogee": "range_km", "flight time": "flight_time_min"}
_AGREED = ("fits", "not determined")


def reconcile(
    claims: Sequence[Claim], reconstructions: Sequence[Reconstruction] = (), day: str = ""
) -> tuple[Account, tuple[Discrepancy, ...]]:
    """The account of the launch of one local day, and its discrepancies; claims of other days are only compared with.

    Claims are in the order they were said; each has an id.
    """
    mine = [c for c in claims if c.event_date == day]
    rows = [(quantity, _of(mine, quantity)) for quantity in rules.ORDER if _of(mine, quantity)]
    chosen = [_preferred(quantity, said) for quantity, said in rows]
    found: list[Discrepancy] = []
    for (quantity, said), (best, _) in zip(rows, chosen, strict=True):
        found += _differences(quantity, said, best, claims)
    found += [each for r in reconstructions for each in _contradicted(r, mine)]
    account = Account(
        event_date=day,
        quantity=tuple(quantity for quantity, _ in rows),
        preferred=tuple(tuple(c.id for c in best) for best, _ in chosen),
        rule=tuple(rule for _, rule in chosen),
        others=tuple(_ids(said, best) for (_, said), (best, _) in zip(rows, chosen, strict=True)),
        unsaid=tuple(quantity for quantity in rules.ASKED if not _of(mine, quantity)),
        rests_on=tuple(c.id for c in mine),
    )
    return account, tuple(found)


def _of(claims: Sequence[Claim], quantity: str) -> list[Claim]:
    return [c for c in claims if c.quantity == quantity]


def _ids(said: list[Claim], best: list[Claim]) -> tuple[str, ...]:
    return tuple(c.id for c in said if all(c is not b for b in best))


def _preferred(quantity: str, said: list[Claim]) -> tuple[list[Claim], str]:
    """The claims preferred, and the rule that decided: the last one of the order in which they are applied."""
    free = [c for c in said if c.stance != "claimed" and c.speaker not in rules.LAUNCHING_SIDE]
    if not free:
        return [], "only the launching side has spoken"
    if len(free) == 1:
        return free, "the only one" if len(said) == 1 else "not the launching side"
    finest = [c for c in free if not any(_is_finer(other, c) for other in free)]
    figures = [c for c in finest if _is_figure(c)] or finest
    order = rules.ORDER[quantity]
    first = min(order.index(c.speaker) if c.speaker in order else len(order) for c in figures)
    own = [c for c in figures if (order.index(c.speaker) if c.speaker in order else len(order)) == first]
    rule = "who can have measured it" if len(figures) > len(own) else "the finer" if len(finest) < len(free) else ""
    rule = rule or ("a figure before a bound" if len(figures) < len(finest) else "")
    if len(free) == len(figures) and len({_value(c) for c in free}) == 1:
        return free, "all agree"
    if len({_value(c) for c in own}) == 1 or quantity in rules.SIDE_BY_SIDE:
        return own, rule or "all agree"
    return own[-1:], "the later word of the same speaker"


def _is_finer(fine: Claim, coarse: Claim) -> bool:
    return fine.value in rules.FINER.get(coarse.value, ())


def _is_figure(claim: Claim) -> bool:
    return bool(claim.value) or (claim.low is not UNSET and claim.high is not UNSET)


def _value(claim: Claim) -> tuple[object, ...]:
    return claim.value, claim.place, *_interval(claim)


def _interval(claim: Claim) -> tuple[float, float]:
    low = -math.inf if claim.low is UNSET else claim.low
    return low, math.inf if claim.high is UNSET else claim.high


def _differences(quantity: str, said: list[Claim], best: list[Claim], claims: Sequence[Claim]) -> list[Discrepancy]:
    """Each claim that cannot stand beside the preferred ones; where none is preferred, beside the first."""
    held = best or said[:1]
    if quantity in rules.SIDE_BY_SIDE:
        said = _as_many(said, len(held))
    apart = [c for c in said if all(c is not h for h in held) and all(_is_apart(h, c) for h in held)]
    return [
        Discrepancy(
            event_date=c.event_date, quantity=quantity, beside=held[0].id, claim=c.id,
            reasons=_reasons(held[0], c, claims), rests_on=(held[0].id, c.id),
        )
        for c in apart
    ]  # fmt: skip


def _as_many(said: list[Claim], n: int) -> list[Claim]:
    """No more values of each speaker than are held: the second time of a salvo is not the first one told wrongly."""
    return [c for k, c in enumerate(said) if sum(o.speaker == c.speaker for o in said[:k]) < n]


def _is_apart(a: Claim, b: Claim) -> bool:
    """Whether two values exclude each other."""
    if a.value or b.value:
        return _are_words_apart(a, b)
    (a_low, a_high), (b_low, b_high) = _widened(a), _widened(b)
    return a_high < b_low or b_high < a_low


def _are_words_apart(a: Claim, b: Claim) -> bool:
    if a.quantity == "vehicle_class":
        return a.value != b.value and not (_is_finer(a, b) or _is_finer(b, a))
    if a.quantity == "launch_area":
        return bool(a.place and b.place) and a.place != b.place
    if a.quantity == "launch_time":
        return a.value != b.value
    return (a.value, b.value) in rules.OPPOSED or (b.value, a.value) in rules.OPPOSED


def _widened(claim: Claim) -> tuple[float, float]:
    """The interval of a number with half of its last printed digit on both sides, in the unit the quantity names."""
    low, high = _interval(claim)
    if claim.rounding is UNSET:
        return low, high
    unit = {"miles": rules.MILE, "mi": rules.MILE, "nm": rules.NAUTICAL_MILE}.get(claim.unit_as_printed, 1.0)
    half = min(0.5 * claim.rounding * unit, rules.ROUNDED_SHARE * abs(_middle(claim)))
    return low - half, high + half


def _reasons(a: Claim, b: Claim, claims: Sequence[Claim]) -> tuple[str, ...]:
    """The reasons that can apply, the strongest first."""
    able = [r for r in rules.REASONS if not r.quantities or a.quantity in r.quantities]
    found = [r for r in able if _TESTS[r.name](a, b, claims)]
    return tuple(r.name for r in sorted(found, key=lambda r: -r.strength)) or ("not_explained",)


def _middle(claim: Claim) -> float:
    """A figure, or the bound of a half-open one; NaN of words."""
    ends = [v for v in _interval(claim) if math.isfinite(v)]
    return sum(ends) / len(ends) if ends else math.nan


def _ratio(a: Claim, b: Claim) -> float:
    """The greater over the smaller; NaN where they are no positive numbers."""
    low, high = sorted((_middle(a), _middle(b)))
    return high / low if low > 0.0 else math.nan


def _is_units(a: Claim, b: Claim, claims: Sequence[Claim]) -> bool:
    ratio = _ratio(a, b)
    return any(abs(ratio / unit - 1.0) < rules.UNIT_MISS for unit in (rules.MILE, rules.NAUTICAL_MILE))


def _is_revised(a: Claim, b: Claim, claims: Sequence[Claim]) -> bool:
    """One speaker, two values; or word of damage, which comes late."""
    return a.speaker == b.speaker or a.quantity == "damage"


def _is_launchers(a: Claim, b: Claim, claims: Sequence[Claim]) -> bool:
    return any(c.stance == "claimed" or c.speaker in rules.LAUNCHING_SIDE for c in (a, b))


def _is_copied(a: Claim, b: Claim, claims: Sequence[Claim]) -> bool:
    """The value is also said of a launch of another day, and not by the same speaker of this one."""
    others = [c for c in claims if c.quantity == a.quantity and c.event_date != a.event_date and a.quantity != "count"]
    return any(_value(c) == _value(b) for c in others)


def _is_first_detection(a: Claim, b: Claim, claims: Sequence[Claim]) -> bool:
    if a.quantity == "launch_time":
        return abs(_minute(a.value) - _minute(b.value)) <= rules.DETECTION_MIN
    return abs(_middle(a) - _middle(b)) <= rules.DETECTION_MIN


def _minute(local: str) -> float:
    """Minute of the day of `YYYY-MM-DDTHH:MM+09:00`."""
    return 60.0 * int(local[11:13]) + int(local[14:16])


def _is_horizon(a: Claim, b: Claim, claims: Sequence[Claim]) -> bool:
    """A low or irregular flight: its end lies below the horizon, and a ballistic extrapolation of a pull-up falls short."""
    mine = [c for c in claims if c.event_date == a.event_date]
    is_irregular = any(c.quantity == "shape" and c.value in ("irregular", "glide") for c in mine)
    is_low = any(c.quantity == "apogee_km" and _middle(c) < rules.LOW_APOGEE for c in mine)
    is_near = math.isnan(_ratio(a, b)) or 1.0 - 1.0 / _ratio(a, b) <= rules.HORIZON_SHARE
    return (is_irregular or is_low) and is_near


def _is_separated(a: Claim, b: Claim, claims: Sequence[Claim]) -> bool:
    """More than one object is counted, or a launcher with stages is named."""
    mine = [c for c in claims if c.event_date == a.event_date]
    has_many = a.quantity != "count" and any(c.quantity == "count" and _interval(c)[0] > 1.0 for c in mine)
    return has_many or any(c.value in ("ICBM", "IRBM", "SLBM", "space_launch") for c in mine)


def _is_bound(a: Claim, b: Claim, claims: Sequence[Claim]) -> bool:
    return any(not _is_figure(c) for c in (a, b))


def _is_rounding(a: Claim, b: Claim, claims: Sequence[Claim]) -> bool:
    return _ratio(a, b) <= 1.0 + rules.ROUGHLY


_TESTS: dict[str, Test] = {
    "units": _is_units, "revised": _is_revised, "launcher": _is_launchers, "copied": _is_copied,
    "first_detection": _is_first_detection, "horizon": _is_horizon, "separated": _is_separated, "bound": _is_bound,
    "rounding": _is_rounding,
}  # fmt: skip


def _contradicted(found: Reconstruction, claims: list[Claim]) -> list[Discrepancy]:
    """Claims that the flights made of the figures contradict."""
    told: list[Discrepancy] = []
    for check, result, _ in found.checks:
        quantity = _CONTRADICTED.get(check, "")
        if not quantity or result in _AGREED:
            continue
        for c in _of(claims, quantity):
            if quantity == "zone" and c.value not in ("outside_eez_jpn", "inside_eez_jpn"):
                continue
            if quantity != "zone" and c.speaker != found.speaker:
                continue
            reasons = tuple(
                r.name
                for r in rules.REASONS
                if r.name in ("launcher", "horizon", "separated") and _TESTS[r.name](c, c, claims)
            )
            told.append(
                Discrepancy(
                    event_date=c.event_date, quantity=quantity, beside=found.id, claim=c.id,
                    reasons=reasons or ("not_explained",), rests_on=tuple(i for i in (found.id, c.id) if i),
                )
            )  # fmt: skip
    return told
