"""The 90 % region of the launch point holds the launch point as often as it says: at the first estimate and at burn-out.

Flights and plots come from the simulator, whose motion shares nothing with the generic boost; tracking is ideal here, so that
the count judges the fit alone. Beliefs were tuned on seeds 5000 to 5099.
"""

import pytest
from tests.helpers.ideal import estimates, main_object, scenario, settings_of

from bongsu.evaluate.binomial import fraction
from bongsu.kernels.earth import ecef_from_geodetic, enu_from_ecef
from bongsu.messages.assessment import LaunchPointEstimate
from bongsu.sim.truth import Flight

RUNS = 40
INSIDE_90 = 4.605  # chi-squared, two degrees of freedom


def distance2(found: LaunchPointEstimate, flight: Flight) -> float:
    """Squared Mahalanobis distance of the true launch point."""
    lat, lon = flight.launch_lat_rad, flight.launch_lon_rad
    place, true = ecef_from_geodetic(found.lat_rad, found.lon_rad, 0.0), ecef_from_geodetic(lat, lon, 0.0)
    e, n, _ = enu_from_ecef(*(float(a - b) for a, b in zip(place, true, strict=True)), lat, lon)
    ee, en, nn = found.cov_en_m2
    return float((e * e * nn - 2.0 * e * n * en + n * n * ee) / (ee * nn - en * en))


def until_second_flame(scans):
    """The scans up to the second infrared look that saw something."""
    seen = [i for i, scan in enumerate(scans) if scan.kind == "infrared"]
    return scans[: seen[1] + 1]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["overflight-2017-08-29", "lofted-2017-07-28", "2025-11-07"])
def test_the_region_holds_the_launch_point_in_nine_of_ten_flights(name):
    scene, settings = scenario(name), settings_of(name)
    first, last, t0 = 0, 0, 0
    for seed in range(6000, 6000 + RUNS):
        flight, scans = main_object(scene, seed)
        first += (
            distance2(list(estimates(settings, flight, until_second_flame(scans), "undetermined"))[-1], flight)
            <= INSIDE_90
        )
        final = list(estimates(settings, flight, scans))[-1]
        last += distance2(final, flight) <= INSIDE_90
        t0 += abs(final.t0_ns - flight.t0_ns) / 1e9 < 2.0 * final.sigma_t0_s
    assert fraction(first, RUNS).holds(0.90), f"{name}: first estimate inside in {first} of {RUNS}"
    assert fraction(last, RUNS).holds(0.90), f"{name}: at burn-out inside in {last} of {RUNS}"
    assert fraction(t0, RUNS).reaches(0.90), f"{name}: lift-off within two sigma in {t0} of {RUNS}"
