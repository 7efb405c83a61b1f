"""Numbers as printed: digits with separators, words, and the myriads of Japanese and Korean."""

import re
from collections.abc import Mapping
from typing import Final

_DIGITS = {"〇": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_SCALES: Final = {
    "십": 10,
    "十": 10,
    "백": 100,
    "百": 100,
    "천": 1_000,
    "千": 1_000,
    "만": 10_000,
    "万": 10_000,
    "萬": 10_000,
}
_PARTS = re.compile(r"(\d[\d,]*(?:\.\d+)?|[〇一二三四五六七八九])|([十百千万萬십백천만])")
MAX_NUMBER: Final = 1e7  # nothing a report measures is more

EN: Final = {
    "a single": 1, "single": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "a pair of": 2, "a couple of": 2,
    "a dozen": 12, "half": 0,
}  # fmt: skip
KO: Final = {
    "한": 1, "두": 2, "세": 3, "네": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9, "열": 10, "단": 1,
}  # fmt: skip


def number(printed: str, words: Mapping[str, int]) -> float | None:
    """The value of a printed number; None where it is none or absurdly large."""
    printed = printed.strip().lower()
    if printed in words:
        return float(words[printed])
    total = part = 0.0
    is_any = False
    for digits, scale in _PARTS.findall(printed[:24]):
        is_any = True
        if digits:
            part = _DIGITS[digits] if digits in _DIGITS else float(digits.replace(",", ""))
        elif _SCALES[scale] == 10_000:
            total, part = (total + (part or (0.0 if total else 1.0))) * 10_000, 0.0
        else:
            total, part = total + (part or 1.0) * _SCALES[scale], 0.0
    value = total + part
    return value if is_any and value <= MAX_NUMBER else None


def step_of(printed: str, value: float) -> float:
    """The place of the last digit that is not nought: 700 is printed to 100, 435 to 1, 2111.5 to 0.1."""
    if "." in printed:
        return 10.0 ** -len(printed.rpartition(".")[2].strip("kmKM 千万천만"))
    whole, step = round(abs(value)), 1
    while whole and whole % (step * 10) == 0 and step < 10**7:
        step *= 10
    return float(step)
