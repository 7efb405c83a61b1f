"""The greatest height: forecast while a track climbs, kept once it has passed, revised with the reason."""

import math
from dataclasses import replace

import numpy as np

from bongsu.constants import NS_PER_S
from bongsu.kernels.vertical import apogee_with_sigma
from bongsu.messages.assessment import ApogeePrediction
from bongsu.messages.tracking import HeightsUpdated, Phase
from bongsu.models.telemetry import normal_gravity_mps2, radius_m
from bongsu.stages.forecast.region import HIGH, LOW, MIDDLE, SIGMA_T_TOP, T_TOP
from bongsu.stages.forecast.state import NEVER, Config, Known, Row, Top

Z_90 = 1.6448536269514722  # 95 % point of the normal: plus and minus this holds 90 %


def from_falls(known: Known, row: Row, summary: np.ndarray) -> tuple[Known, list[ApogeePrediction]]:
    """The apogee over a cloud of falls. Descending, it is said only where a later climb would top the one in force."""
    apogee_m = float(summary[MIDDLE])
    is_new_top = known.top.valid_ns != NEVER and apogee_m > known.top.high_m and apogee_m > row.h_m + 1.0
    if row.v_up_mps <= 0.0 and not is_new_top:
        return known, []
    top = Top(
        apogee_m,
        float(summary[LOW]),
        float(summary[HIGH]),
        row.t_ns + round(float(summary[T_TOP]) * NS_PER_S),
        row.t_ns,
        row.phase,
    )
    return _said(known, row.track_id, top, float(summary[SIGMA_T_TOP]))


def from_heights(cfg: Config, known: Known, update: HeightsUpdated, i: int) -> tuple[Known, list[ApogeePrediction]]:
    """The apogee of the coast fitted to heights and speeds; the unknown azimuth, hence Coriolis, widens it."""
    t_ns = update.t_ns[i]
    if not update.is_fitted[i] or update.phase[i] != "coast" or update.ballistic[i][1] <= 0.0:
        return known, []
    lat = next((s.lat_rad for s in cfg.sensors if s.sensor_id == update.sensor_id), 0.0)
    cov, out = np.zeros((3, 3)), np.empty(4)
    below = np.tril_indices(3)
    cov[below] = update.cov_ballistic[i]
    cov.T[below] = update.cov_ballistic[i]
    apogee_with_sigma(np.array(update.ballistic[i]), cov, normal_gravity_mps2(lat), radius_m(lat), out)
    apogee_m, after_s, sigma_m, sigma_s = out.tolist()
    if not all(map(math.isfinite, out.tolist())) or after_s < 0.0:
        return known, []
    climb_m = max(0.0, apogee_m - update.h_m[i])
    sigma_m = math.hypot(sigma_m, cfg.telemetry.sigma_model * climb_m, cfg.telemetry.sigma_floor * apogee_m)
    half_m = Z_90 * sigma_m
    top = Top(apogee_m, apogee_m - half_m, apogee_m + half_m, t_ns + round(after_s * NS_PER_S), t_ns, update.phase[i])
    return _said(known, update.track_id[i], top, math.hypot(sigma_s, cfg.telemetry.sigma_model_s))


def _said(known: Known, track_id: str, top: Top, sigma_t_s: float) -> tuple[Known, list[ApogeePrediction]]:
    said = ApogeePrediction(
        track_id=track_id,
        valid_ns=top.valid_ns,
        apogee_ns=top.apogee_ns,
        apogee_m=top.apogee_m,
        low_m=top.low_m,
        high_m=top.high_m,
        sigma_t_s=sigma_t_s,
        reason=_reason(known.top, top, known.is_after_force),
    )
    return replace(known, top=top, is_after_force=False), [said]


def _reason(before: Top, now: Top, is_after_force: bool) -> str:
    """Why a forecast left the interval of the one before it; empty where it did not."""
    if before.valid_ns == NEVER or before.low_m <= now.apogee_m <= before.high_m:
        return ""
    why = _cause(before.phase, now.phase, is_after_force)
    return f"revised from {before.apogee_m / 1e3:.1f} km to {now.apogee_m / 1e3:.1f} km: {why}"


def _cause(before: Phase, now: Phase, is_after_force: bool) -> str:
    if is_after_force:
        return "a force acted in between"
    if before != now:
        return f"the phase changed from {before} to {now}"
    return "new measurements"
