"""The core is a fold: cut it anywhere, batch it anyhow, run it twice, on one thread or two: the same bytes."""

import hashlib
import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import settings as with_settings
from hypothesis import strategies as st
from tests.helpers.flights import ROOT, SCENARIO, stretch, tables

from bongsu.log import state_codec
from bongsu.log.reader import LogReader
from bongsu.messages import codec
from bongsu.run.config import load_settings
from bongsu.run.core import Fold, open_core
from bongsu.run.replay import replay

FIRST_S, LAST_S = 0.0, 80.0  # launch, burn-out and the beginning of the coast


@pytest.fixture(scope="module")
def feed():
    return stretch(FIRST_S, LAST_S)


def run(fold, feed, first):
    """The bytes of all findings of a stretch of a feed, and the state after it."""
    said = []
    for seq, (known_ns, message) in enumerate(feed, start=first):
        said += [codec.encode(finding) for finding in fold.step(seq, known_ns, message)]
    assert fold.n_failed == 0
    return said, fold.freeze()


@pytest.fixture(scope="module")
def whole(feed):
    return run(Fold(load_settings(SCENARIO), tables()), feed, 1)


def test_the_flight_says_something(whole):
    assert len(whole[0]) > 0


@with_settings(max_examples=5)
@given(data=st.data())
def test_a_checkpoint_and_the_tail_are_the_whole_replay(feed, whole, data):
    cut = data.draw(st.integers(0, len(feed)))
    before, after = Fold(load_settings(SCENARIO), tables()), Fold(load_settings(SCENARIO), tables())
    said, state = run(before, feed[:cut], 1)
    after.thaw(state)
    assert after.freeze() == state
    more, end = run(after, feed[cut:], cut + 1)
    assert said + more == whole[0]
    assert state_codec.state_hash(end) == state_codec.state_hash(whole[1])


@with_settings(max_examples=3)
@given(sizes=st.lists(st.integers(1, 60), min_size=4, max_size=30))
def test_how_inputs_are_batched_into_commits_changes_nothing(tmp_path_factory, feed, whole, sizes):
    path = tmp_path_factory.mktemp("batches") / "a.log"
    rest, i = list(feed), 0
    with open_core(path, load_settings(SCENARIO), tables(), mode="test") as core:
        while rest:
            n = sizes[i % len(sizes)]
            core.take(rest[:n])
            rest, i = rest[n:], i + 1
        assert core.state_hash() == state_codec.state_hash(whole[1])
    with LogReader(path) as log:
        assert [body for _, _, body in log.bodies()] == whole[0]


@with_settings(max_examples=3)
@given(data=st.data())
def test_doubled_inputs_change_nothing(tmp_path_factory, feed, whole, data):
    twice = list(feed)
    for i in data.draw(st.lists(st.integers(0, len(feed) - 1), max_size=20)):
        twice.insert(data.draw(st.integers(i, len(twice))), feed[i])
    path = tmp_path_factory.mktemp("doubled") / "a.log"
    seen = set()
    with open_core(path, load_settings(SCENARIO), tables(), mode="test") as core:
        order = [item for item in twice if not (item in seen or seen.add(item))]
        core.take(twice)
        if order == list(feed):
            assert core.state_hash() == state_codec.state_hash(whole[1])
        assert core.log.seq == len(feed)


def test_a_log_replays_to_the_same_bytes_with_one_thread_and_with_two(tmp_path, feed, whole):
    path = tmp_path / "a.log"
    with open_core(path, load_settings(SCENARIO), tables(), mode="test") as core:
        core.take(feed)
    outcomes = [_replayed_elsewhere(path, threads) for threads in ("1", "2")]
    assert outcomes == [hashlib.sha256(b"".join(body + b"\n" for body in whole[0])).hexdigest()] * 2
    assert replay(path, tables()).state_hash == state_codec.state_hash(whole[1])


def _replayed_elsewhere(path, threads):
    """SHA-256 of what `bongsu replay --json` writes in a process with so many threads."""
    ran = subprocess.run(
        [sys.executable, "-m", "bongsu", "replay", str(path), "--json", "--compare"],
        capture_output=True, cwd=ROOT, env=os.environ | {"NUMBA_NUM_THREADS": threads, "OMP_NUM_THREADS": threads},
        check=True,
    )  # fmt: skip
    return hashlib.sha256(ran.stdout).hexdigest()
