"""The one writer of a log: appends inputs to the chain, stores what follows from them, never changes what is there.

An input is durable when `append` returns: write-ahead log, synchronous=FULL, one commit for the whole batch. Findings
and checkpoints can be recomputed: they are committed without waiting for the disk, and durable with the next input.
"""

import contextlib
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, Self

from bongsu.errors import BadInput, BongsuError
from bongsu.log import manifest as manifests
from bongsu.log import schema
from bongsu.log.manifest import Manifest
from bongsu.log.reader import Record
from bongsu.messages import codec
from bongsu.messages.base import Finding
from bongsu.messages.inputs import AnyInput

MAX_REFUSALS = 1_000  # refused lines kept for inspection; the counts go on
MAX_RAW = 4_096  # bytes kept of each
KEPT_CHECKPOINTS = 3


class Appended(NamedTuple):
    """What became of one input: its number, and whether this was its first arrival."""

    seq: int
    known_ns: int
    message: AnyInput
    is_new: bool


class Refusal(NamedTuple):
    """Something that came in and was not taken."""

    known_ns: int
    reason: str
    detail: str
    raw: bytes


class LogWriter:
    """An open log. Use as a context manager, or close it."""

    def __init__(self, path: Path) -> None:
        """Open an existing log; its chain is trusted here and checked when it is read."""
        schema.open_to_read(path).close()  # the clear refusals
        self.path = path
        self._db = sqlite3.connect(path, isolation_level=None, timeout=5.0)
        with self._guard("be opened"):
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute("PRAGMA synchronous=FULL")
            self._db.set_authorizer(_no_truth)
            body = self._db.execute("SELECT body FROM manifest").fetchone()
            last = self._db.execute("SELECT seq, known_ns, hash FROM inputs ORDER BY seq DESC LIMIT 1").fetchone()
        if body is None:
            raise schema.not_a_log(path, "no manifest")
        self.manifest = manifests.decode(body[0], str(path))
        self.seq: int = last[0] if last else 0
        self.known_ns: int = last[1] if last else 0
        self._head: bytes = last[2] if last else schema.first_link(body[0])

    @classmethod
    def create(cls, path: Path, manifest: Manifest) -> Self:
        """Begin a log. The file must not exist yet, or be empty."""
        if path.exists() and path.stat().st_size:
            raise BadInput(str(path), "a file that exists", "a name that is free", "Remove the file or name another.")
        try:
            db = sqlite3.connect(path, isolation_level=None)
            db.executescript(
                f"PRAGMA application_id={schema.APPLICATION_ID}; BEGIN IMMEDIATE; {schema.TABLES} {schema.triggers()}"
            )
            db.execute("INSERT INTO manifest VALUES (1, ?)", (manifests.encode(manifest),))
            db.execute("COMMIT")
            db.close()
        except sqlite3.Error as error:
            raise BadInput(
                str(path), str(error), "a place for a log", "Name a folder that exists and can be written."
            ) from error
        _sync_folder(path)
        return cls(path)

    def append(self, items: Sequence[tuple[int, AnyInput]]) -> list[Appended]:
        """Append inputs with their known times, in one durable commit; a repeated one gets its first number.

        A known time earlier than the last is raised to it: the order of records is the order of knowing.
        """
        said: list[Appended] = []
        seq, known_ns, head = self.seq, self.known_ns, self._head
        bodies = [codec.encode(message) for _, message in items]
        with self._guard("be appended to"), self._transaction():
            self._refuse_second_writer()
            for (wanted_ns, message), body in zip(items, bodies, strict=True):
                name = schema.content_id(body)
                if found := self._db.execute("SELECT seq, known_ns FROM inputs WHERE id = ?", (name,)).fetchone():
                    said.append(Appended(found[0], found[1], message, False))
                    continue
                seq, known_ns = seq + 1, max(known_ns, wanted_ns)
                head = schema.link(head, seq, known_ns, body)
                self._db.execute("INSERT INTO inputs VALUES (?, ?, ?, ?, ?)", (seq, known_ns, name, body, head))
                said.append(Appended(seq, known_ns, message, True))
        self.seq, self.known_ns, self._head = seq, known_ns, head
        return said

    def copy(self, records: Sequence[Record]) -> None:
        """Take over records of the same history as they are, in one durable commit; for salvage."""
        head = self._head
        with self._guard("be appended to"), self._transaction():
            for record in records:
                head = schema.link(head, record.seq, record.known_ns, record.body)
                row = (record.seq, record.known_ns, schema.content_id(record.body), record.body, head)
                self._db.execute("INSERT INTO inputs VALUES (?, ?, ?, ?, ?)", row)
        if records:
            self.seq, self.known_ns, self._head = records[-1].seq, records[-1].known_ns, head

    def store(self, causes: Iterable[tuple[int, Sequence[Finding]]]) -> None:
        """Keep the findings of some causes and their hashes; what is already kept stays as it is."""
        with self._guard("take findings"), self._lazily(), self._transaction():
            for cause, findings in causes:
                bodies = [codec.encode(finding) for finding in findings]
                new = self._db.execute(
                    "INSERT OR IGNORE INTO finding_hashes VALUES (?, ?, ?)", (cause, len(bodies), schema.digest(bodies))
                )
                if new.rowcount:
                    self._db.executemany(
                        "INSERT INTO findings VALUES (?, ?, ?)", [(cause, k, body) for k, body in enumerate(bodies)]
                    )

    @staticmethod
    def finding_hash(findings: Sequence[Finding]) -> bytes:
        """The hash `store` would keep for these findings of one cause."""
        return schema.digest(codec.encode(finding) for finding in findings)

    def drop_findings(self) -> None:
        """Forget all findings and checkpoints; folding the inputs makes them again."""
        with self._guard("drop findings"), self._transaction():
            for table in ("findings", "finding_hashes", "checkpoints"):
                self._db.execute(f"DELETE FROM {table}")

    def checkpoint(self, seq: int, state: bytes) -> None:
        """Keep the state after input `seq`; only the newest few are kept."""
        with self._guard("take a checkpoint"), self._lazily(), self._transaction():
            row = (seq, manifests.build(), state, schema.content_id(state))
            self._db.execute("INSERT OR REPLACE INTO checkpoints VALUES (?, ?, ?, ?)", row)
            self._db.execute(
                "DELETE FROM checkpoints WHERE seq NOT IN (SELECT seq FROM checkpoints ORDER BY seq DESC LIMIT ?)",
                (KEPT_CHECKPOINTS,),
            )

    def refuse(self, items: Sequence[Refusal]) -> None:
        """Count what was received and not taken, and keep the beginning of the newest for inspection."""
        with self._guard("note a refusal"), self._lazily(), self._transaction():
            self._db.executemany(
                "INSERT INTO refusal_counts VALUES (?, 1) ON CONFLICT (reason) DO UPDATE SET n = n + 1",
                [(item.reason,) for item in items],
            )
            self._db.executemany(
                "INSERT INTO refusals(known_ns, reason, detail, raw) VALUES (?, ?, ?, ?)",
                [(item.known_ns, item.reason, item.detail[:500], item.raw[:MAX_RAW]) for item in items],
            )
            self._db.execute("DELETE FROM refusals WHERE n <= (SELECT max(n) FROM refusals) - ?", (MAX_REFUSALS,))

    def put_truth(self, items: Iterable[tuple[str, bytes]]) -> None:
        """Write simulated truth: rows of a noun and a body. This writer can put it in, and never read it."""
        with self._guard("take truth"), self._transaction():
            self._db.executemany("INSERT INTO truth(noun, body) VALUES (?, ?)", items)

    def close(self) -> None:
        """Close the file. Unless somebody is reading, the write-ahead log is folded in and the log is one file again."""
        with contextlib.suppress(sqlite3.OperationalError):
            self._db.execute("PRAGMA journal_mode=DELETE")
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _refuse_second_writer(self) -> None:
        last = self._db.execute("SELECT max(seq) FROM inputs").fetchone()[0] or 0
        if last != self.seq:
            raise BongsuError(
                f"{self.path}: record {last} is there, this process wrote up to {self.seq}: a second one writes here. "
                f"Stop one of the two; nothing of this batch was kept."
            )

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._db.execute("COMMIT")
        except BaseException:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise

    @contextmanager
    def _lazily(self) -> Iterator[None]:
        """Commit without waiting for the disk: for what can be recomputed."""
        self._db.execute("PRAGMA synchronous=NORMAL")
        try:
            yield
        finally:
            self._db.execute("PRAGMA synchronous=FULL")

    @contextmanager
    def _guard(self, what: str) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise BongsuError(
                f"{self.path}: the log could not {what} ({error}). Nothing of it was acknowledged; what was is safe. "
                f"Check space and rights of the disk, then start again."
            ) from error


def _no_truth(action: int, first: str | None, *_: object) -> int:
    """An SQLite authorizer: no reading of the truth table through this connection."""
    return sqlite3.SQLITE_DENY if action == sqlite3.SQLITE_READ and first == "truth" else sqlite3.SQLITE_OK


def _sync_folder(path: Path) -> None:
    """Make the name of a new file durable, where the system allows it."""
    folder = os.open(path.absolute().parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
