"""English: the words of watch levels."""

from bongsu.language.watching import Watching

WATCHING = Watching(
    lang="en",
    title="Watch: what may come next",
    levels={"low": "LOW", "usual": "USUAL", "raised": "RAISED", "high": "HIGH"},
    kinds={
        "imagery": "imagery", "notice": "a notice", "statement": "a statement", "visit": "a visit", "exercise": "an exercise",
        "port_call": "a port call", "leadership": "a leadership appearance", "partner_remark": "a partner's remark",
        "thermal": "a thermal anomaly", "operator": "an operator's entry",
    },
    seen={"present": "seen", "absent": "looked for, not seen", "obscured": "no view"},
    phrases={
        "all": "The whole watched area",
        "level": "{site}: {level} for the next {days} days; a launch day by {until} has a probability of {p} (usual: {usual})",
        "others": "for {days} days {level}, {p} (usual: {usual})",
        "why": "Why: past launches give {prior} ({history:+.1f} in log-odds against the usual); {signs}",
        "sign": "{kind} ({source}; {seen}) {part:+.1f}",
        "no_signs": "no sign counts now",
        "more": "and {n} more",
        "obscured": "Looks without a view: {n}; that is no evidence of calm",
        "deceptive": "Signs that may be staged: {n}; they count less, or nothing",
        "lapses": "If nothing more is heard, the level falls about {day}",
        "raised_by": "It would be raised by one reliable report of {kinds}",
        "not_raised": "No single report would raise it",
        "scored": "How good such figures have been: {first} to {last}, history alone, {days} days: Brier skill over climatology "
        "{skill} ({low} to {high}, 90 %), {verdict}",
        "skilful": "better than climatology",
        "no_skill": "no skill shown",
        "unscored": "What signs add has been scored in made-up years alone, never against real launches",
        "no_warning": "A watch level is no warning and raises none",
    },
)  # fmt: skip
