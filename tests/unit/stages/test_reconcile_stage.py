"""Reconciling in the fold: once an input, bounded, beside our own figures, with its history."""

import pytest
from msgspec import structs
from tests.helpers.flights import tables
from tests.helpers.records import radar_scan
from tests.helpers.told import AN_HOUR_NS, DAY, SITE, T0_NS, apogee, claim, event, flight, impact, point

from bongsu.constants import NS_PER_S
from bongsu.messages.accounts import Account, Discrepancy
from bongsu.messages.assessment import ThreatVerdict
from bongsu.messages.inputs import Report
from bongsu.models import reconcile as rules
from bongsu.models.areas import Area
from bongsu.models.settings import Settings
from bongsu.stages import reconcile

CFG = reconcile.configure(Settings(areas=(Area(area_id="jpn-eez", zones=("JPN.eez",)),)), tables())
SEEN = (event(), point(), flight(), apogee(), impact())
JCS = (
    claim("1.0", "range_km", "kor.jcs", 700, rounding=100.0),
    claim("1.1", "launch_area", "kor.jcs", "Taegwan", place="Taegwan"),
    claim("1.2", "launch_time", "kor.jcs", f"{DAY}T12:35+09:00"),
)
MOD = (
    claim("2.0", "range_km", "jpn.mod", 450, text_id="u"),
    claim("2.1", "zone", "jpn.mod", "outside_eez_jpn", text_id="u"),
)


def told(*inputs, state=None):
    """Findings of each input, an input being the messages heard in its step; and the state."""
    state, found = state or reconcile.start(CFG), []
    for heard in inputs:
        for message in heard:
            state, said = reconcile.step(CFG, state, message)
            assert said == []
        state, said = reconcile.close(CFG, state)
        found.append(said)
    return found, state


def account(found):
    (only,) = [f for f in found if isinstance(f, Account)]
    return only


def test_without_claims_it_says_nothing():
    found, _ = told(SEEN, (radar_scan(1.0),))
    assert found == [[], []]


def test_a_named_place_is_looked_up_once_however_many_scans_follow(monkeypatch):
    asked = []
    monkeypatch.setattr(reconcile, "site_of", lambda places, name: asked.append(name))
    cfg = reconcile.configure(Settings(), tables())
    state = reconcile.start(cfg)
    areas = tuple(
        claim(f"1.{k}", "launch_area", "kor.jcs", name) for k, name in enumerate(("nowhere", "nowhere", "there"))
    )
    for heard in (SEEN, areas, *[(point(), flight())] * 5):
        for message in heard:
            state, _ = reconcile.step(cfg, state, message)
        state, _ = reconcile.close(cfg, state)
    assert asked == ["nowhere", "there"]


def test_ten_claims_of_one_report_are_one_account():
    many = [claim(f"1.{k}", "range_km", "media", 500 + 10 * k) for k in range(10)]
    (found,), _ = told(many)
    assert sum(isinstance(f, Account) for f in found) == 1
    assert isinstance(found[0], Account)


def test_our_figures_stand_beside_what_was_said_and_the_low_flight_explains_the_difference():
    *_, found = told(SEEN, JCS, MOD)[0]
    said = account(found)
    assert (said.match, said.event_id, said.track_id) == ("matched", "E000001", "T000001")
    own = {f.quantity: f for f in said.own}
    assert own["range_km"].low < 700.0 < own["range_km"].high
    assert own["zone"].value == "outside"
    assert own["launch_time"].value == f"{DAY}T12:35+09:00"
    beside = [d for d in found if isinstance(d, Discrepancy) and d.beside == "9.2"]
    assert [(d.claim, d.reasons[0]) for d in beside] == [("2.0", "horizon")]
    assert said.preferred[said.quantity.index("range_km")] == ("1.0",)


def test_the_same_scan_again_says_nothing_and_a_moved_figure_says_a_revision():
    found, _ = told(SEEN, JCS, (flight("10.2", range_m=701e3),), (flight("11.2", range_m=760e3),))
    assert found[2] == []
    said = account(found[3])
    assert said.revision == 1
    assert said.own_changed == (("range_km", "9.2"),)


def test_a_later_word_of_the_same_speaker_is_a_revision_that_names_what_stood_before():
    found, _ = told(JCS, (claim("5.0", "range_km", "kor.jcs", 600, text_id="later", known_ns=T0_NS + 2 * AN_HOUR_NS),))
    assert account(found[1]).changed == (("range_km", ("1.0",)),)
    assert found[1][1].reasons[0] == "revised"


def test_by_publication_not_by_arrival_is_a_word_the_later_one():
    def published(hours, *claims):
        return (Report(text_id="x", text="x", published_ns=T0_NS + hours * AN_HOUR_NS), *claims)

    early = published(1, claim("1.0", "range_km", "kor.jcs", 450, text_id="a"))
    late = published(9, claim("2.0", "range_km", "kor.jcs", 600, text_id="b"))
    for order in ((early, late), (late, early)):
        assert account(told(*order)[0][-1]).preferred == (("2.0",),)


@pytest.mark.parametrize(
    ("claims", "match"),
    [
        (JCS, "matched"),
        ((claim("1.0", "range_km", "kor.jcs", 700),), "matched"),
        ((claim("1.0", "launch_time", "kor.jcs", f"{DAY}T18:00+09:00"),), "none"),
        ((claim("1.0", "launch_area", "kor.jcs", "Wonsan", place="Wonsan"),), "none"),
        ((claim("1.0", "range_km", "kor.jcs", 700, day="2030-04-30"),), "none"),
    ],
)
def test_an_event_is_matched_by_time_and_place(claims, match):
    assert account(told(SEEN, claims)[0][1]).match == match


def test_two_events_that_both_fit_are_matched_to_neither():
    twin = (event("9.5", "E000002", track_ids=("T000002",)), point("9.6", "T000002", t0_ns=T0_NS + 60 * NS_PER_S))
    said = account(told((*SEEN, *twin), JCS)[0][1])
    assert (said.match, said.own, said.event_id) == ("ambiguous", (), "")


def test_a_withdrawn_event_is_no_launch():
    assert account(told(SEEN, JCS, (event("12.0", state="withdrawn"),))[0][2]).match == "none"


def test_the_verdict_on_the_zone_is_that_of_the_threat_stage():
    verdict = ThreatVerdict(
        id="9.9", event_id="E000001", valid_ns=T0_NS, area="jpn-eez", hazard="fall", p=0.2, words="likely outside"
    )
    said = account(told((*SEEN, verdict), MOD)[0][1])
    assert [(f.value, f.finding_id) for f in said.own if f.quantity == "zone"] == [("likely outside", "9.9")]


def test_a_place_far_from_ours_is_no_discrepancy_but_no_match():
    far = (point(site=(SITE[0] - 0.02, SITE[1])),)
    assert account(told((*SEEN, *far), JCS)[0][1]).match == "none"


@pytest.mark.parametrize(("said", "reason"), [("12:35", None), ("12:37", "first_detection"), ("12:40", "announced")])
def test_a_time_is_compared_to_the_minute(said, reason):
    *_, found = told(SEEN, (claim("1.0", "launch_time", "media", f"{DAY}T{said}+09:00"),))[0]
    reasons = [d.reasons[0] for d in found if isinstance(d, Discrepancy)]
    assert reasons == ([reason] if reason else [])


def test_times_nine_hours_apart_are_of_two_zones():
    *_, found = told(
        (
            claim("1.0", "launch_time", "kor.jcs", f"{DAY}T12:35+09:00"),
            claim("1.1", "launch_time", "media", f"{DAY}T03:35+09:00"),
        )
    )[0]
    assert [d.reasons for d in found if isinstance(d, Discrepancy)] == [("timezone",)]


def test_memory_is_bounded():
    state = reconcile.start(CFG)
    for day in range(1, 12):
        _, state = told((claim(f"{day}.0", "range_km", "kor.jcs", 700, day=f"2030-05-{day:02d}"),), state=state)
    for k in range(300):
        _, state = told((claim(f"{k + 20}.0", "range_km", "media", k, day="2030-05-11"),), state=state)
    for k in range(100):
        _, state = told((event(f"{k + 400}.0", f"E{k:06d}"), flight(track_id=f"T{k:06d}")), state=state)
    assert len(state.days) == rules.MAX_DAYS
    assert len(state.days[-1].heard) == rules.MAX_CLAIMS
    assert (len(state.events), len(state.tracks)) == (rules.MAX_EVENTS, rules.MAX_TRACKS)


def test_a_day_nobody_has_spoken_of_for_long_is_forgotten():
    later = structs.replace(JCS[0], event_date="2030-07-01", known_ns=T0_NS + 60 * 24 * AN_HOUR_NS)
    _, state = told(JCS, (later,))
    assert [d.day for d in state.days] == ["2030-07-01"]
