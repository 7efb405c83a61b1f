"""`bongsu watch`: dated signs, and lists of past launches, into a log and the levels that follow."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path

from bongsu.adapters.ingest.indicators import read_indicators
from bongsu.adapters.ingest.reports import Refusals
from bongsu.adapters.publish import watch as told
from bongsu.errors import BadInput, BongsuError
from bongsu.messages.base import Finding
from bongsu.messages.inputs import AnyInput, Indicator, PastLaunch, Tick
from bongsu.messages.watching import WatchLevel
from bongsu.models.activity import DAY_NS, day_of, start_ns
from bongsu.models.settings import Settings
from bongsu.run import config
from bongsu.run.activity import launches_of
from bongsu.run.core import Sink, open_core
from bongsu.run.tables import load_tables

BATCH = 100
WARM_DAYS = 365  # of daily forecasts before the first sign, so that their weights rest on something
MAX_DAYS = 20_000
_EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class Watched:
    """The newest levels in words, the levels, and what of the files was not used."""

    lines: tuple[str, ...]  # for a terminal
    levels: tuple[WatchLevel, ...]
    n_signs: int
    n_launches: int
    refused: tuple[str, ...]


class _Levels:
    """A sink that keeps what was said of levels."""

    def __init__(self) -> None:
        self.found: list[Finding] = []

    def __call__(self, seq: int, known_ns: int, message: AnyInput, findings: Sequence[Finding]) -> None:
        """Keep the levels of one input."""
        self.found = list(told.newest([*self.found, *findings]))


def watch(
    files: Sequence[Path], *, history: Sequence[Path] = (), node: Path | None = None, out: Path | None = None, until: str = "",
    lang: str = "en", sinks: Sequence[Sink] = (),
) -> Watched:  # fmt: skip
    """Feed signs and past launches in order of publication, a tick at each local midnight, and say the levels at the end.

    Raises BadInput where a file cannot be used, or nothing in them is dated.
    """
    settings = config.load_settings(node) if node else Settings()
    refusals = Refusals()
    signs = [sign for path in files for sign in read_indicators(path, settings.sites, refusals)]
    launches = launches_of(history) if history else []
    if not signs and not launches:
        raise BadInput(
            ", ".join(map(str, files)), "; ".join(refusals.summary()) or "no sign", "dated signs", "See docs/guides/watch.md."
        )  # fmt: skip
    newest_ns = max([*(sign.published_ns for sign in signs), *(launch.published_ns for launch in launches)])
    after_ns = _after(until) if until else newest_ns + DAY_NS
    levels = _Levels()
    with _place(out) as path, open_core(
        path, settings, load_tables(), mode="replay", sinks=[Sink(levels), *sinks]
    ) as core:  # fmt: skip
        rest = iter(inputs(signs, launches, after_ns))
        while batch := list(islice(rest, BATCH)):
            core.take(batch)
        failed = core.n_failed
    if failed:
        raise BongsuError(f"{failed} inputs made a stage fail; each is shown above. Please report it with the log.")
    newest = told.newest(levels.found)
    names = {site.site_id: site.name for site in settings.sites if site.name}
    return Watched(
        tuple(told.lines(newest, lang, names)), tuple(newest), len(signs), len(launches), tuple(refusals.summary())
    )


def inputs(signs: Sequence[Indicator], launches: Sequence[PastLaunch], after_ns: int) -> Iterator[tuple[int, AnyInput]]:
    """Known time and message, in order of publication, with a tick at each local midnight until `after_ns`."""
    told: list[Indicator | PastLaunch] = [*signs, *launches]
    waiting = sorted((one for one in told if one.published_ns <= after_ns), key=lambda one: one.published_ns)
    first_ns = min((sign.published_ns for sign in signs), default=after_ns)
    day, last = day_of(first_ns) - WARM_DAYS, day_of(after_ns)
    if last - day > MAX_DAYS:
        raise BadInput(
            "the signs", f"{last - day} days from the first to the last", f"at most {MAX_DAYS}", "Split them."
        )
    k = 0
    for midnight_ns in (start_ns(d) for d in range(max(0, day), last + 1)):
        while k < len(waiting) and waiting[k].published_ns <= midnight_ns:
            yield waiting[k].published_ns, waiting[k]
            k += 1
        yield midnight_ns, Tick(valid_ns=midnight_ns)
    for one in waiting[k:]:
        yield one.published_ns, one
    yield after_ns, Tick(valid_ns=after_ns)


@contextmanager
def _place(out: Path | None) -> Iterator[Path]:
    """The log to write: the one named, which must not exist, or one that is gone afterwards."""
    if out is None:
        with tempfile.TemporaryDirectory() as folder:
            yield Path(folder) / "watch.bongsu"
    elif out.exists():
        raise BadInput(str(out), "a file that exists", "a name that is free", "Remove the file or name another.")
    else:
        yield out


def _after(text: str) -> int:
    try:
        return start_ns(date.fromisoformat(text).toordinal() - _EPOCH + 1)
    except ValueError as error:
        raise BadInput("--until", repr(text), "a day such as 2017-03-20", "Write it so.") from error
