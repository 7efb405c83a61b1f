"""Compile every kernel before it is needed: a node that listens must not make its first scans wait for a compiler."""

import tomllib

from bongsu import pipeline
from bongsu.geo.tables import Tables
from bongsu.kernels._jit import is_cold
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


def warm(tables: Tables) -> int:
    """Fold the warm-up flight, if anything is still to be compiled; returns how many inputs that took."""
    if not is_cold():
        return 0
    scenario = scenarios.load(_FLIGHT)
    flight = truth.fly(scenario)
    settings = config.settings_of(tomllib.loads(_FLIGHT), "the warm-up flight")
    cfg = pipeline.configure(settings, tables)
    state = pipeline.start(cfg)
    seq = 0
    for seq, (known_ns, message) in enumerate(with_ticks(sensors.observe(scenario, flight)), start=1):
        state, _ = pipeline.step(cfg, state, seq, known_ns, message)
    return seq
