"""Canonical bytes of messages."""

import math

import pytest
from msgspec import structs
from tests.helpers.records import radar_scan

from bongsu.errors import BadInput, NotFinite
from bongsu.messages import codec
from bongsu.messages.inputs import OperatorAct, Scan, Tick
from bongsu.messages.tracking import SensorStatus

STATUS = SensorStatus(sensor_id="a", valid_ns=1, is_degraded=False, reason="null and void")


def test_an_input_comes_back_as_it_was():
    scan = radar_scan(1.0, n_plots=2)
    assert codec.decode_input(codec.encode(scan)) == scan


def test_the_type_stands_first_and_no_space_is_written():
    assert codec.encode(Tick(valid_ns=5)).startswith(b'{"type":"tick.v1","origin":"self",')


def test_what_is_unset_is_not_written():
    assert b"sensor_r_ecef_m" not in codec.encode(radar_scan(1.0))


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_a_number_that_is_not_finite_is_refused_with_its_place(value):
    with pytest.raises(NotFinite, match=r"Scan\.range_m\[1\]"):
        codec.encode(structs.replace(radar_scan(1.0, n_plots=2), range_m=(1.0, value)))


def test_the_word_null_in_a_text_is_no_missing_number():
    assert codec.decode_finding(codec.encode(STATUS)) == STATUS


def test_none_is_refused_like_a_number_that_is_none():
    with pytest.raises(NotFinite, match="reason"):
        codec.encode(structs.replace(STATUS, reason=None))


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"null", b"[]", b"{}", b'{"type":"tick.v1"}', b'{"type":"tick.v2","valid_ns":1}',
        b'{"type":"tick.v1","valid_ns":-1}', b'{"type":"tick.v1","valid_ns":1.5}', b'{"type":"tick.v1","valid_ns":NaN}',
        b'{"type":"tick.v1","valid_ns":1,"extra":0}', b'{"type":"tick.v1","valid_ns":1e999}', b"\xff\xfe", b"[" * 100_000,
        b'{"type":"tick.v1","valid_ns":' + b"9" * 5_000 + b"}",
    ],
)  # fmt: skip
def test_what_is_no_input_is_refused_in_one_line(body):
    with pytest.raises(BadInput) as refused:
        codec.decode_input(body)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("field", "value"),
    [("sigma_range_m", [-1.0]), ("sigma_range_m", [0.0]), ("azimuth_rad", [37.0]), ("elevation_rad", [-2.0])],
)
def test_degrees_for_radians_and_sigmas_that_are_not_positive_are_refused(field, value):
    body = codec.encode(radar_scan(1.0)).replace(b'"kind"', f'"{field}":{value},"kind"'.encode(), 1)
    with pytest.raises(BadInput, match=field):
        codec.decode_input(body)


def test_a_finding_is_no_input():
    with pytest.raises(BadInput, match="sensor_status"):
        codec.decode_input(codec.encode(STATUS))


def test_an_act_needs_a_known_verb():
    body = codec.encode(OperatorAct(valid_ns=1, user="kim", verb="note")).replace(b'"note"', b'"launch"')
    with pytest.raises(BadInput, match="verb"):
        codec.decode_input(body)


def test_an_empty_scan_is_a_look_that_saw_nothing():
    scan = radar_scan(1.0, n_plots=0)
    assert isinstance(scan, Scan)
    assert codec.decode_input(codec.encode(scan)) == scan
