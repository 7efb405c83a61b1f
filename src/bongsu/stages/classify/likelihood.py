"""From evidence to probabilities: a few explicit soft bounds, mixed with "undetermined" by what the evidence is worth.

Each soft bound is a normal distribution function: the chance that the true value lies beyond the bound, given its own
spread and the softness of the bound. Every list sums to one.
"""

import math

from bongsu.constants import R_MEAN_EARTH_M
from bongsu.messages.assessment import FlightEstimate
from bongsu.models.classes import (
    KINDS,
    RANGE_CLASSES,
    SHAPES,
    UNDETERMINED,
    ClassSettings,
    minimum_energy_apogee_m,
)
from bongsu.stages.classify.evidence import UNKNOWN, Evidence

FALLING = ("coast", "drag", "manoeuvre")


def beyond(value: float, bound: float, sigma: float) -> float:
    """The chance that a value with this spread lies above a bound."""
    return 0.5 * math.erfc((bound - value) / (sigma * math.sqrt(2.0)))


def shapes(cfg: ClassSettings, e: Evidence) -> tuple[tuple[str, float], ...]:
    """Probabilities of the trajectory shapes."""
    found = dict.fromkeys(SHAPES, 0.0)
    p_space, p_failed, p_cruise = space_launch(cfg, e), failed(cfg, e), cruising(cfg, e)
    found["space_launch"] = p_space
    found["failed"] = (1.0 - p_space) * p_failed
    found["cruise"] = (1.0 - p_space) * (1.0 - p_failed) * p_cruise
    rest = (1.0 - p_space) * (1.0 - p_failed) * (1.0 - p_cruise)
    for name, p in _ballistic(cfg, e):
        found[name] = rest * p
    return _whole(found)


def _ballistic(cfg: ClassSettings, e: Evidence) -> list[tuple[str, float]]:
    """Shapes of a flight that is neither launcher, failure nor cruise; they sum to at most one, the rest is
    undetermined.
    """
    p_force = 1.0 - math.exp(-e.manoeuvre_s / cfg.manoeuvre_s)
    p_glide = beyond(e.manoeuvre_s, cfg.glide_s, cfg.glide_softness_s)
    p_glide *= beyond(e.capability.range_m, cfg.glide_range_m, cfg.glide_range_softness_m)
    plain = 1.0 - p_force
    found = [("glide", p_force * p_glide), ("quasi_ballistic", p_force * (1.0 - p_glide))]
    if not e.flight:
        return found
    flight = e.flight[0]
    ratio_ln, spread = _apogee_ratio(flight)
    sigma = math.hypot(spread, cfg.ratio_softness)
    worth = plain * math.exp(-((spread / cfg.ratio_trust) ** 2))
    lofted = beyond(ratio_ln, math.log(cfg.lofted_ratio), sigma)
    depressed = beyond(-ratio_ln, -math.log(cfg.depressed_ratio), sigma)
    is_low = beyond(-flight.apogee_m, -cfg.quasi_apogee_m, math.hypot(flight.sigma_apogee_m, cfg.quasi_softness_m))
    hidden = depressed * is_low * cfg.unseen_pull_up
    return [
        found[0],
        ("quasi_ballistic", found[1][1] + worth * hidden),
        ("lofted", worth * lofted),
        ("depressed", worth * (depressed - hidden)),
        ("minimum_energy", worth * max(0.0, 1.0 - lofted - depressed)),
    ]


def _apogee_ratio(flight: FlightEstimate) -> tuple[float, float]:
    """Apogee over the least-energy apogee of the same range, in ln, and its standard deviation."""
    apogee_m, range_m = max(flight.apogee_m, 1.0), max(flight.range_m, 1.0)
    normal_m = minimum_energy_apogee_m(min(range_m, math.pi * R_MEAN_EARTH_M))
    spread = math.hypot(flight.sigma_apogee_m / apogee_m, flight.sigma_range_m / range_m)
    return math.log(apogee_m / max(normal_m, 1.0)), spread


def range_classes(cfg: ClassSettings, e: Evidence) -> tuple[tuple[str, float], ...]:
    """Probabilities of the range classes by energy at burn-out; undetermined while it burns, for launchers and
    failures.
    """
    found = {name: 0.0 for name, _, _ in RANGE_CLASSES}
    found[UNDETERMINED] = 0.0
    reach = e.capability
    if not (e.has_burnt_out and e.is_launched):
        return _whole(found)
    sigma = math.hypot(reach.sigma_ln, cfg.capability_softness)
    worth = (1.0 - space_launch(cfg, e)) * (1.0 - failed(cfg, e)) * math.exp(-(reach.sigma_ln**2))
    middle = math.log(reach.range_m)
    for name, low, high in RANGE_CLASSES:
        above_low = beyond(middle, math.log(low), sigma) if low > 0.0 else 1.0
        above_high = beyond(middle, math.log(high), sigma) if math.isfinite(high) else 0.0
        found[name] = worth * (above_low - above_high)
    return _whole(found)


def kinds(cfg: ClassSettings, e: Evidence) -> tuple[tuple[str, float], ...]:
    """Probabilities of what the object is."""
    found = dict.fromkeys(KINDS, 0.0)
    p_air = _aircraft(cfg, e)
    found["aircraft"] = p_air
    rest = 1.0 - p_air
    if e.is_launched:
        p_space = space_launch(cfg, e)
        found["space_launch"] = rest * p_space
        found["missile"] = rest * (1.0 - p_space) * (0.97 if e.has_burnt_out else cfg.burning_trust)
    else:
        found["meteor_or_reentry"] = rest * _comes_in(cfg, e)
    return _whole(found)


def _comes_in(cfg: ClassSettings, e: Evidence) -> float:
    """The chance of something from outside: faster than a launch can make it, or first seen fast, low and falling."""
    p_escape = beyond(e.first_speed_mps, cfg.escape_mps, cfg.escape_softness_mps)
    if e.phase != "entry" and (e.first_climb_mps >= 0.0 or e.phase not in FALLING):
        return cfg.escape_trust * p_escape
    p_fast = beyond(e.first_speed_mps, cfg.meteor_speed_mps, 0.2 * cfg.meteor_speed_mps)
    p_low = beyond(-e.first_h_m, -cfg.meteor_height_m, cfg.meteor_softness_m)
    return 1.0 - (1.0 - cfg.escape_trust * p_escape) * (1.0 - cfg.entry_trust * p_fast * p_low)


def space_launch(cfg: ClassSettings, e: Evidence) -> float:
    """The chance of a flight to orbit: its perigee stays up, or it burns longer than missiles do."""
    if not e.is_launched:
        return 0.0
    p_orbit = beyond(e.perigee_m, cfg.orbit_perigee_m, cfg.orbit_softness_m) if math.isfinite(e.perigee_m) else 0.0
    p_long = beyond(e.burn_s, cfg.long_burn_s, cfg.long_burn_softness_s)
    return 1.0 - (1.0 - p_orbit) * (1.0 - p_long)


def failed(cfg: ClassSettings, e: Evidence) -> float:
    """The chance of a burn cut short: little speed for its length, or an end before the turn; and a short flight."""
    if not e.flight:
        return 0.0
    steep = _cut_before_turn(cfg, e.flight[0])
    if e.burn_end_ns == UNKNOWN or e.burn_s <= 0.0 or e.capability.surface_speed_mps <= 0.0:
        return steep
    gain_mps2 = e.capability.surface_speed_mps / e.burn_s
    is_weak = beyond(-gain_mps2, -cfg.failed_accel_mps2, cfg.failed_softness_mps2)
    flight = e.flight[0]
    is_short = beyond(-flight.range_m, -cfg.failed_range_m, math.hypot(flight.sigma_range_m, cfg.failed_softness_m))
    return 1.0 - (1.0 - steep) * (1.0 - is_weak * is_short)


def _cut_before_turn(cfg: ClassSettings, flight: FlightEstimate) -> float:
    """A flight nearly straight up that never left the air."""
    ratio_ln, spread = _apogee_ratio(flight)
    is_steep = beyond(ratio_ln, math.log(cfg.steep_ratio), math.hypot(spread, cfg.ratio_softness))
    is_low = beyond(-flight.apogee_m, -cfg.steep_apogee_m, math.hypot(flight.sigma_apogee_m, cfg.steep_softness_m))
    return is_steep * is_low * math.exp(-((spread / cfg.ratio_trust) ** 2))


def cruising(cfg: ClassSettings, e: Evidence) -> float:
    """The chance of level flight in the lower air by something that was launched."""
    if not e.is_launched or e.highest_m > cfg.aircraft_height_m:
        return 0.0
    return 1.0 - math.exp(-e.level_s / cfg.level_s)


def _aircraft(cfg: ClassSettings, e: Evidence) -> float:
    if e.is_launched or e.h_m > cfg.aircraft_height_m or e.speed_mps > cfg.aircraft_speed_mps:
        return 0.0
    return 0.97 * (1.0 - math.exp(-e.level_s / cfg.level_s))


def _whole(found: dict[str, float]) -> tuple[tuple[str, float], ...]:
    """Probabilities in their fixed order, what is missing to one being undetermined."""
    known = sum(p for name, p in found.items() if name != UNDETERMINED)
    scale = 1.0 / known if known > 1.0 else 1.0
    full = {name: p * scale for name, p in found.items() if name != UNDETERMINED}
    full[UNDETERMINED] = max(0.0, 1.0 - sum(full.values()))
    return tuple(full.items())
