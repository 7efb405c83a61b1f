"""Files into rows: CSV, a JSON array of objects, or JSON lines; each with its number, and the broken ones counted.

A file that ends in the middle gives every row before the break. Numbers count data rows from 1.
"""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from bongsu.errors import BadInput

MAX_BYTES: Final = 256_000_000  # of one list
MAX_CELL: Final = 100_000  # characters
_DECODER = json.JSONDecoder()


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells as text by column, or why it cannot be read."""

    number: int
    cells: dict[str, str]
    refused: str = ""


@dataclass(frozen=True, slots=True)
class RowFile:
    """A list as it lies on disk."""

    path: Path
    sha256: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def read(path: Path) -> RowFile:
    """All rows of a list. Raises BadInput where the file cannot be read or holds no row at all."""
    try:
        body = path.read_bytes()
    except OSError as error:
        raise BadInput(str(path), error.strerror or str(error), "a readable list", "Check the path.") from error
    if len(body) > MAX_BYTES:
        raise BadInput(str(path), f"{len(body)} bytes", f"a list of at most {MAX_BYTES}", "Split it.")
    text = body.decode("utf-8-sig", errors="replace")
    head = text.lstrip()[:1]
    found = tuple(_array(text) if head == "[" else _lines(text) if head == "{" else _csv(text))
    columns = tuple(dict.fromkeys(name for row in found[:1_000] for name in row.cells))
    if not columns:
        raise BadInput(
            str(path), found[0].refused if found else "no row", "CSV with a heading, or JSON objects", "Check the file."
        )
    return RowFile(path, sha256(body).hexdigest(), columns, found)


def _csv(text: str) -> Iterator[Row]:
    """Rows of a CSV; one that cannot be split, has more cells than the heading, or is cut off before its last, is refused."""
    try:
        reader = csv.DictReader(io.StringIO(text, newline=""), strict=False)
        names = [name for name in reader.fieldnames or () if name]
        if not names or "\0" in "".join(names):
            return
    except csv.Error as error:
        yield Row(0, {}, f"not CSV: {error}")
        return
    n = 0
    while True:
        n += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:  # the reader goes on with the next line
            yield Row(n, {}, f"not CSV: {error}")
            continue
        if cells.get(None):  # what stands beyond the heading
            yield Row(n, {}, "more cells than columns")
        elif any(value is None for value in cells.values()):
            yield Row(n, {}, "cut off: fewer cells than columns")
        else:
            yield _row(n, cells)


def _array(text: str) -> Iterator[Row]:
    """Objects of a JSON array, one by one, so that a file cut off in the middle keeps what stands before."""
    at, n = text.index("[") + 1, 0
    while True:
        while at < len(text) and text[at] in " \t\r\n,":
            at += 1
        if at >= len(text) or text[at] == "]":
            if at >= len(text):
                yield Row(n + 1, {}, "the file ends before its array does")
            return
        n += 1
        try:
            item, at = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            yield Row(n, {}, f"not JSON from here on: {str(error)[:80]}")
            return
        yield _row(n, item) if isinstance(item, dict) else Row(n, {}, "not an object")


def _lines(text: str) -> Iterator[Row]:
    """One object a line."""
    for n, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            item = json.loads(line)
        except (ValueError, RecursionError):
            yield Row(n, {}, "not JSON")
            continue
        yield _row(n, item) if isinstance(item, dict) else Row(n, {}, "not an object")


def _row(number: int, cells: dict[str, Any]) -> Row:
    """Every cell as text; what is nothing is empty, and nothing is longer than anybody could want."""
    texts = {str(name): _text(value) for name, value in cells.items()}
    return Row(number, {name: value.replace("\0", "\ufffd")[:MAX_CELL] for name, value in texts.items()})


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list | bool) else str(value)
