"""Captures (pcap, either byte order, micro- or nanoseconds): packets, and the UDP datagrams in them.

A damaged packet header does not cost the rest: the next plausible one is looked for. Nothing is reassembled.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bongsu.adapters.ingest.asterix.blocks import Broken
from bongsu.adapters.ingest.asterix.heads import MAX_PACKET, PACKET_HEAD, Buffer, Heads
from bongsu.constants import NS_PER_S
from bongsu.errors import BadInput

MAGICS: Final = {  # first four bytes -> byte order, nanoseconds in one unit of the fraction
    b"\xa1\xb2\xc3\xd4": (">", 1000),
    b"\xd4\xc3\xb2\xa1": ("<", 1000),
    b"\xa1\xb2\x3c\x4d": (">", 1),
    b"\x4d\x3c\xb2\xa1": ("<", 1),
}
PCAPNG: Final = b"\x0a\x0d\x0d\x0a"
FILE_HEAD = 24
DAMAGED: Final = "a damaged packet header"
CUT_OFF: Final = "the capture ends within a packet"

# link type -> bytes before the network layer, and where in them its type stands (-1: it is IP by definition)
LINKS: Final = {
    0: (4, -1), 1: (14, 12), 12: (0, -1), 14: (0, -1), 101: (0, -1), 108: (4, -1), 113: (16, 14), 228: (0, -1), 229: (0, -1),
    276: (20, 0),
}  # fmt: skip
VLAN: Final = (0x8100, 0x88A8, 0x9100)


@dataclass(frozen=True, slots=True)
class Datagram:
    """The payload of one UDP datagram, or of what stands for one, and when it arrived."""

    t_ns: int
    data: bytes
    has_good_sum: bool = True  # the checksum of the datagram is right, or there is none


@dataclass(frozen=True, slots=True)
class _Packet:
    t_ns: int
    frame: bytes
    is_whole: bool


def is_pcap(head: bytes) -> bool:
    """Whether a file that begins so is a capture of a kind we read or refuse by name."""
    return head[:4] in MAGICS or head[:4] == PCAPNG


def datagrams(data: Buffer, where: str) -> Iterator[Datagram | Broken]:
    """The UDP datagrams of a capture, in the order of the file. Raises BadInput for a form that is not read."""
    if data[:4] == PCAPNG:
        raise BadInput(where, "a pcapng capture", "a pcap capture", "Convert it: `editcap -F pcap IN OUT`.")
    if len(data) < FILE_HEAD:
        raise BadInput(where, f"a capture of {len(data)} bytes", "a file header of 24 bytes", "Record it again.")
    order, ns_per_unit = MAGICS[bytes(data[:4])]
    link = struct.unpack(order + "I", data[20:24])[0] & 0xFFFF
    if link not in LINKS:
        raise BadInput(
            where, f"link type {link}", "Ethernet, Linux cooked, loopback or raw IP", "Capture on such an interface."
        )
    for packet in _packets(data, order, ns_per_unit):
        yield packet if isinstance(packet, Broken) else _datagram(packet, link)


def _packets(data: Buffer, order: str, ns_per_unit: int) -> Iterator[_Packet | Broken]:
    """The packets. Where no header stands at the end of one, something is damaged: it then ends at the next that is found."""
    heads, at, last_s = Heads(data, order, ns_per_unit), FILE_HEAD, -1
    while at < len(data):
        if not heads.is_at(at):
            resumed = heads.after(at + 1, last_s)
            yield Broken(DAMAGED if at + PACKET_HEAD <= len(data) else CUT_OFF, n_bytes=resumed - at)
            at = resumed
            continue
        s, fraction, size, full = heads.read(at)
        begin, last_s = at + PACKET_HEAD, s
        at = begin + size
        is_damaged = at != len(data) and not heads.is_at(at)
        if is_damaged and (resumed := heads.after(begin, s)) < len(data):
            yield Broken(DAMAGED, n_bytes=max(0, resumed - at))
            at = resumed
        frame = bytes(data[begin : min(at, begin + MAX_PACKET)])
        yield _Packet(s * NS_PER_S + fraction * ns_per_unit, frame, size == full and len(frame) >= size)


def _datagram(packet: _Packet, link: int) -> Datagram | Broken:
    """The UDP datagram in a packet."""
    frame, (size, type_at) = packet.frame, LINKS[link]
    kind = int.from_bytes(frame[type_at : type_at + 2], "big") if type_at >= 0 else -1
    while kind in VLAN and size < len(frame):
        kind = int.from_bytes(frame[size + 2 : size + 4], "big")
        size += 4
    version = frame[size] >> 4 if size < len(frame) else 0
    if kind in (-1, 0x0800) and version == 4:
        found = _of_ipv4(packet, frame[size:])
    elif kind in (-1, 0x86DD) and version == 6:
        found = _of_ipv6(packet, frame[size:])
    else:
        return Broken("a packet that is not IP")
    if isinstance(found, Datagram) and not found.data:
        return Broken("an empty datagram" if packet.is_whole else "a packet cut short by the capture")
    return found


def _of_ipv4(packet: _Packet, data: bytes) -> Datagram | Broken:
    n_head, total = 4 * (data[0] & 15), int.from_bytes(data[2:4], "big")
    if n_head < 20 or total < n_head or len(data) < n_head:
        return Broken("a damaged IP header")
    if int.from_bytes(data[6:8], "big") & 0x3FFF:
        return Broken("an IP fragment")
    if data[9] != 17:
        return Broken("a packet that is not UDP")
    return _of_udp(packet, data[n_head:total], data[12:20], len(data) >= total)


def _of_ipv6(packet: _Packet, data: bytes) -> Datagram | Broken:
    if len(data) < 40:
        return Broken("a damaged IP header")
    if data[6] == 44:
        return Broken("an IP fragment")
    if data[6] != 17:
        return Broken("a packet that is not UDP")
    total = 40 + int.from_bytes(data[4:6], "big")
    return _of_udp(packet, data[40:total], data[8:40], len(data) >= total)


def _of_udp(packet: _Packet, data: bytes, ends: bytes, is_whole: bool) -> Datagram | Broken:
    """The payload; `ends` are both addresses, for the checksum."""
    size = int.from_bytes(data[4:6], "big")
    if len(data) < 8 or size < 8 or (is_whole and size > len(data)):
        return Broken("a damaged UDP header")
    is_good = not is_whole or data[6:8] == b"\0\0" or _sum(ends + b"\0\x11" + data[4:6] + data[:size]) == 0xFFFF
    return Datagram(packet.t_ns, data[8:size], is_good)


def _sum(data: bytes) -> int:
    """The ones' complement sum of 16-bit words (RFC 1071), through the remainder by 2^16 - 1."""
    total = int.from_bytes(data + b"\0" * (len(data) % 2), "big")
    return total % 0xFFFF or (0xFFFF if total else 0)
