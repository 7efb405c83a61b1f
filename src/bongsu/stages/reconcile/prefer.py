"""Claims of one launch, beside what was reconstructed of it → one account that keeps them all, and why they differ.

It alone prefers. What is preferred, and why two values may differ, stands as tables in models/reconcile.py.
"""

from collections.abc import Mapping, Sequence

from bongsu.messages.accounts import Account, Claim, Discrepancy, Reconstruction
from bongsu.models import reconcile as rules
from bongsu.stages.reconcile.quarantine import set_aside
from bongsu.stages.reconcile.reasons import reasons
from bongsu.stages.reconcile.words import Own, Word, is_apart, is_figure, is_finer, said

_CONTRADICTED = {"EEZ as said": "zone", "range and apogee": "range_km", "flight time": "flight_time_min"}
_AGREED = ("fits", "not determined")
_OF_A_FLIGHT = ("launcher", "horizon", "separated")  # reasons for which a claim and the flights made of it may differ
ASIDE = "all of it is set aside"


def reconcile(
    claims: Sequence[Claim], reconstructions: Sequence[Reconstruction] = (), day: str = "", own: Sequence[Own] = (),
    aside: Mapping[str, str] | None = None,
) -> tuple[Account, tuple[Discrepancy, ...]]:  # fmt: skip
    """The account of the launch of one local day, and its discrepancies; claims of other days are only compared with.

    Claims are in the order they were said; each has an id. `aside` are ids in quarantine and why (found here where not given).
    """
    mine = [c for c in claims if c.event_date == day]
    aside = set_aside(claims, day, own) if aside is None else aside
    rows = [(quantity, _of(mine, quantity)) for quantity in rules.ORDER if _of(mine, quantity)]
    chosen = [_preferred(quantity, [c for c in told if c.id not in aside]) for quantity, told in rows]
    found: list[Discrepancy] = []
    for (quantity, told), (best, _) in zip(rows, chosen, strict=True):
        found += _differences(quantity, told, best, (*claims, *own))
    found += [each for r in reconstructions for each in _contradicted(r, mine)]
    account = Account(
        event_date=day,
        quantity=tuple(quantity for quantity, _ in rows),
        preferred=tuple(tuple(c.id for c in best) for best, _ in chosen),
        rule=tuple(rule for _, rule in chosen),
        others=tuple(_ids(told, best) for (_, told), (best, _) in zip(rows, chosen, strict=True)),
        unsaid=tuple(quantity for quantity in rules.ASKED if not _of(mine, quantity)),
        quarantined=tuple((c.id, aside[c.id]) for c in mine if c.id in aside),
        rests_on=tuple(c.id for c in mine),
    )
    return account, tuple(found)


def _of(claims: Sequence[Claim], quantity: str) -> list[Claim]:
    return [c for c in claims if c.quantity == quantity]


def _ids(told: list[Claim], best: list[Claim]) -> tuple[str, ...]:
    return tuple(c.id for c in told if all(c is not b for b in best))


def _preferred(quantity: str, told: list[Claim]) -> tuple[list[Claim], str]:
    """The claims preferred, and the rule that decided: the last one of the order in which they are applied."""
    if not told:
        return [], ASIDE
    free = [c for c in told if c.stance != "claimed" and c.speaker not in rules.LAUNCHING_SIDE]
    if not free:
        return [], "only the launching side has spoken"
    if len(free) == 1:
        return free, "the only one" if len(told) == 1 else "not the launching side"
    finest = [c for c in free if not any(is_finer(other, c) for other in free)]
    figures = [c for c in finest if is_figure(c)] or finest
    order = rules.ORDER[quantity]
    first = min(order.index(c.speaker) if c.speaker in order else len(order) for c in figures)
    theirs = [c for c in figures if (order.index(c.speaker) if c.speaker in order else len(order)) == first]
    rule = "who can have measured it" if len(figures) > len(theirs) else "the finer" if len(finest) < len(free) else ""
    rule = rule or ("a figure before a bound" if len(figures) < len(finest) else "")
    if len(free) == len(figures) and len({said(c) for c in free}) == 1:
        return free, "all agree"
    if len({said(c) for c in theirs}) == 1 or quantity in rules.SIDE_BY_SIDE:
        return theirs, rule or "all agree"
    return theirs[-1:], "the later word of the same speaker"


def _differences(quantity: str, told: list[Claim], best: list[Claim], words: Sequence[Word]) -> list[Discrepancy]:
    """Each claim that cannot stand beside the preferred ones; where none is preferred, beside the first."""
    held = best or told[:1]
    if quantity in rules.SIDE_BY_SIDE:
        told = _as_many(told, len(held))
    apart = [c for c in told if all(c is not h for h in held) and all(is_apart(h, c) for h in held)]
    return [
        Discrepancy(
            event_date=c.event_date, quantity=quantity, beside=held[0].id, claim=c.id,
            reasons=reasons(held[0], c, words), rests_on=(held[0].id, c.id),
        )
        for c in apart
    ]  # fmt: skip


def _as_many(told: list[Claim], n: int) -> list[Claim]:
    """No more values of each speaker than are held: the second time of a salvo is not the first one told wrongly."""
    return [c for k, c in enumerate(told) if sum(o.speaker == c.speaker for o in told[:k]) < n]


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
            told.append(
                Discrepancy(
                    event_date=c.event_date, quantity=quantity, beside=found.id, claim=c.id,
                    reasons=reasons(c, c, claims, _OF_A_FLIGHT), rests_on=tuple(i for i in (found.id, c.id) if i),
                )
            )  # fmt: skip
    return told
