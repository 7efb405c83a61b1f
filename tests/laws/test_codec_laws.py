"""What holds for every message there is."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs
from tests.helpers.strategies import FINDINGS, INPUTS, findings, inputs, messages

from bongsu.errors import BadInput, NotFinite
from bongsu.messages import codec
from bongsu.messages.inputs import AnyInput


@pytest.mark.parametrize("kind", INPUTS, ids=lambda kind: kind.__name__)
@given(data=st.data())
def test_every_input_comes_back_as_it_was_under_the_same_bytes(kind, data):
    message = data.draw(messages(kind))
    body = codec.encode(message)
    again = codec.decode_input(body)
    assert again == message
    assert codec.encode(again) == body


@pytest.mark.parametrize("kind", FINDINGS, ids=lambda kind: kind.__name__)
@given(data=st.data())
def test_every_finding_comes_back_as_it_was_under_the_same_bytes(kind, data):
    message = data.draw(messages(kind))
    body = codec.encode(message)
    again = codec.decode_finding(body)
    assert again == message
    assert codec.encode(again) == body


def numbers(message):
    """Where a message holds numbers with a fraction: name, and place in a column or -1."""
    for name in message.__struct_fields__:
        value = getattr(message, name)
        if isinstance(value, float):
            yield name, -1
        elif isinstance(value, tuple):
            yield from ((name, i) for i, item in enumerate(value) if isinstance(item, float))


@given(message=st.one_of(inputs(), findings()), bad=st.sampled_from([math.nan, math.inf, -math.inf]), data=st.data())
def test_no_number_of_any_message_is_ever_written_as_none(message, bad, data):
    places = list(numbers(message))
    if not places:
        return
    name, i = data.draw(st.sampled_from(places))
    value = getattr(message, name)
    changed = bad if i < 0 else (*value[:i], bad, *value[i + 1 :])
    with pytest.raises(NotFinite, match=name):
        codec.encode(structs.replace(message, **{name: changed}))


@given(body=st.one_of(st.binary(max_size=200), st.text(max_size=200)))
def test_anything_is_an_input_or_refused(body):
    try:
        message = codec.decode_input(body)
    except BadInput:
        return
    assert isinstance(message, AnyInput)


@given(message=inputs(), at=st.integers(0, 2000), junk=st.binary(min_size=1, max_size=4))
def test_a_damaged_input_is_refused_or_another_valid_one(message, at, junk):
    body = codec.encode(message)
    damaged = body[:at] + junk + body[at + len(junk) :]
    try:
        again = codec.decode_input(damaged)
    except BadInput:
        return
    assert codec.decode_input(codec.encode(again)) == again
