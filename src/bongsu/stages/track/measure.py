"""From a scan to plots that the kernels can weigh: bad ones are counted by reason, good ones sorted."""

import math
from dataclasses import dataclass

import numpy as np
from msgspec import UNSET

from bongsu.constants import NS_PER_S
from bongsu.kernels.earth import C_enu_from_ecef, ecef_from_geodetic, geodetic_from_ecef
from bongsu.kernels.gaussian import PLACE, RADAR, RADAR_RATE, SIGHT
from bongsu.kernels.gaussian import Plots as Columns
from bongsu.messages.inputs import Scan
from bongsu.models.sensors import Sensor
from bongsu.stages.track.bank import Bools, Floats, Ints

AFTER_SCAN_NS = NS_PER_S // 2  # a plot may carry a time this much after its scan's: stamps are rounded
MAX_SPEED_MPS = 12_000.0  # nothing that comes down is faster than escape speed
MAX_HEIGHT_M = 5.0e7  # farther than any orbit or flight watched
GROUND_SLACK_M = 500.0  # below the ellipsoid: lowest land is -430 m, plus rounding
UNIT_SLACK = 1e-3  # of a line of sight's length

MEASURED = {
    "radar": ("range_m", "azimuth_rad", "elevation_rad"),
    "infrared": ("los_ecef",),
    "los": ("los_ecef",),
    "position": ("lat_rad", "lon_rad", "h_m"),
    "telemetry": ("h_m", "speed_mps"),
}
SIGMAS = {
    "radar": ("sigma_range_m", "sigma_azimuth_rad", "sigma_elevation_rad", "sigma_range_rate_mps"),
    "infrared": ("sigma_los_rad",),
    "los": ("sigma_los_rad",),
    "position": ("sigma_horizontal_m", "sigma_h_m"),
    "telemetry": ("sigma_h_m", "sigma_speed_mps"),
}


@dataclass(frozen=True, slots=True)
class Plots:
    """The usable plots of one scan, by time, then by value; shapes as kernels.gaussian.Plots."""

    code: int
    row: Ints  # in the scan
    t_ns: Ints
    origin: Floats  # (k, 3)
    axes: Floats  # (k, 3, 3)
    z: Floats  # (k, 4)
    var: Floats  # (k, 4)

    @property
    def columns(self) -> Columns:
        """All but the rows, as kernels take them."""
        return Columns(self.code, self.t_ns, self.origin, self.axes, self.z, self.var)

    @property
    def places(self) -> Floats:
        """Where each was seen, or for lines of sight one metre along them (k, 3), ECEF: two that are equal here are one."""
        reach_m = np.ones(len(self.row)) if self.code == SIGHT else self.z[:, 0]
        at: Floats = self.origin + reach_m[:, None] * self.axes[:, 2]
        return at

    def __len__(self) -> int:
        return len(self.row)

    def take(self, which: Bools | Ints | slice) -> "Plots":
        """Some of them."""
        return Plots(
            self.code,
            self.row[which],
            self.t_ns[which],
            self.origin[which],
            self.axes[which],
            self.z[which],
            self.var[which],
        )


Rejected = dict[str, int]  # how many plots were refused, by reason, in the order the reasons came up


def count(rejected: Rejected, reason: str, n: int) -> None:
    """Count n refused plots under a reason."""
    if n > 0:
        rejected[reason] = rejected.get(reason, 0) + n


def none(code: int = PLACE) -> Plots:
    """No plots."""
    no = np.zeros(0, np.int64)
    return Plots(code, no, no, np.zeros((0, 3)), np.zeros((0, 3, 3)), np.zeros((0, 4)), np.zeros((0, 4)))


def fault_of(scan: Scan, sensor: Sensor | None) -> str:
    """Why no plot of this scan can be used, or nothing."""
    if sensor is None:
        return "unknown sensor"
    if scan.kind != sensor.kind:
        return "kind differs from the sensor's"
    n = len(scan.t_ns)
    for name in MEASURED[scan.kind]:
        if len(getattr(scan, name)) != n:
            return f"column {name} is not as long as t_ns"
    for name in (*SIGMAS[scan.kind], "range_rate_mps"):
        if len(getattr(scan, name)) not in (0, n):
            return f"column {name} is not as long as t_ns"
    if sensor.is_moving and scan.kind != "position" and scan.sensor_r_ecef_m is UNSET:
        return "place of the moving sensor missing"
    return ""


def n_rows(scan: Scan) -> int:
    """How many plots a scan means to hold: the length of its longest column."""
    names = ("t_ns", *(name for group in MEASURED.values() for name in group))
    return max(len(getattr(scan, name)) for name in names)


def place_of(scan: Scan, sensor: Sensor) -> tuple[Floats, Floats]:
    """Where the sensor was, ECEF (3,), and the rotation from ECEF to its east, north, up (3, 3)."""
    if scan.sensor_r_ecef_m is UNSET:
        place = np.array(ecef_from_geodetic(sensor.lat_rad, sensor.lon_rad, sensor.h_m))
        return place, C_enu_from_ecef(sensor.lat_rad, sensor.lon_rad)
    place = np.array(scan.sensor_r_ecef_m, dtype=float)
    lat_rad, lon_rad, _ = geodetic_from_ecef(place[0], place[1], place[2])
    return place, C_enu_from_ecef(lat_rad, lon_rad)


def plots_of(scan: Scan, sensor: Sensor, t_latest_ns: int, rejected: Rejected) -> Plots:
    """The usable plots of a scan without fault, sorted; the others are counted. t_latest_ns bounds their times."""
    if not scan.t_ns:
        return none()
    raw = np.column_stack([np.array(c, dtype=float).reshape(len(scan.t_ns), -1) for c in _columns(scan, sensor)])
    t_ns = np.array(scan.t_ns, dtype=np.int64)
    order = np.lexsort((*raw.T[::-1], t_ns))
    raw, t_ns = raw[order], t_ns[order]
    reasons = np.full(len(order), "", dtype=object)
    _blame(reasons, t_ns > scan.valid_ns + AFTER_SCAN_NS, "time after its scan")
    _blame(reasons, t_ns > t_latest_ns, "time ahead of the clock")
    _blame(reasons, ~np.isfinite(raw).all(axis=1), "not a finite number")
    _blame(reasons, _doubled(t_ns, raw), "doubled in its scan")
    with np.errstate(invalid="ignore"):
        plots = {"radar": _radar, "position": _position}.get(scan.kind, _sight)(scan, sensor, order, t_ns, raw, reasons)
    for reason in sorted({r for r in reasons.tolist() if r}):
        count(rejected, reason, int((reasons == reason).sum()))
    return plots.take(reasons == "")


def _columns(scan: Scan, sensor: Sensor) -> list[object]:
    """Measured columns, then sigmas: the scan's own, or the sensor's for every row."""
    n = len(scan.t_ns)
    found: list[object] = [getattr(scan, name) for name in MEASURED[scan.kind]]
    found += [getattr(scan, name) or (getattr(sensor, name),) * n for name in SIGMAS[scan.kind]]
    if scan.range_rate_mps and scan.kind == "radar":
        found.append(scan.range_rate_mps)
    return found


def _blame(reasons: np.ndarray, is_bad: Bools, reason: str) -> None:
    """Give a reason to the bad rows that have none yet."""
    reasons[is_bad & (reasons == "")] = reason


def _doubled(t_ns: Ints, raw: Floats) -> Bools:
    """Which of the sorted rows equal the one before."""
    same = np.zeros(len(t_ns), np.bool_)
    same[1:] = (t_ns[1:] == t_ns[:-1]) & (raw[1:] == raw[:-1]).all(axis=1)
    return same


def _radar(scan: Scan, sensor: Sensor, row: Ints, t_ns: Ints, raw: Floats, reasons: np.ndarray) -> Plots:
    """Range and two directions across the line of sight; near the zenith azimuth says little, and is given little."""
    range_m, azimuth_rad, elevation_rad, s_range, s_azimuth, s_elevation, s_rate = raw.T[:7]
    place, C = place_of(scan, sensor)
    sa, ca, se, ce = np.sin(azimuth_rad), np.cos(azimuth_rad), np.sin(elevation_rad), np.cos(elevation_rad)
    k = len(row)
    enu = np.zeros((k, 3, 3))
    enu[:, 0, 0], enu[:, 0, 1] = ca, -sa
    enu[:, 1, 0], enu[:, 1, 1], enu[:, 1, 2] = -sa * se, -ca * se, ce
    enu[:, 2, 0], enu[:, 2, 1], enu[:, 2, 2] = sa * ce, ca * ce, se
    axes = enu[:, :, 0, None] * C[0] + enu[:, :, 1, None] * C[1] + enu[:, :, 2, None] * C[2]
    z, var = np.zeros((k, 4)), np.ones((k, 4))
    z[:, 0] = range_m
    var_azimuth = s_azimuth**2 + sensor.sigma_bias_azimuth_rad**2
    var_elevation = s_elevation**2 + sensor.sigma_bias_elevation_rad**2
    var[:, 0] = s_range**2 + sensor.sigma_bias_range_m**2
    var[:, 1] = var_azimuth * (ce**2 + var_elevation)  # second order: at the zenith cos(el) itself is uncertain
    var[:, 2] = var_elevation
    _blame(reasons, ~(range_m > 0.0), "range not positive")
    seen = place + range_m[:, None] * axes[:, 2]
    slack_m = GROUND_SLACK_M + 3.0 * range_m * s_elevation
    _blame(reasons, _heights(seen) < -slack_m, "below the ground")
    if raw.shape[1] == 7:
        return Plots(RADAR, row, t_ns, np.tile(place, (k, 1)), axes, z, var)
    z[:, 3], var[:, 3] = raw[:, 7], s_rate**2
    _blame(reasons, np.abs(raw[:, 7]) > MAX_SPEED_MPS, "range rate too fast")
    return Plots(RADAR_RATE, row, t_ns, np.tile(place, (k, 1)), axes, z, var)


def _sight(scan: Scan, sensor: Sensor, row: Ints, t_ns: Ints, raw: Floats, reasons: np.ndarray) -> Plots:
    """Two directions across a line of sight; any pair will do, as its errors are round."""
    place, _ = place_of(scan, sensor)
    length = np.sqrt(raw[:, 0] ** 2 + raw[:, 1] ** 2 + raw[:, 2] ** 2)
    _blame(reasons, ~(np.abs(length - 1.0) <= UNIT_SLACK), "line of sight is not a unit vector")
    c = raw[:, :3] / length[:, None]
    aside = np.zeros_like(c)
    is_polar = np.abs(c[:, 2]) > 0.9
    aside[is_polar, 0], aside[~is_polar, 2] = 1.0, 1.0
    a = np.cross(aside, c)
    a /= np.sqrt(a[:, 0] ** 2 + a[:, 1] ** 2 + a[:, 2] ** 2)[:, None]
    axes = np.stack((a, np.cross(c, a), c), axis=1)
    k = len(row)
    var = np.ones((k, 4))
    var[:, 0] = var[:, 1] = raw[:, 3] ** 2
    return Plots(SIGHT, row, t_ns, np.tile(place, (k, 1)), axes, np.zeros((k, 4)), var)


def _position(scan: Scan, sensor: Sensor, row: Ints, t_ns: Ints, raw: Floats, reasons: np.ndarray) -> Plots:
    """East, north and up of a stated place; the residual is measured from there."""
    lat_rad, lon_rad, h_m, s_horizontal, s_h = raw.T
    k = len(row)
    origin, axes = np.zeros((k, 3)), np.zeros((k, 3, 3))
    for i in range(k):
        origin[i] = ecef_from_geodetic(lat_rad[i], lon_rad[i], h_m[i])
        axes[i] = C_enu_from_ecef(lat_rad[i], lon_rad[i])
    var = np.ones((k, 4))
    var[:, 0] = var[:, 1] = s_horizontal**2
    var[:, 2] = s_h**2
    _blame(reasons, h_m < -GROUND_SLACK_M - 3.0 * s_h, "below the ground")
    _blame(reasons, h_m > MAX_HEIGHT_M, "higher than any flight")
    return Plots(PLACE, row, t_ns, origin, axes, np.zeros((k, 4)), var)


def _heights(r: Floats) -> Floats:
    """Ellipsoidal heights of places (k, 3)."""
    return np.array([geodetic_from_ecef(x, y, z)[2] for x, y, z in r.tolist()])


def sub_scans(t_ns: Ints, within_ns: int) -> list[slice]:
    """Stretches of sorted times no longer than within_ns."""
    found, start = [], 0
    while start < len(t_ns):
        end = int(np.searchsorted(t_ns, t_ns[start] + within_ns, side="right"))
        found.append(slice(start, end))
        start = end
    return found


def chi2_quantile(n: int, p_out: float) -> float:
    """The value a chi-squared variable with 2, 3 or 4 degrees of freedom exceeds with probability p_out, by bisection.

    Survival: n = 2 exp(-x/2); 3 erfc(sqrt(x/2)) + sqrt(2 x / pi) exp(-x/2); 4 (1 + x/2) exp(-x/2).
    Source: Abramowitz & Stegun, 26.4.4-5.
    """

    def survival(x: float) -> float:
        tail = math.exp(-0.5 * x)
        if n == 3:
            return math.erfc(math.sqrt(0.5 * x)) + math.sqrt(2.0 * x / math.pi) * tail
        return tail if n == 2 else (1.0 + 0.5 * x) * tail

    low, high = 0.0, 1000.0
    for _ in range(60):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if survival(middle) > p_out else (low, middle)
    return high
