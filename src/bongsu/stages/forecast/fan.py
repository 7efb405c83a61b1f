"""Before burn-out: where a track could come down, never where it will.

A handful of flights, each falling after a further burn of its own length: the force seen now, kept at its angle to the
velocity, growing or shrinking towards the end, turned a little to either side. The fan is their convex hull on the
plane of distance and azimuth from the present point.
"""

import math
from dataclasses import dataclass

import numpy as np

from bongsu.geo import zones
from bongsu.kernels.earth import geodesic_direct, geodesic_inverse, geodetic_from_ecef
from bongsu.kernels.flight import falls
from bongsu.kernels.onward import force_in_velocity_frame, push_on
from bongsu.messages.assessment import FootprintFan
from bongsu.models.falls import ForecastSettings
from bongsu.stages.forecast.state import N_FALL, N_STATE, Config, Row

LANDED = 0.0
ON_EDGE = 4  # points on each edge of the outline, and
INWARDS = 12  # points on each line inwards, where zones and areas are looked for

Way = tuple[float, float]  # east and north (m) of a fall from the point below the track: distance times direction


@dataclass(frozen=True, slots=True)
class Flights:
    """The flights of a fan: state at the end of each burn, its length, and the fall from there."""

    seconds: np.ndarray  # (n,)
    ends: np.ndarray  # (n, 7)
    falls: np.ndarray  # (n, 9)


def fan_flights(cfg: Config, row: Row) -> Flights:
    """One flight for every length of burn, growth of force and turn of the settings; the first burns no further."""
    seconds, growth_ps, turns = _variants(cfg.belief)
    n = len(seconds)
    part = np.empty(3)
    force_in_velocity_frame(row.combined, row.force, part)
    parts = np.column_stack((part[0] * np.cos(turns), np.full(n, part[1]), part[2] + part[0] * np.sin(turns)))
    states = np.tile(np.append(row.combined, row.mean[6]), (n, 1))
    ends, out, highest = np.empty((n, N_STATE)), np.empty((n, N_FALL)), np.empty((n, 3))
    push_on(states, parts, np.column_stack((seconds, growth_ps)), False, cfg.belief.burn_step_s, ends, highest)
    falls(ends, cfg.belief.max_fall_s, out)
    return Flights(seconds, ends, out)


def _variants(belief: ForecastSettings) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Length of burn (s), growth of the force (1/s) and turn (rad) of every flight of a fan."""
    longest_s = max(1.0, *belief.fan_burns_s)
    turns = (-belief.fan_turn_rad, 0.0, belief.fan_turn_rad)
    every = [
        (seconds, (growth - 1.0) / longest_s, turn)
        for seconds in sorted(belief.fan_burns_s)
        for growth in belief.fan_growths
        for turn in turns
    ]
    table = np.array(every)
    return table[:, 0].copy(), table[:, 1].copy(), table[:, 2].copy()


def footprint(cfg: Config, row: Row, flights: Flights) -> list[FootprintFan]:
    """The fan; none where not even an end of the burn now leads to the ground."""
    x, y, z = row.combined[:3].tolist()
    lat, lon, _ = geodetic_from_ecef(x, y, z)
    if flights.falls[0, 8] != LANDED:
        return []
    ways = _ways(cfg, lat, lon, flights.falls)
    if not ways:
        return []
    outline = _outline(ways)
    corners = [_at(lat, lon, way) for way in outline]
    inner = [_at(lat, lon, way) for way in _inside(ways[0], outline)]
    lats, lons = np.array([c[0] for c in inner]), np.array([c[1] for c in inner])
    reach = [math.hypot(e, n) for e, n in ways]
    where = zones.membership(cfg.zones, lats, lons)
    hit = [a.area_id for a in cfg.hit if zones.area_mask(cfg.zones, lats, lons, a.zones, a.polygon, where).any()]
    return [
        FootprintFan(
            track_id=row.track_id,
            valid_ns=row.t_ns,
            lat_rad=tuple(c[0] for c in corners),
            lon_rad=tuple(c[1] for c in corners),
            reach_m=(min(reach), max(reach)),
            zones=tuple(zone for zone, _ in zones.zone_probabilities(cfg.zones, lats, lons, where)),
            areas=tuple(hit),
        )
    ]


def _at(lat: float, lon: float, way: Way) -> tuple[float, float]:
    there = geodesic_direct(lat, lon, math.atan2(way[0], way[1]), math.hypot(way[0], way[1]))
    return float(there[0]), float(there[1])


def _ways(cfg: Config, lat: float, lon: float, table: np.ndarray) -> list[Way]:
    """From the point below the track to each fall: (east, north) of distance times direction."""
    found = []
    for row in table:
        if row[8] == LANDED:
            distance_m, azimuth, _ = geodesic_inverse(lat, lon, float(row[6]), float(row[7]))
            if distance_m < cfg.belief.fan_max_reach_m:
                found.append((distance_m * math.sin(azimuth), distance_m * math.cos(azimuth)))
    return found


def _outline(points: list[Way]) -> list[Way]:
    """Convex hull, counter-clockwise; Andrew's monotone chain. Fewer than three distinct points are returned as they
    are.
    """
    ordered = sorted(set(points))
    if len(ordered) < 3:
        return ordered
    return _chain(ordered)[:-1] + _chain(ordered[::-1])[:-1]


def _chain(ordered: list[Way]) -> list[Way]:
    hull: list[Way] = []
    for p in ordered:
        while len(hull) >= 2 and _turn(hull[-2], hull[-1], p) <= 0.0:
            hull.pop()
        hull.append(p)
    return hull


def _turn(a: Way, b: Way, c: Way) -> float:
    """Twice the area of the triangle, positive when a, b, c turn to the left."""
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _inside(nearest: Way, outline: list[Way]) -> list[Way]:
    """Points all over a convex fan: on lines from the fall of a burn that ends now to points along each edge."""
    found = [nearest]
    for (e0, n0), (e1, n1) in zip(outline, outline[1:] + outline[:1], strict=True):
        for k in range(ON_EDGE):
            e, n = e0 + (e1 - e0) * k / ON_EDGE, n0 + (n1 - n0) * k / ON_EDGE
            found.extend(
                (nearest[0] + (e - nearest[0]) * i / INWARDS, nearest[1] + (n - nearest[1]) * i / INWARDS)
                for i in range(1, INWARDS + 1)
            )
    return found
