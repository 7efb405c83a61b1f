"""From values found to claims: one a value, speaker and launch; the most specific class and place; parts do not count again."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from bongsu.language import gazetteer
from bongsu.language.spans import Draft

_RANGED = ("SRBM", "MRBM", "IRBM", "ICBM", "SLBM")
_REVISED = re.compile(
    r"(?i)correct|revis|later (?:said|determin|conclud)|in fact|only one|turned out|訂正|修正|不正確|実際|確定|改め"
    r"|당초|정정|수정|변경|최종|사실은"
)
_ALSO = re.compile(r"(?i)\band\b|と|や|및|와|과|、|,")


@dataclass(frozen=True, slots=True)
class Found:
    """A value with everything that makes it a claim; start and stop are places in the clean text."""

    draft: Draft
    speaker: str
    day: date | None
    n_sentence: int
    sentence: str
    start: int
    stop: int

    @property
    def launch(self) -> date:
        """The launch it belongs to."""
        return self.day or date.min


def compose(found: list[Found]) -> list[Found]:
    """The claims of one text, in order of appearance."""
    kept = _times(found)
    kept = _counts(_whole_salvos(kept))
    kept = _classes(kept)
    kept = _areas(kept)
    seen: dict[tuple[object, ...], Found] = {}
    for item in kept:
        d = item.draft
        seen.setdefault((d.quantity, d.low, d.high, d.value, item.speaker, item.launch), item)
    return sorted(seen.values(), key=lambda item: (item.start, item.draft.quantity, item.speaker))


def _times(found: list[Found]) -> list[Found]:
    """Clock times on their day; "ten minutes later" counts from the time before it."""
    kept, last = [], None
    for item in found:
        if item.draft.quantity != "launch_time":
            kept.append(item)
            continue
        if item.day is None:
            continue
        value = item.draft.value
        if value.startswith("+"):
            if last is None:
                continue
            moment = last + timedelta(minutes=int(value))
        else:
            hour, minute = (int(part) for part in value.split(":"))
            moment = datetime.combine(item.day, time()) + timedelta(hours=hour, minutes=minute)
        last = moment
        printed = f"{moment:%Y-%m-%dT%H:%M}+09:00"
        kept.append(replace(item, draft=replace(item.draft, value=printed)))
    return kept


def _whole_salvos(found: list[Found]) -> list[Found]:
    """Without counts that only take one before them apart, as in "three missiles, two of this kind and one of that"."""
    kept = list(found)
    for n in {item.n_sentence: None for item in found}:
        mine = [item for item in found if item.draft.quantity == "count" and item.n_sentence == n]
        numbers = [item.draft.low or 0.0 for item in mine]
        if len(mine) > 2 and numbers[0] == sum(numbers[1:]):
            kept = [item for item in kept if item not in mine[1:]]
    return kept


def _counts(found: list[Found]) -> list[Found]:
    """Counts of whole salvos; a smaller one after a larger is a part of it, unless the text corrects itself."""
    wholes = [item for item in found if item.draft.quantity == "count" and item.draft.note != "part"]
    kept: list[Found] = []
    most: dict[tuple[date, str], float] = {}
    for item in found:
        d = item.draft
        if d.quantity == "count":
            n = d.low or d.high or 0.0
            key = (item.launch, item.speaker)
            is_part = d.note == "part" and any(_is_whole(whole, item) for whole in wholes)
            is_less = n < most.get(key, 0.0) and not _REVISED.search(item.sentence) and d.note != "each"
            if is_part or (is_less and not _is_beside(item, kept)):
                continue
            most[key] = max(most.get(key, 0.0), n)
        kept.append(item)
    return kept


def _is_whole(whole: Found, part: Found) -> bool:
    """Whether a count holds another: of the same launch, by the same speaker or of more."""
    is_more = (whole.draft.low or 0.0) > (part.draft.low or part.draft.high or 0.0)
    return whole.launch == part.launch and (whole.speaker == part.speaker or is_more)


def _is_beside(item: Found, kept: Iterable[Found]) -> bool:
    """Whether a count stands beside another in one list: "two of this and one of that"."""
    for other in kept:
        if other.draft.quantity == "count" and other.n_sentence == item.n_sentence:
            between = item.sentence[other.draft.stop : item.draft.start] if item.draft.start > other.draft.stop else ""
            if 0 < len(between) < 40 and _ALSO.search(between):
                return True
    return False


def _classes(found: list[Found]) -> list[Found]:
    """The most specific class of each speaker; a bare "missile" only where nobody says more, once."""
    mine = [item for item in found if item.draft.quantity == "vehicle_class"]
    said: dict[tuple[date, str], set[str]] = {}
    all_said: dict[date, set[str]] = {}
    for item in mine:
        said.setdefault((item.launch, item.speaker), set()).add(item.draft.value)
        if item.draft.value != "missile" or item.draft.note == "own":
            all_said.setdefault(item.launch, set()).add("" if item.draft.note == "own" else item.draft.value)
    kept: list[Found] = []
    bare: set[date] = set()
    for item in found:
        if item.draft.quantity == "vehicle_class":
            value, own = item.draft.value, said[item.launch, item.speaker]
            if value == "ballistic" and own & set(_RANGED):
                continue
            if value == "missile" and item.draft.note != "own":
                if not _is_bare_wanted(item, all_said.get(item.launch, set()), mine) or item.launch in bare:
                    continue
                bare.add(item.launch)
        kept.append(item)
    return kept


def _is_bare_wanted(item: Found, others: set[str], mine: list[Found]) -> bool:
    """Whether "missile" is all that is said of a vehicle: nothing else is, or it stands beside rocket artillery in a list."""
    if not others:
        return True
    if others - {"rocket_artillery"}:
        return False
    near = (o for o in mine if o.n_sentence == item.n_sentence and o.draft.value == "rocket_artillery")
    gaps = (item.sentence[min(item.draft.stop, o.draft.stop) : max(item.draft.start, o.draft.start)] for o in near)
    return any(len(gap) <= 6 and _ALSO.search(gap) for gap in gaps)


def _areas(found: list[Found]) -> list[Found]:
    """Each place once a speaker; a description or a province only where the speaker names nothing finer."""
    places = [item for item in found if item.draft.quantity == "launch_area"]
    kept: list[Found] = []
    seen: set[tuple[date, str, str]] = set()
    for item in found:
        if item.draft.quantity == "launch_area":
            own = [p for p in places if p.speaker == item.speaker and p.launch == item.launch]
            is_coarse = item.draft.note == "described" or gazetteer.resolve(item.draft.value) in gazetteer.PROVINCES
            if is_coarse and any(p is not item and not _is_coarse(p) for p in own):
                continue
            key = (item.launch, item.speaker, gazetteer.resolve(item.draft.value) or gazetteer.fold(item.draft.value))
            if key in seen:
                continue
            seen.add(key)
        kept.append(item)
    return kept


def _is_coarse(item: Found) -> bool:
    return item.draft.note == "described" or gazetteer.resolve(item.draft.value) in gazetteer.PROVINCES
