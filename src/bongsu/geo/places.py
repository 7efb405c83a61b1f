"""Placeholder: names and places."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PlaceTable:
    """Nothing yet."""
