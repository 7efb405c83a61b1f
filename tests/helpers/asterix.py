"""An encoder of ASTERIX records, blocks, datagrams and captures, driven by the tables of the reader, sharing no other code."""

import struct
from collections.abc import Iterable, Mapping
from typing import Any

from hypothesis import strategies as st

from bongsu.adapters.ingest.asterix.fields import SIX_BITS, Field
from bongsu.adapters.ingest.asterix.layout import Chained, Compound, Explicit, Extended, Fixed, Layout, Repetitive
from bongsu.adapters.ingest.asterix.record import CATEGORIES
from bongsu.adapters.ingest.asterix.uap import Uap

NS = 1_000_000_000
DAY_S = 1_462_406_400  # 2016-05-05T00:00:00Z
NM = 1852.0
PLACE = {"lat_rad": 0.76, "lon_rad": 0.286, "h_m": 780.0}


def uap(category: int, profile: int = 0) -> Uap:
    """The table of a category."""
    return CATEGORIES[category].profiles[profile]


def bits_of(field: Field, value: Any) -> int:
    """The bits that stand for a decoded value."""
    if field.step:
        raw = round(value / field.step)
    elif field.kind in ("o", "h"):
        raw = int(value, 8 if field.kind == "o" else 16)
    elif field.kind == "i":
        raw = 0
        for letter in value.ljust(field.n_bits // 6):
            raw = raw << 6 | (SIX_BITS.index(letter) if letter != " " else 32)
    elif field.kind == "a":
        raw = int.from_bytes(value.ljust(field.n_bits // 8).encode("ascii"), "big")
    else:
        raw = value
    assert -(1 << field.n_bits) < raw < 1 << field.n_bits, (field, value)
    return raw % (1 << field.n_bits)


def group(fields: Iterable[Field], values: Mapping[str, Any]) -> int:
    """Fields side by side; what is not given is zero."""
    total = 0
    for field in fields:
        total = total << field.n_bits | (bits_of(field, values[field.name]) if field.name in values else 0)
    return total


def item(layout: Layout, values: Mapping[str, Any]) -> bytes:
    """One item."""
    match layout:
        case Fixed(fields, size):
            return group(fields, values).to_bytes(size, "big")
        case Extended(parts):
            n = max((i for i, part in enumerate(parts) if any(f.name in values for f in part)), default=0) + 1
            return bytes(group(part, values) << 1 | (i + 1 < n) for i, part in enumerate(parts[:n]))
        case Repetitive(fields, size):
            return bytes([len(values["each"])]) + b"".join(
                group(fields, v).to_bytes(size, "big") for v in values["each"]
            )
        case Chained(fields, size):
            last = len(values["each"]) - 1
            groups = ((group(fields, v) << 1 | (i < last)) for i, v in enumerate(values["each"]))
            return b"".join(g.to_bytes(size, "big") for g in groups)
        case Explicit():
            octets = bytes.fromhex(values["octets"])
            return bytes([len(octets) + 1]) + octets
        case Compound(parts):
            there = [i for i, part in enumerate(parts) if part is not None and part[0] in values]
            return presence(there) + b"".join(item(parts[i][1], values[parts[i][0]]) for i in there)  # type: ignore[index]


def presence(there: list[int]) -> bytes:
    """Presence bits for the given places."""
    n = max(there, default=0) // 7 + 1
    octets = [int(i < n - 1) for i in range(n)]
    for place in there:
        octets[place // 7] |= 0x80 >> place % 7
    return bytes(octets)


def record(table: Uap, items: Mapping[str, Mapping[str, Any]]) -> bytes:
    """One record."""
    there = [i for i, slot in enumerate(table.slots) if slot is not None and slot[0] in items]
    assert len(there) == len(items)
    slots = [table.slots[i] for i in there]
    return presence(there) + b"".join(item(layout, items[number]) for number, layout in slots)  # type: ignore[misc]


def block(category: int, *records: bytes) -> bytes:
    """One block."""
    body = b"".join(records)
    return bytes([category]) + (len(body) + 3).to_bytes(2, "big") + body


def plot(
    tod_s: float, rho_m: float = 100_000.0, theta_rad: float = 1.0, h_m: float = 9144.0, sic: int = 12, **items: Any
) -> bytes:
    """A CAT048 record of a Mode S target."""
    return record(uap(48), {
        "010": {"sac": 25, "sic": sic}, "140": {"tod_s": tod_s}, "020": {"typ": 5},
        "040": {"rho_m": rho_m, "theta_rad": theta_rad}, "090": {"h_pressure_m": h_m}, **items,
    })  # fmt: skip


def north(tod_s: float, sic: int = 12, place: Mapping[str, float] = PLACE, period_s: float = 5.0) -> bytes:
    """A CAT034 north marker with the radar's place."""
    return record(uap(34), {
        "010": {"sac": 25, "sic": sic}, "000": {"message": 1}, "030": {"tod_s": tod_s}, "041": {"period_s": period_s},
        "120": place,
    })  # fmt: skip


def track(tod_s: float, number: int = 7, **items: Any) -> bytes:
    """A CAT062 record."""
    return record(uap(62), {
        "010": {"sac": 25, "sic": 100}, "070": {"tod_s": tod_s}, "040": {"track_number": number},
        "105": {"lat_rad": 0.7, "lon_rad": 0.3}, "080": {"cnf": 0}, **items,
    })  # fmt: skip


def udp(data: bytes, *, is_good: bool = True, ends: bytes = bytes((10, 0, 0, 1, 232, 1, 1, 1))) -> bytes:
    """An IPv4 packet with a UDP datagram; its checksum right, or wrong by one."""
    size = len(data) + 8
    head = struct.pack(">HHHH", 30000, 21131, size, 0)
    words = struct.pack(">8sBBH", ends, 0, 17, size) + head + data + b"\0" * (len(data) % 2)
    total = sum(struct.unpack(f">{len(words) // 2}H", words))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    checksum = (0xFFFF - total or 0xFFFF) ^ (0 if is_good else 1)
    ip = struct.pack(">BBHHHBBH", 0x45, 0, 20 + size, 0, 0x4000, 16, 17, 0) + ends
    return ip + head[:6] + struct.pack(">H", checksum) + data


def frame(packet: bytes, vlans: int = 0) -> bytes:
    """An Ethernet frame."""
    return b"\x01\0\x5e\x01\x01\x01" + bytes(6) + b"\x81\0\0\x05" * vlans + b"\x08\0" + packet


def pcap(packets: Iterable[tuple[int, bytes]], order: str = "<", is_nano: bool = False, link: int = 1) -> bytes:
    """A capture of (t_ns, frame)."""
    magic, unit = (0xA1B23C4D, 1) if is_nano else (0xA1B2C3D4, 1000)
    found = struct.pack(order + "IHHiIII", magic, 2, 4, 0, 0, 65535, link)
    for t_ns, body in packets:
        found += struct.pack(order + "IIII", t_ns // NS, t_ns % NS // unit, len(body), len(body)) + body
    return found


def capture(datagrams: Iterable[tuple[float, bytes]], **how: Any) -> bytes:
    """A capture of datagrams that arrive so many seconds into the day."""
    return pcap([(round((DAY_S + t_s) * NS), frame(udp(data))) for t_s, data in datagrams], **how)


# what a hypothesis test draws: items of any table, filled


def _raw(field: Field) -> st.SearchStrategy[Any]:
    """Any value a field can hold."""
    if field.step:
        low = -(1 << field.n_bits - 1) if field.kind == "s" else 0
        high = (1 << field.n_bits - (field.kind == "s")) - 1
        return st.integers(low, high).map(lambda raw: raw * field.step)
    if field.kind in ("o", "h"):
        size, base = (3, "o") if field.kind == "o" else (4, "x")
        return st.integers(0, (1 << field.n_bits) - 1).map(lambda raw: f"{raw:0{field.n_bits // size}{base}}")
    if field.kind in ("i", "a"):
        letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
        return st.text(letters, max_size=field.n_bits // (6 if field.kind == "i" else 8))
    return st.integers(0, (1 << field.n_bits) - 1)


def _group(fields: Iterable[Field]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({field.name: _raw(field) for field in fields if field.name != "-"})


def filled(layout: Layout) -> st.SearchStrategy[dict[str, Any]]:
    """Any decoded value of an item."""
    match layout:
        case Fixed(fields, _):
            return _group(fields)
        case Extended(parts):
            lengths = st.integers(1, len(parts))
            return lengths.flatmap(lambda n: _group(field for part in parts[:n] for field in part))
        case Repetitive(fields, _) | Chained(fields, _):
            least = 1 if isinstance(layout, Chained) else 0
            return st.lists(_group(fields), min_size=least, max_size=3).map(lambda each: {"each": tuple(each)})
        case Explicit():
            return st.binary(max_size=5).map(lambda octets: {"octets": octets.hex()})
        case Compound(parts):
            there = {name: filled(inner) for name, inner in (part for part in parts if part is not None)}
            return st.fixed_dictionaries({}, optional=there)


def records(table: Uap, profile: int = 0) -> st.SearchStrategy[dict[str, dict[str, Any]]]:
    """Any record of a table as decoded items."""
    slots = {slot[0]: filled(slot[1]) for slot in table.slots if slot is not None}
    if table.category == 1:
        slots["020"] = slots["020"].map(lambda found: {**found, "typ": profile})
    if table.category != 1:
        slots[table.tod] = st.integers(0, 86_400 * 128 - 1).map(lambda raw: {"tod_s": raw / 128.0})
    needed = {number: slots.pop(number) for number in table.mandatory}
    return st.fixed_dictionaries(needed, optional=slots)
