"""Entries into what queries read: launches with their intervals, figures and standing, who is of them, and all faults."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from bongsu.catalogue import compare, faults
from bongsu.catalogue.entries import DAY_NS, LOCAL_NS, MINUTE_NS, Entry, Fault, Site, local_day
from bongsu.catalogue.match import Launch, figures_of, launches_of
from bongsu.catalogue.reading import CLASSES
from bongsu.models.classes import ClassSettings, minimum_energy_apogee_m

Standing = Literal["counted", "quarantined", "mentioned", "exercise"]
_HALF_DAY: Final = DAY_NS // 2
_CONFIRMED_NS: Final = 20 * MINUTE_NS
_SPOILS: Final = frozenset(
    ("copied_figures", "impossible_figure", "swapped_figures")
)  # figures that are not shown as the launch's
WIDENS: Final = frozenset(("half_day", "zone_mixed", "day_off", "day_local_clock_utc", "unusual_hour", "days_disagree"))


@dataclass(frozen=True, slots=True)
class Settled:
    """One launch as a row of the catalogue. Unknown figures are infinite, an unknown place has no site."""

    launch_id: str
    day: str  # UTC+9, of the earliest moment
    earliest_ns: int
    latest_ns: int
    n_low: int
    n_high: int  # 0: not bounded
    standing: Standing
    why: str
    site: Site | None
    site_words: str
    vehicle_class: str
    launcher: str
    shape: str
    figures: dict[str, tuple[float, float]]
    is_failed: bool
    members: tuple[tuple[str, str, str], ...]  # source, row, how: of, covers
    faults: tuple[Fault, ...]

    @property
    def sources(self) -> tuple[str, ...]:
        """Who speaks of it, sorted."""
        return tuple(sorted({source for source, _, _ in self.members}))


def settle(entries: Sequence[Entry]) -> list[Settled]:
    """All launches of these entries, in order of time; every entry is in at least one."""
    real = [e for e in entries if e.precision != "vague" and e.mode == "live"]
    other = [e for e in entries if e.precision != "vague" and e.mode != "live"]
    launches = [*launches_of(real), *launches_of(other)]
    habits = faults.habits_of(real)
    copies: dict[int, list[Fault]] = {}
    for k, fault in compare.copied(launches):
        copies.setdefault(k, []).append(fault)
    found = [_settled(launch, habits, copies.get(k, [])) for k, launch in enumerate(launches)]
    found += [_mentioned(e) for e in entries if e.precision == "vague"]
    return _numbered(found)


def _numbered(found: list[Settled]) -> list[Settled]:
    """Ids by local day and order within it."""
    found.sort(key=lambda s: (s.earliest_ns, s.latest_ns, s.members))
    n_of_day: dict[str, int] = {}
    numbered = []
    for each in found:
        n_of_day[each.day] = n_of_day.get(each.day, 0) + 1
        numbered.append(replace(each, launch_id=f"{each.day}.{n_of_day[each.day]}"))
    return numbered


def _settled(launch: Launch, habits: faults.Habits, copies: list[Fault]) -> Settled:
    entries = launch.entries()
    confirmed = _confirmed(launch)
    found = [
        f
        for e in entries
        for f in faults.of_entry(e, habits)
        if f.rule != "unusual_hour" or (e.source, e.row) not in confirmed
    ]
    found = list(dict.fromkeys([*found, *compare.of_launch(launch), *copies]))
    own = [e for g in launch.groups for e in g.entries]
    earliest_ns, latest_ns = _interval(own, found)
    n_low, n_high = _count(launch)
    standing, why = _standing(own, found)
    figures = figures_of(e for e in own if not any(f.rule in _SPOILS and (f.source, f.row) == e.key for f in found))
    sited = sorted((e for e in own if e.site), key=lambda e: e.site.sigma_m if e.site else 0.0)
    return Settled(
        launch_id="",
        day=local_day(earliest_ns).isoformat(),
        earliest_ns=earliest_ns,
        latest_ns=latest_ns,
        n_low=n_low,
        n_high=n_high,
        standing=standing,
        why=why,
        site=sited[0].site if sited else None,
        site_words=next((e.site_words for e in (*sited, *own) if e.site_words), ""),
        vehicle_class=_class(own),
        launcher=next((e.launcher for e in own if e.launcher), ""),
        shape=_shape(figures),
        figures=figures,
        is_failed=all(faults.is_failure(e) for e in own if any(f.quantity == "outcome" for f in e.fields))
        and any(faults.is_failure(e) for e in own),
        members=tuple(
            [(e.source, e.row, "of") for e in own]
            + [(e.source, e.row, "covers") for g in launch.covering for e in g.entries]
        ),
        faults=tuple(found),
    )


def _confirmed(launch: Launch) -> set[tuple[str, str]]:
    """Entries whose clock another source says too, so that an odd hour of theirs is none."""
    clocked = [(e, t) for e in launch.entries() for t in e.clocks_ns]
    return {
        e.key for e, t in clocked for other, u in clocked if other.source != e.source and abs(t - u) <= _CONFIRMED_NS
    }  # fmt: skip


def _interval(own: Sequence[Entry], found: Iterable[Fault]) -> tuple[int, int]:
    """What all sources allow; where a fault concerns time, or they exclude each other, all that any of them allows."""
    odd = {(f.source, f.row): f.rule for f in found if f.rule in WIDENS}
    if not odd:
        return _hull(own)
    spans = [(e, span) for e in own for span in _allowed(e, odd.get(e.key, ""))]
    low, high = min(first for _, (first, _) in spans), max(last for _, (_, last) in spans)
    days = [e for e in own if e.precision == "day" and not e.clocks_ns]
    if days and set(odd.values()) == {"unusual_hour"}:  # a source that has the day alone still bounds it
        clocked = [span for e, span in spans if e.clocks_ns]
        near = max(min(a for a, _ in clocked), *(e.earliest_ns for e in days))
        far = min(max(b for _, b in clocked), *(e.latest_ns for e in days))
        low, high = (near, far) if near < far else (low, high)
    return low, high


def _allowed(entry: Entry, rule: str) -> Iterator[tuple[int, int]]:
    """The interval of an entry, and where its hour is odd the one half a day away as well."""
    yield entry.earliest_ns, entry.latest_ns
    if rule == "unusual_hour":
        shift = -_HALF_DAY if _is_afternoon(entry) else _HALF_DAY
        yield entry.earliest_ns + shift, entry.latest_ns + shift


def _is_afternoon(entry: Entry) -> bool:
    return (entry.clocks_ns[0] + LOCAL_NS) % DAY_NS >= _HALF_DAY


def _sharpest(own: Sequence[Entry]) -> list[Entry]:
    return [e for e in own if e.precision == "clock"] or list(own)


def _hull(own: Sequence[Entry]) -> tuple[int, int]:
    """What the most precise entries allow: of days what all allow, if they meet; of clocks, which may be of a salvo, all."""
    sharp = _sharpest(own)
    first, last = max(e.earliest_ns for e in sharp), min(e.latest_ns for e in sharp)
    if sharp[0].precision != "clock" and first < last:
        return first, last
    return min(e.earliest_ns for e in sharp), max(e.latest_ns for e in sharp)


def _count(launch: Launch) -> tuple[int, int]:
    """The least and the most that any source says flew."""
    alone = [g for g in launch.groups if not g.is_shared] or launch.groups
    said = [g for g in alone if _says_count(g.entries)] or alone
    return min(g.n for g in said), max(sum(e.n_high for e in g.entries) for g in said)


def _says_count(entries: Sequence[Entry]) -> bool:
    return len(entries) > 1 or any(f.quantity == "count" for f in entries[0].fields) or entries[0].n_low > 1


def _standing(own: Sequence[Entry], found: Iterable[Fault]) -> tuple[Standing, str]:
    """Whether a launch counts: not where one text alone reports it and names nobody who could have measured it."""
    is_real = own[0].mode == "live"
    if not is_real:
        return "exercise", f"from a log of mode {own[0].mode}"
    sources = {e.source for e in own}
    if any(e.is_list for e in own) or len(sources) > 1:
        return "counted", ""
    if any(f.rule == "copied_figures" for f in found):
        return "quarantined", "its figures are those of another launch"
    if not any(e.has_official for e in own):
        return "quarantined", "one text alone, and nobody in it who could have measured it"
    return "counted", "one text alone"


def _class(own: Sequence[Entry]) -> str:
    named = {e.vehicle_class for e in own} | {f.value for e in own for f in e.fields if f.quantity == "vehicle_class"}
    return next((name for name in CLASSES if name in named), "")


def _shape(figures: dict[str, tuple[float, float]]) -> str:
    """Lofted, depressed or near the least energy, by apogee over that of the cheapest flight of the same range."""
    if not {"range_km", "apogee_km"} <= set(figures):
        return ""
    ends = [*figures["range_km"], *figures["apogee_km"]]
    if not all(math.isfinite(x) and 0.0 < x < 20_000.0 for x in ends):
        return ""
    s = ClassSettings()
    ratio = 1e3 * 0.5 * (ends[2] + ends[3]) / minimum_energy_apogee_m(500.0 * (ends[0] + ends[1]))
    return "lofted" if ratio > s.lofted_ratio else "depressed" if ratio < s.depressed_ratio else "minimum_energy"


def _mentioned(entry: Entry) -> Settled:
    """Earlier launches that a text speaks of without a day."""
    said = next((f.value for f in entry.fields if f.quantity == "background"), "")
    return Settled(
        launch_id="", day=local_day(entry.earliest_ns).isoformat(), earliest_ns=entry.earliest_ns, latest_ns=entry.latest_ns,
        n_low=entry.n_low, n_high=entry.n_high, standing="mentioned", why=said, site=None, site_words="", vehicle_class="",
        launcher=entry.launcher, shape="", figures={}, is_failed=False, members=((entry.source, entry.row, "of"),), faults=(),
    )  # fmt: skip
