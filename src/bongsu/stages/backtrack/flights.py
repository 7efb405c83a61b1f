"""What is kept of each track's powered flight: its plots as rows, thinned and bounded, and what was already said."""

from dataclasses import dataclass, field, replace

import numpy as np

from bongsu.constants import NS_PER_S
from bongsu.messages.assessment import LaunchPointEstimate
from bongsu.models.boost import BoostSettings
from bongsu.stages.backtrack.plots import NO_ROWS, Rows

NEVER = -1


@dataclass(frozen=True, slots=True)
class Arc:
    """An unpowered state: time, position and velocity with more behind them, the lower triangle of the covariance."""

    t_ns: int
    state: tuple[float, ...]
    cov: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Flight:
    """One track. Times of `rows` are seconds since `ref_ns`; instants are NEVER where nothing has happened."""

    track_id: str
    ref_ns: int
    first_h_m: float
    rows: Rows = field(default_factory=lambda: NO_ROWS)
    arcs: tuple[Arc, ...] = ()  # the newest, of a track never seen under power
    n_looks: int = 0
    is_claimed: bool = False  # whether an open event holds the track
    has_burnt: bool = False  # seen under power
    burnout_ns: int = NEVER
    is_final: bool = False  # nothing further will be fitted
    said: tuple[LaunchPointEstimate, ...] = ()  # the newest estimate
    fitted_ns: int = NEVER  # time of the newest plot at the last fit
    fitted_looks: int = 0

    @property
    def is_burnt_out(self) -> bool:
        """Whether its powered flight is known to have ended."""
        return self.burnout_ns != NEVER

    @property
    def newest_ns(self) -> int:
        """The time of its newest plot."""
        if self.arcs:
            return self.arcs[0].t_ns
        return self.ref_ns + round(float(self.rows[:, 0].max()) * NS_PER_S) if self.rows.size else self.ref_ns


def with_rows(settings: BoostSettings, flight: Flight, rows: Rows) -> Flight:
    """`flight` with one more look; a claimed flight keeps an even selection, an idle one its newest plots."""
    kept = np.vstack((flight.rows, rows))
    if not flight.is_claimed:
        kept = kept[-settings.max_rows_idle :]
    elif kept.shape[0] > settings.max_rows:
        kept = thinned(kept)
    return replace(flight, rows=kept, n_looks=flight.n_looks + 1)


def thinned(rows: Rows) -> Rows:
    """Every second look in order of time; the first stays."""
    ordered = rows[np.argsort(rows[:, 0], kind="stable")]
    _, look = np.unique(ordered[:, 0], return_inverse=True)
    kept: Rows = ordered[look % 2 == 0]
    return kept


def usable_rows(settings: BoostSettings, flight: Flight) -> Rows:
    """The rows a fit may use, in order of time: within the span after the first one, and before the burn-out."""
    rows: Rows = flight.rows[np.argsort(flight.rows[:, 0], kind="stable")]
    if rows.shape[0] == 0:
        return rows
    last_s = rows[0, 0] + settings.span_s
    if flight.is_burnt_out:
        last_s = min(last_s, (flight.burnout_ns - flight.ref_ns) / NS_PER_S)
    usable: Rows = rows[rows[:, 0] <= last_s]
    return usable


def is_due(settings: BoostSettings, flight: Flight) -> bool:
    """Whether a fit would be worth its time: at each look while there are few, then every few seconds, and at burn-out."""
    if not flight.is_claimed or flight.is_final or flight.n_looks < 2:
        return False
    if not flight.has_burnt and not flight.arcs:
        return False  # whether it burns or falls is not known, and the two lead back to different places
    if flight.is_burnt_out and not flight.arcs:
        return True
    if flight.n_looks == flight.fitted_looks:
        return False
    return flight.n_looks <= settings.eager_looks or flight.newest_ns - flight.fitted_ns >= settings.refit_s * NS_PER_S
