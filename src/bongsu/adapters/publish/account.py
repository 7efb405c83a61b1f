"""The account of one launch: the findings in force, gathered from a log, for screens and briefs alike.

An `Account` holds findings, not sentences: each keeps its id, its instant and its SI numbers. What is
unknown has no field.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import msgspec
from msgspec import UNSET, UnsetType

from bongsu.messages.assessment import (
    ApogeePrediction,
    Classification,
    FlightEstimate,
    FootprintFan,
    ImpactPrediction,
    LaunchEvent,
    LaunchPointEstimate,
    OverflightPrediction,
    ThreatVerdict,
)
from bongsu.messages.tracking import BurnObserved, LaunchDetected, SensorStatus, TrackEnded
from bongsu.messages.units import FindingId, Nanos, NonNegative, SensorId, TrackId
from bongsu.messages.warning import AllClear, WarningCancelled, WarningProposed, WarningUpdated
from bongsu.messages.watching import WatchLevel
from bongsu.models.areas import Area
from bongsu.models.sensors import Sensor
from bongsu.models.watch import Site
from bongsu.sim.scenario import Published

Mode = Literal["live", "exercise", "replay", "test"]
AnyWarning = WarningProposed | WarningUpdated | WarningCancelled | AllClear


class Moving(msgspec.Struct, frozen=True, kw_only=True):
    """Where a track was at its newest state; one known by height alone has no place."""

    track_id: TrackId
    t_ns: Nanos
    phase: str
    h_m: float
    speed_mps: NonNegative
    sigma_m: NonNegative
    n_plots: int
    finding_id: FindingId
    lat_rad: float | UnsetType = UNSET
    lon_rad: float | UnsetType = UNSET


class Path(msgspec.Struct, frozen=True, kw_only=True):
    """The measured states of one track as columns; without places for a track known by height alone."""

    track_id: TrackId
    t_ns: tuple[Nanos, ...]
    h_m: tuple[float, ...]
    phase: tuple[str, ...]
    lat_rad: tuple[float, ...] = ()
    lon_rad: tuple[float, ...] = ()
    finding_ids: tuple[FindingId, ...] = ()


class SensorSeen(msgspec.Struct, frozen=True, kw_only=True):
    """One sensor: when it was last heard, and after how long without a word it counts as silent."""

    sensor_id: SensorId
    kind: str
    n_scans: int
    n_plots: int
    silent_after_ns: int
    last_known_ns: Nanos | UnsetType = UNSET  # absent: never heard
    status: SensorStatus | UnsetType = UNSET

    def is_silent(self, now_ns: int) -> bool:
        """Whether it has said nothing for longer than its own deadline, or never spoke."""
        return self.last_known_ns is UNSET or now_ns - self.last_known_ns > self.silent_after_ns


class Acknowledged(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody took note of a warning proposal; `seq` is the id of the input that says so."""

    warning_id: str
    user: str
    valid_ns: Nanos
    seq: FindingId


class SoloFigure(msgspec.Struct, frozen=True, kw_only=True):
    """What the same chain says when it hears one sensor alone; a figure that chain never reached is absent."""

    sensor_id: SensorId
    first_ns: Nanos | UnsetType = UNSET  # first and last plot of this sensor that its own track took
    last_ns: Nanos | UnsetType = UNSET
    first_h_m: float | UnsetType = UNSET
    last_h_m: float | UnsetType = UNSET
    top_h_m: float | UnsetType = UNSET  # the greatest height it measured
    flight: FlightEstimate | UnsetType = UNSET
    apogee: ApogeePrediction | UnsetType = UNSET
    impact: ImpactPrediction | UnsetType = UNSET


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """A finding that a sentence rests on: what it is, when it was known, and the input that prompted it."""

    finding_id: FindingId
    noun: str
    known_ns: Nanos
    prompted_by: str


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """One launch, or the absence of one, as far as a log tells it at `now_ns`."""

    mode: Mode
    node: str
    title: str
    now_ns: Nanos
    first_ns: Nanos
    n_inputs: int = 0
    n_tracks: int = 0  # confirmed so far
    n_rejected: int = 0  # plots received and not used
    event: LaunchEvent | UnsetType = UNSET
    other_events: tuple[LaunchEvent, ...] = ()
    detection: LaunchDetected | UnsetType = UNSET
    track: Moving | UnsetType = UNSET
    ended: TrackEnded | UnsetType = UNSET
    point: LaunchPointEstimate | UnsetType = UNSET
    fan: FootprintFan | UnsetType = UNSET
    impact: ImpactPrediction | UnsetType = UNSET
    apogee: ApogeePrediction | UnsetType = UNSET
    flight: FlightEstimate | UnsetType = UNSET
    overflight: OverflightPrediction | UnsetType = UNSET
    classification: Classification | UnsetType = UNSET
    burns: tuple[BurnObserved, ...] = ()
    verdicts: tuple[ThreatVerdict, ...] = ()  # newest of each area and hazard, most likely first
    warnings: tuple[AnyWarning, ...] = ()  # all that was said about this event, oldest first
    acknowledged: tuple[Acknowledged, ...] = ()
    sensors: tuple[SensorSeen, ...] = ()
    paths: tuple[Path, ...] = ()
    published: tuple[Published, ...] = ()
    solo: tuple[SoloFigure, ...] = ()
    truth: Published | UnsetType = UNSET  # of a simulated flight, for comparison alone
    launch_words: str = ""  # public place words; empty where unknown
    impact_words: str = ""
    sources: tuple[Source, ...] = ()
    area_names: tuple[tuple[str, str], ...] = ()
    watch: tuple[WatchLevel, ...] = ()  # newest of each site and window, the whole area first
    site_names: tuple[tuple[str, str], ...] = ()

    def area_name(self, area_id: str) -> str:
        """The name of a protected area, or its id where it has none."""
        return dict(self.area_names).get(area_id) or area_id

    def warning(self) -> AnyWarning | UnsetType:
        """The newest word of the warning stage on this event."""
        return self.warnings[-1] if self.warnings else UNSET

    def is_warning_open(self) -> bool:
        """Whether a proposal stands: neither cancelled nor ended by an all-clear."""
        return bool(self.warnings) and isinstance(self.warnings[-1], WarningProposed | WarningUpdated)

    def is_acknowledged(self) -> bool:
        """Whether somebody took note of the newest warning."""
        return bool(self.warnings) and any(a.warning_id == self.warnings[-1].warning_id for a in self.acknowledged)


Namer = Callable[[float, float], str]  # latitude, longitude in radians -> public place words


def no_words(lat_rad: float, lon_rad: float) -> str:
    """The namer of a log without place tables."""
    return ""


@dataclass(frozen=True, slots=True)
class Frame:
    """What an account needs beside the records: the manifest's mode and node, the sensors and areas it knew, names."""

    mode: Mode = "exercise"
    node: str = "laptop"
    title: str = ""
    sensors: tuple[Sensor, ...] = ()
    areas: tuple[Area, ...] = ()
    sites: tuple[Site, ...] = ()
    namer: Namer = no_words
    published: tuple[Published, ...] = ()
