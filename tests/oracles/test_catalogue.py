"""The catalogue on real lists (never shipped): what is wrong in them is found, and real notices find their launches."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.helpers.flights import tables

from bongsu.adapters.ingest.reports import published_ns, report_of
from bongsu.catalogue import announced, describe, importing, query
from bongsu.catalogue.entries import ns_of
from bongsu.catalogue.past import past_launches
from bongsu.catalogue.store import Store
from bongsu.run.history import Asked, history

LISTS = (
    "csis_provocations_1958_2021.csv",
    "official_fall_statements_2016_2021.csv",
    "cns_nagix/test_1984_2021.en.json",
)


@pytest.fixture
def real(shared_data):
    """All three lists and the article of 2025-11-07."""
    with Store() as store:
        for name in LISTS:
            importing.import_list(store, shared_data / "launches" / name, describe.shipped(), tables().places)
        article = shared_data / "reports" / "2025-11-07-article.txt"
        report = report_of(article.read_text(encoding="utf-8"), "article", published=published_ns("2025-11-08", ""))
        importing.import_text(store, report, article, tables().places)
        store.settle()
        yield store


def on(store, day):
    return [k for k in query.launches(store) if k.day == day]


@pytest.mark.parametrize(
    ("day", "rule", "true_utc"),
    [
        ("2016-02-07", "unusual_hour", "2016-02-07 00:31"),  # list: 12:29 UTC
        ("2017-07-04", "unusual_hour", "2017-07-04 00:40"),  # list: 12:40 UTC
        ("2017-05-14", "day_local_clock_utc", "2017-05-13 20:28"),  # list: 05-14 20:28 UTC
        ("2020-03-21", "half_day", "2020-03-20 21:45"),  # other list: 6:50 p.m.
        ("2020-03-06", "days_disagree", "2020-03-08 22:36"),  # text: 9 March
    ],
)  # fmt: skip
def test_times_known_to_be_wrong_are_reported_and_the_interval_holds_the_true_one(real, day, rule, true_utc):
    (k,) = on(real, day)
    assert rule in {f[3] for f in query.faults(real) if f[0] == k.launch_id}
    true_ns = ns_of(datetime.strptime(true_utc, "%Y-%m-%d %H:%M").replace(tzinfo=UTC))
    assert k.earliest_ns - 180 * 10**9 <= true_ns <= k.latest_ns


def test_figures_and_counts_known_to_differ_are_reported(real):
    found = {(f[0].split(".")[0], f[3]) for f in query.faults(real)}
    assert {
        ("2017-05-29", "figures_differ"),
        ("2017-03-06", "counts_differ"),
        ("2017-07-28", "units_disagree"),
    } <= found


def test_a_night_launch_that_several_sources_time_is_no_fault(real):
    (k,) = on(real, "2017-07-28")
    assert "unusual_hour" not in {f[3] for f in query.faults(real) if f[0] == k.launch_id}
    assert k.latest_ns - k.earliest_ns < 300 * 10**9


def test_launch_days_agree_with_the_public_count(real):
    """16, 15, 0, 14, 4, 4 launch days of the years 2016 to 2021 in the open list of missile tests, some of them UTC days."""
    days = {
        day
        for (day,) in real.db.execute(
            "SELECT DISTINCT l.day FROM launch l JOIN member m USING (launch_id) WHERE m.source LIKE 'cns%'"
        ).fetchall()
    }
    counts = [sum(d.startswith(f"{year}-") for d in days) for year in range(2016, 2022)]
    for found, public in zip(counts, (16, 15, 0, 14, 4, 4), strict=True):
        assert abs(found - public) <= 1


def test_most_launches_that_two_lists_can_know_are_joined(real):
    """Of the launches that the list of missile tests has in 2016 to 2017, the free-text list tells all but one."""
    rows = real.db.execute(
        "SELECT launch_id, string_agg(DISTINCT source, ',') FROM member GROUP BY launch_id"
    ).fetchall()
    years = [s for launch_id, s in rows if launch_id[:4] in ("2016", "2017") and "cns" in s]
    assert len(years) >= 30
    assert sum("csis" in s for s in years) >= len(years) - 2


def test_every_field_of_every_launch_leads_to_a_cell(real, shared_data):
    texts = {name: (shared_data / "launches" / name).read_text(encoding="utf-8-sig") for name in LISTS}
    n = 0
    for k in query.launches(real):
        for p in query.provenance(real, k.launch_id):
            body = next((t for name, t in texts.items() if p["path"].endswith(name)), None)
            if body is not None and '"' not in p["printed"]:
                assert p["printed"] in body or json.dumps(p["printed"])[1:-1] in body
            assert p["row_no"] or p["row_key"]
            assert p["column_name"] and p["revision"] >= 1 and len(p["sha256"]) == 64
            n += 1
    assert n > 1_500


def test_the_two_weeks_before_the_launch_of_november_2025(real):
    w = query.before(real, "2025-11-07", 14)
    assert (w.event_id, w.counted, w.n_spoken_of) == ("2025-11-07.1", (), 2)
    assert [each.printed for each in w.loose] == ["past two weeks", "last month"]
    assert {source for source, _ in w.silent} == {"cns-missile-tests", "csis-provocations", "official-falls"}


def test_a_page_with_the_figures_of_another_flight_and_one_that_nobody_bears_out_do_not_count(real):
    """Like two pages that were met: a failed space launch with the figures of 29 August 2017, and a launch nobody saw."""
    pages = {
        "copied": (
            "North Korea launched a space rocket carrying a satellite on Wednesday, but it failed, South Korea's military said. "
            "The rocket flew about 2,700 km at a maximum altitude of 550 km and flew for 29 minutes.",
            "2023-06-01",
        ),
        "invented": ("North Korea launched an IRBM on Thursday that flew 1,100 kilometers.", "2025-06-12"),
    }
    for name, (text, published) in pages.items():
        report = report_of(text, name, published=published_ns(published, ""))
        importing.import_text(real, report, Path(f"{name}.txt"), tables().places)
    real.settle()
    told = {k.sources: k for k in query.launches(real, standings=("counted", "quarantined"))}
    assert [told[name].standing for name in pages] == ["quarantined", "quarantined"]
    assert told["copied"].range_low_km is None
    assert {f[3] for f in query.faults(real) if f[1] == "copied"} == {"copied_figures"}


def test_history_enters_by_publication_and_never_before_the_event(real):
    found = list(past_launches(real))
    assert len(found) > 200
    assert [p.published_ns for p in found] == sorted(p.published_ns for p in found)
    assert all(p.published_ns >= p.latest_ns for p in found if p.is_published_assumed)


# Public lift-off times (UTC) of launches by JAXA and ISRO, from their own launch records.
JPN = """2021-10-26 02:19,2021-11-09 00:55,2021-12-22 15:32,2022-10-12 00:50,2023-01-26 01:50,2023-03-07 01:37,2023-09-06 23:42,
2024-01-12 04:44,2024-02-17 00:22,2024-07-01 03:06,2024-09-26 05:24,2024-11-04 06:48"""
IND = "2019-07-22 09:13,2019-11-27 03:58,2019-12-11 09:55,2021-08-12 00:13"
KNOWN = (
    'name = "{0}"\nterms = "public"\nrecognise = ["day", "utc"]\nlauncher = "{0}"\n'
    'zone = "UTC"\n[columns]\nday = "day"\nclock = "utc"\n'
)


def test_real_notices_open_expectations_and_known_launches_answer_them(shared_data, tmp_path):
    for nation, times in (("jpn", JPN), ("ind", IND)):
        rows = "".join(",".join(t.split()) + "\n" for t in times.replace("\n", "").split(","))
        (tmp_path / f"{nation}.csv").write_text("day,utc\n" + rows)
        (tmp_path / f"{nation}.toml").write_text(KNOWN.format(nation))
    db = tmp_path / "c.db"
    for nation in ("jpn", "ind"):
        history(Asked((tmp_path / f"{nation}.csv",), (tmp_path / f"{nation}.toml",), db=db))
    told = history(Asked(tuple(shared_data / "notices" / name for name in ("notam_launch", "notam_isro")), db=db))
    counts = announced.counts(told.announced)
    assert len(told.announced) > 700
    assert counts["ind"] == {"inside": 3, "nothing": 1}  # the fourth was put off by seventeen months
    assert counts["jpn"]["inside"] >= 13
    assert counts["jpn"]["void"] == 7
    assert set(counts["chn"]) == {"not_known", "void"}  # no list of theirs was given
    late = {a.expectation.notice_id: a.launch_id for a in told.announced if a.outcome == "late"}
    assert late["A5121/21"] == "2021-12-23.1"  # put off by a day


def test_tests_of_missiles_that_nobody_announced_answer_no_notice(real, shared_data, tmp_path):
    told = history(
        Asked(
            (*(shared_data / "launches" / n for n in LISTS), shared_data / "notices" / "notam_launch"),
            db=tmp_path / "c.db",
        )
    )
    assert not [a for a in told.announced if a.launch_id]
