"""What stands in a log is what its brief tells: stored findings in order, the mode of the manifest, nothing recomputed."""

import json

import pytest
from msgspec import json as mjson
from tests.helpers import synthetic as syn

from bongsu.adapters.publish import of_log
from bongsu.errors import BadInput
from bongsu.log import manifest as manifests
from bongsu.log.reader import LogReader
from bongsu.log.writer import LogWriter
from bongsu.models.settings import Settings


@pytest.fixture
def log(tmp_path):
    """The synthetic flight as a log in mode test."""
    settings = mjson.encode(Settings(sensors=syn.FRAME.sensors, areas=syn.FRAME.areas))
    manifest = manifests.describe(mode="test", node="laptop", nation="kor", settings=settings, tables_digest="none")
    path = tmp_path / "flight.bongsu"
    with LogWriter.create(path, manifest) as writer:
        for seq, known_ns, message, findings in syn.records():
            assert writer.append([(known_ns, message)])[0].seq == seq
            writer.store([(seq, findings)])
    return path


def test_every_stored_finding_is_heard_with_its_own_input(log):
    with LogReader(log) as reader:
        steps = list(of_log.steps(reader))
    assert [(r.seq, r.message, f) for r, f in steps] == [(seq, message, f) for seq, _, message, f in syn.records()]


def test_mode_node_sensors_and_areas_come_from_the_manifest(log):
    a = of_log.account(log)
    assert a.mode == "test" and a.node == "laptop"
    assert [s.sensor_id for s in a.sensors] == ["ir-105e", "kor-east", "jpn-west"]
    assert a.area_name("jpn-eez") == "Japan: EEZ"


def test_the_brief_comes_as_text_page_and_data(log):
    assert of_log.brief_of(log).startswith("TEST")
    assert "<svg" in of_log.brief_of(log, form="html")
    found = json.loads(of_log.brief_of(log, form="json"))
    assert found["brief"]["mode"] == found["account"]["mode"] == "test"
    assert "[145.2]" in of_log.brief_of(log, with_trace=True) and "[145.2]" not in of_log.brief_of(log)


@pytest.mark.parametrize(("lang", "words"), [("ko", ("발사 시각", "시험 - TEST")), ("ja", ("発射時刻", "試験 - TEST"))])
def test_what_was_measured_is_told_in_every_language_under_the_same_mark(log, lang, words):
    told = of_log.brief_of(log, lang=lang)
    first, *_, last = told.strip().split("\n")
    assert first == last and "TEST" in first
    assert all(word in told for word in words)
    assert f'<html lang="{lang}"' in of_log.brief_of(log, lang=lang, form="html")


@pytest.mark.parametrize("lang", ["ko", "ja"])
def test_every_language_says_the_same_facts_with_the_same_ids(log, lang):
    def ids(language):
        found = json.loads(of_log.brief_of(log, lang=language, form="json"))["brief"]["sections"]
        return [(s["name"], [said["rests_on"] for said in s["sentences"]]) for s in found]

    assert ids(lang) == ids("en")


def test_an_event_that_is_not_in_the_log_is_refused_with_those_that_are(log):
    with pytest.raises(BadInput, match=syn.EVENT):
        of_log.account(log, event_id="E000099")
    assert of_log.account(log, event_id=syn.EVENT).event.event_id == syn.EVENT
