"""The coast kernels on small maps drawn by hand."""

from itertools import pairwise

import numpy as np
import pytest

from bongsu.kernels import coast

SQUARE_LAT = np.array([[0.0, 1.0], [1.0, 1.0], [1.0, 0.0], [0.0, 0.0]])
SQUARE_LON = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 1.0], [1.0, 0.0]])


def lonely(n: int, seed: int = 1) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return coast.ecef_points(np.radians(rng.uniform(30.0, 50.0, n)), np.radians(rng.uniform(120.0, 150.0, n)))


def test_a_place_on_the_equator_is_one_semi_major_axis_from_the_centre() -> None:
    assert coast.ecef_points(np.zeros(1), np.zeros(1))[0].tolist() == [6378137.0, 0.0, 0.0]


def test_buckets_hold_every_point_once_and_in_order() -> None:
    xyz = lonely(50)
    first, members = coast.fill_buckets(xyz)
    assert sorted(members.tolist()) == list(range(50))
    assert first[-1] == 50
    for begin, end in pairwise(first):
        assert np.all(np.diff(members[begin:end]) > 0)


def test_the_nearest_of_each_group_is_found_and_an_empty_group_is_infinite() -> None:
    xyz = np.array([[1.0, 0.0, 0.0], [2.0, 0.0, 0.0], [0.0, 5.0, 0.0]])
    far, index = coast.nearest_of_each(0.0, 0.0, 0.0, xyz, np.array([0, 0, 2]), 3)
    assert far.tolist() == [1.0, np.inf, 5.0]
    assert index.tolist() == [0, -1, 2]


def test_bands_list_every_edge_they_meet_and_leave_out_meridians() -> None:
    first, edges = coast.fill_bands(SQUARE_LON, 0.0, 0.5, 2)
    assert [edges[first[k] : first[k + 1]].tolist() for k in range(2)] == [[1, 3], [1, 3]]


@pytest.mark.parametrize(("lat", "lon", "owner"), [(0.5, 0.5, 7), (-0.5, 0.5, 0), (1.5, 0.5, 0), (0.5, 0.0, 7)])
def test_a_ray_to_the_north_tells_whose_ground_it_is(lat: float, lon: float, owner: int) -> None:
    owners = np.array([[7, 0]] * 4)
    first, edges = coast.fill_bands(SQUARE_LON, 0.0, 1.0, 1)
    assert coast.crossed(lon, lat, SQUARE_LON, SQUARE_LAT, owners, first, edges, 0) == owner


def test_across_a_border_the_owner_changes_and_an_island_that_is_a_line_is_no_land() -> None:
    lat = np.array([[2.0, 2.0], [1.0, 1.0], [0.0, 0.0], [0.5, 0.5]])
    lon = np.array([[0.0, 1.0]] * 4)
    owners = np.array([[1, 0], [2, 1], [2, 0], [3, 3]])  # coast of 1, border of 1 and 2, coast of 2, a line of 3
    first, edges = coast.fill_bands(lon, 0.0, 1.0, 1)
    found = [coast.crossed(0.5, y, lon, lat, owners, first, edges, 0) for y in (2.5, 1.5, 0.7, 0.2, -0.5)]
    assert found == [0, 1, 2, 2, 0]


def test_a_polygon_over_the_antimeridian_holds_places_given_on_either_side() -> None:
    edge_lon = SQUARE_LON + 179.5
    owners = np.array([[1, 0]] * 4)
    first, edges = coast.fill_bands(edge_lon, 179.5, 1.0, 1)
    lon = np.array([179.9, -179.9, 180.1, 179.4, -179.4, 0.0, np.nan])
    out = np.zeros(7, bool)
    coast.inside(np.full(7, 0.5), lon, edge_lon, SQUARE_LAT, owners, (first, edges, 1.0, 179.5), out)
    assert out.tolist() == [True, True, True, False, False, False, False]


def test_a_segment_is_cut_evenly_and_the_last_vertex_stands_for_itself() -> None:
    arc = (np.array([0.0, 0.0, 0.0]), np.array([0.0, 3.0, 4.0]), np.array([0, 3]), np.array([[5, 0]]))
    lat, lon, owner = coast.unfold_points(*arc, np.array([3, 1, 0]))
    assert lon.tolist() == [0.0, 1.0, 2.0, 3.0, 4.0]
    assert lat.tolist() == [0.0] * 5
    assert owner.tolist() == [5] * 5


def test_a_border_and_a_segment_that_is_no_coast_give_no_points() -> None:
    lat, lon = np.zeros(6), np.array([0.0, 1.0, 2.0, 0.0, 1.0, 9.0])
    first, owners = np.array([0, 3, 5, 6]), np.array([[5, 0], [5, 6], [7, 7]])
    _, lons, owner = coast.unfold_points(lat, lon, first, owners, np.array([0, 1, 0, 1, 0, 0]))
    assert (lons.tolist(), owner.tolist()) == ([1.0, 2.0, 9.0], [5, 5, 7])


def test_points_between_vertices_go_the_short_way_over_the_antimeridian() -> None:
    arc = (np.zeros(2), np.array([179.0, -179.0]), np.array([0, 2]), np.array([[5, 0]]))
    assert coast.unfold_points(*arc, np.array([2, 0]))[1].tolist() == [179.0, 180.0, -179.0]


def test_an_edge_over_the_antimeridian_stands_on_both_sides() -> None:
    _, lon, owner = coast.unfold_edges(
        np.zeros(3), np.array([170.0, 179.0, -179.0]), np.array([0, 3]), np.array([[5, 0]])
    )
    assert lon.tolist() == [[170.0, 179.0], [179.0, 181.0], [-181.0, -179.0]]
    assert owner.tolist() == [[5, 0]] * 3


def test_candidates_of_a_cell_hold_the_nearest_point_of_every_place_in_it() -> None:
    xyz = lonely(300)
    buckets = coast.fill_buckets(xyz)
    south, west, step = np.radians(40.0), np.radians(135.0), np.radians(0.25)
    kept = coast.cell_candidates(south, west, step, 370_000.0, xyz, *buckets, np.ones(300, bool))
    assert 0 < len(kept) < 30
    rng = np.random.default_rng(2)
    for place in coast.ecef_points(south + step * rng.uniform(size=200), west + step * rng.uniform(size=200)):
        assert int(np.argmin(((xyz - place) ** 2).sum(axis=1))) in kept


def test_a_cell_far_from_every_point_has_no_candidates() -> None:
    xyz = lonely(20)
    cell = np.radians(-40.0), np.radians(-30.0), np.radians(0.25)
    assert len(coast.cell_candidates(*cell, 370_000.0, xyz, *coast.fill_buckets(xyz), np.ones(20, bool))) == 0
