"""The catalogue on disk, one DuckDB file: files, entries and fields are only ever added, launches and faults made from them."""

import contextlib
import hashlib
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, Self

import duckdb
import numpy as np
from msgspec import UNSET

from bongsu.catalogue.entries import Entry, Fault, Field, Site
from bongsu.catalogue.settle import Settled, settle
from bongsu.errors import BadInput
from bongsu.messages.inputs import Notice

FORMAT: Final = "bongsu-catalogue-1"
STORAGE: Final = "v1.5.0"  # of the file; any later DuckDB reads it
BATCH: Final = 2_000  # rows in one transaction

_TABLES: Final = """
CREATE TABLE IF NOT EXISTS about (format VARCHAR);
CREATE TABLE IF NOT EXISTS file (file_no INTEGER, source VARCHAR, path VARCHAR, sha256 VARCHAR, kind VARCHAR, terms VARCHAR,
  url VARCHAR, n_rows INTEGER, n_done INTEGER, n_left_out INTEGER, is_complete BOOLEAN);
CREATE TABLE IF NOT EXISTS refusal (file_no INTEGER, row_key VARCHAR, reason VARCHAR);
CREATE TABLE IF NOT EXISTS entry (source VARCHAR, row_key VARCHAR, revision INTEGER, file_no INTEGER, row_no VARCHAR,
  digest VARCHAR, is_current BOOLEAN, earliest_ns BIGINT, latest_ns BIGINT, precise VARCHAR, printed_day VARCHAR,
  published_ns BIGINT, is_published_assumed BOOLEAN, clocks_ns VARCHAR, site VARCHAR, site_words VARCHAR, lat_rad DOUBLE,
  lon_rad DOUBLE,
  sigma_m DOUBLE, vehicle_class VARCHAR, launcher VARCHAR, n_low INTEGER, n_high INTEGER, is_failed BOOLEAN,
  has_official BOOLEAN, is_list BOOLEAN, mode VARCHAR, notes VARCHAR);
CREATE TABLE IF NOT EXISTS field (source VARCHAR, row_key VARCHAR, revision INTEGER, k INTEGER, quantity VARCHAR,
  column_name VARCHAR, printed VARCHAR, speaker VARCHAR, stance VARCHAR, low DOUBLE, high DOUBLE, word VARCHAR, hedge VARCHAR,
  start_char INTEGER, stop_char INTEGER);
CREATE TABLE IF NOT EXISTS notice (text_id VARCHAR, sha256 VARCHAR, published_ns BIGINT, path VARCHAR, body VARCHAR);
"""
_DERIVED: Final = """
CREATE OR REPLACE TABLE launch (launch_id VARCHAR, day VARCHAR, earliest_ns BIGINT, latest_ns BIGINT, n_low INTEGER,
  n_high INTEGER, standing VARCHAR, why VARCHAR, site VARCHAR, site_words VARCHAR, lat_rad DOUBLE, lon_rad DOUBLE,
  sigma_m DOUBLE, vehicle_class VARCHAR, launcher VARCHAR, shape VARCHAR, range_low_km DOUBLE, range_high_km DOUBLE,
  apogee_low_km DOUBLE, apogee_high_km DOUBLE, is_failed BOOLEAN, sources VARCHAR, n_faults INTEGER);
CREATE OR REPLACE TABLE member (launch_id VARCHAR, source VARCHAR, row_key VARCHAR, how VARCHAR);
CREATE OR REPLACE TABLE fault (launch_id VARCHAR, source VARCHAR, row_key VARCHAR, rule VARCHAR, says VARCHAR, is_doubt BOOLEAN);
"""
_TYPES: Final = {"INTEGER": np.int64, "BIGINT": np.int64, "DOUBLE": np.float64, "BOOLEAN": np.bool_}


@dataclass(frozen=True, slots=True)
class Batch:
    """What the next rows of a file came to."""

    n_rows: int
    entries: Sequence[Entry]
    refused: Sequence[tuple[str, str]] = ()  # row, reason
    n_left_out: int = 0


class Store:
    """An open catalogue. Use as a context manager, or close it. Without a path it lives in memory."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path
        self.db = _open(path)
        self._columns: dict[str, list[tuple[str, str]]] = {}

    def close(self) -> None:
        """Close the file; everything committed is on disk."""
        self.db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, error: BaseException | None, _: object) -> None:
        try:
            self.close()
        except duckdb.Error as full:
            error = error or full
        if isinstance(error, duckdb.Error):
            raise BadInput(
                str(self.path or "the catalogue"), " ".join(str(error).split())[:200],
                f"a whole catalogue ({FORMAT}), and room to write",
                "Every batch that was finished is kept: mend the cause and give the command again.",
            ) from error  # fmt: skip

    def file_of(self, source: str, sha256: str) -> tuple[int, int, bool] | None:
        """Number, rows done and whether that is all, of a file that was imported before."""
        found = self.db.execute(
            "SELECT file_no, n_done, is_complete FROM file WHERE source = ? AND sha256 = ?", [source, sha256]
        ).fetchone()
        return None if found is None else (int(found[0]), int(found[1]), bool(found[2]))

    def open_file(self, source: str, path: str, sha256: str, kind: str, terms: str, url: str, n_rows: int) -> int:
        """Note that a file is being imported; its number."""
        row = self.db.execute("SELECT coalesce(max(file_no), 0) + 1 FROM file").fetchone()
        number = int(row[0]) if row else 1
        self.db.execute(
            "INSERT INTO file VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, 0, false)",
            [number, source, path, sha256, kind, terms, url, n_rows],
        )
        return number

    def add(self, file_no: int, batch: Batch) -> tuple[int, int, int]:
        """Write a batch in one transaction; how many entries were new, the same as before, and revised."""
        known = self._known({e.source for e in batch.entries})
        fresh: list[tuple[Entry, str]] = []
        n_same = n_revised = 0
        for entry in batch.entries:
            digest = _digest(entry)
            revision, old = known.get(entry.key, (0, ""))
            if digest == old:
                n_same += 1
                continue
            n_revised += revision > 0
            fresh.append((replace(entry, revision=revision + 1), digest))
        with self._transaction():
            self._supersede([e for e, _ in fresh if e.revision > 1])
            self._insert("entry", [_entry_row(e, file_no, digest) for e, digest in fresh])
            self._insert("field", [row for e, _ in fresh for row in _field_rows(e)])
            self._insert("refusal", [(file_no, row, reason) for row, reason in batch.refused])
            self.db.execute("DROP TABLE IF EXISTS launch")  # of what was known before; whoever asks next settles anew
            self.db.execute(
                "UPDATE file SET n_done = n_done + ?, n_left_out = n_left_out + ?, is_complete = n_done + ? >= n_rows "
                "WHERE file_no = ?",
                [batch.n_rows, batch.n_left_out, batch.n_rows, file_no],
            )
        return len(fresh) - n_revised, n_same, n_revised

    def rows_of(self, source: str) -> dict[str, str]:
        """Name and number of each current row of a source."""
        return dict(
            self.db.execute("SELECT row_key, row_no FROM entry WHERE source = ? AND is_current", [source]).fetchall()
        )

    def _supersede(self, entries: Sequence[Entry]) -> None:
        """What stood in these rows is current no more."""
        for source in sorted({e.source for e in entries}):
            self.db.execute(
                "UPDATE entry SET is_current = false WHERE is_current AND source = ? AND list_contains(?, row_key)",
                [source, [e.row for e in entries if e.source == source]],
            )

    def _known(self, sources: Iterable[str]) -> dict[tuple[str, str], tuple[int, str]]:
        """Revision and digest of the current entries of some sources."""
        rows = self.db.execute(
            "SELECT source, row_key, revision, digest FROM entry WHERE is_current AND list_contains(?, source)",
            [sorted(sources)],
        ).fetchall()
        return {(source, row): (revision, digest) for source, row, revision, digest in rows}

    def entries(self, *, with_fields: bool = True) -> list[Entry]:
        """All current entries, in order of source and row."""
        rows = self.db.execute(
            "SELECT * EXCLUDE (file_no, digest, is_current) FROM entry WHERE is_current ORDER BY source, row_key"
        ).fetchall()
        fields: dict[tuple[str, str], list[Field]] = {}
        if with_fields:
            for source, row, *rest in self.db.execute(
                "SELECT f.source, f.row_key, f.quantity, f.column_name, f.printed, f.speaker, f.stance, f.low, f.high, f.word, "
                "f.hedge, f.start_char, f.stop_char FROM field f JOIN entry e USING (source, row_key, revision) "
                "WHERE e.is_current ORDER BY f.source, f.row_key, f.k"
            ).fetchall():
                fields.setdefault((source, row), []).append(Field(*rest))
        return [_entry_of(row, tuple(fields.get((row[0], row[1]), ()))) for row in rows]

    def add_notices(self, notices: Sequence[Notice], path: str) -> int:
        """Keep notices as they came; how many were not there yet."""
        known = {row[0] for row in self.db.execute("SELECT sha256 FROM notice").fetchall()}
        fresh = {}
        for n in notices:
            digest = hashlib.sha256(n.text.encode("utf-8", "surrogatepass")).hexdigest()
            if digest not in known:
                published_ns = -1 if n.published_ns is UNSET else n.published_ns
                fresh[digest] = (n.text_id, digest, published_ns, path, n.text)
        self._insert("notice", list(fresh.values()))
        return len(fresh)

    def notices(self) -> list[Notice]:
        """All notices, in order of text id."""
        rows = self.db.execute(
            "SELECT text_id, published_ns, body, path FROM notice ORDER BY text_id, sha256"
        ).fetchall()
        return [
            Notice(text_id=text_id, text=body, published_ns=UNSET if ns < 0 else ns, source=path)
            for text_id, ns, body, path in rows
        ]

    def settle(self) -> list[Settled]:
        """Make launches, members and faults anew from the current entries."""
        found = settle(self.entries())
        with self._transaction():
            self.db.execute(_DERIVED)
            self._insert("launch", [_launch_row(s) for s in found])
            self._insert("member", [(s.launch_id, *m) for s in found for m in s.members])
            self._insert("fault", [_fault_row(s.launch_id, f) for s in found for f in s.faults])
        return found

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        """All of it, or nothing."""
        self.db.execute("BEGIN")
        try:
            yield
            self.db.execute("COMMIT")
        except BaseException:
            with contextlib.suppress(duckdb.Error):  # a full disk has ended it already, and its own words say why
                self.db.execute("ROLLBACK")
            raise

    def _insert(self, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """Many rows at once, by columns; NaN stands for nothing."""
        if not rows:
            return
        if table not in self._columns:
            described = self.db.execute(f"DESCRIBE {table}").fetchall()
            self._columns[table] = [(str(row[0]), str(row[1])) for row in described]
        columns = self._columns[table]
        batch: dict[str, Any] = {
            name: np.array(values, dtype=_TYPES.get(kind, object))
            for (name, kind), values in zip(columns, zip(*rows, strict=True), strict=True)
        }
        picked = ", ".join(f"CASE WHEN isnan({n}) THEN NULL ELSE {n} END" if k == "DOUBLE" else n for n, k in columns)
        assert batch
        self.db.execute(f"INSERT INTO {table} SELECT {picked} FROM batch")


def _open(path: Path | None) -> duckdb.DuckDBPyConnection:
    """A connection that fetches no extension. Raises BadInput where the file is no catalogue."""
    config: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    }
    if path is not None:
        config["storage_compatibility_version"] = STORAGE
    try:
        db = duckdb.connect(str(path) if path is not None else ":memory:", config=config)
        db.execute("SET threads = 2")
        tables = {row[0] for row in db.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
        if tables and "about" not in tables:
            raise duckdb.Error(f"tables {', '.join(sorted(tables)[:5])}")
        db.execute(_TABLES)
        row = db.execute("SELECT format FROM about").fetchone()
        if row is None:
            db.execute("INSERT INTO about VALUES (?)", [FORMAT])
        elif row[0] != FORMAT:
            raise duckdb.Error(f"format {row[0]}")
    except duckdb.Error as error:
        raise BadInput(
            str(path), " ".join(str(error).split())[:200], f"a catalogue ({FORMAT}), or no file yet",
            "If another program has it open, wait for that; else name another --db and import the lists again.",
        ) from error  # fmt: skip
    return db


def _digest(entry: Entry) -> str:
    """What an entry says, whichever row and revision it is."""
    return hashlib.sha256(
        repr(replace(entry, row="", row_no="", revision=1)).encode("utf-8", "surrogatepass")
    ).hexdigest()[:32]


def _entry_row(e: Entry, file_no: int, digest: str) -> tuple[Any, ...]:
    return (
        e.source, e.row, e.revision, file_no, e.row_no, digest, True, e.earliest_ns, e.latest_ns, e.precision, e.printed_day,
        e.published_ns,
        e.is_published_assumed, ",".join(map(str, e.clocks_ns)), *_place(e), e.vehicle_class, e.launcher, e.n_low, e.n_high,
        e.is_failed, e.has_official, e.is_list, e.mode, "\n".join(e.notes),
    )  # fmt: skip


def _field_rows(e: Entry) -> Iterator[tuple[Any, ...]]:
    for k, f in enumerate(e.fields):
        yield (
            e.source, e.row, e.revision, k, f.quantity, f.column, f.printed, f.speaker, f.stance, f.low, f.high, f.value, f.hedge,
            f.start, f.stop,
        )  # fmt: skip


def _entry_of(row: tuple[Any, ...], fields: tuple[Field, ...]) -> Entry:
    (
        source, row_key, revision, row_no, earliest_ns, latest_ns, precision, printed_day, published_ns, is_assumed, clocks,
        site, words, lat, lon, sigma, name, launcher, n_low, n_high, is_failed, has_official, is_list, mode, notes,
    ) = row  # fmt: skip
    return Entry(
        source=source, row=row_key, row_no=row_no, revision=revision,
        earliest_ns=earliest_ns, latest_ns=latest_ns, precision=precision,
        printed_day=printed_day, published_ns=published_ns, is_published_assumed=is_assumed,
        clocks_ns=tuple(int(t) for t in clocks.split(",") if t), site=None if lat is None else Site(site, lat, lon, sigma),
        site_words=words, vehicle_class=name, launcher=launcher, n_low=n_low, n_high=n_high, is_failed=is_failed,
        has_official=has_official, is_list=is_list, mode=mode, fields=fields, notes=tuple(n for n in notes.split("\n") if n),
    )  # fmt: skip


def _place(of: Entry | Settled) -> tuple[str, str, float, float, float]:
    """Name, words, latitude, longitude and doubt of a site; NaN where there is none."""
    if of.site is None:
        return "", of.site_words, math.nan, math.nan, math.nan
    return of.site.name, of.site_words, of.site.lat_rad, of.site.lon_rad, of.site.sigma_m


def _launch_row(s: Settled) -> tuple[Any, ...]:
    none = (math.nan, math.nan)
    return (
        s.launch_id, s.day, s.earliest_ns, s.latest_ns, s.n_low, s.n_high, s.standing, s.why, *_place(s), s.vehicle_class,
        s.launcher, s.shape, *s.figures.get("range_km", none), *s.figures.get("apogee_km", none), s.is_failed,
        ", ".join(s.sources), len(s.faults),
    )  # fmt: skip


def _fault_row(launch_id: str, f: Fault) -> tuple[Any, ...]:
    return launch_id, f.source, f.row, f.rule, f.says, f.is_doubt
