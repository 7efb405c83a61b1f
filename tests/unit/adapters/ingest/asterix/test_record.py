"""Records: what is written can be read, in every category; what does not follow its table is refused with a reason."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.helpers import asterix as a

from bongsu.adapters.ingest.asterix import layout
from bongsu.adapters.ingest.asterix.fields import Malformed, fields, values
from bongsu.adapters.ingest.asterix.record import CATEGORIES, record_at, records

TABLES = [(category, profile) for category in CATEGORIES for profile in range(len(CATEGORIES[category].profiles))]


@pytest.mark.parametrize(("category", "profile"), TABLES)
def test_every_record_comes_back_as_it_was_written(category: int, profile: int) -> None:
    table = a.uap(category, profile)

    @given(st.lists(a.records(table, profile), min_size=1, max_size=3))
    def holds(written: list[dict]) -> None:
        body = b"".join(a.record(table, items) for items in written)
        found = list(records(CATEGORIES[category], body))
        assert [record.uap for record in found] == [table] * len(written)
        for record, items in zip(found, written, strict=True):
            assert record.items() == {number: same(items[number]) for number in record.items()}
            assert set(record.items()) == set(items)

    holds()


def same(item: dict) -> dict:
    """What an optional part left out says nothing about stays out; strings lose the blanks at their end."""
    return {name: value.rstrip() if isinstance(value, str) else value for name, value in item.items()}


def test_a_field_says_sign_step_and_letters() -> None:
    group = fields("h_pressure_m:14s@fl/4 -:2 code:12o name:12i word:24h x_m:12@25ft")
    bits = 0b11111111111111_00_001010011100_000001_110001_101010111100110111101111_000000000100
    found = dict(values(group, bits, layout.width(group)))
    assert found == {
        "h_pressure_m": -7.62, "code": "1234", "name": "A1", "word": "abcdef", "x_m": pytest.approx(30.48),
    }  # fmt: skip


@pytest.mark.parametrize("text", ["a", "a:b", "A:3", "a:3z", "a:8@parsec"])
def test_a_misspelt_field_is_a_mistake_of_ours(text: str) -> None:
    with pytest.raises((ValueError, KeyError)):
        fields(text)


def test_a_table_of_odd_octets_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="not whole octets"):
        layout.fixed("a:7")
    with pytest.raises(ValueError, match="not whole octets"):
        layout.extended("a:8")


GOOD = a.plot(10.0)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (GOOD[:-1], "item 090 runs past"),
        (b"\xff", "presence bits beyond"),
        (b"\xff" * 9, "presence bits without end"),
        (b"\x80\x19\x0c", "item 140 is missing"),
        (b"\xc0\x19\x0c\xff\xff\xff", "beyond 24 h"),
        (b"\xe0\x19\x0c\0\0\0" + b"\xff" * 9, "an extension that no known edition"),
        (b"\xc1\x01\x01\x01\x80\x19\x0c\0\0\0\0", "an item that no known edition"),
        (b"\xc1\x01\x01\x04\x19\x0c\0\0\0\0", "an explicit item of length zero"),
        (b"\xc2\x19\x0c\0\0\0\x01\x80", "a sub-item that no known edition"),
    ],
)
def test_what_does_not_follow_the_table_is_refused_with_a_reason(body: bytes, reason: str) -> None:
    with pytest.raises(Malformed, match=reason):
        record_at(CATEGORIES[48], body, 0)


def test_the_first_bit_of_item_020_tells_a_track_from_a_plot() -> None:
    for profile in (0, 1):
        table = a.uap(1, profile)
        body = a.record(table, {"010": {"sac": 1, "sic": 2}, "020": {"typ": profile}, "040": {"rho_m": 1852.0}})
        record, end = record_at(CATEGORIES[1], body, 0)
        assert (record.uap, end) == (table, len(body))
        assert record.item("040")["rho_m"] == 1852.0


def test_random_field_sequencing_is_refused() -> None:
    with pytest.raises(Malformed, match="no known edition"):
        record_at(CATEGORIES[2], b"\xc1\x02\x19\x0c\x01\x01\x02\x07", 0)


def test_values_are_in_si_and_radians() -> None:
    record, _ = record_at(CATEGORIES[48], a.plot(27354.6015625, 197.68359375 * a.NM, math.radians(340.13671875)), 0)
    assert record.tod_s == 27354.6015625
    assert record.source == (25, 12)
    assert record.item("040") == pytest.approx(
        {"rho_m": 366_110.015625, "theta_rad": 61920 / 65536 * 2 * math.pi}, rel=1e-12
    )
    assert record.item("090")["h_pressure_m"] == pytest.approx(9144.0)
    assert record.item("220") == {}
