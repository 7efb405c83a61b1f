"""A simulated power cut: only what the file system has written to its disk survives, and no acknowledged scan is missing.

The node's log stands on a file system in an image. At a drawn moment the node is halted and the image is copied as it is:
what lay in memory only, unsynced, is lost, as when the current fails. The copy is mounted and examined.
"""

import os
import random
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.e2e.test_crash import check
from tests.helpers.flights import SCENARIO, flight
from tests.helpers.node import Node, node_file, now_shift_ns, shifted, stream

from bongsu.messages.inputs import Scan

IMAGE_BYTES = 128 * 2**20
N_CUTS = 5


def run(*command: str | Path) -> None:
    subprocess.run([str(part) for part in command], check=True, capture_output=True)


@contextmanager
def mounted(image: Path, at: Path) -> Iterator[Path]:
    """The file system of an image, for a while."""
    at.mkdir()
    run("mount", "-o", "loop", image, at)
    try:
        yield at
    finally:
        run("umount", at)


def why_not(folder: Path) -> str:
    """Why a power cut cannot be simulated here; empty if it can."""
    if os.geteuid() != 0:
        return "mounting needs root"
    if missing := [tool for tool in ("mkfs.ext4", "mount", "umount") if shutil.which(tool) is None]:
        return f"{missing[0]} is missing"
    try:
        with mounted(new_image(folder / "try.img"), folder / "try"):
            return ""
    except subprocess.CalledProcessError as error:
        return f"no loop mounts here ({error.stderr.decode(errors='replace').strip()})"


def new_image(path: Path) -> Path:
    with path.open("wb") as file:
        file.truncate(IMAGE_BYTES)
    run("mkfs.ext4", "-q", "-F", path)
    return path


def cut_power_while_sending(folder: Path, scans: list[Scan], seconds: float) -> int:
    """One power cut; returns how many scans had been acknowledged."""
    image, copy = new_image(folder / "a.img"), folder / "b.img"
    acknowledged: dict[int, int] = {}
    with mounted(image, folder / "a") as disk:
        node = Node(node_file(disk, SCENARIO))
        run("sync", "-f", disk)  # the file itself is there; nothing after this is asked for by anyone but the node
        sending = threading.Thread(target=stream, args=(node.port, scans, acknowledged, lambda n: False))
        sending.start()
        time.sleep(seconds)
        node.halt()
        time.sleep(0.2)  # what was acknowledged before the halt has arrived by then
        told = dict(acknowledged)
        shutil.copyfile(image, copy)
        node.kill()
        sending.join(timeout=60.0)
    with mounted(copy, folder / "b") as disk:
        check(disk / "kor-1.toml", scans, told)
    return len(told)


@pytest.mark.accept
def test_a_power_cut_loses_nothing_that_was_acknowledged(tmp_path):
    if reason := why_not(tmp_path):
        pytest.skip(f"POWER CUT NOT TESTED: {reason}")
    scans = [message for _, message in flight(3).inputs if isinstance(message, Scan)]
    by_ns = now_shift_ns(scans)
    scans = [shifted(scan, by_ns) for scan in scans]
    rng = random.Random(20_251_107)
    n_told = 0
    for i in range(N_CUTS):
        folder = tmp_path / f"cut-{i}"
        folder.mkdir()
        n_told += cut_power_while_sending(folder, scans, rng.uniform(0.5, 3.0))
    assert n_told > 0
