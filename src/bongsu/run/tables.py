"""Loads the geographic tables we ship and hands them to the core, which opens no files."""

import csv
import hashlib
import io
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import Any

import msgspec
import numpy as np

from bongsu.errors import BadInput
from bongsu.geo import coastline, places
from bongsu.geo.coastline import ZoneTable
from bongsu.geo.official import NamedArea, with_named
from bongsu.geo.polygon import prepare
from bongsu.geo.tables import Tables

GRID_SOURCES = ("coast.npz", "countries.csv", "claims.csv")
ZONE_FILES = (*GRID_SOURCES, "region.npz")
ROW_FILES = ("places", "landmarks", "regions", "nations")
PLACE_FILES = ("places.csv", "landmarks.csv", "regions.csv", "nations.csv", "outlines.json", "waters.json")


@cache
def load_tables() -> Tables:
    """Coast, claimants and places from the package's own data; read once a process."""
    zones = load_zones()
    body = _read(PLACE_FILES)
    places_csv, landmarks, regions, nations = (read_csv(body[f"{name}.csv"]) for name in ROW_FILES)
    rows = (places_csv, landmarks, regions, nations)
    outlines, waters = msgspec.json.decode(body["outlines.json"]), msgspec.json.decode(body["waters.json"])
    table = places.build(zones, rows, outlines, waters)
    areas = [NamedArea(region.region, prepare(region.rings)) for region in table.regions if region.rings]
    digest = hashlib.sha256(f"{zones.digest} {_digest(body, PLACE_FILES)}".encode()).hexdigest()
    return Tables(with_named(zones, areas), table, digest)


def load_zones() -> ZoneTable:
    """The coast table with its candidate grid. Raises BadInput if the grid was built from another coast."""
    body = _read(ZONE_FILES)
    claims = read_csv(body["claims.csv"])
    features = coastline.read_features(read_csv(body["countries.csv"]), claims)
    arcs = coastline.with_islands(coastline.unpack(read_npz(body["coast.npz"])), features, claims)
    region = read_npz(body["region.npz"])
    made_of = bytes(region["made_of"]).hex()
    if made_of != _digest(body, GRID_SOURCES):
        raise BadInput(
            "region.npz", f"a grid made of {made_of[:12]}", f"{_digest(body, GRID_SOURCES)[:12]}, the coast and claims beside it",
            "The coast or the claims changed: run builders/coast.py again.",
        )  # fmt: skip
    return coastline.build(arcs, features, coastline.unpack_grid(region), _digest(body, ZONE_FILES))


def _read(names: Sequence[str]) -> dict[str, bytes]:
    """The bytes of the package's data files."""
    folder = resources.files("bongsu.data")
    return {name: folder.joinpath(name).read_bytes() for name in names}


def _digest(body: dict[str, bytes], names: Sequence[str]) -> str:
    """SHA-256 over the files' own, in order."""
    return hashlib.sha256(b"".join(hashlib.sha256(body[name]).digest() for name in names)).hexdigest()


def read_npz(body: bytes) -> dict[str, Any]:
    """The arrays of an archive."""
    with np.load(io.BytesIO(body), allow_pickle=False) as archive:
        return {name: archive[name] for name in archive.files}


def read_csv(body: bytes) -> list[dict[str, str]]:
    """The rows of a table with a header."""
    return list(csv.DictReader(io.StringIO(body.decode("utf-8"))))
