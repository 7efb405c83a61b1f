"""The 90 % region holds the truth in 90 % of the flights, if the track's covariance is honest: the forecast adds no
error of its own.

Truth is drawn from the estimate's own normal and flown by the reference kernel; what is counted is the region alone.
Whether tracks are honest is counted elsewhere, over whole simulated flights.
"""

import math

import numpy as np
import pytest
from tests.helpers.flights import tables
from tests.helpers.tracked import state, update

from bongsu.evaluate.binomial import fraction
from bongsu.kernels.earth import ecef_from_geodetic, enu_from_ecef
from bongsu.kernels.flight import falls
from bongsu.messages.assessment import ApogeePrediction, ImpactPrediction
from bongsu.models.falls import ForecastSettings
from bongsu.models.settings import Settings
from bongsu.stages import forecast

N_RUNS = 300
CFG = forecast.configure(Settings(forecast=ForecastSettings(n_cloud=1_000, n_surface=500)), tables())
CHI2_90 = -2.0 * math.log(0.1)
FLIGHTS = {  # latitude, longitude, height, velocity east, north, up
    "lofted": (40.6, 126.5, 150e3, (400.0, 100.0, 5600.0)),
    "overflight": (39.2, 126.5, 120e3, (3900.0, 800.0, 2200.0)),
    "short": (40.2, 126.0, 60e3, (1400.0, 100.0, 700.0)),
}
SPREADS = {"at burn-out": (200.0, 20.0, 0.7), "well tracked": (30.0, 1.0, 0.5)}


def draw(rng: np.random.Generator, x: np.ndarray, sigmas: tuple[float, float, float]) -> tuple[np.ndarray, np.ndarray]:
    """An estimate around a truth: the estimate's state and ln beta error, and where the truth comes down (ECEF,
    seconds).
    """
    spread = np.array([sigmas[0]] * 3 + [sigmas[1]] * 3)
    guess = x + rng.normal(size=6) * spread
    truth = np.append(x, 8.5 + rng.normal() * sigmas[2])
    out = np.empty((1, 9))
    falls(truth.reshape(1, 7), 5400.0, out)
    return guess, out[0, :3]


def is_inside(p: ImpactPrediction, impact: np.ndarray) -> bool:
    at = np.array(ecef_from_geodetic(p.lat_rad, p.lon_rad, 0.0))
    e, n, _ = enu_from_ecef(*(impact - at), p.lat_rad, p.lon_rad)
    ee, en, nn = p.cov_en_m2
    return (nn * e * e - 2.0 * en * e * n + ee * n * n) / (ee * nn - en * en) <= CHI2_90


@pytest.mark.slow
@pytest.mark.parametrize("spread", SPREADS)
@pytest.mark.parametrize("name", FLIGHTS)
def test_the_region_holds_the_truth_in_nine_flights_of_ten(name: str, spread: str) -> None:
    rng = np.random.default_rng(20170728)
    lat, lon, h, enu = FLIGHTS[name]
    x, sigmas = state(lat, lon, h, enu), SPREADS[spread]
    held = {"cloud": 0, "sigma_points": 0}
    for _ in range(N_RUNS):
        guess, impact = draw(rng, x, sigmas)
        kept = forecast.start(CFG)
        for t_s in (100.0, 100.1):
            kept, said = forecast.step(CFG, kept, update(guess, t_s, h_m=h, sigmas=sigmas))
            p = next(f for f in said if isinstance(f, ImpactPrediction))
            held[p.method] += is_inside(p, impact)
    for method, k in held.items():
        assert fraction(k, N_RUNS).holds(0.9), f"{method}: {k} of {N_RUNS}"


@pytest.mark.slow
def test_the_apogee_interval_holds_the_truth_in_nine_flights_of_ten() -> None:
    rng = np.random.default_rng(20170829)
    lat, lon, h, enu = FLIGHTS["overflight"]
    x, sigmas = state(lat, lon, h, enu), SPREADS["at burn-out"]
    out, held = np.empty((1, 9)), 0
    falls(np.append(x, 8.5).reshape(1, 7), 5400.0, out)
    for _ in range(N_RUNS):
        guess, _ = draw(rng, x, sigmas)
        _, said = forecast.step(CFG, forecast.start(CFG), update(guess, 100.0, h_m=h, sigmas=sigmas))
        top = next(f for f in said if isinstance(f, ApogeePrediction))
        held += top.low_m <= out[0, 4] <= top.high_m
    assert fraction(held, N_RUNS).holds(0.9), f"{held} of {N_RUNS}"
