"""What a person reads of a recording."""

from tests.helpers.tracked import at, state, update

from bongsu.messages.assessment import Classification
from bongsu.messages.tracking import SensorStatus
from bongsu.run.summary import MOST_TRACKS, summary

HERE = state(39.5, 127.0, 100e3, (1500.0, 0.0, 900.0))


def kind(track_id: str, name: str) -> Classification:
    only = (("undetermined", 1.0),)
    return Classification(
        track_id=track_id, valid_ns=at(1.0), shape=only, range_class=only, kind=((name, 0.999), ("undetermined", 0.001)),
        convention="none",
    )  # fmt: skip


def test_it_says_what_every_track_but_an_aircraft_is_and_how_it_was_followed() -> None:
    found = [
        update(HERE, 1.0, h_m=100e3), kind("T000001", "meteor_or_reentry"), update(HERE, 3.0, h_m=90e3),
        update(HERE, 2.0, track_id="T000002"), kind("T000002", "aircraft"),
    ]  # fmt: skip
    lines = list(summary(found, 3))
    (line,) = [text for text in lines if text.startswith("T00000")]
    assert line.startswith("T000001: meteor or re-entering object over 99 %; first")
    assert "100.0 km high" in line.split("last")[0]
    assert "90.0 km high" in line.split("last")[1]
    assert lines[-2] == "2 confirmed tracks; 0 launches"


def test_many_tracks_are_counted_not_told() -> None:
    found = [update(HERE, 1.0, track_id=f"T{k:06d}") for k in range(1, MOST_TRACKS + 4)]
    assert "3 further tracks that are no aircraft" in list(summary(found, 1))


def test_clock_offsets_are_said_with_their_sign() -> None:
    status = SensorStatus(
        sensor_id="west", valid_ns=at(1.0), is_degraded=False, reason="", clock_offset_s=-0.1, sigma_clock_s=0.002
    )
    assert any(text.startswith("west: clock 0.1000 +-0.0020 s behind") for text in summary([status], 1))
