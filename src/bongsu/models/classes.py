"""Range classes, trajectory shapes and kinds: their names and bounds, the two-body yardsticks, and what classify
believes.

A range class says what an object can do, not how far one flight went: a lofted flight is classed by its energy. The
bounds follow the common US usage (National Air and Space Intelligence Center, "Ballistic and Cruise Missile Threat",
2020, which Japan's Ministry of Defense shares), read as half-open intervals [low, high); others differ, so a
classification names its convention.
"""

import math
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from bongsu.constants import GM_EARTH_M3PS2, OMEGA_EARTH_RADPS, R_MEAN_EARTH_M
from bongsu.messages.units import DurationNs, NonNegative, Positive, Prob, Vec3

CONVENTION: Final = "us-nasic-2020-halfopen"
UNDETERMINED: Final = "undetermined"
RANGE_CLASSES: Final = (  # name, lower and upper bound of the greatest range (m)
    ("CRBM", 0.0, 300e3),
    ("SRBM", 300e3, 1_000e3),
    ("MRBM", 1_000e3, 3_000e3),
    ("IRBM", 3_000e3, 5_500e3),
    ("ICBM", 5_500e3, math.inf),
)
SHAPES: Final = (
    "minimum_energy",
    "lofted",
    "depressed",
    "quasi_ballistic",
    "glide",
    "cruise",
    "space_launch",
    "failed",
    UNDETERMINED,
)
KINDS: Final = ("missile", "space_launch", "aircraft", "meteor_or_reentry", UNDETERMINED)


class ClassSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Settings of stages/classify. Own choices unless a source is named; soft bounds, so nothing flips on a metre."""

    # shape, from apogee over the minimum-energy apogee of the same range
    lofted_ratio: Positive = 1.5
    depressed_ratio: Positive = 0.6
    ratio_softness: Positive = 0.12  # one sigma of the bounds themselves, in ln
    ratio_trust: Positive = 0.5  # a sigma of the ratio, in ln, at which the evidence is worth 1/e

    # manoeuvres in air
    manoeuvre_below_m: Positive = 90e3  # above this there is no lift: the 1976 atmosphere thins to 3e-6 kg/m^3
    manoeuvre_s: Positive = 8.0  # of a force seen after burn-out that is worth 63 %
    glide_s: Positive = 100.0  # a pull-up takes seconds to a minute, a glide minutes
    glide_softness_s: Positive = 25.0
    glide_range_m: Positive = 800e3  # gliders ride on boosters that reach further; less energy makes a long pull-up
    glide_range_softness_m: Positive = 150e3
    quasi_apogee_m: Positive = 80e3  # quasi-ballistic flights stay below about 60 km; see docs on shapes
    quasi_softness_m: Positive = 15e3
    unseen_pull_up: Prob = 0.3  # share of depressed flights this low whose pull-up comes later or below the horizon

    # capability
    capability_softness: Positive = 0.08  # one sigma in ln of range: drag in ascent, rotation, payload

    # space launch, failure
    orbit_perigee_m: Positive = 100e3  # a perigee above this stays up for at least a turn
    orbit_softness_m: Positive = 30e3
    long_burn_s: Positive = 420.0  # missiles burn for 60 to 330 s, launchers to orbit for 500 s and more
    long_burn_softness_s: Positive = 30.0
    failed_accel_mps2: Positive = (
        9.0  # mean gain of speed: whole burns give 14 and more, heavy ones cut short give 3 to 8
    )
    failed_softness_mps2: Positive = 2.0
    failed_range_m: Positive = 300e3
    failed_softness_m: Positive = 60e3
    steep_ratio: Positive = 3.0  # or a burn that ended before the turn: apogee this far above the least-energy one,
    steep_apogee_m: Positive = 60e3  # though it never left the air; whoever lofts on purpose goes higher
    steep_softness_m: Positive = 10e3

    # kinds
    aircraft_speed_mps: Positive = 450.0  # faster is no airliner
    aircraft_height_m: Positive = 20e3
    level_s: Positive = 15.0  # of level flight that is worth 63 %
    meteor_speed_mps: Positive = 3_000.0  # first seen coming down, faster than this, without a burn
    meteor_height_m: Positive = 150e3  # what comes in glows below this
    meteor_softness_m: Positive = 20e3
    entry_trust: Prob = 0.8  # of what is first seen fast, low and falling: a warhead, too, comes in
    escape_mps: Positive = 11_200.0  # above escape speed nothing was launched from the ground to be seen here
    escape_softness_mps: Positive = 500.0
    escape_trust: Prob = 0.99
    burning_trust: Prob = 0.6  # of "launched" being a missile while it burns: it may yet be a launcher

    # saying it
    judge_every_ns: DurationNs = 1_000_000_000
    change: Prob = 0.05  # said when a probability moved by this
    small_change: Prob = 0.005  # or by this,
    every_ns: DurationNs = 5_000_000_000  # after this long
    max_tracks: Annotated[int, Meta(ge=1)] = 2_000


def minimum_energy_apogee_m(range_m: NonNegative) -> float:
    """Apogee of the least-energy flight over `range_m`, over a sphere without air.

        psi = d / 2R;  Q = 2 sin psi / (1 + sin psi);  gamma = pi/4 - psi/2;  e^2 = 1 - Q (2 - Q) cos^2 gamma;  ra = R
        (1 + e) / (2 - Q)

    Source: Bate, Mueller & White, Fundamentals of Astrodynamics (1971), ch. 6. For 0 <= range <= pi R.
    """
    psi = range_m / (2.0 * R_MEAN_EARTH_M)
    q = 2.0 * math.sin(psi) / (1.0 + math.sin(psi))
    gamma = 0.25 * math.pi - 0.5 * psi
    e = math.sqrt(max(0.0, 1.0 - q * (2.0 - q) * math.cos(gamma) ** 2))
    return R_MEAN_EARTH_M * ((1.0 + e) / (2.0 - q) - 1.0)


def greatest_range_m(surface_speed_mps: NonNegative) -> float:
    """How far a speed at the surface can carry over a sphere without air: sin psi = Q / (2 - Q), Q = v^2 R / GM, d = 2
    R psi.

    Half the circumference from circular speed on. Source: Bate, Mueller & White (1971), ch. 6.
    """
    q = surface_speed_mps**2 * R_MEAN_EARTH_M / GM_EARTH_M3PS2
    return math.pi * R_MEAN_EARTH_M if q >= 1.0 else 2.0 * R_MEAN_EARTH_M * math.asin(q / (2.0 - q))


def energy_jpkg(r_ecef_m: Vec3, v_ecef_mps: Vec3) -> float:
    """Specific energy over the sphere's surface, of the velocity relative to the turning Earth: v^2/2 + GM (1/R - 1/r).

    Relative, because capability is quoted without the gift of rotation, which depends on azimuth.
    """
    r = math.sqrt(sum(x * x for x in r_ecef_m))
    return 0.5 * sum(v * v for v in v_ecef_mps) + GM_EARTH_M3PS2 * (1.0 / R_MEAN_EARTH_M - 1.0 / r)


def perigee_height_m(r_ecef_m: Vec3, v_ecef_mps: Vec3) -> float:
    """Height of the lowest point of the two-body orbit over the mean sphere; negative for a flight that comes down.

    Inertial velocity v + w x r; a = 1 / (2/r - v^2/GM), e^2 = 1 - |r x v|^2 / (GM a). Infinite on escape.
    """
    x, y, z = r_ecef_m
    vx, vy, vz = v_ecef_mps[0] - OMEGA_EARTH_RADPS * y, v_ecef_mps[1] + OMEGA_EARTH_RADPS * x, v_ecef_mps[2]
    inverse_a = 2.0 / math.sqrt(x * x + y * y + z * z) - (vx * vx + vy * vy + vz * vz) / GM_EARTH_M3PS2
    if inverse_a <= 0.0:
        return math.inf
    h2 = (y * vz - z * vy) ** 2 + (z * vx - x * vz) ** 2 + (x * vy - y * vx) ** 2
    e = math.sqrt(max(0.0, 1.0 - h2 * inverse_a / GM_EARTH_M3PS2))
    return (1.0 - e) / inverse_a - R_MEAN_EARTH_M


def range_class_of(range_m: NonNegative) -> str:
    """The class whose half-open interval holds a greatest range."""
    return next(name for name, low, high in RANGE_CLASSES if low <= range_m < high)
