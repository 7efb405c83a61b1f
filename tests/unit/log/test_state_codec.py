"""One codec for the state of the pipeline."""

import math
import sys
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from tests.helpers.records import radar_scan

from bongsu.errors import BadInput
from bongsu.log import state_codec
from bongsu.messages.labels import Label

# Classes of a state live in the package; these stand in for some.
MODULE = "bongsu.stages.for_tests"


@dataclass(frozen=True, slots=True)
class Bag:
    items: tuple[Any, ...] = ()
    table: Any = None


@dataclass(frozen=True, slots=True)
class Checked:
    n: int

    def __post_init__(self):
        if self.n < 0:
            raise ValueError("negative")


@pytest.fixture(autouse=True)
def module(monkeypatch):
    """The classes above under a name of the package."""
    found = ModuleType(MODULE)
    for kind in (Bag, Checked):
        monkeypatch.setattr(kind, "__module__", MODULE)
        setattr(found, kind.__name__, kind)
    state_codec._FIELDS.clear()
    state_codec._kind.cache_clear()
    monkeypatch.setitem(sys.modules, MODULE, found)
    yield
    state_codec._FIELDS.clear()
    state_codec._kind.cache_clear()


NUMBERS = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**70), 2**70), st.floats(), st.text(), st.binary(), st.just(msgspec.UNSET)
)
ARRAYS = st.one_of(
    arrays(np.float64, array_shapes(min_dims=0, min_side=0)),
    arrays(np.int64, array_shapes(min_side=0)),
    arrays(np.bool_, array_shapes()),
)
VALUES = st.recursive(st.one_of(NUMBERS, ARRAYS), lambda inner: st.lists(inner, max_size=4).map(tuple), max_leaves=12)


def same(one, other):
    """Equality that sees types, the sign of zero and NaN."""
    if isinstance(one, np.ndarray):
        return one.dtype == other.dtype and one.shape == other.shape and one.tobytes() == other.tobytes()
    if isinstance(one, tuple):
        return len(one) == len(other) and all(same(a, b) for a, b in zip(one, other, strict=True))
    if isinstance(one, Bag):
        return same(one.items, other.items) and same(one.table, other.table)
    if isinstance(one, float):
        return isinstance(other, float) and np.float64(one).tobytes() == np.float64(other).tobytes()
    return type(one) is type(other) and one == other


@given(items=st.lists(VALUES, max_size=4).map(tuple))
def test_a_state_comes_back_as_it_was_under_the_same_bytes(items):
    body = state_codec.encode(Bag(items))
    again = state_codec.decode(body, Bag)
    assert same(again, Bag(items))
    assert state_codec.encode(again) == body


@given(junk=st.binary(max_size=200), at=st.integers(0, 400))
def test_damaged_bytes_are_refused_or_another_state_and_never_a_crash(junk, at):
    body = state_codec.encode(Bag((1.5, "a", radar_scan(1.0), np.arange(6.0).reshape(2, 3))))
    try:
        state_codec.decode(body[:at] + junk + body[at + len(junk) :], Bag)
    except BadInput as error:
        assert "\n" not in str(error)


def test_structs_and_dataclasses_inside_one_another_come_back():
    state = Bag((radar_scan(1.0), Label("PUBLIC", ("kor",)), Bag((Checked(3), Checked(3)))))
    assert state_codec.decode(state_codec.encode(state), Bag) == state


def test_an_array_keeps_whether_it_may_be_written_to_and_is_aligned_for_kernels():
    fixed = np.arange(3.0)
    fixed.flags.writeable = False
    again = state_codec.decode(state_codec.encode(Bag((b"x", np.arange(3.0), fixed))), Bag)
    assert [a.flags.writeable for a in again.items[1:]] == [True, False]
    assert all(a.flags.aligned and a.flags.c_contiguous for a in again.items[1:])


def test_the_layout_of_an_array_in_memory_is_not_part_of_the_state():
    table = np.arange(6.0).reshape(2, 3)
    assert state_codec.encode(Bag((), table)) == state_codec.encode(Bag((), np.asfortranarray(table)))


def test_numbers_of_numpy_are_numbers():
    state = state_codec.decode(state_codec.encode(Bag((np.int64(-7), np.bool_(True), np.float64(0.5)))), Bag)
    assert state.items == (-7, True, 0.5)


@pytest.mark.parametrize("value", [{"a": 1}, {1, 2}, [1], object(), 1j, np.zeros(2, dtype=np.complex128)])
def test_what_has_no_canonical_bytes_is_refused_with_its_place(value):
    with pytest.raises(TypeError, match=r"Bag\.items\[1\]"):
        state_codec.encode(Bag((0, value)))


def test_a_class_from_elsewhere_is_never_made():
    body = state_codec.encode(Bag()).replace(b"bongsu.stages.for_tests", b"os.abcdefghij.for_tests")
    with pytest.raises(BadInput, match=r"os\.abcdefghij"):
        state_codec.decode(body, Bag)


def test_a_class_that_has_other_fields_now_is_refused():
    body = state_codec.encode(Bag()).replace(b":Bag:2", b":Bag:3")
    with pytest.raises(BadInput, match="form"):
        state_codec.decode(body, Bag)


def test_a_state_of_another_type_is_refused():
    with pytest.raises(BadInput, match="Checked"):
        state_codec.decode(state_codec.encode(Bag()), Checked)


def test_the_hash_tells_states_apart_to_the_last_bit():
    one = state_codec.state_hash(state_codec.encode(Bag((1.0,))))
    other = state_codec.state_hash(state_codec.encode(Bag((math.nextafter(1.0, 2.0),))))
    assert len(one) == 64
    assert one != other
