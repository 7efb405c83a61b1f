"""A recorded measurement file through log, pipeline and findings: the same chain as live, in the mode `replay`."""

import csv
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from msgspec import UNSET, UnsetType

from bongsu.messages.assessment import Classification
from bongsu.messages.base import Finding
from bongsu.messages.inputs import AnyInput, CaptureRead, Scan
from bongsu.messages.tracking import HeightsUpdated, TracksUpdated
from bongsu.run.arrays import TrackArrays, tracks_of
from bongsu.run.core import Sink, open_core
from bongsu.run.output import JsonLines
from bongsu.run.recording import Recording, open_recording
from bongsu.run.summary import summary
from bongsu.run.tables import load_tables
from bongsu.run.times import words

BATCH = 100
STATES = (
    "track_id", "time_utc", "x_m", "y_m", "z_m", "vx_mps", "vy_mps", "vz_mps", "h_m", "speed_mps", "sigma_pos_m", "phase",
    "class",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tracked:
    """What the chain made of a recording: findings in order, what could not be used, and the tracks as arrays."""

    findings: tuple[Finding, ...]
    rejected: dict[str, int]  # rows of a CSV file, plots and losses of a capture, by reason
    n_scans: int
    capture: CaptureRead | UnsetType = UNSET  # the counts of a radar capture

    @property
    def tracks(self) -> dict[str, TrackArrays]:
        """The states of every track with a place, by track id."""
        return tracks_of(self.findings)


@dataclass
class Fed:
    """What went into the log of a recording, and what could not."""

    n_scans: int = 0
    capture: CaptureRead | UnsetType = UNSET

    def hear(self, recording: Recording) -> Iterator[tuple[int, AnyInput]]:
        """The inputs of the recording, noted as they pass."""
        for known_ns, message in recording.inputs:
            self.n_scans += isinstance(message, Scan)
            if isinstance(message, CaptureRead):
                self.capture = message
            yield known_ns, message


def record(recording: Recording, log: Path, sinks: Sequence[Sink] = ()) -> Fed:
    """Write a recording into a new log and fold it."""
    fed = Fed()
    feed = fed.hear(recording)
    with open_core(log, recording.settings, load_tables(), mode="replay", sinks=sinks) as core:
        while batch := list(islice(feed, BATCH)):
            core.take(batch)
        core.refuse_failures()
    return fed


def track(plots: Path, sensors: Path, log: Path | None = None, date: str = "") -> Tracked:
    """Run the chain over a recording; the log is kept only if it is named."""
    found: list[Finding] = []
    recording = open_recording(plots, sensors, date)
    with _place(log) as path:
        fed = record(recording, path, [Sink(lambda seq, known_ns, message, said: found.extend(said))])
    return Tracked(tuple(found), _rejected(recording, fed), fed.n_scans, fed.capture)


def track_file(
    plots: Path, sensors: Path, states: Path | None, is_json: bool, log: Path | None = None, date: str = ""
) -> None:
    """The command: findings as JSON lines, or what a person wants to know of them; states as CSV where wanted."""
    found: list[Finding] = []
    sinks = [Sink(lambda seq, known_ns, message, said: found.extend(said))]
    if is_json:
        sinks.append(Sink(JsonLines(sys.stdout.buffer)))
    recording = open_recording(plots, sensors, date)
    with _place(log) as path:
        fed = record(recording, path, sinks)
    if states is not None:
        write_states(states, found)
    for line in recording.rejections.summary():
        print(f"bongsu: {plots}: {line}", file=sys.stderr)
    if not is_json:
        print("\n".join(summary(found, fed.n_scans, fed.capture)))


def _rejected(recording: Recording, fed: Fed) -> dict[str, int]:
    """What could not be used, by reason."""
    counts = recording.rejections.counts.copy()
    if fed.capture is not UNSET:
        for _, reason, n in fed.capture.n_refused:
            counts[reason] += n
        counts.update(dict(fed.capture.n_lost))
    return dict(counts)


def write_states(path: Path, findings: Iterable[Finding]) -> None:
    """One row a track and scan; position and velocity stay empty where only height and speed are known."""
    kinds: dict[str, str] = {}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(STATES)
        for finding in findings:
            if isinstance(finding, Classification):
                kinds[finding.track_id] = max(finding.kind, key=lambda item: item[1])[0]
            elif isinstance(finding, TracksUpdated | HeightsUpdated):
                writer.writerows(_rows(finding, kinds))


def _rows(finding: TracksUpdated | HeightsUpdated, kinds: dict[str, str]) -> Iterator[list[object]]:
    for i, track_id in enumerate(finding.track_id):
        place: list[object] = [""] * 6
        sigma: object = ""
        if isinstance(finding, TracksUpdated):
            place = [*finding.r_ecef_m[i], *finding.v_ecef_mps[i]]
            sigma = finding.sigma_pos_m[i]
        yield [
            track_id, words(finding.t_ns[i]), *place, finding.h_m[i], finding.speed_mps[i], sigma, finding.phase[i],
            kinds.get(track_id, "undetermined"),
        ]  # fmt: skip


@contextmanager
def _place(log: Path | None) -> Iterator[Path]:
    """Where the log goes: as named, or a place that is cleared away."""
    if log is not None:
        yield log
        return
    with tempfile.TemporaryDirectory(prefix="bongsu-") as folder:
        yield Path(folder) / "recording.bongsu"
