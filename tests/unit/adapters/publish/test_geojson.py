"""Map data by RFC 7946: longitude first, rings closed and anticlockwise, nothing but numbers in range."""

import json

import pytest
from shapely.geometry import Point, shape
from tests.helpers import synthetic as syn

from bongsu.adapters.publish import geojson
from bongsu.adapters.publish.gather import Gathered


def features(until_s=300.0):
    heard = Gathered(syn.FRAME)
    for record in syn.records(until_s=until_s):
        heard.take(*record)
    found = json.loads(geojson.write(heard.account(is_whole=True)))["features"]
    return {(f["properties"]["what"], f["properties"].get("probability")): f for f in found}


def test_the_regions_of_50_and_90_percent_are_there_and_nested():
    found = features()
    inner, outer = (shape(found["impact region", p]["geometry"]) for p in (0.5, 0.9))
    assert outer.contains(inner)
    assert inner.contains(shape(found["impact point", None]["geometry"]))


@pytest.mark.parametrize("until_s", [50.0, 300.0])
def test_rings_are_closed_and_run_anticlockwise(until_s):
    for feature in features(until_s).values():
        if feature["geometry"]["type"] == "Polygon":
            ring = feature["geometry"]["coordinates"][0]
            assert ring[0] == ring[-1]
            assert shape(feature["geometry"]).exterior.is_ccw


def test_coordinates_are_longitude_latitude_height():
    line = features()["track", None]["geometry"]["coordinates"]
    lon, lat, h_m = line[0]
    assert 125.0 < lon < 134.0 and 40.0 < lat < 41.0 and h_m > 1000.0


def test_a_fan_is_drawn_only_while_there_is_no_forecast():
    assert ("footprint fan", None) in features(50.0)
    assert ("footprint fan", None) not in features(300.0)


def test_the_launch_region_holds_the_launch_point():
    found = features()
    region, point = found["launch point region", 0.9], found["launch point", None]
    assert shape(region["geometry"]).contains(Point(point["geometry"]["coordinates"]))


def test_every_feature_names_its_findings_and_its_units():
    for feature in features().values():
        properties = feature["properties"]
        assert properties["rests_on"]
        numbers = [k for k, v in properties.items() if isinstance(v, float) and k not in ("probability",)]
        assert all(k.endswith(("_m", "_s", "_deg")) for k in numbers), numbers
