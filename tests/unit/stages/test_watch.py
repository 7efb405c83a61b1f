"""The watch: nothing before its publication, nothing from nothing, nothing that warns."""

import math
from dataclasses import replace

import pytest
from msgspec import structs
from pytest import approx
from tests.helpers.flights import SETTINGS, tables
from tests.helpers.lists import day, launch
from tests.helpers.records import radar_scan, tick

from bongsu import pipeline
from bongsu.log import state_codec
from bongsu.messages.accounts import Claim, NoticeRead
from bongsu.messages.assessment import LaunchEvent
from bongsu.messages.inputs import Indicator, Report, Tick
from bongsu.messages.labels import Label
from bongsu.messages.warning import WarningProposed
from bongsu.messages.watching import ActivityForecast, WatchLevel
from bongsu.models.activity import DAY_NS, start_ns
from bongsu.models.settings import Settings
from bongsu.models.watch import ALL, Site, WatchSettings, logit
from bongsu.stages import watch

D = day("2017-03-20")
NOW_NS = start_ns(D)
SITE = Site(site_id="north", lat_rad=0.7, lon_rad=2.2)
OTHER = Site(site_id="south", lat_rad=0.6, lon_rad=2.2)
UNBOUNDED = Settings(watch=WatchSettings(most_p=(1.0, 1.0, 1.0)))  # each sign says all it is worth
HISTORY = [launch(D - n) for n in range(700, 20, -25)]


def sign(kind="imagery", **more):
    given = {
        "indicator_id": f"{kind}-1", "kind": kind, "observed_ns": NOW_NS - DAY_NS, "published_ns": NOW_NS - DAY_NS // 2,
        "source": "a firm", "p_reliable": 1.0,
    } | more  # fmt: skip
    return Indicator(**given)


def run(*messages, settings=None):
    cfg = watch.configure(settings or Settings(), None)
    state, found = watch.start(cfg), []
    for message in messages:
        state, said = watch.step(cfg, state, message)
        found += said
    return state, found


def levels(found, site=ALL):
    """The newest levels of a site, by window in days."""
    return {round(f.window_s / 86_400): f for f in found if isinstance(f, WatchLevel) and f.site == site}


def at(day_number):
    return Tick(valid_ns=start_ns(day_number))


def test_without_history_and_signs_it_says_nothing():
    assert run(at(D - 1), radar_scan(0.0), at(D), at(D + 1))[1] == []


def test_a_log_of_scans_alone_has_the_same_findings_as_without_the_watch(monkeypatch):
    feed = [
        item for s in range(12) for item in (tick(s), (radar_scan(s + 0.5).valid_ns, radar_scan(s + 0.5, n_plots=2)))
    ]

    def fold():
        cfg = pipeline.configure(SETTINGS, tables())
        state, found = pipeline.start(cfg), []
        for seq, (known_ns, message) in enumerate(feed, start=1):
            state, said = pipeline.step(cfg, state, seq, known_ns, message)
            found += said
        return found

    with_watch = fold()
    monkeypatch.setattr(pipeline, "STAGES", tuple(s for s in pipeline.STAGES if s is not watch))
    assert with_watch == fold()


def test_a_forecast_is_made_once_a_local_day():
    _, found = run(*HISTORY, at(D), Tick(valid_ns=NOW_NS + 5), at(D + 1))
    assert [f.valid_ns for f in found if isinstance(f, ActivityForecast)] == [start_ns(D), start_ns(D + 1)]


def test_a_launch_imported_early_counts_only_from_its_publication_on():
    late = launch(D - 2, published_ns=NOW_NS + DAY_NS // 2)
    knows = run(*HISTORY, late, at(D))[1]
    assert knows == run(*HISTORY, at(D))[1]
    assert run(*HISTORY, late, at(D), at(D + 1))[1][-1] != run(*HISTORY, at(D), at(D + 1))[1][-1]


def test_the_order_of_import_does_not_matter():
    assert run(*HISTORY, sign(), at(D))[1] == run(sign(), *reversed(HISTORY), at(D))[1]


def test_a_sign_raises_the_level_by_its_part_and_says_so():
    before, after = levels(run(*HISTORY, at(D))[1])[7], levels(run(*HISTORY, sign("partner_remark"), at(D))[1])[7]
    assert after.p > before.p == before.p_prior == after.p_prior
    gained = math.log(after.p / (1 - after.p)) - math.log(before.p / (1 - before.p))
    assert sum(after.log_odds) == approx(gained)
    assert after.signs == ("partner_remark-1", "history")
    assert (before.level, after.level) == ("usual", "raised")


def test_a_look_that_saw_nothing_counts_against_and_one_without_a_view_not_at_all():
    plain, absent, cloud = (
        levels(run(*HISTORY, *more, at(D))[1])[7] for more in ((), (sign(seen="absent"),), (sign(seen="obscured"),))
    )
    assert absent.p < plain.p
    assert cloud.p == approx(plain.p)
    assert cloud.n_obscured == 1


def test_cloud_replaces_nothing_and_is_no_silence():
    seen = sign(observed_ns=NOW_NS - 3 * DAY_NS, published_ns=NOW_NS - 3 * DAY_NS)
    clouds = [
        sign(indicator_id=f"c{n}", seen="obscured", observed_ns=NOW_NS + n * DAY_NS, published_ns=NOW_NS + n * DAY_NS)
        for n in range(60)
    ]
    _, found = run(*HISTORY, seen, *clouds, *(at(D + n) for n in range(60)))
    daily = [f for f in found if isinstance(f, WatchLevel) and f.window_s == 7 * 86_400]
    assert len(daily) >= 60  # a level every day, with a view or without
    assert daily[0].p > daily[0].p_prior
    assert daily[-1].p == approx(daily[-1].p_prior)  # what was seen long ago has faded to what history says
    assert daily[-1].n_obscured > 0


def test_a_noted_deception_degrades_to_what_history_says():
    plain = levels(run(*HISTORY, at(D))[1])[14]
    staged = levels(run(*HISTORY, sign(deception="dummy vehicles"), at(D))[1])[14]
    assert staged.p == approx(plain.p)
    assert staged.n_deceptive == 1
    half = levels(run(*HISTORY, sign(deception="perhaps", p_deceptive=0.5), at(D))[1])[14]
    assert plain.p < half.p < levels(run(*HISTORY, sign(), at(D))[1])[14].p


def test_a_launch_spends_the_signs_before_it():
    spent = launch(D - 1, lag_days=0)
    with_sign, without = (run(*HISTORY, *more, at(D), spent, at(D + 1))[1] for more in ((sign(),), ()))
    assert levels(with_sign)[7].p == approx(levels(without)[7].p)
    assert levels(with_sign)[7].signs == ("history",)


def test_a_sign_fades_by_half_in_its_half_life():
    _, found = run(*HISTORY, sign("partner_remark", half_life_ns=2 * DAY_NS), at(D), at(D + 2), settings=UNBOUNDED)
    first, second = (sum(f.log_odds) for f in found if isinstance(f, WatchLevel) and f.window_s == 7 * 86_400)
    assert second == approx(0.5 * first)


def test_a_raised_level_falls_only_after_a_calm_time_and_when_it_said_it_would():
    quick = sign("partner_remark", half_life_ns=2 * DAY_NS, observed_ns=NOW_NS, published_ns=NOW_NS)
    _, found = run(*HISTORY, quick, *(at(D + n) for n in range(12)))
    daily = [f for f in found if isinstance(f, WatchLevel) and f.window_s == 7 * 86_400]
    up = [f for f in daily if f.level == "raised"]
    assert daily.index(up[-1]) == len(up) - 1  # one stretch, no flicker
    assert up[-1].valid_ns < up[0].lapses_ns <= up[-1].valid_ns + 2 * DAY_NS


def test_however_many_signs_no_chance_goes_beyond_the_most_and_the_parts_still_add_up():
    kinds = ("imagery", "partner_remark", "operator", "notice", "thermal")
    plain = levels(run(*HISTORY, at(D))[1])
    found = levels(run(*HISTORY, *(sign(kind) for kind in kinds), at(D))[1])
    for days, most in zip((7, 14, 30), WatchSettings().most_p, strict=True):
        assert plain[days].p < found[days].p <= most
        gained = logit(found[days].p) - logit(plain[days].p)
        assert sum(found[days].log_odds) == approx(gained)


def test_what_would_raise_it_does():
    found = run(*HISTORY, at(D))[1]
    kinds = levels(found)[7].raised_by
    assert "partner_remark" in kinds
    assert "exercise" not in kinds
    for kind in kinds:
        more = sign(kind, observed_ns=NOW_NS, published_ns=NOW_NS, p_reliable=0.8)
        assert levels(run(*HISTORY, at(D), more)[1])[7].level != "usual"


def test_the_whole_area_is_never_below_one_of_its_sites():
    settings = Settings(sites=(SITE, OTHER))
    _, found = run(*HISTORY, sign(site="north"), sign("statement"), at(D), settings=settings)
    for days, whole in levels(found).items():
        north, south = levels(found, "north")[days], levels(found, "south")[days]
        assert whole.p >= max(north.p, south.p)
        assert north.p > south.p
        assert whole.p_prior > north.p_prior == approx(south.p_prior)


def test_a_site_where_launches_came_from_has_more_of_the_chance():
    settings = Settings(sites=(SITE, OTHER))
    placed = [structs.replace(past, lat_rad=0.7, lon_rad=2.2) for past in HISTORY]
    _, found = run(*placed, at(D), settings=settings)
    assert levels(found, "north")[7].p > 5.0 * levels(found, "south")[7].p


def test_a_sign_by_its_place_belongs_to_the_site_around_it():
    settings = Settings(sites=(SITE, OTHER))
    _, found = run(*HISTORY, sign(lat_rad=0.7005, lon_rad=2.2), at(D), settings=settings)
    assert levels(found, "north")[7].kinds == ("imagery",)
    assert levels(found, "south")[7].kinds == ()


def test_reported_signs_detected_count_with_their_speakers_reliability():
    claim = Claim(
        text_id="a", quantity="preparation_detected", speaker="kor.jcs", stance="assessed", event_date="", evidence="",
        span=(0, 1), value="true", id="4.1",
    )  # fmt: skip
    report = Report(text_id="a", text="x", published_ns=NOW_NS - 5)
    _, found = run(*HISTORY, report, claim, at(D))
    assert levels(found)[7].signs == ("4.1", "history")
    assert levels(found)[7].kinds == ("partner_remark",)
    other = structs.replace(claim, quantity="range_km")
    assert levels(run(*HISTORY, report, other, at(D))[1])[7].kinds == ()


def test_a_launch_notice_for_the_watched_area_counts_until_its_window_ends():
    notice = NoticeRead(
        text_id="n",
        notice_id="A1/17",
        medium="notam",
        activity="launch",
        ends_ns=NOW_NS + 6 * DAY_NS,
        locations=("ZKKP",),
        id="4.0",
    )
    report = Report(text_id="n", text="x", published_ns=NOW_NS - 5)
    _, found = run(*HISTORY, report, notice, at(D), at(D + 5), settings=UNBOUNDED)
    daily = [f.log_odds[0] for f in found if isinstance(f, WatchLevel) and f.window_s == 7 * 86_400]
    assert daily[0] == approx(daily[1]) != 0.0
    elsewhere = structs.replace(notice, locations=("ZBPE",))
    assert levels(run(*HISTORY, report, elsewhere, at(D))[1])[7].kinds == ()


def test_our_own_confirmed_event_is_history_and_a_withdrawn_one_never_was():
    event = LaunchEvent(
        event_id="E000001",
        revision=0,
        state="confirmed",
        valid_ns=NOW_NS + 5,
        track_ids=(),
        detection_ids=(),
        principles=(),
        reason="",
    )
    seen = run(*HISTORY, at(D), event, at(D + 1))[1]
    assert levels(seen)[7].p > levels(run(*HISTORY, at(D), at(D + 1))[1])[7].p
    withdrawn = structs.replace(event, state="withdrawn")
    assert run(*HISTORY, at(D), event, withdrawn, at(D + 1))[1] == run(*HISTORY, at(D), at(D + 1))[1]


@pytest.mark.parametrize("kind", ["imagery", "partner_remark", "notice", "operator", "thermal"])
def test_no_level_ever_warns(kind):
    cfg = pipeline.configure(SETTINGS, tables())
    state, found = pipeline.start(cfg), []
    many = [sign(kind, indicator_id=f"{kind}{n}", source=f"s{n}") for n in range(20)]
    for seq, message in enumerate([*HISTORY, *many, at(D), at(D + 1)], start=1):
        state, said = pipeline.step(cfg, state, seq, NOW_NS, message)
        found += said
    assert {type(f) for f in found} == {ActivityForecast, WatchLevel}
    assert not any(isinstance(f, WarningProposed | LaunchEvent) for f in found)


def test_a_level_has_the_labels_of_all_its_signs_though_a_tick_prompted_it():
    cfg = pipeline.configure(SETTINGS, tables())
    state = pipeline.start(cfg)
    public, secret = (
        Label(classification="PUBLIC", releasable_to=("jpn", "usa")),
        Label(classification="SECRET", releasable_to=("usa",)),
    )
    feed = [structs.replace(past, label=public) for past in HISTORY]
    feed += [structs.replace(sign(), label=secret), structs.replace(sign("statement"), label=public), at(D)]
    for seq, message in enumerate(feed, start=1):
        state, said = pipeline.step(cfg, state, seq, NOW_NS, message)
    forecast = next(f for f in said if isinstance(f, ActivityForecast))
    level = next(f for f in said if isinstance(f, WatchLevel))
    assert forecast.label == public
    assert level.label == secret
    n = len(HISTORY)
    assert level.rests_on == (str(n), str(n + 1), str(n + 2))  # the newest launch, then each sign


def test_of_two_sources_of_one_launch_the_sharper_day_stands_and_a_revision_replaces():
    wide = launch(D - 30, launch_id="x", source="a", earliest_ns=start_ns(D - 31))
    sharp = launch(D - 31, launch_id="x", source="b", published_ns=NOW_NS - DAY_NS)
    for order in ((wide, sharp), (sharp, wide)):
        known = ()
        for one in order:
            known = watch.known_with(known, watch.launch_of(watch.configure(Settings(), None), one))
        assert [k.day for k in known] == [D - 31]
    moved = replace(known[0], day=D - 33)
    assert watch.known_with(known, moved) == (moved,)


def test_the_state_has_canonical_bytes_and_goes_on_from_them():
    cfg = watch.configure(Settings(sites=(SITE,)), None)
    state = watch.start(cfg)
    for message in (*HISTORY, sign(site="north"), at(D), launch(D, published_ns=start_ns(D + 3))):
        state, _ = watch.step(cfg, state, message)
    thawed = state_codec.decode(state_codec.encode(state), watch.State)
    assert watch.step(cfg, thawed, at(D + 1)) == watch.step(cfg, state, at(D + 1))
