"""Clocks and instants of the shell."""

import asyncio

import pytest
from tests.helpers.records import T0_NS

from bongsu.constants import NS_PER_S
from bongsu.errors import BadInput
from bongsu.run.times import SystemClock, instant_ns, until_ns, words


@pytest.mark.parametrize(
    ("text", "ns"),
    [
        ("2025-11-07T03:35:00Z", T0_NS),
        ("2025-11-07 03:35:00.000000001Z", T0_NS + 1),
        ("2025-11-07T03:35:00.5+00:00", T0_NS + NS_PER_S // 2),
        ("1970-01-01T00:00:00Z", 0),
    ],
)
def test_an_instant_is_read_to_the_nanosecond(text, ns):
    assert instant_ns(text, "x") == ns


@pytest.mark.parametrize(
    "text", ["", "now", "2025-11-07", "2025-11-07T03:35:00", "2025-13-07T03:35:00Z", "2025-11-07T03:35:00+09:00"]
)
def test_an_instant_without_utc_or_sense_is_refused(text):
    with pytest.raises(BadInput):
        instant_ns(text, "x")


def test_until_counts_from_the_first_record():
    assert until_ns("+1.5", T0_NS) == T0_NS + 3 * NS_PER_S // 2
    assert until_ns("2025-11-07T03:35:00Z", 5) == T0_NS
    for text in ("+", "+x", "+inf", "+nan"):
        with pytest.raises(BadInput):
            until_ns(text, T0_NS)


def test_an_instant_in_words_has_milliseconds():
    assert words(T0_NS + 1_500_000) == "2025-11-07T03:35:00.001Z"


def test_the_machines_clock_waits_until_its_time():
    clock = SystemClock()
    due_ns = clock.now_ns() + 2_000_000
    asyncio.run(clock.sleep_until(due_ns))
    assert clock.now_ns() >= due_ns
