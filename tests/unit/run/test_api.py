"""The commands as functions."""

import subprocess
import sys

import numpy as np
from tests.helpers.flights import SCENARIO, flight, stretch, tables

import bongsu
from bongsu.messages.tracking import TracksUpdated
from bongsu.run.core import open_core


def test_a_simulation_is_truth_and_what_was_heard_of_it():
    run = bongsu.simulate(SCENARIO, seed=3)
    assert run.inputs == flight(3).inputs
    assert np.isfinite(run.flight.bodies[0].states(np.array([10.0, 20.0]))).all()


def test_a_replay_gives_findings_and_tracks_as_arrays(tmp_path):
    path = tmp_path / "a.log"
    with open_core(path, flight(3).settings, tables(), mode="test") as core:
        core.take(stretch(0.0, 60.0))
    again = bongsu.replay(path)
    assert again.outcome.n_changed == 0
    assert sum(len(arrays.t_ns) for arrays in again.tracks.values()) == sum(
        len(f.track_id) for f in again.of(TracksUpdated)
    )
    assert len(bongsu.replay(path, until="+5").findings) <= len(again.findings)


def test_every_function_of_the_package_is_there_whatever_was_imported_before():
    code = (
        "import {first}; import bongsu; "
        "print(all(callable(getattr(bongsu, n)) for n in ('simulate', 'track', 'replay', 'evaluate')))"
    )
    for first in ("bongsu", "bongsu.evaluate.accuracy"):
        ran = subprocess.run(
            [sys.executable, "-c", code.format(first=first)], capture_output=True, text=True, check=True
        )
        assert ran.stdout.strip() == "True"
    for name in bongsu.__all__:
        assert name in dir(bongsu)
