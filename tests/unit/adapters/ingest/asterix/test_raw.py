"""Bare blocks, one behind the other: damage costs only the block it struck."""

import random
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st
from tests.helpers import asterix as a

from bongsu.adapters.ingest.asterix import raw
from bongsu.adapters.ingest.asterix.blocks import Broken
from bongsu.adapters.ingest.asterix.raw import chunks

BLOCKS = [a.block(48, a.plot(100.0 + i), a.plot(100.5 + i)) for i in range(6)]


def private(block: bytes, ms: int = 45_826_101) -> bytes:
    """A block behind a private header."""
    return (len(block) + 6).to_bytes(2, "big") + ms.to_bytes(4, "big") + block


def read(data: bytes) -> tuple[list[bytes], int]:
    found = list(chunks(data))
    return [x for x in found if isinstance(x, bytes)], sum(isinstance(x, Broken) for x in found)


def test_blocks_come_one_by_one_plain_or_behind_a_private_header() -> None:
    assert read(b"".join(BLOCKS)) == (BLOCKS, 0)
    wrapped = [private(block) for block in BLOCKS]
    assert read(b"".join(wrapped)) == (wrapped, 0)


def test_a_block_of_another_category_is_passed_on() -> None:
    other = bytes([21, 0, 5, 1, 2])
    assert read(BLOCKS[0] + other + BLOCKS[1]) == ([BLOCKS[0], other, BLOCKS[1]], 0)


def test_a_file_cut_off_loses_its_last_block_alone() -> None:
    whole = b"".join(BLOCKS)
    for cut in range(1, len(BLOCKS[-1])):
        found, n_broken = read(whole[:-cut])
        assert found[:5] == BLOCKS[:5]
        assert n_broken + len(found) == 6


@given(st.integers(0, 6 * len(BLOCKS[0]) - 1), st.integers(0, 7))
def test_one_flipped_bit_costs_one_block(at: int, bit: int) -> None:
    data = bytearray(b"".join(BLOCKS))
    data[at] ^= 1 << bit
    found, _ = read(bytes(data))
    assert sum(block in found for block in BLOCKS) >= 5


def test_nothing_is_found_in_text_or_noise() -> None:
    assert read(b"") == ([], 0)
    assert read(b"time_utc,sensor_id,kind\n" * 9) == ([], 1)
    assert read(bytes(1000)) == ([], 1)


def test_megabytes_of_damage_cost_only_what_they_struck() -> None:
    noise = random.Random(1).randbytes(3 << 20)
    found, lost = read(b"".join(BLOCKS) + noise + b"".join(BLOCKS))
    assert found[: len(BLOCKS)] == BLOCKS
    assert found[-len(BLOCKS) :] == BLOCKS
    assert lost


def test_damage_after_every_block_is_looked_through_once() -> None:
    unit = BLOCKS[0] + bytes(3)
    with patch.object(raw, "_plausible", wraps=raw._plausible) as looked, patch.object(raw, "STRETCH", 1_000):
        found, lost = read(unit * 200)
    assert found == [BLOCKS[0]] * 200
    assert lost == 200
    assert looked.call_count <= len(unit) * 200 // 1_000 + 1
