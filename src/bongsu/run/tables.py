"""Loads the geographic tables we ship and hands them to the core, which opens no files."""

import csv
import hashlib
import io
from functools import cache
from importlib import resources
from typing import Any

import numpy as np

from bongsu.errors import BadInput
from bongsu.geo import coastline
from bongsu.geo.coastline import ZoneTable
from bongsu.geo.places import PlaceTable
from bongsu.geo.tables import Tables

ZONE_FILES = ("coast.npz", "countries.csv", "claims.csv", "region.npz")


@cache
def load_tables() -> Tables:
    """Coast, claimants and places from the package's own data; read once a process."""
    zones = load_zones()
    return Tables(zones, PlaceTable(), zones.digest)


def load_zones() -> ZoneTable:
    """The coast table with its candidate grid. Raises BadInput if the grid was built from another coast."""
    body = {name: resources.files("bongsu.data").joinpath(name).read_bytes() for name in ZONE_FILES}
    digest = hashlib.sha256(b"".join(hashlib.sha256(body[name]).digest() for name in ZONE_FILES)).hexdigest()
    claims = read_csv(body["claims.csv"])
    features = coastline.read_features(read_csv(body["countries.csv"]), claims)
    arcs = coastline.with_islands(coastline.unpack(read_npz(body["coast.npz"])), features, claims)
    region = read_npz(body["region.npz"])
    table = coastline.build(arcs, features, coastline.unpack_grid(region), region["land_cells"], digest)
    if len(table.xyz) != int(region["n_points"][0]):
        raise BadInput(
            "region.npz",
            f"a grid over {int(region['n_points'])} coast points",
            f"one over {len(table.xyz)}",
            "The coast or the claims changed: run builders/coast.py again.",
        )
    return table


def read_npz(body: bytes) -> dict[str, Any]:
    """The arrays of an archive."""
    with np.load(io.BytesIO(body), allow_pickle=False) as archive:
        return {name: archive[name] for name in archive.files}


def read_csv(body: bytes) -> list[dict[str, str]]:
    """The rows of a table with a header."""
    return list(csv.DictReader(io.StringIO(body.decode("utf-8"))))
