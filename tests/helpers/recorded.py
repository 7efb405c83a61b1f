"""Recorded sets through the real chain, and what they are judged by. Used by tests and by the page of results."""

import json
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from builders import recordings

import bongsu
from bongsu.adapters.ingest.measurements import parse_time_ns
from bongsu.constants import NS_PER_S
from bongsu.messages.assessment import ApogeePrediction, Classification, LaunchEvent
from bongsu.messages.tracking import BurnObserved, HeightsUpdated, LaunchDetected, PlotsRejected, TracksUpdated

T0_NS = round(recordings.INVENTED_T0.timestamp()) * NS_PER_S
FRESH_ROWS = 10  # an aircraft with fewer is not asked for
TIME_SHARE = 0.8


def chain(kind, source, folder, period_s=0.1):
    """What the chain finds in one recording, converted into `folder`."""
    recordings.convert(kind, source, folder, period_s)
    return bongsu.track(folder / "measurements.csv", folder / "sensors.toml")


def seconds(t_ns):
    """Mission time."""
    return (t_ns - T0_NS) / NS_PER_S


@dataclass(frozen=True)
class Burn:
    """One stretch under thrust as the chain told it; times of mission, NaN where it said nothing."""

    start_s: float
    start_decided_s: float
    end_s: float
    end_decided_s: float
    sigma_end_s: float
    height_m: float  # when it was recognised


@dataclass(frozen=True)
class Apogee:
    """One forecast."""

    said_s: float
    at_s: float
    height_m: float
    low_m: float
    high_m: float
    reason: str


def burns(findings):
    """The burns of a telemetry flight, in order."""
    found, height_m = [], 0.0
    for finding in findings:
        if isinstance(finding, HeightsUpdated):
            height_m = finding.h_m[0]
        if not isinstance(finding, BurnObserved):
            continue
        start_s, decided_s = seconds(finding.start_ns), seconds(finding.decided_ns)
        if not isinstance(finding.end_ns, int):
            found.append(Burn(start_s, decided_s, np.nan, np.nan, np.nan, height_m))
        else:
            began = found.pop() if found else Burn(start_s, np.nan, np.nan, np.nan, np.nan, height_m)
            found.append(
                Burn(
                    start_s, began.start_decided_s, seconds(finding.end_ns), decided_s, finding.sigma_s, began.height_m
                )
            )
    return found


def apogees(findings):
    """All apogee forecasts, in order."""
    return [
        Apogee(seconds(f.valid_ns), seconds(f.apogee_ns), f.apogee_m, f.low_m, f.high_m, f.reason)
        for f in findings
        if isinstance(f, ApogeePrediction)
    ]


def plateau_apogee(folder):
    """Height and time of the top of a raw record: the middle of the plateau of the largest value, and its curvature.

    The shown value is rounded: at the edges of the plateau the height is half a step below its value, and between them it
    rises by g tau^2 / 2, tau half the width and g the gravity there less the curvature of the path.
    """
    raw = json.loads((folder / "stage1_raw.json").read_text(encoding="utf-8"))
    t_s, h_m, v_mps = np.array(raw["time"]), 1e3 * np.array(raw["altitude"]), np.array(raw["velocity"])
    top = t_s[h_m == h_m.max()]
    speed = float(v_mps[(t_s >= top[0]) & (t_s <= top[-1])].min())  # all of it horizontal
    radius_m = 6.373e6
    g_mps2 = 9.7925 * (radius_m / (radius_m + h_m.max())) ** 2 - speed**2 / (radius_m + h_m.max())
    tau_s = 0.5 * (top[-1] - top[0])
    return float(h_m.max()) - 500.0 + 0.5 * g_mps2 * tau_s**2, 0.5 * float(top[0] + top[-1])


def events(folder):
    """What was seen or called out, in whole seconds."""
    return json.loads((folder / "events.json").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Sky:
    """What became of the aircraft of a recording."""

    n_rows: int
    n_aircraft: int
    n_often: int  # with ten or more fresh rows
    n_kept: int  # of these, followed by one confirmed track through most of their reports
    n_spanned: (
        int  # of these, by one confirmed track over most of the time from first to last report, silences included
    )
    n_tracks: int  # confirmed
    n_launches: int
    n_warnings: int
    p_missile: float  # the largest ever said
    rejected: Counter
    worst: tuple  # of those not kept: reports, longest silence, share of reports of its best track


def sky(kind, source, folder):
    """Aircraft through the chain, judged by the addresses the chain never sees."""
    tracked = chain(kind, source, folder)
    rows = recordings.read(folder / "measurements.csv")
    owner = defaultdict(list)
    for name, row in zip(recordings.addresses(kind, source), rows, strict=True):
        owner[row["scan_id"]].append((name, parse_time_ns(row["time_utc"])))
    fresh, hits, confirmed = defaultdict(set), defaultdict(lambda: defaultdict(list)), set()
    for instant in owner.values():
        for name, t_ns in instant:
            fresh[name].add(t_ns)
    for finding in tracked.findings:
        if isinstance(finding, TracksUpdated):
            for track_id, row, is_confirmed in zip(finding.track_id, finding.plot, finding.is_confirmed, strict=True):
                if is_confirmed:
                    confirmed.add(track_id)
                if row >= 0:
                    name, t_ns = owner[finding.scan_id][row]
                    hits[name][track_id].append(t_ns)
    often = [name for name in fresh if len(fresh[name]) >= FRESH_ROWS]
    shares = {name: _best(hits[name], confirmed, fresh[name]) for name in often}
    lost = sorted((n for n in often if shares[n][0] < TIME_SHARE), key=lambda n: shares[n][0])
    return Sky(
        n_rows=len(rows),
        n_aircraft=len(fresh),
        n_often=len(often),
        n_kept=sum(by_report >= TIME_SHARE for by_report, _ in shares.values()),
        n_spanned=sum(by_time >= TIME_SHARE for _, by_time in shares.values()),
        n_tracks=len(confirmed),
        n_launches=sum(isinstance(f, LaunchDetected | LaunchEvent) for f in tracked.findings),
        n_warnings=sum("Warning" in type(f).__name__ for f in tracked.findings),
        p_missile=max(
            (dict(f.kind)["missile"] for f in tracked.findings if isinstance(f, Classification)), default=0.0
        ),
        rejected=sum(
            (Counter({f.reason: f.n}) for f in tracked.findings if isinstance(f, PlotsRejected)),
            Counter(tracked.rejected),
        ),
        worst=tuple((len(fresh[n]), _silence_s(fresh[n]), round(shares[n][0], 2)) for n in lost),
    )


def _best(hits, confirmed, fresh):
    """Of the best confirmed track: its share of the reports, and of the time from the first to the last."""
    span_ns = max(fresh) - min(fresh)
    mine = [times for track_id, times in hits.items() if track_id in confirmed]
    by_report = max((len(times) / len(fresh) for times in mine), default=0.0)
    return by_report, max(((max(times) - min(times)) / span_ns for times in mine), default=0.0)


def _silence_s(times):
    return round(float(np.diff(sorted(times)).max()) / NS_PER_S)


def reduced(source, folder):
    """A copy of a Falcon record without its raw reading, so that the 1 Hz reduction is taken."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "analysed.json").write_bytes(Path(source, "analysed.json").read_bytes())
    return folder
