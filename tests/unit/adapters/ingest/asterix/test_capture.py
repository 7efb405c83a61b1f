"""From a file to inputs of the chain: what is placed, what is refused and why, what is dropped, and that all of it is counted."""

import math
from pathlib import Path

import pytest
from tests.helpers import asterix as a

from bongsu.adapters.ingest.asterix.capture import is_capture, open_capture
from bongsu.errors import BadInput
from bongsu.messages import codec
from bongsu.messages.inputs import CaptureRead, PartnerTrack, Scan
from bongsu.models.sensors import Sensor

NOON = 43_200.0
HERE = Sensor(sensor_id="north", kind="radar", sac=25, sic=12, lat_rad=0.76, lon_rad=0.286, h_m=780.0)


@pytest.fixture
def read(tmp_path: Path):
    """Reads bytes as a capture: known times, scans, partner tracks, counts. Every input passes the codec."""

    def reading(data: bytes, sensors: tuple[Sensor, ...] = (HERE,), date_ns: int | None = None):
        file = tmp_path / "capture"
        file.write_bytes(data)
        found = list(open_capture(file, sensors, date_ns).inputs())
        assert all(codec.decode_input(codec.encode(message)) == message for _, message in found)
        *rest, (_, counts) = found
        assert isinstance(counts, CaptureRead)
        n_refused = sum(n for *_, n in counts.n_refused)
        assert counts.n_plots == counts.n_placed + n_refused
        assert counts.n_placed == sum(len(m.t_ns) for _, m in rest if isinstance(m, Scan))
        return rest, counts

    return reading


def day(*loads: tuple[float, bytes]) -> bytes:
    return a.capture(loads)


def test_a_plot_has_range_azimuth_and_the_elevation_of_its_height(read) -> None:
    ((known_ns, scan),), counts = read(day((NOON + 0.5, a.block(48, a.plot(NOON, 100_000.0, 1.0, 9144.0)))))
    assert known_ns == round((a.DAY_S + NOON + 0.5) * a.NS)
    assert scan.t_ns == (round((a.DAY_S + NOON) * a.NS),)
    assert (scan.sensor_id, scan.kind) == ("north", "radar")
    assert scan.range_m[0] == pytest.approx(100_000.0, abs=4.0)
    assert scan.azimuth_rad[0] == pytest.approx(1.0, abs=1e-4)
    assert scan.elevation_rad[0] == pytest.approx((9144.0 - 780.0) / 1e5 - 1e5 / 2 / 6.371e6, abs=2e-4)
    assert scan.sigma_elevation_rad[0] == pytest.approx(150.0 / 1e5, rel=1e-3)
    assert (counts.n_records, counts.n_plots, counts.n_placed) == (1, 1, 1)


def test_plots_of_one_radar_in_one_datagram_are_one_scan(read) -> None:
    load = a.block(48, a.plot(NOON), a.plot(NOON + 0.1, sic=13)) + a.block(48, a.plot(NOON + 0.2))
    found, _ = read(day((NOON + 1, load)), (HERE, Sensor(sensor_id="25-13", kind="radar", lat_rad=0.7, h_m=1.0)))
    assert [(scan.sensor_id, len(scan.t_ns)) for _, scan in found] == [("north", 2), ("25-13", 1)]


def test_a_radar_is_placed_by_what_it_says_anywhere_in_the_capture(read) -> None:
    loads = (NOON, a.block(48, a.plot(NOON))), (NOON + 1, a.block(34, a.north(NOON + 1)))
    ((_, scan),), counts = read(day(*loads), ())
    assert scan.sensor_id == "25-12"
    assert counts.n_service == 1


def test_a_radar_of_unknown_place_rejects_its_plots_with_that_reason(read) -> None:
    found, counts = read(day((NOON, a.block(48, a.plot(NOON, sic=201), a.plot(NOON + 0.1, sic=201)))))
    assert found == []
    assert counts.n_refused == (("25-201", "position of radar 25/201 unknown", 2),)


def test_the_same_record_on_a_second_network_is_dropped_and_counted(read) -> None:
    load, again = a.block(48, a.plot(NOON)), a.block(48, a.plot(NOON + 10.0))
    found, counts = read(day((NOON, load), (NOON + 0.1, load), (NOON + 10, again)))
    assert len(found) == 2
    assert (counts.n_records, counts.n_duplicates) == (3, 1)


def test_a_service_message_without_time_may_be_said_again(read) -> None:
    sector = a.block(
        2, a.record(a.uap(2), {"010": {"sac": 25, "sic": 12}, "000": {"message": 2}, "020": {"sector_rad": 1.0}})
    )
    _, counts = read(day((NOON, sector), (NOON + 0.1, sector), (NOON + 5, sector)))
    assert (counts.n_duplicates, counts.n_service) == (1, 2)


@pytest.mark.parametrize(
    ("items", "reason"),
    [
        ({"020": {"typ": 5, "sim": 1}}, "simulated"),
        ({"020": {"typ": 5, "tst": 1}}, "test target"),
        ({"020": {"typ": 5, "rab": 1}}, "fixed transponder"),
        ({"020": {"typ": 0}}, "predicted position"),
        ({"090": {"h_pressure_m": 9000.0, "g": 1}}, "no sound height"),
        ({"090": {"h_pressure_m": 9000.0, "v": 1}}, "no sound height"),
        ({"040": {"rho_m": 1852.0}}, "contradict"),
        ({"040": {"rho_m": 0.0}}, "contradict"),
        ({"140": {"tod_s": NOON - 61.0}}, "60 s from its arrival"),
    ],
)
def test_a_report_that_is_no_measurement_is_refused_with_its_reason(read, items: dict, reason: str) -> None:
    found, counts = read(day((NOON, a.block(48, a.plot(**{"tod_s": NOON, **items})))))
    assert found == []
    assert reason in counts.n_refused[0][1]
    assert counts.n_refused[0][::2] == ("north", 1)


def test_a_report_without_position_is_counted_and_no_plot(read) -> None:
    bare = a.record(a.uap(48), {"010": {"sac": 25, "sic": 12}, "140": {"tod_s": NOON}})
    found, counts = read(day((NOON, a.block(48, bare))))
    assert (found, counts.n_without_position, counts.n_plots) == ([], 1, 0)


def test_a_3d_radars_own_height_is_used_where_the_target_sends_none(read) -> None:
    report = a.record(a.uap(48), {
        "010": {"sac": 25, "sic": 12}, "140": {"tod_s": NOON}, "020": {"typ": 1}, "040": {"rho_m": 150_000.0},
        "110": {"h_msl_m": 60_000.0},
    })  # fmt: skip
    ((_, scan),), _ = read(day((NOON, a.block(48, report))))
    assert scan.elevation_rad[0] == pytest.approx(math.asin((60_000 - 780) / 150_000), abs=0.02)
    assert scan.sigma_elevation_rad[0] == pytest.approx(500 / 150_000, rel=1e-3)


def test_midnight_falls_between_measurement_and_arrival(read) -> None:
    ((known_ns, scan),), _ = read(day((86_400.4, a.block(48, a.plot(86_399.5)))))
    assert scan.valid_ns == (a.DAY_S + 86_399) * a.NS + a.NS // 2
    assert scan.valid_ns < known_ns


def test_an_old_radars_time_is_completed_by_the_arrival(read) -> None:
    report = a.record(a.uap(1), {
        "010": {"sac": 25, "sic": 12}, "020": {"typ": 0, "ssr_psr": 2}, "040": {"rho_m": 60_000.0},
        "090": {"h_pressure_m": 3000.0}, "141": {"tod_s": (NOON - 0.5) % 512},
    })  # fmt: skip
    ((_, scan),), _ = read(day((NOON, a.block(1, report))))
    assert scan.valid_ns == round((a.DAY_S + NOON - 0.5) * a.NS)


def test_another_trackers_track_is_an_input_of_its_own(read) -> None:
    items = {
        "185": {"vx_mps": 200.0, "vy_mps": -50.0}, "136": {"h_pressure_m": 9144.0}, "220": {"climb_mps": -3.175},
        "380": {"adr": {"address": "4ca7a8"}, "id": {"callsign": "RYR174C"}}, "060": {"mode3a": "1275"},
        "500": {"apc": {"sigma_x_m": 40.0, "sigma_y_m": 60.0}}, "080": {"cnf": 1, "tse": 1, "cst": 1},
    }  # fmt: skip
    ((_, track),), counts = read(day((NOON, a.block(62, a.track(NOON - 1.0, 7, **items)))))
    assert isinstance(track, PartnerTrack)
    assert (track.origin, track.track_id, track.valid_ns) == ("25-100", "7", round((a.DAY_S + NOON - 1) * a.NS))
    assert (track.lat_rad, track.lon_rad) == pytest.approx((0.7, 0.3), abs=1e-7)
    assert (track.v_east_mps, track.v_north_mps, track.climb_mps) == pytest.approx((200.0, -50.0, -3.175))
    assert (track.h_pressure_m, track.sigma_horizontal_m) == pytest.approx((9144.0, 60.0))
    assert (track.address, track.callsign, track.mode3a) == ("4ca7a8", "RYR174C", "1275")
    assert (track.is_confirmed, track.is_coasting, track.is_ended) == (False, True, True)
    assert counts.n_partner_tracks == 1


@pytest.mark.parametrize(
    ("items", "reason"),
    [
        ({"080": {"sim": 1}}, "CAT062: simulated track"),
        ({"105": {"lat_rad": 2.0}}, "CAT062: a position that is none"),
    ],
)
def test_a_track_that_stands_for_nothing_is_counted(read, items: dict, reason: str) -> None:
    found, counts = read(day((NOON, a.block(62, a.track(NOON, **items)))))
    assert (found, counts.n_lost) == ([], ((reason, 1),))


def test_a_broken_record_costs_the_rest_of_its_block_alone(read) -> None:
    load = a.block(48, a.plot(NOON), b"\xff\xff\xff") + a.block(48, a.plot(NOON + 0.5))
    more = [(NOON + i, a.block(48, a.plot(NOON + i))) for i in range(1, 4)]
    found, counts = read(day((NOON, load), *more))
    assert sum(len(scan.t_ns) for _, scan in found) == 5
    assert counts.n_lost == (("CAT048: presence bits beyond the end of the block", 1),)


def test_bytes_that_are_no_block_and_categories_that_are_not_read_are_counted(read) -> None:
    loads = [
        (NOON, a.block(48, a.plot(NOON)) + b"\0\0"),
        (NOON, b"M-SEARCH * HTTP/1.1"),
        (NOON, bytes([21, 0, 5, 0, 0])),
    ]
    _, counts = read(day(*loads))
    assert {reason for reason, _ in counts.n_lost} == {
        "bytes after the last block of a datagram", "no ASTERIX block in a datagram", "CAT021 is not read",
    }  # fmt: skip


def test_a_wrong_checksum_means_damage_where_others_are_right(read) -> None:
    loads = [a.udp(a.block(48, a.plot(NOON + i)), is_good=i != 1) for i in range(4)]
    packets = [(round((a.DAY_S + NOON + i) * a.NS), a.frame(load)) for i, load in enumerate(loads)]
    found, counts = read(a.pcap(packets))
    assert len(found) == 3
    assert counts.n_lost == (("a datagram whose checksum is wrong", 1),)


def test_checksums_wrong_throughout_are_those_of_the_sending_machine(read) -> None:
    loads = [a.udp(a.block(48, a.plot(NOON + i)), is_good=False) for i in range(4)]
    packets = [(round((a.DAY_S + NOON + i) * a.NS), a.frame(load)) for i, load in enumerate(loads)]
    assert len(read(a.pcap(packets))[0]) == 4


def old(n: int) -> bytes:
    """A block as CAT062 once was: time of day second, where editions since 1.0 have none."""
    return a.block(62, b"\xbb\x3d\x42\x19\x64" + (7_000_000 + n).to_bytes(3, "big") + bytes(20))


def test_a_source_of_unknown_edition_is_refused_in_one_line(read) -> None:
    with pytest.raises(BadInput, match=r"unknown edition: 9 of 9 CAT062 blocks of 25/100 do not follow") as caught:
        read(day(*((NOON + i, old(i)) for i in range(9))))
    assert "\n" not in str(caught.value)


def test_a_source_of_unknown_edition_does_not_cost_its_neighbours(read) -> None:
    lucky = a.block(62, a.track(NOON))
    loads = [(NOON + i, old(i)) for i in range(3)] + [(NOON + 3, lucky), (NOON + 4, a.block(48, a.plot(NOON + 4)))]
    found, counts = read(day(*loads))
    assert [type(message) for _, message in found] == [Scan]
    assert ("CAT062: a source of unknown edition", 1) in counts.n_lost


def test_bare_blocks_need_a_day_and_cross_midnight(read) -> None:
    data = b"".join(a.block(48, a.plot(t)) for t in (86_398.0, 86_399.0, 0.5, 1.5))
    with pytest.raises(BadInput, match="--date"):
        read(data)
    found, _ = read(data, date_ns=a.DAY_S * a.NS)
    seconds = [scan.valid_ns / a.NS - a.DAY_S for _, scan in found]
    assert seconds == [86_398.0, 86_399.0, 86_400.5, 86_401.5]
    assert [known_ns for known_ns, _ in found] == [scan.valid_ns for _, scan in found]


def test_one_damaged_time_in_bare_blocks_costs_one_block(read) -> None:
    data = b"".join(a.block(48, a.plot(t)) for t in (100.0, 101.0, 50_000.0, 102.0, 103.0))
    found, counts = read(data, date_ns=a.DAY_S * a.NS)
    assert [scan.valid_ns // a.NS - a.DAY_S for _, scan in found] == [100, 101, 102, 103]
    assert counts.n_lost == (("a capture time far behind the one before", 1),)


def test_with_a_day_a_capture_played_again_later_keeps_its_own_times(read) -> None:
    data = day(*((NOON + i, a.block(48, a.plot(3_600.0 + i))) for i in range(3)))
    assert read(data)[1].n_placed == 0
    found, _ = read(data, date_ns=a.DAY_S * a.NS)
    assert [known_ns // a.NS - a.DAY_S for known_ns, _ in found] == [3_600, 3_601, 3_602]


@pytest.mark.parametrize(
    "data",
    [b"", bytes(100), b"\xd4\xc3\xb2\xa1" + bytes(20), a.pcap([]), bytes([21, 0, 5, 0, 0]), b"\xff\xfet\0i\0m\0e\0"],
)
def test_a_file_without_records_is_refused(read, data: bytes) -> None:
    with pytest.raises(BadInput):
        read(data, date_ns=0)


def test_captures_and_blocks_are_told_from_text() -> None:
    assert is_capture(a.pcap([]))
    assert is_capture(b"\x0a\x0d\x0d\x0a")
    assert is_capture(a.block(48, a.plot(1.0)))
    assert not is_capture("time_utc,sensor_id,kind\r\n봉수".encode())
    assert not is_capture(b"")


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="No such file"):
        open_capture(tmp_path / "none", ())
