"""Hedge words and probabilities."""

import pytest

from bongsu.models.hedges import VERDICTS, is_unweighed, probabilities_of, steady_words, words_for


@pytest.mark.parametrize(
    ("p", "words"),
    [
        (0.0, "outside"),
        (0.0499, "outside"),
        (0.05, "likely outside"),
        (0.2499, "likely outside"),
        (0.25, "not determined"),
        (0.7499, "not determined"),
        (0.75, "likely inside"),
        (0.9499, "likely inside"),
        (0.95, "inside"),
        (1.0, "inside"),
    ],
)
def test_a_probability_earns_the_word_of_its_interval(p: float, words: str) -> None:
    assert words_for(p) == words


def test_every_word_gives_back_the_probabilities_that_earn_it() -> None:
    for hedge in VERDICTS:
        low, high = probabilities_of(hedge.words)
        assert words_for(low) == hedge.words
        assert words_for(0.5 * (low + high)) == hedge.words


def test_the_intervals_leave_no_gap() -> None:
    assert [h.high for h in VERDICTS[:-1]] == [h.low for h in VERDICTS[1:]]
    assert (VERDICTS[0].low, VERDICTS[-1].high) == (0.0, 1.0)


def test_a_word_stays_until_its_bound_is_passed_by_the_margin() -> None:
    assert steady_words(0.745, "likely inside", 0.01) == "likely inside"
    assert steady_words(0.739, "likely inside", 0.01) == "not determined"
    assert steady_words(0.955, "likely inside", 0.01) == "likely inside"
    assert steady_words(0.97, "likely inside", 0.01) == "inside"


def test_what_is_only_within_reach_is_not_shown_as_a_probability():
    assert is_unweighed("not determined", 0.05)
    assert not is_unweighed("not determined", 0.24)  # held there by hysteresis
    assert not is_unweighed("outside", 0.01)
