"""Range classes and the two-body yardsticks."""

import math

import pytest

from bongsu.constants import GM_EARTH_M3PS2, R_MEAN_EARTH_M
from bongsu.models.classes import (
    RANGE_CLASSES,
    energy_jpkg,
    greatest_range_m,
    minimum_energy_apogee_m,
    perigee_height_m,
    range_class_of,
)


@pytest.mark.parametrize(
    ("range_km", "apogee_km"),
    [(300, 74), (500, 122), (700, 170), (1000, 239.9), (1300, 308), (3000, 655), (5500, 1041), (10000, 1320)],
)
def test_the_minimum_energy_apogee_is_the_textbook_one(range_km: float, apogee_km: float) -> None:
    assert minimum_energy_apogee_m(range_km * 1e3) / 1e3 == pytest.approx(apogee_km, abs=0.6)


@pytest.mark.parametrize(("speed_kmps", "range_km"), [(3.016, 1000), (4.865, 3000), (6.075, 5500), (7.198, 10000)])
def test_a_speed_carries_as_far_as_the_textbook_says(speed_kmps: float, range_km: float) -> None:
    assert greatest_range_m(speed_kmps * 1e3) / 1e3 == pytest.approx(range_km, rel=1e-3)


def test_circular_speed_and_more_carry_to_the_other_side_of_the_earth() -> None:
    circular = math.sqrt(GM_EARTH_M3PS2 / R_MEAN_EARTH_M)
    assert greatest_range_m(circular) == pytest.approx(math.pi * R_MEAN_EARTH_M)
    assert greatest_range_m(2.0 * circular) == pytest.approx(math.pi * R_MEAN_EARTH_M)


@pytest.mark.parametrize(
    ("range_km", "name"),
    [(0, "CRBM"), (299.999, "CRBM"), (300, "SRBM"), (999, "SRBM"), (1000, "MRBM"), (3000, "IRBM"), (5500, "ICBM")],
)
def test_range_classes_are_half_open(range_km: float, name: str) -> None:
    assert range_class_of(range_km * 1e3) == name


def test_the_range_classes_leave_no_gap() -> None:
    assert [high for _, _, high in RANGE_CLASSES[:-1]] == [low for _, low, _ in RANGE_CLASSES[1:]]
    assert (RANGE_CLASSES[0][1], RANGE_CLASSES[-1][2]) == (0.0, math.inf)


def test_energy_is_that_of_the_speed_at_the_surface() -> None:
    assert energy_jpkg((R_MEAN_EARTH_M, 0.0, 0.0), (0.0, 3000.0, 0.0)) == pytest.approx(4.5e6)
    risen = energy_jpkg((R_MEAN_EARTH_M + 1000.0, 0.0, 0.0), (0.0, 0.0, 0.0))
    assert risen == pytest.approx(9.82 * 1000.0, rel=2e-3)


def test_a_circular_orbit_has_its_perigee_at_its_own_height() -> None:
    r = R_MEAN_EARTH_M + 500e3
    assert perigee_height_m((0.0, 0.0, r), (math.sqrt(GM_EARTH_M3PS2 / r), 0.0, 0.0)) == pytest.approx(500e3, abs=1.0)


def test_a_flight_that_comes_down_has_its_perigee_below_ground() -> None:
    assert perigee_height_m((0.0, 0.0, R_MEAN_EARTH_M + 100e3), (2000.0, 0.0, 1000.0)) < -1e6


def test_an_escaping_flight_has_no_perigee() -> None:
    assert perigee_height_m((0.0, 0.0, R_MEAN_EARTH_M + 100e3), (0.0, 12e3, 0.0)) == math.inf
