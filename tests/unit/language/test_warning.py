"""Warnings in three languages: what they say, how long they are, and what is refused before a word is written."""

import re

import pytest
from msgspec import UNSET, structs
from tests.helpers.bulletins import MINUTE_NS, SEAS, SENT_NS, area, bulletin, every, names

from bongsu.errors import BadInput
from bongsu.language.warning import facts_of, fitted, in_all_languages, lint, written
from bongsu.language.warning.facts import facts_in, neutral
from bongsu.language.warning.families import FITS
from bongsu.language.warning.words import LANGUAGES, wording_of
from bongsu.language.warning.write import LIMITS
from bongsu.messages.bulletin import Reference

EACH = pytest.mark.parametrize("lang", LANGUAGES)
EVERY = pytest.mark.parametrize("one", every(), ids=lambda b: f"{b.family}-{b.standing}")
KOREA = {"areas": (area("seoul", zones=("KOR.land",)),)}
MIDNIGHT_NS = SENT_NS + (8 * 60 + 38) * MINUTE_NS  # 00:00:07 of the next day


def test_an_alert_as_an_official_would_write_it():
    one = bulletin(areas=(area("aomori"),), over_where=())
    assert written(one, "ja").text.split("\n") == [
        "ミサイル発射。ミサイル発射。",
        "ミサイルが15時19分ごろ、平壌付近から発射されたものとみられます。",
        "ミサイルが15時31分ごろ、青森県の周辺に落下する可能性が高いとみられます。",
        "建物の中または地下に避難してください。",
        "この発表は15時52分まで有効です。",
        "内閣官房が2025年11月25日15時22分に発表しました（現地時間、UTC+9）。",
    ]
    assert written(one, "ko").text.split("\n") == [
        "미사일 발사. 미사일 발사.",
        "미사일이 15시 19분경 평양 부근에서 발사된 것으로 보입니다.",
        "미사일이 15시 31분경 아오모리현 부근에 떨어질 가능성이 높습니다.",
        "건물 안이나 지하로 대피하십시오.",
        "이 발표는 15시 52분까지 유효합니다.",
        "내각관방이 2025년 11월 25일 15시 22분에 발표했습니다(현지 시각, UTC+9).",
    ]
    assert written(one, "en").text.split("\n") == [
        "Missile launch. Missile launch.",
        "A missile is believed to have been launched from near Pyongyang at about 15:19.",
        "It is likely to fall at about 15:31 in or near Aomori.",
        "Take shelter inside a building or underground.",
        "This statement is valid until 15:52.",
        "Issued by: Cabinet Secretariat, 15:22 on 25 November 2025, local time (UTC+9).",
    ]


@EVERY
@EACH
def test_every_family_and_standing_passes_the_linter_in_every_mode(one, lang):
    for mode in ("live", "exercise", "replay", "test"):
        said = structs.replace(one, mode=mode)
        assert lint(written(said, lang), said, lang) == ()


@EVERY
def test_all_languages_say_the_same(one):
    texts = [neutral(facts_of(written(one, lang).text, lang), one, lang) for lang in LANGUAGES]
    assert texts[0] == texts[1] == texts[2] == neutral(facts_in(one, "ko"), one, "ko")


@EVERY
@EACH
def test_names_and_times_are_there_for_a_reader_who_knows_no_template(one, lang):
    text = written(one, lang).text
    for place in one.areas:
        assert dict(place.names)[lang] in text
    assert dict(one.authority_names)[lang] in text
    clocks = {"ko": r"(\d+)시 (\d+)분", "ja": r"(\d+)時(\d+)分", "en": r"(\d\d):(\d\d)"}[lang]
    told = {(int(h), int(m)) for h, m in re.findall(clocks, text)}
    moments = [one.sent_ns, one.until_ns, *(r.sent_ns for r in one.references)]
    moments += [t for t in (one.launch_ns, one.impact_ns, one.over_ns) if t is not UNSET]
    local = {divmod((t // MINUTE_NS + 540) % 1440, 60) for t in moments}
    assert told <= local
    assert {divmod((t // MINUTE_NS + 540) % 1440, 60) for t in (one.sent_ns, one.until_ns)} <= told


@EACH
def test_no_cause_and_no_class_of_vehicle(lang):
    words = {
        "ko": "탄도|순항|위성|우주|핵|도발",
        "ja": "弾道|巡航|衛星|宇宙|核|挑発",
        "en": "(?i)ballistic|cruise|satellite|nuclear|ICBM|space",
    }
    for one in every():
        assert not re.search(words[lang], written(one, lang).text)


@EACH
def test_every_sentence_can_be_told_from_every_other(lang):
    w = wording_of(lang)
    sentences = [text for code, text in w.sentences.items() if not code.startswith("degree:")]
    assert len(set(sentences)) == len(sentences)
    assert len(set(w.keys.values())) == len(w.keys)
    assert not set(sentences) & {f"{key}{w.stop}" for key in w.keys.values()}


def test_languages_have_the_same_sentences_with_the_same_slots():
    slots = [
        {code: sorted(re.findall(r"\{(\w+)\}", text)) for code, text in wording_of(lang).sentences.items()}
        for lang in LANGUAGES
    ]
    assert slots[0] == slots[1] == slots[2]


@pytest.mark.parametrize(("lang", "word"), [("ko", "미확인"), ("ja", "未確認"), ("en", "unconfirmed")])
def test_unconfirmed_evidence_says_so_in_headline_text_and_brief(lang, word):
    said = written(bulletin(is_confirmed=False, certainty="Possible"), lang)
    assert all(word in part for part in (said.headline, said.description, said.text, said.brief))
    assert not any(word in part for part in (written(bulletin(), lang).text, written(bulletin(), lang).brief))
    withdrawn = written(bulletin(family="withdrawn", standing="cancel", why="no_launch", is_confirmed=False), lang)
    assert word in withdrawn.text
    assert word not in withdrawn.headline  # the withdrawal itself is not in doubt


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("ko", "예상 시각은 아직 알 수 없습니다."),
        ("ja", "予想される時刻はまだ分かっていません。"),
        ("en", "The expected time is not known yet."),
    ],
)
def test_an_unknown_time_is_said_plainly(lang, words):
    assert words in written(bulletin(impact_ns=UNSET), lang).text
    assert words not in written(bulletin(), lang).text


@pytest.mark.parametrize(("lang", "mark", "lifted"), [
    ("ko", "정정", r"해제|안전|해소"), ("ja", "訂正", r"解除|安全|なくなり"),
    ("en", "Correction", r"(?i)all clear|lifted|over\b"),
])  # fmt: skip
def test_a_withdrawn_warning_reads_as_corrected_and_never_as_an_all_clear(lang, mark, lifted):
    for standing in FITS["withdrawn"]:
        for why in ("track_lost", "no_launch", "drill_in_error"):
            said = written(bulletin(family="withdrawn", standing=standing, why=why), lang)
            assert said.headline.startswith(mark)
            assert not re.search(lifted, said.text + said.brief)


@EACH
def test_a_drill_sent_in_error_is_taken_back_without_a_word_of_exercises(lang):
    one = bulletin(family="withdrawn", standing="cancel", why="drill_in_error")
    assert lint(written(one, lang), one, lang) == ()


def test_another_day_is_printed_with_its_date():
    one = bulletin(
        sent_ns=MIDNIGHT_NS - 10 * MINUTE_NS, launch_ns=UNSET, impact_ns=UNSET, until_ns=MIDNIGHT_NS + 20 * MINUTE_NS
    )
    assert "until 00:20 on 26 November." in written(one, "en").text
    assert "11월 26일 0시 20분까지" in written(one, "ko").text
    assert "11月26日0時20分まで" in written(one, "ja").text


def test_over_spill_is_told_in_whole_kilometres_up():
    one = bulletin(areas=(area("tokyo", over_spill_m=11_200.0), area("aomori")))
    assert "약 12킬로미터까지" in written(one, "ko").text
    assert "約" not in written(one, "ja").text
    assert "およそ12キロメートル" in written(one, "ja").text
    assert "about 12 kilometres outside" in written(one, "en").text


@pytest.mark.parametrize(
    ("family", "standing", "grade"),
    [
        ("shelter", "alert", "경계경보"),
        ("shelter_now", "update", "공습경보"),
        ("all_clear", "all_clear", "민방위 경보를 해제"),
    ],
)
def test_korean_areas_alone_have_the_grades_of_korean_civil_defence(family, standing, grade):
    assert grade in written(bulletin(family=family, standing=standing, **KOREA), "ko").text
    assert grade not in written(bulletin(family=family, standing=standing), "ko").text
    mixed = (area("seoul", zones=("KOR.land",)), area("tokyo", zones=("JPN.land",)))
    assert grade not in written(bulletin(family=family, standing=standing, areas=mixed), "ko").text
    coded = (area("seoul", geocodes=(("ISO 3166-2", "KR-11"),)),)
    assert grade in written(bulletin(family=family, standing=standing, areas=coded), "ko").text


@pytest.mark.parametrize(("authority", "said"), [
    ("행정안전부", "행정안전부가"), ("내각관방", "내각관방이"), ("서울", "서울이"), ("소방청", "소방청이"),
    ("제2상황실", "제2상황실이"),
    ("상황실 2", "상황실 2가"), ("상황실 3", "상황실 3이"),
])  # fmt: skip
def test_the_subject_particle_goes_by_the_name(authority, said):
    one = bulletin(authority_names=names("Somebody", "内閣官房", authority))
    text = written(one, "ko").text
    assert f"{said} 2025년" in text
    wrong = "이" if said.endswith("가") else "가"
    assert "sentence" in {f.rule for f in lint(text.replace(f"{said} 2025년", f"{said[:-1]}{wrong} 2025년"), one, "ko")}


def test_seas_have_their_article_in_english():
    for sea in SEAS:
        text = written(bulletin(family="passed", standing="update", over_where=names(*sea)), "en").text
        assert f"toward the {sea[0]}." in text
    assert "toward Hokkaido." in written(
        bulletin(family="passed", standing="update", over_where=names("Hokkaido", "北海道", "홋카이도")), "en"
    ).text  # fmt: skip


def test_a_channel_gets_the_whole_text_else_the_brief_else_nothing():
    said = written(bulletin(areas=(area("aomori"),)), "ko")
    assert fitted(said, LIMITS["cell_broadcast_615"]) == said.text
    assert fitted(said, LIMITS["cell_broadcast_157"]) == said.brief
    assert fitted(said, LIMITS["cell_broadcast_90"]) == said.brief
    with pytest.raises(BadInput, match="at most 60"):
        fitted(said, 60)


@EVERY
@EACH
def test_every_text_fits_the_longest_cell_broadcast_with_a_few_areas(one, lang):
    exercise = structs.replace(one, mode="exercise", is_confirmed=False, certainty="Possible")
    assert len(fitted(written(exercise, lang), LIMITS["cell_broadcast_615"])) <= 615
    assert lint(written(exercise, lang), exercise, lang, 615) == ()


def test_a_text_too_long_for_its_channel_is_a_fault():
    one = bulletin()
    assert [f.rule for f in lint(written(one, "en"), one, "en", 90)] == ["length"]
    assert [f.rule for f in lint(written(one, "en").text, one, "en", 157)] == ["length"]


REFUSED = {
    "family": {"family": "all_clear"},
    "references": {"references": (Reference(bulletin_id="W000001-1", sent_ns=SENT_NS - MINUTE_NS),)},
    "why": {"standing": "correction", "why": ""},
    "certainty": {"is_confirmed": False, "certainty": "Likely"},
    "name": {"areas": (area("tokyo"), structs.replace(area("aomori"), names=(("en", "Aomori"), ("ja", "青森県"))))},
    "script": {"areas": (structs.replace(area("tokyo"), names=names("Tokyo", "東京都", "東京都")),)},
    "live": {"areas": (structs.replace(area("tokyo"), names=names("Drill area", "訓練区域", "훈련구역")),)},
}


@pytest.mark.parametrize("rule", REFUSED)
def test_what_cannot_be_said_is_refused_whole(rule):
    one = bulletin(**REFUSED[rule])
    assert rule in {f.rule for f in lint("", one, "ko")}
    with pytest.raises(BadInput, match=rule):
        written(one, "ko")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"until_ns": SENT_NS - MINUTE_NS}, "valid until"),
        ({"until_ns": SENT_NS + 5 * MINUTE_NS}, "before what it warns of"),
        ({"launch_ns": SENT_NS + MINUTE_NS}, "before it happened"),
        ({"impact_ns": SENT_NS - 6 * MINUTE_NS, "launch_ns": UNSET}, "past when sent"),
        ({"launch_ns": SENT_NS - MINUTE_NS, "impact_ns": SENT_NS - 2 * MINUTE_NS}, "before launch"),
        ({"family": "passed", "standing": "update", "over_ns": SENT_NS + MINUTE_NS}, "before it happened"),
        ({"until_ns": SENT_NS + 60 * 1440 * MINUTE_NS}, "longer than 31 days"),
        (
            {"standing": "update", "references": (Reference(bulletin_id="W000001-1", sent_ns=SENT_NS + 1),)},
            "not an earlier",
        ),
        (
            {"standing": "update", "references": (Reference(bulletin_id="W000001-2", sent_ns=SENT_NS - 1),)},
            "not an earlier",
        ),
    ],
)
def test_times_that_cannot_be_are_refused(given, words):
    with pytest.raises(BadInput, match=words):
        written(bulletin(**given), "en")


def test_a_warning_a_little_late_is_still_sent():
    one = bulletin(impact_ns=SENT_NS - MINUTE_NS)
    assert lint(written(one, "ja"), one, "ja") == ()


def test_an_unknown_language_is_refused():
    with pytest.raises(BadInput, match="one of ko, ja, en"):
        written(bulletin(), "zh")


@EVERY
def test_what_goes_out_is_in_all_languages(one):
    assert in_all_languages(one) == {lang: written(one, lang) for lang in LANGUAGES}


def test_nothing_goes_out_if_one_language_cannot():
    nameless = structs.replace(area("aomori"), names=(("en", "Aomori"), ("ko", "아오모리현")))
    with pytest.raises(BadInput, match="has no name in ja"):
        in_all_languages(bulletin(areas=(area("tokyo"), nameless)))
    denying = names("This is no drill", "内閣官房", "내각관방")
    with pytest.raises(BadInput, match="denies"):
        in_all_languages(bulletin(authority_names=denying, mode="exercise"))
