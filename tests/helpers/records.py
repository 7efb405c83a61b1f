"""Small logs and scans of one radar, for tests of whatever records. Needs no pipeline."""

import math
from pathlib import Path

from bongsu.constants import NS_PER_S
from bongsu.log import manifest as manifests
from bongsu.log.manifest import Manifest
from bongsu.log.writer import LogWriter
from bongsu.messages.inputs import Scan, Tick
from bongsu.models.sensors import Sensor

T0_NS = 1_762_486_500 * NS_PER_S  # 2025-11-07T03:35:00Z
RADAR = Sensor(
    sensor_id="north-radar", kind="radar", lat_rad=math.radians(37.5), lon_rad=math.radians(127.0), h_m=300.0
)


def manifest(**changes: object) -> Manifest:
    """A manifest of a test."""
    given = {"mode": "test", "node": "kor-1", "nation": "kor", "settings": b"{}", "tables_digest": "t"} | changes
    return manifests.describe(**given)  # type: ignore[arg-type]  # the union of its argument types


def tick(second: int) -> tuple[int, Tick]:
    """A tick, known when it was so."""
    return T0_NS + second * NS_PER_S, Tick(valid_ns=T0_NS + second * NS_PER_S)


def radar_scan(second: float, n_plots: int = 1, scan_id: str = "") -> Scan:
    """A scan of the one radar with plots that move a little."""
    t_ns = T0_NS + round(second * NS_PER_S)
    return Scan(
        sensor_id=RADAR.sensor_id, scan_id=scan_id or f"s{round(second * 1000):07d}", kind="radar", valid_ns=t_ns,
        t_ns=(t_ns,) * n_plots,
        range_m=tuple(300_000.0 + 1_000.0 * second + 5_000.0 * i for i in range(n_plots)),
        azimuth_rad=tuple(0.1 + 0.01 * i for i in range(n_plots)),
        elevation_rad=(0.3,) * n_plots,
    )  # fmt: skip


def small_log(path: Path, n_inputs: int = 5) -> Path:
    """A closed log of a few ticks, with an empty set of findings for each, and a row of truth."""
    with LogWriter.create(path, manifest()) as log:
        appended = log.append([tick(i) for i in range(n_inputs)])
        log.store([(item.seq, []) for item in appended])
        log.put_truth([("flight", b"{}")])
    return path
