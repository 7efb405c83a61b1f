"""What stands around claims, and what is no claim but belongs to an account."""

from datetime import date

import pytest

from bongsu.language import context
from bongsu.language.reading import read

DAY = date(2030, 5, 2)
ENGLISH = """North Korea fired a missile on Wednesday, South Korea's military said, following missile launches in the past month.
The suspected short-range ballistic missile was fired from the northwest region near the Chinese border, the JCS said.
The information was shared with Japan and the United States, it said.
Japan said the missile likely fell outside of Japan's exclusive economic zone.
Prime Minister Taro Yamada said there was no confirmed report of damage.
North Korea's defense minister, Ri Chol, condemned the drill in a statement on Tuesday.
"The US military has become reckless in its moves," Ri said.
"We will show our strength to them."
The president spoke of a "deterrence".
North Korea fired two cruise missiles last month."""


def around(text, quantity, speaker="", lang=""):
    found = read(text, lang, DAY)
    told = zip(found.claims, context.around(text, found.lang, found.claims), strict=True)
    return next(a for c, a in told if c.quantity == quantity and c.speaker.startswith(speaker))


def passages(text, kind):
    return [p for p in context.passages(text, read(text, "", DAY)) if p.kind == kind]


def test_hedges_roles_and_where_a_described_place_lies():
    assert around(ENGLISH, "vehicle_class", "kor.jcs").certainty == "suspected"
    assert around(ENGLISH, "zone", "jpn.gov").certainty == "likely"
    assert around(ENGLISH, "damage").role == "prime_minister"
    assert around(ENGLISH, "launch_area").setting == ("northwest", "near_chn_border")


def test_a_hedge_of_something_else_is_not_taken():
    text = (
        "Japan said the missile likely flew far. It said the missile fell outside of Japan's exclusive economic zone."
    )
    assert around("North Korea fired a missile on Wednesday. " + text, "zone").certainty == ""


def test_direct_speech_belongs_to_who_speaks_not_to_who_is_spoken_of():
    said = passages(ENGLISH, "quoted")
    assert [p.speaker for p in said] == ["prk.gov", "prk.gov"]
    assert said[0].evidence == '"The US military has become reckless in its moves," Ri said.'


def test_whom_something_is_shared_with_is_not_who_says_so():
    (shared,) = passages(ENGLISH, "shared")
    assert (shared.speaker, shared.value) == ("kor.jcs", "jpn,usa")


def test_earlier_launches_are_background_and_nobody_is_made_to_say_them():
    told = passages(ENGLISH, "background")
    assert [p.evidence for p in told] == [
        "following missile launches in the past month.",
        "North Korea fired two cruise missiles last month.",
    ]
    assert all(p.speaker == "" for p in told)


def test_who_launched_is_who_is_said_to_have_fired():
    (launcher,) = passages(ENGLISH, "launcher")
    assert (launcher.value, launcher.evidence) == ("prk", "North Korea fired")


@pytest.mark.parametrize(
    ("text", "quantity", "certainty"),
    [
        (
            "韓国軍は、北朝鮮が5月1日に短距離弾道ミサイルとみられるものを発射したと発表した。",
            "vehicle_class",
            "suspected",
        ),
        ("防衛省は、北朝鮮が5月1日に弾道ミサイルの可能性があるものを発射したと発表した。", "vehicle_class", "possible"),
        (
            "합참은 북한이 1일 동해상으로 단거리탄도미사일로 추정되는 발사체를 발사했다고 밝혔다.",
            "vehicle_class",
            "suspected",
        ),
        ("합참은 북한이 1일 동해상으로 단거리탄도미사일을 발사했다고 밝혔다.", "vehicle_class", ""),
    ],
)
def test_hedges_behind_a_word_count_where_verbs_end_a_sentence(text, quantity, certainty):
    assert around(text, quantity).certainty == certainty


def test_spans_are_of_the_text_as_it_came():
    text = "North\u200b Korea fired a missile on Wednesday. It fired two missiles last month, <b>media</b> said."
    for p in context.passages(text, read(text, "", DAY)):
        assert text[p.span[0] : p.span[1]] == p.evidence
