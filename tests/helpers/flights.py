"""One simulated flight and the tables, made once a test run: for tests that run the whole pipeline."""

from functools import cache
from pathlib import Path

from tests.helpers.records import RADAR

from bongsu.constants import NS_PER_S
from bongsu.geo.tables import Tables
from bongsu.messages.inputs import AnyInput
from bongsu.models.sensors import Sensor
from bongsu.models.settings import Settings
from bongsu.run.simulate import Simulated, fly
from bongsu.run.tables import load_tables

ROOT = Path(__file__).parent.parent.parent
SCENARIO = ROOT / "scenarios" / "2025-11-07.toml"
SETTINGS = Settings(node="kor-1", sensors=(RADAR, Sensor(sensor_id="ir-1", kind="infrared", h_m=3.6e7)))


@cache
def tables() -> Tables:
    """The tables the project ships."""
    return load_tables()


@cache
def flight(seed: int = 3) -> Simulated:
    """One flight of the default scenario, observed."""
    return fly(SCENARIO, seed)


def stretch(first_s: float, last_s: float, seed: int = 3) -> list[tuple[int, AnyInput]]:
    """The inputs of `flight` known between two times after lift-off."""
    run = flight(seed)
    t0_ns = run.flight.t0_ns
    return [
        (known_ns, message)
        for known_ns, message in run.inputs
        if t0_ns + first_s * NS_PER_S <= known_ns <= t0_ns + last_s * NS_PER_S
    ]
