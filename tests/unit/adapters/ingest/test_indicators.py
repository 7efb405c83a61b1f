"""Signs from CSV: what is taken, what is counted and named."""

import contextlib
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.helpers.lists import day, utc

from bongsu.adapters.ingest.indicators import FIRMS_LATENCY_NS, read_dates, read_indicators
from bongsu.adapters.ingest.reports import Refusals
from bongsu.errors import BadInput
from bongsu.models.activity import DAY_NS, start_ns
from bongsu.models.watch import Site

SITE = Site(site_id="north", lat_rad=math.radians(40.0), lon_rad=math.radians(125.0), radius_m=10_000.0)
HEAD = "kind,observed,published,seen,site,source,reliability,half_life_days,deception,lat_deg,lon_deg,note"
FIRMS = "latitude,longitude,bright_ti4,acq_date,acq_time,satellite,instrument,confidence,frp,daynight"


def read(tmp_path, *lines, sites=(SITE,)):
    path = tmp_path / "signs.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    refusals = Refusals()
    return list(read_indicators(path, sites, refusals)), refusals


def test_a_row_becomes_an_indicator_in_si(tmp_path):
    (one,), refusals = read(
        tmp_path, HEAD, "imagery,2030-01-02T03:00Z,2030-01-03T00:00:00+09:00,present,north,a firm,0.7,2.5,,40.0,125.0,x"
    )
    assert (one.kind, one.site, one.source, one.p_reliable, one.note) == ("imagery", "north", "a firm", 0.7, "x")
    assert one.observed_ns == utc("2030-01-02T03:00")
    assert one.published_ns == utc("2030-01-02T15:00")
    assert one.half_life_ns == 2.5 * DAY_NS
    assert one.lat_rad == pytest.approx(math.radians(40.0))
    assert one.indicator_id == "signs:2"
    assert not refusals.counts


def test_a_bare_day_is_local_and_published_only_when_it_is_over(tmp_path):
    (one,), _ = read(tmp_path, "kind,observed", "statement,2030-01-02")
    assert one.observed_ns == start_ns(day("2030-01-02"))
    assert one.published_ns == start_ns(day("2030-01-03"))


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("gossip,2030-01-02T03:00Z", "Invalid enum value 'gossip'"),
        ("imagery,last week", "`observed` is no day"),
        ("imagery,2030-01-02T03:00", "without a zone"),
        ("imagery,1960-01-02T03:00Z", "before 1970"),
        ("imagery,2030-01-02T03:00Z,2030-01-01T03:00Z", "`published` before `observed`"),
        ("imagery,2030-01-02T03:00Z,,maybe", "Invalid enum value 'maybe'"),
        ("imagery,2030-01-02T03:00Z,,,,,1.5", "Expected `float` <= 1.0"),
        ("imagery,2030-01-02T03:00Z,,,,,nan", "`reliability` is no number"),
        ("imagery,2030-01-02T03:00Z,,,,,,0", "Expected `int` >= 1"),
        ("imagery,2030-01-02T03:00Z,,,,,,,,95,125", "Expected `float` <= "),
    ],
)  # fmt: skip
def test_a_bad_row_is_counted_by_its_reason_and_the_others_are_taken(tmp_path, row, reason):
    found, refusals = read(tmp_path, HEAD, row, "statement,2030-01-02T03:00Z")
    assert [one.kind for one in found] == ["statement"]
    assert list(refusals.counts.values()) == [1]
    assert reason in next(iter(refusals.counts))
    assert next(iter(refusals.first.values())).endswith("signs.csv:2")


def test_other_columns_are_refused_by_name(tmp_path):
    with pytest.raises(BadInput, match="unknown column 'colour'"):
        read(tmp_path, "kind,observed,colour", "imagery,2030-01-02,red")
    with pytest.raises(BadInput, match="`kind` and `observed`"):
        read(tmp_path, "a,b", "1,2")
    with pytest.raises(BadInput, match="No such file"):
        list(read_indicators(tmp_path / "none.csv", (), Refusals()))


def test_firms_rows_near_a_site_are_thermal_signs_some_hours_later(tmp_path):
    rows = (
        "40.01,125.01,330.1,2030-01-02,0412,N,VIIRS,h,12.5,D", "40.01,125.01,330.1,2030-01-02,41:2,N,VIIRS,h,12.5,D",
        "42.0,125.0,330.1,2030-01-02,412,N,VIIRS,n,1,D", "40.01,125.01,330,2030-01-02,7,Terra,MODIS,80,,N",
    )  # fmt: skip
    found, refusals = read(tmp_path, FIRMS, *rows)
    assert [one.site for one in found] == ["north"] * 3
    assert found[0].observed_ns == utc("2030-01-02T04:12")
    assert found[0].published_ns == found[0].observed_ns + FIRMS_LATENCY_NS
    assert (found[0].kind, found[0].source, found[0].note) == ("thermal", "FIRMS N VIIRS", "12.5 MW")
    assert found[0].p_reliable > found[2].p_reliable
    assert found[2].observed_ns == utc("2030-01-02T00:07")
    assert refusals.counts == {"far from every [[site]]": 1}


def test_dates_of_a_calendar_by_kind(tmp_path):
    path = tmp_path / "summits.csv"
    path.write_text(
        "date,kind\n2030-01-02,summit\n2030-01-02,summit\n2030-02-30,summit\n2029-05-01,\n", encoding="utf-8"
    )
    refusals = Refusals()
    assert read_dates(path, refusals) == {"summit": [day("2030-01-02")], "summits": [day("2029-05-01")]}
    assert refusals.counts.total() == 1


@given(body=st.binary(max_size=300))
def test_whatever_stands_in_a_file_one_clear_error_or_counted_rows(body, tmp_path_factory):
    path = tmp_path_factory.mktemp("signs") / "a.csv"
    path.write_bytes(b"kind,observed\n" + body)
    with contextlib.suppress(BadInput):
        list(read_indicators(path, (SITE,), Refusals()))


@pytest.mark.parametrize(
    "row",
    ["0001-01-01,", "9999-12-31,", "2030-01-02,1e300", "2030-01-02,nan", "x" * 200_000],
)
def test_a_row_beyond_any_bound_costs_that_row_alone(tmp_path, row):
    good = "imagery,2030-01-02,3"
    found, refusals = read(tmp_path, "kind,observed,half_life_days", f"imagery,{row}", good)
    assert [one.half_life_ns for one in found] == [3 * DAY_NS]
    assert refusals.counts.total() == 1
