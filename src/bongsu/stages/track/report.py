"""One message of columns for the tracks that a scan changed."""

import numpy as np

from bongsu.kernels.motions import COAST, LEVEL, POWERED, summarise
from bongsu.messages.inputs import Scan
from bongsu.messages.tracking import TracksUpdated
from bongsu.stages.track.bank import NONE, Bank, Floats, class_p, rows, track_ids
from bongsu.stages.track.config import Config
from bongsu.stages.track.gate import Touched
from bongsu.stages.track.phase import phases

BALLISTIC = np.array((0, 1, 2, 3, 4, 5, 9))  # of the ten-state: position, velocity, ln beta
LOWER = np.tril_indices(7)


def report(cfg: Config, bank: Bank, touched: Touched, scan: Scan) -> list[TracksUpdated]:
    """The changed tracks of one scan, or nothing."""
    changed = np.flatnonzero(touched.is_changed)
    if not len(changed):
        return []
    own = rows(bank, changed)
    n = len(changed)
    r, v, sigma, h = np.empty((n, 3)), np.empty((n, 3)), np.empty(n), np.empty(n)
    summarise(own.states, r, v, sigma, h)
    x_ballistic, P_ballistic = ballistic(cfg, own)
    p = np.clip(class_p(own.p), 0.0, 1.0)
    return [
        TracksUpdated(
            sensor_id=scan.sensor_id,
            scan_id=scan.scan_id,
            valid_ns=scan.valid_ns,
            track_id=tuple(track_ids(own)),
            t_ns=tuple(own.t_ns.tolist()),
            phase=tuple(phases(cfg, bank, changed, h)),
            is_confirmed=tuple(own.is_confirmed.tolist()),
            r_ecef_m=_tuples(r),
            v_ecef_mps=_tuples(v),
            h_m=tuple(h.tolist()),
            speed_mps=tuple(np.sqrt((v**2).sum(axis=1)).tolist()),
            sigma_pos_m=tuple(sigma.tolist()),
            force_ecef_mps2=_tuples(own.x[:, POWERED, 6:9]),
            p_powered=tuple(p[:, POWERED].tolist()),
            p_coast=tuple(p[:, COAST].tolist()),
            p_level=tuple(p[:, LEVEL].tolist()),
            ballistic=_tuples(x_ballistic),
            cov_ballistic=_tuples(P_ballistic[:, LOWER[0], LOWER[1]]),
            plot=tuple(touched.row[changed].tolist()),
            n_plots=tuple(own.n_plots.tolist()),
            nis=tuple(touched.nis[changed].tolist()),
        )
    ]


def _tuples(a: Floats) -> tuple:  # type: ignore[type-arg]
    """Rows of an array as tuples of numbers."""
    return tuple(map(tuple, a.tolist()))


def ballistic(cfg: Config, bank: Bank) -> tuple[Floats, Floats]:
    """State (n, 7) and covariance (n, 7, 7) of each track as a falling body.

    In boost, and before anything is decided if power is likelier, it is where the fall would begin if the burn ended now:
    position and velocity of the powered motion, ln beta at its prior, as what has burnt out is not what burns.
    """
    is_burning = ~bank.has_coasted & (bank.motion != LEVEL)
    is_burning &= (bank.motion == POWERED) | ((bank.motion == NONE) & (bank.p[:, POWERED] > bank.p[:, COAST]))
    source = np.where(is_burning, POWERED, COAST)
    every = np.arange(len(source))
    x = bank.x[every, source][:, BALLISTIC]
    P = bank.P[every, source][:, BALLISTIC[:, None], BALLISTIC]
    x[is_burning, 6] = cfg.motion.ln_beta
    P[is_burning, 6, :] = 0.0
    P[is_burning, :, 6] = 0.0
    P[is_burning, 6, 6] = cfg.motion.sigma_ln_beta**2
    return x, P
