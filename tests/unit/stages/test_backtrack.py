"""Launch points from the plots of powered flight, and from arcs seen only unpowered."""

import math

import numpy as np
import pytest
from msgspec import structs
from tests.helpers.ideal import CLAIM, TRACK, estimates, main_object, scenario, settings_of, tracked
from tests.helpers.tracked import at

from bongsu.kernels.earth import ecef_from_geodetic, enu_from_ecef
from bongsu.log import state_codec
from bongsu.messages.assessment import LaunchPointEstimate
from bongsu.messages.codec import decode_finding, encode
from bongsu.messages.tracking import BurnObserved, TrackEnded
from bongsu.models.boost import BoostSettings
from bongsu.sim.truth import Flight
from bongsu.stages import backtrack
from bongsu.stages.backtrack.flights import thinned
from bongsu.stages.backtrack.plots import rows_of

SCENE = scenario("overflight-2017-08-29")
SETTINGS = settings_of("overflight-2017-08-29")
CFG = backtrack.configure(SETTINGS, None)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def seen():
    """One flight and the scans of its main object."""
    return main_object(SCENE, 5)


def off_m(found: LaunchPointEstimate, flight: Flight) -> float:
    """How far an estimate lies from the true launch point."""
    place = ecef_from_geodetic(found.lat_rad, found.lon_rad, 0.0)
    return math.dist(place, ecef_from_geodetic(flight.launch_lat_rad, flight.launch_lon_rad, 0.0))


def test_the_second_look_of_a_claimed_track_gives_a_first_rough_launch_point(seen):
    flight, scans = seen
    (found,) = estimates(SETTINGS, flight, [s for s in scans if s.kind == "infrared"][:2], "undetermined")
    assert found.track_id == TRACK
    assert off_m(found, flight) < 10e3
    assert 0.5e3 < math.sqrt(found.cov_en_m2[0]) < 10e3
    assert found.n_plots == 2
    assert decode_finding(encode(found)) == found


def test_the_estimate_at_burn_out_is_near_and_says_how_near(seen):
    flight, scans = seen
    last = list(estimates(SETTINGS, flight, scans))[-1]
    assert off_m(last, flight) < 1e3
    assert math.sqrt(last.cov_en_m2[0] + last.cov_en_m2[2]) < 2e3
    assert abs(last.t0_ns - flight.t0_ns) / 1e9 < 4.0 * last.sigma_t0_s < 20.0
    assert abs(math.remainder(last.azimuth_rad - flight.azimuth_rad, 2 * math.pi)) < 0.1


def test_infrared_alone_and_a_radar_alone_each_lead_back_to_the_launch(seen):
    flight, scans = seen
    for kind, limit_m in (("infrared", 6e3), ("radar", 2e3)):
        last = list(estimates(SETTINGS, flight, [s for s in scans if s.kind == kind]))[-1]
        assert off_m(last, flight) < limit_m


def test_a_track_no_event_claims_is_never_spoken_of(seen):
    flight, scans = seen
    now = backtrack.start(CFG)
    for n, scan in enumerate(scans, start=1):
        for message in (scan, tracked(flight, scan, "boost", n)):
            now, said = backtrack.step(CFG, now, message)
            assert not said


def test_nothing_is_said_while_a_radar_cannot_tell_a_burn_from_a_fall(seen):
    flight, scans = seen
    radar = [s for s in scans if s.kind == "radar"][:6]
    assert not list(estimates(SETTINGS, flight, radar, "undetermined"))


def test_plots_taken_before_the_claim_are_used(seen):
    flight, scans = seen
    now, said = backtrack.start(CFG), []
    for n, scan in enumerate(scans[:6], start=1):
        for message in (scan, tracked(flight, scan, "boost", n)):
            now, _ = backtrack.step(CFG, now, message)
    now, said = backtrack.step(CFG, now, CLAIM)
    assert [found.n_plots for found in said] == [6]


def test_looks_that_come_late_change_nothing_but_the_order_of_work(seen):
    flight, scans = seen
    straight = list(estimates(SETTINGS, flight, scans[:12]))[-1]
    shuffled = list(estimates(SETTINGS, flight, [*scans[:4], *scans[8:12], *scans[4:8]]))[-1]
    assert shuffled.lat_rad == pytest.approx(straight.lat_rad, abs=1e-5)
    assert shuffled.lon_rad == pytest.approx(straight.lon_rad, abs=1e-5)


def test_an_aircraft_is_forgotten(seen):
    flight, scans = seen
    now = backtrack.start(CFG)
    for phase in ("undetermined", "level"):
        for message in (scans[0], structs.replace(tracked(flight, scans[0], phase, 1))):
            now, _ = backtrack.step(CFG, now, message)
    assert now.flights == ()


def test_an_ended_track_is_let_go_unless_an_event_holds_it_and_a_closed_event_lets_go(seen):
    flight, scans = seen
    ended = TrackEnded(track_id=TRACK, valid_ns=at(0.0), reason="lost", last_plot_ns=at(0.0))
    over = structs.replace(CLAIM, state="over")
    for messages, n in (((ended,), 0), ((CLAIM, ended), 1), ((CLAIM, ended, over), 0)):
        now = backtrack.start(CFG)
        for message in (scans[0], tracked(flight, scans[0], "boost", 1), *messages):
            now, _ = backtrack.step(CFG, now, message)
        assert len(now.flights) == n


def test_what_is_kept_of_a_flight_stays_bounded_and_survives_its_codec(seen):
    flight, scans = seen
    settings = structs.replace(SETTINGS, boost=BoostSettings(max_rows=40, max_rows_idle=10))
    cfg = backtrack.configure(settings, None)  # type: ignore[arg-type]
    now = backtrack.start(cfg)
    for claim in ((), (CLAIM,)):
        for n, scan in enumerate(scans, start=1):
            for message in (scan, tracked(flight, scan, "boost", n), *claim):
                now, _ = backtrack.step(cfg, now, message)
            assert now.flights[0].rows.shape[0] <= (40 if claim else 10)
    again = state_codec.decode(state_codec.encode(now), backtrack.State)
    assert state_codec.encode(again) == state_codec.encode(now)


def test_thinning_keeps_the_first_look_and_whole_looks():
    rows = np.zeros((9, 10))
    rows[:, 0] = (4, 4, 1, 1, 2, 2, 3, 3, 3)
    assert thinned(rows)[:, 0].tolist() == [1, 1, 3, 3, 3]


def test_the_end_of_the_burn_is_the_last_word(seen):
    flight, scans = seen
    now = backtrack.start(CFG)
    for n, scan in enumerate(scans[:8], start=1):
        for message in (scan, tracked(flight, scan, "boost", n), CLAIM):
            now, _ = backtrack.step(CFG, now, message)
    burn = BurnObserved(
        track_id=TRACK, start_ns=at(0.0), end_ns=scans[7].valid_ns, sigma_s=1.0, decided_ns=scans[7].valid_ns
    )
    now, said = backtrack.step(CFG, now, burn)
    assert len(said) == 1
    for n, scan in enumerate(scans[8:12], start=9):
        for message in (scan, tracked(flight, scan, "coast", n)):
            now, said = backtrack.step(CFG, now, message)
            assert not said


def test_a_part_first_seen_high_inherits_the_launch_of_its_event(seen):
    flight, scans = seen
    radar = [s for s in scans if s.kind == "radar"]
    now, said = backtrack.start(CFG), []
    for n, scan in enumerate(radar[:10], start=1):
        for message in (scan, tracked(flight, scan, "boost", n), CLAIM):
            now, found = backtrack.step(CFG, now, message)
            said += found
    part = structs.replace(tracked(flight, radar[-1], "coast", 1), track_id=("T000002",))
    for message in (radar[-1], part):
        now, _ = backtrack.step(CFG, now, message)
    _, found = backtrack.step(CFG, now, structs.replace(CLAIM, track_ids=(TRACK, "T000002")))
    assert [f.track_id for f in found] == ["T000002"]
    assert (found[0].lat_rad, found[0].lon_rad) == (said[-1].lat_rad, said[-1].lon_rad)


def test_a_flight_first_seen_unpowered_gets_a_long_region_along_its_track():
    flight, scans = main_object(SCENE, 5, until_s=120.0)
    late = [s for s in scans if s.kind == "radar" and s.valid_ns > flight.t0_ns + (flight.burn_out_s + 60.0) * 1e9]
    found = list(estimates(SETTINGS, flight, late[:6], "coast"))[-1]
    place = np.array(ecef_from_geodetic(found.lat_rad, found.lon_rad, 0.0))
    true = np.array(ecef_from_geodetic(flight.launch_lat_rad, flight.launch_lon_rad, 0.0))
    e, n, _ = enu_from_ecef(*(place - true), found.lat_rad, found.lon_rad)
    ee, en, nn = found.cov_en_m2
    assert (e * e * nn - 2 * e * n * en + n * n * ee) / (ee * nn - en * en) < 9.2  # inside 99 %
    low, high = np.sort(np.linalg.eigvalsh(np.array(((ee, en), (en, nn)))) ** 0.5)
    assert 10e3 < high < 200e3
    assert low < 0.4 * high
    assert abs(found.t0_ns - flight.t0_ns) / 1e9 < 3.0 * found.sigma_t0_s


def test_a_plot_of_each_kind_becomes_the_rows_its_sensor_measures(seen):
    _, scans = seen
    by_kind = {scan.kind: scan for scan in scans}
    sensor = {s.sensor_id: s for s in SETTINGS.sensors}
    for kind, n in (("radar", 3), ("infrared", 2)):
        scan = by_kind[kind]
        rows = rows_of(scan, 0, sensor[scan.sensor_id], scan.valid_ns, 0.0)
        assert rows.shape == (n, 10)
        assert rows[:, 2:5] @ rows[:, 2:5].T == pytest.approx(np.eye(n), abs=1e-9)
    rated = structs.replace(by_kind["radar"], range_rate_mps=(1_200.0,))
    assert rows_of(rated, 0, sensor[rated.sensor_id], rated.valid_ns, 0.0)[3, 8] == 1_200.0


def test_a_scan_of_another_sensor_than_the_update_names_is_not_used(seen):
    flight, scans = seen
    now = backtrack.start(CFG)
    for message in (scans[0], structs.replace(tracked(flight, scans[0], "boost", 1), scan_id="another")):
        now, _ = backtrack.step(CFG, now, message)
    assert now.flights == ()
