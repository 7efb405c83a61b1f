"""`bongsu reconstruct`: flights that fit reported figures, without a log; the same work the stage does inside the fold."""

import math
from collections.abc import Iterator
from typing import Any

import msgspec

from bongsu.errors import BadInput
from bongsu.messages.accounts import Reconstruction
from bongsu.models.hedges import words_for
from bongsu.models.reconstruct import FINE, Figures
from bongsu.models.reconstruct_figures import apogee_figure, azimuth_figure, range_figure, time_figure
from bongsu.models.reconstruct_landing import Landing, landing_of
from bongsu.run.tables import load_tables
from bongsu.stages.reconstruct.answer import Missing
from bongsu.stages.reconstruct.answer import reconstruct as answer

Printed = float | tuple[float, float] | None
_OPTIONS = {
    "range": "--range-km", "apogee": "--apogee-km", "flight time": "--flight-time-min",
    "azimuth or landing words": "--azimuth-deg or --landing",
}  # fmt: skip
_BOUNDS = {
    "range_km": (20.0, 15_000.0),
    "apogee_km": (10.0, 8_000.0),
    "flight_time_min": (1.0, 110.0),
    "azimuth_deg": (0.0, 360.0),
}


def reconstruct(
    site: tuple[float, float],
    *,
    azimuth_deg: float | None = None,
    range_km: Printed = None,
    apogee_km: Printed = None,
    flight_time_min: Printed = None,
    landing: str = "",
) -> Reconstruction:
    """The flights from a site (latitude, longitude in degrees) that fit the figures given; whatever is not given stays open.

    A figure is a number, or (low, high) where reports give two or a bound; an infinite end is open.
    Raises BadInput where a figure cannot be used, where the figures leave range open, or where no flight has them together.
    """
    lat_deg, lon_deg = _site(site)
    cfg = FINE
    given = {
        "range_km": range_km,
        "apogee_km": apogee_km,
        "flight_time_min": flight_time_min,
        "azimuth_deg": azimuth_deg,
    }
    ends = {name: _ends(name, value) for name, value in given.items() if value is not None}
    tables = load_tables()
    apogee = apogee_figure(cfg, *ends["apogee_km"]) if "apogee_km" in ends else None
    figures = Figures(
        site_rad=(math.radians(lat_deg), math.radians(lon_deg)),
        range_m=range_figure(cfg, *ends["range_km"], apogee) if "range_km" in ends else None,
        apogee_m=apogee,
        flight_time_s=time_figure(cfg, *ends["flight_time_min"]) if "flight_time_min" in ends else None,
        azimuth_rad=None if azimuth_deg is None else azimuth_figure(cfg, azimuth_deg),
        landing=_landing(landing),
    )
    found = answer(cfg, tables.zones, figures)
    if isinstance(found, Missing):
        raise _refusal(found, ends, landing)
    return found


def _ends(name: str, value: float | tuple[float, float]) -> tuple[float, float]:
    """A figure's ends, checked against what can be."""
    low, high = value if isinstance(value, tuple) else (value, value)
    least, most = _BOUNDS[name]
    is_open = low == -math.inf or high == math.inf
    inside = all(least <= end <= most for end in (low, high) if abs(end) != math.inf)
    if not inside or low > high or (low, high) == (-math.inf, math.inf) or (is_open and low == high):
        raise BadInput(name, _printed(low, high), f"{least:g} to {most:g}", "Check the figure and its unit.")
    return low, high


def _printed(low: float, high: float) -> str:
    return f"{low:g}" if low == high else f"{low:g} to {high:g}"


def site_of(text: str) -> tuple[float, float] | None:
    """Latitude and longitude from `LAT,LON`; None where the text is not that."""
    try:
        lat_deg, lon_deg = (float(part) for part in text.split(","))
    except ValueError:
        return None
    return (lat_deg, lon_deg) if abs(lat_deg) <= 90.0 and abs(lon_deg) <= 180.0 else None


def _site(site: tuple[float, float]) -> tuple[float, float]:
    lat_deg, lon_deg = site
    if not (math.isfinite(lat_deg) and math.isfinite(lon_deg) and abs(lat_deg) <= 90.0 and abs(lon_deg) <= 180.0):
        raise BadInput(
            "site", f"{lat_deg}, {lon_deg}", "latitude and longitude in degrees", "Give both, latitude first."
        )
    return lat_deg, lon_deg


def _landing(words: str) -> Landing | None:
    if not words.strip():
        return None
    found = landing_of(load_tables().places, words)
    if found is None:
        raise BadInput(
            "landing",
            repr(words[:80]),
            "words such as '250 km west of Okushiri Island' or a sea",
            "Name a place that is on the map.",
        )
    return found


def _refusal(missing: Missing, ends: dict[str, tuple[float, float]], landing: str) -> BadInput:
    """What was given, and the figure that would settle it."""
    named = [f"{name} {_printed(*pair)}" for name, pair in ends.items()]
    named += [f"landing {landing[:80]!r}"] if landing else []
    remedy = (
        f"Add {_OPTIONS[missing.figure]}."
        if missing.figure
        else "At least one of them is wrong, or is of another flight."
    )
    expected = f"the {missing.figure}" if missing.figure else "figures of one flight"
    return BadInput("reconstruct", f"{', '.join(['site', *named])}: {missing.why}", expected, remedy)


def as_json(found: Reconstruction) -> bytes:
    """One object, in kilometres, degrees and minutes. What nothing says which way has no azimuth, impact or zones."""
    low, high = found.flight_time_low_s / 60.0, found.flight_time_high_s / 60.0
    told: dict[str, Any] = {
        "flights": [_flight(found, k) for k in range(len(found.shape))],
        "flight_time_min": {"mean": found.flight_time_mean_s / 60.0, "low": low, "high": high},
        "range_class": range_class(found),
        "range_classes": dict(found.range_class),
        "convention": found.convention,
        "verdicts": {zone: {"p": p, "words": words_for(p)} for zone, p in found.p_zones},
        "consistency": [{"check": check, "result": result, "why": why} for check, result, why in found.checks],
        "would_settle": found.would_settle,
    }
    return msgspec.json.encode(told)


def _flight(found: Reconstruction, k: int) -> dict[str, Any]:
    told: dict[str, Any] = {
        "shape": found.shape[k], "range_km": found.range_m[k] / 1e3, "apogee_km": found.apogee_m[k] / 1e3,
        "flight_time_min": found.flight_time_s[k] / 60.0, "zones": {}, "weight": found.p[k],
    }  # fmt: skip
    if found.azimuth_rad:
        told["azimuth_deg"] = math.degrees(found.azimuth_rad[k])
        told["impact"] = {
            "lat_deg": math.degrees(found.impact_lat_rad[k]), "lon_deg": math.degrees(found.impact_lon_rad[k]),
            "cov_en_km2": [c / 1e6 for c in found.cov_en_m2[k]],
        }  # fmt: skip
        told["zones"] = dict(found.zones[k])
    return told


def range_class(found: Reconstruction) -> str:
    """The class that is likelier than all others together, else undetermined."""
    name, p = max(found.range_class, key=lambda pair: pair[1])
    return name if p >= 0.5 else "undetermined"


def as_text(found: Reconstruction) -> Iterator[str]:
    """What a person wants to know."""
    low, high = found.flight_time_low_s / 60.0, found.flight_time_high_s / 60.0
    yield f"flight time {found.flight_time_mean_s / 60.0:.1f} min (90 %: {low:.1f} to {high:.1f}); class {range_class(found)}"
    for k, shape in enumerate(found.shape):
        told = f"{found.p[k]:4.0%} {shape:16s} {found.range_m[k] / 1e3:6.0f} km far, {found.apogee_m[k] / 1e3:5.0f} km high"
        told += f", {found.flight_time_s[k] / 60.0:4.1f} min"
        if found.azimuth_rad:
            lat_deg, lon_deg = math.degrees(found.impact_lat_rad[k]), math.degrees(found.impact_lon_rad[k])
            told += f", at {math.degrees(found.azimuth_rad[k]):.0f}° to {lat_deg:.2f} N {lon_deg:.2f} E"
        yield told
    for zone, p in found.p_zones:
        yield f"{zone}: {words_for(p)} ({p:.2f})"
    if not found.azimuth_rad:
        yield "which way is not said: no place of fall and no zone"
    for check, result, why in found.checks:
        yield f"{check}: {result} - {why}"
    if found.would_settle:
        yield f"what would narrow this most: {found.would_settle}"
