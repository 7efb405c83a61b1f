"""Aircraft that fall silent, frozen reports, and what may be joined after a gap."""

import numpy as np
import pytest
from tests.unit.stages.track.flights import T0_NS, settings
from tests.unit.stages.track.test_track import of, run, stage

from bongsu.constants import NS_PER_S
from bongsu.kernels.motions import LEVEL
from bongsu.messages.inputs import Scan, Tick
from bongsu.messages.tracking import PlotsRejected, TracksUpdated
from bongsu.models.sensors import Sensor
from bongsu.stages.track.config import configured
from bongsu.stages.track.life import cruise_sigma_m

SKY = Sensor(sensor_id="sky", kind="position", period_ns=10 * NS_PER_S)
DEGREE_M = 111_000.0


def report(t_s, *planes, at_s=None):
    """One instant: for each plane the metres it has flown east, at 50 N, metres north of there, and its height."""
    t_ns = T0_NS + round(t_s * NS_PER_S)
    own_ns = t_ns if at_s is None else T0_NS + round(at_s * NS_PER_S)
    east, north, h_m = zip(*planes, strict=True)
    return Scan(
        sensor_id="sky", scan_id=f"i{t_ns}", kind="position", valid_ns=t_ns, t_ns=(own_ns,) * len(planes),
        lat_rad=tuple(np.radians(50.0 + n / DEGREE_M) for n in north),
        lon_rad=tuple(np.radians(e / DEGREE_M / np.cos(np.radians(50.0))) for e in east), h_m=h_m,
    )  # fmt: skip


def cruise(times_s):
    return [report(t, (200.0 * t, 0.0, 9_000.0)) for t in times_s]


def ticks(from_s, until_s):
    return [Tick(valid_ns=T0_NS + t * NS_PER_S) for t in range(from_s, until_s, 10)]


def ids(said):
    return [u.track_id for u in of(TracksUpdated, said)]


def test_an_aircraft_that_was_silent_for_four_minutes_is_the_same_track():
    cfg, state = stage(SKY)
    state, _ = run(cfg, state, cruise(range(0, 60, 10)))
    state, said = run(cfg, state, [*ticks(60, 290), *cruise(range(290, 340, 10))])
    assert set(ids(said)) == {("T000001",)}


def test_a_frozen_report_feeds_no_other_track():
    cfg, state = stage(SKY)
    two = [report(t, (200.0 * t, 0.0, 9_000.0), (200.0 * t, 2_000.0, 9_000.0)) for t in range(0, 60, 10)]
    state, _ = run(cfg, state, two)
    alone = report(60.0, (12_000.0, 0.0, 9_000.0))
    state, _ = run(cfg, state, [alone])
    frozen = report(70.0, (12_000.0, 0.0, 9_000.0), at_s=60.0)
    state, said = run(cfg, state, [frozen])
    assert not of(TracksUpdated, said)
    assert [(r.reason, r.n) for r in of(PlotsRejected, said)] == [("repeated", 1)]


def test_two_single_reports_far_apart_in_time_and_place_are_not_one_missile():
    cfg, state = stage(SKY)
    first, second = report(0.0, (0.0, 0.0, 9_000.0)), report(30.0, (60_000.0, 0.0, 2_000.0))  # 2 km/s between
    _, said = run(cfg, state, [first, second])
    assert ids(said) == [("T000001",), ("T000002",)]


def test_a_missile_is_joined_from_look_to_look():
    cfg, state = stage(SKY)
    _, said = run(cfg, state, [report(t, (2_000.0 * t, 0.0, 60_000.0)) for t in (0.0, 10.0, 20.0)])
    assert set(ids(said)) == {("T000001",)}


def test_the_plot_that_ends_a_silence_is_on_trial():
    """If the next one contradicts it, another aircraft was met: it starts a track of its own, and nothing has boosted."""
    cfg, state = stage(SKY)
    state, _ = run(cfg, state, cruise(range(0, 60, 10)))
    other = [report(t, (70_000.0, 250.0 * (t - 300.0) + 5_000.0, 9_100.0)) for t in range(300, 350, 10)]
    _, said = run(cfg, state, [*ticks(60, 300), *other])
    assert {p for u in of(TracksUpdated, said) for p in u.phase} <= {"level", "undetermined"}


@pytest.mark.parametrize("silent_s, known_m", [(0.0, 60.0), (300.0, 7_000.0), (600.0, 18_000.0)])
def test_a_cruise_gets_less_certain_with_the_power_of_three_halves(silent_s, known_m):
    cfg, state = stage(SKY)
    state, _ = run(cfg, state, cruise(range(0, 200, 10)))
    bank = state.bank
    assert bank.motion[0] == LEVEL
    t_ns = int(bank.t_ns[0]) + round(silent_s * NS_PER_S)
    sigma_m = cruise_sigma_m(configured(settings(SKY)), bank, np.zeros(1, np.int64), t_ns)[0]
    assert sigma_m == pytest.approx(known_m, rel=0.5)
