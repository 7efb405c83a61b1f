"""Imports point down, and the core sees neither clock nor dice nor machine."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
SOURCE = ROOT / "src" / "bongsu"
CORE = ("kernels", "messages", "geo", "models", "language", "stages", "pipeline.py")
# The two files that decide how kernels are compiled, and compile them: they touch files and say so.
COMPILER = ("kernels/_jit.py", "kernels/__main__.py")
BANNED_MODULES = (
    "time", "random", "uuid", "os", "asyncio", "threading", "socket", "pathlib", "sqlite3", "secrets", "subprocess",
    "pickle", "numpy.random", "tempfile", "shutil", "io", "multiprocessing",
)  # fmt: skip
BANNED_CALLS = ("open", "hash", "id", "print", "input", "eval", "exec", "set.pop")
BANNED_ATTRIBUTES = ("random", "now", "today", "utcnow", "default_rng")


def core_files():
    for name in CORE:
        path = SOURCE / name
        files = [path] if path.suffix else sorted(path.rglob("*.py"))
        yield from (f for f in files if f.exists() and f.relative_to(SOURCE).as_posix() not in COMPILER)


FILES = [pytest.param(path, id=path.relative_to(SOURCE).as_posix()) for path in core_files()]


def test_the_floors_hold():
    tool = Path(sys.executable).parent / "lint-imports"
    ran = subprocess.run([tool, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout[-2000:]


@pytest.mark.parametrize("path", FILES)
def test_a_core_file_imports_nothing_of_the_machine(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
        for name in names:
            assert not any(name == banned or name.startswith(f"{banned}.") for banned in BANNED_MODULES), name


@pytest.mark.parametrize("path", FILES)
def test_a_core_file_calls_nothing_that_differs_from_run_to_run(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in BANNED_CALLS, f"{node.func.id} on line {node.lineno}"
        if isinstance(node, ast.Attribute):
            assert node.attr not in BANNED_ATTRIBUTES, f".{node.attr} on line {node.lineno}"


def is_set(node):
    """Whether an expression is plainly a set."""
    if isinstance(node, ast.Set | ast.SetComp):
        return True
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("set", "frozenset")


@pytest.mark.parametrize("path", FILES)
def test_a_core_file_never_walks_a_set(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        walked = []
        if isinstance(node, ast.For | ast.comprehension):
            walked = [node.iter]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("list", "tuple"):
            walked = node.args
        assert not any(is_set(item) for item in walked), f"near line {getattr(node, 'lineno', '?')}"


def test_no_file_asks_whether_it_is_live():
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.If | ast.IfExp):
                words = ast.unparse(node.test)
                is_shown = "publish" in path.parts or "console" in path.parts  # marks and wording follow the mode
                assert is_shown or ("'live'" not in words), f"{path.name}: if {words}"


def test_the_vocabulary_imports_alone():
    code = "import sys, bongsu.messages.codec; sys.exit('numpy' in sys.modules or 'numba' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
