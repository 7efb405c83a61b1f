"""The command line: texts in, claims out."""

import json

import pytest
from click.testing import CliRunner
from tests.helpers.mutation import HOSTILE

from bongsu.cli import main

TEXT = "North Korea fired two missiles on Friday, South Korea's military said."


def call(*args, body=None):
    return CliRunner().invoke(main, ["read", *map(str, args)], input=body)


def test_json_lines_from_standard_input_give_a_line_each():
    lines = [
        {"text_id": "a", "lang": "en", "published": "2025-11-08", "text": TEXT},
        {"text_id": "b", "text": "Nothing."},
    ]
    ran = call("-", "--json", body="\n".join(json.dumps(x) for x in lines).encode())
    told = [json.loads(x) for x in ran.stdout.splitlines()]
    assert ran.exit_code == 0
    assert [(t["text_id"], t["is_launch_report"], t["event_dates"]) for t in told] == [
        ("a", True, ["2025-11-07"]),
        ("b", False, []),
    ]
    assert [(c["quantity"], c["low"], c["value"], c["speaker"]) for c in told[0]["claims"]] == [
        ("count", 2.0, None, "kor.jcs"),
        ("vehicle_class", None, "missile", "kor.jcs"),
    ]


def test_a_file_and_a_day_give_words_for_a_person(tmp_path):
    (tmp_path / "news.txt").write_text(TEXT)
    ran = call(tmp_path / "news.txt", "--published", "2025-11-08")
    assert ran.exit_code == 0
    assert "news: a launch, 2025-11-07" in ran.stdout


def test_refused_lines_are_noted_beside_the_output(tmp_path):
    (tmp_path / "x.jsonl").write_text('{"text": "a"}\nnot json\n')
    ran = call(tmp_path / "x.jsonl", "--json")
    assert ran.exit_code == 0
    assert len(ran.stdout.splitlines()) == 1
    assert "1 line refused: not JSON" in ran.stderr


@pytest.mark.parametrize("args", [["none.txt"], ["-", "--published", "soon"]])
def test_bad_input_is_exit_one_with_one_line(args):
    ran = call(*args, body=b"text")
    assert ran.exit_code == 1
    assert len(ran.stderr.strip().splitlines()) == 1


def test_no_file_is_wrong_usage():
    assert call().exit_code == 2


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_text_is_read_like_any_other(tmp_path, text):
    path = tmp_path / "x.txt"
    path.write_bytes(text.encode("utf-8", errors="surrogatepass"))
    ran = call(path, "--json")
    assert ran.exit_code == 0
    told = json.loads(ran.stdout)
    assert told["is_launch_report"] is False
    assert told["claims"] == []
