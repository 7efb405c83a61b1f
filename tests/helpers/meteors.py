"""Bodies that come in from outside, and ground cameras that see them with clocks of their own. Truth is integrated here."""

import math
from dataclasses import dataclass

import numpy as np

from bongsu.constants import GM_EARTH_M3PS2, NS_PER_S, OMEGA_EARTH_RADPS
from bongsu.kernels.air import density_kgpm3
from bongsu.kernels.earth import C_enu_from_ecef, ecef_from_geodetic, geodetic_from_ecef
from bongsu.messages.inputs import Scan, Tick
from bongsu.models.sensors import Sensor

T0_NS = 1_600_000_000 * NS_PER_S + 300_000_000


@dataclass(frozen=True)
class Body:
    """A path sampled every `step_s` from T0 until it is too low or slow to be seen: (n, 6) ECEF."""

    step_s: float
    states: np.ndarray

    @property
    def end_s(self) -> float:
        return self.step_s * (len(self.states) - 1)

    def at(self, t_s: float) -> np.ndarray:
        i = t_s / self.step_s
        k = min(int(i), len(self.states) - 2)
        return self.states[k] + (i - k) * (self.states[k + 1] - self.states[k])


def come_in(
    lat_deg: float = 44.1,
    lon_deg: float = -81.3,
    h_m: float = 116e3,
    *,
    speed_mps: float = 67e3,
    dive_deg: float = 61.0,
    azimuth_deg: float = 340.0,
    beta_kgpm2: float = 1e9,
    end_s: float = 0.35,
    least_h_m: float = 25e3,
    least_mps: float = 3e3,
) -> Body:
    """Fall through a standard atmosphere with gravity, rotation and drag, by the midpoint rule."""
    lat, lon, dive, azimuth = (math.radians(a) for a in (lat_deg, lon_deg, dive_deg, azimuth_deg))
    east, north, up = C_enu_from_ecef(lat, lon)
    ahead = math.sin(azimuth) * east + math.cos(azimuth) * north
    y = np.concatenate((ecef_from_geodetic(lat, lon, h_m), speed_mps * (math.cos(dive) * ahead - math.sin(dive) * up)))
    w, step_s, found = np.array([0.0, 0.0, OMEGA_EARTH_RADPS]), 0.002, []

    def rate(y: np.ndarray) -> np.ndarray:
        r, v = y[:3], y[3:]
        drag = 0.5 / beta_kgpm2 * density_kgpm3(max(geodetic_from_ecef(*r)[2], 0.0)) * np.linalg.norm(v)
        pull = -GM_EARTH_M3PS2 / np.linalg.norm(r) ** 3 * r - 2.0 * np.cross(w, v) - np.cross(w, np.cross(w, r))
        return np.concatenate((v, pull - drag * v))

    while (
        len(found) * step_s <= end_s and geodetic_from_ecef(*y[:3])[2] > least_h_m and np.linalg.norm(y[3:]) > least_mps
    ):
        found.append(y)
        y = y + step_s * rate(y + 0.5 * step_s * rate(y))
    return Body(step_s, np.array(found))


def camera(name: str, lat_deg: float, lon_deg: float, *, sigma_deg: float = 0.01, sigma_clock_s: float = 1.0) -> Sensor:
    """A camera on the ground."""
    return Sensor(
        sensor_id=name, kind="los", lat_rad=math.radians(lat_deg), lon_rad=math.radians(lon_deg), h_m=300.0,
        sigma_los_rad=math.radians(sigma_deg), sigma_clock_s=sigma_clock_s, period_ns=NS_PER_S // 25,
    )  # fmt: skip


@dataclass(frozen=True)
class Watch:
    """One camera looking from `start_s` to `end_s` after T0, its clock ahead by `clock_s`; rows in `bad` are off by degrees."""

    sensor: Sensor
    rate_hz: float = 30.0
    start_s: float = 0.0
    end_s: float = math.inf
    clock_s: float = 0.0
    bad: tuple[tuple[int, float], ...] = ()  # row and degrees
    noise: float = 1.0


def scans(body: Body, watches: list[Watch], seed: int = 0) -> list[Scan]:
    """One scan a line of sight, in order of their stamps."""
    rng, found = np.random.default_rng(seed), []
    for watch in watches:
        s = watch.sensor
        place = np.array(ecef_from_geodetic(s.lat_rad, s.lon_rad, s.h_m))
        bad = dict(watch.bad)
        times = np.arange(watch.start_s, min(watch.end_s, body.end_s), 1.0 / watch.rate_hz)
        for i, t_s in enumerate(times.tolist()):
            u = body.at(t_s)[:3] - place
            u /= np.linalg.norm(u)
            a = np.cross(u, [0.0, 0.0, 1.0])
            a /= np.linalg.norm(a)
            x, y = rng.normal(size=2) * s.sigma_los_rad * watch.noise
            u = u + (x + math.radians(bad.get(i, 0.0))) * a + y * np.cross(u, a)
            u /= np.linalg.norm(u)
            t_ns = T0_NS + round((t_s + watch.clock_s) * NS_PER_S)
            found.append(
                Scan(
                    sensor_id=s.sensor_id, scan_id=f"{s.sensor_id}-{i}", kind="los", valid_ns=t_ns, t_ns=(t_ns,),
                    los_ecef=(tuple(u.tolist()),),
                )
            )  # fmt: skip
    return sorted(found, key=lambda scan: scan.valid_ns)


def with_ticks(found: list[Scan], after_s: int = 60) -> list[Scan | Tick]:
    """The scans with a tick at every whole second between them, and for a while after the last."""
    out: list[Scan | Tick] = []
    due_ns = found[0].valid_ns // NS_PER_S * NS_PER_S
    for scan in found:
        while due_ns <= scan.valid_ns:
            out.append(Tick(valid_ns=due_ns))
            due_ns += NS_PER_S
        out.append(scan)
    return out + [Tick(valid_ns=due_ns + k * NS_PER_S) for k in range(after_s)]
