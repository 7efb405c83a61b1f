"""The screen shows what is known, counts down from stored instants, and asks for acknowledgement until it is given."""

from msgspec import structs
from tests.helpers import synthetic as syn

from bongsu.adapters.publish.gather import Gathered
from bongsu.console.projection import UNKNOWN, view
from bongsu.messages.inputs import OperatorAct
from bongsu.messages.warning import AllClear


def heard(**kinds):
    found = Gathered(syn.FRAME)
    for record in syn.records(**kinds):
        found.take(*record)
    return found


def facts(v):
    return {fact.name: fact.value for fact in v.facts}


def test_time_to_impact_follows_the_clock_of_the_viewer_and_not_the_record():
    a = heard().account()
    assert facts(view(a, syn.at(300.0)))["to impact"].startswith("40 s ± ")
    assert facts(view(a, syn.at(310.0)))["to impact"].startswith("30 s ± ")
    assert facts(view(a, syn.at(350.0)))["to impact"].startswith("due 10 s ago")


def test_what_is_not_known_is_said_to_be_not_known():
    v = view(heard(until_s=22.0).account(), syn.at(24.0))
    assert facts(v)["range"] == facts(v)["apogee"] == facts(v)["to impact"] == UNKNOWN
    assert facts(v)["since first seen"] == "+0:04"
    assert not any(fact.is_known for fact in v.facts if fact.value == UNKNOWN)


def test_without_an_event_there_is_no_countdown_and_no_alarm():
    v = view(heard(until_s=18.0).account(), syn.at(18.0))
    assert v.state == "NO LAUNCH" and v.tone == "calm" and v.warning.state == "NONE PROPOSED"


def test_a_proposal_asks_for_acknowledgement_until_somebody_gives_it():
    found = heard()
    assert view(found.account(), found.now_ns).warning.needs_acknowledgement
    act = OperatorAct(valid_ns=syn.at(301.0), user="kim", verb="acknowledge", target_id=syn.WARNING)
    found.take(700, syn.at(301.0), act, [])
    panel = view(found.account(), found.now_ns).warning
    assert not panel.needs_acknowledgement and "acknowledged by kim" in panel.lines[-1]


def test_an_all_clear_ends_the_alarm_and_gives_its_reason():
    found = heard()
    clear = AllClear(
        warning_id=syn.WARNING,
        event_id=syn.EVENT,
        valid_ns=syn.at(320.0),
        areas=("jpn-territory",),
        reason="fell at sea",
    )
    found.hear(structs.replace(clear, id="800.0", cause=800, known_ns=syn.at(320.0)))
    v = view(found.account(), syn.at(321.0))
    assert v.warning.state == "ALL CLEAR" and "fell at sea" in v.warning.lines
    assert v.tone != "warning" and not v.warning.needs_acknowledgement


def test_silent_sensors_are_marked_and_say_for_how_long():
    found = heard()
    by_name = {s.name: s for s in view(found.account(), syn.at(310.0)).sensors}
    assert not by_name["ir-105e"].is_known and "SILENT for" in by_name["ir-105e"].value
    assert by_name["jpn-west"].value == "never heard"


def test_the_mode_stands_on_the_view_and_live_has_none():
    a = heard().account()
    assert view(a, a.now_ns).mark.startswith("EXERCISE")
    assert view(structs.replace(a, mode="live"), a.now_ns).mark == ""
