"""An account beside the one before it: whether to say it, and what has changed."""

from msgspec import structs

from bongsu.messages.accounts import Account, Discrepancy, OwnFigure
from bongsu.stages.reconcile.memory import Day
from bongsu.stages.reconcile.own import has_moved
from bongsu.stages.reconcile.words import said


def has_news(day: Day, match: str, event_id: str, own: tuple[OwnFigure, ...]) -> bool:
    """Whether our own measurements alone are reason to make a day's account again: another match, or a figure that moved."""
    if not day.said:
        return True
    (before,) = day.said
    return (match, event_id) != (before.match, before.event_id) or bool(_moved(own, before))


def _moved(own: tuple[OwnFigure, ...], before: Account) -> list[OwnFigure]:
    was = {f.quantity: f for f in before.own}
    return [f for f in own if f.quantity not in was or has_moved(f, was[f.quantity])]


def revised(day: Day, account: Account, differ: tuple[Discrepancy, ...]) -> Account | None:
    """The account as the next revision, or None where it says nothing new."""
    if not day.said:
        return account if account.quantity else None
    (before,) = day.said
    if _bare(account) == _bare(before) and differ == day.differ:
        return None
    was = {f.quantity: f for f in before.own}
    own_changed = tuple(
        (f.quantity, was[f.quantity].finding_id) for f in _moved(account.own, before) if f.quantity in was
    )
    return structs.replace(
        account, revision=before.revision + 1, changed=_changed(day, account, before), own_changed=own_changed
    )


def _bare(account: Account) -> Account:
    return structs.replace(account, revision=0, changed=(), own_changed=())


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
