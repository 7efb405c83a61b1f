"""One simulated flight, start to end: fly it, run the chain, take findings and arrays, hold them against the truth.

From the project's root: `.venv/bin/python examples/one_flight.py`
"""

import tempfile
from pathlib import Path

import bongsu
from bongsu.messages.assessment import FlightEstimate, LaunchPointEstimate

with tempfile.TemporaryDirectory() as folder:
    log = Path(folder) / "flight.bongsu"
    truth = bongsu.simulate("scenarios/2025-11-07.toml", seed=10_001, out=log).flight
    heard = bongsu.replay(log)

last = heard.of(FlightEstimate)[-1]  # a finding: one frozen struct, SI and radians
states = heard.tracks[last.track_id]  # arrays, one row a state
print(f"{len(states.t_ns)} states of {last.track_id}, up to {states.h_m.max() / 1e3:.0f} km")
print(
    f"range {last.range_m / 1e3:.0f} km, one sigma {last.sigma_range_m / 1e3:.1f} km, truth {truth.range_m / 1e3:.0f} km"
)
point = heard.of(LaunchPointEstimate)[-1]
print(f"lift-off {(point.t0_ns - truth.t0_ns) / 1e9:+.1f} s from the truth, one sigma {point.sigma_t0_s:.1f} s")
