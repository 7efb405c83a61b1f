"""The words of screens and briefs: what a code name is called, and how sure a sentence sounds."""

import csv
import io
from collections.abc import Mapping
from functools import cache
from importlib import resources

from bongsu.language.recounting import Recounting, recounting_of
from bongsu.messages.warning import AllClear, WarningCancelled, WarningProposed, WarningUpdated

Names = Mapping[str, str]
EN = recounting_of("en")
PHASES, SHAPES, KINDS = EN.phases, EN.shapes, EN.kinds

STATES = {
    "suspected": "SUSPECTED LAUNCH",
    "confirmed": "LAUNCH CONFIRMED",
    "over": "FLIGHT OVER",
    "withdrawn": "LAUNCH REPORT WITHDRAWN",
}

WARNING_WORDS = {
    WarningProposed: "PROPOSED",
    WarningUpdated: "UPDATED",
    WarningCancelled: "CANCELLED",
    AllClear: "ALL CLEAR",
}

ASSUMPTIONS, HAZARDS = EN.assumptions, EN.hazards
UNDISPUTED = "_undisputed"  # ending of the zones that leave disputed rocks and shared claims out


def mark(mode: str, w: Recounting = EN) -> str:
    """The line that everything made from a log of this mode begins and ends with; empty when live."""
    return w.marks.get(mode, "" if mode == "live" else mode.upper())


@cache
def _nations(lang: str) -> dict[str, str]:
    """Every country's name by alpha-3, in English with its article."""
    rows = csv.DictReader(io.StringIO(resources.files("bongsu.data").joinpath("nations.csv").read_text("utf-8")))
    if lang != "en":
        return {row["code"]: row[f"name_{lang}"] or row["name"] for row in rows}
    return {row["code"]: f"{row['article']} {row['name']}".strip() for row in rows}


def nation(code: str, lang: str = "en") -> str:
    """A country's name from its ISO 3166 alpha-3 code; the code where no name is kept."""
    return _nations(lang).get(code.upper(), code.upper())


def zone(zone_id: str, w: Recounting = EN) -> str:
    """A zone in words; claims are called claims, the twelve-mile belt is measured from the coast."""
    code, _, kind = zone_id.partition(".")
    form = w.zones.get(kind.removesuffix(UNDISPUTED) or zone_id, "")
    plain = form.format(nation=nation(code, w.lang)) if form else zone_id.replace("_", " ")
    return w.zones["undisputed"].format(zone=plain) if kind.endswith(UNDISPUTED) else plain


def short_zone(zone_id: str) -> str:
    """A zone in a few words for a narrow screen, under a heading that says that these are claims."""
    code, _, kind = zone_id.partition(".")
    forms = {"land": "land, {}", "12nm": "12 nm off {}", "eez": "EEZ, {}"}
    name = nation(code).removeprefix("the ")
    plain = forms.get(kind.removesuffix(UNDISPUTED), zone_id.replace("_", " ")).format(name)
    return f"{plain} (undisputed)" if kind.endswith(UNDISPUTED) else plain


listed, plural, sentence = EN.listed, EN.plural, EN.sentence
