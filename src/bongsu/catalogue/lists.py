"""A row of a described list into an entry: its columns as the description says, its free text read like any report."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from bongsu.catalogue import describe, values
from bongsu.catalogue.describe import ListSpec
from bongsu.catalogue.entries import DAY_NS, LOCAL_NS, Entry, Field, Precision, Site, local_day
from bongsu.catalogue.reading import OFFICIAL, Told, first_class, told_in
from bongsu.catalogue.rows import Row
from bongsu.geo.places import PlaceTable
from bongsu.models.reconstruct_sites import site_of

SITE_M: Final = 5e3  # one sigma of a site that a list gives in degrees
_UNIT_PAIR: Final = re.compile(r"([\d,.]+)\s*(?:km|kilomet\w+)\s*\(\s*([\d,.]+)\s*(?:mi\b|miles?)", re.I)
_KM_PER_MILE: Final = 1.609344
_MOST_APART: Final = 1.06  # two printed units of one figure, for both are rounded


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that is no entry, and why; `is_other` where the description does not ask for it."""

    reason: str
    is_other: bool = False


@dataclass(slots=True)
class _Draft:
    """What was found in a row so far."""

    spec: ListSpec
    row: Row
    lookups: dict[str, dict[str, Any]]
    fields: list[Field]
    notes: list[str]

    def cell(self, quantity: str) -> str:
        """The cell of a quantity; empty where there is none or the list's word for unknown."""
        cell = self.row.cells.get(self.spec.columns.get(quantity, ""), "").strip()
        return "" if cell.lower() in self.spec.unknown else cell

    def add(self, quantity: str, cell: str, value: str = "", number: values.Number | None = None) -> None:
        """A field the list itself says."""
        low, high, hedge = (number.low, number.high, number.hedge) if number else (-math.inf, math.inf, "")
        self.fields.append(
            Field(quantity, self.spec.columns[quantity], cell, self.spec.speaker, low=low, high=high, value=value, hedge=hedge)
        )  # fmt: skip


def names_of(spec: ListSpec, rows: Sequence[Row]) -> list[str]:
    """A name for each row that stays when rows are put in or taken out: its own, or its day and its place in that day."""
    named: list[str] = []
    n_of_day: Counter[str] = Counter()
    for row in rows:
        day = row.cells.get(spec.columns["day"], "").strip()[:40] or f"row {row.number}"
        own = row.cells.get(spec.columns.get("row", ""), "").strip()[:80]
        n_of_day[day] += 1
        named.append(own or f"{day}/{n_of_day[day]}")
    return named


def entry_of(
    spec: ListSpec, row: Row, lookups: dict[str, dict[str, Any]], places: PlaceTable, name: str = ""
) -> Entry | Refused:
    """The entry of one row, or why there is none."""
    if row.refused:
        return Refused(row.refused)
    if not all(re.search(pattern, row.cells.get(column, "")) for column, pattern in spec.take.items()):
        return Refused("no launch by the list's description", is_other=True)
    draft = _Draft(spec, row, lookups, [], [])
    day = values.day_of(draft.cell("day")) if draft.cell("day") else "no day is given"
    if isinstance(day, str):
        return Refused(day)
    draft.add("day", draft.cell("day"), draft.cell("day")[:10])
    told = told_in(row.cells.get(spec.columns.get("text", ""), ""), spec.columns.get("text", ""), spec.speaker, day[0])
    when = _when(draft, day, told)
    _numbers(draft)
    _words(draft)
    site, site_words = _site(draft, told, places)
    draft.fields += told.fields
    _units(draft)
    return _entry(draft, name or str(row.number), when, site, site_words, told)


def _entry(draft: _Draft, name: str, when: values.When, site: Site | None, site_words: str, told: Told) -> Entry:
    own = next((f.value for f in draft.fields if f.quantity == "vehicle_class" and not f.stop), "")
    counts = [f for f in draft.fields if f.quantity == "count" and 1 <= f.low <= values.MOST_AT_ONCE]
    n_low = int(max((f.low for f in counts), default=max(1, len(told.clocks_ns))))
    highs = [f.high for f in counts if f.high <= values.MOST_AT_ONCE]
    published_ns = values.instant_of(draft.cell("published"))
    return Entry(
        source=draft.spec.name,
        row=name,
        row_no=str(draft.row.number),
        earliest_ns=when.earliest_ns,
        latest_ns=when.latest_ns,
        precision=when.precision,
        printed_day=when.printed_day,
        clocks_ns=when.clocks_ns,
        published_ns=when.latest_ns + DAY_NS if published_ns is None else published_ns,
        is_published_assumed=published_ns is None,
        site=site,
        site_words=site_words,
        vehicle_class=own if own not in ("", "missile", "ballistic") else first_class(told.fields) or own,
        launcher=draft.spec.launcher,
        n_low=n_low,
        n_high=max(int(max(highs)), n_low) if highs else n_low,
        is_failed=any(f.quantity == "outcome" and f.value == "failure" for f in draft.fields),
        has_official=any(f.speaker in OFFICIAL for f in draft.fields),
        fields=tuple(draft.fields),
        notes=tuple(draft.notes),
    )


def _when(draft: _Draft, day: tuple[date, Precision], told: Told) -> values.When:
    """The interval of the row's day, with the clock of its column or, without one, of its text."""
    offset_ns = 0 if draft.spec.zone == "UTC" else LOCAL_NS
    minutes: tuple[int, ...] = ()
    if cell := draft.cell("clock"):
        clock = values.clocks_of(cell)
        if isinstance(clock, str):
            draft.notes.append(f"clock_does_not_exist: {clock}")
        else:
            minutes, is_utc = clock
            offset_ns = 0 if is_utc else offset_ns
            draft.add("clock", cell, cell)
    if not minutes and draft.spec.zone == "UTC" and day[1] == "day":
        offset_ns = 0
    found = values.when(*day, minutes, offset_ns)
    other = [d for d in told.days if d != day[0]]
    if other and day[0] not in told.days and not minutes and day[1] == "day":
        draft.notes.append(f"days_disagree: the row is of {day[0]}, its text speaks of {other[0]}")
        ends = (values.when(other[0], "day", (), LOCAL_NS), found)
        return values.When(
            min(e.earliest_ns for e in ends), max(e.latest_ns for e in ends), "day", found.printed_day, told.clocks_ns
        )
    if minutes or not told.clocks_ns or day[1] != "day":
        return found
    near = tuple(t for t in told.clocks_ns if local_day(t) == day[0])
    return values.When(min(near), max(near) + DAY_NS // 1_440, "clock", found.printed_day, near) if near else found


def _numbers(draft: _Draft) -> None:
    for quantity in describe.NUMBERS:
        if cell := draft.cell(quantity):
            number = values.number_of(cell)
            if isinstance(number, values.Number) and quantity == "count" and number.low > values.MOST_AT_ONCE:
                number = f"{cell.strip()[:40]!r} is more than flies at once"
            if isinstance(number, str):
                draft.notes.append(f"no_number: {quantity}: {number}")
            else:
                draft.add(quantity, cell, number=number)
    if cell := draft.cell("fall_clock"):
        draft.add("fall_clock", cell, cell)


def _words(draft: _Draft) -> None:
    """Words as the description translates them; a word it does not know stays as it is."""
    for quantity in describe.WORDS:
        cell = draft.cell(quantity)
        lookup = draft.spec.lookup.get(quantity)
        word = cell
        if lookup and lookup.value:
            known = draft.lookups[quantity].get(cell)
            word = str(known.get(lookup.value, "")) if isinstance(known, dict) else ""
        word = next((name for name, p in draft.spec.words.get(quantity, {}).items() if re.search(p, word)), word)
        if cell and word and word.lower() not in draft.spec.unknown:
            draft.add(quantity, cell, word)


def _site(draft: _Draft, told: Told, places: PlaceTable) -> tuple[Site | None, str]:
    """The place of a site: in degrees, by the list's own table, by its words, or by those of its text."""
    cell = draft.cell("site")
    if cell:
        draft.add("site", cell, cell)
    lat, lon = (values.number_of(draft.cell(name)) for name in ("lat_deg", "lon_deg"))
    if isinstance(lat, values.Number) and isinstance(lon, values.Number):
        return _placed(cell, lat.low, lon.low, draft), cell
    lookup = draft.spec.lookup.get("site")
    known = draft.lookups["site"].get(cell) if lookup and cell else None
    if lookup and isinstance(known, dict):
        name = str(known.get(lookup.name) or cell)
        try:
            return _placed(name, float(known[lookup.lat]), float(known[lookup.lon]), draft), name
        except (KeyError, TypeError, ValueError):
            draft.notes.append(f"no_place: the list's table has no place for {cell!r}")
    said = cell or told.site_words
    found = site_of(places, said) if said else None
    return (None if found is None else Site(said, found.lat_rad, found.lon_rad, found.sigma_m)), said


def _placed(name: str, lat_deg: float, lon_deg: float, draft: _Draft) -> Site | None:
    if not (-90.0 <= lat_deg <= 90.0 and -180.0 <= lon_deg <= 180.0):
        draft.notes.append(f"no_place: {lat_deg} {lon_deg} is no place")
        return None
    return Site(name, math.radians(lat_deg), math.radians(lon_deg), SITE_M)


def _units(draft: _Draft) -> None:
    """One figure printed in two units that are not the same figure."""
    text = draft.row.cells.get(draft.spec.columns.get("text", ""), "")
    for match in _UNIT_PAIR.finditer(text):
        try:
            km, miles = (float(part.replace(",", "").rstrip(".")) for part in match.groups())
        except ValueError:
            continue
        if km > 0 and miles > 0 and not 1 / _MOST_APART < km / (miles * _KM_PER_MILE) < _MOST_APART:
            draft.notes.append(f"units_disagree: {match[0]!r} are {miles * _KM_PER_MILE:.0f} km")
