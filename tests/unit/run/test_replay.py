"""Folding a log again."""

import pytest
from tests.helpers.flights import SETTINGS, tables
from tests.helpers.records import radar_scan, tick
from tests.unit.log.test_reader import change

from bongsu.errors import BadInput, LogCorrupt
from bongsu.log.reader import LogReader
from bongsu.log.writer import LogWriter
from bongsu.messages import codec
from bongsu.run.core import open_core
from bongsu.run.replay import Pace, replay


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "a.log"
    with open_core(path, SETTINGS, tables(), mode="test") as core:
        core.take([item for s in range(30) for item in (tick(s), (radar_scan(s + 0.5).valid_ns, radar_scan(s + 0.5)))])
    return path


def test_a_replay_finds_what_was_stored(path):
    said = []
    done = replay(path, tables(), hear=lambda seq, known_ns, message, found: said.extend(map(codec.encode, found)))
    with LogReader(path) as log:
        assert said == [body for _, _, body in log.bodies()]
    assert (done.n_inputs, done.n_compared, done.n_changed, done.n_failed) == (60, 60, 0, 0)


def test_a_replay_ends_in_the_state_the_core_ended_in(path):
    with open_core(path, SETTINGS, tables(), mode="test") as core:
        assert replay(path, tables()).state_hash == core.state_hash()


def test_findings_changed_in_the_file_are_counted(path):
    change(path, "UPDATE finding_hashes SET hash = x'00' WHERE cause = 7")
    assert replay(path, tables()).n_changed == 1


def test_until_ends_a_replay(path):
    assert replay(path, tables(), until="+9.9").n_inputs == 20
    assert replay(path, tables(), until="2025-11-07T03:35:10Z").n_inputs == 21
    with pytest.raises(BadInput, match="until"):
        replay(path, tables(), until="soon")


def test_a_replay_stops_before_a_record_that_was_changed(path):
    change(path, "UPDATE inputs SET known_ns = known_ns + 1 WHERE seq = 9")
    heard = []
    with pytest.raises(LogCorrupt):
        replay(path, tables(), hear=lambda seq, *_: heard.append(seq))
    assert heard[-1] == 8


def test_speed_is_the_pace_of_known_time(path):
    slept = []
    done = replay(path, tables(), speed=0.001, sleep=slept.append)
    assert done.n_inputs == 60
    assert len(slept) == 59
    assert max(slept) == pytest.approx(29_500.0, rel=0.01)


def test_a_pace_does_not_wait_for_what_is_due():
    pace = Pace(1e9, sleep=lambda s: pytest.fail("waited"))
    pace(0)
    pace(10)


def test_a_replay_writes_nothing(path):
    before = path.read_bytes()
    replay(path, tables())
    assert path.read_bytes() == before


def test_an_empty_log_is_an_empty_replay(tmp_path):
    with open_core(tmp_path / "b.log", SETTINGS, tables(), mode="test"):
        pass
    assert replay(tmp_path / "b.log", tables()).n_inputs == 0
    assert LogWriter(tmp_path / "b.log").seq == 0
