"""The tables of a log, the links of its chain, and how its file is opened."""

import hashlib
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from bongsu.errors import BadInput

TABLES = """
CREATE TABLE manifest(one INTEGER PRIMARY KEY CHECK (one = 1), body BLOB NOT NULL) STRICT;
CREATE TABLE inputs(
    seq INTEGER PRIMARY KEY, known_ns INTEGER NOT NULL, id BLOB NOT NULL UNIQUE, body BLOB NOT NULL, hash BLOB NOT NULL
) STRICT;
CREATE TABLE findings(
    cause INTEGER NOT NULL, k INTEGER NOT NULL, body BLOB NOT NULL, PRIMARY KEY (cause, k)
) STRICT, WITHOUT ROWID;
CREATE TABLE finding_hashes(cause INTEGER PRIMARY KEY, n INTEGER NOT NULL, hash BLOB NOT NULL) STRICT;
CREATE TABLE checkpoints(seq INTEGER PRIMARY KEY, build TEXT NOT NULL, state BLOB NOT NULL, hash BLOB NOT NULL) STRICT;
CREATE TABLE refusals(
    n INTEGER PRIMARY KEY, known_ns INTEGER NOT NULL, reason TEXT NOT NULL, detail TEXT NOT NULL, raw BLOB NOT NULL
) STRICT;
CREATE TABLE refusal_counts(reason TEXT PRIMARY KEY, n INTEGER NOT NULL) STRICT;
CREATE TABLE truth(k INTEGER PRIMARY KEY, noun TEXT NOT NULL, body BLOB NOT NULL) STRICT;
"""
_FIXED = (
    "manifest",
    "inputs",
    "truth",
)  # never changed once written; the rest can be recomputed
APPLICATION_ID = 0x426F6E67  # "Bong"


def triggers() -> str:
    """Statements that refuse to change or remove what is never changed."""
    return "".join(
        f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;\n"
        for table in _FIXED
        for verb in ("update", "delete")
    )


def first_link(manifest: bytes) -> bytes:
    """The hash every chain begins with: over the whole canonical manifest, mode, node and epoch among it."""
    return digest((b"bongsu.log.v1", manifest))


def link(before: bytes, seq: int, known_ns: int, body: bytes) -> bytes:
    """The hash of one input record, over the hash before it and all it says."""
    return digest((before, seq.to_bytes(8, "big"), known_ns.to_bytes(8, "big"), body))


def digest(parts: Iterable[bytes]) -> bytes:
    """SHA-256 over parts, each preceded by its length, so that no two lists of parts share their bytes."""
    found = hashlib.sha256()
    for part in parts:
        found.update(len(part).to_bytes(8, "big"))
        found.update(part)
    return found.digest()


def content_id(body: bytes) -> bytes:
    """The id of an input: the hash of its canonical bytes, so that a repeated input is the same input."""
    return hashlib.sha256(body).digest()


def open_to_read(path: Path) -> sqlite3.Connection:
    """A connection that can only read; BadInput if there is no log at `path`."""
    if not path.is_file():
        raise BadInput(str(path), "no such file" if not path.exists() else "not a file", "a log", "Check the name.")
    if path.stat().st_size == 0:
        raise BadInput(
            str(path), "an empty file", "a log", "Name a file that `bongsu run`, `simulate` or `track` wrote."
        )
    try:
        return _probe(path, "mode=ro")
    except sqlite3.OperationalError as error:
        # A log in write-ahead mode on a read-only disk: nobody can be writing it, so it may be read as it stands.
        if "readonly" not in str(error) and "unable to open" not in str(error):
            raise not_a_log(path, error) from error
    except sqlite3.DatabaseError as error:
        raise not_a_log(path, error) from error
    try:
        return _probe(path, "mode=ro&immutable=1")
    except sqlite3.DatabaseError as error:
        raise not_a_log(path, error) from error


def not_a_log(path: Path, error: object) -> BadInput:
    """The refusal of a file that is no log, or is too damaged to open."""
    return BadInput(
        str(path),
        f"a file that does not open as a log ({error})",
        "a log",
        "If it was one, restore it from a copy: its head is damaged.",
    )


def _probe(path: Path, how: str) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?{how}", uri=True, isolation_level=None, timeout=5.0)
    try:
        connection.execute("SELECT one FROM manifest").fetchone()
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection
