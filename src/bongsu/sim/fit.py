"""Generic shapes fitted to public figures: which boost gives this range and this apogee? It knows no place and no vehicle.

Range and apogee of one flight are two scalars; the two free parameters of the boost (common scale of thrust, pitch at burn-out)
are found by Powell's hybrid method on trial flights of loose tolerance. Lift is then fitted to what range is still missing.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from bongsu.constants import G0_MPS2, GM_EARTH_M3PS2, OMEGA_EARTH_RADPS, R_MEAN_EARTH_M
from bongsu.errors import BadInput
from bongsu.kernels.earth import geodesic_inverse, geodetic_from_ecef
from bongsu.sim.boost import Boost, Shape
from bongsu.sim.motion import LOOSE, Array, Leg, Lift, State, apogee, ascend, climb_mps, fall, height_m

ACCEPTED = 2e-3  # relative misfit of a drawn figure; published ones are rounded to some per cent
TRIALS = 60  # flights; a fit takes some ten to thirty
LIFT_MOST = 5.0  # lift over drag beyond which nothing supersonic goes


def ground_range_m(boost: Boost, y: State) -> float:
    """Geodesic distance from the launch point to the point below a state; negative where that lies behind."""
    lat_rad, lon_rad, _ = geodetic_from_ecef(y[0], y[1], y[2])
    distance_m, azimuth_rad, _ = geodesic_inverse(boost.lat_rad, boost.lon_rad, lat_rad, lon_rad)
    return math.copysign(distance_m, math.cos(azimuth_rad - boost.azimuth_rad))


def shape_for(boost: Boost, boost_beta: float, beta: float, range_m: float, apogee_m: float, haste: float) -> Shape:
    """The shape whose unpowered fall ends `range_m` away and whose greatest height is `apogee_m`; betas in kg/m^2."""

    def misfit(shape: Shape) -> tuple[float, ...]:
        legs = ascend(boost, shape, boost_beta, LOOSE)
        if not legs[-1].is_stopped:
            legs += fall(legs[-1].end_s, legs[-1].end, beta, rtol=LOOSE)
        return ground_range_m(boost, legs[-1].end) / range_m - 1.0, apogee(legs)[0] / apogee_m - 1.0

    climb = math.sqrt(2.0 * G0_MPS2 * apogee_m / (1.0 + apogee_m / R_MEAN_EARTH_M))
    over = 2.0 * climb / G0_MPS2 * (1.0 + apogee_m / R_MEAN_EARTH_M)  # rough time above the ground
    guess = _guess(boost, climb, range_m / (over + 0.5 * boost.end_s), haste)
    return _solve(misfit, guess, n=2, wanted=f"range {range_m / 1e3:.0f} km, apogee {apogee_m / 1e3:.0f} km")


def shape_for_orbit(boost: Boost, boost_beta: float, orbit_m: float, haste: float) -> Shape:
    """The shape that ends its last burn level, at a height, with the speed of a circular orbit there."""
    circular = math.sqrt(GM_EARTH_M3PS2 / (R_MEAN_EARTH_M + orbit_m))

    def misfit(shape: Shape) -> tuple[float, ...]:
        y = ascend(boost, shape, boost_beta, LOOSE)[-1].end
        w = OMEGA_EARTH_RADPS
        speed = math.hypot(y[3] - w * y[1], y[4] + w * y[0], y[5])  # in the frame that does not turn
        return speed / circular - 1.0, height_m(y) / orbit_m - 1.0, 5.0 * climb_mps(y) / circular

    return _solve(misfit, _guess(boost, 2000.0, circular, haste), n=3, wanted=f"an orbit at {orbit_m / 1e3:.0f} km")


def lift_for(boost: Boost, legs: Sequence[Leg], beta: float, lift: Lift, range_m: float) -> Lift:
    """The lift that carries a flight, whose ascent is `legs`, to `range_m`; no lift at all where it needs none."""
    from scipy.optimize import brentq

    start = legs[-1]

    def misfit(ratio: float) -> float:
        falls = fall(start.end_s, start.end, beta, replace(lift, ratio=ratio), LOOSE)
        return ground_range_m(boost, falls[-1].end) / range_m - 1.0

    if misfit(0.0) >= 0.0:
        return replace(lift, ratio=0.0)
    if misfit(LIFT_MOST) < 0.0:
        raise _no_flight(f"a pull-up to {range_m / 1e3:.0f} km")
    return replace(lift, ratio=float(brentq(misfit, 0.0, LIFT_MOST, xtol=1e-3, rtol=1e-4)))


def _guess(boost: Boost, up_mps: float, along_mps: float, haste: float = 1.0) -> Shape:
    """A first shape from the speed wanted at burn-out plus what gravity takes on the way."""
    burning = sum(b.end_s - b.start_s for b in boost.burns)
    up = up_mps + 0.8 * G0_MPS2 * burning
    mean = sum(
        (b.end_s - b.start_s) * b.strength * math.log(b.growth) / (1.0 - 1.0 / b.growth) for b in boost.burns
    )  # of the thrust over the burns, times their time, at unit scale
    return Shape(1.1 * math.hypot(up, along_mps) / mean, math.atan2(up_mps, along_mps), haste)


def _solve(misfit: Callable[[Shape], tuple[float, ...]], guess: Shape, n: int, wanted: str) -> Shape:
    """Find the first `n` parameters of a shape (scale in units of the guess, pitch, haste) for which `misfit` vanishes."""
    from scipy.optimize import root

    def shape(p: Array) -> Shape:
        scale, turn, *haste = p.tolist()
        return Shape(
            guess.thrust_mps2 * math.exp(scale), guess.pitch_end_rad + turn, guess.haste * math.exp(sum(haste))
        )

    def residual(p: Array) -> Array:
        return np.array(misfit(shape(p)))

    options: Any = {"eps": 1e-6, "xtol": 1e-5, "factor": 0.3, "maxfev": TRIALS}  # Any: the stubs misspell maxfev
    found = root(residual, np.zeros(n), method="hybr", options=options)
    if np.abs(residual(found.x)).max() > ACCEPTED:
        raise _no_flight(wanted)
    return shape(found.x)


def _no_flight(wanted: str) -> BadInput:
    return BadInput(
        "flight", f"no generic flight with {wanted}", "figures that the drawn burn, drag and staging can fly",
        "Widen or shift burn_s, growth, range_km or apogee_km in the scenario.",
    )  # fmt: skip
