"""Times of day become instants: across midnight, across 512 s, and past a time that is damaged."""

from hypothesis import given
from hypothesis import strategies as st

from bongsu.adapters.ingest.asterix.blocks import Broken
from bongsu.adapters.ingest.asterix.pcap import Datagram
from bongsu.adapters.ingest.asterix.times import CUT_NS, DAY_NS, nearest_ns, steady
from bongsu.constants import NS_PER_S

MIDNIGHT_NS = 16_000 * DAY_NS


def test_a_report_from_before_midnight_belongs_to_the_day_before() -> None:
    assert nearest_ns(86_399.5, MIDNIGHT_NS + NS_PER_S) == MIDNIGHT_NS - NS_PER_S // 2
    assert nearest_ns(0.5, MIDNIGHT_NS - NS_PER_S) == MIDNIGHT_NS + NS_PER_S // 2


@given(t_ns=st.integers(DAY_NS, 2**61), off_ns=st.integers(-(DAY_NS // 2) + 1, DAY_NS // 2 - 1))
def test_the_instant_is_found_from_any_reference_within_half_a_day(t_ns: int, off_ns: int) -> None:
    t_ns -= t_ns % (NS_PER_S // 128)
    assert nearest_ns(t_ns % DAY_NS / NS_PER_S, t_ns + off_ns) == t_ns


@given(t_ns=st.integers(DAY_NS, 2**61), off_ns=st.integers(-100 * NS_PER_S, 100 * NS_PER_S))
def test_a_time_cut_to_512_s_is_completed_from_the_day_it_was_counted_in(t_ns: int, off_ns: int) -> None:
    t_ns -= t_ns % (NS_PER_S // 128)
    assert nearest_ns(t_ns % DAY_NS % CUT_NS / NS_PER_S, t_ns + off_ns, CUT_NS) == t_ns


def at(*seconds: float) -> list[Datagram | Broken]:
    return [Datagram(round(s * NS_PER_S), b"") for s in seconds]


def kept(stream: list[Datagram | Broken]) -> list[float]:
    return [x.t_ns / NS_PER_S for x in steady(stream) if isinstance(x, Datagram)]


def test_a_leap_that_the_next_time_takes_back_is_dropped() -> None:
    assert kept(at(10, 11, 40_000, 12, 13)) == [10, 11, 12, 13]
    assert kept(at(40_000, 11, 12)) == [11, 12]
    assert kept(at(10, 11, 500_000)) == [10, 11]
    assert kept(at(100, 101, 2, 102)) == [100, 101, 102]


def test_a_leap_that_lasts_is_a_silence() -> None:
    assert kept(at(10, 11, 40_000, 40_001)) == [10, 11, 40_000, 40_001]


def test_small_disorder_and_what_is_broken_pass() -> None:
    stream = at(10, 12, 11)
    stream.insert(1, Broken("x"))
    assert kept(stream) == [10, 12, 11]
    assert sum(isinstance(x, Broken) for x in steady(stream)) == 1
    assert kept([]) == []
