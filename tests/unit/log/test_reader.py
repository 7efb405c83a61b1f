"""Reading inputs along the chain, and never the truth."""

import sqlite3
from contextlib import closing

import pytest
from tests.helpers.records import small_log, tick

from bongsu.errors import BadInput, LogCorrupt
from bongsu.log.reader import LogReader, TruthReader, is_log


@pytest.fixture
def path(tmp_path):
    return small_log(tmp_path / "a.log")


def change(path, *statements):
    """What an owner of the file can do: drop the triggers, then anything."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            db.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            db.execute(statement)


def test_a_log_is_told_by_its_first_bytes_and_a_missing_file_is_none(path, tmp_path):
    (tmp_path / "report.txt").write_text("SQLite format 3, said the report")
    assert [is_log(p) for p in (path, tmp_path / "report.txt", tmp_path / "nothing", tmp_path)] == [
        True,
        False,
        False,
        False,
    ]


def test_inputs_come_in_order_with_their_times(path):
    with LogReader(path) as log:
        assert [(r.seq, r.known_ns, r.message) for r in log.inputs()] == [(i + 1, *tick(i)) for i in range(5)]
        assert log.last() == (5, tick(4)[0])


def test_reading_can_begin_after_any_record(path):
    with LogReader(path) as log:
        assert [r.seq for r in log.inputs(after=3)] == [4, 5]
        assert [r.seq for r in log.inputs(after=5)] == []
        with pytest.raises(LogCorrupt):
            list(log.inputs(after=6))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE inputs SET body = CAST(replace(body, 'self', 'kor-') AS BLOB) WHERE seq = 3",
        "UPDATE inputs SET known_ns = known_ns + 1 WHERE seq = 3",
        "UPDATE inputs SET hash = zeroblob(32) WHERE seq = 3",
        "DELETE FROM inputs WHERE seq = 3",
    ],
)
def test_a_changed_record_stops_the_reading_just_before_it(path, statement):
    change(path, statement)
    with LogReader(path) as log:
        read = []
        with pytest.raises(LogCorrupt) as stopped:
            read.extend(record.seq for record in iter(log.inputs()))
    assert stopped.value.seq == 3


def test_a_record_cannot_move_to_a_file_of_another_mode(path):
    change(path, "UPDATE manifest SET body = CAST(replace(body, '\"test\"', '\"live\"') AS BLOB)")
    with LogReader(path) as log:
        assert log.manifest.mode == "live"
        with pytest.raises(LogCorrupt) as stopped:
            next(log.inputs())
    assert stopped.value.seq == 1


def test_no_connection_of_a_reader_opens_the_truth(path):
    with LogReader(path) as log:
        for query in ("SELECT * FROM truth", "SELECT count(*) FROM truth", "SELECT (SELECT body FROM truth)"):
            with pytest.raises(sqlite3.DatabaseError, match=r"prohibited|not authorized"):
                log._db.execute(query)
        with pytest.raises(sqlite3.DatabaseError):
            log._db.execute(f"ATTACH '{path}' AS other")
        assert not [name for name in dir(log) if "truth" in name and not name.startswith("_")]


def test_truth_is_read_by_its_own_reader(path):
    with TruthReader(path) as truth:
        assert list(truth.rows()) == list(truth.rows("flight")) == [("flight", b"{}")]
        assert list(truth.rows("object")) == []


def test_a_log_without_a_manifest_is_refused(path):
    change(path, "DELETE FROM manifest")
    with pytest.raises(BadInput, match="manifest"):
        LogReader(path)


def test_a_log_on_a_read_only_disk_can_be_read(path, monkeypatch):
    real = sqlite3.connect

    def refuse(name, *args, **options):
        if "immutable" not in str(name):
            raise sqlite3.OperationalError("unable to open database file")
        return real(name, *args, **options)

    monkeypatch.setattr(sqlite3, "connect", refuse)
    with LogReader(path) as log:
        assert len(list(log.inputs())) == 5
