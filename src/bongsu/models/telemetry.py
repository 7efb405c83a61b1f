"""What we believe about a flight known by height and speed alone."""

import math

import msgspec

from bongsu.constants import A_EARTH_M, E2_EARTH
from bongsu.messages.units import Count, Positive


class TelemetrySettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How thrust is told from coast in height and speed, and how a coast is fitted."""

    window_s: Positive = 1.0  # over which the energy slope is taken while heights are finely stepped
    window_coarse_s: Positive = 5.0  # the same where a height step is a second's climb or more
    sigma_h_coarse_m: Positive = 100.0  # a height sigma from here on counts as coarse
    moving_mps: Positive = 2.0  # from this speed on it has left the pad
    thrust_mps2: Positive = 4.0  # force along the motion that counts as thrust
    n_sigma: Positive = 4.0  # and this many of its own sigmas
    burn_mps2: Positive = 10.0  # a first burn is known to have been one once it reached this
    burn_out_hold_s: Positive = 0.4  # below thrust for so long: the first burn has ended
    thrust_hold_s: Positive = 1.5  # above thrust for so long: it thrusts again
    coast_hold_s: Positive = (
        5.0  # below thrust for so long: it coasts again (force across the motion passes unseen through zero)
    )
    drag_below_m: Positive = 45_000.0  # below, a braking force is drag
    guard_s: Positive = 5.0  # after a burn's end before samples count as coast
    fit_period_s: Positive = 0.5  # samples are thinned to this: rounding is not white noise
    silent_s: Positive = 120.0  # without a plot for so long: the track ends
    max_fit: Count = 160  # samples kept for a fit
    min_fit: Count = 12
    sigma_model: Positive = (
        0.0010  # of an apogee's height above the present one: unknown azimuth, hence unknown Coriolis
    )
    sigma_model_s: Positive = 0.2  # the same in time


def normal_gravity_mps2(lat_rad: float) -> float:
    """Gravity on the WGS-84 ellipsoid, rotation included. Source: Somigliana's formula; Moritz 1980."""
    s2 = math.sin(lat_rad) ** 2
    return 9.7803253359 * (1.0 + 0.00193185265241 * s2) / math.sqrt(1.0 - E2_EARTH * s2)


def radius_m(lat_rad: float) -> float:
    """Mean radius of curvature of the ellipsoid, sqrt(M N), the sphere that height integration uses."""
    w2 = 1.0 - E2_EARTH * math.sin(lat_rad) ** 2
    return A_EARTH_M * math.sqrt(1.0 - E2_EARTH) / w2
