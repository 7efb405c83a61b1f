"""How fast are 100,000 distances on the ellipsoid, beside pyproj, and how far from it?

Counted: from arrays of latitudes and longitudes to arrays of distances and azimuths, on one thread. Points lie within
2,000 km of one another, where warning works; the largest difference from pyproj (Karney's method) is printed beside the
speed. Rounds are interleaved; the ratio is the median of per-round ratios with its range.
"""

import math
import time

import numpy as np
import pyproj

from bongsu.kernels.earth import geodesic_inverse_rows

ROUNDS = 7
N_PAIRS = 100_000


def main() -> None:
    rng = np.random.default_rng(1)
    lat_rad, lon_rad = math.radians(38.0), math.radians(127.0)
    points = np.column_stack((lat_rad + rng.uniform(-0.2, 0.2, N_PAIRS), lon_rad + rng.uniform(-0.25, 0.25, N_PAIRS)))
    geod, ours, seconds = pyproj.Geod(ellps="WGS84"), np.empty((N_PAIRS, 3)), []
    here_lon, here_lat = np.full(N_PAIRS, lon_rad), np.full(N_PAIRS, lat_rad)
    geodesic_inverse_rows(lat_rad, lon_rad, points[:10], ours[:10])
    for _ in range(ROUNDS):
        began = time.perf_counter()
        geodesic_inverse_rows(lat_rad, lon_rad, points, ours)
        middle = time.perf_counter()
        _, _, theirs_m = geod.inv(here_lon, here_lat, points[:, 1], points[:, 0], radians=True)
        seconds.append((middle - began, time.perf_counter() - middle))
    ratios = [theirs / own for own, theirs in seconds]
    print(f"{N_PAIRS} geodesics, {ROUNDS} interleaved rounds; pyproj {pyproj.__version__}")
    print(
        f"  largest distance {ours[:, 0].max() / 1e3:.0f} km, largest difference {np.abs(ours[:, 0] - theirs_m).max():.2g} m"
    )
    print(f"  bongsu {N_PAIRS / np.median([own for own, _ in seconds]):,.0f} a second on one thread")
    print(f"  bongsu is {np.median(ratios):.2f} ({min(ratios):.2f}-{max(ratios):.2f}) x as fast as pyproj")


if __name__ == "__main__":
    main()
