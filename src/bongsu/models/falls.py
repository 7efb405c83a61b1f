"""What stages/forecast believes, as data: how often, how many samples, how a burn or a pull-up may go on."""

from typing import Annotated

import msgspec
from msgspec import Meta

from bongsu.messages.units import DurationNs, NonNegative, Positive, Prob

Samples = Annotated[int, Meta(ge=16, le=1_000_000)]


class ForecastSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Settings of stages/forecast. Own choices unless a source is named; times are of the states, not of the clock."""

    # the region after burn-out
    n_cloud: Samples = 10_000  # samples of the full cloud
    n_probe: Samples = 64  # samples of the cloud that are flown to see whether those curves may stand for the others:
    probe_share: NonNegative = 0.1  # they may if these fall within this share of the spread of where it says (rms)
    n_surface: Samples = 1_000  # samples of the quick forecast between clouds, on the curves through the sigma points
    area_stride: Annotated[int, Meta(ge=1)] = 4  # protected areas are judged by every fourth sample of the cloud
    cloud_every_ns: DurationNs = 1_000_000_000  # a track gets a full cloud at most this often
    cloud_shift: NonNegative = 0.4  # and only once the quick forecast has moved by this many sigmas since the last one,
    cloud_growth: NonNegative = 0.4  # or its variance has changed by this fraction (in ln),
    cloud_stale_ns: DurationNs = 15_000_000_000  # or the last one is this old,
    slack: Prob = 0.04  # or older than this share of the time left, if that is longer; likewise for passages
    max_clouds: Annotated[int, Meta(ge=1)] = 4  # full clouds in one scan, the longest waiting first; the others wait
    missed_every_ns: DurationNs = 5_000_000_000  # a look that missed the track adds nothing: then only after this
    max_fall_s: Positive = 5_400.0  # flying longer than this counts as not coming down (a low orbit takes 5,300 s)
    min_landed: Prob = 0.9  # share of the samples that must come down before an impact is forecast
    sigma_step: Positive = (
        1.5  # of the sigma points, in sigmas: at once and twice this, 2.4 % of a normal lies beyond a pair
    )
    max_sigma_impact_m: Positive = 1.0e6  # a wider region than this (one sigma) says nothing and is not said

    # what is believed of ln(beta / (1 kg/m^2)) of a falling body, beside what the track says: with the tracker's own wide prior
    # (mean ln 5000, sigma 0.7) it comes to sigma 0.434, that of bodies spread evenly in ln beta from 2,000 to 9,000 kg/m^2
    ln_beta: float = 8.5
    sigma_ln_beta: Positive = 0.553
    # and of what has less energy than a flight needs that goes as it was meant to: whole, or pieces of what broke up. Here the
    # tracker's prior is taken out of what the track says and this wider one put in; what the track has learnt soon outweighs it
    slow_jpkg: NonNegative = 1.0e6  # v^2/2 + g h: 1.4 km/s at the ground, thrown some 200 km far or 100 km high
    slow_ln_beta: float = 7.1  # 1,200 kg/m^2; 90 % from 170 to 8,700
    slow_sigma_ln_beta: Positive = 1.2

    # a pull-up: the lift last seen goes on for an unknown time
    n_pull_up: Samples = 1_000
    pull_up_mean_s: Positive = 60.0  # lift just begun goes on for this on average
    pull_up_turn_rad: NonNegative = 0.15  # one sigma of its turn about the velocity, either way
    max_lift_m2pkg: Positive = (
        0.005  # no body bears more (2,000 kg/m^2 of drag at ten times as much lift): a stronger force is cut
    )
    lift_even_s: Positive = 15.0  # lift seen is evened out over this
    lift_step_s: Positive = 2.0  # step of integration while it acts
    pull_up_spread: NonNegative = 0.5  # one sigma of the force's size, as a fraction

    # the fan before burn-out
    fan_every_ns: DurationNs = 2_000_000_000
    fan_burns_s: tuple[NonNegative, ...] = (0.0, 10.0, 20.0, 40.0, 60.0, 90.0, 120.0)  # how long the burn may go on
    fan_growths: tuple[Positive, ...] = (0.6, 1.0, 1.6)  # force after the longest burn over the present one
    fan_turn_rad: NonNegative = 0.15  # how far the force may turn to either side of the plane of flight
    fan_max_reach_m: Positive = 1.5e7  # falls beyond count as not landing
    burn_step_s: Positive = 1.0  # step of integration while a force acts (fourth order; metres of error in a minute)

    # passing over
    paths_every_ns: DurationNs = 5_000_000_000
    n_paths: Samples = 64
    n_path_points: Samples = 240
    path_horizon_s: Positive = 2_400.0  # how far ahead passing over is looked for

    # limits
    max_tracks: Annotated[int, Meta(ge=1)] = 2_000  # tracks remembered; the least recently heard are forgotten first
