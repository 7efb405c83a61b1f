"""Entries into launches: what of one source belongs together, and what of different sources is the same.

Groups of one source are never torn apart; between sources a sum of reasons decides, and a second launch nearly as likely is kept.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from bongsu.catalogue.entries import DAY_NS, LOCAL_NS, MINUTE_NS, Entry, Site
from bongsu.geo import frames


@dataclass(frozen=True, slots=True)
class MatchSettings:
    """Weights of the reasons; own choices, in units of natural log-odds, and bounds in minutes and metres."""

    accept: float = 2.5
    ambiguous: float = 1.0  # a second launch within this of the first
    salvo_min: float = 360.0  # clocks of one source closer than this, at one site, are one launch
    together_m: float = 60e3  # sites of one source closer than this are one site
    clock_min: float = 20.0
    near_clock_min: float = 90.0
    odd_shifts_min: tuple[float, ...] = (
        720.0,
        540.0,
        1_440.0,
    )  # half a day, the zone, a day: faults, yet the same launch
    w_clock: float = 5.0
    w_near_clock: float = 1.0
    w_odd: float = 2.0
    w_day: float = 3.0
    w_printed_day: float = 1.5  # the days as printed are one, though their zones make them two
    w_month: float = 0.5
    w_apart: float = -4.0
    w_next_day: float = -1.0
    w_class: float = 1.0
    w_other_class: float = -2.0
    w_count: float = 0.5
    w_figures: float = 1.5
    w_other_figures: float = -1.0
    w_taken: float = -3.0  # the launch holds a group of this source


SETTINGS: Final = MatchSettings()
_BALLISTIC: Final = frozenset(
    ("SRBM", "MRBM", "IRBM", "ICBM", "SLBM", "hypersonic_glide", "rocket_artillery", "ballistic", "missile")
)
_COARSE: Final = frozenset(("", "missile", "ballistic"))


@dataclass(slots=True)
class Group:
    """Entries of one source that are one launch."""

    entries: list[Entry]
    earliest_ns: int = 0
    latest_ns: int = 0
    clocks_ns: tuple[int, ...] = ()
    site: Site | None = None
    n: int = 0
    is_shared: bool = False  # it counts what others tell apart
    classes: frozenset[str] = frozenset()
    figures: dict[str, tuple[float, float]] = field(default_factory=dict)

    @property
    def source(self) -> str:
        """The source all entries are of."""
        return self.entries[0].source


@dataclass(slots=True)
class Launch:
    """One launch as the sources have it: groups, those that cover others too, and what might belong here as well."""

    groups: list[Group] = field(default_factory=list)
    covering: list[Group] = field(default_factory=list)  # coarser ones, that hold other launches too
    maybe: list[tuple[Group, float]] = field(
        default_factory=list
    )  # groups of other launches that fit here nearly as well

    def entries(self) -> list[Entry]:
        """All entries, covering ones last."""
        return [e for group in (*self.groups, *self.covering) for e in group.entries]


def launches_of(entries: Iterable[Entry], settings: MatchSettings = SETTINGS) -> list[Launch]:
    """The launches that entries with a day are of; vague ones are not handled here. The order of entries does not matter."""
    by_source: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_source[entry.source].append(entry)
    grouped = {name: _groups(found, settings) for name, found in by_source.items()}
    order = sorted(grouped, key=lambda name: (-_sharpness(by_source[name]), name))
    board = _Board(settings)
    for name in order:
        board.place(grouped[name])
    return board.launches


def _sharpness(entries: Sequence[Entry]) -> float:
    """How precise a source is; the most precise comes first, for others are then matched to single launches."""
    return sum(e.precision == "clock" for e in entries) / len(entries)


def _groups(entries: list[Entry], settings: MatchSettings) -> list[Group]:
    """Entries of one source, gathered by day and place."""
    found: list[Group] = []
    open_groups: list[Group] = []
    for entry in sorted(entries, key=lambda e: (e.earliest_ns, e.latest_ns, e.row)):
        open_groups = [g for g in open_groups if entry.earliest_ns - g.latest_ns < 2 * DAY_NS]
        home = next((g for g in open_groups if _is_together(g, entry, settings)), None)
        if home is None:
            home = Group([])
            found.append(home)
            open_groups.append(home)
        home.entries.append(entry)
        _refresh(home)
    return found


def _is_together(group: Group, entry: Entry, settings: MatchSettings) -> bool:
    if not entry.is_list and group.entries[0].row != entry.row:
        return False  # a text tells days apart by itself
    if distance_m(group.site, entry.site) > settings.together_m:
        return False
    if group.clocks_ns and entry.clocks_ns:
        return entry.clocks_ns[0] - max(group.clocks_ns) <= settings.salvo_min * MINUTE_NS
    return bool(entry.printed_day) and entry.printed_day == group.entries[0].printed_day


def _refresh(group: Group) -> None:
    sharp = [e for e in group.entries if e.precision == "clock"] or group.entries
    group.earliest_ns = min(e.earliest_ns for e in sharp)
    group.latest_ns = max(e.latest_ns for e in sharp)
    group.clocks_ns = tuple(sorted({t for e in group.entries for t in e.clocks_ns}))
    group.site = next((e.site for e in group.entries if e.site), None)
    group.n = sum(e.n_low for e in group.entries)
    group.classes = frozenset(e.vehicle_class for e in group.entries if e.vehicle_class)
    group.figures = figures_of(group.entries)


def figures_of(entries: Iterable[Entry]) -> dict[str, tuple[float, float]]:
    """Range and apogee as the widest finite interval of these entries; an open end stays open only where nothing closes it."""
    found: dict[str, tuple[float, float]] = {}
    for entry in entries:
        for f in entry.fields:
            if f.quantity in ("range_km", "apogee_km", "flight_time_min") and f.is_number:
                low, high = found.get(f.quantity, (math.inf, -math.inf))
                found[f.quantity] = (min(low, f.low), max(high, f.high))
    return found


class _Board:
    """Launches so far, found by local day."""

    def __init__(self, settings: MatchSettings) -> None:
        self.settings = settings
        self.launches: list[Launch] = []
        self._by_day: dict[int, list[int]] = defaultdict(list)

    def place(self, groups: list[Group]) -> None:
        """Put the groups of one source where they fit best, the best fits first; the rest are launches of their own."""
        fits = sorted(
            ((score, i, k) for i, group in enumerate(groups) for score, k in self._candidates(group)),
            key=lambda fit: (-fit[0], fit[1], fit[2]),
        )
        home: dict[int, tuple[int, float]] = {}
        taken: set[int] = set()
        for score, i, k in fits:
            if i not in home and k not in taken:
                home[i] = (k, score)
                taken.add(k)
        held = {i: [k] for i, (k, _) in home.items()}
        for score, i, k in fits:
            if i in home and k not in taken and self._covers(groups[i], held[i], k):
                self.launches[k].covering.append(groups[i])
                groups[i].is_shared = True
                held[i].append(k)
                taken.add(k)
            elif i in home and k != home[i][0] and k not in taken and score >= home[i][1] - self.settings.ambiguous:
                self.launches[k].maybe.append((groups[i], score))
        n_before = len(self.launches)
        for i, group in enumerate(groups):
            if i in home:
                self.launches[home[i][0]].groups.append(group)
            else:
                self._open(group, [k for k in self._candidates_by_time(group) if k < n_before])
        for k in taken:
            self._index(k)

    def _covers(self, group: Group, held: Sequence[int], k: int) -> bool:
        """Whether a group counts enough to be another launch of the day, beside those it is held to be."""
        return group.n >= sum(_n(self.launches[x]) for x in held) + _n(self.launches[k])

    def _open(self, group: Group, near: list[int]) -> None:
        """A launch of its own; a coarser group near by that counts both is said to cover it."""
        launch = Launch([group])
        for k in near:
            launch.maybe += [(g, self.settings.accept) for g in self.launches[k].groups if g.source != group.source]
            coarse = [
                g
                for g in self.launches[k].groups
                if g.source != group.source and g.n >= _n(self.launches[k], g) + group.n
            ]
            for g in coarse:
                launch.covering.append(g)
                g.is_shared = True
        self.launches.append(launch)
        self._index(len(self.launches) - 1)

    def _index(self, k: int) -> None:
        for group in self.launches[k].groups:
            for day in _days(group.earliest_ns, group.latest_ns):
                if k not in self._by_day[day]:
                    self._by_day[day].append(k)

    def _candidates(self, group: Group) -> list[tuple[float, int]]:
        days = _days(group.earliest_ns - DAY_NS, group.latest_ns + DAY_NS)
        near = sorted({k for day in days for k in self._by_day.get(day, ())})
        scored = ((self._score(group, self.launches[k]), k) for k in near)
        return [(score, k) for score, k in scored if score >= self.settings.accept]

    def _candidates_by_time(self, group: Group) -> list[int]:
        """Launches that would be this one if it were not for the place."""
        found = []
        for k in {k for day in _days(group.earliest_ns, group.latest_ns) for k in self._by_day.get(day, ())}:
            others = [g for g in self.launches[k].groups if g.source != group.source]
            if len(others) < len(self.launches[k].groups):
                continue
            best = max(alike(group, g, self.settings) - min(0.0, _place(group, g)) for g in others)
            if best >= self.settings.accept:
                found.append(k)
        return sorted(found)

    def _score(self, group: Group, launch: Launch) -> float:
        best = max(alike(group, other, self.settings) for other in launch.groups if other.source != group.source)
        return best + (self.settings.w_taken if any(g.source == group.source for g in launch.groups) else 0.0)


def _n(launch: Launch, without: Group | None = None) -> int:
    """How many flew by the groups that are this launch alone."""
    return max((g.n for g in launch.groups if g is not without and not g.is_shared), default=0)


def _days(earliest_ns: int, latest_ns: int) -> range:
    return range((earliest_ns + LOCAL_NS) // DAY_NS, (max(latest_ns - 1, earliest_ns) + LOCAL_NS) // DAY_NS + 1)


def alike(a: Group, b: Group, s: MatchSettings = SETTINGS) -> float:
    """How much speaks for two groups of different sources being one launch."""
    if a.entries[0].launcher and b.entries[0].launcher and a.entries[0].launcher != b.entries[0].launcher:
        return -math.inf
    return _time(a, b, s) + _place(a, b) + _kind(a, b, s) + _count(a, b, s) + _figures(a, b, s)


def _time(a: Group, b: Group, s: MatchSettings) -> float:
    if a.clocks_ns and b.clocks_ns:
        apart = min(abs(x - y) for x in a.clocks_ns for y in b.clocks_ns) / MINUTE_NS
        if apart <= s.clock_min:
            return s.w_clock
        if any(abs(apart - shift) <= s.clock_min for shift in s.odd_shifts_min):
            return s.w_odd
        return s.w_near_clock if apart <= s.near_clock_min else s.w_apart
    if a.earliest_ns < b.latest_ns and b.earliest_ns < a.latest_ns:
        return s.w_month if "month" in (a.entries[0].precision, b.entries[0].precision) else s.w_day
    printed = {e.printed_day for e in a.entries} & {e.printed_day for e in b.entries}
    return s.w_printed_day if any(printed) else s.w_next_day


def _place(a: Group, b: Group) -> float:
    """From +2 at one place to -4 beyond three sigma of both and 100 km; nothing where a place is not known."""
    if a.site is None or b.site is None:
        return 0.0
    away_m = distance_m(a.site, b.site)
    doubt_m = math.hypot(30e3, a.site.sigma_m, b.site.sigma_m)
    return max(-4.0, 2.0 - (away_m / doubt_m) ** 2 / 1.5)


def _kind(a: Group, b: Group, s: MatchSettings) -> float:
    if not a.classes or not b.classes:
        return 0.0
    if (a.classes & b.classes) - _COARSE:
        return s.w_class
    if all((x in _BALLISTIC) == (y in _BALLISTIC) for x in a.classes for y in b.classes):
        return 0.0
    return 0.0 if (a.classes | b.classes) & _COARSE else s.w_other_class


def _count(a: Group, b: Group, s: MatchSettings) -> float:
    return s.w_count if a.n == b.n else 0.0 if min(a.n, b.n) == 1 else -s.w_count


def _figures(a: Group, b: Group, s: MatchSettings) -> float:
    """Whether range and apogee are the same figures."""
    total = 0.0
    for name in ("range_km", "apogee_km"):
        if name in a.figures and name in b.figures:
            apart = gap(a.figures[name], b.figures[name])
            total += 0.5 * (s.w_figures if apart < 1.12 else s.w_other_figures if apart > 2.0 else 0.0)
    return total


def gap(a: tuple[float, float], b: tuple[float, float]) -> float:
    """The ratio between the nearest ends of two intervals of positive figures; 1 where they meet."""
    low, high = (a, b) if a[1] < b[0] else (b, a)
    if low[1] >= high[0] or low[1] <= 0.0:
        return 1.0
    return high[0] / low[1]


def distance_m(a: Site | None, b: Site | None) -> float:
    """Between two places over the ground; 0 where one is not known."""
    if a is None or b is None:
        return 0.0
    return frames.distance_m(a.lat_rad, a.lon_rad, b.lat_rad, b.lon_rad)
