"""Of flights of another set of equations of motion, printed as governments print them, nine regions and nine times in ten hold.

Range and apogee err by 3 % and are rounded to 50 or 100 km and to 10 or 50, azimuth by about a degree and to 5: the errors
believed. What is counted is whether the answer is as wide as its figures make it, neither more nor less.
"""

import math
from pathlib import Path

import msgspec
import numpy as np
import pytest
from tests.helpers import statements

from bongsu.evaluate.binomial import fraction
from bongsu.geo import frames
from bongsu.models.classes import minimum_energy_apogee_m
from bongsu.models.reconstruct import ReconstructSettings
from bongsu.run import reconstruct as command
from bongsu.sim.scenario import Scenario, StageSpec, load
from bongsu.sim.truth import Flight, fly

N_RUNS = 40
SCENARIO = Path(__file__).parents[2] / "scenarios" / "overflight-2017-08-29.toml"
CHI2_90 = -2.0 * math.log(0.1)


def flight(base: Scenario, rng: np.random.Generator, seed: int) -> Flight:
    """A fall of 250 to 3,500 km, plain to lofted, with a boost as long as such flights have, give or take 40 %."""
    range_m = math.exp(rng.uniform(math.log(250e3), math.log(3500e3)))
    least_m = minimum_energy_apogee_m(range_m)
    apogee_m = least_m * math.exp(rng.uniform(math.log(0.8), math.log(min(6.0, 4500e3 / least_m))))
    burn_s = rng.uniform(0.7, 1.4) * (50.0 + 5e-6 * 9.8 * (apogee_m + range_m))
    stages = (StageSpec(burn_s=(burn_s, burn_s)),)
    if burn_s > 180.0:
        half = (0.5 * burn_s, 0.5 * burn_s)
        stages = (StageSpec(burn_s=half, gap_s=(2.0, 2.0)), StageSpec(burn_s=half))
    azimuth = rng.uniform(1.0, 1.7)
    spec = msgspec.structs.replace(
        base.flight,
        range_m=(range_m, range_m),
        apogee_m=(apogee_m, apogee_m),
        stage=stages,
        azimuth_rad=(azimuth, azimuth),
    )
    return fly(msgspec.structs.replace(base, flight=spec), seed)


def printed(value: float, share: float, step: float, rng: np.random.Generator) -> float:
    """A figure as somebody measured and rounded it."""
    return step * round(value * (1.0 + share * rng.normal()) / step)


@pytest.mark.slow
def test_regions_and_times_hold_the_truth_in_nine_flights_of_ten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "FINE", ReconstructSettings())
    base, rng = load(SCENARIO), np.random.default_rng(5)
    n_places = n_times = 0
    for seed in range(1, N_RUNS + 1):
        truth = flight(base, rng, seed)
        site = (truth.launch_lat_rad, truth.launch_lon_rad)
        azimuth = frames.azimuth_rad(*site, truth.impact.lat_rad, truth.impact.lon_rad)
        found = command.reconstruct(
            (math.degrees(site[0]), math.degrees(site[1])),
            range_km=printed(truth.range_m / 1e3, 0.03, 50.0 if truth.range_m < 1e6 else 100.0, rng),
            apogee_km=printed(truth.apogee_m / 1e3, 0.03, 10.0 if truth.apogee_m < 5e5 else 50.0, rng),
            azimuth_deg=5.0 * round((math.degrees(azimuth) + 1.15 * rng.normal()) / 5.0),
        )
        lat, lon, (ee, en, nn) = statements.together(found)
        e, n = (truth.impact.lon_rad - lon) * math.cos(lat) * 6.371e6, (truth.impact.lat_rad - lat) * 6.371e6
        n_places += (nn * e * e - 2.0 * en * e * n + ee * n * n) / (ee * nn - en * en) <= CHI2_90
        n_times += found.flight_time_low_s <= truth.flight_time_s <= found.flight_time_high_s
    for counted in (fraction(n_places, N_RUNS), fraction(n_times, N_RUNS)):
        assert counted.holds(0.9), (n_places, n_times)
