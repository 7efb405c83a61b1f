"""`bongsu evaluate --activity`: lists of past launches into forecasts as they would have been made, scored."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from bongsu.adapters.ingest.indicators import read_dates
from bongsu.adapters.ingest.reports import Refusals
from bongsu.catalogue import describe, importing, past
from bongsu.catalogue.store import Store
from bongsu.errors import BadInput
from bongsu.evaluate.activity import page
from bongsu.evaluate.activity.calendar import Nearness, nearness
from bongsu.evaluate.activity.rolling import Rolled, by_publication, roll
from bongsu.messages.inputs import PastLaunch
from bongsu.models.activity import day_of
from bongsu.run.tables import load_tables

N_YEARS = 6  # that are scored, if nothing else is asked for
PLOT, PAGE = "activity.svg", "activity.md"
_EPOCH = date(1970, 1, 1).toordinal()


def launches_of(paths: Sequence[Path]) -> list[PastLaunch]:
    """What the lists say of past launches, in order of publication. Raises BadInput where a list is not understood."""
    places = load_tables().places
    specs = describe.shipped()
    with Store() as store:
        for path in paths:
            importing.import_list(store, path, specs, places)
        return list(past.past_launches(store))


def evaluate(
    paths: Sequence[Path], *, since: str = "", until: str = "", dates: Sequence[Path] = ()
) -> tuple[Rolled, list[str]]:
    """Forecasts over [since, until) and the report on them; by default the six calendar years that end with the last launch's."""
    history = launches_of(paths)
    if not history:
        raise BadInput(", ".join(map(str, paths)), "no dated launch", "a list of past launches", "See bongsu history.")
    last = date.fromordinal(max(day_of(one.latest_ns) for one in history) + _EPOCH)
    after = _day(until, "--until") if until else date(last.year + 1, 1, 1)
    first = _day(since, "--since") if since else date(after.year - N_YEARS, after.month, 1)
    rolled = roll(by_publication(history), first.toordinal() - _EPOCH, after.toordinal() - _EPOCH)
    refusals = Refusals()
    near = [one for path in dates for one in _near(path, rolled, first, after, refusals)]
    said = [*_source(history, paths), "", *page.lines(rolled, near)]
    return rolled, [*said, *("\n" + line for line in refusals.summary())]


def write(folder: Path, rolled: Rolled, lines: Sequence[str]) -> None:
    """The page and its plot into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / PLOT).write_text(page.plot(rolled), encoding="utf-8")
    plot = [] if any(PLOT in line for line in lines) else ["", f"![Reliability]({PLOT})"]
    text = "\n".join(["# Forecasts of launch days", "", *lines, *plot])
    (folder / PAGE).write_text(text + "\n", encoding="utf-8")


def _source(history: Sequence[PastLaunch], paths: Sequence[Path]) -> list[str]:
    """What the history is, and what of it was assumed."""
    n_assumed = sum(one.is_published_assumed for one in history)
    n_wide = sum(one.latest_ns - one.earliest_ns > 86_400_000_000_000 for one in history)
    names = ", ".join(path.name for path in paths)
    return [
        f"{names}: {len(history)} entries of past launches. Of {n_assumed} the list gives no time of publication: a day after "
        f"the event's last possible instant is taken. The day of {n_wide} is doubted by more than a day: its middle counts. "
        "One launch day is a local day (UTC+9) with at least one launch in the lists."
    ]


def _near(path: Path, rolled: Rolled, first: date, after: date, refusals: Refusals) -> list[Nearness]:
    kinds = read_dates(path, refusals)
    if not kinds:
        raise BadInput(
            str(path), "; ".join(refusals.summary()) or "no date", "rows with `date`", "See docs/guides/watch.md."
        )
    begin, end = first.toordinal() - _EPOCH, after.toordinal() - _EPOCH
    return [nearness(kind, days, rolled.launch_days, begin, end) for kind, days in kinds.items()]


def _day(text: str, where: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadInput(where, repr(text), "a day such as 2016-01-01", "Write it so.") from error
