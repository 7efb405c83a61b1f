"""What a log holds of words: reports read, their claims and accounts, signs, what was published, and when each came."""

from collections.abc import Sequence
from dataclasses import dataclass

from bongsu.adapters.publish import rounding as say
from bongsu.adapters.publish.gather import prompt
from bongsu.adapters.publish.reported.story import Namer, Story, Text
from bongsu.constants import NS_PER_S
from bongsu.messages.accounts import Account, Claim, Discrepancy, Passage, Reconstruction, ReportRead
from bongsu.messages.assessment import (
    ApogeePrediction,
    Classification,
    FlightEstimate,
    ImpactPrediction,
    LaunchEvent,
    LaunchPointEstimate,
    ThreatVerdict,
)
from bongsu.messages.base import Finding
from bongsu.messages.inputs import AnyInput, Indicator, OperatorAct, Report
from bongsu.messages.warning import WarningProposed, WarningUpdated
from bongsu.models.lineage import TOLD

LOCAL_S = 9 * 3_600  # Korea and Japan are nine hours ahead of UTC
ESTIMATES = (
    LaunchPointEstimate, FlightEstimate, ApogeePrediction, ImpactPrediction, Classification, ThreatVerdict,
)  # fmt: skip
_KEPT = (*TOLD, *ESTIMATES)


@dataclass(frozen=True, slots=True)
class Arrived:
    """One text: when it came, when it says it was published (0 where it does not), and what came of it."""

    seq: int
    known_ns: int
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


class Hearsay:
    """What has been heard so far; `take` folds one record in."""

    def __init__(self) -> None:
        self.texts: list[Arrived] = []
        self.events: list[LaunchEvent] = []
        self.signs: list[tuple[int, Indicator]] = []
        self.issued: list[Issued] = []
        self.prompts: dict[int, str] = {}  # inputs in a few words
        self.found: dict[str, Finding] = {}  # by id: what was told, and our estimates

    def take(self, seq: int, known_ns: int, message: AnyInput, findings: Sequence[Finding]) -> None:
        """Fold in one input and what it caused."""
        self.prompts[seq] = prompt(message)
        if isinstance(message, Indicator):
            self.signs.append((seq, message))
        elif isinstance(message, OperatorAct) and message.verb == "publish":
            self.issued.append(Issued(str(seq), known_ns, message.target_id, message.user, message.carries))
        for finding in findings:
            if isinstance(finding, _KEPT):
                self.found[finding.id] = finding
            elif isinstance(finding, LaunchEvent):
                self.events.append(finding)
            elif isinstance(finding, WarningProposed | WarningUpdated):
                self.issued.append(
                    Issued(finding.id, known_ns, finding.warning_id, "", self._below(finding.rests_on), finding)
                )
            elif isinstance(finding, ReportRead) and isinstance(message, Report):
                published = message.published_ns if isinstance(message.published_ns, int) else 0
                self.texts.append(Arrived(seq, known_ns, published, finding))

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
        local = local_day(event.valid_ns)
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
        causes = {t.seq for t in self.texts if t.read.text_id in names}
        flights = {f.speaker: f for f in self.found.values() if isinstance(f, Reconstruction) and f.event_date == day}
        told = {c.id for c in mine} | {f.id for f in flights.values()}
        differ = [f for f in self.found.values() if isinstance(f, Discrepancy) and f.cause == account.cause]
        return Story(
            day=day,
            texts=tuple(self._text(t) for t in self.texts if t.seq in causes),
            claims=mine,
            passages=tuple(f for f in self.found.values() if isinstance(f, Passage) and f.cause in causes),
            reconstructions=tuple(flights.values()),
            account=account,
            discrepancies=tuple(d for d in differ if d.event_date == day and d.beside in told and d.claim in told),
            other_days=tuple(sorted({c.event_date for c in claims if c.event_date and c.event_date != day})),
            namer=namer,
        )

    def _text(self, arrived: Arrived) -> Text:
        published = local_day(arrived.published_ns) if arrived.published_ns else ""
        return Text(arrived.seq, arrived.read.text_id, arrived.read.lang, published)

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


def local_day(t_ns: int) -> str:
    """The local day (UTC+9) of an instant."""
    return local(t_ns)[:10]


def local(t_ns: int) -> str:
    """`2025-11-07 12:35` of an instant, UTC+9."""
    return say.instant(t_ns + LOCAL_S * NS_PER_S).strftime("%Y-%m-%d %H:%M")
