"""The one place that decides compiler flags and where compiled code is cached.

A numba cache does not notice that a *callee* in another module changed. So every kernel module gets a cache folder named
after a hash of its own source and of all kernel modules it imports: an edit makes a new folder, never stale code.
"""

import ast
import hashlib
import os
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

import numba

F = TypeVar("F", bound=Callable[..., Any])

_FOLDER = Path(__file__).parent
_PACKAGE = "bongsu.kernels"
_announced = False


def cache_root() -> Path:
    """Where compiled kernels are kept: $BONGSU_CACHE, else $XDG_CACHE_HOME/bongsu, else ~/.cache/bongsu."""
    if found := os.environ.get("BONGSU_CACHE"):
        return Path(found)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "bongsu"


@cache
def _closure(name: str) -> frozenset[str]:
    """The kernel modules that `name` imports, itself included."""
    found = {name}
    for node in ast.walk(ast.parse((_FOLDER / f"{name}.py").read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith(f"{_PACKAGE}."):
            imported = node.module.removeprefix(f"{_PACKAGE}.")
            if not imported.startswith("_") and imported != name:
                found |= _closure(imported)
    return frozenset(found)


@cache
def source_hash(name: str) -> str:
    """A short hash over all that a compiled kernel depends on: its source and imports, constants, flags, the compiler."""
    digest = hashlib.sha256(f"{numba.__version__} {sys.version_info[:2]}".encode())
    digest.update((_FOLDER.parent / "constants.py").read_bytes())
    for part in ("_jit", *sorted(_closure(name))):
        digest.update((_FOLDER / f"{part}.py").read_bytes())
    return digest.hexdigest()[:16]


def _announce(folder: Path) -> None:
    """Say once that kernels are being compiled, so that nobody wonders what the first start is doing."""
    global _announced
    if not _announced and not folder.exists():
        _announced = True
        print("bongsu: compiling kernels for this machine (once, a minute or two) ...", file=sys.stderr, flush=True)


def is_cold() -> bool:
    """Whether a kernel imported so far has still to be compiled on this machine."""
    return _announced


def kernel(function: F) -> F:
    """Compile `function`: cached, IEEE arithmetic (no fast-math), division by zero gives inf or NaN, no parallel reductions."""
    return _compile(function, inline="never")


def inlined(function: F) -> F:
    """As `kernel`, for small helpers whose call would cost more than their work."""
    return _compile(function, inline="always")


def _compile(function: F, inline: str) -> F:
    if os.environ.get("BONGSU_INTERPRETED") == "1":
        return function
    flags: dict[str, Any] = {"error_model": "numpy", "inline": inline, "nogil": True}
    module = function.__module__
    if module.startswith(f"{_PACKAGE}."):
        name = module.removeprefix(f"{_PACKAGE}.")
        folder = cache_root() / f"{name}-{source_hash(name)}"
        _announce(folder)
        setattr(numba.config, "CACHE_DIR", str(folder))  # noqa: B010  read when caching is switched on, just below
        flags["cache"] = True
    return cast(F, numba.njit(**flags)(function))
