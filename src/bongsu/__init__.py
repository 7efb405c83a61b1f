"""Bongsu: from sensor measurements and public reports to one trusted account of a launch.

`bongsu.simulate`, `track`, `replay`, `read`, `reconstruct`, `brief` (of texts) and `evaluate` are the commands as functions; they
return structs and arrays. They are loaded when first asked for, so that importing this package costs nothing.
"""

import importlib
import sys
from types import ModuleType
from typing import Any

__version__ = "0.1.0"
__all__ = ["__version__", "brief", "evaluate", "read", "reconstruct", "replay", "simulate", "track"]


class _Callable(ModuleType):
    """A package that is also the command it is named after."""

    def __call__(self, *args: Any, **options: Any) -> Any:
        return importlib.import_module("bongsu.run.api").evaluate(*args, **options)


class _Package(ModuleType):
    """This package: its functions are found on first use."""

    @property
    def evaluate(self) -> Any:
        """The package of that name, which can be called: `bongsu.evaluate(scenarios, ...)`."""
        found = importlib.import_module("bongsu.evaluate")
        found.__class__ = _Callable
        return found

    @evaluate.setter
    def evaluate(self, package: ModuleType) -> None:
        """The import system binds a package to its parent; the one above is the same package."""

    def __getattr__(self, name: str) -> Any:
        if name in ("replay", "simulate", "track"):
            return getattr(importlib.import_module("bongsu.run.api"), name)
        if name == "read":  # needs no numerics
            return importlib.import_module("bongsu.run.read").read
        if name == "brief":
            return importlib.import_module("bongsu.run.brief").brief
        if name == "reconstruct":
            return importlib.import_module("bongsu.run.reconstruct").reconstruct
        raise AttributeError(f"module 'bongsu' has no attribute {name!r}")

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *__all__})


sys.modules[__name__].__class__ = _Package
