"""Reports into claims, inside the fold."""

from msgspec import UNSET
from tests.helpers.notices import NAVAREA
from tests.helpers.records import radar_scan, tick

from bongsu.constants import NS_PER_S
from bongsu.messages import codec
from bongsu.messages.accounts import Claim, Passage, ReportRead
from bongsu.messages.inputs import Report
from bongsu.stages import read

DAY_NS = 86_400 * NS_PER_S
PUBLISHED_NS = 20_399 * DAY_NS  # 2025-11-07 00:00 UTC, nine in the morning in Korea
TEXT = "North Korea fired two ballistic missiles on Friday. The JCS said they flew at least 450 km."


def said(**fields):
    cfg = read.configure(None, None)
    report = Report(**{"text_id": "a", "text": TEXT, "published_ns": PUBLISHED_NS} | fields)
    state, found = read.step(cfg, read.start(cfg), report)
    assert state == read.start(cfg)
    return found


def test_a_report_gives_its_outcome_first_and_then_its_claims():
    outcome, *claims, launcher = said()
    assert isinstance(outcome, ReportRead)
    assert isinstance(launcher, Passage)
    assert (outcome.is_launch_report, outcome.event_dates, outcome.n_claims) == (True, ("2025-11-07",), len(claims))
    assert [(c.quantity, c.value or c.low, c.speaker, c.stance) for c in claims] == [
        ("count", 2.0, "media", "reported"),
        ("vehicle_class", "ballistic", "media", "reported"),
        ("range_km", 450.0, "kor.jcs", "assessed"),
    ]


def test_a_bound_that_is_not_there_is_absent_not_nought():
    flown = next(f for f in said() if isinstance(f, Claim) and f.quantity == "range_km")
    assert (flown.low, flown.high) == (450.0, UNSET)


def test_every_finding_survives_the_record():
    for finding in said():
        assert codec.decode_finding(codec.encode(finding)) == finding


def test_evidence_is_the_characters_of_the_report():
    for claim in said():
        if isinstance(claim, Claim):
            assert TEXT[slice(*claim.span)] == claim.evidence


def test_the_day_is_local_so_that_an_evening_in_utc_is_the_next_morning():
    text = "North Korea fired a missile."
    assert said(text=text, published_ns=PUBLISHED_NS + 14 * 3600 * NS_PER_S)[0].event_dates == ("2025-11-07",)
    assert said(text=text, published_ns=PUBLISHED_NS + 15 * 3600 * NS_PER_S)[0].event_dates == ("2025-11-08",)


def test_without_publication_days_stay_empty_and_a_far_future_is_no_day():
    assert said(published_ns=UNSET)[0].event_dates == ()
    assert said(published_ns=2**62)[0].is_launch_report


def test_flags_of_the_border_and_of_the_reader_stand_together():
    assert said(text=f"{TEXT}\u202e", flags=("not_utf8",))[0].flags == ("bidi_controls", "not_utf8")


def test_other_inputs_pass_unheard():
    cfg = read.configure(None, None)
    for message in (radar_scan(1.0), tick(1)[1]):
        assert read.step(cfg, read.start(cfg), message) == (read.start(cfg), [])


def test_a_notice_is_no_report_of_a_launch_in_the_fold_either():
    found = said(text=NAVAREA)
    assert [type(f) for f in found] == [ReportRead]
    assert (found[0].is_launch_report, found[0].n_claims, found[0].event_dates) == (False, 0, ())
