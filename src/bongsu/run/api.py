"""The commands as functions, for whoever works in Python: structs and arrays come back, nothing is printed."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bongsu.evaluate.flights import FlightMeasures
from bongsu.messages.base import Finding
from bongsu.run import campaign as campaigns
from bongsu.run import replay as replays
from bongsu.run import simulate as simulations
from bongsu.run import track as tracking
from bongsu.run.arrays import TrackArrays, tracks_of
from bongsu.run.replay import Outcome
from bongsu.run.simulate import Simulated
from bongsu.run.tables import load_tables
from bongsu.run.track import Tracked


@dataclass(frozen=True, slots=True)
class Replayed:
    """What folding a log gave."""

    outcome: Outcome
    findings: tuple[Finding, ...]

    @property
    def tracks(self) -> dict[str, TrackArrays]:
        """The states of every track as arrays, by track id."""
        return tracks_of(self.findings)

    def of(self, kind: type[Finding]) -> tuple[Any, ...]:
        """The findings of one type, in order."""
        return tuple(finding for finding in self.findings if isinstance(finding, kind))


def simulate(scenario: str | Path, *, seed: int | None = None, out: str | Path | None = None) -> Simulated:
    """Fly and observe a scenario file; with `out` also write the log that `bongsu simulate` would write."""
    if out is None:
        return simulations.fly(Path(scenario), seed)
    run, _ = simulations.simulate(Path(scenario), Path(out), load_tables(), seed=seed)
    return run


def replay(log: str | Path, *, until: str = "") -> Replayed:
    """Fold a log from its first record to `until` (UTC or `+SECONDS`), or to its end."""
    found: list[Finding] = []
    outcome = replays.replay(
        Path(log), load_tables(), hear=lambda seq, known_ns, message, findings: found.extend(findings), until=until
    )
    return Replayed(outcome, tuple(found))


def track(plots: str | Path, sensors: str | Path, *, log: str | Path | None = None, date: str = "") -> Tracked:
    """Run the chain over a recorded measurement file; the log is kept only if it is named. `date` as in the command."""
    return tracking.track(Path(plots), Path(sensors), None if log is None else Path(log), date)


def evaluate(scenario: str | Path, *, runs: int = 40, seed: int = 0) -> list[FlightMeasures]:
    """Fly a scenario file `runs` times from `seed` on; what the chain said of each flight, against its truth."""
    return campaigns.campaign(Path(scenario), range(seed, seed + runs))
