"""Findings as arrays, for whoever wants to plot or count: one row a state."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bongsu.messages.base import Finding
from bongsu.messages.tracking import TracksUpdated


@dataclass(frozen=True, slots=True)
class TrackArrays:
    """The states of one track in order of their finding."""

    track_id: str
    t_ns: NDArray[np.int64]  # (n,)
    r_ecef_m: NDArray[np.float64]  # (n, 3)
    v_ecef_mps: NDArray[np.float64]  # (n, 3)
    h_m: NDArray[np.float64]  # (n,)
    speed_mps: NDArray[np.float64]  # (n,)
    sigma_pos_m: NDArray[np.float64]  # (n,)
    phase: tuple[str, ...]
    is_confirmed: NDArray[np.bool_]  # (n,)


def tracks_of(findings: Iterable[Finding]) -> dict[str, TrackArrays]:
    """The tracks among some findings, by id, in order of first appearance."""
    rows: dict[str, list[tuple[TracksUpdated, int]]] = {}
    for finding in findings:
        if isinstance(finding, TracksUpdated):
            for i, track_id in enumerate(finding.track_id):
                rows.setdefault(track_id, []).append((finding, i))
    return {track_id: _arrays(track_id, found) for track_id, found in rows.items()}


def _arrays(track_id: str, rows: list[tuple[TracksUpdated, int]]) -> TrackArrays:
    return TrackArrays(
        track_id=track_id,
        t_ns=np.array([f.t_ns[i] for f, i in rows], dtype=np.int64),
        r_ecef_m=np.array([f.r_ecef_m[i] for f, i in rows]),
        v_ecef_mps=np.array([f.v_ecef_mps[i] for f, i in rows]),
        h_m=np.array([f.h_m[i] for f, i in rows]),
        speed_mps=np.array([f.speed_mps[i] for f, i in rows]),
        sigma_pos_m=np.array([f.sigma_pos_m[i] for f, i in rows]),
        phase=tuple(f.phase[i] for f, i in rows),
        is_confirmed=np.array([f.is_confirmed[i] for f, i in rows], dtype=np.bool_),
    )
