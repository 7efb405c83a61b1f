"""XML from strangers as a small tree, or one refusal. No document type, no entity, no depth, no size can hurt.

A document type is refused where it begins, before anything in it is looked at; nothing is ever fetched.
"""

from dataclasses import dataclass, field
from xml.parsers import expat

from bongsu.errors import BadInput

MAX_BYTES = 256 * 1024
MAX_DEPTH = 16  # CAP needs 5, XML signatures within it up to 9
_SPACE = " "  # expat sets namespace and tag apart by it


@dataclass(slots=True)
class Node:
    """An element: its namespace and tag, names of its attributes, what it holds."""

    namespace: str
    tag: str
    attributes: tuple[str, ...]
    children: "list[Node]" = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    has_comment: bool = False

    @property
    def text(self) -> str:
        """All text directly in it."""
        return "".join(self.pieces)


class _Refused(Exception):
    """Raised inside the parser's callbacks."""

    def __init__(self, found: str, expected: str) -> None:
        self.found, self.expected = found, expected
        super().__init__(found)


class _Builder:
    """Grows the tree from the parser's callbacks."""

    def __init__(self) -> None:
        self.root: Node | None = None
        self._open: list[Node] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self._open) >= MAX_DEPTH:
            raise _Refused(f"elements more than {MAX_DEPTH} deep", "a flat message")
        namespace, _, tag = name.rpartition(_SPACE)
        node = Node(namespace, tag, tuple(attributes))
        if self._open:
            self._open[-1].children.append(node)
        else:
            self.root = node
        self._open.append(node)

    def end(self, _name: str) -> None:
        self._open.pop()

    def text(self, text: str) -> None:
        self._open[-1].pieces.append(text)

    def aside(self, *_: str) -> None:
        """A comment or an instruction: parsers differ on what a value is that one stands in."""
        if self._open:
            self._open[-1].has_comment = True

    def doctype(self, *_: object) -> None:
        raise _Refused("a document type (<!DOCTYPE)", "none: it can make one text read as another")

    def declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding is not None and encoding.upper() != "UTF-8":
            raise _Refused(f"encoding {encoding[:20]!r}", "UTF-8")


def parse(body: bytes, where: str) -> Node:
    """The root of the document in `body`. Raises BadInput for anything that is not small, plain, well-formed UTF-8 XML."""
    if len(body) > MAX_BYTES:
        raise _bad(where, f"{len(body):,} bytes", f"at most {MAX_BYTES:,}")
    builder, parser = _Builder(), expat.ParserCreate("utf-8", _SPACE)
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = builder.start, builder.end
    parser.CharacterDataHandler = builder.text
    parser.CommentHandler = parser.ProcessingInstructionHandler = builder.aside
    parser.StartDoctypeDeclHandler = builder.doctype
    parser.XmlDeclHandler = builder.declaration
    try:
        body.decode("utf-8")  # the parser takes UTF-16 for what it is, whatever it was told
        parser.Parse(body, True)
    except _Refused as refused:
        raise _bad(where, refused.found, refused.expected) from None
    except (expat.ExpatError, UnicodeDecodeError) as error:
        raise _bad(where, f"XML that breaks off ({error})", "well-formed XML in UTF-8") from error
    assert builder.root is not None  # the parser refuses a document without one
    return builder.root


def _bad(where: str, found: str, expected: str) -> BadInput:
    return BadInput(where, found, expected, "Nothing is done with it: ask its sender for a plain CAP 1.2 message.")
