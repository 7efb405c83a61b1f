"""What a notice is about (launch, debris, reentry, gunnery), and the words it hedges with."""

import re
from dataclasses import dataclass

_ACTIVITIES = (
    (
        "reentry",
        r"(?:ATMOSPHERIC\s+)?RE-?\s?ENTR(?:Y|IES)(?:\s+(?:OF|AND)\s+\w+)?|SPLASH\s?DOWN|DE-?ORBIT\w*|RE-?ENTER\w*",
    ),
    (
        "debris",
        r"(?:UNBURN\w*\s+|SPACE\s+|ROCKET\s+)?DEBRIS|FALL(?:ING)?\s+AREAS?|IMPACT\s+AREAS?|DROP\s+ZONES?|FALL\w*\s+(?:OF|BODIES)"
        r"|(?:STAGE|BOOSTER|FAIRING)S?\s+(?:FALL|DROP|IMPACT|SPLASH)\w*|FRAGMENTS",
    ),
    (
        "launch",
        r"(?:SPACE\s+)?(?:ROCKET|MISSILE|SATELLITE|SPACE|VEHICLE|AEROSPACE)\s+(?:LAUNCH\w*|FIRINGS?|TESTS?|OPERATIONS|EXERCISE)"
        r"|A[ER]{2}O(?:SPACE|PSACE|SPCE)\s+(?:FLIGHT|FLT|LAUNCH\w*)(?:\s+ACT\w*)?|LAUNCH(?:ING|ES)?(?:\s+OF)?\s+\w+\s?(?:ROCKETS?|MISSILES?|SATELLITES?)"
        r"|LAUNCH\s+VEHICLE|SPACE\s?(?:FLIGHT|CRAFT)|ROCKETS?\b|MISSILES?\b|BALLISTIC",
    ),
    (
        "gunnery",
        r"GUNNERY|(?:LIVE\s+|GUN\s+|ARTILLERY\s+|NAVAL\s+)?FIRING(?:\s+(?:EXERCISES?|PRACTICES?))?|ARTILLERY|BOMBING|TORPEDO|SHOOTING",
    ),
)
_PATTERNS = tuple((name, re.compile(rf"\b(?:{pattern})")) for name, pattern in _ACTIVITIES)
_HEDGE = re.compile(
    r"\b(?:TENTATIVE|TETATIVE|FORECAST|ESTIMATED|EST\s+FALL|POSSIBLE|POSSIBLY|MAY\s+(?:BE|FALL|OCCUR|TAKE)|EXPECTED|EXP\s+(?:WI|TO)|PLANNED"
    r"|PLANS\s+TO|SCHEDULED|APRX|APPROX\w*|ANY\s+ONE\s+OF\s+THE\s+DAYS?|SUBJ\w*\s+TO\s+CHANGE|BACKUP|ALTERNATE\s+DATES?)\b"
)
MAX_HEDGES = 6


@dataclass(frozen=True, slots=True)
class Activity:
    """What it is about, the words that say so and where; `unknown` without."""

    name: str = "unknown"
    words: str = ""
    span: tuple[int, int] = (0, 0)


def activity_of(text: str, start: int, stop: int) -> Activity:
    """The most particular activity named in text[start:stop]: what comes down before what goes up, that before guns."""
    for name, pattern in _PATTERNS:
        if found := pattern.search(text, start, stop):
            return Activity(name, " ".join(found.group().split()), found.span())
    return Activity()


def hedge_of(text: str, start: int, stop: int) -> str:
    """The hedging words, each once, in the order of the text."""
    found = dict.fromkeys(" ".join(m.group().split()).lower() for m in _HEDGE.finditer(text, start, stop))
    return ", ".join(list(found)[:MAX_HEDGES])
