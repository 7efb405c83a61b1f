"""Decoded values against outside decoders (libasterix, the text beside recorded captures) and another tracker's positions."""

import json
import math
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from tests.helpers import asterix as a

from bongsu.adapters.ingest.asterix import pcap
from bongsu.adapters.ingest.asterix.blocks import Block, blocks, contents
from bongsu.adapters.ingest.asterix.fields import Field
from bongsu.adapters.ingest.asterix.layout import Chained, Compound, Explicit, Extended, Fixed, Layout, Repetitive
from bongsu.adapters.ingest.asterix.radars import elevation_rad
from bongsu.adapters.ingest.asterix.record import CATEGORIES, Record, record_at
from bongsu.geo import frames

SPECS = {
    1: "Cat_001_1_4",
    2: "Cat_002_1_2",
    34: "Cat_034_1_29",
    48: "Cat_048_1_32",
    62: "Cat_062_1_21",
    65: "Cat_065_1_6",
}
TO_SI = {
    "NM": 1852.0,
    "deg": math.pi / 180,
    "s": 1.0,
    "FL": 30.48,
    "ft": 0.3048,
    "kt": 1852 / 3600,
    "dBm": 1.0,
    "m": 1.0,
}


@cache
def base() -> Any:
    """Their machinery, imported when first asked for."""
    return pytest.importorskip("asterix.base")


@cache
def theirs() -> Any:
    """Their tables, imported when first asked for: that takes seconds."""
    return pytest.importorskip("asterix.generated")


def read(path: Path) -> list[Record]:
    """All records of a capture, in order."""
    found: list[Record] = []
    for datagram in pcap.datagrams(path.read_bytes(), str(path)):
        assert isinstance(datagram, pcap.Datagram)
        for block in blocks(datagram.data):
            assert isinstance(block, Block)
            for record in contents(block):
                assert isinstance(record, Record)
                found.append(record)
    return found


def own_bits(layout: Layout, value: Mapping[str, Any]) -> str:
    """The bits behind each decoded value, in order, spare ones left out."""
    match layout:
        case Repetitive(group, _) | Chained(group, _):
            return "".join(bits(f, each) for each in value["each"] for f in group)
        case Explicit():
            return "".join(f"{octet:08b}" for octet in bytes.fromhex(value["octets"]))
        case Compound(parts):
            there = (part for part in parts if part is not None and part[0] in value)
            return "".join(own_bits(inner, value[name]) for name, inner in there)
        case Extended(parts):
            return "".join(bits(f, value) for part in parts for f in part if f.name in value)
    return "".join(bits(f, value) for f in layout.group)


def bits(field: Field, values: Mapping[str, Any]) -> str:
    return "" if field.name == "-" else f"{a.bits_of(field, values[field.name]):0{field.n_bits}b}"


def their_bits(thing: Any) -> str:
    """The bits of each element of one of their parsed items, in order, spare ones left out."""
    if thing is None or isinstance(thing, base().Spare):
        return ""
    if isinstance(thing, base().Element):
        found = f"{thing.bs.to_uinteger():0{len(thing.bs)}b}"
        is_icao = "StringICAO" in str(getattr(getattr(thing.cv_rule, "cv_content", None), "cv_string_type", ""))
        return "".join(six_bits(found[i : i + 6]) for i in range(0, len(found), 6)) if is_icao else found
    if isinstance(thing, base().Explicit):
        return "".join(f"{octet:08b}" for octet in thing.get_bytes())
    if isinstance(thing, dict):
        thing = list(thing.values())
    return "".join(their_bits(part) for part in (thing if isinstance(thing, list | tuple) else [thing.arg]))


def six_bits(letter: str) -> str:
    """Nothing, sent as zeros, is read as a blank."""
    return letter if "1" in letter else "100000"


def assert_they_read_the_same(record: Record) -> None:
    """Every item they find we find, with the same bits in every field."""
    spec = getattr(theirs(), SPECS[record.uap.category]).cv_uap
    if record.uap.category == 1:
        spec = spec.cv_uaps["track" if record.item("020")["typ"] else "plot"]
    else:
        spec = spec.cv_record
    parsed = spec._parse(base().ParsingMode.StrictParsing, base().Bits.from_bytes(record.data))
    assert not isinstance(parsed, ValueError), parsed
    found, rest = parsed
    assert len(rest) == 0
    names = {slot[0] for slot in record.uap.slots if slot is not None}
    other = {name: found._get_item(name) for name in names if found._get_item(name) is not None}
    assert set(other) == set(record.spans)
    for number, (slot, *_) in record.spans.items():
        layout = record.uap.slots[slot][1]  # type: ignore[index]
        assert own_bits(layout, record.item(number)) == their_bits(other[number]), number


@pytest.mark.parametrize("name", ["cat_034_048", "cat_062_065", "cat_001_002"])
def test_another_decoder_reads_the_same_in_every_recorded_record(shared_data: Path, name: str) -> None:
    records = read(shared_data / f"measurements/asterix/{name}.pcap")
    assert len(records) in (162, 3, 8)
    for record in records:
        assert_they_read_the_same(record)


@pytest.mark.parametrize(("category", "profile"), [(1, 0), (1, 1), (2, 0), (34, 0), (48, 0), (62, 0), (65, 0)])
def test_another_decoder_reads_the_same_in_any_record(category: int, profile: int) -> None:
    table = a.uap(category, profile)

    @settings(max_examples=60)
    @given(a.records(table, profile))
    def holds(items: dict[str, Any]) -> None:
        assert_they_read_the_same(record_at(CATEGORIES[category], a.record(table, items), 0)[0])

    holds()


def described(text: str) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Each record of the text beside the capture: its bytes, and each item as number and lines."""
    for part in text.split("HexData: ")[1:]:
        data, _, rest = part.partition("\n")
        if "\nItem " in rest:
            chunks = rest.split("-------------------------")[0].split("\nItem ")[1:]
            yield data.strip(), [(chunk[:3], chunk.partition("\n")[2]) for chunk in chunks]


LINE = re.compile(
    r"\t(?P<name>[^\n]*?): (?P<raw>[^(\n]*?)(?: \((?P<value>-?[\d.]+) (?P<unit>[A-Za-z]+)\))?(?: \([^\n]*\))?"
)


def same_as_described(record: Record, number: str, lines: str) -> int:
    """Compare the fields of an item with the lines about it; returns how many."""
    octets, _, told = lines.partition("\n")
    slot, start, end = record.spans[number]
    assert record.data[start:end] == bytes.fromhex(octets.strip("[ ]"))
    if number == "250":  # the text goes on to decode what the aircraft's registers mean
        return 0
    wanted = [m for m in map(LINE.fullmatch, told.split("\n")) if m and not re.match("FX|[Ss]pare", m["name"])]
    found = list(leaves(record.uap.slots[slot][1], record.item(number)))  # type: ignore[index]
    assert len(found) == len(wanted), (number, told)
    for (field, ours), line in zip(found, wanted, strict=True):
        if line["unit"]:
            assert round(ours / field.step) == int(line["raw"])
            unit = TO_SI[line["unit"]]  # the text has degrees of places from a rounded step: 1e-7 too small
            assert ours == pytest.approx(float(line["value"]) * unit, rel=1.2e-7, abs=0.51e-7 * unit)
        else:
            assert str(ours).upper() == line["raw"].strip(), (number, line[0])
    return len(found)


def leaves(layout: Layout, item: Mapping[str, Any]) -> Iterator[tuple[Field, Any]]:
    """Each field of an item that is not spare, and its value."""
    match layout:
        case Compound(parts):
            for name, inner in (part for part in parts if part is not None and part[0] in item):
                yield from leaves(inner, item[name])
        case Extended(parts):
            yield from ((f, item[f.name]) for part in parts for f in part if f.name in item)
        case Fixed(group, _):
            yield from ((f, item[f.name]) for f in group if f.name != "-")
        case _:
            raise AssertionError(layout)


def test_every_decoded_value_is_that_of_the_text_beside_the_capture(shared_data: Path) -> None:
    folder = shared_data / "measurements/asterix"
    records = read(folder / "cat_034_048.pcap")
    text = list(described((folder / "cat_034_048.txt").read_text(encoding="latin-1")))
    assert len(records) == len(text) == 162
    n = 0
    for record, (data, items) in zip(records, text, strict=True):
        assert record.data == bytes.fromhex(data)
        assert list(record.spans) == sorted(record.spans, key=lambda number: record.spans[number][0])
        assert {number for number, _ in items} == set(record.spans)
        n += sum(same_as_described(record, number, lines) for number, lines in items)
    assert n > 5000


# Names in the other texts -> item, field, one of their units in ours; their step of speed is 0.22 kt, not 2^-14 NM/s.
PRINTED = {
    "RHO": ("040", "rho_m", 1852.0), "THETA": ("040", "theta_rad", math.pi / 180), "ModeC": ("090", "h_pressure_m", 30.48),
    "CalcGS": ("200", "speed_mps", 1852 / 2**14 / 0.22), "CalcHdg": ("200", "heading_rad", math.pi / 180),
    "tpn": ("161", "track_number", 1),
    "ToT": ("070", "tod_s", 1.0), "Lat": ("105", "lat_rad", math.pi / 180), "Lon": ("105", "lon_rad", math.pi / 180),
    "X": ("100", "x_m", 1.0), "Y": ("100", "y_m", 1.0), "Vx": ("185", "vx_mps", 1.0), "Vy": ("185", "vy_mps", 1.0),
    "TrkN": ("040", "track_number", 1), "Alt": ("130", "h_m", 0.3048), "RoC": ("220", "climb_mps", 0.3048 / 60),
    "ToD": ("030", "tod_s", 1.0), "Azi": ("020", "sector_rad", math.pi / 180), "MFL": ("136", "h_pressure_m", 0.3048),
}  # fmt: skip


@pytest.mark.parametrize(("name", "n_least"), [("cat_001_002", 44), ("cat_062_065", 23)])
def test_values_are_those_of_the_text_beside_the_other_captures(shared_data: Path, name: str, n_least: int) -> None:
    folder, n = shared_data / "measurements/asterix", 0
    lines = (folder / f"{name}_json.txt").read_text(encoding="utf-8").splitlines()
    records = read(folder / f"{name}.pcap")
    for record, line in zip(records, map(json.loads, filter(None, lines)), strict=True):
        assert record.data.hex() == line["hexdata"].lower()
        for item in line[f"CAT{line['cat']:03}"].values():
            for said, value in item.items() if isinstance(item, dict) else ():
                number, field, unit = PRINTED.get(said, ("", "", 0.0))
                if number and not isinstance(value, dict) and field in (ours := record.item(number)):
                    assert ours[field] == pytest.approx(value * unit, rel=1e-6, abs=1e-7)
                    n += 1
    assert n >= n_least


def test_a_radar_plot_lies_where_another_tracker_has_its_aircraft(shared_data: Path) -> None:
    """Both tracks name their last plot, by a radar whose place another capture tells: back by the plot's age, they meet."""
    folder = shared_data / "measurements/asterix"
    places = [r.item("120") for r in read(folder / "cat_034_048.pcap") if r.has("120") and r.source == (25, 12)]
    site = places[0]
    tracks = [r for r in read(folder / "cat_062_065.pcap") if r.uap.category == 62]
    assert len(tracks) == 2
    for track in tracks:
        last, age_s, v = track.item("340"), track.item("290")["mds"]["mds_s"], track.item("185")
        assert last["sid"] == {"sac": 25, "sic": 12}
        range_m, azimuth_rad = last["pos"]["rho_m"], last["pos"]["theta_rad"]
        elevation = elevation_rad(range_m, last["mdc"]["h_pressure_m"], site["h_m"])
        across = range_m * math.cos(elevation)
        enu = np.array([across * math.sin(azimuth_rad), across * math.cos(azimuth_rad), range_m * math.sin(elevation)])
        origin = frames.ecef_from_geodetic([site["lat_rad"], site["lon_rad"], site["h_m"]])
        r_ecef_m = origin + frames.C_enu_from_ecef(site["lat_rad"], site["lon_rad"]).T @ enu
        lat_rad, lon_rad, _ = frames.geodetic_from_ecef(r_ecef_m)
        told = track.item("105")
        azimuth, way_m = math.atan2(v["vx_mps"], v["vy_mps"]), math.hypot(v["vx_mps"], v["vy_mps"]) * age_s
        moved = frames.destination(lat_rad, lon_rad, azimuth, way_m)
        assert frames.distance_m(*moved, told["lat_rad"], told["lon_rad"]) < 50.0
        assert frames.distance_m(lat_rad, lon_rad, told["lat_rad"], told["lon_rad"]) > 500.0
