"""Past launches from a JSON list of the open kind (rows with `date`, `time`), for tests of the watch.

Clocks are not trusted, days are.
"""

import json
from datetime import UTC, date, datetime
from pathlib import Path

from bongsu.messages.inputs import PastLaunch
from bongsu.models.activity import DAY_NS, start_ns

EPOCH = date(1970, 1, 1).toordinal()


def day(text: str) -> int:
    """The number of a local day."""
    return date.fromisoformat(text).toordinal() - EPOCH


def launch(number: int, lag_days: int = 1, launch_id: str = "", **more: object) -> PastLaunch:
    """A launch on a local day, published so many days after that day ended."""
    first_ns = start_ns(number)
    given = {
        "launch_id": launch_id or f"D{number}", "earliest_ns": first_ns, "latest_ns": first_ns + DAY_NS - 1,
        "published_ns": first_ns + (1 + lag_days) * DAY_NS, "source": "test", "is_published_assumed": True,
    } | more  # fmt: skip
    return PastLaunch(**given)  # type: ignore[arg-type]  # the union of its argument types


def listed(path: Path, lag_days: int = 1) -> list[PastLaunch]:
    """The launches of a list, on the days it prints; rows without a whole date are left out."""
    rows = json.loads(path.read_text(encoding="utf-8"))
    return [launch(day(row["date"]), lag_days, f"row {i}") for i, row in enumerate(rows) if len(row["date"]) == 10]


def utc(text: str) -> int:
    """Nanoseconds of an ISO 8601 instant."""
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()) * 1_000_000_000
