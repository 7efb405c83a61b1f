"""Clock times and days: what is printed, on which local day (UTC+9), and which verb it belongs to."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bongsu.language.grammar import Grammar
from bongsu.language.launches import Told, governor
from bongsu.language.numerals import number
from bongsu.language.spans import Draft

LOCAL_H = 9  # Korea and Japan are nine hours ahead of UTC
_FROM_UTC = ("GMT", "UTC", "Z", "グリニッジ", "世界時", "협정", "그리니치")
_ELSEWHERE = ("EST", "EDT", "ET")
_MAX_AHEAD = 200  # days: a month and day further ahead than that lies in the year before


@dataclass(frozen=True, slots=True)
class Day:
    """A day named in a sentence, and whether something was launched, fell or was said on it."""

    start: int
    stop: int
    day: date
    kind: str  # launch, fall, said, or nothing


def days(told: Told, grammar: Grammar, published: date | None, said_on: date | None) -> list[Day]:
    """The days a sentence names, in order. `said_on` is what "the day before" counts from, where nothing nearer does."""
    found: list[Day] = []
    for match in grammar.times.day.finditer(told.text):
        verb = governor(told, match.start(), match.end(), grammar.is_head_final)
        back = next((d.day for d in reversed(found) if d.kind == "said"), said_on or published)
        kind = verb.kind if verb else ""
        if grammar.times.speaker_before.search(told.text, max(0, match.start() - 12), match.start()):
            kind = "said"
        found += [Day(match.start(), match.end(), day, kind) for day in _resolve(match, grammar, published, back)]
    return found


def _resolve(match: "re.Match[str]", grammar: Grammar, published: date | None, back: date | None) -> Iterator[date]:
    """The day or days that one printed date means; none where that cannot be known."""
    got = {name: text for name, text in match.groupdict().items() if text}
    try:
        if "iso" in got:
            yield date.fromisoformat(got["iso"])
        elif "weekday" in got and published is not None:
            for name in sorted({"weekday", "weekday2"} & got.keys()):
                yield published - timedelta((published.weekday() - grammar.weekdays[got[name].lower()]) % 7)
        elif "rel" in got and published is not None:
            yield _relative(got["rel"].lower(), published, back or published)
        elif "d" in got or "d2" in got:
            yield from _of_month(got, grammar, published)
    except (ValueError, OverflowError):
        return


def _relative(words: str, published: date, back: date) -> date:
    if words in ("today", "오늘", "本日", "今日", "금일"):
        return published
    if words in ("the same day", "同日", "이날", "같은 날", "당일"):
        return back
    n = 2 if words.startswith("two") or words in ("一昨日", "おととい", "그제", "그저께") else 1
    return (published if words in ("yesterday", "昨日", "어제", "一昨日", "그제", "그저께") else back) - timedelta(n)


def _of_month(got: dict[str, str], grammar: Grammar, published: date | None) -> Iterator[date]:
    """A day of a month; a missing month or year is the latest that is not after publication."""
    printed = got.get("mon") or got.get("mon2") or ""
    month = grammar.months.get(printed.lower()) or (int(printed) if printed.isdigit() else 0)
    year = int(got.get("y") or got.get("y2") or 0)
    for text in [got.get("d") or got["d2"], *re.findall(r"\d{1,2}", got.get("more", ""))]:
        n = int(text)
        if year and month:
            yield date(year, month, n)
        elif published is not None and month:
            this = date(published.year, month, n)
            yield this if (this - published).days <= _MAX_AHEAD else date(published.year - 1, month, n)
        elif published is not None and not printed:
            whole = published.replace(day=1)
            yield published.replace(day=n) if n <= published.day else (whole - timedelta(1)).replace(day=n)


def clocks(told: Told, grammar: Grammar) -> list[Draft]:
    """Launch times as printed, `HH:MM` local; later ones worked out from "ten minutes later"."""
    found: list[Draft] = []
    half = ""
    for match in grammar.times.clock.finditer(told.text):
        verb = governor(told, match.start(), match.end(), grammar.is_head_final)
        read = _clock(match, half)
        half = match.groupdict().get("half") or half
        if read is None or (verb is not None and verb.kind != "launch") or not told.verbs:
            continue
        minutes, is_utc = read
        if is_utc and any(match.start() - d.stop <= 40 for d in found):
            continue  # the same moment again
        found.append(_at(minutes, match.start(), match.end()))
        if match.groupdict().get("m4"):  # "12:34 and 39"
            found.append(_at(minutes - minutes % 60 + int(match.group("m4")), match.start("m4"), match.end()))
    for match in grammar.times.later.finditer(told.text):
        verb = governor(told, match.start(), match.end(), grammar.is_head_final)
        n = number(match.group("n"), grammar.numerals)
        if n is not None and verb is not None and verb.kind == "launch":
            per = 60 if match.group("unit").lower().startswith(("h", "時", "시")) else 1
            found.append(Draft("launch_time", match.start(), match.end(), value=f"+{int(n) * per}", note="later"))
    return sorted(found, key=lambda d: d.start)


def _at(minutes: int, start: int, stop: int) -> Draft:
    return Draft("launch_time", start, stop, value=f"{minutes // 60:02d}:{minutes % 60:02d}")


def _clock(match: "re.Match[str]", half_before: str) -> tuple[int, bool] | None:
    """Minutes after local midnight, and whether the text gave universal time."""
    got = {name: text for name, text in match.groupdict().items() if text}
    hour = int(got.get("h") or got.get("h2") or got.get("h3") or 0)
    minute = got.get("m") or got.get("m2") or got.get("m3") or "0"
    minutes = hour * 60 + (30 if minute in ("半", "반") else int(minute))
    half = (got.get("half") or (half_before if "h2" not in got else "")).lower()
    if half.startswith(("p", "午後", "오후", "밤", "저녁", "夜", "낮")) and hour < 12:
        minutes += 720
    elif half.startswith(("a", "午前", "오전")) and hour == 12:
        minutes -= 720
    zone = got.get("zone", "")
    if zone.upper() in _ELSEWHERE or minutes >= 24 * 60 + 60:
        return None
    is_utc = zone.upper().startswith(_FROM_UTC)
    return (minutes + (LOCAL_H * 60 if is_utc else 0)) % (24 * 60), is_utc
