"""What the stage remembers: claims by launch day in order of publication, launch events, the newest estimates of their tracks."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bongsu.constants import NS_PER_S
from bongsu.messages.accounts import Account, Claim, Discrepancy, Reconstruction
from bongsu.messages.assessment import (
    ApogeePrediction,
    Classification,
    FlightEstimate,
    ImpactPrediction,
    LaunchEvent,
    LaunchPointEstimate,
    ThreatVerdict,
)
from bongsu.models import reconcile as rules
from bongsu.models.lineage import id_order
from bongsu.stages.reconcile.own import Track

Estimate = LaunchPointEstimate | FlightEstimate | ApogeePrediction | ImpactPrediction | Classification
_DAY_NS = 86_400 * NS_PER_S


@dataclass(frozen=True, slots=True)
class Heard:
    """One claim, and when its text was published; where that is not printed, when it arrived."""

    published_ns: int
    claim: Claim


@dataclass(frozen=True, slots=True)
class Day:
    """All that is remembered of one launch day; `said` is its account in force, with `differ`, none or one."""

    day: str
    heard: tuple[Heard, ...] = ()
    flights: tuple[Reconstruction, ...] = ()  # the newest of each speaker
    last_ns: int = 0  # when it was last spoken of
    said: tuple[Account, ...] = ()
    differ: tuple[Discrepancy, ...] = ()

    def claims(self) -> tuple[Claim, ...]:
        """The claims in the order they were published."""
        return tuple(h.claim for h in self.heard)


@dataclass(frozen=True, slots=True)
class State:
    """Days least recently spoken of first; `touched` are the days, `stirred` the tracks and events, of the present input."""

    days: tuple[Day, ...] = ()
    events: tuple[LaunchEvent, ...] = ()
    tracks: tuple[Track, ...] = ()
    verdicts: tuple[tuple[str, str, str], ...] = ()  # on Japan's EEZ: event, words, id of the finding
    published_ns: int = 0  # of the present report; 0 where it does not say
    touched: tuple[str, ...] = ()
    stirred: tuple[str, ...] = ()


def with_claim(state: State, claim: Claim) -> State:
    """One more claim, in its place by publication; the oldest of a day goes when there are too many."""
    day = _of(state.days, claim.event_date)
    fresh = Heard(state.published_ns or claim.known_ns, claim)
    held = tuple(sorted((*day.heard, fresh), key=_published))[-rules.MAX_CLAIMS :]
    day = replace(day, heard=held, last_ns=max(day.last_ns, claim.known_ns))
    kept = (*(d for d in state.days if d.day != day.day), day)[-rules.MAX_DAYS :]
    kept = tuple(d for d in kept if claim.known_ns - d.last_ns <= rules.KEPT_DAYS * _DAY_NS)
    return replace(state, days=kept, touched=_with(state.touched, day.day))


def _published(heard: Heard) -> tuple[int, str, tuple[int, int]]:
    return heard.published_ns, heard.claim.text_id, id_order(heard.claim.id)


def with_flights(state: State, found: Reconstruction) -> State:
    """The newest reconstruction of a speaker in place of the one before."""
    days = tuple(
        replace(d, flights=tuple(sorted((*(f for f in d.flights if f.speaker != found.speaker), found), key=lambda f: f.speaker)))
        if d.day == found.event_date
        else d
        for d in state.days
    )  # fmt: skip
    return replace(state, days=days, touched=_with(state.touched, found.event_date))


def with_event(state: State, event: LaunchEvent) -> State:
    """The newest word on an event; it keeps its place."""
    known = any(e.event_id == event.event_id for e in state.events)
    events = tuple(event if e.event_id == event.event_id else e for e in state.events)
    events = events if known else (*events, event)[-rules.MAX_EVENTS :]
    return replace(state, events=events, stirred=_with(state.stirred, event.event_id))


def with_estimate(state: State, found: Estimate) -> State:
    """The newest estimate of a track; the track spoken of longest ago goes first."""
    mine = newest(next((t for t in state.tracks if t.track_id == found.track_id), Track(found.track_id)), found)
    tracks = (*(t for t in state.tracks if t.track_id != found.track_id), mine)[-rules.MAX_TRACKS :]
    return replace(state, tracks=tracks, stirred=_with(state.stirred, found.track_id))


def newest(track: Track, found: Estimate) -> Track:
    """A track with one more estimate in place of the one before."""
    match found:
        case LaunchPointEstimate():
            return replace(track, point=(found,))
        case FlightEstimate():
            return replace(track, flight=(found,))
        case ApogeePrediction():
            return replace(track, apogee=(found,)) if _is_of_the_top(track, found) else track
        case ImpactPrediction():
            return replace(track, impact=(found,))
        case Classification():
            return replace(track, seems=(found,))


def _is_of_the_top(track: Track, found: ApogeePrediction) -> bool:
    """Whether a forecast is of the flight's greatest height: once that has passed, a lower hump after a pull-up is not."""
    return all(
        last.apogee_ns > found.valid_ns
        or found.low_m > last.apogee_m
        or (found.apogee_ns <= found.valid_ns and found.apogee_m >= rules.LATER_HUMP * last.apogee_m)
        for last in track.apogee
    )


def with_verdict(state: State, found: ThreatVerdict) -> State:
    """The newest verdict on an event."""
    kept = tuple(v for v in state.verdicts if v[0] != found.event_id)
    return replace(
        state,
        verdicts=(*kept, (found.event_id, found.words, found.id))[-rules.MAX_EVENTS :],
        stirred=_with(state.stirred, found.event_id),
    )


def with_day(state: State, day: Day) -> State:
    """The state with a day in its place."""
    return replace(state, days=tuple(day if d.day == day.day else d for d in state.days))


def _of(days: Sequence[Day], day: str) -> Day:
    return next((d for d in days if d.day == day), Day(day))


def _with(names: tuple[str, ...], name: str) -> tuple[str, ...]:
    return names if name in names else (*names, name)
