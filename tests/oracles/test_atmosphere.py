"""kernels.air against the published tables of the U.S. Standard Atmosphere 1976."""

import pytest
from pytest import approx

from bongsu.constants import R_GEOPOTENTIAL_M
from bongsu.kernels import air

# US-1976 table I: geopotential height (km), temperature (K), pressure (Pa), density (kg/m3); the last at 86 km geometric
PUBLISHED = [
    (0.0, 288.15, 101325.0, 1.225),
    (11.0, 216.65, 22632.1, 0.363918),
    (20.0, 216.65, 5474.89, 0.0880348),
    (32.0, 228.65, 868.019, 0.0132250),
    (47.0, 270.65, 110.906, 1.42753e-3),
    (51.0, 270.65, 66.9389, 8.61605e-4),
    (71.0, 214.65, 3.95642, 6.42110e-5),
    (84.852, 186.946, 0.373384, 6.95788e-6),
]

# US-1976 table I above 86 km: geometric height (km), density (kg/m3); the rows that fix the layers, and rows that do not
FIXED = [
    (88, 4.875e-6),
    (100, 5.604e-7),
    (120, 2.222e-8),
    (150, 2.076e-9),
    (200, 2.541e-10),
    (300, 1.916e-11),
    (500, 5.215e-13),
]
BETWEEN = [
    (140, 3.831e-9),
    (160, 1.233e-9),
    (180, 5.194e-10),
    (220, 1.367e-10),
    (280, 2.971e-11),
    (350, 7.014e-12),
    (650, 5.712e-14),
]


@pytest.mark.parametrize(("geo_km", "t_k", "p_pa", "rho_kgpm3"), PUBLISHED)
def test_the_layers_are_those_of_the_standard(geo_km, t_k, p_pa, rho_kgpm3):
    h_m = min(R_GEOPOTENTIAL_M * geo_km * 1e3 / (R_GEOPOTENTIAL_M - geo_km * 1e3), 86e3)
    assert air.temperature_k(h_m) == approx(t_k, abs=5e-4)
    assert air.pressure_pa(h_m) == approx(p_pa, rel=3e-6)
    assert air.density_kgpm3(h_m) == approx(rho_kgpm3, rel=3e-6)


def test_the_height_is_geometric_and_not_geopotential():
    """At 50 km the two differ by 390 m, that is by 5 % of density; 1.0269e-3 kg/m3 is the published row for Z = 50 km."""
    assert air.density_kgpm3(50e3) == approx(1.0269e-3, rel=1e-4)


@pytest.mark.parametrize(("h_km", "rho_kgpm3"), FIXED)
def test_above_86_km_the_density_passes_through_published_rows(h_km, rho_kgpm3):
    assert air.density_kgpm3(h_km * 1e3) == approx(rho_kgpm3, rel=1e-6)


@pytest.mark.parametrize(("h_km", "rho_kgpm3"), BETWEEN)
def test_other_published_rows_are_met_within_one_per_cent(h_km, rho_kgpm3):
    assert air.density_kgpm3(h_km * 1e3) == approx(rho_kgpm3, rel=0.0105)


@pytest.mark.parametrize(
    ("h_km", "rho_kgpm3"), [(750, 1.788e-14), (800, 1.136e-14), (900, 5.759e-15), (950, 4.453e-15)]
)
def test_the_highest_rows_are_met_within_three_per_cent(h_km, rho_kgpm3):
    assert air.density_kgpm3(h_km * 1e3) == approx(rho_kgpm3, rel=0.03)


@pytest.mark.parametrize(("h_m", "sound_mps"), [(0.0, 340.294), (11019.0, 295.070), (50e3, 329.80)])
def test_the_speed_of_sound_is_the_published_one(h_m, sound_mps):
    assert air.sound_speed_mps(h_m) == approx(sound_mps, abs=0.01)
