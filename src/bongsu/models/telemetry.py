"""What we believe about a flight known by height and speed alone."""

import math

import msgspec

from bongsu.constants import A_EARTH_M, E2_EARTH
from bongsu.messages.units import Count, Positive


class TelemetrySettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How thrust is told from coast in height and speed, and how a coast is fitted."""

    windows_s: tuple[Positive, Positive, Positive] = (1.0, 5.0, 15.0)  # the force is taken over the first that tells
    fold_s: Positive = 0.04  # what comes faster is folded to this: as much is known by it, and rows stay bounded
    least_span: Positive = 2.0  # a window holds at least so many steps between samples
    moving_mps: Positive = 2.0  # from this speed on it has left the pad
    hardest_mps2: Positive = 500.0  # no launch vehicle is pushed harder: a sample that needs more is refused
    thrust_mps2: Positive = 4.0  # force along the motion that counts as thrust
    n_sigma: Positive = 4.0  # and this many of its own sigmas
    burn_mps2: Positive = 10.0  # a first burn is known to have been one once it reached this
    burn_out_hold_s: Positive = 0.4  # below thrust for so long: the first burn has ended
    thrust_hold_s: Positive = 1.5  # above thrust for so long: it thrusts again
    coast_hold_s: Positive = (
        5.0  # below thrust for so long: it coasts again (force across the motion passes unseen through zero)
    )
    drag_below_m: Positive = 45_000.0  # below, a coast is not free of the air, and a burn ends without a blind spot
    air_top_m: Positive = 100_000.0  # above, no braking force is drag
    beta_least_kgpm2: Positive = 80.0  # no stage or vehicle is lighter for its size: stronger braking is thrust
    drag_jump: Positive = 2.5  # nor does one and the same body brake so many times harder, for its q, within seconds
    air_memory_s: Positive = 10.0  # those seconds
    canopy_mps: Positive = 450.0  # below, a braking force may be a parachute's
    sigma_tail_s: Positive = 0.4  # engines take so long to come up and to die down
    guard_s: Positive = 5.0  # after a burn's end before samples count as coast
    fit_period_s: Positive = 0.5  # samples are thinned to this: rounding is not white noise
    silent_s: Positive = 120.0  # without a plot for so long: the track ends
    max_fit: Count = 160  # samples kept for a fit
    min_fit: Count = 12
    sigma_model: Positive = (
        0.0010  # of an apogee's height above the present one: unknown azimuth, hence unknown Coriolis
    )
    sigma_floor: Positive = 0.0005  # of an apogee: what one record shows of its top, by plateau and by fit, differs so
    sigma_model_s: Positive = 0.2  # the same in time


def normal_gravity_mps2(lat_rad: float) -> float:
    """Gravity on the WGS-84 ellipsoid, rotation included. Source: Somigliana's formula; Moritz 1980."""
    s2 = math.sin(lat_rad) ** 2
    return 9.7803253359 * (1.0 + 0.00193185265241 * s2) / math.sqrt(1.0 - E2_EARTH * s2)


def radius_m(lat_rad: float) -> float:
    """Mean radius of curvature of the ellipsoid, sqrt(M N), the sphere that height integration uses."""
    w2 = 1.0 - E2_EARTH * math.sin(lat_rad) ** 2
    return A_EARTH_M * math.sqrt(1.0 - E2_EARTH) / w2
