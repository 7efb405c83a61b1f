"""Every language has the same sentences, the same names and no slot that is not filled."""

import string

import pytest

from bongsu.language.recounting import recounting_of
from bongsu.language.telling import LANGUAGES
from bongsu.stages.reconcile import quarantine

EN = recounting_of("en")
TABLES = (
    "sections", "phrases", "phases", "shapes", "kinds", "assumptions", "hazards", "states", "certainties",
    "warnings", "endings", "marks", "zones", "labels", "reasons", "occasions",
)  # fmt: skip
IN_ENGLISH = ("reason", "why")  # what stages say in English stands in English briefs alone


def slots(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("table", TABLES)
def test_every_language_has_every_word(lang, table):
    assert set(getattr(recounting_of(lang), table)) == set(getattr(EN, table))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_fills_the_same_slots(lang):
    for key, phrase in recounting_of(lang).phrases.items():
        missing = slots(EN.phrases[key]) - slots(phrase)
        assert slots(phrase) <= slots(EN.phrases[key]), key
        assert missing <= set(IN_ENGLISH), (key, missing)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_mark_holds_the_mode_in_capitals(lang):
    assert all(mode.upper() in mark for mode, mark in recounting_of(lang).marks.items())


def test_every_reason_to_set_a_claim_aside_has_words():
    assert set(EN.reasons) == {"future", "uncorroborated", *quarantine.RULES}


@pytest.mark.parametrize(
    ("lang", "printed", "said"),
    [
        ("ko", "about 690 km", "약 690 km"), ("ko", "62 by 14 km, long axis 85° from north", "62 × 14 km, 긴 축은 북에서 85°"),
        ("ko", "under 1 %", "1 % 미만"), ("ja", "42 to 49 km", "42~49 km"), ("ja", "12 km across", "直径12 km"),
        ("ja", "over 99 %", "99 %超"), ("en", "about 690 km", "about 690 km"),
    ],
)  # fmt: skip
def test_numbers_are_printed_as_the_language_prints_them(lang, printed, said):
    assert recounting_of(lang).figure(printed) == said


def test_korean_particles_follow_the_syllable_before_them():
    assert recounting_of("ko").sentence("일본(이/가) 주장") == "일본이 주장."


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_a_sentence_that_ends_in_a_quotation_has_one_full_stop(lang):
    assert recounting_of(lang).sentence("A: “It fell.”") == "A: “It fell.”"
