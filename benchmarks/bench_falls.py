"""How fast do 10,000 unpowered flights reach the ground, beside heyoka's batch integrator, at equal accuracy?

Counted: from arrays of states to arrays of impacts, on one thread, everything compiled before. Not counted: building the
integrators, and finding heyoka's best setting (the fastest of a ladder of tolerances and step limits whose largest impact
error stays below 1 m; Bongsu runs at the one setting it has). heyoka's landed lanes are refilled at once, by a Python loop
that is part of its time: its own ensemble interface stops the whole batch at the first landing.

Two heyoka contenders, because the air costs each differently:
  same air     the eighteen layers of kernels.air by heyoka's select(): the same equations to the last term;
  simple air   one exponential layer, which is cheaper for heyoka and not the same flight: Bongsu still flies the full air.
Rounds are interleaved; ratios are medians of per-round ratios with their spread. A busy machine moves rates, not ratios much.
"""

import math
import sys
import time
from collections.abc import Callable

import heyoka as hy
import numpy as np

from bongsu.constants import A_EARTH_M, B_EARTH_M, GM_EARTH_M3PS2, OMEGA_EARTH_RADPS, R_GEOPOTENTIAL_M
from bongsu.kernels.air import FLIGHT_LAYERS
from bongsu.kernels.earth import C_enu_from_ecef, ecef_from_geodetic
from bongsu.kernels.falls import falls
from bongsu.kernels.forces import EP2_EARTH, J2_K_M2

ROUNDS = 7
N_FLIGHTS = 10_000
N_CHECKED = 256  # flights on which accuracy is measured
T_MAX_S = 9000.0
TOLERANCES = (1e-4, 1e-6, 1e-8, 1e-10)
STEP_LIMITS_S = (0.5, 2.0, 5.0, 10.0, 20.0, 40.0)
# start: height (m), speed (m/s), climb (deg), beta (kg/m2)
FLIGHTS = {"depressed": (60e3, 2400.0, 18.0, 5000.0), "lofted": (100e3, 3400.0, 65.0, 5000.0)}


def cloud(name: str, n: int, seed: int) -> np.ndarray:
    """n states around one flight: 300 m, 10 m/s and 20 % of beta, as (n, 7) with ln beta last."""
    height_m, speed_mps, climb_deg, beta = FLIGHTS[name]
    rng = np.random.default_rng(seed)
    lat_rad, lon_rad, climb_rad = math.radians(40.2), math.radians(125.2), math.radians(climb_deg)
    v_enu = speed_mps * np.array([math.cos(climb_rad), 0.0, math.sin(climb_rad)])
    state = np.concatenate(
        (ecef_from_geodetic(lat_rad, lon_rad, height_m), C_enu_from_ecef(lat_rad, lon_rad).T @ v_enu)
    )
    states = np.empty((n, 7))
    states[:, :6] = state + rng.normal(size=(n, 6)) * np.array([300.0] * 3 + [10.0] * 3)
    states[:, 6] = math.log(beta) + 0.2 * rng.normal(size=n)
    return states


def density(h: hy.expression, layers: np.ndarray) -> hy.expression:
    """The closed form of kernels.air over the given layers: one for the simple air, all of them for the same air."""
    base, ln_rho, m, l = (hy.expression(float(value)) for value in layers[0])
    for row in layers[1:]:
        above = hy.gte(h, float(row[0]))
        base, ln_rho, m, l = (
            hy.select(above, hy.expression(float(new)), old) for new, old in zip(row, (base, ln_rho, m, l), strict=True)
        )
    rise = h - base
    part = rise / (2.0 * (R_GEOPOTENTIAL_M + h) + l * rise)
    q = (l * part) ** 2
    series = 1.0 + q * (1 / 3 + q * (1 / 5 + q * (1 / 7 + q * (1 / 9 + q / 11))))
    return hy.exp(ln_rho - 2.0 * m * part * series)


def equations(layers: np.ndarray) -> tuple[list[tuple[hy.expression, hy.expression]], hy.expression]:
    """The motion of kernels.forces.fall_accel, 1 / beta as parameter 0, and the function that is zero on the ellipsoid."""
    x, y, z, u, v, w = hy.make_vars("x", "y", "z", "u", "v", "w")
    inv_r2 = 1.0 / (x**2 + y**2 + z**2)
    inv_r = hy.sqrt(inv_r2)
    s2 = z**2 * inv_r2
    q = EP2_EARTH * s2
    rho = A_EARTH_M * (1.0 - q * (0.5 - q * (0.375 - q * (0.3125 - q * 0.2734375))))
    h = (1.0 / inv_r - rho) * (1.0 - 0.5 * EP2_EARTH * A_EARTH_M * q * (1.0 - s2) * inv_r)
    d = -0.5 * hy.par[0] * density(h, layers) * hy.sqrt(u**2 + v**2 + w**2)
    g, k, turn = -GM_EARTH_M3PS2 * inv_r2 * inv_r, J2_K_M2 * inv_r2, OMEGA_EARTH_RADPS
    side = g * (1.0 + k * (1.0 - 5.0 * s2)) + turn * turn
    motion = [
        (x, u),
        (y, v),
        (z, w),
        (u, side * x + 2.0 * turn * v + d * u),
        (v, side * y - 2.0 * turn * u + d * v),
        (w, g * (1.0 + k * (3.0 - 5.0 * s2)) * z + d * w),
    ]
    return motion, (x * x + y * y) / A_EARTH_M**2 + z * z / B_EARTH_M**2 - 1.0


def integrator(layers: np.ndarray, tolerance: float) -> hy.taylor_adaptive_batch_dbl:
    """A batch integrator that stops where a lane meets the ellipsoid from above."""
    motion, ground = equations(layers)
    lanes = hy.recommended_simd_size()
    landing = hy.t_event_batch(ground, direction=hy.event_direction.negative)
    zeros = np.zeros((6, lanes)) + 7e6
    return hy.taylor_adaptive_batch(motion, zeros, tol=tolerance, pars=np.zeros((1, lanes)), t_events=[landing])


def heyoka_falls(ta: hy.taylor_adaptive_batch_dbl, step_limit_s: float, states: np.ndarray, out: np.ndarray) -> None:
    """Impacts (n, 3) of every row; a lane that lands takes the next row, and circles far away when none is left."""
    inverse_beta, n = np.exp(-states[:, 6]), len(states)
    owner, next_row, left, t = np.full(ta.batch_size, -1), 0, n, np.zeros(ta.batch_size)

    def fill(lane: int) -> None:
        nonlocal next_row
        owner[lane] = next_row if next_row < n else -1
        if next_row < n:
            ta.state[:, lane], ta.pars[0, lane] = states[next_row, :6], inverse_beta[next_row]
            next_row += 1
        else:
            ta.state[:, lane], ta.pars[0, lane] = (4.2e7, 0.0, 0.0, 0.0, 100.0, 0.0), 0.0

    for lane in range(ta.batch_size):
        fill(lane)
    ta.set_time(t)
    ta.reset_cooldowns()
    while left:
        ta.propagate_until(T_MAX_S, max_delta_t=step_limit_s)
        t = ta.time.copy()
        for lane, result in enumerate(ta.propagate_res):
            if result[0] == hy.taylor_outcome(-1):  # this lane met the ellipsoid; the others were merely interrupted
                if owner[lane] >= 0:
                    out[owner[lane]] = ta.state[:3, lane]
                    left -= 1
                fill(lane)
                ta.reset_cooldowns(lane)
            if result[0] == hy.taylor_outcome(-1) or owner[lane] < 0:
                t[lane] = 0.0
        ta.set_time(t)


def largest_error_m(found: np.ndarray, truth: np.ndarray) -> float:
    """The largest distance between two sets of impacts."""
    return float(np.linalg.norm(found[:, :3] - truth[:, :3], axis=1).max())


def best_setting(layers: np.ndarray, states: np.ndarray, truth: np.ndarray) -> tuple[object, float, float, str]:
    """heyoka's fastest integrator and step limit with every impact within 1 m of the truth."""
    best: tuple[object, float, float, str] = (None, 0.0, math.inf, "none within 1 m")
    for tolerance in TOLERANCES:
        ta = integrator(layers, tolerance)
        for limit_s in STEP_LIMITS_S:
            out = np.full((len(states), 3), np.nan)
            began = time.perf_counter()
            heyoka_falls(ta, limit_s, states, out)
            took_s = time.perf_counter() - began
            error_m = largest_error_m(out, truth)
            if error_m < 1.0 and took_s < best[2]:
                best = (
                    ta,
                    limit_s,
                    took_s,
                    f"tolerance {tolerance:g}, steps <= {limit_s:g} s, largest error {error_m:.2g} m",
                )
    return best


def spread(values: list[float]) -> str:
    """Median and range."""
    return f"{np.median(values):.2f} ({min(values):.2f}-{max(values):.2f})"


def compare(name: str) -> None:
    """One case: settings, accuracy, then interleaved rounds."""
    checked, states = cloud(name, N_CHECKED, 9), cloud(name, N_FLIGHTS, 1)
    simple = np.array([[0.0, math.log(1.225), R_GEOPOTENTIAL_M / 7200.0, 0.0]])
    ours = np.empty((N_CHECKED, 9))
    falls(checked, T_MAX_S, ours)
    runners: dict[str, Callable[[np.ndarray, np.ndarray], None]] = {}
    print(f"\n{name}: flight {ours[:, 3].min():.0f}-{ours[:, 3].max():.0f} s")
    for label, layers in (("same air", FLIGHT_LAYERS), ("simple air", simple)):
        truth = np.full((N_CHECKED, 3), np.nan)
        heyoka_falls(integrator(layers, 1e-15), 0.05, checked, truth)
        if label == "same air":
            print(
                f"  bongsu: largest impact error {largest_error_m(ours, truth):.2g} m (truth: heyoka, 1e-15, steps <= 0.05 s)"
            )
        ta, limit_s, _, what = best_setting(layers, checked, truth)
        print(f"  heyoka, {label}: {what}")
        if ta is not None:
            runners[label] = lambda s, o, ta=ta, limit_s=limit_s: heyoka_falls(ta, limit_s, s, o)
    out, impacts, seconds = (
        np.empty((N_FLIGHTS, 9)),
        np.empty((N_FLIGHTS, 3)),
        {label: [] for label in ("bongsu", *runners)},
    )
    for _ in range(ROUNDS):
        for label in seconds:
            began = time.perf_counter()
            falls(states, T_MAX_S, out) if label == "bongsu" else runners[label](states, impacts)
            seconds[label].append(time.perf_counter() - began)
    print(f"  bongsu {N_FLIGHTS / np.median(seconds['bongsu']):,.0f} flights/s on one thread")
    for label in runners:
        ratios = [theirs / own for theirs, own in zip(seconds[label], seconds["bongsu"], strict=True)]
        print(
            f"  heyoka, {label}: {N_FLIGHTS / np.median(seconds[label]):,.0f} flights/s; bongsu is {spread(ratios)} x as fast"
        )


def main() -> None:
    print(
        f"{N_FLIGHTS} falls, {ROUNDS} interleaved rounds; heyoka {hy.__version__}, {hy.recommended_simd_size()} lanes"
    )
    warm = np.empty((N_CHECKED, 9))
    falls(cloud("lofted", N_CHECKED, 9), T_MAX_S, warm)
    for name in sys.argv[1:] or FLIGHTS:
        compare(name)


if __name__ == "__main__":
    main()
