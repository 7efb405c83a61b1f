"""What happened around a launch is listed by date; nothing of ours says that one thing was the reason of another."""

from datetime import date

import pytest

from bongsu.language.occasions import causal, occasions
from bongsu.language.reading import read
from bongsu.language.recounting import recounting_of
from bongsu.language.telling import LANGUAGES, telling_of

TEXT = """North Korea fired a short-range ballistic missile on May 1, 2030, South Korea's military said.
The defense minister of Japan arrived in Seoul on Tuesday for talks.
South Korea and the United States began joint exercises on Monday.
The launch came in response to the military exercises, an observer wrote.
The two leaders held a summit in 2019.
"We will answer these military drills," North Korea's defense minister said."""


def test_what_happened_is_kept_word_for_word_with_what_it_is_about():
    found = occasions(TEXT, read(TEXT, "en", date(2030, 5, 2)))
    assert [(p.value, TEXT[slice(*p.span)] == p.evidence) for p in found] == [("visit", True), ("exercise", True)]


@pytest.mark.parametrize(
    ("lang", "text", "kind"),
    [
        (
            "ko",
            "북한이 2030년 5월 1일 탄도미사일을 발사했다고 합동참모본부가 밝혔다. 한미는 이번 주 연합훈련을 하고 있다.",
            "exercise",
        ),
        ("ja", "北朝鮮は2030年5月1日、弾道ミサイルを発射したと防衛省が発表した。日韓の外相は今週、会談を行った。", "talks"),
    ],
)  # fmt: skip
def test_other_languages_keep_it_too(lang, text, kind):
    assert [p.value for p in occasions(text, read(text, lang, date(2030, 5, 2)))] == [kind]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "It was fired in response to the drills."), ("en", "The sanctions prompted the launch."),
        ("ko", "훈련에 반발해 발사했다."), ("ko", "제재 때문에 발사했다."),
        ("ja", "訓練に対抗して発射した。"), ("ja", "制裁を受けて発射した。"),
    ],
)  # fmt: skip
def test_words_of_cause_are_found(lang, text):
    assert causal(text, lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_sentence_of_ours_says_that_one_thing_was_the_reason_of_another(lang):
    w, t = recounting_of(lang), telling_of(lang)
    about_launches = [*t.clauses.values(), *t.headings.values(), *w.sections.values(), *w.occasions.values()]
    for phrase in (*about_launches, *w.phrases.values(), *(t.phrases[k] for k in ("quoted", "background", "headline"))):
        assert causal(phrase, lang) == (), phrase
