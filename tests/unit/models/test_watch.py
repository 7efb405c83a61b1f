"""How evidence fades, adds up and becomes a word."""

import itertools
import math

from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from bongsu.models.watch import (
    ORDER,
    SIGNS,
    WatchSettings,
    Weighed,
    bounded,
    faded,
    logit,
    probability,
    reported_log_odds,
    sign_model,
    summed,
    word,
)

CFG = WatchSettings()
ABOVE = st.floats(-5.0, 5.0)
WORDS = st.sampled_from(ORDER)
SOME = st.lists(
    st.builds(
        lambda kind, source, x: Weighed(kind, source, (x, x, x)),
        st.sampled_from(("imagery", "statement", "thermal")), st.sampled_from("abcd"), st.floats(-3.0, 3.0),
    ),
    max_size=8,
)  # fmt: skip


@given(ratio=st.floats(-3.0, 3.0), r=st.floats(0.0, 1.0))
def test_a_report_never_weighs_more_than_the_sign_and_nothing_if_its_source_is_worthless(ratio, r):
    assert abs(reported_log_odds(ratio, r)) <= abs(ratio) + 1e-12
    assert reported_log_odds(ratio, 0.0) == 0.0
    assert reported_log_odds(ratio, 1.0) == approx(ratio)


@given(above=ABOVE, before=WORDS)
def test_a_level_that_was_reached_is_kept_by_the_same_evidence(above, before):
    reached = word(CFG, above, before)
    assert word(CFG, above, reached) == reached


@given(above=ABOVE, before=WORDS, more=st.floats(0.0, 3.0))
def test_more_evidence_never_calms(above, before, more):
    assert ORDER.index(word(CFG, above + more, before)) >= ORDER.index(word(CFG, above, before))


def test_between_its_two_thresholds_a_level_stays_what_it_was():
    between = 0.5 * (CFG.raised_at + CFG.raised_until)
    assert word(CFG, between, "raised") == "raised"
    assert word(CFG, between, "usual") == "usual"


@given(signs=SOME)
def test_signs_add_up_to_their_parts_and_never_beyond_the_cap(signs):
    total, parts = summed(CFG, signs, 0)
    assert total == approx(math.fsum(parts), abs=1e-9)
    assert abs(total) <= CFG.most_log_odds + 1e-9


PRIOR = st.floats(0.001, 0.99)


@given(prior=PRIOR, total=st.floats(0.0, 30.0), more=st.floats(0.0, 3.0), most=st.floats(0.3, 1.0))
def test_signs_alone_take_no_chance_beyond_the_most_and_more_of_them_never_lower_it(prior, total, more, most):
    p = probability(logit(prior) + bounded(prior, total, most))
    assert prior - 1e-9 <= p <= max(prior, most) + 1e-9
    assert bounded(prior, total, most) <= bounded(prior, total + more, most) + 1e-9
    assert bounded(prior, total, most) <= total + 1e-9


@given(prior=PRIOR, total=st.floats(-5.0, 0.0), most=st.floats(0.3, 1.0))
def test_evidence_against_a_launch_counts_in_full(prior, total, most):
    assert bounded(prior, total, most) == total


def test_a_preparation_that_is_sure_comes_in_the_window_as_often_as_the_most_says():
    """Bayes written out: sign of a preparation, which ends in a launch within the window in 7 of 10 cases, none without one."""
    p_prepared, p_ends, ratio = 0.2, 0.7, 9.0
    after = p_prepared * ratio / (p_prepared * ratio + 1.0 - p_prepared)
    prior = p_prepared * p_ends
    assert probability(logit(prior) + bounded(prior, math.log(ratio), p_ends)) == approx(after * p_ends)


@given(signs=SOME)
def test_a_second_source_of_a_kind_counts_half_at_most(signs):
    _, parts = summed(CFG, signs, 1)
    for kind in {s.kind for s in signs}:
        mine = sorted((abs(p) for s, p in zip(signs, parts, strict=True) if s.kind == kind), reverse=True)
        assert all(b <= 0.5 * a + 1e-9 for a, b in itertools.pairwise(mine))


@given(age=st.integers(0, 10**17), half=st.integers(1, 10**17))
def test_evidence_fades_by_half_in_each_half_life(age, half):
    assert faded(age + half, half) == approx(0.5 * faded(age, half))
    assert faded(-age, half) == 1.0


@given(p=st.floats(0.001, 0.999))
def test_log_odds_and_probability_are_each_others_inverse(p):
    assert probability(logit(p)) == approx(p)


def test_exercises_weigh_nothing_by_default_and_a_node_may_say_otherwise():
    assert sign_model((), "exercise").present == (0.0, 0.0, 0.0)
    own = type(SIGNS[0])(kind="exercise", present=(1.0, 1.0, 1.0))
    assert sign_model((own,), "exercise") is own
