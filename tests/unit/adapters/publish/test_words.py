"""Words that every product shares."""

import pytest

from bongsu.adapters.publish import words
from bongsu.language.recounting import recounting_of


@pytest.mark.parametrize(("lang", "name"), [("en", "South Korea"), ("ko", "한국"), ("ja", "韓国")])
def test_a_country_is_named_in_the_language_of_the_brief(lang, name):
    assert words.nation("KOR", lang) == name


@pytest.mark.parametrize(("lang", "name"), [("en", "Indonesia"), ("ko", "인도네시아"), ("ja", "インドネシア")])
def test_a_zone_names_any_country_in_the_language_of_the_brief(lang, name):
    assert name in words.zone("IDN.eez", recounting_of(lang))


def test_a_country_without_a_name_keeps_its_code():
    assert words.nation("xqq", "ko") == "XQQ"
