"""Reports into claims, notices into areas. A text costs one reading, any other input one line; nothing is kept between texts."""

from dataclasses import dataclass
from typing import Any

from bongsu.messages.base import Finding
from bongsu.messages.inputs import Notice, Report
from bongsu.stages.read import notices
from bongsu.stages.read.reports import findings, local_day, passages

__all__ = ["Config", "State", "configure", "findings", "local_day", "notices", "passages", "start", "step"]


@dataclass(frozen=True, slots=True)
class Config:
    """Reading has no settings: the grammar is part of the build."""


@dataclass(frozen=True, slots=True)
class State:
    """Nothing is remembered: a text means the same whatever came before it."""


def configure(settings: Any, tables: Any) -> Config:
    """The configuration; neither settings nor tables matter."""
    return Config()


def start(cfg: Config) -> State:
    """The state before anything was heard."""
    return State()


def step(cfg: Config, state: State, message: Any) -> tuple[State, list[Finding]]:
    """What came of a report, its claims, and what it holds beside them; or of a notice, and its areas."""
    if isinstance(message, Report):
        return state, [*findings(message), *passages(message)]
    if isinstance(message, Notice):
        return state, notices.findings(message)
    return state, []
