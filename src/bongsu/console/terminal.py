"""The live view: one screen that follows a log as it grows, with a bell and an acknowledgement; plain lines elsewhere.

`Terminal` is told every record and may be asked to rest until the next one is due; it draws meanwhile and reads keys.
"""

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Self

from rich.console import Console, RenderableType
from rich.live import Live

from bongsu.adapters.publish.account import Account, Frame
from bongsu.adapters.publish.gather import Gathered
from bongsu.adapters.publish.narrate import Narrator
from bongsu.adapters.publish.of_log import frame_of, steps
from bongsu.adapters.publish.words import mark
from bongsu.console.keys import Keys
from bongsu.console.projection import View, view
from bongsu.console.screen import draw
from bongsu.constants import NS_PER_S
from bongsu.geo.tables import Tables
from bongsu.log.reader import LogReader
from bongsu.messages.base import Finding
from bongsu.messages.inputs import AnyInput

DRAW_EVERY_S = 0.1  # more often is not seen
MIN_WIDTH, MIN_HEIGHT = 80, 24


class Terminal:
    """Where a log is shown. Begin it with a frame, let it hear records, rest in it, end it."""

    def __init__(self, console: Console | None = None, *, keys: Keys | None = None) -> None:
        self.console = console or Console()
        self.is_live = self.console.is_terminal and not self.console.is_dumb_terminal
        self._keys = keys or Keys()
        self._live: Live | None = None
        self._heard: Gathered | None = None
        self._narrator = Narrator()
        self._drawn_s = 0.0
        self._acknowledged = ""
        self._rung: list[str] = []

    def begin(self, frame: Frame) -> None:
        """Start showing; a screen takes the whole terminal until `end`."""
        self._heard = Gathered(frame)
        if not self.is_live:
            if mark(frame.mode):
                self._line(mark(frame.mode))
            return
        self._keys.__enter__()
        self._live = Live(console=self.console, screen=True, auto_refresh=False)
        self._live.start()

    def hear(self, seq: int, known_ns: int, message: AnyInput, findings: Sequence[Finding]) -> None:
        """Take in one record, ring for a new proposal, draw if it is time; without a screen say what changed."""
        heard = self._known()
        heard.take(seq, known_ns, message, findings)
        if self._live is None:
            if findings or seq % 10 == 0:  # silence of a sensor shows between findings too
                self._say(heard.account())
        else:
            self._ring(heard.account())
            self._read_keys()
            self._draw()

    def rest(self, seconds: float) -> None:
        """Wait, drawing and reading keys meanwhile."""
        end_s = time.monotonic() + seconds
        while True:
            self._read_keys()
            left_s = end_s - time.monotonic()
            if left_s <= 0.0:
                return
            time.sleep(min(left_s, DRAW_EVERY_S))
            if self._live is not None:
                self._draw()

    def acknowledged(self) -> str:
        """The warning somebody acknowledged since last asked; empty if nobody did."""
        found, self._acknowledged = self._acknowledged, ""
        return found

    def settle(self) -> Account:
        """Stop following, leave the last screen standing, and return the whole account."""
        heard = self._known()
        if self._live is not None:
            last = self._screen(is_filled=False)
            self.stop()
            self.console.print(last)
        return heard.account(is_whole=True)

    def close(self, lines: Sequence[str] = ()) -> None:
        """The last words, and the mode's mark once more as the last line."""
        last = mark(self._known().frame.mode)
        for line in [*lines, last] if last else lines:
            self._line(line)

    def stop(self) -> None:
        """Give the terminal back; may be said twice."""
        if self._live is not None:
            self._live.stop()
            self._live = None
            self._keys.__exit__(None, None, None)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()  # after an error too: give the terminal back before it is printed

    def _known(self) -> Gathered:
        if self._heard is None:
            raise RuntimeError("the view was not begun")
        return self._heard

    def _view(self) -> View:
        heard = self._known()
        return view(heard.account(), heard.now_ns)

    def _screen(self, *, is_filled: bool) -> RenderableType:
        width, height = self.console.size
        return draw(self._view(), max(width, MIN_WIDTH), max(height, MIN_HEIGHT), is_filled=is_filled)

    def _draw(self) -> None:
        now_s = time.monotonic()
        if self._live is not None and now_s - self._drawn_s >= DRAW_EVERY_S:
            self._live.update(self._screen(is_filled=True), refresh=True)
            self._drawn_s = now_s

    def _say(self, a: Account) -> None:
        for line in self._narrator.lines(a, a.now_ns):
            self._line(line)

    def _line(self, line: str) -> None:
        self.console.file.write(line + "\n")
        self.console.file.flush()

    def _ring(self, a: Account) -> None:
        """Once for each new proposal, so that nobody has to look at the screen to learn of it."""
        if a.is_warning_open() and a.warnings[-1].warning_id not in self._rung:
            self._rung.append(a.warnings[-1].warning_id)
            self.console.bell()

    def _read_keys(self) -> None:
        if "a" in self._keys.pressed().lower():
            panel = self._view().warning
            if panel.needs_acknowledgement:
                self._acknowledged = panel.warning_id


def show(
    path: Path, tables: Tables | None = None, *, speed: float = 12.0, terminal: Terminal | None = None,
    sleep: Callable[[float], None] | None = None,
) -> Account:  # fmt: skip
    """Replay the view of a log from the findings stored in it, `speed` times as fast as it was; 0 takes no time."""
    with LogReader(path) as log, terminal or Terminal() as watching:
        watching.begin(frame_of(log.manifest, tables))
        rest = sleep or watching.rest
        last_ns = 0
        for record, findings in steps(log):
            if speed > 0.0 and last_ns:
                rest(max(0, record.known_ns - last_ns) / NS_PER_S / speed)
            last_ns = record.known_ns
            watching.hear(record.seq, record.known_ns, record.message, findings)
        found = watching.settle()
        watching.close()
        return found
