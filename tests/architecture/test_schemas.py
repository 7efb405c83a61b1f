"""Message schemas are promises: what was once written can be read for ever."""

import json
import os
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec import NODEFAULT, UNSET, structs
from tests.helpers.strategies import FINDINGS, INPUTS

from bongsu.messages import accounts, assessment, base, inputs, issued, tracking, warning, watching

GOLDEN = Path(__file__).parent.parent / "golden" / "message_schemas.json"
MESSAGES = (*INPUTS, *FINDINGS)
TAG = re.compile(r"[a-z]+(_[a-z]+)*\.v[1-9]\d*")


def text_of(value: Any) -> str:
    return "absent" if value is UNSET else repr(value)


def schema(kind: type) -> list[list[str]]:
    """Name, type and default of each field."""
    found = []
    for field in structs.fields(kind):
        default = "required" if field.required else text_of(field.default)
        if field.default is NODEFAULT and field.default_factory is not NODEFAULT:
            default = text_of(field.default_factory())
        found.append([field.encode_name, str(field.type), default])
    return found


def present() -> dict[str, list[list[str]]]:
    return {kind.__struct_config__.tag: schema(kind) for kind in MESSAGES}


@pytest.fixture(scope="module")
def golden():
    if os.environ.get("BONGSU_BLESS") == "1" or not GOLDEN.exists():
        GOLDEN.write_text(json.dumps(present(), indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return json.loads(GOLDEN.read_text(encoding="utf-8"))


def test_every_tag_is_a_noun_and_a_version_and_stands_for_one_message():
    tags = [kind.__struct_config__.tag for kind in MESSAGES]
    assert all(TAG.fullmatch(tag) for tag in tags)
    assert len(tags) == len(set(tags))


def test_every_message_there_is_can_be_decoded():
    defined = [
        value
        for room in (inputs, tracking, assessment, warning, issued, accounts, watching)
        for value in vars(room).values()
        if isinstance(value, type)
        and issubclass(value, base.Message)
        and value.__struct_config__.tag != value.__name__
        and not value.__name__.startswith("_")
    ]
    assert {kind for kind in defined if kind not in (base.Input, base.Finding)} == set(MESSAGES)


def test_every_message_is_frozen_and_refuses_unknown_fields():
    for kind in MESSAGES:
        config = kind.__struct_config__
        assert config.frozen
        assert config.forbid_unknown_fields
        assert config.tag_field == "type"


def test_no_field_can_be_none():
    for kind in MESSAGES:
        for field in structs.fields(kind):
            assert "None" not in str(field.type), f"{kind.__name__}.{field.name}"


def test_what_was_promised_is_still_there_with_its_type(golden):
    now = present()
    for tag, fields in golden.items():
        assert tag in now, f"{tag} is gone: what was recorded under it can no longer be read"
        known = {name: (kind, default) for name, kind, default in now[tag]}
        for name, kind, _ in fields:
            assert known.get(name, ("gone", ""))[0] == kind, f"{tag}.{name}: a changed meaning is a new tag"
        names = [name for name, _, _ in fields]
        for name, (_, default) in known.items():
            assert name in names or default != "required", f"{tag}.{name}: a new field has a default"


def test_the_schemas_are_those_that_were_blessed(golden):
    assert present() == golden, "`make bless` accepts new fields and messages; say why in the commit"


def test_the_schemas_can_be_told_to_others():
    body = msgspec.json.encode(msgspec.json.schema_components(MESSAGES)[1])
    assert len(body) > 1000
