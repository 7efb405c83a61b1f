"""What every message shares. Inputs are facts from outside; findings are what the pipeline derives from them."""

import msgspec

from bongsu.messages.labels import Label
from bongsu.messages.units import FindingId, Nanos, NodeId


class Message(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", forbid_unknown_fields=True):
    """One frozen record of scalars and tuples; its tag is `noun.vN`. What is unknown is UNSET, never null."""


class Input(Message, frozen=True, kw_only=True):
    """A fact from outside. `origin` is the node it came from; the label says who may see it."""

    origin: NodeId = "self"
    label: Label = Label()


class Finding(Message, frozen=True, kw_only=True):
    """Something derived. The pipeline stamps `id`, `cause`, `known_ns` and `label`; the stage says what it rests on.

    A finding always rests on its cause (the input's seq); `rests_on` names further findings by id.
    """

    id: FindingId = ""
    cause: int = 0
    known_ns: Nanos = 0
    label: Label = Label()
    rests_on: tuple[FindingId, ...] = ()
