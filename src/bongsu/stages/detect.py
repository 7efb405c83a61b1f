"""Infrared looks that agree, and tracks that cannot be aircraft, are a launch: said once for each launch.

Two looks are enough: two of one satellite near one place, or of two satellites whose lines of sight nearly meet. A track is
enough when its height, speed or climb passes what aircraft do by three standard deviations after three plots. What belongs to
a launch already declared is spent without a word.
"""

import math
from dataclasses import dataclass, replace

from msgspec import UNSET

from bongsu.constants import GM_EARTH_M3PS2, NS_PER_S, OMEGA_EARTH_RADPS, R_MEAN_EARTH_M
from bongsu.geo.tables import Tables
from bongsu.kernels.earth import ecef_from_geodetic, geodetic_from_ecef
from bongsu.kernels.sight import closest_approach, point_at_height
from bongsu.messages.base import Finding, Message
from bongsu.messages.inputs import Scan
from bongsu.messages.tracking import HeightsUpdated, LaunchDetected, TrackEnded, TracksUpdated
from bongsu.messages.units import Vec3
from bongsu.models.detection import DetectionSettings, Motion, could_come_from, velocity_sigma_mps
from bongsu.models.sensors import Sensor
from bongsu.models.settings import Settings

STRONG, WEAK, ENOUGH = 2, 1, 2  # points of one update of a track, and how many in a row make a launch
MAX_LAUNCHES = 64


@dataclass(frozen=True, slots=True)
class Config:
    """What is believed, and the sensors by id."""

    settings: DetectionSettings
    sensors: dict[str, Sensor]


@dataclass(frozen=True, slots=True)
class Look:
    """A flame in one look: the line of sight, and where it meets the height at which flames are first seen."""

    sensor_id: str
    scan_id: str
    t_ns: int
    from_ecef_m: Vec3
    los_ecef: Vec3
    at_ecef_m: Vec3


@dataclass(frozen=True, slots=True)
class Launch:
    """A declared launch: its place, its tracks, and where each satellite saw its flame last."""

    first_ns: int
    at_ecef_m: Vec3
    track_ids: tuple[str, ...]
    looks: tuple[Look, ...]


@dataclass(frozen=True, slots=True)
class State:
    """Looks not yet spent, launches declared, and points of tracks on their way to a detection."""

    looks: tuple[Look, ...] = ()
    launches: tuple[Launch, ...] = ()
    points: tuple[tuple[str, int], ...] = ()
    n_detections: int = 0


def configure(settings: Settings, tables: Tables) -> Config:
    """The configuration of this stage; no table is needed."""
    return Config(settings.detection, {sensor.sensor_id: sensor for sensor in settings.sensors})


def start(cfg: Config) -> State:
    """The state before anything was heard."""
    return State()


def step(cfg: Config, state: State, message: Message) -> tuple[State, list[Finding]]:
    """Declare what the looks or the tracks of this message add up to."""
    if isinstance(message, Scan):
        return _infrared(cfg, state, message) if message.kind == "infrared" and message.t_ns else (state, [])
    if isinstance(message, TracksUpdated):
        return _tracks(cfg, state, message)
    if isinstance(message, HeightsUpdated):
        return _heights(cfg, state, message)
    if isinstance(message, TrackEnded):
        return replace(state, points=tuple(p for p in state.points if p[0] != message.track_id)), []
    return state, []


def _infrared(cfg: Config, state: State, scan: Scan) -> tuple[State, list[Finding]]:
    """Spend the looks of one scan on launches already declared, pair the others with earlier ones."""
    sensor = cfg.sensors.get(scan.sensor_id)
    if sensor is None:
        return state, []
    found: list[Finding] = []
    for look in _looks(cfg.settings, scan, sensor):
        launch = next((i for i, known in enumerate(state.launches) if _belongs(cfg.settings, known, look)), None)
        if launch is not None:
            state = _with_look(state, launch, look)
            continue
        partner = next((p for p in reversed(state.looks) if _agree(cfg.settings, p, look)), None)
        if partner is None:
            kept = tuple(p for p in state.looks if look.t_ns - p.t_ns <= cfg.settings.window_s * NS_PER_S)
            state = replace(state, looks=(*kept, look)[-cfg.settings.max_looks :])
        else:
            state, said = _declare_looks(cfg, state, partner, look)
            found.append(said)
    return state, found


def _looks(settings: DetectionSettings, scan: Scan, sensor: Sensor) -> list[Look]:
    """The plots of a scan as looks; one whose line passes the Earth by is none."""
    if scan.sensor_r_ecef_m is not UNSET:
        place = scan.sensor_r_ecef_m
    else:
        place = _vec3(ecef_from_geodetic(sensor.lat_rad, sensor.lon_rad, sensor.h_m))
    found = []
    for t_ns, los in zip(scan.t_ns, scan.los_ecef, strict=True):
        at = _vec3(point_at_height(*place, *los, settings.flame_h_m))
        if math.isfinite(at[0]):
            found.append(Look(scan.sensor_id, scan.scan_id, t_ns, place, los, at))
    return found


def _agree(settings: DetectionSettings, a: Look, b: Look) -> bool:
    """Whether two looks can be one flame: near places of one satellite, or lines of two that nearly meet."""
    apart_s = abs(b.t_ns - a.t_ns) / NS_PER_S
    if apart_s > settings.window_s or (a.sensor_id, a.scan_id) == (b.sensor_id, b.scan_id):
        return False
    if a.sensor_id == b.sensor_id:
        return math.dist(a.at_ecef_m, b.at_ecef_m) <= settings.same_sensor_m
    x, y, z, gap_m = closest_approach(*a.from_ecef_m, *a.los_ecef, *b.from_ecef_m, *b.los_ecef)
    if not gap_m <= settings.approach_m + settings.approach_mps * apart_s:
        return False
    low_m, high_m = settings.approach_h_m
    return bool(low_m <= geodetic_from_ecef(x, y, z)[2] <= high_m)


def _belongs(settings: DetectionSettings, launch: Launch, look: Look) -> bool:
    """Whether a look shows a launch already declared: near its place, or near where the same satellite saw it last."""
    apart_s = abs(look.t_ns - launch.first_ns) / NS_PER_S
    if apart_s <= settings.joins_s and math.dist(look.at_ecef_m, launch.at_ecef_m) <= settings.joins_m:
        return True
    for last in launch.looks:
        since_s = abs(look.t_ns - last.t_ns) / NS_PER_S
        if last.sensor_id == look.sensor_id and since_s <= 2.0 * settings.window_s:
            reach_m = settings.same_sensor_m + settings.look_speed_mps * since_s
            return math.dist(look.at_ecef_m, last.at_ecef_m) <= reach_m
    return False


def _with_look(state: State, i: int, look: Look) -> State:
    """Remember where a satellite saw a declared launch last."""
    launch = state.launches[i]
    others = tuple(known for known in launch.looks if known.sensor_id != look.sensor_id)
    moved = replace(launch, looks=(*others, look))
    return replace(state, launches=(*state.launches[:i], moved, *state.launches[i + 1 :]))


def _declare_looks(cfg: Config, state: State, a: Look, b: Look) -> tuple[State, Finding]:
    """A launch from two looks that agree."""
    settings = cfg.settings
    at, radius_m = b.at_ecef_m, settings.one_view_radius_m
    if a.sensor_id == b.sensor_id:
        at = a.at_ecef_m if a.t_ns <= b.t_ns else b.at_ecef_m
    else:
        at = _vec3(closest_approach(*a.from_ecef_m, *a.los_ecef, *b.from_ecef_m, *b.los_ecef))
        radius_m = settings.two_view_radius_m
    launch = Launch(min(a.t_ns, b.t_ns), at, (), (a, b) if a.sensor_id != b.sensor_id else (b,))
    spent = replace(state, looks=tuple(p for p in state.looks if not (p is a or _belongs(settings, launch, p))))
    scans = tuple(sorted({f"{look.sensor_id}/{look.scan_id}" for look in (a, b)}))
    return _declared(
        spent, launch, "infrared", tuple(sorted({a.sensor_id, b.sensor_id})), scans, radius_m, max(a.t_ns, b.t_ns)
    )


def _declared(
    state: State,
    launch: Launch,
    principle: str,
    evidence: tuple[str, ...],
    scans: tuple[str, ...],
    radius_m: float,
    now_ns: int,
) -> tuple[State, Finding]:
    lat_rad, lon_rad, _ = geodetic_from_ecef(*launch.at_ecef_m)
    n = state.n_detections + 1
    said = LaunchDetected(
        detection_id=f"D{n:06d}", valid_ns=now_ns, evidence=evidence, principle=principle,  # type: ignore[arg-type]
        lat_rad=float(lat_rad), lon_rad=float(lon_rad), radius_m=radius_m, scans=scans, track_ids=launch.track_ids,
    )  # fmt: skip
    return replace(state, launches=(*state.launches, launch)[-MAX_LAUNCHES:], n_detections=n), said


def _tracks(cfg: Config, state: State, message: TracksUpdated) -> tuple[State, list[Finding]]:
    """Count what each updated track shows; a radar's strong sign is enough at once, a reported position's needs a second."""
    sensor = cfg.sensors.get(message.sensor_id)
    if sensor is None or sensor.kind not in ("radar", "position"):
        return state, []
    points = dict(state.points)
    found: list[Finding] = []
    for i, track_id in enumerate(message.track_id):
        if message.plot[i] < 0:
            continue
        gained = _points(cfg.settings, message, i)
        if gained == 0:
            points.pop(track_id, None)
            continue
        points[track_id] = points.get(track_id, 0) + (gained if sensor.kind == "radar" else WEAK)
        if points[track_id] < ENOUGH:
            continue
        launch = next(
            (k for k, known in enumerate(state.launches) if _comes_from(cfg.settings, known, message, i)), None
        )
        if launch is not None:
            state = _with_track(state, launch, track_id)
        else:
            state, said = _declare_track(cfg, state, message, i, sensor)
            found.append(said)
    return replace(state, points=tuple(points.items())[-cfg.settings.max_tracks :]), found


def _points(settings: DetectionSettings, message: TracksUpdated, i: int) -> int:
    """STRONG for a height or speed no aircraft has, WEAK for a climb, 0 for what aircraft, meteors and satellites do."""
    r, v, h_m, speed = message.r_ecef_m[i], message.v_ecef_mps[i], message.h_m[i], message.speed_mps[i]
    if message.n_plots[i] < settings.min_plots or message.p_level[i] > 0.5:
        return 0
    size = math.hypot(*r)
    up = (r[0] / size, r[1] / size, r[2] / size)
    climb = sum(a * b for a, b in zip(up, v, strict=True))
    if h_m <= settings.height_m and speed <= settings.speed_mps and climb <= settings.climb_mps:
        return 0
    if speed > settings.max_speed_mps or _perigee_m(r, v) > settings.orbit_perigee_m:
        return 0
    cov, k = message.cov_ballistic[i], settings.sigmas
    along = tuple(c / max(speed, 1.0) for c in v)
    is_high = h_m - k * _sigma(cov, 0, up) > settings.height_m
    if is_high or speed - k * _sigma(cov, 3, along) > settings.speed_mps:
        return STRONG
    sigma_climb = _sigma(cov, 3, up)
    is_steep = sigma_climb <= settings.sigma_climb_max_mps and climb - k * sigma_climb > settings.climb_mps
    return WEAK if is_steep else 0


def _sigma(lower: tuple[float, ...], first: int, along: tuple[float, ...]) -> float:
    """Standard deviation along a unit vector of three states, from the lower triangle of a covariance."""
    var = 0.0
    for a in range(3):
        for b in range(3):
            row, column = first + max(a, b), first + min(a, b)
            var += along[a] * along[b] * lower[row * (row + 1) // 2 + column]
    return math.sqrt(max(var, 0.0))


def _perigee_m(r: Vec3, v: Vec3) -> float:
    """Height of the lowest point of the two-body orbit through a state in the rotating frame; -R on a straight fall."""
    w = OMEGA_EARTH_RADPS
    vx, vy, vz = v[0] - w * r[1], v[1] + w * r[0], v[2]
    size, v2 = math.hypot(*r), vx * vx + vy * vy + vz * vz
    momentum2 = (r[1] * vz - r[2] * vy) ** 2 + (r[2] * vx - r[0] * vz) ** 2 + (r[0] * vy - r[1] * vx) ** 2
    energy = 0.5 * v2 - GM_EARTH_M3PS2 / size
    e = math.sqrt(max(1.0 + 2.0 * energy * momentum2 / GM_EARTH_M3PS2**2, 0.0))
    return momentum2 / GM_EARTH_M3PS2 / (1.0 + e) - R_MEAN_EARTH_M


def _comes_from(settings: DetectionSettings, launch: Launch, message: TracksUpdated, i: int) -> bool:
    """Whether a track is one of a declared launch, or can come from its place."""
    if message.track_id[i] in launch.track_ids:
        return True
    since_s = (message.t_ns[i] - launch.first_ns) / NS_PER_S
    if abs(since_s) > settings.joins_s:
        return False
    motion = Motion(message.r_ecef_m[i], message.v_ecef_mps[i], velocity_sigma_mps(message.cov_ballistic[i]))
    return could_come_from(settings, launch.at_ecef_m, since_s, motion)


def _with_track(state: State, i: int, track_id: str) -> State:
    launch = state.launches[i]
    if track_id in launch.track_ids:
        return state
    grown = replace(launch, track_ids=(*launch.track_ids, track_id)[-16:])
    return replace(state, launches=(*state.launches[:i], grown, *state.launches[i + 1 :]))


def _declare_track(cfg: Config, state: State, message: TracksUpdated, i: int, sensor: Sensor) -> tuple[State, Finding]:
    """A launch from one track: somewhere back along it, within the ground a burn to its speed covers."""
    r, v, speed = message.r_ecef_m[i], message.v_ecef_mps[i], message.speed_mps[i]
    burn_m = 0.5 * speed * speed / cfg.settings.burn_mean_mps2
    back_s = burn_m / max(speed, 1.0)
    at = (r[0] - back_s * v[0], r[1] - back_s * v[1], r[2] - back_s * v[2])
    lat_rad, lon_rad, _ = geodetic_from_ecef(*at)
    on_ground = _vec3(ecef_from_geodetic(lat_rad, lon_rad, 0.0))
    launch = Launch(message.t_ns[i], on_ground, (message.track_id[i],), ())
    scans = (f"{message.sensor_id}/{message.scan_id}",)
    kind = "radar" if sensor.kind == "radar" else "position"
    radius_m = cfg.settings.two_view_radius_m + burn_m + message.sigma_pos_m[i]
    return _declared(state, launch, kind, (message.sensor_id,), scans, radius_m, message.valid_ns)


def _heights(cfg: Config, state: State, message: HeightsUpdated) -> tuple[State, list[Finding]]:
    """Telemetry knows no place but its pad's: fast or high for two updates in a row is a launch from there."""
    sensor = cfg.sensors.get(message.sensor_id)
    if sensor is None:
        return state, []
    points = dict(state.points)
    found: list[Finding] = []
    for i, track_id in enumerate(message.track_id):
        is_beyond = message.h_m[i] > cfg.settings.height_m or message.speed_mps[i] > cfg.settings.speed_mps
        points[track_id] = points.get(track_id, 0) + WEAK if is_beyond else 0
        is_known = any(track_id in launch.track_ids for launch in state.launches)
        if points[track_id] < ENOUGH or is_known:
            continue
        place = _vec3(ecef_from_geodetic(sensor.lat_rad, sensor.lon_rad, sensor.h_m))
        launch = Launch(message.t_ns[i], place, (track_id,), ())
        scans = (f"{message.sensor_id}/{message.scan_id}",)
        state, said = _declared(
            state, launch, "telemetry", (message.sensor_id,), scans, cfg.settings.two_view_radius_m, message.valid_ns
        )
        found.append(said)
    kept = tuple((track_id, n) for track_id, n in points.items() if n > 0)
    return replace(state, points=kept[-cfg.settings.max_tracks :]), found


def _vec3(numbers: tuple[float, ...]) -> Vec3:
    """The first three of a kernel's numbers as plain floats."""
    return float(numbers[0]), float(numbers[1]), float(numbers[2])
