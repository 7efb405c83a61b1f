"""The brief of a story: sentences, each the word of somebody and with the ids of what it rests on."""

from collections.abc import Iterable, Sequence

import msgspec

from bongsu.adapters.publish import surroundings
from bongsu.adapters.publish.reported import own
from bongsu.adapters.publish.reported.clauses import clause, is_converted, value, verb, who
from bongsu.adapters.publish.reported.story import Story
from bongsu.adapters.publish.sentence import Sentence
from bongsu.language.recounting import recounting_of
from bongsu.language.telling import Telling, telling_of
from bongsu.messages.accounts import Claim, Passage

_LAUNCH = ("vehicle_class", "count", "launch_time", "launch_area", "toward", "preparation_detected")
_FLIGHT = ("range_km", "apogee_km", "flight_time_min", "speed_mach", "shape", "outcome")
_JOINED = ("launch_time", "launch_area")
_FALL = ("zone", "threat", "damage")


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """Sentences under one heading."""

    name: str  # the same in every language
    title: str
    sentences: tuple[Sentence, ...]


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One claim of the table: of what, by whom, in short, as printed, and the rule where it is preferred."""

    quantity: str
    who: str
    said: str
    printed: str
    preferred: str
    claim_id: str


class Brief(msgspec.Struct, frozen=True, kw_only=True):
    """A whole brief in one language."""

    lang: str
    event_date: str
    title: str
    headline: Sentence
    sections: tuple[Section, ...]
    table_title: str
    rows: tuple[Row, ...]
    notes_title: str
    notes: tuple[str, ...]


def compose(story: Story, lang: str) -> Brief:
    """The brief of a story; sections with nothing to say are left out."""
    w, more = telling_of(lang), recounting_of(lang)
    titles = {**w.headings, "context": more.sections["context"]}
    parts = (
        ("launch", [*_said(w, story, _LAUNCH), *_shared(w, story)]),
        ("flight", _said(w, story, _FLIGHT)),
        ("fall", _said(w, story, _FALL)),
        ("own", own.sentences(w, story)),
        ("differ", _differences(w, story)),
        ("unsaid", _unsaid(w, story)),
        ("context", surroundings.sentences(more, w, story)),
        ("quoted", _printed(w, story, "quoted")),
        ("background", _printed(w, story, "background")),
    )
    return Brief(
        lang=lang,
        event_date=story.day,
        title=w.headings["title"].format(day=story.day),
        headline=_headline(w, story),
        sections=tuple(Section(name=n, title=titles[n], sentences=tuple(said)) for n, said in parts if said),
        table_title=w.headings["table"],
        rows=tuple(_row(w, story, claim) for claim in story.claims),
        notes_title=w.headings["notes"],
        notes=_notes(w, story),
    )


def sentence(text: str, on: Iterable[str]) -> Sentence:
    """A sentence with a capital letter, and the ids it rests on."""
    return Sentence(text=text[:1].upper() + text[1:], rests_on=tuple(dict.fromkeys(i for i in on if i)))


def _headline(w: Telling, story: Story) -> Sentence:
    """What was launched, by whom, on whose word: of one value only, for nobody is to be made to say another's."""
    y, m, d = (int(part) for part in story.day.split("-"))
    date = w.date(y, m, d)
    classes = [c for c in story.claims if c.quantity == "vehicle_class"]
    best = [c for c in classes if story.is_preferred(c)]
    if not best:
        key = "headline_claimed" if classes else "headline_plain"
        return sentence(
            w.phrases[key].format(date=date, who=who(w, classes) if classes else ""), [c.id for c in classes]
        )
    best = [c for c in best if (c.value, c.certainty) == (best[0].value, best[0].certainty)]
    launcher = next((p for p in story.passages if p.kind == "launcher"), None)
    nation = "" if launcher is None else w.nations.get(launcher.value, "")
    text = w.phrases["headline" if nation else "headline_passive"].format(
        date=date, launcher=nation, what=value(w, best[0], ""), who=who(w, best)
    )
    return sentence(w.polish(text), [*(c.id for c in best), launcher.id if launcher else ""])


def _said(w: Telling, story: Story, quantities: Sequence[str]) -> list[Sentence]:
    """One sentence for each value of each quantity, with everybody who says it; what is preferred first."""
    found = []
    for quantity in quantities:
        groups: dict[tuple[str, str], list[Claim]] = {}
        mine = sorted((c for c in story.claims if c.quantity == quantity), key=lambda c: not story.is_preferred(c))
        for beside in _side_by_side(mine):
            words = _joined(w, story, beside)
            groups.setdefault((words, verb(beside[0].speaker)), []).extend(beside)
        found += [_sentence(w, story, words, how, said) for (words, how), said in groups.items()]
    return found


def _side_by_side(claims: list[Claim]) -> list[list[Claim]]:
    """Claims to be told in one clause: the times, or the places, that one speaker gives at once."""
    found: dict[tuple[str, ...], list[Claim]] = {}
    for claim in claims:
        is_joined = claim.quantity in _JOINED and not (claim.setting and not claim.place)
        found.setdefault((claim.speaker,) if is_joined else (claim.id,), []).append(claim)
    return list(found.values())


def _joined(w: Telling, story: Story, beside: list[Claim]) -> str:
    first = beside[0]
    if len(beside) == 1:
        return clause(w, first, story.lang_of(first))
    values = [value(w, claim, story.lang_of(claim)) for claim in beside]
    return w.clauses[first.quantity].format(value=w.listed(values))


def _sentence(w: Telling, story: Story, words: str, how: str, said: list[Claim]) -> Sentence:
    first = said[0]
    told = value(w, first, story.lang_of(first))
    is_foreign_place = first.quantity == "launch_area" and story.lang_of(first) != w.lang and first.evidence != told
    if is_converted(first) or is_foreign_place:
        words = _with_printed(w, words, told, first.evidence)
    text = w.says(who(w, said), how, words)
    if how == "claimed":
        text += w.phrases["claim_mark"]
    if first.quantity == "damage" and first.value == "none_reported":
        text += w.phrases["damage_note"]
    return sentence(text, [c.id for c in said])


def _with_printed(w: Telling, words: str, told: str, evidence: str) -> str:
    """A clause with the words it was read from, right behind the value where verbs end a sentence."""
    printed = w.phrases["printed"].format(words=w.quote(evidence))
    if w.lang == "en":
        return words + printed
    cut = words.find(told) + len(told) if told in words else 0
    return words[:cut] + printed + words[cut:]


def _shared(w: Telling, story: Story) -> list[Sentence]:
    found = []
    for p in story.passages:
        if p.kind == "shared":
            nations = w.listed([w.nations.get(n, n) for n in p.value.split(",")])
            words = w.polish(w.clauses["shared"].format(value=nations))
            found.append(sentence(w.says(who(w, [p]), verb(p.speaker), words), [p.id]))
    return found


def _printed(w: Telling, story: Story, kind: str) -> list[Sentence]:
    """Passages, word for word."""
    return [
        sentence(w.phrases[kind].format(who=_capital(who(w, [p])), quote=w.quote(p.evidence)), [p.id])
        for p in story.passages
        if p.kind == kind
    ]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _differences(w: Telling, story: Story) -> list[Sentence]:
    claims = {c.id: c for c in story.claims}
    found = []
    for each in story.discrepancies:
        one, other = claims.get(each.beside), claims[each.claim]
        text = w.phrases["differ" if one else "differ_own"].format(
            quantity=w.quantities[each.quantity],
            first=_short(w, story, one) if one else "",
            second=_short(w, story, other),
            reasons=w.listed([w.reasons[r] for r in each.reasons]),
        )
        found.append(sentence(text, [each.beside, each.claim]))
    return found


def _short(w: Telling, story: Story, claim: Claim) -> str:
    return f"{w.speaker(claim.speaker, claim.role)}: {value(w, claim, story.lang_of(claim))}"


def _unsaid(w: Telling, story: Story) -> list[Sentence]:
    if not story.account.unsaid:
        return []
    names = w.listed([w.quantities[q] for q in story.account.unsaid])
    return [sentence(w.phrases["unsaid"].format(quantities=names), [story.account.id])]


def _row(w: Telling, story: Story, claim: Claim) -> Row:
    account = story.account
    rule = account.rule[account.quantity.index(claim.quantity)]
    return Row(
        quantity=w.quantities[claim.quantity], who=w.speaker(claim.speaker, claim.role),
        said=value(w, claim, story.lang_of(claim)), printed=w.quote(claim.evidence),
        preferred=w.rules[rule] if story.is_preferred(claim) else "", claim_id=claim.id,
    )  # fmt: skip


def _notes(w: Telling, story: Story) -> tuple[str, ...]:
    days = list(dict.fromkeys(t.published for t in story.texts if t.published))
    dated = [w.phrases["published"].format(day=w.listed(days))] if days else []
    others = [w.phrases["other_days"].format(days=w.listed(list(story.other_days)))] if story.other_days else []
    kept: list[Passage] = [p for p in story.passages if p.kind in ("quoted", "background")]
    more = [w.phrases["more"]] if kept else []
    return (*(w.phrases[f"note_{name}"] for name in ("claims", "words", "ids")), *dated, *others, *more)
