"""What stages/track believes about motion, starts, gates and the life of a track, as data.

Four motions share one state [r_ecef_m, v_ecef_mps, force_ecef_mps2, ln_beta]: powered, coast, and two of aircraft, level and
turn, which count as level together. Sigmas are one standard deviation; a `noise` is the spectral density of white acceleration,
a `wander` that of a random walk.
"""

import math
from typing import Annotated

import msgspec
import numpy as np
from msgspec import Meta
from numpy.typing import NDArray

from bongsu.kernels import motions as m
from bongsu.messages.units import NonNegative, Positive, Prob

KINDS = np.array((m.POWERED, m.COAST, m.LEVEL, m.TURN), dtype=np.int64)
Small = Annotated[int, Meta(ge=1, le=60)]


class MotionSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Settings of stages/track."""

    # powered flight: gravity, drag and a specific force that wanders
    force_wander_m2ps5: Positive = 2.5  # thrust of large rockets grows and turns by 0.5 to 1.5 m/s^2 each second
    powered_noise_m2ps3: NonNegative = 0.05  # beside the force: staging, steering
    sigma_manoeuvre_mps2: Positive = 15.0  # each axis of the force when power sets in after coast: pull-up, burn, glide
    tau_ln_beta_s: Positive = 20.0  # under power ln beta returns to its prior so fast: parts fall off, attitude changes

    # coast: no force
    coast_noise_m2ps3: NonNegative = 2.5e-5  # (0.005 m/s^2)^2/Hz: tesseral gravity, wind
    ln_beta_wander_1ps: NonNegative = 1.0e-4  # 0.1 in 100 s: drag coefficients change with Mach number
    ln_beta: float = math.log(5000.0)  # mean of ln(beta / (1 kg/m^2)), beta = m / (Cd A)
    sigma_ln_beta: Positive = 0.7  # wide, to follow anything; stages/forecast narrows it for what was declared a launch

    # aircraft
    level_noise_m2ps3: NonNegative = 4.0  # horizontal, while cruising
    level_climb_noise_m2ps3: NonNegative = 1.0  # vertical
    turn_noise_m2ps3: NonNegative = 225.0  # in manoeuvres: an airliner turns at 4 to 5 m/s^2 for some ten seconds
    turn_climb_noise_m2ps3: NonNegative = 16.0
    level_speed_mps: Positive = 400.0  # hardly faster over ground, jet stream included
    level_climb_mps: Positive = 80.0  # nor faster up or down

    # changes of motion, per second
    rate_burn_out_1ps: NonNegative = 1.0 / 60.0  # powered to coast: boosts last one to three minutes
    rate_ignition_1ps: NonNegative = 1.0 / 300.0  # coast to powered: pull-up, second burn
    rate_turn_1ps: NonNegative = 1.0 / 120.0  # level to turn
    rate_straight_1ps: NonNegative = 1.0 / 40.0  # turn to level
    rate_to_level_1ps: NonNegative = 1e-5  # powered or coast to level: a mistaken track recovers, no more
    rate_from_level_1ps: NonNegative = 1e-7  # level or turn to powered or coast: aircraft do not turn into missiles

    # numerics
    max_step_s: Positive = 2.0  # of the integration (RK4); longer steps are unsteady in dense air
    mix_step_s: Positive = 5.0  # a longer gap is mixed in equal parts, so that a change inside it is foreseen
    share_min: Prob = 0.004  # a motion that adds less to another's mixture is left out: see kernels.motions.mix
    p_floor: Prob = 1e-9  # of a motion; none dies for good

    # starts
    sigma_v_powered_mps: Positive = 1000.0  # each axis, around rest
    sigma_v_coast_mps: Positive = 3000.0
    sigma_v_level_mps: Positive = 250.0  # horizontal
    sigma_climb_mps: Positive = 15.0
    force_up_mps2: float = 15.0  # specific force when first seen
    sigma_force_mps2: Positive = 20.0  # each axis
    p_start: tuple[Prob, Prob, Prob] = (0.2, 0.3, 0.5)  # powered, coast, level, for radar and position
    p_start_los: tuple[Prob, Prob, Prob] = (0.45, 0.35, 0.2)  # of what two cameras have handed over
    p_start_infrared: tuple[Prob, Prob, Prob] = (0.989, 0.010, 0.001)  # only what burns is seen
    share_turn: Prob = 0.2  # of level
    infrared_h_m: float = 12_000.0  # height when first seen from above: over the clouds
    sigma_infrared_h_m: Positive = 8_000.0
    infrared_climb_mps: float = 300.0
    sigma_infrared_climb_mps: Positive = 250.0
    sigma_infrared_side_mps: Positive = 350.0  # each horizontal axis
    infrared_force_mps2: float = 20.0  # specific force, upward
    sigma_infrared_force_mps2: Positive = 12.0

    # infrared looks as evidence of power
    p_infrared_unpowered: Prob = 0.01  # a look sees an object that does not burn: glow of entry, sunlight
    p_infrared_miss: Prob = 0.1  # a look misses a flame at least so often: misses come in runs (cloud, angle, plume)
    infrared_floor_m: float = 12_000.0  # below this height cloud may hide a flame: a miss says nothing
    infrared_elevation_rad: float = math.radians(3.0)  # of the satellite above the object's horizon, at least

    # association
    p_gate_out: Prob = 1e-4  # probability that the true plot falls outside the gate
    young_plots: int = 4  # a track with fewer plots has its gate widened
    young_gate: Positive = 2.0  # by this factor on the squared distance
    missed_s: Positive = 5.0  # a single plot or an aircraft unseen for longer than this,
    missed_periods: Positive = 1.5  # and than so many periods of the sensor, is continued as an aircraft alone;
    slow_look_s: Positive = 20.0  # a sensor's last revisit counts as its period up to this: not all state theirs
    late_s: NonNegative = 8.0  # a plot this much older than its track is still used; older ones are rejected
    max_gap_s: Positive = 5400.0  # a track is not carried to a plot farther ahead: the longest flight out of sight
    sub_scan_s: NonNegative = 1.0  # plots of one scan within this are one look: a track takes one of them
    ahead_s: Positive = 60.0  # a plot this far ahead of the last tick is refused

    # confirmation: m of n looks
    confirm_m: Small = 3
    confirm_n: Small = 5
    confirm_m_infrared: Small = 2
    confirm_n_infrared: Small = 3

    # life
    tentative_s: Positive = 30.0  # an unconfirmed track without plots, or five periods of its sensor
    max_coast_s: Positive = 120.0  # a confirmed track without plots, unless it is ballistic, or an aircraft
    lost_sigma_m: Positive = 10_000.0  # that is still known to within this: airways are some ten miles wide
    max_ballistic_s: Positive = 5400.0  # a ballistic one is kept until it lands, at most this long
    max_tracks: Annotated[int, Meta(ge=1, le=100_000)] = 2000  # more starts are refused
    merge_scans: Small = 4  # two tracks alike for so many updates are one object
    merge_d2: Positive = 10.6  # squared distance of (r, v) that counts as alike: 90 % of chi-squared, 6 degrees

    # phase of flight, from the probabilities of the motions
    p_phase: Prob = 0.6  # coast is first said at this
    p_boost: Prob = 0.9  # boost is first said at this, unless infrared started the track: an alarm rests on it
    boost_sigmas: Positive = 2.0  # and once its speed or climb passes what aircraft do by so many sigmas
    p_switch: Prob = 0.8  # level is first said, and any phase changed, at this
    p_keep: Prob = 0.2  # below this the old one is no longer said
    rejoin_s: Positive = 15.0  # power so soon after burn-out is the same burn: staging, or a false alarm
    phase_plots: int = 3  # a track with fewer plots has no phase, unless infrared started it
    flight_plots: int = 5  # nor is it in boost or coast with fewer than this: two aircraft mixed up look fast
    air_top_m: Positive = 100_000.0  # power after coast is a manoeuvre below, thrust above
    brake_cosine: Prob = 0.8  # a force nearer than this to straight against the motion of what sinks in it is the air's
    beta_least_kgpm2: Positive = 20.0  # and no more than it does to the lightest debris: an empty fairing half


def beliefs(settings: MotionSettings) -> NDArray[np.float64]:
    """What the kernels of motion believe, in the order they want it."""
    out = np.zeros(m.N_BELIEFS)
    out[m.FORCE_WANDER] = settings.force_wander_m2ps5
    out[m.POWERED_NOISE] = settings.powered_noise_m2ps3
    out[m.COAST_NOISE] = settings.coast_noise_m2ps3
    out[m.LEVEL_NOISE] = settings.level_noise_m2ps3
    out[m.LEVEL_CLIMB_NOISE] = settings.level_climb_noise_m2ps3
    out[m.TURN_NOISE] = settings.turn_noise_m2ps3
    out[m.TURN_CLIMB_NOISE] = settings.turn_climb_noise_m2ps3
    out[m.LEVEL_SPEED] = settings.level_speed_mps
    out[m.LEVEL_CLIMB] = settings.level_climb_mps
    out[m.LN_BETA_WANDER] = settings.ln_beta_wander_1ps
    out[m.LN_BETA_MEAN] = settings.ln_beta
    out[m.LN_BETA_VAR] = settings.sigma_ln_beta**2
    out[m.LN_BETA_TAU] = settings.tau_ln_beta_s
    out[m.VAR_FORCE] = settings.sigma_manoeuvre_mps2**2
    out[m.P_FLOOR] = settings.p_floor
    out[m.SHARE_MIN] = settings.share_min
    out[m.MAX_STEP] = settings.max_step_s
    out[m.MIX_STEP] = settings.mix_step_s
    return out


def motions(settings: MotionSettings) -> m.Motions:
    """All that the bank of motions believes."""
    return m.Motions(KINDS, rates(settings), beliefs(settings))


def rates(settings: MotionSettings) -> NDArray[np.float64]:
    """Rates of change between motions, (4, 4) per second, from row to column; the diagonal is not used."""
    out = np.zeros((4, 4))
    out[m.POWERED, m.COAST] = settings.rate_burn_out_1ps
    out[m.COAST, m.POWERED] = settings.rate_ignition_1ps
    out[: m.LEVEL, m.LEVEL :] = 0.5 * settings.rate_to_level_1ps
    out[m.LEVEL :, : m.LEVEL] = 0.5 * settings.rate_from_level_1ps
    out[m.LEVEL, m.TURN] = settings.rate_turn_1ps
    out[m.TURN, m.LEVEL] = settings.rate_straight_1ps
    return out
