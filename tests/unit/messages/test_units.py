"""Bounded types."""

import msgspec
import pytest

from bongsu.messages import units


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        (units.LatRad, 1.5, 37.5),
        (units.LonRad, -3.1, 127.0),
        (units.AzimuthRad, 6.28, -0.1),
        (units.ElevationRad, -1.57, 45.0),
        (units.Prob, 1.0, 1.01),
        (units.Positive, 1e-300, 0.0),
        (units.NonNegative, 0.0, -1e-9),
        (units.Nanos, 2**62, -1),
        (units.Count, 0, -1),
        (units.TrackId, "T000001", "T1"),
        (units.ZoneId, "JPN.eez", "JPN eez"),
        (units.FindingId, "12.3", "12."),
        (units.FindingId, "12.3", "12.3\n"),
        (units.TrackId, "T000001", "T00000१"),
    ],
)
def test_a_type_takes_what_is_inside_its_bounds_and_nothing_else(kind, good, bad):
    assert msgspec.convert(good, kind) == good
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(bad, kind)
