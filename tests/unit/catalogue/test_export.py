"""The catalogue for other programs: nothing runs as a formula, everything comes back, terms go with it."""

import csv
import io
import json

import duckdb
from tests.helpers.history import COLUMNS, take, take_text, write

from bongsu.catalogue import export
from bongsu.catalogue.store import Store

HOSTILE = ["=1+1", "+1", "-1-1", "@SUM(A1)", "\tx", "\rx", "ordinary", "a=b"]


def folder(tmp_path, rows):
    with Store() as store:
        take(store, write(tmp_path / "a.csv", rows, COLUMNS))
        take_text(store, "North Korea fired a ballistic missile on Friday, South Korea's military said.", "=cmd")
        store.settle()
        return {p.name: p for p in export.write_all(store, tmp_path / "out")}


def test_no_cell_of_a_csv_begins_like_a_formula(tmp_path):
    rows = [{"day": f"2020-01-{n + 1:02d}", "class": word, "site": word} for n, word in enumerate(HOSTILE)]
    files = folder(tmp_path, rows)
    for name in ("launches.csv", "faults.csv"):
        for row in csv.reader(io.StringIO(files[name].read_text(encoding="utf-8"), newline="")):
            assert not [cell for cell in row if cell.startswith(("=", "+", "@", "\t", "\r"))]
            assert not [cell for cell in row if cell.startswith("-") and not _is_number(cell)]


def _is_number(cell):
    try:
        float(cell)
    except ValueError:
        return False
    return True


def test_numbers_below_zero_stay_numbers():
    assert export.safe(-5.5) == -5.5
    assert export.safe("-5.5") == "'-5.5"


def test_parquet_holds_every_launch_and_every_field(tmp_path):
    files = folder(tmp_path, [{"day": "2020-01-01", "km": "over 450", "site": "Wonsan"}, {"day": "2020-02-01"}])
    with duckdb.connect() as db:
        assert db.execute("SELECT count(*) FROM read_parquet(?)", [str(files["launches.parquet"])]).fetchone() == (3,)
        found = db.execute(
            "SELECT printed, low, sha256, row_key, terms FROM read_parquet(?) WHERE quantity = 'range_km'",
            [str(files["fields.parquet"])],
        ).fetchall()
    assert [(f[0], f[1], len(f[2]), f[3], f[4]) for f in found] == [("over 450", 450.0, 64, "2020-01-01/1", "own")]


def test_geojson_has_the_places_and_the_terms(tmp_path):
    files = folder(tmp_path, [{"day": "2020-01-01", "site": "Wonsan"}, {"day": "2020-02-01"}])
    found = json.loads(files["launches.geojson"].read_text(encoding="utf-8"))
    assert [f["id"] for f in found["features"]] == ["2020-01-01.1"]
    lon, lat = found["features"][0]["geometry"]["coordinates"]
    assert 127 < lon < 128 and 39 < lat < 40
    assert found["terms"]["ours"] == "own"
    assert "ours: own" in files["TERMS.txt"].read_text(encoding="utf-8")
