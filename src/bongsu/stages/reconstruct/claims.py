"""From the claims about one launch to figures: whose they are, where from, which way."""

import math
from dataclasses import dataclass

from msgspec import UNSET

from bongsu.geo.places import PlaceTable
from bongsu.messages.accounts import Claim
from bongsu.models.reconstruct import Figures, ReconstructSettings
from bongsu.models.reconstruct_figures import apogee_figure, range_figure, time_figure
from bongsu.models.reconstruct_landing import Landing
from bongsu.models.reconstruct_sites import Site, site_of

NUMBERS = ("range_km", "apogee_km", "flight_time_min")
HEARD = (*NUMBERS, "launch_area", "toward", "shape", "zone", "vehicle_class")
_SEAS = {"sea_of_japan": "Sea of Japan", "yellow_sea": "Yellow Sea", "east_china_sea": "East China Sea"}
_SHAPES = {
    "irregular": ("quasi_ballistic", "glide"), "lofted": ("lofted",), "depressed": ("depressed", "quasi_ballistic"),
    "glide": ("glide", "quasi_ballistic"),
}  # fmt: skip
_MOST = 1e5  # of kilometres or minutes
_NOT_FALLS = ("cruise", "space_launch")


@dataclass(frozen=True, slots=True)
class Told:
    """The figures one speaker gave of one launch, with the claims they rest on."""

    speaker: str
    figures: Figures
    claims: tuple[Claim, ...]


def told_by(cfg: ReconstructSettings, places: PlaceTable, claims: tuple[Claim, ...], max_speakers: int) -> list[Told]:
    """What each speaker with a number told of one launch; site, sea and shape are anybody's. Empty where no site is known."""
    if any(c.quantity == "vehicle_class" and c.value in _NOT_FALLS for c in claims):
        return []
    site, area = _site(places, claims)
    if site is None or area is None:
        return []
    sea = next((c for c in claims if c.quantity == "toward" and c.value in _SEAS), None)
    landing = None if sea is None else _sea(places, _SEAS[sea.value])
    shaped = [c for c in claims if c.quantity == "shape" and c.value in _SHAPES]
    shapes = tuple(sorted({name for c in shaped for name in _SHAPES[c.value]}))
    found: list[Told] = []
    for speaker in sorted({c.speaker for c in claims if c.quantity in NUMBERS}):
        own = [c for c in claims if c.speaker == speaker and c.quantity in NUMBERS]
        apogee = _interval(own, "apogee_km")
        apogee_m = None if apogee is None else apogee_figure(cfg, *apogee)
        far, time = _interval(own, "range_km"), _interval(own, "flight_time_min")
        figures = Figures(
            site_rad=(site.lat_rad, site.lon_rad), sigma_site_m=site.sigma_m,
            range_m=None if far is None else range_figure(cfg, *far, apogee_m), apogee_m=apogee_m,
            flight_time_s=None if time is None else time_figure(cfg, *time), landing=landing, shapes=shapes,
        )  # fmt: skip
        rests_on = tuple(c for c in (*own, area, *([sea] if sea else []), *shaped))
        if all(figures != other.figures for other in found):
            found.append(Told(speaker, figures, rests_on))
    return sorted(found, key=lambda t: (-_n_numbers(t.figures), t.speaker))[:max_speakers]


def _n_numbers(figures: Figures) -> int:
    return sum(f is not None for f in (figures.range_m, figures.apogee_m, figures.flight_time_s))


def _site(places: PlaceTable, claims: tuple[Claim, ...]) -> tuple[Site | None, Claim | None]:
    """The best known launch area of all named."""
    named = [(site_of(places, c.place or c.value), c) for c in claims if c.quantity == "launch_area"]
    known = [(site, c) for site, c in named if site is not None]
    return min(known, key=lambda pair: pair[0].sigma_m, default=(None, None))


def _sea(places: PlaceTable, name: str) -> Landing | None:
    water = next((w for w in places.waters if name in w.name), None)
    return None if water is None else Landing(water=water, words=name)


def _interval(claims: list[Claim], quantity: str) -> tuple[float, float] | None:
    """Everything one speaker said of a quantity, as one interval: several missiles of a salvo, or a revision."""
    mine = [c for c in claims if c.quantity == quantity and _is_usable(c)]
    if not mine:
        return None
    exact = [c for c in mine if c.low is not UNSET and c.high is not UNSET]
    told = exact or mine  # a bound adds nothing beside a figure
    lows = [c.low for c in told if c.low is not UNSET]
    highs = [c.high for c in told if c.high is not UNSET]
    return min(lows, default=-math.inf), max(highs, default=math.inf)


def _is_usable(claim: Claim) -> bool:
    """Whether a number can be one of a flight at all, and says something."""
    ends = [v for v in (claim.low, claim.high) if v is not UNSET]
    return bool(ends) and all(0.0 < v < _MOST for v in ends)


def zone_check(claims: tuple[Claim, ...], p_zones: tuple[tuple[str, float], ...]) -> list[tuple[str, str, str]]:
    """Whether what was said of Japan's EEZ is what the flights say; it is never evidence for them."""
    p = dict(p_zones).get("JPN.eez")
    found: list[tuple[str, str, str]] = []
    for word, is_in in (("inside_eez_jpn", True), ("outside_eez_jpn", False)):
        speakers = sorted({c.speaker for c in claims if c.quantity == "zone" and c.value == word})
        if p is None or not speakers:
            continue
        agreed = p if is_in else 1.0 - p
        result = "fits" if agreed >= 0.75 else "apart" if agreed < 0.25 else "not determined"
        where = "inside" if is_in else "outside"
        found.append(
            ("EEZ as said", result, f"{', '.join(speakers)}: {where}; {p:.0%} of the flights fall inside JPN.eez")
        )
    return found
