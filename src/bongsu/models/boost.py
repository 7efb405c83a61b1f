"""What stages/backtrack believes of powered flight in general, as data. No vehicle has these numbers.

Lift-off accelerations, growths and burn times of large rockets spread widely; the figures below cover thrust-to-weight ratios of
about 1.3 to 4 at lift-off and masses that fall to a half or a third within one to two minutes (Sutton & Biblarz, Rocket
Propulsion Elements (2017), ch. 4). Wide beliefs are meant: the plots decide, and the region says how far they could.
"""

import math
from typing import Annotated

import msgspec
import numpy as np
from msgspec import Meta
from numpy.typing import NDArray

from bongsu.kernels.boost import N_LEAD
from bongsu.messages.units import NonNegative, Positive

UNLINKED = -1.0  # the link column of a parameter that stands alone

Knots = Annotated[tuple[NonNegative, ...], Meta(min_length=1, max_length=12)]


class BoostSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Settings of stages/backtrack. Sigmas are one standard deviation of a normal belief."""

    # the generic flight
    knots_s: Knots = (
        0.0,
        15.0,
        30.0,
        45.0,
        60.0,
        80.0,
        100.0,
        130.0,
    )  # starts of stretches with steady rates, after lift-off
    beta_kgpm2: Positive = 12_000.0  # of the whole vehicle; drag in boost is a few per cent of thrust
    ground_h_m: float = 100.0  # ellipsoidal height of the launch point; hills move it by less than its region
    step_s: Positive = 2.0  # of the integration; RK4 is within 2 m of 0.1 s steps over two minutes

    # beliefs
    sigma_place_m: Positive = 300_000.0  # of the launch point around a first guess; no place is believed in
    sigma_t0_s: Positive = 60.0  # of lift-off around a first guess
    rise_s: Positive = 5.5  # vertical rise, median
    sigma_ln_rise: Positive = 0.35
    thrust_mps2: Positive = 30.0  # thrust acceleration at lift-off, median
    sigma_ln_thrust: Positive = 0.45
    growth_1ps: float = 0.006  # of ln thrust acceleration at lift-off
    sigma_growth_1ps: Positive = 0.003
    growth_keeps: NonNegative = (
        1.1  # each stretch's rate is this share of the one before, plus a change: steady flow, less mass
    )
    sigma_growth_change_1ps: Positive = 0.0025
    tilt_radps: Positive = 0.03  # a typical rate of tilt, in any direction, until the plots tell it
    first_tilt_share: Positive = 1.0  # sigma of the rate in the first stretch beside the typical rate
    tilt_keeps: NonNegative = 1.0
    tilt_change_share: Positive = (
        0.5  # sigma of its change from stretch to stretch, beside the typical rate and the root of the
    )
    # angle turned in a stretch: a random walk in the share of the turn that is done, not in seconds
    left_share: Positive = (
        0.15  # of these sigmas across the plane of flight, once the plots have told it: few flights turn aside
    )
    least_tilt_radps: Positive = 0.001  # typical rates below this are not believed
    tilt_doubt: NonNegative = 3.0  # how many of its variances are added to the square of a told rate
    told_share: NonNegative = 0.5  # the plots have told the rate once they took this share of its prior variance away
    first_flame_h_m: float = (
        6_500.0  # height at the first infrared look: cloud tops of 1 to 9 km and one revisit of climb
    )
    sigma_first_flame_h_m: Positive = 2_600.0
    first_flame_within_s: NonNegative = (
        10.0  # of the first plot of all; a later one is no longer a first sight of the flame
    )
    first_flame_age_s: Positive = 27.0  # time since lift-off at that look
    sigma_first_flame_age_s: Positive = 9.0

    # the fit
    huber: Positive = 3.0  # residuals beyond this many sigmas count linearly: a wrong plot must not pull
    max_iterations: Annotated[int, Meta(ge=1, le=100)] = 12
    sigma_model_m: NonNegative = 30.0  # what no generic flight can follow, added to each plot's own error
    sigma_place_floor_m: NonNegative = (
        60.0  # added to the launch point's region: fits are off by so much in one direction, whatever
    )
    # the plots (mean of 40 simulated flights of the scenario overflight: 96 m up-range)
    sigma_azimuth_floor_rad: NonNegative = 0.005  # added to the azimuth's: thrust need not stay in one plane

    # the plots
    span_s: Positive = 50.0  # plots later than this after the first add nothing to the launch point but model errors
    max_rows: Annotated[int, Meta(ge=30, le=2000)] = 400  # scalars kept of one flight; thinned evenly beyond
    max_rows_idle: Annotated[int, Meta(ge=8, le=2000)] = 96  # of a track that no event has claimed: the newest
    max_flights: Annotated[int, Meta(ge=1, le=5000)] = 500
    late_s: NonNegative = (
        20.0  # a track born so long after its event's first one, and this high, is a part of that flight or
    )
    late_h_m: float = 25_000.0  # that flight found again: it inherits the launch point
    eager_looks: Annotated[int, Meta(ge=1)] = 30  # refit at every look until this many, then every refit_s
    refit_s: NonNegative = 5.0
    after_burnout_s: NonNegative = 2.0  # plots this close before a burn-out that was only inferred are left out

    # a flight first seen unpowered
    burnout_h_share: tuple[Positive, ...] = (0.15, 0.3, 0.5, 0.7, 0.9)  # of the greatest height it can have ended at
    burnout_max_h_m: Positive = 600_000.0
    burn_mean_mps2: tuple[Positive, ...] = (25.0, 35.0, 45.0, 60.0)  # final speed over burn time
    path_share: Positive = (
        0.40  # straight line from lift-off to burn-out over v^2 / a: 1/2 for steady thrust, less if it grows
    )
    sigma_cross_share: Positive = 0.02  # sideways error of the launch point over its distance


def first_knots(settings: BoostSettings, duration_s: float) -> int:
    """How many stretches a flight of this length needs: those that begin before its end, at least one."""
    return max(sum(1 for knot in settings.knots_s if knot < duration_s), 1)


def prior_table(
    settings: BoostSettings, n_knots: int, t0_s: float, tilt_radps: float, left_share: float = 1.0
) -> NDArray[np.float64]:
    """Rows [mean, sigma, link, coupling] for `kernels.boost`: lift-off is guessed at `t0_s`, the place at the reference
    point, and the flight tilts at about `tilt_radps` along the reference direction, at `left_share` of that across it."""
    s = settings
    rows = [
        (0.0, s.sigma_place_m, UNLINKED, 0.0),
        (0.0, s.sigma_place_m, UNLINKED, 0.0),
        (t0_s, s.sigma_t0_s, UNLINKED, 0.0),
        (math.log(s.rise_s), s.sigma_ln_rise, UNLINKED, 0.0),
        (math.log(s.thrust_mps2), s.sigma_ln_thrust, UNLINKED, 0.0),
        (s.growth_1ps, s.sigma_growth_1ps, UNLINKED, 0.0),
    ]
    for j in range(1, n_knots):
        mean = s.growth_1ps * (1.0 - s.growth_keeps)
        rows.append((mean, s.sigma_growth_change_1ps, float(N_LEAD + j - 1), s.growth_keeps))
    first = N_LEAD + n_knots
    sigmas = (tilt_radps, left_share * tilt_radps)
    rows += [(0.0, s.first_tilt_share * sigma, UNLINKED, 0.0) for sigma in sigmas]
    for j in range(2, 2 * n_knots):
        turned = tilt_radps * (s.knots_s[j // 2] - s.knots_s[j // 2 - 1])
        sigma = s.tilt_change_share * math.sqrt(turned) * sigmas[j % 2]
        rows.append((0.0, sigma, float(first + j - 2), s.tilt_keeps))
    return np.array(rows)


def start_vector(settings: BoostSettings, n_knots: int, t0_s: float) -> NDArray[np.float64]:
    """The parameters of a straight climb from the reference point with the believed thrust."""
    lead = [0.0, 0.0, t0_s, math.log(settings.rise_s), math.log(settings.thrust_mps2)]
    return np.array(lead + [settings.growth_1ps] * n_knots + [0.0] * (2 * n_knots))


def derivative_steps(n_knots: int) -> NDArray[np.float64]:
    """Steps of the numeric derivatives: each moves the path by metres to tens of metres in a minute."""
    return np.array([10.0, 10.0, 0.01, 0.01, 1e-4] + [1e-6] * n_knots + [1e-6] * (2 * n_knots))
