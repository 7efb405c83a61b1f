"""Links of the chain, and which files open as a log."""

import os

import pytest
from tests.helpers.records import small_log

from bongsu.errors import BadInput
from bongsu.log import schema


def test_no_two_lists_of_parts_share_their_bytes():
    assert schema.digest([b"ab", b"c"]) != schema.digest([b"a", b"bc"])
    assert schema.digest([b"", b"a"]) != schema.digest([b"a", b""])


def test_every_part_of_a_record_is_in_its_link():
    one = schema.link(b"before", 1, 2, b"body")
    others = [
        schema.link(b"befor", 1, 2, b"body"),
        schema.link(b"before", 2, 2, b"body"),
        schema.link(b"before", 1, 3, b"body"),
        schema.link(b"before", 1, 2, b"bod"),
    ]
    assert one not in others


def test_a_different_manifest_begins_another_chain():
    assert schema.first_link(b"live") != schema.first_link(b"exercise")


@pytest.mark.parametrize("body", [b"", b"hello", b"SQLite format 3\x00" + b"\x00" * 100])
def test_what_is_no_log_is_refused_in_one_line(tmp_path, body):
    path = tmp_path / "x.log"
    path.write_bytes(body)
    with pytest.raises(BadInput) as refused:
        schema.open_to_read(path)
    assert str(path) in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    with pytest.raises(BadInput, match="no such file"):
        schema.open_to_read(tmp_path / "none.log")
    with pytest.raises(BadInput, match="not a file"):
        schema.open_to_read(tmp_path)


def test_a_log_opens_for_reading_alone(tmp_path):
    db = schema.open_to_read(small_log(tmp_path / "a.log"))
    with pytest.raises(Exception, match="readonly"):
        db.execute("DELETE FROM findings")
    db.close()


def test_a_closed_log_is_one_file(tmp_path):
    path = small_log(tmp_path / "a.log")
    schema.open_to_read(path).close()
    assert os.listdir(tmp_path) == ["a.log"]
