"""Inside and outside on small maps drawn by hand."""

import numpy as np
import pytest

from bongsu.kernels import ground

SQUARE_LAT = np.array([[0.0, 1.0], [1.0, 1.0], [1.0, 0.0], [0.0, 0.0]])
SQUARE_LON = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 1.0], [1.0, 0.0]])


def owned(number: int, n: int = 4) -> np.ndarray:
    return np.array([[number, 0]] * n)


def square_index(side: int, number: int = 1, west: float = 0.0) -> tuple:
    frame = (0.0, west, float(side), float(side))
    return ground.build_index(SQUARE_LAT, SQUARE_LON + west, owned(number), frame, side, side)


@pytest.mark.parametrize("side", [1, 4])
@pytest.mark.parametrize(
    ("lat", "lon", "number"), [(0.5, 0.5, 7), (-0.5, 0.5, 0), (1.5, 0.5, 0), (0.5, 0.0, 7), (0.4, 0.3, 7)]
)
def test_a_ray_to_the_north_tells_whose_ground_it_is(side: int, lat: float, lon: float, number: int) -> None:
    assert ground.ground_at(lat, lon, *square_index(side, 7)) == number


@pytest.mark.parametrize("side", [1, 2, 9])
def test_across_a_border_the_owner_changes_and_an_island_that_is_a_line_is_no_land(side: int) -> None:
    lat = np.array([[2.0, 2.0], [1.0, 1.0], [0.0, 0.0], [0.5, 0.5]])
    owners = np.array([[1, 0], [2, 1], [2, 0], [3, 3]])  # coast of 1, border of 1 and 2, coast of 2, a line of 3
    index = ground.build_index(lat, np.array([[0.0, 1.0]] * 4), owners, (0.0, 0.0, side / 2.0, float(side)), side, side)
    assert [ground.ground_at(y, 0.5, *index) for y in (2.5, 1.5, 0.7, 0.2, -0.5)] == [0, 1, 2, 2, 0]


def test_cells_that_no_edge_touches_know_their_ground() -> None:
    cells = square_index(4)[0]
    assert np.all(cells[:, [0, -1]] == ground.MIXED)
    assert cells[1:3, 1:3].tolist() == [[1, 1], [1, 1]]
    assert np.all(cells[0] == ground.MIXED)


@pytest.mark.parametrize("side", [1, 4, 7])
def test_a_polygon_over_the_antimeridian_holds_places_given_on_either_side(side: int) -> None:
    lon = np.array([179.9, -179.9, 180.1, 179.4, -179.4, 0.0, np.nan])
    out = np.zeros(7, bool)
    ground.inside(np.full(7, 0.5), lon, square_index(side, 1, 179.5), out)
    assert out.tolist() == [True, True, True, False, False, False, False]


@pytest.mark.parametrize("side", [2, 3, 16, 40])
def test_cells_never_change_an_answer(side: int) -> None:
    rng = np.random.default_rng(1)
    turn = np.linspace(0.0, 2.0 * np.pi, 41)[:-1]
    lat, lon = (1.0 + rng.uniform(0.2, 1.0, 40) * np.sin(turn)), (1.0 + rng.uniform(0.2, 1.0, 40) * np.cos(turn))
    edges = np.stack((lat, np.roll(lat, -1)), axis=1), np.stack((lon, np.roll(lon, -1)), axis=1)
    whole = ground.build_index(*edges, owned(1, 40), (0.0, 0.0, 0.5, 0.5), 1, 1)
    index = ground.build_index(*edges, owned(1, 40), (0.0, 0.0, side / 2.0, side / 2.0), side, side)
    inside = [ground.ground_at(y, x, *whole) for y, x in rng.uniform(-0.2, 2.2, (1000, 2))]
    rng = np.random.default_rng(1)
    rng.uniform(0.2, 1.0, 40), rng.uniform(0.2, 1.0, 40)
    assert inside == [ground.ground_at(y, x, *index) for y, x in rng.uniform(-0.2, 2.2, (1000, 2))]
    assert 200 < sum(inside) < 600


def test_an_edge_over_the_antimeridian_stands_on_both_sides() -> None:
    arcs = np.zeros(3), np.array([170.0, 179.0, -179.0]), np.array([0, 3]), np.array([[5, 0]])
    _, lon, owner = ground.unfold_edges(*arcs)
    assert lon.tolist() == [[170.0, 179.0], [179.0, 181.0], [-181.0, -179.0]]
    assert owner.tolist() == [[5, 0]] * 3


def test_a_thinned_line_keeps_its_ends_and_steps_at_least_so_far() -> None:
    lon = np.linspace(0.0, 1.0, 101)
    line = ground.thinned(np.zeros(101), lon, 0.1)
    assert (line[0, 1], line[-1, 1]) == (0.0, 1.0)
    assert len(line) <= 12
    assert len(ground.thinned(np.zeros(101), lon * 1e-3, 0.1)) == 1
