"""Recorded airliners through the chain, as positions and through an invented radar: tracks, and no alarm."""

import pytest
from builders import recordings
from tests.helpers.recorded import sky

from bongsu.errors import BadInput

STATES = "measurements/air_traffic_negatives/OpenSky_Plane_States.csv"


@pytest.mark.parametrize(("kind", "n_often"), [("opensky", 79), ("opensky-radar", 54)])
def test_twenty_minutes_over_britain_raise_no_alarm_and_keep_their_tracks(shared_data, tmp_path, kind, n_often):
    seen = sky(kind, shared_data / STATES, tmp_path)
    assert (seen.n_launches, seen.n_warnings) == (0, 0)
    assert seen.p_missile <= 0.05
    assert seen.n_often == n_often
    assert seen.n_kept >= 0.95 * seen.n_often
    assert seen.n_tracks <= 1.1 * seen.n_aircraft
    assert set(seen.rejected) <= {"repeated", "older than the track"}
    assert seen.rejected["repeated"] > 0


def test_a_receiver_without_heights_is_refused_with_what_is_missing(shared_data, tmp_path):
    source = shared_data / "measurements/amateur_rockets/camoes_gnss_flight.csv"
    with pytest.raises(BadInput, match="no height among them"):
        recordings.convert("gnss", source, tmp_path)
