"""Values of closed lists, classes of vehicle and places of launch."""

import re

from bongsu.language.grammar import Grammar
from bongsu.language.launches import Told, governor
from bongsu.language.spans import Draft, Span, inside_any

_BEFORE, _AFTER = 90, 60
_GENERIC = re.compile(
    r"\s+(?:Satellite.*|Launch\w*.*|International.*"
    r"|Air(?:port|field| ?[Bb]ase).*|Province|County|City|District|Region|Area|Missile.*"
    r"|Base|Test.*|Naval.*|Port|Shipyard|Nuclear.*|Facility)$"
)
_CONTAINED = re.compile(  # between a place and the larger one it lies in: "the Sunan air base near Pyongyang"
    r"(?i)[\s,]*(?!(?:and|or)\b)(?:[(（].{0,14}[)）])?\s*(?:(?:(?:missile|rocket|satellite|launch|launching|test|testing|air|naval"
    r"|army) )?(?:base|site|ground|range|facility|field|airfield|airport|port|station|cent(?:er|re)|factory"
    r"|shipyard)s?)?[\s,]*|.{0,8}"
)
_BEARING = re.compile(r"\d\s*-?(?:km|kilomet\w+|miles?|nautical miles?)\b[^.;]{0,60}$")


def values(told: Told, grammar: Grammar) -> list[Draft]:
    """What is said of closed lists. A phrase that is used by one value is not read again for another of the same quantity."""
    found: list[Draft] = []
    low = told.text.lower()
    for name, pattern in grammar.values:
        if not _is_hinted(name, low, grammar):
            continue
        quantity, _, value = name.partition("=")
        used = [Span(d.start, d.stop) for d in found if d.quantity == quantity]
        for match in pattern.finditer(told.text):
            before = told.text[max(0, match.start() - _BEFORE) : match.start()]
            after = told.text[match.end() : match.end() + _AFTER]
            if inside_any(used, match.end() - 1) or _is_vetoed(name, before, after, grammar):
                continue
            found.append(Draft(quantity, match.start(), match.end(), value=value))
    return found


def _is_hinted(name: str, low: str, grammar: Grammar) -> bool:
    hints = grammar.hints.get(name)
    return hints is None or any(hint in low for hint in hints)


def _is_vetoed(name: str, before: str, after: str, grammar: Grammar) -> bool:
    ahead, behind = grammar.vetoes.get(name), grammar.vetoes_after.get(name)
    return bool((ahead and ahead.search(before)) or (behind and behind.search(after)))


def classes(told: Told, grammar: Grammar) -> list[Draft]:
    """Classes of vehicle, by the words; the most specific reading of each stretch."""
    found: list[Draft] = []
    used: list[Span] = []
    low = told.text.lower()
    for name, pattern in grammar.classes:
        if not _is_hinted(name, low, grammar):
            continue
        for match in pattern.finditer(told.text):
            if inside_any(used, match.end() - 1) or inside_any(used, match.start()):
                continue
            used.append(Span(match.start(), match.end()))
            before = told.text[max(0, match.start() - _BEFORE) : match.start()]
            after = told.text[match.end() : match.end() + 30]
            if not grammar.not_class_before.search(before) and not grammar.not_class_after.match(after):
                found.append(_class(name, match))
    return found


def _class(name: str, match: "re.Match[str]") -> Draft:
    if name == "own":  # a missile of a kind of its own, that no other word of the text makes more specific
        return Draft("vehicle_class", match.start(), match.end(), value="missile", note="own")
    return Draft("vehicle_class", match.start(), match.end(), value=name)


def areas(told: Told, text: str, grammar: Grammar) -> list[Draft]:
    """Places of launch, as written in `text`, the sentence before masking."""
    found: list[Draft] = []
    edge = -9
    for match in grammar.area.finditer(text):
        given = [name for name in ("inner", "place", "second") if match.group(name)]
        names = [name for name in given if name != "place" or "inner" not in given]
        is_container = edge > 0 and _CONTAINED.fullmatch(text, edge, match.start()) is not None
        edge = match.end()
        if is_container or not _is_start(told, match, grammar):
            continue
        for name in names:
            place = _GENERIC.sub("", match.group(name))
            if len(place) > 1 and not grammar.not_area.match(place):
                at = match.start(name)
                found.append(Draft("launch_area", at, at + len(place), value=place))
    if not found:
        for match in grammar.area_described.finditer(text):
            verb = governor(told, match.start(), match.end(), grammar.is_head_final)
            name = str(match.lastgroup)
            if name == "where" or (verb is not None and verb.kind == "launch"):
                found.append(Draft("launch_area", *match.span(name), value=match.group(name), note="described"))
    return found


def _is_start(told: Told, match: "re.Match[str]", grammar: Grammar) -> bool:
    """Whether a place is where a launch began: its verb launches, and it is no bearing."""
    verb = governor(told, match.start(), match.end(), grammar.is_head_final)
    before = told.text[max(0, match.start() - 70) : match.start()]
    if grammar.is_head_final:
        return verb is not None and verb.kind == "launch"
    if re.search(r"\b(?:into|towards?|over|to)\s+(?:the )?(?:waters|seas?)\s*$", before):
        return False
    if match.group().lower().startswith("from") and re.search(r"\b(?:flew|travel\w+)\b[^.;]{0,60}$", before):
        return True
    if _BEARING.search(before) and not match.group().lower().startswith("from"):
        return False
    return verb is not None and verb.kind == "launch"
