"""Levels of made-up years as text: reliability, skill, lead time and false alarms beside history alone, clouds, deception."""

from collections.abc import Sequence

import numpy as np

from bongsu.evaluate.activity.page import skilled, table
from bongsu.evaluate.watch import judge, world
from bongsu.evaluate.watch.follow import WARM_DAYS, Followed, fitted, follow, settings_with
from bongsu.evaluate.watch.world import World, WorldSettings
from bongsu.models.activity import HORIZON_DAYS
from bongsu.models.settings import Settings
from bongsu.models.watch import WatchSettings, sign_model

FIT_SEEDS, FIRST_SEED, N_YEARS, N_ODD_YEARS = range(1, 11), 301, 40, 10
FIT_DAYS, YEAR_DAYS = WARM_DAYS + 2 * 365, WARM_DAYS + 365 + HORIZON_DAYS[-1] - 1  # one year is scored
HALF_LIFE_DAYS = 5.0
ODD = (
    ("cloud all year, no other sign", WorldSettings(p_cloud=1.0, habits=())),
    ("cloud over 7 of 10 looks", WorldSettings(p_cloud=0.7)),
    ("preparations staged, and noted so", WorldSettings(p_staged=0.05)),
    ("preparations staged, and not known to be", WorldSettings(p_staged=0.05, is_staging_noted=False)),
)

Years = list[tuple[World, Followed]]


def years(settings: Settings, n: int, like: WorldSettings | None = None) -> Years:
    """Made-up years from `FIRST_SEED` on, which no fit has seen, as a node with `settings` follows them."""
    made = [world.make(seed, YEAR_DAYS, like) for seed in range(FIRST_SEED, FIRST_SEED + n)]
    return [(one, follow(one, settings)) for one in made]


def lines(n_years: int = N_YEARS, n_odd_years: int = N_ODD_YEARS, fit_seeds: Sequence[int] = FIT_SEEDS) -> list[str]:
    """The whole report in Markdown."""
    settings = fitted([world.make(seed, FIT_DAYS) for seed in fit_seeds], HALF_LIFE_DAYS)
    own = years(settings, n_years)
    default = years(settings_with(), n_years)
    odd = [(name, years(settings, n_odd_years, like)) for name, like in ODD]
    return [
        "## Levels in made-up years", "",
        f"{n_years} years with known preparations (seeds from {FIRST_SEED}), followed with sign models fitted to "
        f"{2 * len(fit_seeds)} other years of the same world. That says whether the model adds signs up rightly. It says nothing "
        "of real signs: the default ratios are own choices, fitted to nothing, and this world is none they were chosen for.", "",
        *weight_table(settings), "",
        "### Brier score", "", *brier_table((("fitted", own), ("default", default))), "", one_year(own), "",
        "### Reliability", "",
        "At every h-th midnight, so that windows of h days do not overlap; exact binomial intervals, 99.9 %.", "",
        *reliability_table((("fitted", own), ("default", default))), "",
        "### Lead time and false alarms, within 7 days", "", *alarm_table((("fitted", own), ("default", default))), "",
        "### Clouds and deception", "", *odd_table(odd),
    ]  # fmt: skip


def weight_table(settings: Settings) -> list[str]:
    """What was fitted, beside the default."""
    rows: list[tuple[object, ...]] = []
    for model in settings.signs:
        default = sign_model((), model.kind)
        for seen in ("present", "absent"):
            ratios, own = getattr(model, seen), getattr(default, seen)
            if any(ratios):
                rows.append(
                    (f"{model.kind}, {seen}", *(f"{a:+.2f} ({b:+.1f})" for a, b in zip(ratios, own, strict=True)))
                )
    most = zip(settings.watch.most_p, WatchSettings().most_p, strict=True)
    rows.append(("most chance", *(f"{a:.2f} ({b:.2f})" for a, b in most)))
    return table(("log-odds, fitted (default)", *(f"{h} days" for h in HORIZON_DAYS)), rows)


def brier_table(named: Sequence[tuple[str, Years]]) -> list[str]:
    """Levels, history alone and climatology."""
    rows = []
    for name, found in named:
        runs = [run for _, run in found]
        for j, (levels, history, usual) in enumerate(judge.brier(runs)):
            gained = skilled(judge.gain(runs, j))
            rows.append((name, f"{HORIZON_DAYS[j]} days", f"{levels:.3f}", f"{history:.3f}", f"{usual:.3f}", gained))
    head = ("signs", "window", "levels", "history alone", "climatology", "skill over history alone (90 %)")
    return table(head, rows)


def one_year(found: Years) -> str:
    """How much one year says."""
    apart = [(lambda row: row[0] - row[1])(judge.brier([run])[0]) for _, run in found]
    return (
        f"Of single years {sum(d > 0.0 for d in apart)} in {len(apart)} have levels worse than history alone within 7 days "
        f"(difference {np.mean(apart):+.3f} on average, {np.min(apart):+.3f} to {np.max(apart):+.3f}): one year proves nothing."
    )


def reliability_table(named: Sequence[tuple[str, Years]]) -> list[str]:
    """What was said against how often it came."""
    rows = [
        (
            name, f"{each.horizon_days} days", f"{each.p:.2f}",
            f"{each.came.value:.2f} ({each.came.low:.2f} to {each.came.high:.2f})",
            each.came.n, "yes" if each.is_kept() else "**no**",
        )
        for name, found in named
        for each in judge.kept([run for _, run in found])
    ]  # fmt: skip
    return table(("signs", "window", "said", "came", "windows", "within"), rows)


def alarm_table(named: Sequence[tuple[str, Years]]) -> list[str]:
    """Alarms at a raised level, and of history alone on as many days."""
    rows = []
    for name, found in named:
        by_signs, by_history = judge.beside_history(found)
        rows += [(f"levels, {name}", by_signs.text()), ("history alone, as many days", by_history.text())]
    return table(("alarm", "what it was worth"), rows)


def odd_table(named: Sequence[tuple[str, Years]]) -> list[str]:
    """Years in which signs are missing or staged."""
    rows = []
    for name, found in named:
        runs = [run for _, run in found]
        levels, history, _ = judge.brier(runs)[0]
        apart = max(float(np.abs(run.p - run.p_prior).max()) for run in runs)
        silent = sum(365 - len(run.days) for run in runs)
        rows.append((name, len(runs), f"{levels:.3f}", f"{history:.3f}", f"{apart:.3f}", silent))
    head = (
        "years with",
        "how many",
        "Brier of levels, 7 days",
        "of history alone",
        "furthest from history",
        "days unsaid",
    )
    return table(head, rows)
