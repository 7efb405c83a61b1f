"""Numbers with units: how far, how high, how long, how fast, how many. The nearest word that gives a meaning decides."""

import re
from dataclasses import replace

from bongsu.language.grammar import Grammar
from bongsu.language.launches import Told
from bongsu.language.numerals import number, step_of
from bongsu.language.spans import Draft

_BEFORE, _AFTER, _HEDGE = 90, 70, 40  # characters in which a number can find its meaning
_ADJACENT = re.compile(r"^[\s,]*(?:\(|or |and |to |from |, or |、|と|및|과|와|·|또는|,|/|~|から|에서)?\s*$")
_TO_MINUTES = {
    "h": 60.0,
    "m": 1.0,
    "s": 1 / 60,
    "時": 60.0,
    "分": 1.0,
    "秒": 1 / 60,
    "시": 60.0,
    "분": 1.0,
    "초": 1 / 60,
}
_DISTANCE, _DURATION = Draft("", 0, 0), Draft("flight_time_min", 0, 0, step=1.0)
_LISTED, _LIST_GAP = ("、", "と", "や", "・", ",", "과", "와"), 14  # how a list of distances goes on, and how soon
_SEVERAL = 2.0
_MAX_COUNT = 1_000


def bounded(value: float, words: str, grammar: Grammar) -> tuple[float | None, float | None]:
    """Low and high of one number, by the words around it."""
    sense = next((name for name, pattern in grammar.measures.bounds if pattern.search(words)), "")
    return (value if sense != "high" else None), (value if sense != "low" else None)


def _hedge(match: "re.Match[str]", grammar: Grammar) -> tuple[int, str]:
    """Where a number begins with the words that soften it, and those words, with what follows it."""
    before = match.string[max(0, match.start() - _HEDGE) : match.start()]
    found = grammar.measures.hedge.search(before)
    words = found.group().strip() if found else ""
    after = match.groupdict().get("after") or ""
    return match.start() - (len(found.group()) if found else 0), f"{words} {after}".strip()


def distances(told: Told, grammar: Grammar) -> list[Draft]:
    """Ranges and apogees. A conversion in brackets is not a second value; kilometres are preferred to miles."""
    found: list[Draft] = []
    role, edge, is_metric = "", 0, False
    for match in grammar.measures.distance.finditer(told.text):
        start, hedge = _hedge(match, grammar)
        start = max(start, edge)
        gap = told.text[edge:start]
        unit = _unit(match.group("unit"), grammar)
        is_again = edge > 0 and len(gap) < 14 and _ADJACENT.match(gap) is not None
        is_converted = is_again and ("(" in gap or "or" in gap) and is_metric != (unit == 1.0)
        if not is_again:
            role = _role(
                told.text[max(edge, start - _BEFORE) : start], told.text[match.end() : match.end() + _AFTER], grammar
            )
        if is_converted and not is_metric:
            found = found[:-1] if found and found[-1].stop == edge else found
        if role in ("range", "apogee") and not (is_converted and is_metric):
            found += _read_distance(
                match, replace(_DISTANCE, quantity=f"{role}_km", start=start, hedge=hedge), unit, grammar
            )
        edge, is_metric = match.end(), unit == 1.0
    return found


def _unit(printed: str, grammar: Grammar) -> float:
    low = printed.lower()
    return next((scale for name, scale in grammar.measures.units.items() if low.startswith(name)), 1.0)


def _role(before: str, after: str, grammar: Grammar) -> str:
    """What a distance measures: by what follows, else by the last cue before it since the last number."""
    table = grammar.measures
    near = _last_cue(before[-48:], grammar)
    behind = next((name for name, pattern in table.roles_after if pattern.search(after)), "")
    if behind == "apogee" and near == "none" and _is_height(before[-16:], grammar):
        return near  # "a second peak of"
    if behind == "apogee" or (behind and grammar.is_head_final) or (behind and near not in ("range", "apogee")):
        return behind
    return _last_cue(before, grammar) or (_role_ahead(after, grammar) if grammar.is_head_final else "")


def _is_height(before: str, grammar: Grammar) -> bool:
    return any(name == "apogee" and pattern.search(before) for name, pattern in grammar.measures.roles_before)


def _role_ahead(after: str, grammar: Grammar) -> str:
    """What the distances of one list measure, where the verb stands behind the last: "400 km, 500 km and 600 km it flew"."""
    following = grammar.measures.distance.search(after) if after[:1] in _LISTED else None
    if following is None or following.start() > _LIST_GAP:
        return ""
    rest = after[following.end() :]
    said = next((name for name, pattern in grammar.measures.roles_after if pattern.search(rest)), "")
    return said or _role_ahead(rest, grammar)


def _last_cue(before: str, grammar: Grammar) -> str:
    found = [
        (m.end(), -m.start(), name) for name, pattern in grammar.measures.roles_before for m in pattern.finditer(before)
    ]
    return max(found)[2] if found else ""


def _read_distance(match: "re.Match[str]", draft: Draft, unit: float, grammar: Grammar) -> list[Draft]:
    got = match.groupdict()
    scale, hedge = got["scale"] or "", draft.hedge
    a = number(got["a"] + scale, grammar.numerals)
    b = number((got["b"] or "") + scale, grammar.numerals) if got["b"] else None
    if a is None or a <= 0:
        return []
    base = replace(draft, stop=match.end(), unit=got["unit"], step=step_of(got["a"] + scale, a))
    low, high = bounded(a, hedge, grammar)
    if b is None:
        return [replace(base, low=_scaled(low, unit), high=_scaled(high, unit))]
    between = match.string[match.start("a") : match.end("b")]
    if any(word in between for word in (" and ", "と", "과", "와", "、", "·")) and "between" not in hedge.lower():
        return [replace(base, low=_scaled(x, unit), high=_scaled(x, unit)) for x in (a, b)]
    return [replace(base, low=_scaled(min(a, b), unit), high=_scaled(max(a, b), unit))]


def _scaled(value: float | None, unit: float) -> float | None:
    if value is None or unit == 1.0:
        return value
    return round(value * unit, 1)


def flight_times(told: Told, grammar: Grammar) -> list[Draft]:
    """How long it flew, in minutes; hours, minutes and seconds next to each other are one time."""
    table = grammar.measures
    groups: list[list[re.Match[str]]] = []
    for match in table.duration.finditer(told.text):
        gap = told.text[groups[-1][-1].end() : match.start()] if groups else "x" * 9
        if groups and len(gap) < 8 and re.fullmatch(r"[\s,]*(?:and)?\s*", gap):
            groups[-1].append(match)
        else:
            groups.append([match])
    found = []
    for group in groups:
        start, hedge = _hedge(group[0], grammar)
        stop = group[-1].end()
        before, after = told.text[max(0, start - 110) : start], told.text[stop : stop + 40]
        if table.not_flight.search(before) and not table.flight_before.search(before[-30:]):
            continue
        if table.flight_before.search(before) or table.flight_after.match(after):
            found += _read_duration(group, replace(_DURATION, start=start, stop=stop, hedge=hedge), grammar)
    return found


def _read_duration(group: "list[re.Match[str]]", draft: Draft, grammar: Grammar) -> list[Draft]:
    total = 0.0
    for match in group:
        value = number(match.group("a"), grammar.numerals)
        if value is None:
            return []
        total += value * _TO_MINUTES.get(match.group("unit").strip().lower()[:1], 1.0)
    first = group[0]
    unit = first.group("unit").strip()
    total = total if len(group) == 1 and _TO_MINUTES.get(unit.lower()[:1]) == 1.0 else round(total, 1)
    if len(group) == 1 and first.groupdict().get("b") and " and " in first.group():
        second = number(first.group("b"), grammar.numerals) or 0.0
        both = (total, round(second * _TO_MINUTES.get(unit.lower()[:1], 1.0), 1))
        return [replace(draft, low=each, high=each, unit=unit) for each in both]
    low, high = bounded(total, f"{draft.hedge} {group[-1].groupdict().get('after') or ''}", grammar)
    if len(group) == 1 and first.groupdict().get("b"):
        high = number(first.group("b"), grammar.numerals)
    return [replace(draft, low=low, high=high, unit=unit)]


def speeds(told: Told, grammar: Grammar) -> list[Draft]:
    """Mach numbers."""
    found = []
    for match in grammar.measures.mach.finditer(told.text):
        got = match.groupdict()
        a = number(got.get("a") or got.get("c") or "", grammar.numerals)
        b = number(got.get("b") or "", grammar.numerals)
        start, hedge = _hedge(match, grammar)
        if a is not None and a > 0:
            low, high = (a, b) if b is not None else bounded(a, hedge, grammar)
            found.append(Draft("speed_mach", start, match.end(), low, high, hedge=hedge, unit="Mach"))
    return found


def counts(told: Told, grammar: Grammar) -> list[Draft]:
    """How many; a count of things already known is none, and one of a part of a salvo is noted as such."""
    table = grammar.measures
    found = []
    for match in table.count.finditer(told.text):
        got = match.groupdict()
        start, hedge = _hedge(match, grammar)
        if table.counted_before.search(told.text[max(0, start - 16) : start]):
            continue
        printed = got.get("n") or got.get("n2") or got.get("n3") or ""
        n = number(printed, grammar.numerals)
        is_part = table.part_after.match(told.text[match.end() : match.end() + 40]) is not None
        note = "part" if is_part else ""
        if n is None and printed and not printed[:1].isdigit():
            found.append(Draft("count", start, match.end(), _SEVERAL, None, hedge=printed, note=note))
        elif n is not None and 1 <= n <= _MAX_COUNT and n == int(n):
            low, high = bounded(n, hedge, grammar)
            found.append(Draft("count", start, match.end(), low, high, hedge=hedge, step=1.0, note=note))
    return found
