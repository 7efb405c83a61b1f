"""`bongsu history`: lists, texts, notices and logs into the catalogue, and its answers as table, JSON or files."""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from bongsu.adapters.publish.history import page
from bongsu.adapters.publish.history.row import Row
from bongsu.catalogue import announced, export, query, values
from bongsu.catalogue.entries import DAY_NS, Counts, day_ns, local_day
from bongsu.catalogue.expect import Answer
from bongsu.catalogue.query import Known, Window
from bongsu.catalogue.store import Store
from bongsu.errors import BadInput
from bongsu.geo.tables import Tables
from bongsu.run.history_import import take
from bongsu.run.tables import load_tables

_FOREVER: Final = 2**62


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command was told."""

    imports: tuple[Path, ...] = ()
    descriptions: tuple[Path, ...] = ()
    published: str = ""
    db: Path | None = None
    since: str = ""
    until: str = ""
    days: int | None = None
    before: str = ""
    launch: str = ""
    out: Path | None = None


@dataclass(slots=True)
class History:
    """What came of it."""

    imports: list[Counts] = field(default_factory=list)
    launches: list[Known] = field(default_factory=list)
    faults: list[tuple[str, str, str, str, str, bool]] = field(default_factory=list)
    window: Window | None = None
    announced: list[Answer] = field(default_factory=list)
    provenance: list[dict[str, Any]] = field(default_factory=list)
    terms: list[tuple[str, str]] = field(default_factory=list)
    files: list[Path] = field(default_factory=list)


def history(asked: Asked) -> History:
    """Import what is named, then answer. Raises BadInput where there is nothing to answer from, or a file cannot be used."""
    if not asked.imports and asked.db is None:
        raise BadInput(
            "bongsu history", "neither --import nor --db", "one of them", "Name a list, a text, a log or a catalogue."
        )
    if not asked.imports and asked.db is not None and not asked.db.exists():
        raise BadInput(str(asked.db), "no such file", "a catalogue", "Add --import to make one.")
    tables = load_tables()
    told = History()
    with Store(asked.db) as store:
        for path in asked.imports:
            told.imports += take(store, path, asked.descriptions, asked.published, tables)
        if asked.imports or not _is_settled(store):
            store.settle()
        begin_ns, end_ns = _bounds(store, asked)
        told.launches = query.launches(store, begin_ns, end_ns, export.STANDINGS)
        told.faults = query.faults(store, begin_ns, end_ns)
        told.terms = export.terms(store)
        told.announced = announced.answers(store)
        if asked.before:
            told.window = query.before(store, asked.before, asked.days or 14)
        elif asked.days:
            told.window = query.window(store, begin_ns, end_ns)
        if asked.launch:
            told.provenance = query.provenance(store, asked.launch)
            if not told.provenance:
                raise BadInput(
                    "--launch",
                    repr(asked.launch),
                    "the id of a launch of the catalogue",
                    "Leave it out to see them all.",
                )
        if asked.out is not None:
            try:
                told.files = export.write_all(store, asked.out, begin_ns, end_ns)
                told.files.append(_page(told, asked, tables))
            except OSError as error:
                raise BadInput(
                    f"--out {asked.out}", error.strerror or str(error), "a folder that can be made and written, with room",
                    "The catalogue is untouched: mend that and give the command again; what stands there may be half a file.",
                ) from error  # fmt: skip
    return told


def _is_settled(store: Store) -> bool:
    found = store.db.execute("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'launch'").fetchone()
    return bool(found and found[0])


def _bounds(store: Store, asked: Asked) -> tuple[int, int]:
    """The time asked for: local days, or the last days before the end of what is known."""
    begin_ns = _day(asked.since, "--since") if asked.since else -_FOREVER
    end_ns = _day(asked.until, "--until") + DAY_NS if asked.until else _FOREVER
    if asked.days and not asked.before:
        last = query.launches(store, begin_ns, end_ns)[-1:]
        if end_ns == _FOREVER and last:
            end_ns = day_ns(local_day(last[0].latest_ns - 1)) + DAY_NS
        begin_ns = end_ns - asked.days * DAY_NS
    return begin_ns, end_ns


def _day(text: str, where: str) -> int:
    day = values.day_of(text)
    if isinstance(day, str) or day[1] != "day":
        raise BadInput(where, repr(text), "a day as 2017-07-28 (UTC+9)", "Write it so.")
    return day_ns(day[0])


def _page(told: History, asked: Asked, tables: Tables) -> Path:
    assert asked.out is not None
    path = asked.out / "history.html"
    n = sum(k.standing == "counted" for k in told.launches)
    days = [k.day for k in told.launches if k.standing == "counted"]
    remarks = [
        f"{n} launches from {days[0]} to {days[-1]}, by what the sources say." if days else "No launch is known."
    ]
    faults = [(a, f"{s} row {r}", rule, says) for a, s, r, rule, says, _ in told.faults]
    body = page.write(
        "History of launches", rows_of(told.launches, told), remarks=remarks, faults=faults, terms=told.terms,
        tables=tables,
    )  # fmt: skip
    path.write_text(body, encoding="utf-8")
    return path


def rows_of(shown: Sequence[Known], told: History) -> list[Row]:
    """Launches as the page and the table show them."""
    rules: dict[str, set[str]] = defaultdict(set)
    for launch_id, _, _, rule, _, _ in told.faults:
        rules[launch_id].add(rule.replace("_", " "))
    return [_row(k, tuple(sorted(rules[k.launch_id]))) for k in shown]


def _row(k: Known, faults: tuple[str, ...]) -> Row:
    place = () if k.lat_rad is None else (math.degrees(k.lat_rad), math.degrees(k.lon_rad))
    first, last = local_day(k.earliest_ns), local_day(k.latest_ns - 1)
    months = {f"{d.year:04d}-{d.month:02d}" for d in (first, last)}
    return Row(
        launch_id=k.launch_id, when=query.span_words(k.earliest_ns, k.latest_ns), months=tuple(sorted(months)),
        n_words=count_words(k),
        site=k.site, place_deg=place, vehicle_class=k.vehicle_class, shape=k.shape,
        range_km=_ends(k.range_low_km, k.range_high_km), apogee_km=_ends(k.apogee_low_km, k.apogee_high_km),
        is_failed=k.is_failed,
        sources=k.sources, standing=k.standing, faults=faults,
    )  # fmt: skip


def count_words(k: Known) -> str:
    """How many flew: one number, an interval, or a least."""
    if not k.n_high:
        return f"{k.n_low}+"
    return str(k.n_low) if k.n_low == k.n_high else f"{k.n_low}-{k.n_high}"


def _ends(low: float | None, high: float | None) -> tuple[float, float] | tuple[()]:
    """Both ends where there is a figure; an open end is the other one."""
    ends = [x for x in (low, high) if x is not None and math.isfinite(x) and x > 0.0]
    return (min(ends), max(ends)) if ends else ()
