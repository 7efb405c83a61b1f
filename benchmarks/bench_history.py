"""How fast does a catalogue of 100,000 rows answer a question of time, and how long does it take to make?

Counted: a whole answer as the command gives it (window before a launch: launches, those just before, words, silent lists,
disagreements; provenance of one launch; launches of a year), from an open catalogue on disk, in random order. Not counted:
opening the file and drawing tables. Rows are invented: a launch on each of 25,000 days, told by four lists with clocks, days,
UTC and figures that differ a little, so that matching has something to do. Exits with 1 where p95 is not below 100 ms.
"""

import csv
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from bongsu.catalogue import describe, importing, query
from bongsu.catalogue.entries import DAY_NS, day_ns
from bongsu.catalogue.store import Store
from bongsu.run.tables import load_tables

N_DAYS = 25_000
N_ASKED = 300
SPEC = """
name = "{name}"
terms = "invented"
recognise = ["day", "clock", "site", "km", "top"]
launcher = "prk"
zone = "{zone}"
[columns]
day = "day"
clock = "clock"
site = "site"
range_km = "km"
apogee_km = "top"
"""
LISTS = (("first", "+09:00"), ("second", "UTC"), ("third", "+09:00"), ("fourth", "+09:00"))
SITES = ("Wonsan", "Sunan", "Kusong", "Sinpo")


def write(path: Path, name: str, rng: random.Random) -> None:
    """One list of N_DAYS rows from 1957 on."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("day", "clock", "site", "km", "top"))
        for n in range(N_DAYS):
            day = date(1957, 1, 1) + timedelta(days=n)
            minute = 300 + (n * 37) % 400 + rng.randint(-1, 1)
            if name == "second":
                day, minute = (day, minute - 540) if minute >= 540 else (day - timedelta(days=1), minute + 900)
            clock = "" if name == "third" else f"{minute // 60:02d}:{minute % 60:02d}"
            km = 100 + (n * 13) % 900 + rng.randint(-20, 20)
            writer.writerow((day, clock, SITES[n % 4], km, max(20, km // 4)))


def make(folder: Path) -> tuple[Path, float, float, int]:
    """The catalogue, seconds to import and to settle, and rows in it."""
    rng = random.Random(1)
    db = folder / "history.db"
    places = load_tables().places
    start = time.perf_counter()
    with Store(db) as store:
        for name, zone in LISTS:
            path = folder / f"{name}.csv"
            write(path, name, rng)
            importing.import_list(
                store, path, (describe.load(SPEC.format(name=name, zone=zone).encode(), name),), places
            )
        imported = time.perf_counter()
        store.settle()
        row = store.db.execute("SELECT count(*) FROM entry").fetchone()
        return db, imported - start, time.perf_counter() - imported, int(row[0]) if row else 0


def times_ms(ask: Callable[[int], object], rng: random.Random) -> list[float]:
    """How long each of many answers takes, sorted."""
    found = []
    for _ in range(N_ASKED):
        k = rng.randrange(N_DAYS)
        start = time.perf_counter()
        ask(k)
        found.append(1e3 * (time.perf_counter() - start))
    return sorted(found)


def main() -> int:
    """Print p50, p95 and p99 of each question."""
    with tempfile.TemporaryDirectory() as name:
        db, import_s, settle_s, n = make(Path(name))
        print(
            f"{n:,} rows imported in {import_s:.1f} s, settled in {settle_s:.1f} s, {db.stat().st_size / 1e6:.0f} MB on disk"
        )
        rng = random.Random(2)
        worst = 0.0
        with Store(db) as store:
            row = store.db.execute("SELECT count(*) FROM launch").fetchone()
            print(f"{row[0] if row else 0:,} launches")
            days = [date(1957, 1, 1) + timedelta(days=k) for k in range(N_DAYS)]
            questions: dict[str, Callable[[int], object]] = {
                "14 days before a launch": lambda k: query.before(store, days[k].isoformat(), 14),
                "every field of a launch": lambda k: query.provenance(store, f"{days[k]}.1"),
                "launches of a year": lambda k: query.launches(store, day_ns(days[k]), day_ns(days[k]) + 365 * DAY_NS),
            }
            for asked, ask in questions.items():
                found = times_ms(ask, rng)
                p50, p95, p99 = (found[round(q * (len(found) - 1))] for q in (0.50, 0.95, 0.99))
                print(f"{asked:26s} p50 {p50:6.1f} ms   p95 {p95:6.1f} ms   p99 {p99:6.1f} ms")
                worst = max(worst, p95)
    return int(worst >= 100.0)


if __name__ == "__main__":
    sys.exit(main())
