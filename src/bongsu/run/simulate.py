"""A scenario flown, observed and fed into the core: what a live node would have recorded, marked as an exercise."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import msgspec
import numpy as np

from bongsu.constants import NS_PER_S
from bongsu.errors import BadInput
from bongsu.geo.tables import Tables
from bongsu.messages.inputs import AnyInput, Tick
from bongsu.models.settings import Settings
from bongsu.run import config
from bongsu.run.core import Sink, open_core
from bongsu.sim import scenario as scenarios
from bongsu.sim import sensors, truth
from bongsu.sim.scenario import Scenario
from bongsu.sim.truth import Flight

BATCH = 100  # inputs committed together
MAX_SILENT_S = 7_200  # of ticks without a scan: by then every track has ended, and a damaged time may name another year
AFTER_S = 60  # ticks after the last scan, so that what waits for time to pass ends


@dataclass(frozen=True, slots=True)
class Simulated:
    """One run of a scenario: what is true, and what was heard of it."""

    scenario: Scenario
    settings: Settings
    flight: Flight
    inputs: tuple[tuple[int, AnyInput], ...]  # known_ns and message, in order


def fly(path: Path, seed: int | None = None) -> Simulated:
    """Fly and observe a scenario; no log, no pipeline."""
    scenario = scenarios.load(path)
    settings = config.load_settings(path)
    flight = truth.fly(scenario, seed)
    scans = sensors.observe(scenario, flight, seed)
    return Simulated(scenario, settings, flight, tuple(with_ticks(scans)))


def with_ticks(inputs: Iterable[tuple[int, AnyInput]], after_s: int = AFTER_S) -> Iterator[tuple[int, AnyInput]]:
    """Inputs in order of known time with a tick at every whole second between them, and for a while after the last.

    A silence of more than MAX_SILENT_S is ticked for so long, and again from the next input on.
    """
    next_ns = last_ns = -1
    for known_ns, message in inputs:
        if next_ns < 0:
            next_ns = known_ns // NS_PER_S * NS_PER_S
        while next_ns <= known_ns:
            if 0 <= last_ns < next_ns - MAX_SILENT_S * NS_PER_S:
                next_ns = known_ns // NS_PER_S * NS_PER_S
            yield next_ns, Tick(valid_ns=next_ns)
            next_ns += NS_PER_S
        yield known_ns, message
        last_ns = known_ns
    if last_ns >= 0:
        for due_ns in range(next_ns, last_ns + after_s * NS_PER_S, NS_PER_S):
            yield due_ns, Tick(valid_ns=due_ns)


def simulate(
    path: Path, out: Path, tables: Tables, *, seed: int | None = None, sinks: Sequence[Sink] = ()
) -> tuple[Simulated, int]:
    """Fly a scenario into a new log, with its truth and its findings; also returns how many inputs failed a stage."""
    if out.exists():
        raise BadInput(str(out), "a file that exists", "a name that is free", "Remove the file or name another.")
    run = fly(path, seed)
    with open_core(out, run.settings, tables, mode="exercise", seed=run.flight.seed, sinks=sinks) as core:
        core.log.put_truth(truth_rows(run))
        rest = iter(run.inputs)
        while batch := list(islice(rest, BATCH)):
            core.take(batch)
        return run, core.n_failed


def truth_rows(run: Simulated) -> Iterator[tuple[str, bytes]]:
    """The rows of the truth table: the flight in figures, then each object second by second."""
    yield "flight", msgspec.json.encode(truth.record(run.flight))
    for body in run.flight.bodies:
        times_s = np.arange(np.ceil(body.start_s), body.end_s, 1.0)
        states = body.states(times_s)
        yield "object", msgspec.json.encode({
            "name": body.name,
            "t_ns": [truth.instant_ns(run.flight.t0_ns, t_s) for t_s in times_s.tolist()],
            "r_ecef_m": states[:, :3].tolist(),
            "v_ecef_mps": states[:, 3:].tolist(),
            "is_thrusting": [bool(value) for value in body.thrusting(times_s)],
        })  # fmt: skip
