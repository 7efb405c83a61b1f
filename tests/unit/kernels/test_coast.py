"""The coast kernels on small maps drawn by hand."""

from itertools import pairwise

import numpy as np

from bongsu.kernels import coast


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


def test_candidates_of_a_cell_hold_the_nearest_point_of_every_place_in_it() -> None:
    xyz = lonely(300)
    buckets = coast.fill_buckets(xyz)
    south, west, step = np.radians(40.0), np.radians(135.0), np.radians(0.25)
    kept = coast.cell_candidates((south, west, step), 370_000.0, xyz, buckets, np.ones(300, bool))
    assert 0 < len(kept) < 30
    rng = np.random.default_rng(2)
    for place in coast.ecef_points(south + step * rng.uniform(size=200), west + step * rng.uniform(size=200)):
        assert int(np.argmin(((xyz - place) ** 2).sum(axis=1))) in kept


def test_a_cell_far_from_every_point_has_no_candidates() -> None:
    xyz = lonely(20)
    cell = np.radians(-40.0), np.radians(-30.0), np.radians(0.25)
    assert len(coast.cell_candidates(cell, 370_000.0, xyz, coast.fill_buckets(xyz), np.ones(20, bool))) == 0
