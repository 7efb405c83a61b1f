"""What lies under the drawn flight: land, borders, lines between claimed EEZ, and names, from the coast table."""

import unicodedata
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import distance_transform_edt
from shapely.geometry import LineString, box
from shapely.ops import polygonize, unary_union

from bongsu.adapters.publish import svg, words
from bongsu.adapters.publish.mapview import HEIGHT, WIDTH, View, is_near
from bongsu.constants import EEZ_M
from bongsu.geo import zones
from bongsu.geo.tables import Tables
from bongsu.language.telling import telling_of

FRAME = box(-20.0, -20.0, WIDTH + 20.0, HEIGHT + 20.0)  # a little over the edge, so that no outline shows there
CELL_PX = 3.0  # of the grid in which claims and names are looked for
LEAST_ISLAND = 1.5  # square pixels below which land is not drawn
ROOM_LAND_PX, ROOM_SEA_PX = 24.0, 50.0  # from the edge of a country, or of its claim, to where its name stands

LETTER_PX, LINE_PX = 7.6, 18.0  # of the letters a name is written in, for keeping names apart

Grid = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Cells:
    """A grid over the map: number of the holder on land (-1 at sea), and of the claimants at sea within 200 nm (else -1)."""

    holder: Grid
    claim: Grid
    holders: tuple[str, ...]
    claims: tuple[tuple[str, ...], ...]


def drawn(view: View, tables: Tables, lang: str = "en") -> list[str]:
    """Land as filled shapes, borders as lines, lines between the EEZ of different claimants as dots, and names."""
    arcs = tables.zones.arcs
    pixels = view.project(arcs.lat_deg, arcs.lon_deg)
    coast: list[Any] = []
    borders: list[Any] = []
    for first, last, owners in zip(arcs.first[:-1], arcs.first[1:], arcs.owners, strict=True):
        piece = pixels[first:last]
        if len(piece) > 1 and is_near(piece):
            (coast if owners[1] == 0 else borders).append(LineString(piece).intersection(FRAME))
    faces = [face for face in polygonize(unary_union([*coast, FRAME.boundary])) if face.area >= LEAST_ISLAND]
    inside = np.array([face.representative_point().coords[0] for face in faces])
    is_land = zones.membership(tables.zones, *view.places(inside)).is_land
    fill = "".join(_outline(face) for face, land in zip(faces, is_land, strict=True) if land)
    lines = "".join(svg.line(part.coords) for border in borders for part in _parts(border))
    cells = _cells(view, tables)
    return [
        _zone_lines(cells),
        svg.path(fill, class_="land", fill_rule="evenodd"),
        svg.path(lines, class_="border"),
        *_names(cells, lang),
    ]


def _cells(view: View, tables: Tables) -> Cells:
    """Holders and claimants by the coast table, cell by cell."""
    n_x, n_y = round(WIDTH / CELL_PX), round(HEIGHT / CELL_PX)
    x, y = np.meshgrid((np.arange(n_x) + 0.5) * CELL_PX, (np.arange(n_y) + 0.5) * CELL_PX)
    found = zones.membership(tables.zones, *view.places(np.stack((x.ravel(), y.ravel()), axis=-1)))
    features = tables.zones.features
    holders = tuple(sorted({f.holder for f in features}))
    claims = tuple(sorted({f.claimants for f in features}))
    of_holder = np.array([*(holders.index(f.holder) for f in features), -1])
    of_claim = np.array([*(claims.index(f.claimants) for f in features), -1])
    holder = np.where(found.is_land, of_holder[found.feature], -1)
    claim = np.where(~found.is_land & (found.distance_m <= EEZ_M), of_claim[found.feature], -1)
    return Cells(holder.reshape(n_y, n_x), claim.reshape(n_y, n_x), holders, claims)


def _zone_lines(cells: Cells) -> str:
    """A dot wherever the claimants change between neighbouring cells at sea."""
    claim, sea = cells.claim, cells.holder < 0
    right = (claim[:, 1:] != claim[:, :-1]) & sea[:, 1:] & sea[:, :-1]
    below = (claim[1:] != claim[:-1]) & sea[1:] & sea[:-1]
    dots = [((i + 1.0) * CELL_PX, (j + 0.5) * CELL_PX) for j, i in np.argwhere(right)]
    dots += [((i + 0.5) * CELL_PX, (j + 1.0) * CELL_PX) for j, i in np.argwhere(below)]
    return svg.path("".join(f"M{x:.1f} {y:.1f}h0" for x, y in sorted(dots)), class_="line-of-zone")


@dataclass(frozen=True, slots=True)
class Label:
    """A name, where its middle stands, and how much room there is around that."""

    x: float
    y: float
    name: str
    class_: str
    room_px: float

    def overlaps(self, other: "Label") -> bool:
        """Whether two names would run into each other."""
        width = 0.5 * (_width_px(self.name) + _width_px(other.name))
        return abs(self.x - other.x) < width and abs(self.y - other.y) < LINE_PX


def _width_px(name: str) -> float:
    """About how wide a name is drawn: the letters of East Asia are twice as wide as the others."""
    return LETTER_PX * sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in name)


def _names(cells: Cells, lang: str) -> list[str]:
    """The name of each country and of each claim, in its widest place on the map, where there is room for it."""
    telling = telling_of(lang)
    wanted: list[Label] = []
    for k, holder in enumerate(cells.holders):
        wanted += _label(cells.holder == k, words.nation(holder, lang), "name", ROOM_LAND_PX)
    for k, claimants in enumerate(cells.claims):
        claim = telling.headings["claim"].format(nations=telling.listed([words.nation(c, lang) for c in claimants]))
        wanted += _label(cells.claim == k, claim, "name claim", ROOM_SEA_PX) if claimants else []
    placed: list[Label] = []
    for label in sorted(wanted, key=lambda label: -label.room_px):
        if not any(label.overlaps(other) for other in placed):
            placed.append(label)
    return [svg.text(at.x, at.y, at.name, class_=at.class_, text_anchor="middle") for at in placed]


def _label(is_inside: NDArray[np.bool_], name: str, class_: str, room_px: float) -> list[Label]:
    """A label at the cell farthest from the edge of its area, moved to stay on the map; none where there is no room."""
    if not is_inside.any():
        return []
    room = distance_transform_edt(np.pad(is_inside, 1))[1:-1, 1:-1] * CELL_PX
    j, i = np.unravel_index(int(np.argmax(room)), room.shape)
    if room[j, i] < room_px:
        return []
    half = 0.5 * _width_px(name) + 4.0
    x = min(max((float(i) + 0.5) * CELL_PX, half), WIDTH - half)
    return [Label(x, (float(j) + 0.5) * CELL_PX, name, class_, float(room[j, i]))]


def _outline(face: Any) -> str:
    """A face with its holes as path data, with corners closer than half a pixel to a straight line left out."""
    rings = [face.exterior, *face.interiors]
    return "".join(svg.line(ring.simplify(0.4).coords[:-1], is_closed=True) for ring in rings)


def _parts(shape: Any) -> list[Any]:
    """The lines of a line or of several."""
    return [part.simplify(0.4) for part in getattr(shape, "geoms", [shape]) if part.geom_type == "LineString"]
