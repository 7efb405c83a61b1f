"""What has been seen of one track that bears on what it is."""

import math
from dataclasses import dataclass, replace

from msgspec import UNSET

from bongsu.constants import GM_EARTH_M3PS2, NS_PER_S
from bongsu.messages.assessment import Classification, FlightEstimate
from bongsu.messages.tracking import BurnObserved, Phase, TracksUpdated
from bongsu.models.classes import ClassSettings, energy_jpkg, greatest_range_m, perigee_height_m

UNKNOWN = 0  # a time that was not observed
MAX_STEP_S = 10.0  # a longer silence between two looks is not counted as time in a phase


@dataclass(frozen=True, slots=True)
class Capability:
    """The energy that bounds best from below how far the object could go; sigma in ln of range, 0 range while unknown."""

    range_m: float = 0.0
    sigma_ln: float = 0.0
    surface_speed_mps: float = 0.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """One track: what was counted, and the latest of what other stages said about it."""

    track_id: str
    first_ns: int
    t_ns: int
    phase: Phase = "undetermined"
    h_m: float = 0.0
    highest_m: float = 0.0
    speed_mps: float = 0.0
    climb_mps: float = 0.0
    perigee_m: float = -math.inf
    first_h_m: float = 0.0
    first_climb_mps: float = 0.0
    first_speed_mps: float = 0.0
    boost_s: float = 0.0
    level_s: float = 0.0
    manoeuvre_s: float = 0.0
    burn_start_ns: int = UNKNOWN
    burn_end_ns: int = UNKNOWN
    launch_ns: int = UNKNOWN
    capability: Capability = Capability()
    flight: tuple[FlightEstimate, ...] = ()  # none or the latest
    said: tuple[Classification, ...] = ()  # none or the latest
    judged_ns: int = UNKNOWN

    @property
    def is_launched(self) -> bool:
        """Whether it was seen to rise under power, or a launch point was found for it."""
        return self.launch_ns != UNKNOWN or self.burn_start_ns != UNKNOWN or self.boost_s > 0.0

    @property
    def has_burnt_out(self) -> bool:
        """Whether its first burn is over: it was seen to fall, and does not burn now."""
        return self.capability.range_m > 0.0 and self.phase not in ("boost", "thrust_again")

    @property
    def burn_s(self) -> float:
        """How long the first burn lasted, or has lasted so far; 0 where unknown."""
        start_ns = self.launch_ns or self.burn_start_ns
        if start_ns == UNKNOWN:
            return self.boost_s
        end_ns = self.burn_end_ns or (self.t_ns if self.phase == "boost" else UNKNOWN)
        return max(0, end_ns - start_ns) / NS_PER_S


def with_row(cfg: ClassSettings, before: tuple[Evidence, ...], update: TracksUpdated, i: int) -> Evidence:
    """The evidence after one row of an update; `before` is none or what was known."""
    r, v, t_ns = update.r_ecef_m[i], update.v_ecef_mps[i], update.t_ns[i]
    climb = sum(a * b for a, b in zip(r, v, strict=True)) / math.sqrt(sum(a * a for a in r))
    speed, h, phase = update.speed_mps[i], update.h_m[i], update.phase[i]
    known = before[0] if before else _first(update, i, climb)
    dt_s = min(max(0, t_ns - known.t_ns) / NS_PER_S, MAX_STEP_S)
    in_air = h < cfg.manoeuvre_below_m
    return replace(
        known,
        t_ns=max(known.t_ns, t_ns),
        phase=phase,
        h_m=h,
        highest_m=max(known.highest_m, h),
        speed_mps=speed,
        climb_mps=climb,
        perigee_m=perigee_height_m(r, v),
        boost_s=known.boost_s + (dt_s if phase == "boost" else 0.0),
        level_s=known.level_s + dt_s if phase == "level" else 0.5 * known.level_s,
        manoeuvre_s=known.manoeuvre_s + (dt_s if phase == "manoeuvre" and in_air else 0.0),
        capability=_better(known.capability, update, i),
    )


def _first(update: TracksUpdated, i: int, climb_mps: float) -> Evidence:
    return Evidence(
        update.track_id[i],
        update.t_ns[i],
        update.t_ns[i],
        first_h_m=update.h_m[i],
        first_climb_mps=climb_mps,
        first_speed_mps=update.speed_mps[i],
    )


def _better(known: Capability, update: TracksUpdated, i: int) -> Capability:
    """The capability with the highest lower bound: spread shrinks while a track coasts, drag then takes energy away."""
    if update.phase[i] not in ("coast", "drag", "manoeuvre"):
        return known
    now = _capability(update, i)
    return now if _lower_bound(now) > _lower_bound(known) else known


def _lower_bound(capability: Capability) -> float:
    return capability.range_m * math.exp(-capability.sigma_ln)


def _capability(update: TracksUpdated, i: int) -> Capability:
    """Greatest range of the energy of the unpowered state, with its spread to first order."""
    x = update.ballistic[i]
    r, v = (x[0], x[1], x[2]), (x[3], x[4], x[5])
    energy = energy_jpkg(r, v)
    if energy <= 0.0:
        return Capability()
    speed = math.sqrt(2.0 * energy)
    sigma_speed = math.sqrt(max(0.0, _energy_variance(x, update.cov_ballistic[i]))) / speed
    reach, more = greatest_range_m(speed), greatest_range_m(speed + sigma_speed)
    return Capability(reach, math.log(more / reach) if reach > 0.0 else 0.0, speed)


def _energy_variance(x: tuple[float, ...], lower: tuple[float, ...]) -> float:
    """g' P g for the gradient g of the energy, (gravity against r, v), and P the lower triangle of the state's
    covariance.
    """
    r = math.sqrt(x[0] ** 2 + x[1] ** 2 + x[2] ** 2)
    pull = GM_EARTH_M3PS2 / r**3
    g = (pull * x[0], pull * x[1], pull * x[2], x[3], x[4], x[5], 0.0)
    total, k = 0.0, 0
    for a in range(len(g)):
        for b in range(a + 1):
            total += (1.0 if a == b else 2.0) * g[a] * g[b] * lower[k]
            k += 1
    return total


def with_burn(known: Evidence, burn: BurnObserved) -> Evidence:
    """The first burn is the one that counts: later ones are separation or manoeuvres."""
    if known.burn_end_ns != UNKNOWN and burn.start_ns > known.burn_end_ns:
        return known
    start_ns = known.burn_start_ns if known.burn_start_ns != UNKNOWN else burn.start_ns
    return replace(known, burn_start_ns=start_ns, burn_end_ns=UNKNOWN if burn.end_ns is UNSET else burn.end_ns)
