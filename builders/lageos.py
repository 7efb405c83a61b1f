"""Read satellite laser ranges (CRD normal points), a predicted orbit (CPF) and station places, for the oracle of the coast model.

    python builders/lageos.py .../slr_lageos2

prints, for every pass inside the orbit file, how far a coast from the orbit's state at the start of the pass misses the last
ranges, with and without J2. Formats: ILRS, Consolidated Laser Ranging Data Format 1.01 and Consolidated Prediction Format 1.01.
"""

import argparse
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from bongsu.constants import GM_EARTH_M3PS2, OMEGA_EARTH_RADPS
from bongsu.geo import frames
from bongsu.kernels.flight import advance

LIGHT_MPS = 299_792_458.0
ZENITH_DELAY_MPHPA = 2.4e-3  # of green light at the zenith, by pressure; Marini & Murray, to a few centimetres
CENTRE_OF_MASS_M = 0.251  # the reflectors of LAGEOS-2 are so much nearer than its centre; ILRS
MJD_EPOCH = datetime(1858, 11, 17, tzinfo=UTC)
N_NODES = 10  # of the interpolation of the orbit: errors of millimetres at five-minute steps
NO_DRAG_LN_BETA = 80.0
STEP_S = 1.0

Carry = Callable[[np.ndarray, float], np.ndarray]


@dataclass(frozen=True, slots=True)
class Pass:
    """The ranges of one station over one pass: seconds of the bounce since `epoch`, and one-way ranges as measured (m)."""

    station: str
    epoch: datetime  # midnight before the first range
    bounce_s: np.ndarray  # (n,)
    range_m: np.ndarray  # (n,)
    pressure_hpa: np.ndarray  # (n,)


@dataclass(frozen=True, slots=True)
class Orbit:
    """Earth-fixed positions (n, 3) at seconds (n,) since `epoch`."""

    epoch: datetime
    t_s: np.ndarray
    r_ecef_m: np.ndarray

    def state(self, t_s: float) -> np.ndarray:
        """Position and velocity (6,) at a time, by the Lagrange polynomial of the nearest nodes and its derivative."""
        first = min(max(0, int(np.searchsorted(self.t_s, t_s)) - N_NODES // 2), len(self.t_s) - N_NODES)
        nodes = slice(first, first + N_NODES)
        scale = self.t_s[first + 1] - self.t_s[first]
        x = (self.t_s[nodes] - t_s) / scale
        fit = np.linalg.solve(np.vander(x, increasing=True), self.r_ecef_m[nodes])
        return np.concatenate((fit[0], fit[1] / scale))

    def covers(self, seen: Pass) -> bool:
        """Whether a pass lies inside the orbit."""
        shift_s = (seen.epoch - self.epoch).total_seconds()
        return bool(self.t_s[0] <= shift_s + seen.bounce_s[0] and shift_s + seen.bounce_s[-1] <= self.t_s[-1])


def read_passes(path: Path) -> Iterator[Pass]:
    """The passes of a CRD file; record names come in upper and in lower case, and a pass may run over midnight."""
    station, epoch, rows, pressure = "", MJD_EPOCH, [], math.nan
    for line in path.read_text(encoding="ascii").splitlines():
        words = line.split()
        name = words[0].lower() if words else ""
        if name == "h2":
            station = words[2]
        elif name == "h4":
            epoch, rows = datetime(*(int(w) for w in words[2:5]), tzinfo=UTC), []  # type: ignore[misc, arg-type]
        elif name == "20":
            pressure = float(words[2])
        elif name == "11":
            rows.append((float(words[1]), float(words[2]), pressure))
        elif name == "h8" and rows:
            yield _pass(station, epoch, np.array(rows))


def _pass(station: str, epoch: datetime, rows: np.ndarray) -> Pass:
    """Transmission and flight times become bounces and one-way ranges."""
    sent_s, flight_s, pressure = rows.T
    sent_s = sent_s + 86_400.0 * np.cumsum(np.diff(sent_s, prepend=sent_s[0]) < -43_200.0)
    return Pass(station, epoch, sent_s + 0.5 * flight_s, 0.5 * LIGHT_MPS * flight_s, pressure)


def read_orbit(path: Path) -> Orbit:
    """The positions of a CPF file."""
    rows = [line.split() for line in path.read_text(encoding="ascii").splitlines() if line.startswith("10 ")]
    days = [int(row[2]) for row in rows]
    t_s = np.array([86_400.0 * (day - days[0]) + float(row[3]) for day, row in zip(days, rows, strict=True)])
    r = np.array([[float(word) for word in row[5:8]] for row in rows])
    return Orbit(MJD_EPOCH + timedelta(days=days[0]), t_s, r)


def read_stations(path: Path) -> dict[str, np.ndarray]:
    """Places (lat, lon in rad, h in m) by station number, from an Orekit settings file."""
    values: dict[str, list[str]] = {"name": [], "latitude": [], "longitude": [], "altitude": []}
    for line in path.read_text(encoding="utf-8").splitlines():
        for name, found in values.items():
            if line.startswith(f"ground.station.{name} "):
                found.append(line.split("=")[1].strip())
    places = zip(values["latitude"], values["longitude"], values["altitude"], strict=True)
    return {
        name: np.array([math.radians(float(lat)), math.radians(float(lon)), float(h)])
        for name, (lat, lon, h) in zip(values["name"], places, strict=True)
    }


def coast(state: np.ndarray, dt_s: float) -> np.ndarray:
    """The chain's own coast: gravity with J2 and the Earth's rotation, no drag and no force."""
    ten = np.concatenate((state, (0.0, 0.0, 0.0, NO_DRAG_LN_BETA)))
    advance(ten, dt_s, STEP_S, ten)
    return ten[:6]


def two_body(state: np.ndarray, dt_s: float) -> np.ndarray:
    """A point mass instead, in the same turning frame: what the coast model must beat."""
    n = max(1, math.ceil(abs(dt_s) / STEP_S))
    h = dt_s / n
    for _ in range(n):
        a = _point_mass(state)
        b = _point_mass(state + 0.5 * h * a)
        c = _point_mass(state + 0.5 * h * b)
        d = _point_mass(state + h * c)
        state = state + h / 6.0 * (a + 2.0 * (b + c) + d)
    return state


def _point_mass(state: np.ndarray) -> np.ndarray:
    x, y, z, u, v, w = state.tolist()
    k, spin = -GM_EARTH_M3PS2 / (x * x + y * y + z * z) ** 1.5, OMEGA_EARTH_RADPS
    return np.array((u, v, w, (k + spin**2) * x + 2.0 * spin * v, (k + spin**2) * y - 2.0 * spin * u, k * z))


def misses_m(seen: Pass, orbit: Orbit, station: np.ndarray, carry: Carry) -> np.ndarray:
    """Measured minus predicted ranges (n,) of a pass, carried from the orbit's state at the first range."""
    shift_s = (seen.epoch - orbit.epoch).total_seconds()
    now_s = float(seen.bounce_s[0])
    state, out = orbit.state(shift_s + now_s), np.empty(len(seen.bounce_s))
    for i, bounce_s in enumerate(seen.bounce_s.tolist()):
        state, now_s = carry(state, bounce_s - now_s), bounce_s
        range_m, _, elevation_rad = frames.range_azimuth_elevation(state[:3], station).tolist()
        air_m = ZENITH_DELAY_MPHPA * seen.pressure_hpa[i] / math.sin(elevation_rad)
        out[i] = seen.range_m[i] - air_m + CENTRE_OF_MASS_M - range_m
    return out


def load(folder: Path) -> tuple[list[Pass], Orbit, dict[str, np.ndarray]]:
    """The passes inside the orbit, the orbit and the stations of the folder."""
    orbit = read_orbit(next(folder.glob("*_cpf_*")))
    passes = [seen for seen in read_passes(next(folder.glob("*.npt"))) if orbit.covers(seen)]
    return passes, orbit, read_stations(next(folder.glob("*.in")))


def main() -> None:
    """Print the misses of every pass."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    passes, orbit, stations = load(parser.parse_args().folder)
    print("station  minutes  ranges  largest miss with J2, m  two-body, m")
    for seen in passes:
        minutes = (seen.bounce_s[-1] - seen.bounce_s[0]) / 60.0
        largest = [np.abs(misses_m(seen, orbit, stations[seen.station], carry)).max() for carry in (coast, two_body)]
        print(f"{seen.station:>7}  {minutes:7.1f}  {len(seen.range_m):6}  {largest[0]:23.2f}  {largest[1]:11.1f}")


if __name__ == "__main__":
    main()
