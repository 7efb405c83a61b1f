"""What holds for every forecast."""

import math

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.helpers.flights import tables
from tests.helpers.tracked import at, state, update, vector

from bongsu.kernels.cloud import N_SUMMARY, cholesky, fill_normals, landing_summary, spread
from bongsu.kernels.earth import C_enu_from_ecef, ecef_from_geodetic
from bongsu.messages.assessment import FootprintFan, ImpactPrediction
from bongsu.messages.codec import decode_finding, encode
from bongsu.models.areas import Area
from bongsu.models.falls import ForecastSettings
from bongsu.models.hedges import probabilities_of, steady_words, words_for
from bongsu.models.settings import Settings
from bongsu.stages import forecast

SMALL = ForecastSettings(n_cloud=60, n_surface=40, n_pull_up=30, n_paths=16, n_path_points=30)
AREA = Area(area_id="sea", zones=("JPN.eez",), hazards=("fall", "overflight"))
CFG = forecast.configure(Settings(areas=(AREA,), forecast=SMALL), tables())
Z = np.empty((300, 2))
fill_normals(Z)

flying = st.builds(
    state,
    lat_deg=st.floats(30.0, 45.0),
    lon_deg=st.floats(120.0, 145.0),
    h_m=st.floats(20e3, 800e3),
    enu_mps=st.tuples(st.floats(-4000.0, 4000.0), st.floats(-4000.0, 4000.0), st.floats(-2000.0, 5000.0)),
)
phases = st.sampled_from(["boost", "coast", "manoeuvre", "thrust_again", "drag", "level", "undetermined"])
forces = st.tuples(st.floats(-30.0, 30.0), st.floats(-30.0, 30.0), st.floats(-30.0, 30.0))


@settings(max_examples=40)
@given(x=flying, phase=phases, force=forces)
def test_whatever_is_said_can_be_written_and_lies_ahead(x: np.ndarray, phase: str, force: tuple[float, ...]) -> None:
    _, said = forecast.step(CFG, forecast.start(CFG), update(x, 100.0, phase, force=vector(39.0, 130.0, force)))
    for finding in said:
        assert decode_finding(encode(finding)) == finding
        if isinstance(finding, ImpactPrediction):
            assert finding.impact_ns >= at(100.0)
            east, cross, north = finding.cov_en_m2
            assert east * north > cross * cross
            assert finding.zones == tuple(sorted(finding.zones))


@settings(max_examples=40)
@given(x=flying, phases_seen=st.lists(phases, min_size=1, max_size=4))
def test_an_impact_is_never_forecast_while_power_is_on(x: np.ndarray, phases_seen: list[str]) -> None:
    kept = forecast.start(CFG)
    for k, phase in enumerate(phases_seen):
        kept, said = forecast.step(
            CFG, kept, update(x, 100.0 + 3.0 * k, phase, force=vector(39.0, 130.0, (20.0, 0.0, 10.0)))
        )
        has_impact = any(isinstance(f, ImpactPrediction) for f in said)
        has_fan = any(isinstance(f, FootprintFan) for f in said)
        assert not (has_impact and phase in ("boost", "thrust_again"))
        assert not (has_fan and phase not in ("boost", "thrust_again"))
        assert not (said and phase in ("level", "undetermined"))


@settings(max_examples=25)
@given(x=flying, seed=st.integers(0, 3))
def test_the_other_tracks_of_a_scan_never_change_a_forecast(x: np.ndarray, seed: int) -> None:
    y = state(35.0 + seed, 128.0, 150e3, (1000.0, -500.0, 800.0))
    one = update(x, 100.0)
    kept, _ = forecast.step(CFG, forecast.start(CFG), update(y, 99.0, track_id="T000009"))
    assert forecast.step(CFG, kept, one)[1] == forecast.step(CFG, forecast.start(CFG), one)[1]


@given(
    sigma_east_m=st.floats(200.0, 100e3),
    sigma_north_m=st.floats(200.0, 100e3),
    rho=st.floats(-0.95, 0.95),
    skew=st.floats(0.0, 1.0),
)
def test_the_region_of_any_cloud_holds_nine_tenths_of_it(
    sigma_east_m: float, sigma_north_m: float, rho: float, skew: float
) -> None:
    cov = np.array([[sigma_east_m**2, rho * sigma_east_m * sigma_north_m], [0.0, sigma_north_m**2]])
    cov[1, 0] = cov[0, 1]
    root, flat = np.empty((2, 2)), np.empty((len(Z), 2))
    cholesky(cov, root)
    spread(np.zeros(2), root, Z, flat)
    flat[:, 0] += skew * flat[:, 0] ** 2 / sigma_east_m
    r0, C = np.array(ecef_from_geodetic(0.7, 2.3, 0.0)), C_enu_from_ecef(0.7, 2.3)
    falls = np.zeros((len(Z), 9))
    falls[:, :3] = r0 + np.outer(flat[:, 0], C[0]) + np.outer(flat[:, 1], C[1])
    out = np.empty(N_SUMMARY)
    landing_summary(falls, out)
    there = C_enu_from_ecef(out[0], out[1])
    offsets = (falls[:, :3] - falls[:, :3].mean(axis=0)) @ there[:2].T
    inverse = np.linalg.inv(np.array([[out[2], out[3]], [out[3], out[4]]]))
    d2 = np.einsum("ni,ij,nj->n", offsets, inverse, offsets)
    assert abs(float(np.mean(d2 <= -2.0 * math.log(0.1))) - 0.9) < 0.01


@given(p=st.floats(0.0, 1.0), before=st.floats(0.0, 1.0), margin=st.floats(0.0, 0.02))
def test_steady_words_are_never_further_off_than_the_margin(p: float, before: float, margin: float) -> None:
    low, high = probabilities_of(steady_words(p, words_for(before), margin))
    assert low - margin <= p <= high + margin
