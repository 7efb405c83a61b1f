"""One simulated flight through the pipeline, measured against its truth. No log: the fold is the same."""

import math
from collections.abc import Iterable
from typing import Any

import msgspec
import numpy as np
from msgspec import UNSET, UnsetType

from bongsu import pipeline
from bongsu.constants import NS_PER_S
from bongsu.evaluate.accuracy import PlaceError, place_error
from bongsu.geo import frames, zones
from bongsu.geo.tables import Tables
from bongsu.messages.assessment import FlightEstimate, ImpactPrediction, LaunchEvent, LaunchPointEstimate
from bongsu.messages.base import Finding
from bongsu.messages.inputs import AnyInput, Scan
from bongsu.messages.tracking import LaunchDetected
from bongsu.messages.warning import WarningProposed
from bongsu.sim.truth import Flight

AFTER_BURN_OUT_S = (10.0, 60.0, 180.0)  # checkpoints of the impact forecast
LOOKS_INFRARED, SCANS_RADAR = 2, 5  # by which a launch must be declared
FLIGHT_TIME_AFTER_S = 30.0  # after burn-out, from when the total flight time must hold
ZONES_JUDGED = ("JPN.eez", "KOR.eez", "PRK.eez", "RUS.eez", "high_seas")


class ImpactCheck(msgspec.Struct, frozen=True, kw_only=True):
    """The impact forecast in force at one checkpoint."""

    checkpoint: str
    of: str  # what fell: "truth", or "nearest piece" where a vehicle broke up and a track may follow any of its pieces
    error: PlaceError
    assumption: str
    zones: tuple[tuple[str, float, bool], ...]  # zone, stated probability, truly inside


class FlightMeasures(msgspec.Struct, frozen=True, kw_only=True):
    """What one run says of the chain; times in seconds, absent where nothing was said or nothing is true."""

    scenario_id: str
    seed: int
    n_scans: int
    n_detections: int
    n_events: int
    n_warnings: int
    declared_s: float | UnsetType = UNSET  # after T0
    due_infrared_s: float | UnsetType = UNSET  # when the second infrared look that saw it was known
    due_radar_s: float | UnsetType = UNSET  # when the fifth scan of a radar since it rose above its horizon was known
    since_cloud_s: float | UnsetType = UNSET  # declared, after the object left the clouds
    since_horizon_s: float | UnsetType = UNSET  # declared, after the first radar plot
    launch_first: PlaceError | UnsetType = UNSET
    launch_burn_out: PlaceError | UnsetType = UNSET
    impacts: tuple[ImpactCheck, ...] = ()
    flight_time_error: float | UnsetType = UNSET  # largest relative error from 30 s after burn-out on


def measure(
    cfg: tuple[Any, ...], tables: Tables, flight: Flight, feed: Iterable[tuple[int, AnyInput]]
) -> FlightMeasures:
    """Fold a feed (known_ns, input) and compare what was found with the flight that made it."""
    state, heard = pipeline.start(cfg), Heard(flight)
    for seq, (known_ns, message) in enumerate(feed, start=1):
        heard.see(known_ns, message)
        state, findings = pipeline.step(cfg, state, seq, known_ns, message)
        for finding in findings:
            heard.hear(known_ns, finding)
    return heard.judge(tables)


class Heard:
    """What a run said, as far as it will be judged."""

    def __init__(self, flight: Flight) -> None:
        self.flight = flight
        self.n_scans = 0
        self.looks_ns: list[int] = []  # known times of infrared looks with a plot
        self.radar_ns: dict[str, list[int]] = {}  # known times of a radar's scans from its first plot on
        self.detections: list[tuple[int, LaunchDetected]] = []
        self.events: dict[str, LaunchEvent] = {}
        self.launch_points: list[tuple[int, LaunchPointEstimate]] = []
        self.impacts: list[tuple[int, ImpactPrediction]] = []
        self.flights: list[tuple[int, FlightEstimate]] = []
        self.n_warnings = 0

    def see(self, known_ns: int, message: AnyInput) -> None:
        """Count looks, for when a launch was due to be declared."""
        if not isinstance(message, Scan):
            return
        self.n_scans += 1
        if message.kind == "infrared" and message.t_ns:
            self.looks_ns.append(known_ns)
        if message.kind == "radar" and (message.t_ns or message.sensor_id in self.radar_ns):
            self.radar_ns.setdefault(message.sensor_id, []).append(known_ns)

    def hear(self, known_ns: int, finding: Finding) -> None:
        """Keep what will be judged."""
        match finding:
            case LaunchDetected():
                self.detections.append((known_ns, finding))
            case LaunchEvent():
                self.events[finding.event_id] = finding
            case LaunchPointEstimate():
                self.launch_points.append((known_ns, finding))
            case ImpactPrediction():
                self.impacts.append((known_ns, finding))
            case FlightEstimate():
                self.flights.append((known_ns, finding))
            case WarningProposed():
                self.n_warnings += 1

    def after_t0_s(self, t_ns: int) -> float:
        """Seconds after lift-off."""
        return (t_ns - self.flight.t0_ns) / NS_PER_S

    def judge(self, tables: Tables) -> FlightMeasures:
        """The measures of this run."""
        flight = self.flight
        main = self._main_track()
        found: dict[str, Any] = {}
        if self.detections:
            found["declared_s"] = self.after_t0_s(self.detections[0][0])
        if flight.is_launch:
            found |= self._timeliness(found.get("declared_s"))
            found |= self._launch_point(main)
            found |= self._flight_time(main)
            found["impacts"] = tuple(self._impact_checks(tables, main))
        return FlightMeasures(
            scenario_id=flight.scenario_id,
            seed=flight.seed,
            n_scans=self.n_scans,
            n_detections=len(self.detections),
            n_events=len(self.events),
            n_warnings=self.n_warnings,
            **found,
        )

    def _main_track(self) -> str:
        """The main track of the first event: what an operator is shown."""
        for event in self.events.values():
            if event.track_ids:
                return event.track_ids[0]
        return ""

    def _timeliness(self, declared_s: float | None) -> dict[str, float]:
        found: dict[str, float] = {}
        if len(self.looks_ns) >= LOOKS_INFRARED:
            found["due_infrared_s"] = self.after_t0_s(self.looks_ns[LOOKS_INFRARED - 1])
        fifth = [times[SCANS_RADAR - 1] for times in self.radar_ns.values() if len(times) >= SCANS_RADAR]
        if fifth:
            found["due_radar_s"] = self.after_t0_s(min(fifth))
        if declared_s is None:
            return found
        cloud_s = cloud_break_s(self.flight)
        if math.isfinite(cloud_s):
            found["since_cloud_s"] = declared_s - cloud_s
        if self.radar_ns:
            found["since_horizon_s"] = declared_s - self.after_t0_s(min(times[0] for times in self.radar_ns.values()))
        return found

    def _launch_point(self, main: str) -> dict[str, PlaceError]:
        flight, mine = self.flight, [item for item in self.launch_points if item[1].track_id == main]
        if not self.launch_points:
            return {}

        def error(estimate: LaunchPointEstimate) -> PlaceError:
            place = (estimate.lat_rad, estimate.lon_rad, estimate.cov_en_m2)
            return place_error(*place, flight.launch_lat_rad, flight.launch_lon_rad)

        found = {"launch_first": error(self.launch_points[0][1])}
        if mine:
            late = [e for known_ns, e in mine if self.after_t0_s(known_ns) >= flight.burn_out_s]
            found["launch_burn_out"] = error(late[0] if late else mine[-1][1])
        return found

    def _flight_time(self, main: str) -> dict[str, float]:
        from_s = self.flight.burn_out_s + FLIGHT_TIME_AFTER_S
        if not math.isfinite(self.flight.flight_time_s):
            return {}
        errors = [
            abs(estimate.flight_time_s / self.flight.flight_time_s - 1.0)
            for known_ns, estimate in self.flights
            if estimate.track_id == main and self.after_t0_s(known_ns) >= from_s
        ]
        return {"flight_time_error": max(errors)} if errors else {}

    def _impact_checks(self, tables: Tables, main: str) -> Iterable[ImpactCheck]:
        mine = [(self.after_t0_s(known_ns), p) for known_ns, p in self.impacts if p.track_id == main]
        if self.flight.impact is None or not mine:
            return
        marks = [(f"+{after:.0f} s", self.flight.burn_out_s + after) for after in AFTER_BURN_OUT_S]
        if self.flight.pull_up_s is not None:
            marks.append(("before pull-up", self.flight.pull_up_s[0]))
        marks.append(("last", math.inf))
        for name, at_s in marks:
            in_force = [p for known_s, p in mine if known_s <= at_s]
            if in_force and at_s - self.flight.burn_out_s > 0.0:
                yield self._impact_check(tables, name, in_force[-1])

    def _impact_check(self, tables: Tables, name: str, forecast: ImpactPrediction) -> ImpactCheck:
        is_broken = self.flight.kind == "failed"
        bodies = self.flight.bodies if is_broken else self.flight.bodies[:1]
        place = (forecast.lat_rad, forecast.lon_rad, forecast.cov_en_m2)
        ends = [(place_error(*place, e.lat_rad, e.lon_rad), e) for e in (body.impact for body in bodies) if e]
        error, impact = min(ends, key=lambda end: end[0].error_m)
        truth = zones.zone_probabilities(tables.zones, np.array([impact.lat_rad]), np.array([impact.lon_rad]))
        inside = {zone for zone, p in truth if p > 0.5}
        stated = dict(forecast.zones)
        return ImpactCheck(
            checkpoint=name,
            of="nearest piece" if is_broken else "truth",
            error=error,
            assumption=forecast.assumption,
            zones=tuple((zone, stated.get(zone, 0.0), zone in inside) for zone in ZONES_JUDGED),
        )


def cloud_break_s(flight: Flight) -> float:
    """When the main object rose out of the clouds, seconds after T0; NaN if it never did while it burnt."""
    times = np.arange(0.0, flight.burn_out_s, 0.25)
    if not times.size:
        return math.nan
    h_m = frames.geodetic_from_ecef(flight.bodies[0].states(times)[:, :3])[:, 2]
    above = np.nonzero(h_m >= flight.cloud_m)[0]
    return float(times[above[0]]) if above.size else math.nan
