"""Tracks as the tracker would report them, made of one state each: for tests of the stages that listen to it."""

import numpy as np

from bongsu.constants import NS_PER_S
from bongsu.kernels.earth import C_enu_from_ecef, ecef_from_geodetic
from bongsu.messages.tracking import Phase, TracksUpdated

T0_NS = 1_500_000_000 * NS_PER_S
LN_BETA = 8.5  # 4,900 kg/m^2


def at(t_s: float) -> int:
    """Nanoseconds of a time after T0."""
    return T0_NS + round(t_s * NS_PER_S)


def state(lat_deg: float, lon_deg: float, h_m: float, enu_mps: tuple[float, float, float]) -> np.ndarray:
    """Position and velocity, ECEF (6,), of a place and a velocity east, north, up."""
    lat, lon = np.radians(lat_deg), np.radians(lon_deg)
    r = np.array(ecef_from_geodetic(lat, lon, h_m))
    return np.concatenate((r, _turned(lat, lon, enu_mps)))


def vector(lat_deg: float, lon_deg: float, enu: tuple[float, float, float]) -> tuple[float, float, float]:
    """A vector east, north, up in ECEF."""
    x, y, z = _turned(np.radians(lat_deg), np.radians(lon_deg), enu).tolist()
    return x, y, z


def _turned(lat: float, lon: float, enu: tuple[float, float, float]) -> np.ndarray:
    C = C_enu_from_ecef(lat, lon)
    return np.array([sum(float(C[row, k]) * enu[row] for row in range(3)) for k in range(3)])


def covariance(sigma_r_m: float, sigma_v_mps: float, sigma_ln_beta: float) -> tuple[float, ...]:
    """The 28 entries of a diagonal covariance's lower triangle."""
    full = np.diag([sigma_r_m**2] * 3 + [sigma_v_mps**2] * 3 + [sigma_ln_beta**2])
    return tuple(full[np.tril_indices(7)].tolist())


def update(
    x: np.ndarray,
    t_s: float,
    phase: Phase = "coast",
    *,
    h_m: float = 100e3,
    sigmas: tuple[float, float, float] = (50.0, 2.0, 0.3),
    force: tuple[float, float, float] = (0.0, 0.0, 0.0),
    plot: int = 0,
    track_id: str = "T000001",
    is_confirmed: bool = True,
) -> TracksUpdated:
    """One track in one scan, its unpowered state equal to the combined one."""
    r, v = (tuple(part.tolist()) for part in (x[:3], x[3:6]))
    return TracksUpdated(
        sensor_id="radar-1",
        scan_id=f"s{round(t_s * 1000)}",
        valid_ns=at(t_s),
        track_id=(track_id,),
        t_ns=(at(t_s),),
        phase=(phase,),
        is_confirmed=(is_confirmed,),
        r_ecef_m=(r,),
        v_ecef_mps=(v,),
        h_m=(h_m,),
        speed_mps=(float(np.sqrt((x[3:6] ** 2).sum())),),
        sigma_pos_m=(sigmas[0] * 3**0.5,),
        force_ecef_mps2=(force,),
        p_powered=(1.0 if phase == "boost" else 0.0,),
        p_coast=(0.0 if phase in ("boost", "level") else 1.0,),
        p_level=(1.0 if phase == "level" else 0.0,),
        ballistic=((*r, *v, LN_BETA),),
        cov_ballistic=(covariance(*sigmas),),
        plot=(plot,),
        n_plots=(10,),
        nis=(3.0,),
    )
