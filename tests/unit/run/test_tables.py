"""The shipped tables: they load, their notes are true, and they say what a person would expect."""

import csv
import hashlib
import io
import os
import re
from importlib import resources
from pathlib import Path

import msgspec
import numpy as np
import pytest

from bongsu.errors import BadInput
from bongsu.geo import places, zones
from bongsu.geo.tables import Tables
from bongsu.run import tables as run_tables

pytestmark = pytest.mark.skipif(
    os.environ.get("BONGSU_INTERPRETED") == "1", reason="half a million edges take minutes without the compiler"
)
DATA = Path(str(resources.files("bongsu.data")))


@pytest.fixture(scope="module")
def tables() -> Tables:
    return run_tables.load_tables()


def rad(lat_deg: float, lon_deg: float) -> tuple[float, float]:
    return float(np.radians(lat_deg)), float(np.radians(lon_deg))


def test_tables_are_loaded_once(tables: Tables) -> None:
    assert run_tables.load_tables() is tables


def test_the_digest_is_of_the_files(tables: Tables) -> None:
    assert re.fullmatch("[0-9a-f]{64}", tables.digest)
    assert tables.zones.digest != tables.digest
    assert run_tables.load_zones().digest == tables.zones.digest


def test_every_shipped_file_has_a_note_that_states_it() -> None:
    notes = "\n".join(path.read_text(encoding="utf-8") for path in sorted(DATA.glob("*.md")))
    for path in sorted(DATA.iterdir()):
        if path.suffix in (".npz", ".csv", ".json"):
            assert path.name in notes, f"{path.name} has no note"


def test_the_hashes_in_the_notes_are_those_of_the_files() -> None:
    stated = {}
    for note in DATA.glob("*.md"):
        stated.update(re.findall(r"^\| ([\w.]+) \| ([0-9a-f]{64}) \|$", note.read_text(encoding="utf-8"), re.MULTILINE))
    assert len(stated) >= 8
    for name, digest in stated.items():
        assert hashlib.sha256((DATA / name).read_bytes()).hexdigest() == digest, f"run the builder of {name} again"


def test_the_shipped_sizes_stay_within_their_limits() -> None:
    assert (DATA / "coast.npz").stat().st_size <= 1_000_000
    assert (DATA / "region.npz").stat().st_size <= 350_000


def test_a_grid_over_another_coast_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    real = run_tables._read

    def without_an_island(names: tuple[str, ...]) -> dict[str, bytes]:
        body = real(names)
        lines = body["claims.csv"].split(b"\n")
        return {**body, "claims.csv": b"\n".join(line for line in lines if not line.startswith(b"Moneron"))}

    monkeypatch.setattr(run_tables, "_read", without_an_island)
    with pytest.raises(BadInput, match=r"region\.npz"):
        run_tables.load_zones()


def test_every_claim_is_sourced_and_an_unchecked_coordinate_says_why() -> None:
    rows = list(csv.DictReader(io.StringIO((DATA / "claims.csv").read_text(encoding="utf-8"))))
    assert len({row["name"] for row in rows}) == len(rows)
    for row in rows:
        assert row["source"], row["name"]
        assert row["checked"] in ("yes", "no", "n/a")
        assert re.fullmatch(r"([A-Z]{3}( [A-Z]{3})*)?", row["claimants"]), row["name"]
    unchecked = [row["name"] for row in rows if row["checked"] == "no"]
    assert unchecked == ["Taishojima (Senkaku Islands)"]
    assert sum(row["kind"] == "island" for row in rows) == 34
    assert sum(row["kind"] == "baseline" for row in rows) == 4


def test_no_landlocked_country_has_a_coast(tables: Tables) -> None:
    coastal = {tables.zones.features[k].holder for k in np.unique(tables.zones.feature)}
    landlocked = {
        "MNG",
        "CHE",
        "LAO",
        "NPL",
        "BOL",
        "PRY",
        "AUT",
        "CZE",
        "KAZ",
        "UZB",
        "AFG",
        "TCD",
        "ETH",
        "BWA",
        "RWA",
    }
    assert not coastal & landlocked


@pytest.mark.parametrize(
    ("place", "claimants", "feature"),
    [
        ((37.24, 132.3), ("KOR", "JPN"), "Liancourt Rocks"),
        ((43.9, 147.6), ("RUS", "JPN"), "Shikotan"),
        ((25.7, 123.2), ("JPN", "CHN", "TWN"), "Senkaku Islands"),
        ((20.5, 137.0), ("JPN",), "Okinotorishima"),
        ((22.5, 122.0), ("TWN", "CHN"), "Taiwan"),
        ((15.2, 117.6), ("CHN", "TWN", "PHL"), "Scarborough Reef"),
        ((36.5, 134.5), ("JPN",), "Japan"),
        ((39.5, 129.0), ("PRK",), "North Korea"),
    ],
)
def test_the_sea_near_contested_and_plain_coasts(
    tables: Tables, place: tuple[float, float], claimants: tuple[str, ...], feature: str
) -> None:
    said = zones.describe(tables.zones, *rad(*place))
    assert (said.claimed_by, said.deciding_feature) == (claimants, feature)
    assert said.table_digest == tables.zones.digest


def test_denied_and_disputed_rocks_are_left_out_of_the_undisputed_variant(tables: Tables) -> None:
    found = dict(zones.zone_probabilities(tables.zones, *np.radians([[20.5], [137.0]])))
    assert (found["JPN.eez"], found["JPN.eez_undisputed"]) == (1.0, 0.0)
    assert zones.describe(tables.zones, *rad(20.5, 137.0)).without_disputed == ()


def test_public_words_of_known_places(tables: Tables) -> None:
    words = [
        places.public_words(tables.places, *rad(40.209, 125.204)),
        places.public_words(tables.places, *rad(42.17, 136.43), country="JPN"),
        places.public_words(tables.places, *rad(40.209, 125.204), "ko"),
        places.public_words(tables.places, *rad(39.2, 125.67)),
    ]
    assert words == [
        "near Taegwan County, North Pyongan Province, North Korea",
        "in the Sea of Japan / East Sea, about 250 km west of Okushiri Island, Japan",
        "북한 평안북도 대관군 부근",
        "near Sunan, Pyongyang, North Korea",
    ]


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ((40.0, 134.5), "Sea of Japan / East Sea"), ((36.0, 130.0), "Sea of Japan / East Sea"),
        ((39.5, 128.5), "Sea of Japan / East Sea"), ((50.5, 141.0), "Sea of Japan / East Sea"),
        ((36.0, 124.0), "Yellow Sea / West Sea"), ((38.9, 119.5), "Bohai Sea"), ((29.0, 125.0), "East China Sea"),
        ((34.6, 129.0), "Korea Strait / Tsushima Strait"), ((34.2, 133.5), "Seto Inland Sea"), ((53.0, 148.0), "Sea of Okhotsk"),
        ((58.0, 180.0), "Bering Sea"), ((58.0, -178.0), "Bering Sea"), ((20.0, 130.0), "Philippine Sea"),
        ((15.0, 114.0), "South China Sea"), ((24.5, 119.5), "Taiwan Strait"), ((40.0, 145.0), "Pacific Ocean"),
        ((42.0, 150.0), "Pacific Ocean"), ((0.0, -150.0), "Pacific Ocean"), ((40.0, -40.0), "Atlantic Ocean"),
        ((-20.0, 80.0), "Indian Ocean"), ((85.0, -100.0), "Arctic Ocean"), ((-65.0, 100.0), "Southern Ocean"),
    ],
)  # fmt: skip
def test_waters_carry_their_names(tables: Tables, place: tuple[float, float], name: str) -> None:
    assert places.water_body(tables.places, *rad(*place)).name == name


def test_japan_has_47_regions_and_each_holds_its_capital(tables: Tables) -> None:
    rows = run_tables.read_csv((DATA / "regions.csv").read_bytes())
    outlines = msgspec.json.decode((DATA / "outlines.json").read_bytes())
    assert len(places.regions(tables.places, "JPN")) == 47
    assert len(places.regions(tables.places, "KOR")) == 17
    assert len(places.regions(tables.places, "PRK")) == 13
    known = tables.places.places
    for row in rows:
        k = next(i for i, p in enumerate(known.rows) if p["region"] == row["region"])
        assert known.rows[k]["country"] == row["country"]
        assert (row["region"] in outlines) == (row["country"] in ("JPN", "KOR", "PRK"))


@pytest.mark.parametrize(
    ("place", "region"),
    [((43.06, 141.35), "JP-01"), ((41.77, 140.73), "JP-01"), ((40.82, 140.74), "JP-02"), ((26.21, 127.68), "JP-47"),
     ((37.57, 126.98), "KR-11"), ((35.18, 129.05), "KR-26"), ((39.03, 125.75), "KP-01"), ((39.16, 127.4), "KP-07"),
     ((43.12, 131.9), "RU-PRI")],
)  # fmt: skip
def test_cities_lie_in_their_regions(tables: Tables, place: tuple[float, float], region: str) -> None:
    found = places.region_at(tables.places, *rad(*place))
    assert found is not None
    assert found.region == region


def test_a_prefecture_can_be_asked_for_by_its_code(tables: Tables) -> None:
    lat, lon = np.radians([[43.06, 40.82, 42.0], [141.35, 140.74, 136.0]])
    assert zones.area_mask(tables.zones, lat, lon, ("JP-01",)).tolist() == [True, False, False]
    assert zones.unknown_ids(tables.zones, ("JP-01", "KP-03", "JP-48")) == ("JP-48",)
