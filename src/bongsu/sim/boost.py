"""A generic powered flight: straight up, a smooth pitch-over, specific thrust that grows as mass falls, one or more stages.

No vehicle has these numbers. Their two or three shape parameters are fitted (`sim.fit`) to a range and an apogee.
"""

import math
from dataclasses import dataclass

import numpy as np

from bongsu.kernels.earth import C_enu_from_ecef, ecef_from_geodetic

Vector = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Burn:
    """One stage: from when to when it burns after lift-off, its thrust beside the others', its growth by the end."""

    start_s: float
    end_s: float
    strength: float
    growth: float


@dataclass(frozen=True, slots=True)
class Shape:
    """What is fitted: the common scale of specific thrust, its pitch at the last burn-out, the haste of the turn."""

    thrust_mps2: float
    pitch_end_rad: float
    haste: float = 1.0  # above 1 the pitch-over comes late, below 1 early


@dataclass(frozen=True, slots=True)
class Boost:
    """Where, in which plane and with which burns a flight is powered; together with a Shape it is a whole boost."""

    lat_rad: float
    lon_rad: float
    azimuth_rad: float
    rise_s: float
    burns: tuple[Burn, ...]

    @property
    def end_s(self) -> float:
        """The last burn-out, after lift-off."""
        return self.burns[-1].end_s

    def site_ecef_m(self) -> Vector:
        """The launch point, on the ellipsoid."""
        x_m, y_m, z_m = ecef_from_geodetic(self.lat_rad, self.lon_rad, 0.0)
        return float(x_m), float(y_m), float(z_m)

    def normal_ecef(self) -> Vector:
        """Unit normal of the plane of powered flight: up x downrange at the site, fixed to the Earth."""
        to_enu = np.asarray(C_enu_from_ecef(self.lat_rad, self.lon_rad))
        n = -math.cos(self.azimuth_rad) * to_enu[0] + math.sin(self.azimuth_rad) * to_enu[1]
        return float(n[0]), float(n[1]), float(n[2])


def specific_thrust_mps2(burn: Burn, shape: Shape, t_s: float) -> float:
    """Thrust over mass with constant thrust and steady loss of mass: a0 / (1 - (1 - 1/growth) tau), tau the share burnt."""
    tau = min(max((t_s - burn.start_s) / (burn.end_s - burn.start_s), 0.0), 1.0)
    return shape.thrust_mps2 * burn.strength / (1.0 - (1.0 - 1.0 / burn.growth) * tau)


def pitch_rad(boost: Boost, shape: Shape, t_s: float) -> float:
    """Elevation of the thrust above the local horizon: 90 degrees while rising, then half a cosine down to its end value."""
    tau = min(max((t_s - boost.rise_s) / (boost.end_s - boost.rise_s), 0.0), 1.0)
    turned = 0.5 - 0.5 * math.cos(math.pi * tau**shape.haste)
    return 0.5 * math.pi - (0.5 * math.pi - shape.pitch_end_rad) * turned
