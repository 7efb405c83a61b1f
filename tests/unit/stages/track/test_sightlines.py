"""Cameras that see one body: a track with clocks, or a word on why there is none."""

import math
from dataclasses import replace

import numpy as np
import pytest
from tests.helpers.flights import tables
from tests.helpers.meteors import T0_NS, Body, Watch, camera, come_in, scans, with_ticks
from tests.unit.stages.track.flights import launch

from bongsu.constants import NS_PER_S
from bongsu.log import state_codec
from bongsu.messages.codec import decode_finding, encode
from bongsu.messages.inputs import Scan
from bongsu.messages.tracking import PlotsRejected, SensorStatus, TrackEnded, TracksUpdated
from bongsu.models.settings import Settings
from bongsu.stages import track
from bongsu.stages.track import sightlines as sights

A, B, C = camera("a", 43.3, -80.8, sigma_clock_s=0.0), camera("b", 43.2, -81.3), camera("c", 44.6, -80.9)
METEOR = come_in()


def heard(found, *sensors):
    """All findings of the stage, with ticks between the scans and after them."""
    cfg = track.configure(Settings(sensors=sensors), tables())
    state, said = track.start(cfg), []
    for message in with_ticks(found):
        state, more = track.step(cfg, state, message)
        said += more
    assert (state.sights.arcs, state.sights.paths) == ((), ())
    for finding in said:
        assert decode_finding(encode(finding)) == finding
    return said


def watched(body, *watches, seed=0):
    return heard(scans(body, list(watches), seed), *(w.sensor for w in watches))


def of(kind, said):
    return [f for f in said if isinstance(f, kind)]


def line_miss_m(update, place):
    """Distance of a place from the straight line of an update's first track."""
    r, v = np.array(update.r_ecef_m[0]), np.array(update.v_ecef_mps[0])
    u = v / np.linalg.norm(v)
    return float(np.linalg.norm(place - r - u * (u @ (place - r))))


def test_three_cameras_with_wild_clocks_make_one_track_and_estimate_them():
    said = watched(METEOR, Watch(A), Watch(B, clock_s=1.33, start_s=0.1), Watch(C, clock_s=-0.5, end_s=0.25))
    updates = of(TracksUpdated, said)
    last = updates[-1]
    assert {t for u in updates for t in u.track_id} == {"T000001"}
    assert (last.is_confirmed, last.phase, last.plot) == ((True,), ("entry",), (-1,))
    assert last.speed_mps[0] == pytest.approx(67_000.0, abs=200.0)
    assert max(line_miss_m(last, METEOR.states[i, :3]) for i in (0, -1)) < 100.0
    clocks = {s.sensor_id: s for s in of(SensorStatus, said)}
    assert clocks["b"].clock_offset_s == pytest.approx(1.33, abs=0.002)
    assert clocks["c"].clock_offset_s == pytest.approx(-0.5, abs=0.002)
    assert "a" not in clocks
    assert [e.reason for e in of(TrackEnded, said)] == ["lost"]


def test_the_same_with_clocks_declared_exact_is_never_confirmed_and_far_off():
    exact = [replace_clock(s, 0.0) for s in (A, B, C)]
    said = watched(METEOR, *(Watch(s, clock_s=c) for s, c in zip(exact, (0.0, 0.1, -0.1), strict=True)))
    updates = of(TracksUpdated, said)
    assert not any(any(u.is_confirmed) for u in updates)
    assert max(line_miss_m(updates[-1], METEOR.states[i, :3]) for i in (0, -1)) > 1_000.0
    assert {r.reason for r in of(PlotsRejected, said)} == {sights.DISAGREE}
    assert of(SensorStatus, said) == []


def replace_clock(sensor, sigma_clock_s):
    return camera(
        sensor.sensor_id, math.degrees(sensor.lat_rad), math.degrees(sensor.lon_rad), sigma_clock_s=sigma_clock_s
    )


@pytest.mark.parametrize("speed_mps", [11_500.0, 20_000.0, 45_000.0, 72_000.0])
def test_any_speed_any_place(speed_mps):
    body = come_in(-33.0, 151.0, speed_mps=speed_mps, dive_deg=30.0, azimuth_deg=100.0, end_s=0.8)
    stations = [camera("a", -33.6, 150.6, sigma_clock_s=0.0), camera("b", -32.4, 151.4)]
    last = of(TracksUpdated, watched(body, Watch(stations[0]), Watch(stations[1], clock_s=-0.8)))[-1]
    assert last.is_confirmed == (True,)
    assert last.speed_mps[0] == pytest.approx(speed_mps, rel=0.02)
    assert line_miss_m(last, body.states[0, :3]) < 5.0 * last.sigma_pos_m[0]


def test_a_slow_fireball_that_brakes_is_followed_to_its_end():
    body = come_in(45.5, 17.0, 80e3, speed_mps=16_000.0, dive_deg=20.0, azimuth_deg=30.0, beta_kgpm2=100.0, end_s=8.0)
    assert np.linalg.norm(body.states[-1, 3:]) < 11_000.0
    stations = [camera("a", 45.8, 17.4, sigma_deg=0.1, sigma_clock_s=0.0), camera("b", 46.2, 16.8, sigma_deg=0.1)]
    said = watched(body, Watch(stations[0], rate_hz=25.0), Watch(stations[1], rate_hz=25.0, start_s=3.0, clock_s=1.33))
    last = of(TracksUpdated, said)[-1]
    assert (last.is_confirmed, last.phase) == ((True,), ("entry",))
    assert last.speed_mps[0] == pytest.approx(float(np.linalg.norm(body.states[-1, 3:])), rel=0.1)
    assert np.linalg.norm(np.array(last.r_ecef_m[0]) - body.at((last.t_ns[0] - T0_NS) / NS_PER_S)[:3]) < 500.0
    assert of(SensorStatus, said)[-1].clock_offset_s == pytest.approx(1.33, abs=0.03)


def test_one_camera_alone_says_once_what_it_cannot_know():
    said = watched(METEOR, Watch(A))
    assert of(TracksUpdated, said) == []
    (word,) = of(PlotsRejected, said)
    assert (word.sensor_id, word.reason, word.n) == ("a", sights.ALONE, 11)
    assert "unobservable" in word.reason


def test_two_cameras_side_by_side_have_no_distance_either():
    said = watched(METEOR, Watch(A), Watch(camera("a2", 43.3001, -80.8)))
    assert not any(any(u.is_confirmed) for u in of(TracksUpdated, said))
    assert sum(r.n for r in of(PlotsRejected, said)) == 22


@pytest.mark.parametrize("degrees", [0.2, 3.0, 40.0])
def test_a_bad_row_costs_itself_and_little_else(degrees):
    clean = of(TracksUpdated, watched(METEOR, Watch(A), Watch(B), Watch(C)))[-1]
    said = watched(METEOR, Watch(A), Watch(B, bad=((4, degrees),)), Watch(C))
    last = of(TracksUpdated, said)[-1]
    assert last.is_confirmed == (True,)
    assert np.linalg.norm(np.array(last.r_ecef_m[0]) - np.array(clean.r_ecef_m[0])) < 100.0
    assert sum(r.n for r in of(PlotsRejected, said)) in (1, 2)


def test_a_whole_clip_in_one_scan_is_the_same_as_row_by_row():
    watches = [Watch(A), Watch(B, clock_s=0.3)]
    found = scans(METEOR, watches)
    clips = []
    for name in ("a", "b"):
        mine = [s for s in found if s.sensor_id == name]
        t_ns, los = tuple(s.t_ns[0] for s in mine), tuple(s.los_ecef[0] for s in mine)
        clips.append(Scan(sensor_id=name, scan_id="clip", kind="los", valid_ns=t_ns[-1], t_ns=t_ns, los_ecef=los))
    one, two = (of(TracksUpdated, heard(x, A, B))[-1] for x in (found, clips))
    assert two.is_confirmed == (True,)
    assert np.array(two.r_ecef_m) == pytest.approx(np.array(one.r_ecef_m), abs=1e-3)


def test_two_meteors_at_once_are_two_tracks():
    other = come_in(43.9, -80.2, azimuth_deg=200.0, speed_mps=30e3)
    watches = [Watch(A), Watch(B, clock_s=0.2), Watch(C)]
    both = sorted(scans(METEOR, watches) + scans(other, watches, seed=9), key=lambda s: s.valid_ns)
    last = {}
    for update in of(TracksUpdated, heard(both, A, B, C)):
        last[update.track_id[0]] = update
    speeds = sorted(u.speed_mps[0] for u in last.values() if u.is_confirmed[0])
    assert speeds == pytest.approx([30e3, 67e3], rel=0.02)


def test_two_telescopes_follow_a_rocket_and_hand_it_to_the_bank():
    flight = launch()
    body = Body(0.05, np.array([np.concatenate(flight.state(t)) for t in np.arange(0.0, 110.0, 0.05)]))
    near, far = camera("a", 40.5, 125.9, sigma_clock_s=0.0), camera("b", 39.6, 126.3)
    said = watched(body, Watch(near, 2.0, 25.0), Watch(far, 2.0, 30.0, clock_s=0.4))
    updates = of(TracksUpdated, said)
    assert {t for u in updates for t in u.track_id} == {"T000001"}
    phases = [u.phase[0] for u in updates]
    assert {"boost", "coast"} <= set(phases)
    assert "entry" not in phases
    late = [u for u in updates if u.t_ns[0] > T0_NS + 80 * NS_PER_S]
    errors = [np.linalg.norm(np.array(u.r_ecef_m[0]) - body.at((u.t_ns[0] - T0_NS) / NS_PER_S)[:3]) for u in late]
    assert len(errors) > 20
    assert max(errors) < 100.0


def test_a_camera_whose_clock_is_in_doubt_leaves_other_tracks_alone():
    cfg = track.configure(Settings(sensors=(A, B)), tables())
    state = track.start(cfg)
    plots = track.plots_of(scans(METEOR, [Watch(B)])[0], B, 2**62, {})
    assert sights.corrected(cfg, state.sights, 1, plots) is None
    known = replace(state.sights, clocks=np.array([[0.0, 0.0], [0.25, 0.001]]))
    moved = sights.corrected(cfg, known, 1, plots)
    assert moved is not None
    assert (plots.t_ns - moved.t_ns).tolist() == [250_000_000]


def test_a_restart_in_the_middle_changes_nothing():
    cfg, said = track.configure(Settings(sensors=(A, B)), tables()), []
    for every in (1000, 3):
        state, found = track.start(cfg), []
        for i, message in enumerate(with_ticks(scans(METEOR, [Watch(A), Watch(B, clock_s=0.3)]))):
            state, more = track.step(cfg, state, message)
            found += more
            if i % every == every - 1:
                state = state_codec.decode(state_codec.encode(state), track.State)
        said.append(found)
    assert said[0] == said[1]
    assert len(said[0]) > 3


def rocket(until_s=60.0):
    flight = launch()
    return Body(0.05, np.array([np.concatenate(flight.state(t)) for t in np.arange(0.0, until_s, 0.05)]))


@pytest.mark.parametrize("clocks_s", [(0.0, 0.4), (-0.7, 0.5), (1.1, 0.9)])
def test_a_rocket_before_two_cameras_that_both_lack_the_time_is_one_track_that_knows_how_little_it_knows(clocks_s):
    body, places = rocket(), ((40.5, 125.9), (39.6, 126.3))
    watches = [Watch(camera(n, *at), 2.0, 25.0, clock_s=c) for n, at, c in zip("ab", places, clocks_s, strict=True)]
    said = watched(body, *watches)
    updates = [u for u in of(TracksUpdated, said) if u.plot[0] >= 0]
    assert {u.track_id for u in updates} == {("T000001",)}
    assert len(updates) > 40
    for u in updates[2:]:
        error_m = np.linalg.norm(np.array(u.r_ecef_m[0]) - body.at((u.t_ns[0] - T0_NS) / NS_PER_S)[:3])
        assert error_m < 3.0 * u.sigma_pos_m[0] < 4_000.0
        assert u.is_confirmed == (True,)
    last = {s.sensor_id: s for s in of(SensorStatus, said)}
    assert last["b"].clock_offset_s - last["a"].clock_offset_s == pytest.approx(clocks_s[1] - clocks_s[0], abs=0.02)
    assert all(s.sigma_clock_s > 0.6 for s in last.values())
    assert [e.reason for e in of(TrackEnded, said)] == ["lost"]


def test_a_third_camera_that_has_the_time_hands_it_to_the_bank():
    places = {"a": (40.5, 125.9), "b": (39.6, 126.3), "c": (40.9, 126.6)}
    watches = [
        Watch(camera(n, *at, sigma_clock_s=0.0 if n == "c" else 1.0), 2.0, 40.0 if n == "c" else 25.0, clock_s=c)
        for (n, at), c in zip(places.items(), (-0.7, 0.5, 0.0), strict=True)
    ]
    body = rocket()
    said = watched(body, *watches)
    updates = of(TracksUpdated, said)
    assert {u.track_id for u in updates} == {("T000001",)}
    assert updates[-1].phase == ("boost",)
    error_m = np.linalg.norm(np.array(updates[-1].r_ecef_m[0]) - body.at((updates[-1].t_ns[0] - T0_NS) / NS_PER_S)[:3])
    assert error_m < 100.0
