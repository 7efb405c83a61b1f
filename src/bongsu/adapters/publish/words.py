"""The words of screens and briefs: what a code name is called, and how sure a sentence sounds."""

import csv
import io
from functools import cache
from importlib import resources

from bongsu.messages.warning import AllClear, WarningCancelled, WarningProposed, WarningUpdated

PHASES = {
    "undetermined": "not determined",
    "boost": "boost (engine burning)",
    "coast": "coast (unpowered)",
    "manoeuvre": "manoeuvring, unpowered",
    "thrust_again": "burning again",
    "drag": "descending through air",
    "level": "level flight",
    "entry": "coming in from outside the atmosphere",
}

SHAPES = {
    "minimum_energy": "minimum-energy trajectory", "lofted": "lofted trajectory", "depressed": "depressed trajectory",
    "quasi_ballistic": "quasi-ballistic flight", "glide": "glide", "cruise": "cruise flight",
    "space_launch": "space launch", "failed": "failed flight", "undetermined": "undetermined",
}  # fmt: skip

KINDS = {
    "missile": "missile", "space_launch": "space launch", "aircraft": "aircraft",
    "meteor_or_reentry": "meteor or re-entering object", "undetermined": "undetermined",
}  # fmt: skip

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

ASSUMPTIONS = {"unpowered": "if it flies on unpowered", "pull_up": "with the pull-up now seen going on for a while"}

HAZARDS = {"fall": "fall", "overflight": "flight over", "fall_and_overflight": "fall or flight over"}

MODE_MARKS = {
    "exercise": "EXERCISE - EXERCISE - EXERCISE: simulated or rehearsed, not a real launch",
    "replay": "REPLAY: recorded data played again, not happening now",
    "test": "TEST: test data, not a real launch",
}


UNDISPUTED = "_undisputed"  # ending of the zones that leave disputed rocks and shared claims out


def mark(mode: str) -> str:
    """The line that everything made from a log of this mode begins and ends with; empty when live."""
    return MODE_MARKS.get(mode, "" if mode == "live" else mode.upper())


@cache
def _nations() -> dict[str, str]:
    """Every country's English name, with its article, by alpha-3."""
    rows = csv.DictReader(io.StringIO(resources.files("bongsu.data").joinpath("nations.csv").read_text("utf-8")))
    return {row["code"]: f"{row['article']} {row['name']}".strip() for row in rows}


def nation(code: str) -> str:
    """A country's name from its ISO 3166 alpha-3 code; the code where no name is kept."""
    return _nations().get(code.upper(), code.upper())


def zone(zone_id: str) -> str:
    """A zone in words; claims are called claims, the twelve-mile belt is measured from the coast."""
    code, _, kind = zone_id.partition(".")
    name = nation(code)
    known = {
        "land": f"land claimed by {name}",
        "12nm": f"within 12 nm of the coast of {name}",
        "eez": f"EEZ claimed by {name}",
    }
    plain = known.get(kind.removesuffix(UNDISPUTED), zone_id.replace("_", " "))
    return f"{plain}, disputed coasts left out" if kind.endswith(UNDISPUTED) else plain


def short_zone(zone_id: str) -> str:
    """A zone in a few words for a narrow screen, under a heading that says that these are claims."""
    code, _, kind = zone_id.partition(".")
    forms = {"land": "land, {}", "12nm": "12 nm off {}", "eez": "EEZ, {}"}
    name = nation(code).removeprefix("the ")
    plain = forms.get(kind.removesuffix(UNDISPUTED), zone_id.replace("_", " ")).format(name)
    return f"{plain} (undisputed)" if kind.endswith(UNDISPUTED) else plain


def listed(items: list[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}" if items else ""


def plural(n: int, noun: str) -> str:
    """`1 plot`, `2 plots`."""
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"


def sentence(text: str) -> str:
    """The same text with a capital first letter and a full stop."""
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?")) else text + "."
