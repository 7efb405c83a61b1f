"""kernels.forces: heights by series, units of drag, and what a resting point feels."""

import math

import numpy as np
import pytest
from pytest import approx

from bongsu.constants import GM_EARTH_M3PS2, OMEGA_EARTH_RADPS
from bongsu.kernels import forces
from bongsu.kernels._jit import kernel
from bongsu.kernels.air import density_kgpm3
from bongsu.kernels.earth import ecef_from_geodetic, enu_from_ecef


@kernel
def _height_m(x, y, z):
    return forces.height_m(x, y, z)


@kernel
def _climb_mps(x, y, z, u, v, w):
    return forces.climb_mps(x, y, z, u, v, w)


@kernel
def _flight_accel(r, v, f, inv_beta):
    return forces.flight_accel(r[0], r[1], r[2], v[0], v[1], v[2], f[0], f[1], f[2], inv_beta)


@pytest.mark.parametrize(("h_m", "within_m"), [(0.0, 1e-4), (20e3, 2e-3), (100e3, 6e-3), (3000e3, 0.12)])
def test_height_by_series_is_as_near_as_it_says(h_m, within_m):
    for lat_rad in np.linspace(-math.pi / 2, math.pi / 2, 37):
        assert _height_m(*ecef_from_geodetic(lat_rad, 0.7, h_m)) == approx(h_m, abs=within_m)


@pytest.mark.parametrize("lat_rad", [-1.5, -0.7, 0.0, 0.4, 1.2])
def test_climb_is_the_upward_part_of_the_velocity(lat_rad):
    v = (1200.0, -3400.0, 2100.0)
    up_mps = enu_from_ecef(*v, lat_rad, 0.7)[2]
    assert _climb_mps(*ecef_from_geodetic(lat_rad, 0.7, 150e3), *v) == approx(up_mps, abs=4e-3)


def test_drag_is_half_the_density_times_speed_squared_over_beta():
    r, v = np.array(ecef_from_geodetic(0.6, 2.0, 30e3)), np.array([0.0, 0.0, 1500.0])
    free = np.array(_flight_accel(r, v, np.zeros(3), 0.0))
    braked = np.array(_flight_accel(r, v, np.zeros(3), 1.0 / 2000.0))
    expected = density_kgpm3(30e3) * 1500.0**2 / (2.0 * 2000.0)
    assert tuple(braked - free) == approx((0.0, 0.0, -expected), rel=1e-5)


def test_a_specific_force_is_simply_added():
    r, v, f = np.array([7e6, 1e6, 2e6]), np.array([1e3, 2e3, 3e3]), np.array([1.0, -2.0, 3.0])
    without = np.array(_flight_accel(r, v, np.zeros(3), 1e-3))
    assert tuple(np.array(_flight_accel(r, v, f, 1e-3)) - without) == approx(tuple(f), abs=1e-12)


def test_a_geostationary_point_feels_almost_nothing():
    r_m = (GM_EARTH_M3PS2 / OMEGA_EARTH_RADPS**2) ** (1 / 3)
    a = _flight_accel(np.array([r_m, 0.0, 0.0]), np.zeros(3), np.zeros(3), 0.0)
    assert abs(a[0]) < 1e-5  # J2 alone is left: 3/2 J2 (a / r)^2 g = 8e-6
    assert a[1:] == (0.0, 0.0)


def test_the_centre_of_the_earth_has_no_answer():
    with np.errstate(all="ignore"):
        found = _flight_accel(np.zeros(3), np.ones(3), np.zeros(3), 0.0)
    assert all(math.isnan(a) for a in found)
