"""The history for machines, and what came of each import, in sentences."""

import json
import math
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from bongsu.catalogue import announced
from bongsu.catalogue.expect import Answer
from bongsu.catalogue.query import Known, Window
from bongsu.run.history import History


def as_json(told: History) -> bytes:
    """Everything, for a machine; what is not known is left out, an open interval has no end."""
    found: dict[str, Any] = {
        "launches": [_shown(k) for k in told.launches],
        "faults": [
            dict(zip(("launch_id", "source", "row", "rule", "says", "is_doubt"), f, strict=True)) for f in told.faults
        ],
        "announced": {"counts": announced.counts(told.announced), "answers": [_answer(a) for a in told.announced]},
        "imports": [asdict(c) for c in told.imports],
        "terms": dict(told.terms),
    }
    if told.window is not None:
        found["window"] = _window(told.window)
    if told.provenance:
        found["provenance"] = [_clean(p) for p in told.provenance]
    if told.files:
        found["files"] = [str(p) for p in told.files]
    return json.dumps(found, ensure_ascii=False, allow_nan=False).encode()


def _clean(values_: dict[str, Any]) -> dict[str, Any]:
    return {n: v for n, v in values_.items() if v is not None and not (isinstance(v, float) and not math.isfinite(v))}


def _shown(k: Known) -> dict[str, Any]:
    return _clean(k.row)


def _window(w: Window) -> dict[str, Any]:
    return {
        "begin_ns": w.begin_ns, "end_ns": w.end_ns, "event_id": w.event_id, "n_counted": len(w.counted),
        "n_spoken_of": w.n_spoken_of, "counted": [_shown(k) for k in w.counted], "perhaps": [_shown(k) for k in w.perhaps],
        "quarantined": [_shown(k) for k in w.quarantined], "just_before": [_shown(k) for k in w.just_before],
        "words": [asdict(each) for each in w.loose], "silent": dict(w.silent),
        "disagreements": [dict(zip(("launch_id", "row", "rule", "says"), d, strict=True)) for d in w.disagreements],
    }  # fmt: skip


def _answer(a: Answer) -> dict[str, Any]:
    e = a.expectation
    return {
        "notice_id": e.notice_id, "text_id": e.text_id, "launcher": e.launcher, "activity": e.activity, "windows": e.windows,
        "outcome": a.outcome, "launch_id": a.launch_id, "why": a.why,
    }  # fmt: skip


def summary(told: History) -> Iterator[str]:
    """What the person who imported wants to know of each file, and on what terms it may be used."""
    for c in told.imports:
        if c.is_repeat:
            yield f"{c.source}: known already, nothing added"
            continue
        parts = [f"{c.n_entries} new entries from {c.n_rows} rows"]
        parts += [
            f"{n} {what}"
            for n, what in ((c.n_left_out, "no launch"), (c.n_known, "as before"), (c.n_revised, "revised"))
            if n
        ]
        parts += [f"{c.n_absent} of an earlier file not in this one (kept)"] if c.n_absent else []
        parts += [f"{len(c.refused)} refused (row {c.refused[0][0]}: {c.refused[0][1]})"] if c.refused else []
        yield f"{c.source}: {', '.join(parts)}"
        yield f"{c.source}: terms: {c.terms}"
    yield from (f"wrote {path}" for path in told.files)
