"""What the watch is set to, what it remembers of launches and signs, and where they belong."""

from dataclasses import dataclass, field
from typing import Literal

from bongsu.geo.frames import distance_m
from bongsu.models.activity import ActivitySettings, Book
from bongsu.models.watch import ELSEWHERE, SignModel, Site, WatchSettings


@dataclass(frozen=True, slots=True)
class Config:
    """Sites, the node's own models of signs, and the settings of levels and of activity."""

    sites: tuple[Site, ...]
    signs: tuple[SignModel, ...]
    belief: WatchSettings
    activity: ActivitySettings

    def scopes(self) -> tuple[str, ...]:
        """The parts of the watched area that can hold a launch: each site, and elsewhere."""
        return (*(site.site_id for site in self.sites), ELSEWHERE)


@dataclass(frozen=True, slots=True)
class Launch:
    """A launch that is known: its local day, the last instant it may have been, and its scope (empty: not known)."""

    launch_id: str
    day: int
    latest_ns: int
    published_ns: int
    scope: str = ""
    source: str = ""
    width_ns: int = 0  # of the time in which it may have been


@dataclass(frozen=True, slots=True)
class Sign:
    """The newest report of one kind, scope and source; an obscured look only counts beside an older report."""

    reference: str
    kind: str
    scope: str  # a site, elsewhere, or empty: the whole area
    source: str
    seen: Literal["present", "absent", "obscured"]
    observed_ns: int
    published_ns: int
    p_trusted: float  # reliability times the chance that it is no deception
    half_life_ns: int
    until_ns: int = 0  # evidence does not fade before this: the end of an announced window
    is_deceptive: bool = False
    n_obscured: int = 0

    def key(self) -> tuple[str, str, str]:
        """What a newer report of the same replaces."""
        return self.kind, self.scope, self.source


@dataclass(frozen=True, slots=True)
class Stood:
    """The level last reached at a site and window, when something last bore it out, and the probability last said."""

    site: str
    window: int  # its place in HORIZON_DAYS
    level: Literal["low", "usual", "raised", "high"]
    borne_ns: int
    p_said: float


@dataclass(frozen=True, slots=True)
class State:
    """What is known now, what waits for its publication, the forecast in force and the levels that stand."""

    now_ns: int = 0  # of the newest tick
    text_ns: int = 0  # publication of the report or notice just heard; 0 where it gives none
    waiting: tuple[Launch | Sign, ...] = ()
    launches: tuple[Launch, ...] = ()
    signs: tuple[Sign, ...] = ()
    book: Book = field(default_factory=Book)
    day: int = 0  # of the forecast in force; 0 before any
    prior: tuple[float, ...] = ()
    usual: tuple[float, ...] = ()
    levels: tuple[Stood, ...] = ()

    def is_watching(self) -> bool:
        """Whether a launch or a sign was ever heard; before, the watch says nothing."""
        return bool(self.launches or self.signs or self.levels)


def scope_of(cfg: Config, site: str, lat_rad: float | None, lon_rad: float | None) -> str:
    """Where something belongs: the site named, else the nearest one around its place; a name or place of no site is elsewhere.

    Empty where neither is given.
    """
    if any(site == each.site_id for each in cfg.sites):
        return site
    if lat_rad is not None and lon_rad is not None:
        near = [(distance_m(s.lat_rad, s.lon_rad, lat_rad, lon_rad) / s.radius_m, s.site_id) for s in cfg.sites]
        inside = min((pair for pair in near if pair[0] <= 1.0), default=None)
        return inside[1] if inside else ELSEWHERE
    return ELSEWHERE if site else ""
