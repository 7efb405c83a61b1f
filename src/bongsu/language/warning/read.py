"""Reading: the facts in a text, by the very sentences that languages are written in. What is none of them is said to be odd."""

import re
from functools import cache
from typing import Any, Final

from bongsu.language.warning.facts import Facts
from bongsu.language.warning.times import minute_in, pattern
from bongsu.language.warning.words import Wording, filled, pattern_of, wording_of
from bongsu.language.warning.write import headline

ACTS: Final = {
    "replaces": "update", "corrects": "correction", "withdrawn": "correction", "ends": "end", "ran_out": "expiry",
}  # fmt: skip
_PAST_CODES: Final = re.compile(r"(?:passed|fell|fell_outside):(\w+)")


def facts_of(text: str, lang: str, sent_minute: int | None = None) -> Facts:
    """What a text says, sentence by sentence. A brief tells no day: `sent_minute` (since 1970) of its bulletin gives it one."""
    w = wording_of(lang)
    found: dict[str, Any] = {}
    lines, mode = _unmarked(text.split("\n"), w)
    read = [_read(line, w) for line in lines]
    sent = _sent(read, w, sent_minute)
    odd = [line for line, one in zip(lines, read, strict=True) if one is None or not _is_well_written(line, *one, w)]
    impossible = [fault for one in read if one is not None for fault in _add(found, one[0], one[1], sent, w)]
    return Facts(**found | {"mode": mode}, odd=tuple(odd), impossible=tuple(impossible))


def codes_of(text: str, lang: str) -> tuple[tuple[str, str], ...]:
    """Each line with the code of its sentence, empty where it is none; without the words that say a text is not live."""
    w = wording_of(lang)
    lines, _ = _unmarked(text.split("\n"), w)
    return tuple((one[0] if (one := _read(line, w)) else "", line) for line in lines)


def _unmarked(lines: list[str], w: Wording) -> tuple[list[str], str]:
    """The lines between the words that say a text is not live, and the mode these say; a text with one of them alone keeps it."""
    for mode, word in w.modes.items():
        if len(lines) > 2 and lines[0] == lines[-1] == word:
            return lines[1:-1], mode
    return lines, "live"


def _sent(read: list[tuple[str, dict[str, str]] | None], w: Wording, sent_minute: int | None) -> int:
    """The minute of the statement: as printed with its day, else as given."""
    for one in read:
        if one is not None and one[0] == "issued":
            return minute_in(one[1]["sent"], 0, w) or 0
    return sent_minute or 0


@cache
def _heads(w_lang: str) -> dict[str, tuple[str, str, bool]]:
    """Every line that a key phrase can make: act, key, whether it is unconfirmed."""
    w = wording_of(w_lang)
    found: dict[str, tuple[str, str, bool]] = {}
    for act in ("first", "update", "correction"):
        for key in w.keys:
            for is_unconfirmed in (False, True):
                line = f"{headline(act, key, is_unconfirmed, w)}{w.stop}"
                for text in (line, f"{line}{w.between}{line}"):
                    found.setdefault(text, (act, key, is_unconfirmed))
    return found


@cache
def _patterns(w_lang: str) -> tuple[tuple[str, "re.Pattern[str]"], ...]:
    """The fixed sentences as patterns, those of many words first: the words of one could stand in a slot of another."""
    w = wording_of(w_lang)
    time = f"(?:{pattern(w.other_day, w)}|{pattern(w.clock, w)})"
    whole = pattern(w.whole, w)
    degrees = "|".join(re.escape(text) for code, text in w.sentences.items() if code.startswith("degree:"))
    slots = {
        **dict.fromkeys(("launch", "impact", "over", "until", "sent"), time),
        "refs": f"{time}(?:{re.escape(w.listed)}{time})*",
        "spill": r"\d+",
        "degree": degrees,
    }
    codes = [code for code in w.sentences if not code.startswith("degree:")]
    codes.sort(key=lambda code: -len(re.sub(r"\{\w+\}", "", w.sentences[code])))
    return tuple(
        (code, re.compile(pattern_of(w.sentences[code], slots | {"sent": whole} if code == "issued" else slots)))
        for code in codes
    )


def _read(line: str, w: Wording) -> tuple[str, dict[str, str]] | None:
    """The sentence a line is, with what stands in its slots; None where it is none."""
    if head := _heads(w.lang).get(line):
        return "head", {"act": head[0], "key": head[1], "is_unconfirmed": "yes" if head[2] else ""}
    for code, sentence in _patterns(w.lang):
        if found := sentence.fullmatch(line):
            return code, {name: value for name, value in found.groupdict().items() if value is not None}
    return None


def _is_well_written(line: str, code: str, slots: dict[str, str], w: Wording) -> bool:
    """Whether particles and articles are those that the words in the slots ask for."""
    if code == "head":
        return True
    named = [one for name in ("near", "where") if name in slots for one in [slots[name]]]
    named += slots["places"].split(w.listed) if "places" in slots else []
    return w.polish(filled(w.sentences[code], slots)) == line and all(w.named(_bare(one, w)) == one for one in named)


def _add(found: dict[str, Any], code: str, slots: dict[str, str], sent: int, w: Wording) -> list[str]:
    """The facts of one sentence; what they cannot be, or contradict, is returned."""
    faults = []
    for name, value in (*_said(code, slots, w), *_filled(code, slots, sent, w)):
        if value is None:
            faults.append(f"{name}: {slots.get(name)} cannot be")
        elif name == "actions":
            found["actions"] = (*found.get("actions", ()), value)
        elif found.get(name, value) != value:
            faults.append(f"{name}: {found[name]} and {value}")
        else:
            found[name] = value
    return faults


def _said(code: str, slots: dict[str, str], w: Wording) -> list[tuple[str, Any]]:
    """The facts that the choice of a sentence states."""
    kind, _, value = code.partition(":")
    if code == "head":
        unconfirmed = [("is_unconfirmed", True)] if slots["is_unconfirmed"] else []
        act = [("act", slots["act"])] if slots["act"] != "first" else []
        return [("key", slots["key"]), *act, *unconfirmed]
    if code in ACTS:
        return [("act", ACTS[code])]
    if code in ("unconfirmed", "was_unconfirmed", "brief:was_unconfirmed"):
        return [("is_unconfirmed", True)]
    if kind == "time_unknown" or code == "brief:time_unknown":
        return [("is_time_unknown", True)]
    if kind == "danger":
        certainty, _, hazard = value.partition(":")
        return [("certainty", certainty), ("hazard", hazard)]
    if past := _PAST_CODES.fullmatch(code):
        return [("certainty", past[1])]
    if kind in ("why", "grade"):
        return [(kind, value)]
    if kind == "act":
        return [("actions", value)]
    if kind == "brief":
        return _briefly(value, w)
    return []


def _briefly(value: str, w: Wording) -> list[tuple[str, Any]]:
    """The facts that the choice of a short sentence states."""
    if value in ("update", "correction", "end", "expiry"):
        return [("act", value)]
    if value in ("fall", "overflight", "fall_and_overflight"):
        return [("hazard", value)]
    if f"why:{value}" in w.sentences:
        return [("why", value)]
    return [("actions", value)] if f"act:{value}" in w.sentences else []


def _filled(code: str, slots: dict[str, str], sent: int, w: Wording) -> list[tuple[str, Any]]:
    """The facts that stand in the slots of a sentence; a time that cannot be is None."""
    found: list[tuple[str, Any]] = []
    for name, printed in slots.items():
        if code == "head":
            continue
        if name == "spill":
            found.append((name, int(printed)))
        elif name == "degree":
            degrees = {text: key.partition(":")[2] for key, text in w.sentences.items() if key.startswith("degree:")}
            found.append(("certainty", degrees[printed]))
        elif name == "places":
            found.append((name, tuple(_bare(one, w) for one in printed.split(w.listed))))
        elif name == "refs":
            minutes = [minute_in(one, sent, w) for one in printed.split(w.listed)]
            found.append((name, None if None in minutes else tuple(minutes)))
        elif name in ("near", "where"):
            found.append((name, _bare(printed, w)))
        elif name == "authority":
            found.append((name, printed))
        else:
            found.append((name, minute_in(printed, sent, w)))
    return found


def _bare(name: str, w: Wording) -> str:
    """A name without what the sentence put before it."""
    plain = name.removeprefix("the ")
    return plain if w.named(plain) == name else name
