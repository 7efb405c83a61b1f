"""Scores of readings against labels: values one to one, then who is said to vouch for them and when."""

import json
import unicodedata
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from bongsu.language.reading import ReadClaim, read

NUMERIC = ("range_km", "apogee_km", "speed_mach", "flight_time_min", "count")


@dataclass(frozen=True)
class Score:
    """Figures of one set of texts."""

    f1: float
    speaker: float
    day: float
    detection: float
    n_claims: int
    n_texts: int


def load(path: Path) -> list[dict]:
    """The texts of a JSON-lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def reading_of(text: dict):
    return read(text["text"], text["lang"], date.fromisoformat(text["published"]))


def score(texts: list[dict]) -> Score:
    """F1 over all claims; speaker and day among the matched ones; F1 of telling launch reports from others."""
    n = Counter()
    for text in texts:
        found = reading_of(text)
        n["said"] += found.is_launch_report
        n["true"] += text["is_launch_report"]
        n["both"] += found.is_launch_report and text["is_launch_report"]
        n["gold"] += len(text["claims"])
        n["found"] += len(found.claims)
        for gold, claim in pairs(text["claims"], list(found.claims)):
            n["matched"] += 1
            n["speaker"] += gold["speaker"] == claim.speaker
            n["day"] += gold["event_date"] == (claim.event_date or None)
    matched = n["matched"]
    detection = 2 * n["both"] / (n["said"] + n["true"])
    return Score(
        2 * matched / (n["gold"] + n["found"]),
        n["speaker"] / matched,
        n["day"] / matched,
        detection,
        n["gold"],
        len(texts),
    )


def pairs(gold: list[dict], found: list[ReadClaim]) -> list[tuple[dict, ReadClaim]]:
    """Each label with a claim of its value, one to one; of several the one that agrees in most else."""
    free = list(found)
    matched = []
    for wanted in (True, False):  # agreeing in speaker first
        for label in [g for g in gold if not any(g is m for m, _ in matched)]:
            near = [
                c
                for c in free
                if is_same(label, c)
                and (not wanted or (c.speaker == label["speaker"] and c.event_date == label["event_date"]))
            ]
            if near:
                matched.append((label, near[0]))
                free.remove(near[0])
    return matched


def is_same(label: dict, claim: ReadClaim) -> bool:
    if label["quantity"] != claim.quantity:
        return False
    if claim.quantity in NUMERIC:
        return all(is_near(label[bound], getattr(claim, bound)) for bound in ("low", "high"))
    if claim.quantity == "launch_area":
        a, b = sorted((plain(label["value"]), plain(claim.value)), key=len)
        return len(a) >= (3 if a.isascii() else 2) and a in b
    if claim.quantity == "launch_time":
        return abs(datetime.fromisoformat(label["value"]) - datetime.fromisoformat(claim.value)) <= timedelta(minutes=1)
    return label["value"] == claim.value


def is_near(a: float | None, b: float | None) -> bool:
    return a is b if a is None or b is None else abs(a - b) <= 0.01 * abs(a) + 1e-9


def plain(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", name).casefold() if c.isalnum())
