"""Gravity against published vectors and the normal gravity of the ellipsoid."""

import math

import pytest
from pytest import approx

from bongsu.constants import OMEGA_EARTH_RADPS
from bongsu.kernels._jit import kernel
from bongsu.kernels.earth import ecef_from_geodetic
from bongsu.kernels.forces import coast_accel


@kernel
def _at_rest(x, y, z):
    return coast_accel(x, y, z, 0.0, 0.0)


def _gravitation(x, y, z):
    """Without the centrifugal part."""
    ax, ay, az = _at_rest(x, y, z)
    w2 = OMEGA_EARTH_RADPS**2
    return ax - w2 * x, ay - w2 * y, az


SIDE_M = 7e6 / math.sqrt(2.0)


@pytest.mark.parametrize(
    ("r_m", "expected_mps2"),
    [
        ((7e6, 0.0, 0.0), (-8.14567032, 0.0, 0.0)),
        ((0.0, 0.0, 7e6), (0.0, 0.0, -8.11276805)),
        ((SIDE_M, 0.0, SIDE_M), (-5.74047087, 0.0, -5.75598115)),
    ],
)
def test_gravitation_with_j2_is_the_textbook_vector(r_m, expected_mps2):
    """Montenbruck & Gill, Satellite Orbits (2000), sec. 3.2, with J2 = 1.08262982e-3; computed to eight decimals."""
    assert _gravitation(*r_m) == approx(expected_mps2, abs=6e-9)


@pytest.mark.parametrize(("lat_deg", "g_mps2"), [(0.0, 9.7803253), (45.0, 9.8061978), (90.0, 9.8321849)])
def test_weight_on_the_ellipsoid_is_normal_gravity(lat_deg, g_mps2):
    """Somigliana's formula (Moritz 1980); terms beyond J2, left out here, reach 5 J4 g = 1.2e-4 m/s^2."""
    a = _at_rest(*ecef_from_geodetic(math.radians(lat_deg), 1.0, 0.0))
    assert math.hypot(*a) == approx(g_mps2, abs=1.3e-4)
