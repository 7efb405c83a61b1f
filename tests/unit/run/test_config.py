"""TOML to structs: units, and refusals that name file, table and key."""

import copy
import math
import tomllib

import pytest
from tests.helpers.flights import SCENARIO

from bongsu.constants import NS_PER_S
from bongsu.errors import BadInput
from bongsu.kernels.earth import ecef_from_geodetic
from bongsu.run import config

TEXT = """
[node]
node = "kor-1"
mode = "test"
log = "logs/kor-1.log"
listen = "0.0.0.0:7701"
[[sensor]]
id = "north-radar"
kind = "radar"
lat_deg = 37.5
lon_deg = 127
h_m = 300.0
sigma_range_m = 50
sigma_azimuth_deg = 0.05
period_s = 2.5
max_range_km = 900
latency_s = [0.5, 1.0]
[[area]]
id = "island"
polygon_deg = [[33.0, 126.0], [33.0, 127.0], [34.0, 127.0]]
"""


def table():
    return tomllib.loads(TEXT)


def refused(change):
    broken = copy.deepcopy(table())
    change(broken)
    with pytest.raises(BadInput) as found:
        config.settings_of(broken, "kor-1.toml")
    text = str(found.value)
    assert text.startswith("kor-1.toml")
    assert "\n" not in text
    return text


def test_degrees_kilometres_and_seconds_become_radians_metres_and_nanoseconds():
    sensor = config.settings_of(table(), "x").sensors[0]
    assert (sensor.sensor_id, sensor.lat_rad, sensor.lon_rad) == ("north-radar", math.radians(37.5), math.radians(127))
    assert (sensor.sigma_azimuth_rad, sensor.max_range_m) == (math.radians(0.05), 900_000.0)
    assert sensor.period_ns == 5 * NS_PER_S // 2


def test_a_polygon_in_degrees_becomes_radians():
    area = config.settings_of(table(), "x").areas[0]
    assert area.area_id == "island"
    assert area.polygon[0] == (math.radians(33.0), math.radians(126.0))


def test_a_place_may_be_cartesian():
    given = table()
    sensor = given["sensor"][0]
    place = ecef_from_geodetic(
        math.radians(sensor.pop("lat_deg")), math.radians(sensor.pop("lon_deg")), sensor.pop("h_m")
    )
    sensor["ecef_m"] = list(place)
    found = config.settings_of(given, "x").sensors[0]
    assert found.lat_rad == pytest.approx(math.radians(37.5), abs=1e-12)
    assert found.h_m == pytest.approx(300.0, abs=1e-6)


def test_a_node_file_has_its_log_beside_it(tmp_path):
    path = tmp_path / "kor-1.toml"
    path.write_text(TEXT)
    node = config.load_node(path)
    assert (node.mode, node.host, node.port, node.log) == ("test", "0.0.0.0", 7701, tmp_path / "logs/kor-1.log")
    assert node.settings.node == "kor-1"


def test_every_scenario_gives_settings():
    for path in sorted(SCENARIO.parent.glob("*.toml")):
        settings = config.load_settings(path)
        assert settings.sensors


def test_an_empty_file_is_all_defaults():
    assert config.settings_of({}, "x").node == "laptop"


def test_a_stage_takes_its_own_table_by_its_own_names():
    text = refused(lambda t: t.update(warn={"no_such_key": 1}))
    assert "[warn]" in text
    assert "no_such_key" in text


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda t: t["sensor"][0].update(lat_deg=137.0), ["north-radar: lat_deg", "137.0", "at most 90"]),
        (lambda t: t["sensor"][0].update(lat_deg="37"), ["lat_deg", "'37'", "a number"]),
        (lambda t: t["sensor"][0].update(sigma_range_m=-1), ["sigma_range_m", "-1", "above 0"]),
        (lambda t: t["sensor"][0].update(sigma_azimuth_deg=0.0), ["sigma_azimuth_deg", "above 0"]),
        (lambda t: t["sensor"][0].update(sigma_azimut_deg=1), ["sigma_azimut_deg", "Did you mean sigma_azimuth_deg?"]),
        (lambda t: t["sensor"][0].pop("id"), ["number 1", "`id`"]),
        (lambda t: t["sensor"][0].pop("kind"), ["north-radar", "`kind`"]),
        (lambda t: t["sensor"][0].update(kind="sonar"), ["kind", "'sonar'"]),
        (lambda t: t["sensor"][0].update(period_s=-1), ["period_s", "at least 0"]),
        (lambda t: t["sensor"][0].update(lat_rad=0.1), ["second value for lat_rad"]),
        (lambda t: t["sensor"][0].update(ecef_m=[1.0, 2.0, 3.0]), ["lat_deg", "second place"]),
        (lambda t: t["sensor"].append(dict(t["sensor"][0])), ["[[sensor]]", "twice"]),
        (lambda t: t["area"][0].update(polygon_deg=[[33.0, 226.0]]), ["island: polygon_deg"]),
        (lambda t: t.update(sensors=[]), ["table [sensors]", "Did you mean sensor?"]),
        (lambda t: t.update(sensor={}), ["[[sensor]]", "array of tables"]),
        (lambda t: t.update(node=3), ["[node]", "one table"]),
        (lambda t: t["node"].update(nation="KOR"), ["[node]", "nation"]),
        (lambda t: t["node"].update(mode="war"), ["[node]: mode", "'war'"]),
        (lambda t: t["node"].update(listen="7700"), ["[node]: listen"]),
    ],
)
def test_a_refusal_names_file_table_and_key_in_the_unit_of_the_file(change, words):
    text = refused(change)
    for word in words:
        assert word in text


def test_a_file_that_is_missing_or_no_toml_is_refused(tmp_path):
    with pytest.raises(BadInput, match="none"):
        config.load_settings(tmp_path / "none.toml")
    path = tmp_path / "bad.toml"
    for body in (b"[node", b"\xff\xfe", b"a = 1\na = 2"):
        path.write_bytes(body)
        with pytest.raises(BadInput, match="bad"):
            config.load_settings(path)


def test_a_camera_states_its_angles_sigmas_and_gets_the_greater_for_its_line_of_sight():
    camera = {"id": "cam", "kind": "los", "sigma_azimuth_deg": 0.1, "sigma_elevation_deg": 0.2}
    assert config.sensor_of(camera, "x").sigma_los_rad == pytest.approx(math.radians(0.2))
    assert config.sensor_of({**camera, "sigma_los_urad": 5.0}, "x").sigma_los_rad == pytest.approx(5e-6)
    assert config.sensor_of({**camera, "kind": "radar"}, "x").sigma_los_rad == 5e-5
    with pytest.raises(BadInput, match="sigma_azimuth_deg"):
        config.sensor_of({**camera, "sigma_azimuth_deg": "wide"}, "x")
