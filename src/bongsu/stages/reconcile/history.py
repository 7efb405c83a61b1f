"""An account beside the one before it: whether to say it, and what has changed."""

from msgspec import structs

from bongsu.messages.accounts import Account, Discrepancy, OwnFigure
from bongsu.stages.reconcile.memory import Day
from bongsu.stages.reconcile.own import has_moved
from bongsu.stages.reconcile.words import said


def revised(day: Day, account: Account, differ: tuple[Discrepancy, ...], *, is_touched: bool) -> Account | None:
    """The account as the next revision, or None where it says nothing new.

    On a report any difference is new; on our own measurements only a figure that moved, or another set of discrepancies.
    """
    if not day.said:
        return account if account.quantity else None
    (before,) = day.said
    was = {f.quantity: f for f in before.own}
    moved = [f for f in account.own if f.quantity not in was or has_moved(f, was[f.quantity])]
    is_new = is_touched or bool(moved) or _outline(account, differ) != _outline(before, day.differ)
    if not is_new or (_bare(account) == _bare(before) and differ == day.differ):
        return None
    return structs.replace(
        account,
        revision=before.revision + 1,
        changed=_changed(day, account, before),
        own_changed=_own_changed(moved, was),
    )


def _bare(account: Account) -> Account:
    return structs.replace(account, revision=0, changed=(), own_changed=())


def _outline(account: Account, differ: tuple[Discrepancy, ...]) -> tuple[object, ...]:
    """What an account comes to, without the figures of our own in it."""
    apart = sorted((d.quantity, d.claim, d.reasons) for d in differ)
    return account.preferred, account.quarantined, account.match, account.event_id, apart


def _own_changed(moved: list[OwnFigure], was: dict[str, OwnFigure]) -> tuple[tuple[str, str], ...]:
    return tuple((f.quantity, was[f.quantity].finding_id) for f in moved if f.quantity in was)


def _changed(day: Day, account: Account, before: Account) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Quantities whose preferred claims say something else than those preferred before, with the ids of these."""
    told = {c.id: said(c) for c in day.claims()}
    found = []
    for quantity, ids in zip(before.quantity, before.preferred, strict=True):
        now = account.preferred[account.quantity.index(quantity)] if quantity in account.quantity else ()
        values = [[told[i] for i in group if i in told] for group in (ids, now)]
        if ids and values[0] != values[1] and set(values[0]) != set(values[1]):
            found.append((quantity, ids))
    return tuple(found)
