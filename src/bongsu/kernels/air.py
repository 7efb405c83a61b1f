"""The U.S. Standard Atmosphere 1976 up to 1,000 km, by height above the ellipsoid (taken for height above sea level)."""

import math

import numpy as np

from bongsu.constants import G0_MPS2, GAMMA_AIR, R_GEOPOTENTIAL_M
from bongsu.kernels._jit import inlined, kernel

# Layers below 86 km: base geopotential height, and the gradient of the molecular-scale temperature above it; US-1976 table 4
LAYER_H_M = np.array((0.0, 11e3, 20e3, 32e3, 47e3, 51e3, 71e3, 84852.0))
LAYER_GRADIENT_KPM = np.array((-6.5e-3, 0.0, 1.0e-3, 2.8e-3, 0.0, -2.8e-3, -2.0e-3, 0.0))
R_AIR_JPKGPK = (
    8314.32 / 28.9644
)  # R* / M0 of this standard, 287.05307 (the ICAO atmosphere has 287.05287); US-1976 table 2
T0_K, P0_PA = 288.15, 101325.0  # sea level; US-1976 table 2
AIR_LOW_M, AIR_JOINT_M, AIR_TOP_M = (
    -10e3,
    86e3,
    1000e3,
)  # geometric heights: lowest tabulated, where the layers end, last row

# Density above 86 km: geometric height (km) and density (kg/m3); US-1976 table I
UPPER_AIR = np.array((
    (88, 4.875e-6), (90, 3.416e-6), (95, 1.393e-6), (100, 5.604e-7), (105, 2.325e-7), (110, 9.708e-8), (115, 4.289e-8),
    (120, 2.222e-8), (125, 1.291e-8), (130, 8.152e-9), (140, 3.831e-9), (150, 2.076e-9), (160, 1.233e-9), (170, 7.815e-10),
    (180, 5.194e-10), (190, 3.581e-10), (200, 2.541e-10), (210, 1.846e-10), (220, 1.367e-10), (230, 1.029e-10),
    (240, 7.858e-11), (250, 6.073e-11), (260, 4.742e-11), (270, 3.738e-11), (280, 2.971e-11), (290, 2.378e-11),
    (300, 1.916e-11), (350, 7.014e-12), (400, 2.803e-12), (450, 1.184e-12), (500, 5.215e-13), (550, 2.384e-13),
    (600, 1.137e-13), (650, 5.712e-14), (700, 3.070e-14), (750, 1.788e-14), (800, 1.136e-14), (850, 7.824e-15),
    (900, 5.759e-15), (950, 4.453e-15), (1000, 3.561e-15),
))  # fmt: skip


def _layer_bases():
    """Temperature (K) and pressure (Pa) at the base of each layer, by stacking the hydrostatic layers upwards."""
    t_k, p_pa = np.full(LAYER_H_M.size, T0_K), np.full(LAYER_H_M.size, P0_PA)
    for i in range(1, LAYER_H_M.size):
        rise_m, slope = LAYER_H_M[i] - LAYER_H_M[i - 1], LAYER_GRADIENT_KPM[i - 1]
        t_k[i] = t_k[i - 1] + slope * rise_m
        if slope == 0.0:
            p_pa[i] = p_pa[i - 1] * math.exp(-G0_MPS2 * rise_m / (R_AIR_JPKGPK * t_k[i]))
        else:
            p_pa[i] = p_pa[i - 1] * (t_k[i] / t_k[i - 1]) ** (-G0_MPS2 / (R_AIR_JPKGPK * slope))
    return t_k, p_pa


LAYER_T_K, LAYER_P_PA = _layer_bases()


@kernel
def geopotential_m(h_m) -> float:
    """Geopotential height of a geometric one: H = R0 Z / (R0 + Z), R0 = 6,356,766 m. Source: US-1976 equation (18)."""
    return R_GEOPOTENTIAL_M * h_m / (R_GEOPOTENTIAL_M + h_m)


@kernel
def _layer(geo_m):
    """Index of the layer of a geopotential height."""
    i = 0
    while i < LAYER_H_M.size - 1 and geo_m >= LAYER_H_M[i + 1]:
        i += 1
    return i


@kernel
def temperature_k(h_m) -> float:
    """Molecular-scale temperature at a geometric height: T_b + L (H - H_b); equals the kinetic one below 80 km.

    Domain -10 km to 86 km; NaN outside. Source: US-1976 equation (23).
    """
    if not (AIR_LOW_M <= h_m <= AIR_JOINT_M):
        return np.nan
    geo_m = geopotential_m(h_m)
    i = _layer(geo_m)
    return LAYER_T_K[i] + LAYER_GRADIENT_KPM[i] * (geo_m - LAYER_H_M[i])


@kernel
def pressure_pa(h_m) -> float:
    """Pressure at a geometric height: P_b (T_b / T)^(g0 / (R L)), or P_b exp(-g0 (H - H_b) / (R T_b)) where L = 0.

    Domain -10 km to 86 km; NaN outside. Source: US-1976 equations (33a), (33b).
    """
    if not (AIR_LOW_M <= h_m <= AIR_JOINT_M):
        return np.nan
    geo_m = geopotential_m(h_m)
    i = _layer(geo_m)
    rise_m = geo_m - LAYER_H_M[i]
    if LAYER_GRADIENT_KPM[i] == 0.0:
        return LAYER_P_PA[i] * math.exp(-G0_MPS2 * rise_m / (R_AIR_JPKGPK * LAYER_T_K[i]))
    ratio = 1.0 + LAYER_GRADIENT_KPM[i] * rise_m / LAYER_T_K[i]
    return LAYER_P_PA[i] * ratio ** (-G0_MPS2 / (R_AIR_JPKGPK * LAYER_GRADIENT_KPM[i]))


@kernel
def sound_speed_mps(h_m) -> float:
    """Speed of sound sqrt(gamma R T) at a geometric height; -10 km to 86 km, NaN outside. Source: US-1976 equation (50)."""
    t_k = temperature_k(h_m)
    return math.sqrt(GAMMA_AIR * R_AIR_JPKGPK * t_k) if t_k > 0.0 else np.nan


def _upper_spline():
    """Cubic spline of ln rho over the rows above 86 km: knots (m), values, and slopes (1/m) at the knots.

    Twice continuously differentiable; its slope at 86 km is that of the layer below, at 1,000 km that of the last two rows.
    """
    foot = LAYER_P_PA[-1] / (R_AIR_JPKGPK * LAYER_T_K[-1])
    x = np.concatenate(((AIR_JOINT_M,), UPPER_AIR[:, 0] * 1e3))
    y = np.log(np.concatenate(((foot,), UPPER_AIR[:, 1])))
    dx, slope = np.diff(x), np.diff(y) / np.diff(x)
    per_geo = -(G0_MPS2 / R_AIR_JPKGPK + LAYER_GRADIENT_KPM[-2]) / LAYER_T_K[-1]
    s = np.empty(x.size)
    s[0], s[-1] = per_geo * (R_GEOPOTENTIAL_M / (R_GEOPOTENTIAL_M + AIR_JOINT_M)) ** 2, slope[-1]
    upper, right = np.zeros(x.size), np.zeros(x.size)
    right[0] = s[0]
    for i in range(1, x.size - 1):  # forward sweep of the tridiagonal system
        pivot = 2.0 * (dx[i - 1] + dx[i]) - dx[i] * upper[i - 1]
        upper[i] = dx[i - 1] / pivot
        right[i] = (3.0 * (dx[i] * slope[i - 1] + dx[i - 1] * slope[i]) - dx[i] * right[i - 1]) / pivot
    for i in range(x.size - 2, 0, -1):
        s[i] = right[i] - upper[i] * s[i + 1]
    return x, y, s


UPPER_H_M, UPPER_LN_RHO, UPPER_SLOPE_PM = _upper_spline()


@kernel
def _upper_density_kgpm3(h_m):
    """Density between 86 and 1,000 km: exp of the cubic spline of ln rho."""
    low, high = 0, UPPER_H_M.size - 1
    while high - low > 1:
        middle = (low + high) // 2
        if h_m >= UPPER_H_M[middle]:
            low = middle
        else:
            high = middle
    d_m = UPPER_H_M[high] - UPPER_H_M[low]
    t = (h_m - UPPER_H_M[low]) / d_m
    u = 1.0 - t
    ends = u * u * (1.0 + 2.0 * t) * UPPER_LN_RHO[low] + t * t * (1.0 + 2.0 * u) * UPPER_LN_RHO[high]
    return math.exp(ends + d_m * t * u * (u * UPPER_SLOPE_PM[low] - t * UPPER_SLOPE_PM[high]))


@kernel
def density_kgpm3(h_m) -> float:
    """Density of the air at a geometric height.

    Below 86 km P / (R T) of the layers; from 86 to 1,000 km a smooth interpolation of ln rho through the published rows (at the
    rows within their four digits, between them within 1 %); 0 above. NaN below -10 km. Source: US-1976 table 4 and table I.
    """
    if h_m > AIR_TOP_M:
        return 0.0
    if h_m > AIR_JOINT_M:
        return _upper_density_kgpm3(h_m)
    return pressure_pa(h_m) / (R_AIR_JPKGPK * temperature_k(h_m))


# The same density for flight, without branches: a cubic in each cell of 500 m of geopotential height. The layers' edges fall on
# cell edges, so that the kinks of the standard are kept. Relative error below 3e-7, and 3e-5 in the one cell that holds 86 km.
CELL_M = 500.0
CELLS_BELOW_SEA = 20  # the first cell starts at -10 km


def _flight_cells():
    """(n, 4) coefficients c of rho = c0 + c1 t + c2 t^2 + c3 t^3 in each cell, t in [0, 1); the last row is vacuum."""
    top_m = R_GEOPOTENTIAL_M * AIR_TOP_M / (R_GEOPOTENTIAL_M + AIR_TOP_M)
    n = int(top_m / CELL_M) + CELLS_BELOW_SEA + 1
    cells = np.zeros((n + 1, 4))
    for i in range(n):
        geo_m = (i - CELLS_BELOW_SEA + np.arange(4.0) / 3.0) * CELL_M
        geo_m[0], geo_m[3] = geo_m[0] + 1e-6, geo_m[3] - 1e-6  # just inside: both ends belong to this layer
        at_m = np.minimum(np.maximum(R_GEOPOTENTIAL_M * geo_m / (R_GEOPOTENTIAL_M - geo_m), AIR_LOW_M), AIR_TOP_M)
        r0, r1, r2, r3 = (density_kgpm3(float(h)) for h in at_m)
        c1, c2 = (-11 * r0 + 18 * r1 - 9 * r2 + 2 * r3) / 2, (18 * r0 - 45 * r1 + 36 * r2 - 9 * r3) / 2
        cells[i] = r0, c1, c2, r3 - r0 - c1 - c2
    return cells


FLIGHT_CELLS = _flight_cells()
LAST_CELL = FLIGHT_CELLS.shape[0] - 1


@inlined
def flight_density_kgpm3(h_m) -> float:
    """`density_kgpm3` from the table of cubics, relative error below 3e-7 (3e-5 at 86 km); no more than a guess below -10 km."""
    u = (R_GEOPOTENTIAL_M / CELL_M) * h_m / (R_GEOPOTENTIAL_M + h_m) + CELLS_BELOW_SEA
    i = int(min(u, LAST_CELL)) if u > 0.0 else 0
    t = u - i
    return FLIGHT_CELLS[i, 0] + t * (FLIGHT_CELLS[i, 1] + t * (FLIGHT_CELLS[i, 2] + t * FLIGHT_CELLS[i, 3]))
