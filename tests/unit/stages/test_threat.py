"""Verdicts by protected area."""

import pytest
from tests.helpers.flights import tables
from tests.helpers.tracked import at

from bongsu.messages.assessment import (
    EventState,
    FootprintFan,
    ImpactPrediction,
    LaunchEvent,
    OverflightPrediction,
    ThreatVerdict,
)
from bongsu.messages.base import Finding
from bongsu.messages.codec import decode_finding, encode
from bongsu.messages.inputs import Tick
from bongsu.messages.tracking import TrackEnded
from bongsu.models.areas import Area
from bongsu.models.settings import Settings
from bongsu.stages import threat

TRACK, OTHER = "T000001", "T000002"
AREAS = (Area(area_id="coast"), Area(area_id="north", hazards=("fall", "overflight")))
CFG = threat.configure(Settings(areas=AREAS), tables())


def event(state: EventState = "suspected", t_s: float = 60.0, tracks: tuple[str, ...] = (TRACK,)) -> LaunchEvent:
    return LaunchEvent(
        event_id="E000001",
        revision=1,
        state=state,
        valid_ns=at(t_s),
        track_ids=tracks,
        detection_ids=(),
        principles=("radar",),
        reason="",
    )


def impact(p: float, t_s: float, *, at_s: float = 600.0, track: str = TRACK, area: str = "coast") -> ImpactPrediction:
    return ImpactPrediction(
        track_id=track,
        valid_ns=at(t_s),
        impact_ns=at(at_s),
        sigma_impact_s=1.0,
        lat_rad=0.7,
        lon_rad=2.3,
        cov_en_m2=(1e6, 0.0, 1e6),
        zones=(),
        areas=((area, p),),
        assumption="unpowered",
        method="cloud",
        n_samples=10_000,
    )


def fan(t_s: float, areas: tuple[str, ...] = ("coast",)) -> FootprintFan:
    return FootprintFan(
        track_id=TRACK, valid_ns=at(t_s), lat_rad=(), lon_rad=(), reach_m=(1e5, 1e6), zones=(), areas=areas
    )


def passing(
    p: float, t_s: float, *, method: str = "paths", first_s: float = 400.0, last_s: float = 430.0
) -> OverflightPrediction:
    areas = (("north", p, at(first_s), at(last_s)),) if p > 0.0 else ()
    return OverflightPrediction(track_id=TRACK, valid_ns=at(t_s), areas=areas, method=method, n_samples=64)


def run(*messages: object) -> list[ThreatVerdict]:
    kept, said = threat.start(CFG), []
    for message in messages:
        kept, found = threat.step(CFG, kept, message)
        said.extend(found)
    assert [decode_finding(encode(f)) for f in said] == said
    return said


def of(said: list[Finding], area: str, hazard: str = "fall") -> list[ThreatVerdict]:
    return [v for v in said if isinstance(v, ThreatVerdict) and (v.area, v.hazard) == (area, hazard)]


def test_without_an_event_nothing_is_judged() -> None:
    assert run(impact(0.9, 100.0), fan(101.0)) == []


def test_a_fan_that_reaches_an_area_leaves_it_not_determined_with_a_small_probability() -> None:
    (verdict,) = run(event(), fan(61.0))
    assert (verdict.area, verdict.words, verdict.p) == ("coast", "not determined", 0.05)


def test_a_region_gives_every_area_its_probability_and_words() -> None:
    said = run(event(), impact(0.8, 100.0))
    assert [(v.area, v.p, v.words) for v in said] == [("coast", 0.8, "likely inside"), ("north", 0.0, "outside")]
    assert said[0].impact_ns == said[0].until_ns == at(600.0)


def test_verdicts_of_one_judgement_count_down_to_the_last() -> None:
    assert [v.n_following for v in run(event(), impact(0.8, 100.0))] == [1, 0]


def test_a_forecast_heard_before_its_event_is_judged_when_the_event_opens() -> None:
    assert of(run(impact(0.8, 100.0), event(t_s=101.0)), "coast")[0].p == 0.8


def test_small_changes_are_not_said_again() -> None:
    said = run(event(), impact(0.80, 100.0), impact(0.81, 101.0), impact(0.815, 102.0), impact(0.83, 103.0))
    assert [v.p for v in of(said, "coast")] == [0.80, 0.83]


def test_words_do_not_flicker_about_their_bound() -> None:
    said = run(event(), *(impact(0.75 + (0.008 if k % 2 else -0.008), 100.0 + k) for k in range(8)))
    assert len(of(said, "coast")) == 1


def test_a_moved_time_of_impact_is_said() -> None:
    said = run(event(), impact(0.8, 100.0), impact(0.8, 101.0, at_s=605.0), impact(0.8, 102.0, at_s=615.0))
    assert [v.impact_ns for v in of(said, "coast")] == [at(600.0), at(615.0)]


def test_of_several_tracks_the_likeliest_counts() -> None:
    said = run(event(tracks=(TRACK, OTHER)), impact(0.2, 100.0), impact(0.6, 101.0, track=OTHER, at_s=700.0))
    assert [(v.p, v.impact_ns) for v in of(said, "coast")] == [(0.2, at(600.0)), (0.6, at(700.0))]


def test_a_lost_track_still_threatens() -> None:
    ended = TrackEnded(track_id=TRACK, valid_ns=at(200.0), reason="lost", last_plot_ns=at(190.0))
    said = run(
        event(), impact(0.8, 100.0), ended, event("confirmed", 201.0, (TRACK, OTHER)), impact(0.1, 202.0, track=OTHER)
    )
    assert [v.p for v in of(said, "coast")] == [0.8]


@pytest.mark.parametrize("reason", ["never_confirmed", "merged"])
def test_a_track_that_was_none_no_longer_threatens(reason: str) -> None:
    ended = TrackEnded(track_id=TRACK, valid_ns=at(200.0), reason=reason, last_plot_ns=at(190.0))
    tracks = (TRACK, OTHER)
    said = run(event(tracks=tracks), impact(0.8, 100.0), ended, impact(0.1, 242.0, track=OTHER))
    assert [v.p for v in of(said, "coast")] == [0.8, 0.1]


@pytest.mark.parametrize("state", ["over", "withdrawn"])
def test_a_closed_event_is_judged_no_more(state: EventState) -> None:
    assert len(of(run(event(), impact(0.8, 100.0), event(state, 700.0), impact(0.2, 701.0)), "coast")) == 1


def test_a_passage_is_judged_with_its_first_and_last_time() -> None:
    (verdict,) = run(event(), passing(0.97, 200.0))
    assert (verdict.hazard, verdict.p, verdict.words) == ("overflight", 0.97, "inside")
    assert (verdict.impact_ns, verdict.until_ns) == (at(400.0), at(430.0))


def test_no_passage_ahead_is_outside() -> None:
    (verdict,) = run(event(), passing(0.0, 200.0))
    assert (verdict.p, verdict.words) == (0.0, "outside")


def test_a_passage_that_has_begun_is_not_unsaid() -> None:
    said = run(event(), passing(0.97, 200.0), passing(0.0, 405.0), passing(0.0, 500.0))
    assert [v.p for v in said] == [0.97]


def test_a_passage_under_way_keeps_its_beginning_and_moves_its_end() -> None:
    said = run(event(), passing(0.97, 200.0), passing(1.0, 410.0, first_s=410.0, last_s=450.0))
    assert [(v.impact_ns, v.until_ns) for v in said] == [(at(400.0), at(430.0)), (at(400.0), at(450.0))]


def test_a_graver_verdict_is_said_at_once_and_a_calmer_one_when_it_has_stood() -> None:
    wavering = [impact(p, t_s) for p, t_s in ((0.02, 100.0), (0.1, 102.0), (0.02, 110.0), (0.1, 115.0), (0.02, 120.0))]
    said = run(event(), *wavering, impact(0.02, 154.0), impact(0.02, 156.0))
    words = [(v.words, (v.valid_ns - at(0.0)) / 1e9) for v in said if v.area == "coast"]
    assert words == [("outside", 100.0), ("likely outside", 102.0), ("outside", 156.0)]


def test_a_calm_last_forecast_counts_by_time_alone() -> None:
    said = run(event(), impact(0.4, 100.0), impact(0.0, 110.0), *(Tick(valid_ns=at(111.0 + k)) for k in range(60)))
    assert [(v.words, (v.valid_ns - at(0.0)) / 1e9) for v in said if v.area == "coast"] == [
        ("not determined", 100.0),
        ("outside", 140.0),
    ]


def test_what_only_could_be_reached_is_calmed_by_the_first_forecast() -> None:
    said = run(event(), fan(100.0), impact(0.0, 101.0))
    assert [v.words for v in said if v.area == "coast"] == ["not determined", "outside"]


def test_a_passage_that_has_not_begun_can_be_withdrawn() -> None:
    assert [v.p for v in run(event(), passing(0.97, 200.0), passing(0.0, 300.0))] == [0.97, 0.0]


def test_a_few_flights_of_a_fan_passing_over_leave_it_not_determined() -> None:
    (verdict,) = run(event(), passing(0.4, 60.0, method="fan"))
    assert (verdict.p, verdict.words) == (0.05, "not determined")


def test_when_most_of_the_fan_passes_over_the_share_is_the_probability() -> None:
    (verdict,) = run(event(), passing(0.9, 60.0, method="fan"))
    assert (verdict.p, verdict.words) == (0.9, "likely inside")


def test_memory_of_tracks_is_bounded_and_emptied_with_the_event() -> None:
    kept = threat.start(CFG)
    for message in (event(), impact(0.8, 100.0), event("over", 700.0)):
        kept, _ = threat.step(CFG, kept, message)
    assert kept == threat.start(CFG)
