"""`bongsu read` as a function and as what it prints."""

import json
import subprocess
import sys

import msgspec
import pytest

import bongsu
from bongsu.errors import BadInput
from bongsu.run.read import as_json, as_text

TEXT = "North Korea fired two ballistic missiles on Friday from Daegwan. The JCS said they flew up to 800 km and at least 300 km."


def test_a_text_is_read_without_a_file():
    (found,) = bongsu.read(text=TEXT, published="2025-11-08")
    assert found.outcome.event_dates == ("2025-11-07",)
    assert {c.quantity for c in found.claims} == {"count", "vehicle_class", "launch_area", "range_km"}


def test_files_are_read_in_order(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "b.jsonl").write_text(json.dumps({"text_id": "x", "text": "No launch today."}) + "\n")
    found = bongsu.read(tmp_path / "a.txt", tmp_path / "b.jsonl", published="2025-11-08")
    assert [(f.outcome.text_id, f.outcome.is_launch_report) for f in found] == [("a", True), ("x", False)]


def test_a_file_that_is_not_there_is_one_clear_error(tmp_path):
    with pytest.raises(BadInput, match="Check the path"):
        bongsu.read(tmp_path / "none.txt")


def test_the_promised_fields_stand_first_and_the_unknown_is_null():
    (found,) = bongsu.read(text=TEXT)
    told = msgspec.json.decode(as_json(found))
    assert list(told)[:4] == ["text_id", "is_launch_report", "event_dates", "claims"]
    for claim in told["claims"]:
        assert list(claim)[:8] == ["quantity", "low", "high", "value", "speaker", "stance", "event_date", "evidence"]
        assert claim["event_date"] is None
        assert (claim["value"] is None) == (claim["low"] is not None or claim["high"] is not None)


def test_a_person_gets_bounds_in_words_and_the_place_by_its_listed_name():
    (found,) = bongsu.read(text=TEXT, published="2025-11-08")
    told = "\n".join(as_text(found))
    for words in ("a launch, 2025-11-07", "at most 800", "at least 300", "Daegwan (Taegwan)", "two ballistic missiles"):
        assert words in told


def test_a_text_without_a_launch_says_so_and_one_without_a_day_how_to_help():
    (none,) = bongsu.read(text="Nothing happened.\u202e")
    assert list(as_text(none)) == ["text: reports no launch [bidi_controls]"]
    (found,) = bongsu.read(text=TEXT)
    assert "--published" in next(as_text(found))


def test_reading_needs_no_numerics():
    code = "import sys, bongsu; bongsu.read(text='North Korea fired a missile.'); sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
