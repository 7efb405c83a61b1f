"""A track of another tracker (CAT062) as an input of ours."""

import math
from typing import Any, Final

from bongsu.adapters.ingest.asterix.record import Record
from bongsu.adapters.ingest.asterix.reports import Refused
from bongsu.constants import R_MEAN_EARTH_M
from bongsu.messages.inputs import PartnerTrack


def partner_track(record: Record, valid_ns: int) -> PartnerTrack:
    """The state in a CAT062 record. Raises Refused where it has no place or nothing stands behind it."""
    status, place = record.item("080"), record.item("105")
    if status.get("sim"):
        raise Refused("simulated track")
    if not place:
        raise Refused("no WGS-84 position")
    if abs(place["lat_rad"]) > math.pi / 2 or abs(place["lon_rad"]) > math.pi:
        raise Refused("a position that is none")
    sac, sic = record.source
    found: dict[str, Any] = {
        **_heights(record), **_motion(record), **_sigmas(record, place["lat_rad"]), **_names(record)
    }  # fmt: skip
    return PartnerTrack(
        origin=f"{sac}-{sic}", track_id=str(record.item("040")["track_number"]), valid_ns=valid_ns,
        lat_rad=place["lat_rad"], lon_rad=place["lon_rad"], **found,
        is_confirmed=not status["cnf"], is_coasting=bool(status.get("cst")), is_ended=bool(status.get("tse")),
    )  # fmt: skip


_HEIGHTS: Final = (
    ("h_m", "130", "h_m"),
    ("h_pressure_m", "136", "h_pressure_m"),
    ("h_pressure_m", "135", "h_pressure_m"),
)


def _heights(record: Record) -> dict[str, Any]:
    """Geometric height; and pressure height, the measured one before the filtered one."""
    found: dict[str, Any] = {}
    for ours, item, name in _HEIGHTS:
        if ours not in found and name in (values := record.item(item)):
            found[ours] = values[name]
    return found


def _motion(record: Record) -> dict[str, Any]:
    moves, climbs = record.item("185"), record.item("220")
    found = {"v_east_mps": moves["vx_mps"], "v_north_mps": moves["vy_mps"]} if moves else {}
    return {**found, **({"climb_mps": climbs["climb_mps"]} if climbs else {})}


def _sigmas(record: Record, lat_rad: float) -> dict[str, Any]:
    """The greater of the two horizontal sigmas, from angles or from the plane."""
    said = record.item("500")
    if "apw" in said:
        north, east = said["apw"]["sigma_lat_rad"], said["apw"]["sigma_lon_rad"] * math.cos(lat_rad)
        return {"sigma_horizontal_m": R_MEAN_EARTH_M * max(north, east)}
    if "apc" in said:
        return {"sigma_horizontal_m": max(said["apc"]["sigma_x_m"], said["apc"]["sigma_y_m"])}
    return {}


def _names(record: Record) -> dict[str, str]:
    aircraft, target = record.item("380"), record.item("245")
    callsign = aircraft["id"]["callsign"] if "id" in aircraft else target.get("callsign", "")
    return {
        "address": aircraft["adr"]["address"] if "adr" in aircraft else "",
        "mode3a": record.item("060").get("mode3a", ""),
        "callsign": callsign,
    }
