"""Fields of ASTERIX items: bits with a meaning, written as text such as `rho_m:16@nm/256`.

One field is `name:bits`, then at most one letter: `s` two's complement, `o` octal digits, `h` hexadecimal digits, `i` characters
of six bits, `a` characters of eight. `@unit/divisor` gives the step: `h_pressure_m:14s@fl/4` is a signed quarter of a flight
level, in metres, and `@25ft` is 25 feet. A name `-` is spare. What has a step becomes a float in the unit its name ends in; the
rest an int or a str.
"""

import math
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from bongsu.errors import BongsuError

UNITS: Final = {
    "s": 1.0,
    "m": 1.0,
    "mps": 1.0,
    "mps2": 1.0,
    "nm": 1852.0,
    "nmps": 1852.0,
    "ft": 0.3048,
    "ftpmin": 0.3048 / 60.0,
    "fl": 30.48,  # a hundred feet of pressure height
    "kt": 1852.0 / 3600.0,
    "turn": 2.0 * math.pi,
    "deg": math.pi / 180.0,
    "degps": math.pi / 180.0,
    "mb": 100.0,
    "mhz": 1e6,
    "db": 1.0,
    "celsius": 1.0,
    "mach": 1.0,
}
# Source: ICAO Annex 10, vol. IV, 3.1.2.9.1.2. Zero, which senders fill with, is a blank; what stands for nothing a question mark.
SIX_BITS: Final = " ABCDEFGHIJKLMNOPQRSTUVWXYZ????? ???????????????0123456789??????"
_FIELD = re.compile(r"(-|[a-z0-9_]+):(\d+)([sohia]?)(?:@([\d.]*)([a-z][a-z0-9]*)(?:/(\d+)(?:\^(\d+))?)?)?")

Value = int | float | str


class Malformed(BongsuError):
    """Bytes that do not follow the layout; its text is the reason under which they are counted."""


class Field(NamedTuple):
    """Some bits of an item. `step` is the value of the last bit in the unit of the name; 0 where the bits are no quantity."""

    name: str
    n_bits: int
    kind: str
    step: float


def fields(text: str) -> tuple[Field, ...]:
    """The fields written in `text`, most significant first."""
    return tuple(_field(word) for word in text.split())


def _field(word: str) -> Field:
    match = _FIELD.fullmatch(word)
    if match is None:
        raise ValueError(f"not a field: {word!r}")
    name, bits, kind, factor, unit, divisor, power = match.groups()
    step = float(factor or 1) * UNITS[unit] / int(divisor or 1) ** int(power or 1) if unit else 0.0
    return Field(name, int(bits), kind, step)


def width(group: tuple[Field, ...]) -> int:
    """How many bits the fields take."""
    return sum(field.n_bits for field in group)


def values(group: tuple[Field, ...], bits: int, n_bits: int) -> Iterator[tuple[str, Value]]:
    """Name and value of each field that is not spare, out of an unsigned integer of n_bits."""
    left = n_bits
    for name, size, kind, step in group:
        left -= size
        if name != "-":
            yield name, _value(bits >> left & (1 << size) - 1, size, kind, step)


def _value(raw: int, size: int, kind: str, step: float) -> Value:
    match kind:
        case "s":
            raw -= raw >> size - 1 << size
        case "o":
            return f"{raw:0{size // 3}o}"
        case "h":
            return f"{raw:0{size // 4}x}"
        case "i":
            return "".join(SIX_BITS[raw >> shift & 63] for shift in range(size - 6, -1, -6)).rstrip()
        case "a":
            return raw.to_bytes(size // 8, "big").decode("ascii", "replace").rstrip("\0 ")
    return raw * step if step else raw
