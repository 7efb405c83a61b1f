"""A log read into an account: its inputs and the findings stored beside them, in order; nothing is recomputed."""

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from bongsu.adapters.publish import brief, html, text, whole
from bongsu.adapters.publish.account import Account, Frame, no_words
from bongsu.adapters.publish.gather import Gathered
from bongsu.adapters.publish.hearsay import Hearsay
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
    manifest: Manifest, tables: Tables | None, title: str = "", published: tuple[Published, ...] = (), lang: str = "en"
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
        sites=settings.sites,
        namer=namer_of(tables, lang), published=published,
    )  # fmt: skip


def namer_of(tables: Tables | None, lang: str = "en") -> Callable[[float, float], str]:
    """Public place words by the tables; none without them."""
    if tables is None:
        return no_words
    return lambda lat_rad, lon_rad: places.public_words(tables.places, lat_rad, lon_rad, lang)


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
    return gathered(path, tables, event_id)[0]


def gathered(path: Path, tables: Tables | None = None, event_id: str = "", lang: str = "en") -> tuple[Account, Hearsay]:
    """The account that a log holds of one event, and all it holds of words."""
    with LogReader(path) as log:
        heard = Gathered(frame_of(log.manifest, tables, lang=lang))
        said = Hearsay(heard.prompts)
        for record, findings in steps(log):
            heard.take(record.seq, record.known_ns, record.message, findings)
            said.take(record.seq, record.known_ns, record.message, findings)
    if event_id and event_id not in heard.event_ids():
        known = ", ".join(heard.event_ids()) or "none"
        raise BadInput(str(path), f"no launch event {event_id}", f"one of: {known}", "Name one of these.")
    return heard.account(event_id, is_whole=True), said


def brief_of(
    path: Path, *, form: str = "text", lang: str = "en", tables: Tables | None = None, event_id: str = "",
    with_trace: bool = False,
) -> str:  # fmt: skip
    """The brief of a log as text, html or json."""
    return written(*composed(path, lang=lang, tables=tables, event_id=event_id), tables, form, with_trace=with_trace)


def composed(
    path: Path, *, lang: str = "en", tables: Tables | None = None, event_id: str = ""
) -> tuple[brief.Brief, Account, Hearsay]:
    """The brief of a log, and what it was made from."""
    found, said = gathered(path, tables, event_id, lang)

    def namer(lat_rad: float, lon_rad: float, language: str) -> str:
        return namer_of(tables, language)(lat_rad, lon_rad)

    return whole.compose(found, said, lang, namer), found, said


def written(
    told: brief.Brief, found: Account, said: Hearsay, tables: Tables | None, form: str, *, with_trace: bool = False
) -> str:
    """A brief as text, html or json."""
    if form == "html":
        return html.write(found, tables, told)
    if form == "json":
        rows = {"brief": told, "account": found, "said": said.told()}
        return msgspec.json.format(msgspec.json.encode(rows), indent=1).decode()
    return text.write(told, with_trace=with_trace)
