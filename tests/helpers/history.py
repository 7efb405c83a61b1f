"""Small lists of our own, how they are described, and catalogues made of them. Days, places and figures are invented."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.helpers.flights import tables

from bongsu.adapters.ingest.reports import published_ns, report_of
from bongsu.catalogue import describe, importing
from bongsu.catalogue.describe import ListSpec
from bongsu.catalogue.entries import Counts, Entry, Field, Site
from bongsu.catalogue.store import Store
from bongsu.catalogue.values import clocks_of, day_of, when

OURS = """
name = "ours"
terms = "own"
recognise = ["day", "clock", "site", "km", "top"]
speaker = "analyst"
launcher = "prk"
zone = "{zone}"
unknown = ["?"]
[columns]
day = "day"
clock = "clock"
site = "site"
range_km = "km"
apogee_km = "top"
vehicle_class = "class"
count = "n"
outcome = "outcome"
[words.outcome]
failure = "(?i)fail"
success = "(?i)success"
"""
TOLD = """
name = "told"
terms = "own"
recognise = ["date", "story"]
speaker = "media"
launcher = "prk"
[columns]
day = "date"
text = "story"
"""
COLUMNS = ("day", "clock", "site", "km", "top", "class", "n", "outcome")


def spec(name: str = "ours", zone: str = "+09:00", body: str = OURS) -> ListSpec:
    """A description; `zone` is of the days and clocks of our table."""
    return describe.load(body.replace("{zone}", zone).replace('"ours"', f'"{name}"').encode(), name)


def write(path: Path, rows: Sequence[Mapping[str, object]], columns: Sequence[str] = COLUMNS) -> Path:
    """Rows as CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path


def take(store: Store, path: Path, *specs: ListSpec) -> Counts:
    """Import a list by our descriptions."""
    return importing.import_list(store, path, specs or (spec(), spec("told", body=TOLD)), tables().places)


def take_text(store: Store, text: str, name: str = "report", published: str = "2025-11-08") -> Counts:
    """Import a text."""
    report = report_of(text, name, published=published_ns(published, "test"))
    return importing.import_text(store, report, Path(f"{name}.txt"), tables().places)


def entry(source: str, day: str, clock: str = "", *, zone_h: int = 9, row: str = "1", **more: object) -> Entry:
    """An entry of a list, with figures given as `range_km` and so on."""
    found = day_of(day)
    assert not isinstance(found, str)
    clocks = clocks_of(clock) if clock else ((), False)
    assert not isinstance(clocks, str)
    moment = when(*found, clocks[0], 0 if clocks[1] else zone_h * 3_600 * 10**9)
    figures = {name: more.pop(name) for name in ("range_km", "apogee_km", "flight_time_min") if name in more}
    fields = tuple(
        Field(name, name, str(v), "analyst", low=v[0], high=v[1])
        if isinstance(v, tuple)
        else Field(name, name, str(v), "analyst", low=float(v), high=float(v))  # type: ignore[arg-type]
        for name, v in figures.items()
    )
    given = {"n_high": more.get("n_low", 1), "fields": fields, "launcher": "prk"} | more
    if "outcome" in given:
        outcome = str(given.pop("outcome"))
        given["fields"] = (*fields, Field("outcome", "outcome", outcome, "analyst", value=outcome))
        given["is_failed"] = outcome == "failure"
    return Entry(
        source=source, row=row, earliest_ns=moment.earliest_ns, latest_ns=moment.latest_ns, precision=moment.precision,
        printed_day=moment.printed_day, published_ns=moment.latest_ns, clocks_ns=moment.clocks_ns, **given,
    )  # type: ignore[arg-type]  # fmt: skip


def site(name: str = "here", lat_deg: float = 39.2, lon_deg: float = 125.7, sigma_m: float = 5e3) -> Site:
    """A launch site."""
    return Site(name, lat_deg * 3.141592653589793 / 180.0, lon_deg * 3.141592653589793 / 180.0, sigma_m)
