"""Compile every kernel before it is needed: a node that listens must not make its first scans wait for a compiler."""

import math
import tomllib
from collections.abc import Iterator

from msgspec import structs

from bongsu import pipeline
from bongsu.constants import NS_PER_S
from bongsu.geo.tables import Tables
from bongsu.kernels._jit import is_cold
from bongsu.kernels.earth import ecef_from_geodetic
from bongsu.messages.inputs import Report, Scan, Tick
from bongsu.models.sensors import Sensor
from bongsu.run import config
from bongsu.run.simulate import with_ticks
from bongsu.sim import scenario as scenarios
from bongsu.sim import sensors, truth

# A short generic flight that meets every sensor, motion and stage; it enters no log.
_FLIGHT = """
id = "warm-up"
title = "Warm-up"
why = "Touches every kernel once."
t0 = 2000-01-01T00:00:00Z

[flight]
kind = "ballistic"
site_lat_deg = 40.0
site_lon_deg = 127.0
azimuth_deg = [85.0, 85.0]
range_km = [400.0, 400.0]
apogee_km = [110.0, 110.0]
cloud_km = [3.0, 3.0]

[[flight.stage]]
burn_s = [60.0, 60.0]

[[sensor]]
id = "eye-a"
kind = "infrared"
lat_deg = 0.0
lon_deg = 105.0
h_m = 35786000.0
period_s = 5.0

[[sensor]]
id = "eye-b"
kind = "infrared"
lat_deg = 0.0
lon_deg = 165.0
h_m = 35786000.0
period_s = 5.0

[[sensor]]
id = "radar"
kind = "radar"
lat_deg = 38.0
lon_deg = 129.0
h_m = 300.0
sigma_range_rate_mps = 5.0
period_s = 4.0

[[area]]
area_id = "JPN"
zones = ["JPN.land", "JPN.12nm"]
hazards = ["fall", "overflight"]
"""

_CAMERAS = (
    Sensor(sensor_id="camera-a", kind="los", lat_rad=0.69, lon_rad=2.2, sigma_los_rad=1e-3),
    Sensor(sensor_id="camera-b", kind="los", lat_rad=0.7, lon_rad=2.22, sigma_los_rad=1e-3),
)


def warm(tables: Tables) -> int:
    """Fold the warm-up flight, if anything is still to be compiled; returns how many inputs that took."""
    if not is_cold():
        return 0
    scenario = scenarios.load(_FLIGHT)
    flight = truth.fly(scenario)
    settings = config.settings_of(tomllib.loads(_FLIGHT), "the warm-up flight")
    settings = structs.replace(settings, sensors=(*settings.sensors, *_CAMERAS))
    cfg = pipeline.configure(settings, tables)
    state = pipeline.start(cfg)
    seq = known_ns = 0
    for seq, (known_ns, message) in enumerate(with_ticks(sensors.observe(scenario, flight)), start=1):
        state, _ = pipeline.step(cfg, state, seq, known_ns, message)
    seq += 1
    state, _ = pipeline.step(cfg, state, seq, known_ns, _report(known_ns))
    for look in _looks(known_ns):
        seq += 1
        state, _ = pipeline.step(cfg, state, seq, look.valid_ns, look)
    return seq


def _report(at_ns: int) -> Report:
    """A text whose figures a fall and a pull-up may have."""
    text = (
        "North Korea fired a ballistic missile from Wonsan. It flew 450 km at an altitude of 50 km, the military said."
    )
    return Report(text_id="warm-up", text=text, lang="en", published_ns=at_ns)


def _looks(from_ns: int) -> Iterator[Scan | Tick]:
    """Two cameras see one meteor: the simulator knows no cameras."""
    from_ns += NS_PER_S
    for k in range(12):
        x_m, y_m, z_m = ecef_from_geodetic(0.7, 2.2 + 1e-4 * k, 1e5 - 300.0 * k)
        for j, camera in enumerate(_CAMERAS):
            ax_m, ay_m, az_m = ecef_from_geodetic(camera.lat_rad, camera.lon_rad, 0.0)
            d_m = math.dist((x_m, y_m, z_m), (ax_m, ay_m, az_m))
            los = ((x_m - ax_m) / d_m, (y_m - ay_m) / d_m, (z_m - az_m) / d_m)
            t_ns = from_ns + (2 * k + j) * 10_000_000
            yield Scan(
                sensor_id=camera.sensor_id, scan_id=f"w{k}", kind="los", valid_ns=t_ns, t_ns=(t_ns,), los_ecef=(los,)
            )
    yield Tick(valid_ns=from_ns + 10 * NS_PER_S)
