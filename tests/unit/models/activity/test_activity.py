"""Forecasts of launch days: local days, chances, and weights that look back alone."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest import approx

from bongsu.models import activity
from bongsu.models.activity import HORIZON_DAYS, MODELS, ActivitySettings, Book, booked, chances, combined, fit, weights
from bongsu.models.activity.book import log_score
from bongsu.models.activity.days import marked

DAYS = st.lists(st.sampled_from((0.0, 1.0)), min_size=60, max_size=200).map(np.array)
CFG = ActivitySettings()


@given(day=st.integers(1, 100_000), part=st.floats(0.0, 0.999))
def test_every_instant_of_a_local_day_falls_on_it(day, part):
    assert activity.day_of(activity.start_ns(day) + int(part * activity.DAY_NS)) == day


def test_a_launch_at_seven_in_the_morning_in_seoul_is_on_that_day_though_it_is_the_day_before_in_utc():
    assert activity.day_of(1_504_042_680 * 10**9) == activity.day_of(
        1_504_042_680 * 10**9 + 7_200 * 10**9
    )  # 21:38Z, 23:38Z


@settings(max_examples=40)
@given(y=DAYS)
def test_chances_are_probabilities_and_grow_with_the_window(y):
    p = np.array(chances(fit(y, 1), y))
    assert p.shape == (len(MODELS), len(HORIZON_DAYS))
    assert ((p >= 0.0) & (p <= 1.0)).all()
    assert (np.diff(p, axis=1) >= 0.0).all()


@settings(max_examples=20)
@given(y=DAYS)
def test_a_fit_is_the_same_twice(y):
    assert fit(y, 5) == fit(y.copy(), 5)


def test_before_anything_is_scored_all_models_weigh_the_same():
    assert weights(Book()) == (((0.25,) * 4),) * 3


def test_weights_do_not_change_with_a_launch_whose_window_is_still_open():
    rows = tuple((0.1 * (i + 1),) * 3 for i in range(4))
    quiet = busy = Book()
    for day in range(100, 107):
        quiet, busy = booked(quiet, CFG, day, rows, ()), booked(busy, CFG, day, rows, (106,))
    assert weights(quiet) == weights(busy)
    for day in range(107, 112):
        quiet, busy = booked(quiet, CFG, day, rows, ()), booked(busy, CFG, day, rows, (106,))
    assert weights(busy)[0][3] > weights(quiet)[0][3]  # the model that said most


def test_a_window_is_scored_once_however_many_days_pass_at_once():
    rows = ((0.3,) * 3,) * 4
    daily = booked(Book(), CFG, 100, rows, ())
    for day in (120, 150):
        daily = booked(daily, CFG, day, rows, ())
    assert daily.scores[0][2] == approx(log_score(0.3, False) / 30)  # the window of day 100 alone has closed by 150
    assert [first for first, _ in daily.open] == [120, 150]


@given(p=st.lists(st.floats(0.0, 1.0), min_size=4, max_size=4))
def test_the_combination_lies_between_its_models(p):
    both = combined(tuple((v,) * 3 for v in p), weights(Book()))
    assert all(min(p) - 1e-12 <= v <= max(p) + 1e-12 for v in both)


def test_a_day_outside_is_not_marked():
    assert marked([3, 9, 10], 4, 10).tolist() == [0.0] * 5 + [1.0]
