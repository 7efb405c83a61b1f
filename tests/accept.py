"""Every acceptance line at full size: `python -m tests.accept`. Resumable; each line's outcome goes to docs/evaluation/accept.md.

A line is a command. What is already there for this source tree is not run again; BONGSU_ACCEPT=again runs everything.
"""

import hashlib
import json
import os
import platform
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
OUT = ROOT / "docs" / "evaluation"
STORE = ROOT / "out" / "accept.json"
PYTHON = [sys.executable]
RUNS, FIRST_SEED = 400, 30_001  # quoted seeds: never used for tuning, which stays below 10,000

SCENARIOS = (
    "2025-11-07", "lofted-2017-07-28", "overflight-2017-08-29", "space-launch-2016-02-07", "airliners", "failed-boost",
)  # fmt: skip

LINES: list[tuple[str, list[str]]] = [
    ("standard vectors, falls, frames, atmosphere against outside values", [*PYTHON, "-m", "pytest", "tests/oracles"]),
    ("recorded sets through the chain, with their page", [*PYTHON, "-m", "tests.accept_recordings"]),
    ("reconstruction of launches from 2016 to 2021, with its page", [*PYTHON, "-m", "tests.accept_reconstruct"]),
    ("forecasts of launch days and watch levels, with their page", [*PYTHON, "-m", "tests.accept_activity"]),
    ("accept-marked tests at full size", [*PYTHON, "-m", "pytest", "-m", "accept", "-rs", "-n", "2"]),
    ("zones against Marine Regions and official verdicts", [*PYTHON, "-m", "tests.oracles.zones_table"]),
    ("consistency of the filters", [*PYTHON, "-m", "pytest", "-m", "slow", "-n", "2"]),
    *(
        (f"{name}: {RUNS} flights from seed {FIRST_SEED}",
         [*PYTHON, "-m", "bongsu", "evaluate", f"scenarios/{name}.toml", "--runs", str(RUNS), "--seed", str(FIRST_SEED)])
        for name in SCENARIOS
    ),
    *((f"benchmark {path.stem}", [*PYTHON, str(path)]) for path in sorted((ROOT / "benchmarks").glob("bench_*.py"))),
]  # fmt: skip


def source_hash() -> str:
    """A hash of everything the outcome depends on."""
    digest = hashlib.sha256()
    for folder in ("src", "tests", "scenarios", "benchmarks"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def main() -> int:
    """Run what has not been run for this source; write the page; 1 if any line failed."""
    tree = source_hash()
    kept = json.loads(STORE.read_text()) if STORE.exists() and os.environ.get("BONGSU_ACCEPT") != "again" else {}
    done = kept.get(tree, {})
    for i, (name, command) in enumerate(LINES, start=1):
        if name in done:
            print(f"[{i}/{len(LINES)}] {name}: kept", flush=True)
            continue
        print(f"[{i}/{len(LINES)}] {name} ...", flush=True)
        began = time.monotonic()
        ran = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
        done[name] = {
            "code": ran.returncode,
            "seconds": round(time.monotonic() - began),
            "output": ran.stdout[-20_000:],
        }
        STORE.parent.mkdir(exist_ok=True)
        STORE.write_text(json.dumps({tree: done}, indent=1))
        print(ran.stdout[-2_000:], flush=True)
    page(tree, done)
    return int(any(line["code"] for line in done.values()))


def page(tree: str, done: dict[str, dict[str, object]]) -> None:
    """The page of outcomes, misses as plain as hits."""
    parts = [
        "# Acceptance, at full size\n",
        f"`make accept` on {time.strftime('%Y-%m-%d', time.gmtime())}, source {tree}, Python {platform.python_version()}, "
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores.\n",
    ]
    for name, command in LINES:
        line = done[name]
        words = " ".join("python" if word == sys.executable else word.removeprefix(f"{ROOT}/") for word in command)
        outcome = "ended well" if line["code"] == 0 else f"ended with code {line['code']}"
        output = str(line["output"]).strip().replace(str(ROOT), ".")
        parts.append(f"## {name}\n\n`{words}`: {outcome} after {line['seconds']} s.\n\n```\n{output}\n```\n")
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / "accept.md").write_text("\n".join(parts), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
