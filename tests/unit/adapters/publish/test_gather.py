"""The account holds what was found last, of the flight that matters, and nothing that was not said."""

from msgspec import UNSET, json, structs
from tests.helpers import synthetic as syn

from bongsu.adapters.publish.account import Account, Frame
from bongsu.adapters.publish.gather import Gathered
from bongsu.messages.base import Finding
from bongsu.messages.inputs import OperatorAct, Tick
from bongsu.messages.tracking import BurnObserved


def gathered(**kinds: object) -> Gathered:
    heard = Gathered(syn.FRAME)
    for record in syn.records(**kinds):
        heard.take(*record)
    return heard


def test_an_empty_log_tells_of_no_launch():
    a = Gathered(Frame()).account(is_whole=True)
    assert a.event is UNSET and a.track is UNSET and a.paths == () and a.sensors == ()


def test_the_newest_finding_of_each_kind_is_in_force():
    a = gathered().account()
    assert a.impact.id == a.flight.id.replace(".4", ".2")
    assert a.impact.valid_ns == syn.at(298)
    assert a.event.state == "confirmed"


def test_verdicts_stand_most_likely_first_one_for_each_area():
    assert [v.area for v in gathered().account().verdicts] == ["jpn-eez", "jpn-territory"]


def test_a_part_that_separates_never_becomes_the_main_track():
    heard = gathered()
    second = "T000002"
    for seq, t_s in ((900, 100.0), (901, 102.0)):
        part = structs.replace(syn.track(seq, t_s), track_id=(second,), n_plots=(seq - 899,))
        heard.hear(part)
    heard.hear(structs.replace(syn.event(902, 1, 103.0, "confirmed", ("radar",)), track_ids=(second, syn.TRACK)))
    assert heard.account().track.track_id == syn.TRACK
    assert [p.track_id for p in heard.account(is_whole=True).paths] == [syn.TRACK, second]


def test_the_place_of_the_track_is_where_its_state_is():
    a = gathered().account()
    lat, lon = syn.place(298)
    assert abs(a.track.lat_rad - lat) < 1e-9 and abs(a.track.lon_rad - lon) < 1e-9


def test_a_better_known_burn_replaces_the_same_burn_and_a_later_one_is_added():
    heard = gathered()
    burn = heard.account().burns[0]
    heard.hear(structs.replace(burn, id="999.0", start_ns=burn.start_ns + 10))
    heard.hear(
        BurnObserved(
            track_id=syn.TRACK, start_ns=syn.at(200), sigma_s=1.0, decided_ns=syn.at(203), id="1000.0", cause=1000
        )
    )
    assert [b.id for b in heard.account().burns] == ["999.0", "1000.0"]


def test_a_sensor_is_silent_after_its_own_deadline_and_before_its_first_word():
    a = gathered().account()
    ir, kor, jpn = a.sensors
    assert ir.is_silent(a.now_ns) and jpn.is_silent(a.now_ns)
    assert not kor.is_silent(kor.last_known_ns + kor.silent_after_ns)
    assert kor.is_silent(kor.last_known_ns + kor.silent_after_ns + 1)


def test_an_acknowledgement_counts_for_its_own_warning_alone():
    heard = gathered()
    act = OperatorAct(valid_ns=syn.at(301), user="kim", verb="acknowledge", target_id="W000009")
    heard.take(500, syn.at(301), act, [])
    assert not heard.account().is_acknowledged()
    heard.take(501, syn.at(302), structs.replace(act, target_id=syn.WARNING), [])
    assert heard.account().is_acknowledged() and heard.account().acknowledged[0].seq == "501"


def test_time_never_runs_backwards_when_records_come_late():
    heard = gathered()
    now_ns = heard.now_ns
    heard.take(502, syn.at(5.0), Tick(valid_ns=syn.at(5.0)), [])
    assert heard.now_ns == now_ns


def test_a_withdrawn_event_gives_way_to_a_standing_one():
    heard = gathered()
    heard.hear(structs.replace(syn.event(600, 0, 310.0, "withdrawn", ()), event_id="E000002"))
    assert heard.main_event() == syn.EVENT
    assert [e.event_id for e in heard.account().other_events] == ["E000002"]


def test_every_finding_in_force_is_listed_as_a_source_with_what_prompted_it():
    a = gathered().account(is_whole=True)
    listed = {s.finding_id: s.prompted_by for s in a.sources}
    used: list[Finding] = [
        a.event,
        a.detection,
        a.point,
        a.impact,
        a.apogee,
        a.flight,
        *a.verdicts,
        *a.warnings,
        *a.burns,
    ]
    assert all(f.id in listed for f in used)
    assert listed[a.detection.id] == "scan i1 of ir-105e"


def test_an_account_survives_being_written_and_read():
    a = gathered().account(is_whole=True)
    assert json.decode(json.encode(a), type=Account) == a
