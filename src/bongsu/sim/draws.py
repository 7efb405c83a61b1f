"""What a seed draws before a flight: place, direction, wanted range and apogee, burns, drag; evenly within the file's ranges."""

import math
from dataclasses import dataclass

import numpy as np

from bongsu.kernels.earth import geodesic_direct
from bongsu.sim.boost import Boost, Burn, Vector
from bongsu.sim.scenario import FlightSpec, Range

Rng = np.random.Generator


def stream(seed: int, *purpose: int) -> Rng:
    """Dice for one purpose, so that one more sensor or part never changes the throws of another."""
    return np.random.Generator(np.random.PCG64([seed, *purpose]))


def within(rng: Rng, limits: Range) -> float:
    """A number drawn evenly between two limits."""
    return float(rng.uniform(limits[0], limits[1]))


def direction(rng: Rng) -> Vector:
    """A unit vector with every direction equally likely."""
    x, y, z = rng.normal(size=3)
    size = math.sqrt(x * x + y * y + z * z)
    return float(x / size), float(y / size), float(z / size)


@dataclass(frozen=True, slots=True)
class Drawn:
    """One draw; `range_m` is that of the whole flight, `ballistic_m` that of the same flight without lift."""

    boost: Boost
    boost_beta_kgpm2: float
    beta_kgpm2: float
    haste: float
    cloud_m: float
    range_m: float
    ballistic_m: float
    apogee_m: float
    orbit_m: float


def draw(spec: FlightSpec, rng: Rng) -> Drawn:
    """Draw one flight of a scenario."""
    lat_rad, lon_rad = place(spec, rng, spec.site_radius_m)
    azimuth_rad = within(rng, spec.azimuth_rad) % (2.0 * math.pi)
    boost = Boost(lat_rad, lon_rad, azimuth_rad, within(rng, spec.rise_s), burns(spec, rng))
    range_m = within(rng, spec.range_m)
    share = within(rng, spec.lift.ballistic_share) if spec.lift else 1.0
    return Drawn(
        boost=boost,
        boost_beta_kgpm2=within(rng, spec.boost_beta_kgpm2),
        beta_kgpm2=within(rng, spec.beta_kgpm2),
        haste=within(rng, spec.haste),
        cloud_m=within(rng, spec.cloud_m),
        range_m=range_m,
        ballistic_m=share * range_m,
        apogee_m=within(rng, spec.apogee_m),
        orbit_m=within(rng, spec.orbit_m),
    )


def place(spec: FlightSpec, rng: Rng, radius_m: float) -> tuple[float, float]:
    """A point within a radius of the site, every patch of ground equally likely: (lat_rad, lon_rad)."""
    distance_m, azimuth_rad = radius_m * math.sqrt(rng.uniform()), rng.uniform(0.0, 2.0 * math.pi)
    lat_rad, lon_rad, _ = geodesic_direct(spec.site_lat_rad, spec.site_lon_rad, azimuth_rad, distance_m)
    return float(lat_rad), float(lon_rad)


def burns(spec: FlightSpec, rng: Rng) -> tuple[Burn, ...]:
    """The burns of all stages one after another, with the gaps between them."""
    found: list[Burn] = []
    start_s = 0.0
    for stage in spec.stage:
        end_s = start_s + within(rng, stage.burn_s)
        found.append(Burn(start_s, end_s, stage.start, within(rng, stage.growth)))
        start_s = end_s + within(rng, stage.gap_s)
    return tuple(found)
