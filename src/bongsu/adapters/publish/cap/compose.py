"""A bulletin and its texts as a CAP message: the same facts in Korean, Japanese and English, none that the bulletin lacks."""

from collections.abc import Iterator
from collections.abc import Mapping as Texts
from math import degrees
from typing import NamedTuple

from msgspec import UNSET, UnsetType

from bongsu.adapters.publish.cap.alert import Alert, Area, Info, Mention, Pair
from bongsu.adapters.publish.cap.mapping import FamilyInCap, Mapping, shipped
from bongsu.adapters.publish.cap.values import instant
from bongsu.constants import NS_PER_S
from bongsu.errors import BadInput
from bongsu.messages.bulletin import Bulletin, BulletinArea, Mode

LANGUAGES = (("ko", "ko-KR"), ("ja", "ja-JP"), ("en", "en"))
STATUS: dict[Mode, str] = {"live": "Actual", "exercise": "Exercise", "test": "Test"}  # a replay has nothing to send
_DECIMALS = 5  # of a degree: 1.1 m
_CERTAIN = frozenset({"Observed", "Likely"})
_ASK = "Mend the bulletin where it is made: nothing is sent."


class Words(NamedTuple):
    """What is said in one language. `area` names exactly what the polygons and codes of the bulletin hold."""

    headline: str
    description: str
    instruction: str
    area: str


class Sender(NamedTuple):
    """Who sends. Node and epoch make identifiers unique among all senders and logs; times are printed at this offset from UTC."""

    sender: str
    node: str
    epoch: int
    offset_min: int = 540


def identifier(bulletin_id: str, mode: str, sender: Sender) -> str:
    """The name of a message, of its file and of its hand-over: one for each bulletin ever made. Its mode comes first."""
    return f"{mode}.{sender.node}.{sender.epoch}.{bulletin_id}"


def compose(bulletin: Bulletin, texts: Texts[str, Words], sender: Sender, table: Mapping | None = None) -> Alert:
    """The message for a bulletin. Raises BadInput for a bulletin that contradicts itself, or texts that are not for it."""
    table = table or shipped()
    name = f"bulletin {bulletin.bulletin_id}"
    if bulletin.mode not in STATUS:
        raise BadInput(name, f"mode {bulletin.mode}", f"one of {', '.join(STATUS)}", "A replay is shown, never sent.")
    family = table.families[bulletin.family]
    _check(bulletin, family, texts, table, name)
    is_live = bulletin.mode == "live"
    return Alert(
        identifier=identifier(bulletin.bulletin_id, bulletin.mode, sender),
        sender=sender.sender,
        sent=instant(bulletin.sent_ns, sender.offset_min),
        status=STATUS[bulletin.mode],
        msg_type=table.message_types[bulletin.standing],
        source=sender.node,
        scope="Public" if is_live else "Restricted",
        restriction="" if is_live else f"{bulletin.mode} only, not for the public",
        note=_note(bulletin, table),
        references=tuple(
            Mention(
                sender=sender.sender,
                identifier=identifier(r.bulletin_id, bulletin.mode, sender),
                sent=instant(r.sent_ns, sender.offset_min),
            )
            for r in bulletin.references
        ),
        incidents=identifier(_warning(bulletin.bulletin_id), bulletin.mode, sender),
        infos=tuple(_info(bulletin, family, texts[lang], lang, tag, sender, table) for lang, tag in LANGUAGES),
    )


def _info(
    bulletin: Bulletin, family: FamilyInCap, words: Words, lang: str, tag: str, sender: Sender, table: Mapping
) -> Info:
    """The block of one language; all but its words is the same in every block."""
    event = table.event[lang]
    return Info(
        language=tag,
        categories=table.categories,
        event=event if bulletin.mode == "live" else f"{_mark(bulletin.mode, lang, table)}: {event}",
        responses=family.responses,
        urgency=family.urgency,
        severity=family.severity,
        certainty=bulletin.certainty if family.certainty == "bulletin" else family.certainty,
        audience=table.audience,
        event_codes=tuple(Pair(name=name, value=value) for name, value in table.event_codes),
        effective=instant(bulletin.sent_ns, sender.offset_min),
        onset=_at(bulletin.impact_ns, sender),
        expires=instant(bulletin.until_ns, sender.offset_min),
        sender_name=dict(bulletin.authority_names).get(lang, bulletin.authority),
        headline=words.headline.strip(),
        description=words.description.strip(),
        instruction=words.instruction.strip(),
        parameters=tuple(Pair(name=f"bongsu.{name}", value=value) for name, value in _facts(bulletin, sender) if value),
        areas=(_area(bulletin.areas, words.area.strip()),),
    )


def _mark(mode: Mode, lang: str, table: Mapping) -> str:
    return table.exercise[lang] if mode == "exercise" else mode


def _facts(bulletin: Bulletin, sender: Sender) -> Iterator[tuple[str, str]]:
    """What a machine should not have to find in sentences."""
    yield "family", bulletin.family
    yield "hazard", bulletin.hazard
    yield "confirmed", "yes" if bulletin.is_confirmed else "no"
    yield "launch", _at(bulletin.launch_ns, sender)
    yield "over", _at(bulletin.over_ns, sender)
    yield "why", bulletin.why
    yield "over_spill_m", f"{max(area.over_spill_m for area in bulletin.areas):.0f}"


def _at(ns: int | UnsetType, sender: Sender) -> str:
    return "" if ns is UNSET else instant(ns, sender.offset_min)


def _note(bulletin: Bulletin, table: Mapping) -> str:
    said = [] if bulletin.mode == "live" else [f"{bulletin.mode.upper()} {bulletin.mode.upper()}."]
    if bulletin.why:
        said.append(table.why[bulletin.why])
    return " ".join(said)


def _area(areas: tuple[BulletinArea, ...], text: str) -> Area:
    """All areas as one: CAP takes several polygons and codes as their union, and the text names just that."""
    codes = [Pair(name=name, value=value) for area in areas for name, value in area.geocodes]
    codes += [Pair(name="bongsu.zone", value=zone) for area in areas for zone in area.zones]
    return Area(
        text=text,
        polygons=tuple(_ring(polygon) for area in areas for polygon in area.polygons),
        geocodes=tuple(dict.fromkeys(codes)),
    )


def _ring(polygon: tuple[tuple[float, float], ...]) -> tuple[tuple[float, float], ...]:
    """(latitude, longitude) pairs in radians as a closed ring in degrees."""
    ring = [(_round(degrees(lat_rad)), _round(degrees(lon_rad))) for lat_rad, lon_rad in polygon]
    return tuple(ring if ring[0] == ring[-1] else [*ring, ring[0]])


def _round(angle_deg: float) -> float:
    return round(angle_deg, _DECIMALS) + 0.0  # no minus before a zero


def _warning(bulletin_id: str) -> str:
    return bulletin_id.partition("-")[0]


def _check(bulletin: Bulletin, family: FamilyInCap, texts: Texts[str, Words], table: Mapping, name: str) -> None:
    """Raise BadInput at the first contradiction."""
    for found, expected in (
        *_of_standing(bulletin, family),
        *_of_references(bulletin),
        *_of_times(bulletin),
        *_of_areas(bulletin),
        *_of_texts(bulletin, texts, table),
    ):
        raise BadInput(name, found, expected, _ASK)


_Faults = Iterator[tuple[str, str]]


def _of_standing(bulletin: Bulletin, family: FamilyInCap) -> _Faults:
    if bulletin.standing not in family.standings:
        yield f"family {bulletin.family} in a bulletin that is {bulletin.standing}", f"{' or '.join(family.standings)}"
    if bulletin.standing in ("correction", "cancel") and not bulletin.why:
        yield f"{bulletin.standing} without why", "the reason it is taken back"
    if not bulletin.is_confirmed and family.certainty == "bulletin" and bulletin.certainty in _CERTAIN:
        yield f"certainty {bulletin.certainty} of what is unconfirmed", "at most Possible"


def _of_references(bulletin: Bulletin) -> _Faults:
    """An alert replaces nothing; anything else names earlier bulletins of its own warning, each once."""
    if (bulletin.standing == "alert") != (not bulletin.references):
        yield (
            f"{bulletin.standing} with {len(bulletin.references)} references",
            "none in an alert, in all others at least one",
        )
    ids = [r.bulletin_id for r in bulletin.references]
    if len(set(ids)) < len(ids) or bulletin.bulletin_id in ids:
        yield "a bulletin named twice, or itself", "each bulletin that is replaced, once"
    if {_warning(i) for i in ids} - {_warning(bulletin.bulletin_id)}:
        yield "references to another warning", f"bulletins of {_warning(bulletin.bulletin_id)} alone"
    if any(r.sent_ns > bulletin.sent_ns for r in bulletin.references):
        yield "a reference to what was sent later", "earlier bulletins"


def _of_times(bulletin: Bulletin) -> _Faults:
    if bulletin.until_ns // NS_PER_S <= bulletin.sent_ns // NS_PER_S:
        yield "an end that is not after it is sent", "until_ns after sent_ns, by a second or more"
    if bulletin.launch_ns is not UNSET and bulletin.launch_ns > bulletin.sent_ns:
        yield "a launch after it is sent", "launch_ns before sent_ns"
    if bulletin.over_ns is not UNSET and bulletin.over_ns > bulletin.sent_ns:
        yield "something over after it is sent", "over_ns before sent_ns"
    if bulletin.impact_ns is not UNSET and bulletin.launch_ns is not UNSET and bulletin.impact_ns < bulletin.launch_ns:
        yield "an impact before the launch", "impact_ns after launch_ns"


def _of_areas(bulletin: Bulletin) -> _Faults:
    if not bulletin.areas:
        yield "no area", "at least one"
    for area in bulletin.areas:
        if not (area.polygons or area.geocodes or area.zones):
            yield f"area {area.area_id} without polygon, code and zone", "where it is"
        if any(len(set(polygon)) < 3 for polygon in area.polygons):
            yield f"a polygon of area {area.area_id} with fewer than three corners", "at least three"


def _of_texts(bulletin: Bulletin, texts: Texts[str, Words], table: Mapping) -> _Faults:
    wanted = {lang for lang, _ in LANGUAGES}
    if set(texts) != wanted:
        yield f"texts in {', '.join(sorted(texts)) or 'no language'}", ", ".join(sorted(wanted))
    for lang, words in texts.items():
        for field, text in zip(Words._fields, words, strict=True):
            if not text.strip() and field != "instruction":
                yield f"an empty {field} ({lang})", "a sentence"
        said = (words.headline, words.description)
        if bulletin.mode == "exercise" and any(table.exercise[lang] not in text.casefold() for text in said):
            yield f"a text of an exercise that does not say so ({lang})", f"the word {table.exercise[lang]!r} in it"
