"""`kill -9` at any moment: every acknowledged scan is there once, and going on equals never having stopped."""

import random
import threading
import time
from collections import Counter
from pathlib import Path

import pytest
from tests.helpers.flights import SCENARIO, flight, tables
from tests.helpers.node import Node, node_file, now_shift_ns, shifted, stream
from tests.helpers.restart import state_after_restart

from bongsu.log.reader import LogReader
from bongsu.log.verify import verify
from bongsu.messages.inputs import Scan
from bongsu.run.replay import replay

N_SCANS = 400
SEED = 20_251_107


@pytest.fixture(scope="module")
def scans():
    """The first scans of a flight from shortly before lift-off, as recorded just now."""
    found = [message for _, message in flight(3).inputs if isinstance(message, Scan)][:N_SCANS]
    by_ns = now_shift_ns(found)
    return [shifted(scan, by_ns) for scan in found]


def kill_while_sending(file: Path, scans: list[Scan], acknowledged: dict[int, int], rng: random.Random) -> None:
    """Start a node, send to it from the first unacknowledged scan on, and kill it at a drawn moment."""
    node = Node(file)
    target = len(acknowledged) + rng.randint(1, N_SCANS // 4)
    rest = [i for i in range(len(scans)) if i not in acknowledged]
    mine: dict[int, int] = {}
    enough = threading.Event()

    def until(n: int) -> bool:
        if len(acknowledged) + n >= target:
            enough.set()
        return False  # go on sending: the kill comes in the middle of it

    sender = threading.Thread(target=stream, args=(node.port, [scans[i] for i in rest], mine, until))
    sender.start()
    enough.wait(timeout=120.0)
    time.sleep(rng.uniform(0.0, 0.02))
    node.kill()
    sender.join(timeout=120.0)
    acknowledged |= {rest[i]: seq for i, seq in mine.items()}


def check(file: Path, scans: list[Scan], acknowledged: dict[int, int]) -> None:
    """Every acknowledged scan stands once under its number; the file is intact; restart equals replay."""
    path = file.with_suffix(".log")
    with LogReader(path) as log:
        stored = {record.seq: record.message for record in log.inputs()}
    counts = Counter(message.scan_id + message.sensor_id for message in stored.values() if isinstance(message, Scan))
    assert all(n == 1 for n in counts.values())
    assert all(stored[seq] == scans[i] for i, seq in acknowledged.items())
    assert verify(path).problems == ()
    resumed = state_after_restart(path)
    again = replay(path, tables())
    assert resumed == again.state_hash
    assert (again.n_compared, again.n_changed, again.n_failed) == (again.n_inputs, 0, 0)


def run_with_kills(folder: Path, scans: list[Scan], n_kills: int, seed: int) -> None:
    rng = random.Random(seed)
    file = node_file(folder, SCENARIO)
    acknowledged: dict[int, int] = {}
    for _ in range(n_kills):
        if len(acknowledged) == len(scans):  # everything is in: begin another log
            file.with_suffix(".log").unlink()
            acknowledged.clear()
        kill_while_sending(file, scans, acknowledged, rng)
        check(file, scans, acknowledged)


def test_three_kills_lose_nothing_that_was_acknowledged(tmp_path, scans):
    run_with_kills(tmp_path, scans, 3, SEED)


@pytest.mark.accept
def test_thirty_kills_lose_nothing_that_was_acknowledged(tmp_path, scans):
    run_with_kills(tmp_path, scans, 30, SEED + 1)


def test_a_node_told_to_stop_ends_well_and_leaves_one_file(tmp_path, scans):
    node = Node(node_file(tmp_path, SCENARIO))
    acknowledged: dict[int, int] = {}
    stream(node.port, scans[:20], acknowledged, lambda n: False)
    assert node.stop() == 0
    assert len(acknowledged) == 20
    assert sorted(p.name for p in tmp_path.iterdir()) == ["kor-1.log", "kor-1.toml"]
    assert "stopped after record" in node.notes[-1]
