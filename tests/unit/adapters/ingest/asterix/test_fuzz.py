"""Whatever comes as a capture: no crash, no hang, bounded memory, every input within its bounds, and the unbroken part is read.

The short run is part of every check; 100,000 inputs are marked `accept`.
"""

import tracemalloc
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.helpers import asterix as a

from bongsu.adapters.ingest.asterix.capture import open_capture
from bongsu.errors import BadInput
from bongsu.messages import codec
from bongsu.messages.inputs import CaptureRead, Scan

SHORT, FULL = 300, 100_000
NOON = 43_200.0
LOADS = [
    (NOON + i, a.block(48, *(a.plot(NOON + i - 0.5, 90_000.0 + 500.0 * i, 1.0 + 0.01 * j, sic=12) for j in range(3))))
    for i in range(6)
]
LOADS.insert(2, (NOON + 1.5, a.block(34, a.north(NOON + 1.5)) + a.block(62, a.track(NOON + 1.0))))
LOADS.append((NOON + 6.5, a.block(34, a.north(NOON + 6.5))))
CAPTURE, BARE = a.capture(LOADS), b"".join(load for _, load in LOADS)
HEADS = (a.pcap([]), a.pcap([], ">"), a.pcap([], link=101), a.pcap([], is_nano=True), b"")


def consume(file: Path, data: bytes) -> tuple[int, CaptureRead | None]:
    """Reads data to its end; how many plots came, and the counts, or none where the file was refused in one line."""
    file.write_bytes(data)
    try:
        found = list(open_capture(file, (), a.DAY_S * a.NS if data[:4] not in (CAPTURE[:4],) else None).inputs())
    except BadInput as error:
        assert "\n" not in str(error)
        return 0, None
    times = [known_ns for known_ns, _ in found]
    assert times == sorted(times)
    for _, message in found:
        assert codec.decode_input(codec.encode(message)) == message
    counts = found[-1][1]
    assert isinstance(counts, CaptureRead)
    n_plots = sum(len(message.t_ns) for _, message in found if isinstance(message, Scan))
    parts = (
        counts.n_duplicates + counts.n_service + counts.n_partner_tracks + counts.n_without_position + counts.n_plots
    )
    n_tracks_lost = sum(n for reason, n in counts.n_lost if reason.startswith("CAT062"))
    assert parts <= counts.n_records <= parts + n_tracks_lost
    assert n_plots == counts.n_placed == counts.n_plots - sum(n for *_, n in counts.n_refused)
    return n_plots, counts


damage = st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), max_size=12)


def struck(data: bytes, hits: list[tuple[int, int]], cut: int) -> bytes:
    """Data with some octets changed and its end cut off."""
    found = bytearray(data)
    for at, mask in hits:
        found[at % len(found)] ^= mask
    return bytes(found[: len(found) - cut])


def all_of(tmp_path: Path, n: int) -> None:
    """Noise, noise behind a head, and struck captures: n inputs in all."""
    file = tmp_path / "capture"
    quick = settings(max_examples=-(-n // 3), suppress_health_check=[HealthCheck.too_slow], database=None)

    @quick
    @given(st.binary(max_size=300))
    def noise(data: bytes) -> None:
        consume(file, data)

    @quick
    @given(st.sampled_from(HEADS), st.lists(st.binary(max_size=80), max_size=6), st.booleans())
    def framed(head: bytes, bodies: list[bytes], is_wrapped: bool) -> None:
        loads = [(NOON + i, bytes([48]) + (len(body) + 3).to_bytes(2, "big") + body) for i, body in enumerate(bodies)]
        consume(file, a.capture(loads) if is_wrapped else head + b"".join(bodies))

    @quick
    @given(st.sampled_from((CAPTURE, BARE)), damage, st.integers(0, 200))
    def broken(data: bytes, hits: list[tuple[int, int]], cut: int) -> None:
        consume(file, struck(data, hits, cut))

    for run in (noise, framed, broken):
        run()


def test_nothing_crashes_the_reader(tmp_path: Path) -> None:
    all_of(tmp_path, SHORT)


@pytest.mark.accept
def test_nothing_crashes_the_reader_at_full_size(tmp_path: Path) -> None:
    all_of(tmp_path, FULL)


def test_the_whole_capture_and_the_whole_file_are_read(tmp_path: Path) -> None:
    for data in (CAPTURE, BARE):
        n_plots, counts = consume(tmp_path / "capture", data)
        assert (n_plots, counts.n_service, counts.n_partner_tracks, counts.n_lost) == (18, 2, 1, ())


def test_a_struck_octet_costs_at_most_two_datagrams_and_says_so(tmp_path: Path) -> None:
    for at in range(24, len(CAPTURE)):
        n_plots, counts = consume(tmp_path / "capture", struck(CAPTURE, [(at, 1 << at % 8)], 0))
        assert counts is not None, at
        assert n_plots >= 12, at
        assert n_plots == 18 or counts.n_lost or counts.n_refused, at


def test_memory_does_not_grow_with_the_capture(tmp_path: Path) -> None:
    def peak(n: int) -> int:
        file = tmp_path / f"{n}"
        file.write_bytes(a.capture((NOON + i / 10, a.block(48, a.plot(NOON + i / 10))) for i in range(n)))
        tracemalloc.start()
        try:
            for _ in open_capture(file, ()).inputs():
                pass
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    small, large = peak(300), peak(3000)
    assert large - small < 2_000_000  # the twins remembered: some 400 bytes each, at most MAX_TWINS
