"""Generic shapes fitted to range, apogee, orbit and pull-up."""

import math
from functools import cache

import pytest

from bongsu.errors import BadInput
from bongsu.sim.boost import Boost, Burn, Shape
from bongsu.sim.fit import ground_range_m, lift_for, shape_for, shape_for_orbit
from bongsu.sim.motion import Leg, Lift, apogee, ascend, climb_mps, fall, height_m

BURN = (Burn(0.0, 75.0, 1.0, 2.4),)
BAND = Lift(ratio=0.0, top_m=24e3, onset_m=4e3, floor_m=7e3, level_mps=80.0)


def boost(azimuth_deg: float = 85.0, burns: tuple[Burn, ...] = BURN) -> Boost:
    return Boost(math.radians(40.0), math.radians(126.0), math.radians(azimuth_deg), 5.0, burns)


def flown(what: Boost, shape: Shape, lift: Lift | None = None) -> list[Leg]:
    legs = ascend(what, shape, 12e3)
    return legs + fall(legs[-1].end_s, legs[-1].end, 5000.0, lift)


@cache
def low_flight() -> tuple[Boost, Shape]:
    low = boost(burns=(Burn(0.0, 55.0, 1.0, 2.2),))
    return low, shape_for(low, 12e3, 5000.0, 450e3, 50e3, haste=0.5)


@pytest.mark.parametrize(("range_m", "apogee_m"), [(300e3, 80e3), (700e3, 170e3), (700e3, 400e3), (1300e3, 310e3)])
@pytest.mark.parametrize("azimuth_deg", [85.0, 265.0])
def test_a_fitted_flight_has_the_range_and_the_apogee_asked_for(
    range_m: float, apogee_m: float, azimuth_deg: float
) -> None:
    what = boost(azimuth_deg)
    legs = flown(what, shape_for(what, 12e3, 5000.0, range_m, apogee_m, haste=1.0))
    assert ground_range_m(what, legs[-1].end) == pytest.approx(range_m, rel=2e-3)
    assert apogee(legs)[0] == pytest.approx(apogee_m, rel=2e-3)


def test_lift_makes_up_the_missing_range() -> None:
    low, shape = low_flight()
    lift = lift_for(low, ascend(low, shape, 12e3), 5000.0, BAND, 600e3)
    assert 0.0 < lift.ratio <= 5.0
    legs = flown(low, shape, lift)
    assert ground_range_m(low, legs[-1].end) == pytest.approx(600e3, rel=2e-3)
    assert apogee(legs)[0] == pytest.approx(50e3, rel=2e-3)


def test_a_flight_that_is_long_enough_gets_no_lift() -> None:
    low, shape = low_flight()
    assert lift_for(low, ascend(low, shape, 12e3), 5000.0, BAND, 440e3).ratio == 0.0


def test_a_pull_up_beyond_all_lift_is_refused() -> None:
    low, shape = low_flight()
    with pytest.raises(BadInput, match="pull-up to 3000 km"):
        lift_for(low, ascend(low, shape, 12e3), 5000.0, BAND, 3e6)


def test_a_range_beyond_the_burn_is_refused() -> None:
    with pytest.raises(BadInput, match="range 9000 km, apogee 20 km"):
        shape_for(boost(), 12e3, 5000.0, 9e6, 20e3, haste=1.0)


def test_an_orbit_is_reached_level_and_at_its_speed() -> None:
    burns = (Burn(0.0, 120.0, 1.0, 2.5), Burn(124.0, 325.0, 1.0, 2.8), Burn(345.0, 585.0, 0.6, 2.0))
    what = boost(178.0, burns)
    end = ascend(what, shape_for_orbit(what, 15e3, 480e3, haste=0.75), 15e3)[-1].end
    assert height_m(end) == pytest.approx(480e3, rel=5e-3)
    assert climb_mps(end) == pytest.approx(0.0, abs=10.0)


def test_what_falls_behind_the_launch_point_has_negative_range() -> None:
    east, west = boost(85.0), boost(265.0)
    legs = flown(east, shape_for(east, 12e3, 5000.0, 300e3, 80e3, haste=1.0))
    assert ground_range_m(west, legs[-1].end) == pytest.approx(-300e3, rel=2e-3)
