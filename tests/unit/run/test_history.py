"""`bongsu history`: from files to answers, and what it refuses."""

import json

import pytest
from click.testing import CliRunner
from tests.helpers.history import COLUMNS, OURS, write
from tests.helpers.notices import NOTAM

from bongsu.cli import main

STORY = (
    "North Korea fired a ballistic missile on Friday, South Korea's military said, "
    "following missile launches in the past two weeks."
)
ROWS = [{"day": f"2025-10-{d}", "clock": "05:34", "site": "Wonsan", "km": "450", "top": "60"} for d in (22, 28)]


@pytest.fixture
def files(tmp_path):
    write(tmp_path / "list.csv", ROWS, COLUMNS)
    (tmp_path / "ours.toml").write_text(OURS.replace("{zone}", "+09:00"))
    (tmp_path / "story.txt").write_text(STORY)
    (tmp_path / "notice.txt").write_text(NOTAM)
    (tmp_path / "many.json").write_text(json.dumps({"NAME": ["A0001/30"], "RAW": [NOTAM]}))
    return tmp_path


def call(files, *more, imports=("list.csv", "story.txt")):
    named = [arg for name in imports for arg in ("--import", str(files / name))]
    args = ["history", *named, "--describe", str(files / "ours.toml"), "--published", "2025-11-08", *map(str, more)]
    return CliRunner().invoke(main, args)


def test_the_days_before_a_launch_are_answered_from_the_list_and_the_text(files):
    told = call(files, "--before", "2025-11-07", "--json")
    assert told.exit_code == 0, told.output
    w = json.loads(told.stdout)["window"]
    assert (w["event_id"], w["n_counted"], [k["launch_id"] for k in w["counted"]]) == (
        "2025-11-07.1",
        1,
        ["2025-10-28.1"],
    )
    assert [k["launch_id"] for k in w["just_before"]] == ["2025-10-22.1"]
    assert [(x["printed"], x["is_loose"]) for x in w["words"]] == [("past two weeks", True)]


def test_the_table_says_the_same_in_words(files):
    told = call(files, "--before", "2025-11-07")
    assert "1 launch with a date counts" in told.stdout
    assert 'story says "past two weeks" (loose)' in told.stdout
    whole = call(files)
    assert "2025-10-22.1" in whole.stdout
    assert "ours: terms: own" in whole.stderr


def test_a_catalogue_keeps_and_importing_again_adds_nothing(files):
    db = files / "c.db"
    first = call(files, "--db", db, "--json")
    second = call(files, "--db", db, "--json")
    asked = call(files, "--db", db, "--json", imports=())
    answers = [json.loads(x.stdout)["launches"] for x in (first, second, asked)]
    assert answers[0] == answers[1] == answers[2]
    assert "known already" in second.stderr


def test_since_until_and_days_bound_what_is_shown(files):
    def ids(*more):
        return [
            k["launch_id"]
            for k in json.loads(call(files, "--json", *more).stdout)["launches"]
            if k["standing"] == "counted"
        ]

    assert ids("--since", "2025-10-28") == ["2025-10-28.1", "2025-11-07.1"]
    assert ids("--until", "2025-10-28") == ["2025-10-22.1", "2025-10-28.1"]
    assert ids("--days", "11") == ["2025-10-28.1", "2025-11-07.1"]


def test_every_field_of_one_launch_can_be_shown(files):
    told = json.loads(call(files, "--launch", "2025-10-22.1", "--json").stdout)["provenance"]
    assert {(p["quantity"], p["row_no"], p["column_name"]) for p in told} >= {
        ("range_km", "1", "km"),
        ("clock", "1", "clock"),
    }
    assert "every field" in call(files, "--launch", "2025-10-22.1").stdout


def test_notices_open_expectations_in_whatever_file_they_come(files):
    for name in ("notice.txt", "many.json"):
        found = json.loads(call(files, "--json", imports=("list.csv", name)).stdout)["announced"]
        assert [(a["notice_id"], a["outcome"]) for a in found["answers"]] == [("A0001/30", "not_known")]


def test_files_are_written_where_asked(files):
    told = call(files, "--out", files / "out")
    assert told.exit_code == 0
    names = {p.name for p in (files / "out").iterdir()}
    assert names == {
        "launches.csv",
        "faults.csv",
        "launches.geojson",
        "launches.parquet",
        "fields.parquet",
        "TERMS.txt",
        "history.html",
    }


def test_a_folder_gives_its_list(files):
    told = call(files, "--json", imports=(".",))
    assert [c["source"] for c in json.loads(told.stdout)["imports"]] == ["ours"]


def test_a_list_in_a_folder_within_is_found_and_what_a_dot_hides_is_not(files):
    for name in ("within", ".hidden"):
        (files / name).mkdir()
    (files / ".hidden" / "list.csv").write_bytes((files / "list.csv").read_bytes())
    (files / "list.csv").rename(files / "within" / "list.csv")
    told = call(files, "--json", imports=(".",))
    assert [(c["source"], c["n_rows"]) for c in json.loads(told.stdout)["imports"]] == [("ours", 2)]


@pytest.mark.parametrize(
    ("body", "name"),
    [("x,y\n1,2\n", "x.csv"), ("", "x.csv"), ("[", "x.json"), ("North Korea fired a missile.", "x.txt"), ("[1,2]", "x.json"),
     (None, "x.csv")],
)  # fmt: skip
def test_what_cannot_be_used_is_one_line_and_exit_code_one(files, body, name):
    if body is not None:
        (files / name).write_text(body)
    told = CliRunner().invoke(main, ["history", "--import", str(files / name)])
    assert told.exit_code == 1
    assert len(told.stderr.strip().splitlines()) == 1
    assert not told.stdout


@pytest.mark.parametrize(
    "args", [(), ("--before", "soon"), ("--since", "soon"), ("--launch", "1999-01-01.1")]
)  # fmt: skip
def test_questions_that_cannot_be_are_one_line(files, args):
    told = call(files, *args) if args else CliRunner().invoke(main, ["history"])
    assert told.exit_code == 1
    assert len(told.stderr.strip().splitlines()[-1:]) == 1
    assert "bongsu:" in told.stderr


@pytest.mark.parametrize("name", ["list.csv", "list.csv/below"])
def test_a_folder_that_cannot_be_written_is_one_line(files, name):
    told = call(files, "--out", files / name)
    assert told.exit_code == 1
    assert told.stderr.strip().splitlines()[-1].startswith(f"bongsu: --out {files / name}: found")


@pytest.mark.parametrize(
    "body", ["a = " + "[" * 20_000, OURS.replace("{zone}", "UTC") + '[take]\nday = "a{99999999999}"\n']
)
def test_a_description_that_no_reader_survives_is_one_line(files, body):
    (files / "ours.toml").write_text(body)
    told = call(files)
    assert told.exit_code == 1
    assert len(told.stderr.strip().splitlines()) == 1
