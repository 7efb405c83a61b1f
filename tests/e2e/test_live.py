"""A live node and a replay of what it wrote say the same, whatever came in and in whatever order."""

import asyncio
import random
import time

import pytest
from msgspec import UNSET, structs
from tests.helpers.clock import TurnedClock
from tests.helpers.flights import SCENARIO, flight, stretch, tables
from tests.helpers.node import Node, node_file
from tests.helpers.reports import reports
from tests.unit.run.test_live import Client, line

from bongsu.log.reader import LogReader
from bongsu.messages import codec
from bongsu.messages.inputs import Scan
from bongsu.run.core import Sink, open_core
from bongsu.run.live import serve
from bongsu.run.replay import replay

SETTINGS = flight(3).settings


def lived(path, sent):
    """Send scans at their known times under a turned clock; returns the bytes every sink heard, and the end state."""
    heard = []

    def hear(seq, known_ns, message, findings):
        heard.extend(codec.encode(finding) for finding in findings)

    async def main():
        clock, stop, notes = TurnedClock(sent[0][0]), asyncio.Event(), []
        with open_core(path, SETTINGS, tables(), mode="test", sinks=[Sink(hear)]) as core:
            node = asyncio.create_task(serve(core, clock, "127.0.0.1", 0, notes.append, stop))
            while not notes:
                await asyncio.sleep(0.001)
            port = int(notes[0].split("127.0.0.1:")[1].split()[0])
            client = Client(*await asyncio.open_connection("127.0.0.1", port))
            for known_ns, scan in sent:
                clock.turn_to(known_ns)
                await client.send(line(scan))
                assert "seq" in await client.answer()
            await client.close()
            stop.set()
            await node
            return core.state_hash()

    return asyncio.run(main()), heard


@pytest.mark.parametrize("way", ["as they came", "shuffled and doubled"])
def test_a_live_node_and_its_replay_say_the_same_bytes(tmp_path, way):
    sent = [(known_ns, m) for known_ns, m in stretch(0.0, 70.0) if isinstance(m, Scan)]
    if way != "as they came":
        rng = random.Random(7)
        latest_ns = sent[-1][0]
        sent = [(latest_ns, scan) for _, scan in rng.sample(sent + sent[::3], len(sent) + len(sent[::3]))]
    state, heard = lived(tmp_path / "a.log", sent)
    again = []
    done = replay(tmp_path / "a.log", tables(), hear=lambda s, k, m, found: again.extend(map(codec.encode, found)))
    assert (done.state_hash, done.n_changed, done.n_failed) == (state, 0, 0)
    assert again == heard
    with LogReader(tmp_path / "a.log") as log:
        scans = [record.message for record in log.inputs() if isinstance(record.message, Scan)]
    assert len(scans) == len(dict.fromkeys(scan.scan_id + scan.sensor_id for _, scan in sent))


def test_a_live_node_that_hears_reports_among_scans_replays_to_the_same_bytes(tmp_path):
    sent = [(known_ns, m) for known_ns, m in stretch(0.0, 40.0) if isinstance(m, Scan)]
    texts = [text for _, text in reports(flight(3).flight.t0_ns)]
    for k, text in enumerate(texts):
        at = (k + 1) * len(sent) // 5
        sent.insert(at, (sent[at][0], structs.replace(text, published_ns=UNSET)))
    state, heard = lived(tmp_path / "a.log", sent)
    again = []
    done = replay(tmp_path / "a.log", tables(), hear=lambda s, k, m, found: again.extend(map(codec.encode, found)))
    assert (done.state_hash, done.n_changed, done.n_failed) == (state, 0, 0)
    assert again == heard
    assert sum(b'"account.v1"' in body for body in heard) >= 2


def test_an_exercise_log_never_enters_a_live_node(tmp_path):
    file = node_file(tmp_path, SCENARIO)
    with open_core(tmp_path / "kor-1.log", SETTINGS, tables(), mode="exercise") as core:
        core.take(stretch(0.0, 2.0))
    with pytest.raises(AssertionError, match="mode is 'exercise'"):
        Node(file)


def test_a_second_node_on_one_log_is_refused(tmp_path):
    nodes = [Node(node_file(tmp_path, SCENARIO)) for _ in range(2)]
    end_s = time.monotonic() + 60.0
    while not any(node.has_ended() for node in nodes) and time.monotonic() < end_s:
        time.sleep(0.05)  # each enters a tick a second: whoever comes second finds a record it did not write
    assert sorted(node.stop() for node in nodes) == [0, 1]
    assert any("a second one writes here" in note for node in nodes for note in node.notes)
    assert replay(tmp_path / "kor-1.log", tables()).n_changed == 0
