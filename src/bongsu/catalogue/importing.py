"""Files into the catalogue, in batches that either are there or are not; the same file twice changes nothing."""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Final

from bongsu.catalogue import describe, lists, logs, rows, texts
from bongsu.catalogue.describe import ListSpec
from bongsu.catalogue.entries import Counts, Entry
from bongsu.catalogue.rows import Row
from bongsu.catalogue.store import BATCH, Batch, Store
from bongsu.errors import BadInput
from bongsu.geo.places import PlaceTable
from bongsu.messages.inputs import Report

_TEXT_TERMS: Final = "a published text: read here, not shipped"
_LOG_TERMS: Final = "a log of this system"


def import_list(store: Store, path: Path, specs: Sequence[ListSpec], places: PlaceTable) -> Counts:
    """One list. Raises BadInput where no description fits, or nothing in it can be read."""
    file = rows.read(path)
    spec = describe.require(file.columns, specs, str(path))
    lookups = describe.tables_of(spec, path.parent)
    counts = Counts(spec.name, n_rows=len(file.rows), terms=spec.terms)
    number, n_done = _opened(store, counts, path, file.sha256, "list", spec.url)
    names, counts.n_absent = _names(store, spec, file.rows)
    while not counts.is_repeat and n_done < len(file.rows):
        batch = file.rows[n_done : n_done + BATCH]
        entries: list[Entry] = []
        refused, n_other = [], 0
        for row, name in zip(batch, names[n_done:], strict=False):
            found = lists.entry_of(spec, row, lookups, places, name)
            if isinstance(found, Entry):
                entries.append(found)
            elif found.is_other:
                n_other += 1
            else:
                refused.append((str(row.number), found.reason))
        n_done += len(batch)
        counts.n_left_out += n_other
        counts.refused += refused
        _add(store, counts, number, Batch(len(batch), entries, refused, n_other))
    return counts


def _names(store: Store, spec: ListSpec, found: Sequence[Row]) -> tuple[list[str], int]:
    """Names of the rows, and how many known rows are not among them.

    A row with a new name in the place of one that is gone is that one, its day mended.
    """
    names = lists.names_of(spec, found)
    known, here = store.rows_of(spec.name), set(names)
    gone = {name for name in known if name not in here}
    place = {known[name]: name for name in sorted(gone)}
    for k, row in enumerate(found):
        old = place.pop(str(row.number), "") if names[k] not in known else ""
        if old:
            names[k] = old
            gone.discard(old)
    return names, len(gone)


def import_log(store: Store, path: Path, places: PlaceTable) -> Counts:
    """The launch events and reports of a log."""
    entries, refused = logs.entries_of(path, places)
    name = entries[0].source.split("/")[0] if entries else "log"
    counts = Counts(name, n_rows=len(entries) + len(refused), refused=refused, terms=_LOG_TERMS)
    number, _ = _opened(store, counts, path, sha256(path.read_bytes()).hexdigest(), "log", "")
    if not counts.is_repeat:
        _add(store, counts, number, Batch(counts.n_rows, entries, refused))
    return counts


def import_text(store: Store, report: Report, path: Path, places: PlaceTable) -> Counts:
    """What one published text says of launches. Raises BadInput where it gives no day."""
    entries = texts.entries_of(report, places)
    counts = Counts(report.text_id, n_rows=1, n_left_out=0 if entries else 1, terms=_TEXT_TERMS)
    digest = sha256(f"{report.published_ns}\n{report.text}".encode("utf-8", "surrogatepass")).hexdigest()
    number, _ = _opened(store, counts, path, digest, "text", report.source)
    if not counts.is_repeat:
        _add(store, counts, number, Batch(1, entries, n_left_out=counts.n_left_out))
    return counts


def _opened(store: Store, counts: Counts, path: Path, digest: str, kind: str, url: str) -> tuple[int, int]:
    """The file's number and how many of its rows are in already."""
    known = store.file_of(counts.source, digest)
    if known is None:
        return store.open_file(counts.source, str(path), digest, kind, counts.terms, url, counts.n_rows), 0
    counts.is_repeat = known[2]
    return known[0], known[1]


def _add(store: Store, counts: Counts, number: int, batch: Batch) -> None:
    fresh, same, revised = store.add(number, batch)
    counts.n_entries += fresh
    counts.n_known += same
    counts.n_revised += revised


def lists_in(folder: Path, specs: Sequence[ListSpec]) -> list[Path]:
    """The lists in a folder, not in those within it: files that a description recognises and means."""
    found = []
    for path in sorted(p for p in folder.iterdir() if p.is_file()):
        try:
            spec = describe.recognised(rows.read(path).columns, specs)
        except BadInput:
            continue
        if spec is not None and path.match(spec.folder):
            found.append(path)
    return found
