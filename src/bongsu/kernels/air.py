"""The U.S. Standard Atmosphere 1976 up to 1,000 km, by height above the ellipsoid (taken for height above sea level).

One formula serves all heights. In a layer where the temperature is linear in geopotential height H the density is

    ln rho = ln rho_b - m ln(1 + l d) / l,   d = H - H_b,   l = L / T_b,   m = (g0 / R + L) / T_b

with H_b, T_b, rho_b at the layer's base and L its temperature gradient; l = 0 is the isothermal limit. Below 86 km these
are the layers of the standard itself. Above, where the standard is a table, each layer passes through three of its rows.
"""

import math

import numpy as np

from bongsu.constants import G0_MPS2, GAMMA_AIR, R_GEOPOTENTIAL_M
from bongsu.kernels._jit import inlined, kernel

R_AIR_JPKGPK = 8314.32 / 28.9644  # R* / M0 as in this standard: 287.05307 (ICAO: 287.05287); US-1976 table 2
T0_K, P0_PA = 288.15, 101325.0  # sea level; US-1976 table 2
BASE_M = (0.0, 11e3, 20e3, 32e3, 47e3, 51e3, 71e3)  # geopotential heights where layers begin; US-1976 table 4
GRADIENT_KPM = (-6.5e-3, 0.0, 1.0e-3, 2.8e-3, 0.0, -2.8e-3, -2.0e-3)  # temperature gradients in them; the same
AIR_LOW_M, AIR_JOINT_M, AIR_TOP_M = -10e3, 86e3, 1000e3  # geometric heights: foot, end of the layers, end of the table

# Density above 86 km: for each layer, geometric height (km) and density (kg/m3) of a row inside it and of the row at its
# end; US-1976 table I
UPPER_ROWS = (
    (88, 4.875e-6, 90, 3.416e-6),
    (95, 1.393e-6, 100, 5.604e-7),
    (105, 2.325e-7, 110, 9.708e-8),
    (115, 4.289e-8, 120, 2.222e-8),
    (130, 8.152e-9, 150, 2.076e-9),
    (170, 7.815e-10, 200, 2.541e-10),
    (250, 6.073e-11, 300, 1.916e-11),
    (400, 2.803e-12, 500, 5.215e-13),
    (600, 1.137e-13, 700, 3.070e-14),
    (850, 7.824e-15, 1000, 3.561e-15),
)


@kernel
def geopotential_m(h_m: float) -> float:
    """Geopotential height of a geometric one: H = R0 Z / (R0 + Z), R0 = 6,356,766 m. Source: US-1976 equation (18)."""
    return R_GEOPOTENTIAL_M * h_m / (R_GEOPOTENTIAL_M + h_m)


@inlined
def _fall_of_ln_rho(rise, span, m, l):
    """m ln(1 + l d) / l for d = rise / span, with one division.

    The series of artanh: with s = l d / (2 + l d) it is 2 m d / (2 + l d) (1 + s^2/3 + s^4/5 ... s^10/11). Relative error
    below 1e-10 in the layers of the standard (|s| < 0.15); above 86 km the truncated series is the model.
    """
    part = rise / (2.0 * span + l * rise)
    q = l * part * l * part
    q2 = q * q
    series = (1.0 + 1 / 3 * q) + q2 * ((1 / 5 + 1 / 7 * q) + q2 * (1 / 9 + 1 / 11 * q))
    return 2.0 * m * part * series


@inlined
def _exp(y: float) -> float:
    """exp(y) for -40 < y < 2 without branches: the series of exp(y / 256), squared eight times; error below 1e-10."""
    t = y * (1.0 / 256.0)
    t2 = t * t
    e = (1.0 + t) + t2 * ((1 / 2 + 1 / 6 * t) + t2 * ((1 / 24 + 1 / 120 * t) + t2 * (1 / 720 + 1 / 5040 * t)))
    e *= e
    e *= e
    e *= e
    e *= e
    e *= e
    e *= e
    e *= e
    return e * e


def _lower_layers():
    """(7, 5) rows H_b (m), ln rho_b, m (1/m), l (1/m), P_b (Pa) of the standard's layers, stacked from sea level."""
    rows = np.zeros((len(BASE_M), 5))
    t_k, p_pa = T0_K, P0_PA
    for i, (base_m, slope) in enumerate(zip(BASE_M, GRADIENT_KPM, strict=True)):
        if i > 0:
            before, rise_m = GRADIENT_KPM[i - 1], base_m - BASE_M[i - 1]
            if before == 0.0:
                p_pa *= math.exp(-G0_MPS2 * rise_m / (R_AIR_JPKGPK * t_k))
            else:
                p_pa *= (1.0 + before * rise_m / t_k) ** (-G0_MPS2 / (R_AIR_JPKGPK * before))
                t_k += before * rise_m
        ln_rho = math.log(p_pa / (R_AIR_JPKGPK * t_k))
        rows[i] = base_m, ln_rho, (G0_MPS2 / R_AIR_JPKGPK + slope) / t_k, slope / t_k, p_pa
    return rows


def _through(d_m, fall, end_m, fall_at_end):
    """m and l of the layer whose ln rho falls by `fall` after d_m and by `fall_at_end` after end_m; by bisection on l."""
    low, high = -0.9 / end_m, 9.0 / end_m
    for _ in range(100):  # beyond the last bit of l
        l = 0.5 * (low + high)
        if _fall_of_ln_rho(d_m, 1.0, 1.0, l) / _fall_of_ln_rho(end_m, 1.0, 1.0, l) < fall / fall_at_end:
            low = l
        else:
            high = l
    return fall_at_end / _fall_of_ln_rho(end_m, 1.0, 1.0, l), l


def _all_layers():
    """(18, 4) rows H_b (m), ln rho_b, m (1/m), l (1/m): seven layers of the standard, ten through its table, then vacuum."""
    lower = _lower_layers()[:, :4]
    base_m, ln_rho = float(geopotential_m(AIR_JOINT_M)), lower[-1, 1]
    ln_rho -= _fall_of_ln_rho(base_m - lower[-1, 0], 1.0, lower[-1, 2], lower[-1, 3])
    upper = np.zeros((len(UPPER_ROWS) + 1, 4))
    for i, (middle_km, middle, end_km, end) in enumerate(UPPER_ROWS):
        middle_m, end_m = float(geopotential_m(middle_km * 1e3)), float(geopotential_m(end_km * 1e3))
        m, l = _through(middle_m - base_m, ln_rho - math.log(middle), end_m - base_m, ln_rho - math.log(end))
        upper[i] = base_m, ln_rho, m, l
        base_m, ln_rho = end_m, math.log(end)
    upper[-1] = base_m, -700.0, 0.0, 0.0  # _exp of it is 0
    return np.vstack((lower, upper))


def _flight_layers():
    """(18, 4) rows Z_b (m), ln rho_b, m', l': the same layers for geometric heights.

    H - H_b = R0^2 (Z - Z_b) / ((R0 + Z)(R0 + Z_b)), so m' = m R0^2 / (R0 + Z_b), l' alike, serve d = (Z - Z_b) / (R0 + Z).
    """
    rows = LAYERS.copy()
    rows[:, 0] = R_GEOPOTENTIAL_M * LAYERS[:, 0] / (R_GEOPOTENTIAL_M - LAYERS[:, 0])
    rows[:, 2:] *= R_GEOPOTENTIAL_M - LAYERS[:, :1]  # R0^2 / (R0 + Z_b) = R0 - H_b
    return rows


LAYERS = _all_layers()
N_LAYERS = LAYERS.shape[0]
BASE_P_PA = np.ascontiguousarray(_lower_layers()[:, 4])
FLIGHT_LAYERS = _flight_layers()


@kernel
def _layer(geo_m):
    """Index of the layer that holds a geopotential height; the first one reaches down without end."""
    i = 0
    while i < N_LAYERS - 1 and geo_m >= LAYERS[i + 1, 0]:
        i += 1
    return i


@kernel
def temperature_k(h_m: float) -> float:
    """Molecular-scale temperature at a geometric height: T_b + L (H - H_b); equals the kinetic one below 80 km.

    Domain -10 km to 86 km; NaN outside. Source: US-1976 equation (23).
    """
    if not (AIR_LOW_M <= h_m <= AIR_JOINT_M):
        return np.nan
    geo_m = geopotential_m(h_m)
    i = min(_layer(geo_m), len(BASE_M) - 1)
    base_k = G0_MPS2 / R_AIR_JPKGPK / (LAYERS[i, 2] - LAYERS[i, 3])
    return float(base_k * (1.0 + LAYERS[i, 3] * (geo_m - LAYERS[i, 0])))


@kernel
def pressure_pa(h_m: float) -> float:
    """Pressure at a geometric height: P_b (T_b / T)^(g0 / (R L)), or P_b exp(-g0 (H - H_b) / (R T_b)) where L = 0.

    Domain -10 km to 86 km; NaN outside. Source: US-1976 equations (33a), (33b).
    """
    if not (AIR_LOW_M <= h_m <= AIR_JOINT_M):
        return np.nan
    geo_m = geopotential_m(h_m)
    i = min(_layer(geo_m), len(BASE_M) - 1)
    d_m, m, l = geo_m - LAYERS[i, 0], LAYERS[i, 2] - LAYERS[i, 3], LAYERS[i, 3]
    if l == 0.0:
        return float(BASE_P_PA[i] * math.exp(-m * d_m))
    return float(BASE_P_PA[i] * (1.0 + l * d_m) ** (-m / l))


@kernel
def sound_speed_mps(h_m: float) -> float:
    """Speed of sound sqrt(gamma R T) at a geometric height; -10 km to 86 km, NaN outside. Source: US-1976 eq. (50)."""
    t_k = temperature_k(h_m)
    return math.sqrt(GAMMA_AIR * R_AIR_JPKGPK * t_k) if t_k > 0.0 else np.nan


@inlined
def lane_density_kgpm3(h_m: float) -> float:
    """`density_kgpm3` by selection instead of search, to be built into a loop that shall vectorise."""
    base_m, ln_rho, m, l = FLIGHT_LAYERS[0, 0], FLIGHT_LAYERS[0, 1], FLIGHT_LAYERS[0, 2], FLIGHT_LAYERS[0, 3]
    for i in range(1, N_LAYERS):
        above = h_m >= FLIGHT_LAYERS[i, 0]
        base_m = FLIGHT_LAYERS[i, 0] if above else base_m
        ln_rho = FLIGHT_LAYERS[i, 1] if above else ln_rho
        m = FLIGHT_LAYERS[i, 2] if above else m
        l = FLIGHT_LAYERS[i, 3] if above else l
    return _exp(ln_rho - _fall_of_ln_rho(h_m - base_m, R_GEOPOTENTIAL_M + h_m, m, l))


@kernel
def density_kgpm3(h_m: float) -> float:
    """Density of the air at a geometric height.

    Below 86 km that of the standard's layers, within 1e-9; from 86 to 1,000 km it passes through the rows of UPPER_ROWS,
    within 1 % of the other rows up to 700 km, 3 % above; 0 beyond. Continuous. Below -10 km the lowest layer goes on.
    Source: US-1976 tables 4 and I.
    """
    return lane_density_kgpm3(h_m)
