"""The geographic tables the core works with, loaded by the shell and handed in."""

from dataclasses import dataclass

from bongsu.geo.coastline import ZoneTable
from bongsu.geo.places import PlaceTable


@dataclass(frozen=True, slots=True)
class Tables:
    """Coast and claimants, and place names; `digest` is the SHA-256 over both, part of the manifest."""

    zones: ZoneTable
    places: PlaceTable
    digest: str
