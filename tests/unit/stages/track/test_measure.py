"""Scans to plots: what is refused, and what the kernels get."""

import math

import numpy as np
import pytest
from msgspec import structs
from pytest import approx
from tests.unit.stages.track.flights import T0_NS, radar, satellite

from bongsu.kernels import gaussian as g
from bongsu.kernels.earth import ecef_from_geodetic, geodetic_from_ecef
from bongsu.messages.inputs import Scan
from bongsu.models.sensors import Sensor
from bongsu.stages.track import measure

LATE = 2**62
POSITION = Sensor(sensor_id="gps", kind="position")


def radar_scan(**more):
    columns = {"t_ns": (T0_NS,), "range_m": (400e3,), "azimuth_rad": (1.0,), "elevation_rad": (0.3,)}
    return Scan(sensor_id="radar", scan_id="s1", kind="radar", valid_ns=T0_NS, **{**columns, **more})


def sight_scan(*los):
    return Scan(
        sensor_id="ir-a", scan_id="s1", kind="infrared", valid_ns=T0_NS, t_ns=(T0_NS,) * len(los), los_ecef=tuple(los)
    )


def position_scan(**more):
    columns = {"t_ns": (T0_NS,), "lat_rad": (0.6,), "lon_rad": (2.2,), "h_m": (9000.0,)}
    return Scan(sensor_id="gps", scan_id="s1", kind="position", valid_ns=T0_NS, **{**columns, **more})


def taken(scan, sensor, latest_ns=LATE):
    refused = {}
    return measure.plots_of(scan, sensor, latest_ns, refused), refused


@pytest.mark.parametrize(
    "scan, reason",
    [
        (radar_scan(range_m=(0.0,)), "range not positive"),
        (radar_scan(elevation_rad=(-0.5,)), "below the ground"),
        (radar_scan(t_ns=(T0_NS + 10**9,)), "time after its scan"),
        (radar_scan(range_rate_mps=(-20e3,)), "range rate too fast"),
        (radar_scan(range_m=(math.nan,)), "not a finite number"),
    ],
)
def test_a_bad_radar_plot_is_refused_with_its_reason(scan, reason):
    plots, refused = taken(scan, radar())
    assert (len(plots), refused) == (0, {reason: 1})


def test_other_bad_plots_are_refused_with_their_reasons():
    assert taken(sight_scan((1.0, 1.0, 0.0)), satellite())[1] == {"line of sight is not a unit vector": 1}
    assert taken(position_scan(h_m=(-9000.0,)), POSITION)[1] == {"below the ground": 1}
    assert taken(position_scan(h_m=(9e7,)), POSITION)[1] == {"higher than any flight": 1}
    assert taken(position_scan(), POSITION, T0_NS - 1)[1] == {"time ahead of the clock": 1}


def test_a_bad_plot_does_not_take_the_good_ones_with_it():
    scan = radar_scan(t_ns=(T0_NS,) * 3, range_m=(0.0, 400e3, 300e3), azimuth_rad=(1.0,) * 3, elevation_rad=(0.3,) * 3)
    plots, refused = taken(scan, radar())
    assert (plots.row.tolist(), refused) == ([2, 1], {"range not positive": 1})


def test_a_row_that_repeats_another_is_refused():
    scan = radar_scan(t_ns=(T0_NS,) * 2, range_m=(400e3,) * 2, azimuth_rad=(1.0,) * 2, elevation_rad=(0.3,) * 2)
    assert taken(scan, radar())[1] == {"doubled in its scan": 1}


@pytest.mark.parametrize(
    "scan, sensor, fault",
    [
        (radar_scan(), None, "unknown sensor"),
        (radar_scan(), POSITION, "kind differs from the sensor's"),
        (radar_scan(azimuth_rad=()), radar(), "column azimuth_rad is not as long as t_ns"),
        (radar_scan(sigma_range_m=(5.0, 5.0)), radar(), "column sigma_range_m is not as long as t_ns"),
        (radar_scan(), radar(is_moving=True), "place of the moving sensor missing"),
        (radar_scan(sensor_r_ecef_m=(6.4e6, 0.0, 0.0)), radar(is_moving=True), ""),
        (radar_scan(), radar(), ""),
    ],
)
def test_a_scan_that_cannot_be_used_says_why(scan, sensor, fault):
    assert measure.fault_of(scan, sensor) == fault


def test_the_number_of_rows_is_that_of_the_longest_column():
    assert measure.n_rows(radar_scan(range_m=(1.0, 2.0))) == 2


def test_a_radar_plot_expects_itself():
    sensor = radar()
    plots, _ = taken(radar_scan(range_rate_mps=(100.0,)), sensor)
    x, out = np.zeros(10), np.zeros(4)
    x[:3] = plots.origin[0] + 400e3 * plots.axes[0, 2]
    x[3:6] = 100.0 * plots.axes[0, 2]
    g.expected_plot(plots.columns, 0, x, out)
    assert plots.code == g.RADAR_RATE
    assert out == approx(plots.z[0], abs=1e-6)
    assert plots.axes[0] @ plots.axes[0].T == approx(np.eye(3), abs=1e-12)


def test_azimuth_says_little_near_the_zenith():
    low, _ = taken(radar_scan(), radar())
    high, _ = taken(radar_scan(elevation_rad=(1.57,)), radar())
    assert low.var[0, 1] == approx((0.9e-3 * math.cos(0.3)) ** 2, rel=1e-3)
    assert high.var[0, 1] < 1e-4 * low.var[0, 1]
    assert high.var[0, 1] > 0.0


def test_sigmas_of_the_scan_override_those_of_the_sensor():
    plots, _ = taken(radar_scan(sigma_range_m=(7.0,)), radar())
    assert plots.var[0, 0] == 49.0
    assert plots.var[0, 2] == approx(0.81e-6)


def test_a_prior_on_a_bias_widens_the_plot():
    plots, _ = taken(radar_scan(), radar(sigma_bias_range_m=100.0))
    assert plots.var[0, 0] == approx(75.0**2 + 100.0**2)


@pytest.mark.parametrize("los", [(0.0, 0.0, 1.0), (1.0, 0.0, 0.0), (0.6, 0.0, -0.8)])
def test_a_line_of_sight_has_two_directions_across_it(los):
    plots, refused = taken(sight_scan(los), satellite())
    assert not refused
    assert plots.axes[0, 2] == approx(np.array(los))
    assert plots.axes[0] @ plots.axes[0].T == approx(np.eye(3), abs=1e-12)


def test_a_stated_place_stands_in_its_own_horizon():
    plots, _ = taken(position_scan(sigma_horizontal_m=(10.0,), sigma_h_m=(20.0,)), POSITION)
    assert plots.origin[0] == approx(np.array(ecef_from_geodetic(0.6, 2.2, 9000.0)))
    assert plots.var[0, :3].tolist() == [100.0, 100.0, 400.0]
    higher = plots.origin[0] + 1000.0 * plots.axes[0, 2]
    assert geodetic_from_ecef(*higher)[2] == approx(10_000.0, abs=1e-3)


def test_a_moving_sensor_is_where_its_scan_says():
    place = ecef_from_geodetic(0.5, 2.0, 20.0)
    scan = structs.replace(radar_scan(), sensor_r_ecef_m=place)
    found, C = measure.place_of(scan, radar(is_moving=True))
    assert found == approx(np.array(place))
    assert C[2] @ found == approx(np.linalg.norm(found), rel=1e-5)


def test_plots_come_in_order_of_time_whatever_their_rows():
    scan = radar_scan(
        t_ns=(T0_NS, T0_NS - 5, T0_NS - 9), range_m=(3e5, 4e5, 5e5), azimuth_rad=(1.0,) * 3, elevation_rad=(0.3,) * 3
    )
    assert taken(scan, radar())[0].row.tolist() == [2, 1, 0]


def test_sub_scans_span_no_more_than_they_may():
    t_ns = np.array([0, 4, 10, 11, 25])
    assert [t_ns[s].tolist() for s in measure.sub_scans(t_ns, 10)] == [[0, 4, 10], [11], [25]]
    assert measure.sub_scans(np.zeros(0, np.int64), 10) == []
