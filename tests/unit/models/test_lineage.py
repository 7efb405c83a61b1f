"""Ids, causes and labels of findings."""

from msgspec import structs
from tests.helpers.records import radar_scan

from bongsu.messages.inputs import Tick
from bongsu.messages.labels import Label
from bongsu.messages.tracking import LaunchDetected, PlotsRejected, TrackEnded
from bongsu.models import lineage
from bongsu.models.lineage import MAX_SCANS, Ledger, Stamper, id_order, subjects_of

LOOSE = Label("PUBLIC", ("jpn", "kor", "usa"))
TIGHT = Label("CONFIDENTIAL", ("kor",), ("SRC",))


def marked(scan, label):
    return structs.replace(scan, label=label)


def ended(track_id):
    return TrackEnded(track_id=track_id, valid_ns=1, reason="lost", last_plot_ns=1)


def detected(*scans):
    return LaunchDetected(
        detection_id="D000001", valid_ns=1, evidence=("ir-1",), principle="infrared", lat_rad=0.0, lon_rad=0.0,
        radius_m=1.0, scans=scans,
    )  # fmt: skip


def test_a_finding_is_named_after_its_cause_and_its_place():
    stamper = Stamper(Ledger(), 7, 99, Tick(valid_ns=5))
    first, second = stamper.stamp(ended("T000001")), stamper.stamp(ended("T000002"))
    assert (first.id, second.id, second.cause, second.known_ns) == ("7.0", "7.1", 7, 99)


def test_a_subject_keeps_the_strictest_label_it_ever_rested_on():
    one = Stamper(Ledger(), 1, 1, marked(radar_scan(1.0), TIGHT))
    one.stamp(ended("T000001"))
    two = Stamper(one.close(), 2, 2, marked(radar_scan(2.0), LOOSE))
    assert two.stamp(ended("T000001")).label == TIGHT
    assert two.stamp(ended("T000002")).label == LOOSE


def test_a_clock_tick_marks_nothing():
    one = Stamper(Ledger(), 1, 1, marked(radar_scan(1.0), LOOSE))
    one.stamp(ended("T000001"))
    assert Stamper(one.close(), 2, 2, Tick(valid_ns=2)).stamp(ended("T000001")).label == LOOSE


def test_a_detection_rests_on_its_looks_and_carries_their_labels():
    one = Stamper(Ledger(), 1, 1, marked(radar_scan(1.0, scan_id="a"), TIGHT))
    two = Stamper(one.close(), 2, 2, marked(radar_scan(2.0, scan_id="b"), LOOSE))
    found = two.stamp(detected("north-radar/a", "north-radar/b"))
    assert found.label == TIGHT
    assert found.rests_on == ("1", "2")


def test_a_look_no_longer_remembered_makes_a_finding_secret():
    stamper = Stamper(Ledger(), 3, 3, marked(radar_scan(1.0), LOOSE))
    assert stamper.stamp(detected("north-radar/gone")).label.classification == "SECRET"


def test_the_ledger_stays_bounded():
    ledger = Ledger()
    for seq in range(1, MAX_SCANS + 10):
        ledger = Stamper(ledger, seq, seq, radar_scan(float(seq))).close()
    assert len(ledger.scans) == MAX_SCANS


def test_ids_sort_by_cause_then_place_with_the_input_first():
    assert sorted(["10.0", "9.11", "9.2", "9"], key=id_order) == ["9", "9.2", "9.11", "10.0"]


def test_a_finding_without_a_subject_is_about_nothing():
    assert subjects_of(PlotsRejected(sensor_id="a", valid_ns=1, reason="gate", n=1)) == ()


def test_a_subject_heard_of_again_is_forgotten_last(monkeypatch):
    monkeypatch.setattr(lineage, "MAX_SUBJECTS", 3)
    stamper = Stamper(Ledger(tuple((f"T00000{k}", LOOSE, "", "") for k in (1, 2, 3))), 9, 1, Tick(valid_ns=1))
    stamper.stamp(ended("T000001"))
    stamper.stamp(ended("T000004"))
    assert [subject for subject, *_ in stamper.close().subjects] == ["T000003", "T000001", "T000004"]
