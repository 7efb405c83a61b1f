"""Lists on disk: CSV, arrays, lines; cut short, broken, hostile."""

import json

import pytest
from tests.helpers.history import write

from bongsu.catalogue import rows
from bongsu.errors import BadInput

THREE = [{"day": f"2020-01-0{i}", "km": i} for i in (1, 2, 3)]


def cells(found):
    return [(r.number, r.cells.get("day"), r.refused) for r in found.rows]


@pytest.mark.parametrize("form", ["csv", "array", "lines"])
def test_three_forms_give_the_same_rows(tmp_path, form):
    path = tmp_path / "list"
    if form == "csv":
        write(path, THREE, ("day", "km"))
    else:
        path.write_text(json.dumps(THREE) if form == "array" else "\n".join(map(json.dumps, THREE)))
    found = rows.read(path)
    assert cells(found) == [(1, "2020-01-01", ""), (2, "2020-01-02", ""), (3, "2020-01-03", "")]
    assert found.columns == ("day", "km")
    assert len(found.sha256) == 64


@pytest.mark.parametrize("form", ["array", "lines"])
def test_a_file_cut_at_any_byte_keeps_every_whole_row_and_counts_the_break(tmp_path, form):
    text = json.dumps(THREE) if form == "array" else "\n".join(map(json.dumps, THREE)) + "\n"
    path = tmp_path / "list.json"
    for n in range(len(text)):
        path.write_text(text[:n])
        try:
            found = rows.read(path)
        except BadInput:
            assert "}" not in text[:n]
            continue
        whole = [r for r in found.rows if not r.refused]
        assert len(whole) == text[:n].count("}")
        assert len(found.rows) - len(whole) <= 1


def test_a_csv_row_cut_short_is_refused_and_the_others_stay(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("day,km\n2020-01-01,5\n2020-01-02\n2020-01-03,7,8\n2020-01-04,9\n")
    assert [(r.number, bool(r.refused)) for r in rows.read(path).rows] == [(1, False), (2, True), (3, True), (4, False)]


@pytest.mark.parametrize("body", [b"", b"   ", b"\x00\x01\x02", b"[", b"{", b"[1, 2", b'"x"', b"[" * 20_000])
def test_what_holds_no_row_is_one_clear_error(tmp_path, body):
    path = tmp_path / "x"
    path.write_bytes(body)
    with pytest.raises(BadInput) as told:
        found = rows.read(path)
        assert all(r.refused for r in found.rows)
        raise BadInput("x", "only refused rows", "", "")
    assert len(str(told.value).splitlines()) == 1


def test_an_absent_file_is_one_clear_error(tmp_path):
    with pytest.raises(BadInput, match="readable list"):
        rows.read(tmp_path / "none.csv")


def test_a_row_that_cannot_be_split_costs_that_row_alone(tmp_path):
    lines = ["day,km", "2020-01-01,1", "x" * 200_000, "2020-01-03,3"]
    (tmp_path / "list").write_text("\n".join(lines))
    found = rows.read(tmp_path / "list")
    assert [(n, day) for n, day, refused in cells(found) if not refused] == [(1, "2020-01-01"), (3, "2020-01-03")]
    assert found.rows[1].refused.startswith("not CSV")
