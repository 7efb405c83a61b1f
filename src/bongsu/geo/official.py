"""Official polygons a user may load: they take the place of the computed zone of the same id."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bongsu.errors import BadInput
from bongsu.geo.coastline import ZoneTable
from bongsu.geo.polygon import Polygon, Ring, prepare, rings_of

KINDS = ("land", "12nm", "eez")


@dataclass(frozen=True, slots=True)
class OfficialZone:
    """The polygon of one zone, and who says so."""

    zone_id: str
    source: str
    polygon: Polygon


@dataclass(frozen=True, slots=True)
class NamedArea:
    """An area that is asked for by its name, such as the prefecture JP-01; it replaces nothing."""

    zone_id: str
    polygon: Polygon


def from_geojson(collection: Mapping[str, Any], source: str) -> tuple[OfficialZone, ...]:
    """Official zones from parsed GeoJSON: every feature carries a property `zone` such as `JPN.eez`.

    Features of one zone are taken together. Raises BadInput where the collection cannot be used.
    """
    rings: dict[str, list[Ring]] = {}
    features = collection.get("features")
    if not isinstance(features, list) or not features:
        raise BadInput(source, "no features", "a GeoJSON FeatureCollection", "Export the zones as GeoJSON (RFC 7946).")
    for k, feature in enumerate(features):
        zone_id = (feature.get("properties") or {}).get("zone", "")
        nation, _, kind = str(zone_id).partition(".")
        if kind not in KINDS or len(nation) != 3 or not nation.isupper():
            expected = f"a property zone: an upper-case alpha-3 code and one of {', '.join(KINDS)}, such as JPN.eez"
            raise BadInput(f"{source}, feature {k}", repr(zone_id), expected, "Add the property to the feature.")
        rings.setdefault(zone_id, []).extend(rings_of(feature.get("geometry"), f"{source}, feature {k}"))
    return tuple(OfficialZone(zone_id, source, prepare(rings[zone_id])) for zone_id in sorted(rings))


def with_official(table: ZoneTable, zones: Sequence[OfficialZone], digest: str) -> ZoneTable:
    """The table with official zones in force; `digest` is the SHA-256 over the table's own and the polygons' bytes."""
    return replace(table, official=tuple(sorted(zones, key=lambda z: z.zone_id)), digest=digest)


def with_named(table: ZoneTable, areas: Sequence[NamedArea]) -> ZoneTable:
    """The table with areas that `zones.area_mask` finds by name."""
    return replace(table, named=tuple(sorted(areas, key=lambda a: a.zone_id)))
