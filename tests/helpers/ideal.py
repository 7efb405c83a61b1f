"""An ideal tracker: every plot of the main object, and only those, updates one track. For tests of what comes after tracking."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from tests.helpers.tracked import covariance

from bongsu.messages.assessment import LaunchEvent, LaunchPointEstimate
from bongsu.messages.inputs import Scan
from bongsu.messages.tracking import BurnObserved, Phase, TracksUpdated
from bongsu.models.settings import Settings
from bongsu.run.config import load_settings
from bongsu.sim.scenario import Scenario, load
from bongsu.sim.sensors import observe
from bongsu.sim.truth import Flight, fly, instant_ns
from bongsu.stages import backtrack

SCENARIOS = Path(__file__).parent.parent.parent / "scenarios"
TRACK = "T000001"
CLAIM = LaunchEvent(
    event_id="E000001", revision=1, state="suspected", valid_ns=0, track_ids=(TRACK,), detection_ids=(), principles=(), reason=""
)  # fmt: skip


def scenario(name: str) -> Scenario:
    """A scenario of the project."""
    return load(SCENARIOS / f"{name}.toml")


def settings_of(name: str) -> Settings:
    """What a node that hears that scenario is set to."""
    return load_settings(SCENARIOS / f"{name}.toml")


def main_object(scene: Scenario, seed: int, until_s: float = 0.0) -> tuple[Flight, list[Scan]]:
    """A flight and the scans that saw its main object, as they became known, until so long after burn-out."""
    flight = fly(scene, seed)
    end_ns = instant_ns(flight.t0_ns, flight.burn_out_s + until_s)
    alone = replace(flight, bodies=flight.bodies[:1])
    return flight, [scan for _, scan in observe(scene, alone) if scan.t_ns and scan.valid_ns <= end_ns]


def tracked(flight: Flight, scan: Scan, phase: Phase, n_plots: int) -> TracksUpdated:
    """The update an ideal tracker would give for a scan with one plot."""
    r, v, _ = flight.state((scan.t_ns[0] - flight.t0_ns) / 1e9)
    return TracksUpdated(
        sensor_id=scan.sensor_id,
        scan_id=scan.scan_id,
        valid_ns=scan.valid_ns,
        track_id=(TRACK,),
        t_ns=scan.t_ns,
        phase=(phase,),
        is_confirmed=(True,),
        r_ecef_m=(r,),
        v_ecef_mps=(v,),
        h_m=(max(sum(c * c for c in r) ** 0.5 - 6_370e3, 0.0),),
        speed_mps=(sum(c * c for c in v) ** 0.5,),
        sigma_pos_m=(500.0,),
        force_ecef_mps2=((0.0, 0.0, 0.0),),
        p_powered=(1.0,),
        p_coast=(0.0,),
        p_level=(0.0,),
        ballistic=((*r, *v, 8.5),),
        cov_ballistic=(covariance(200.0, 15.0, 0.5),),
        plot=(0,),
        n_plots=(n_plots,),
        nis=(1.0,),
    )


def estimates(
    settings: Settings, flight: Flight, scans: list[Scan], phase: Phase = "boost"
) -> Iterator[LaunchPointEstimate]:
    """What backtrack says after each scan, the track being claimed from the start, and last at burn-out."""
    cfg = backtrack.configure(settings, None)  # type: ignore[arg-type]
    now = backtrack.start(cfg)
    for n, scan in enumerate(scans, start=1):
        for message in (scan, tracked(flight, scan, phase, n), CLAIM):
            now, said = backtrack.step(cfg, now, message)
            yield from said  # type: ignore[misc]
    if phase == "boost":  # an ideal tracker knows the end of the burn at once
        end_ns = instant_ns(flight.t0_ns, flight.burn_out_s)
        burn = BurnObserved(track_id=TRACK, start_ns=flight.t0_ns, end_ns=end_ns, sigma_s=1.0, decided_ns=end_ns)
        yield from backtrack.step(cfg, now, burn)[1]  # type: ignore[misc]
