"""Words such as "in the past two weeks" or "last month" into days, and how many they speak of: wide, and kept so."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

_NUMBERS: Final = {
    "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "ten": 10,
    "한": 1, "두": 2, "세": 3, "네": 4, "一": 1, "二": 2, "三": 3, "四": 4,
}  # fmt: skip
_DAYS: Final = {
    "day": 1, "week": 7, "month": 30, "일": 1, "주": 7, "주일": 7, "개월": 30, "달": 30, "日": 1, "週": 7, "週間": 7, "日間": 1,
    "か月": 30, "カ月": 30, "ヶ月": 30, "ヵ月": 30,
}  # fmt: skip
_SPAN: Final = re.compile(
    r"(?i)\b(?:past|last|previous|preceding)\s+(?P<n1>\d{1,3}|[a-z]+)\s+(?P<u1>day|week|month)s\b"
    r"|\b(?:past|preceding)\s+(?P<u2>week|month)\b"
    r"|(?:지난|최근)\s?(?P<n3>\d{1,3}|[한두세네])\s?(?P<u3>주일|주|일|개월|달)"
    r"|(?:過去|ここ|この)\s?(?P<n4>\d{1,3}|[一二三四])\s?(?P<u4>週間|週|日間|日|か月|カ月|ヶ月|ヵ月)"
)
_MONTH: Final = re.compile(r"(?i)\blast month\b|지난\s?달|先月")
_WEEK: Final = re.compile(r"(?i)\blast week\b|지난\s?주(?!일)|先週")
_THIS: Final = re.compile(r"(?i)\bearlier this (?P<unit>week|month|year)\b")
_MANY: Final = re.compile(
    r"(?i)\b(?:launches|missiles|rockets|projectiles|tests|multiple|several|series)\b|여러|잇따|連続|相次|複数"
)
_FLOWN: Final = re.compile(
    r"(?i)\b(?:launch\w*|fir(?:ed|ing)|missiles?|rockets?|projectiles?|test-?fired)\b|발사|미사일|発射|ミサイル"
)


@dataclass(frozen=True, slots=True)
class Vague:
    """Days from `first` on and before `end`, the words that say so, and at least how many launches they mean."""

    first: date
    end: date
    printed: str
    start: int  # characters of the words
    n_low: int
    n_days: int  # as named; 0 where the words name a month or week of the calendar


def vague_in(text: str, at: int, published: date, event: date) -> Iterator[Vague]:
    """What a passage about earlier launches (at character `at` of its report) says of their time. Nothing where nobody flew."""
    if not _FLOWN.search(text):
        return
    n_low = 2 if _MANY.search(text) else 1
    for match in _SPAN.finditer(text):
        got = {k[0]: v for k, v in match.groupdict().items() if v}
        word = got.get("n", "1").lower()
        n = int(word) if word.isdigit() else _NUMBERS.get(word, 0)
        n_days = n * _DAYS[got["u"].lower()]
        if 0 < n_days <= 366:
            yield Vague(event - timedelta(days=n_days), event, match[0], at + match.start(), n_low, n_days)
    for match in _MONTH.finditer(text):
        first = (published.replace(day=1) - timedelta(days=1)).replace(day=1)
        yield Vague(first, published.replace(day=1), match[0], at + match.start(), n_low, 0)
    for match in _WEEK.finditer(text):
        monday = published - timedelta(days=published.weekday() + 7)
        yield Vague(monday, monday + timedelta(days=7), match[0], at + match.start(), n_low, 0)
    for match in _THIS.finditer(text):
        unit = match["unit"].lower()
        back = {"week": published.weekday(), "month": published.day - 1, "year": published.timetuple().tm_yday - 1}[
            unit
        ]
        yield Vague(published - timedelta(days=back), max(event, published), match[0], at + match.start(), n_low, 0)
