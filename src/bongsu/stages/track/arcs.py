"""Lines of sight of one station that follow one another across the sky: an arc. Bounded in rows, age and number."""

import math
from dataclasses import dataclass, replace

import numpy as np

from bongsu.constants import NS_PER_S
from bongsu.models.sightlines import SightlineSettings
from bongsu.stages.track.bank import Floats, Ints
from bongsu.stages.track.measure import Plots, Rejected, count

PLACE, SIGHT, SIGMA = slice(0, 3), slice(3, 6), 6  # columns of a row
RECENT = 8  # rows from which the next line of sight is foreseen
LOOSE = 0  # the path of an arc that belongs to none


@dataclass(frozen=True, slots=True)
class Arc:
    """One station's lines of sight in order of time, as stamped by its clock."""

    sensor: int
    t_ns: Ints  # (k,)
    rows: Floats  # (k, 7) station's place, unit line of sight, sigma (rad)
    heard_ns: int  # when the last came in
    n_plots: int = 1  # taken in all, thinned ones included
    path: int = LOOSE  # number of the path it belongs to
    n_tried: int = 0  # rows it had when it was last compared with others

    @property
    def turn_rad(self) -> float:
        """The angle from the first to the last line of sight."""
        return float(np.arccos(np.clip((self.rows[0, SIGHT] * self.rows[-1, SIGHT]).sum(), -1.0, 1.0)))

    @property
    def sigma_rad(self) -> float:
        """The median sigma."""
        return float(np.median(self.rows[:, SIGMA]))


def with_plots(
    cfg: SightlineSettings, arcs: tuple[Arc, ...], sensor: int, plots: Plots, heard_ns: int, rejected: Rejected
) -> tuple[Arc, ...]:
    """The arcs after these plots, sorted by time, of one sensor: each goes on with an arc or begins one."""
    kept, room = list(arcs), max(cfg.max_arcs - sum(a.path != LOOSE for a in arcs), 0)
    began = 0
    for k in range(len(plots)):
        t_ns = int(plots.t_ns[k])
        row = np.concatenate((plots.origin[k], plots.axes[k, 2], [math.sqrt(plots.var[k, 0])]))
        mine = ((i, a) for i, a in enumerate(kept) if a.sensor == sensor and t_ns not in (a.t_ns[0], a.t_ns[-1]))
        fits = [(len(a.t_ns) < 2, _misfit(cfg, a, t_ns, row), i) for i, a in mine]
        best = min((fit for fit in fits if fit[1] <= 1.0), default=None)  # a lone row claims much, and comes last
        if best is not None:
            kept[best[2]] = _longer(cfg, kept[best[2]], t_ns, row, heard_ns)
        elif began < room:
            began += 1
            kept.append(Arc(sensor, np.array([t_ns]), row[None, :], heard_ns))
        else:
            count(rejected, "too many arcs of lines of sight", 1)
    over = len(kept) - cfg.max_arcs
    if over > 0:
        loose = [a for a in kept if a.path == LOOSE][:over]
        count(rejected, "too many arcs of lines of sight", sum(a.n_plots for a in loose))
        kept = [a for a in kept if not any(a is gone for gone in loose)]
    return tuple(kept)


def _misfit(cfg: SightlineSettings, arc: Arc, t_ns: int, row: Floats) -> float:
    """How far a line of sight lies from where the arc has it by then, as a share of what is allowed; infinite if it cannot be."""
    at = int(np.searchsorted(arc.t_ns, t_ns))
    near = slice(max(0, at - RECENT), at + (RECENT if at < len(arc.t_ns) else 0))
    t_s = (arc.t_ns[near] - t_ns) / NS_PER_S
    gap_s = float(np.abs(t_s).min())
    if not 0.0 < gap_s <= cfg.gap_s:
        return math.inf
    sights, middle_s = arc.rows[near, SIGHT], float(t_s.mean())
    sigma, spread = float(max(arc.rows[-1, SIGMA], row[SIGMA])), float(((t_s - middle_s) ** 2).sum())
    if not spread > 0.0:
        return _angle(row[SIGHT], sights[0]) / (cfg.gate_sigmas * sigma + cfg.rate_max_radps * gap_s)
    rate = ((t_s - middle_s)[:, None] * sights).sum(axis=0) / spread
    foreseen = sights.mean(axis=0) - rate * middle_s
    noise = sigma * math.sqrt(1.0 + 1.0 / len(t_s) + middle_s**2 / spread)
    slack_radps = cfg.rate_slack_radps + cfg.rate_change * math.sqrt(float((rate * rate).sum()))
    return _angle(row[SIGHT], foreseen) / (cfg.gate_sigmas * noise + slack_radps * gap_s)


def _angle(a: Floats, b: Floats) -> float:
    """The distance of two nearly unit vectors, which for small angles is the angle."""
    return math.sqrt(float(((a - b) ** 2).sum()))


def _longer(cfg: SightlineSettings, arc: Arc, t_ns: int, row: Floats, heard_ns: int) -> Arc:
    at = int(
        np.searchsorted(arc.t_ns, t_ns)
    )  # rarely not at the end: lines of sight may overtake one another on the way
    times, rows = np.insert(arc.t_ns, at, t_ns), np.insert(arc.rows, at, row, axis=0)
    young = times >= times[-1] - round(cfg.max_span_s * NS_PER_S)
    times, rows = times[young], rows[young]
    if len(times) > cfg.max_rows:
        half = np.r_[0 : len(times) // 2 : 2, len(times) // 2 : len(times)]
        times, rows = times[half], rows[half]
    return replace(arc, t_ns=times, rows=rows, heard_ns=heard_ns, n_plots=arc.n_plots + 1)


def late_half(arc: Arc) -> Arc:
    """The rows of its newer half, in time."""
    is_late = 2 * (arc.t_ns - arc.t_ns[0]) >= arc.t_ns[-1] - arc.t_ns[0]
    return replace(arc, t_ns=arc.t_ns[is_late], rows=arc.rows[is_late])


def has_plane(cfg: SightlineSettings, arc: Arc) -> bool:
    """Whether an arc is long enough to say in which plane its object moves."""
    return len(arc.t_ns) >= cfg.least_rows and arc.turn_rad >= cfg.least_turn_sigmas * arc.sigma_rad


def may_be_one(cfg: SightlineSettings, a: Arc, b: Arc, reach_s: float) -> bool:
    """Whether two arcs of different stations are close enough in time, their clocks granted reach_s."""
    gap_ns = max(int(a.t_ns[0]), int(b.t_ns[0])) - min(int(a.t_ns[-1]), int(b.t_ns[-1]))
    return a.sensor != b.sensor and gap_ns / NS_PER_S <= cfg.overlap_s + reach_s
