"""A CAP message as bytes: the same message is always the same bytes, and what could not be read back is not written."""

from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import escape

from bongsu.adapters.publish.cap.alert import Alert
from bongsu.adapters.publish.cap.parse import MAX_BYTES
from bongsu.adapters.publish.cap.rules import check
from bongsu.adapters.publish.cap.structure import ALERT, NAMESPACE, Group, Part
from bongsu.errors import BadInput

_HEAD = f'<?xml version="1.0" encoding="UTF-8"?>\n<alert xmlns="{NAMESPACE}">\n'


def write(alert: Alert, where: str = "CAP message") -> bytes:
    """The bytes of a message, UTF-8, elements in the order of the schema. Raises BadInput for what the standard or we refuse."""
    if alert.n_signatures:
        raise BadInput(where, "a message read with XML signatures", "one of our own", "Compose it anew.")
    lines = [line for part in ALERT.parts for line in _lines(part, getattr(alert, part.field), where, "  ")]
    check(alert, where)
    body = f"{_HEAD}{''.join(lines)}</alert>\n".encode()
    if len(body) > MAX_BYTES:
        raise BadInput(
            where,
            f"{len(body):,} bytes",
            f"at most {MAX_BYTES:,}, which receivers take",
            "Simplify the polygons of its areas.",
        )
    return body


def _lines(part: Part, value: Any, where: str, indent: str) -> Iterator[str]:
    """The lines of one field: none where it is left out, one for each of many."""
    here = f"{where}: {part.tag}"
    values = value if part.most > 1 else (value,) if value or part.least else ()
    if len(values) < part.least:
        raise BadInput(here, "none", f"at least {part.least}", "Fill it in.")
    for one in values:
        if isinstance(part.holds, Group):
            inner = [x for p in part.holds.parts for x in _lines(p, getattr(one, p.field), here, indent + "  ")]
            yield f"{indent}<{part.tag}>\n{''.join(inner)}{indent}</{part.tag}>\n"
        else:
            yield f"{indent}<{part.tag}>{escape(_checked(part, one, here))}</{part.tag}>\n"


def _checked(part: Part, value: Any, where: str) -> str:
    """The text of a value, which reads back as the same value."""
    assert not isinstance(part.holds, Group)
    try:
        text = part.holds.write(value)
        if part.holds.read(text) != value:
            raise ValueError(f"{text[:40]!r}, which would read back otherwise")
    except ValueError as error:
        raise BadInput(where, str(error), part.holds.what, "Mend it before it is sent.") from error
    return text
