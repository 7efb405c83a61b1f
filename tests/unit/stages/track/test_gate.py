"""Repeats: what a track has had is not taken again, and what it has not had is no repeat, however alike the stamps are."""

import pytest
from msgspec import structs
from tests.unit.stages.track.flights import Looker, lob, radar
from tests.unit.stages.track.test_track import FLIGHT, SHARP, looks, of, run, stage

from bongsu.log import state_codec
from bongsu.messages.tracking import PlotsRejected, TracksUpdated

PER_PLOT = ("t_ns", "range_m", "azimuth_rad", "elevation_rad")


def one_by_one(scan):
    """A look of several plots as a sensor sends it that knows no scans: a scan for each plot, all of one instant."""
    rows = range(len(scan.t_ns))
    return [
        structs.replace(scan, scan_id=f"{scan.scan_id}.{i}", **{c: (getattr(scan, c)[i],) for c in PER_PLOT})
        for i in rows
    ]


@pytest.mark.parametrize("north", [0.001, 0.02, 0.2, 3.0])
def test_two_objects_of_one_instant_in_two_scans_are_two_tracks(north):
    other = lob(lat=40.0 + north, climb=52.0, end_s=20.0)
    looker = Looker(radar(**SHARP))
    cfg, state = stage(looker.sensor)
    scans = [part for look in looks(looker, range(10), (FLIGHT, other)) for part in one_by_one(look)]
    state, said = run(cfg, state, scans)
    assert of(PlotsRejected, said) == []
    last = {t: n for u in of(TracksUpdated, said) for t, n in zip(u.track_id, u.n_plots, strict=True)}
    assert last == {"T000001": 10, "T000002": 10}
    assert state.bank.is_confirmed.tolist() == [True, True]


def test_the_same_plots_sent_twice_change_nothing():
    other = lob(lat=40.05, climb=52.0, end_s=20.0)
    looker = Looker(radar(**SHARP))
    cfg, state = stage(looker.sensor)
    scans = [part for look in looks(looker, range(6), (FLIGHT, other)) for part in one_by_one(look)]
    state, _ = run(cfg, state, scans)
    after, said = run(cfg, state, [*scans[-2:], *scans[-2:]])
    assert [(f.reason, f.n) for f in of(PlotsRejected, said)] == [("repeated", 1)] * 4
    assert state_codec.encode(after) == state_codec.encode(state)


def test_a_repeat_of_a_plot_that_started_a_track_starts_no_other():
    looker = Looker(radar(**SHARP))
    cfg, state = stage(looker.sensor)
    scan = looks(looker, (0.0,))[0]
    state, said = run(cfg, state, [scan, replace_id(scan), replace_id(scan)])
    assert state.n_started == 1
    assert [(f.reason, f.n) for f in of(PlotsRejected, said)] == [("repeated", 1)] * 2


def replace_id(scan):
    return structs.replace(scan, scan_id=scan.scan_id + "'")
