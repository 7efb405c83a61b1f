"""The stages in order. READ THIS FIRST.

`step` is a fold: no clock, no dice, no files. Live, replay and simulation feed the same function.
"""

from dataclasses import dataclass
from typing import Any

from bongsu.geo.tables import Tables
from bongsu.messages.base import Finding
from bongsu.messages.inputs import AnyInput
from bongsu.models.lineage import Ledger, Stamper
from bongsu.models.settings import Settings
from bongsu.stages import (
    backtrack,
    classify,
    decide,
    detect,
    event,
    forecast,
    read,
    reconcile,
    reconstruct,
    threat,
    track,
    warn,
    watch,
)

STAGES = (
    read,
    track,
    detect,
    event,
    backtrack,
    forecast,
    classify,
    reconstruct,
    threat,
    reconcile,
    watch,
    warn,
    decide,
)


@dataclass(frozen=True, slots=True)
class State:
    """The ledger of labels and the state of every stage, in the order of STAGES."""

    ledger: Ledger
    stages: tuple[Any, ...]


def configure(settings: Settings, tables: Tables) -> tuple[Any, ...]:
    """The configuration of every stage, in the order of STAGES."""
    return tuple(stage.configure(settings, tables) for stage in STAGES)


def start(cfg: tuple[Any, ...]) -> State:
    """The state before anything was heard."""
    return State(Ledger(), tuple(stage.start(c) for stage, c in zip(STAGES, cfg, strict=True)))


def step(cfg: tuple[Any, ...], state: State, seq: int, known_ns: int, message: AnyInput) -> tuple[State, list[Finding]]:
    """Run one recorded input through every stage, in order; a stage hears the input and all that was said about it.

    A stage that judges all of it together has a `close`, called once it has heard the last.
    """
    stamper = Stamper(state.ledger, seq, known_ns, message)
    heard: list[Any] = [message]
    after: list[Any] = []
    for stage, c, s in zip(STAGES, cfg, state.stages, strict=True):
        said: list[Finding] = []
        for item in heard:
            s, found = stage.step(c, s, item)
            said.extend(stamper.stamp(finding) for finding in found)
        if hasattr(stage, "close"):
            s, found = stage.close(c, s)
            said.extend(stamper.stamp(finding) for finding in found)
        after.append(s)
        heard.extend(said)
    return State(stamper.close(), tuple(after)), heard[1:]
