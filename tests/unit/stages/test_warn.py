"""The warning machine: propose, update, cancel, end."""

import re

import pytest
from msgspec import UNSET
from tests.helpers.flights import tables
from tests.helpers.tracked import at, state, update

from bongsu.messages.assessment import EventState, LaunchEvent, ThreatVerdict
from bongsu.messages.base import Finding
from bongsu.messages.codec import decode_finding, encode
from bongsu.messages.inputs import Tick
from bongsu.messages.tracking import TrackEnded
from bongsu.messages.warning import AllClear, WarningCancelled, WarningProposed, WarningUpdated
from bongsu.models.areas import Area
from bongsu.models.hedges import words_for
from bongsu.models.settings import Settings
from bongsu.stages import warn
from bongsu.stages.warn.words import clock, percent

AREAS = (
    Area(area_id="coast", name="the west coast", hazards=("fall", "overflight")),
    Area(area_id="north", hazards=("fall", "overflight")),
    Area(area_id="eez", is_warned=False),
)
CFG = warn.configure(Settings(areas=AREAS), tables())
SOMEWHERE = state(39.0, 130.0, 200e3, (1500.0, 0.0, 0.0))


def event(to: EventState = "confirmed", t_s: float = 60.0, reason: str = "") -> LaunchEvent:
    return LaunchEvent(
        event_id="E000001",
        revision=1,
        state=to,
        valid_ns=at(t_s),
        track_ids=("T000001",),
        detection_ids=(),
        principles=("infrared", "radar") if to == "confirmed" else ("radar",),
        reason=reason,
    )


def verdict(
    p: float,
    t_s: float,
    *,
    area: str = "coast",
    hazard: str = "fall",
    at_s: float = 600.0,
    until_s: float = 0.0,
    more: int = 0,
) -> ThreatVerdict:
    return ThreatVerdict(
        event_id="E000001",
        valid_ns=at(t_s),
        area=area,
        hazard=hazard,
        p=p,
        words=words_for(p),
        impact_ns=at(at_s) if at_s else UNSET,
        until_ns=at(until_s or at_s) if at_s else UNSET,
        n_following=more,
    )


def tick(t_s: float) -> Tick:
    return Tick(valid_ns=at(t_s))


def seen(t_s: float) -> object:
    return update(SOMEWHERE, t_s)


def lost(t_s: float, last_s: float) -> TrackEnded:
    return TrackEnded(track_id="T000001", valid_ns=at(t_s), reason="lost", last_plot_ns=at(last_s))


def run(*messages: object) -> list[Finding]:
    kept, said = warn.start(CFG), []
    for message in messages:
        kept, found = warn.step(CFG, kept, message)
        said.extend(found)
    assert [decode_finding(encode(f)) for f in said] == said
    return said


def kinds(said: list[Finding]) -> list[type]:
    return [type(f) for f in said]


def test_a_probability_at_the_threshold_proposes_a_warning() -> None:
    (said,) = run(event(), verdict(0.10, 100.0))
    assert isinstance(said, WarningProposed)
    assert (said.warning_id, said.areas, said.hazard, said.impact_ns) == ("W000001", ("coast",), "fall", at(600.0))


def test_a_probability_below_it_does_not() -> None:
    assert run(event(), verdict(0.09, 100.0), tick(101.0)) == []


def test_an_area_that_is_only_judged_is_never_warned() -> None:
    assert run(event(), verdict(0.99, 100.0, area="eez")) == []


def test_a_verdict_on_an_unknown_event_is_ignored() -> None:
    assert run(verdict(0.99, 100.0)) == []


def test_the_reason_names_area_figure_time_and_how_sure_the_launch_is() -> None:
    (said,) = run(event(), verdict(0.62, 100.0))
    assert said.reason == (
        f"Fall in the west coast: probability 62 % (not determined), expected about {clock(at(600.0))}. "
        "The launch is confirmed, seen by infrared, radar."
    )


def test_a_suspected_event_may_be_proposed_as_possible_and_says_it_is_unconfirmed() -> None:
    (said,) = run(event("suspected"), verdict(0.9, 100.0))
    assert said.certainty == "Possible"
    assert "unconfirmed: seen by radar alone" in said.reason


@pytest.mark.parametrize(("p", "certainty"), [(0.4, "Possible"), (0.6, "Likely")])
def test_a_confirmed_event_is_likely_above_one_half(p: float, certainty: str) -> None:
    assert run(event(), verdict(p, 100.0))[0].certainty == certainty


def test_areas_judged_together_are_proposed_together() -> None:
    (said,) = run(event(), verdict(0.6, 100.0, more=1), verdict(0.3, 100.0, area="north"))
    assert said.areas == ("coast", "north")


def test_an_area_that_comes_in_is_said_at_once() -> None:
    said = run(event(), verdict(0.6, 100.0), verdict(0.3, 101.0, area="north"))
    assert kinds(said) == [WarningProposed, WarningUpdated]
    assert said[1].areas == ("coast", "north")
    assert said[1].warning_id == said[0].warning_id


def test_an_area_leaves_only_after_its_probability_was_low_for_ten_seconds() -> None:
    both = (event(), verdict(0.6, 100.0, more=1), verdict(0.3, 100.0, area="north"), verdict(0.01, 120.0, area="north"))
    assert kinds(run(*both, tick(129.0))) == [WarningProposed]
    said = run(*both, tick(130.0))
    assert kinds(said) == [WarningProposed, WarningUpdated]
    assert said[1].areas == ("coast",)


def test_a_short_dip_withdraws_nothing() -> None:
    dips = (event(), verdict(0.6, 100.0), verdict(0.01, 120.0), verdict(0.6, 125.0), verdict(0.01, 128.0), tick(137.0))
    assert kinds(run(*dips)) == [WarningProposed]


def test_between_the_two_thresholds_a_live_proposal_stays() -> None:
    assert kinds(run(event(), verdict(0.4, 100.0), verdict(0.03, 120.0), tick(400.0))) == [WarningProposed]


def test_a_moved_time_is_said_after_the_least_interval() -> None:
    moved = (event(), verdict(0.6, 100.0), verdict(0.6, 105.0, at_s=640.0), tick(109.0))
    assert kinds(run(*moved)) == [WarningProposed]
    said = run(*moved, tick(110.0))
    assert kinds(said) == [WarningProposed, WarningUpdated]
    assert said[1].impact_ns == at(640.0)


def test_a_time_that_moves_little_is_not_said() -> None:
    assert kinds(run(event(), verdict(0.6, 100.0), verdict(0.6, 120.0, at_s=629.0), tick(140.0))) == [WarningProposed]


def test_confirmation_raises_the_certainty() -> None:
    said = run(event("suspected"), verdict(0.9, 100.0), event("confirmed", 115.0))
    assert [s.certainty for s in said] == ["Possible", "Likely"]


def test_when_no_area_remains_the_proposal_is_cancelled_with_the_reason() -> None:
    said = run(event(), verdict(0.6, 100.0), verdict(0.001, 120.0), tick(130.0))
    assert kinds(said) == [WarningProposed, WarningCancelled]
    assert said[1].reason == (
        "The forecast no longer supports the warning. Fall in the west coast: probability below 1 %."
    )


def test_a_withdrawn_event_cancels_at_once() -> None:
    said = run(event(), verdict(0.6, 100.0), event("withdrawn", 110.0, "two airliners"))
    assert kinds(said) == [WarningProposed, WarningCancelled]
    assert said[1].reason == "The launch event was withdrawn: two airliners."


def test_after_a_cancellation_a_new_proposal_has_a_new_id() -> None:
    said = run(event(), verdict(0.6, 100.0), verdict(0.0, 120.0), tick(130.0), verdict(0.5, 140.0))
    assert [s.warning_id for s in said] == ["W000001", "W000001", "W000002"]


def test_the_danger_ends_a_margin_after_its_time() -> None:
    assert kinds(run(event(), verdict(0.9, 100.0), seen(590.0), tick(629.0))) == [WarningProposed]
    said = run(event(), verdict(0.9, 100.0), seen(590.0), tick(630.0))
    assert kinds(said) == [WarningProposed, AllClear]
    assert "followed until" in said[1].reason


def test_an_event_that_is_over_early_clears_nothing_before_the_time_has_come() -> None:
    said = run(event(), verdict(0.9, 100.0), event("over", 500.0), tick(610.0))
    assert kinds(said) == [WarningProposed]
    assert kinds(run(event(), verdict(0.9, 100.0), event("over", 500.0), tick(630.0)))[1] is AllClear


def test_while_another_area_is_still_threatened_nothing_is_all_clear() -> None:
    other = verdict(0.05, 101.0, area="north", at_s=900.0)  # too little to propose, too much to forget
    assert kinds(run(event(), verdict(0.9, 100.0), other, tick(640.0))) == [WarningProposed]
    assert kinds(run(event(), verdict(0.9, 100.0), other, tick(930.0)))[1] is AllClear


def test_a_passage_ends_after_its_last_time_not_its_first() -> None:
    over = verdict(0.9, 100.0, hazard="overflight", at_s=400.0, until_s=500.0)
    assert kinds(run(event(), over, seen(510.0), tick(520.0))) == [WarningProposed]
    said = run(event(), over, seen(510.0), tick(530.0))
    assert kinds(said) == [WarningProposed, AllClear]
    assert "followed beyond that time" in said[1].reason


def test_a_track_lost_before_the_passage_is_not_said_to_have_passed() -> None:
    over = verdict(0.9, 100.0, hazard="overflight", at_s=400.0, until_s=500.0)
    said = run(event(), over, seen(300.0), lost(330.0, 300.0), tick(531.0))
    assert said[1].reason == (
        f"The time of the possible passage above the west coast, {clock(at(500.0))}, is 31 s ago. "
        f"The track was lost at {clock(at(300.0))}, 200 s before; the passage was not observed."
    )
    assert not re.search(r"\bpassed\b", said[1].reason)


def test_a_fall_below_the_horizon_is_not_said_to_be_observed() -> None:
    said = run(event(), verdict(0.9, 100.0), seen(500.0), tick(640.0))
    assert "100 s before; the fall was not observed" in said[1].reason


def test_a_danger_without_a_time_ends_with_its_event() -> None:
    unknown = verdict(0.3, 100.0, at_s=0.0)
    said = run(event(), unknown, tick(900.0), event("over", 1000.0))
    assert kinds(said) == [WarningProposed, AllClear]
    assert said[0].impact_ns is UNSET
    assert "time not known yet" in said[0].reason


def test_a_danger_whose_time_is_past_is_not_proposed_any_more() -> None:
    assert run(event(), verdict(0.9, 605.0)) == []


def test_both_hazards_are_named() -> None:
    said = run(event(), verdict(0.6, 100.0, more=1), verdict(0.4, 100.0, hazard="overflight"))
    assert said[0].hazard == "fall_and_overflight"
    assert said[0].areas == ("coast",)


def test_the_end_speaks_only_of_the_dangers_the_warning_named() -> None:
    over = verdict(0.9, 100.0, hazard="overflight", at_s=400.0, until_s=500.0)
    said = run(event(), verdict(0.0, 90.0), over, seen(510.0), tick(530.0))
    assert "fall in" not in said[-1].reason


def test_a_late_message_does_not_turn_time_back() -> None:
    said = run(event(), verdict(0.9, 100.0), tick(300.0), verdict(0.0, 290.0), tick(309.0))
    assert kinds(said) == [WarningProposed]


def test_a_closed_and_quiet_case_is_forgotten() -> None:
    kept = warn.start(CFG)
    for message in (event(), verdict(0.9, 100.0), tick(640.0), event("over", 650.0)):
        kept, _ = warn.step(CFG, kept, message)
    assert kept.cases == ()
    assert kept.n_warnings == 1


@pytest.mark.parametrize(("p", "text"), [(0.0, "below 1 %"), (0.004, "below 1 %"), (0.5, "50 %"), (1.0, "above 99 %")])
def test_no_probability_is_printed_as_certainty(p: float, text: str) -> None:
    assert percent(p) == text


def test_the_clock_is_utc() -> None:
    assert clock(1_700_000_000_000_000_000) == "22:13:20 UTC"
