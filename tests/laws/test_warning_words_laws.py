"""What holds for the words of any bulletin: they pass the linter, say the same in three languages, and no change goes unseen."""

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.helpers.bulletins import bulletins

from bongsu.language.warning import facts_of, lint, written
from bongsu.language.warning.facts import BRIEF_LACKS, differing, facts_in, neutral
from bongsu.language.warning.times import minute_of
from bongsu.language.warning.words import LANGUAGES, wording_of

LANG = st.sampled_from(LANGUAGES)


@settings(max_examples=120)
@given(bulletins())
def test_whatever_may_be_said_passes_the_linter_in_every_language(bulletin):
    for lang in LANGUAGES:
        assert lint(written(bulletin, lang), bulletin, lang) == ()


@settings(max_examples=100)
@given(bulletins())
def test_three_languages_carry_the_same_facts_read_back_from_their_texts(bulletin):
    sent = minute_of(bulletin.sent_ns)
    read = [neutral(facts_of(written(bulletin, lang).text, lang), bulletin, lang) for lang in LANGUAGES]
    brief = [neutral(facts_of(written(bulletin, lang).brief, lang, sent), bulletin, lang) for lang in LANGUAGES]
    assert read[0] == read[1] == read[2] == neutral(facts_in(bulletin, "en"), bulletin, "en")
    assert brief[0] == brief[1] == brief[2]
    assert differing(brief[0], read[0], without=BRIEF_LACKS) == ()


@settings(max_examples=100)
@given(bulletins(), LANG)
def test_what_is_not_live_begins_and_ends_with_the_word_that_says_so_in_every_part(bulletin, lang):
    statement = written(bulletin, lang)
    for part in (statement.headline, statement.description, statement.instruction, statement.text, statement.brief):
        for mode, word in wording_of(lang).modes.items():
            is_marked = part.startswith(word) and part.endswith(word)
            assert is_marked == (mode == bulletin.mode)


@settings(max_examples=120)
@given(bulletins(), LANG, st.data())
def test_a_figure_changed_a_line_dropped_or_doubled_in_place_of_another_is_caught(bulletin, lang, data):
    statement = written(bulletin, lang)
    lines = statement.text.split("\n")
    at = data.draw(st.integers(0, len(lines) - 1))
    dropped = "\n".join([*lines[:at], *lines[at + 1 :]])
    assert lint(dropped, bulletin, lang)
    figures = [i for i, c in enumerate(statement.text) if c.isdigit()]
    place = data.draw(st.sampled_from(figures))
    figure = data.draw(st.sampled_from([c for c in "0123456789" if c != statement.text[place]]))
    assert lint(statement.text[:place] + figure + statement.text[place + 1 :], bulletin, lang)


@settings(max_examples=120)
@given(bulletins(), LANG, st.data())
def test_any_one_character_put_in_or_taken_out_is_caught(bulletin, lang, data):
    text = written(bulletin, lang).text
    at = data.draw(st.integers(0, len(text) - 1))
    assert lint(text[:at] + text[at + 1 :], bulletin, lang)
    assert lint(text[:at] + data.draw(st.characters()) + text[at:], bulletin, lang)


@settings(max_examples=100)
@given(bulletins(), bulletins(), LANG)
def test_the_text_of_another_bulletin_is_caught_unless_it_says_the_same(mine, other, lang):
    text = written(other, lang).text
    if facts_in(mine, lang) != facts_in(other, lang):
        assert lint(text, mine, lang)


@settings(max_examples=100)
@given(bulletins(), LANG, LANG)
def test_a_text_in_another_language_is_caught(bulletin, lang, other):
    if lang != other:
        rules = {fault.rule for fault in lint(written(bulletin, lang).text, bulletin, other)}
        assert {"script", "sentence"} & rules
