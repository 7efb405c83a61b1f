"""Captures: every form that is read, every form that is refused, and damage that costs only what it struck."""

import random
import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.helpers import asterix as a

from bongsu.adapters.ingest.asterix.blocks import Broken
from bongsu.adapters.ingest.asterix.heads import _first_within
from bongsu.adapters.ingest.asterix.pcap import Datagram, datagrams
from bongsu.errors import BadInput

T_NS = a.DAY_S * a.NS + 123_456_789
LOADS = [bytes([48, 0, 5, i, i]) for i in range(5)]


def read(data: bytes) -> tuple[list[Datagram], list[str]]:
    found = list(datagrams(data, "here"))
    return [x for x in found if isinstance(x, Datagram)], [x.reason for x in found if isinstance(x, Broken)]


def five(**how: object) -> bytes:
    return a.pcap([(T_NS + i * a.NS, a.frame(a.udp(load))) for i, load in enumerate(LOADS)], **how)


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("is_nano", [False, True])
def test_either_byte_order_and_either_fraction(order: str, is_nano: bool) -> None:
    found, lost = read(five(order=order, is_nano=is_nano))
    assert [d.data for d in found] == LOADS
    assert found[0].t_ns == (T_NS if is_nano else T_NS // 1000 * 1000)
    assert not lost


@pytest.mark.parametrize(
    ("link", "head"),
    [
        (1, a.frame(b"")), (1, a.frame(b"", vlans=1)), (1, a.frame(b"", vlans=2)), (101, b""), (228, b""), (12, b""),
        (0, b"\x02\0\0\0"), (108, b"\0\0\0\x02"), (113, bytes(14) + b"\x08\0"), (276, b"\x08\0" + bytes(18)),
    ],
)  # fmt: skip
def test_ip_is_found_behind_every_link_that_is_read(link: int, head: bytes) -> None:
    found, lost = read(a.pcap([(T_NS, head + a.udp(LOADS[0]))], link=link))
    assert [d.data for d in found] == LOADS[:1]
    assert found[0].has_good_sum
    assert not lost


def test_ipv6_is_read_with_its_checksum() -> None:
    ends, load = bytes(range(32)), LOADS[0] + b"x"
    body = struct.pack(">HHHH", 1, 2, len(load) + 8, 0) + load
    words = ends + struct.pack(">II", len(body), 17) + body
    total = sum(struct.unpack(f">{len(words) // 2}H", words))
    total = (total & 0xFFFF) + (total >> 16)
    body = body[:6] + struct.pack(">H", 0xFFFF - total) + load
    packet = struct.pack(">IHBB", 6 << 28, len(body), 17, 64) + ends + body
    for changed, is_good in ((packet, True), (packet[:-1] + b"y", False)):
        found, _ = read(a.pcap([(T_NS, bytes(12) + b"\x86\xdd" + changed)]))
        assert [d.has_good_sum for d in found] == [is_good]


def test_padding_after_the_packet_is_not_data() -> None:
    found, lost = read(a.pcap([(T_NS, a.frame(a.udp(LOADS[0])) + bytes(13))]))
    assert [d.data for d in found] == LOADS[:1]
    assert not lost


def altered(packet: bytes, at: int, octets: bytes) -> bytes:
    return packet[:at] + octets + packet[at + len(octets) :]


UDP = a.udp(LOADS[0])


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (a.frame(altered(UDP, 6, b"\x20\0")), "an IP fragment"),
        (a.frame(altered(UDP, 6, b"\0\x05")), "an IP fragment"),
        (a.frame(altered(UDP, 9, b"\x06")), "a packet that is not UDP"),
        (a.frame(altered(UDP, 0, b"\x41")), "a damaged IP header"),
        (a.frame(altered(UDP, 24, b"\xff\xff")), "a damaged UDP header"),
        (a.frame(altered(UDP, 24, b"\0\x02")), "a damaged UDP header"),
        (a.frame(UDP[:10]), "a damaged IP header"),
        (a.frame(a.udp(b"")), "an empty datagram"),
        (a.frame(UDP)[:12] + b"\x08\x06" + bytes(28), "a packet that is not IP"),
        (b"\x01", "a packet that is not IP"),
        (b"\x81\0" * 40, "a packet that is not IP"),
    ],
)
def test_what_is_no_datagram_is_counted_with_its_reason(body: bytes, reason: str) -> None:
    found, lost = read(a.pcap([(T_NS, body), (T_NS, a.frame(UDP))]))
    assert lost == [reason]
    assert [d.data for d in found] == LOADS[:1]


def test_a_wrong_checksum_is_noted_and_none_is_no_fault() -> None:
    zero = altered(UDP, 26, b"\0\0")
    found, _ = read(a.pcap([(T_NS, a.frame(p)) for p in (UDP, a.udp(LOADS[0], is_good=False), zero)]))
    assert [d.has_good_sum for d in found] == [True, False, True]


def test_a_capture_cut_off_loses_its_last_packet_alone() -> None:
    whole = five()
    for cut in range(1, 63):
        found, lost = read(whole[:-cut])
        assert [d.data for d in found[:4]] == LOADS[:4]
        assert len(lost) + len(found) == 5


@given(st.integers(24, len(five()) - 1), st.integers(0, 7))
def test_one_flipped_bit_costs_at_most_the_packets_it_touches(at: int, bit: int) -> None:
    data = bytearray(five())
    data[at] ^= 1 << bit
    found, _ = read(bytes(data))
    good = [d.data for d in found if d.has_good_sum and d.data in LOADS]
    assert len(good) >= 3
    assert good == sorted(good)


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"\x0a\x0d\x0d\x0a" + bytes(60), "a pcapng capture"),
        (b"\xd4\xc3\xb2\xa1" + bytes(4), "a capture of 8 bytes"),
        (a.pcap([], link=127), "link type 127"),
    ],
)
def test_a_form_that_is_not_read_is_refused_in_one_line(data: bytes, found: str) -> None:
    with pytest.raises(BadInput, match=found):
        read(data)


def test_megabytes_of_damage_cost_only_what_they_struck() -> None:
    """Once a reader gave up after one megabyte, and what came behind it was one loss."""
    head, noise = five()[:24], random.Random(1).randbytes(3 << 20)
    packets = five()[24:]
    found, lost = read(head + packets + noise + packets)
    assert [x.data for x in found if x.data in LOADS] == [*LOADS, *LOADS]
    assert lost


@given(st.lists(st.integers(0, 400_000), max_size=600), st.integers(0, 600), st.integers(0, 400_000))
def test_the_first_header_within_a_day_is_found_wherever_it_stands(seconds: list[int], low: int, near_s: int) -> None:
    s, low = np.array(seconds, np.int64), min(low, len(seconds))
    near = [i for i in range(low, len(seconds)) if abs(seconds[i] - near_s) <= 86_400]
    assert _first_within(s, low, len(seconds), near_s) == min(near, default=len(seconds))
