"""Fixed normal samples and what a cloud of falls says."""

import math

import numpy as np
import pytest
from scipy.stats import chi2, norm

from bongsu.kernels.cloud import (
    N_SUMMARY,
    cholesky,
    fall_surface,
    fill_normals,
    landing_summary,
    normal_quantile,
    radical_inverse,
    sigma_states,
    spread,
)
from bongsu.kernels.earth import C_enu_from_ecef, ecef_from_geodetic

LAT, LON = 0.7, 2.3


def samples(n: int, d: int) -> np.ndarray:
    z = np.empty((n, d))
    fill_normals(z)
    return z


def table(east_m: np.ndarray, north_m: np.ndarray) -> np.ndarray:
    """Falls around one place, 300 s ahead, apogee growing with the north."""
    r0, C = np.array(ecef_from_geodetic(LAT, LON, 0.0)), C_enu_from_ecef(LAT, LON)
    out = np.zeros((len(east_m), 9))
    out[:, :3] = r0 + np.outer(east_m, C[0]) + np.outer(north_m, C[1])
    out[:, 3], out[:, 4], out[:, 5] = 300.0 + east_m / 1000.0, 100e3 + north_m, 120.0
    return out


@pytest.mark.parametrize("p", [1e-9, 1e-3, 0.02, 0.4, 0.5, 0.77, 0.999, 1.0 - 1e-9])
def test_the_normal_quantile_inverts_the_normal_distribution(p: float) -> None:
    assert normal_quantile(p) == pytest.approx(norm.ppf(p), abs=1e-13, rel=1e-13)


def test_the_normal_quantile_is_infinite_at_the_ends_and_nan_outside() -> None:
    assert (normal_quantile(0.0), normal_quantile(1.0)) == (-math.inf, math.inf)
    assert math.isnan(normal_quantile(-0.1))
    assert math.isnan(normal_quantile(1.1))


def test_the_radical_inverse_mirrors_digits() -> None:
    assert [radical_inverse(i, 2) for i in (1, 2, 3, 4)] == [0.5, 0.25, 0.75, 0.125]
    assert radical_inverse(5, 3) == pytest.approx(2.0 / 3.0 + 1.0 / 9.0)  # 12 in base 3, mirrored 0.21


def test_samples_have_mean_zero_and_unit_covariance() -> None:
    z = samples(256, 7)
    assert np.abs(z.mean(axis=0)).max() < 1e-14
    assert np.abs(np.cov(z.T, bias=True) - np.eye(7)).max() < 1e-12


def test_many_samples_fill_normal_balls_as_they_should() -> None:
    d2 = (samples(2000, 7) ** 2).sum(axis=1)
    for p in (0.5, 0.9):
        assert np.mean(d2 < chi2.ppf(p, 7)) == pytest.approx(p, abs=0.02)


def test_samples_are_the_same_every_time() -> None:
    assert np.array_equal(samples(100, 5), samples(100, 5))


def test_the_factor_times_its_transpose_is_the_matrix() -> None:
    rng = np.random.default_rng(1)
    half = rng.normal(size=(7, 7)) * np.array([1e3, 1e3, 1e3, 10.0, 10.0, 10.0, 0.3])[:, None]
    a, root = half @ half.T, np.empty((7, 7))
    cholesky(a, root)
    assert root @ root.T == pytest.approx(a, rel=1e-10, abs=1e-9)
    assert np.array_equal(np.triu(root, 1), np.zeros((7, 7)))


def test_a_direction_without_spread_gets_none() -> None:
    root = np.empty((3, 3))
    cholesky(np.diag([4.0, 0.0, 9.0]), root)
    assert np.array_equal(root, np.diag([2.0, 0.0, 3.0]))


def test_spread_samples_have_the_mean_and_covariance_asked_for() -> None:
    cov = np.array([[4.0, 1.0], [1.0, 9.0]])
    root, out = np.empty((2, 2)), np.empty((512, 2))
    cholesky(cov, root)
    spread(np.array([10.0, -5.0]), root, samples(512, 2), out)
    assert out.mean(axis=0) == pytest.approx([10.0, -5.0])
    assert np.cov(out.T, bias=True) == pytest.approx(cov)


def test_sigma_states_lie_in_pairs_around_the_mean() -> None:
    out = np.empty((9, 2))
    sigma_states(np.array([1.0, 2.0]), np.array([[2.0, 0.0], [1.0, 3.0]]), 2.0, out)
    first = [[5.0, 4.0], [-3.0, 0.0], [9.0, 6.0], [-7.0, -2.0]]
    assert out.tolist() == [[1.0, 2.0], *first, [1.0, 8.0], [1.0, -4.0], [1.0, 14.0], [1.0, -10.0]]


def test_the_surface_is_exact_for_falls_that_are_quartics() -> None:
    def fall(x: np.ndarray) -> np.ndarray:
        e, n = x[:, 0], x[:, 1]
        return table(3000.0 * e + 500.0 * e**2 - 90.0 * e**3 + 20.0 * e**4, 2000.0 * n + 70.0 * n**3)

    points, z = np.empty((9, 2)), samples(64, 2)
    sigma_states(np.zeros(2), np.eye(2), 1.5, points)
    out = np.empty((64, 9))
    fall_surface(fall(points), 1.5, z, out)
    wanted = fall(z)
    assert out[:, :6] == pytest.approx(wanted[:, :6], abs=1e-6)


def test_the_ellipse_holds_nine_tenths_of_a_normal_cloud_without_stretching() -> None:
    z, out = samples(4000, 2), np.empty(N_SUMMARY)
    landing_summary(table(3000.0 * z[:, 0], 1000.0 * z[:, 1]), out)
    assert out[5] == pytest.approx(1.0, abs=0.03)
    assert (out[0], out[1]) == pytest.approx((LAT, LON), abs=1e-7)
    assert (out[2], out[4]) == pytest.approx((9e6, 1e6), rel=0.04)


def test_the_ellipse_of_a_skewed_cloud_still_holds_nine_tenths() -> None:
    z, out = samples(4000, 2), np.empty(N_SUMMARY)
    east, north = 5000.0 * (np.exp(z[:, 0]) - 1.5), 500.0 * z[:, 1]
    landing_summary(table(east, north), out)
    inverse = np.linalg.inv(np.array([[out[2], out[3]], [out[3], out[4]]]))
    offsets = np.stack((east - east.mean(), north - north.mean()), axis=1)
    d2 = np.einsum("ni,ij,nj->n", offsets, inverse, offsets)
    assert np.mean(d2 <= chi2.ppf(0.9, 2)) == pytest.approx(0.9, abs=0.005)
    assert abs(out[5] - 1.0) > 0.1  # bare moments would not


def test_times_and_apogees_are_summarised() -> None:
    z, out = samples(4000, 2), np.empty(N_SUMMARY)
    landing_summary(table(3000.0 * z[:, 0], 1000.0 * z[:, 1]), out)
    assert (out[6], out[7]) == pytest.approx((300.0, 2.98), abs=0.03)  # 16 to 84 % is 0.994 sigma either way
    assert (out[8], out[9]) == pytest.approx((100e3, 1e3))
    assert (out[12], out[13]) == pytest.approx((100e3 - 1645.0, 100e3 + 1645.0), abs=60.0)
    assert out[15] == 1.0


def test_falls_that_do_not_come_down_are_counted_and_left_out() -> None:
    falls = table(np.linspace(-100.0, 100.0, 10), np.zeros(10))
    falls[::2, 8] = 1.0
    falls[::2, :8] = np.nan
    out = np.empty(N_SUMMARY)
    landing_summary(falls, out)
    assert out[15] == 0.5
    assert np.isfinite(out).all()


def test_a_cloud_that_never_comes_down_says_nothing() -> None:
    falls = np.full((4, 9), np.nan)
    falls[:, 8] = 1.0
    out = np.empty(N_SUMMARY)
    landing_summary(falls, out)
    assert out[15] == 0.0
    assert np.isnan(out[:15]).all()
