"""One warning as people decide on it: the evidence under it, the draft, the approval, what is in force."""

from dataclasses import dataclass, replace
from typing import Final, Literal

from bongsu.messages.bulletin import Certainty, Family, HazardOf, Mode, Reference, Standing, Why
from bongsu.models.areas import Area
from bongsu.models.decision import DecideSettings
from bongsu.models.rights import User

UNKNOWN: Final = 0  # a time that is not known, or has not come
LOWERING: Final[frozenset[Family]] = frozenset({"passed", "fell_outside", "no_danger", "withdrawn", "all_clear"})
OBSERVED: Final[frozenset[Family]] = frozenset(
    {"passed", "fell", "fell_outside"}
)  # may be said only of what was followed
Ended = Literal["", "cancelled", "cleared"]


@dataclass(frozen=True, slots=True)
class Config:
    """Areas, people, settings, and the mode of the log: a bulletin cannot say another one."""

    areas: tuple[Area, ...]
    users: tuple[User, ...]
    belief: DecideSettings
    mode: Mode


@dataclass(frozen=True, slots=True)
class Evidence:
    """The proposal in force, or how it ended: `cancelled` (not borne out) or `cleared` (its time passed)."""

    areas: tuple[str, ...]
    hazard: HazardOf
    certainty: Certainty
    impact_ns: int
    rests_on: str  # id of the finding
    ended: Ended = ""
    was_followed: bool = False  # the end was seen, not only due


@dataclass(frozen=True, slots=True)
class Draft:
    """What an author wants said."""

    author: str
    session: str
    standing: Standing
    family: Family
    why: Why
    areas: tuple[str, ...]
    seen: Evidence  # what it was written on


@dataclass(frozen=True, slots=True)
class Approval:
    """Who approved the draft, and when."""

    user: str
    session: str
    at_ns: int


@dataclass(frozen=True, slots=True)
class Case:
    """One warning. `in_force` are the bulletins that the next one has to name; none before the first and after the end."""

    warning_id: str
    event_id: str
    evidence: Evidence
    draft: tuple[Draft, ...] = ()
    approval: tuple[Approval, ...] = ()
    in_force: tuple[Reference, ...] = ()
    areas: tuple[str, ...] = ()  # in force
    family: str = ""  # in force
    impact_ns: int = UNKNOWN  # as said in what is in force
    until_ns: int = UNKNOWN
    n_sent: int = 0
    is_ended: bool = False
    asked: str = ""  # what people were last asked to do

    @property
    def state(self) -> str:
        """Where the warning stands, in a word."""
        if self.is_ended:
            return "ended"
        if self.in_force:
            return "in force"
        return "approved" if self.approval else "drafted" if self.draft else "proposed"


@dataclass(frozen=True, slots=True)
class Seen:
    """What decide knows of one launch event: whether it is confirmed, when it lifted off, what still touches which area."""

    event_id: str
    state: str
    track_ids: tuple[str, ...]
    launch_ns: int = UNKNOWN
    p: tuple[tuple[str, float], ...] = ()  # by area, the latest verdict
    touched_ns: tuple[tuple[str, int], ...] = ()  # by area, when a verdict last said that something may still come


@dataclass(frozen=True, slots=True)
class Order:
    """A standing order that two people signed: it may send what is confirmed, for its areas, while it lasts."""

    order_id: str
    areas: tuple[str, ...]
    p_least: float
    from_ns: int
    until_ns: int
    may_lower: bool
    signed_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class State:
    """Warnings in the order of their opening, events, standing orders, how many warnings people opened themselves."""

    cases: tuple[Case, ...] = ()
    events: tuple[Seen, ...] = ()
    orders: tuple[Order, ...] = ()
    n_own: int = 0
    now_ns: int = 0

    def case(self, warning_id: str) -> Case | None:
        """The warning of that id."""
        return next((c for c in self.cases if c.warning_id == warning_id), None)

    def event(self, event_id: str) -> Seen:
        """The event of that id; an unconfirmed one without tracks where nothing was heard of it."""
        return next((e for e in self.events if e.event_id == event_id), Seen(event_id, "", ()))

    def with_case(self, case: Case) -> "State":
        """The state with this warning in its place."""
        if self.case(case.warning_id) is None:
            return replace(self, cases=(*self.cases, case))
        return replace(self, cases=tuple(case if c.warning_id == case.warning_id else c for c in self.cases))

    def with_event(self, event: Seen) -> "State":
        """The state with this event in its place."""
        others = tuple(e for e in self.events if e.event_id != event.event_id)
        return replace(self, events=(*others, event))
