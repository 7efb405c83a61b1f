"""Launches that happened, others in passing, and what only looks like one."""

import pytest

from bongsu.language.launches import MASK, tell
from bongsu.language.reading import grammar_of
from bongsu.language.split import sentences


def told(text, lang="en"):
    return tell(sentences(text, lang)[0], grammar_of(lang))


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("North Korea fired two ballistic missiles on Friday.", "en"),
        ("The launch of a ballistic missile was detected.", "en"),
        ("North Korea conducted a submarine-launched ballistic missile test.", "en"),
        ("It attempted to launch a satellite.", "en"),
        ("North Korea may have fired a missile.", "en"),
        ("A rocket carrying a satellite blasted off.", "en"),
        ("北朝鮮は弾道ミサイル2発を発射した。", "ja"),
        ("人工衛星が打ち上げられた。", "ja"),
        ("북한이 탄도미사일을 발사했다.", "ko"),
        ("방사포 사격을 했다.", "ko"),
    ],
)
def test_a_launch_that_happened_is_one(text, lang):
    assert told(text, lang).is_launch


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("North Korea threatened to fire missiles at Guam.", "en"),
        ("It plans the launch of a satellite.", "en"),
        ("It has not launched a missile.", "en"),
        ("It tested a rocket engine for its ballistic missiles.", "en"),
        ("It fired artillery shells near the line.", "en"),
        ("It conducted a nuclear test.", "en"),
        ("Kim inspected the Sohae Satellite Launching Ground.", "en"),
        ("Missile launchers were delivered to the front.", "en"),
        ("Troops of South Korea fired a missile in response.", "en"),
        ("北朝鮮は衛星を打ち上げると通告した。", "ja"),
        ("エンジンの燃焼実験を行った。", "ja"),
        ("북한이 위성을 발사하겠다고 통보했다.", "ko"),
        ("고체연료 엔진 시험을 했다.", "ko"),
    ],
)
def test_what_is_planned_threatened_denied_or_no_launch_is_none(text, lang):
    assert not told(text, lang).is_launch or told(text, lang).is_other


def test_a_mask_keeps_every_place():
    found = told("Kim Jong Un inspected the satellite launching station near a missile base.")
    assert len(found.text) == len(found.sentence.text)
    assert MASK in found.text


def test_another_launch_in_passing_is_an_aside():
    text = "North Korea fired a missile on Friday, two days after it launched two rockets."
    found = told(text)
    assert found.is_launch
    assert found.is_aside(text.index("rockets"))
    assert not found.is_aside(text.index("missile"))


@pytest.mark.parametrize(
    "text",
    [
        "Last month it fired a missile.",
        "In 2017 it launched a missile over Japan.",
        "昨年、ミサイルを発射した。",
        "지난해 미사일을 발사했다.",
    ],
)
def test_an_earlier_time_makes_a_sentence_about_another_launch(text):
    lang = "en" if text.isascii() else ("ja" if "、" in text else "ko")
    found = told(text, lang)
    assert found.is_other or not found.is_launch
