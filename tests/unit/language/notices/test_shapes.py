"""Runs of positions into areas."""

import math

import pytest
from tests.helpers.notices import degrees

from bongsu.language.notices.shapes import shapes_of

A, B, C, D = "3000N13000E", "3100N13000E", "3100N13100E", "3000N13100E"
SQUARE = [(30.0, 130.0), (31.0, 130.0), (31.0, 131.0), (30.0, 131.0)]


def read(text):
    found = shapes_of(text, 0, len(text))
    return found.areas, found.problems


def rings(text):
    areas, problems = read(text)
    assert problems == ()
    return [degrees(*area.ring) for area in areas]


@pytest.mark.parametrize(
    "text",
    [
        f"BOUNDED BY: {A}-{B}-{C}-{D} BACK TO START.",
        f"WI:\n{A} -\n{B} -\n{C} -\n{D} -\n{A}.",
        f"AS {A} TO {B} TO {C} TO {D} TO POINT OF ORIGIN",
        f"I. {A}\nII. {B}\nIII. {C}\nIV. {D}",
        f"A) {A} B) {B} C) {C} D) {D}",
        f"{A}, {B}, {C} AND {D}",
        f"{A} THENCE TO {B} (ABCDE) - {C} -GURIN- {D}",
        f"BOUNDED BY A LINE JOINING\n{A}\n{B}\n{C}\n{D}\nACTIVITY: X",
        f"DEBRIS FALLS AT 3030N13030E WI {A} - {B} - {C} - {D} - {A}",
    ],
)
def test_a_polygon_however_it_is_listed(text):
    assert rings(text) == [SQUARE]


def test_areas_are_kept_apart_and_named():
    areas, _ = read(f"AREA 1: {A}-{B}-{C} AREA 2: {A}-{C}-{D} BACK TO START AND {B}-{C}-{D} (AREA 9). ")
    assert [area.label for area in areas] == ["AREA 1", "AREA 2", "AREA 9"]
    assert [len(area.ring) for area in areas] == [3, 3, 3]
    assert [a.label for a in read(f"BOUNDED BY A. {A}, {B}, {C}. B. {A}, {C}, {D}.")[0]] == ["A", "B"]
    assert rings(f"{A} {B} {C} {A} {B} {C} {D} {B}") == [SQUARE[:3], SQUARE[1:]]


@pytest.mark.parametrize(
    ("text", "radius_m"),
    [
        (f"WI 10NM OF {A}", 18_520.0),
        (f"WITHIN 25 MILES OF {A}", 46_300.0),
        (f"CIRCLE OF RADIUS 5.5 KM CENTRED ON {A}", 5_500.0),
        (f"{A} RADIUS 3NM", 5_556.0),
        (f"WI AN AREA 10KM RADIUS CENTERED AT {A}", 10_000.0),
        (f"WITHIN FIVE MILES OF {A}", 9_260.0),
        (f"LAUNCH PAD COORD: {A}. ZONE 1: IS A CIRCLE OF 10 NM AROUND THE LAUNCH PAD.", 18_520.0),
    ],
)
def test_a_circle_has_its_centre_and_radius(text, radius_m):
    (area,), problems = read(text)
    assert problems == ()
    assert area.shape == "circle"
    assert degrees(area.centre) == [(30.0, 130.0)]
    assert area.radius_m == pytest.approx(radius_m)


def test_a_distance_before_another_zone_is_no_circle_around_its_corner():
    areas, _ = read(f"PAD COORD: {A}. ZONE 1: CIRCLE OF 10NM AROUND THE PAD. ZONE 2: {B} {C} {D}")
    assert [area.shape for area in areas] == ["circle", "polygon"]


def test_a_sector_a_corridor_and_a_box():
    (sector,), _ = read(f"A SECTOR BTN 25NM AND 90NM FM {A} AND BTN AZM 130DEG AND 150DEG")
    assert (sector.shape, sector.radius_m) == ("sector", 166_680.0)
    (corridor,), _ = read(f"WITHIN 10NM EITHER SIDE OF A LINE JOINING {A}, {B}")
    assert (corridor.shape, corridor.radius_m) == ("corridor", 18_520.0)
    (box,), _ = read("BETWEEN 30-00N AND 31-00N AND BETWEEN 130-00E AND 131-00E")
    assert box.shape == "box"
    assert sorted(degrees(*box.ring)) == sorted(SQUARE)


def test_an_impossible_corner_is_counted_and_the_others_are_kept():
    (area,), problems = read(f"BOUNDED BY {A}-{B}-3175N13100E-{D}")
    assert problems == ("3175N13100E: 75 minutes, 0 seconds: below 60 expected",)
    assert (len(area.ring), area.n_unusable) == (3, 1)
    assert area.caveats == ("1 of 4 corners cannot be",)


def test_what_the_ring_does_not_say_is_a_caveat():
    (area,), _ = read(f"{A} {B} THENCE ALONG FIR BOUNDARY TO {C} {D} (ONLY THE AREA OF FIR ABCD).")
    assert area.caveats == ("a side that follows a boundary is drawn straight", "as printed, only the area of fir abcd")
    (bow,), _ = read(f"{A} {C} {B} {D}")
    assert bow.caveats == ("its outline crosses itself as printed",)


def test_route_points_bound_nothing():
    assert read(f"ALTN RTE ABCDE-DCT-{A}-DCT-{B}-DCT-{C}-FGHIJ") == ((), ())
    assert read(f"BOUNDED BY {A} AND {B}.")[1] == ("2 usable corners bound no area",)


def test_a_ring_over_the_date_line_keeps_its_corners():
    assert rings("3000N17900E 3100N17900E 3100N17900W")[0][2] == (31.0, -179.0)
    assert all(abs(lon) <= math.pi for a in read("WI 300NM OF 3000N17900E")[0] for _, lon in a.ring)
