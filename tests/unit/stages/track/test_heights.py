"""Telemetry tracks: thrust, coast, thrust again, from height and speed alone."""

import math

import numpy as np
import pytest

from bongsu.messages.base import Finding
from bongsu.messages.inputs import Scan
from bongsu.messages.tracking import BurnObserved, HeightsUpdated, PlotsRejected
from bongsu.models.sensors import Sensor
from bongsu.models.telemetry import TelemetrySettings
from bongsu.stages.track import heights

PAD = Sensor(sensor_id="pad", kind="telemetry", lat_rad=0.5)
CFG = TelemetrySettings()
START_NS = 10**18


def scan(t_s: float, h_m: float, speed_mps: float) -> Scan:
    t_ns = START_NS + round(t_s * 1e9)
    return Scan(
        sensor_id="pad",
        scan_id=f"t{t_ns}",
        kind="telemetry",
        valid_ns=t_ns,
        t_ns=(t_ns,),
        h_m=(h_m,),
        speed_mps=(speed_mps,),
        sigma_h_m=(29.0,),
        sigma_speed_mps=(0.5,),
    )


def climb(burns: list[tuple[float, float, float]], until_s: float) -> list[tuple[float, float, float]]:
    """Time, height and speed of a straight climb with burns of (from, until, net push in m/s^2), at 10 Hz, rounded as shown."""
    rows, h, w, dt = [], 0.0, 0.0, 0.01
    for i in range(round(until_s / dt)):
        t = i * dt
        push = sum(force for start, end, force in burns if start <= t < end)
        w += dt * (push - 9.79 * (6.373e6 / (6.373e6 + h)) ** 2)
        h += dt * w
        if h < 0.0:
            h = w = 0.0
        if i % 10 == 0:
            rows.append((t, round(h, -2), round(abs(w) / 0.278) * 0.278))
    return rows


def run(rows: list[tuple[float, float, float]]) -> list[Finding]:
    track, said = None, []
    for t_s, h_m, speed_mps in rows:
        one = scan(t_s, h_m, speed_mps)
        track = track or heights.start_track("T000001", one)
        track, found = heights.update(CFG, PAD, track, one)
        said.extend(found)
    return said


def ends(said: list[Finding]) -> list[BurnObserved]:
    return [m for m in said if isinstance(m, BurnObserved) and isinstance(m.end_ns, int)]


def test_a_burn_out_is_decided_within_two_seconds_and_back_dated_within_one() -> None:
    burn = ends(run(climb([(0.0, 120.0, 24.0)], 140.0)))[0]
    assert (burn.decided_ns - START_NS) / 1e9 - 120.0 < 2.0
    assert (burn.end_ns - START_NS) / 1e9 == pytest.approx(120.0, abs=1.0)


def test_a_second_burn_is_seen_and_the_forecast_is_made_anew() -> None:
    said = run(climb([(0.0, 100.0, 22.0), (125.0, 140.0, -15.0)], 190.0))
    phases = [m.phase[0] for m in said if isinstance(m, HeightsUpdated)]
    assert [p for i, p in enumerate(phases) if i == 0 or p != phases[i - 1]] == [
        "undetermined",
        "boost",
        "coast",
        "thrust_again",
        "coast",
    ]
    _, second = ends(said)
    assert (second.end_ns - START_NS) / 1e9 == pytest.approx(140.0, abs=3.0 * second.sigma_s)
    fitted = [m.is_fitted[0] for m in said if isinstance(m, HeightsUpdated)]
    assert fitted[-1]
    assert not fitted[phases.index("thrust_again")]


def test_a_steady_coast_never_thrusts_again() -> None:
    said = run(climb([(0.0, 100.0, 22.0)], 300.0))
    assert "thrust_again" not in {m.phase[0] for m in said if isinstance(m, HeightsUpdated)}


def test_a_repeated_plot_is_rejected_and_changes_nothing() -> None:
    one = scan(10.0, 1000.0, 200.0)
    track, _ = heights.update(CFG, PAD, heights.start_track("T000001", one), one)
    again, found = heights.update(CFG, PAD, track, one)
    assert [type(m) for m in found] == [PlotsRejected]
    assert again.n_plots == track.n_plots


def test_the_place_is_never_named() -> None:
    assert not {"lat_rad", "lon_rad", "r_ecef_m"} & set(HeightsUpdated.__struct_fields__)


def test_force_along_a_free_fall_is_zero_within_its_sigma() -> None:
    rows = climb([(0.0, 60.0, 25.0)], 75.0)
    samples = np.array([(t, h, v, 29.0, 0.5) for t, h, v in rows[-11:]])
    force = heights.force_along(samples, PAD.lat_rad)
    assert math.isfinite(force.sigma_mps2)
    assert abs(force.value_mps2) < 4.0 * force.sigma_mps2
