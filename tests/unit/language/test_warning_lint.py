"""The linter catches what must not go out, each by the rule that it breaks."""

from dataclasses import replace

import pytest
from msgspec import structs
from tests.helpers.bulletins import area, bulletin, names

from bongsu.language.warning import lint, written
from bongsu.language.warning.words import LANGUAGES, wording_of

DENIALS = {
    "en": (
        "This is not a drill.", "THIS IS NOT A DRILL", "this is no drill", "This isn't an exercise.", "No exercise.",
        "This is not, repeat not, a drill.", "This is not a test", "This is a real-world event.", "This is the real thing.",
        "Anything but an exercise.", "This is n\u200bot a dr\u200bill.", "Ｔhis is ｎot a ｄrill.", "Not\na drill.",
        "This is no longer an exercise.", "This is not just a drill.",
    ),
    "ko": (
        "훈련이 아닙니다.", "이것은 훈련이 아닙니다.", "훈련 아님", "훈련상황이 아닙니다", "훈련 상황 아닙니다.",
        "연습이 아니다.",
        "실제 상황입니다.", "이것은 실제상황이다", "훈\u200b련이 아닙니다", "훈 련이 아닙니다", "시험이 아님", "훈련은 아니며",
        "모의가 아닌", "훈련이\n아닙니다",
    ),
    "ja": (
        "訓練ではありません。", "これは訓練ではない", "訓練じゃない", "訓練ではございません", "演習ではありません",
        "訓練では\nありません",
        "訓練放送ではありません", "これは実際の警報です。", "訓\u200b練ではありません", "試験ではなく",
        "訓練に非ず", "本番です。",
    ),
}  # fmt: skip
MARKED = ("exercise", "replay", "test")
EACH = pytest.mark.parametrize("lang", LANGUAGES)


def rules(text, one, lang):
    return {fault.rule for fault in lint(text, one, lang)}


@pytest.mark.parametrize(
    ("lang", "words"), [(lang, words) for lang, all_words in DENIALS.items() for words in all_words]
)
def test_a_text_that_denies_being_an_exercise_is_refused_in_every_mode_and_part(lang, words):
    for mode in ("live", *MARKED):
        one = bulletin(mode=mode)
        said = written(one, lang)
        lines = said.text.split("\n")
        assert "denial" in rules("\n".join([*lines[:2], words, *lines[2:]]), one, lang)
        for part in ("headline", "description", "instruction", "brief"):
            word = wording_of(lang).modes.get(mode, "")
            changed = {part: f"{getattr(said, part).removesuffix(word)} {words} {word}".strip()}
            assert "denial" in rules(replace(said, **changed), one, lang)


@EACH
@pytest.mark.parametrize("mode", MARKED)
def test_the_word_of_the_mode_stands_first_and_last_in_every_part(mode, lang):
    one = bulletin(mode=mode)
    said = written(one, lang)
    word = wording_of(lang).modes[mode]
    for part in ("headline", "description", "instruction", "text", "brief"):
        for cut in (str.removeprefix, str.removesuffix):
            bare = cut(getattr(said, part), word).strip(" -\n")
            assert "mode" in rules(replace(said, **{part: bare}), one, lang)


@EACH
@pytest.mark.parametrize("mode", MARKED)
def test_a_text_of_one_mode_is_refused_for_another(mode, lang):
    assert "live" in rules(written(bulletin(mode=mode), lang), bulletin(), lang)
    assert "mode" in rules(written(bulletin(), lang), bulletin(mode=mode), lang)
    other = MARKED[MARKED.index(mode) - 1]
    assert "mode" in rules(written(bulletin(mode=mode), lang), bulletin(mode=other), lang)


@EACH
def test_areas_left_from_a_drill_are_refused_live(lang):
    drill = structs.replace(area("tokyo"), names=names("Exercise area one", "訓練第1区域", "훈련 제1구역"))
    assert "live" in rules("", bulletin(areas=(drill,)), lang)
    assert (
        lint(written(bulletin(areas=(drill,), mode="exercise"), lang), bulletin(areas=(drill,), mode="exercise"), lang)
        == ()
    )


MUTATIONS = {
    "script": {"ko": ("평양", "平壌"), "ja": ("平壌", "평양"), "en": ("Pyongyang", "Пyongyang")},
    "times": {"ko": ("15시 31분", "15시 37분"), "ja": ("15時31分", "16時31分"), "en": ("15:52", "15:25")},
    "places": {"ko": ("도쿄도, ", ""), "ja": ("青森県", "岩手県"), "en": ("Tokyo, Aomori", "Tokyo, Aomori, Iwate")},
    "actions": {
        "ko": ("건물 안이나 지하로 대피하십시오.", "건물 안에 머물며 다음 발표를 기다리십시오."),
        "ja": ("建物の中または地下に避難してください。", "次の発表に注意し、避難する場所を確認してください。"),
        "en": ("Take shelter inside a building or underground.", "Ships and aircraft, keep away from this area."),
    },
    "authority": {"ko": ("내각관방", "행정관방"), "ja": ("内閣官房", "内閣府"), "en": ("Cabinet Secretariat", "Cabinet Office")},
    "certainty": {
        "ko": ("가능성이 높습니다", "가능성이 있습니다"),
        "ja": ("可能性が高いとみられます", "可能性があります"),
        "en": ("It is likely to", "It may"),
    },
    "family": {
        "ko": ("미사일 발사. 미사일 발사.", "경보 해제. 경보 해제."),
        "ja": ("ミサイル発射。", "直ちに避難。"),
        "en": ("Missile launch.", "All clear."),
    },
    "sentence": {"ko": ("대피하십시오", "대피하세요"), "ja": ("ください", "下さい"), "en": ("believed", "known")},
}  # fmt: skip


@EACH
@pytest.mark.parametrize("rule", MUTATIONS)
def test_a_changed_text_breaks_the_rule_it_is_about(rule, lang):
    one = bulletin()
    text = written(one, lang).text
    old, new = MUTATIONS[rule][lang]
    assert old in text
    assert rule in rules(text.replace(old, new), one, lang)


@pytest.mark.parametrize(
    ("lang", "time"), [("ko", "25시 10분"), ("ja", "15時75分"), ("en", "24:61"), ("en", "15:52 on 31 February")]
)
def test_a_time_that_no_clock_or_calendar_has_is_a_fault(lang, time):
    one = bulletin()
    until = {"ko": "15시 52분", "ja": "15時52分", "en": "15:52"}[lang]
    assert "times" in rules(written(one, lang).text.replace(until, time), one, lang)


LIFTS = {
    "ko": "대피 요청을 해제합니다.",
    "ja": "避難の呼びかけを解除します。",
    "en": "The request to take shelter is lifted.",
}
SHELTERS = {
    "ko": "건물 안이나 지하로 대피하십시오.",
    "ja": "建物の中または地下に避難してください。",
    "en": "Take shelter inside a building or underground.",
}


@EACH
def test_a_family_says_nothing_of_another(lang):
    withdrawn = bulletin(family="withdrawn", standing="cancel", why="no_launch")
    clear = bulletin(family="all_clear", standing="all_clear")
    gone = bulletin(family="shelter", standing="expiry")
    for one, words in ((withdrawn, LIFTS), (gone, LIFTS), (clear, SHELTERS), (withdrawn, SHELTERS)):
        assert "family" in rules(f"{written(one, lang).text}\n{words[lang]}", one, lang)


def test_a_place_may_be_called_as_an_all_clear_is():
    one = bulletin(areas=(area("haeje"),), family="withdrawn", standing="cancel", why="wrong_area")
    assert lint(written(one, "ko"), one, "ko") == ()


@EACH
def test_an_area_text_that_is_not_the_areas_is_a_fault(lang):
    said = written(bulletin(areas=(area("tokyo"),)), lang)
    two = written(bulletin(), lang)
    assert "places" in rules(replace(two, area_text=said.area_text), bulletin(), lang)


@EACH
def test_over_spill_that_is_not_told_is_a_fault(lang):
    one = bulletin(areas=(area("tokyo", over_spill_m=5_000.0), area("aomori")))
    assert {"places", "sentence"} <= rules(written(bulletin(), lang).text, one, lang)


@EACH
def test_parts_that_say_something_else_than_the_text_are_faults(lang):
    one, other = bulletin(), bulletin(family="shelter_now")
    said, urgent = written(one, lang), written(other, lang)
    for part in ("headline", "instruction", "brief"):
        assert rules(replace(said, **{part: getattr(urgent, part)}), one, lang)
    assert rules(replace(said, description=""), one, lang)


@EACH
@pytest.mark.parametrize("unseen", ["\u200b", "\u202e", "\u00ad", "\ufeff", "\x07", "\t", "<b>", "&"])
def test_what_cannot_be_seen_or_is_markup_is_a_fault(unseen, lang):
    one = bulletin()
    text = written(one, lang).text
    assert "script" in rules(text[:20] + unseen + text[20:], one, lang)
