"""A log read into an account: its inputs and the findings stored beside them, in order; nothing is recomputed."""

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from bongsu.adapters.publish import brief, html, text
from bongsu.adapters.publish.account import Account, Frame, no_words
from bongsu.adapters.publish.gather import Gathered
from bongsu.errors import BadInput
from bongsu.geo import places
from bongsu.geo.tables import Tables
from bongsu.log.manifest import Manifest
from bongsu.log.reader import LogReader, Record
from bongsu.messages.base import Finding
from bongsu.models.settings import Settings
from bongsu.sim.scenario import Published

Step = tuple[Record, list[Finding]]


def frame_of(
    manifest: Manifest, tables: Tables | None, title: str = "", published: tuple[Published, ...] = ()
) -> Frame:
    """What an account of a log needs beside its records: mode, node, sensors and areas from the manifest, names."""
    try:
        settings = msgspec.json.decode(manifest.settings, type=Settings)
    except msgspec.ValidationError as error:
        raise BadInput(
            "the manifest", f"settings this build cannot read ({error})", "settings of this build",
            f"Read the log with the build that wrote it: {manifest.build}.",
        ) from error  # fmt: skip
    return Frame(
        mode=manifest.mode, node=manifest.node, title=title, sensors=settings.sensors, areas=settings.areas,
        namer=namer_of(tables), published=published,
    )  # fmt: skip


def namer_of(tables: Tables | None) -> Callable[[float, float], str]:
    """Public place words by the tables; none without them."""
    if tables is None:
        return no_words
    return lambda lat_rad, lon_rad: places.public_words(tables.places, lat_rad, lon_rad)


def steps(log: LogReader) -> Iterator[Step]:
    """Each input with the findings stored for it."""
    findings = log.findings()
    waiting = next(findings, None)
    for record in log.inputs():
        found: list[Finding] = []
        while waiting is not None and waiting.cause <= record.seq:
            found.append(waiting)
            waiting = next(findings, None)
        yield record, found


def account(path: Path, tables: Tables | None = None, event_id: str = "") -> Account:
    """The account that a log holds of one event (the newest standing one by default)."""
    with LogReader(path) as log:
        heard = Gathered(frame_of(log.manifest, tables))
        for record, findings in steps(log):
            heard.take(record.seq, record.known_ns, record.message, findings)
    if event_id and event_id not in heard.event_ids():
        known = ", ".join(heard.event_ids()) or "none"
        raise BadInput(str(path), f"no launch event {event_id}", f"one of: {known}", "Name one of these.")
    return heard.account(event_id, is_whole=True)


def brief_of(
    path: Path, *, form: str = "text", lang: str = "en", tables: Tables | None = None, event_id: str = "",
    with_trace: bool = False,
) -> str:  # fmt: skip
    """The brief of a log as text, html or json."""
    if lang != "en":
        raise BadInput(
            "--lang",
            lang,
            "en",
            "A brief of a log is written in English so far; Korean and Japanese come with reading.",
        )
    found = account(path, tables, event_id)
    if form == "html":
        return html.write(found, tables)
    if form == "json":
        return msgspec.json.format(
            msgspec.json.encode({"brief": brief.compose(found), "account": found}), indent=1
        ).decode()
    return text.write(brief.compose(found), with_trace=with_trace)
