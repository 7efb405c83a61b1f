"""Scans to tracks: gating, association, a bank of motion models, starts, the life of a track, phases and burns."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from bongsu.constants import NS_PER_S
from bongsu.geo.tables import Tables
from bongsu.messages.base import Finding, Message
from bongsu.messages.inputs import CaptureRead, Scan, Tick
from bongsu.messages.tracking import PlotsRejected, TrackEnded
from bongsu.models.settings import Settings
from bongsu.stages.track.bank import NONE, Bank, Ints, copied, empty_bank, joined, rows
from bongsu.stages.track.config import Config, configured, ns, sensor_number
from bongsu.stages.track.gate import Touched, associate, weigh_misses
from bongsu.stages.track.heights import HeightTrack, aged_heights, start_track, update
from bongsu.stages.track.life import aged, broken, count_looks, ended, merged, unconfirmed
from bongsu.stages.track.measure import Plots, Rejected, count, fault_of, n_rows, plots_of, sub_scans
from bongsu.stages.track.phase import decide
from bongsu.stages.track.report import report
from bongsu.stages.track.sightlines import Now, Outcome, Sights, corrected, looked, no_sights, quieted
from bongsu.stages.track.starts import started, taken_over

FOR_EVER_NS = 2**62


@dataclass(frozen=True, slots=True)
class State:
    """All tracks, how many were ever started, and how far time has come."""

    bank: Bank
    n_started: int
    t_tick_ns: int  # of the last tick, or NONE
    t_scan_ns: Ints  # (sensors,) newest look of each sensor
    sights: Sights
    heights: tuple[HeightTrack, ...] = ()  # flights known by height and speed alone, one a telemetry sensor


def configure(settings: Settings, tables: Tables) -> Config:
    """The configuration of this stage."""
    return configured(settings)


def start(cfg: Config) -> State:
    """The state before anything was heard."""
    n = len(cfg.sensors)
    return State(empty_bank(n), 0, NONE, np.full(n, NONE, np.int64), no_sights(cfg))


def step(cfg: Config, state: State, message: Message | Any) -> tuple[State, list[Finding]]:
    """A scan updates, starts and ends tracks; a tick ends those that time has ended."""
    if isinstance(message, Scan):
        return _heights(cfg, state, message) if message.kind == "telemetry" else _scan(cfg, state, message)
    if isinstance(message, Tick):
        bank, said = aged(cfg, state.bank, message.valid_ns)
        heights, over = aged_heights(cfg.telemetry, state.heights, message.valid_ns)
        sights, seen = quieted(cfg, state.sights, message.valid_ns, state.n_started)
        t_tick_ns = max(state.t_tick_ns, message.valid_ns)
        state = replace(state, bank=bank, heights=heights, sights=sights, n_started=seen.n_started, t_tick_ns=t_tick_ns)
        return state, [*said, *over, *seen.said]
    if isinstance(message, CaptureRead):
        return state, [_refused(message, *item) for item in message.n_refused]
    return state, []


def _heights(cfg: Config, state: State, scan: Scan) -> tuple[State, list[Finding]]:
    """One telemetry scan: its sensor's flight, or a new one."""
    number = sensor_number(cfg, scan.sensor_id)
    fault = fault_of(scan, cfg.sensors[number] if number >= 0 else None)
    if fault:
        return state, [_rejected(scan, fault, n_rows(scan))]
    if not scan.t_ns:
        return state, []
    mine = next((track for track in state.heights if track.sensor_id == scan.sensor_id), None)
    others = tuple(track for track in state.heights if track.sensor_id != scan.sensor_id)
    n_started = state.n_started if mine else state.n_started + 1
    before = mine or start_track(f"T{n_started:06d}", scan)
    after, said = update(cfg.telemetry, cfg.sensors[number], before, scan)
    if not after.n_plots:
        return state, said
    return replace(state, heights=(*others, after), n_started=n_started), said


def _scan(cfg: Config, state: State, scan: Scan) -> tuple[State, list[Finding]]:
    """One scan: associate and update look by look, start tracks, then count, weigh, merge, decide and report."""
    number = sensor_number(cfg, scan.sensor_id)
    fault = fault_of(scan, cfg.sensors[number] if number >= 0 else None)
    if fault:
        return state, [_rejected(scan, fault, n_rows(scan))]
    sensor, rejected = cfg.sensors[number], Rejected()
    latest_ns = FOR_EVER_NS if state.t_tick_ns == NONE else state.t_tick_ns + ns(cfg.motion.ahead_s)
    plots = plots_of(scan, sensor, latest_ns, rejected)
    bank, n_started = copied(state.bank), state.n_started
    touched = Touched.nothing(len(bank.number))
    sights, seen = state.sights, Outcome()
    last_ns = int(state.t_scan_ns[number])
    is_looking = sensor.kind == "radar" and last_ns != NONE  # reports come as they please
    revisit_s = max(scan.valid_ns - last_ns, 0) / NS_PER_S if is_looking else 0.0
    for look in sub_scans(plots.t_ns, ns(cfg.motion.sub_scan_s)):
        part = plots.take(look)
        if sensor.kind == "los":
            true = corrected(cfg, sights, number, part)
            fresh = part if true is None else part.take(associate(cfg, bank, touched, number, true, 0.0, rejected))
            now = Now(state.t_tick_ns if state.t_tick_ns != NONE else scan.valid_ns, n_started)
            sights, found = looked(cfg, sights, scan, fresh, now, rejected)
            n_started, seen = found.n_started, seen.joined(found)
            continue
        fresh = part.take(associate(cfg, bank, touched, number, part, revisit_s, rejected))
        bank, touched = _begin(cfg, bank, touched, number, fresh, n_started, rejected)
        n_started = max(n_started, int(bank.number[-1])) if len(bank.number) else n_started
    if seen.handed:
        bank = joined(bank, taken_over(cfg, number, seen.handed))
        touched = touched.joined(np.full(len(seen.handed), plots.row[-1]))
    is_new_look = scan.valid_ns > state.t_scan_ns[number] and scan.valid_ns <= latest_ns
    t_scan_ns = state.t_scan_ns
    if is_new_look:
        t_scan_ns = state.t_scan_ns.copy()
        t_scan_ns[number] = scan.valid_ns
        if sensor.kind == "infrared":
            weigh_misses(cfg, bank, touched, scan, sensor)
    if is_new_look or touched.is_changed.any():
        count_looks(cfg, bank, touched, number, scan.valid_ns)
    bank, touched, over = _sweep(cfg, bank, touched, scan.valid_ns)
    burns = decide(cfg, bank, np.flatnonzero(touched.is_changed))
    said: list[Finding] = [*report(cfg, bank, touched, scan), *burns, *over, *seen.said]
    said += [_rejected(scan, reason, n) for reason, n in rejected.items()]
    return replace(state, bank=bank, n_started=n_started, t_scan_ns=t_scan_ns, sights=sights), said


def _begin(
    cfg: Config, bank: Bank, touched: Touched, sensor: int, fresh: Plots, n_started: int, rejected: Rejected
) -> tuple[Bank, Touched]:
    """Start a tentative track from each plot that no track claims, as far as there is room."""
    room = max(cfg.motion.max_tracks - len(bank.number), 0)
    count(rejected, "too many tracks", len(fresh) - room)
    fresh = fresh.take(slice(0, room))
    if not len(fresh):
        return bank, touched
    more, used = started(cfg, sensor, fresh, n_started + 1)
    count(rejected, "line of sight misses the Earth", len(fresh) - len(used))
    return joined(bank, more), touched.joined(fresh.row[used])


def _sweep(cfg: Config, bank: Bank, touched: Touched, t_ns: int) -> tuple[Bank, Touched, list[TrackEnded]]:
    """Take out tracks that this scan has ended: numbers that ran away, twins, those that were not confirmed."""
    is_broken = broken(bank)
    is_merged = ~is_broken & merged(cfg, bank, touched)
    is_unborn = ~is_broken & ~is_merged & unconfirmed(cfg, bank)
    gone = is_broken | is_merged | is_unborn
    if not gone.any():
        return bank, touched, []
    said = ended(bank, is_broken, "lost", t_ns) + ended(bank, is_merged, "merged", t_ns)
    said += ended(bank, is_unborn, "never_confirmed", t_ns)
    return rows(bank, ~gone), touched.keep(~gone), said


def _refused(message: CaptureRead, sensor_id: str, reason: str, n: int) -> PlotsRejected:
    """Plots of a capture that never became a scan."""
    return PlotsRejected(sensor_id=sensor_id, valid_ns=message.valid_ns, reason=reason, n=n)


def _rejected(scan: Scan, reason: str, n: int) -> PlotsRejected:
    return PlotsRejected(sensor_id=scan.sensor_id, valid_ns=scan.valid_ns, reason=reason, n=n)


__all__ = ["Config", "State", "configure", "start", "step"]
