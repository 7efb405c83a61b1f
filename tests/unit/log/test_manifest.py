"""The identity of a log."""

import msgspec
import pytest
from msgspec import structs
from tests.helpers.records import manifest

from bongsu.errors import BadInput
from bongsu.log import manifest as manifests


def test_a_manifest_comes_back_as_it_was():
    one = manifest(mode="exercise", epoch=3, seed=9)
    assert manifests.decode(manifests.encode(one), "x") == one


def test_settings_that_do_not_match_their_hash_are_refused():
    body = manifests.encode(structs.replace(manifest(), settings='{"a":1}'))
    with pytest.raises(BadInput, match="hash"):
        manifests.decode(body, "x")


@pytest.mark.parametrize("body", [b"", b"{}", b"\xff", b'{"format":"bongsu.log.v2"}'])
def test_what_is_no_manifest_is_refused(body):
    with pytest.raises(BadInput, match="manifest"):
        manifests.decode(body, "x")


def test_an_unknown_mode_is_refused():
    body = manifests.encode(manifest()).replace(b'"test"', b'"drill"')
    with pytest.raises(BadInput):
        manifests.decode(body, "x")


def test_the_environment_names_versions_without_importing_the_libraries():
    here = manifests.environment()
    assert here.python.count(".") == 2
    assert "absent" not in (here.numpy, here.numba)
    assert len(here.cpu_flags) == len(manifests.lock()) == 64


def test_differences_name_only_what_differs():
    one = manifest()
    other = structs.replace(one, build="0.0.9", environment=structs.replace(one.environment, numpy="1.0"))
    assert manifests.differences(one, one) == []
    assert [text.split()[0] for text in manifests.differences(other, one)] == ["build", "numpy"]


def test_a_manifest_is_json_anyone_can_read():
    assert msgspec.json.decode(manifests.encode(manifest()))["node"] == "kor-1"
