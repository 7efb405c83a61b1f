"""What the stage knows from the start: beliefs as arrays, sensors by number, gates."""

from dataclasses import dataclass

import numpy as np

from bongsu.constants import NS_PER_S
from bongsu.kernels.motions import Motions
from bongsu.models.motion import MotionSettings, motions
from bongsu.models.sensors import Sensor
from bongsu.models.settings import Settings
from bongsu.models.sightlines import SightlineSettings
from bongsu.models.telemetry import TelemetrySettings
from bongsu.stages.track.bank import Bools, Floats, Ints
from bongsu.stages.track.measure import chi2_quantile


@dataclass(frozen=True, slots=True)
class Config:
    """Settings of the tracker, and what follows from them."""

    motion: MotionSettings
    telemetry: TelemetrySettings
    sightlines: SightlineSettings
    motions: Motions
    sensors: tuple[Sensor, ...]
    sensor_ids: tuple[str, ...]
    period_ns: Ints  # (sensors,)
    is_infrared: Bools  # (sensors,)
    is_sight: Bools  # (sensors,) infrared or camera: few looks confirm
    sigma_clock_s: Floats  # (sensors,) prior on a constant clock offset
    gate_d2: tuple[float, float, float]  # for plots of 2, 3 and 4 numbers


def configured(settings: Settings) -> Config:
    """The configuration that node settings ask for."""
    motion, sensors = settings.motion, settings.sensors
    return Config(
        motion=motion,
        telemetry=settings.telemetry,
        sightlines=settings.sightlines,
        motions=motions(motion),
        sensors=sensors,
        sensor_ids=tuple(s.sensor_id for s in sensors),
        period_ns=np.array([s.period_ns for s in sensors], dtype=np.int64),
        is_infrared=np.array([s.kind == "infrared" for s in sensors], dtype=np.bool_),
        is_sight=np.array([s.kind in ("infrared", "los") for s in sensors], dtype=np.bool_),
        sigma_clock_s=np.array([s.sigma_clock_s for s in sensors]),
        gate_d2=(
            chi2_quantile(2, motion.p_gate_out),
            chi2_quantile(3, motion.p_gate_out),
            chi2_quantile(4, motion.p_gate_out),
        ),
    )


def sensor_number(cfg: Config, sensor_id: str) -> int:
    """The place of a sensor in the settings, or -1."""
    return cfg.sensor_ids.index(sensor_id) if sensor_id in cfg.sensor_ids else -1


def ns(seconds: float) -> int:
    """Whole nanoseconds."""
    return round(seconds * NS_PER_S)
