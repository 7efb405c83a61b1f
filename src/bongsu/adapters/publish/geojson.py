"""An account as GeoJSON (RFC 7946): degrees, longitude first, rings anticlockwise; each feature says its mode."""

import math
from typing import Any

from msgspec import UNSET, json

from bongsu.adapters.publish import rounding as say
from bongsu.adapters.publish import shapes, words
from bongsu.adapters.publish.account import Account, Path
from bongsu.adapters.publish.shapes import Line
from bongsu.geo import frames
from bongsu.messages.units import CovEN

N_DIGITS = 5  # of a degree: one metre, finer than anything here is known

Feature = dict[str, Any]


def write(a: Account) -> bytes:
    """The feature collection as bytes, indented."""
    return json.format(json.encode(collection(a)), indent=1) + b"\n"


def collection(a: Account) -> dict[str, Any]:
    """Tracks, launch ellipse, impact ellipses of 50 and 90 %, and the fan where there is no impact forecast yet."""
    features = [*_paths(a), *_launch(a), *_impact(a), *_fan(a)]
    for feature in features:
        feature["properties"] |= {"mode": a.mode} | ({"mark": words.mark(a.mode)} if words.mark(a.mode) else {})
    event = {"event_id": a.event.event_id, "state": a.event.state} if a.event is not UNSET else {}
    top = {"type": "FeatureCollection", "mode": a.mode, "mark": words.mark(a.mode), "as_of": say.iso(a.now_ns)}
    return {**top, **event, "features": features}


def _paths(a: Account) -> list[Feature]:
    return [_path(p, a) for p in a.paths if len(p.lat_rad) > 1]


def _path(path: Path, a: Account) -> Feature:
    line = shapes.outline(path.lat_rad, path.lon_rad)
    is_main = a.track is not UNSET and path.track_id == a.track.track_id
    return _feature(
        {
            "type": "LineString",
            "coordinates": [[*_lonlat(p), round(h, 0)] for p, h in zip(line, path.h_m, strict=True)],
        },
        {
            "what": "track",
            "track_id": path.track_id,
            "is_main": is_main,
            "first_utc": say.iso(path.t_ns[0]),
            "last_utc": say.iso(path.t_ns[-1]),
            "greatest_height_m": round(max(path.h_m)),
            "rests_on": list(dict.fromkeys((path.finding_ids[0], path.finding_ids[-1]))),
        },
    )


def _launch(a: Account) -> list[Feature]:
    if a.point is UNSET:
        return []
    p = a.point
    properties = {
        "t0_utc": say.iso(p.t0_ns), "sigma_t0_s": round(p.sigma_t0_s, 2), "place": a.launch_words,
        "azimuth_deg": round(math.degrees(p.azimuth_rad), 2),
        "sigma_azimuth_deg": round(math.degrees(p.sigma_azimuth_rad), 2), "rests_on": [p.id],
    }  # fmt: skip
    return [
        _point(p.lat_rad, p.lon_rad, {"what": "launch point", **properties}),
        _region(p.lat_rad, p.lon_rad, p.cov_en_m2, 0.9, {"what": "launch point region", **properties}),
    ]


def _impact(a: Account) -> list[Feature]:
    if a.impact is UNSET:
        return []
    i = a.impact
    properties = {
        "impact_utc": say.iso(i.impact_ns), "sigma_impact_s": round(i.sigma_impact_s, 2), "place": a.impact_words,
        "assumption": i.assumption, "zones": {zone: round(p, 4) for zone, p in i.zones}, "rests_on": [i.id],
    }  # fmt: skip
    return [
        _point(i.lat_rad, i.lon_rad, {"what": "impact point", **properties}),
        *(_region(i.lat_rad, i.lon_rad, i.cov_en_m2, p, {"what": "impact region", **properties}) for p in (0.5, 0.9)),
    ]


def _fan(a: Account) -> list[Feature]:
    if a.fan is UNSET or a.impact is not UNSET:
        return []
    ring = _ring(shapes.outline(a.fan.lat_rad, a.fan.lon_rad))
    properties = {
        "what": "footprint fan", "valid_utc": say.iso(a.fan.valid_ns), "nearest_m": round(a.fan.reach_m[0]),
        "farthest_m": round(a.fan.reach_m[1]), "zones": list(a.fan.zones), "rests_on": [a.fan.id],
    }  # fmt: skip
    return [_feature({"type": "Polygon", "coordinates": [ring]}, properties)]


def _region(lat_rad: float, lon_rad: float, cov_en_m2: CovEN, p: float, properties: dict[str, Any]) -> Feature:
    major_m, minor_m, bearing_rad = frames.ellipse(cov_en_m2, p)
    sizes = {
        "probability": p, "semi_major_m": round(major_m), "semi_minor_m": round(minor_m),
        "bearing_deg": round(math.degrees(bearing_rad), 1),
    }  # fmt: skip
    ring = _ring(shapes.ellipse(lat_rad, lon_rad, cov_en_m2, p))
    return _feature({"type": "Polygon", "coordinates": [ring]}, properties | sizes)


def _point(lat_rad: float, lon_rad: float, properties: dict[str, Any]) -> Feature:
    place = _lonlat((math.degrees(lat_rad), math.degrees(lon_rad)))
    return _feature({"type": "Point", "coordinates": place}, properties)


def _feature(geometry: dict[str, Any], properties: dict[str, Any]) -> Feature:
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def _ring(line: Line) -> list[list[float]]:
    """A closed ring, anticlockwise (RFC 7946 sec. 3.1.6), by the sign of its area in degrees."""
    area = sum(a[1] * b[0] - b[1] * a[0] for a, b in zip(line, [*line[1:], line[0]], strict=True))
    turned = line if area > 0.0 else line[::-1]
    return [_lonlat(p) for p in [*turned, turned[0]]]


def _lonlat(place: tuple[float, float]) -> list[float]:
    return [round(place[1], N_DIGITS), round(place[0], N_DIGITS)]
