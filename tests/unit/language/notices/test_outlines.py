"""Circles, sectors and corridors, against the compiled geodesics."""

import math

import pytest

from bongsu.kernels import earth
from bongsu.language.notices import outlines

CENTRES = [(0.5, 2.2), (-0.7, -3.1), (0.0, math.pi), (1.4, 0.1)]


def distances(centre, ring):
    return [earth.geodesic_inverse(*centre, *point)[0] for point in ring]


@pytest.mark.parametrize("centre", CENTRES)
@pytest.mark.parametrize("radius_m", [1_852.0, 50_000.0, 1_000_000.0])
def test_a_circle_lies_at_its_radius_within_a_millimetre(centre, radius_m):
    assert distances(centre, outlines.circle(centre, radius_m)) == pytest.approx([radius_m] * outlines.N_RING, abs=1e-3)


def test_a_sector_lies_between_its_edges():
    ring = outlines.sector((0.2, 1.4), 40_000.0, 160_000.0, math.radians(350.0), math.radians(20.0))
    n = len(ring) // 2
    assert distances((0.2, 1.4), ring) == pytest.approx([160_000.0] * n + [40_000.0] * n, abs=1e-3)
    azimuths = [earth.geodesic_inverse(0.2, 1.4, *point)[1] for point in ring[:n]]
    assert min(azimuths) == pytest.approx(math.radians(-10.0), abs=1e-6)
    assert max(azimuths) == pytest.approx(math.radians(20.0), abs=1e-6)


def test_a_corridor_is_as_wide_as_it_says_at_its_ends():
    line = [(0.5, 2.2), (0.52, 2.22), (0.52, 2.25)]
    ring = outlines.corridor(line, 18_520.0)
    near = [min(earth.geodesic_inverse(*corner, *point)[0] for corner in line) for point in ring]
    assert min(near) == pytest.approx(18_520.0, rel=1e-3)
    assert max(near) < 2.0 * 18_520.0
    assert not outlines.crosses_itself(ring)


def test_a_bow_tie_crosses_itself_also_over_the_date_line():
    square = [(0.0, 3.1), (0.1, 3.1), (0.1, -3.1), (0.0, -3.1)]
    assert not outlines.crosses_itself(square)
    assert outlines.crosses_itself([square[0], square[2], square[1], square[3]])
