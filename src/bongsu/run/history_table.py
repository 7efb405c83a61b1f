"""The history in a terminal: launches as a table, the answer about a window in sentences, announced launches in counts."""

import sys
from collections.abc import Iterator

from rich.console import Console
from rich.table import Table

from bongsu.adapters.publish.history.page import span
from bongsu.catalogue import announced
from bongsu.catalogue.entries import local_day
from bongsu.catalogue.query import Known, Window
from bongsu.run.history import History, count_words, rows_of

MOST = 200  # rows in a terminal; the rest is in the files of --out
WIDTH = 150  # where the output is no terminal


def show(told: History) -> None:
    """Print it all to standard output."""
    console = Console(file=sys.stdout, width=None if sys.stdout.isatty() else WIDTH, highlight=False)
    if told.provenance:
        console.print(_provenance(told))
        return
    if told.window is not None:
        for line in window_words(told.window):
            console.print(line, markup=False)
        shown = [*told.window.counted, *told.window.perhaps, *told.window.just_before]
        if shown:
            console.print(_launches(told, shown, "in the window, perhaps in it, and just before"))
        return
    console.print(_launches(told, told.launches[-MOST:], _title(told)))
    for line in fault_words(told):
        console.print(line, markup=False)
    for nation, counts in announced.counts(told.announced).items():
        said = ", ".join(f"{n} {name.replace('_', ' ')}" for name, n in counts.items())
        console.print(f"announced by {nation}: {said}", markup=False)


def _title(told: History) -> str:
    n = sum(k.standing == "counted" for k in told.launches)
    more = f", the last {MOST} shown" if len(told.launches) > MOST else ""
    return f"{n} launches{more}"


def _launches(told: History, shown: list[Known], title: str) -> Table:
    table = Table(title=title, title_justify="left", box=None, padding=(0, 1))
    for name in ("launch", "when", "n", "site", "class", "range km", "apogee km", "shape", "sources", "faults"):
        table.add_column(name, overflow="fold", no_wrap=name in ("launch", "n"))
    for k, r in zip(shown, rows_of(shown, told), strict=True):
        kept = () if k.standing == "counted" else (k.standing,)
        table.add_row(
            r.launch_id, r.when, r.n_words, r.site, r.vehicle_class, span(r.range_km), span(r.apogee_km),
            r.shape.replace("_", " "), r.sources, ", ".join((*r.faults, *kept)),
        )  # fmt: skip
    return table


def _provenance(told: History) -> Table:
    table = Table(title="every field", title_justify="left", box=None, padding=(0, 1))
    for name in ("quantity", "says", "speaker", "source", "row", "rev", "column", "characters", "file (sha256)"):
        table.add_column(name, overflow="fold")
    for p in told.provenance:
        says = p["word"] or span((p["low"], p["high"]))
        at = f"{p['start_char']}-{p['stop_char']}" if p["stop_char"] else "all"
        file = f"{p['path']} ({p['sha256'][:12]})"
        told_of = (
            p["quantity"],
            f"{says} {p['hedge']}".strip(),
            p["speaker"],
            p["source"],
            p["row_no"] or p["row_key"],
            str(p["revision"]),
        )
        table.add_row(*told_of, p["column_name"], at, file)
    return table


def window_words(w: Window) -> Iterator[str]:
    """The answer about a window: how many count, which, who is silent, what was meant loosely, who disagrees."""
    first, last = local_day(w.begin_ns), local_day(w.end_ns - 1)
    lead = f" before {w.event_id}" if w.event_id else ""
    yield f"{w.n_days:.0f} days{lead}, {first} to {last} (UTC+9): {_dated(w)}"
    for name, found in (("counted", w.counted), ("perhaps", w.perhaps), ("not corroborated", w.quarantined)):
        yield from (f"  {name}: {k.launch_id}, {_who(k)}" for k in found)
    yield from (f"  just before the window, not counted: {k.launch_id}, {_who(k)}" for k in w.just_before)
    for each in w.loose:
        mark = " (loose)" if each.is_loose else ""
        days = f"{local_day(each.earliest_ns)} to {local_day(each.latest_ns - 1)}"
        yield f'  {each.source} says "{each.printed}"{mark}: at least {each.n_low}, {days}; {each.says}'
    for source, day in w.silent:
        yield f"  {source} is silent: its rows end on {day}; that it has none here says nothing"
    for launch_id, row, rule, says in w.disagreements:
        yield f"  disagreement on {launch_id}: {row}: {rule.replace('_', ' ')}: {says}"


def _dated(w: Window) -> str:
    n = len(w.counted)
    said = f"{n} launch{'' if n == 1 else 'es'} with a date count{'s' if n == 1 else ''}"
    spoken = f"; texts speak of at least {w.n_spoken_of} there without dates" if w.n_spoken_of > n else ""
    return f"{said}{f', {len(w.perhaps)} more perhaps' if w.perhaps else ''}{spoken}"


def _who(k: Known) -> str:
    parts = [count_words(k), k.vehicle_class.replace("_", " "), f"from {k.site}" if k.site else "", f"by {k.sources}"]
    return " ".join(p for p in parts if p)


def fault_words(told: History) -> Iterator[str]:
    """Each fault in one line."""
    for launch_id, source, row, rule, says, is_doubt in told.faults:
        yield f"{'doubt' if is_doubt else 'fault'} {launch_id} {source} row {row}: {rule.replace('_', ' ')}: {says}"
