"""A log into entries: events that stand, with intervals; an exercise is never history."""

import math

from tests.helpers.flights import SETTINGS, tables
from tests.helpers.records import T0_NS, manifest, tick

from bongsu.adapters.ingest.reports import published_ns, report_of
from bongsu.catalogue import importing, logs, query
from bongsu.catalogue.store import Store
from bongsu.log.writer import LogWriter
from bongsu.messages.assessment import ApogeePrediction, FlightEstimate, LaunchEvent, LaunchPointEstimate
from bongsu.run.core import open_core

COV = (1e6, 0.0, 1e6)


def event(event_id="E000001", state="over", **more):
    return LaunchEvent(
        id="1.0", cause=1, known_ns=T0_NS + 10**9, event_id=event_id, revision=3, state=state,
        valid_ns=T0_NS, track_ids=("T000001",),
        detection_ids=("D000001",), principles=("radar",), reason="test", **more,
    )  # fmt: skip


def findings():
    track = {"track_id": "T000001", "valid_ns": T0_NS, "cause": 1, "known_ns": T0_NS + 10**9}
    return [
        event(),
        LaunchPointEstimate(
            id="1.1", t0_ns=T0_NS, sigma_t0_s=2.0, lat_rad=math.radians(39.2), lon_rad=math.radians(125.7), cov_en_m2=COV,
            azimuth_rad=1.4, sigma_azimuth_rad=0.01, n_plots=9, **track,
        ),
        FlightEstimate(
            id="1.2", range_m=450e3, sigma_range_m=5e3, azimuth_rad=1.4, sigma_azimuth_rad=0.01, flight_time_s=400.0,
            sigma_flight_time_s=9.0, apogee_m=60e3, sigma_apogee_m=2e3, **track,
        ),
        ApogeePrediction(id="1.3", apogee_ns=T0_NS, apogee_m=60e3, low_m=57e3, high_m=63e3, sigma_t_s=1.0, **track),
        event("E000002", "withdrawn"),
    ]  # fmt: skip


def written(path, mode):
    with LogWriter.create(path, manifest(mode=mode)) as log:
        (appended,) = log.append([tick(1)])
        log.store([(appended.seq, findings())])
    return path


def test_an_event_is_an_entry_with_its_doubt_and_a_withdrawn_one_is_none(tmp_path):
    (e,), refused = logs.entries_of(written(tmp_path / "a.log", "live"), tables().places)
    assert (e.source, e.row, e.precision, e.mode, refused) == ("log:kor-1(live)", "E000001", "clock", "live", [])
    assert e.earliest_ns < T0_NS < e.latest_ns
    got = {f.quantity: (f.low, f.high, f.column, f.speaker) for f in e.fields}
    assert got["apogee_km"] == (57.0, 63.0, "1.3", "own")
    low, high, *_ = got["range_km"]
    assert 440 < low < 450 < high < 460


def test_an_exercise_is_kept_and_never_counted(tmp_path):
    for mode, standing in (("live", "counted"), ("exercise", "exercise"), ("test", "exercise")):
        with Store() as store:
            path = written(tmp_path / f"{mode}.log", mode)
            assert importing.import_log(store, path, tables().places).n_entries == 1
            assert importing.import_log(store, path, tables().places).is_repeat
            store.settle()
            assert [k.standing for k in query.launches(store, standings=("counted", "exercise"))] == [standing]


def test_reports_a_log_holds_are_read_from_it(tmp_path):
    text = "North Korea fired a ballistic missile on Friday, South Korea's military said. It flew about 450 km."
    path = tmp_path / "a.log"
    with open_core(path, SETTINGS, tables(), mode="test") as core:
        core.take([(T0_NS, report_of(text, "page", published=published_ns("2025-11-08", "")))])
    (e,), _ = logs.entries_of(path, tables().places)
    assert (e.source, e.row, e.has_official, e.mode) == ("log:kor-1(test)/page", "2025-11-07", True, "test")
    assert "range_km" in {f.quantity for f in e.fields}


def test_an_exercise_of_the_same_node_leaves_its_live_launches_as_they_are(tmp_path):
    with Store() as store:
        for mode in ("live", "exercise"):
            importing.import_log(store, written(tmp_path / f"{mode}.log", mode), tables().places)
        store.settle()
        found = query.launches(store, standings=("counted", "exercise"))
        assert sorted(k.standing for k in found) == ["counted", "exercise"]
