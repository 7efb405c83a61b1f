"""One station's lines of sight become arcs."""

import math

import numpy as np
from tests.helpers.meteors import Watch, camera, come_in, scans

from bongsu.models.sightlines import SightlineSettings
from bongsu.stages.track.arcs import has_plane, with_plots
from bongsu.stages.track.measure import plots_of

CFG = SightlineSettings()
CAMERA = camera("a", 43.3, -80.8)
BODY = come_in()


def collected(found, cfg=CFG, rejected=None):
    arcs = ()
    for scan in found:
        arcs = with_plots(
            cfg, arcs, 0, plots_of(scan, CAMERA, 2**62, {}), scan.valid_ns, {} if rejected is None else rejected
        )
    return arcs


def test_what_moves_on_is_one_arc_and_has_a_plane():
    (arc,) = collected(scans(BODY, [Watch(CAMERA)]))
    assert (len(arc.t_ns), arc.n_plots) == (11, 11)
    assert has_plane(CFG, arc)


def test_a_plot_far_off_begins_an_arc_of_its_own():
    arcs = collected(scans(BODY, [Watch(CAMERA, bad=((5, 8.0),))]))
    assert sorted(len(a.t_ns) for a in arcs) == [1, 10]


def test_two_objects_at_once_are_two_arcs():
    other = come_in(44.5, -80.4, azimuth_deg=120.0)
    both = sorted(scans(BODY, [Watch(CAMERA)]) + scans(other, [Watch(CAMERA)], seed=1), key=lambda s: s.valid_ns)
    assert sorted(len(a.t_ns) for a in collected(both)) == [11, 11]


def test_order_of_arrival_does_not_matter_within_an_arc():
    found = scans(BODY, [Watch(CAMERA)])
    shuffled = [*found[:4], found[5], found[4], *found[6:]]
    (one,), (two,) = collected(found), collected(shuffled)
    assert one.t_ns.tolist() == two.t_ns.tolist()
    assert np.array_equal(one.rows, two.rows)


def test_arcs_are_bounded_in_rows_age_and_number():
    long = come_in(h_m=70e3, speed_mps=12e3, dive_deg=4.0, beta_kgpm2=1e9, end_s=12.0)
    cfg = SightlineSettings(max_rows=100, max_span_s=5.0)
    (arc,) = collected(scans(long, [Watch(CAMERA, rate_hz=50.0)]), cfg)
    assert len(arc.t_ns) <= 100
    assert arc.t_ns[-1] - arc.t_ns[0] <= 5.0e9
    assert arc.n_plots == 601 or arc.n_plots == 600
    rejected: dict[str, int] = {}
    rng = np.random.default_rng(1)
    noise = [
        s
        for i in range(100)
        for s in scans(BODY, [Watch(CAMERA, end_s=0.01, bad=((0, float(rng.uniform(-90, 90))),))], i)
    ]
    assert len(collected(noise, SightlineSettings(max_arcs=8), rejected)) == 8
    assert sum(rejected.values()) + 8 <= 100


def test_a_light_that_stands_still_has_no_plane():
    still = come_in(speed_mps=0.01, end_s=1.0, least_mps=0.0)
    (arc,) = collected(scans(still, [Watch(CAMERA)]))
    assert not has_plane(CFG, arc)
    assert arc.sigma_rad == math.radians(0.01)
