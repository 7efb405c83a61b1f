"""What the forecast keeps: settings and fixed samples as configuration, the last forecast of each track as state."""

from dataclasses import dataclass, field

import numpy as np

from bongsu.constants import G0_MPS2
from bongsu.geo.coastline import ZoneTable
from bongsu.kernels.cloud import N_SUMMARY
from bongsu.messages.assessment import LaunchPointEstimate
from bongsu.messages.tracking import Phase, TracksUpdated
from bongsu.models.areas import Area
from bongsu.models.falls import ForecastSettings
from bongsu.models.motion import MotionSettings
from bongsu.models.sensors import Sensor
from bongsu.models.telemetry import TelemetrySettings

N_STATE = 7  # position, velocity, ln beta
N_POINTS = 4 * N_STATE + 1  # sigma points of the quick forecast
N_FALL = 9  # columns of kernels.flight.falls
NEVER = 0  # a time at which nothing was forecast yet


LN_BETA = 6  # its place in the ballistic state
LEAST_LEFT = 0.2  # of the information on ln beta, when some is taken away


@dataclass(frozen=True, slots=True)
class LnBeta:
    """A belief of ln beta as a measurement; negative information takes away what the tracker believed before any plot."""

    value: float
    information: float  # 1 / variance


@dataclass(frozen=True, slots=True)
class Config:
    """Settings, zones, protected areas, and the fixed samples of every kind of cloud."""

    belief: ForecastSettings
    usual: LnBeta
    slow: LnBeta  # of what has too little energy for a flight that went as it was meant to
    telemetry: TelemetrySettings
    sensors: tuple[Sensor, ...]
    zones: ZoneTable
    hit: tuple[Area, ...]  # areas whose fall matters, sorted by id
    overflown: tuple[Area, ...]  # areas whose overflight matters, sorted by id
    z_cloud: np.ndarray  # (n_cloud, 7)
    z_surface: np.ndarray  # (n_surface, 7)
    z_pull_up: np.ndarray  # (n_pull_up, 10): the state, how long, how strong, which way
    z_paths: np.ndarray  # (n_paths, 7)


@dataclass(frozen=True, slots=True)
class Top:
    """The apogee forecast in force: height with its 90 % interval, and when; `valid_ns` NEVER while there is none."""

    apogee_m: float = 0.0
    low_m: float = 0.0
    high_m: float = 0.0
    apogee_ns: int = NEVER
    valid_ns: int = NEVER
    phase: Phase = "undetermined"


@dataclass(frozen=True, slots=True)
class Lift:
    """Lift last seen: when, since when, and its size for the pressure of the air, along, above and across the velocity;
    `t_ns` NEVER while none was.
    """

    t_ns: int = NEVER
    since_ns: int = NEVER
    ratio_m2pkg: np.ndarray = field(default_factory=lambda: np.zeros(3))


@dataclass(frozen=True, slots=True)
class Cloud:
    """The last full cloud: when and in which phase, its region, and the probabilities of zones and protected areas by
    id.
    """

    t_ns: int = NEVER
    phase: Phase = "undetermined"
    summary: np.ndarray = field(default_factory=lambda: np.full(N_SUMMARY, np.nan))  # kernels.cloud.landing_summary
    impact_ns: int = NEVER
    zones: tuple[tuple[str, float], ...] = ()
    areas: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What was last forecast of one track."""

    track_id: str
    heard_ns: int
    fan_ns: int = NEVER
    detail_ns: int = NEVER  # the last forecast with apogee and whole flight
    paths_ns: int = NEVER
    cloud: Cloud = Cloud()
    lift: Lift = Lift()
    highest_m: float = 0.0  # seen so far
    is_after_force: bool = False  # a force was seen since the last apogee forecast
    top: Top = Top()
    launch: tuple[LaunchPointEstimate, ...] = ()  # none or the latest


@dataclass(frozen=True, slots=True)
class State:
    """One row a track, in the order they were last heard; bounded by the settings."""

    tracks: tuple[Known, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One track of a TracksUpdated, as arrays: the unpowered state with its covariance, and the force seen."""

    track_id: str
    t_ns: int
    phase: Phase
    is_seen: bool  # a plot updated it, not a miss
    h_m: float
    v_up_mps: float
    combined: np.ndarray  # (6,) position and velocity of the combined estimate, ECEF
    force: np.ndarray  # (3,) m/s^2, ECEF
    mean: np.ndarray  # (7,)
    cov: np.ndarray  # (7, 7)


def rows_of(cfg: Config, update: TracksUpdated) -> list[Row]:
    """The confirmed tracks of an update."""
    return [_row(cfg, update, i) for i, is_confirmed in enumerate(update.is_confirmed) if is_confirmed]


def slow_belief(belief: ForecastSettings, motion: MotionSettings) -> LnBeta:
    """What turns the tracker's belief before any plot into the wider one of slow bodies: it takes information away."""
    before, wanted = motion.sigma_ln_beta**-2, belief.slow_sigma_ln_beta**-2
    value = (wanted * belief.slow_ln_beta - before * motion.ln_beta) / (wanted - before)
    return LnBeta(value, wanted - before)


def conditioned(told: LnBeta, mean: np.ndarray, cov: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The state given what is believed of the ballistic coefficient of what falls, as one more measurement of ln beta.

    The tracker starts wide so that it can follow anything. This belief is used in the forecast alone, and anew each time, so
    it never adds up. mean (7,), cov (7, 7); returns both, conditioned, or as they are where a track that had long been out of
    sight would be left with next to no information.
    """
    left = 1.0 + told.information * cov[LN_BETA, LN_BETA]
    if left < LEAST_LEFT:
        return mean, cov
    gain = cov[:, LN_BETA] * told.information / left
    return mean + gain * (told.value - mean[LN_BETA]), cov - gain[:, None] * cov[LN_BETA]


def _row(cfg: Config, update: TracksUpdated, i: int) -> Row:
    cov = np.zeros((N_STATE, N_STATE))
    below = np.tril_indices(N_STATE)
    cov[below] = update.cov_ballistic[i]
    cov.T[below] = update.cov_ballistic[i]
    mean = np.array(update.ballistic[i])
    is_slow = 0.5 * float(mean[3:6] @ mean[3:6]) + G0_MPS2 * update.h_m[i] < cfg.belief.slow_jpkg
    mean, cov = conditioned(cfg.slow if is_slow else cfg.usual, mean, cov)
    combined = np.array(update.r_ecef_m[i] + update.v_ecef_mps[i])
    x, y, z, vx, vy, vz = combined.tolist()
    up = (x * vx + y * vy + z * vz) / max(1.0, (x * x + y * y + z * z) ** 0.5)
    return Row(
        track_id=update.track_id[i],
        t_ns=update.t_ns[i],
        phase=update.phase[i],
        is_seen=update.plot[i] >= 0,
        h_m=update.h_m[i],
        v_up_mps=up,
        combined=combined,
        force=np.array(update.force_ecef_mps2[i]),
        mean=mean,
        cov=cov,
    )
