"""What was made of a recording, in lines for a person."""

from collections.abc import Iterable, Iterator, Sequence

from msgspec import UNSET, UnsetType

from bongsu.adapters.publish.rounding import percent
from bongsu.adapters.publish.words import KINDS
from bongsu.constants import NS_PER_S
from bongsu.messages.assessment import ApogeePrediction, Classification, ImpactPrediction, LaunchEvent
from bongsu.messages.base import Finding
from bongsu.messages.inputs import CaptureRead
from bongsu.messages.tracking import (
    BurnObserved,
    HeightsUpdated,
    PlotsRejected,
    SensorStatus,
    TracksUpdated,
)
from bongsu.run.times import words

MOST_TRACKS = 12  # described one by one; more are only counted


def summary(findings: Sequence[Finding], n_scans: int, capture: CaptureRead | UnsetType = UNSET) -> Iterator[str]:
    """What was made of a recording, in lines for a person. REPLAY stands first and last: this is no live warning."""
    yield f"REPLAY of a recording, not a live event: {n_scans} scans"
    if capture is not UNSET:
        yield from _of_capture(capture)
    for finding in findings:
        if isinstance(finding, BurnObserved):
            yield _burn(finding)
        elif isinstance(finding, LaunchEvent):
            yield f"{finding.event_id}: launch {finding.state}: {finding.reason} [{finding.id}]"
        elif isinstance(finding, ApogeePrediction) and finding.reason:
            yield f"{finding.track_id}: apogee {finding.reason} [{finding.id}]"
    yield from _tracks(findings)
    yield from _in_force(findings)
    yield from _clocks(findings)
    yield from _counts(findings)
    yield "REPLAY of a recording, not a live event"


def _of_capture(c: CaptureRead) -> Iterator[str]:
    """The counts of a capture; its refused plots stand with all others."""
    yield (
        f"ASTERIX: {c.n_records} records read: {c.n_duplicates} duplicates, {c.n_service} service messages, "
        f"{c.n_partner_tracks} partner tracks, {c.n_without_position} without position, {c.n_plots} plots"
    )
    yield f"ASTERIX: {c.n_placed} plots placed, {sum(n for *_, n in c.n_refused)} rejected"
    yield from (f"ASTERIX: {n} not used: {reason}" for reason, n in c.n_lost)


def _burn(finding: BurnObserved) -> str:
    verb, at_ns = ("began", finding.start_ns) if finding.end_ns is UNSET else ("ended", finding.end_ns)
    decided_s = (finding.decided_ns - at_ns) / NS_PER_S
    what = f"burn {verb} {words(at_ns)} +-{finding.sigma_s:.1f} s, decided {decided_s:.1f} s later"
    return f"{finding.track_id}: {what} [{finding.id}]"


def _in_force(findings: Iterable[Finding]) -> Iterator[str]:
    """The last forecast of each track."""
    tops: dict[str, ApogeePrediction] = {}
    falls: dict[str, ImpactPrediction] = {}
    for finding in findings:
        if isinstance(finding, ApogeePrediction):
            tops[finding.track_id] = finding
        elif isinstance(finding, ImpactPrediction):
            falls[finding.track_id] = finding
    for track_id, top in tops.items():
        low_km, high_km = top.low_m / 1e3, top.high_m / 1e3
        yield (
            f"{track_id}: apogee {top.apogee_m / 1e3:.1f} km (90 %: {low_km:.1f} to {high_km:.1f}) at {words(top.apogee_ns)} "
            f"+-{top.sigma_t_s:.1f} s [{top.id}]"
        )
    for track_id, fall in falls.items():
        likely = ", ".join(f"{zone} {p:.2f}" for zone, p in fall.zones)
        yield f"{track_id}: if it flies on {fall.assumption}, down {words(fall.impact_ns)}: {likely} [{fall.id}]"


def _counts(findings: Iterable[Finding]) -> Iterator[str]:
    confirmed: set[str] = set()
    placeless: set[str] = set()
    rejected: dict[str, int] = {}
    n_launches = 0
    for finding in findings:
        if isinstance(finding, TracksUpdated | HeightsUpdated):
            mine = [t for t, is_confirmed in zip(finding.track_id, finding.is_confirmed, strict=True) if is_confirmed]
            confirmed.update(mine)
            placeless.update(mine if isinstance(finding, HeightsUpdated) else ())
        elif isinstance(finding, PlotsRejected):
            rejected[finding.reason] = rejected.get(finding.reason, 0) + finding.n
        elif isinstance(finding, LaunchEvent) and finding.revision <= 1:
            n_launches += 1
    yield from (f"{n} plots rejected: {reason}" for reason, n in sorted(rejected.items()))
    where = f", {len(placeless)} of them from height and speed alone: place over ground unknown" if placeless else ""
    yield f"{len(confirmed)} confirmed tracks{where}; {n_launches} launches"


def _tracks(findings: Iterable[Finding]) -> Iterator[str]:
    """Each confirmed track that is no aircraft: what it seems to be, from where to where it was followed."""
    kinds: dict[str, tuple[str, float]] = {}
    ends: dict[str, tuple[str, str]] = {}
    for finding in findings:
        if isinstance(finding, Classification):
            kinds[finding.track_id] = max(finding.kind, key=lambda item: item[1])
        elif isinstance(finding, TracksUpdated | HeightsUpdated):
            for i in (k for k, is_confirmed in enumerate(finding.is_confirmed) if is_confirmed):
                here = f"{words(finding.t_ns[i])}, {finding.h_m[i] / 1e3:.1f} km high, {finding.speed_mps[i] / 1e3:.2f} km/s"
                ends[finding.track_id[i]] = (ends.get(finding.track_id[i], (here, ""))[0], here)
    told = [t for t in ends if kinds.get(t, ("undetermined", 0.0))[0] != "aircraft"]
    for track_id in told[:MOST_TRACKS]:
        kind, p = kinds.get(track_id, ("undetermined", 0.0))
        sure = f" {percent(p)}" if kind != "undetermined" else ""
        first, last = ends[track_id]
        yield f"{track_id}: {KINDS.get(kind, kind)}{sure}; first {first}; last {last}"
    if len(told) > MOST_TRACKS:
        yield f"{len(told) - MOST_TRACKS} further tracks that are no aircraft"


def _clocks(findings: Iterable[Finding]) -> Iterator[str]:
    """The last clock offset found for each sensor: its stamps less true time."""
    last = {f.sensor_id: f for f in findings if isinstance(f, SensorStatus) and f.clock_offset_s is not UNSET}
    for sensor_id, status in sorted(last.items()):
        sigma = "" if status.sigma_clock_s is UNSET else f" +-{status.sigma_clock_s:.4f}"
        side = "ahead" if status.clock_offset_s > 0.0 else "behind"  # type: ignore[operator]
        yield f"{sensor_id}: clock {abs(status.clock_offset_s):.4f}{sigma} s {side} [{status.id}]"  # type: ignore[arg-type]
