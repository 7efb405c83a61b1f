"""Words that every product shares."""

import pytest

from bongsu.adapters.publish import words


@pytest.mark.parametrize(("lang", "name"), [("en", "South Korea"), ("ko", "한국"), ("ja", "韓国")])
def test_a_country_is_named_in_the_language_of_the_brief(lang, name):
    assert words.nation("KOR", lang) == name


def test_a_country_without_a_name_keeps_its_code():
    assert words.nation("xqq", "ko") == "XQQ"
