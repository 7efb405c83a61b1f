"""Who measured or said what, and when: one line an instant, in UTC and in local time."""

from collections.abc import Iterator
from itertools import pairwise

from msgspec import UNSET

from bongsu.adapters.publish import rounding as say
from bongsu.adapters.publish.account import Account as Launch
from bongsu.adapters.publish.hearsay import Arrived, Hearsay
from bongsu.adapters.publish.reported.clauses import value
from bongsu.adapters.publish.reported.story import Story
from bongsu.adapters.publish.sentence import Sentence, state
from bongsu.language.recounting import Recounting
from bongsu.language.telling import Telling
from bongsu.messages.accounts import Account, Claim

Entry = tuple[int, str, tuple[str, ...]]  # instant, what, ids
_MOST_VALUES = 6  # of one text


def sentences(w: Recounting, t: Telling, a: Launch, heard: Hearsay, story: Story) -> list[Sentence]:
    """Everything that has an instant, in order; what is known to the second here is said to the minute elsewhere."""
    entries = sorted([*_measured(w, a, heard), *_warned(w, a), *_told(w, t, heard, story), *_issued(w, heard)])
    return [_line(w, entry) for entry in dict.fromkeys(entries)]


def _line(w: Recounting, entry: Entry) -> Sentence:
    t_ns, what, ids = entry
    text = w.say(
        "entry", utc=f"{say.instant(t_ns):%Y-%m-%d} {say.clock(t_ns)}", local=f"{say.local(t_ns)[11:]} UTC+9", what=what
    )
    return state(text, *ids, w=w)


def _measured(w: Recounting, a: Launch, heard: Hearsay) -> Iterator[Entry]:
    if a.point is not UNSET:
        yield a.point.t0_ns, w.say("entry_lift_off"), (a.point.id,)
    if a.detection is not UNSET:
        principle = w.principles.get(a.detection.principle, a.detection.principle)
        yield a.detection.known_ns, w.say("entry_declared", principle=principle), (a.detection.id,)
    for burn in a.burns[:1]:
        if burn.end_ns is not UNSET:
            yield burn.end_ns, w.say("entry_burnt"), (burn.id,)
    if a.apogee is not UNSET:
        yield a.apogee.apogee_ns, w.say("entry_top"), (a.apogee.id,)
    if a.impact is not UNSET:
        yield a.impact.impact_ns, w.say("entry_fall"), (a.impact.id,)
    mine = [e for e in heard.events if a.event is not UNSET and e.event_id == a.event.event_id]
    for before, event in pairwise([None, *mine]):
        if event is not None and (before is None or before.state != event.state):
            yield event.known_ns, w.say("entry_event", state=w.states[event.state]), (event.id,)


def _warned(w: Recounting, a: Launch) -> Iterator[Entry]:
    for found in a.warnings:
        areas = w.listed([a.area_name(area) for area in found.areas]) or w.say("all_areas")
        verb = w.warnings[str(type(found).__struct_config__.tag)]
        yield found.known_ns, w.say("entry_warning", verb=verb, areas=areas), (found.id,)


def _told(w: Recounting, t: Telling, heard: Hearsay, story: Story) -> Iterator[Entry]:
    causes = {text.number for text in story.texts}
    for arrived in heard.texts:
        if arrived.read.cause in causes:
            yield arrived.read.known_ns, _text(w, t, story, arrived), (arrived.read.id, *(_ids(story, arrived)))
    for k, account in enumerate(heard.accounts(story.day)):
        what = _revision(w, t, account) if k else w.say("entry_first")
        if what:
            yield account.known_ns, what, (account.id,)


def _ids(story: Story, arrived: Arrived) -> list[str]:
    return [c.id for c in story.claims if c.cause == arrived.read.cause]


def _text(w: Recounting, t: Telling, story: Story, arrived: Arrived) -> str:
    """A text by name, with when it says it was published, and what it says of the launch, in short."""
    published = w.say("entry_published", utc=say.minute(arrived.published_ns)) if arrived.published_ns else ""
    said: dict[str, list[str]] = {}
    for claim in [c for c in story.claims if c.cause == arrived.read.cause][:_MOST_VALUES]:
        said.setdefault(t.speaker(claim.speaker, claim.role), []).append(_short(t, story, claim))
    told = w.phrases["between"].join(
        w.say("who", who=who) + w.phrases["comma"].join(values) for who, values in said.items()
    )
    return w.say("entry_text", text=arrived.read.text_id, published=published) + (f" - {told}" if told else "")


def _short(t: Telling, story: Story, claim: Claim) -> str:
    """A value with the name of its quantity, where it does not say itself what it is."""
    told = value(t, claim, story.lang_of(claim))
    return told if f"{claim.quantity}={claim.value}" in t.clauses else f"{t.quantities[claim.quantity]} {told}"


def _revision(w: Recounting, t: Telling, account: Account) -> str:
    """Which figures a revision changed; empty where it only grew."""
    names = [t.quantities[q] for q in dict.fromkeys(q for q, _ in (*account.changed, *account.own_changed))]
    return w.say("entry_revision", quantities=w.listed(names)) if names else ""


def _issued(w: Recounting, heard: Hearsay) -> Iterator[Entry]:
    for product in heard.issued:
        if product.warning is None:
            what = w.say("entry_issued", user=product.user, product=product.title(w))
            yield product.known_ns, what, (product.finding_id,)
