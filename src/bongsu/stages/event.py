"""One launch is one event: opened by a detection, joined by the tracks that can come from it, confirmed by a second witness.

An event says itself anew, with the next revision, only when something a reader would care about changed: its state, its
tracks, its detections or who saw it. It hears nothing of forecasts; that it is over it concludes from tracks that landed, or
from a plain fall time after the last of them was lost.
"""

import math
from dataclasses import dataclass, replace

import numpy as np

from bongsu.constants import GM_EARTH_M3PS2, NS_PER_S, R_MEAN_EARTH_M
from bongsu.geo.tables import Tables
from bongsu.kernels.earth import ecef_from_geodetic
from bongsu.kernels.flight import falls
from bongsu.messages.assessment import EventState, LaunchEvent
from bongsu.messages.base import Finding, Message
from bongsu.messages.inputs import Tick
from bongsu.messages.tracking import HeightsUpdated, LaunchDetected, TrackEnded, TracksUpdated
from bongsu.messages.units import Vec3
from bongsu.models.detection import DetectionSettings, Motion, could_come_from, velocity_sigma_mps
from bongsu.models.sensors import Sensor
from bongsu.models.settings import Settings

LN_BETA_FALL = math.log(4_000.0)  # of the plain fall of a lost track; drag decides seconds only
FALL_MAX_S = 7_200.0
OPEN: tuple[EventState, ...] = ("suspected", "confirmed")


@dataclass(frozen=True, slots=True)
class Config:
    """What is believed, and the sensors by id."""

    settings: DetectionSettings
    sensors: dict[str, Sensor]


@dataclass(frozen=True, slots=True)
class Witness:
    """Somebody who saw an event: by which physical principle, with which sensor, of which nation."""

    principle: str
    nation: str
    sensor_id: str


@dataclass(frozen=True, slots=True)
class Trace:
    """The last that is known of one track."""

    track_id: str
    t_ns: int
    motion: Motion
    h_m: float
    speed_mps: float
    energy_jpkg: float  # the greatest so far
    n_plots: int
    is_confirmed: bool
    level_updates: int  # in a row, as an aircraft flies
    is_alive: bool
    plots_of: tuple[tuple[str, int], ...]  # plots by sensor
    lands_ns: int = 0  # of a track that ended: when it came down, or would by a plain fall


@dataclass(frozen=True, slots=True)
class Event:
    """One open launch."""

    event_id: str
    revision: int
    state: EventState
    opened_ns: int
    at_ecef_m: Vec3
    radius_m: float
    detection_ids: tuple[str, ...]
    track_ids: tuple[str, ...]
    witnesses: tuple[Witness, ...]
    reason: str
    is_changed: bool = True  # since it was last said


@dataclass(frozen=True, slots=True)
class State:
    """Open events, the traces of live tracks and of those that events hold, and how many events there were."""

    events: tuple[Event, ...] = ()
    traces: tuple[Trace, ...] = ()
    n_events: int = 0


def configure(settings: Settings, tables: Tables) -> Config:
    """The configuration of this stage; no table is needed."""
    return Config(settings.detection, {sensor.sensor_id: sensor for sensor in settings.sensors})


def start(cfg: Config) -> State:
    """The state before anything was heard."""
    return State()


def step(cfg: Config, state: State, message: Message) -> tuple[State, list[Finding]]:
    """Open, join, confirm and close; say every event that changed."""
    if isinstance(message, TracksUpdated | HeightsUpdated):
        after, now_ns = _heard_tracks(cfg, state, message), message.valid_ns
    elif isinstance(message, LaunchDetected):
        after, now_ns = _heard_detection(cfg, state, message), message.valid_ns
    elif isinstance(message, TrackEnded):
        after, now_ns = _heard_end(state, message), message.valid_ns
    elif isinstance(message, Tick):
        after, now_ns = state, message.valid_ns
    else:
        return state, []
    if not after.events:
        return after, []
    return _settled(cfg, after, now_ns)


def _settled(cfg: Config, state: State, now_ns: int) -> tuple[State, list[Finding]]:
    """Judge every open event anew; those whose statement changed are said, closed ones are let go."""
    found: list[Finding] = []
    kept: list[Event] = []
    for event in state.events:
        judged = _judged(cfg, state, event, now_ns)
        if judged.is_changed:
            judged = replace(judged, revision=judged.revision + 1, is_changed=False)
            found.append(_said(judged, now_ns))
        if judged.state in OPEN:
            kept.append(judged)
    held = {track_id for event in kept for track_id in event.track_ids}
    traces = tuple(t for t in state.traces if t.is_alive or t.track_id in held)
    return replace(state, events=tuple(kept), traces=traces), found


def _judged(cfg: Config, state: State, event: Event, now_ns: int) -> Event:
    """`event` with its tracks, witnesses and state brought up to date; the same object where nothing changed."""
    settings = cfg.settings
    traces = {trace.track_id: trace for trace in state.traces}
    taken = {t for other in state.events if other is not event for t in other.track_ids}
    joined = tuple(
        t.track_id for t in state.traces
        if t.track_id not in event.track_ids and t.track_id not in taken
        and (_can_join(settings, event, t) or _is_piece(settings, [traces[k] for k in event.track_ids if k in traces], t))
    )  # fmt: skip
    track_ids = _led(settings, tuple(t for t in (*event.track_ids, *joined) if t in traces), traces)
    witnesses = _witnesses(cfg, event, [traces[t] for t in track_ids])
    kind, reason = _verdict(settings, event, [traces[t] for t in track_ids], witnesses, now_ns)
    if (track_ids, witnesses, kind) == (event.track_ids, event.witnesses, event.state):
        return event
    if kind == event.state:
        reason = _what_changed(event, joined, track_ids, witnesses)
    return replace(event, track_ids=track_ids, witnesses=witnesses, state=kind, reason=reason, is_changed=True)


def _what_changed(
    event: Event, joined: tuple[str, ...], track_ids: tuple[str, ...], witnesses: tuple[Witness, ...]
) -> str:
    """The change of an event that keeps its state, in words."""
    if joined:
        return f"joined by {', '.join(joined)}"
    fresh = [w.sensor_id for w in witnesses if w not in event.witnesses]
    if fresh:
        return f"seen by {', '.join(fresh)}"
    if track_ids[:1] != event.track_ids[:1] and track_ids:
        return f"main object is {track_ids[0]}"
    return "a track was dropped"


def _verdict(
    settings: DetectionSettings, event: Event, tracks: list[Trace], witnesses: tuple[Witness, ...], now_ns: int
) -> tuple[EventState, str]:
    """The state an event deserves now, and why."""
    open_s = (now_ns - event.opened_ns) / NS_PER_S
    is_confirmed = event.state == "confirmed" or _is_confirmed(witnesses)
    is_flame = any(w.principle == "infrared" for w in witnesses)  # no aircraft: a glide may end as level as one flies
    if tracks and not is_flame and all(t.level_updates >= settings.aircraft_updates for t in tracks):
        return "withdrawn", "every track flies as an aircraft does"
    if not tracks and not is_confirmed and open_s > settings.no_track_s:
        return "withdrawn", "one kind of sensor, and no track followed"
    ends_ns = max((t.lands_ns for t in tracks), default=event.opened_ns)
    is_down = not any(t.is_alive for t in tracks) and now_ns > ends_ns + settings.quiet_s * NS_PER_S
    if open_s > settings.never_later_s or (is_down and (tracks or open_s > settings.no_track_s)):
        return "over", "every track has ended and would be down by now"
    if is_confirmed:
        return "confirmed", "seen by a second principle or a second operator's radar"
    return "suspected", event.reason


def _is_confirmed(witnesses: tuple[Witness, ...]) -> bool:
    """Two physical principles, or radars of two operators: no sensor confirms itself."""
    principles = {w.principle for w in witnesses}
    operators = {w.nation for w in witnesses if w.principle == "radar"}
    return len(principles) >= 2 or len(operators) >= 2


def _witnesses(cfg: Config, event: Event, tracks: list[Trace]) -> tuple[Witness, ...]:
    """Who saw the event: those of its detections, and sensors that gave one of its confirmed tracks enough plots."""
    found = set(event.witnesses)
    for trace in tracks:
        for sensor_id, n in trace.plots_of:
            sensor = cfg.sensors.get(sensor_id)
            if sensor is not None and trace.is_confirmed and n >= cfg.settings.confirm_plots:
                found.add(Witness(sensor.kind, sensor.nation, sensor_id))
    return tuple(sorted(found, key=lambda w: (w.principle, w.nation, w.sensor_id)))


def _can_join(settings: DetectionSettings, event: Event, trace: Trace) -> bool:
    """Whether a live track can come from an event's place: near it at first, later within reach and flying away from it."""
    if not trace.is_alive or trace.level_updates > 0 or trace.n_plots < 2:
        return False
    near_m = event.radius_m + settings.track_margin_m
    away = tuple(a - b for a, b in zip(trace.motion.r_ecef_m, event.at_ecef_m, strict=True))
    distance_m, since_s = math.hypot(*away), (trace.t_ns - event.opened_ns) / NS_PER_S
    if abs(since_s) <= settings.window_s and distance_m <= near_m:
        return True
    if not trace.is_confirmed or abs(since_s) > settings.joins_s:
        return False
    is_fast = trace.speed_mps > settings.speed_mps or trace.h_m > settings.height_m
    return is_fast and could_come_from(settings, event.at_ecef_m, since_s, trace.motion)


def _is_piece(settings: DetectionSettings, mine: list[Trace], trace: Trace) -> bool:
    """Whether a fresh track begins where one of the event's has just been: a part of it, or the same object found again.

    What sinks slowly in thick air could no longer be linked to the launch by its motion.
    """
    if not trace.is_alive or trace.level_updates > 0 or not 2 <= trace.n_plots <= settings.piece_plots:
        return False
    return any(_gap_m(trace, other, settings.piece_s) < settings.piece_m for other in mine)


def _gap_m(trace: Trace, other: Trace, within_s: float) -> float:
    """How far a track is from where another would be by now, flying straight on; infinite where that was seen too long ago."""
    since_s = (trace.t_ns - other.t_ns) / NS_PER_S
    if abs(since_s) > within_s or not any(other.motion.v_ecef_mps):
        return math.inf
    there = [r + v * since_s for r, v in zip(other.motion.r_ecef_m, other.motion.v_ecef_mps, strict=True)]
    return math.dist(trace.motion.r_ecef_m, there)


def _led(settings: DetectionSettings, track_ids: tuple[str, ...], traces: dict[str, Trace]) -> tuple[str, ...]:
    """The same tracks with the main object first: it changes only for a live track of clearly more energy, or if it died."""
    if len(track_ids) < 2:
        return track_ids
    first = traces[track_ids[0]]
    best = max((traces[t] for t in track_ids), key=lambda t: (t.is_alive, t.energy_jpkg, t.n_plots, t.track_id))
    is_better = best.energy_jpkg > first.energy_jpkg * (1.0 + settings.energy_margin)
    is_heir = not first.is_alive and best.energy_jpkg >= first.energy_jpkg * (1.0 - settings.energy_margin)
    if not (best.is_alive and best.is_confirmed and (is_better or is_heir)):
        return track_ids
    return (best.track_id, *(t for t in track_ids if t != best.track_id))


def _heard_detection(cfg: Config, state: State, message: LaunchDetected) -> State:
    """Join a detection to the open event that holds its track, else open one."""
    witnesses = tuple(
        Witness(message.principle, cfg.sensors[s].nation if s in cfg.sensors else "", s) for s in message.evidence
    )
    for i, event in enumerate(state.events):
        if set(message.track_ids) & set(event.track_ids):
            merged = tuple(sorted({*event.witnesses, *witnesses}, key=lambda w: (w.principle, w.nation, w.sensor_id)))
            detections = (*event.detection_ids, message.detection_id)
            grown = replace(
                event,
                detection_ids=detections,
                witnesses=merged,
                reason=f"detection {message.detection_id}",
                is_changed=True,
            )
            return replace(state, events=(*state.events[:i], grown, *state.events[i + 1 :]))
    n = state.n_events + 1
    x, y, z = ecef_from_geodetic(message.lat_rad, message.lon_rad, 0.0)
    known = {trace.track_id for trace in state.traces}
    opened = Event(
        event_id=f"E{n:06d}", revision=0, state="suspected", opened_ns=message.valid_ns,
        at_ecef_m=(float(x), float(y), float(z)), radius_m=message.radius_m, detection_ids=(message.detection_id,),
        track_ids=tuple(t for t in message.track_ids if t in known), witnesses=witnesses,
        reason=f"{message.principle} detection {message.detection_id}",
    )  # fmt: skip
    return replace(state, events=(*state.events, opened)[-cfg.settings.max_events :], n_events=n)


def _heard_tracks(cfg: Config, state: State, message: TracksUpdated | HeightsUpdated) -> State:
    """Bring the traces of all updated tracks up to date; new ones go to the end."""
    traces = {trace.track_id: trace for trace in state.traces}
    for i, track_id in enumerate(message.track_id):
        if isinstance(message, HeightsUpdated):
            traces[track_id] = _height_trace(cfg, traces.get(track_id), message, i)
        elif message.plot[i] >= 0 or track_id in traces:
            traces[track_id] = _trace(cfg, traces.get(track_id), message, i)
    return replace(state, traces=tuple(traces.values())[-cfg.settings.max_tracks :])


def _trace(cfg: Config, before: Trace | None, message: TracksUpdated, i: int) -> Trace:
    """What one row of an update adds to a track's trace."""
    settings, r, v = cfg.settings, message.r_ecef_m[i], message.v_ecef_mps[i]
    h_m, speed = message.h_m[i], message.speed_mps[i]
    sigma_mps = velocity_sigma_mps(message.cov_ballistic[i])
    is_level = message.phase[i] == "level" and speed < settings.aircraft_mps and h_m < settings.aircraft_h_m
    energy = 0.5 * speed * speed + GM_EARTH_M3PS2 * (1.0 / R_MEAN_EARTH_M - 1.0 / math.hypot(*r))
    plots_of = _counted(before, message.sensor_id) if message.plot[i] >= 0 else before.plots_of if before else ()
    return Trace(
        track_id=message.track_id[i], t_ns=message.t_ns[i], motion=Motion(r, v, sigma_mps), h_m=h_m, speed_mps=speed,
        energy_jpkg=max(energy, before.energy_jpkg if before else energy), n_plots=message.n_plots[i],
        is_confirmed=message.is_confirmed[i], level_updates=(before.level_updates if before else 0) + 1 if is_level else 0,
        is_alive=True, plots_of=plots_of,
    )  # fmt: skip


def _height_trace(cfg: Config, before: Trace | None, message: HeightsUpdated, i: int) -> Trace:
    """The trace of a track without place: it stands for the pad, where its sensor is."""
    sensor = cfg.sensors.get(message.sensor_id)
    x, y, z = ecef_from_geodetic(sensor.lat_rad, sensor.lon_rad, sensor.h_m) if sensor else (R_MEAN_EARTH_M, 0.0, 0.0)
    h_m, speed = message.h_m[i], message.speed_mps[i]
    energy = 0.5 * speed * speed + GM_EARTH_M3PS2 * (1.0 / R_MEAN_EARTH_M - 1.0 / (R_MEAN_EARTH_M + h_m))
    plots_of = _counted(before, message.sensor_id)
    return Trace(
        track_id=message.track_id[i], t_ns=message.t_ns[i], motion=Motion((float(x), float(y), float(z)), (0.0, 0.0, 0.0), 0.0),
        h_m=h_m, speed_mps=speed, energy_jpkg=max(energy, before.energy_jpkg if before else energy),
        n_plots=plots_of[0][1], is_confirmed=message.is_confirmed[i], level_updates=0, is_alive=True, plots_of=plots_of,
    )  # fmt: skip


def _counted(before: Trace | None, sensor_id: str) -> tuple[tuple[str, int], ...]:
    """The plots by sensor with one more of this sensor, sorted."""
    counts = dict(before.plots_of) if before else {}
    counts[sensor_id] = counts.get(sensor_id, 0) + 1
    return tuple(sorted(counts.items()))


def _heard_end(state: State, message: TrackEnded) -> State:
    """A track ended: one that was nothing, or another's double, leaves its event; else it is remembered with its fall."""
    if message.reason in ("never_confirmed", "merged"):
        return replace(state, traces=tuple(t for t in state.traces if t.track_id != message.track_id))
    traces = tuple(_ended(t, message) if t.track_id == message.track_id else t for t in state.traces)
    return replace(state, traces=traces)


def _ended(trace: Trace, message: TrackEnded) -> Trace:
    lands_ns = message.valid_ns
    if message.reason == "lost":
        lands_ns = trace.t_ns + round(_fall_s(trace) * NS_PER_S)
    return replace(trace, is_alive=False, lands_ns=lands_ns)


def _fall_s(trace: Trace) -> float:
    """How long a plain fall from a trace's last state takes; a place unknown falls as if it had climbed straight up."""
    x = np.array((*trace.motion.r_ecef_m, *trace.motion.v_ecef_mps, LN_BETA_FALL))
    if not any(trace.motion.v_ecef_mps):
        x[:3] *= 1.0 + trace.h_m / math.hypot(*trace.motion.r_ecef_m)
        x[3:6] = x[:3] * (trace.speed_mps / math.hypot(*x[:3].tolist()))
    out = np.empty((1, 9))
    falls(x[None, :], FALL_MAX_S, out)
    return float(out[0, 3]) if math.isfinite(out[0, 3]) else FALL_MAX_S if trace.h_m > 0.0 else 0.0


def _said(event: Event, now_ns: int) -> LaunchEvent:
    return LaunchEvent(
        event_id=event.event_id, revision=event.revision, state=event.state, valid_ns=now_ns, track_ids=event.track_ids,
        detection_ids=event.detection_ids, principles=tuple(sorted({w.principle for w in event.witnesses})), reason=event.reason,
    )  # fmt: skip
