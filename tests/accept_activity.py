"""Forecasts of launch days and watch levels: `python -m tests.accept_activity` writes docs/evaluation/activity.md with its plot.

It also writes src/bongsu/data/watch_scores.csv, which briefs quote. Without the data nothing is written and the exit code is 1.
"""

import csv
import io
import os
import sys
from pathlib import Path

from bongsu.evaluate.activity import page, scores
from bongsu.evaluate.activity.rolling import Rolled
from bongsu.evaluate.watch import page as made_up
from bongsu.models.activity import HORIZON_DAYS
from bongsu.run import activity

ROOT = Path(__file__).parent.parent
OUT = ROOT / "docs" / "evaluation"
TABLE = ROOT / "src" / "bongsu" / "data" / "watch_scores.csv"
DATA = Path(os.environ.get("BONGSU_SHARED_DATA") or ROOT.parent / "shared" / "data") / "launches"
LIST = Path("cns_nagix") / "test_1984_2021.en.json"
SINCE, UNTIL, DATES = "2016-01-01", "2022-01-01", "examples/calendar.csv"


def score_rows(rolled: Rolled) -> str:
    """The table that is shipped: Brier skill of the combination over climatology, a row a horizon."""
    month = scores.months(rolled.days)
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(("first", "last", "days", "skill", "low", "high"))
    span = [page.day_words(int(rolled.days[i])) for i in (0, -1)]
    for j, h in enumerate(HORIZON_DAYS):
        y = rolled.y[:, j]
        found = scores.skill(scores.brier(rolled.p[:, -1, j], y), scores.brier(rolled.p[:, 0, j], y), month)
        rows.writerow((*span, h, *(f"{v:.3f}" for v in (found.value, found.low, found.high))))
    return text.getvalue()


def main() -> int:
    """Score both and write the page, the plot and the table."""
    if not (DATA / LIST).is_file():
        print(f"real data not found at {DATA}: set BONGSU_SHARED_DATA; nothing was written")
        return 1
    rolled, said = activity.evaluate([DATA / LIST], since=SINCE, until=UNTIL, dates=[ROOT / DATES])
    made = [
        "Made by `python -m tests.accept_activity`; the first part alone by "
        f"`bongsu evaluate --activity {LIST.name} --since {SINCE} --until {UNTIL} --dates {DATES}`. The list is the open list of "
        "missile tests by CNS and NTI; nothing of it is copied here but which windows held a launch day.",
        "",
        "## Forecasts of launch days, by history alone", "", *said, "",
        f"![Reliability]({activity.PLOT})", "",
        *made_up.lines(),
    ]  # fmt: skip
    activity.write(OUT, rolled, made)
    TABLE.write_text(score_rows(rolled), encoding="utf-8")
    print("\n".join(made))
    return 0


if __name__ == "__main__":
    sys.exit(main())
