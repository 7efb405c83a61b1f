"""Telemetry tracks: thrust, coast, thrust again, from height and speed alone."""

import math
from dataclasses import replace

import numpy as np
import pytest
from msgspec import structs

from bongsu.constants import NS_PER_S
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
    samples = np.array([(t, h, v, 29.0, 0.5, 1.0, 1.0, t) for t, h, v in rows[-11:]])
    force = heights.force_along(samples, PAD.lat_rad)
    assert math.isfinite(force.sigma_mps2)
    assert abs(force.value_mps2) < 4.0 * force.sigma_mps2


def test_data_once_a_second_take_the_same_path() -> None:
    rows = climb([(0.0, 120.0, 24.0)], 140.0)[::10]
    burn = ends(run(rows))[0]
    assert (burn.decided_ns - START_NS) / 1e9 - 120.0 < 3.0
    assert (burn.end_ns - START_NS) / 1e9 == pytest.approx(120.0, abs=1.0)


def test_noisy_speeds_do_not_leave_it_burning() -> None:
    dice = np.random.default_rng(7)
    rows = [(t, h, abs(v + dice.normal(0.0, 10.0))) for t, h, v in climb([(0.0, 4.0, 80.0)], 25.0)]
    track, said = None, []
    for t_s, h_m, speed_mps in rows:
        one = structs.replace(scan(t_s, h_m, speed_mps), sigma_speed_mps=(10.0,))
        track, found = heights.update(CFG, PAD, track or heights.start_track("T000001", one), one)
        said.extend(found)
    assert ends(said)[0].end_ns / 1e9 - START_NS / 1e9 == pytest.approx(4.0, abs=2.0)


def falling(h_m: float, speed_mps: float, braking_mps2: float, air: tuple[float, float] = (0.0, 0.0)) -> bool:
    """Whether such a braking, at such a height and speed, may be the air's."""
    one = scan(0.0, h_m, speed_mps)
    track = heights.start_track("T000001", one)
    track = replace(track, last=np.array([[0.0, h_m, speed_mps, 29.0, 0.5]]), air=air)
    return heights.is_drag(CFG, track, heights.Force(0.0, -braking_mps2, 0.5))


def test_thin_air_cannot_stop_a_stage_and_thick_air_can() -> None:
    assert not falling(48_000.0, 1_400.0, 40.0)  # 24 kg/m^2 it would have to be
    assert falling(20_000.0, 1_200.0, 60.0)
    assert not falling(110_000.0, 1_400.0, 5.0)


def test_what_brakes_slowly_may_hang_on_a_canopy() -> None:
    assert falling(30_000.0, 300.0, 40.0)


def test_a_body_that_hardly_felt_the_air_does_not_feel_it_thrice_as_hard_a_second_later() -> None:
    q = heights.dynamic_pressure_pa(np.array([0.0, 46_000.0, 1_260.0, 29.0, 0.5]))
    felt = (0.5 * q * 100.0, q * q * 100.0)  # 0.5 m/s^2, known to a tenth
    assert falling(46_000.0, 1_260.0, 10.0)
    assert not falling(46_000.0, 1_260.0, 10.0, felt)
    assert falling(46_000.0, 1_260.0, 1.0, felt)


def test_a_sample_that_no_flight_reaches_is_refused_and_the_next_one_taken() -> None:
    rows = climb([(0.0, 60.0, 24.0)], 20.0)
    wrong = [(19.95, 10_700.0, 7_215.0)]
    said = run([*rows[:-1], *wrong, (20.0, rows[-1][1], rows[-1][2])])
    assert [(m.reason, m.n) for m in said if isinstance(m, PlotsRejected)] == [("height or speed leaps", 1)]
    assert isinstance(said[-1], HeightsUpdated)
    assert said[-1].h_m[0] < 9_000.0


def test_a_wrong_first_sample_is_got_over() -> None:
    rows = [(0.0, 10_000.0, 0.0), *((t + 0.1, h, v) for t, h, v in climb([(0.0, 60.0, 24.0)], 40.0))]
    assert [m for m in run(rows) if isinstance(m, HeightsUpdated)][-1].h_m[0] > 11_000.0


def test_thrust_that_turned_across_the_motion_ends_uncertainly() -> None:
    """Braking that fades away above the air: it may have turned where it is not seen."""
    burns = [(0.0, 100.0, 22.0), *((125.0 + k, 126.0 + k, -20.0 + k) for k in range(20))]
    last = ends(run(climb(burns, 175.0)))[-1]
    assert last.sigma_s >= 5.0


def packets(rate_hz: int, noise_mps: float, seed: int = 3) -> tuple[heights.HeightTrack, list[Finding]]:
    """Eight seconds of thrust and five of coast, sent in packets of a tenth of a second; heights in steps of 100 m."""
    dice, per = np.random.default_rng(seed), max(1, rate_hz // 10)
    t_s = np.arange(13 * rate_hz) / rate_hz
    burn_s = np.minimum(t_s, 8.0)
    speed = 60.0 * burn_s - 9.79 * t_s
    h_m = 30.0 * burn_s**2 + 480.0 * (t_s - burn_s) - 0.5 * 9.79 * t_s**2
    speed, h_m = np.abs(speed + dice.normal(0.0, noise_mps, len(t_s))), np.round(h_m, -2)
    track, said = None, []
    for i in range(0, len(t_s), per):
        rows = slice(i, i + per)
        t_ns = tuple(START_NS + round(t * 1e9) for t in t_s[rows].tolist())
        one = Scan(
            sensor_id="pad", scan_id=str(i), kind="telemetry", valid_ns=t_ns[-1], t_ns=t_ns, h_m=tuple(h_m[rows].tolist()),
            speed_mps=tuple(speed[rows].tolist()), sigma_h_m=(29.0,) * len(t_ns),
            sigma_speed_mps=(math.hypot(0.1, noise_mps),) * len(t_ns),
        )  # fmt: skip
        track, found = heights.update(CFG, PAD, track or heights.start_track("T000001", one), one)
        said.extend(found)
    assert track is not None
    return track, said


@pytest.mark.parametrize("rate_hz, noise_mps", [(1_000, 3.0), (250, 0.0)])
def test_a_thousand_samples_a_second_say_what_ten_say_and_take_no_more_room(rate_hz: int, noise_mps: float) -> None:
    (_, ten), (track, many) = (packets(hz, noise_mps) for hz in (10, rate_hz))
    assert len(track.recent) <= 13.0 / CFG.fold_s + 1
    assert track.n_plots == 13 * rate_hz
    (slow,), (fast,) = ends(ten), ends(many)
    for burn in (slow, fast):
        assert (burn.end_ns - START_NS) / 1e9 == pytest.approx(8.0, abs=2.0 * burn.sigma_s)
    assert fast.decided_ns <= slow.decided_ns + NS_PER_S // 5
    for m in (m for m in many if isinstance(m, HeightsUpdated)):
        t_s = (m.t_ns[0] - START_NS) / 1e9
        if 3.0 < t_s < 8.0 or t_s > 9.5:  # between, the windows hold both
            true_mps2 = 60.0 if t_s < 8.0 else 0.0
            assert m.force_mps2[0] == pytest.approx(true_mps2, abs=4.0 * m.sigma_force_mps2[0])


def test_noise_is_averaged_as_well_by_rows_as_by_every_sample() -> None:
    """The error of the force in its own sigmas is about one, however many samples a row holds."""
    errors = []
    for seed in range(4):
        said = [m for m in packets(250, 3.0, seed)[1] if isinstance(m, HeightsUpdated)]
        errors += [(m.force_mps2[0] - 60.0) / m.sigma_force_mps2[0] for m in said[30:75:5]]
    assert 0.2 < float(np.sqrt(np.mean(np.square(errors)))) < 1.5
