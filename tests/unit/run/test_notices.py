"""Notices as `bongsu read` tells them."""

import json
import subprocess
import sys

import msgspec
from click.testing import CliRunner
from tests.helpers.notices import HYDROPAC, NAVAREA, NOTAM

import bongsu
from bongsu.cli import main
from bongsu.run.read import as_json, as_text


def test_a_notice_is_no_launch_report_and_its_areas_stand_beside_the_claims():
    (found,) = bongsu.read(text=NOTAM)
    told = msgspec.json.decode(as_json(found))
    assert list(told)[:4] == ["text_id", "is_launch_report", "event_dates", "claims"]
    assert (told["is_launch_report"], told["claims"]) == (False, [])
    (notice,) = told["notices"]
    assert (notice["type"], notice["notice_id"], notice["n_areas"]) == ("notice_read.v1", "A0001/30", 1)
    assert len(notice["areas"][0]["begin_ns"]) == 5


def test_a_report_has_no_notices():
    (found,) = bongsu.read(text="North Korea fired a missile on Friday, the JCS said.")
    assert msgspec.json.decode(as_json(found))["notices"] == []
    assert found.outcome.is_launch_report


def test_a_person_gets_degrees_utc_and_what_is_wrong():
    told = "\n".join(as_text(bongsu.read(text=NOTAM.replace("3100N13200E", "3160N13200E"))[0]))
    for words in (
        "A0001/30: debris, 2030-03-04 01:00Z to 2030-03-08 05:00Z",
        "problem: 3160N13200E: 60 minutes",
        "30.000N 131.000E",
        "2030-03-04 01:00Z to 05:00Z",
        "2 more; SFC to UNL",
        "caveat: 1 of 4 corners cannot be",
    ):
        assert words in told
    assert "46.3 km around 28.250N 130.333E" in "\n".join(as_text(bongsu.read(text=HYDROPAC)[0]))


def test_the_command_reads_notices_and_reports_alike(tmp_path):
    (tmp_path / "a.txt").write_text(NAVAREA)
    lines = "\n".join(json.dumps({"text": text}) for text in (NOTAM, "No launch today."))
    (tmp_path / "b.jsonl").write_text(lines)
    ran = CliRunner().invoke(main, ["read", str(tmp_path / "a.txt"), str(tmp_path / "b.jsonl"), "--json"])
    assert ran.exit_code == 0
    assert [[len(n["areas"]) for n in json.loads(line)["notices"]] for line in ran.stdout.splitlines()] == [
        [2],
        [1],
        [],
    ]


def test_reading_a_notice_needs_no_numerics():
    code = f"import sys, bongsu; bongsu.read(text={HYDROPAC!r}); sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
