"""The catalogue on disk: nothing twice, nothing lost, whatever happens in between; every field traceable."""

import json
from datetime import date
from pathlib import Path

import pytest
from tests.helpers.flights import tables
from tests.helpers.history import COLUMNS, TOLD, spec, take, take_text, write

from bongsu.catalogue import importing, query
from bongsu.catalogue import store as stores
from bongsu.catalogue.entries import day_ns
from bongsu.catalogue.store import Store
from bongsu.errors import BadInput

ROWS = [
    {"day": f"2020-{m:02d}-{d:02d}", "clock": "05:34", "site": "Wonsan", "km": 100 * m + d}
    for m in (1, 2, 3)
    for d in (1, 9, 20)
]


def shape(store):
    store.settle()
    return (
        store.db.execute("SELECT * FROM launch ORDER BY ALL").fetchall(),
        store.db.execute("SELECT source, row_key, revision, quantity, printed FROM field ORDER BY ALL").fetchall(),
    )


def test_the_same_file_twice_changes_nothing(tmp_path):
    path = write(tmp_path / "a.csv", ROWS)
    with Store() as store:
        assert take(store, path).n_entries == 9
        once = shape(store)
        again = take(store, path)
        assert (again.is_repeat, again.n_entries) == (True, 0)
        assert shape(store) == once
        renamed = write(tmp_path / "b.csv", ROWS)
        assert take(store, renamed).is_repeat  # the same bytes under another name


def test_an_import_killed_between_two_batches_goes_on_where_it_was(tmp_path, monkeypatch):
    path = write(tmp_path / "a.csv", ROWS)
    monkeypatch.setattr(importing, "BATCH", 2)
    with Store() as whole:
        take(whole, path)
        expected = shape(whole)
    for n_done in range(5):
        file = tmp_path / f"{n_done}.db"
        calls = 0

        class Killed(Exception):
            pass

        def add(self, *args, _real=Store.add, _n=n_done, **more):
            nonlocal calls
            calls += 1
            if calls > _n:
                raise Killed
            return _real(self, *args, **more)

        with monkeypatch.context() as patch, pytest.raises(Killed), Store(file) as store:
            patch.setattr(Store, "add", add)
            take(store, path)
        with Store(file) as store:
            resumed = take(store, path)
            assert resumed.n_entries == 9 - 2 * n_done
            assert shape(store) == expected


def test_a_batch_that_fails_inside_is_not_there_at_all(tmp_path, monkeypatch):
    path = write(tmp_path / "a.csv", ROWS)
    with Store() as store:
        monkeypatch.setattr(stores, "_field_rows", lambda e: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            take(store, path)
        monkeypatch.undo()
        assert store.db.execute("SELECT count(*) FROM entry").fetchone() == (0,)
        assert take(store, path).n_entries == 9


@pytest.mark.parametrize("n_bytes", [0.3, 0.6, 0.95])
def test_a_half_written_list_loses_nothing(tmp_path, n_bytes):
    body = json.dumps([{"day": r["day"], "clock": "05:34", "site": "Wonsan", "km": r["km"], "top": ""} for r in ROWS])
    path = tmp_path / "a.json"
    with Store() as store:
        path.write_text(body[: int(len(body) * n_bytes)])
        half = take(store, path)
        assert half.n_entries > 0
        assert len(half.refused) == 1
        path.write_text(body)
        rest = take(store, path)
        assert half.n_entries + rest.n_entries == 9
        assert rest.n_known == half.n_entries
        whole = shape(store)
        path.write_text(body[: int(len(body) * n_bytes)])  # and cut again: what was known stays
        take(store, path)
        assert shape(store) == whole


def test_a_changed_row_is_a_revision_beside_the_old_one(tmp_path):
    path = write(tmp_path / "a.csv", ROWS)
    with Store() as store:
        take(store, path)
        write(path, [{**ROWS[0], "km": 999}, *ROWS[1:]])
        assert take(store, path).n_revised == 1
        store.settle()
        told = [p for p in query.provenance(store, "2020-01-01.1") if p["quantity"] == "range_km"]
        assert [(p["revision"], p["printed"], p["is_current"]) for p in told] == [(1, "101", False), (2, "999", True)]
        assert query.launches(store)[0].range_low_km == 999.0


def test_rows_that_moved_are_not_doubled(tmp_path):
    path = write(tmp_path / "a.csv", ROWS)
    with Store() as store:
        take(store, path)
        once = query_days(store)
        write(path, [{"day": "2019-12-31", "km": 7}, *ROWS])
        take(store, path)
        assert query_days(store) == ["2019-12-31", *once]
        write(path, ROWS[2:])
        found = take(store, path)
        assert query_days(store) == ["2019-12-31", *once]
        assert found.n_absent == 3  # said, and kept


def test_a_day_mended_in_its_place_is_a_revision(tmp_path):
    path = write(tmp_path / "a.csv", ROWS)
    with Store() as store:
        take(store, path)
        write(path, [{**ROWS[0], "day": "2020-01-02"}, *ROWS[1:]])
        assert take(store, path).n_revised == 1
        assert query_days(store)[:2] == ["2020-01-02", "2020-01-09"]


def query_days(store):
    store.settle()
    return [k.day for k in query.launches(store)]


def test_every_field_leads_to_file_hash_row_column_and_revision(tmp_path):
    path = write(tmp_path / "a.csv", ROWS)
    told = tmp_path / "b.csv"
    write(
        told,
        [{"date": "2020-01-01", "story": "North Korea fired a ballistic missile that flew about 101 km."}],
        ("date", "story"),
    )
    with Store() as store:
        take(store, path)
        take(store, told)
        store.settle()
        seen = 0
        for k in query.launches(store):
            for p in query.provenance(store, k.launch_id):
                assert len(p["sha256"]) == 64
                row = Path(p["path"]).read_text(encoding="utf-8").splitlines()[int(p["row_no"])]
                assert p["printed"] in row
                assert p["revision"] == 1
                assert p["speaker"]
                seen += 1
        assert seen == store.db.execute("SELECT count(*) FROM field").fetchone()[0]


def test_rows_that_cannot_be_are_counted_with_their_reason_and_the_rest_stays(tmp_path):
    path = write(tmp_path / "a.csv", [*ROWS, {"day": "2020-02-30"}, {"day": "soon"}])
    with Store() as store:
        found = take(store, path)
        assert found.n_entries == 9
        assert [row for row, _ in found.refused] == ["10", "11"]
        assert len(store.db.execute("SELECT * FROM refusal").fetchall()) == 2


def test_a_list_that_nothing_describes_is_one_clear_error_and_the_catalogue_stays(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("x,y\n1,2\n")
    with Store() as store:
        take(store, write(tmp_path / "b.csv", ROWS))
        before = shape(store)
        with pytest.raises(BadInput, match="--describe"):
            take(store, path)
        assert shape(store) == before


@pytest.mark.parametrize("body", [b"hello", b"SQLite format 3\x00" + bytes(200), bytes(10_000)])
def test_what_is_no_catalogue_is_one_clear_error_and_is_left_alone(tmp_path, body):
    path = tmp_path / "x.db"
    path.write_bytes(body)
    with pytest.raises(BadInput, match="catalogue"):
        Store(path)
    assert path.read_bytes() == body


def test_a_log_and_a_text_enter_the_same_way(tmp_path):
    with Store() as store:
        first = take_text(store, "North Korea fired a ballistic missile on Friday, South Korea's military said.")
        assert (first.n_entries, take_text(store, "It rained.", "rain").n_left_out) == (1, 1)
        assert take_text(
            store, "North Korea fired a ballistic missile on Friday, South Korea's military said."
        ).is_repeat


def test_a_folder_gives_its_lists_and_nothing_else(tmp_path):
    write(tmp_path / "a.csv", ROWS)
    (tmp_path / "notes.txt").write_text("hello")
    assert [p.name for p in importing.lists_in(tmp_path, (spec(), spec("told", body=TOLD)))] == ["a.csv"]
    assert importing.lists_in(tmp_path, (spec("told", body=TOLD),)) == []


def test_strange_cells_survive_the_file(tmp_path):
    odd = "=1+1 'x' \"y\" \\ \U0001f680 한글 ; DROP TABLE entry"
    path = write(tmp_path / "a.csv", [{**ROWS[0], "class": odd, "site": odd}], COLUMNS)
    with Store(tmp_path / "c.db") as store:
        take(store, path)
    with Store(tmp_path / "c.db") as store:
        (e,) = store.entries()
        assert (e.vehicle_class, e.site_words) == (odd, odd)
        assert tables() is not None


def test_a_row_of_a_year_or_count_that_no_file_can_hold_is_counted_and_the_rest_is_kept(tmp_path):
    odd = [{"day": "9999-12-31"}, {"day": "0001-01-01"}, {"day": "2020-05-05", "n": 9 * 10**11}]
    with Store() as store:
        told = take(store, write(tmp_path / "a.csv", [*odd, *ROWS], COLUMNS))
        assert (told.n_entries, [row for row, _ in told.refused]) == (10, ["1", "2"])
        store.settle()
        (k,) = query.launches(store, *(day_ns(date(2020, 5, d)) for d in (5, 6)))
        assert (k.n_low, k.n_high) == (1, 1)


def test_an_import_that_ended_before_its_launches_were_made_leaves_none_of_the_old(tmp_path):
    with Store(tmp_path / "c.db") as store:
        take(store, write(tmp_path / "a.csv", ROWS[:3]))
        store.settle()
        take(store, write(tmp_path / "b.csv", ROWS))
    with Store(tmp_path / "c.db") as store:
        assert not store.db.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = 'launch'").fetchall()


def test_what_the_database_refuses_is_one_error_that_says_what_is_kept(tmp_path):
    with pytest.raises(BadInput, match=r"c\.db: found .*finished is kept"), Store(tmp_path / "c.db") as store:
        store.db.execute("SELECT nothing FROM nowhere")
