"""What a plot that no track claims may be."""

import math

import numpy as np
from pytest import approx
from tests.unit.stages.track.flights import T0_NS, Looker, radar, satellite, settings

from bongsu.kernels import motions as m
from bongsu.kernels.earth import ecef_from_geodetic, geodetic_from_ecef
from bongsu.messages.inputs import Scan
from bongsu.models.sensors import Sensor
from bongsu.stages.track import measure, starts
from bongsu.stages.track.config import configured

NEAR = radar(lat=39.5, lon=126.3, p_detect=1.0)
TARGET = np.array(ecef_from_geodetic(math.radians(40.0), math.radians(126.0), 12_000.0))


def seen(sensor, r=TARGET):
    """A start of one plot, and the configuration it was made with."""
    looker = Looker(sensor)
    cfg = configured(settings(sensor))
    plots = measure.plots_of(looker.scan(0.0, [(r, np.zeros(3))], noise=0.0), sensor, 2**62, {})
    return cfg, starts.started(cfg, 0, plots, 7)


def test_a_radar_start_is_where_the_plot_is_as_certain_as_the_plot():
    _, (bank, used) = seen(NEAR)
    assert (bank.number.tolist(), used.tolist()) == ([7], [0])
    assert bank.x[0, :, :3] == approx(np.tile(TARGET, (4, 1)), rel=1e-9)
    distance_m = np.linalg.norm(TARGET - Looker(NEAR).place)
    across = 0.9e-3 * distance_m
    assert np.trace(bank.P[0, m.COAST, :3, :3]) == approx(75.0**2 + 2.0 * across**2, rel=0.01)


def test_a_line_of_sight_start_lies_at_the_height_believed_and_is_long_along_the_sight():
    cfg, (bank, _) = seen(satellite(p_detect=1.0))
    r = bank.x[0, m.POWERED, :3]
    assert geodetic_from_ecef(*r)[2] == approx(cfg.motion.infrared_h_m, abs=50.0)
    P = bank.P[0, m.POWERED, :3, :3]
    u = (r - Looker(satellite()).place) / np.linalg.norm(r - Looker(satellite()).place)
    assert math.sqrt(u @ P @ u) > cfg.motion.sigma_infrared_h_m
    assert bank.p[0, m.POWERED] > 0.98


def test_an_infrared_start_climbs_under_power():
    cfg, (bank, _) = seen(satellite(p_detect=1.0))
    up = bank.x[0, m.POWERED, :3] / np.linalg.norm(bank.x[0, m.POWERED, :3])
    assert bank.x[0, m.POWERED, 3:6] @ up == approx(cfg.motion.infrared_climb_mps, rel=1e-3)
    assert bank.x[0, m.POWERED, 6:9] @ up == approx(cfg.motion.infrared_force_mps2, rel=1e-3)


def test_an_aircraft_hardly_climbs_at_first():
    cfg, (bank, _) = seen(NEAR)
    up = bank.x[0, m.LEVEL, :3] / np.linalg.norm(bank.x[0, m.LEVEL, :3])
    assert math.sqrt(up @ bank.P[0, m.LEVEL, 3:6, 3:6] @ up) == approx(cfg.motion.sigma_climb_mps, rel=0.1)


def test_a_line_of_sight_past_the_earth_starts_nothing():
    sensor = satellite()
    place = Looker(sensor).place
    away = np.cross(place / np.linalg.norm(place), [0.0, 0.0, 1.0])
    scan = Scan(
        sensor_id="ir-a", scan_id="s", kind="infrared", valid_ns=T0_NS, t_ns=(T0_NS,), los_ecef=(tuple(away.tolist()),)
    )
    plots = measure.plots_of(scan, sensor, 2**62, {})
    bank, used = starts.started(configured(settings(sensor)), 0, plots, 1)
    assert (len(bank.number), len(used)) == (0, 0)


def test_a_line_of_sight_from_the_ground_meets_a_height_above():
    camera = Sensor(sensor_id="cam", kind="los", lat_rad=0.7, lon_rad=0.2, h_m=100.0, sigma_los_rad=1e-4)
    assert starts.sight_distance_m(Looker(camera).place, Looker(camera).C[2], 50_000.0) == approx(49_900.0, abs=1.0)


def test_probabilities_at_the_start_sum_to_one():
    for kind in ("radar", "infrared", "los", "position"):
        assert starts.start_p(settings().motion, kind).sum() == approx(1.0)
