"""Where sentences end."""

import pytest

from bongsu.language.split import MAX_SENTENCE, sentences


@pytest.mark.parametrize(
    ("text", "lang", "parts"),
    [
        ("It flew 4.5 km. It fell.", "en", ["It flew 4.5 km.", "It fell."]),
        ("The U.S. military said so. Gen. Lee agreed.", "en", ["The U.S. military said so.", "Gen. Lee agreed."]),
        ("It was fired at 7 a.m. The JCS said so.", "en", ["It was fired at 7 a.m.", "The JCS said so."]),
        ("It was fired at 7 a.m. on Friday.", "en", ["It was fired at 7 a.m. on Friday."]),
        ('"We saw it." He left.', "en", ['"We saw it."', "He left."]),
        ("HEADLINE\nText.", "en", ["HEADLINE", "Text."]),
        ("発射した。落下した。", "ja", ["発射した。", "落下した。"]),
        ("「発射した。落下した。」と述べた。", "ja", ["「発射した。落下した。」と述べた。"]),
        ("발사했다. 고도는 1.5km다.", "ko", ["발사했다.", "고도는 1.5km다."]),
        ('"발사했다. 탐지했다"고 밝혔다. 끝.', "ko", ['"발사했다. 탐지했다"고 밝혔다.', "끝."]),
        ("", "en", []),
        (" \n\n ", "ko", []),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text, lang, parts):
    assert [s.text for s in sentences(text, lang)] == parts


@pytest.mark.parametrize("lang", ["en", "ja", "ko"])
def test_a_sentence_knows_its_place_and_none_is_longer_than_the_bound(lang):
    text = "  a fire. " + "b" * 5_000 + "。c"
    for found in sentences(text, lang):
        assert text[found.start : found.start + len(found.text)] == found.text
        assert len(found.text) <= MAX_SENTENCE
