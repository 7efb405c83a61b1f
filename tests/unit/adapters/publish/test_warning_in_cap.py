"""The words of warnings stand in CAP as they are, in every family, standing and mode that both may say."""

import pytest
from msgspec import structs
from tests.helpers.bulletins import every

from bongsu.adapters.publish.cap.compose import STATUS, Sender, Words, compose
from bongsu.adapters.publish.cap.mapping import shipped
from bongsu.language.warning import written
from bongsu.language.warning.words import LANGUAGES

SENDER = Sender(sender="warning@example.org", node="node", epoch=1)
BOTH = [
    structs.replace(one, areas=tuple(structs.replace(a, zones=("JPN.land",)) for a in one.areas), why=one.why or why)
    for one in every()
    for why in ["forecast_changed" if one.standing == "cancel" else ""]
    if one.standing in shipped().families[one.family].standings
]


@pytest.mark.parametrize("mode", STATUS)
@pytest.mark.parametrize("one", BOTH, ids=lambda b: f"{b.family}-{b.standing}")
def test_a_bulletin_with_its_words_is_a_cap_message(one, mode):
    said = structs.replace(one, mode=mode)
    statements = {lang: written(said, lang) for lang in LANGUAGES}
    texts = {k: Words(s.headline, s.description, s.instruction, s.area_text) for k, s in statements.items()}
    alert = compose(said, texts, SENDER)
    for info, lang in zip(alert.infos, LANGUAGES, strict=True):
        assert (info.headline, info.instruction) == (statements[lang].headline, statements[lang].instruction)
        assert info.areas[0].text == statements[lang].area_text
