"""One place, many spellings."""

import pytest

from bongsu.language.gazetteer import fold, names, resolve


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("Taegwan", "Taegwan"),
        ("Taekwan", "Taegwan"),
        ("Daegwan", "Taegwan"),
        ("Taegwan County", "Taegwan"),
        ("대관", "Taegwan"),
        ("대관군", "Taegwan"),
        ("Sohae", "Sohae"),
        ("Tongchang-ri", "Sohae"),
        ("Dongchang-ri", "Sohae"),
        ("동창리", "Sohae"),
        ("西海", "Sohae"),
        ("東倉里", "Sohae"),
        ("Kaech'ŏn", "Kaechon"),
        ("Gaecheon", "Kaechon"),
        ("Wonsan", "Wonsan"),
        ("元山", "Wonsan"),
        ("Atlantis", ""),
    ],
)
def test_a_name_is_known_by_any_of_its_spellings(name, place):
    assert resolve(name) == place


def test_spellings_that_are_not_listed_fold_to_one_key():
    assert fold("Ch'ŏngju") == fold("Cheongju") == fold("Chongju")


def test_names_of_one_script_come_longest_first():
    korean = names("가-힣")
    assert "원산" in korean
    assert [len(n) for n in korean] == sorted((len(n) for n in korean), reverse=True)
