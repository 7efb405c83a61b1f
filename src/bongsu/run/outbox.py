"""What was issued goes out by every route, once, and whatever happens to it is said.

A route is a channel and those who stand in for it. Each statement is handed to the first; without a receipt by the deadline the
same parcel is tried again, and the next channel as well. A statement that a later one replaced, or whose time is over, is not
sent late: an alert that was held up must not arrive after its retraction. Nothing here keeps time or writes: the caller ticks,
logs the outcomes as inputs, and after a restart hands in again what was issued and what was received.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from bongsu.adapters.channels.parcel import Channel, Failed, Parcel, Taken
from bongsu.adapters.channels.proof import ISSUED, NotProven, unproven
from bongsu.constants import NS_PER_S
from bongsu.errors import BongsuError
from bongsu.messages.base import Finding
from bongsu.messages.bulletin import Bulletin

Kind = Literal["handed", "failed", "overdue", "refused", "superseded", "expired", "held", "undelivered"]
MAX_KEPT: Final = 1_000  # statements that are done, kept to know repeats
_ASKING: Final = ("aware", "shelter", "shelter_now", "fell", "ships_aircraft")  # held back if old; what lowers never is


@dataclass(frozen=True, slots=True)
class Timing:
    """How long things take before something is done about it. Own choices, but for receipt and age (fault list, rows 29, 17)."""

    receipt_within_ns: int = 5 * NS_PER_S  # of the first try on a channel; then the next channel is tried too
    retry_after_ns: int = NS_PER_S  # doubled each time
    retry_at_most_ns: int = 10 * NS_PER_S
    stale_after_ns: int = (
        30 * NS_PER_S
    )  # issued so long before it reached the outbox: somebody has to say that it still holds
    hand_over_within_s: float = 2.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one statement on one channel (or before it reached any)."""

    kind: Kind
    finding_id: str
    bulletin_id: str
    channel: str
    at_ns: int
    detail: str
    digest: str = ""
    n_tries: int = 0


@dataclass(frozen=True, slots=True)
class Route:
    """The first channel and, in order, those who stand in."""

    channels: tuple[Channel, ...]


@dataclass(slots=True)
class _Leg:
    """One statement on one channel."""

    channel: Channel
    deadline_ns: int
    next_ns: int = 0
    n_tries: int = 0
    is_open: bool = True
    is_overdue: bool = False
    said: str = ""  # the last failure that was reported


@dataclass(slots=True)
class _Item:
    """One statement on its way: for each route the channels tried so far."""

    finding: Finding
    bulletin: Bulletin
    parcel: Parcel
    is_stale: bool
    legs: list[list[_Leg]]
    done: set[int] = field(default_factory=set)  # routes that need nothing more
    is_held: bool = False

    @property
    def is_done(self) -> bool:
        return len(self.done) == len(self.legs)


class Outbox:
    """The last gate before channels. `render` gives the parcel of a finding, `mode_of` the mode its bytes prove."""

    def __init__(
        self,
        mode: str,
        key_mode: str,
        routes: Sequence[Route],
        render: Callable[[Finding], Parcel],
        mode_of: Callable[[Parcel], str],
        now_ns: Callable[[], int],
        timing: Timing | None = None,
    ) -> None:
        """`mode` is that of the log's manifest."""
        self._mode, self._key_mode, self._routes = mode, key_mode, tuple(routes)
        self._render, self._mode_of, self._now_ns = render, mode_of, now_ns
        self._timing = timing or Timing()
        self._items: dict[str, _Item] = {}
        self._failures: dict[str, int] = {}  # in a row, by channel: those in trouble are asked last
        self._unsaid: list[Outcome] = []
        self._undelivered: list[
            tuple[str, str]
        ] = []  # (bulletin, first channel of the route or none); until it is replaced

    def take(self, finding: Finding) -> None:
        """Take one finding in. All but issued statements are passed over; what it becomes is said at the next tick."""
        bulletin = getattr(finding, "bulletin", None)
        if type(finding) not in ISSUED or not isinstance(bulletin, Bulletin):
            return
        now_ns = self._now_ns()
        known = self._items.get(bulletin.bulletin_id)
        if known is not None:
            if known.bulletin != bulletin:
                self._say("refused", finding, bulletin, "", f"another text under the id of finding {known.finding.id}")
            return
        try:
            parcel = self._render(finding)
        except BongsuError as error:
            self._undelivered.append((bulletin.bulletin_id, ""))
            self._say("refused", finding, bulletin, "", str(error))
            return
        self._undelivered = [u for u in self._undelivered if u[0] != bulletin.bulletin_id]
        self._items[bulletin.bulletin_id] = _Item(
            finding, bulletin, parcel, is_stale=now_ns - bulletin.sent_ns > self._timing.stale_after_ns,
            legs=[[] for _ in self._routes],
        )  # fmt: skip
        if not any(route.channels for route in self._routes):
            self._undelivered.append((bulletin.bulletin_id, ""))
            self._say("undelivered", finding, bulletin, "", "no channel is configured: nobody hears it")

    def was_handed(self, bulletin_id: str, channel: str) -> None:
        """A receipt from the log, of an earlier life of this node: that route needs nothing more."""
        item = self._items.get(bulletin_id)
        for r, route in enumerate(self._routes):
            if item is not None and any(c.name == channel for c in route.channels):
                item.done.add(r)

    def release(self, bulletin_id: str) -> None:
        """Somebody looked at a statement that was held for its age, and says that it still holds."""
        item = self._items.get(bulletin_id)
        if item is not None:
            item.is_stale = item.is_held = False

    def tick(self) -> list[Outcome]:
        """Hand over whatever is due; returns what became of it, to be logged. Channels that work go first, newest text first."""
        self._close_what_is_replaced()
        for item in self._waiting():
            self._look_at(item)
        for _ in range(max((len(route.channels) for route in self._routes), default=0)):
            due = [(item, r, leg) for item in self._waiting() if not item.is_held for r, leg in self._due(item)]
            for item, r, leg in sorted(due, key=self._order):
                self._try(item, r, leg)
            for item in self._waiting():
                self._call_next(item)
        self._forget()
        said, self._unsaid = self._unsaid, []
        return said

    def _order(self, due: tuple[_Item, int, _Leg]) -> tuple[int, int]:
        item, _, leg = due
        return self._failures.get(leg.channel.name, 0), -item.bulletin.sent_ns

    def waiting(self) -> list[str]:
        """Bulletins that some route has no receipt for yet, oldest first; held ones too."""
        return [item.bulletin.bulletin_id for item in self._waiting()]

    def trouble(self) -> list[tuple[str, str]]:
        """(bulletin, channel) past its deadline, or lost on a whole route. A node with any is red."""
        late = [
            (item.bulletin.bulletin_id, leg.channel.name)
            for item in self._waiting()
            for r, legs in enumerate(item.legs)
            for leg in legs
            if r not in item.done and leg.is_overdue
        ]
        return late + self._undelivered

    def _waiting(self) -> list[_Item]:
        return [item for item in self._items.values() if not item.is_done]

    def _close_what_is_replaced(self) -> None:
        """A statement that is on its way makes those of its warning that it names, and that came before it, too late."""
        before: dict[str, _Item] = {}
        for name, item in self._items.items():
            if not self._would_hold(item):
                named = {r.bulletin_id for r in item.bulletin.references if _warning(r.bulletin_id) == _warning(name)}
                self._undelivered = [u for u in self._undelivered if u[0] not in named]
                for older in (before[n] for n in sorted(named & before.keys())):
                    if not older.is_done:
                        self._close(older, "superseded", f"replaced by {name}")
            before[name] = item

    def _would_hold(self, item: _Item) -> bool:
        return item.is_stale and item.bulletin.family in _ASKING

    def _look_at(self, item: _Item) -> None:
        """Give up what is over, hold what is old, open the first leg of every route."""
        now_ns = self._now_ns()
        if now_ns >= item.bulletin.until_ns:
            self._close(item, "expired", "its time was over before every route had taken it")
        elif self._would_hold(item):
            if not item.is_held:
                item.is_held = True
                age_s = (now_ns - item.bulletin.sent_ns) / NS_PER_S
                self._say(
                    "held", item.finding, item.bulletin, "",
                    f"issued {age_s:.0f} s ago and not known to be sent: somebody has to say that it still holds",
                )  # fmt: skip
        else:
            for r, route in enumerate(self._routes):
                if not item.legs[r] and route.channels:
                    item.legs[r].append(self._leg(route.channels[0], now_ns))
                elif not route.channels:
                    item.done.add(r)

    def _leg(self, channel: Channel, now_ns: int) -> _Leg:
        return _Leg(channel, deadline_ns=now_ns + self._timing.receipt_within_ns)

    def _due(self, item: _Item) -> Iterator[tuple[int, _Leg]]:
        now_ns = self._now_ns()
        for r, legs in enumerate(item.legs):
            if r not in item.done:
                yield from ((r, leg) for leg in legs if leg.is_open and leg.next_ns <= now_ns)

    def _try(self, item: _Item, r: int, leg: _Leg) -> None:
        """Hand one statement to one channel, if all that has to be proven is."""
        if r in item.done:  # by another channel of this very tick
            return
        try:
            self._prove(item, leg.channel)
        except NotProven as error:
            leg.is_open = False
            self._say("refused", item.finding, item.bulletin, leg.channel.name, str(error), item.parcel)
            return
        answer = _handed(leg.channel, item.parcel, self._timing.hand_over_within_s)
        leg.n_tries += 1
        name = leg.channel.name
        if isinstance(answer, Taken):
            self._failures[name] = 0
            item.done.add(r)
            self._say("handed", item.finding, item.bulletin, name, answer.detail, item.parcel, leg.n_tries)
            return
        self._failures[name] = self._failures.get(name, 0) + 1
        wait_ns = min(self._timing.retry_after_ns << min(leg.n_tries - 1, 10), self._timing.retry_at_most_ns)
        leg.next_ns, leg.is_open = self._now_ns() + wait_ns, not answer.is_final
        if answer.detail != leg.said:
            leg.said = answer.detail
            self._say("failed", item.finding, item.bulletin, name, answer.detail, item.parcel, leg.n_tries)

    def _prove(self, item: _Item, channel: Channel) -> None:
        """NotProven unless log, key, bulletin, bytes and channel are of one mode, and it is issued, for somebody, somewhere."""
        missing = unproven(
            self._mode, finding=item.finding, manifest_mode=self._mode, key_mode=self._key_mode,
            sealed_mode=self._sealed_mode(item.parcel), channel_mode=channel.mode, audience=channel.audience,
        )  # fmt: skip
        if missing:
            raise NotProven(channel.name, self._mode, missing)

    def _sealed_mode(self, parcel: Parcel) -> str:
        try:
            return self._mode_of(parcel)
        except BongsuError as error:
            return str(error)

    def _call_next(self, item: _Item) -> None:
        """Where a route has no receipt in time, or cannot get one, the next channel is asked too."""
        now_ns = self._now_ns()
        for r, legs in enumerate(item.legs):
            if r in item.done or not legs:
                continue
            last = legs[-1]
            for leg in legs:
                if not leg.is_overdue and now_ns >= leg.deadline_ns:
                    leg.is_overdue = True
                    self._say("overdue", item.finding, item.bulletin, leg.channel.name, leg.said or "no receipt",
                              item.parcel, leg.n_tries)  # fmt: skip
            rest = self._routes[r].channels[len(legs) :]
            if (last.is_overdue or not last.is_open) and rest:
                legs.append(self._leg(rest[0], now_ns))
            elif not rest and not any(leg.is_open for leg in legs):
                item.done.add(r)
                self._undelivered.append((item.bulletin.bulletin_id, legs[0].channel.name))
                self._say("undelivered", item.finding, item.bulletin, legs[0].channel.name,
                          "no channel of this route takes it; each has said why", item.parcel)  # fmt: skip

    def _close(self, item: _Item, kind: Kind, detail: str) -> None:
        for r, route in enumerate(self._routes):
            if r not in item.done and route.channels:
                self._say(kind, item.finding, item.bulletin, route.channels[0].name, detail, item.parcel)
            item.done.add(r)

    def _say(
        self, kind: Kind, finding: Finding, bulletin: Bulletin, channel: str, detail: str, parcel: Parcel | None = None,
        n_tries: int = 0,
    ) -> None:  # fmt: skip
        digest = parcel.digest if parcel else ""
        self._unsaid.append(
            Outcome(kind, finding.id, bulletin.bulletin_id, channel, self._now_ns(), detail, digest, n_tries)
        )

    def _forget(self) -> None:
        """Keep the newest of those that are done."""
        done = [key for key, item in self._items.items() if item.is_done]
        for key in done[: max(0, len(done) - MAX_KEPT)]:
            del self._items[key]


def _warning(bulletin_id: str) -> str:
    return bulletin_id.partition("-")[0]


def _handed(channel: Channel, parcel: Parcel, timeout_s: float) -> Taken | Failed:
    """The channel's answer; a bug in one must not silence the others."""
    try:
        return channel.hand_over(replace(parcel), timeout_s)
    except Exception as error:
        return Failed(f"a fault in the channel itself ({type(error).__name__}: {error})")
