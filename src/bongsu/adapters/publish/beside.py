"""What was said beside what was measured, and what was set aside: sentences in any language, each with its ids."""

from msgspec import UNSET

from bongsu.adapters.publish import rounding as say
from bongsu.adapters.publish.hearsay import Hearsay
from bongsu.adapters.publish.reported.clauses import value
from bongsu.adapters.publish.reported.story import Story
from bongsu.adapters.publish.sentence import Sentence, state
from bongsu.language.recounting import Recounting
from bongsu.language.telling import Telling
from bongsu.messages.accounts import Account, Claim, OwnFigure

_UNITS = {"range_km": "km", "apogee_km": "km", "flight_time_min": "min"}


def matched(w: Recounting, account: Account) -> list[Sentence]:
    """Which launch seen here, if any, the claims of the day speak of."""
    return [state(w.say(account.match, day=account.event_date), account.id, w=w)] if account.match else []


def sentences(w: Recounting, t: Telling, heard: Hearsay, story: Story, place_words: str) -> list[Sentence]:
    """One sentence for each figure of our own: what it is, and whether what was said fits it."""
    account = story.account
    apart = {(d.beside, d.claim): d.reasons for d in heard.beside_us(account)}
    found = matched(w, account)
    for own in account.own:
        said = [c for c in story.claims if c.quantity == own.quantity]
        if not said:
            continue
        told = w.phrases["between"].join(
            _one(w, t, story, c, apart.get((own.finding_id, c.id))) for c in _distinct(t, story, said)
        )
        text = w.say("beside", quantity=t.quantities[own.quantity], own=figure(w, t, own, place_words), said=told)
        found.append(state(text, own.finding_id, *(c.id for c in said), w=w))
    return found


def _distinct(t: Telling, story: Story, said: list[Claim]) -> list[Claim]:
    """Each value of each speaker once."""
    return list({(c.speaker, c.role, value(t, c, story.lang_of(c))): c for c in said}.values())


def _one(w: Recounting, t: Telling, story: Story, claim: Claim, reasons: tuple[str, ...] | None) -> str:
    slots = {"who": t.speaker(claim.speaker, claim.role), "value": value(t, claim, story.lang_of(claim))}
    if reasons is None:
        return w.say("fits", **slots)
    return w.say("misfits", **slots, reasons=t.listed([t.reasons[r] for r in reasons]))


def figure(w: Recounting, t: Telling, own: OwnFigure, place_words: str = "") -> str:
    """A figure of our own in words, with the digits its interval supports."""
    if own.quantity == "launch_time":
        return w.say("own_time", time=t.clock(own.value))
    if own.quantity == "launch_area":
        return w.say("own_place", near=w.near_place(place_words))
    if own.quantity == "zone":
        return w.say("own_zone", words=t.verdicts[own.value])
    if own.quantity == "shape":
        return w.shapes.get(own.value, own.value)
    if own.low is UNSET or own.high is UNSET:
        return t.classes.get(own.value, own.value)
    return w.figure(say.interval(own.low, own.high, _UNITS[own.quantity]))


def aside(w: Recounting, t: Telling, story: Story) -> list[Sentence]:
    """What is in quarantine, and why."""
    claims = {c.id: c for c in story.claims}
    return [
        state(
            w.say(
                "one_aside", who=t.speaker(claims[i].speaker, claims[i].role), quantity=t.quantities[claims[i].quantity],
                value=value(t, claims[i], story.lang_of(claims[i])), reason=w.reasons[why],
            ),
            i, story.account.id, w=w,
        )
        for i, why in story.account.quarantined
        if i in claims
    ]  # fmt: skip
