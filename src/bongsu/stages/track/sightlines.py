"""Lines of sight that no track claims: arcs of stations joined into paths, paths reported, and what remains unobservable said.

An arc of one station alone has no distance; two whose planes meet have a path, if their times agree once their clocks are
estimated. Decision 0006 says why it is done this way; `arcs.py` collects, `pathfit.py` fits.
"""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from bongsu.constants import NS_PER_S
from bongsu.messages.base import Finding
from bongsu.messages.inputs import Scan
from bongsu.messages.tracking import Phase, PlotsRejected, SensorStatus, TrackEnded, TracksUpdated
from bongsu.models.sightlines import SightlineSettings
from bongsu.stages.track.arcs import LOOSE, Arc, has_plane, late_half, may_be_one, with_plots
from bongsu.stages.track.bank import Floats
from bongsu.stages.track.config import Config
from bongsu.stages.track.measure import Plots, Rejected
from bongsu.stages.track.pathfit import Fit, fit, fit_in_own_time

LAST_CALL = -1  # an arc that was tried after silence is not tried again
ALONE = "one station alone: a direction and how it turns; distance, speed, height and clock offset are unobservable, no track"
UNMET = "meets no other station's lines of sight in one path: distance, speed and height are unobservable, no track"
ASTRAY = "no other line of sight of its station goes on from it"
OFF = "off the path that its station's other lines of sight lie on"
DISAGREE = "lines of sight of several stations fit no one path within their sigmas: clocks or objects differ"
VAGUE = (
    "several stations see it, from too nearly one side or too briefly: distance and speed stay unknown within a tenth"
)


@dataclass(frozen=True, slots=True)
class Path:
    """Arcs of two or more stations that are one object; number is that of its track."""

    number: int
    fit: Fit
    n_plots: int  # in its arcs when it was fitted
    scan: tuple[str, str]  # sensor and scan of the newest plot
    is_clean: bool = True  # nothing new since the fit
    status: tuple[tuple[int, float, float], ...] = ()  # sensor, offset and sigma of the clocks, as last said


@dataclass(frozen=True, slots=True)
class Sights:
    """All arcs and paths, and what is known of clocks: (sensors, 2) offset and sigma in seconds."""

    arcs: tuple[Arc, ...]
    paths: tuple[Path, ...]
    clocks: Floats


@dataclass(frozen=True, slots=True)
class Row:
    """What caused an update: the row of the scan, or -1, and when."""

    plot: int
    valid_ns: int


@dataclass(frozen=True, slots=True)
class Now:
    """When a scan came in, and how many tracks were started before."""

    heard_ns: int
    n_started: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a look or a silence did: paths that the bank takes over, findings, and how many tracks have been started."""

    handed: tuple[Path, ...] = ()
    said: tuple[Finding, ...] = ()
    n_started: int = 0

    def joined(self, more: "Outcome") -> "Outcome":
        """This and what came after it."""
        return Outcome((*self.handed, *more.handed), (*self.said, *more.said), more.n_started)


def no_sights(cfg: Config) -> Sights:
    """Nothing seen; the clocks as the settings have them."""
    return Sights((), (), np.column_stack((np.zeros(len(cfg.sensors)), cfg.sigma_clock_s)))


def is_entry(cfg: SightlineSettings, found: Fit) -> bool:
    """Whether it comes in from outside: faster than anything launched, or fast and coming down."""
    fastest = max(found.first_speed_mps, found.speed_mps)
    is_diving = found.climb_mps < -cfg.entry_dive * found.speed_mps
    return fastest > cfg.escape_mps or (fastest > cfg.entry_mps and is_diving)


def corrected(cfg: Config, sights: Sights, sensor: int, plots: Plots) -> Plots | None:
    """Plots at true times, for tracks of the bank; None while the station's clock is in doubt."""
    offset_s, sigma_s = sights.clocks[sensor].tolist()
    if sigma_s > cfg.sightlines.known_clock_s:
        return None
    return replace(plots, t_ns=plots.t_ns - round(offset_s * NS_PER_S)) if offset_s else plots


def looked(
    cfg: Config, sights: Sights, scan: Scan, plots: Plots, now: Now, rejected: Rejected
) -> tuple[Sights, Outcome]:
    """Take one station's plots that no track claims: arcs grow, paths begin, grow and are fitted anew."""
    if not len(plots):
        return sights, Outcome(n_started=now.n_started)
    own, sensor = cfg.sightlines, cfg.sensor_ids.index(scan.sensor_id)
    arcs = with_plots(own, sights.arcs, sensor, plots, now.heard_ns, rejected)
    fresh = [a for a in arcs if not any(a is old for old in sights.arcs)]
    numbers = {a.path for a in fresh if a.path != LOOSE}
    ref = (scan.sensor_id, scan.scan_id)
    paths = [replace(p, scan=ref, is_clean=False) if p.number in numbers else p for p in sights.paths]
    work = Work(cfg, list(arcs), {p.number: p for p in paths}, now.n_started)
    shown = [p.number for p in paths if p.number in numbers and work.is_due(p) and work.refit(p.number)]
    for arc in fresh:
        if arc.path == LOOSE and len(arc.t_ns) >= own.least_rows and 2 * len(arc.t_ns) >= 3 * arc.n_tried:
            shown.append(work.place(arc, ref, is_last_call=False))
    return work.done(sights, shown, Row(int(plots.row[-1]), scan.valid_ns), is_silent=False)


def quieted(cfg: Config, sights: Sights, now_ns: int, n_started: int) -> tuple[Sights, Outcome]:
    """After silence every path is fitted with all it has, and arcs left over are tried once more; later all of them end."""
    quiet = [a for a in sights.arcs if now_ns - a.heard_ns >= cfg.sightlines.quiet_s * NS_PER_S]
    if not quiet:
        return sights, Outcome(n_started=n_started)
    work = Work(cfg, list(sights.arcs), {p.number: p for p in sights.paths}, n_started)
    silent = [p.number for p in sights.paths if not p.is_clean and _all_in(work.arcs_of(p.number), quiet)]
    shown = [number for number in silent if work.refit(number)]
    for arc in quiet:
        if arc.path == LOOSE and len(arc.t_ns) >= cfg.sightlines.least_rows and arc.n_tried != LAST_CALL:
            shown.append(work.place(arc, (cfg.sensor_ids[arc.sensor], "silence"), is_last_call=True))
    after, outcome = work.done(sights, shown, Row(-1, now_ns), is_silent=True)
    return _ended(cfg, after, outcome, now_ns)


def _all_in(arcs: list[Arc], some: list[Arc]) -> bool:
    return all(any(a is b for b in some) for a in arcs)


class Work:
    """What one look or one silence does to arcs and paths."""

    def __init__(self, cfg: Config, arcs: list[Arc], paths: dict[int, Path], n_started: int) -> None:
        self._cfg, self._own = cfg, cfg.sightlines
        self._arcs, self._paths, self._n_started = arcs, paths, n_started
        self._n_tries = 0

    def arcs_of(self, number: int) -> list[Arc]:
        """The arcs of a path."""
        return [a for a in self._arcs if a.path == number]

    def is_due(self, path: Path) -> bool:
        """Whether enough is new to fit a path again."""
        mine = self.arcs_of(path.number)
        new_s = (max(int(a.t_ns[-1]) for a in mine) - path.fit.newest_ns) / NS_PER_S
        return new_s >= self._own.refit_s or sum(a.n_plots for a in mine) - path.n_plots >= self._own.refit_rows

    def refit(self, number: int) -> bool:
        """Fit a path to all its arcs; whether that worked (if not, the last fit stands)."""
        path, mine = self._paths[number], self.arcs_of(number)
        is_held = path.fit.is_sound and not is_entry(self._own, path.fit)
        found = self._of_late(number) if is_held else fit(self._own, mine, self._cfg.sigma_clock_s)
        kept = path.fit if found is None else found
        self._paths[number] = replace(path, fit=kept, n_plots=sum(a.n_plots for a in mine), is_clean=True)
        return found is not None

    def _of_late(self, number: int) -> Fit | None:
        """The fit of a path that clocks keep from the bank: of its newer half, and half of that, where these fit clearly better.

        What flies on under thrust bends, and is followed by what was seen of it lately; the older rows are let go.
        """
        found = fit_in_own_time(self._own, self.arcs_of(number), self._cfg.sigma_clock_s)
        while found is not None and found.scatter > self._own.calm_scatter:
            newer = [late_half(a) if a.path == number else a for a in self._arcs]
            shorter = fit_in_own_time(self._own, [a for a in newer if a.path == number], self._cfg.sigma_clock_s)
            if shorter is None or shorter.scatter > self._own.bend_gain * found.scatter:
                break
            self._arcs = newer
            found = shorter
        return found

    def place(self, arc: Arc, scan: tuple[str, str], *, is_last_call: bool) -> int:
        """Find a loose arc the path it belongs to, or another arc to begin one with; the path's number, or 0."""
        at = next((i for i, a in enumerate(self._arcs) if a is arc), None)
        if at is None:
            return 0
        arc = self._arcs[at] = replace(arc, n_tried=LAST_CALL if is_last_call else len(arc.t_ns))
        for number in self._paths:
            if self._may_try(arc, self.arcs_of(number)) and self._is_in_plane(arc, number):
                self._arcs[at] = replace(arc, path=number)
                self._paths[number] = replace(self._paths[number], scan=scan)
                return number if self.refit(number) else 0
        return self._begin(at, arc, scan, is_last_call=is_last_call)

    def _begin(self, at: int, arc: Arc, scan: tuple[str, str], *, is_last_call: bool) -> int:
        """A path of this arc and the loose one it fits best; at the last call even of two that do not fit, as unconfirmed."""
        best: tuple[Fit, int] | None = None
        if not has_plane(self._own, arc):
            return 0
        for i, other in enumerate(self._arcs):
            if other.path != LOOSE or not has_plane(self._own, other) or not self._may_try(arc, [other]):
                continue
            found = fit(self._own, [arc, other], self._cfg.sigma_clock_s)
            is_good = found is not None and (is_last_call or found.scatter <= self._own.max_scatter)
            if found is not None and is_good and (best is None or found.scatter < best[0].scatter):
                best = (found, i)
        if best is None:
            return 0
        self._n_started += 1
        number, pair = self._n_started, (at, best[1])
        for i in pair:
            self._arcs[i] = replace(self._arcs[i], path=number)
        self._paths[number] = Path(number, best[0], sum(self._arcs[i].n_plots for i in pair), scan)
        return number

    def _may_try(self, arc: Arc, others: list[Arc]) -> bool:
        """Whether an arc is near the others in time, of another station or later than its own, and there is a fit to spend."""
        clocks = self._cfg.sigma_clock_s
        if self._n_tries >= self._own.max_tries:
            return False
        for other in others:
            reach_s = self._own.clock_reach * float(np.hypot(clocks[arc.sensor], clocks[other.sensor]))
            if may_be_one(self._own, arc, other, reach_s):
                self._n_tries += 1
                return True
        return False

    def _is_in_plane(self, arc: Arc, number: int) -> bool:
        """Whether an arc sees a path, by geometry alone: clocks may be what they like."""
        free_s = np.maximum(self._cfg.sigma_clock_s, self._own.free_clock_s)
        found = fit(self._own, [*self.arcs_of(number), arc], free_s)
        return found is not None and found.scatter <= self._own.max_scatter

    def done(self, sights: Sights, numbers: list[int], row: Row, *, is_silent: bool) -> tuple[Sights, Outcome]:
        """Arcs and paths as they are now, and what is to be said of the paths that changed."""
        handed: list[Path] = []
        said: list[Finding] = []
        clocks = sights.clocks
        for number in sorted(set(numbers) - {0}):
            path = self._paths[number]
            if path.fit.is_sound:
                clocks, path, found = _with_clocks(self._cfg, clocks, path, is_silent=is_silent)
                said += found
                self._paths[number] = path
            if path.fit.is_sound and not is_silent and self._goes_to_bank(path, clocks):
                handed.append(self._paths.pop(number))
                self._arcs = [a for a in self._arcs if a.path != number]
            else:
                said.append(path_update(self._cfg, path, row))
        after = Sights(tuple(self._arcs), tuple(self._paths.values()), clocks)
        return after, Outcome(tuple(handed), tuple(said), self._n_started)

    def _goes_to_bank(self, path: Path, clocks: Floats) -> bool:
        """Whether the bank can go on with it: no entry, and seen by clocks so well known that further plots will update it."""
        is_known = (clocks[list(path.fit.sensors), 1] <= self._own.known_clock_s).all()
        return bool(is_known) and not is_entry(self._own, path.fit)


def _with_clocks(
    cfg: Config, clocks: Floats, path: Path, *, is_silent: bool
) -> tuple[Floats, Path, list[SensorStatus]]:
    """The clocks that a sound path has estimated: said when they have moved by their sigma, and at the end."""
    clocks, said = clocks.copy(), []
    known = {sensor: (offset_s, sigma_s) for sensor, offset_s, sigma_s in path.status}
    for sensor, offset_s, sigma_s in zip(path.fit.sensors, path.fit.clock_s, path.fit.sigma_clock_s, strict=True):
        if cfg.sigma_clock_s[sensor] <= 0.0:
            continue
        clocks[sensor] = offset_s, sigma_s
        before = known.get(sensor)
        if before and not is_silent and abs(offset_s - before[0]) <= before[1] and sigma_s > 0.5 * before[1]:
            continue
        known[sensor] = (offset_s, sigma_s)
        said.append(
            SensorStatus(
                sensor_id=cfg.sensor_ids[sensor], valid_ns=path.fit.t_ns, is_degraded=False, clock_offset_s=offset_s,
                sigma_clock_s=sigma_s, reason=f"clock offset estimated from T{path.number:06d}",
            )
        )  # fmt: skip
    return clocks, replace(path, status=tuple((s, *known[s]) for s in sorted(known))), said


def path_update(cfg: Config, path: Path, row: Row) -> TracksUpdated:
    """The state of one path, at its last line of sight."""
    found = path.fit
    r, v = found.state[:3].tolist(), found.state[3:].tolist()
    cov = np.zeros((7, 7))
    cov[:6, :6], cov[6, 6] = found.cov, cfg.motion.sigma_ln_beta**2
    phase: Phase = "entry" if found.is_sound and is_entry(cfg.sightlines, found) else "undetermined"
    return TracksUpdated(
        sensor_id=path.scan[0],
        scan_id=path.scan[1],
        valid_ns=row.valid_ns,
        track_id=(f"T{path.number:06d}",),
        t_ns=(found.t_ns,),
        phase=(phase,),
        is_confirmed=(found.is_sound,),
        r_ecef_m=(tuple(r),),
        v_ecef_mps=(tuple(v),),
        h_m=(found.h_m,),
        speed_mps=(found.speed_mps,),
        sigma_pos_m=(float(np.sqrt(np.trace(found.cov[:3, :3]))),),
        force_ecef_mps2=((0.0, 0.0, 0.0),),
        p_powered=(0.0,),
        p_coast=(1.0,),
        p_level=(0.0,),
        ballistic=((*r, *v, cfg.motion.ln_beta),),
        cov_ballistic=(tuple(cov[np.tril_indices(7)].tolist()),),
        plot=(row.plot,),
        n_plots=(path.n_plots,),
        nis=(2.0 * found.scatter**2,),
    )


def _ended(cfg: Config, sights: Sights, outcome: Outcome, now_ns: int) -> tuple[Sights, Outcome]:
    """End what has been silent for so long that nothing more will come; say of every plot not used why."""
    old = [a for a in sights.arcs if now_ns - a.heard_ns >= cfg.sightlines.hold_s * NS_PER_S]
    over = [p for p in sights.paths if _all_in([a for a in sights.arcs if a.path == p.number], old)]
    gone = {p.number for p in over}
    said = list(outcome.said)
    for path in over:
        last_ns = path.fit.t_ns
        reason: Literal["lost", "never_confirmed"] = "lost" if path.fit.is_sound else "never_confirmed"
        said.append(TrackEnded(track_id=f"T{path.number:06d}", valid_ns=now_ns, reason=reason, last_plot_ns=last_ns))
        said += _unused(cfg, path, [a for a in sights.arcs if a.path == path.number], now_ns)
    for arc in old:
        if arc.path == LOOSE:
            said.append(_rejected(cfg, arc.sensor, now_ns, _why_alone(cfg, sights, arc), arc.n_plots))
    arcs = tuple(a for a in sights.arcs if a.path not in gone and not (a.path == LOOSE and any(a is b for b in old)))
    paths = tuple(p for p in sights.paths if p.number not in gone)
    return replace(sights, arcs=arcs, paths=paths), replace(outcome, said=tuple(said))


def _unused(cfg: Config, path: Path, arcs: list[Arc], now_ns: int) -> list[PlotsRejected]:
    """The plots of a path that its fit left out; all of them where it never came to fit."""
    if not path.fit.is_sound:
        why = DISAGREE if path.fit.scatter > cfg.sightlines.max_scatter else VAGUE
        sensors = sorted({a.sensor for a in arcs})
        counts = [sum(a.n_plots for a in arcs if a.sensor == s) for s in sensors]
        return [_rejected(cfg, s, now_ns, why, n) for s, n in zip(sensors, counts, strict=True)]
    pairs = zip(path.fit.sensors, path.fit.n_dropped, strict=True)
    return [_rejected(cfg, sensor, now_ns, OFF, n) for sensor, n in pairs if n]


def _why_alone(cfg: Config, sights: Sights, arc: Arc) -> str:
    """Why an arc has become no track."""
    if len(arc.t_ns) < cfg.sightlines.least_rows:
        return ASTRAY
    for other in sights.arcs:
        reach_s = cfg.sightlines.clock_reach * float(np.hypot(*cfg.sigma_clock_s[[arc.sensor, other.sensor]]))
        if len(other.t_ns) >= cfg.sightlines.least_rows and may_be_one(cfg.sightlines, arc, other, reach_s):
            return UNMET
    return ALONE


def _rejected(cfg: Config, sensor: int, now_ns: int, reason: str, n: int) -> PlotsRejected:
    return PlotsRejected(sensor_id=cfg.sensor_ids[sensor], valid_ns=now_ns, reason=reason, n=n)
