"""What happened around a launch: sentences of a report about talks, visits, exercises, sanctions and statements, word for word.

They stand beside a launch by date alone. `causal` finds words that would make one the reason of the other; a sentence that holds
one is kept only as somebody's direct speech, and no sentence of our own may hold any.
"""

import re

from bongsu.language.clean import clean
from bongsu.language.context import ReadPassage
from bongsu.language.reading import Reading
from bongsu.language.split import sentences

_MOST = 6  # of one text
_OCCASIONS = {
    "en": {
        "exercise": r"\b(?:military|joint|naval|annual|war) (?:exercises?|drills?|games)\b|\b(?:exercises|drills) with\b",
        "sanctions": r"\bsanctions?\b",
        "visit": r"\b(?:visit(?:s|ed|ing)?|arriv(?:es|ed|ing) in|trip to)\b",
        "talks": r"\b(?:talks|summit|negotiations?)\b|\bmet with\b",
        "statement": r"\bstatement\b|\bcondemn(?:s|ed)?\b",
    },
    "ko": {
        "exercise": r"(?:연합|합동|군사) ?(?:훈련|연습)",
        "sanctions": r"제재",
        "visit": r"방문|방한|방북|방일",
        "talks": r"회담|협상",
        "statement": r"담화|성명",
    },
    "ja": {
        "exercise": r"(?:共同|合同|軍事)(?:訓練|演習)",
        "sanctions": r"制裁",
        "visit": r"訪問|訪韓|訪朝|訪日",
        "talks": r"会談|交渉",
        "statement": r"談話|声明",
    },
}  # fmt: skip
_CAUSAL = {
    "en": r"\b(?:because|due to|owing to|therefore|thus|hence|in (?:response|retaliation|protest|reaction|return)|responding to"
    r"|as a result"
    r"|results? (?:of|in|from)|resulted"
    r"|prompt(?:s|ed|ing)|trigger(?:s|ed|ing)?|provok(?:es|ed|ing)|caus(?:es?|ed|ing)|led to|leads? to"
    r"|brought about|thanks to|blam(?:es?|ed|ing) (?:on|for)|in order to|motivated|aimed at)\b",
    "ko": r"때문|대응(?:해|하|으로)|반발|맞서|따라서|(?:의|은|는) 결과|원인|탓|유발|촉발|보복|겨냥|노린|위해",
    "ja": r"ため|対抗|反発|(?:を|に)受け(?:て|、)|に応じて|(?:の|その)結果|原因|報復|きっかけ|によって|したがって|狙(?:い|って)",
}
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def causal(text: str, lang: str) -> tuple[str, ...]:
    """The words in a text that say one thing was the reason of another."""
    return tuple(m.group() for m in re.finditer(_CAUSAL[lang], text, re.IGNORECASE))


def occasions(raw: str, reading: Reading) -> list[ReadPassage]:
    """The sentences about what else happened, without claims, direct speech, another year, or a word of cause."""
    cleaned, table = clean(raw), _OCCASIONS[reading.lang]
    years = {day[:4] for day in reading.event_dates}
    found: list[ReadPassage] = []
    for sentence in sentences(cleaned.text, reading.lang):
        text = sentence.text
        kind = next((name for name, pattern in table.items() if re.search(pattern, text)), "")
        start, stop = cleaned.span(sentence.start, sentence.start + len(text))
        is_claim = any(start <= c.span[0] < stop for c in reading.claims)
        is_other = any(year not in years for year in _YEAR.findall(text))
        if kind and not is_claim and not is_other and not causal(text, reading.lang) and not _is_speech(text):
            found.append(ReadPassage("context", cleaned.raw[start:stop], (start, stop), value=kind))
    return found[:_MOST]


def _is_speech(text: str) -> bool:
    return any(mark in text for mark in '"“”「」『』')
