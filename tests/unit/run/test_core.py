"""The one core: append, step, store, publish; and going on after an end."""

import pytest
from tests.helpers.flights import SETTINGS, tables
from tests.helpers.records import T0_NS, manifest, radar_scan, tick

from bongsu.errors import BongsuError, WrongMode
from bongsu.log.reader import LogReader
from bongsu.log.writer import LogWriter
from bongsu.messages.tracking import PlotsRejected
from bongsu.run import core as cores
from bongsu.run.core import Core, Fold, Sink, complete, open_core, settings_bytes, settings_from


def scans(first, last):
    return [(radar_scan(float(s)).valid_ns, radar_scan(float(s))) for s in range(first, last)]


class Heard:
    """A sink's ears."""

    def __init__(self):
        self.seqs, self.findings = [], []

    def __call__(self, seq, known_ns, message, findings):
        self.seqs.append(seq)
        self.findings += findings


@pytest.fixture
def path(tmp_path):
    return tmp_path / "a.log"


def begin(path, **options):
    return open_core(path, SETTINGS, tables(), mode="test", **options)


def test_every_finding_is_stored_under_its_cause_before_a_sink_hears_it(path):
    stored_when_heard = []

    def hear(seq, known_ns, message, findings):
        with LogReader(path) as log:
            stored_when_heard.append(log.finding_hash(seq) == LogWriter.finding_hash(findings))

    with begin(path, sinks=[Sink(hear)]) as core:
        core.take(scans(0, 5))
    assert stored_when_heard == [True] * 5


def test_a_repeated_input_is_stepped_once(path):
    heard = Heard()
    with begin(path, sinks=[Sink(heard)]) as core:
        core.take(scans(0, 3))
        core.take(scans(0, 4))
        assert core.log.seq == 4
    assert heard.seqs == [1, 2, 3, 4]


def test_a_restart_goes_on_with_the_same_state(tmp_path):
    with begin(tmp_path / "whole.log") as core:
        core.take(scans(0, 20))
        whole = core.state_hash()
    with begin(tmp_path / "halves.log") as core:
        core.take(scans(0, 10))
    with begin(tmp_path / "halves.log") as core:
        core.take(scans(10, 20))
        assert core.state_hash() == whole


def test_a_restart_after_a_crash_makes_the_missing_findings(path):
    with begin(path) as core:
        core.take(scans(0, 4))
    with LogWriter(path) as log:
        log.append(scans(4, 6))  # appended, and then the process was gone
    heard = Heard()
    with begin(path, sinks=[Sink(heard, after=2)]), LogReader(path) as log:
        assert log.n_stored() == 6
    assert heard.seqs == [5, 6]  # up to 4 the checkpoint stands


def test_a_sink_drops_what_it_has_heard():
    heard = Heard()
    sink = Sink(heard, after=3)
    for seq in (2, 3, 4, 4, 5):
        sink.take(seq, 0, tick(0)[1], [])
    assert heard.seqs == [4, 5]


def test_a_checkpoint_of_another_build_is_not_used(path, monkeypatch):
    with begin(path) as core:
        core.take(scans(0, 10))
        state = core.state_hash()
    monkeypatch.setattr(cores.manifests, "build", lambda: "another")
    with begin(path) as core:
        assert core.state_hash() == state


def test_a_log_of_another_mode_is_refused(path):
    begin(path).close()
    with pytest.raises(WrongMode, match="exercise"):
        open_core(path, SETTINGS, tables(), mode="exercise")


@pytest.mark.parametrize("change", [{"epoch": 1}, {"seed": 5}])
def test_one_log_holds_one_history(path, change):
    begin(path).close()
    with pytest.raises(BongsuError, match=next(iter(change))):
        begin(path, **change)


def test_other_settings_need_another_log(path):
    begin(path).close()
    other = cores.msgspec.structs.replace(SETTINGS, node="kor-2")
    with pytest.raises(BongsuError, match="kor-2"):
        open_core(path, other, tables(), mode="test")


def test_a_stage_that_fails_costs_one_input_and_is_counted(monkeypatch, capsys):
    fold = Fold(SETTINGS, tables())
    good = fold.step(1, T0_NS, tick(0)[1])
    before = fold.state_hash()

    def fail(*_):
        raise ZeroDivisionError("by hand")

    with monkeypatch.context() as patched:
        patched.setattr(cores.pipeline, "step", fail)
        assert fold.step(2, T0_NS, radar_scan(1.0)) == []
    assert (fold.n_failed, fold.state_hash()) == (1, before)
    assert "record 2" in capsys.readouterr().err
    assert fold.step(3, T0_NS + 1, tick(1)[1]) is not good


def test_settings_come_back_from_a_manifest():
    assert settings_from(manifest(settings=settings_bytes(SETTINGS))) == SETTINGS


def test_settings_of_another_build_are_refused_by_naming_it():
    with pytest.raises(BongsuError, match="build that wrote it"):
        settings_from(manifest(settings=b'{"no_such":1}'))


def test_a_log_without_findings_is_completed(path):
    with LogWriter.create(path, manifest(settings=settings_bytes(SETTINGS))) as log:
        log.append(scans(0, 3))
    n = complete(path, tables())
    with LogReader(path) as log:
        assert log.n_stored() == 3
        assert n == len(list(log.bodies()))


def test_findings_that_differ_from_what_was_stored_are_counted_and_kept(path):
    odd = PlotsRejected(id="1.0", cause=1, known_ns=1, sensor_id="a", valid_ns=1, reason="by hand", n=2)
    with LogWriter.create(path, manifest(settings=settings_bytes(SETTINGS))) as log:
        log.append(scans(0, 3))
        log.store([(1, [odd])])
        core = Core(log, SETTINGS, tables())
        assert core.n_changed == 1
    with LogReader(path) as log:
        assert odd in list(log.findings())
