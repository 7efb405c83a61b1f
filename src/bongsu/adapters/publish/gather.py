"""From records to the account: a fold that remembers the newest finding of each kind and subject."""

import math
from collections.abc import Callable, Sequence
from typing import Any

from msgspec import UNSET, UnsetType, structs

from bongsu.adapters.publish.account import (
    Account,
    Acknowledged,
    AnyWarning,
    Frame,
    Moving,
    Path,
    SensorSeen,
    Source,
)
from bongsu.adapters.publish.shapes import places
from bongsu.adapters.publish.watch import newest
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
from bongsu.messages.base import Finding
from bongsu.messages.inputs import AnyInput, CaptureRead, Notice, OperatorAct, Report, Scan
from bongsu.messages.tracking import (
    BurnObserved,
    HeightsUpdated,
    LaunchDetected,
    PlotsRejected,
    SensorStatus,
    TrackEnded,
    TracksUpdated,
)
from bongsu.messages.warning import AllClear, WarningCancelled, WarningProposed, WarningUpdated
from bongsu.messages.watching import WatchLevel
from bongsu.models.lineage import id_order
from bongsu.models.sensors import silent_after_ns

KEPT_BY_TRACK = (
    Classification, LaunchPointEstimate, FootprintFan, ImpactPrediction, ApogeePrediction, FlightEstimate, TrackEnded,
    OverflightPrediction,
)  # fmt: skip
WARNINGS = (WarningProposed, WarningUpdated, WarningCancelled, AllClear)
SURE_M = 2_000.0  # a height counts as measured when its track is known this well (one sigma)
LATER_HUMP = 0.98  # of the greatest measured height; between it and 1 lies the noise of the measurement
MAX_STATES = 20_000  # measured states kept of one track; the oldest go first


class Gathered:
    """What has been heard so far. `hear_input` and `hear` fold one record in; `account` looks at the result."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.now_ns = self.first_ns = self.n_inputs = self.n_rejected = 0
        self._sensors = {
            s.sensor_id: SensorSeen(
                sensor_id=s.sensor_id, kind=s.kind, n_scans=0, n_plots=0, silent_after_ns=silent_after_ns(s)
            )
            for s in frame.sensors
        }
        self._newest: dict[tuple[str, str], Finding] = {}  # (type of finding, track) -> newest
        self._events: dict[str, LaunchEvent] = {}
        self._detections: dict[str, LaunchDetected] = {}
        self._burns: dict[str, list[BurnObserved]] = {}
        self._verdicts: dict[tuple[str, str, str], ThreatVerdict] = {}
        self._warnings: list[AnyWarning] = []
        self._levels: dict[tuple[str, float], WatchLevel] = {}
        self._acknowledged: list[Acknowledged] = []
        self._moving: dict[str, Moving] = {}
        self._states: dict[str, list[tuple[Any, ...]]] = {}
        self._confirmed: dict[str, None] = {}
        self._top_m: dict[str, float] = {}  # greatest measured height of each track
        self.prompts: dict[int, str] = {}  # inputs in a few words, by seq
        self._place_words: dict[str, tuple[str, str]] = {}  # kind of finding -> id of the last one named, its words

    def hear_input(self, seq: int, known_ns: int, message: AnyInput) -> None:
        """Fold in one recorded input."""
        self.prompts[seq] = prompt(message)
        self.n_inputs += 1
        self.first_ns = self.first_ns or known_ns
        self.now_ns = max(self.now_ns, known_ns)
        if isinstance(message, Scan):
            self._hear_scan(known_ns, message)
        elif isinstance(message, OperatorAct) and message.verb == "acknowledge":
            self._acknowledged.append(
                Acknowledged(warning_id=message.target_id, user=message.user, valid_ns=message.valid_ns, seq=str(seq))
            )

    def _hear_scan(self, known_ns: int, scan: Scan) -> None:
        seen = self._sensors.get(scan.sensor_id)
        if seen is None:
            seen = SensorSeen(sensor_id=scan.sensor_id, kind=scan.kind, n_scans=0, n_plots=0, silent_after_ns=2**62)
        self._sensors[scan.sensor_id] = structs.replace(
            seen, n_scans=seen.n_scans + 1, n_plots=seen.n_plots + len(scan.t_ns), last_known_ns=known_ns
        )

    def take(self, seq: int, known_ns: int, message: AnyInput, findings: Sequence[Finding]) -> None:
        """Fold in one input and what it caused, as a sink of the core hears them."""
        self.hear_input(seq, known_ns, message)
        for finding in findings:
            self.hear(finding)

    def hear(self, finding: Finding) -> None:
        """Fold in one stamped finding."""
        self.now_ns = max(self.now_ns, finding.known_ns)
        hearer = _HEARERS.get(type(finding))
        if hearer is not None:
            hearer(self, finding)

    def _hear_tracked(self, finding: Any) -> None:
        self._newest[type(finding).__name__, finding.track_id] = finding

    def _hear_apogee(self, finding: ApogeePrediction) -> None:
        """The newest forecast of the flight's greatest height; a later hump, lower or not surely higher, is not that."""
        if finding.apogee_m < LATER_HUMP * self._top_m.get(finding.track_id, 0.0):
            return
        last: Any = self._newest.get((ApogeePrediction.__name__, finding.track_id))
        is_passed = last is not None and last.apogee_ns <= finding.valid_ns
        if not is_passed or finding.apogee_ns <= finding.valid_ns or finding.low_m > last.apogee_m:
            self._hear_tracked(finding)

    def _hear_level(self, finding: WatchLevel) -> None:
        self._levels[finding.site, finding.window_s] = finding

    def _hear_event(self, finding: LaunchEvent) -> None:
        self._events[finding.event_id] = finding

    def _hear_detection(self, finding: LaunchDetected) -> None:
        self._detections[finding.detection_id] = finding

    def _hear_burn(self, finding: BurnObserved) -> None:
        burns = self._burns.setdefault(finding.track_id, [])
        if burns and (burns[-1].end_ns is UNSET or finding.start_ns < burns[-1].end_ns):
            burns[-1] = finding  # the same stretch, known better
        else:
            burns.append(finding)

    def _hear_verdict(self, finding: ThreatVerdict) -> None:
        self._verdicts[finding.event_id, finding.area, finding.hazard] = finding

    def _hear_warning(self, finding: AnyWarning) -> None:
        self._warnings.append(finding)

    def _hear_rejected(self, finding: PlotsRejected) -> None:
        self.n_rejected += finding.n

    def _hear_status(self, finding: SensorStatus) -> None:
        seen = self._sensors.get(finding.sensor_id)
        if seen is not None:
            self._sensors[finding.sensor_id] = structs.replace(seen, status=finding)

    def _hear_tracks(self, finding: TracksUpdated) -> None:
        for i, track_id in enumerate(finding.track_id):
            place = finding.r_ecef_m[i]
            self._remember(finding, i, track_id, finding.sigma_pos_m[i], finding.n_plots[i])
            if finding.plot[i] >= 0:
                self._keep(track_id, (finding.t_ns[i], finding.h_m[i], finding.phase[i], finding.id, place))

    def _hear_heights(self, finding: HeightsUpdated) -> None:
        for i, track_id in enumerate(finding.track_id):
            n_plots = len(self._states.get(track_id, ())) + 1
            sigma_h_m = math.sqrt(finding.cov_ballistic[i][0]) if finding.is_fitted[i] else 0.0
            self._remember(finding, i, track_id, sigma_h_m, n_plots)
            self._keep(track_id, (finding.t_ns[i], finding.h_m[i], finding.phase[i], finding.id, None))

    def _remember(
        self, finding: TracksUpdated | HeightsUpdated, i: int, track_id: str, sigma_m: float, n_plots: int
    ) -> None:
        if finding.is_confirmed[i]:
            self._confirmed[track_id] = None
        if 0.0 < sigma_m < SURE_M:
            self._top_m[track_id] = max(finding.h_m[i], self._top_m.get(track_id, 0.0))
        self._moving[track_id] = Moving(
            track_id=track_id, t_ns=finding.t_ns[i], phase=finding.phase[i], h_m=finding.h_m[i],
            speed_mps=finding.speed_mps[i], sigma_m=sigma_m, n_plots=n_plots, finding_id=finding.id,
        )  # fmt: skip

    def _keep(self, track_id: str, state: tuple[Any, ...]) -> None:
        kept = self._states.setdefault(track_id, [])
        kept.append(state)
        if len(kept) > MAX_STATES:
            del kept[0]

    def event_ids(self) -> tuple[str, ...]:
        """Every launch event heard of, oldest first."""
        return tuple(self._events)

    def main_event(self) -> str:
        """The newest event that was not withdrawn, else the newest; empty when there is none."""
        standing = [e.event_id for e in self._events.values() if e.state != "withdrawn"]
        return (standing or list(self._events) or [""])[-1]

    def account(self, event_id: str = "", *, is_whole: bool = False) -> Account:
        """The account of one event (the main one by default); a whole one adds the measured flight and the sources."""
        event_id = event_id or self.main_event()
        event = self._events.get(event_id)
        track_id = self._main_track(event)
        warnings = tuple(w for w in self._warnings if w.event_id == event_id)
        mine = [w.warning_id for w in warnings]
        verdicts = [v for (e, _, _), v in self._verdicts.items() if e == event_id]
        found = Account(
            mode=self.frame.mode,
            node=self.frame.node,
            title=self.frame.title,
            now_ns=self.now_ns,
            first_ns=self.first_ns,
            n_inputs=self.n_inputs,
            n_tracks=len(self._confirmed),
            n_rejected=self.n_rejected,
            event=event if event else UNSET,
            other_events=tuple(e for e in self._events.values() if e.event_id != event_id),
            detection=self._detection(event),
            verdicts=tuple(sorted(verdicts, key=lambda v: (-v.p, v.area, v.hazard))),
            warnings=warnings,
            acknowledged=tuple(a for a in self._acknowledged if a.warning_id in mine),
            sensors=tuple(self._sensors.values()),
            published=self.frame.published,
            area_names=tuple((a.area_id, a.name) for a in self.frame.areas),
            watch=tuple(newest(self._levels.values())),
            site_names=tuple((s.site_id, s.name) for s in self.frame.sites if s.name),
            **self._of_track(track_id),
        )
        if not is_whole:
            return found
        return structs.replace(found, paths=self._paths(event, track_id), sources=self._sources(found))

    def _sources(self, a: Account) -> tuple[Source, ...]:
        """What the account rests on, in the order in which it was found."""
        single = (
            a.event, a.detection, a.point, a.fan, a.impact, a.apogee, a.flight, a.overflight, a.classification, a.ended,
        )  # fmt: skip
        used: list[Finding] = [f for f in (*single, *a.burns, *a.verdicts, *a.warnings, *a.watch) if f is not UNSET]
        rows = {f.id: (f.cause, str(type(f).__struct_config__.tag), f.known_ns) for f in used}
        if a.track is not UNSET:
            cause = int(a.track.finding_id.partition(".")[0])
            rows[a.track.finding_id] = cause, "tracks_updated", a.track.t_ns
        ranked = sorted(rows.items(), key=lambda row: id_order(row[0]))
        return tuple(
            Source(finding_id=i, noun=noun.partition(".")[0], known_ns=t_ns, prompted_by=self.prompts.get(cause, ""))
            for i, (cause, noun, t_ns) in ranked
        )

    def _of_track(self, track_id: str) -> dict[str, Any]:
        """The fields of the account that speak of its main track."""
        names = {
            "point": LaunchPointEstimate, "fan": FootprintFan, "impact": ImpactPrediction, "apogee": ApogeePrediction,
            "flight": FlightEstimate, "classification": Classification, "ended": TrackEnded,
            "overflight": OverflightPrediction,
        }  # fmt: skip
        found: dict[str, Any] = {
            name: self._newest.get((kind.__name__, track_id), UNSET) for name, kind in names.items()
        }
        point, impact = found["point"], found["impact"]
        return found | {
            "track": self._track(track_id),
            "burns": tuple(self._burns.get(track_id, ())),
            "launch_words": self._words(point) if point is not UNSET else "",
            "impact_words": self._words(impact) if impact is not UNSET else "",
        }

    def _words(self, found: LaunchPointEstimate | ImpactPrediction) -> str:
        """The place words of a finding, asked for once: a screen is drawn far more often than a place changes."""
        kind = type(found).__name__
        last_id, last_words = self._place_words.get(kind, ("", ""))
        if last_id == found.id:
            return last_words
        place_words = self.frame.namer(found.lat_rad, found.lon_rad)
        self._place_words[kind] = found.id, place_words
        return place_words

    def _detection(self, event: LaunchEvent | None) -> LaunchDetected | UnsetType:
        ids = event.detection_ids if event else ()
        return next((self._detections[i] for i in ids if i in self._detections), UNSET)

    def _main_track(self, event: LaunchEvent | None) -> str:
        """Of the event's tracks the one with a forecast and the most plots: parts that separate start later."""
        if event is None:
            return ""
        known = [t for t in event.track_ids if t in self._moving]
        return min(known, key=self._rank, default="")

    def _rank(self, track_id: str) -> tuple[bool, int, str]:
        has_forecast = ("ImpactPrediction", track_id) in self._newest or ("ApogeePrediction", track_id) in self._newest
        return not has_forecast, -self._moving[track_id].n_plots, track_id

    def _track(self, track_id: str) -> Moving | UnsetType:
        """The newest state of a track, with its place where it has one."""
        if track_id not in self._moving:
            return UNSET
        states = self._states.get(track_id)
        if not states or states[-1][4] is None:
            return self._moving[track_id]
        lat_rad, lon_rad = places((states[-1][4],))
        return structs.replace(self._moving[track_id], lat_rad=lat_rad[0], lon_rad=lon_rad[0])

    def _paths(self, event: LaunchEvent | None, track_id: str) -> tuple[Path, ...]:
        """The main track first, then the event's others; without an event every confirmed track."""
        ids = sorted(event.track_ids if event else self._confirmed, key=lambda t: (t != track_id, t))
        return tuple(self._path(t) for t in ids if self._states.get(t))

    def _path(self, track_id: str) -> Path:
        t_ns, h_m, phase, ids, r_ecef_m = zip(*self._states[track_id], strict=True)
        has_place = r_ecef_m[0] is not None
        lat_rad, lon_rad = places(r_ecef_m) if has_place else ((), ())
        return Path(
            track_id=track_id, t_ns=t_ns, h_m=h_m, phase=phase, lat_rad=lat_rad, lon_rad=lon_rad, finding_ids=ids
        )


def prompt(message: AnyInput) -> str:
    """An input in a few words."""
    if isinstance(message, Scan):
        return f"scan {message.scan_id} of {message.sensor_id}"
    if isinstance(message, CaptureRead):
        return "the count of what a capture held"
    if isinstance(message, Report | Notice):
        return f"text {message.text_id}"
    return f"{message.verb} by {message.user}" if isinstance(message, OperatorAct) else "the clock"


_HEARERS: dict[type[Finding], Callable[[Gathered, Any], None]] = {
    **dict.fromkeys(KEPT_BY_TRACK, Gathered._hear_tracked),
    **dict.fromkeys(WARNINGS, Gathered._hear_warning),
    ApogeePrediction: Gathered._hear_apogee,
    LaunchEvent: Gathered._hear_event,
    LaunchDetected: Gathered._hear_detection,
    BurnObserved: Gathered._hear_burn,
    ThreatVerdict: Gathered._hear_verdict,
    WatchLevel: Gathered._hear_level,
    PlotsRejected: Gathered._hear_rejected,
    SensorStatus: Gathered._hear_status,
    TracksUpdated: Gathered._hear_tracks,
    HeightsUpdated: Gathered._hear_heights,
}
