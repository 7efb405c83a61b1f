"""Many seeded flights of a scenario, on all cores, resumable: each is a self-contained case, whoever runs it."""

import hashlib
import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import msgspec

from bongsu import pipeline
from bongsu.evaluate.flights import FlightMeasures, measure
from bongsu.evaluate.report import as_text, report
from bongsu.log import manifest
from bongsu.run import config
from bongsu.run.core import settings_bytes
from bongsu.run.simulate import fly
from bongsu.run.tables import load_tables
from bongsu.sim import scenario as scenarios

STORE = Path("out") / "evaluate"
FLOWN = (
    "constants.py", "pipeline.py", "messages", "kernels", "geo", "models", "sim", "evaluate",
    "run/config.py", "run/tables.py", "run/simulate.py",
    *(f"stages/{room}" for room in ("track", "detect.py", "event.py", "classify", "backtrack", "forecast", "threat.py", "warn")),
)  # fmt: skip
"""The rooms a simulated flight passes through: a change elsewhere leaves what was measured good."""


def evaluate(paths: Sequence[Path], runs: int, seed: int, is_json: bool) -> None:
    """Fly each scenario `runs` times from `seed` on and print its report; what is stored for this source is not flown again."""
    said = []
    for path in paths:
        measured = campaign(path, range(seed, seed + runs))
        is_ballistic = scenarios.load(path).flight.kind == "ballistic"
        lines = report(measured, is_ballistic)
        said.append({"scenario": path.stem, "first_seed": seed, "runs": runs, "lines": lines})
        if not is_json:
            print(
                as_text(
                    f"{path.stem}: {runs} flights, seeds {seed} to {seed + runs - 1}, {manifest.build(FLOWN)}", lines
                )
            )
    if is_json:
        print(msgspec.json.encode(said).decode())


def campaign(path: Path, seeds: Sequence[int]) -> list[FlightMeasures]:
    """The measures of every seed, in order of seed; progress on standard error."""
    store = _store(path)
    known = {one.seed: one for one in _read(store)}
    missing = [seed for seed in seeds if seed not in known]
    if missing:
        load_tables()  # builds and warms caches once, before the workers start
        store.parent.mkdir(parents=True, exist_ok=True)
        with store.open("ab") as file:
            for done, one in enumerate(_fly_all(path, missing), start=1):
                known[one.seed] = one
                file.write(msgspec.json.encode(one) + b"\n")
                file.flush()
                _progress(path.stem, done, len(missing))
    return [known[seed] for seed in seeds]


def _fly_all(path: Path, seeds: Sequence[int]) -> Iterator[FlightMeasures]:
    workers = min(len(seeds), os.cpu_count() or 1)
    if workers == 1:
        yield from (one_flight((path, seed)) for seed in seeds)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:  # fork and compiled threads hang
        yield from pool.map(one_flight, [(path, seed) for seed in seeds], chunksize=1)


def one_flight(case: tuple[Path, int]) -> FlightMeasures:
    """One case: fly, observe, fold, measure."""
    path, seed = case
    run = fly(path, seed)
    return measure(_configured(path), load_tables(), run.flight, run.inputs)


@cache
def _configured(path: Path) -> tuple[Any, ...]:
    return pipeline.configure(config.load_settings(path), load_tables())


def _store(path: Path) -> Path:
    """Where the measures of this scenario, these settings and these rooms' source are kept."""
    parts = (
        manifest.build(FLOWN).encode(),
        manifest.lock().encode(),
        load_tables().digest.encode(),
        path.read_bytes(),
        settings_bytes(config.load_settings(path)),
    )
    return STORE / f"{path.stem}-{hashlib.sha256(b'|'.join(parts)).hexdigest()[:12]}.jsonl"


def _read(store: Path) -> list[FlightMeasures]:
    """What is stored; a last line cut short by a kill is left out."""
    if not store.exists():
        return []
    found = []
    for line in store.read_bytes().splitlines():
        try:
            found.append(msgspec.json.decode(line, type=FlightMeasures))
        except msgspec.MsgspecError:
            continue
    return found


def _progress(name: str, done: int, of: int) -> None:
    if sys.stderr.isatty() or done % 20 == 0 or done == of:
        end = "\r" if sys.stderr.isatty() and done < of else "\n"
        print(f"{name}: {done}/{of} flights", end=end, file=sys.stderr, flush=True)
