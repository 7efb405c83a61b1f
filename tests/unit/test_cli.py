"""The command line: what it lists, how it fails, what it imports."""

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner
from tests.helpers.flights import SETTINGS, tables
from tests.helpers.records import radar_scan, small_log, tick
from tests.unit.log.test_reader import change

from bongsu import __version__
from bongsu.cli import main
from bongsu.run.core import open_core

COMMANDS = (
    "act",
    "brief",
    "demo",
    "doctor",
    "evaluate",
    "history",
    "read",
    "reconstruct",
    "replay",
    "run",
    "show",
    "simulate",
    "track",
    "user",
    "verify",
    "watch",
)


def call(*args):
    return CliRunner().invoke(main, [str(arg) for arg in args])


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "a.log"
    with open_core(path, SETTINGS, tables(), mode="test") as core:
        core.take([item for s in range(12) for item in (tick(s), (radar_scan(s + 0.5).valid_ns, radar_scan(s + 0.5)))])
    return path


@pytest.mark.parametrize("asked", [["--help"], ["--version"], *([name, "--help"] for name in COMMANDS)])
def test_help_and_version_import_nothing_heavy(asked):
    code = (
        "import sys, bongsu, bongsu.cli\n"
        f"try: bongsu.cli.main({asked!r})\n"
        "except SystemExit as end: assert not end.code\n"
        "heavy = [m for m in ('numpy', 'numba', 'scipy', 'rich', 'shapely', 'pyproj', 'duckdb') if m in sys.modules]\n"
        "sys.exit(f'imported {heavy}' if heavy else 0)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout


def test_every_command_of_this_version_is_listed_and_no_other():
    assert tuple(sorted(main.commands)) == COMMANDS
    listed = call("--help").output
    assert all(f"\n  {name} " in listed for name in COMMANDS)


def test_the_version_is_told():
    assert __version__ in call("--version").output


@pytest.mark.parametrize(
    "args", [["no-such"], ["replay"], ["replay", "x", "--speed", "-1"], ["verify", "--no-such", "x"]]
)
def test_wrong_usage_is_exit_code_two(args):
    assert call(*args).exit_code == 2


@pytest.mark.parametrize("command", ["replay", "verify", "show"])
@pytest.mark.parametrize("body", [None, b"", b"hello\n", b"SQLite format 3\x00" + bytes(200)])
def test_what_is_no_log_is_one_line_and_exit_code_one(tmp_path, command, body):
    path = tmp_path / "x.log"
    if body is not None:
        path.write_bytes(body)
    done = call(command, path)
    assert done.exit_code == 1
    assert done.stdout == ""
    assert len([line for line in done.stderr.splitlines() if "compiling" not in line]) == 1
    assert str(path) in done.stderr


def test_a_missing_node_file_and_scenario_are_one_line(tmp_path):
    for args in (["run", tmp_path / "n.toml"], ["simulate", tmp_path / "s.toml", "--out", tmp_path / "a.log"]):
        done = call(*args)
        assert done.exit_code == 1
        assert len([line for line in done.stderr.splitlines() if "compiling" not in line]) == 1


def test_json_of_a_replay_is_findings_alone(path):
    done = call("replay", path, "--json", "--compare")
    assert done.exit_code == 0, done.stderr
    for line in done.stdout.splitlines():
        found = json.loads(line)
        assert next(iter(found)) == "type"
        assert {"id", "cause", "known_ns"} <= set(found)
    assert "state" in done.stderr


def test_a_replay_told_to_compare_fails_where_findings_differ(path):
    change(path, "UPDATE finding_hashes SET hash = x'00' WHERE cause = 7")
    assert call("replay", path).exit_code == 0
    done = call("replay", path, "--compare")
    assert done.exit_code == 1
    assert "1 causes differ" in done.stderr


def test_verify_tells_and_salvages(path, tmp_path):
    assert call("verify", path).exit_code == 0
    assert json.loads(call("verify", path, "--json").stdout)["n_inputs"] == 24
    change(path, "UPDATE inputs SET known_ns = known_ns + 1 WHERE seq = 20")
    done = call("verify", path, "--salvage", tmp_path / "b.log")
    assert done.exit_code == 1
    assert "19 inputs copied" in done.stderr
    assert call("verify", tmp_path / "b.log").exit_code == 0
    assert call("replay", tmp_path / "b.log", "--compare").exit_code == 0


def test_a_brief_of_a_log_without_a_launch_is_a_success(tmp_path):
    path = tmp_path / "a.log"
    with open_core(path, SETTINGS, tables(), mode="exercise") as core:
        core.take([tick(s) for s in range(3)])
    done = call("brief", path)
    assert done.exit_code == 0, done.stderr
    assert "EXERCISE" in done.stdout.splitlines()[0]


def test_doctor_ends_with_what_is_not_fit(tmp_path):
    (tmp_path / "n.toml").write_text("[node")
    done = call("doctor", tmp_path / "n.toml", "--json")
    assert done.exit_code == 1
    assert not json.loads(done.stdout)["is_fit"]
    assert "node file" in done.stderr


def test_a_recording_needs_its_sensors():
    assert call("demo", "--recording", "x.csv").exit_code == 2


def test_show_of_an_empty_log_ends(tmp_path):
    with open_core(tmp_path / "a.log", SETTINGS, tables(), mode="test") as core:
        core.take([tick(0)])
    assert call("show", tmp_path / "a.log", "--speed", "0").exit_code == 0


def test_a_log_of_nothing_but_ticks_replays(tmp_path):
    assert call("replay", small_log(tmp_path / "a.log")).exit_code == 0
