"""What may go out: a bulletin in every language, each without a fault and all with the same facts; or nothing."""

from bongsu.errors import BadInput
from bongsu.language.warning.facts import differing, neutral
from bongsu.language.warning.lint import lint
from bongsu.language.warning.read import facts_of
from bongsu.language.warning.words import LANGUAGES
from bongsu.language.warning.write import Written, written
from bongsu.messages.bulletin import Bulletin


def in_all_languages(bulletin: Bulletin) -> dict[str, Written]:
    """The statement in Korean, Japanese and English. Raises BadInput where one of them cannot be written, has a fault or says
    something else than the others: a statement goes out in all languages or in none.
    """
    statements = {lang: written(bulletin, lang) for lang in LANGUAGES}
    for lang, statement in statements.items():
        if faults := lint(statement, bulletin, lang):
            raise _refused(bulletin, lang, f"{faults[0].what} ({faults[0].rule})")
    read = {lang: neutral(facts_of(s.text, lang), bulletin, lang) for lang, s in statements.items()}
    for lang in LANGUAGES[1:]:
        if other := differing(read[LANGUAGES[0]], read[lang]):
            raise _refused(bulletin, lang, f"not the {', '.join(other)} of the text in {LANGUAGES[0]}")
    return statements


def _refused(bulletin: Bulletin, lang: str, found: str) -> BadInput:
    return BadInput(
        f"bulletin {bulletin.bulletin_id}, {lang}", found, "a text that says what the bulletin says",
        "Nothing was given out. Mend the name or the sentence that it points to.",
    )  # fmt: skip
