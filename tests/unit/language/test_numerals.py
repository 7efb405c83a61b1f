"""Numbers as they are printed."""

import pytest

from bongsu.language.numerals import EN, KO, number, step_of


@pytest.mark.parametrize(
    ("printed", "words", "value"),
    [
        ("700", {}, 700),
        ("2,111.5", {}, 2111.5),
        ("two", EN, 2),
        ("Ten", EN, 10),
        ("a pair of", EN, 2),
        ("4천500", {}, 4500),
        ("1만3천", {}, 13_000),
        ("6千", {}, 6000),
        ("1万2000", {}, 12_000),
        ("三", {}, 3),
        ("二十", {}, 20),
        ("千五百", {}, 1500),
        ("두", KO, 2),
        ("several", EN, None),
        ("", {}, None),
        ("9" * 30, {}, None),
    ],
)
def test_a_number_means_what_it_says(printed, words, value):
    assert number(printed, words) == value


@pytest.mark.parametrize(
    ("printed", "value", "step"),
    [("700", 700, 100), ("450", 450, 10), ("435", 435, 1), ("2,111.5", 2111.5, 0.1), ("4천500", 4500, 100)],
)
def test_rounding_is_the_place_of_the_last_digit_that_counts(printed, value, step):
    assert step_of(printed, value) == pytest.approx(step)
