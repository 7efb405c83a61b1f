"""The whole flight, from the launch point to the impact: range, azimuth, time, apogee."""

import math

import numpy as np

from bongsu.constants import NS_PER_S, R_MEAN_EARTH_M
from bongsu.kernels.earth import geodesic_inverse
from bongsu.messages.assessment import FlightEstimate
from bongsu.messages.units import CovEN
from bongsu.stages.forecast.region import EE, EN, LAT, LON, NN, SIGMA_T, SIGMA_TOP, TOP, T
from bongsu.stages.forecast.state import NEVER, Known, Row

Z_90_INTERVAL = 2.0 * 1.6448536269514722  # width of a 90 % interval in standard deviations


def whole_flight(known: Known, row: Row, summary: np.ndarray) -> list[FlightEstimate]:
    """The flight of a track with a launch point and a region. The two ends are taken as independent; of none without
    either.
    """
    if not known.launch:
        return []
    launch = known.launch[0]
    lat, lon = float(summary[LAT]), float(summary[LON])
    range_m, azimuth, azimuth_in = geodesic_inverse(launch.lat_rad, launch.lon_rad, lat, lon)
    time_s = (row.t_ns - launch.t0_ns) / NS_PER_S + float(summary[T])
    if not (math.isfinite(range_m) and range_m > 0.0 and time_s > 0.0):
        return []
    fall = (float(summary[EE]), float(summary[EN]), float(summary[NN]))
    along = variance_along(launch.cov_en_m2, azimuth) + variance_along(fall, azimuth_in)
    across = variance_along(launch.cov_en_m2, azimuth + 0.5 * math.pi) + variance_along(
        fall, azimuth_in + 0.5 * math.pi
    )
    lever_m = R_MEAN_EARTH_M * math.sin(min(range_m / R_MEAN_EARTH_M, 0.5 * math.pi))
    apogee_m, sigma_apogee_m = _apogee(known, summary)
    return [
        FlightEstimate(
            track_id=row.track_id,
            valid_ns=row.t_ns,
            range_m=range_m,
            sigma_range_m=math.sqrt(along),
            azimuth_rad=azimuth % (2.0 * math.pi),
            sigma_azimuth_rad=min(math.pi, math.sqrt(across) / max(lever_m, 1.0)),
            flight_time_s=time_s,
            sigma_flight_time_s=math.hypot(launch.sigma_t0_s, float(summary[SIGMA_T])),
            apogee_m=apogee_m,
            sigma_apogee_m=sigma_apogee_m,
        )
    ]


def variance_along(cov_en_m2: CovEN, azimuth_rad: float) -> float:
    """Variance of a horizontal position along an azimuth: u' C u with u = (sin, cos)."""
    s, c = math.sin(azimuth_rad), math.cos(azimuth_rad)
    return max(0.0, s * s * cov_en_m2[0] + 2.0 * s * c * cov_en_m2[1] + c * c * cov_en_m2[2])


def _apogee(known: Known, summary: np.ndarray) -> tuple[float, float]:
    """The apogee in force; without one (first seen on the way down) the highest seen, as uncertain as it is high."""
    if known.top.valid_ns != NEVER:
        return known.top.apogee_m, (known.top.high_m - known.top.low_m) / Z_90_INTERVAL
    highest_m = max(known.highest_m, float(summary[TOP]))
    return highest_m, max(highest_m, float(summary[SIGMA_TOP]))
