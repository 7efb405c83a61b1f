"""What a target report measured, or why it is no measurement."""

import math
from dataclasses import dataclass

from bongsu.adapters.ingest.asterix import radars
from bongsu.adapters.ingest.asterix.record import Record


class Refused(Exception):
    """A report that gives no plot; its text is the reason it is counted under."""


@dataclass(frozen=True, slots=True)
class Polar:
    """One plot: range, azimuth from true north, and the elevation that follows from its height."""

    range_m: float
    azimuth_rad: float
    elevation_rad: float
    sigma_elevation_rad: float


def has_position(report: Record) -> bool:
    """Whether the report holds a measured position."""
    return report.has("040")


def refuse_unreal(report: Record) -> None:
    """Raise Refused for what is no echo of a real target."""
    what = report.item("020")
    is_seen = what.get("typ", 1) if report.uap.category == 48 else what["ssr_psr"]
    if what.get("sim"):
        raise Refused("simulated target report")
    if what.get("tst"):
        raise Refused("test target report")
    if what.get("rab"):
        raise Refused("report of a fixed transponder")
    if not is_seen:
        raise Refused("predicted position without detection")


def polar(report: Record, radar_h_m: float) -> Polar:
    """The plot. Raises Refused where its elevation cannot be known."""
    measured = report.item("040")
    range_m, azimuth_rad = measured["rho_m"], measured["theta_rad"]
    target_h_m, sigma_h_m = _height(report)
    elevation_rad = radars.elevation_rad(range_m, target_h_m, radar_h_m)
    if math.isnan(elevation_rad):
        raise Refused("range and height contradict each other")
    return Polar(range_m, azimuth_rad, elevation_rad, min(sigma_h_m / range_m, radars.MAX_SIGMA_RAD))


def _height(report: Record) -> tuple[float, float]:
    """Height and its sigma: the pressure height the aircraft sent if it is sound, else the one a 3D radar measured."""
    sent, measured = report.item("090"), report.item("110")
    if sent and not sent["v"] and not sent["g"]:
        return sent["h_pressure_m"], radars.SIGMA_PRESSURE_M
    if "h_msl_m" in measured:
        return measured["h_msl_m"], radars.SIGMA_MEASURED_M
    raise Refused("no sound height, so no elevation")
