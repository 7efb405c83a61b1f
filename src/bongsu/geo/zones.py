"""Placeholder: land, 12 nm and EEZ by claimant."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ZoneTable:
    """Nothing yet."""
