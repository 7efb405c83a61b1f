"""An object in the air, as the legs it flies: where it is, how fast, whether it burns, where it came down."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bongsu.sim.motion import Leg


@dataclass(frozen=True, slots=True)
class Impact:
    """Where and when something came down, seconds after lift-off."""

    lat_rad: float
    lon_rad: float
    t_s: float


@dataclass(frozen=True, slots=True)
class Body:
    """One object in the air from `start_s` to `end_s`, seconds after T0."""

    name: str
    legs: tuple[Leg, ...]
    beta_kgpm2: float
    impact: Impact | None = None
    is_reporting: bool = False  # an aircraft that broadcasts its position

    @property
    def start_s(self) -> float:
        """When it came into being."""
        return self.legs[0].start_s

    @property
    def end_s(self) -> float:
        """When it came down, or was followed no longer."""
        return self.legs[-1].end_s

    def states(self, t_s: Any) -> NDArray[np.float64]:
        """Position and velocity (n, 6), ECEF, at times (n,); NaN where the object does not exist."""
        times = np.atleast_1d(np.asarray(t_s, dtype=np.float64))
        found = np.full((times.size, 6), np.nan)
        for part in self.legs:
            inside = (times >= part.start_s) & (times <= part.end_s)
            if inside.any():
                found[inside] = np.asarray(part.states(times[inside])).T
        return found

    def thrusting(self, t_s: Any) -> NDArray[np.bool_]:
        """Whether an engine burns, at times (n,)."""
        times = np.atleast_1d(np.asarray(t_s, dtype=np.float64))
        found = np.zeros(times.size, dtype=np.bool_)
        for part in self.legs:
            if part.is_thrusting:
                found |= (times >= part.start_s) & (times < part.end_s)
        return found
