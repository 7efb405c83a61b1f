"""What verification notices, and what salvage saves."""

import pytest
from tests.helpers.records import manifest, small_log, tick
from tests.unit.log.test_reader import change

from bongsu.errors import BadInput
from bongsu.log.reader import LogReader, TruthReader
from bongsu.log.verify import salvage, verify
from bongsu.log.writer import LogWriter
from bongsu.messages.tracking import PlotsRejected

REJECTED = PlotsRejected(id="1.0", cause=1, known_ns=1, sensor_id="a", valid_ns=1, reason="gate", n=2)


@pytest.fixture
def path(tmp_path):
    path = small_log(tmp_path / "a.log")
    with LogWriter(path) as log:
        log.append([tick(9)])
        log.store([(6, [REJECTED, REJECTED])])
        log.checkpoint(6, b"state")
    return path


def test_an_intact_log_has_no_problems(path):
    found = verify(path)
    assert found.problems == ()
    assert (found.n_inputs, found.n_findings, found.manifest.mode) == (6, 2, "test")


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("UPDATE inputs SET body = CAST(replace(body, 'self', 'kor-') AS BLOB) WHERE seq = 3", "record 3"),
        ("DELETE FROM inputs WHERE seq = 2", "record 2"),
        ("UPDATE inputs SET id = zeroblob(32) WHERE seq = 4", "record 4 stands under another id"),
        ("UPDATE findings SET body = x'7b7d' WHERE k = 1", "findings of record 6 do not match"),
        ("DELETE FROM findings WHERE k = 1", "findings of record 6 do not match"),
        ("DELETE FROM findings", "findings of record 6 are missing"),
        ("DELETE FROM finding_hashes WHERE cause = 6", "findings of record 6 have no hash"),
        ("INSERT INTO finding_hashes VALUES (7, 0, x'00')", "name record 7"),
        ("UPDATE checkpoints SET state = x'00'", "checkpoint at record 6"),
    ],
)
def test_every_change_is_noticed(path, statement, problem):
    change(path, statement)
    assert any(problem in text for text in verify(path).problems)


def test_a_damaged_page_is_noticed_and_does_not_stop_the_check(path):
    body = bytearray(path.read_bytes())
    body[2 * 4096 : 3 * 4096] = b"\xa5" * 4096
    path.write_bytes(body)
    assert verify(path).problems


def test_a_file_cut_off_is_noticed_or_refused(path):
    body = path.read_bytes()
    for keep in (len(body) // 2, len(body) - 4096, 100):
        path.write_bytes(body[:keep])
        try:
            assert verify(path).problems
        except BadInput as error:
            assert "\n" not in str(error)


def test_salvage_copies_the_intact_beginning_under_the_same_hashes(path, tmp_path):
    with LogReader(path) as log:
        hashes = [record.hash for record in log.inputs()]
    change(path, "UPDATE inputs SET body = x'7b7d' WHERE seq = 5")
    out = tmp_path / "b.log"
    assert salvage(path, out) == 4
    with LogReader(out) as log:
        assert [record.hash for record in log.inputs()] == hashes[:4]
    with TruthReader(out) as truth:
        assert list(truth.rows()) == [("flight", b"{}")]
    assert verify(out).problems == ()


def test_salvage_writes_over_nothing(path):
    with pytest.raises(BadInput, match="exists"):
        salvage(path, path)


def test_salvage_of_an_empty_log_is_an_empty_log(tmp_path):
    LogWriter.create(tmp_path / "a.log", manifest()).close()
    assert salvage(tmp_path / "a.log", tmp_path / "b.log") == 0
    assert verify(tmp_path / "b.log").problems == ()
