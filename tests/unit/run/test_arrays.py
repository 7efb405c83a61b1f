"""Findings as arrays."""

from hypothesis import given
from hypothesis import strategies as st
from tests.helpers.synthetic import track

from bongsu.messages.tracking import TracksUpdated
from bongsu.run.arrays import tracks_of


def test_the_states_of_a_track_come_in_order_of_their_findings():
    found = tracks_of([track(1, 10.0), track(2, 20.0), track(3, 30.0)])["T000001"]
    assert found.t_ns.tolist() == [track(i, 10.0 * i).t_ns[0] for i in (1, 2, 3)]
    assert found.r_ecef_m.shape == found.v_ecef_mps.shape == (3, 3)
    assert found.phase == ("boost",) * 3
    assert found.is_confirmed.all()


def test_other_findings_have_no_states():
    assert tracks_of([]) == {}


@given(n=st.integers(1, 5))
def test_every_row_of_every_finding_is_in_one_array(n):
    findings = [track(i, float(i)) for i in range(1, n + 1)]
    assert sum(len(a.t_ns) for a in tracks_of(findings).values()) == sum(
        len(f.track_id) for f in findings if isinstance(f, TracksUpdated)
    )
