"""Which products carried a figure that has changed since, and a draft of the correction of each."""

from collections.abc import Iterator

from msgspec import UNSET

from bongsu.adapters.publish import rounding as say
from bongsu.adapters.publish.beside import figure
from bongsu.adapters.publish.hearsay import Hearsay, Issued
from bongsu.adapters.publish.reported.clauses import value
from bongsu.adapters.publish.reported.story import Story
from bongsu.adapters.publish.sentence import Sentence, state
from bongsu.language.recounting import Recounting
from bongsu.language.telling import Telling
from bongsu.messages.accounts import Account, Claim, OwnFigure
from bongsu.messages.base import Finding
from bongsu.stages.reconcile.memory import Estimate, newest
from bongsu.stages.reconcile.own import Track, figures, has_moved, stated
from bongsu.stages.reconcile.words import interval

Change = tuple[str, str, str, tuple[str, ...]]  # quantity, what it was, what it is, ids of both


def sentences(w: Recounting, t: Telling, heard: Hearsay, story: Story) -> list[Sentence]:
    """For each product with an old figure what changed, then the draft."""
    found = []
    for product in heard.issued:
        for quantity, old, new, ids in dict.fromkeys(
            (*_said(t, heard, story, product), *_measured(w, t, heard, story, product))
        ):
            slots = {
                "product": product.title(w), "time": say.minute(product.known_ns), "quantity": t.quantities[quantity],
                "old": old, "new": new,
            }  # fmt: skip
            found.append(state(w.say("correction", **slots), product.finding_id, *ids, w=w))
            found.append(state(w.say("correction_draft", **slots), product.finding_id, *ids, w=w))
    return found


def _said(t: Telling, heard: Hearsay, story: Story, product: Issued) -> Iterator[Change]:
    """Claims that were preferred when the product went out, where now another value is."""
    before = [x for x in heard.accounts(story.day) if x.known_ns <= product.known_ns]
    if not before:
        return
    now = story.account
    for quantity, ids in zip(before[-1].quantity, before[-1].preferred, strict=True):
        carried = [i for i in ids if i in product.carries]
        then, today = _value(t, heard, story, carried[:1]), _value(t, heard, story, _preferred(now, quantity)[:1])
        if carried and today and then != today:
            yield quantity, then, today, (*carried, *_preferred(now, quantity))


def _preferred(account: Account, quantity: str) -> tuple[str, ...]:
    return account.preferred[account.quantity.index(quantity)] if quantity in account.quantity else ()


def _value(t: Telling, heard: Hearsay, story: Story, ids: tuple[str, ...] | list[str]) -> str:
    claims = [heard.found[i] for i in ids if i in heard.found]
    return "; ".join(value(t, c, story.lang_of(c)) for c in claims if isinstance(c, Claim))


def _measured(w: Recounting, t: Telling, heard: Hearsay, story: Story, product: Issued) -> Iterator[Change]:
    """Figures of our own that the product carried, where the account now states another."""
    now = {o.quantity: o for o in story.account.own}
    last = {o.quantity: o for i in product.carries for o in _figures(heard.found.get(i), story)}
    for quantity, old in last.items():
        new = now.get(quantity, old)
        if quantity != "launch_area" and has_moved(new, old) and not _is_within(new, old):
            yield quantity, figure(w, t, old), figure(w, t, new), (old.finding_id, new.finding_id)


def _is_within(new: OwnFigure, old: OwnFigure) -> bool:
    """Whether a figure is only known better: what was said before is still right."""
    if UNSET in (old.low, old.high, new.low, new.high):
        return False
    (low, high), (was_low, was_high) = interval(new), interval(old)
    return was_low <= low <= high <= was_high


def _figures(found: Finding | None, story: Story) -> tuple[OwnFigure, ...]:
    """What one estimate of the account's track says, in the account's terms."""
    if not isinstance(found, Estimate) or found.track_id != story.account.track_id:
        return ()
    return stated(figures(newest(Track(found.track_id), found), story.day))
