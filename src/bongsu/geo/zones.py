"""Whose land, whose 12 miles, whose EEZ: by the claimants of the nearest coast, with the distance to the line.

A place at sea goes to the claimants of its nearest coast point. For a nation X that is the same as "nearer to a coast X claims
than to any X does not claim", so overlapping claims need no polygons. The line is good to about 5 km, and to 30 km where a
treaty or a straight baseline moves it (docs/evaluation/zones.md). Nothing here is a legal finding.

Zone ids, each counted for every claimant:

    JPN.land            ground that Japan claims; on the map, not in law
    JPN.12nm            sea within 12 nm of a coast Japan claims, that coast being the nearest
    JPN.eez             the same within 200 nm; it includes the 12 nm, as published polygons do
    JPN.eez_undisputed  without disputed rocks, and by coasts that Japan alone claims (likewise land, 12nm)
    high_seas           sea beyond 200 nm of any coast whose claim is counted
    inland_water        the Caspian Sea
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from bongsu.constants import EEZ_M, R_MEAN_EARTH_M, TERRITORIAL_SEA_M
from bongsu.geo import coastline, polygon
from bongsu.geo.coastline import INLAND, ZoneTable
from bongsu.geo.polygon import Ring
from bongsu.kernels import coast, ground

HIGH_SEAS = "high_seas"
ACCURACY = (
    "computed from Natural Earth 1:10m and nearest coasts: the line is good to about 5 km, "
    "30 km where a treaty line or a straight baseline is not modelled; not a legal boundary"
)
_TWICE_R_M = 2.0 * R_MEAN_EARTH_M
_REPORTED_M = 2.0 * EEZ_M  # coasts farther than this are not listed
_LAND, _NEAR, _FAR, _NONE = 0, 1, 2, 3  # band codes: land, within 12 nm, within 200 nm, beyond
_BANDS = ("land", "12nm", "eez")

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Membership:
    """Where each of n places lies; feature numbers index `ZoneTable.features`, -1 for none."""

    is_land: Bools
    feature: NDArray[np.int64]  # that decides: of the ground on land, of the nearest coast at sea; -1 beyond 200 nm
    feature_plain: NDArray[np.int64]  # the same with disputed rocks left out
    distance_m: Floats  # to the nearest coast; inf beyond 200 nm
    distance_plain_m: Floats

    def every(self, stride: int) -> "Membership":
        """Of every so many places."""
        s = slice(None, None, stride)
        return Membership(
            self.is_land[s], self.feature[s], self.feature_plain[s], self.distance_m[s], self.distance_plain_m[s]
        )


@dataclass(frozen=True, slots=True)
class Verdict:
    """All there is to say about one place."""

    is_land: bool
    zone: str  # land, 12nm, eez, high_seas or inland_water
    administered_by: str  # on land: who holds it by Natural Earth; empty at sea
    claimed_by: tuple[str, ...]
    status: str  # sole, overlap or none
    deciding_feature: str  # the coast or territory the answer rests on; empty beyond 200 nm
    distance_m: tuple[tuple[str, float], ...]  # to the nearest coast each nation claims, within 400 nm; nearest first
    margin_m: tuple[tuple[str, float], ...]  # into (positive) or away from (negative) each nation's EEZ by these coasts
    without_disputed: tuple[str, ...]  # claimed by, leaving disputed rocks out
    official: tuple[str, ...]  # zones whose official polygon holds the place
    accuracy: str
    table_digest: str

    @property
    def nearest_line_m(self) -> float:
        """How far the nearest line is at which the answer changes; inf where no coast is near."""
        return min((abs(m) for _, m in self.margin_m), default=float("inf"))


def arc_m(chord_m: Any) -> Any:
    """Arc of a chord between ECEF points: 2 R asin(c / 2R); within 0.6 m of the geodesic up to 400 km."""
    return _TWICE_R_M * np.arcsin(np.minimum(chord_m / _TWICE_R_M, 1.0))


def membership(table: ZoneTable, lat_rad: ArrayLike, lon_rad: ArrayLike) -> Membership:
    """Land or sea, the deciding feature and the distance to the coast, for n places at once. Places that are NaN get none."""
    lat, lon = np.atleast_1d(np.asarray(lat_rad, float)), np.atleast_1d(np.asarray(lon_rad, float))
    n = len(lat)
    found = Membership(np.empty(n, bool), np.empty(n, np.int64), np.empty(n, np.int64), np.empty(n), np.empty(n))
    out = (found.is_land, found.feature, found.feature_plain, found.distance_m, found.distance_plain_m)
    shore = ((table.xyz, table.is_rock), table.feature, table.buckets, table.grid)
    coast.members(lat, _principal(lon), EEZ_M, shore, table.land, table.boxes, out)
    return found


def is_land(table: ZoneTable, lat_rad: ArrayLike, lon_rad: ArrayLike) -> Bools:
    """Which of n places are on land by the map; quicker than `membership` where nothing else is wanted."""
    lat, lon = np.atleast_1d(np.asarray(lat_rad, float)), np.atleast_1d(np.asarray(lon_rad, float))
    number = np.empty(len(lat), np.int64)
    ground.grounds(lat, _principal(lon), table.land, number)
    inland = np.array([False, *(f.kind == "inland" for f in table.features)])
    return np.asarray((number > 0) & ~inland[number])


def _principal(lon_rad: Floats) -> Floats:
    """Longitudes from -pi up to, not including, pi: an edge that ends on the antimeridian is met from its eastern side."""
    if np.all((lon_rad >= -np.pi) & (lon_rad < np.pi)):
        return lon_rad
    return lon_rad - 2.0 * np.pi * np.floor(lon_rad / (2.0 * np.pi) + 0.5)


def _bands(is_land: Bools, distance_m: Floats) -> NDArray[np.int64]:
    """Band code of each place."""
    at_sea = np.where(distance_m <= TERRITORIAL_SEA_M, _NEAR, np.where(distance_m <= EEZ_M, _FAR, _NONE))
    return np.where(is_land, _LAND, at_sea)


def _tally(table: ZoneTable, feature: NDArray[np.int64], band: NDArray[np.int64]) -> dict[str, int]:
    """How many places fall in each zone, from the number of places of each feature and band."""
    n = len(table.features) + 1
    counts = np.bincount((feature + 1) * 4 + band, minlength=4 * n).reshape(n, 4)
    tally: dict[str, int] = {}
    for k in np.nonzero(counts.any(axis=1))[0]:
        for code in np.nonzero(counts[k])[0]:
            for zone_id in _zones_of(table, int(k) - 1, int(code)):
                tally[zone_id] = tally.get(zone_id, 0) + int(counts[k, code])
    return tally


def _zones_of(table: ZoneTable, feature: int, band: int) -> tuple[str, ...]:
    """Every zone a place of this feature and band belongs to."""
    if feature < 0 or band == _NONE:
        return (HIGH_SEAS,)
    found = table.features[feature]
    if found.kind == "inland":
        return (INLAND,)
    if band == _LAND:
        return tuple(f"{nation}.land" for nation in found.claimants or (found.holder,))
    if not found.claimants:
        return (HIGH_SEAS,)
    kinds = ("12nm", "eez") if band == _NEAR else ("eez",)
    return tuple(f"{nation}.{kind}" for nation in found.claimants for kind in kinds)


def _is_sole(table: ZoneTable) -> Bools:
    """Of each feature, whether exactly one nation claims it."""
    return np.array([len(f.claimants) == 1 for f in table.features])


def zone_probabilities(
    table: ZoneTable, lat_rad: ArrayLike, lon_rad: ArrayLike, found: Membership | None = None
) -> tuple[tuple[str, float], ...]:
    """The share of n equally weighted places in each zone, sorted by id; zones without a place are left out.

    A nation's `_undisputed` share is listed where it differs from the plain one, then even if it is 0. `found` is what
    `membership` says of the same places, if it was asked before.
    """
    found = found or membership(table, lat_rad, lon_rad)
    n = len(found.is_land)
    if n == 0:
        return ()
    if table.official:
        return _official_probabilities(table, found, lat_rad, lon_rad)
    tally = _tally(table, found.feature, _bands(found.is_land, found.distance_m))
    sole = np.append(_is_sole(table), False)
    plain = np.where(sole[found.feature_plain], found.feature_plain, -1)
    strict = _tally(table, plain, _bands(found.is_land, found.distance_plain_m))
    for zone_id in sorted({z for z in (*tally, *strict) if "." in z}):
        if strict.get(zone_id, 0) != tally.get(zone_id, 0):
            tally[f"{zone_id}_undisputed"] = strict.get(zone_id, 0)
    return tuple((zone_id, tally[zone_id] / n) for zone_id in sorted(tally))


def _official_probabilities(
    table: ZoneTable, found: Membership, lat_rad: ArrayLike, lon_rad: ArrayLike
) -> tuple[tuple[str, float], ...]:
    """As `zone_probabilities`, zone by zone, where official polygons replace computed ones."""
    claimants = sorted({c for f in table.features for c in f.claimants})
    present = np.unique(found.feature)
    nations = {c for k in present if k >= 0 for c in table.features[k].claimants or (table.features[k].holder,)}
    ids = {f"{c}.{kind}" for c in sorted(nations & set(claimants)) for kind in _BANDS}
    ids |= {zone.zone_id for zone in table.official}
    shares = []
    for zone_id in sorted((*ids, HIGH_SEAS, INLAND)):
        share = float(_mask(table, found, zone_id, lat_rad, lon_rad).mean())
        if share > 0.0:
            shares.append((zone_id, share))
    return tuple(shares)


def area_mask(
    table: ZoneTable,
    lat_rad: ArrayLike,
    lon_rad: ArrayLike,
    zone_ids: Sequence[str],
    ring_rad: Ring = (),
    found: Membership | None = None,
) -> Bools:
    """Which of n places lie in any of the zones (or named areas, such as JP-01), or inside the polygon.

    `ring_rad` is latitude, longitude pairs, closed by itself. An id nobody knows holds no place: see `unknown_ids`.
    `found` is what `membership` says of the same places, if it was asked before.
    """
    lat, lon = np.atleast_1d(np.asarray(lat_rad, float)), np.atleast_1d(np.asarray(lon_rad, float))
    mask = polygon.inside(polygon.prepare([ring_rad]), lat, lon) if len(ring_rad) >= 3 else np.zeros(len(lat), bool)
    named = {area.zone_id: area for area in table.named}
    for area in (named[z] for z in zone_ids if z in named):
        mask |= polygon.inside(area.polygon, lat, lon)
    computed = [z for z in zone_ids if z not in named]
    if computed:
        found = found or membership(table, lat, lon)
        for zone_id in computed:
            mask |= _mask(table, found, zone_id, lat, lon)
    return mask


def _mask(table: ZoneTable, found: Membership, zone_id: str, lat_rad: ArrayLike, lon_rad: ArrayLike) -> Bools:
    """Which places one zone holds; an official polygon decides where there is one (at sea only, unless it is of land)."""
    for zone in table.official:
        if zone.zone_id == zone_id:
            held = polygon.inside(zone.polygon, lat_rad, lon_rad)
            return held if zone_id.endswith(".land") else held & ~found.is_land
    if zone_id == HIGH_SEAS:
        return _high_seas(table, found, lat_rad, lon_rad)
    if zone_id == INLAND:
        inland = np.array([*(f.kind == "inland" for f in table.features), False])
        return np.asarray(found.is_land & inland[found.feature])
    nation, _, kind = zone_id.partition(".")
    strict = kind.endswith("_undisputed")
    claimed = [_claims(f, nation, strict) for f in table.features]
    feature, distance_m = (found.feature_plain, found.distance_plain_m) if strict else (found.feature, found.distance_m)
    mine = np.array([*claimed, False])[feature]
    if kind.removesuffix("_undisputed") == "land":
        held_only = np.array([*(not f.claimants and f.holder == nation for f in table.features), False])[feature]
        return np.asarray(found.is_land & (mine | held_only))
    limit_m = {"12nm": TERRITORIAL_SEA_M, "eez": EEZ_M}.get(kind.removesuffix("_undisputed"), -1.0)
    return np.asarray(mine & ~found.is_land & (distance_m <= limit_m))


def _claims(feature: coastline.Feature, nation: str, strict: bool) -> bool:
    """Whether a nation claims a feature; strictly: alone."""
    return feature.claimants == (nation,) if strict else nation in feature.claimants


def _high_seas(table: ZoneTable, found: Membership, lat_rad: ArrayLike, lon_rad: ArrayLike) -> Bools:
    """Sea that no EEZ holds, computed or official; an official EEZ replaces its nation's computed claim."""
    replaced = [z.zone_id.removesuffix(".eez") for z in table.official if z.zone_id.endswith(".eez")]
    counted = np.array([*(any(c not in replaced for c in f.claimants) for f in table.features), False])
    free = ~found.is_land & ~(counted[found.feature] & (found.distance_m <= EEZ_M))
    for zone in table.official:
        if zone.zone_id.endswith(".eez"):
            free &= ~polygon.inside(zone.polygon, lat_rad, lon_rad)
    return free


def unknown_ids(table: ZoneTable, zone_ids: Sequence[str]) -> tuple[str, ...]:
    """Those ids that name no zone and no named area, for a shell that wants to refuse a mistyped one."""
    nations = {c for f in table.features for c in (*f.claimants, f.holder)}
    kinds = {*_BANDS, *(f"{b}_undisputed" for b in _BANDS)}
    known = {HIGH_SEAS, INLAND, *(area.zone_id for area in table.named)}
    return tuple(z for z in zone_ids if z not in known and not (z[:3] in nations and z[3:4] == "." and z[4:] in kinds))


def describe(table: ZoneTable, lat_rad: float, lon_rad: float) -> Verdict:
    """Everything about one place. Distances are exact (all coast points are looked at), margins approximate.

    With dX the chord to the nearest coast X claims (at A) and dN to the nearest it does not (at B), the line between them is
    about (dN^2 - dX^2) / (2 |AB|) away: exact on a plane while A and B stay the nearest. The margin of X is the smaller of
    this and of 200 nm - dX where it is inside; outside, the larger of the two shortfalls, negative.
    """
    found = membership(table, [lat_rad], [lon_rad])
    is_land, k = bool(found.is_land[0]), int(found.feature[0])
    x, y, z = coast.ecef_points(np.array([lat_rad]), np.array([lon_rad]))[0]
    chord, point = coast.nearest_of_each(x, y, z, table.xyz, table.feature, len(table.features))
    band = int(_bands(found.is_land, found.distance_m)[0])
    zone = _zones_of(table, k, band)[0].split(".")[-1]
    claimed = table.features[k].claimants if k >= 0 else ()
    plain = int(found.feature_plain[0])
    status = "overlap" if len(claimed) > 1 else "sole" if claimed else "none"
    inside = tuple(o.zone_id for o in table.official if polygon.inside(o.polygon, [lat_rad], [lon_rad])[0])
    if band == _NEAR and zone == "eez":
        zone = "12nm"
    return Verdict(
        is_land=is_land,
        zone=zone,
        administered_by=table.features[k].holder if is_land else "",
        claimed_by=claimed,
        status=status,
        deciding_feature=table.features[k].name if k >= 0 else "",
        distance_m=_distances(table, chord),
        margin_m=() if is_land else _margins(table, chord, point),
        without_disputed=table.features[plain].claimants if plain >= 0 else (),
        official=inside,
        accuracy=ACCURACY,
        table_digest=table.digest,
    )


def _distances(table: ZoneTable, chord: Floats) -> tuple[tuple[str, float], ...]:
    """The nearest coast of every nation within reach, nearest first."""
    nations = sorted({c for k in np.nonzero(chord <= _REPORTED_M)[0] for c in table.features[k].claimants})
    far = {c: min(float(chord[k]) for k, f in enumerate(table.features) if c in f.claimants) for c in nations}
    return tuple(sorted(((c, float(arc_m(far[c]))) for c in nations), key=lambda pair: (pair[1], pair[0])))


def _margins(table: ZoneTable, chord: Floats, point: NDArray[np.int64]) -> tuple[tuple[str, float], ...]:
    """How deep inside each nation's EEZ, or how far outside (negative), as `describe` says; the closest to a line first."""
    margins = []
    for nation, distance in _distances(table, chord):
        is_own = np.array([nation in f.claimants for f in table.features])
        own = int(np.argmin(np.where(is_own, chord, np.inf)))
        other = int(np.argmin(np.where(is_own, np.inf, chord)))
        apart = float(np.sqrt(((table.xyz[point[own]] - table.xyz[point[other]]) ** 2).sum()))
        to_limit = EEZ_M - distance
        to_line = (
            (chord[other] ** 2 - chord[own] ** 2) / (2.0 * apart)
            if np.isfinite(chord[other]) and apart > 0.0
            else to_limit
        )
        margins.append((nation, float(min(to_line, to_limit))))
    return tuple(sorted(margins, key=lambda pair: (abs(pair[1]), pair[0])))


def coast_lines(
    table: ZoneTable, south_rad: float, west_rad: float, north_rad: float, east_rad: float, *, borders: bool = False
) -> list[Floats]:
    """Coast inside a box for drawing: lines of latitude, longitude (k, 2) in radians, as far as a vertex lies in the box.

    Simplified: a vertex nearer than 1/2,000 of the box's height to the last one kept is left out; what shrinks to a point goes.
    With `borders` the land borders of the map too. West of east; a box over the antimeridian is asked in two.
    """
    arcs = table.arcs
    south, west, north, east = (float(v) for v in np.degrees([south_rad, west_rad, north_rad, east_rad]))
    inside = (arcs.lat_deg >= south) & (arcs.lat_deg <= north) & (arcs.lon_deg >= west) & (arcs.lon_deg <= east)
    is_coast = (arcs.owners[:, 1] == 0) | (arcs.owners[:, 1] == arcs.owners[:, 0])
    lines = []
    step_deg = (north - south) / 2000.0
    for k in np.unique(np.searchsorted(arcs.first, np.nonzero(inside)[0], side="right") - 1):
        if borders or is_coast[k]:
            begin, end = int(arcs.first[k]), int(arcs.first[k + 1])
            lines.extend(_runs(arcs.lat_deg[begin:end], arcs.lon_deg[begin:end], inside[begin:end], step_deg))
    return [np.radians(line) for line in lines]


def _runs(lat_deg: Floats, lon_deg: Floats, inside: Bools, step_deg: float) -> list[Floats]:
    """The stretches of one arc inside a box, one vertex more at either end, thinned."""
    near = inside.copy()
    near[:-1] |= inside[1:]
    near[1:] |= inside[:-1]
    edges = np.nonzero(np.diff(np.concatenate(([0], near.view(np.int8), [0]))))[0]
    kept = (ground.thinned(lat_deg[a:b], lon_deg[a:b], step_deg) for a, b in edges.reshape(-1, 2))
    return [line for line in kept if len(line) > 1]
