"""Placeholder while the stages are being built."""

from dataclasses import dataclass
from typing import Any

from bongsu.geo.tables import Tables
from bongsu.messages.base import Finding, Message
from bongsu.models.settings import Settings


@dataclass(frozen=True, slots=True)
class Config:
    """Nothing yet."""


@dataclass(frozen=True, slots=True)
class State:
    """Nothing yet."""


def configure(settings: Settings, tables: Tables) -> Config:
    """The configuration of this stage."""
    return Config()


def start(cfg: Config) -> State:
    """The state before anything was heard."""
    return State()


def step(cfg: Config, state: State, message: Message | Any) -> tuple[State, list[Finding]]:
    """Nothing yet."""
    return state, []
