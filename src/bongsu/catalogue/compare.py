"""What the entries of one launch cannot say together; and figures that are those of another launch."""

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final

from bongsu.catalogue.entries import DAY_NS, MINUTE_NS, Entry, Fault, local_day, local_words
from bongsu.catalogue.faults import is_failure
from bongsu.catalogue.match import Launch, distance_m, figures_of, gap

_SAME_MIN: Final = 2.5  # first detection and computed lift-off differ by a minute or two
_TOL_MIN: Final = 20.0
_ANNOUNCED_MIN: Final = (2.5, 15.0)  # after lift-off, when first announcements are made
_APART: Final = 1.12  # ratio of two figures that are not one rounded twice
_FAR: Final = 1.2
_ALIKE: Final = 0.015  # of two figures taken from one place
_BIN: Final = 0.05  # wider than `_ALIKE`, in ln
_FULL_KM: Final = 300.0  # a failed flight that reaches this is told with another's figures, or hardly failed
_CLAIMING: Final = ("prk.state_media", "prk.gov")

Figures = dict[str, tuple[float, float]]
_SINGLE: Final = {"zone": ({"inside_eez_jpn"}, {"outside_eez_jpn"}), "outcome": ({"success"}, {"failure"})}


def of_launch(launch: Launch) -> Iterator[Fault]:
    """Contradictions between the sources of one launch, each said once for every pair."""
    by_source: dict[str, list[Entry]] = defaultdict(list)
    for entry in launch.entries():
        by_source[entry.source].append(entry)
    alone = {g.source for g in launch.groups}
    for a, b in combinations(sorted(by_source), 2):
        clocks = list(_clocks(by_source[a], by_source[b]))
        is_announced = any(f.rule == "announcement_time" for f in clocks)
        yield from (f for f in clocks if not (is_announced and f.rule == "times_differ"))
        yield from _days(by_source[a], by_source[b])
        if a in alone and b in alone:
            yield from _figures(by_source[a], by_source[b])
            yield from _counts(launch, a, b)
    yield from _words(launch.entries())
    yield from _places(launch)
    for group, _ in launch.maybe:
        head = group.entries[0]
        yield Fault("ambiguous", *head.key, "may be this launch, or another of about that time", is_doubt=True)


def _clocks(a: Sequence[Entry], b: Sequence[Entry]) -> Iterator[Fault]:
    """Times of day that do not fit: half a day, the zone, a day, the time of the announcement, or simply different."""
    for mine, theirs in ((a, b), (b, a)):
        others = [(t, e) for e in theirs for t in e.clocks_ns]
        if not others:
            continue
        for entry in mine:
            for clock in entry.clocks_ns:
                near, other = min(others, key=lambda item: abs(item[0] - clock))
                if abs(near - clock) > _SAME_MIN * MINUTE_NS:
                    yield from _shifted(entry, clock, others, near, other, is_salvo=len(others) > 1)


def _shifted(
    entry: Entry, clock: int, others: list[tuple[int, Entry]], near: int, other: Entry, *, is_salvo: bool
) -> Iterator[Fault]:
    said = f"{local_words(clock)} UTC+9 on {local_day(clock)}"
    for shift_min, rule in ((720, "half_day"), (540, "zone_mixed"), (1_440, "day_off")):
        found = [(t, e) for t, e in others if abs(abs(t - clock) / MINUTE_NS - shift_min) <= _TOL_MIN]
        if found:
            t, e = found[0]
            yield Fault(rule, *entry.key, f"{said}; {e.source} row {e.row} says {local_words(t)} on {local_day(t)}")
            return
    apart = (clock - near) / MINUTE_NS
    beside = f"{said}; {other.source} row {other.row} says {local_words(near)}"
    if _ANNOUNCED_MIN[0] < apart <= _ANNOUNCED_MIN[1] and not is_salvo and not entry.is_list:
        yield Fault("announcement_time", *entry.key, f"{beside}: {apart:.0f} min later, as announcements are")
    elif abs(apart) < DAY_NS / MINUTE_NS / 2:
        yield Fault("times_differ", *entry.key, beside)


def _days(a: Sequence[Entry], b: Sequence[Entry]) -> Iterator[Fault]:
    """A day printed like the other's local one, beside a clock that makes it the next: the day is local, the clock is not."""
    for mine, theirs in ((a, b), (b, a)):
        for entry in mine:
            if not entry.clocks_ns or not entry.printed_day:
                continue
            own = {local_day(t).isoformat() for t in entry.clocks_ns}
            for other in theirs:
                theirs_local = {local_day(t).isoformat() for t in other.clocks_ns} or {other.printed_day}
                if other.precision != "month" and entry.printed_day in theirs_local and not own & theirs_local:
                    yield Fault(
                        "day_local_clock_utc", *entry.key,
                        f"by its clock it was on {min(own)} UTC+9; {other.source} row {other.row} has {min(theirs_local)}, "
                        "the day printed here: a local day beside a clock in UTC, or the other list has the wrong day",
                    )  # fmt: skip
                    break


def _figures(a: Sequence[Entry], b: Sequence[Entry]) -> Iterator[Fault]:
    mine, theirs = figures_of(a), figures_of(b)
    names = [n for n in ("range_km", "apogee_km") if n in mine and n in theirs]
    if len(names) == 2 and _is_swapped(mine, theirs):
        for entries, others in ((a, b), (b, a)):
            yield Fault(
                "swapped_figures", *entries[0].key, f"range and apogee are {others[0].source}'s the other way round"
            )
        return
    for name in names:
        if gap(mine[name], theirs[name]) > _APART:
            yield Fault(
                "figures_differ", *a[0].key,
                f"{name.removesuffix('_km')} {_span(mine[name])} km; {b[0].source} row {b[0].row} says {_span(theirs[name])} km",
                is_doubt=True,
            )  # fmt: skip


def _is_swapped(mine: Figures, theirs: Figures) -> bool:
    straight = [gap(mine[n], theirs[n]) for n in ("range_km", "apogee_km")]
    crossed = [gap(mine["range_km"], theirs["apogee_km"]), gap(mine["apogee_km"], theirs["range_km"])]
    return min(straight) > 2.0 and max(crossed) <= _APART


def _span(ends: tuple[float, float]) -> str:
    low, high = ends
    if low == high:
        return f"{low:g}"
    if high == math.inf:
        return f"at least {low:g}"
    return f"at most {high:g}" if low == -math.inf else f"{low:g} to {high:g}"


def _counts(launch: Launch, a: str, b: str) -> Iterator[Fault]:
    n = {s: sum(g.n for g in launch.groups if g.source == s) for s in (a, b)}
    said = {
        s: any(f.quantity == "count" for e in launch.entries() if e.source == s for f in e.fields) or n[s] > 1
        for s in (a, b)
    }
    if n[a] != n[b] and said[a] and said[b]:
        head = next(g.entries[0] for g in launch.groups if g.source == a)
        yield Fault("counts_differ", *head.key, f"{n[a]} flew; {b} says {n[b]}", is_doubt=True)


def _words(entries: Sequence[Entry]) -> Iterator[Fault]:
    """Words that exclude each other, whoever says them; what the launching side says of itself stands apart."""
    for quantity, sides in _SINGLE.items():
        said = [(f, e) for e in entries for f in e.fields if f.quantity == quantity and f.speaker not in _CLAIMING]
        first = next(((f, e) for f, e in said if f.value in sides[0]), None)
        second = next(
            ((f, e) for f, e in said if f.value in sides[1] and (not first or e.source != first[1].source)), None
        )
        if first and second:
            rows = f"{second[1].source} row {second[1].row}"
            yield Fault(
                f"{quantity}s_differ", *first[1].key, f"{first[0].value}; {rows} says {second[0].value}", is_doubt=True
            )


def _places(launch: Launch) -> Iterator[Fault]:
    """Sites that are not one place by both their doubts."""
    sited = [g for g in launch.groups if g.site]
    for a, b in combinations(sited, 2):
        assert a.site is not None and b.site is not None
        away_m = distance_m(a.site, b.site)
        if away_m > 30e3 + 2.0 * math.hypot(a.site.sigma_m, b.site.sigma_m):
            said = f"{a.site.name}; {b.source} row {b.entries[0].row} says {b.site.name}, {away_m / 1e3:.0f} km away"
            yield Fault("sites_differ", *a.entries[0].key, said, is_doubt=True)


def copied(launches: Sequence[Launch]) -> Iterator[tuple[int, Fault]]:
    """Entries whose range and apogee are both those of a launch of another day, while they contradict their own launch."""
    index: dict[tuple[int, int], list[tuple[int, Entry, Figures]]] = defaultdict(list)
    figured = []
    for k, launch in enumerate(launches):
        for entry in launch.entries():
            figures = figures_of([entry])
            if _is_pair(figures):
                figured.append((k, entry, figures))
                index[_bins(figures)].append((k, entry, figures))
    for k, entry, figures in figured:
        why = _contradicts(launches[k], entry, figures)
        if not why:
            continue
        a, b = _bins(figures)
        near = (item for i in (-1, 0, 1) for j in (-1, 0, 1) for item in index.get((a + i, b + j), ()))
        other = next((e for j, e, f in near if j != k and _is_same_pair(figures, f) and _day(e) != _day(entry)), None)
        if other is not None:
            yield k, Fault(
                "copied_figures", *entry.key,
                f"range and apogee are those of {_day(other)} ({other.source} row {other.row}), and {why}",
            )  # fmt: skip


def _is_pair(figures: Figures) -> bool:
    return {"range_km", "apogee_km"} <= set(figures) and all(
        math.isfinite(x) and x > 0.0 for name in ("range_km", "apogee_km") for x in figures[name]
    )


def _bins(figures: Figures) -> tuple[int, int]:
    """A coarse place of range and apogee, by which like pairs are found."""
    low, high = (int(math.log(figures[name][0]) / _BIN) for name in ("range_km", "apogee_km"))
    return low, high


def _is_same_pair(a: Figures, b: Figures) -> bool:
    return all(abs(x / y - 1.0) <= _ALIKE for n in ("range_km", "apogee_km") for x, y in zip(a[n], b[n], strict=True))


def _day(entry: Entry) -> str:
    return local_day(entry.earliest_ns).isoformat()


def _contradicts(launch: Launch, entry: Entry, figures: Figures) -> str:
    """Why these figures cannot be of their own launch; empty where nothing speaks against them."""
    for other in launch.entries():
        if other.source == entry.source:
            continue
        theirs = figures_of([other])
        for name in ("range_km", "apogee_km"):
            if name in theirs and gap(figures[name], theirs[name]) > _FAR:
                return f"{other.source} row {other.row} has a {name.removesuffix('_km')} of {_span(theirs[name])} km"
    failed = next((e for e in launch.entries() if is_failure(e)), None)
    if failed and figures["range_km"][0] >= _FULL_KM:
        return f"{failed.source} row {failed.row} says that it failed"
    return ""
