"""Korean particles go by the sound before them, whatever stands there."""

import pytest

from bongsu.language.ko.particles import particles


@pytest.mark.parametrize(
    ("slotted", "said"),
    [
        ("미군(은/는) 러시아(과/와) 미사일(을/를)", "미군은 러시아와 미사일을"),
        ("서울(으로/로) 평양(으로/로) 바다(으로/로)", "서울로 평양으로 바다로"),  # after ㄹ as after a vowel
        ("강원도(이/가) 부산(이/가)", "강원도가 부산이"),
        (
            "제1(을/를) 제2(을/를) 제3(을/를) 제6(으로/로) 제7(으로/로) 10(이/가)",
            "제1을 제2를 제3을 제6으로 제7로 10이",
        ),
        ("동해(일본해)(으로/로) 구역(남)(을/를)", "동해(일본해)로 구역(남)을"),
        ("EEZ(을/를)", "EEZ를"),
    ],
)
def test_a_particle_goes_by_the_sound_before_it(slotted, said):
    assert particles(slotted) == said
