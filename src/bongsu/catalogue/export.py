"""The catalogue for other programs: Parquet, CSV without formulas, GeoJSON; with the terms of every list."""

import csv
import json
import math
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

import duckdb

from bongsu.catalogue.entries import words
from bongsu.catalogue.query import Known, faults, launches
from bongsu.catalogue.store import Store

STANDINGS: Final = ("counted", "quarantined", "mentioned", "exercise")
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_FIELDS_SQL: Final = (
    "SELECT m.launch_id, f.*, e.is_current, i.path, i.sha256, i.terms FROM field f "
    "JOIN entry e ON e.source = f.source AND e.row_key = f.row_key AND e.revision = f.revision "
    "JOIN file i ON i.file_no = e.file_no LEFT JOIN member m ON m.source = f.source AND m.row_key = f.row_key "
    "ORDER BY m.launch_id, f.source, f.row_key, f.revision, f.k"
)


def write_all(store: Store, folder: Path, begin_ns: int = -(2**62), end_ns: int = 2**62) -> list[Path]:
    """Write every form into a folder, which is made if need be; the files written."""
    folder.mkdir(parents=True, exist_ok=True)
    shown = launches(store, begin_ns, end_ns, STANDINGS)
    out = [
        folder / name
        for name in (
            "launches.csv",
            "faults.csv",
            "launches.geojson",
            "launches.parquet",
            "fields.parquet",
            "TERMS.txt",
        )
    ]
    write_csv(out[0], [row_of(k) for k in shown])
    heads = ("launch_id", "source", "row", "rule", "says", "is_doubt")
    write_csv(out[1], [dict(zip(heads, f, strict=True)) for f in faults(store, begin_ns, end_ns)], heads)
    out[2].write_text(json.dumps(geojson(shown, terms(store)), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    _parquet(
        store,
        f"SELECT * FROM launch WHERE latest_ns > {begin_ns:d} AND earliest_ns < {end_ns:d} ORDER BY earliest_ns, launch_id",
        out[3],
    )
    _parquet(store, _FIELDS_SQL, out[4])
    out[5].write_text("".join(f"{source}: {said}\n" for source, said in terms(store)), encoding="utf-8")
    return out


def _parquet(store: Store, query: str, path: Path) -> None:
    try:
        store.db.execute(f"COPY ({query}) TO '{str(path).replace(chr(39), chr(39) * 2)}' (FORMAT parquet)")
    except duckdb.IOException as error:
        raise OSError(0, " ".join(str(error).split())[:200]) from error


def terms(store: Store) -> list[tuple[str, str]]:
    """On what terms each source may be used, as its description states."""
    rows = store.db.execute(
        "SELECT DISTINCT source, terms FROM file WHERE kind = 'list' "
        "UNION SELECT DISTINCT kind || 's', terms FROM file WHERE kind <> 'list' ORDER BY 1"
    )
    return [(source, said) for source, said in rows.fetchall()]


def row_of(k: Known) -> dict[str, Any]:
    """A launch as one row for people and spreadsheets: degrees, kilometres, UTC."""
    return {
        "launch_id": k.launch_id, "day_utc9": k.day, "earliest_utc": words(k.earliest_ns), "latest_utc": words(k.latest_ns),
        "n_low": k.n_low, "n_high": k.n_high or "", "standing": k.standing, "why": k.why, "launcher": k.launcher, "site": k.site,
        "lat_deg": _degrees(k.lat_rad), "lon_deg": _degrees(k.lon_rad), "vehicle_class": k.vehicle_class, "shape": k.shape,
        "range_low_km": _finite(k.range_low_km), "range_high_km": _finite(k.range_high_km),
        "apogee_low_km": _finite(k.apogee_low_km), "apogee_high_km": _finite(k.apogee_high_km), "is_failed": k.is_failed,
        "sources": k.sources, "n_faults": k.n_faults,
    }  # fmt: skip


def _degrees(rad: float | None) -> float | str:
    return "" if rad is None else round(math.degrees(rad), 4)


def _finite(value: float | None) -> float | str:
    return "" if value is None or not math.isfinite(value) else value


def safe(cell: Any) -> Any:
    """A cell that no spreadsheet runs: text that begins like a formula gets an apostrophe before it. Numbers stay numbers."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def write_csv(path: Path, rows: Iterable[dict[str, Any]], heads: Sequence[str] = ()) -> None:
    """Rows as CSV, every text cell safe and quoted."""
    found = list(rows)
    names = list(heads) or (list(found[0]) if found else [])
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_NONNUMERIC)
        writer.writerow([safe(name) for name in names])
        writer.writerows([safe(row[name]) for name in names] for row in found)


def geojson(shown: Sequence[Known], said: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Launches with a known place as points; the terms of the lists stand in the collection."""
    features = [
        {
            "type": "Feature",
            "id": k.launch_id,
            "geometry": {"type": "Point", "coordinates": [_degrees(k.lon_rad), _degrees(k.lat_rad)]},
            "properties": {n: v for n, v in row_of(k).items() if n not in ("lat_deg", "lon_deg") and v != ""},
        }
        for k in shown
        if k.lat_rad is not None
    ]
    return {"type": "FeatureCollection", "features": features, "terms": dict(said)}
