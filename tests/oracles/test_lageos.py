"""The coast model against laser ranges to LAGEOS-2 (ILRS normal points and predictions, 13 February 2016); no tracker between."""

import math
from dataclasses import replace

import numpy as np
import pytest
from builders.lageos import Orbit, coast, load, misses_m, read_passes, two_body

LONG_MIN = 10.0  # a shorter pass does not tell a point mass from an oblate Earth by more than tens of metres


@pytest.fixture
def ranges(shared_data):
    return load(shared_data / "measurements" / "slr_lageos2")


def test_every_pass_of_the_day_is_predicted_within_ten_metres(ranges):
    passes, orbit, stations = ranges
    assert [seen.station for seen in passes] == ["7090", "7119", "7119", "7119", "7119", "7941"]
    for seen in passes:
        assert np.abs(misses_m(seen, orbit, stations[seen.station], coast)).max() < 10.0


def test_a_point_mass_misses_every_longer_pass_by_more_than_eighty_metres(ranges):
    passes, orbit, stations = ranges
    longer = [seen for seen in passes if np.ptp(seen.bounce_s) > 60.0 * LONG_MIN]
    assert len(longer) == 4
    for seen in longer:
        assert np.abs(misses_m(seen, orbit, stations[seen.station], two_body)).max() > 80.0


def test_corrected_ranges_agree_with_the_orbit_itself(ranges):
    """Of the readers alone: what is left, up to 2 m, is the error of the predicted orbit."""
    passes, orbit, stations = ranges
    for seen in passes:
        alone = [replace(seen, bounce_s=seen.bounce_s[i:], range_m=seen.range_m[i:], pressure_hpa=seen.pressure_hpa[i:])
                 for i in range(len(seen.range_m))]  # fmt: skip
        assert max(abs(misses_m(one, orbit, stations[one.station], coast)[0]) for one in alone) < 2.5


def test_interpolation_of_an_orbit_gives_its_velocity():
    t_s = np.arange(0.0, 6_300.0, 300.0)
    w = 2.0 * math.pi / 13_000.0
    orbit = Orbit(None, t_s, 12e6 * np.column_stack((np.cos(w * t_s), np.sin(w * t_s), 0.0 * t_s)))
    state = orbit.state(3_217.0)
    assert state[:2] == pytest.approx([12e6 * math.cos(w * 3_217.0), 12e6 * math.sin(w * 3_217.0)], abs=0.01)
    assert math.hypot(state[3], state[4]) == pytest.approx(12e6 * w, abs=1e-4)


def test_a_pass_over_midnight_goes_on(tmp_path):
    crd = tmp_path / "night.npt"
    crd.write_text(
        "H2 STL3 7825 90 01 4\nH4 1 2016 02 12 23 59 00 2016 02 13 00 01 00 0\n20 86340.0 1000.0 280.0 50 0\n"
        "11 86390.0 0.04 std\n11 10.0 0.05 std\nH8\n"
    )
    (seen,) = read_passes(crd)
    assert seen.bounce_s == pytest.approx([86_390.02, 86_410.025])
