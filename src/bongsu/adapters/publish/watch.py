"""Watch levels in sentences, each with the findings it rests on: the level, why, what would change it, how good such were."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from msgspec import UNSET

from bongsu.adapters.publish import rounding as say
from bongsu.adapters.publish.paragraphs import filled
from bongsu.adapters.publish.sentence import Sentence
from bongsu.constants import NS_PER_S
from bongsu.language.watching import Watching, watching_of
from bongsu.messages.base import Finding
from bongsu.messages.watching import WatchLevel
from bongsu.models.watch import ALL

MOST_SIGNS = 5  # named in a sentence
LEAST_PART = 0.05  # log-odds; a sign that adds less is counted, not named
_DAY_S = 86_400.0


@dataclass(frozen=True, slots=True)
class Score:
    """One row of data/watch_scores.csv: the Brier skill over climatology of history alone."""

    first: str
    last: str
    days: int
    skill: float
    low: float
    high: float


@cache
def scores() -> tuple[Score, ...]:
    """The score table that is shipped, made by tests/accept_activity.py."""
    text = resources.files("bongsu.data").joinpath("watch_scores.csv").read_text(encoding="utf-8")
    return tuple(
        Score(r["first"], r["last"], int(r["days"]), float(r["skill"]), float(r["low"]), float(r["high"]))
        for r in csv.DictReader(text.splitlines())
    )


def newest(findings: Iterable[Finding]) -> list[WatchLevel]:
    """The last level said of each site and window: the whole area first, then sites by name, each by window."""
    found: dict[tuple[str, float], WatchLevel] = {}
    for finding in findings:
        if isinstance(finding, WatchLevel):
            found[finding.site, finding.window_s] = finding
    return sorted(found.values(), key=lambda level: (level.site != ALL, level.site, level.window_s))


def sentences(levels: Sequence[WatchLevel], lang: str = "en", names: Mapping[str, str] | None = None) -> list[Sentence]:
    """What to say of the newest levels; nothing where there are none. `names` are those of sites."""
    return [sentence for part in _parts(levels, lang, names) for sentence in part]


def lines(levels: Sequence[WatchLevel], lang: str = "en", names: Mapping[str, str] | None = None) -> list[str]:
    """The same as lines of a terminal: the level of a site, what it rests on below it."""
    found: list[str] = []
    for part in _parts(levels, lang, names):
        for k, sentence in enumerate(part):
            found += filled(sentence.text, "- " if k else "")
        found.append("")
    return found[:-1]


def _parts(levels: Sequence[WatchLevel], lang: str, names: Mapping[str, str] | None) -> list[list[Sentence]]:
    """A part a site, and a last one on how far to trust them."""
    w = watching_of(lang)
    said: list[list[Sentence]] = []
    for site in dict.fromkeys(level.site for level in levels):
        mine = [level for level in levels if level.site == site]
        name = w.say("all") if site == ALL else (names or {}).get(site) or site
        said.append(_of_site(w, mine, name))
    if not said:
        return []
    graded = [_scored(w, score) for score in scores() if score.days == round(levels[0].window_s / _DAY_S)]
    closing = [*graded, w.say("unscored"), w.say("no_warning")]
    return [*said, [Sentence(text=_stop(w, text)) for text in closing]]


def short(level: WatchLevel) -> str:
    """A level in a few words, for a narrow screen."""
    days = round(level.window_s / _DAY_S)
    return f"{level.level.upper()} {days} d, {say.percent(level.p)} (usual {say.percent(level.p_usual)})"


def _of_site(w: Watching, levels: Sequence[WatchLevel], name: str) -> list[Sentence]:
    first = levels[0]
    days = round(first.window_s / _DAY_S)
    until = say.local_day(first.valid_ns + round(first.window_s * NS_PER_S) - 1)  # the last day of the window
    head = w.say("level", site=name, level=w.levels[first.level], days=days, until=until, **_chances(w, first))
    others = [
        w.say("others", days=round(each.window_s / _DAY_S), level=w.levels[each.level], **_chances(w, each))
        for each in levels[1:]
    ]
    texts = ["; ".join([head, *others]), _why(w, first)]
    if first.n_obscured:
        texts.append(w.say("obscured", n=first.n_obscured))
    if first.n_deceptive:
        texts.append(w.say("deceptive", n=first.n_deceptive))
    if first.lapses_ns is not UNSET:
        texts.append(w.say("lapses", day=say.local_day(first.lapses_ns)))
    if first.level != "high":
        kinds = w.between.join(w.kinds[kind] for kind in first.raised_by)
        texts.append(w.say("raised_by", kinds=kinds) if kinds else w.say("not_raised"))
    ids = [tuple(level.id for level in levels if level.id), *[(first.id,) if first.id else ()] * (len(texts) - 1)]
    return [Sentence(text=_stop(w, text), rests_on=on) for text, on in zip(texts, ids, strict=True)]


def _why(w: Watching, level: WatchLevel) -> str:
    rows = list(zip(level.kinds, level.sources, level.seen, level.log_odds, strict=True))
    heavy = [row for row in rows if abs(row[3]) >= LEAST_PART]
    told = [
        w.say("sign", kind=w.kinds[kind], source=source or "?", seen=w.seen[seen], part=part)
        for kind, source, seen, part in heavy[:MOST_SIGNS]
    ]
    if len(rows) > len(told):
        told.append(w.say("more", n=len(rows) - len(told)))
    signs = w.between.join(told) or w.say("no_signs")
    return w.say("why", prior=_percent(w, level.p_prior), history=level.log_odds_history, signs=signs)


def _scored(w: Watching, score: Score) -> str:
    verdict = w.say("skilful" if score.low > 0.0 else "no_skill")
    figures = {name: f"{getattr(score, name):+.2f}" for name in ("skill", "low", "high")}
    return w.say("scored", first=score.first, last=score.last, days=score.days, verdict=verdict, **figures)


def _chances(w: Watching, level: WatchLevel) -> dict[str, str]:
    return {"p": _percent(w, level.p), "usual": _percent(w, level.p_usual)}


def _percent(w: Watching, p: float) -> str:
    """As everywhere, in the words of the language."""
    return w.bounds[0] if p < 0.01 else w.bounds[1] if p > 0.99 else say.percent(p)


def _stop(w: Watching, text: str) -> str:
    return text + ("。" if w.lang == "ja" else ".")
