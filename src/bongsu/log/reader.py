"""Reading a log: inputs in their order with the chain checked on the way, findings, checkpoints. Never the truth.

`LogReader` has no method that opens the truth table, and its connection refuses to. `TruthReader` reads nothing else.
"""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple, Self

from bongsu.errors import BongsuError, LogCorrupt
from bongsu.log import manifest as manifests
from bongsu.log import schema
from bongsu.messages import codec
from bongsu.messages.inputs import AnyInput

MAGIC = b"SQLite format 3\0"


class Unreadable(BongsuError):
    """A part of the file cannot be read."""


class Record(NamedTuple):
    """One input as recorded."""

    seq: int
    known_ns: int
    message: AnyInput
    body: bytes
    hash: bytes


class Checkpoint(NamedTuple):
    """The state after one input, as canonical bytes."""

    seq: int
    state: bytes


def is_log(path: Path) -> bool:
    """Whether a file is a database as logs are, by its first bytes; one that is not there is left to whoever opens it."""
    try:
        with path.open("rb") as file:
            return file.read(len(MAGIC)) == MAGIC
    except OSError:
        return False


class LogReader:
    """An open log. Use as a context manager, or close it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._db = schema.open_to_read(path)
        self._db.set_authorizer(_no_truth)
        self.manifest_bytes = _manifest_bytes(self._db, path)
        self.manifest = manifests.decode(self.manifest_bytes, str(path))

    def inputs(self, after: int = 0) -> Iterator[Record]:
        """The inputs after record `after`, checked against the chain; LogCorrupt at the first that does not fit."""
        head = self._head(after)
        expected = after
        rows = self._rows("SELECT seq, known_ns, body, hash FROM inputs WHERE seq > ? ORDER BY seq", after)
        while True:
            expected += 1
            try:
                row = next(rows, None)
            except Unreadable as error:
                raise LogCorrupt(self.path, expected, "a readable record", str(error)) from error
            if row is None:
                return
            seq, known_ns, body, found = row
            wanted = schema.link(head, expected, known_ns, body)
            if seq != expected or found != wanted:
                raise LogCorrupt(self.path, expected, wanted.hex(), found.hex() if seq == expected else f"record {seq}")
            head = found
            yield Record(seq, known_ns, codec.decode_input(body), body, found)

    def bodies(self, after: int = 0) -> Iterator[tuple[int, int, bytes]]:
        """The stored findings of causes after `after`: cause, place, canonical bytes."""
        yield from self._rows("SELECT cause, k, body FROM findings WHERE cause > ? ORDER BY cause, k", after)

    def findings(self, after: int = 0) -> Iterator[codec.AnyFinding]:
        """The stored findings of causes after `after`, in their order."""
        for _, _, body in self.bodies(after):
            yield codec.decode_finding(body)

    def finding_hash(self, cause: int) -> bytes | None:
        """The hash over the stored findings of one cause; None if that cause has none stored."""
        row = next(self._rows("SELECT hash FROM finding_hashes WHERE cause = ?", cause), None)
        return row[0] if row else None

    def n_stored(self) -> int:
        """For how many causes findings (none may be what was found) are stored."""
        return int(next(self._rows("SELECT count(*) FROM finding_hashes"))[0])

    def last(self) -> tuple[int, int]:
        """Number and known time of the last input; zeros if there is none."""
        row = next(self._rows("SELECT seq, known_ns FROM inputs ORDER BY seq DESC LIMIT 1"), None)
        return (row[0], row[1]) if row else (0, 0)

    def checkpoint(self, build: str, up_to: int | None = None) -> Checkpoint | None:
        """The newest intact checkpoint that this build wrote, at or before input `up_to`."""
        rows = self._rows(
            "SELECT seq, state, hash FROM checkpoints WHERE build = ? AND seq <= ? ORDER BY seq DESC",
            build,
            self.last()[0] if up_to is None else up_to,
        )
        for seq, state, found in rows:
            if schema.content_id(state) == found:
                return Checkpoint(seq, state)
        return None

    def refusal_counts(self) -> dict[str, int]:
        """How often what was refused, by reason."""
        return dict(self._rows("SELECT reason, n FROM refusal_counts ORDER BY reason"))

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _head(self, seq: int) -> bytes:
        """The hash that the record after `seq` builds on."""
        if seq == 0:
            return schema.first_link(self.manifest_bytes)
        row = next(self._rows("SELECT hash FROM inputs WHERE seq = ?", seq), None)
        if row is None:
            raise LogCorrupt(self.path, seq, "a record", "nothing")
        return bytes(row[0])

    def _rows(self, query: str, *values: object) -> Iterator[Any]:
        """The rows of a query. Raises Unreadable where the file is damaged."""
        try:
            # Not from the cursor itself: a generator left half-way would close it after its file.
            yield from iter(self._db.execute(query, values).fetchone, None)
        except sqlite3.DatabaseError as error:
            raise Unreadable(
                f"{self.path}: the file is damaged ({error}). `bongsu verify --salvage OUT {self.path}` copies what is intact."
            ) from error


class TruthReader:
    """The simulated truth of a log, for evaluation alone."""

    def __init__(self, path: Path) -> None:
        self._db = schema.open_to_read(path)

    def rows(self, noun: str | None = None) -> Iterator[tuple[str, bytes]]:
        """Noun and body of each row, in order of writing; of one noun if it is given."""
        rows = self._db.execute("SELECT noun, body FROM truth WHERE ? IS NULL OR noun = ? ORDER BY k", (noun, noun))
        yield from iter(rows.fetchone, None)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _manifest_bytes(db: sqlite3.Connection, path: Path) -> bytes:
    try:
        row = db.execute("SELECT body FROM manifest").fetchone()
    except sqlite3.DatabaseError as error:
        raise schema.not_a_log(path, error) from error
    if row is None:
        raise schema.not_a_log(path, "no manifest")
    return bytes(row[0])


def _no_truth(action: int, first: str | None, *_: object) -> int:
    """An SQLite authorizer: nothing of the truth table, and no other file, through this connection."""
    return sqlite3.SQLITE_DENY if first == "truth" or action == sqlite3.SQLITE_ATTACH else sqlite3.SQLITE_OK
