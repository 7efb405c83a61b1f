"""What stages/watch believes, as data: sites, what each kind of sign is worth, how evidence fades, adds up and becomes a word."""

import math
from collections.abc import Sequence
from typing import Annotated, Final, NamedTuple

import msgspec
from msgspec import Meta

from bongsu.messages.inputs import SignKind
from bongsu.messages.units import DurationNs, LatRad, LonRad, NonNegative, Positive, Prob
from bongsu.messages.watching import WatchWord

ALL: Final = "all"  # the whole watched area
ELSEWHERE: Final = "elsewhere"  # in it, but at none of the sites
_DAY_NS: Final = 86_400_000_000_000
_LEAST_P: Final = 1e-6
SiteId = Annotated[str, Meta(pattern=r"^(?!(all|elsewhere)\Z)[A-Za-z0-9][A-Za-z0-9._:+-]{0,63}\Z")]


class Site(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A place that is watched: signs and past launches within `radius_m` belong to it."""

    site_id: SiteId
    name: str = ""
    lat_rad: LatRad
    lon_rad: LonRad
    radius_m: Positive = 10_000.0  # own choice: a site with its surroundings; published places are good to kilometres


class SignModel(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one kind of sign is worth: log-likelihood ratios of "seen" and of "not seen" for windows of 7, 14 and 30 days."""

    kind: SignKind
    present: tuple[float, float, float] = (0.0, 0.0, 0.0)
    absent: tuple[float, float, float] = (0.0, 0.0, 0.0)
    half_life_ns: Annotated[int, Meta(ge=1, le=2**62)] = 7 * _DAY_NS
    basis: str = ""  # where the figures come from


_OWN = "own choice, not scored against real launches"
SIGNS: Final[tuple[SignModel, ...]] = (
    SignModel(
        kind="imagery", present=(1.1, 1.1, 0.7), absent=(-0.4, -0.3, -0.1), half_life_ns=7 * _DAY_NS,
        basis=f"{_OWN}; vehicles and fuel were seen one to two weeks before space launches (38 North 2016)",
    ),
    SignModel(
        kind="notice", present=(2.0, 2.0, 1.5), half_life_ns=7 * _DAY_NS,
        basis=f"{_OWN}; most launches are not announced, so its absence says nothing",
    ),
    SignModel(kind="statement", present=(0.5, 0.4, 0.3), half_life_ns=5 * _DAY_NS, basis=_OWN),
    SignModel(kind="visit", present=(0.2, 0.2, 0.1), half_life_ns=5 * _DAY_NS, basis=_OWN),
    SignModel(
        kind="exercise", half_life_ns=14 * _DAY_NS,
        basis="evidence both ways: none (D'Orazio 2012; Cha et al. 2016), provoking (Bernhardt & Sukin 2021); so nothing",
    ),
    SignModel(kind="port_call", half_life_ns=7 * _DAY_NS, basis="as exercises"),
    SignModel(kind="leadership", present=(0.2, 0.2, 0.1), half_life_ns=5 * _DAY_NS, basis=_OWN),
    SignModel(kind="partner_remark", present=(1.4, 1.1, 0.7), half_life_ns=5 * _DAY_NS, basis=_OWN),
    SignModel(kind="thermal", present=(0.5, 0.4, 0.2), half_life_ns=3 * _DAY_NS, basis=f"{_OWN}; most are fires or industry"),
    SignModel(kind="operator", present=(1.1, 1.1, 0.7), absent=(-0.7, -0.5, -0.3), half_life_ns=5 * _DAY_NS, basis=_OWN),
)  # fmt: skip


class WatchSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Settings of stages/watch. Own choices unless a source is named. Log-odds are natural logarithms."""

    usual_gap_ns: Annotated[int, Meta(ge=1, le=2**62)] = round(
        29.2 * _DAY_NS
    )  # without history: 125 launch days, 2016-2025
    second_source: Prob = 0.5  # what a second source of one kind counts, and a third that of the second: they copy
    most_log_odds: Positive = 4.0  # signs together never weigh more
    most_p: tuple[Prob, Prob, Prob] = (
        0.8,
        0.9,
        0.95,
    )  # in 7, 14, 30 days: what is surely prepared may wait or be given up
    forget_share: Prob = 0.02  # a sign that keeps less of its evidence is dropped
    notice_locations: tuple[str, ...] = ("ZKKP",)  # launch notices for these count as signs
    speaker_reliability: tuple[tuple[str, Prob], ...] = (
        ("kor.jcs", 0.8), ("kor.gov", 0.7), ("jpn.mod", 0.8), ("jpn.gov", 0.7), ("usa.mil", 0.8), ("usa.gov", 0.7),
        ("analyst", 0.5), ("media", 0.4),
    )  # fmt: skip
    other_reliability: Prob = 0.3

    # words: log-odds above (below) climatology, and how they are left again
    raised_at: Positive = 0.9
    raised_until: NonNegative = 0.5
    high_at: Positive = 2.0
    high_until: NonNegative = 1.5
    low_at: Positive = 0.9  # below
    low_until: NonNegative = 0.5
    calm_after_ns: DurationNs = 2 * _DAY_NS  # a level falls only once nothing bore it out for so long
    said_step: Prob = 0.02  # between two ticks of midnight a probability is said again when it moved by this


class Weighed(NamedTuple):
    """A sign as it counts now: its key (kind, site, source) and its log-odds at each window."""

    kind: str
    source: str
    log_odds: tuple[float, float, float]


def sign_model(overrides: Sequence[SignModel], kind: str) -> SignModel:
    """The model of a kind: the node's own, else the default."""
    return next(model for model in (*overrides, *SIGNS) if model.kind == kind)


def logit(p: float) -> float:
    """ln(p / (1 - p)), kept finite."""
    p = min(max(p, _LEAST_P), 1.0 - _LEAST_P)
    return math.log(p / (1.0 - p))


def probability(log_odds: float) -> float:
    """The probability of log-odds."""
    return 1.0 / (1.0 + math.exp(-log_odds)) if log_odds > -700.0 else 0.0


def reported_log_odds(log_ratio: float, p_trusted: float) -> float:
    """What a report is worth that is right with `p_trusted`, else says anything: ln(1 + r (LR - 1)).

    Never more than the sign itself, nothing where r is 0.
    """
    return math.log1p(p_trusted * math.expm1(log_ratio))


def faded(age_ns: int, half_life_ns: int) -> float:
    """The share of its evidence a sign keeps at an age; before it was observed, all."""
    return math.exp2(-max(0, age_ns) / half_life_ns)


def summed(cfg: WatchSettings, signs: Sequence[Weighed], window: int) -> tuple[float, tuple[float, ...]]:
    """The log-odds all signs add together at a window, and each one's own part, in their order.

    Of one kind the strongest counts in full, the next source by `second_source` of it, and so on; the sum is capped, each part in
    proportion.
    """
    parts = [0.0] * len(signs)
    for kind in sorted({s.kind for s in signs}):
        mine = [i for i, s in enumerate(signs) if s.kind == kind]
        mine.sort(key=lambda i: (-abs(signs[i].log_odds[window]), signs[i].source, i))
        for rank, i in enumerate(mine):
            parts[i] = signs[i].log_odds[window] * cfg.second_source**rank
    total = math.fsum(parts)
    scale = min(1.0, cfg.most_log_odds / abs(total)) if total else 1.0
    return scale * total, tuple(scale * part for part in parts)


def bounded(p_prior: float, total: float, most_p: float) -> float:
    """The log-odds left of `total` where signs alone take no chance beyond `most_p`: they tell of a preparation, not its end.

    Evidence for a launch works on p / most_p, so that the second sign of a preparation that is sure already adds little; evidence
    against one, and whatever history says by itself, is not touched.
    """
    if total <= 0.0 or most_p >= 1.0:
        return total
    if p_prior >= most_p:
        return 0.0
    return logit(most_p * probability(logit(p_prior / most_p) + total)) - logit(p_prior)


ORDER: Final[tuple[WatchWord, ...]] = ("low", "usual", "raised", "high")


def word(cfg: WatchSettings, above: float, before: WatchWord) -> WatchWord:
    """The level for log-odds `above` climatology; a level that stands is left only at its inner threshold."""
    if above >= (cfg.high_until if before == "high" else cfg.high_at):
        return "high"
    if above >= (cfg.raised_until if before in ("raised", "high") else cfg.raised_at):
        return "raised"
    return "low" if above <= -(cfg.low_until if before == "low" else cfg.low_at) else "usual"


def leaves_below(cfg: WatchSettings, level: WatchWord) -> float:
    """The log-odds above climatology under which a raised or high level is left."""
    return cfg.high_until if level == "high" else cfg.raised_until


def is_fall(level: WatchWord, before: WatchWord) -> bool:
    """Whether a level is calmer than another."""
    return ORDER.index(level) < ORDER.index(before)
