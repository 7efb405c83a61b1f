"""What may enter a live node."""

import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET, structs
from tests.helpers.mutation import HOSTILE
from tests.helpers.records import RADAR, T0_NS, radar_scan

from bongsu.constants import NS_PER_S
from bongsu.messages import codec
from bongsu.messages.inputs import Notice, OperatorAct, Scan, Tick
from bongsu.models.sensors import Sensor
from bongsu.run.border import MAX_LINE_BYTES, Lines, Refused, is_text, scan_of, text_of

SHIP = Sensor(sensor_id="ship", kind="radar", is_moving=True)
EYE = Sensor(sensor_id="ir-1", kind="infrared")
SENSORS = {sensor.sensor_id: sensor for sensor in (RADAR, SHIP, EYE)}
NOW_NS = T0_NS + 10 * NS_PER_S
GOOD = codec.encode(radar_scan(9.0, n_plots=2))


def refused(line, now_ns=NOW_NS):
    with pytest.raises(Refused) as found:
        scan_of(line, SENSORS, now_ns)
    assert "\n" not in str(found.value)
    return found.value.reason


def changed(**changes):
    return codec.encode(structs.replace(radar_scan(9.0, n_plots=2), **changes))


def test_a_good_line_is_its_scan():
    assert scan_of(GOOD, SENSORS, NOW_NS) == radar_scan(9.0, n_plots=2)


def test_an_empty_look_is_taken():
    assert scan_of(codec.encode(radar_scan(9.0, n_plots=0)), SENSORS, NOW_NS).t_ns == ()


@pytest.mark.parametrize(
    "line",
    [
        GOOD[:-20],
        b"",
        b"\x00\xff",
        GOOD.replace(b"300000", b"NaN"),
        GOOD.replace(b"309000.0", b"1e999"),
        GOOD.replace(b'"kind"', b'"sigma_range_m":[-1.0,2.0],"kind"'),
        GOOD.replace(b'"kind"', b'"extra":1,"kind"'),
        codec.encode(Tick(valid_ns=NOW_NS)),
        codec.encode(OperatorAct(valid_ns=NOW_NS, user="kim", verb="approve")),
    ],
)
def test_what_is_no_scan_is_refused(line):
    if line != GOOD:
        assert refused(line) == "not_a_scan"


def test_an_unknown_sensor_is_refused():
    assert refused(changed(sensor_id="nobody")) == "unknown_sensor"


def test_a_scan_of_another_kind_than_its_sensor_is_refused():
    assert refused(changed(kind="position")) == "wrong_kind"


def test_a_scan_of_another_nation_is_refused():
    assert refused(changed(origin="usa")) == "foreign_origin"
    assert scan_of(changed(origin="kor"), SENSORS, NOW_NS).origin == "kor"


def test_half_a_second_ahead_is_taken_and_more_is_refused():
    ahead = radar_scan(10.5)
    assert scan_of(codec.encode(ahead), SENSORS, NOW_NS) == ahead
    assert refused(codec.encode(radar_scan(10.501))) == "future"
    assert refused(changed(t_ns=(T0_NS, T0_NS + 60 * NS_PER_S))) == "future"


def test_a_clock_that_is_not_believed_may_run_ahead_of_ours():
    sensors = {name: structs.replace(sensor, sigma_clock_s=1.0) for name, sensor in SENSORS.items()}
    assert scan_of(codec.encode(radar_scan(14.4)), sensors, NOW_NS) == radar_scan(14.4)
    with pytest.raises(Refused, match=r"at most 4\.5 s"):
        scan_of(codec.encode(radar_scan(14.6)), sensors, NOW_NS)


@pytest.mark.parametrize(
    "change",
    [
        {"range_m": (1.0,)},
        {"elevation_rad": ()},
        {"sigma_range_m": (5.0,)},
        {"lat_rad": (0.1, 0.1)},
        {"t_ns": ()},
        {"speed_mps": (1.0, 1.0)},
    ],
)
def test_columns_that_do_not_fit_are_refused(change):
    assert refused(changed(**change)) == "columns"


def test_a_moving_sensor_states_its_place():
    scan = structs.replace(radar_scan(9.0), sensor_id="ship")
    assert refused(codec.encode(scan)) == "columns"
    assert scan_of(codec.encode(structs.replace(scan, sensor_r_ecef_m=(6.4e6, 0.0, 0.0))), SENSORS, NOW_NS)


def test_a_line_of_sight_is_a_unit_vector():
    look = Scan(
        sensor_id="ir-1", scan_id="a", kind="infrared", valid_ns=NOW_NS, t_ns=(NOW_NS,), los_ecef=((0.6, 0.0, 0.8),)
    )
    assert scan_of(codec.encode(look), SENSORS, NOW_NS) == look
    assert refused(codec.encode(structs.replace(look, los_ecef=((0.6, 0.0, 0.9),)))) == "columns"


@given(lines=st.lists(st.binary(max_size=30).filter(lambda b: b"\n" not in b and b.strip())), cuts=st.data())
def test_lines_are_the_same_however_the_stream_is_cut(lines, cuts):
    stream = b"".join(line + b"\n" for line in lines)
    splitter, found = Lines(), []
    while stream:
        n = cuts.draw(st.integers(1, len(stream)))
        found += splitter.feed(stream[:n])
        stream = stream[n:]
    assert found == lines
    assert splitter.end() == b""


@given(length=st.integers(11, 100), step=st.integers(1, 30))
def test_a_line_too_long_is_refused_once_and_the_next_one_is_read(length, step):
    splitter, found = Lines(max_bytes=10), []
    stream = b"x" * length + b"\n" + b"good\n"
    for at in range(0, len(stream), step):
        found += splitter.feed(stream[at : at + step])
    assert [getattr(item, "reason", item) for item in found] == ["line_too_long", b"good"]


def test_the_splitter_never_holds_more_than_a_line():
    splitter = Lines()
    for _ in range(5):
        list(splitter.feed(b"x" * MAX_LINE_BYTES))
    assert len(splitter._held) <= MAX_LINE_BYTES


def test_what_stands_after_the_last_line_break_is_told():
    splitter = Lines()
    assert list(splitter.feed(b'one\n{"type"')) == [b"one"]
    assert splitter.end() == b'{"type"'


@given(line=st.one_of(st.binary(max_size=300), st.builds(lambda a, b, c: GOOD[:a] + b + GOOD[a + c :],
       st.integers(0, len(GOOD)), st.binary(max_size=5), st.integers(0, 20))))  # fmt: skip
def test_no_line_is_more_than_a_scan_or_one_refusal(line):
    try:
        scan = scan_of(line, SENSORS, NOW_NS)
    except Refused as error:
        assert msgspec.json.encode({"error": str(error)})
    else:
        assert codec.decode_input(codec.encode(scan)) == scan


def text_line(**fields):
    return json.dumps({"type": "report.v1", "text_id": "a", "text": "North Korea fired a missile.", **fields}).encode()


def test_a_report_and_a_notice_become_inputs():
    assert is_text(text_line())
    found = text_of(text_line(lang="en", source="wire", published_ns=T0_NS - 5), T0_NS)
    assert (found.text_id, found.lang, found.source, found.published_ns) == ("a", "en", "wire", T0_NS - 5)
    assert isinstance(text_of(text_line(type="notice.v1"), T0_NS), Notice)


def test_where_the_type_stands_in_a_line_does_not_matter():
    assert is_text(json.dumps({"text": "x" * 9_000, "type": "report.v1"}).encode())
    assert not is_text(codec.encode(radar_scan(1.0, scan_id="report.v1")))


def test_a_huge_text_is_cut_and_says_by_how_much():
    found = text_of(text_line(text="x" * 500_000, text_id="i" * 900, source="s" * 9_000, lang="tlh"), T0_NS)
    assert (len(found.text), found.n_chars_cut, found.flags) == (16_000, 484_000, ("cut",))
    assert (len(found.text_id), len(found.source), found.lang) == (200, 500, "")


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_enters_as_data_or_is_refused(text):
    try:
        found = text_of(text_line(text=text), T0_NS)
    except Refused as error:
        assert error.reason == "not_a_text"
    else:
        assert codec.decode_input(codec.encode(found)) == found


def test_a_publication_to_come_is_not_believed_and_flags_of_the_sender_are_not_taken():
    found = text_of(text_line(published_ns=T0_NS + 10**18, flags=["trusted"], n_chars_cut=7), T0_NS)
    assert (found.published_ns, found.flags, found.n_chars_cut) == (UNSET, ("published_unreadable",), 0)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"text": 5}, "not_a_text"), ({"text": " "}, "not_a_text"), ({"origin": "kor"}, "foreign_origin"),
        ({"label": {"classification": "COSMIC"}}, "not_a_text"), ({"published_ns": "today"}, "not_a_text"),
    ],
)  # fmt: skip
def test_what_is_no_text_is_refused_with_its_reason(fields, reason):
    with pytest.raises(Refused) as refused:
        text_of(text_line(**fields), T0_NS)
    assert refused.value.reason == reason
