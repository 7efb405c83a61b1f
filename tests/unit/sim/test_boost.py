"""The generic powered flight: pitch, thrust, plane."""

import math

import numpy as np
import pytest

from bongsu.kernels.earth import geodesic_inverse, geodetic_from_ecef
from bongsu.sim.boost import Boost, Burn, Shape, pitch_rad, specific_thrust_mps2
from bongsu.sim.motion import ascend, height_m

BOOST = Boost(math.radians(40.0), math.radians(126.0), math.radians(85.0), 5.0, (Burn(0.0, 60.0, 1.0, 2.5),))
SHAPE = Shape(30.0, math.radians(35.0))


def test_the_thrust_points_straight_up_while_rising_and_at_its_end_value_at_burn_out() -> None:
    assert pitch_rad(BOOST, SHAPE, 0.0) == pitch_rad(BOOST, SHAPE, 5.0) == math.pi / 2
    assert pitch_rad(BOOST, SHAPE, 60.0) == pytest.approx(SHAPE.pitch_end_rad)


def test_the_pitch_over_is_smooth_and_never_turns_back() -> None:
    pitches = [pitch_rad(BOOST, SHAPE, t) for t in np.linspace(0.0, 60.0, 601)]
    steps = np.diff(pitches)
    assert (steps <= 0.0).all()
    assert np.abs(np.diff(steps)).max() < 2e-4  # rad per (0.1 s)^2: no kinks


def test_haste_below_one_turns_earlier() -> None:
    early, late = Shape(30.0, 0.5, haste=0.5), Shape(30.0, 0.5, haste=1.5)
    assert pitch_rad(BOOST, early, 20.0) < pitch_rad(BOOST, SHAPE, 20.0) < pitch_rad(BOOST, late, 20.0)


def test_specific_thrust_grows_by_its_growth() -> None:
    burn = BOOST.burns[0]
    assert specific_thrust_mps2(burn, SHAPE, 0.0) == pytest.approx(30.0)
    assert specific_thrust_mps2(burn, SHAPE, 60.0) == pytest.approx(75.0)
    values = [specific_thrust_mps2(burn, SHAPE, t) for t in range(61)]
    assert values == sorted(values)


def test_the_normal_stands_on_the_plane_of_up_and_downrange() -> None:
    normal = np.array(BOOST.normal_ecef())
    c = math.cos(BOOST.lat_rad)
    up = np.array((c * math.cos(BOOST.lon_rad), c * math.sin(BOOST.lon_rad), math.sin(BOOST.lat_rad)))
    assert np.linalg.norm(normal) == pytest.approx(1.0)
    assert normal @ up == pytest.approx(0.0, abs=1e-12)


def test_a_boost_flies_off_along_its_azimuth() -> None:
    end = ascend(BOOST, SHAPE, 12e3)[-1].end
    lat_rad, lon_rad, h_m = geodetic_from_ecef(*end[:3])
    assert h_m > 20e3
    azimuth_rad = geodesic_inverse(BOOST.lat_rad, BOOST.lon_rad, lat_rad, lon_rad)[1]
    assert azimuth_rad == pytest.approx(BOOST.azimuth_rad, abs=math.radians(1.0))  # the Earth turns a little meanwhile


def test_too_weak_a_thrust_stays_on_the_ground() -> None:
    legs = ascend(BOOST, Shape(5.0, 0.5), 12e3)
    assert legs[-1].is_stopped
    assert height_m(legs[-1].end) == pytest.approx(0.0, abs=1.0)


def test_an_early_cut_off_ends_the_burn() -> None:
    assert ascend(BOOST, SHAPE, 12e3, cut_s=20.0)[-1].end_s == 20.0
