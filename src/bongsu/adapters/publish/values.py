"""The figures of findings as people read them: value, unit, 90 % uncertainty."""

import math

from bongsu.adapters.publish import rounding as say
from bongsu.geo.frames import ellipse
from bongsu.messages.assessment import ApogeePrediction, FlightEstimate, ImpactPrediction, LaunchPointEstimate
from bongsu.messages.units import CovEN


def t0(point: LaunchPointEstimate) -> str:
    """Lift-off: `03:35:12 UTC ± 6 s`."""
    return _moment(point.t0_ns, point.sigma_t0_s)


def impact_time(impact: ImpactPrediction) -> str:
    """Fall: `03:40:51 UTC ± 8 s`."""
    return _moment(impact.impact_ns, impact.sigma_impact_s)


def apogee_time(apogee: ApogeePrediction) -> str:
    """Highest point: `03:37:40 UTC ± 2 s`."""
    return _moment(apogee.apogee_ns, apogee.sigma_t_s)


def _moment(t_ns: int, sigma_s: float) -> str:
    half_s = say.Z90 * sigma_s
    return f"{say.clock(t_ns, half_s)} ± {spread(half_s)}"


def spread(half_s: float) -> str:
    """Half a 90 % interval of time: whole seconds, from a minute on in minutes with the digits it supports."""
    if half_s < 60.0:
        return say.duration(max(1.0, half_s))
    return f"{say.at_place(half_s / 60.0, say.last_place(half_s / 60.0))} min"


def apogee(found: ApogeePrediction) -> str:
    """Greatest height; as an interval where plus-minus would hide that it is lopsided by a quarter."""
    low, value, high = (h / say.M_PER_KM for h in (found.low_m, found.apogee_m, found.high_m))
    half = (high - low) / 2.0
    if half > 0.0 and abs(value - (high + low) / 2.0) > 0.25 * half:
        return f"{say.at_place(value, say.last_place(half))} km ({say.interval(low, high, 'km')})"
    return say.plus_minus(value, half, "km")


def flight_range(flight: FlightEstimate) -> str:
    """Distance over ground from launch point to impact: `690 ± 40 km`."""
    return say.km(flight.range_m, flight.sigma_range_m)


def flight_time(flight: FlightEstimate) -> str:
    """Lift-off to impact: `5 min 40 s ± 6 s`."""
    return say.duration_pm(flight.flight_time_s, say.Z90 * flight.sigma_flight_time_s)


def azimuth(found: FlightEstimate | LaunchPointEstimate) -> str:
    """Launch direction clockwise from true north: `85° ± 1°`."""
    return say.degrees(found.azimuth_rad, found.sigma_azimuth_rad)


def place(lat_rad: float, lon_rad: float, cov_en_m2: CovEN) -> str:
    """Coordinates with the digits their 90 % ellipse supports."""
    return say.coordinates(lat_rad, lon_rad, ellipse(cov_en_m2, 0.9)[0])


def region(cov_en_m2: CovEN) -> str:
    """The 90 % region: `62 by 14 km, long axis 85° from north`; the bearing only where the region has one."""
    major_m, minor_m, bearing_rad = ellipse(cov_en_m2, 0.9)
    length, width = (two_figures(2.0 * half_m / say.M_PER_KM) for half_m in (major_m, minor_m))
    if length == width or major_m < 1.2 * minor_m:  # nearly round: a bearing would be noise
        return f"{length} km across"
    return f"{length} by {width} km, long axis {round(math.degrees(bearing_rad))}° from north"


def two_figures(value: float) -> str:
    """A size to two figures, or to whole units from ten on: 0.84, 6.3, 62, 140."""
    if value <= 0.0:
        return "0"
    place = math.floor(math.log10(value)) - 1
    return say.at_place(value, place if round(value, 1) < 10.0 else max(place, 0))


def height(h_m: float, sigma_m: float) -> str:
    """A height now, to the kilometre, or to the hundred metres when it is low; never finer than known."""
    place_km = max(say.last_place(say.Z90 * sigma_m / say.M_PER_KM) if sigma_m > 0.0 else -1, -1)
    return f"{say.at_place(h_m / say.M_PER_KM, 0 if h_m >= 10_000.0 else place_km)} km"


def speed(speed_mps: float) -> str:
    """Speed over the rotating Earth, to the hundred metres a second from 1 km/s on, else to ten."""
    return f"{speed_mps / 1000.0:.1f} km/s" if speed_mps >= 1000.0 else f"{round(speed_mps, -1):.0f} m/s"
