"""Appending, and what is never changed."""

import sqlite3
from contextlib import closing

import pytest
from msgspec import structs
from tests.helpers.records import T0_NS, manifest, radar_scan, small_log, tick

from bongsu.errors import BadInput, BongsuError, NotFinite
from bongsu.log import writer
from bongsu.log.reader import LogReader
from bongsu.log.writer import LogWriter
from bongsu.messages.tracking import PlotsRejected

REJECTED = PlotsRejected(id="1.0", cause=1, known_ns=1, sensor_id="a", valid_ns=1, reason="gate", n=2)


@pytest.fixture
def log(tmp_path):
    with LogWriter.create(tmp_path / "a.log", manifest()) as found:
        yield found


def test_inputs_are_numbered_from_one_without_gaps(log):
    assert [item.seq for item in log.append([tick(0), tick(1)])] == [1, 2]
    assert [item.seq for item in log.append([tick(2)])] == [3]


def test_a_repeated_input_gets_its_first_number_and_changes_nothing(log):
    log.append([tick(0), tick(1)])
    again = log.append([tick(1), tick(2), tick(2)])
    assert [(item.seq, item.is_new) for item in again] == [(2, False), (3, True), (3, False)]
    assert log.seq == 3


def test_known_time_never_runs_backwards(log):
    log.append([tick(10)])
    late = log.append([(T0_NS, radar_scan(1.0))])
    assert late[0].known_ns == tick(10)[0]


def test_a_number_that_is_not_finite_leaves_no_trace(log):
    bad = structs.replace(radar_scan(1.0), range_m=(float("nan"),))
    with pytest.raises(NotFinite):
        log.append([tick(0), (T0_NS, bad)])
    assert log.seq == 0
    assert log.append([tick(0)])[0].seq == 1


def test_an_existing_file_is_never_begun_again(tmp_path):
    path = small_log(tmp_path / "a.log")
    with pytest.raises(BadInput, match="exists"):
        LogWriter.create(path, manifest())


def test_an_empty_file_may_be_begun(tmp_path):
    path = tmp_path / "a.log"
    path.touch()
    LogWriter.create(path, manifest()).close()
    with LogReader(path) as log:
        assert log.last() == (0, 0)


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(BadInput, match="none"):
        LogWriter.create(tmp_path / "none" / "a.log", manifest())


@pytest.mark.parametrize("table", ["inputs", "manifest", "truth"])
@pytest.mark.parametrize("verb", ["DELETE FROM {}", "UPDATE {} SET body = x'00'"])
def test_what_was_recorded_cannot_be_changed_or_removed(tmp_path, table, verb):
    path = small_log(tmp_path / "a.log")
    with closing(sqlite3.connect(path)) as db, pytest.raises(sqlite3.IntegrityError, match="append-only"):
        db.execute(verb.format(table))


def test_a_second_writer_is_refused_before_it_writes(log):
    with LogWriter(log.path) as other:
        log.append([tick(0)])
        with pytest.raises(BongsuError, match="second"):
            other.append([tick(1)])
    assert log.append([tick(1)])[0].seq == 2


def test_an_open_log_goes_on_where_it_ended(tmp_path):
    path = small_log(tmp_path / "a.log", n_inputs=3)
    with LogWriter(path) as log:
        assert log.append([tick(9)])[0].seq == 4
    with LogReader(path) as log:
        assert [record.seq for record in log.inputs()] == [1, 2, 3, 4]


def test_findings_once_stored_stay_until_they_are_dropped(log):
    log.append([tick(0)])
    log.store([(1, [REJECTED])])
    log.store([(1, [])])
    with LogReader(log.path) as found:
        assert list(found.findings()) == [REJECTED]
        assert found.finding_hash(1) == LogWriter.finding_hash([REJECTED])
    log.drop_findings()
    with LogReader(log.path) as found:
        assert list(found.findings()) == []
        assert found.finding_hash(1) is None


def test_only_the_newest_checkpoints_are_kept(log):
    log.append([tick(i) for i in range(9)])
    for seq in range(1, 9):
        log.checkpoint(seq, b"state %d" % seq)
    with LogReader(log.path) as found:
        rows = found._db.execute("SELECT seq FROM checkpoints ORDER BY seq").fetchall()
        assert [seq for (seq,) in rows] == [6, 7, 8]
        assert found.checkpoint(writer.manifests.build()).seq == 8
        assert found.checkpoint(writer.manifests.build(), up_to=7).state == b"state 7"
        assert found.checkpoint("another build") is None


def test_refusals_are_counted_for_ever_and_kept_for_a_while(log, monkeypatch):
    monkeypatch.setattr(writer, "MAX_REFUSALS", 3)
    for i in range(10):
        log.refuse([writer.Refusal(T0_NS, "future", "ahead", b"x" * (i * 1000))])
    with LogReader(log.path) as found:
        assert found.refusal_counts() == {"future": 10}
        rows = found._db.execute("SELECT n, length(raw) FROM refusals ORDER BY n").fetchall()
        assert rows == [(8, 4096), (9, 4096), (10, 4096)]


def test_the_writer_puts_truth_in_and_cannot_read_it(log):
    log.put_truth([("flight", b"{}")])
    with pytest.raises(sqlite3.DatabaseError, match="prohibited"):
        log._db.execute("SELECT body FROM truth")


def test_inputs_wait_for_the_disk_and_findings_do_not(log):
    log.append([tick(0)])
    log.store([(1, [])])
    assert log._db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert log._db.execute("PRAGMA synchronous").fetchone() == (2,)  # FULL, again, after every lazy commit


def test_a_full_disk_is_one_clear_line_and_loses_nothing(log):
    log.append([tick(0)])
    log._db.execute("PRAGMA max_page_count = 1")
    with pytest.raises(BongsuError, match="full"):
        log.append([(T0_NS + i, radar_scan(float(i), n_plots=20)) for i in range(500)])
    log._db.execute("PRAGMA max_page_count = 1000000")
    assert log.append([tick(1)])[0].seq == 2
