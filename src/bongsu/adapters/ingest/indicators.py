"""Dated signs from CSV: indicators, thermal anomalies (the columns of FIRMS), dates of a calendar. A bad row is counted.

Times are ISO 8601 with a zone; a bare day is a local one (UTC+9): what was observed counts from its beginning, what was
published from its end, for it cannot be known earlier.
"""

import csv
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import msgspec

from bongsu.adapters.ingest.reports import Refusals
from bongsu.constants import NS_PER_S
from bongsu.errors import BadInput
from bongsu.geo.frames import distance_m
from bongsu.messages import codec
from bongsu.messages.inputs import Indicator
from bongsu.models.activity import DAY_NS, start_ns
from bongsu.models.watch import Site

COLUMNS: Final = (
    "id", "kind", "observed", "published", "seen", "site", "lat_deg", "lon_deg", "source", "reliability", "half_life_days",
    "deception", "p_deceptive", "note",
)  # fmt: skip
FIRMS: Final = ("latitude", "longitude", "acq_date", "acq_time")
FIRMS_LATENCY_NS: Final = (
    3 * 3_600 * NS_PER_S
)  # near-real-time files come within three hours of the overpass (NASA FIRMS FAQ)
_CONFIDENCE: Final = {"l": 0.3, "low": 0.3, "n": 0.5, "nominal": 0.5, "h": 0.7, "high": 0.7}  # own choice
_HELP: Final = "See docs/guides/watch.md for the columns."
_BEFORE_1970: Final = "a time before 1970"
_MOST_DAYS: Final = 1e6  # far beyond what a message holds: refused by its bounds
_EPOCH: Final = date(1970, 1, 1).toordinal()
Row = Mapping[str, str]


class _Bad(Exception):
    """Why a row cannot be used."""


def read_indicators(path: Path, sites: Sequence[Site], refusals: Refusals) -> Iterator[Indicator]:
    """The signs of a CSV file, in its order; one with the columns of FIRMS gives thermal signs near `sites` alone.

    Raises BadInput where the file cannot be read, or its columns are neither.
    """
    columns, rows = _table(path, refusals)
    if all(name in columns for name in FIRMS):
        yield from _each(path, rows, lambda row, where: _thermal(row, where, sites), refusals)
    elif all(name in columns for name in ("kind", "observed")):
        _refuse_unknown(path, columns)
        yield from _each(path, rows, _indicator, refusals)
    else:
        raise BadInput(
            str(path), f"columns {', '.join(columns)[:200]}",
            "`kind` and `observed`, or `latitude`, `longitude`, `acq_date`, `acq_time`", _HELP,
        )  # fmt: skip


def read_dates(path: Path, refusals: Refusals) -> dict[str, list[int]]:
    """Local days (numbers since 1970-01-01) of each kind in a CSV with `date` and `kind`; `kind` may be absent.

    Raises BadInput where the file cannot be read or has no `date`.
    """
    columns, rows = _table(path, refusals)
    if "date" not in columns:
        raise BadInput(str(path), f"columns {', '.join(columns)[:200]}", "`date` and perhaps `kind`", _HELP)
    found: dict[str, list[int]] = {}
    for number, row in rows:
        try:
            day = date.fromisoformat(row.get("date", "").strip()).toordinal() - _EPOCH
        except ValueError:
            refusals.add("`date` is no day such as 2017-03-20", f"{path}:{number}")
            continue
        found.setdefault(row.get("kind", "").strip() or path.stem, []).append(day)
    return {kind: sorted(set(days)) for kind, days in sorted(found.items())}


def _table(path: Path, refusals: Refusals) -> tuple[tuple[str, ...], list[tuple[int, Row]]]:
    """Column names and numbered rows of a CSV file; a row that cannot be split is counted."""
    try:
        with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
            reader = csv.DictReader(file, restkey="", restval="")
            columns = tuple((name or "").strip().lower() for name in reader.fieldnames or ())
            reader.fieldnames = columns
            return columns, list(_rows(reader, path, refusals))
    except OSError as error:
        raise BadInput(str(path), error.strerror or "nothing", "a CSV file", "Check the name.") from error
    except csv.Error as error:
        raise BadInput(str(path), str(error), "a CSV file with a header", _HELP) from error


def _rows(reader: "csv.DictReader[str]", path: Path, refusals: Refusals) -> Iterator[tuple[int, Row]]:
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:  # the reader goes on with the next line
            refusals.add(f"not CSV: {error}", f"{path}:{reader.line_num}")
            continue
        yield reader.line_num, {k: v for k, v in row.items() if isinstance(v, str)}


def _refuse_unknown(path: Path, columns: Sequence[str]) -> None:
    unknown = [name for name in columns if name and name not in COLUMNS]
    if unknown:
        raise BadInput(str(path), f"unknown column {unknown[0]!r}", ", ".join(COLUMNS), "Rename or remove it.")


def _each(
    path: Path, rows: Sequence[tuple[int, Row]], make: Callable[[Row, str], dict[str, Any]], refusals: Refusals
) -> Iterator[Indicator]:
    for number, row in rows:
        try:
            fields = make(row, f"{path.stem}:{number}")
            found = codec.decode_input(msgspec.json.encode({"type": "indicator.v1", **fields}))
        except _Bad as why:
            refusals.add(str(why), f"{path}:{number}")
        except BadInput as error:
            refusals.add(error.found, f"{path}:{number}")
        else:
            assert isinstance(found, Indicator)
            yield found


def _indicator(row: Row, where: str) -> dict[str, Any]:
    """The fields of an indicator from a row of our own columns."""
    observed, is_day = _moment(row, "observed")
    published = observed + (DAY_NS if is_day else 0)
    if row.get("published", "").strip():
        published, is_day = _moment(row, "published")
        published += DAY_NS if is_day else 0
    if published < observed:
        raise _Bad("`published` before `observed`")
    found: dict[str, Any] = {
        "indicator_id": row.get("id", "").strip() or where, "kind": row.get("kind", "").strip(), "observed_ns": observed,
        "published_ns": published, "seen": row.get("seen", "").strip() or "present", "source": row.get("source", "").strip(),
        "site": row.get("site", "").strip(), "deception": row.get("deception", "").strip(), "note": row.get("note", "").strip(),
    }  # fmt: skip
    for column, name, factor in (
        ("lat_deg", "lat_rad", math.pi / 180.0), ("lon_deg", "lon_rad", math.pi / 180.0), ("reliability", "p_reliable", 1.0),
        ("p_deceptive", "p_deceptive", 1.0),
    ):  # fmt: skip
        if row.get(column, "").strip():
            found[name] = factor * _number(row, column)
    if row.get("half_life_days", "").strip():
        found["half_life_ns"] = round(min(_number(row, "half_life_days"), _MOST_DAYS) * DAY_NS)
    return found


def _thermal(row: Row, where: str, sites: Sequence[Site]) -> dict[str, Any]:
    """The fields of a thermal sign from a row of FIRMS, near one of the sites."""
    lat_rad, lon_rad = (math.radians(_number(row, name)) for name in ("latitude", "longitude"))
    if not (abs(lat_rad) <= math.pi / 2 and abs(lon_rad) <= math.pi):
        raise _Bad("latitude or longitude out of bounds")
    near = [(distance_m(s.lat_rad, s.lon_rad, lat_rad, lon_rad) / s.radius_m, s.site_id) for s in sites]
    share, site = min(near, default=(math.inf, ""))
    if share > 1.0:
        raise _Bad("far from every [[site]]")
    clock = row["acq_time"].strip().replace(":", "").zfill(4)
    try:
        moment = datetime.strptime(f"{row['acq_date'].strip()} {clock}", "%Y-%m-%d %H%M").replace(tzinfo=UTC)
    except ValueError as error:
        raise _Bad("`acq_date`, `acq_time` are no day and no HHMM") from error
    observed = _ns(moment)
    seen_by = " ".join(row.get(name, "").strip() for name in ("satellite", "instrument")).strip()
    power = f"{row['frp'].strip()} MW" if row.get("frp", "").strip() else ""
    return {
        "indicator_id": where, "kind": "thermal", "observed_ns": observed, "published_ns": observed + FIRMS_LATENCY_NS,
        "site": site, "lat_rad": lat_rad, "lon_rad": lon_rad, "source": f"FIRMS {seen_by}".strip(),
        "p_reliable": _confidence(row.get("confidence", "").strip().lower()), "note": power,
    }  # fmt: skip


def _confidence(text: str) -> float:
    """Reliability from a FIRMS confidence: a letter (VIIRS), or per cent (MODIS), of which the best counts as high."""
    if text in _CONFIDENCE:
        return _CONFIDENCE[text]
    try:
        return min(max(float(text) / 100.0, 0.0), 1.0) * _CONFIDENCE["high"]
    except ValueError:
        return _CONFIDENCE["low"]


def _number(row: Row, column: str) -> float:
    try:
        value = float(row.get(column, ""))
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise _Bad(f"`{column}` is no number")
    return value


def _moment(row: Row, column: str) -> tuple[int, bool]:
    """The instant in a column, and whether only a day is given (then the beginning of that local day)."""
    text = row.get(column, "").strip()
    try:
        if len(text) == len("2017-03-20"):
            day = date.fromisoformat(text).toordinal() - _EPOCH
            if day < 0:
                raise _Bad(_BEFORE_1970)
            return start_ns(day), True
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise _Bad(f"`{column}` is no day and no time in ISO 8601") from error
    if moment.tzinfo is None:
        raise _Bad(f"`{column}` is a time without a zone")
    return _ns(moment), False


def _ns(moment: datetime) -> int:
    since = moment - datetime(1970, 1, 1, tzinfo=UTC)
    if since < timedelta(0):
        raise _Bad(_BEFORE_1970)
    return (since.days * 86_400 + since.seconds) * NS_PER_S + since.microseconds * 1_000
