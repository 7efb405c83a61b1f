"""Whether a machine and a node are fit: versions, record, tables, kernels, place on disk, clock, the node's own file."""

import os
import platform
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from bongsu.errors import BongsuError
from bongsu.log import manifest as manifests
from bongsu.log.verify import verify
from bongsu.log.writer import LogWriter
from bongsu.messages.inputs import Tick
from bongsu.run import config
from bongsu.run.tables import load_tables

MIN_SQLITE = (3, 37, 0)  # the first with STRICT tables
MIN_FREE_BYTES = 500_000_000  # a day of ten scans a second of 500 bytes
MAX_COMMIT_S = 0.1  # a durable commit that takes longer cannot keep up with ten scans a second
N_COMMITS = 20
EARLIEST_NS = 1_735_689_600_000_000_000  # 2025-01-01: an earlier clock was never set


class Check(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that was looked at."""

    name: str
    is_good: bool
    text: str


def examine(node: Path | None = None) -> list[Check]:
    """Look at the machine, and at a node's file and log if one is named."""
    folder = node.absolute().parent if node is not None and node.exists() else Path.cwd()
    checks: list[tuple[str, Callable[[], tuple[bool, str]]]] = [
        ("python", _python),
        ("libraries", _libraries),
        ("sqlite", _sqlite),
        ("commit", _commit),
        ("kernels", _kernels),
        ("tables", _tables),
        ("disk", lambda: _disk(folder)),
        ("clock", _clock),
    ]
    if node is not None:
        checks.append(("node file", lambda: _node(node)))
        checks.append(("log", lambda: _log(node)))
    return [_check(name, look) for name, look in checks]


def as_text(found: list[Check]) -> str:
    """One line a check."""
    return "\n".join(f"{'ok  ' if check.is_good else 'BAD '} {check.name:<10} {check.text}" for check in found)


def as_json(found: list[Check]) -> str:
    """All checks as one JSON object."""
    return msgspec.json.encode({"is_fit": all(check.is_good for check in found), "checks": found}).decode()


def _check(name: str, look: Callable[[], tuple[bool, str]]) -> Check:
    try:
        is_good, text = look()
    except (BongsuError, OSError, sqlite3.Error, ImportError) as error:
        is_good, text = False, " ".join(str(error).split())
    return Check(name=name, is_good=is_good, text=text)


def _python() -> tuple[bool, str]:
    return sys.version_info >= (3, 11), f"{platform.python_version()} on {platform.platform()}"


def _libraries() -> tuple[bool, str]:
    here = manifests.environment()
    text = f"numpy {here.numpy}, numba {here.numba}, all as {manifests.lock()[:12]}; build {manifests.build()}"
    return "absent" not in (here.numpy, here.numba), text


def _sqlite() -> tuple[bool, str]:
    return sqlite3.sqlite_version_info >= MIN_SQLITE, sqlite3.sqlite_version


def _commit() -> tuple[bool, str]:
    """Times durable commits where temporary files live."""
    with tempfile.TemporaryDirectory() as folder:
        manifest = manifests.describe(mode="test", node="doctor", nation="kor", settings=b"{}", tables_digest="")
        with LogWriter.create(Path(folder) / "log", manifest) as log:
            took_s = []
            for i in range(N_COMMITS):
                began_s = time.perf_counter()
                log.append([(i, Tick(valid_ns=i))])
                took_s.append(time.perf_counter() - began_s)
    median_s = sorted(took_s)[N_COMMITS // 2]
    return median_s <= MAX_COMMIT_S, f"{median_s * 1e3:.2f} ms for one durable record (median of {N_COMMITS})"


def _kernels() -> tuple[bool, str]:
    from bongsu.kernels import _jit

    root = _jit.cache_root()
    root.mkdir(parents=True, exist_ok=True)
    mode = "interpreted" if os.environ.get("BONGSU_INTERPRETED") == "1" else "compiled"
    return os.access(root, os.W_OK), f"{mode}, cached in {root}"


def _tables() -> tuple[bool, str]:
    return True, f"digest {load_tables().digest[:12]}"


def _disk(folder: Path) -> tuple[bool, str]:
    free = shutil.disk_usage(folder).free
    return free >= MIN_FREE_BYTES, f"{free / 1e9:.1f} GB free in {folder}"


def _clock() -> tuple[bool, str]:
    now_ns = time.time_ns()
    return now_ns >= EARLIEST_NS, time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(now_ns // 1_000_000_000))


def _node(path: Path) -> tuple[bool, str]:
    file = config.load_node(path)
    n_sensors, n_areas = len(file.settings.sensors), len(file.settings.areas)
    return n_sensors > 0, f"{file.settings.node} ({file.mode}), {n_sensors} sensors, {n_areas} areas"


def _log(path: Path) -> tuple[bool, str]:
    log = config.load_node(path).log
    if not log.exists():
        return os.access(log.absolute().parent, os.W_OK), f"{log} will be begun"
    found = verify(log)
    return not found.problems, found.problems[0] if found.problems else f"{log}: {found.n_inputs} inputs, intact"
