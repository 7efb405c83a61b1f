"""A small world for tests of the tracker: flights with their own equations of motion, and sensors that look at them.

Truth is flown in an inertial frame by scipy, so that it shares neither equations nor integrator with the tracker.
"""

import math
from dataclasses import dataclass, field

import numpy as np
from scipy.integrate import solve_ivp

from bongsu.constants import A_EARTH_M, GM_EARTH_M3PS2, J2_EARTH, NS_PER_S, OMEGA_EARTH_RADPS
from bongsu.kernels.air import density_kgpm3
from bongsu.kernels.earth import C_enu_from_ecef, ecef_from_geodetic, geodetic_from_ecef
from bongsu.messages.inputs import Scan
from bongsu.models.sensors import Sensor
from bongsu.models.settings import Settings

T0_NS = 1_700_000_000 * NS_PER_S
W = np.array([0.0, 0.0, OMEGA_EARTH_RADPS])


def turned(angle_rad, v):
    """A vector (3,) turned about the pole by an angle."""
    c, s = math.cos(angle_rad), math.sin(angle_rad)
    return np.array([c * v[0] - s * v[1], s * v[0] + c * v[1], v[2]])


@dataclass(frozen=True)
class Flight:
    """Positions and velocities in ECEF at times in seconds after T0; boost until `burn_s`."""

    burn_s: float
    end_s: float
    solution: object

    def state(self, t_s):
        """ECEF position and velocity at one time."""
        y = self.solution(t_s)
        r = turned(-OMEGA_EARTH_RADPS * t_s, y[:3])
        return r, turned(-OMEGA_EARTH_RADPS * t_s, y[3:6]) - np.cross(W, r)

    def height_m(self, t_s):
        return geodetic_from_ecef(*self.state(t_s)[0])[2]


def _gravity(r):
    d2 = r @ r
    s2 = r[2] ** 2 / d2
    k = 1.5 * J2_EARTH * A_EARTH_M**2 / d2
    return -GM_EARTH_M3PS2 / d2**1.5 * r * (1.0 + k * (np.array([1.0, 1.0, 3.0]) - 5.0 * s2))


def fly(r0_ecef_m, v0_ecef_mps, force, beta_kgpm2, end_s, burn_s=0.0, max_step_s=2.0):
    """Fly from an ECEF state until end_s or the ground; `force(t_s)` is a specific force in ECEF."""

    def rate(t, y):
        r, v = y[:3], y[3:6]
        r_ecef = turned(-OMEGA_EARTH_RADPS * t, r)
        air = v - np.cross(W, r)
        h = geodetic_from_ecef(*r_ecef)[2]
        drag = -0.5 / beta_kgpm2 * density_kgpm3(max(h, -1000.0)) * np.linalg.norm(air) * air
        return np.concatenate([v, _gravity(r) + drag + turned(OMEGA_EARTH_RADPS * t, force(t))])

    def ground(t, y):
        return geodetic_from_ecef(*turned(-OMEGA_EARTH_RADPS * t, y[:3]))[2] + 1.0

    ground.terminal, ground.direction = True, -1
    y0 = np.concatenate([r0_ecef_m, v0_ecef_mps + np.cross(W, r0_ecef_m)])
    kept = {"rtol": 1e-9, "atol": 1e-6, "max_step": max_step_s, "dense_output": True, "events": ground}
    found = solve_ivp(rate, (0.0, end_s), y0, **kept)
    return Flight(burn_s, float(found.t[-1]), found.sol)


def launch(
    lat=40.2, lon=125.2, azimuth=85.0, burn_s=65.0, a0=25.0, a1=60.0, kick_s=8.0, pitch=45.0, beta=5000.0, end_s=900.0
):
    """A flight from the ground: vertical, then pitching over to `pitch` degrees; force grows from a0 to a1 until burn-out."""
    lat, lon, azimuth, pitch = (math.radians(a) for a in (lat, lon, azimuth, pitch))
    r0 = np.array(ecef_from_geodetic(lat, lon, 100.0))
    east, north, up = C_enu_from_ecef(lat, lon)
    ahead = math.sin(azimuth) * east + math.cos(azimuth) * north

    def force(t):
        if t >= burn_s:
            return np.zeros(3)
        turn = min(max((t - kick_s) / (0.6 * burn_s), 0.0), 1.0)
        angle = math.pi / 2 - turn * (math.pi / 2 - pitch)
        size = a0 + (a1 - a0) * t / burn_s
        return size * (math.cos(angle) * ahead + math.sin(angle) * up)

    return fly(r0, np.zeros(3), force, beta, end_s, burn_s, max_step_s=1.0)


def lob(lat=40.0, lon=128.0, h_m=60e3, azimuth=90.0, climb=50.0, speed=2200.0, beta=5000.0, end_s=600.0):
    """A flight that coasts from the first moment."""
    lat, lon, azimuth, climb = (math.radians(a) for a in (lat, lon, azimuth, climb))
    east, north, up = C_enu_from_ecef(lat, lon)
    ahead = math.sin(azimuth) * east + math.cos(azimuth) * north
    v0 = speed * (math.cos(climb) * ahead + math.sin(climb) * up)
    return fly(np.array(ecef_from_geodetic(lat, lon, h_m)), v0, lambda t: np.zeros(3), beta, end_s, max_step_s=10.0)


@dataclass
class Looker:
    """Makes scans of flights for one sensor, with seeded noise."""

    sensor: Sensor
    seed: int = 0
    floor_m: float = 0.0  # lowest height it sees
    has_rate: bool = False
    n: int = 0
    rng: np.random.Generator = field(init=False)

    def __post_init__(self):
        self.rng = np.random.default_rng(self.seed)
        s = self.sensor
        self.place = np.array(ecef_from_geodetic(s.lat_rad, s.lon_rad, s.h_m))
        self.C = C_enu_from_ecef(s.lat_rad, s.lon_rad)

    def scan(self, t_s, states, noise=1.0):
        """One look at ECEF states (r, v) at T0 + t_s."""
        self.n += 1
        t_ns = T0_NS + round(t_s * NS_PER_S)
        seen = [s for s in states if self.rng.random() < self.sensor.p_detect and self.sees(s[0])]
        made = getattr(self, "_" + self.sensor.kind)(seen, noise)
        return Scan(
            sensor_id=self.sensor.sensor_id, scan_id=f"s{self.n}", kind=self.sensor.kind, valid_ns=t_ns,
            t_ns=(t_ns,) * len(seen), **made,
        )  # fmt: skip

    def sees(self, r):
        if self.sensor.kind == "position":
            return True
        if geodetic_from_ecef(*r)[2] < self.floor_m:
            return False
        if self.sensor.kind == "infrared":
            return True
        d = self.C @ (r - self.place)
        return d[2] / np.linalg.norm(d) > math.sin(self.sensor.min_elevation_rad)

    def _radar(self, seen, noise):
        ranges, azimuths, elevations, rates = [], [], [], []
        for r, v in seen:
            e, n, u = self.C @ (r - self.place)
            length = math.sqrt(e * e + n * n + u * u)
            sigma = self.sensor.sigma_range_m, self.sensor.sigma_azimuth_rad, self.sensor.sigma_elevation_rad
            draw = self.rng.normal(size=4) * noise
            ranges.append(length + sigma[0] * draw[0])
            azimuths.append((math.atan2(e, n) + sigma[1] * draw[1]) % (2 * math.pi))
            elevations.append(math.atan2(u, math.hypot(e, n)) + sigma[2] * draw[2])
            rates.append(float((r - self.place) @ v / length) + self.sensor.sigma_range_rate_mps * draw[3])
        rate = {"range_rate_mps": tuple(rates)} if self.has_rate else {}
        return {"range_m": tuple(ranges), "azimuth_rad": tuple(azimuths), "elevation_rad": tuple(elevations), **rate}

    def _infrared(self, seen, noise):
        out = []
        for r, _ in seen:
            u = (r - self.place) / np.linalg.norm(r - self.place)
            a = np.cross(u, [0.0, 0.0, 1.0])
            a /= np.linalg.norm(a)
            x, y = self.rng.normal(size=2) * self.sensor.sigma_los_rad * noise
            w = u + x * a + y * np.cross(u, a)
            out.append(tuple((w / np.linalg.norm(w)).tolist()))
        return {"los_ecef": tuple(out)}

    _los = _infrared

    def _position(self, seen, noise):
        lat, lon, h = [], [], []
        for r, _ in seen:
            la, lo, he = geodetic_from_ecef(*r)
            e, n, u = self.rng.normal(size=3) * noise
            lat.append(la + e * self.sensor.sigma_horizontal_m / 6.37e6)
            lon.append(lo + n * self.sensor.sigma_horizontal_m / (6.38e6 * math.cos(la)))
            h.append(he + u * self.sensor.sigma_h_m)
        return {"lat_rad": tuple(lat), "lon_rad": tuple(lon), "h_m": tuple(h)}


def radar(sensor_id="radar", lat=37.0, lon=129.4, h_m=300.0, **more):
    kept = {"sigma_range_m": 75.0, "sigma_azimuth_rad": 0.9e-3, "sigma_elevation_rad": 0.9e-3, "p_detect": 0.95}
    place = {"lat_rad": math.radians(lat), "lon_rad": math.radians(lon), "h_m": h_m}
    return Sensor(sensor_id=sensor_id, kind="radar", **{**place, **kept, **more})


def satellite(sensor_id="ir-a", lon=110.0, lat=0.0, **more):
    place = {"lat_rad": math.radians(lat), "lon_rad": math.radians(lon), "h_m": 35_786e3}
    return Sensor(sensor_id=sensor_id, kind="infrared", **{**place, "period_ns": 5 * NS_PER_S, **more})


def settings(*sensors, **motion):
    """Node settings with these sensors and motion beliefs."""
    from bongsu.models.motion import MotionSettings

    return Settings(sensors=sensors, motion=MotionSettings(**motion))
