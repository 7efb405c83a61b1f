"""Questions of time: which launches lie in a window for certain, which perhaps, who is silent, and what words meant loosely."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from bongsu.catalogue import values
from bongsu.catalogue.entries import DAY_NS, LOCAL_NS, MINUTE_NS, day_ns, local_day, words
from bongsu.catalogue.store import Store
from bongsu.errors import BadInput

LOOSE: Final = 1.5  # times the days that words name: as far as they are likely to reach
_COLUMNS: Final = (
    "launch_id", "day", "earliest_ns", "latest_ns", "n_low", "n_high", "standing", "why", "site", "lat_rad", "lon_rad",
    "vehicle_class", "launcher", "shape", "range_low_km", "range_high_km", "apogee_low_km", "apogee_high_km", "is_failed",
    "sources", "n_faults",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Known:
    """A launch of the catalogue as queries give it; figures that nobody gives are None in the file and absent here."""

    row: dict[str, Any]

    def __getattr__(self, name: str) -> Any:
        try:
            return self.row[name]
        except KeyError as error:
            raise AttributeError(name) from error

    @property
    def is_certain_within_day(self) -> bool:
        """Whether its local day is known."""
        return local_day(self.row["earliest_ns"]) == local_day(self.row["latest_ns"] - 1)


@dataclass(frozen=True, slots=True)
class Loose:
    """Words about earlier launches, and whether dated launches bear them out."""

    source: str
    printed: str
    n_days: int  # as named; 0: a month or week of the calendar
    n_low: int
    earliest_ns: int
    latest_ns: int
    is_loose: bool
    says: str


@dataclass(frozen=True, slots=True)
class Window:
    """The answer to a question of time."""

    begin_ns: int
    end_ns: int
    counted: tuple[Known, ...]
    perhaps: tuple[Known, ...]  # the window holds a part of what their sources allow
    quarantined: tuple[Known, ...]
    just_before: tuple[Known, ...]
    loose: tuple[Loose, ...]
    silent: tuple[tuple[str, str], ...]  # sources whose rows end before the window, and their last day
    disagreements: tuple[tuple[str, str, str, str], ...]  # launch, source and row, rule, words
    event_id: str = ""

    @property
    def n_spoken_of(self) -> int:
        """How many launches in it a text speaks of without days, at least."""
        return max(
            (w.n_low for w in self.loose if w.earliest_ns >= self.begin_ns and w.latest_ns <= self.end_ns), default=0
        )

    @property
    def n_days(self) -> float:
        """How long it is."""
        return (self.end_ns - self.begin_ns) / DAY_NS


def launches(
    store: Store, begin_ns: int = -(2**62), end_ns: int = 2**62, standings: Sequence[str] = ("counted",)
) -> list[Known]:
    """Launches that may lie in an interval, in order of time."""
    found = store.db.execute(
        f"SELECT {', '.join(_COLUMNS)} FROM launch WHERE latest_ns > ? AND earliest_ns < ? AND list_contains(?, standing) "
        "ORDER BY earliest_ns, launch_id",
        [begin_ns, end_ns, list(standings)],
    ).fetchall()
    return [Known(dict(zip(_COLUMNS, row, strict=True))) for row in found]


def window(store: Store, begin_ns: int, end_ns: int, event_id: str = "") -> Window:
    """What is known of an interval; `event_id` is the launch it leads up to, which does not count itself."""
    near = [k for k in launches(store, begin_ns, end_ns) if k.launch_id != event_id]
    counted = [k for k in near if k.earliest_ns >= begin_ns and k.latest_ns <= end_ns]
    before_ns = begin_ns - round((LOOSE - 1.0) * (end_ns - begin_ns))
    before = [k for k in launches(store, before_ns, begin_ns) if k.latest_ns <= begin_ns and k.launch_id != event_id]
    return Window(
        begin_ns=begin_ns,
        end_ns=end_ns,
        counted=tuple(counted),
        perhaps=tuple(k for k in near if k not in counted),
        quarantined=tuple(k for k in launches(store, begin_ns, end_ns, ("quarantined",)) if k.launch_id != event_id),
        just_before=tuple(before),
        loose=tuple(_loose(store, begin_ns, end_ns, event_id)),
        silent=tuple(_silent(store, begin_ns)),
        disagreements=tuple(_disagreements(store, [k.launch_id for k in near])),
        event_id=event_id,
    )


def before(store: Store, event: str, n_days: int) -> Window:
    """The days before a launch (by its id, or its local day), or before any other day. Raises BadInput for anything else."""
    found = store.db.execute(
        "SELECT launch_id, earliest_ns FROM launch WHERE standing = 'counted' AND (launch_id = ? OR day = ?) "
        "ORDER BY earliest_ns, launch_id LIMIT 1",
        [event, event],
    ).fetchone()
    if found is not None:
        end_ns = day_ns(local_day(found[1]))
        return window(store, end_ns - n_days * DAY_NS, end_ns, found[0])
    day = values.day_of(event)
    if isinstance(day, str) or day[1] != "day":
        raise BadInput(
            "--before", repr(event), "the id of a launch in the catalogue (2017-07-28.1), or a day (2025-11-07)",
            "`bongsu history` without --before lists the launches and their ids.",
        )  # fmt: skip
    end_ns = day_ns(day[0])
    return window(store, end_ns - n_days * DAY_NS, end_ns)


def _silent(store: Store, begin_ns: int) -> list[tuple[str, str]]:
    """Lists whose last row is older than the window: that they have no row in it says nothing."""
    found = store.db.execute(
        "SELECT source, max(earliest_ns) AS last FROM entry WHERE is_current AND is_list GROUP BY source "
        "HAVING last < ? ORDER BY source",
        [begin_ns],
    ).fetchall()
    return [(source, local_day(last).isoformat()) for source, last in found]


def _loose(store: Store, begin_ns: int, end_ns: int, event_id: str) -> list[Loose]:
    """Words of texts about launches in the window, beside the launches that others date."""
    found = store.db.execute(
        "SELECT e.source, f.word, coalesce(n.low, 0), e.n_low, e.earliest_ns, e.latest_ns FROM entry e "
        "JOIN field f ON f.source = e.source AND f.row_key = e.row_key AND f.revision = e.revision AND f.quantity = 'background' "
        "LEFT JOIN field n ON n.source = e.source AND n.row_key = e.row_key AND n.revision = e.revision "
        "AND n.quantity = 'named_days' "
        "WHERE e.is_current AND e.precise = 'vague' AND e.latest_ns > ? AND e.earliest_ns < ? ORDER BY e.source, e.row_key",
        [begin_ns, end_ns],
    ).fetchall()
    return [_judged(store, row, event_id) for row in found]


def _judged(store: Store, row: tuple[Any, ...], event_id: str) -> Loose:
    """Whether dated launches bear words out: within what they name, or only somewhat before it."""
    source, printed, n_days, n_low, earliest_ns, latest_ns = row
    reach_ns = round((LOOSE - 1.0) * (latest_ns - earliest_ns))
    dated = [
        k
        for k in launches(store, earliest_ns - reach_ns, latest_ns)
        if k.launch_id != event_id and source not in k.sources
    ]
    inside = [k for k in dated if k.earliest_ns >= earliest_ns and k.latest_ns <= latest_ns]
    earlier = [k for k in dated if k.latest_ns <= earliest_ns]
    n_inside = len(inside)
    if n_inside >= n_low:
        said, is_loose = f"{_dated(n_inside)} within them", False
    elif earlier and n_inside + len(earlier) >= n_low:
        days_ago = (latest_ns - earlier[-1].earliest_ns + DAY_NS - 1) // DAY_NS
        said = f"{_dated(n_inside)} within them, {earlier[-1].launch_id} {days_ago} days before"
        is_loose = True
    elif dated:
        said, is_loose = f"only {_dated(n_inside)} within them", False
    else:
        said, is_loose = "no other source dates a launch about then; they cannot be checked", False
    return Loose(source, printed, int(n_days), n_low, earliest_ns, latest_ns, is_loose, said)


def _dated(n: int) -> str:
    return f"{n} dated launch{'' if n == 1 else 'es'}"


def _disagreements(store: Store, ids: Sequence[str]) -> list[tuple[str, str, str, str]]:
    found = store.db.execute(
        "SELECT launch_id, source || ' row ' || row_key, rule, says FROM fault WHERE list_contains(?, launch_id) "
        "ORDER BY launch_id, rule, source, row_key",
        [list(ids)],
    ).fetchall()
    return [(a, b, c, d) for a, b, c, d in found]


def faults(store: Store, begin_ns: int = -(2**62), end_ns: int = 2**62) -> list[tuple[str, str, str, str, str, bool]]:
    """All faults of launches in an interval: launch, source, row, rule, words, whether it is but a doubt."""
    found = store.db.execute(
        "SELECT f.* FROM fault f JOIN launch l USING (launch_id) WHERE l.latest_ns > ? AND l.earliest_ns < ? "
        "ORDER BY l.earliest_ns, f.launch_id, f.rule, f.source, f.row_key",
        [begin_ns, end_ns],
    ).fetchall()
    return [(a, b, c, d, e, bool(g)) for a, b, c, d, e, g in found]


def provenance(store: Store, launch_id: str) -> list[dict[str, Any]]:
    """Every field of a launch: what, who, where it is printed (file, its hash, row, column, characters), in which revision."""
    cursor = store.db.execute(
        "SELECT e.row_no, f.quantity, f.low, f.high, f.word, f.hedge, f.printed, f.speaker, f.stance, "
        "f.source, f.row_key, f.revision, "
        "f.column_name, f.start_char, f.stop_char, i.path, i.sha256, m.how, e.is_current FROM member m "
        "JOIN entry e ON e.source = m.source AND e.row_key = m.row_key "
        "JOIN field f ON f.source = e.source AND f.row_key = e.row_key AND f.revision = e.revision "
        "JOIN file i ON i.file_no = e.file_no "
        "WHERE m.launch_id = ? ORDER BY f.source, f.row_key, f.revision, f.k",
        [launch_id],
    )
    names = [d[0] for d in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def span_words(begin_ns: int, end_ns: int) -> str:
    """An interval for a person: local days where it is whole days, else UTC."""
    if not (begin_ns + LOCAL_NS) % DAY_NS and not (end_ns + LOCAL_NS) % DAY_NS:
        first, last = local_day(begin_ns), local_day(end_ns - 1)
        return f"{first}" if first == last else f"{first} to {last}"
    first_words, last_words = words(begin_ns), words(end_ns)
    if end_ns - begin_ns <= 2 * MINUTE_NS:
        return first_words
    return f"{first_words[:-1]}–{last_words[11:] if last_words[:10] == first_words[:10] else last_words}"
