"""The one core every feeder drives: append to the log, step the pipeline, store what it found, tell the sinks.

A restart is a replay: load the newest checkpoint, fold the inputs after it. Sinks hear that tail again and drop what
they have heard before.
"""

import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol, Self

import msgspec
from msgspec import structs

from bongsu import pipeline
from bongsu.errors import BadInput, BongsuError, WrongMode
from bongsu.geo.tables import Tables
from bongsu.log import manifest as manifests
from bongsu.log import state_codec
from bongsu.log.manifest import Manifest, Mode
from bongsu.log.reader import LogReader
from bongsu.log.writer import Appended, LogWriter
from bongsu.messages.base import Finding
from bongsu.messages.inputs import AnyInput, OperatorAct
from bongsu.models.settings import Settings
from bongsu.stages import decide

CHECKPOINT_EVERY = 1_000  # inputs; at ten scans a second a restart folds at most 100 s of them


class Hear(Protocol):
    """What a sink does with one input and the findings it caused."""

    def __call__(self, seq: int, known_ns: int, message: AnyInput, findings: Sequence[Finding]) -> None: ...


class Sink:
    """Passes on each cause once, in order; one that comes again, as after a restart, is dropped.

    `after` is the last cause an earlier process has passed on, where the sink remembers it outside.
    """

    def __init__(self, hear: Hear, after: int = 0) -> None:
        self._hear, self.last_cause = hear, after

    def take(self, seq: int, known_ns: int, message: AnyInput, findings: Sequence[Finding]) -> None:
        """Pass on, unless this cause was passed on before."""
        if seq > self.last_cause:
            self._hear(seq, known_ns, message, findings)
            self.last_cause = seq


class Fold:
    """The pipeline with its configuration and state.

    An exception in a stage is a bug. A launch may be in the air, so the input that met it is left out of the state,
    counted and shown on standard error, and the next one is stepped; every feeder ends with failure if one was counted.
    A replay does the same, so it still gives the same bytes.
    """

    def __init__(self, settings: Settings, tables: Tables) -> None:
        self._cfg = pipeline.configure(settings, tables)
        self.state = pipeline.start(self._cfg)
        self.n_failed = 0
        self._shown: set[str] = set()  # failures already shown in full

    def step(self, seq: int, known_ns: int, message: AnyInput) -> list[Finding]:
        """Step one recorded input; returns its findings."""
        try:
            self.state, findings = pipeline.step(self._cfg, self.state, seq, known_ns, message)
        except Exception as error:
            self.n_failed += 1
            self._show(seq, error)
            return []
        return findings

    def _show(self, seq: int, error: Exception) -> None:
        """A failure in full the first time, in a line when it comes again: a thousand copies would hide the second kind."""
        line = f"bongsu: record {seq} made a stage fail; it is left out of the state"
        kind = "".join(traceback.format_tb(error.__traceback__)[-1:])
        if kind in self._shown:
            if self.n_failed & (self.n_failed - 1) == 0:  # the 2nd, 4th, 8th, ...
                print(f"{line} ({self.n_failed} so far)", file=sys.stderr)
            return
        self._shown.add(kind)
        print(line, file=sys.stderr)
        traceback.print_exception(error)

    def preview(self, act: OperatorAct) -> list[Finding]:
        """What an act would come to now; nothing changes."""
        return decide.step(self._cfg[-1], self.state.stages[-1], act)[1]

    def freeze(self) -> bytes:
        """The canonical bytes of the state."""
        return state_codec.encode(self.state)

    def thaw(self, body: bytes) -> None:
        """Go on from canonical bytes."""
        self.state = state_codec.decode(body, pipeline.State)

    def state_hash(self) -> str:
        """The SHA-256 of the state."""
        return state_codec.state_hash(self.freeze())


class Core:
    """A log and the fold over it. Feeders call `take`; or `append`, acknowledge, `advance`."""

    def __init__(self, log: LogWriter, settings: Settings, tables: Tables, sinks: Sequence[Sink] = ()) -> None:
        self.log, self.settings = log, settings
        self._sinks = tuple(sinks)
        self._fold = Fold(settings, tables)
        self._pending: list[Appended] = []
        self._checkpoint_seq = 0
        self.n_changed = 0  # causes whose stored findings differ from what this build finds
        self._resume()

    def listen(self, sink: Sink) -> None:
        """One more sink, from here on."""
        self._sinks = (*self._sinks, sink)

    def preview(self, act: OperatorAct) -> list[Finding]:
        """What an act would come to now; nothing is recorded."""
        return self._fold.preview(act)

    def append(self, items: Sequence[tuple[int, AnyInput]]) -> list[Appended]:
        """Append inputs durably. Once this returns they may be acknowledged; `advance` steps them."""
        appended = self.log.append(items)
        self._pending += [item for item in appended if item.is_new]
        return appended

    def advance(self) -> list[Finding]:
        """Step every appended input, store the findings, then tell the sinks."""
        pending, self._pending = self._pending, []
        stepped = [(item, self._fold.step(item.seq, item.known_ns, item.message)) for item in pending]
        if not stepped:
            return []
        self.log.store((item.seq, findings) for item, findings in stepped)
        for item, findings in stepped:
            for sink in self._sinks:
                sink.take(item.seq, item.known_ns, item.message, findings)
        if self.log.seq - self._checkpoint_seq >= CHECKPOINT_EVERY:
            self.checkpoint()
        return [finding for _, findings in stepped for finding in findings]

    def take(self, items: Sequence[tuple[int, AnyInput]]) -> list[Finding]:
        """Append, step, publish."""
        self.append(items)
        return self.advance()

    def checkpoint(self) -> None:
        """Keep the present state in the log, so that a restart need not fold everything."""
        if self.log.seq > self._checkpoint_seq:
            self.log.checkpoint(self.log.seq, self._fold.freeze())
            self._checkpoint_seq = self.log.seq

    def state_hash(self) -> str:
        """The SHA-256 of the present state."""
        return self._fold.state_hash()

    @property
    def n_failed(self) -> int:
        """How many inputs met a failing stage since this process began."""
        return self._fold.n_failed

    def refuse_failures(self) -> None:
        """Raise if any input made a stage fail: what was found cannot be trusted to be all there was."""
        if self.n_failed:
            raise BongsuError(
                f"{self.log.path}: {self.n_failed} inputs made a stage fail; each kind is shown above. "
                f"The findings are incomplete: please report this with the log."
            )

    def close(self) -> None:
        """Keep a checkpoint and close the log."""
        self.checkpoint()
        self.log.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            self.close()
        else:
            self.log.close()

    def _resume(self) -> None:
        """Load the newest checkpoint and fold the inputs after it; store findings the last process did not come to."""
        with LogReader(self.log.path) as log:
            start = log.checkpoint(manifests.build())
            if start is not None:
                self._fold.thaw(start.state)
                self._checkpoint_seq = start.seq
            for record in log.inputs(after=self._checkpoint_seq):
                findings = self._fold.step(record.seq, record.known_ns, record.message)
                stored = log.finding_hash(record.seq)
                if stored is None:
                    self.log.store([(record.seq, findings)])
                elif stored != self.log.finding_hash(findings):
                    self.n_changed += 1
                for sink in self._sinks:
                    sink.take(record.seq, record.known_ns, record.message, findings)


def settings_bytes(settings: Settings) -> bytes:
    """The canonical JSON of settings, as it stands in the manifest."""
    users = tuple(structs.replace(user, password_hash="") for user in settings.users)
    return msgspec.json.encode(structs.replace(settings, users=users))


def settings_from(manifest: Manifest) -> Settings:
    """The settings a log was begun with."""
    try:
        return msgspec.json.decode(manifest.settings, type=Settings)
    except (msgspec.ValidationError, msgspec.DecodeError) as error:
        raise BadInput(
            "the manifest", f"settings this build cannot read ({error})", "settings of this build",
            f"Replay the log with the build that wrote it: {manifest.build}.",
        ) from error  # fmt: skip


def open_core(
    path: Path, settings: Settings, tables: Tables, *, mode: Mode, epoch: int = 0, seed: int = 0,
    sinks: Sequence[Sink] = (),
) -> Core:  # fmt: skip
    """The core over the log at `path`: begun if there is none, resumed if it was begun with the same settings."""
    settings = structs.replace(settings, mode=mode)
    wanted = manifests.describe(
        mode=mode, node=settings.node, nation=settings.nation, settings=settings_bytes(settings),
        tables_digest=tables.digest, epoch=epoch, seed=seed,
    )  # fmt: skip
    if not path.exists() or path.stat().st_size == 0:
        return Core(LogWriter.create(path, wanted), settings, tables, sinks)
    log = LogWriter(path)
    try:
        _check_same_history(log, wanted)
        for difference in manifests.differences(log.manifest, wanted):
            _say(f"{path}: begun with {difference}; findings made now may differ in the last digits")
        core = Core(log, settings, tables, sinks)
    except BaseException:
        log.close()
        raise
    if core.n_changed:
        _say(f"{path}: {core.n_changed} stored findings differ from what this build finds; the stored ones stay")
    return core


def _say(text: str) -> None:
    print(f"bongsu: {text}", file=sys.stderr, flush=True)


def complete(path: Path, tables: Tables) -> int:
    """Make the findings a log lacks, such as one that was salvaged; returns how many it then holds."""
    log = LogWriter(path)
    with Core(log, settings_from(log.manifest), tables), LogReader(path) as made:
        return sum(1 for _ in made.bodies())


def _check_same_history(log: LogWriter, wanted: Manifest) -> None:
    """Refuse to go on writing a log of another mode, node, epoch, seed or other settings."""
    if log.manifest.mode != wanted.mode:
        raise WrongMode(str(log.path), log.manifest.mode, wanted.mode)
    for name in ("node", "nation", "epoch", "seed", "tables_digest", "settings_hash"):
        was, now = getattr(log.manifest, name), getattr(wanted, name)
        if was != now:
            raise BongsuError(
                f"{log.path}: begun with {name} {was!r}, this process has {now!r}; one log holds one history. "
                f"Name another log, or restore what the node was set to."
            )
