"""Every field of every ASTERIX table against libasterix, whose tables come from another transcription of the specifications."""

import math
from functools import cache
from typing import Any

import pytest

from bongsu.adapters.ingest.asterix.fields import Field
from bongsu.adapters.ingest.asterix.layout import Chained, Compound, Explicit, Extended, Fixed, Layout, Repetitive
from bongsu.adapters.ingest.asterix.record import CATEGORIES


@cache
def theirs() -> Any:
    """Their tables, imported when first asked for: that takes seconds."""
    return pytest.importorskip("asterix.generated")


UNITS = {
    "": 1.0, "NM": 1852.0, "NM/s": 1852.0, "°": math.pi / 180, "°/s": math.pi / 180, "s": 1.0, "FL": 30.48, "ft": 0.3048,
    "ft/min": 0.3048 / 60, "kt": 1852 / 3600, "m": 1.0, "m/s": 1.0, "m/s²": 1.0, "dBm": 1.0, "MHz": 1e6, "°C": 1.0, "Mach": 1.0,
    "mb": 100.0,
}  # fmt: skip
KINDS = {"StringOctal": "o", "StringICAO": "i", "StringAscii": "a", "Signed": "s", "Unsigned": ""}
NEWEST = {1: "1_4", 2: "1_2", 34: "1_29", 48: "1_32", 62: "1_21", 65: "1_6"}
# Read in two ways: theirs takes the 64 bits of a Comm-B message as one, ours as the message and the two digits of its address.
OTHERWISE = {"62/380/mb"}

Leaf = tuple[int, str, float]  # bits, kind, step in SI


def is_a(thing: type, name: str) -> bool:
    return any(base.__name__ == name for base in thing.__mro__)


def layout_of(item: Any) -> Any:
    """The layout of one of their items; of one that depends on another, the default."""
    rule = getattr(item, "cv_non_spare", item).cv_rule
    return getattr(rule, "cv_variation", None) or rule.cv_default_variation


def leaf(element: Any) -> Leaf:
    content = getattr(element.cv_rule, "cv_content", None)
    kind, step = "", 0.0
    if content is not None and is_a(content, "ContentString"):
        kind = KINDS[content.cv_string_type.__name__]
    elif content is not None and is_a(content, "ContentQuantity"):
        kind, step = KINDS[content.cv_signedness.__name__], content.cv_lsb * UNITS[content.cv_unit]
    return element.cv_bit_size, kind, step


def leaves(variation: Any) -> list[Leaf]:
    if is_a(variation, "Element"):
        return [leaf(variation)]
    found: list[Leaf] = []
    for entry in variation.cv_items_list:
        found += leaves_of(entry)
    return found


def leaves_of(entry: Any) -> list[Leaf]:
    item = entry[0] if isinstance(entry, tuple) else entry
    return [(item.cv_bit_size, "-", 0.0)] if is_a(item, "Spare") else leaves(layout_of(item))


def shape(variation: Any) -> tuple[str, Any]:
    """Their layout as kind and contents."""
    if is_a(variation, "Extended"):
        parts: list[list[Leaf]] = [[]]
        for entry in (e for part in variation.cv_items_list for e in (part if isinstance(part, list) else [part])):
            if entry is None:
                parts.append([])
            else:
                parts[-1] += leaves_of(entry)
        return "extended", [part for part in parts if part]
    if is_a(variation, "Repetitive"):
        return ("repetitive" if getattr(variation, "cv_rep_bytes", None) == 1 else "chained"), leaves(
            variation.cv_variation
        )
    if is_a(variation, "Explicit"):
        return "explicit", None
    if is_a(variation, "Compound"):
        named = (getattr(i, "cv_non_spare", i) for i in variation.cv_items_list)
        return "compound", [None if i is None else (i.cv_name.lower(), shape(layout_of(i))) for i in named]
    return "fixed", leaves(variation)


def own_leaves(group: tuple[Field, ...]) -> list[Leaf]:
    return [(f.n_bits, "-" if f.name == "-" else f.kind.replace("h", ""), f.step) for f in group]


def own_shape(layout: Layout) -> tuple[str, Any]:
    """Our layout in the same words."""
    match layout:
        case Extended(parts):
            return "extended", [own_leaves(part) for part in parts]
        case Repetitive(group, _):
            return "repetitive", own_leaves(group)
        case Chained(group, _):
            return "chained", own_leaves(group)
        case Explicit():
            return "explicit", None
        case Compound(parts):
            return "compound", [None if part is None else (part[0], own_shape(part[1])) for part in parts]
        case Fixed(group, _):
            return "fixed", own_leaves(group)


def compare(where: str, ours: Any, other: Any) -> None:
    if isinstance(ours, list) and isinstance(other, list):
        assert len(ours) == len(other), where
        for i, (a, b) in enumerate(zip(ours, other, strict=True)):
            compare(f"{where}[{i}]", a, b)
    elif isinstance(ours, tuple) and ours[0] == "compound":
        assert other[0] == "compound", where
        for a, b in zip(ours[1], other[1], strict=True):
            if a is None or b is None:
                assert a is b, where
            elif f"{where}/{a[0]}" not in OTHERWISE:
                assert a[0] == b[0], where
                compare(f"{where}/{a[0]}", a[1], b[1])
    elif isinstance(ours, tuple) and isinstance(ours[0], str):
        assert ours[0] == other[0], where
        compare(where, ours[1], other[1])
    elif isinstance(ours, tuple):
        assert ours[:2] == other[:2], where
        is_count = ours[2] == 0.0 and other[2] == 1.0  # a count has the step one there, and none here
        assert is_count or ours[2] == pytest.approx(other[2], rel=1e-12), where
    else:
        assert ours == other, where


def slots(category: int, edition: str) -> list[list[Any]]:
    uap = getattr(theirs(), f"Cat_{category:03}_{edition}").cv_uap
    records = [uap.cv_record] if hasattr(uap, "cv_record") else [uap.cv_uaps["plot"], uap.cv_uaps["track"]]
    found = [[getattr(item, "cv_non_spare", None) for item in record.cv_items_list] for record in records]
    for items in found:
        while items and items[-1] is None:
            items.pop()
    return found


@pytest.mark.parametrize("category", sorted(CATEGORIES))
def test_every_item_lies_where_they_say_with_their_fields_signs_and_steps(category: int) -> None:
    for profile, items in zip(CATEGORIES[category].profiles, slots(category, NEWEST[category]), strict=True):
        names = [slot and slot[0] for slot in profile.slots]
        assert names == [item and item.cv_name for item in items]
        for slot, item in zip(profile.slots, items, strict=True):
            if slot is not None:
                compare(f"{category}/{slot[0]}", own_shape(slot[1]), shape(layout_of(item)))


def test_the_comparison_sees_a_wrong_bit_a_wrong_sign_and_a_wrong_step() -> None:
    good = ("fixed", [(14, "s", 7.62), (2, "-", 0.0)])
    for wrong in ([(13, "s", 7.62), (3, "-", 0.0)], [(14, "", 7.62), (2, "-", 0.0)], [(14, "s", 30.48), (2, "-", 0.0)]):
        with pytest.raises(AssertionError):
            compare("here", ("fixed", wrong), good)


@pytest.mark.parametrize("category", sorted(CATEGORIES))
def test_all_editions_named_lay_their_items_out_alike(category: int) -> None:
    """Between the editions named items are added; none moves. The only signs that changed are those of heights below zero."""
    newest = slots(category, NEWEST[category])
    for name in dir(theirs()):
        if name.startswith(f"Cat_{category:03}_") and not name.endswith(NEWEST[category]):
            for now, then in zip(newest, slots(category, name[8:]), strict=True):
                for a, b in zip(now, then, strict=True):
                    assert (a is None) == (b is None)
                    assert a is None or starts_alike(shape(layout_of(a)), shape(layout_of(b))), f"{name} {a.cv_name}"


def starts_alike(now: Any, then: Any) -> bool:
    """Whether an older layout is the newer one, or its beginning, with spare bits where something was added."""
    if now[0] != then[0]:
        return False
    if now[0] == "extended":
        return all(
            sum(x[0] for x in part) == sum(x[0] for x in before) for part, before in zip(now[1], then[1], strict=False)
        )
    if now[0] == "compound":
        return all(a is None or b is None or starts_alike(a[1], b[1]) for a, b in zip(now[1], then[1], strict=False))
    return now[1] is None or sum(x[0] for x in now[1]) == sum(x[0] for x in then[1])
