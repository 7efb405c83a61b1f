"""The stage as a whole: scans in, tracks out."""

import math
from dataclasses import replace

import numpy as np
import pytest
from msgspec import structs
from pytest import approx
from tests.unit.stages.track.flights import T0_NS, Looker, lob, radar, satellite, settings

from bongsu.constants import NS_PER_S
from bongsu.log import state_codec
from bongsu.messages import codec
from bongsu.messages.inputs import OperatorAct, Scan, Tick
from bongsu.messages.tracking import BurnObserved, PlotsRejected, TrackEnded, TracksUpdated
from bongsu.models.sensors import Sensor
from bongsu.stages import track

SHARP = {"p_detect": 1.0}
FLIGHT = lob(end_s=40.0)


def stage(*sensors, **motion):
    cfg = track.configure(settings(*sensors, **motion), None)
    return cfg, track.start(cfg)


def run(cfg, state, scans):
    """Fold messages; the state after, and all findings, each of which can be written."""
    said = []
    for message in scans:
        state, found = track.step(cfg, state, message)
        for finding in found:
            assert codec.decode_finding(codec.encode(finding)) == finding
        said += found
    return state, said


def of(kind, said):
    return [f for f in said if isinstance(f, kind)]


def looks(looker, times_s, flights=(FLIGHT,)):
    return [looker.scan(t, [f.state(t) for f in flights]) for t in times_s]


def tick(t_s):
    return Tick(valid_ns=T0_NS + round(t_s * NS_PER_S))


def test_three_radar_looks_confirm_a_track():
    cfg, state = stage(radar(**SHARP))
    state, said = run(cfg, state, looks(Looker(radar(**SHARP)), (0.0, 1.0, 2.0)))
    updates = of(TracksUpdated, said)
    assert [u.is_confirmed for u in updates] == [(False,), (False,), (True,)]
    assert [u.plot for u in updates] == [(0,), (0,), (0,)]
    assert [u.n_plots for u in updates] == [(1,), (2,), (3,)]
    assert {u.track_id for u in updates} == {("T000001",)}


def test_the_estimate_comes_near_the_truth_and_knows_how_near():
    cfg, state = stage(radar(**SHARP))
    _, said = run(cfg, state, looks(Looker(radar(**SHARP)), range(12)))
    last = of(TracksUpdated, said)[-1]
    r, v = FLIGHT.state(11.0)
    assert np.linalg.norm(np.array(last.r_ecef_m[0]) - r) < 3.0 * last.sigma_pos_m[0]
    assert last.speed_mps[0] == approx(np.linalg.norm(v), abs=400.0)
    assert last.h_m[0] == approx(FLIGHT.height_m(11.0), abs=2000.0)
    assert len(last.cov_ballistic[0]) == 28


def test_two_infrared_looks_of_two_satellites_make_one_boosting_track():
    a, b = Looker(satellite(**SHARP)), Looker(satellite("ir-b", lon=165.0, **SHARP), seed=1)
    flight = lob(h_m=15e3, climb=80.0, speed=400.0, end_s=5.0)
    cfg, state = stage(a.sensor, b.sensor)
    state, said = run(cfg, state, [*looks(a, (0.0,), (flight,)), *looks(b, (2.0,), (flight,))])
    last = of(TracksUpdated, said)[-1]
    assert (last.track_id, last.is_confirmed, last.phase) == (("T000001",), (True,), ("boost",))
    assert state.n_started == 1


def test_a_radar_plot_joins_the_track_that_infrared_began():
    a, b, c = Looker(satellite(**SHARP)), Looker(satellite("ir-b", lon=165.0, **SHARP), seed=1), Looker(radar(**SHARP))
    flight = lob(h_m=15e3, climb=80.0, speed=400.0, end_s=9.0)
    cfg, state = stage(a.sensor, b.sensor, c.sensor)
    scans = [*looks(a, (0.0,), (flight,)), *looks(b, (2.0,), (flight,)), *looks(c, (3.0, 4.0), (flight,))]
    state, said = run(cfg, state, scans)
    assert state.n_started == 1
    assert of(TracksUpdated, said)[-1].n_plots == (4,)


def test_missing_infrared_looks_are_evidence_of_burn_out():
    a, b = Looker(satellite(**SHARP)), Looker(satellite("ir-b", lon=165.0, **SHARP), seed=1)
    flight = lob(h_m=25e3, climb=70.0, speed=800.0, end_s=9.0)
    cfg, state = stage(a.sensor, b.sensor)
    state, _ = run(cfg, state, [*looks(a, (0.0, 5.0), (flight,)), *looks(b, (2.0, 7.0), (flight,))])
    empty = [a.scan(10.0, []), b.scan(12.0, []), a.scan(15.0, [])]
    state, said = run(cfg, state, empty)
    updates = of(TracksUpdated, said)
    assert [u.plot for u in updates] == [(-1,)] * 2  # the third tells nothing: nobody believes in power any more
    assert 0.9 > updates[0].p_powered[0] > updates[1].p_powered[0]
    burn = of(BurnObserved, said)[0]
    assert T0_NS + 6 * NS_PER_S < burn.end_ns < burn.decided_ns
    assert burn.sigma_s > 0.5


def test_a_flame_below_the_clouds_is_not_missed():
    a = Looker(satellite(**SHARP))
    flight = lob(h_m=4e3, climb=80.0, speed=50.0, end_s=9.0)
    cfg, state = stage(a.sensor, infrared_h_m=5_000.0, sigma_infrared_h_m=1_000.0)
    state, _ = run(cfg, state, looks(a, (0.0, 5.0), (flight,)))
    _, said = run(cfg, state, [a.scan(9.0, [])])
    assert not of(TracksUpdated, said)


def test_a_track_that_is_not_seen_again_is_never_confirmed():
    looker = Looker(radar(**SHARP))
    cfg, state = stage(looker.sensor)
    state, said = run(cfg, state, [*looks(looker, (0.0,)), *(looker.scan(t, []) for t in (1.0, 2.0, 3.0, 4.0))])
    assert [e.reason for e in of(TrackEnded, said)] == ["never_confirmed"]
    assert len(state.bank.number) == 0


def test_looks_of_other_sensors_and_of_the_same_moment_do_not_count_against_it():
    looker, other = Looker(radar(**SHARP)), Looker(radar("far", **SHARP))
    cfg, state = stage(looker.sensor, other.sensor)
    empty = [*(other.scan(0.5 * k, []) for k in range(8)), *(looker.scan(0.05 * k, []) for k in range(8))]
    state, said = run(cfg, state, [*looks(looker, (0.0,)), *empty])
    assert not of(TrackEnded, said)
    assert state.bank.n_looks.tolist() == [1]


def test_ticks_end_a_tentative_track_and_a_lost_one():
    looker = Looker(radar(lat=39.7, lon=128.2, **SHARP))
    cfg, state = stage(looker.sensor)
    tentative, _ = run(cfg, state, looks(looker, (0.0,)))
    assert run(cfg, tentative, [tick(29.0)])[1] == []
    assert run(cfg, tentative, [tick(31.0)])[1][0].reason == "never_confirmed"
    aircraft = lob(h_m=9e3, climb=0.0, speed=1.0, end_s=1.0)
    r, v = aircraft.state(0.0)
    level = [looker.scan(t, [(r + 200.0 * t * np.cross(r, [0, 0, 1]) / np.linalg.norm(r), v)]) for t in range(8)]
    confirmed, said = run(cfg, state, level)
    assert of(TracksUpdated, said)[-1].phase == ("level",)
    assert run(cfg, confirmed, [tick(300.0)])[1] == []  # cruising on, it would still be known to a few miles
    state, said = run(cfg, confirmed, [tick(450.0)])
    assert [e.reason for e in said] == ["lost"]
    assert len(state.bank.number) == 0


def test_a_coasting_track_is_kept_until_it_lands():
    looker = Looker(radar(**SHARP))
    cfg, state = stage(looker.sensor)
    state, said = run(cfg, state, looks(looker, range(40)))
    assert of(TracksUpdated, said)[-1].phase == ("coast",)
    assert run(cfg, state, [tick(300.0)])[1] == []
    _, said = run(cfg, state, [tick(t) for t in range(300, 700, 5)])
    assert [e.reason for e in said] == ["landed"]
    assert said[0].last_plot_ns == T0_NS + 39 * NS_PER_S


def test_a_slow_radar_that_states_no_period_keeps_its_missile():
    slow = lob(climb=60.0, speed=3_000.0, h_m=80e3, end_s=320.0)
    looker = Looker(radar(**SHARP))
    cfg, state = stage(looker.sensor)
    _, said = run(cfg, state, looks(looker, range(0, 300, 10), (slow,)))
    assert {t for u in of(TracksUpdated, said) for t, ok in zip(u.track_id, u.is_confirmed, strict=True) if ok} == {
        "T000001"
    }


@pytest.mark.parametrize("silent_s", [300.0, 1_500.0])
def test_a_body_that_comes_back_into_sight_is_the_one_that_left_it(silent_s):
    high = lob(climb=85.0, speed=6_000.0, h_m=150e3, end_s=60.0 + silent_s)
    looker = Looker(radar(**SHARP, sigma_azimuth_rad=0.3e-3, sigma_elevation_rad=0.3e-3))
    cfg, state = stage(looker.sensor)
    times_s = [*range(0, 60, 2), *(60.0 + silent_s - 10.0 + 2.0 * k for k in range(5))]
    state, said = run(cfg, state, looks(looker, times_s, (high,)))
    last = of(TracksUpdated, said)[-1]
    assert last.track_id == ("T000001",)
    assert last.n_plots == (35,)
    assert last.phase == ("coast",)
    assert np.linalg.norm(np.array(last.r_ecef_m[0]) - high.state(times_s[-1])[0]) < 4.0 * last.sigma_pos_m[0]


def test_two_objects_get_two_tracks_and_keep_them():
    looker = Looker(radar(**SHARP))
    other = lob(lat=40.3, climb=52.0, end_s=20.0)
    cfg, state = stage(looker.sensor)
    state, said = run(cfg, state, looks(looker, range(10), (FLIGHT, other)))
    assert state.n_started == 2
    assert not of(TrackEnded, said)
    last = of(TracksUpdated, said)[-1]
    for i, flight in enumerate((FLIGHT, other)):
        distances = [np.linalg.norm(np.array(r) - flight.state(9.0)[0]) for r in last.r_ecef_m]
        assert int(np.argmin(distances)) == (i if last.plot == (0, 1) else 1 - i)


def test_a_second_track_of_one_object_is_merged():
    looker = Looker(radar(**SHARP))
    cfg, state = stage(looker.sensor)
    state, _ = run(cfg, state, looks(looker, range(8)))
    from bongsu.stages.track.bank import copied, joined

    twin = copied(state.bank)
    twin.number[:] = 2
    double = replace(state, bank=joined(state.bank, twin), n_started=2)
    after, said = run(cfg, double, looks(looker, range(8, 14)))
    assert [(e.track_id, e.reason) for e in of(TrackEnded, said)] == [("T000002", "merged")]
    assert after.bank.number.tolist() == [1]


def test_a_doubled_scan_changes_nothing():
    looker = Looker(radar(**SHARP))
    cfg, state = stage(looker.sensor)
    scans = looks(looker, range(5))
    state, _ = run(cfg, state, scans)
    after, said = run(cfg, state, scans[-1:])
    assert [(f.reason, f.n) for f in of(PlotsRejected, said)] == [("repeated", 1)]
    assert state_codec.encode(after) == state_codec.encode(state)


def test_a_plot_much_older_than_its_track_is_refused_and_a_little_older_one_used():
    looker, other = Looker(radar(**SHARP)), Looker(radar("far", **SHARP), seed=5)
    cfg, state = stage(looker.sensor, other.sensor)
    state, _ = run(cfg, state, looks(looker, range(10)))
    _, said = run(cfg, state, looks(other, (0.5,)))
    assert [(f.reason, f.n) for f in of(PlotsRejected, said)] == [("older than the track", 1)]
    after, said = run(cfg, state, looks(other, (8.0,)))
    update = of(TracksUpdated, said)[0]
    assert (update.t_ns, update.n_plots) == ((T0_NS + 9 * NS_PER_S,), (11,))
    assert after.bank.P[0, 1, :3, :3].trace() < state.bank.P[0, 1, :3, :3].trace()


def test_an_older_scan_far_from_all_tracks_may_start_one():
    looker, other = Looker(radar(**SHARP)), Looker(radar("far", **SHARP))
    cfg, state = stage(looker.sensor, other.sensor)
    state, _ = run(cfg, state, looks(looker, range(6)))
    far = lob(lat=38.0, lon=133.0, end_s=6.0)
    state, _ = run(cfg, state, looks(other, (1.0,), (far,)))
    assert state.n_started == 2


@pytest.mark.parametrize("kind, column", [("radar", "range_m"), ("infrared", "los_ecef"), ("position", "lat_rad")])
def test_an_unknown_sensor_is_one_counted_rejection(kind, column):
    cfg, state = stage(radar())
    value = ((1.0, 0.0, 0.0),) if column == "los_ecef" else (1.0,)
    scan = Scan(sensor_id="ghost", scan_id="s", kind=kind, valid_ns=T0_NS, t_ns=(T0_NS,), **{column: value})
    after, said = run(cfg, state, [scan])
    assert [(f.reason, f.n, f.sensor_id) for f in said] == [("unknown sensor", 1, "ghost")]
    assert after is state


def test_a_plot_from_the_future_is_refused_once_there_is_a_clock():
    looker = Looker(radar(**SHARP))
    cfg, state = stage(looker.sensor)
    scan = looks(looker, (0.0,))[0]
    ahead = structs.replace(scan, valid_ns=T0_NS + 10**12, t_ns=(T0_NS + 10**12,))
    _, said = run(cfg, state, [tick(0.0), ahead])
    assert [(f.reason, f.n) for f in said] == [("time ahead of the clock", 1)]


def test_starts_beyond_the_room_for_tracks_are_refused():
    looker = Looker(radar(**SHARP))
    flights = (FLIGHT, lob(lat=40.4, end_s=2.0), lob(lat=40.8, end_s=2.0))
    cfg, state = stage(looker.sensor, max_tracks=2)
    state, said = run(cfg, state, looks(looker, (0.0,), flights))
    assert len(state.bank.number) == 2
    assert [(f.reason, f.n) for f in of(PlotsRejected, said)] == [("too many tracks", 1)]


def test_position_reports_of_differing_times_are_taken_in_order():
    sensor = Sensor(sensor_id="gps", kind="position", period_ns=10 * NS_PER_S)
    cfg, state = stage(sensor)
    lat, lon = math.radians(52.0), math.radians(1.0)
    north = 200.0 / 6.37e6
    rows = [(0.0, 0), (10.0, 1), (20.0, 2), (29.0, 3)]
    t_ns = tuple(T0_NS + round(t * NS_PER_S) for t, _ in rows)
    scan = Scan(
        sensor_id="gps", scan_id="s", kind="position", valid_ns=t_ns[-1], t_ns=t_ns[::-1],
        lat_rad=tuple(lat + north * t for t, _ in rows)[::-1], lon_rad=(lon,) * 4, h_m=(9000.0,) * 4,
    )  # fmt: skip
    state, said = run(cfg, state, [scan])
    update = of(TracksUpdated, said)[0]
    assert state.n_started == 1
    assert (update.n_plots, update.plot, update.t_ns) == ((4,), (0,), (t_ns[-1],))


def test_numbers_that_run_away_end_their_track():
    looker = Looker(radar(**SHARP))
    cfg, state = stage(looker.sensor)
    state, _ = run(cfg, state, looks(looker, range(4)))
    state.bank.x[0, 1, 0] = np.nan
    after, said = run(cfg, state, [looker.scan(4.0, [])])
    assert [e.reason for e in of(TrackEnded, said)] == ["lost"]
    assert len(after.bank.number) == 0


def test_the_state_survives_its_codec_and_what_was_stays_as_it_was():
    looker = Looker(radar(**SHARP))
    cfg, state = stage(looker.sensor)
    before, _ = run(cfg, state, looks(looker, range(3)))
    bytes_before = state_codec.encode(before)
    again = state_codec.decode(bytes_before, track.State)
    scan = looks(looker, (3.0,))[0]
    one, two = track.step(cfg, before, scan), track.step(cfg, again, scan)
    assert one[1] == two[1]
    assert state_codec.encode(one[0]) == state_codec.encode(two[0])
    assert state_codec.encode(before) == bytes_before


def test_other_messages_change_nothing():
    cfg, state = stage(radar())
    act = OperatorAct(valid_ns=T0_NS, user="kim", verb="note")
    assert track.step(cfg, state, act) == (state, [])
