"""Reconstruction of the launches of 2016 to 2021: `python -m tests.accept_reconstruct` writes docs/evaluation/reconstruct.md.

Misses stand as plainly as hits. Without the data nothing is written and the exit code is 1.
"""

import math
import os
import platform
import sys
import time
from pathlib import Path

import numpy as np
from tests.helpers import statements
from tests.helpers.statements import Statement

from bongsu.messages.accounts import Reconstruction
from bongsu.models.hedges import words_for
from bongsu.models.reconstruct_landing import landing_of
from bongsu.run.reconstruct import range_class, reconstruct
from bongsu.run.tables import load_tables

ROOT = Path(__file__).parent.parent
OUT = ROOT / "docs" / "evaluation" / "reconstruct.md"
DATA = Path(os.environ.get("BONGSU_SHARED_DATA") or ROOT.parent / "shared" / "data") / "launches"
WIDEST_KM, TOUCHING_KM, WANTED_RIGHT = 300.0, 100.0, 6
MODEL_SITE = (40.209, 125.204)


def table(head, rows):
    """A Markdown table."""
    lines = [f"| {' | '.join(head)} |", "|" + "---|" * len(head)]
    return "\n".join([*lines, *(f"| {' | '.join(str(cell) for cell in row)} |" for row in rows)]) + "\n"


def met(is_met: bool) -> str:
    """In a word."""
    return "met" if is_met else "**missed**"


def times() -> str:
    """Flight time from range and apogee alone, against every published one."""
    sites = statements.launch_sites(DATA)
    rows = []
    for day, (range_km, apogee_km, told) in statements.TIMED.items():
        found = reconstruct(sites[day], range_km=range_km, apogee_km=apogee_km)
        minutes, low, high = (
            t / 60.0 for t in (found.flight_time_mean_s, found.flight_time_low_s, found.flight_time_high_s)
        )
        residuals = ", ".join(f"{who} {published:g}: {minutes - published:+.1f}" for who, published in told)
        is_met = any(abs(minutes - published) <= max(0.03 * published, 1.0) for _, published in told)
        rows.append(
            (
                day,
                f"{range_km:g} / {apogee_km:g}",
                f"{minutes:.1f} ({low:.1f} to {high:.1f})",
                residuals,
                range_class(found),
                met(is_met),
            )
        )
    return table(
        (
            "day",
            "range / apogee, km",
            "reconstructed, min (90 %)",
            "published: residual, min",
            "class",
            "3 % or 1 min of one",
        ),
        rows,
    )


def places() -> tuple[str, dict[str, int]]:
    """Landing regions and EEZ verdicts from range, apogee and words; how many verdicts are right and wrong."""
    rows, counts = [], dict.fromkeys(("right", "wrong", "right by the table"), 0)
    for said in statements.load(DATA):
        alone = dict(statements.again(said).p_zones)["JPN.eez"]
        row, result = place_row(said, statements.again(said, with_both=True), said.words, f"{alone:.2f}")
        rows.append(row)
        counts["right"] += result == "right"
        counts["wrong"] += result == "wrong" and said.day not in statements.OVERLAPPING
        counts["right by the table"] += outcome(alone, said.is_in_eez) == "right"
        if said.day in statements.MORE_WORDS:
            words = statements.MORE_WORDS[said.day]
            row, _ = place_row(said, statements.again(said, words, with_both=True), words, "")
            rows.append((f"{row[0]}, words said later (not counted)", *row[1:]))
    head = (
        "day", "words", "90 % region, km across", "from the place stated, km", "region", "p(JPN.eez)", "undisputed",
        "by the table", "said", "verdict", "why",
    )  # fmt: skip
    return table(head, rows), counts


def outcome(p: float, is_in_eez: bool) -> str:
    """Whether the word a probability earns is what was said."""
    verdict = words_for(p)
    return verdict if verdict == "not determined" else "right" if ("inside" in verdict) == is_in_eez else "wrong"


def place_row(said: Statement, found: Reconstruction, words: str, alone: str):
    """One statement against what its figures give."""
    zones = dict(found.p_zones)
    p, undisputed = zones["JPN.eez"], zones.get("JPN.eez_undisputed", zones["JPN.eez"])
    result = outcome(p, said.is_in_eez)
    has_place = bool(landing_of(load_tables().places, words).marks)
    across = statements.across_km(found)
    miss = statements.miss_of_words_km(found, load_tables().places, words) if has_place else 0.0
    region = met(across <= WIDEST_KM and miss <= TOUCHING_KM) if has_place else "no place named"
    verdict = (
        words_for(p)
        if result == "not determined"
        else f"{words_for(p)}: {'**wrong**' if result == 'wrong' else 'right'}"
    )
    return (
        said.day, words, f"{across:.0f}", f"{miss:.0f}" if has_place else "", region, f"{p:.2f}", f"{undisputed:.2f}", alone,
        "inside" if said.is_in_eez else "outside", verdict, why(said, p, undisputed, has_place),
    ), result  # fmt: skip


def why(said: Statement, p: float, undisputed: float, has_place: bool) -> str:
    """What the probability rests on, where it is not plain."""
    if not has_place:
        return "only the sea is named: a place or an azimuth would settle it"
    if abs(p - undisputed) > 0.1:
        return "Japan's only if the coast both nations claim is counted"
    if 0.05 < p < 0.95:
        return "the line runs through the region"
    return ""


def model_case() -> str:
    """One flight from Taegwan with an apogee of 50 km, as two governments put it."""
    rows = []
    for range_km in (450.0, 700.0):
        found = reconstruct(MODEL_SITE, azimuth_deg=85.0, range_km=range_km, apogee_km=50.0)
        shapes = ", ".join(f"{shape} {p:.2f}" for shape, p in zip(found.shape, found.p, strict=True))
        low, high = found.flight_time_low_s / 60.0, found.flight_time_high_s / 60.0
        lat, lon, _ = statements.together(found)
        where = f"{math.degrees(lat):.2f} N {math.degrees(lon):.2f} E"
        _, result, reason = next(c for c in found.checks if c[0] == "range and apogee")
        rows.append(
            (
                f"{range_km:g}",
                shapes,
                f"{low:.1f} to {high:.1f}",
                where,
                f"{dict(found.p_zones)['JPN.eez']:.2f}",
                f"{result}: {reason}",
            )
        )
    return table(("range, km", "shapes", "minutes (90 %)", "falls at", "p(JPN.eez)", "range and apogee"), rows)


def main() -> int:
    """Run everything and write the page."""
    if not DATA.is_dir():
        print(f"real data not found at {DATA}: set BONGSU_SHARED_DATA; nothing was written")
        return 1
    regions, counts = places()
    page = "\n".join([
        "# Reconstruction of launches from 2016 to 2021\n",
        "Made by `python -m tests.accept_reconstruct` on "
        f"{time.strftime('%Y-%m-%d', time.gmtime())}; Python {platform.python_version()}, numpy {np.__version__}, "
        f"{platform.system()} {platform.machine()}. Sites are those of the open launch list; its bearings are not read.\n",
        "## Flight time from range and apogee\n",
        "`bongsu reconstruct --site LAT,LON --range-km R --apogee-km H`. The boost law was fitted to these seven flights and a "
        "textbook's short boost, two numbers in all; leaving each flight out in turn moves its own residual by at most 0.4 min "
        "(`python studies/boost_law.py`).\n",
        times(),
        "2017-08-29: Japan's two clock times, 05:58 and 06:12, are whole minutes, so its 14 min stand for 13 to 15; South Korea "
        "dated the launch 05:57, which makes 15. A fall with this range and apogee from a standing start takes at least 13.4 min "
        "even if the boost took no time.\n",
        "## Landing region and EEZ, with landing words as the only source of direction\n",
        "`bongsu reconstruct --site LAT,LON --range-km R [--apogee-km H] --landing WORDS`, words of the table of official "
        "statements, ranges and apogees of every government that gave one (an interval where two differ); \"by the table\" is "
        "the probability from the table's own range and apogee alone. Wanted: a 90 % region of at most "
        f"{WIDEST_KM:.0f} km that comes within {TOUCHING_KM:.0f} km of the place stated.\n",
        regions,
        f"EEZ verdicts: {counts['right']} of 9 right (wanted {WANTED_RIGHT}: {met(counts['right'] >= WANTED_RIGHT)}), "
        f"{counts['wrong']} wrong outside the two places that both nations claim (wanted none: {met(counts['wrong'] == 0)}). By "
        f"the table's figures alone {counts['right by the table']} are right. What was said of the EEZ is never evidence. "
        "A verdict's probability has a sampling error of 0.02 to 0.05, and the line itself is good to about 5 km "
        "([zones](zones.md)).\n",
        "## One flight, two ranges\n",
        "From 40.21 N 125.20 E at 85 degrees with an apogee of 50 km: one government said 450 km, another 700 km.\n",
        model_case(),
    ])  # fmt: skip
    OUT.write_text(page, encoding="utf-8")
    print("\n".join(line for line in page.splitlines() if line.startswith(("#", "|", "EEZ"))))
    print(f"{page.count('met |')} lines met, {page.count('**missed**')} missed; docs/evaluation/reconstruct.md")
    return 0


if __name__ == "__main__":
    sys.exit(main())
