"""A flight told in hand-made findings: what a log would hold, for tests of everything that only reads."""

import math
from collections.abc import Iterator

from bongsu.adapters.publish.account import Frame
from bongsu.constants import NS_PER_S
from bongsu.geo import frames
from bongsu.messages.assessment import (
    ApogeePrediction,
    Classification,
    FlightEstimate,
    FootprintFan,
    ImpactPrediction,
    LaunchEvent,
    LaunchPointEstimate,
    ThreatVerdict,
)
from bongsu.messages.base import Finding
from bongsu.messages.inputs import AnyInput, Scan, Tick
from bongsu.messages.tracking import BurnObserved, LaunchDetected, PlotsRejected, TracksUpdated
from bongsu.messages.warning import WarningProposed, WarningUpdated
from bongsu.models.areas import Area
from bongsu.models.sensors import Sensor
from bongsu.sim.scenario import Published

T0_NS = 1_762_486_500 * NS_PER_S  # 2025-11-07T03:35:00Z
SITE = (math.radians(40.209), math.radians(125.204))
AZIMUTH_RAD = math.radians(85.0)
RANGE_M, APOGEE_M, FLIGHT_S, BURN_S = 690_000.0, 52_000.0, 340.0, 60.0
EVENT, TRACK, WARNING = "E000001", "T000001", "W000001"

FRAME = Frame(
    mode="exercise",
    node="laptop",
    title="A low flight eastward",
    sensors=(
        Sensor(sensor_id="ir-105e", kind="infrared", period_ns=8 * NS_PER_S),
        Sensor(sensor_id="kor-east", kind="radar", period_ns=2 * NS_PER_S),
        Sensor(sensor_id="jpn-west", kind="radar", period_ns=2 * NS_PER_S),
    ),
    areas=(Area(area_id="jpn-territory", name="Japan: land and 12 nm"), Area(area_id="jpn-eez", name="Japan: EEZ")),
    namer=lambda lat_rad, lon_rad: "Taegwan County, North Korea" if lon_rad < 2.25 else "the Sea of Japan (East Sea)",
    published=(
        Published(who="Seoul", words="flew about 700 km", range_m=700_000.0),
        Published(who="Tokyo", words="about 450 km at about 50 km", range_m=450_000.0, apogee_m=50_000.0),
    ),
)


def at(t_s: float) -> int:
    """An instant so many seconds after lift-off."""
    return T0_NS + round(t_s * NS_PER_S)


def height_m(t_s: float) -> float:
    """A parabola from the ground to the ground."""
    return max(0.0, 4.0 * APOGEE_M * (t_s / FLIGHT_S) * (1.0 - t_s / FLIGHT_S))


def place(t_s: float) -> tuple[float, float]:
    """Latitude and longitude at a time, evenly along the ground."""
    return frames.destination(*SITE, AZIMUTH_RAD, RANGE_M * t_s / FLIGHT_S)


def track(seq: int, t_s: float) -> TracksUpdated:
    """The state of the flight as a radar look would update it."""
    lat_rad, lon_rad = place(t_s)
    x, y, z = frames.ecef_from_geodetic((lat_rad, lon_rad, height_m(t_s))).tolist()
    phase = "boost" if t_s < BURN_S else "coast"
    return TracksUpdated(
        id=f"{seq}.0", cause=seq, known_ns=at(t_s + 1.0), sensor_id="kor-east", scan_id=f"k{seq}", valid_ns=at(t_s),
        track_id=(TRACK,), t_ns=(at(t_s),), phase=(phase,), is_confirmed=(True,), r_ecef_m=((x, y, z),),
        v_ecef_mps=((0.0, 2000.0, 0.0),), h_m=(height_m(t_s),), speed_mps=(2030.0,), sigma_pos_m=(150.0,),
        force_ecef_mps2=((0.0, 0.0, 0.0),), p_powered=(0.0,), p_coast=(1.0,), p_level=(0.0,),
        ballistic=((x, y, z, 0.0, 2000.0, 0.0, 8.0),), cov_ballistic=((1.0,) * 28,), plot=(0,), n_plots=(seq,),
        nis=(3.0,),
    )  # fmt: skip


def _stamp(seq: int, k: int, t_s: float) -> dict[str, object]:
    return {"id": f"{seq}.{k}", "cause": seq, "known_ns": at(t_s + 1.0)}


def forecast(seq: int, t_s: float, *, p_eez: float = 0.03) -> list[Finding]:
    """What is forecast after burn-out; the regions shrink as the flight goes on."""
    lat_rad, lon_rad = place(FLIGHT_S)
    shrink = 1.0 - 0.7 * t_s / FLIGHT_S
    var_m2 = (30_000.0 * shrink) ** 2
    return [
        LaunchPointEstimate(
            **_stamp(seq, 1, t_s), track_id=TRACK, valid_ns=at(t_s), t0_ns=T0_NS, sigma_t0_s=3.0, lat_rad=SITE[0],
            lon_rad=SITE[1], cov_en_m2=(9e6, 1e6, 4e6), azimuth_rad=AZIMUTH_RAD, sigma_azimuth_rad=0.01, n_plots=seq,
        ),
        ImpactPrediction(
            **_stamp(seq, 2, t_s), track_id=TRACK, valid_ns=at(t_s), impact_ns=at(FLIGHT_S), sigma_impact_s=6.0 * shrink,
            lat_rad=lat_rad, lon_rad=lon_rad, cov_en_m2=(var_m2, 0.0, 0.04 * var_m2), assumption="unpowered",
            zones=(("JPN.eez", p_eez), ("KOR.eez", 0.02), ("RUS.eez", 0.31), ("PRK.eez", 0.64)), method="cloud",
            n_samples=10_000,
        ),
        ApogeePrediction(
            **_stamp(seq, 3, t_s), track_id=TRACK, valid_ns=at(t_s), apogee_ns=at(FLIGHT_S / 2), apogee_m=APOGEE_M,
            low_m=APOGEE_M - 1500.0 * shrink, high_m=APOGEE_M + 1500.0 * shrink, sigma_t_s=1.5,
        ),
        FlightEstimate(
            **_stamp(seq, 4, t_s), track_id=TRACK, valid_ns=at(t_s), range_m=RANGE_M, sigma_range_m=30_000.0 * shrink,
            azimuth_rad=AZIMUTH_RAD, sigma_azimuth_rad=0.01, flight_time_s=FLIGHT_S, sigma_flight_time_s=6.0 * shrink,
            apogee_m=APOGEE_M, sigma_apogee_m=900.0,
        ),
        Classification(
            **_stamp(seq, 5, t_s), track_id=TRACK, valid_ns=at(t_s), shape=(("depressed", 0.83), ("undetermined", 0.17)),
            range_class=(("SRBM", 0.97), ("MRBM", 0.03)), kind=(("missile", 0.94), ("undetermined", 0.06)),
            convention="NASIC",
        ),
        ThreatVerdict(
            **_stamp(seq, 6, t_s), event_id=EVENT, valid_ns=at(t_s), area="jpn-eez", hazard="fall", p=p_eez,
            words="outside", impact_ns=at(FLIGHT_S),
        ),
        ThreatVerdict(
            **_stamp(seq, 7, t_s), event_id=EVENT, valid_ns=at(t_s), area="jpn-territory", hazard="fall", p=0.0,
            words="outside", impact_ns=at(FLIGHT_S),
        ),
    ]  # fmt: skip


def detection(seq: int, t_s: float) -> list[Finding]:
    """The launch is declared, and an event opened."""
    lat_rad, lon_rad = SITE
    return [
        LaunchDetected(
            **_stamp(seq, 0, t_s), detection_id="D000001", valid_ns=at(t_s), evidence=("ir-105e",), principle="infrared",
            lat_rad=lat_rad, lon_rad=lon_rad, radius_m=30_000.0, scans=("ir-105e/i1",),
        ),
        event(seq, 1, t_s, "suspected", ("infrared",)),
    ]  # fmt: skip


def event(seq: int, k: int, t_s: float, state: str, principles: tuple[str, ...]) -> LaunchEvent:
    """The event in one state."""
    return LaunchEvent(
        **_stamp(seq, k, t_s), event_id=EVENT, revision=k, state=state, valid_ns=at(t_s), track_ids=(TRACK,),
        detection_ids=("D000001",), principles=principles, reason="infrared looks and a radar track agree",
    )  # fmt: skip


def fan(seq: int, t_s: float) -> FootprintFan:
    """Where it could come down while the engine burns."""
    ring = [frames.destination(*place(t_s), AZIMUTH_RAD + turn, 700e3) for turn in (-0.3, -0.1, 0.1, 0.3)]
    ring += [frames.destination(*place(t_s), AZIMUTH_RAD + turn, 40e3) for turn in (0.3, -0.3)]
    return FootprintFan(
        **_stamp(seq, 1, t_s), track_id=TRACK, valid_ns=at(t_s), lat_rad=tuple(p[0] for p in ring),
        lon_rad=tuple(p[1] for p in ring), reach_m=(40e3, 700e3), zones=("PRK.eez", "RUS.eez"),
    )  # fmt: skip


def proposal(seq: int, t_s: float, *, is_update: bool = False) -> WarningProposed | WarningUpdated:
    """A warning proposal, or a change of it."""
    kind = WarningUpdated if is_update else WarningProposed
    return kind(
        **_stamp(seq, 8, t_s), warning_id=WARNING, event_id=EVENT, valid_ns=at(t_s), areas=("jpn-territory",),
        reason="fall within 12 nm of the coast with a probability of 14 %", certainty="Possible", hazard="fall",
        impact_ns=at(FLIGHT_S),
    )  # fmt: skip


def records(*, with_warning: bool = True, until_s: float = 300.0) -> Iterator[tuple[int, int, AnyInput, list[Finding]]]:
    """The whole flight as (seq, known_ns, input, findings): infrared, then a radar every two seconds, then silence."""
    seq = 0
    for t in range(10, round(until_s), 2):
        seq += 1
        message: AnyInput = Scan(
            sensor_id="kor-east", scan_id=f"k{seq}", kind="radar", valid_ns=at(t), t_ns=(at(t),), range_m=(5e5,),
            azimuth_rad=(1.0,), elevation_rad=(0.1,),
        )  # fmt: skip
        found: list[Finding] = []
        if t == 20:
            message = Scan(sensor_id="ir-105e", scan_id="i1", kind="infrared", valid_ns=at(t))
            found = detection(seq, t)
        elif t > 30:
            found = [track(seq, t)]
            if t == 32:
                found.append(event(seq, 1, t, "confirmed", ("infrared", "radar")))
                found.append(
                    PlotsRejected(**_stamp(seq, 2, t), sensor_id="kor-east", valid_ns=at(t), reason="late", n=3)
                )
            elif t < BURN_S:
                found.append(fan(seq, t))
            else:
                found += forecast(seq, t)
            if t == 62:
                burn = BurnObserved(
                    **_stamp(seq, 9, t),
                    track_id=TRACK,
                    start_ns=T0_NS,
                    end_ns=at(BURN_S),
                    sigma_s=1.0,
                    decided_ns=at(t),
                )
                found.append(burn)
            if with_warning and t in (70, 90):
                found.append(proposal(seq, t, is_update=t == 90))
        yield seq, at(t + 1.0), message, found
    seq += 1
    yield seq, at(until_s + 10.0), Tick(valid_ns=at(until_s + 10.0)), []
