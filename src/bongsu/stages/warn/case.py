"""One launch event as the warning machine sees it: its dangers, and the live proposal if there is one."""

from dataclasses import dataclass, replace

from msgspec import UNSET

from bongsu.messages.assessment import EventState, LaunchEvent, ThreatVerdict
from bongsu.messages.bulletin import Certainty, HazardOf
from bongsu.models.areas import Area, Hazard
from bongsu.models.hedges import Words
from bongsu.models.policy import WarnSettings

UNKNOWN = 0  # a time that is not known, or has not come


@dataclass(frozen=True, slots=True)
class Config:
    """The areas a warning may be proposed for, and the policy."""

    areas: tuple[Area, ...]
    belief: WarnSettings


@dataclass(frozen=True, slots=True)
class Danger:
    """The verdict in force on one area and hazard; `low_ns` is since when its probability is below withdrawal."""

    area: str
    hazard: Hazard
    p: float
    words: Words
    impact_ns: int = UNKNOWN
    until_ns: int = UNKNOWN
    low_ns: int = UNKNOWN


@dataclass(frozen=True, slots=True)
class Proposal:
    """What was last said under one warning id."""

    warning_id: str
    parts: tuple[tuple[str, str], ...]  # area and hazard, sorted
    hazard: HazardOf  # of the dangers worth a sentence
    certainty: Certainty
    impact_ns: int
    said_ns: int

    @property
    def areas(self) -> tuple[str, ...]:
        """The areas it names, each once, sorted."""
        return tuple(a for i, (a, _) in enumerate(self.parts) if i == 0 or self.parts[i - 1][0] != a)


@dataclass(frozen=True, slots=True)
class Case:
    """One launch event: at most one live proposal."""

    event_id: str
    state: EventState
    principles: tuple[str, ...]
    track_ids: tuple[str, ...]
    reason: str
    heard_ns: int
    seen_ns: int = UNKNOWN  # the last plot of any of its tracks
    lost_ns: int = UNKNOWN  # the last plot of a track that was lost, UNKNOWN while none was
    dangers: tuple[Danger, ...] = ()
    live: tuple[Proposal, ...] = ()  # none or one


def opened(event: LaunchEvent) -> Case:
    """The case of an event first heard."""
    return Case(event.event_id, event.state, event.principles, event.track_ids, event.reason, event.valid_ns)


def with_event(case: Case, event: LaunchEvent) -> Case:
    """`case` under the event's newest revision."""
    return replace(
        case,
        state=event.state,
        principles=event.principles,
        track_ids=event.track_ids,
        reason=event.reason,
        heard_ns=max(case.heard_ns, event.valid_ns),
    )


def with_verdict(cfg: Config, case: Case, verdict: ThreatVerdict, now_ns: int) -> Case:
    """`case` with the verdict in force; verdicts on areas that are never warned are left out."""
    area = next((a for a in cfg.areas if a.area_id == verdict.area), None)
    if area is None:
        return case
    before = next((d for d in case.dangers if (d.area, d.hazard) == (verdict.area, verdict.hazard)), None)
    low_ns = UNKNOWN
    if verdict.p < area.p_withdraw:
        low_ns = before.low_ns if before is not None and before.low_ns != UNKNOWN else now_ns
    danger = Danger(
        verdict.area,
        verdict.hazard,
        verdict.p,
        verdict.words,
        _time(verdict.impact_ns),
        _time(verdict.until_ns),
        low_ns,
    )
    others = [d for d in case.dangers if (d.area, d.hazard) != (verdict.area, verdict.hazard)]
    dangers = tuple(sorted([*others, danger], key=lambda d: (d.area, d.hazard)))
    return replace(case, dangers=dangers, heard_ns=max(case.heard_ns, verdict.valid_ns))


def _time(value: object) -> int:
    return UNKNOWN if value is UNSET or not isinstance(value, int) else value


def end_of(danger: Danger) -> int:
    """When a danger is over by its forecast; UNKNOWN where that is not known."""
    return max(danger.until_ns, danger.impact_ns)


def is_ahead(cfg: Config, case: Case, danger: Danger, now_ns: int) -> bool:
    """Whether a danger may still come: its time, with the margin, is not over; without a time, its event is not."""
    end_ns = end_of(danger)
    if end_ns == UNKNOWN:
        return case.state in ("suspected", "confirmed")
    return now_ns < end_ns + cfg.belief.clear_after_ns


def risen(cfg: Config, case: Case, now_ns: int) -> list[Danger]:
    """Dangers that call for a warning: at or above the area's proposal threshold, and not yet due."""
    limits = {a.area_id: a.p_propose for a in cfg.areas}
    return [d for d in case.dangers if d.p >= limits[d.area] and (end_of(d) == UNKNOWN or now_ns < end_of(d))]


def standing(cfg: Config, case: Case, now_ns: int) -> list[Danger]:
    """Dangers of the live proposal that were not low for long enough to leave it."""
    parts = case.live[0].parts if case.live else ()
    return [d for d in case.dangers if (d.area, d.hazard) in parts and not _has_sunk(cfg, d, now_ns)]


def shown(dangers: list[Danger]) -> list[Danger]:
    """The dangers worth a sentence: one that is about to leave is not, while its area has another."""
    firm = [d.area for d in dangers if d.low_ns == UNKNOWN]
    return [d for d in dangers if d.low_ns == UNKNOWN or d.area not in firm]


def threatening(cfg: Config, case: Case, now_ns: int) -> list[Danger]:
    """Dangers of any warned area that are not negligible and may still come: while there is one, nothing is all clear."""
    limits = {a.area_id: a.p_withdraw for a in cfg.areas}
    return [d for d in case.dangers if d.p >= limits[d.area] and is_ahead(cfg, case, d, now_ns)]


def _has_sunk(cfg: Config, danger: Danger, now_ns: int) -> bool:
    return danger.low_ns != UNKNOWN and now_ns - danger.low_ns >= cfg.belief.withdraw_after_ns
