"""How items are laid out: fixed, extended, repetitive, explicit, compound. Each can say how long it is and what it holds.

`end` walks only as far as it must to know where the item ends; `read` decodes the bytes that `end` has measured. Both raise
Malformed, with the reason to count it under, where the bytes do not follow the layout.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bongsu.adapters.ingest.asterix.fields import Field, Malformed, fields, values, width

Item = Mapping[str, Any]  # decoded: names to values; of a repetitive item `each` to a tuple of these


@dataclass(frozen=True, slots=True)
class Fixed:
    """A group of fields of constant length."""

    group: tuple[Field, ...]
    size: int  # bytes

    def end(self, data: bytes, at: int) -> int:
        """Where the item that begins at `at` ends."""
        return at + self.size

    def read(self, data: bytes) -> Item:
        """The fields."""
        return dict(values(self.group, int.from_bytes(data, "big"), 8 * self.size))


@dataclass(frozen=True, slots=True)
class Extended:
    """Octets of seven bits each; the last bit says whether another follows."""

    parts: tuple[tuple[Field, ...], ...]

    def end(self, data: bytes, at: int) -> int:
        """Where the item ends; Malformed if it goes on beyond the parts that are defined."""
        for n in range(1, len(self.parts) + 1):
            if not data[at + n - 1 : at + n] or not data[at + n - 1] & 1:
                return at + n
        raise Malformed("an extension that no known edition defines")

    def read(self, data: bytes) -> Item:
        """The fields of the parts that are present."""
        found: dict[str, Any] = {}
        for part, octet in zip(self.parts, data, strict=False):
            found.update(values(part, octet >> 1, 7))
        return found


@dataclass(frozen=True, slots=True)
class Repetitive:
    """An octet that counts, then so many equal groups."""

    group: tuple[Field, ...]
    size: int  # bytes of one group

    def end(self, data: bytes, at: int) -> int:
        """Where the item ends."""
        return at + 1 + (data[at] * self.size if at < len(data) else 0)

    def read(self, data: bytes) -> Item:
        """The groups, under `each`."""
        starts = range(1, len(data), self.size)
        return {"each": tuple(Fixed(self.group, self.size).read(data[i : i + self.size]) for i in starts)}


@dataclass(frozen=True, slots=True)
class Chained:
    """Equal groups, the last bit of each saying whether another follows."""

    group: tuple[Field, ...]
    size: int  # bytes of one group; its fields take one bit less

    def end(self, data: bytes, at: int) -> int:
        """Where the item ends, or beyond the data."""
        at += self.size
        while at <= len(data) and data[at - 1] & 1:
            at += self.size
        return at

    def read(self, data: bytes) -> Item:
        """The groups, under `each`."""
        found = []
        for i in range(0, len(data), self.size):
            bits = int.from_bytes(data[i : i + self.size], "big") >> 1
            found.append(dict(values(self.group, bits, 8 * self.size - 1)))
        return {"each": tuple(found)}


@dataclass(frozen=True, slots=True)
class Explicit:
    """An octet that gives the length, itself included, then bytes that are not ours to read."""

    def end(self, data: bytes, at: int) -> int:
        """Where the item ends."""
        if at < len(data) and not data[at]:
            raise Malformed("an explicit item of length zero")
        return at + (data[at] if at < len(data) else 1)

    def read(self, data: bytes) -> Item:
        """The bytes as hexadecimal digits, under `octets`."""
        return {"octets": data[1:].hex()}


@dataclass(frozen=True, slots=True)
class Compound:
    """Octets that say which sub-items follow, then these."""

    parts: tuple[tuple[str, "Layout"] | None, ...]

    def end(self, data: bytes, at: int) -> int:
        """Where the item ends; Malformed if it holds a sub-item that is not defined."""
        present, at = presence(data, at)
        for n in present:
            at = self._part(n)[1].end(data, at)
        return at

    def read(self, data: bytes) -> Item:
        """The sub-items by name, each decoded."""
        present, at = presence(data, 0)
        found: dict[str, Any] = {}
        for n in present:
            name, layout = self._part(n)
            end = layout.end(data, at)
            found[name], at = layout.read(data[at:end]), end
        return found

    def _part(self, n: int) -> tuple[str, "Layout"]:
        part = self.parts[n] if n < len(self.parts) else None
        if part is None:
            raise Malformed("a sub-item that no known edition defines")
        return part


Layout = Fixed | Extended | Repetitive | Chained | Explicit | Compound
MAX_PRESENCE = 8  # octets of presence bits: no category needs more than six


def presence(data: bytes, at: int) -> tuple[list[int], int]:
    """Which places are marked present by the octets at `at` (seven a piece, then a bit for more), and where they end."""
    found: list[int] = []
    for n in range(MAX_PRESENCE):
        if at >= len(data):
            raise Malformed("presence bits beyond the end of the block")
        octet = data[at]
        at += 1
        found.extend(7 * n + k for k in range(7) if octet & 0x80 >> k)
        if not octet & 1:
            return found, at
    raise Malformed("presence bits without end")


def fixed(text: str) -> Fixed:
    """A fixed item of the fields written in `text`."""
    group = fields(text)
    return Fixed(group, _bytes(width(group), text))


def extended(*texts: str) -> Extended:
    """An extended item of parts of seven bits."""
    parts = tuple(fields(text) for text in texts)
    _check(all(width(part) == 7 for part in parts), texts)
    return Extended(parts)


def repetitive(text: str) -> Repetitive:
    """A counted item of groups as written in `text`."""
    group = fields(text)
    return Repetitive(group, _bytes(width(group), text))


def chained(text: str) -> Chained:
    """A chained item of groups as written in `text`, each followed by its last bit."""
    group = fields(text)
    return Chained(group, _bytes(width(group) + 1, text))


def compound(*parts: tuple[str, Layout] | None) -> Compound:
    """A compound item; None where a place is not used."""
    return Compound(parts)


def _bytes(n_bits: int, text: str) -> int:
    _check(n_bits % 8 == 0, text)
    return n_bits // 8


def _check(is_whole: bool, text: str | Iterable[str]) -> None:
    if not is_whole:
        raise ValueError(f"not whole octets: {text!r}")
