"""Everything a node can be set to, as one checked struct; its canonical JSON is hashed into the manifest and replayed from it."""

import msgspec

from bongsu.messages.bulletin import Mode
from bongsu.messages.labels import Nation
from bongsu.messages.units import NodeId
from bongsu.models.activity.fits import ActivitySettings
from bongsu.models.areas import Area
from bongsu.models.boost import BoostSettings
from bongsu.models.classes import ClassSettings
from bongsu.models.decision import DecideSettings
from bongsu.models.detection import DetectionSettings
from bongsu.models.falls import ForecastSettings
from bongsu.models.motion import MotionSettings
from bongsu.models.policy import WarnSettings
from bongsu.models.reconstruct import ReconstructSettings
from bongsu.models.rights import User
from bongsu.models.sensors import Sensor
from bongsu.models.sightlines import SightlineSettings
from bongsu.models.telemetry import TelemetrySettings
from bongsu.models.watch import SignModel, Site, WatchSettings


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One node: who it is, what it hears, what it protects, what each stage believes. Every key has a default."""

    node: NodeId = "laptop"
    nation: Nation = "kor"
    mode: Mode = "test"  # of the log, set when it is opened; no file can say it
    users: tuple[User, ...] = ()
    sensors: tuple[Sensor, ...] = ()
    areas: tuple[Area, ...] = ()
    sites: tuple[Site, ...] = ()
    signs: tuple[SignModel, ...] = ()  # instead of the default models of their kinds
    motion: MotionSettings = MotionSettings()  # stages/track
    sightlines: SightlineSettings = SightlineSettings()  # stages/track/arcs and stages/track/sightlines
    telemetry: TelemetrySettings = TelemetrySettings()  # stages/track/heights and stages/forecast
    detection: DetectionSettings = DetectionSettings()  # stages/detect and stages/event
    boost: BoostSettings = BoostSettings()  # stages/backtrack
    forecast: ForecastSettings = ForecastSettings()  # stages/forecast
    classes: ClassSettings = ClassSettings()  # stages/classify
    reconstruct: ReconstructSettings = ReconstructSettings()  # stages/reconstruct
    activity: ActivitySettings = ActivitySettings()  # stages/watch: history
    watch: WatchSettings = WatchSettings()  # stages/watch: signs and levels
    warn: WarnSettings = WarnSettings()  # stages/threat and stages/warn
    decide: DecideSettings = DecideSettings()  # stages/decide
