"""Reported figures → the flights that fit them: once a report has been read, for every launch it spoke of.

Silent unless there are claims. Each speaker with numbers gets an answer of their own; who is right is for others to say.
"""

from dataclasses import dataclass, replace
from typing import Any

from msgspec import structs

from bongsu.geo.tables import Tables
from bongsu.messages.accounts import Claim, Reconstruction, ReportRead
from bongsu.messages.base import Finding
from bongsu.models.reconstruct import ReconstructSettings
from bongsu.models.settings import Settings
from bongsu.stages.reconstruct.answer import reconstruct
from bongsu.stages.reconstruct.claims import HEARD, told_by, zone_check

__all__ = ["Config", "State", "configure", "reconstruct", "start", "step"]


@dataclass(frozen=True, slots=True)
class Config:
    """Beliefs and tables."""

    beliefs: ReconstructSettings
    tables: Tables


@dataclass(frozen=True, slots=True)
class State:
    """The claims of the latest launches, by day, and how many of the present report are still to come."""

    days: tuple[tuple[str, tuple[Claim, ...]], ...] = ()  # least recently spoken of first
    n_awaited: int = 0
    touched: tuple[str, ...] = ()  # days this report speaks of


def configure(settings: Settings, tables: Tables) -> Config:
    """The configuration from a node's settings."""
    return Config(settings.reconstruct, tables)


def start(cfg: Config) -> State:
    """The state before anything was heard."""
    return State()


def step(cfg: Config, state: State, message: Any) -> tuple[State, list[Finding]]:
    """Gather a report's claims; with its last one, answer for every launch day it touched."""
    if isinstance(message, ReportRead):
        return replace(state, n_awaited=message.n_claims, touched=()), []
    if not isinstance(message, Claim):
        return state, []
    state = _with_claim(cfg, state, message)
    if state.n_awaited > 0:
        return state, []
    claims = dict(state.days)
    found: list[Finding] = [each for day in state.touched for each in _answers(cfg, day, claims[day])]
    return replace(state, touched=()), found


def _with_claim(cfg: Config, state: State, claim: Claim) -> State:
    """The state with one more claim; of a launch without a day nothing is kept, for it may be any."""
    n_awaited = max(state.n_awaited - 1, 0)
    if claim.quantity not in HEARD or not claim.event_date:
        return replace(state, n_awaited=n_awaited)
    days = dict(state.days)
    held = (*days.pop(claim.event_date, ()), claim)[-cfg.beliefs.max_claims :]
    kept = (*days.items(), (claim.event_date, held))[-cfg.beliefs.max_days :]
    touched = tuple(dict.fromkeys((*state.touched, claim.event_date)))
    return State(kept, n_awaited, tuple(day for day in touched if any(day == d for d, _ in kept)))


def _answers(cfg: Config, day: str, claims: tuple[Claim, ...]) -> list[Reconstruction]:
    """One reconstruction for each speaker whose figures suffice."""
    found = []
    for told in told_by(cfg.beliefs, cfg.tables.places, claims, cfg.beliefs.max_speakers):
        said = reconstruct(cfg.beliefs, cfg.tables.zones, told.figures, day, told.speaker)
        if isinstance(said, Reconstruction):
            checks = (*said.checks, *zone_check(claims, said.p_zones))
            rests_on = tuple(sorted({c.id for c in told.claims if c.id}))
            found.append(structs.replace(said, checks=checks, rests_on=rests_on))
    return found
