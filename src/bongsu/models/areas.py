"""Protected areas: what a verdict is wanted for."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from bongsu.messages.units import AreaId, LatRad, LonRad, Prob, ZoneId

Hazard = Literal["fall", "overflight"]


class Area(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An area by zones (any of them counts), or by a polygon of latitude, longitude pairs (closed by itself)."""

    area_id: AreaId
    name: str = ""
    names: tuple[tuple[str, str], ...] = ()  # (language, name) for warnings, sorted by language
    geocodes: tuple[tuple[str, str], ...] = ()  # (system, value), such as ("ISO 3166-2", "JP-01")
    zones: tuple[ZoneId, ...] = ()
    polygon: tuple[tuple[LatRad, LonRad], ...] = ()
    hazards: tuple[Hazard, ...] = ("fall",)
    is_warned: bool = True  # whether a warning may be proposed for it; an EEZ is judged, not warned
    p_propose: Annotated[Prob, Meta(description="propose a warning at or above")] = 0.10
    p_withdraw: Annotated[Prob, Meta(description="cancel a live proposal below (hysteresis)")] = 0.02


def called(area: Area) -> str:
    """What to call an area in a sentence: its name, or its id where it has none."""
    return area.name or area.area_id
