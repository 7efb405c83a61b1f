"""A vehicle that broke up is judged by the piece nearest to the forecast; one that did not, by itself alone."""

from types import SimpleNamespace

import pytest
from tests.helpers.flights import tables

from bongsu.evaluate.flights import Heard
from bongsu.messages.assessment import ImpactPrediction

FORECAST = ImpactPrediction(
    track_id="T000001", valid_ns=0, impact_ns=1, sigma_impact_s=1.0, lat_rad=0.7, lon_rad=2.3, cov_en_m2=(1e8, 0.0, 1e8),
    zones=(), areas=(), assumption="unpowered", method="cloud", n_samples=16,
)  # fmt: skip


def body(lon_rad):
    return SimpleNamespace(impact=None if lon_rad is None else SimpleNamespace(lat_rad=0.7, lon_rad=lon_rad))


@pytest.mark.parametrize(("kind", "of", "error_km"), [("failed", "nearest piece", 4.88), ("ballistic", "truth", 97.6)])
def test_what_a_forecast_is_held_against(kind, of, error_km):
    flight = SimpleNamespace(kind=kind, bodies=(body(2.32), body(None), body(2.301)))
    found = Heard(flight)._impact_check(tables(), "+10 s", FORECAST)
    assert found.of == of
    assert found.error.error_m / 1e3 == pytest.approx(error_km, rel=0.01)  # on the ellipsoid at 40 degrees north
