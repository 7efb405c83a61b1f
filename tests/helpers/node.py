"""A `bongsu run` of its own process, a sensor that talks to it, and what a test asks of its log afterwards."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec import structs

from bongsu.constants import NS_PER_S
from bongsu.messages import codec
from bongsu.messages.inputs import Scan

START_S = 300.0  # kernels may have to be compiled first
ANSWER_S = 120.0

HEAD = """
[node]
node = "kor-1"
mode = "test"
log = "kor-1.log"
listen = "127.0.0.1:0"
"""


def node_file(folder: Path, scenario: Path) -> Path:
    """A node's file with the sensors and areas of a scenario."""
    text = scenario.read_text(encoding="utf-8")
    path = folder / "kor-1.toml"
    path.write_text(HEAD + "\n".join(_tables(text, ("[[sensor]]", "[[area]]"))), encoding="utf-8")
    return path


def _tables(text: str, wanted: tuple[str, ...]) -> Iterator[str]:
    """The lines of the wanted tables of a TOML text."""
    is_wanted = False
    for line in text.splitlines():
        if line.startswith("["):
            is_wanted = line.split("#")[0].strip() in wanted
        if is_wanted:
            yield line


class Node:
    """A running node."""

    def __init__(self, file: Path) -> None:
        self.log = file.with_suffix(".log")
        self.notes: list[str] = []
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bongsu", "run", str(file)],
            stderr=subprocess.PIPE, text=True, env=os.environ | {"PYTHONUNBUFFERED": "1"},
        )  # fmt: skip
        self._reading = threading.Thread(target=self._read, daemon=True)
        self._reading.start()
        self.port = self._wait_for_port()

    def _read(self) -> None:
        assert self._process.stderr is not None
        for line in self._process.stderr:
            self.notes.append(line.rstrip())

    def _wait_for_port(self) -> int:
        end_s = time.monotonic() + START_S
        while time.monotonic() < end_s and self._process.poll() is None:
            for note in [*self.notes]:
                if " listens on " in note:
                    return int(note.split(" listens on ")[1].split()[0].rpartition(":")[2])
            time.sleep(0.01)
        self.kill()
        raise AssertionError(f"the node did not start: {self.notes[-5:]}")

    def has_ended(self) -> bool:
        """Whether the process is gone."""
        return self._process.poll() is not None

    def kill(self) -> None:
        """SIGKILL: no warning, no farewell."""
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        """SIGTERM; returns the exit code."""
        return self._end(signal.SIGTERM)

    def halt(self) -> None:
        """SIGSTOP: nothing it holds in memory goes anywhere any more."""
        os.kill(self._process.pid, signal.SIGSTOP)

    def _end(self, number: signal.Signals) -> int:
        if self._process.poll() is None:
            os.kill(self._process.pid, number)
        code = self._process.wait(timeout=60.0)
        self._reading.join(timeout=10.0)
        assert self._process.stderr is not None
        self._process.stderr.close()
        return code


def shifted(scan: Scan, by_ns: int) -> Scan:
    """The same look at another time."""
    return structs.replace(scan, valid_ns=scan.valid_ns + by_ns, t_ns=tuple(t + by_ns for t in scan.t_ns))


def stream(port: int, scans: list[Scan], acknowledged: dict[int, int], until: Callable[[int], bool]) -> None:
    """Send scans, some at a time, noting which number each was acknowledged with, until told to stop or cut off."""
    with socket.create_connection(("127.0.0.1", port), timeout=ANSWER_S) as wire:
        answers = wire.makefile("rb")
        for first in range(0, len(scans), 8):
            batch = range(first, min(first + 8, len(scans)))
            try:
                wire.sendall(b"".join(codec.encode(scans[i]) + b"\n" for i in batch))
                for i in batch:
                    line = answers.readline()
                    if not line.endswith(b"\n"):
                        return
                    answer = json.loads(line)
                    assert "seq" in answer, answer
                    acknowledged[i] = answer["seq"]
                    if until(len(acknowledged)):
                        return
            except OSError:
                return


def now_shift_ns(scans: list[Scan]) -> int:
    """By how much to move scans so that the last is a minute old: no stamp is ahead of the node's clock."""
    return time.time_ns() - 60 * NS_PER_S - max(scan.valid_ns for scan in scans)
