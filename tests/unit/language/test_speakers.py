"""Who vouches for what."""

import pytest

from bongsu.language.launches import tell
from bongsu.language.reading import grammar_of
from bongsu.language.speakers import Listener, mentions, speaker_of
from bongsu.language.split import sentences


def who(text, lang, word):
    """Who vouches for a word of the last sentence of a text."""
    grammar = grammar_of(lang)
    listener = Listener(grammar)
    for sentence in sentences(text, lang):
        verbs = [v for v in tell(sentence, grammar).verbs if v.kind in ("launch", "fall")]

        def is_blocked(start, stop, verbs=verbs):
            return any(v.start >= start and v.stop <= stop for v in verbs)

        reaches = listener.reaches(sentence.text, is_blocked)
    return listener.who(reaches, sentence.text.index(word))


@pytest.mark.parametrize(
    ("text", "lang", "speaker"),
    [
        ("the Joint Chiefs of Staff (JCS)", "en", "kor.jcs"),
        ("South Korea's military", "en", "kor.jcs"),
        ("Seoul officials", "en", "kor.gov"),
        ("Japan's Coast Guard", "en", "jpn.coastguard"),
        ("Japanese Defense Ministry", "en", "jpn.mod"),
        ("US Indo-Pacific Command", "en", "usa.mil"),
        ("North Korean state media KCNA", "en", "prk.state_media"),
        ("The DPRK's foreign ministry", "en", "prk.gov"),
        ("military analysts", "en", "analyst"),
        ("韓国軍合同参謀本部", "ja", "kor.jcs"),
        ("防衛省", "ja", "jpn.mod"),
        ("海上保安庁", "ja", "jpn.coastguard"),
        ("朝鮮中央通信", "ja", "prk.state_media"),
        ("米インド太平洋軍", "ja", "usa.mil"),
        ("합동참모본부", "ko", "kor.jcs"),
        ("일본 방위성", "ko", "jpn.mod"),
        ("조선중앙통신", "ko", "prk.state_media"),
    ],
)
def test_a_speaker_is_known_by_name_or_by_nation_and_office(text, lang, speaker):
    assert mentions(f"{text} ", grammar_of(lang).speakers)[0].who == (speaker,)


@pytest.mark.parametrize(
    ("text", "word", "speakers"),
    [
        ("South Korea's military said the missile flew 700 km.", "700", ("kor.jcs",)),
        ("The missile flew 700 km, South Korea's military said on Friday.", "700", ("kor.jcs",)),
        ("The missile flew 700 km, according to the JCS.", "700", ("kor.jcs",)),
        ("According to the JCS, the missile flew 700 km.", "700", ("kor.jcs",)),
        ("The missile flew 700 km, said Japan's Defense Ministry.", "700", ("jpn.mod",)),
        ("The missile flew 700 km, South Korea and Japan said.", "700", ("kor.gov", "jpn.gov")),
        ("The missile flew 700 km, NHK reported, citing Japanese government sources.", "700", ("jpn.gov",)),
        ("The JCS said it flew 700 km, while Japan's Defense Ministry said it flew 450 km.", "450", ("jpn.mod",)),
        ("The JCS said it flew 700 km, while Japan's Defense Ministry said it flew 450 km.", "700", ("kor.jcs",)),
        ("The JCS said it was fired. It added the missile flew 700 km.", "700", ("kor.jcs",)),
        ("The JCS said it was fired. The missile flew 700 km.", "700", ("media",)),
        ("North Korea launched a rocket and claimed it reached 500 km.", "500", ("prk.gov",)),
        ("North Korea fires missile that flew 700 km: JCS", "700", ("kor.jcs",)),
    ],
)
def test_an_english_attribution_reaches_to_the_end_of_its_sentence_and_no_further(text, word, speakers):
    assert who(text, "en", word) == speakers


@pytest.mark.parametrize(
    ("text", "lang", "word", "speakers"),
    [
        ("韓国軍は、ミサイルが約700km飛行したと発表した。", "ja", "700", ("kor.jcs",)),
        ("ミサイルは約700km飛行したと韓国軍が発表した。", "ja", "700", ("kor.jcs",)),
        ("防衛省によると、ミサイルは約450km飛行した。", "ja", "450", ("jpn.mod",)),
        ("北朝鮮の公式発表では、ミサイルは600km飛行した。", "ja", "600", ("prk.gov",)),
        ("防衛省は発射を確認したと発表した。ミサイルは450km飛行したとしている。", "ja", "450", ("jpn.mod",)),
        ("防衛省は発射を確認したと発表した。ミサイルは450km飛行した。", "ja", "450", ("media",)),
        ("북한이 미사일을 발사해 700km를 비행했다고 합참이 밝혔다.", "ko", "700", ("kor.jcs",)),
        ('합참은 "미사일은 700km를 비행했다"고 밝혔다.', "ko", "700", ("kor.jcs",)),
        ("일본 방위성에 따르면 미사일은 450km를 비행했다.", "ko", "450", ("jpn.mod",)),
    ],
)
def test_an_eastern_attribution_ends_with_its_verb(text, lang, word, speakers):
    assert who(text, lang, word) == speakers


@pytest.mark.parametrize(
    ("nation", "head", "speaker"),
    [("kor", "mil", "kor.jcs"), ("usa", "", "usa.gov"), ("prk", "media", "prk.state_media"), ("other", "mil", "other")],
)
def test_nation_and_kind_of_body_make_the_speaker(nation, head, speaker):
    assert speaker_of(nation, head) == speaker


@pytest.mark.parametrize(
    ("text", "word", "speakers"),
    [
        ("The missile flew north, South Korea's Joint Chiefs of Staff said. The military had seen preparations and shared what "
         "it knew with Japan and the United States, it added.", "preparations", ("kor.jcs",)),
        ("Japan's Defense Ministry said so. The ministry had given the data to South Korea, it said.", "data", ("jpn.mod",)),
        ("The missile flew 700 km, the Joint Chiefs said.", "700", ("kor.jcs",)),
        ("Japan said it was tracked with the United States, and it added that 700 km were flown.", "700", ("jpn.gov",)),
    ],
)  # fmt: skip
def test_whom_something_was_shared_with_is_not_who_added_it(text, word, speakers):
    assert who(text, "en", word) == speakers
