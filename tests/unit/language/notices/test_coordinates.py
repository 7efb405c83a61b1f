"""Positions in every notation there is."""

import pytest
from tests.helpers.notices import degrees

from bongsu.language.notices.coordinates import places_in


def read(text):
    return [degrees((p.lat_rad, p.lon_rad))[0] if p.is_usable else p.reason for p in places_in(text)]


@pytest.mark.parametrize(
    "text",
    [
        "N3630E13115",
        "3630N13115E",
        "N363000E1311500",
        "363000N 1311500E",
        "36 30 00N 131 15 00E",
        "36 30 00 N 131 15 00 E",
        "S36 E131",
        "36-30N 131-15E",
        "36-30.0N, 131-15.00E",
        "36-30-00N/131-15-00E",
        "36°30′N 131°15′E",
        "36°30'00\"N, 131°15'00\"E",
        "36.5N 131.25E",
        "36.5°N 131.25°E",
        "3630.0N13115.0E",
        "363000.00N 1311500.00E",
        "N 36 30 E 131 15",
        "N36 30 00 E131 15 00",
        "N36\n3000E1311500",
        "N363000E13\n11500",
        "N363000E\n1311500",
        "363000N\n1311500E",
        "36-30N LONG 131-15E",
        "3630N 13115E",
    ],
)
def test_one_place_in_every_notation(text):
    (found,) = read(text)
    assert found == ((36.5, 131.25) if not text.startswith("S") else (-36.0, 131.0))


@pytest.mark.parametrize("text", ["3630S13115W", "S3630W13115", "36 30S 131 15W"])
def test_south_and_west_are_negative(text):
    assert read(text) == [(-36.5, -131.25)]


def test_a_longitude_below_100_may_lack_its_nought():
    assert read("1310N 8025E") == [(13.166667, 80.416667)]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("N3660E13115", "60 minutes, 0 seconds: below 60 expected"),
        ("N9100E13115", "91 degrees of latitude"),
        ("3630N18101E", "181.017 degrees of longitude"),
        ("10.3630N 13115E", "two notations in one position"),
        ("36300N13115E", "5 digits of latitude"),
    ],
)
def test_what_cannot_be_has_one_reason(text, reason):
    assert read(text) == [f"{text}: {reason}"]


@pytest.mark.parametrize("text", ["\n1.36-30.0N 131-15.0E", "36 DEG 30 MIN N LONG 131 DEG 15 MIN E"])
def test_a_number_in_a_list_is_no_part_of_a_place(text):
    assert read(text) == [(36.5, 131.25)]


def test_a_place_is_never_read_from_the_middle_of_its_figures():
    assert all(isinstance(found, str) for found in read("X1.46-30.0N 138-20.0E"))


def test_half_a_position_is_noticed():
    assert read("3000N13100E 3100N 13200 3000N13200E")[1] == "3100N: half a position, or a misprint"


@pytest.mark.parametrize(
    "text", ["", "FL195", "A1234/24", "B) 2401010000", "TEL +64 27 315 0773", "B346 SEGMENT", "N571 E5"]
)
def test_other_figures_are_no_positions(text):
    assert read(text) == []


def test_a_label_with_a_colon_is_no_part_of_a_position():
    assert read("AREA 1: 41-00.5N 138-07.5E") == [(41.008333, 138.125)]
    assert read("AREA 12: 41-00-30N 138-07-30E") == [(41.008333, 138.125)]
    assert read("41:30N 138:07E") == [(41.5, 138.116667)]
