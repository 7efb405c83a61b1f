"""What stages/detect and stages/event believe, as data: what is a launch, what belongs to it, what confirms it."""

import math
from typing import Annotated

import msgspec
from msgspec import Meta

from bongsu.messages.units import NonNegative, Positive, Vec3


class DetectionSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Settings of stages/detect and stages/event."""

    # two infrared looks that agree
    window_s: Positive = 40.0  # between them: four revisits of 10 s, so that one missed look loses nothing
    flame_h_m: Positive = 10_000.0  # where a single line of sight is cut: cloud tops and a few seconds of climb
    same_sensor_m: Positive = 60_000.0  # between the two places of one satellite: 40 s at 1.5 km/s
    approach_m: Positive = (
        15_000.0  # between two satellites' lines: five sigma of 50 microradians from high orbit, and more
    )
    approach_mps: NonNegative = 1_500.0  # more for each second between the two looks: the object flew on
    approach_h_m: tuple[float, float] = (-5_000.0, 200_000.0)  # where they may come nearest
    one_view_radius_m: Positive = (
        20_000.0  # 90 % area around the place one satellite gives; its unknown height moves it
    )
    two_view_radius_m: Positive = (
        8_000.0  # of two satellites: drift since lift-off and noise; 90 % of simulated launches lie within 8
    )

    # a track that is no aircraft
    min_plots: Annotated[int, Meta(ge=2)] = 3
    sigmas: Positive = 3.0  # each bound must be passed by so many standard deviations
    height_m: Positive = 25_000.0  # above every aircraft in level flight
    speed_mps: Positive = 800.0  # above every airliner, and the 710 m/s that one jumping position report implies
    climb_mps: Positive = 150.0  # three times a steep airliner climb
    sigma_climb_max_mps: Positive = 50.0  # a climb less certain than this is no evidence
    max_speed_mps: Positive = 11_500.0  # faster than this is a meteor, not a launch
    orbit_perigee_m: Positive = 120_000.0  # an arc that never comes lower is a satellite

    # one launch is declared once
    joins_m: Positive = 200_000.0  # a look this near a declared launch belongs to it ...
    joins_s: Positive = 900.0  # ... for so long
    look_speed_mps: Positive = 8_000.0  # fastest move of a flame between two looks of one satellite
    reach_m: Positive = (
        100_000.0  # a track this near a place may come from it; farther ones must have had time and point away
    )
    falling_mps: Positive = 3_000.0  # what falls may have been this fast before the air slowed it
    drifting_mps: Positive = 300.0  # slower than this over ground, the direction says nothing
    burn_mean_mps2: Positive = 40.0  # mean acceleration of a burn: the ground one covers is v^2 / 2a

    # events
    track_margin_m: Positive = 60_000.0  # around a detection's area, for a track's first states
    piece_m: Positive = 10_000.0  # a track that begins this near to where one of an event's was
    piece_s: Positive = 30.0  # so lately is a piece of it,
    piece_plots: Annotated[int, Meta(ge=2)] = 4  # if it is found to be so by this many plots
    confirm_plots: Annotated[int, Meta(ge=1)] = 3  # of a track by one sensor before that sensor counts as a witness
    no_track_s: Positive = 180.0  # one principle and no track for so long: withdrawn
    aircraft_updates: Annotated[int, Meta(ge=1)] = 10  # level and slow for so many updates in a row: an aircraft
    aircraft_mps: Positive = 350.0
    aircraft_h_m: Positive = 20_000.0
    energy_margin: NonNegative = (
        0.05  # another track leads only with so much more energy; separated parts have the same
    )
    quiet_s: Positive = 60.0  # after the last track landed, or should have
    never_later_s: Positive = 7_200.0  # an event does not stay open longer, whatever its tracks do
    max_events: Annotated[int, Meta(ge=1, le=1000)] = 50
    max_tracks: Annotated[int, Meta(ge=1, le=5000)] = 500  # of which the last state is remembered
    max_looks: Annotated[int, Meta(ge=2, le=5000)] = 300


class Motion(msgspec.Struct, frozen=True):
    """Where an object is and how it moves, ECEF; sigma_v is of one component, roughly."""

    r_ecef_m: Vec3
    v_ecef_mps: Vec3
    sigma_v_mps: float


def could_come_from(settings: DetectionSettings, place_ecef_m: Vec3, since_s: float, motion: Motion) -> bool:
    """Whether an object can have left a place `since_s` ago: it is near it, or had the time and moves away over ground."""
    r, v, doubt_mps = motion.r_ecef_m, motion.v_ecef_mps, settings.sigmas * motion.sigma_v_mps
    away = tuple(a - b for a, b in zip(r, place_ecef_m, strict=True))
    distance_m = math.hypot(*away)
    if distance_m <= settings.reach_m:
        return True
    size, speed = math.hypot(*r), math.hypot(*v)
    climb = sum(a * b for a, b in zip(r, v, strict=True)) / size
    along = math.sqrt(max(speed**2 - climb**2, 0.0))
    fastest = speed + doubt_mps
    if climb < doubt_mps:  # it may be falling, and have been faster
        fastest = max(fastest, settings.falling_mps)
    if distance_m > settings.reach_m + fastest * (max(since_s, 0.0) + settings.window_s):
        return False
    above = sum(a * b for a, b in zip(away, r, strict=True)) / size
    outward = sum(a * b for a, b in zip(away, v, strict=True)) - above * climb
    return along < settings.drifting_mps + doubt_mps or outward > 0.0


def velocity_sigma_mps(lower: tuple[float, ...]) -> float:
    """Root mean variance of the velocity components (states 3 to 5) of a covariance's lower triangle, row by row."""
    return math.sqrt((lower[9] + lower[14] + lower[20]) / 3.0)
