"""kernels.air: one formula, continuous over every edge, the same bits in lanes as alone."""

import math

import numpy as np
import pytest
from pytest import approx

from bongsu.kernels import air
from bongsu.kernels._jit import kernel


@kernel
def _in_a_loop(heights_m, out):
    for i in range(heights_m.shape[0]):
        out[i] = air.lane_density_kgpm3(heights_m[i])


@pytest.mark.parametrize("h_m", [-9e3, 0.0, 5e3, 11.1e3, 25e3, 40e3, 49e3, 60e3, 80e3, 85.9e3])
def test_density_is_pressure_over_gas_constant_and_temperature(h_m):
    expected = air.pressure_pa(h_m) / (air.R_AIR_JPKGPK * air.temperature_k(h_m))
    assert air.density_kgpm3(h_m) == approx(expected, rel=1e-10)


@pytest.mark.parametrize("edge_m", list(air.FLIGHT_LAYERS[1:-1, 0]))
def test_density_is_continuous_where_layers_meet(edge_m):
    below, above = air.density_kgpm3(edge_m - 1e-3), air.density_kgpm3(edge_m + 1e-3)
    assert above == approx(below, rel=1e-6)
    assert above < below


def test_density_falls_with_every_metre():
    heights_m = np.linspace(-10e3, 1000e3, 20_000)
    found = np.array([air.density_kgpm3(h) for h in heights_m])
    assert np.all(np.diff(found) < 0.0)


def test_lanes_and_scalars_give_the_same_bits():
    heights_m = np.linspace(-10e3, 1100e3, 4000)
    out = np.empty_like(heights_m)
    _in_a_loop(heights_m, out)
    assert out.tolist() == [air.density_kgpm3(h) for h in heights_m]


def test_there_is_no_air_above_a_thousand_kilometres():
    assert air.density_kgpm3(1000.001e3) == 0.0
    assert air.density_kgpm3(4e7) == 0.0


def test_what_has_no_answer_is_nan():
    assert math.isnan(air.density_kgpm3(math.nan))
    for function in (air.temperature_k, air.pressure_pa, air.sound_speed_mps):
        assert math.isnan(function(math.nan))
        assert math.isnan(function(86.1e3))
        assert math.isnan(function(-10.1e3))


def test_geopotential_height_is_below_geometric_height():
    assert air.geopotential_m(86e3) == approx(84_852.05, abs=0.01)
