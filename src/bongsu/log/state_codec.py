"""One codec for the state of the pipeline: canonical bytes and back, and their SHA-256 as the state hash.

Each value begins with one letter for its kind. Frozen dataclasses and msgspec structs are written as the number of
their class in a table of names at the head, then their fields in order; arrays as type, shape and raw little-endian
bytes. Equal states give equal bytes, because nothing whose order could vary (dict, set) is accepted.
"""

import dataclasses
import hashlib
import importlib
import struct
from functools import cache
from typing import Any, TypeVar

import msgspec
import numpy as np

from bongsu.errors import BadInput

T = TypeVar("T")

_HEAD = b"bongsu.state.v1\n"
_ARRAYS = ("<f8", "<i8", "<i4", "|u1", "|b1")
_FIELDS: dict[type, tuple[str, ...] | None] = {}  # of classes met so far


def encode(state: Any) -> bytes:
    """The canonical bytes of `state`. Raises TypeError naming the place of anything that has none."""
    writer = _Writer()
    writer.put(state, type(state).__name__)
    names = "\n".join(writer.names).encode()
    return b"".join((_HEAD, _length(len(names)), names, *writer.parts))


def decode(body: bytes, kind: type[T]) -> T:
    """The state in `body`, which must be a `kind`. Raises BadInput where bytes or classes do not fit."""
    try:
        state = _Reader(body).state()
    except (IndexError, ValueError, TypeError, struct.error, AttributeError, ImportError) as error:
        raise _damaged(str(error)) from error
    if not isinstance(state, kind):
        raise _damaged(f"a {type(state).__name__} where {kind.__name__} was expected")
    return state


def state_hash(body: bytes) -> str:
    """The SHA-256 of canonical bytes, in hexadecimal."""
    return hashlib.sha256(body).hexdigest()


class _Writer:
    """Collects the bytes of one state and the classes it met, in order of first meeting."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []
        self.names: list[str] = []
        self._numbers: dict[type, int] = {}

    def put(self, value: Any, where: str) -> None:
        """Append one value; `where` names its place in an error."""
        match value:
            case None:
                self.parts.append(b"n")
            case msgspec.UnsetType():
                self.parts.append(b"u")
            case bool() | np.bool_():
                self.parts.append(b"b\x01" if value else b"b\x00")
            case float():
                self.parts.append(b"f" + struct.pack("<d", value))
            case int() | np.integer():
                raw = _signed(int(value))
                self.parts.append(b"i" + _length(len(raw)) + raw)
            case str():
                raw = value.encode()
                self.parts.append(b"s" + _length(len(raw)) + raw)
            case bytes():
                self.parts.append(b"y" + _length(len(value)) + value)
            case np.ndarray():
                self._array(value, where)
            case tuple() if type(value) is tuple:
                self.parts.append(b"t" + _length(len(value)))
                for i, item in enumerate(value):
                    self.put(item, f"{where}[{i}]")
            case _:
                self._record(value, where)

    def _array(self, value: np.ndarray[Any, Any], where: str) -> None:
        kind = value.dtype.newbyteorder("<").str
        if kind not in _ARRAYS:
            raise TypeError(
                f"{where}: an array of {value.dtype}; state holds float64, int64, int32, uint8 or bool arrays."
            )
        raw = np.ascontiguousarray(value, dtype=kind).tobytes()
        head = bytes((_ARRAYS.index(kind), value.flags.writeable, value.ndim))
        self.parts += (b"a", head, *(_length(n) for n in value.shape), raw)

    def _record(self, value: Any, where: str) -> None:
        kind = type(value)
        fields = _fields(kind)
        if fields is None:
            raise TypeError(
                f"{where}: a {kind.__qualname__}; state holds tuples, numbers, texts, arrays, dataclasses and structs."
            )
        if kind not in self._numbers:
            self._numbers[kind] = len(self.names)
            self.names.append(f"{kind.__module__}:{kind.__qualname__}:{len(fields)}")
        self.parts.append(b"d" + _length(self._numbers[kind]))
        for name in fields:
            self.put(getattr(value, name), f"{where}.{name}")


class _Reader:
    """Reads one state from its bytes."""

    def __init__(self, body: bytes) -> None:
        if not body.startswith(_HEAD):
            raise ValueError("another head than bongsu.state.v1")
        self._body, self._at = body, len(_HEAD)
        names = self._take(self._count()).decode()
        self._kinds = [_kind(name) for name in names.split("\n")] if names else []

    def state(self) -> Any:
        """The whole state; nothing may follow it."""
        found = self._value()
        if self._at != len(self._body):
            raise ValueError(f"{len(self._body) - self._at} bytes after the end")
        return found

    def _value(self) -> Any:
        match self._take(1):
            case b"n":
                return None
            case b"u":
                return msgspec.UNSET
            case b"b":
                return self._take(1) == b"\x01"
            case b"f":
                return struct.unpack("<d", self._take(8))[0]
            case b"i":
                return int.from_bytes(self._take(self._count()), "little", signed=True)
            case b"s":
                return self._take(self._count()).decode()
            case b"y":
                return self._take(self._count())
            case b"a":
                return self._array()
            case b"t":
                return tuple(self._value() for _ in range(self._count()))
            case b"d":
                kind = self._kinds[self._count()]
                return _restore(kind, [self._value() for _ in _fields(kind) or ()])
            case letter:
                raise ValueError(f"an unknown kind {letter!r}")

    def _array(self) -> np.ndarray[Any, Any]:
        which, is_writeable, n_dims = self._take(3)
        kind = np.dtype(_ARRAYS[which])
        shape = tuple(self._count() for _ in range(n_dims))
        n_bytes = kind.itemsize * int(np.prod(shape, dtype=np.int64))
        # A copy, since compiled kernels treat an unaligned view of the file's bytes as another type.
        found = np.frombuffer(self._take(n_bytes), dtype=kind).reshape(shape).copy()
        found.flags.writeable = bool(is_writeable)
        return found

    def _count(self) -> int:
        return int.from_bytes(self._take(4), "little")

    def _take(self, n: int) -> bytes:
        found = self._body[self._at : self._at + n]
        if len(found) != n:
            raise ValueError("the end too early")
        self._at += n
        return found


def _fields(kind: type) -> tuple[str, ...] | None:
    """The fields of a dataclass or struct of this package, in order; None for any other class."""
    if kind not in _FIELDS:
        _FIELDS[kind] = _find_fields(kind)
    return _FIELDS[kind]


def _find_fields(kind: type) -> tuple[str, ...] | None:
    if not kind.__module__.startswith("bongsu."):
        return None
    if dataclasses.is_dataclass(kind):
        return tuple(field.name for field in dataclasses.fields(kind))
    if issubclass(kind, msgspec.Struct):
        return kind.__struct_fields__
    return None


@cache
def _kind(name: str) -> type:
    """The class a name of the table stands for. Only dataclasses and structs of this package are ever made."""
    module, qualname, n_fields = name.split(":")
    if not module.startswith("bongsu."):
        raise ValueError(f"a class of {module}")
    found: Any = importlib.import_module(module)
    for part in qualname.split("."):
        found = getattr(found, part)
    fields = _fields(found) if isinstance(found, type) else None
    if not isinstance(found, type) or fields is None or len(fields) != int(n_fields):
        raise ValueError(f"{name}, which this build does not have in that form")
    return found


def _restore(kind: type, values: list[Any]) -> Any:
    """An instance with these field values; `__init__` and its checks are not run again."""
    if issubclass(kind, msgspec.Struct):
        return kind(**dict(zip(kind.__struct_fields__, values, strict=True)))
    found = object.__new__(kind)
    for name, value in zip(_fields(kind) or (), values, strict=True):
        object.__setattr__(found, name, value)
    return found


def _length(n: int) -> bytes:
    return n.to_bytes(4, "little")


def _signed(n: int) -> bytes:
    return n.to_bytes(n.bit_length() // 8 + 1, "little", signed=True)


def _damaged(found: str) -> BadInput:
    return BadInput(
        "state bytes", found, "a state this build wrote", "Ignore the checkpoint: the state can be folded again."
    )
