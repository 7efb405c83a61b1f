"""Keys pressed while a screen is live, without waiting for them and without echo; none where there is no keyboard."""

import os
import select
import sys
from types import TracebackType
from typing import Any, Self, TextIO


class Keys:
    """Use as a context manager; outside it, and without a terminal, nobody ever pressed anything."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stdin
        self._before: list[Any] | None = None

    def __enter__(self) -> Self:
        try:
            import termios
            import tty

            fd = self._stream.fileno()
            self._before = termios.tcgetattr(fd)
            tty.setcbreak(fd)
        except (ImportError, OSError, ValueError, termios.error):
            self._before = None  # no terminal, or a system without one
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._before is not None:
            import termios

            termios.tcsetattr(self._stream.fileno(), termios.TCSADRAIN, self._before)

    def pressed(self) -> str:
        """The keys pressed since last asked."""
        found = b""
        while self._before is not None and select.select([self._stream], [], [], 0.0)[0]:
            keys = os.read(self._stream.fileno(), 64)
            if not keys:
                break
            found += keys
        return found.decode(errors="ignore")
