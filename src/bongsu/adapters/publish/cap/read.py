"""A CAP 1.2 message from its bytes, or one clear refusal. Unknown input never becomes an alert."""

from typing import Any

from bongsu.adapters.publish.cap.alert import Alert
from bongsu.adapters.publish.cap.parse import Node, parse
from bongsu.adapters.publish.cap.rules import check
from bongsu.adapters.publish.cap.structure import ALERT, NAMESPACE, SIGNATURES, Group, Part
from bongsu.adapters.publish.cap.values import Kind
from bongsu.errors import BadInput

_XSI = "http://www.w3.org/2001/XMLSchema-instance"  # hints to validators; any element may carry them
_FAMILY = "urn:oasis:names:tc:emergency:cap:"
_ASK = "Nothing is done with it: ask its sender to mend it."


def read(body: bytes, where: str = "CAP message") -> Alert:
    """The message in `body`. Whatever is unknown, out of order, ambiguous or missing is refused whole, with BadInput.

    Optional elements that stand there empty count as left out, but for references. Signatures inside are counted, not trusted.
    """
    root = parse(body, where)
    if (root.namespace, root.tag) != (NAMESPACE, "alert"):
        raise BadInput(where, _named(root), f"CAP 1.2: alert of {NAMESPACE}", "Ask its sender for version 1.2.")
    signatures = [node for node in root.children if node.namespace == SIGNATURES]
    if signatures and root.children[-len(signatures) :] != signatures:
        raise BadInput(where, "a signature amid the message", "signatures at its end", _ASK)
    root.children = root.children[: len(root.children) - len(signatures)]
    alert = _group(root, ALERT, where, {"n_signatures": len(signatures)})
    assert isinstance(alert, Alert)
    check(alert, where)
    return alert


def _named(root: Node) -> str:
    """What a document is that is no CAP 1.2."""
    if root.namespace.startswith(_FAMILY):
        return f"CAP {root.namespace.removeprefix(_FAMILY)[:10]}, whose words mean other things"
    return f"{root.tag[:40]!r} of namespace {root.namespace[:60]!r}"


def _group(node: Node, group: Group, where: str, more: dict[str, Any] | None = None) -> Any:
    """The struct of an element that holds others."""
    _plain(node, where)
    if node.text.strip():
        raise BadInput(where, f"text between elements ({node.text.strip()[:40]!r})", "elements alone", _ASK)
    rows = _sorted(node, group.parts, where)
    return group.struct(**{
        part.field: _field(part, nodes, f"{where}: {part.tag}") for part, nodes in zip(group.parts, rows, strict=True) if nodes
    }, **(more or {}))  # fmt: skip


def _plain(node: Node, where: str) -> None:
    for name in node.attributes:
        if not name.startswith(f"{_XSI} "):
            raise BadInput(where, f"an attribute {name[:40]!r}", "none: CAP has no attributes", _ASK)


def _sorted(node: Node, parts: tuple[Part, ...], where: str) -> list[list[Node]]:
    """The children of each part; they must stand in the order of the parts."""
    rows: list[list[Node]] = [[] for _ in parts]
    tags, at = [part.tag for part in parts], 0
    for child in node.children:
        if child.namespace != NAMESPACE or child.tag not in tags:
            raise BadInput(
                where, f"an element {child.tag[:40]!r} that CAP 1.2 does not have here", "known elements", _ASK
            )
        found = tags.index(child.tag)
        if found < at:
            raise BadInput(where, f"{child.tag} after {tags[at]}", f"the order {', '.join(tags)}", _ASK)
        at = found
        rows[at].append(child)
    for part, nodes in zip(parts, rows, strict=True):
        if not part.least <= len(nodes) <= part.most:
            raise BadInput(
                where,
                f"{part.tag} {len(nodes)} times" if nodes else f"no {part.tag}",
                "one" if part.most == 1 else "at least one",
                _ASK,
            )
    return rows


def _field(part: Part, nodes: list[Node], where: str) -> Any:
    """The value of one field: a tuple where there may be many."""
    values = tuple(
        _group(node, part.holds, where) if isinstance(part.holds, Group) else _value(node, part, part.holds, where)
        for node in nodes
    )
    return values if part.most > 1 else values[0]


def _value(node: Node, part: Part, kind: Kind, where: str) -> Any:
    _plain(node, where)
    if node.children or node.has_comment:
        raise BadInput(where, "elements, comments or instructions within a value", "text alone", _ASK)
    text = node.text.strip()
    if not text and not part.least and part.field != "references":
        return ""
    try:
        return kind.read(text)
    except ValueError as error:
        raise BadInput(where, str(error), kind.what, _ASK) from error
