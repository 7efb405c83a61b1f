"""How launch events open, gather tracks and witnesses, and end."""

import pytest
from msgspec import structs
from tests.helpers.tracked import at, state, update

from bongsu.log import state_codec
from bongsu.messages.assessment import LaunchEvent
from bongsu.messages.base import Message
from bongsu.messages.codec import decode_finding, encode
from bongsu.messages.inputs import Tick
from bongsu.messages.tracking import LaunchDetected, TrackEnded, TracksUpdated
from bongsu.models.sensors import Sensor
from bongsu.models.settings import Settings
from bongsu.stages import event

PLACE = (40.2, 125.2)
SENSORS = (
    Sensor(sensor_id="ir-west", kind="infrared", nation="usa"),
    Sensor(sensor_id="radar-1", kind="radar", nation="kor"),
    Sensor(sensor_id="radar-2", kind="radar", nation="jpn"),
)
CFG = event.configure(Settings(sensors=SENSORS), None)  # type: ignore[arg-type]


def detection(
    t_s: float = 40.0, principle: str = "infrared", sensor_id: str = "ir-west", **more: object
) -> LaunchDetected:
    fields = {
        "detection_id": "D000001",
        "valid_ns": at(t_s),
        "evidence": (sensor_id,),
        "principle": principle,
        "lat_rad": 0.701622,
        "lon_rad": 2.185152,
        "radius_m": 12e3,
        "scans": (f"{sensor_id}/s1",),
    }
    return LaunchDetected(**(fields | more))  # type: ignore[arg-type]


def track(
    t_s: float,
    east_km: float,
    h_m: float,
    enu_mps: tuple[float, float, float],
    track_id: str = "T000001",
    **more: object,
) -> TracksUpdated:
    """One update of a track east of the launch place."""
    x = state(PLACE[0], PLACE[1] + east_km / 85.0, h_m, enu_mps)
    message = update(x, t_s, more.pop("phase", "boost"), h_m=h_m, track_id=track_id)  # type: ignore[arg-type]
    return structs.replace(message, **more)


def ascent(track_id: str = "T000001", sensor_id: str = "radar-1", n: int = 4, **more: object) -> list[TracksUpdated]:
    """A few updates of a climbing track near the place."""
    return [
        track(42.0 + 2.0 * k, 3.0 + k, 15e3 + 1.5e3 * k, (300.0, 0.0, 700.0), track_id, sensor_id=sensor_id, **more)
        for k in range(n)
    ]


def heard(*messages: Message) -> list[LaunchEvent]:
    """What event says of messages in a row; each state and finding goes through its codec on the way."""
    now, found = event.start(CFG), []
    for message in messages:
        now, said = event.step(CFG, now, message)
        now = state_codec.decode(state_codec.encode(now), event.State)
        found += [decode_finding(encode(finding)) for finding in said]
    return found


def test_a_detection_opens_a_suspected_event_with_the_first_revision():
    (found,) = heard(detection())
    assert (found.event_id, found.revision, found.state, found.detection_ids) == (
        "E000001",
        1,
        "suspected",
        ("D000001",),
    )
    assert found.principles == ("infrared",)


def test_nothing_is_said_when_nothing_changed():
    assert len(heard(detection(), *(Tick(valid_ns=at(t)) for t in range(41, 60)))) == 1


def test_a_track_born_before_its_detection_is_in_the_first_revision():
    (found,) = heard(track(38.0, 1.0, 9e3, (50.0, 0.0, 400.0), n_plots=(2,), is_confirmed=(False,)), detection())
    assert found.track_ids == ("T000001",)


def test_a_radar_beside_the_infrared_confirms_the_event():
    found = heard(detection(), *ascent())
    assert found[-1].state == "confirmed"
    assert found[-1].principles == ("infrared", "radar")
    assert [f.revision for f in found] == list(range(1, len(found) + 1))


def test_radars_of_two_nations_confirm_an_event_and_two_of_one_do_not():
    opened = detection(41.0, "radar", "radar-1", track_ids=("T000001",))
    alone = heard(*ascent()[:1], opened, *ascent()[1:])
    assert {f.state for f in alone} == {"suspected"}
    both = heard(*ascent()[:1], opened, *ascent()[1:], *ascent(sensor_id="radar-2"))
    assert both[-1].state == "confirmed"


def test_one_sensor_never_confirms_itself():
    found = heard(detection(), *ascent(sensor_id="ir-west", n=8))
    assert {f.state for f in found} == {"suspected"}


def test_an_airliner_nearby_does_not_join():
    level = [
        track(t, 10.0, 11e3, (250.0, 0.0, 0.0), "T000005", phase="level", p_level=(0.95,)) for t in range(20, 60, 4)
    ]
    assert not any("T000005" in f.track_ids for f in heard(*level[:5], detection(), *level[5:]))


def test_a_fast_track_downrange_joins_and_one_flying_the_other_way_does_not():
    outgoing = track(120.0, 130.0, 90e3, (2_500.0, 0.0, 500.0), "T000002")
    incoming = track(120.0, 130.0, 90e3, (-2_500.0, 0.0, 500.0), "T000003")
    assert heard(detection(), outgoing)[-1].track_ids == ("T000002",)
    assert len(heard(detection(), incoming)) == 1


def test_a_track_too_far_to_have_come_from_there_does_not_join():
    assert len(heard(detection(), track(60.0, 900.0, 90e3, (2_500.0, 0.0, 500.0), "T000002"))) == 1


def test_a_separated_part_joins_behind_the_main_object():
    part = track(100.0, 60.0, 80e3, (1_700.0, 0.0, 900.0), "T000002")
    found = heard(detection(), *ascent(), track(100.0, 60.0, 80e3, (1_700.0, 0.0, 900.0)), part)
    assert found[-1].track_ids == ("T000001", "T000002")


def test_a_part_that_flies_on_with_clearly_more_energy_becomes_the_main_object():
    later = [
        track(110.0, 80.0, 90e3, (1_700.0, 0.0, 800.0)),
        track(110.0, 80.0, 95e3, (2_900.0, 0.0, 1_100.0), "T000002"),
    ]
    found = heard(detection(), *ascent(), *later)
    assert found[-1].track_ids == ("T000002", "T000001")


def test_a_track_that_was_nothing_leaves_its_event():
    gone = TrackEnded(track_id="T000001", valid_ns=at(70.0), reason="never_confirmed", last_plot_ns=at(50.0))
    assert heard(detection(), *ascent(), gone)[-1].track_ids == ()


def test_an_event_without_a_track_is_withdrawn_after_three_minutes():
    found = heard(detection(), Tick(valid_ns=at(219.0)), Tick(valid_ns=at(221.0)))
    assert [f.state for f in found] == ["suspected", "withdrawn"]


def test_an_event_whose_tracks_all_fly_as_aircraft_is_withdrawn():
    level = [track(60.0 + 4.0 * k, 8.0, 9e3, (220.0, 0.0, 5.0), phase="level") for k in range(12)]
    by_radar = detection(principle="radar", sensor_id="radar-1")
    assert heard(by_radar, *ascent(n=2), *level)[-1].state == "withdrawn"


def test_a_flame_was_seen_so_a_slow_level_glide_is_no_aircraft():
    level = [track(60.0 + 4.0 * k, 8.0, 9e3, (220.0, 0.0, 5.0), phase="level") for k in range(12)]
    assert heard(detection(), *ascent(n=4), *level)[-1].state == "confirmed"


def test_an_event_is_over_a_quiet_while_after_its_track_landed():
    landed = TrackEnded(track_id="T000001", valid_ns=at(500.0), reason="landed", last_plot_ns=at(480.0))
    found = heard(detection(), *ascent(), landed, Tick(valid_ns=at(559.0)), Tick(valid_ns=at(561.0)))
    assert [f.state for f in found[-2:]] == ["confirmed", "over"]
    assert found[-1].valid_ns == at(561.0)


def test_an_event_waits_for_a_lost_track_to_fall():
    high = track(100.0, 60.0, 100e3, (1_700.0, 0.0, 1_500.0))
    lost = TrackEnded(track_id="T000001", valid_ns=at(120.0), reason="lost", last_plot_ns=at(100.0))
    ticks = [Tick(valid_ns=at(float(t))) for t in range(130, 700, 10)]
    (over,) = [f for f in heard(detection(), *ascent(), high, lost, *ticks) if f.state == "over"]
    fall_s = (1_500.0 + (1_500.0**2 + 2 * 9.2 * 100e3) ** 0.5) / 9.2
    assert (over.valid_ns - at(100.0)) / 1e9 == pytest.approx(
        fall_s + 60.0, abs=45.0
    )  # curved ground and air make it longer


def test_a_second_detection_of_a_known_track_joins_its_event():
    again = detection(60.0, "radar", "radar-1", detection_id="D000002", track_ids=("T000001",))
    found = heard(detection(), *ascent(n=2), again)
    assert found[-1].detection_ids == ("D000001", "D000002")
    assert {f.event_id for f in found} == {"E000001"}


def test_two_launches_are_two_events_and_share_no_track():
    there = detection(45.0, detection_id="D000002", lat_rad=0.66, lon_rad=2.30)
    found = heard(detection(), there, *ascent())
    last = {f.event_id: f for f in found}
    assert set(last) == {"E000001", "E000002"}
    assert last["E000001"].track_ids == ("T000001",)
    assert last["E000002"].track_ids == ()


def test_the_state_stays_bounded():
    now = event.start(CFG)
    for k in range(1_200):
        busy = track(50.0, 500.0, 60e3, (900.0, 0.0, 0.0), f"T{k:06d}")
        now, _ = event.step(CFG, now, busy)
    assert len(now.traces) <= CFG.settings.max_tracks


def test_a_piece_found_again_where_it_was_lost_opens_no_second_event():
    far = [track(60.0 + 10.0 * k, 40.0 + 20.0 * k, 60e3, (2000.0, 0.0, 0.0), is_confirmed=(True,)) for k in range(40)]
    sinking = [
        track(452.0 + k, 824.0, 58e3, (60.0, 0.0, -80.0), "T000009", n_plots=(2 + k,), is_confirmed=(False,))
        for k in range(5)
    ]
    again = detection(455.0, "radar", "radar-1", detection_id="D000002", track_ids=("T000009",), lon_rad=2.35)
    found = heard(detection(), *ascent(), *far, *sinking[:3], again, *sinking[3:])
    assert {f.event_id for f in found} == {"E000001"}
    assert "T000009" in found[-1].track_ids
    elsewhere = [structs.replace(m, r_ecef_m=((*m.r_ecef_m[0][:2], m.r_ecef_m[0][2] + 40e3),)) for m in sinking]
    found = heard(detection(), *ascent(), *far, *elsewhere[:3], again, *elsewhere[3:])
    assert {f.event_id for f in found} == {"E000001", "E000002"}
