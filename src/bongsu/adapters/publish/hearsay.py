"""What a log holds of words: reports read, their claims and accounts, signs, what was published, and when each came."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from bongsu.adapters.publish import rounding as say
from bongsu.adapters.publish.reported.story import Namer, Story, Text
from bongsu.language.recounting import Recounting
from bongsu.messages.accounts import Account, Claim, Discrepancy, Passage, Reconstruction, ReportRead
from bongsu.messages.assessment import LaunchEvent, ThreatVerdict
from bongsu.messages.base import Finding
from bongsu.messages.inputs import AnyInput, Indicator, OperatorAct, Report
from bongsu.messages.warning import WarningProposed, WarningUpdated
from bongsu.models.lineage import TOLD
from bongsu.stages.reconcile.memory import Estimate

_KEPT = (*TOLD, *get_args(Estimate), ThreatVerdict)


@dataclass(frozen=True, slots=True)
class Arrived:
    """One text: when it says it was published (0 where it does not), and what came of it, with when and as what it came."""

    published_ns: int
    read: ReportRead


@dataclass(frozen=True, slots=True)
class Issued:
    """Something that went out, with the ids of the findings whose figures it carried; `warning` where a stage proposed it."""

    finding_id: str
    known_ns: int
    name: str
    user: str
    carries: tuple[str, ...]
    warning: WarningProposed | WarningUpdated | None = None

    def title(self, w: Recounting) -> str:
        """What to call it."""
        return w.say("warning_product", id=self.name) if self.warning else self.name or w.say("brief")


class Hearsay:
    """What has been heard so far; `take` folds one record in. `prompts` are inputs in a few words, by seq."""

    def __init__(self, prompts: Mapping[int, str]) -> None:
        self.prompts = prompts
        self.texts: list[Arrived] = []
        self.events: list[LaunchEvent] = []
        self.signs: list[tuple[int, Indicator]] = []
        self.issued: list[Issued] = []
        self.found: dict[str, Finding] = {}  # by id: what was told, and our estimates

    def take(self, seq: int, known_ns: int, message: AnyInput, findings: Sequence[Finding]) -> None:
        """Fold in one input and what it caused."""
        if isinstance(message, Indicator):
            self.signs.append((seq, message))
        elif isinstance(message, OperatorAct) and message.verb == "publish":
            self.issued.append(Issued(str(seq), known_ns, message.target_id, message.user, message.carries))
        for finding in findings:
            self._hear(message, finding)

    def _hear(self, message: AnyInput, finding: Finding) -> None:
        match finding:
            case LaunchEvent():
                self.events.append(finding)
            case WarningProposed() | WarningUpdated():
                carries = self._below(finding.rests_on)
                self.issued.append(Issued(finding.id, finding.known_ns, finding.warning_id, "", carries, finding))
            case ReportRead() if isinstance(message, Report):
                published_ns = message.published_ns if isinstance(message.published_ns, int) else 0
                self.texts.append(Arrived(published_ns, finding))
            case _ if isinstance(finding, _KEPT):
                self.found[finding.id] = finding

    def _below(self, ids: Sequence[str]) -> tuple[str, ...]:
        """The estimates that findings rest on, through those that are no estimates of a figure themselves."""
        waiting, seen = list(ids), dict.fromkeys(ids)
        while waiting:
            found = self.found.get(waiting.pop())
            for below in found.rests_on if found is not None else ():
                if below not in seen and below in self.found:
                    seen[below] = None
                    waiting.append(below)
        return tuple(i for i in seen if i in self.found)

    def accounts(self, day: str) -> list[Account]:
        """The accounts of a launch day, oldest first."""
        return [f for f in self.found.values() if isinstance(f, Account) and f.event_date == day]

    def day_of(self, event: LaunchEvent | None) -> str:
        """The launch day to tell of: that of the account matched to the event, else the event's own, else the newest told of."""
        newest = {f.event_date: f for f in self.found.values() if isinstance(f, Account)}
        if event is None:
            return next(reversed(newest), "")
        matched = [day for day, account in newest.items() if account.event_id == event.event_id]
        local = say.local_day(event.valid_ns)
        return matched[-1] if matched else local if local in newest else ""

    def story(self, day: str, namer: Namer) -> Story | None:
        """All that was told of one day, as the brief of texts tells it; None where nothing was."""
        accounts = self.accounts(day)
        if not accounts:
            return None
        account = accounts[-1]
        claims = [f for f in self.found.values() if isinstance(f, Claim)]
        mine = tuple(c for c in claims if c.event_date == day and c.id in account.rests_on)
        names = {c.text_id for c in mine}
        causes = {t.read.cause for t in self.texts if t.read.text_id in names}
        flights = {f.speaker: f for f in self.found.values() if isinstance(f, Reconstruction) and f.event_date == day}
        told = {c.id for c in mine} | {f.id for f in flights.values()}
        differ = [f for f in self.found.values() if isinstance(f, Discrepancy) and f.cause == account.cause]
        return Story(
            day=day,
            texts=tuple(self._text(t) for t in self.texts if t.read.cause in causes),
            claims=mine,
            passages=tuple(f for f in self.found.values() if isinstance(f, Passage) and f.cause in causes),
            reconstructions=tuple(flights.values()),
            account=account,
            discrepancies=tuple(d for d in differ if d.event_date == day and d.beside in told and d.claim in told),
            other_days=tuple(sorted({c.event_date for c in claims if c.event_date and c.event_date != day})),
            namer=namer,
        )

    def _text(self, arrived: Arrived) -> Text:
        published = say.local_day(arrived.published_ns) if arrived.published_ns else ""
        return Text(arrived.read.cause, arrived.read.text_id, arrived.read.lang, published)

    def told(self) -> tuple[Finding, ...]:
        """Claims, passages, reconstructions, accounts and discrepancies, in the order they were found."""
        return tuple(f for f in self.found.values() if isinstance(f, TOLD))

    def beside_us(self, account: Account) -> list[Discrepancy]:
        """Claims that our own figures contradict, of one account."""
        ours = {o.finding_id for o in account.own}
        return [
            f
            for f in self.found.values()
            if isinstance(f, Discrepancy) and f.cause == account.cause and f.event_date == account.event_date and f.beside in ours
        ]  # fmt: skip
