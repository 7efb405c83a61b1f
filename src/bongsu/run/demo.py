"""The main job end to end: a scenario or a recording through log and pipeline, watched, compared and written up."""

import getpass
import math
import sys
import textwrap
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from msgspec import UNSET, UnsetType, structs

from bongsu.adapters.publish import brief, geojson, html, text, words
from bongsu.adapters.publish.account import Account, Frame, Mode, SoloFigure
from bongsu.adapters.publish.gather import Gathered
from bongsu.adapters.publish.of_log import frame_of
from bongsu.constants import NS_PER_S
from bongsu.errors import BadInput
from bongsu.geo.tables import Tables
from bongsu.messages.base import Finding
from bongsu.messages.inputs import AnyInput, OperatorAct
from bongsu.models.settings import Settings
from bongsu.run.core import Core, Sink, open_core
from bongsu.run.recording import open_recording
from bongsu.run.replay import Pace
from bongsu.run.simulate import Simulated, fly, truth_rows
from bongsu.run.solo import alone
from bongsu.run.tables import load_tables
from bongsu.sim.scenario import Published

SHOW_S = 30.0  # how long the view runs when nobody asks for a speed
ROUNDING = 0.1  # two figures: the first of them may be a 1
CONVERTED = "measurements"  # what our converters call every file; its folder tells one from another
LOG_NAME = "log.bongsu"
SCENARIOS = Path(__file__).parents[3] / "scenarios"


class Onlooker(Protocol):
    """Who watches: a terminal, or nobody."""

    is_live: bool  # whether there is somebody to show things to at a pace that can be followed

    def begin(self, frame: Frame) -> None:
        """The log begins."""

    def hear(self, seq: int, known_ns: int, message: AnyInput, findings: Sequence[Finding]) -> None:
        """One record and what it caused."""

    def rest(self, seconds: float) -> None:
        """Nothing happens for so long."""

    def acknowledged(self) -> str:
        """The warning somebody acknowledged since last asked."""

    def settle(self) -> Account:
        """The log ends; what it says as a whole."""

    def close(self, lines: Sequence[str]) -> None:
        """Last words."""

    def stop(self) -> None:
        """No more is coming, whatever happened; may be said twice."""


class Quiet:
    """Watches without a word until the end; for pipes and tests."""

    is_live = False

    def __init__(self, write: Callable[[str], None] = print) -> None:
        self._write = write
        self._heard = Gathered(Frame())

    def begin(self, frame: Frame) -> None:
        """Gather from now on."""
        self._heard = Gathered(frame)

    def hear(self, seq: int, known_ns: int, message: AnyInput, findings: Sequence[Finding]) -> None:
        """Gather."""
        self._heard.take(seq, known_ns, message, findings)

    def rest(self, seconds: float) -> None:
        """Nobody is waiting."""

    def acknowledged(self) -> str:
        """Nobody is there."""
        return ""

    def settle(self) -> Account:
        """The whole account."""
        return self._heard.account(is_whole=True)

    def close(self, lines: Sequence[str]) -> None:
        """Say the last words between the mode's marks."""
        edge = [mark] if (mark := words.mark(self._heard.frame.mode)) else []
        self._write("\n".join([*edge, *lines, *edge]))

    def stop(self) -> None:
        """There is nothing to give back."""


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be shown: inputs in order, and what is known about them beforehand."""

    job_id: str
    title: str
    mode: Mode
    settings: Settings
    inputs: tuple[tuple[int, AnyInput], ...]  # known_ns and message
    seed: int = 0
    published: tuple[Published, ...] = ()
    simulated: Simulated | UnsetType = UNSET
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """What a demo came to."""

    account: Account
    files: tuple[Path, ...]


def demo(
    scenario: str = "2025-11-07",
    recording: Path | None = None,
    sensors: Path | None = None,
    speed: float = 0.0,
    onlooker: Onlooker | None = None,
    out: Path = Path("out"),
    date: str = "",
) -> Shown:
    """Show a scenario, or a recording with its sensors, and write log and briefs into `out`.

    `speed` is known time over watched time; 0 chooses one that fills half a minute, or does not wait where nobody watches.
    """
    watching = onlooker or Quiet()
    tables = load_tables()
    job = scenario_job(find_scenario(scenario)) if recording is None else recording_job(recording, sensors, date)
    folder = out / job.job_id
    log = fresh_log(folder)
    a = _watch(job, log, tables, speed, watching)
    a = structs.replace(a, solo=_solo(a, log, tables), truth=_truth(job))
    files = (log, *write_briefs(a, folder, tables))
    watching.close(last_lines(a, job, files))
    return Shown(a, files)


def find_scenario(name: str) -> Path:
    """The file of a scenario given by name or by path."""
    places = [Path(name), Path("scenarios") / f"{name}.toml", SCENARIOS / f"{name}.toml"]
    for place in places:
        if place.is_file():
            return place
    known = ", ".join(sorted(p.stem for p in places[-1].parent.glob("*.toml"))) or "none found"
    raise BadInput("--scenario", repr(name), f"a scenario file or one of: {known}", "Correct the name.")


def scenario_job(path: Path) -> Job:
    """A scenario flown with its own seed."""
    run = fly(path)
    s = run.scenario
    return Job(
        s.scenario_id, s.title, "exercise", run.settings, run.inputs, run.flight.seed, s.published, simulated=run
    )


def recording_job(plots: Path, sensors: Path | None, date: str = "") -> Job:
    """A recorded measurement file with its sensors; `date` as in `bongsu track`."""
    if sensors is None:
        raise BadInput("--recording", str(plots), "--sensors beside it", "Name the file that describes its sensors.")
    recording = open_recording(plots, sensors, date)
    inputs = tuple(recording.inputs)
    notes = tuple(f"{plots.name}: {line}" for line in recording.rejections.summary())
    name = plots.stem if plots.stem != CONVERTED else plots.absolute().parent.name
    return Job(name, f"Recording {name}", "replay", recording.settings, inputs, notes=notes)


def fresh_log(folder: Path) -> Path:
    """The place of a new log; what an earlier demo left there is taken away."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in (*folder.glob(f"{LOG_NAME}*"), *folder.glob("brief.*")):
        old.unlink()
    return folder / LOG_NAME


def _watch(job: Job, log: Path, tables: Tables, speed: float, watching: Onlooker) -> Account:
    """Feed the core one input at a time, at the pace of the onlooker; an acknowledgement enters the log as an act."""
    sinks = [Sink(watching.hear)]
    with open_core(log, job.settings, tables, mode=job.mode, seed=job.seed, sinks=sinks) as core:
        if job.simulated is not UNSET:
            core.log.put_truth(truth_rows(job.simulated))
        try:
            watching.begin(frame_of(core.log.manifest, tables, job.title, job.published))
            pace = _pace(job.inputs, speed, watching)
            for known_ns, message in job.inputs:
                pace(known_ns)
                core.take([(known_ns, message)])
                _acknowledge(core, known_ns, watching)
            core.refuse_failures()
            return watching.settle()
        finally:
            watching.stop()


def _pace(inputs: Sequence[tuple[int, AnyInput]], speed: float, watching: Onlooker) -> Callable[[int], None]:
    """What to call before each input: it waits its turn."""
    if speed <= 0.0:
        if not watching.is_live:
            return lambda known_ns: None
        speed = max(1.0, (inputs[-1][0] - inputs[0][0]) / NS_PER_S / SHOW_S)
    return Pace(speed, watching.rest)


def _acknowledge(core: Core, known_ns: int, watching: Onlooker) -> None:
    warning_id = watching.acknowledged()
    if warning_id:
        act = OperatorAct(valid_ns=known_ns, user=getpass.getuser(), verb="acknowledge", target_id=warning_id)
        core.take([(known_ns, act)])


def _solo(a: Account, log: Path, tables: Tables) -> tuple[SoloFigure, ...]:
    """What each radar alone would have said: asked where published ranges disagree, for that is what it may explain."""
    radars = [s.sensor_id for s in a.sensors if s.kind == "radar" and s.n_plots]
    if a.event is UNSET or len(radars) < 2 or not disagree(a.published):
        return ()
    found = []
    for radar in radars:
        print(f"bongsu: folding the log again with {radar} alone ...", file=sys.stderr)
        found.append(alone(log, radar, tables))
    return tuple(found)


def disagree(published: Sequence[Published]) -> bool:
    """Whether published ranges differ by more than the two figures they are rounded to can hide."""
    ranges_m = [p.range_m for p in published if p.range_m is not UNSET]
    return len(ranges_m) > 1 and max(ranges_m) > (1.0 + ROUNDING) * min(ranges_m)


def _truth(job: Job) -> Published | UnsetType:
    """The figures the simulator flew, to stand beside what the chain made of its measurements."""
    if job.simulated is UNSET or not math.isfinite(job.simulated.flight.range_m):
        return UNSET
    flight = job.simulated.flight
    return Published(
        who="the simulated flight itself", words=f"truth of seed {flight.seed}, which the chain never sees",
        range_m=flight.range_m, apogee_m=flight.apogee_m,
    )  # fmt: skip


def write_briefs(a: Account, folder: Path, tables: Tables) -> tuple[Path, ...]:
    """The account as page, text and map data; returns the files."""
    bodies = {
        "brief.html": html.write(a, tables).encode(),
        "brief.txt": text.write(brief.compose(a), with_trace=True).encode(),
        "brief.geojson": geojson.write(a),
    }
    for name, body in bodies.items():
        (folder / name).write_bytes(body)
    return tuple(folder / name for name in bodies)


def last_lines(a: Account, job: Job, files: Iterable[Path]) -> list[str]:
    """The last screen: the account in one sentence, the comparison, the files."""
    composed = brief.compose(a)
    lines = ["", *textwrap.wrap(composed.headline.text, text.WIDTH)]
    if composed.comparison.rows:
        lines += ["", "Beside other figures:", *text.table(composed.comparison)]
        for remark in composed.comparison.remarks:
            lines += textwrap.wrap(remark.text, text.WIDTH)
    return [*lines, *job.notes, "", "Written:", *(f"  {path}" for path in files), ""]
