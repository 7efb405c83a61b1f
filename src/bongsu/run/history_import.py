"""What the history is made of: a path into the catalogue, whatever it holds: a log, a list, a folder, texts or notices."""

import json
from collections.abc import Sequence
from pathlib import Path

from bongsu.adapters.ingest.reports import Refusals, notice_of
from bongsu.catalogue import describe, importing
from bongsu.catalogue import rows as listed
from bongsu.catalogue.describe import ListSpec
from bongsu.catalogue.entries import Counts
from bongsu.catalogue.store import Store
from bongsu.errors import BadInput
from bongsu.geo.tables import Tables
from bongsu.language.notices.reading import has_heading, is_notice
from bongsu.log.reader import is_log
from bongsu.messages.inputs import Notice, Report
from bongsu.run.read import reports_in


def take(store: Store, path: Path, descriptions: Sequence[Path], published: str, tables: Tables) -> list[Counts]:
    """Import one path: a log, a list, a folder of lists, or texts and notices. What went before stays, whatever comes of it."""
    specs = (*(describe.load(_body(p), str(p)) for p in descriptions), *describe.shipped())
    if path.is_dir():
        return [c for each in _in_folder(path, specs) for c in _take_file(store, each, specs, published, tables)]
    return _take_file(store, path, specs, published, tables)


def _body(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadInput(str(path), error.strerror or str(error), "a readable file", "Check the path.") from error


def _in_folder(folder: Path, specs: Sequence[ListSpec]) -> list[Path]:
    """The lists of a folder and of those within it; without any, all their files. What a dot hides is left alone."""
    inside = sorted(p for p in folder.rglob("*") if not any(part[0] == "." for part in p.relative_to(folder).parts))
    lists = [
        found for each in (folder, *(p for p in inside if p.is_dir())) for found in importing.lists_in(each, specs)
    ]
    return lists or [p for p in inside if p.is_file()]


def _take_file(store: Store, path: Path, specs: Sequence[ListSpec], published: str, tables: Tables) -> list[Counts]:
    if is_log(path):
        return [importing.import_log(store, path, tables.places)]
    if _is_list(path, specs):
        return [importing.import_list(store, path, specs, tables.places)]
    arrays = _notices_in_arrays(path)
    if arrays:
        return [_keep_notices(store, path, arrays)]
    return _take_texts(store, path, published, tables)


def _is_list(path: Path, specs: Sequence[ListSpec]) -> bool:
    """Whether a file is a table that a description may fit; a table of texts is none."""
    head = _body(path)[:200].lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if path.suffix.lower() not in (".csv", ".json", ".jsonl", ".ndjson") and head != b"[":
        return False
    try:
        columns = listed.read(path).columns
    except BadInput:
        return path.suffix.lower() == ".csv"  # for the error to be told
    if describe.recognised(columns, specs) is not None:
        return True
    return "text" not in columns and (path.suffix.lower() == ".csv" or head == b"[")


def _notices_in_arrays(path: Path) -> list[Notice]:
    """Notices of a JSON object that holds them as an array of texts."""
    if path.suffix.lower() != ".json":
        return []
    try:
        found = json.loads(_body(path))
    except (ValueError, RecursionError):
        return []
    arrays = [v for v in found.values() if isinstance(v, list)] if isinstance(found, dict) else []
    told = [a for a in arrays if a and all(isinstance(t, str) for t in a) and any(is_notice(t) for t in a)]
    texts = max(told, key=lambda a: sum(map(len, a)), default=[])  # names of notices alone are shorter
    return [
        notice_of(Report(text_id=f"{path.stem}-{n}"[:200], text=text[:16_000], source=str(path)))
        for n, text in enumerate(texts, 1)
    ]


def _keep_notices(store: Store, path: Path, notices: list[Notice]) -> Counts:
    n_new = store.add_notices(notices, str(path))
    return Counts(
        f"notices:{path.name}", n_rows=len(notices), n_entries=n_new, n_known=len(notices) - n_new, is_repeat=not n_new,
        terms="published notices: read here, not shipped",
    )  # fmt: skip


def _take_texts(store: Store, path: Path, published: str, tables: Tables) -> list[Counts]:
    """Reports and notices. One text that cannot be used is an error; of many they are counted."""
    refusals = Refusals()
    reports = list(reports_in(str(path), published, refusals))
    notices = [notice_of(r) for r in reports if is_notice(r.text) and has_heading(r.text)]
    done = [_keep_notices(store, path, notices)] if notices else []
    for report in reports:
        if is_notice(report.text) and has_heading(report.text):
            continue
        try:
            done.append(importing.import_text(store, report, path, tables.places))
        except BadInput as error:
            if len(reports) == 1:
                raise
            refusals.add(error.found, report.text_id)
    if refusals.counts and done:
        done[-1].refused += [
            (refusals.first[reason], f"{n} refused: {reason}") for reason, n in refusals.counts.items()
        ]
    return done
