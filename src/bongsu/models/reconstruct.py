"""What reconstruction believes, as data: the one boost law, how figures err, which shapes are usual, how finely it looks.

Own choices unless a source is named; docs/decisions/0010-reconstruct.md gives the reasons.
"""

import math
from dataclasses import dataclass
from typing import Annotated

import msgspec
import numpy as np
from msgspec import Meta
from numpy.typing import NDArray

from bongsu.constants import R_MEAN_EARTH_M
from bongsu.messages.units import NonNegative, Positive, Prob, ZoneId
from bongsu.models.classes import ClassSettings
from bongsu.models.reconstruct_landing import Landing

_CLASSES = ClassSettings()
Draws = Annotated[int, Meta(ge=32, le=100_000)]


class ReconstructSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Settings of stages/reconstruct. Sigmas are one standard deviation of a normal belief."""

    # one boost law for all: studies/boost_law.py
    boost_least_s: NonNegative = 50.0  # length of the boost: this, and so much for the square of the speed it gives
    boost_s3pm2: Positive = 5.0e-6
    sigma_ln_boost: Positive = 0.3
    path_share: Positive = (
        0.35  # path of the boost over speed at its end x length: 1/2 for a steady push, less if it grows
    )
    slope_share: NonNegative = 0.3  # slope of that path: this share of the way from the last direction to the vertical
    ln_beta: float = 8.5  # ln(beta / (1 kg/m^2)) of what falls, as in stages/forecast
    sigma_ln_beta: Positive = 0.553

    # how figures err: within the last printed place, and how far governments differ on one flight (facts of 2016-2025)
    sigma_range_share: Positive = 0.03
    sigma_low_range_share: Positive = (
        0.08  # of flights this low, where they differ by 6 to 43 % (2019-07-25, 2021-03-25, ...)
    )
    low_apogee_m: Positive = 100e3
    bound_share: Positive = (
        0.12  # "over 2,500 km" was 2,802, "over 930" 933, "over 2,000" 2,111, "well over 4,000" 4,475
    )
    sigma_apogee_share: Positive = 0.03
    sigma_time_s: Positive = 25.0  # lift-off to first detection, and the minute of splash
    sigma_azimuth_rad: Positive = 0.02

    sigma_words_m: Positive = 20e3  # of a distance in landing words, beside half its last place
    sigma_bearing_rad: Positive = 0.17  # of "west of"
    max_sigma_words_m: Positive = 60e3  # public landing words are good to about 100 km, however far they reach
    outside_water: Prob = 0.002  # likelihood of a place outside the named sea, whose limits are approximate
    word_trust: Prob = (
        0.9  # of "lofted", "irregular" and the like: how likely said of such a flight, against of another
    )

    # families of flights and shapes, before any figure
    p_pull_up: Prob = 0.15  # of low flights
    p_glide: Prob = 0.05
    quasi_apogee_m: Positive = (
        80e3  # as in stages/classify; gliders peak higher, and ride on boosters that reach further
    )
    quasi_softness_m: Positive = 15e3
    glide_apogee_m: Positive = 110e3
    glide_range_m: Positive = 800e3
    glide_range_softness_m: Positive = 150e3
    pull_up_lift: tuple[Positive, Positive] = (0.3, 2.0)  # lift over drag, evenly in its logarithm
    glide_lift: tuple[Positive, Positive] = (2.0, 4.0)
    lofted_ratio: Positive = _CLASSES.lofted_ratio  # apogee over the least-energy one; these four as in stages/classify
    depressed_ratio: Positive = _CLASSES.depressed_ratio
    steep_ratio: Positive = _CLASSES.steep_ratio
    steep_apogee_m: Positive = _CLASSES.steep_apogee_m
    capability_softness: Positive = _CLASSES.capability_softness  # one sigma in ln of the greatest range
    p_lofted: Prob = 0.3  # of falls
    p_depressed: Prob = 0.2
    loft_bounds: tuple[Positive, Positive] = (0.03, 60.0)  # apogee over the least-energy apogee of the same range
    range_bounds_m: tuple[Positive, Positive] = (20e3, 15_000e3)
    apogee_bounds_m: tuple[Positive, Positive] = (10e3, 8_000e3)
    carried_apogee_m: tuple[Positive, Positive] = (20e3, 120e3)

    # how finely
    n_probe: Draws = (
        256  # flights in each narrowing round; these three are for a node, which listens meanwhile: see FINE
    )
    n_falls: Draws = 1_024
    n_carried: Draws = 96
    enough: Positive = (
        60.0  # flights of equal weight that a family's draws shall be worth; more batches are drawn until then
    )
    max_batches: Annotated[int, Meta(ge=1, le=50)] = 4
    n_places: Draws = 4_096  # directions and distances held against landing words, without flying
    n_steps: Annotated[int, Meta(ge=4, le=200)] = 20  # of the grid that draws are spread over, in each figure
    keep: Prob = 0.15  # share of the draws that is spread as before when the grid is refined
    blunting: tuple[Positive, ...] = (4.0, 2.0, 1.0)  # factor on every sigma in the narrowing rounds
    n_even: Draws = 4_000  # falls of equal weight that zones are counted with
    n_sweep: Draws = 32  # boosts tried at each range when asking how far a fall with one apogee can go
    iterations: Annotated[int, Meta(ge=2, le=40)] = 9
    range_miss_m: Positive = 500.0  # a start that comes this near both figures has been found
    max_fall_s: Positive = 7_200.0

    # how much
    max_days: Annotated[int, Meta(ge=1, le=1000)] = 32  # of launches remembered
    max_claims: Annotated[int, Meta(ge=1, le=1000)] = 120  # of one launch; the newest
    max_speakers: Annotated[int, Meta(ge=1, le=13)] = 4  # answered for at one report, those with most figures first

    # saying it
    max_range_ratio: Positive = 3.0  # 90 % interval of range, high over low: wider is refused
    settled: Positive = (
        6.0  # a figure not said is worth asking for where flights spread over this many of its usual sigmas
    )
    least_weight: Prob = 0.005  # of a shape that is listed
    least_found: Prob = 0.05  # share of boosts with which a fall must be found, or it "cannot be"
    strained: Positive = 2.5  # sigmas between a figure and the flights that fit the others
    asked_zones: tuple[ZoneId, ...] = ("JPN.eez", "JPN.land")  # always answered, however small


FINE = ReconstructSettings(
    n_probe=384, n_falls=1_536, n_carried=256, enough=300.0, max_batches=10
)  # for whoever asks once and can wait two seconds


@dataclass(frozen=True, slots=True)
class Figure:
    """A reported figure in SI: anything from low to high, with a normal flank of sigma outside."""

    low: float
    high: float
    sigma: float

    @property
    def middle(self) -> float:
        """The figure itself, or half-way between two."""
        return 0.5 * (self.low + self.high)


@dataclass(frozen=True, slots=True)
class Figures:
    """What is reported of one flight. None is "not said" and stays in the rooms of reconstruction."""

    site_rad: tuple[float, float]
    sigma_site_m: float = 0.0
    range_m: Figure | None = None
    apogee_m: Figure | None = None
    flight_time_s: Figure | None = None
    azimuth_rad: Figure | None = None  # from the site to where it fell
    landing: Landing | None = None
    shapes: tuple[str, ...] = ()  # what words call it; any of these

    @property
    def is_directed(self) -> bool:
        """Whether anything says which way."""
        return self.azimuth_rad is not None or self.landing is not None


def printed_step(value: float) -> float:
    """The place a printed number was probably rounded to: the greatest of 1, 5, 10, 50, ... that divides it and is no more
    than an eighth of it; a tenth of that of ten times the value where none does.
    """
    size = abs(value)
    steps = [base * 10.0**power for power in range(-2, 6) for base in (1.0, 5.0)]
    fitting = [s for s in steps if s <= size / 8.0 and abs(size / s - round(size / s)) < 1e-6]
    return max(fitting, default=0.01)


def loft(range_m: NDArray[np.float64], apogee_m: NDArray[np.float64]) -> NDArray[np.float64]:
    """Apogee over the least-energy apogee of the same range: `classes.minimum_energy_apogee_m` for many at once."""
    psi = np.minimum(range_m / (2.0 * R_MEAN_EARTH_M), 0.5 * math.pi)
    q = 2.0 * np.sin(psi) / (1.0 + np.sin(psi))
    gamma = 0.25 * math.pi - 0.5 * psi
    e = np.sqrt(np.maximum(0.0, 1.0 - q * (2.0 - q) * np.cos(gamma) ** 2))
    return np.asarray(apogee_m / (R_MEAN_EARTH_M * ((1.0 + e) / (2.0 - q) - 1.0)))
