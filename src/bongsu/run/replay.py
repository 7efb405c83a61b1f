"""Fold a log again: the same findings, byte for byte, as fast as possible or at a chosen speed."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bongsu.constants import NS_PER_S
from bongsu.geo.tables import Tables
from bongsu.log import manifest as manifests
from bongsu.log.manifest import Manifest
from bongsu.log.reader import LogReader, Record
from bongsu.log.writer import LogWriter
from bongsu.messages.base import Finding
from bongsu.run.core import Fold, Hear, settings_bytes, settings_from
from bongsu.run.times import until_ns


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a replay came to."""

    manifest: Manifest
    n_inputs: int
    n_findings: int
    state_hash: str
    n_compared: int  # causes with stored findings
    n_changed: int  # of these, with other bytes than now
    n_failed: int  # inputs that made a stage fail
    differences: tuple[str, ...]  # between the environment of the log and this one


class Replay:
    """A log being folded again from its first record. Iterate over it, then ask for the outcome."""

    def __init__(self, path: Path, tables: Tables) -> None:
        self._log = LogReader(path)
        self.manifest = self._log.manifest
        self.settings = settings_from(self.manifest)
        self._fold = Fold(self.settings, tables)
        self._tables = tables
        self._n_inputs = self._n_findings = self._n_compared = self._n_changed = 0

    def steps(
        self, until: str = "", pace: Callable[[int], None] | None = None
    ) -> Iterator[tuple[Record, list[Finding]]]:
        """Each record with its findings; `pace` is called with the known time before each step."""
        end_ns = 2**63
        for record in self._log.inputs():
            if self._n_inputs == 0 and until:
                end_ns = until_ns(until, record.known_ns)
            if record.known_ns > end_ns:
                return
            if pace is not None:
                pace(record.known_ns)
            findings = self._fold.step(record.seq, record.known_ns, record.message)
            self._n_inputs += 1
            self._n_findings += len(findings)
            self._compare(record.seq, findings)
            yield record, findings

    def _compare(self, seq: int, findings: Sequence[Finding]) -> None:
        stored = self._log.finding_hash(seq)
        if stored is not None:
            self._n_compared += 1
            self._n_changed += stored != LogWriter.finding_hash(findings)

    def outcome(self) -> Outcome:
        """Counts and the state hash so far."""
        here = manifests.describe(
            mode=self.manifest.mode, node=self.manifest.node, nation=self.manifest.nation,
            settings=settings_bytes(self.settings), tables_digest=self._tables.digest,
        )  # fmt: skip
        return Outcome(
            self.manifest, self._n_inputs, self._n_findings, self._fold.state_hash(), self._n_compared, self._n_changed,
            self._fold.n_failed, tuple(manifests.differences(self.manifest, here)),
        )  # fmt: skip

    def close(self) -> None:
        """Close the log."""
        self._log.close()

    def __enter__(self) -> "Replay":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def replay(
    path: Path, tables: Tables, *, hear: Hear | None = None, until: str = "", speed: float = 0.0,
    sleep: Callable[[float], Any] = time.sleep,
) -> Outcome:  # fmt: skip
    """Fold a log again and tell `hear` each step. A `speed` of 1 takes the time it took, 0 no time at all."""
    with Replay(path, tables) as again:
        for record, findings in again.steps(until, Pace(speed, sleep) if speed > 0.0 else None):
            if hear is not None:
                hear(record.seq, record.known_ns, record.message, findings)
        return again.outcome()


class Pace:
    """Sleeps so that known time passes `speed` times as fast as the clock on the wall."""

    def __init__(self, speed: float, sleep: Callable[[float], Any] = time.sleep) -> None:
        self._speed, self._sleep = speed, sleep
        self._first_ns, self._began_s = -1, 0.0

    def __call__(self, known_ns: int) -> None:
        """Wait until it is the turn of `known_ns`."""
        if self._first_ns < 0:
            self._first_ns, self._began_s = known_ns, time.monotonic()
        due_s = self._began_s + (known_ns - self._first_ns) / NS_PER_S / self._speed
        if (left_s := due_s - time.monotonic()) > 0.0:
            self._sleep(left_s)
