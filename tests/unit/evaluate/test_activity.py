"""Rolling origin by publication time, scores, and calendars."""

import numpy as np
import pytest
from msgspec import structs
from pytest import approx
from tests.helpers.flights import tables
from tests.helpers.lists import day, launch

from bongsu import pipeline
from bongsu.errors import BadInput
from bongsu.evaluate.activity import calendar, page, scores
from bongsu.evaluate.activity.rolling import ROWS, LookAhead, by_publication, outcomes, roll
from bongsu.messages.inputs import Tick
from bongsu.messages.watching import ActivityForecast
from bongsu.models.activity import start_ns
from bongsu.models.settings import Settings

FIRST = day("2030-01-01")


def drawn(seed, n_days, p, first=FIRST - 900):
    rng = np.random.default_rng(seed)
    return [launch(first + int(i)) for i in np.flatnonzero(rng.random(n_days) < p)]


@pytest.fixture(scope="module")
def memoryless():
    """A world without memory: a launch day has the same chance every day."""
    return roll(by_publication(drawn(7, 1_700, 0.05)), FIRST, FIRST + 760)


def test_event_times_in_place_of_publication_times_are_refused():
    history = [structs.replace(one, published_ns=one.earliest_ns) for one in drawn(1, 900, 0.05)]
    with pytest.raises(LookAhead, match="published before the launch was over"):
        roll(by_publication(history), FIRST - 300, FIRST)


def test_records_known_at_the_time_of_the_event_are_refused():
    history = [(one.earliest_ns, one) for one in drawn(1, 900, 0.05)]
    with pytest.raises(LookAhead, match="known before it was published"):
        roll(history, FIRST - 300, FIRST)


def test_a_history_out_of_the_order_of_a_log_is_refused():
    history = by_publication(drawn(1, 900, 0.05))
    with pytest.raises(LookAhead, match="the order of a log"):
        roll([history[1], history[0], *history[2:]], FIRST - 300, FIRST)


def test_too_short_a_history_is_refused_by_name():
    with pytest.raises(BadInput, match="365 days"):
        roll(by_publication([launch(FIRST - 20)]), FIRST, FIRST + 60)


def test_a_launch_that_is_published_later_changes_no_forecast_before(memoryless):
    history = drawn(7, 1_700, 0.05)
    late = launch(FIRST + 100, published_ns=start_ns(FIRST + 400))
    rolled = roll(by_publication([*history, late]), FIRST, FIRST + 760)
    assert (rolled.p[:400] == memoryless.p[:400]).all()
    assert (rolled.p[400:] != memoryless.p[400:]).any()
    assert (rolled.y[90:100, 2] == 1.0).all()  # it counts as having happened


def test_the_whole_fold_says_what_the_harness_scores(memoryless):
    """The stage alone, as the harness drives it, against the pipeline over the same records."""
    cfg = pipeline.configure(Settings(), tables())
    state, seq = pipeline.start(cfg), 0
    history = by_publication(drawn(7, 1_700, 0.05))
    made = []
    for number in range(FIRST - 1_826, FIRST + 3):
        while history and history[0][0] <= start_ns(number):
            known_ns, one = history.pop(0)
            seq += 1
            state, _ = pipeline.step(cfg, state, seq, known_ns, one)
        seq += 1
        state, found = pipeline.step(cfg, state, seq, start_ns(number), Tick(valid_ns=start_ns(number)))
        made += [f.p for f in found if isinstance(f, ActivityForecast) and number >= FIRST]
    assert np.array(made) == approx(memoryless.p[:3], abs=0.0)


def test_outcomes_count_from_the_day_of_the_origin_to_the_last_of_the_window():
    y = outcomes(np.array([10, 11, 12]), [17])
    assert y[:, 0].tolist() == [0.0, 1.0, 1.0]
    assert outcomes(np.array([17, 18]), [17])[:, 0].tolist() == [1.0, 0.0]


def test_in_a_world_without_memory_no_model_shows_skill(memoryless):
    """And the page says so: "no skill" is an answer."""
    for j in range(3):
        month, y = scores.months(memoryless.days), memoryless.y[:, j]
        usual = scores.brier(memoryless.p[:, 0, j], y)
        for i in range(1, len(ROWS)):
            assert scores.skill(scores.brier(memoryless.p[:, i, j], y), usual, month).low < 0.02
    assert "no skill" in "\n".join(page.score_table(memoryless, 0))


def test_the_page_names_every_model_horizon_and_an_interval(memoryless):
    text = "\n".join(page.lines(memoryless))
    assert all(text.count(f"| {name} |") == 3 for name in (*ROWS, page.HINDSIGHT))
    assert "No published probability falls among the origins." in text
    assert page.plot(memoryless).startswith("<svg") and "http://" not in page.plot(memoryless).replace(
        "http://www.w3.org", ""
    )


def test_scores_of_known_forecasts():
    p, y = np.array([0.0, 0.5, 0.9, 1.0]), np.array([0.0, 1.0, 1.0, 0.0])
    assert scores.brier(p, y).tolist() == approx([0.0, 0.25, 0.01, 1.0])
    assert scores.log_loss(p, y)[:3].tolist() == approx([0.0, np.log(2.0), -np.log(0.9)], abs=2e-6)


def test_a_forecast_has_no_skill_over_itself_and_the_same_interval_twice():
    days = np.arange(FIRST, FIRST + 300)
    losses = np.random.default_rng(1).random(300)
    month = scores.months(days)
    assert (scores.skill(losses, losses, month).low, scores.skill(losses, losses, month).high) == approx((0.0, 0.0))
    assert scores.mean(losses, month) == scores.mean(losses, month)


def test_the_interval_of_a_mean_holds_it():
    """A 90 % interval from 24 months; that there are few of them costs some of it."""
    held = 0
    days = np.arange(FIRST, FIRST + 730)
    month = scores.months(days)
    for seed in range(60):
        rng = np.random.default_rng(seed)
        values = rng.random(730) + rng.normal(0.0, 0.3, int(month.max()) + 1)[month]
        found = scores.mean(values, month)
        held += found.low <= 0.5 <= found.high
    assert 0.75 * 60 <= held <= 60


def test_launches_put_beside_the_dates_are_found_near_them():
    dates = [FIRST + n for n in range(30, 700, 97)]
    near = calendar.nearness("planted", dates, [d + 2 for d in dates], FIRST, FIRST + 730)
    assert near.n_near == near.n_launch_days == len(dates)
    assert near.p_value == approx(15 / 730)  # the fifteen turns that keep every launch within a week of its date
    assert near.ratio.low > 1.0


def test_launches_drawn_without_a_calendar_are_rarely_near_it():
    """The share of p-values at or below 0.1 among 100 calendars without an effect: a binomial bound of 99.9 %."""
    small = 0
    for seed in range(100):
        rng = np.random.default_rng(seed)
        launches = [FIRST + int(i) for i in np.flatnonzero(rng.random(730) < 0.05)]
        dates = sorted(FIRST + int(i) for i in rng.choice(730, 6, replace=False))
        small += calendar.nearness("none", dates, launches, FIRST, FIRST + 730).p_value <= 0.1
    assert small <= 22


def test_dates_outside_the_time_are_not_counted():
    found = calendar.nearness("few", [FIRST - 1, FIRST + 5, FIRST + 900], [FIRST + 6], FIRST, FIRST + 100)
    assert found.n_dates == 1
    assert found.n_days_near == 13  # from the first day on
