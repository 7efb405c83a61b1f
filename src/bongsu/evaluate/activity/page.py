"""The evaluation of launch-day forecasts as text: scores, skill with intervals, reliability, published figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from bongsu.evaluate.activity.calendar import NEAR_DAYS, Nearness
from bongsu.evaluate.activity.plot import reliability_svg
from bongsu.evaluate.activity.rolling import ROWS, Rolled, outcomes
from bongsu.evaluate.activity.scores import Floats, brier, log_loss, mean, months, reliability, skill
from bongsu.models.activity import HORIZON_DAYS

HINDSIGHT = "hindsight"  # the rate of the very days that are scored: no forecaster has it
EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class Published:
    """A probability somebody published: on a day, for a horizon, by whom."""

    day: date
    horizon_days: int
    p: float


PUBLISHED_BY = "CSIS Beyond Parallel with Predata, 2017"
PUBLISHED = tuple(
    Published(date(2017, month, day), horizon, p)
    for month, day, p14, p30 in ((3, 20, 0.34, 0.51), (3, 27, 0.22, 0.50), (4, 6, 0.55, 0.78), (5, 12, 0.69, 0.85))
    for horizon, p in ((14, p14), (30, p30))
)


def lines(rolled: Rolled, near: Sequence[Nearness] = ()) -> list[str]:
    """The whole report in Markdown, without its heading."""
    first, last = day_words(int(rolled.days[0])), day_words(int(rolled.days[-1]))
    said = [
        f"{len(rolled.days)} origins, one a local day from {first} to {last}; {_n_launch_days(rolled)} launch days between them. "
        "Scores: 0 is perfect. Skill: 1 - score / score of the baseline; above 0 is better. Brackets are 90 % intervals from "
        "months drawn with replacement; **no skill** stands where the interval reaches 0.",
        "",
    ]
    for j, h in enumerate(HORIZON_DAYS):
        said += [f"### At least one launch day within {h} days (came in {rolled.y[:, j].mean():.0%} of windows)", ""]
        said += [*score_table(rolled, j), ""]
    said += [*by_year(rolled), "", *reliability_table(rolled), "", *published_table(rolled), ""]
    return [*said, *near_table(near)] if near else said[:-1]


def score_table(rolled: Rolled, j: int) -> list[str]:
    """Scores and skill of every model at one horizon."""
    month = months(rolled.days)
    y = rolled.y[:, j]
    names, columns = _columns(rolled, j)
    rows = []
    for name, p in zip(names, columns, strict=True):
        b, ll = brier(p, y), log_loss(p, y)
        versus = [
            "-" if other == name else skilled(skill(b, brier(q, y), month))
            for other, q in zip(names, columns, strict=True)
            if other in ("climatology", "last_days", HINDSIGHT)
        ]
        versus_log = "-" if name == "climatology" else skilled(skill(ll, log_loss(columns[0], y), month))
        rows.append((name, f"{mean(b, month).value:.3f}", f"{mean(ll, month).value:.3f}", *versus, versus_log))
    head = (
        "model", "Brier", "log", "Brier skill over climatology", "over last days", "over hindsight", "log skill over climatology",
    )  # fmt: skip
    return table(head, rows)


def _columns(rolled: Rolled, j: int) -> tuple[tuple[str, ...], list[Floats]]:
    """Names and chances at a horizon: the models, and the base rate of the scored windows themselves."""
    hindsight = np.full(len(rolled.days), rolled.y[:, j].mean())
    return (*ROWS, HINDSIGHT), [*(rolled.p[:, i, j] for i in range(len(ROWS))), hindsight]


def by_year(rolled: Rolled) -> list[str]:
    """Brier skill of the combination over climatology in each calendar year; where no launch came its ratio says little."""
    years = np.array([date.fromordinal(int(d) + EPOCH).year for d in rolled.days])
    rows = []
    for year in sorted(set(years.tolist())):
        mine = years == year
        month = months(rolled.days[mine])
        cells = []
        for j in range(len(HORIZON_DAYS)):
            y = rolled.y[mine, j]
            cells.append(skilled(skill(brier(rolled.p[mine, -1, j], y), brier(rolled.p[mine, 0, j], y), month)))
        rows.append((str(year), str(int(mine.sum())), *cells))
    head = ("year", "origins", *(f"{h} days" for h in HORIZON_DAYS))
    return ["### Year by year: Brier skill of the combination over climatology", "", *table(head, rows)]


def reliability_table(rolled: Rolled) -> list[str]:
    """What the combination said against how often it came."""
    month = months(rolled.days)
    rows = []
    for j, h in enumerate(HORIZON_DAYS):
        for each in reliability(rolled.p[:, -1, j], rolled.y[:, j], month):
            span = f"{each.came.low:.2f} to {each.came.high:.2f}"
            is_kept = "yes" if each.came.low <= each.p <= each.came.high else "**no**"
            rows.append(
                (f"{h} days", f"{each.p:.2f}", f"{each.came.value:.2f} ({span})", each.n, each.n_months, is_kept)
            )
    head = ("window", "said", "came (90 %)", "origins", "months", "within")
    return ["### Reliability of the combination", "", *table(head, rows)]


def plot(rolled: Rolled) -> str:
    """The reliability plot of the combination and of climatology."""
    month = months(rolled.days)
    panels = [
        (f"within {h} days", [(ROWS[i], reliability(rolled.p[:, i, j], rolled.y[:, j], month)) for i in (-1, 0)])
        for j, h in enumerate(HORIZON_DAYS)
    ]
    return reliability_svg(panels, "Reliability of launch-day forecasts")


def published_table(rolled: Rolled) -> list[str]:
    """Probabilities published at the time, beside climatology, the combination and what came."""
    days = {int(d): k for k, d in enumerate(rolled.days)}
    known = [one for one in PUBLISHED if one.day.toordinal() - EPOCH in days]
    if not known:
        return ["No published probability falls among the origins."]
    rows, sums = [], np.zeros(4)
    for one in known:
        k = days[one.day.toordinal() - EPOCH]
        j = HORIZON_DAYS.index(one.horizon_days)
        hindsight = _two_years(rolled, one.day, j)
        chances = (one.p, float(rolled.p[k, 0, j]), float(rolled.p[k, -1, j]), hindsight)
        came = float(rolled.y[k, j])
        sums += [(p - came) ** 2 for p in chances]
        rows.append(
            (one.day.isoformat(), f"{one.horizon_days} days", *(f"{p:.2f}" for p in chances), "yes" if came else "no")
        )
    rows.append(("mean Brier", f"n = {len(known)}", *(f"{s:.3f}" for s in sums / len(known)), ""))
    head = ("day", "window", "published", "climatology", "combined", "base rate of that and the year before", "came")
    note = f"Published by {PUBLISHED_BY}. {len(known)} overlapping windows of one spring prove no skill, of anybody."
    return ["### Probabilities published at the time", "", *table(head, rows), "", note]


def _two_years(rolled: Rolled, day: date, j: int) -> float:
    """How often a window held a launch day, over all windows that began in a year and the one before: known only afterwards."""
    first, after = date(day.year - 1, 1, 1).toordinal() - EPOCH, date(day.year + 1, 1, 1).toordinal() - EPOCH
    days = np.arange(first, after - HORIZON_DAYS[j] + 1)
    return float(outcomes(days, rolled.launch_days)[:, j].mean())


def near_table(near: Sequence[Nearness]) -> list[str]:
    """Launch days near the dates of a calendar."""
    rows = [
        (
            each.kind, each.n_dates, f"{each.n_near} of {each.n_launch_days}", f"{each.expected:.1f}",
            f"{each.ratio.value:.2f} ({each.ratio.low:.2f} to {each.ratio.high:.2f})", f"{each.p_value:.2f}",
        )
        for each in near
    ]  # fmt: skip
    head = ("dates", "how many", "launch days near", "by chance", "rate near / elsewhere (90 %)", "p")
    title = f"### Launch days within {NEAR_DAYS} days of dates of a calendar"
    return [
        title,
        "",
        *table(head, rows),
        "",
        f"{len(near)} kinds are tested at once: the least p counts {len(near)} times.",
    ]


def skilled(found: object) -> str:
    """A skill with its interval, and in words where it is none."""
    low = getattr(found, "low", 0.0)
    return str(found) if low > 0.0 else f"{found} **no skill**"


def day_words(day: int) -> str:
    """A local day as a date."""
    return date.fromordinal(day + EPOCH).isoformat()


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> list[str]:
    """A Markdown table."""
    return [f"| {' | '.join(map(str, row))} |" for row in (head, ["---"] * len(head), *rows)]


def _n_launch_days(rolled: Rolled) -> int:
    return sum(int(rolled.days[0]) <= day <= int(rolled.days[-1]) for day in rolled.launch_days)
