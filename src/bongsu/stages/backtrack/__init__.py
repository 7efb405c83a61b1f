"""Where and when a flight left the ground: a smooth generic boost fitted to all plots of its powered part at once.

The tracker's wandering force is right for following, wrong for looking back. So each track's early plots are kept here, and once
an event claims the track they are fitted again at every look, later every few seconds, and a last time at burn-out. A track
first seen unpowered has no such plots: its arc is followed back instead, with a region as long as that is uncertain.
"""

from dataclasses import dataclass, replace

from msgspec import structs

from bongsu.constants import NS_PER_S
from bongsu.geo.tables import Tables
from bongsu.messages.assessment import LaunchEvent, LaunchPointEstimate
from bongsu.messages.base import Finding, Message
from bongsu.messages.inputs import Scan
from bongsu.messages.tracking import BurnObserved, TrackEnded, TracksUpdated
from bongsu.models.boost import BoostSettings
from bongsu.models.sensors import Sensor
from bongsu.models.settings import Settings
from bongsu.stages.backtrack.coast import from_coast
from bongsu.stages.backtrack.fit import Launch, fit_launch
from bongsu.stages.backtrack.flights import NEVER, Arc, Flight, is_due, usable_rows, with_rows
from bongsu.stages.backtrack.plots import NO_ROWS, rows_of


@dataclass(frozen=True, slots=True)
class Config:
    """What is believed, and the sensors by id."""

    settings: BoostSettings
    sensors: dict[str, Sensor]


@dataclass(frozen=True, slots=True)
class State:
    """The flights kept, oldest first, and the scan whose plots the next TracksUpdated names by row."""

    flights: tuple[Flight, ...] = ()
    scan: tuple[Scan, ...] = ()


def configure(settings: Settings, tables: Tables) -> Config:
    """The configuration of this stage; no table is needed."""
    return Config(settings.boost, {sensor.sensor_id: sensor for sensor in settings.sensors})


def start(cfg: Config) -> State:
    """The state before anything was heard."""
    return State()


def step(cfg: Config, state: State, message: Message) -> tuple[State, list[Finding]]:
    """Keep plots as tracks take them; say a launch point whenever a claimed flight has enough that is new."""
    if isinstance(message, Scan):
        return State(state.flights, (message,)), []
    if isinstance(message, TracksUpdated):
        return _heard_tracks(cfg, state, message)
    if isinstance(message, BurnObserved):
        return _heard_burn(cfg, state, message)
    if isinstance(message, LaunchEvent):
        return _heard_event(cfg, state, message)
    if isinstance(message, TrackEnded):
        return replace(
            state, flights=tuple(f for f in state.flights if f.is_claimed or f.track_id != message.track_id)
        ), []
    return state, []


def _heard_tracks(cfg: Config, state: State, message: TracksUpdated) -> tuple[State, list[Finding]]:
    """Add each updated track's plot to its flight, then say what is due."""
    scans = [s for s in state.scan if s.sensor_id == message.sensor_id and s.scan_id == message.scan_id]
    sensor = cfg.sensors.get(message.sensor_id)
    if not scans or sensor is None:
        return state, []
    flights = {flight.track_id: flight for flight in state.flights}
    found: list[Finding] = []
    for i, track_id in enumerate(message.track_id):
        if message.plot[i] < 0:
            continue
        if message.phase[i] == "level":
            flights.pop(track_id, None)
            continue
        known = flights.get(track_id) or Flight(track_id, message.t_ns[i], first_h_m=message.h_m[i])
        flights[track_id], said = _say(cfg, _taken(cfg, known, message, i, scans[0], sensor))
        found += said
    return State(tuple(flights.values())[-cfg.settings.max_flights :], state.scan), found


def _taken(cfg: Config, flight: Flight, message: TracksUpdated, i: int, scan: Scan, sensor: Sensor) -> Flight:
    """`flight` after its track took a plot: a row more while it may be powered, its arc where it coasts."""
    phase = message.phase[i]
    if phase == "boost" or scan.kind == "infrared":
        flight = replace(flight, has_burnt=True)
    elif phase != "undetermined" and flight.burnout_ns == NEVER:
        decided = message.t_ns[i] - int(cfg.settings.after_burnout_s * NS_PER_S)
        flight = replace(flight, burnout_ns=decided if flight.has_burnt else flight.ref_ns)
    if not flight.has_burnt and phase == "coast":
        arc = Arc(message.t_ns[i], message.ballistic[i], message.cov_ballistic[i])
        return replace(flight, n_looks=flight.n_looks + 1, arcs=(arc,))
    if flight.is_final or (flight.is_burnt_out and message.t_ns[i] > flight.burnout_ns):
        return flight
    if flight.rows.size and (message.t_ns[i] - flight.ref_ns) / NS_PER_S > flight.rows[0, 0] + cfg.settings.span_s:
        return flight
    return with_rows(
        cfg.settings, flight, rows_of(scan, message.plot[i], sensor, flight.ref_ns, cfg.settings.sigma_model_m)
    )


def _heard_burn(cfg: Config, state: State, message: BurnObserved) -> tuple[State, list[Finding]]:
    """A burn that ended in a flight's first minutes bounds its powered rows better than the change of phase did."""
    found: list[Finding] = []
    flights = []
    for flight in state.flights:
        if flight.track_id == message.track_id and message.end_ns and not flight.is_final:
            flight, found = _say(cfg, replace(flight, burnout_ns=message.end_ns, has_burnt=True))
        flights.append(flight)
    return replace(state, flights=tuple(flights)), found


def _heard_event(cfg: Config, state: State, message: LaunchEvent) -> tuple[State, list[Finding]]:
    """Claim the tracks of an open event, let those of a closed one go; a late track inherits its event's launch point."""
    mine = [flight for flight in state.flights if flight.track_id in message.track_ids]
    if message.state not in ("suspected", "confirmed"):
        return replace(state, flights=tuple(f for f in state.flights if f.track_id not in message.track_ids)), []
    eldest = min((flight for flight in mine if flight.said), key=lambda f: f.ref_ns, default=None)
    found: list[Finding] = []
    flights = []
    for flight in state.flights:
        if flight.track_id in message.track_ids and not flight.is_claimed:
            if eldest is not None and _is_late(cfg.settings, flight, eldest):
                flight, said = _inherit(flight, eldest)
            else:
                flight, said = _say(cfg, replace(flight, is_claimed=True))
            found += said
        flights.append(flight)
    return replace(state, flights=tuple(flights)), found


def _is_late(settings: BoostSettings, flight: Flight, eldest: Flight) -> bool:
    """Whether a track was first seen too late and too high to tell of a lift-off of its own."""
    return flight.ref_ns - eldest.ref_ns > settings.late_s * NS_PER_S and flight.first_h_m > settings.late_h_m


def _inherit(flight: Flight, eldest: Flight) -> tuple[Flight, list[Finding]]:
    """A part of the flight, or the flight found again: its launch is that of the event's first track."""
    said = structs.replace(
        eldest.said[0], track_id=flight.track_id, valid_ns=max(flight.ref_ns, eldest.said[0].valid_ns)
    )
    return replace(flight, is_claimed=True, is_final=True, said=(said,), rows=NO_ROWS, arcs=()), [said]


def _say(cfg: Config, flight: Flight) -> tuple[Flight, list[Finding]]:
    """Fit if it is due, and say what came out."""
    if not is_due(cfg.settings, flight):
        return flight, []
    now_ns = flight.newest_ns
    if flight.arcs:
        arc = flight.arcs[0]
        launch = from_coast(cfg.settings, (now_ns - flight.ref_ns) / NS_PER_S, arc.state, arc.cov, flight.first_h_m)
    else:
        launch = fit_launch(cfg.settings, usable_rows(cfg.settings, flight))
    said = () if launch is None else (_message(flight, launch, now_ns),)
    is_final = flight.is_burnt_out and not flight.arcs
    flight = replace(flight, fitted_ns=now_ns, fitted_looks=flight.n_looks, is_final=is_final, said=said or flight.said)
    return flight, list(said)


def _message(flight: Flight, launch: Launch, now_ns: int) -> LaunchPointEstimate:
    return LaunchPointEstimate(
        track_id=flight.track_id, valid_ns=now_ns, t0_ns=flight.ref_ns + round(launch.t0_s * NS_PER_S),
        sigma_t0_s=launch.sigma_t0_s, lat_rad=launch.lat_rad, lon_rad=launch.lon_rad, cov_en_m2=launch.cov_en_m2,
        azimuth_rad=launch.azimuth_rad, sigma_azimuth_rad=launch.sigma_azimuth_rad, n_plots=flight.n_looks,
    )  # fmt: skip
