"""Hypothesis strategies made from the message types themselves, so that no field is ever forgotten."""

from functools import cache
from typing import Any, get_args

from hypothesis import strategies as st
from msgspec import UNSET, inspect, structs

from bongsu.messages.codec import AnyFinding, AnyInput
from bongsu.messages.labels import Label

INPUTS: tuple[type, ...] = get_args(AnyInput)
FINDINGS: tuple[type, ...] = get_args(AnyFinding)
NATIONS = ("jpn", "kor", "prk", "usa")
MAX_LENGTH = 3  # of a column; laws do not depend on more


@cache
def messages(kind: type) -> st.SearchStrategy[Any]:
    """Any message of one type, within the bounds of its fields."""
    return st.builds(kind, **{field.name: _values(inspect.type_info(field.type)) for field in structs.fields(kind)})


def inputs() -> st.SearchStrategy[Any]:
    """Any input."""
    return st.one_of([messages(kind) for kind in INPUTS])


def findings() -> st.SearchStrategy[Any]:
    """Any finding."""
    return st.one_of([messages(kind) for kind in FINDINGS])


def labels() -> st.SearchStrategy[Label]:
    """Any label, its lists sorted as they must be."""
    return st.builds(
        Label,
        classification=st.sampled_from(("PUBLIC", "OFFICIAL", "RESTRICTED", "CONFIDENTIAL", "SECRET")),
        releasable_to=st.sets(st.sampled_from(NATIONS)).map(lambda found: tuple(sorted(found))),
        caveats=st.sets(st.sampled_from(("ORCON", "NOPUB", "SRC", "EXPERT"))).map(lambda found: tuple(sorted(found))),
    )


def _values(info: inspect.Type) -> st.SearchStrategy[Any]:
    """Values of one annotated type."""
    match info:
        case inspect.BoolType():
            return st.booleans()
        case inspect.IntType(ge=low, le=high):
            return st.integers(low if low is not None else -(2**62), high if high is not None else 2**62)
        case inspect.FloatType(ge=low, gt=above, le=high):
            return st.floats(
                low if above is None else above,
                high,
                allow_nan=False,
                allow_infinity=False,
                exclude_min=above is not None,
            )
        case inspect.StrType(pattern=None, min_length=least):
            return st.text(min_size=least or 0, max_size=8)
        case inspect.StrType(pattern=pattern):
            return st.from_regex(pattern, fullmatch=True).filter(_is_plain)
        case inspect.LiteralType(values=values):
            return st.sampled_from(values)
        case inspect.VarTupleType(item_type=item, min_length=least):
            return st.lists(_values(item), min_size=least or 0, max_size=MAX_LENGTH).map(tuple)
        case inspect.TupleType(item_types=items):
            return st.tuples(*(_values(item) for item in items))
        case inspect.StructType(cls=cls):
            return labels() if cls is Label else messages(cls)
        case inspect.UnionType(types=types):
            return st.one_of([_values(item) for item in types])
        case inspect.Metadata(type=inner):
            return _values(inner)
        case inspect.UnsetType():
            return st.just(UNSET)
    raise AssertionError(f"no values for {info}")


def _is_plain(text: str) -> bool:
    """Python's `$` matches before a final line break, and its `\\d` other digits; neither is meant."""
    return text.isascii() and not text.endswith("\n")
