"""How long is the boost of a flight whose energy is all that is known?

Question: one law T = T0 + k v^2 for every flight, fitted to what was published of seven flights (range, apogee, time); how
well does it foretell the time of one that was left out?

Method: the flight with the published range and apogee is solved with kernels.reconstruct, for a grid of T0 and k; squares of
the differences to every government's time are summed, over one minute each, with T = 65 +- 15 s at 1.5 km/s for what a
textbook says of short-range rockets (Sutton & Biblarz, Rocket Propulsion Elements, 2017, ch. 4).

Answer, by `python studies/boost_law.py`: see the last lines it prints, copied to docs/decisions/0010-reconstruct.md.
"""

import math

import numpy as np

from bongsu.models.reconstruct import ReconstructSettings
from bongsu.stages.reconstruct.solve import Draws, solve

# site (degrees), range and apogee (km), direction of the fall as the sea lies (degrees), times in minutes, each a government's
FLIGHTS = {
    "2017-05-14": ((40.07, 125.21), 787.0, 2111.5, 75.0, (30.0,)),
    "2017-07-04": ((39.87, 125.27), 933.0, 2802.0, 80.0, (37.0, 39.0, 40.0)),
    "2017-07-28": ((40.61, 126.43), 998.0, 3724.9, 72.0, (45.0, 47.0, 47.2)),
    "2017-08-29": ((39.20, 125.67), 2700.0, 550.0, 73.0, (14.0,)),
    "2017-09-15": ((39.20, 125.67), 3700.0, 770.0, 72.0, (19.0,)),
    "2017-11-29": ((39.28, 125.87), 950.0, 4475.0, 76.0, (53.0,)),
    "2019-10-02": ((39.26, 127.58), 450.0, 910.0, 75.0, (17.0,)),
}
LEAST_S = np.arange(0.0, 81.0, 10.0)
GROWTH = np.arange(2e-6, 9.1e-6, 0.5e-6)  # s^3/m^2


def minutes(
    cfg: ReconstructSettings, site: tuple[float, float], range_km: float, apogee_km: float, azimuth_deg: float
) -> float:
    """The flight time of the middle flight with these figures."""
    one = np.ones(1)
    draws = Draws(
        one * range_km * 1e3,
        one * apogee_km * 1e3,
        one * math.radians(azimuth_deg),
        one * 0.0,
        one * cfg.ln_beta,
        one * 0.0,
    )
    return float(solve(cfg, (math.radians(site[0]), math.radians(site[1])), draws).flight_time_s[0]) / 60.0


def misfit(cfg: ReconstructSettings, times: dict[str, float], without: str = "") -> float:
    """Sum of squares over one minute, and of the textbook's short boost over 15 s."""
    anchor = (cfg.boost_least_s + cfg.boost_s3pm2 * 1500.0**2 - 65.0) / 15.0
    total = anchor**2
    for name, (*_, told) in FLIGHTS.items():
        if name != without:
            total += sum((times[name] - t) ** 2 for t in told) / len(told)
    return total


def main() -> None:
    """Fit, then fit again without each flight in turn."""
    laws = [ReconstructSettings(boost_least_s=float(a), boost_s3pm2=float(k)) for a in LEAST_S for k in GROWTH]
    table = [(cfg, {name: minutes(cfg, *f[:4]) for name, f in FLIGHTS.items()}) for cfg in laws]
    for without in ("", *FLIGHTS):
        cfg, times = min(table, key=lambda row: misfit(*row, without=without))
        law = f"T0 {cfg.boost_least_s:.0f} s, k {cfg.boost_s3pm2:.1e} s^3/m^2"
        if not without:
            print(f"all seven: {law}, sum of squares {misfit(cfg, times):.2f}")
        for name in [without] if without else FLIGHTS:
            told = FLIGHTS[name][4]
            nearest = min((times[name] - t for t in told), key=abs)
            left_out = f" (left out; {law})" if without else ""
            print(f"{name}: {times[name]:.1f} min, published {told}, nearest {nearest:+.1f}{left_out}")


if __name__ == "__main__":
    main()
