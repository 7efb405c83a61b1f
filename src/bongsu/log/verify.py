"""Whether a log is what it claims to be: chain, gaps, ids, findings, checkpoints, the file; and what can be saved."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from bongsu.errors import BongsuError, LogCorrupt
from bongsu.log import schema
from bongsu.log.manifest import Manifest
from bongsu.log.reader import LogReader, Record, TruthReader
from bongsu.log.writer import LogWriter

MAX_PROBLEMS = 20  # listed; a damaged file can have one at every record
BATCH = 1_000  # records copied in one commit


@dataclass(frozen=True, slots=True)
class Verification:
    """What was checked and what was found wrong."""

    manifest: Manifest
    n_inputs: int  # that fit the chain
    n_findings: int
    head: str  # hash of the last intact record, or of the manifest
    problems: tuple[str, ...]


def verify(path: Path) -> Verification:
    """Check everything a log says about itself. Raises BadInput for what is no log at all."""
    with LogReader(path) as log:
        db = log._db
        problems = [*_file(db)]
        n_inputs, head, broken = _chain(log)
        problems += broken
        try:
            problems += _ids(db)
            problems += _findings(db, n_inputs)
            problems += _checkpoints(db)
            n_findings = int(db.execute("SELECT count(*) FROM findings").fetchone()[0])
        except sqlite3.DatabaseError as error:
            problems.append(f"a table cannot be read: {error}")
            n_findings = 0
        return Verification(log.manifest, n_inputs, n_findings, head.hex(), tuple(problems[:MAX_PROBLEMS]))


def salvage(path: Path, out: Path) -> int:
    """Copy the intact beginning of a log, and its readable truth, to a new file; returns the number of inputs saved.

    Manifest, numbers, times and hashes stay what they were. Findings are left out: replaying makes them again.
    """
    with LogReader(path) as log, LogWriter.create(out, log.manifest) as copy:
        batch: list[Record] = []
        for record in _intact(log):
            batch.append(record)
            if len(batch) == BATCH:
                copy.copy(batch)
                batch = []
        copy.copy(batch)
        with TruthReader(path) as truth:
            copy.put_truth(_readable(truth))
        return copy.seq


def _intact(log: LogReader) -> Iterator[Record]:
    try:
        yield from log.inputs()
    except BongsuError:
        return


def _readable(truth: TruthReader) -> Iterator[tuple[str, bytes]]:
    try:
        yield from truth.rows()
    except sqlite3.DatabaseError:
        return


def _file(db: sqlite3.Connection) -> Iterator[str]:
    try:
        for (line,) in db.execute(f"PRAGMA integrity_check({MAX_PROBLEMS})"):
            if line != "ok":
                yield f"the file is damaged: {line}"
    except sqlite3.DatabaseError as error:
        yield f"the file is damaged: {error}"


def _chain(log: LogReader) -> tuple[int, bytes, list[str]]:
    """How many inputs fit the chain, its head, and what stopped the walk."""
    n, head, before_ns = 0, schema.first_link(log.manifest_bytes), 0
    try:
        for record in log.inputs():
            if record.known_ns < before_ns:
                return n, head, [f"record {record.seq} was known before record {n}"]
            n, head, before_ns = record.seq, record.hash, record.known_ns
    except LogCorrupt as error:
        return n, head, [str(error)]
    except BongsuError as error:  # a body that fits the chain and does not decode: written by another build
        return n, head, [f"record {n + 1} does not decode: {error}"]
    return n, head, []


def _ids(db: sqlite3.Connection) -> Iterator[str]:
    for seq, name, body in db.execute("SELECT seq, id, body FROM inputs ORDER BY seq"):
        if schema.content_id(body) != name:
            yield f"record {seq} stands under another id than its content gives"


def _findings(db: sqlite3.Connection, n_inputs: int) -> Iterator[str]:
    stored = dict(db.execute("SELECT cause, hash FROM finding_hashes"))
    counts = dict(db.execute("SELECT cause, n FROM finding_hashes"))
    rows = db.execute("SELECT cause, k, body FROM findings ORDER BY cause, k")
    seen: set[int] = set()
    for cause, group in groupby(rows, key=lambda row: row[0]):
        bodies = [(k, body) for _, k, body in group]
        seen.add(cause)
        if cause not in stored:
            yield f"findings of record {cause} have no hash"
        elif [k for k, _ in bodies] != list(range(counts[cause])) or schema.digest(b for _, b in bodies) != stored[
            cause
        ]:
            yield f"findings of record {cause} do not match their hash"
    for cause, n in sorted(counts.items()):
        if n and cause not in seen:
            yield f"findings of record {cause} are missing"
        if cause > n_inputs:
            yield f"findings name record {cause}, the intact chain ends at {n_inputs}"


def _checkpoints(db: sqlite3.Connection) -> Iterator[str]:
    for seq, state, found in db.execute("SELECT seq, state, hash FROM checkpoints ORDER BY seq"):
        if schema.content_id(state) != found:
            yield f"the checkpoint at record {seq} does not match its hash"
